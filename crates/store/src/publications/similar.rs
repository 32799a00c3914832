//! Published matters that read like a letter somebody is writing.

use super::Key;
use super::cards;
use crate::search::any_of;
use crate::sql::Query;
use crate::{Engine, Store, StoreError};
use liaison_domain::Id;
use liaison_domain::dto::CaseCard;
use liaison_domain::search::{index_terms, telling_terms};
use sea_orm::FromQueryResult;
use std::collections::BTreeSet;

/// Terms of the text that are looked for.
const TERMS: usize = 24;
/// The newest copies with any of them, among which the likest are chosen.
const CANDIDATES: i64 = 150;
/// Terms in common below which two texts are not called alike.
const LEAST: usize = 2;

#[derive(FromQueryResult)]
struct Candidate {
    message_id: String,
    title: String,
    body: String,
    category_id: Option<String>,
    area_id: Option<String>,
    sort_key: i64,
}

impl Store {
    /// Published copies, not hidden, that share telling words with a text: the most in common first, one of the same
    /// category or area before another, the newer before the older.
    pub async fn similar(
        &self,
        text: &str,
        category_id: Option<&str>,
        area_id: Option<&str>,
        limit: usize,
    ) -> Result<Vec<CaseCard>, StoreError> {
        let terms = telling_terms(text, TERMS);
        if terms.len() < LEAST {
            return Ok(Vec::new());
        }
        let asked = any_of(&terms, self.engine());
        let mut query = match self.engine() {
            Engine::Sqlite => Query::new(
                "SELECT p.message_id, p.title, p.body, p.category_id, p.area_id, s.rowid AS sort_key FROM search_public s
                 CROSS JOIN search_doc d ON d.doc = s.rowid
                 CROSS JOIN publication p ON p.tenant_id = d.tenant_id AND p.message_id = d.ref_id
                 WHERE p.tenant_id = ? AND p.hidden = FALSE AND s.search_public MATCH ?",
                [self.tenant().into(), asked.into()],
            ),
            Engine::Postgres => Query::new(
                "SELECT p.message_id, p.title, p.body, p.category_id, p.area_id, p.published_at AS sort_key
                 FROM publication p WHERE p.tenant_id = ? AND p.hidden = FALSE AND p.search_vector @@ CAST(? AS tsquery)",
                [self.tenant().into(), asked.into()],
            ),
        };
        query.push("ORDER BY sort_key DESC LIMIT ?", [CANDIDATES.into()]);
        let found: Vec<Candidate> = query.rows(&self.read).await?;

        let own: BTreeSet<&str> = terms.iter().map(String::as_str).collect();
        let mut alike: Vec<(usize, i64, Id)> = found
            .into_iter()
            .filter_map(|other| {
                let there = index_terms(&[&*other.title, "\n", &*other.body].concat());
                let there: BTreeSet<&str> = there.split(' ').collect();
                let common = own.intersection(&there).count();
                let kin = usize::from(category_id.is_some() && other.category_id.as_deref() == category_id);
                let near = usize::from(area_id.is_some() && other.area_id.as_deref() == area_id);
                // Two words in common are little for a matter of another kind.
                (common + kin > LEAST).then_some((common + kin + near, other.sort_key, other.message_id))
            })
            .collect();
        alike.sort_by(|a, b| b.cmp(a));
        let keys: Vec<Key> = alike
            .into_iter()
            .take(limit)
            .map(|(_, sort_key, message_id)| Key { message_id, sort_key })
            .collect();
        cards(self.copies(&keys).await?)
    }

    /// Whether somebody's letter is joined to this one.
    pub async fn has_joined(&self, account_id: &str, lead_id: &str) -> Result<bool, StoreError> {
        let query = Query::new(
            "SELECT COUNT(*) FROM message WHERE tenant_id = ? AND merged_into = ? AND submitter_account_id = ?",
            [self.tenant().into(), lead_id.into(), account_id.into()],
        );
        Ok(query.number(&self.read).await? > 0)
    }

    /// The letter behind a published copy with this number, in any spelling; none when it is hidden or not there.
    pub async fn published_letter(&self, no: &str) -> Result<Option<Id>, StoreError> {
        let Some(no) = self.number_typed(no).await? else {
            return Ok(None);
        };
        let query = Query::new(
            "SELECT p.message_id, p.published_at AS sort_key FROM publication p
             WHERE p.tenant_id = ? AND p.no = ? AND p.hidden = FALSE",
            [self.tenant().into(), no.into()],
        );
        let found: Option<Key> = query.row(&self.read).await?;
        Ok(found.map(|key| key.message_id))
    }
}
