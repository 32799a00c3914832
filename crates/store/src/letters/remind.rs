//! Reminders: the letters whose moment has come, and the inboxes that are told.

use crate::notices::Reminder;
use crate::sql::{execute, from_json, rows};
use crate::{Store, StoreError};
use liaison_domain::lifecycle::{Case, Context};
use liaison_domain::notify;
use sea_orm::FromQueryResult;

/// What a look at the letters led to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reminded {
    /// Letters looked at.
    pub letters: u64,
    /// Entries in inboxes.
    pub told: u64,
}

#[derive(FromQueryResult)]
struct Waiting {
    snapshot: String,
}

impl Store {
    /// Looks at letters whose moment has come, the longest waiting first, tells what is due, and sets each letter's next
    /// moment. Fewer letters than `limit`: there are no more.
    ///
    /// # Errors
    /// What the database refused. What was told stays told and is not told again.
    pub async fn remind_due(&self, ctx: &Context<'_>, limit: u64) -> Result<Reminded, StoreError> {
        let ctx = ctx.as_system();
        let waiting: Vec<Waiting> = rows(
            &self.read,
            "SELECT snapshot FROM message WHERE tenant_id = $1 AND remind_at <= $2 ORDER BY remind_at, id LIMIT $3",
            vec![self.tenant().into(), ctx.now.into(), (limit as i64).into()],
        )
        .await?;
        let mut done = Reminded::default();
        for Waiting { snapshot } in waiting {
            let case: Case = from_json(&snapshot)?;
            for reminder in notify::due(&case, &ctx) {
                let reminder = Reminder {
                    to: reminder.to,
                    letter_id: case.id.clone(),
                    kind: reminder.kind.code().to_owned(),
                    once: reminder.once,
                };
                done.told += self.remind(&reminder, ctx.now).await?;
            }
            self.remind_again(&case, &ctx).await?;
            done.letters += 1;
        }
        Ok(done)
    }

    /// The letter's next moment. A letter that changed meanwhile got its own then.
    async fn remind_again(&self, case: &Case, ctx: &Context<'_>) -> Result<(), StoreError> {
        execute(
            self.writer(),
            "UPDATE message SET remind_at = $1 WHERE tenant_id = $2 AND id = $3 AND version = $4",
            vec![
                notify::next_at(case, ctx).into(),
                self.tenant().into(),
                case.id.as_str().into(),
                case.version.into(),
            ],
        )
        .await?;
        Ok(())
    }
}
