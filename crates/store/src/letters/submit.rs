//! A letter arrives: number, query code and first log entry in one transaction with the key that makes it come once.

use super::act::{self, Unfolded};
use super::{log, project};
use crate::entity::message;
use crate::idempotency::{IdempotencyKey, Kept};
use crate::ids::{new_query_code, query_code_hash, sha256_hex};
use crate::sql::{number, strings, to_json};
use crate::{Store, StoreError, search};
use liaison_domain::calendar::date_of;
use liaison_domain::lifecycle::{Case, Context, EventRecord, LetterKind, NewCase, Notice, Refusal, open};
use liaison_domain::numbers::case_no;
use liaison_domain::{Id, Millis};
use sea_orm::{ConnectionTrait, DatabaseTransaction, EntityTrait as _, Set};
use serde::{Deserialize, Serialize};

/// A letter to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLetter {
    /// What the rules need; its `id` is a fresh one ([`crate::new_id`]).
    pub case: NewCase,
    pub kind: LetterKind,
    pub title: String,
    pub body: String,
    pub area_id: Option<Id>,
    /// The category came from a guess, not from the resident.
    pub category_guessed: bool,
    pub place: Option<String>,
    pub account_id: Option<Id>,
    /// What the resident wants to be called.
    pub name: Option<String>,
    /// Finished uploads that belong to no letter yet, in the order to show.
    pub attachments: Vec<Id>,
    /// A query code known beforehand, for the demo's letters; none makes a fresh one.
    pub query_code: Option<String>,
}

/// A letter that was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Submitted {
    pub id: Id,
    pub no: String,
    /// The query code, in groups with dashes. Only its hash is kept: show it now.
    pub code: String,
    /// The case right after; for a replay as it was then.
    pub case: Case,
    /// Whom to tell; empty for a replay.
    #[serde(skip)]
    pub notices: Vec<Notice>,
    /// The accounts whose inboxes got something; empty for a replay.
    #[serde(skip)]
    pub told: Vec<Id>,
    /// The same key came before: nothing was kept anew.
    #[serde(skip)]
    pub replayed: bool,
}

/// Why a letter was not kept.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    /// The rules or a reference refuse it; the field is that of the event.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// The same idempotency key came with another body.
    #[error("idempotency key used for another letter")]
    Mismatch,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<Refusal> for SubmitError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// The words alone, without blanks and punctuation, as a digest: the same letter copied by many has the same.
fn words_key(title: &str, body: &str) -> String {
    let letters: String = title
        .chars()
        .chain(body.chars())
        .filter(|c| c.is_alphanumeric())
        .collect();
    sha256_hex(letters.as_bytes())
}

impl Store {
    /// How many letters with these words arrived since a moment, whoever wrote them.
    pub async fn same_words_since(&self, title: &str, body: &str, since: Millis) -> Result<u32, StoreError> {
        let count = number(
            &self.read,
            "SELECT COUNT(*) FROM message WHERE tenant_id = $1 AND words_key = $2 AND submitted_at >= $3",
            vec![self.tenant().into(), words_key(title, body).into(), since.into()],
        )
        .await?;
        Ok(count as u32)
    }

    /// Keeps a letter. When this returns `Ok`, it is on disk. With a key, the same key and body give the same answer
    /// again, however often and however parallel they come.
    ///
    /// # Errors
    /// [`SubmitError`]; nothing is kept then.
    pub async fn submit(
        &self,
        new: &NewLetter,
        ctx: &Context<'_>,
        key: Option<&IdempotencyKey>,
    ) -> Result<Submitted, SubmitError> {
        let tx = self.begin().await?;
        // Boxed: whoever awaits this should not carry the whole of it.
        match Box::pin(self.submit_in(&tx, new, ctx, key)).await {
            Ok(submitted) => {
                tx.commit().await.map_err(StoreError::from)?;
                self.tell(&submitted.told);
                Ok(submitted)
            }
            Err(error) => {
                tx.rollback().await.map_err(StoreError::from)?;
                Err(error)
            }
        }
    }

