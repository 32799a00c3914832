//! What becomes of a letter that was kept as long as it has to be: whose it was goes, what was done stays.
//!
//! The log is not touched: it is the proof of what was done, and its first hash still covers the words that are gone.

use crate::sql::{Query, execute, from_json, marks, row, rows};
use crate::{Store, StoreError};
use liaison_domain::lifecycle::{Case, CaseEvent, Context, apply};
use liaison_domain::{Id, Millis};
use sea_orm::{DatabaseTransaction, FromQueryResult, Value};

/// Letters looked at, and those of them whose time is over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ended {
    /// To be archived: let it happen with [`Store::act`] as the system.
    pub over: Vec<Id>,
    /// The last one looked at; none when there is none any more.
    pub last: Option<Id>,
}

#[derive(FromQueryResult)]
struct Kept {
    id: Id,
    snapshot: String,
}

impl Store {
    /// Looks at letters that came to an end before a moment, behind `after` in the order of ids, and asks the rules which
    /// of them were kept long enough. One that was joined to another, or is a part of another, stays as long as that one
    /// is open: its answer may still come.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn ended(&self, before: Millis, after: &str, limit: u64, ctx: &Context<'_>) -> Result<Ended, StoreError> {
        let ctx = ctx.as_system();
        let kept: Vec<Kept> = rows(
            &self.read,
            "SELECT m.id, m.snapshot FROM message m WHERE m.tenant_id = $1 AND m.id > $2
             AND m.state IN ('closed', 'declined', 'referred', 'merged', 'withdrawn')
             AND COALESCE(m.closed_at, m.updated_at) < $3 AND NOT EXISTS (SELECT 1 FROM message o
             WHERE o.tenant_id = m.tenant_id AND (o.id = m.merged_into AND m.state = 'merged' OR o.id = m.part_of)
             AND o.state NOT IN ('closed', 'declined', 'referred', 'merged', 'withdrawn', 'archived'))
             ORDER BY m.id LIMIT $4",
            vec![self.tenant().into(), after.into(), before.into(), (limit as i64).into()],
        )
        .await?;
        let mut ended = Ended::default();
        for Kept { id, snapshot } in kept {
            let case: Case = from_json(&snapshot)?;
            if apply(&case, &CaseEvent::Archive {}, &ctx).is_ok() {
                ended.over.push(id.clone());
            }
            ended.last = Some(id);
        }
        Ok(ended)
    }

    /// Takes from an archived letter whose it was: the way to its author and to their number, their name, their words,
    /// the place, the pictures that no public copy shows, the name on the copy, and what was told of it. Category, area,
    /// dates, answers and ratings stay for the figures; the category's name stands where the title was.
    pub(super) async fn forget_author(&self, tx: &DatabaseTransaction, letter_id: &str) -> Result<(), StoreError> {
        let own = || vec![self.tenant().into(), letter_id.into()];
        execute(
            tx,
            "UPDATE message SET name = NULL, submitter_account_id = NULL, body = '', place = NULL, pictures = 0, search_terms = '',
             words_key = NULL, title = COALESCE((SELECT c.name FROM category c WHERE c.tenant_id = message.tenant_id
             AND c.id = message.category_id), no) WHERE tenant_id = $1 AND id = $2",
            own(),
        )
        .await?;
        for sql in [
            "DELETE FROM message_extra WHERE tenant_id = $1 AND message_id = $2",
            "DELETE FROM notice WHERE tenant_id = $1 AND message_id = $2",
            "DELETE FROM outbox WHERE tenant_id = $1 AND message_id = $2",
            "UPDATE publication SET author_name = NULL WHERE tenant_id = $1 AND message_id = $2",
            "UPDATE call_back SET note = NULL WHERE tenant_id = $1 AND message_id = $2",
            "UPDATE assignment SET draft_reply = NULL, draft_saved_at = NULL WHERE tenant_id = $1 AND message_id = $2",
            "DELETE FROM transcript WHERE tenant_id = $1 AND upload_id IN
             (SELECT id FROM upload WHERE tenant_id = $1 AND message_id = $2)",
        ] {
            execute(tx, sql, own()).await?;
        }
        self.let_pictures_go(tx, letter_id).await
    }

    /// Pictures go the way of those that never found a letter, and their files with them; nobody's token opens them.
    async fn let_pictures_go(&self, tx: &DatabaseTransaction, letter_id: &str) -> Result<(), StoreError> {
        #[derive(FromQueryResult)]
        struct Shown {
            pictures: String,
        }
        let copy: Option<Shown> = row(
            tx,
            "SELECT pictures FROM publication WHERE tenant_id = $1 AND message_id = $2",
            vec![self.tenant().into(), letter_id.into()],
        )
        .await?;
        let public: Vec<Id> = match copy {
            Some(copy) => from_json(&copy.pictures)?,
            None => Vec::new(),
        };
        let mut query = Query::new(
            "UPDATE upload SET message_id = NULL, token_hash = '', created_at = 0 WHERE tenant_id = ? AND message_id = ?",
            [self.tenant().into(), letter_id.into()],
        );
        if !public.is_empty() {
            let shown = public.iter().map(|id| Value::from(id.as_str()));
            query.push_all(&["AND id NOT IN ", &marks(public.len())].concat(), shown);
        }
        query.execute(tx).await?;
        Ok(())
    }

    /// Takes number, name and addresses from residents' accounts made before a moment that no letter, no booking, no login,
    /// no question and no seat at an event belongs to any more; tells how many. Whoever comes back by the same number gets
    /// a new account.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn forget_residents(&self, before: Millis) -> Result<u64, StoreError> {
        let forgotten = execute(
            self.writer(),
            "UPDATE account SET display_name = '', email = NULL, notify = NULL, phone_hash = NULL, phone_masked = NULL,
             phone_enc = NULL WHERE tenant_id = $1 AND role = 'resident' AND username IS NULL AND created_at < $2
             AND (phone_hash IS NOT NULL OR email IS NOT NULL OR display_name <> '')
             AND NOT EXISTS (SELECT 1 FROM message m WHERE m.tenant_id = account.tenant_id
             AND m.submitter_account_id = account.id) AND NOT EXISTS (SELECT 1 FROM appointment b
             WHERE b.tenant_id = account.tenant_id AND b.account_id = account.id) AND NOT EXISTS (SELECT 1 FROM session s
             WHERE s.tenant_id = account.tenant_id AND s.account_id = account.id)
             AND NOT EXISTS (SELECT 1 FROM event_question q WHERE q.tenant_id = account.tenant_id
             AND q.account_id = account.id) AND NOT EXISTS (SELECT 1 FROM event_registration r
             WHERE r.tenant_id = account.tenant_id AND r.account_id = account.id)",
            vec![self.tenant().into(), before.into()],
        )
        .await?;
        execute(
            self.writer(),
            "UPDATE account_event SET was = NULL, became = NULL WHERE tenant_id = $1 AND (was IS NOT NULL OR became IS NOT NULL) AND EXISTS
             (SELECT 1 FROM account a WHERE a.tenant_id = account_event.tenant_id AND a.id = account_event.account_id
             AND a.role = 'resident' AND a.phone_hash IS NULL)",
            vec![self.tenant().into()],
        )
        .await?;
        execute(
            self.writer(),
            "DELETE FROM platform_account WHERE tenant_id = $1 AND EXISTS (SELECT 1 FROM account a
             WHERE a.tenant_id = platform_account.tenant_id AND a.id = platform_account.account_id
             AND a.role = 'resident' AND a.phone_hash IS NULL)",
            vec![self.tenant().into()],
        )
        .await?;
        Ok(forgotten)
    }
}
