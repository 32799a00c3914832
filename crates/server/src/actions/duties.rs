//! A unit's duties move to another (机构改革). The unit is closed first, so that nothing new reaches it; then each open
//! task moves by an event of its own, decided by the rules. Broken off in between, the same call goes on.

use super::event::apply;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::Id;
use liaison_domain::dto::DutiesMoved;
use liaison_domain::lifecycle::{Actor, CaseEvent, Role};
use liaison_store::directory::MoveError;
use liaison_store::letters::OpenTask;
use liaison_store::people::Account;

/// Why a task moves, in the log.
const WHY: &str = "机构改革，职责划转";

/// Moves everything and tells how much there was.
pub async fn move_duties(state: &AppState, account: &Account, from: &Id, to: &Id) -> ApiResult<DutiesMoved> {
    let moved = state.store.move_duties(from, to).await.map_err(|error| match error {
        MoveError::NotFound => ApiError::NotFound,
        MoveError::Successor => ApiError::field("successor_id", "value_invalid"),
        MoveError::Store(error) => error.into(),
    })?;
    let actor = Actor {
        account_id: Some(account.id.clone()),
        role: Role::Admin,
        ..Actor::system()
    };
    let mut tasks = 0;
    for task in state.store.open_tasks(from).await? {
        let event = CaseEvent::ReassignUnit {
            task_id: task.id.clone(),
            unit_id: to.clone(),
        };
        tasks += u32::from(moves(state, &task, &actor, &event).await?);
    }
    for task in state.store.handed_down_to(from).await? {
        let delegate = |unit_id: Option<Id>| CaseEvent::Delegate {
            task_id: task.id.clone(),
            unit_id,
            text: WHY.to_owned(),
        };
        // A successor that does not stand one level down cannot do the work for it: it goes back.
        if !moves(state, &task, &actor, &delegate(Some(to.clone()))).await? {
            moves(state, &task, &actor, &delegate(None)).await?;
        }
    }
    Ok(DutiesMoved {
        tasks,
        categories: moved.categories,
        accounts: moved.accounts,
    })
}

/// One task; false when the rules refuse it, because it came to its end meanwhile or the successor cannot have it.
async fn moves(state: &AppState, task: &OpenTask, actor: &Actor, event: &CaseEvent) -> ApiResult<bool> {
    match Box::pin(apply(state, &task.message_id, actor, None, event)).await {
        Ok(_) => Ok(true),
        Err(ApiError::Refused(..)) => Ok(false),
        Err(error) => Err(error),
    }
}
