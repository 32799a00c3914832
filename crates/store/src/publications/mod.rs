//! What everybody may read: published copies, and honest numbers. No other table of letters is read for the public.

mod figures;
mod revision;
mod similar;
mod totals;

pub(crate) use totals::Totals;

use crate::page::{Cursor, cut};
use crate::search::Search;
use crate::sql::{Query, code, from_json, marks};
use crate::uploads::Picture;
use crate::{Store, StoreError};
use liaison_domain::Id;
use liaison_domain::dto::{COUNTED, CaseCard, CaseEventView, CaseFilter, Page, PublicAnswer};
use liaison_domain::lifecycle::{CaseState, LetterKind, Outcome};
use sea_orm::FromQueryResult;
use std::sync::Arc;

/// Characters of an answer that a list shows.
const EXCERPT: usize = 60;

/// A published copy.
#[derive(Clone, Debug, PartialEq)]
pub struct PublicCase {
    /// Number, state and dates; the words are empty while it is hidden.
    pub card: CaseCard,
    pub body: String,
    /// The name the resident chose to show; none: nobody's.
    pub author_name: Option<String>,
    pub answers: Vec<PublicAnswer>,
    pub pictures: Vec<Picture>,
    pub timeline: Vec<CaseEventView>,
    pub station_id: Id,
    pub deputy_id: Option<Id>,
    /// Hidden: why.
    pub hidden_reason: Option<String>,
    pub hidden: bool,
}

