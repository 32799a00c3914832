//! Letters to which something happens by itself when a time is over.

use super::act::with_ids;
use crate::sql::{from_json, rows};
use crate::{Store, StoreError};
use liaison_domain::lifecycle::{Case, CaseEvent, CaseState, Context, TaskState, apply};
use liaison_domain::{Id, Millis};
use sea_orm::FromQueryResult;

/// An event whose time has come. Let it happen with [`Store::act`] as the system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    pub letter_id: Id,
    pub event: CaseEvent,
}

#[derive(FromQueryResult)]
struct Woken {
    wake_at: Millis,
    id: Id,
    snapshot: String,
}

impl Store {
    /// Automatic events that the rules would accept now: signatures by time, deputies' and residents' time over,
    /// surveys expired, promises broken. The longest overdue come first, one event a letter. Ask again after acting.
    pub async fn due(&self, ctx: &Context<'_>, limit: u64) -> Result<Vec<Due>, StoreError> {
        let ctx = ctx.as_system();
        let mut due = Vec::new();
        let (mut after, mut after_id) = (Millis::MIN, Id::new());
        // Letters whose moment has come but not yet their event (a promise within its grace) must not hide others.
        while (due.len() as u64) < limit {
            let woken: Vec<Woken> = rows(
                &self.read,
                "SELECT wake_at, id, snapshot FROM message WHERE tenant_id = $1 AND wake_at < $2
                 AND (wake_at > $3 OR wake_at = $3 AND id > $4) ORDER BY wake_at, id LIMIT $5",
                vec![
                    self.tenant().into(),
                    ctx.now.into(),
                    after.into(),
                    after_id.as_str().into(),
                    (limit as i64).into(),
                ],
            )
            .await?;
            let is_last = (woken.len() as u64) < limit;
            for Woken { wake_at, id, snapshot } in woken {
                let case: Case = from_json(&snapshot)?;
                let accepted = |event: &CaseEvent| apply(&case, event, &with_ids(ctx.clone(), event)).is_ok();
                if let Some(event) = candidates(&case).into_iter().find(accepted) {
                    due.push(Due {
                        letter_id: case.id.clone(),
                        event,
                    });
                }
                (after, after_id) = (wake_at, id);
            }
            if is_last {
                break;
            }
        }
        due.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(due)
    }
}

/// What could be due to happen to a case.
fn candidates(case: &Case) -> Vec<CaseEvent> {
    let mut events = match case.state {
        CaseState::NeedInfo => vec![CaseEvent::InfoTimeout {}],
        CaseState::WithDeputy => vec![CaseEvent::DeputyTimeout {}],
        CaseState::Answered => vec![CaseEvent::SurveyExpired {}],
        CaseState::Tracking => vec![CaseEvent::PromiseBroken {}],
        _ => Vec::new(),
    };
    let unsigned = case.tasks.iter().filter(|task| task.state == TaskState::Dispatched);
    events.extend(unsigned.map(|task| CaseEvent::AutoSign {
        task_id: task.id.clone(),
    }));
    events
}
