//! After the calendar or a limit changed: open letters one batch after the other.

use super::ActError;
use crate::sql::{execute, strings};
use crate::{Store, StoreError};
use liaison_domain::Id;
use liaison_domain::lifecycle::{Case, CaseState, Context, recalculation};
use liaison_domain::notify;

impl Store {
    /// Ids of letters not at an end, behind `after` in the order of ids.
    pub async fn open_letters(&self, after: &str, limit: u64) -> Result<Vec<Id>, StoreError> {
        let open: Vec<String> = CaseState::ALL
            .iter()
            .filter(|state| state.is_open())
            .map(|state| ["'", state.code(), "'"].concat())
            .collect();
        let sql = [
            "SELECT id FROM message WHERE tenant_id = $1 AND id > $2 AND state IN (",
            &open.join(", "),
            ") ORDER BY id LIMIT $3",
        ]
        .concat();
        let values = vec![self.tenant().into(), after.into(), (limit as i64).into()];
        strings(&self.read, &sql, values).await
    }

    /// Works out a letter's dates anew. When one moves, an event says so; what only the desk's lists know is brought up
    /// to date in any case. Tells whether a date moved. `reason`: `calendar` or `limits`.
    ///
    /// # Errors
    /// What the database refused. A letter at which somebody else is at work at that moment is tried once more.
    pub async fn recalculate(&self, letter_id: &str, reason: &str, ctx: &Context<'_>) -> Result<bool, StoreError> {
        let ctx = ctx.as_system();
        for _ in 0..3 {
            let Some(letter) = self.load(letter_id).await? else {
                return Ok(false);
            };
            let records = self.events(letter_id).await?;
            // Read while somebody acted: the log is ahead of the case.
            if records.len() as i64 != letter.case.version {
                continue;
            }
            let Some(event) = recalculation(&letter.case, &records, reason, &ctx) else {
                self.refresh_moments(&letter.case, &ctx).await?;
                return Ok(false);
            };
            let seen = Context {
                expected_version: Some(letter.case.version),
                ..ctx.clone()
            };
            match self.act(letter_id, &event, &seen).await {
                Ok(_) => return Ok(true),
                Err(ActError::Conflict(_)) => {}
                Err(ActError::Refused { .. } | ActError::NotFound) => return Ok(false),
                Err(ActError::Store(error)) => return Err(error),
            }
        }
        Err(StoreError::Unavailable("a letter that changes all the time".into()))
    }

    /// Silence and reminders depend on the rules, but no event tells of them.
    async fn refresh_moments(&self, case: &Case, ctx: &Context<'_>) -> Result<(), StoreError> {
        execute(
            self.writer(),
            "UPDATE message SET silent_at = $1, remind_at = $2 WHERE tenant_id = $3 AND id = $4 AND version = $5",
            vec![
                notify::silent_at(case, ctx).into(),
                notify::first_at(case, ctx).into(),
                self.tenant().into(),
                case.id.as_str().into(),
                case.version.into(),
            ],
        )
        .await?;
        Ok(())
    }
}