impl Store {
    /// Published copies, newest first, with the filter's words and its cursor. Hidden ones are left out. What a
    /// search finds is counted up to [`COUNTED`] and one more.
    pub async fn publications(&self, filter: &CaseFilter, limit: u64) -> Result<Page<CaseCard>, StoreError> {
        let mut narrowed = Query::new("p.tenant_id = ?", [self.tenant().into()]);
        if let Some(slug) = &filter.category {
            narrowed.push(
                "AND p.category_id IN (SELECT x.id FROM category x LEFT JOIN category y
                 ON y.tenant_id = x.tenant_id AND y.id = x.parent_id WHERE x.tenant_id = ? AND (x.slug = ? OR y.slug = ?))",
                [self.tenant().into(), slug.as_str().into(), slug.as_str().into()],
            );
        }
        if let Some(area) = &filter.area {
            narrowed.push(
                "AND p.area_id IN (SELECT x.id FROM area x LEFT JOIN area y ON y.tenant_id = x.tenant_id AND y.id = x.parent_id
                 WHERE x.tenant_id = ? AND (x.code = ? OR y.code = ?))",
                [self.tenant().into(), area.as_str().into(), area.as_str().into()],
            );
        }
        let mut conditions = narrowed.clone();
        conditions.push("AND p.hidden = FALSE", []);
        let search = Search::of(filter.q.as_deref());
        let (from, key) = match &search {
            Some(search) => search.published(&mut conditions, self.engine()),
            None => ("FROM publication p", "p.published_at"),
        };
        let list = totals::Key {
            tenant: Arc::clone(&self.tenant),
            category: filter.category.clone(),
            area: filter.area.clone(),
            words: search.as_ref().map(Search::key),
        };
        let total = if let Some(search) = &search {
            let is_narrowed = filter.category.is_some() || filter.area.is_some();
            self.list_total(list, self.found(search, is_narrowed.then_some(narrowed)))
                .await?
        } else {
            let count = conditions.after("SELECT COUNT(*) FROM publication p WHERE");
            self.list_total(list, count.number(&self.read)).await?
        };
        // First which copies, then what is shown of them.
        let mut query = conditions.after(&format!("SELECT p.message_id, {key} AS sort_key {from} WHERE"));
        // Of a search on SQLite the key is unique, the index gives it in this order, and it takes no other condition on it.
        let is_unique = key == "s.rowid";
        if let Some(after) = Cursor::parse(filter.cursor.as_deref()) {
            if is_unique {
                query.push(&format!("AND {key} < ?"), [after.key.into()]);
            } else {
                // Where to begin in the index, and then which of those published at that very moment.
                query.push(
                    &format!("AND {key} <= ? AND ({key} < ? OR p.message_id < ?)"),
                    [after.key.into(), after.key.into(), after.id.into()],
                );
            }
        }
        let order = if is_unique { "" } else { ", p.message_id DESC" };
        query.push(
            &format!("ORDER BY {key} DESC{order} LIMIT ?"),
            [(limit as i64 + 1).into()],
        );
        let mut keys: Vec<Key> = query.rows(&self.read).await?;
        let next_cursor = cut(&mut keys, limit, |row| Cursor {
            key: row.sort_key,
            id: row.message_id.clone(),
        });
        Ok(Page {
            items: cards(self.copies(&keys).await?)?,
            next_cursor,
            total: total as u64,
        })
    }

    /// How many copies a search finds, up to [`COUNTED`] and one more. `narrowed`: conditions on the copies beside the
    /// words. Whether a copy is hidden is not asked: the words of one that is are gone from the index.
    async fn found(&self, search: &Search, narrowed: Option<Query>) -> Result<i64, StoreError> {
        let (count, from) = match narrowed {
            Some(mut narrowed) => {
                let (from, _) = search.published(&mut narrowed, self.engine());
                (narrowed, from)
            }
            None => search.published_words(self.engine(), &self.tenant),
        };
        let mut count = count.after(&["SELECT COUNT(*) FROM (SELECT 1 AS one ", from, " WHERE"].concat());
        count.push(&format!("LIMIT {}) c", COUNTED + 1), []);
        // By the index of words. PostgreSQL would read the copies' words themselves: it does not know how wide they are.
        let plan = "SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off";
        Ok(self.numbers_planned(plan, &count, 1).await?.into_iter().sum())
    }

    /// Copies by their keys, in the keys' order.
    async fn copies(&self, keys: &[Key]) -> Result<Vec<Row>, StoreError> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        let mut query = Query::new(SELECT, []);
        query.push("p.tenant_id = ? AND p.message_id IN", [self.tenant().into()]);
        query.push_all(
            &marks(keys.len()),
            keys.iter().map(|key| key.message_id.as_str().into()),
        );
        let mut rows: Vec<Row> = query.rows(&self.read).await?;
        rows.sort_by_key(|row| keys.iter().position(|key| key.message_id == row.message_id));
        Ok(rows)
    }

    /// The published copy with this number, in any spelling; hidden ones without their words.
    pub async fn publication(&self, no: &str) -> Result<Option<PublicCase>, StoreError> {
        let Some(no) = self.number_typed(no).await? else {
            return Ok(None);
        };
        let mut query = Query::new(SELECT, []);
        query.push("p.tenant_id = ? AND p.no = ?", [self.tenant().into(), no.into()]);
        let Some(row) = query.row::<_, Row>(&self.read).await? else {
            return Ok(None);
        };
        let shown: Vec<Id> = from_json(&row.pictures)?;
        let mut pictures = self.pictures(&row.message_id).await?;
        pictures.retain(|picture| shown.contains(&picture.id));
        pictures.sort_by_key(|picture| shown.iter().position(|id| *id == picture.id));
        Ok(Some(PublicCase {
            body: row.body.clone(),
            author_name: row.author_name.clone(),
            answers: from_json(&row.answers)?,
            pictures,
            timeline: from_json(&row.timeline)?,
            station_id: row.station_id.clone(),
            deputy_id: row.deputy_id.clone(),
            hidden_reason: row.hidden_reason.clone(),
            hidden: row.hidden,
            card: row.card()?,
        }))
    }

    /// A deputy's published copies, newest first.
    pub async fn publications_of_deputy(&self, deputy_id: &str, limit: u64) -> Result<Vec<CaseCard>, StoreError> {
        self.latest("AND p.deputy_id = ?", Some(deputy_id), limit).await
    }

    /// A station's published copies, newest first.
    pub async fn publications_of_station(&self, station_id: &str, limit: u64) -> Result<Vec<CaseCard>, StoreError> {
        self.latest("AND p.station_id = ?", Some(station_id), limit).await
    }

    /// The published copies answered last.
    pub async fn just_answered(&self, limit: u64) -> Result<Vec<CaseCard>, StoreError> {
        self.latest("AND p.answered_at IS NOT NULL", None, limit).await
    }

    async fn latest(&self, condition: &str, value: Option<&str>, limit: u64) -> Result<Vec<CaseCard>, StoreError> {
        let mut query = Query::new(SELECT, []);
        query.push("p.tenant_id = ? AND p.hidden = FALSE", [self.tenant().into()]);
        query.push_all(condition, value.map(Into::into));
        query.push(
            "ORDER BY COALESCE(p.answered_at, p.published_at) DESC, p.message_id DESC LIMIT ?",
            [(limit as i64).into()],
        );
        cards(query.rows(&self.read).await?)
    }
}

