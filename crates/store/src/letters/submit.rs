//! A letter arrives: number, query code and first log entry in one transaction with the key that makes it come once.

use super::act::{self, Unfolded};
use super::extra::Extra;
use super::references::ClaimError;
use super::{log, project};
use crate::entity::{message, message_event};
use crate::idempotency::{IdempotencyKey, Kept};
use crate::ids::{new_query_code, query_code_hash, sha256_hex};
use crate::notices::Entry;
use crate::sql::{number, strings, to_json};
use crate::{Store, StoreError, search};
use liaison_domain::calendar::date_of;
use liaison_domain::lifecycle::{Case, Context, EventRecord, LetterKind, NewCase, Notice, NoticeTo, Refusal, open};
use liaison_domain::numbers::case_no;
use liaison_domain::{Id, Millis};
use sea_orm::{ConnectionTrait, DatabaseTransaction, EntityTrait as _, FromQueryResult, Set};
use serde::{Deserialize, Serialize};

/// A letter to keep.
#[derive(Clone, Debug, PartialEq)]
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
    /// A finished recording and video that belong to no letter yet.
    pub media: Vec<Id>,
    /// A query code known beforehand, for the demo's letters; none makes a fresh one.
    pub query_code: Option<String>,
    /// The author's booking of a reception that was cancelled, which this letter settles.
    pub instead_of: Option<Id>,
    /// Where it is on the map, who may call, who helped.
    pub extra: Extra,
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

/// Why letters could not be written together.
pub(super) enum WriteError {
    /// One of the keys came before, or comes at the same time to another server.
    KeyKnown,
    Claim(ClaimError),
    Store(StoreError),
}

impl From<StoreError> for WriteError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<ClaimError> for WriteError {
    fn from(error: ClaimError) -> Self {
        Self::Claim(error)
    }
}

impl From<WriteError> for SubmitError {
    fn from(error: WriteError) -> Self {
        match error {
            // The same letter, sent twice: the second finds the first one's answer when it asks again.
            WriteError::KeyKnown => StoreError::Unavailable("key in use".into()).into(),
            WriteError::Claim(error) => error.into(),
            WriteError::Store(error) => error.into(),
        }
    }
}

fn nothing_kept() -> SubmitError {
    StoreError::Constraint("nothing was kept".into()).into()
}

#[derive(FromQueryResult)]
struct Taken {
    value: i64,
    prefix: String,
}

/// A letter that the rules have taken, with all that can be worked out before the database is asked.
#[derive(Debug)]
pub(super) struct Ready {
    pub key: Option<IdempotencyKey>,
    pub now: Millis,
    case: Case,
    records: Vec<EventRecord>,
    notices: Vec<Notice>,
    code: String,
    account_id: Option<Id>,
    instead_of: Option<Id>,
    attachments: Vec<Id>,
    extra: Extra,
    media: Vec<Id>,
    /// What its number's digest begins with.
    kind: &'static str,
    title: String,
    body: String,
    /// Everything but the number and what follows from it.
    row: message::ActiveModel,
}

impl Ready {
    pub fn of(new: &NewLetter, ctx: &Context<'_>, key: Option<&IdempotencyKey>) -> Result<Self, SubmitError> {
        let Unfolded { case, records, notices } = act::unfold(open(new.case.clone(), ctx)?, ctx)?;
        let code = match &new.query_code {
            Some(code) => code.clone(),
            None => new_query_code()?,
        };
        let kind = new.kind.code();
        let texts = [&*new.title, &*new.body, new.place.as_deref().unwrap_or_default()];
        let row = message::ActiveModel {
            id: Set(case.id.clone()),
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
            // A helper writes under the author's own account: nobody at the station filed it.
            filed_by: Set((new.case.on_behalf.is_some() && !ctx.actor.is_author)
                .then(|| ctx.actor.account_id.clone())
                .flatten()),
            filed_via: Set(new.case.on_behalf.as_ref().map(|filed| filed.via.code().to_owned())),
            words_key: Set(has_own_words(new).then(|| words_key(&new.title, &new.body))),
            pictures: Set(new.attachments.len() as i64),
            search_terms: Set(search::terms(&texts)),
            // Nothing else is derived from a letter that has just arrived: it has no tasks, answers or public copy.
            ..project::columns(&case, &records, ctx)?
        };
        Ok(Self {
            key: key.cloned(),
            now: ctx.now,
            case,
            records,
            notices,
            code,
            account_id: new.account_id.clone(),
            instead_of: new.instead_of.clone(),
            attachments: new.attachments.clone(),
            extra: new.extra.clone(),
            media: new.media.clone(),
            kind,
            title: new.title.clone(),
            body: new.body.clone(),
            row,
        })
    }