    pub(super) async fn submit_in(
        &self,
        tx: &DatabaseTransaction,
        new: &NewLetter,
        ctx: &Context<'_>,
        key: Option<&IdempotencyKey>,
    ) -> Result<Submitted, SubmitError> {
        if let Some(key) = key {
            match self.keep_key(tx, key, ctx.now).await? {
                Kept::New => {}
                Kept::Mismatch => return Err(SubmitError::Mismatch),
                Kept::Answered { response, .. } => {
                    let earlier: Submitted = crate::sql::from_json(&response)?;
                    return Ok(Submitted {
                        replayed: true,
                        ..earlier
                    });
                }
                // Two submissions with one key cannot overlap: the second waits for the first one's transaction.
                Kept::InProgress => return Err(StoreError::Unavailable("key in use".into()).into()),
            }
        }
        let Unfolded { case, records, notices } = act::unfold(open(new.case.clone(), ctx)?, ctx)?;
        let no = self.next_number(tx, ctx.now).await?;
        let code = match &new.query_code {
            Some(code) => code.clone(),
            None => new_query_code()?,
        };
        self.insert(tx, new, &case, &records, (&no, &code), ctx).await?;
        self.claim_uploads(tx, &case.id, &new.attachments, 0).await?;
        self.project(tx, &case, &records, ctx).await?;
        let told = self.keep_notices(tx, &case.id, &notices, ctx.now).await?;
        let submitted = Submitted {
            id: case.id.clone(),
            no,
            code,
            case,
            notices,
            told,
            replayed: false,
        };
        if let Some(key) = key {
            self.answer_key(tx, key, 201, &to_json(&submitted)?).await?;
        }
        Ok(submitted)
    }

    async fn insert(
        &self,
        tx: &DatabaseTransaction,
        new: &NewLetter,
        case: &Case,
        records: &[EventRecord],
        (no, code): (&str, &str),
        ctx: &Context<'_>,
    ) -> Result<(), StoreError> {
        let kind = new.kind.code();
        let code_hash = query_code_hash(no, code).ok_or_else(|| StoreError::Constraint("not a query code".into()))?;
        let words = log::words_hash(no, kind, &new.title, &new.body);
        let row = message::ActiveModel {
            tenant_id: Set(self.tenant()),
            id: Set(case.id.clone()),
            no: Set(no.to_owned()),
            query_code_hash: Set(code_hash),
            kind: Set(kind.to_owned()),
            title: Set(new.title.clone()),
            body: Set(new.body.clone()),
            addressed_deputy_id: Set(new.case.deputy_id.clone()),
            area_id: Set(new.area_id.clone()),
            category_guessed: Set(new.category_guessed),
            place: Set(new.place.clone()),
            submitter_account_id: Set(new.account_id.clone()),
            name: Set(new.name.clone()),
            part_of: Set(None),
            filed_by: Set(new.case.on_behalf.as_ref().and(ctx.actor.account_id.clone())),
            filed_via: Set(new.case.on_behalf.as_ref().map(|filed| filed.via.code().to_owned())),
            words_key: Set(Some(words_key(&new.title, &new.body))),
            pictures: Set(new.attachments.len() as i64),
            last_hash: Set(String::new()),
            search_terms: Set(search::terms(&[
                &new.title,
                &new.body,
                new.place.as_deref().unwrap_or_default(),
            ])),
            ..project::columns(case, records, ctx)?
        };
        message::Entity::insert(row)
            .exec_without_returning(tx)
            .await
            .map_err(StoreError::from)?;
        let last_hash = log::append(tx, &self.tenant, &case.id, words, records).await?;
        crate::sql::execute(
            tx,
            "UPDATE message SET last_hash = $1 WHERE tenant_id = $2 AND id = $3",
            vec![last_hash.into(), self.tenant().into(), case.id.as_str().into()],
        )
        .await?;
        Ok(())
    }

    /// `TH-2026-000001`: counted per district and year (in Asia/Shanghai), without doubles. A letter that fails leaves
    /// no gap, because the counter is part of its transaction.
    async fn next_number<C: ConnectionTrait>(&self, db: &C, now: Millis) -> Result<String, StoreError> {
        let year = date_of(now).year;
        let prefix = self.number_prefix(db).await?;
        let value = number(
            db,
            "INSERT INTO counter (tenant_id, name, value) VALUES ($1, $2, 1)
             ON CONFLICT (tenant_id, name) DO UPDATE SET value = counter.value + 1 RETURNING value",
            vec![self.tenant().into(), ["message-", &year.to_string()].concat().into()],
        )
        .await?;
        Ok(case_no(&prefix, year, value as u32))
    }

    /// The letters this district's case numbers begin with.
    pub(super) async fn number_prefix<C: ConnectionTrait>(&self, db: &C) -> Result<String, StoreError> {
        let found = strings(
            db,
            "SELECT number_prefix FROM tenant WHERE id = $1",
            vec![self.tenant().into()],
        )
        .await?;
        found
            .into_iter()
            .next()
            .ok_or_else(|| StoreError::Constraint("no such district".into()))
    }
}
