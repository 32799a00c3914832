//! What the desk works with.

use super::public::view_of;
use crate::access::{self, AtEvent, covers_station, desk_event, holds_events};
use crate::assemble::events as parts;
use crate::assemble::names::Names;
use crate::auth::session::Viewer;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::Id;
use liaison_domain::dto::{
    Attendee, Attendees, DeskEventList, DeskEventNews, DeskEventRow, DeskQuestion, EventDesk, EventOptions, NamedRef,
    QuestionQueue,
};
use liaison_domain::events::{QUESTIONS, QUESTIONS_SHOWN, QuestionSort, QuestionState};
use liaison_domain::lifecycle::Role;
use liaison_store::events::{Event, EventScope, Question, Which};

/// Events on one page of the desk's list.
const EVENTS: u64 = 30;

/// `GET /desk/events`.
pub async fn desk_list(state: &AppState, viewer: &Viewer, cursor: Option<&str>) -> ApiResult<DeskEventList> {
    let account = access::staff(viewer)?;
    let stations = access::stations_of(state, account).await?;
    let scope = match account.role {
        Role::Deputy => EventScope::Deputy(account.deputy_id.as_deref().unwrap_or_default()),
        Role::UnitOfficer | Role::UnitLeader => EventScope::Unit(account.unit_id.as_deref().unwrap_or_default()),
        _ => stations.as_deref().map_or(EventScope::All, EventScope::Stations),
    };
    let page = state.store.desk_events(scope, cursor, state.now(), EVENTS).await?;
    let names = Names::load(state).await?;
    let items = page.items.iter().map(|row| DeskEventRow {
        card: parts::card(row, &names),
        version: row.event.version,
        pending: row.pending,
        open_resolutions: row.open_resolutions,
        late_resolutions: row.late_resolutions,
    });
    Ok(DeskEventList {
        items: items.collect(),
        next_cursor: page.next_cursor,
        total: page.total,
    })
}

/// `GET /desk/events/{id}`.
pub async fn desk_view(state: &AppState, viewer: &Viewer, id: &str) -> ApiResult<EventDesk> {
    let (event, at) = desk_event(state, viewer, id).await?;
    let view = view_of(state, &event, true).await?;
    Ok(EventDesk {
        id: event.id.clone(),
        version: event.version,
        next: if at.may_moderate {
            event.state.next()
        } else {
            Vec::new()
        },
        minutes: event.minutes.clone(),
        attendance: event.attendance,
        counts: state.store.question_counts(&event.id).await?,
        may_moderate: at.may_moderate,
        may_file: at.may_file,
        may_answer: at.may_answer,
        draft: event.draft,
        view,
    })
}

/// `GET /desk/events/{id}/questions`.
pub async fn queue(
    state: &AppState,
    viewer: &Viewer,
    id: &str,
    only: Option<QuestionState>,
    cursor: Option<&str>,
) -> ApiResult<QuestionQueue> {
    let (event, at) = desk_event(state, viewer, id).await?;
    let which = Which::Desk(only);
    let page = state.store.questions_page(id, which, cursor, QUESTIONS_SHOWN).await?;
    let counts = state.store.question_counts(id).await?;
    let names = names_at(state, &event).await?;
    let total = counts
        .iter()
        .filter(|count| only.is_none_or(|only| only == count.state))
        .map(|count| count.count)
        .sum();
    let shown = |question| parts::desk_question(question, event.state, at.may_moderate, at.may_file, &names);
    Ok(QuestionQueue {
        items: page.items.iter().map(shown).collect(),
        cursor: cursor.map(str::to_owned),
        next_cursor: page.next_cursor,
        counts,
        total,
    })
}

/// Questions that something resolved may answer, those handed on first: id and words as everybody may read them.
pub async fn asked(state: &AppState, id: &str) -> ApiResult<Vec<(Id, String)>> {
    let which = Which::Public(QuestionSort::Votes);
    let mut all = state.store.questions(id, which, QUESTIONS).await?;
    all.sort_by_key(|question| match question.state {
        QuestionState::FollowUp => 0,
        QuestionState::Answered | QuestionState::Live => 1,
        _ => 2,
    });
    let words = |question: Question| (question.id, question.shown.unwrap_or(question.text));
    Ok(all.into_iter().map(words).collect())
}

/// What the desk is told when something changed that it may see; none for an event that is not there.
pub async fn desk_news(state: &AppState, id: &str) -> ApiResult<Option<DeskEventNews>> {
    let Some(revision) = state.store.desk_revision(id).await? else {
        return Ok(None);
    };
    let counts = state.store.question_counts(id).await?;
    let pending = counts.iter().find(|count| count.state == QuestionState::Pending);
    Ok(Some(DeskEventNews {
        revision,
        pending: pending.map_or(0, |count| count.count),
    }))
}

/// One question for the desk.
pub async fn question_for(state: &AppState, event: &Event, at: &AtEvent<'_>, id: &str) -> ApiResult<DeskQuestion> {
    let question = state.store.question(id).await?.ok_or(ApiError::NotFound)?;
    let names = names_at(state, event).await?;
    Ok(parts::desk_question(
        &question,
        event.state,
        at.may_moderate,
        at.may_file,
        &names,
    ))
}

async fn names_at(state: &AppState, event: &Event) -> ApiResult<Names> {
    let mut names = Names::load(state).await?;
    names.add_deputies(event.draft.deputies.iter().cloned());
    Ok(names)
}

/// `GET /desk/events/{id}/registrations`: for the office alone.
pub async fn attendees(state: &AppState, viewer: &Viewer, id: &str) -> ApiResult<Attendees> {
    access::office(viewer)?;
    let (event, _) = desk_event(state, viewer, id).await?;
    let all = state.store.registrations(id).await?.into_iter();
    let items = all.map(|one| Attendee {
        id: one.id,
        name: one.name,
        phone_masked: one.phone_masked,
        state: one.state,
        registered_at: one.registered_at,
        moved_up_at: one.moved_up_at,
    });
    Ok(Attendees {
        seats: state.store.seats(&event).await?,
        items: items.collect(),
    })
}

/// `GET /desk/events/options`.
pub async fn options(state: &AppState, viewer: &Viewer) -> ApiResult<EventOptions> {
    let account = access::office(viewer)?;
    let directory = state.directory().await?;
    let mut stations = Vec::new();
    for station in &directory.stations {
        if covers_station(state, account, &station.card.id).await? {
            stations.push(NamedRef {
                id: station.card.id.clone(),
                name: station.card.name.clone(),
            });
        }
    }
    let covered = |id: &Option<String>| match id {
        None => true,
        Some(id) => stations.iter().any(|station| station.id == *id),
    };
    let moderators = state
        .store
        .office_accounts()
        .await?
        .into_iter()
        .filter(|one| holds_events(one.role) && covered(&one.station_id))
        .map(|one| NamedRef {
            id: one.id,
            name: one.name,
        });
    let deputies = directory.deputies.iter().filter(|deputy| deputy.card.status != "left");
    Ok(EventOptions {
        moderators: moderators.collect(),
        deputies: deputies
            .map(|deputy| crate::assemble::deputy_card(&directory, deputy.clone()))
            .collect(),
        units: directory.units.iter().filter(|unit| unit.active).cloned().collect(),
        categories: directory.categories.clone(),
        stations,
    })
}