    /// The letter and its log under this number.
    fn rows(&self, tenant: &str, no: &str) -> Result<(message::ActiveModel, Vec<message_event::Model>), StoreError> {
        let code_hash =
            query_code_hash(no, &self.code).ok_or_else(|| StoreError::Constraint("not a query code".into()))?;
        let words = log::words_hash(no, self.kind, &self.title, &self.body);
        let (events, last_hash) = log::rows(tenant, &self.case.id, words, &self.records)?;
        let row = message::ActiveModel {
            tenant_id: Set(tenant.to_owned()),
            no: Set(no.to_owned()),
            query_code_hash: Set(code_hash),
            last_hash: Set(last_hash),
            ..self.row.clone()
        };
        Ok((row, events))
    }
}

/// What is spoken is nobody's copy: many say 「语音留言」 or 「请听录音」 and nothing else.
const fn has_own_words(new: &NewLetter) -> bool {
    new.media.is_empty()
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
    /// Letters that arrive at the same time are kept in one transaction; none of them waits for another that cannot be
    /// kept. A letter is kept to the end even when nobody waits for the answer any more.
    ///
    /// # Errors
    /// [`SubmitError`]; nothing is kept then.
    pub async fn submit(
        &self,
        new: &NewLetter,
        ctx: &Context<'_>,
        key: Option<&IdempotencyKey>,
    ) -> Result<Submitted, SubmitError> {
        match Ready::of(new, ctx, key) {
            Ok(ready) => self.arrive(ready).await,
            // What was taken once is not refused when it is asked again.
            Err(refusal) => match key {
                Some(key) => self.answered_before(&self.read, key).await?.ok_or(refusal),
                None => Err(refusal),
            },
        }
    }

    /// The answer this key got, if it came before with this body.
    ///
    /// # Errors
    /// [`SubmitError::Mismatch`] when it came with another.
    pub async fn submitted(&self, key: &IdempotencyKey) -> Result<Option<Submitted>, SubmitError> {
        self.answered_before(&self.read, key).await
    }

    async fn answered_before<C: ConnectionTrait>(
        &self,
        db: &C,
        key: &IdempotencyKey,
    ) -> Result<Option<Submitted>, SubmitError> {
        match self.look_up(db, key).await? {
            None => Ok(None),
            Some(Kept::Answered { response, .. }) => {
                let earlier: Submitted = crate::sql::from_json(&response)?;
                Ok(Some(Submitted {
                    replayed: true,
                    ..earlier
                }))
            }
            Some(Kept::Mismatch) => Err(SubmitError::Mismatch),
            // A letter and the answer to its key are kept together.
            Some(Kept::New | Kept::InProgress) => Err(StoreError::Unavailable("key in use".into()).into()),
        }
    }

    /// Keeps one letter in a transaction of its own, or finds the answer that its key got before.
    pub(super) async fn submit_alone(&self, ready: &Ready) -> Result<Submitted, SubmitError> {
        match (self.submit_together(std::slice::from_ref(ready)).await, &ready.key) {
            (Ok(mut all), _) => all.pop().ok_or_else(nothing_kept),
            // Whoever held the key has finished: writing waited for that.
            (Err(WriteError::KeyKnown), Some(key)) => {
                let earlier = self.answered_before(&self.read, key).await?;
                earlier.ok_or_else(|| WriteError::KeyKnown.into())
            }
            (Err(error), _) => Err(error.into()),
        }
    }

    /// Keeps several letters in one transaction, all or none. None of their keys may be known.
    pub(super) async fn submit_together(&self, ready: &[Ready]) -> Result<Vec<Submitted>, WriteError> {
        let tx = self.begin().await?;
        match self.write(&tx, ready).await {
            Ok(all) => {
                tx.commit().await.map_err(StoreError::from)?;
                for submitted in &all {
                    self.tell(&submitted.told);
                }
                Ok(all)
            }
            Err(error) => {
                tx.rollback().await.map_err(StoreError::from)?;
                Err(error)
            }
        }
    }

    pub(crate) async fn submit_in(
        &self,
        tx: &DatabaseTransaction,
        new: &NewLetter,
        ctx: &Context<'_>,
    ) -> Result<Submitted, SubmitError> {
        let ready = Ready::of(new, ctx, None)?;
        self.write(tx, &[ready]).await?.pop().ok_or_else(nothing_kept)
    }

    /// Writes letters with their logs, keys and notices: as many statements for many as for one. All of the same year.
    pub(super) async fn write(&self, tx: &DatabaseTransaction, ready: &[Ready]) -> Result<Vec<Submitted>, WriteError> {
        let Some(first) = ready.first() else {
            return Ok(Vec::new());
        };
        let numbers = self.next_numbers(tx, first.now, ready.len()).await?;
        let mut all = Vec::with_capacity(ready.len());
        let (mut rows, mut events) = (Vec::with_capacity(ready.len()), Vec::new());
        for (letter, no) in ready.iter().zip(numbers) {
            let (row, log) = letter.rows(&self.tenant, &no)?;
            rows.push(row);
            events.extend(log);
            all.push(Submitted {
                id: letter.case.id.clone(),
                no,
                code: letter.code.clone(),
                case: letter.case.clone(),
                notices: letter.notices.clone(),
                told: Vec::new(),
                replayed: false,
            });
        }
        let mut answers = Vec::new();
        for (letter, submitted) in ready.iter().zip(&all) {
            if let Some(key) = &letter.key {
                answers.push((key, to_json(submitted)?));
            }
        }
        // Waits for whoever else holds one of the keys.
        if self.put_answered(tx, &answers, 201, first.now).await? != answers.len() as u64 {
            return Err(WriteError::KeyKnown);
        }
        message::Entity::insert_many(rows)
            .exec_without_returning(tx)
            .await
            .map_err(StoreError::from)?;
        log::append(tx, events).await?;
        for letter in ready {
            self.claim_uploads(tx, &letter.case.id, &letter.attachments, 0).await?;
            self.keep_extra(tx, &letter.case.id, &letter.extra).await?;
            self.claim_media(tx, &letter.case.id, &letter.media).await?;
            if let (Some(booking), Some(author)) = (&letter.instead_of, &letter.account_id) {
                // A letter is never refused for a booking's sake: what is settled already, or another's, stays as it is.
                self.settle_instead(tx, booking, author, Some(&letter.case.id), letter.now)
                    .await?;
            }
        }
        self.keep_first_notices(tx, ready, &mut all).await?;
        Ok(all)
    }

    /// Puts the notices of letters that have just arrived into the inboxes, and tells each letter whose they are.
    async fn keep_first_notices(
        &self,
        tx: &DatabaseTransaction,
        ready: &[Ready],
        all: &mut [Submitted],
    ) -> Result<(), StoreError> {
        let authors = ready.iter().filter_map(|letter| letter.account_id.clone()).collect();
        let authors = self.active_accounts(tx, authors).await?;
        let mut known: Vec<(&NoticeTo, Vec<Id>)> = Vec::new();
        let mut entries = Vec::new();
        for (letter, submitted) in ready.iter().zip(all) {
            for notice in &letter.notices {
                let accounts: &[Id] = if notice.to == NoticeTo::Resident {
                    let author = letter.account_id.as_ref().filter(|id| authors.contains(*id));
                    author.map_or(&[], std::slice::from_ref)
                } else {
                    let at = if let Some(at) = known.iter().position(|(to, _)| **to == notice.to) {
                        at
                    } else {
                        known.push((&notice.to, self.recipients(tx, &letter.case.id, &notice.to).await?));
                        known.len() - 1
                    };
                    &known[at].1
                };
                submitted.told.extend_from_slice(accounts);
                entries.extend(accounts.iter().map(|account| Entry {
                    account: account.clone(),
                    about: crate::notices::About::Letter(&letter.case.id),
                    kind: notice.kind.code(),
                    at: letter.now,
                    once: None,
                }));
            }
        }
        self.put_entries(tx, &entries).await?;
        Ok(())
    }

    /// `TH-2026-000001` and those after it: counted per district and year (in Asia/Shanghai), without doubles. A letter
    /// that fails leaves no gap, because the counter is part of its transaction.
    async fn next_numbers<C: ConnectionTrait>(
        &self,
        db: &C,
        now: Millis,
        count: usize,
    ) -> Result<Vec<String>, StoreError> {
        let year = date_of(now).year;
        let name = ["message-", &year.to_string()].concat();
        let taken: Option<Taken> = crate::sql::row(
            db,
            "INSERT INTO counter (tenant_id, name, value) VALUES ($1, $2, $3)
             ON CONFLICT (tenant_id, name) DO UPDATE SET value = counter.value + $3
             RETURNING value, (SELECT number_prefix FROM tenant WHERE id = $1) AS prefix",
            vec![self.tenant().into(), name.into(), (count as i64).into()],
        )
        .await?;
        let Some(Taken { value, prefix }) = taken else {
            return Err(StoreError::Constraint("no such district".into()));
        };
        let first = value - count as i64 + 1;
        Ok((first..=value)
            .map(|number| case_no(&prefix, year, number as u32))
            .collect())
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
