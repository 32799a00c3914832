//! What is one's own at events.

use crate::assemble::events as parts;
use crate::assemble::names::Names;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::dto::{EventMine, MyEvent, MyVote, RegistrationView};
use liaison_domain::events::{OPEN_QUESTIONS, QUESTIONS};
use liaison_store::events::Which;
use liaison_store::people::Account;
use liaison_web::views::EventOfMine;

/// Events in one's own list.
const MINE: u64 = 50;

/// `GET /events/{id}/mine`.
pub async fn mine(state: &AppState, account: &Account, id: &str) -> ApiResult<EventMine> {
    let store = &state.store;
    let event = store.event(id).await?.filter(|event| event.state.is_public());
    let event = event.ok_or(ApiError::NotFound)?;
    let mut names = Names::load(state).await?;
    names.add_deputies(event.draft.deputies.iter().cloned());
    let questions = store.questions(id, Which::Of(&account.id), QUESTIONS).await?;
    let votes = store.votes_of(id, &account.id).await?.into_iter();
    Ok(EventMine {
        registration: registration_of(state, account, id).await?,
        questions: questions.iter().map(|one| parts::own_question(one, &names)).collect(),
        upvoted: store.upvoted(id, &account.id).await?,
        votes: votes.map(|(poll_id, option)| MyVote { poll_id, option }).collect(),
        questions_left: OPEN_QUESTIONS.saturating_sub(store.open_questions(id, &account.id).await?),
    })
}

/// The page of one's own events: each with one's place and questions.
pub async fn mine_page(state: &AppState, account: &Account) -> ApiResult<Vec<EventOfMine>> {
    let mut all = Vec::new();
    for one in my_events(state, account).await? {
        let questions = if one.questions == 0 {
            Vec::new()
        } else {
            mine(state, account, &one.card.id).await?.questions
        };
        all.push(EventOfMine {
            card: one.card,
            registration: one.registration,
            questions,
        });
    }
    Ok(all)
}

/// One's place at an event, whatever became of it.
pub async fn registration_of(state: &AppState, account: &Account, id: &str) -> ApiResult<Option<RegistrationView>> {
    let found = state.store.registration(id, &account.id).await?;
    Ok(found.map(parts::registration))
}

/// `GET /me/events`.
pub async fn my_events(state: &AppState, account: &Account) -> ApiResult<Vec<MyEvent>> {
    let names = Names::load(state).await?;
    let mut mine = Vec::new();
    for (id, questions) in state.store.events_of_account(&account.id, MINE).await? {
        let Some(row) = state.store.event_row(&id, state.now()).await? else {
            continue;
        };
        mine.push(MyEvent {
            card: parts::card(&row, &names),
            registration: registration_of(state, account, &id).await?,
            questions,
        });
    }
    Ok(mine)
}