fn cards(rows: Vec<Row>) -> Result<Vec<CaseCard>, StoreError> {
    rows.into_iter().map(Row::card).collect()
}

const SELECT: &str =
    "SELECT p.message_id, p.no, p.kind, p.title, p.body, p.answers, p.pictures, p.author_name, p.station_id,
    p.deputy_id, p.state, p.outcome, p.promise_date, p.timeline, p.submitted_at, p.answered_at, p.hidden, p.joined,
    p.hidden_reason, c.name AS category_name, a.name AS area_name, d.name AS deputy_name, u.short_name AS unit_name
    FROM publication p
    LEFT JOIN category c ON c.tenant_id = p.tenant_id AND c.id = p.category_id
    LEFT JOIN area a ON a.tenant_id = p.tenant_id AND a.id = p.area_id
    LEFT JOIN deputy d ON d.tenant_id = p.tenant_id AND d.id = p.deputy_id
    LEFT JOIN org_unit u ON u.tenant_id = p.tenant_id AND u.id = p.unit_id
    WHERE";

/// A copy's place in a list.
#[derive(FromQueryResult)]
struct Key {
    message_id: String,
    sort_key: i64,
}

#[derive(FromQueryResult)]
struct Row {
    message_id: String,
    no: String,
    kind: String,
    title: String,
    body: String,
    answers: String,
    pictures: String,
    author_name: Option<String>,
    station_id: String,
    deputy_id: Option<String>,
    state: String,
    outcome: Option<String>,
    promise_date: Option<String>,
    timeline: String,
    submitted_at: i64,
    answered_at: Option<i64>,
    hidden: bool,
    hidden_reason: Option<String>,
    joined: i64,
    category_name: Option<String>,
    area_name: Option<String>,
    deputy_name: Option<String>,
    unit_name: Option<String>,
}

impl Row {
    fn card(self) -> Result<CaseCard, StoreError> {
        let answers: Vec<PublicAnswer> = from_json(&self.answers)?;
        let answer = answers.first();
        Ok(CaseCard {
            no: self.no,
            title: self.title,
            kind: code(LetterKind::from_code, &self.kind)?,
            category_name: self.category_name.unwrap_or_default(),
            area_name: self.area_name.unwrap_or_default(),
            state: code(CaseState::from_code, &self.state)?,
            outcome: self
                .outcome
                .as_deref()
                .map(|text| code(Outcome::from_code, text))
                .transpose()?,
            promise_date: self.promise_date,
            submitted_at: self.submitted_at,
            answered_at: self.answered_at,
            deputy_name: self.deputy_name,
            unit_name: self.unit_name,
            answer_by: answer.map(|answer| answer.by.clone()).unwrap_or_default(),
            answer_excerpt: answer
                .map(|answer| answer.body.chars().take(EXCERPT).collect())
                .unwrap_or_default(),
            joined: u32::try_from(self.joined).unwrap_or(u32::MAX),
        })
    }
}
