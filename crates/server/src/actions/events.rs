//! Events: the desk prepares and leads them, residents come and ask.

use super::restrictions;
use crate::access::{self, AtEvent, covers_station, holds_events};
use crate::auth::session::Viewer;
use crate::directory::Directory;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::dto::{
    DeskQuestion, EventChanged, EventDraft, EventStateChange, FieldError, LetterMade, MinutesDraft, NewBroadcast,
    NewPoll, NewQuestion, NewResolution, PartyRef, QuestionChange, ResolutionChange, ToLetter, check_text,
};
use liaison_domain::events::{
    ATTENDANCE_MAX, BROADCAST_MAX, MINUTES_MAX, NOTE_MAX, PartyKind, check_event, check_poll, check_question,
    check_question_change, check_resolution,
};
use liaison_domain::form::char_count;
use liaison_domain::form::title_of;
use liaison_domain::guess::guess;
use liaison_domain::lifecycle::{
    CaseClass, CaseEvent, FiledVia, LetterKind, NameShown, NewCase, OnBehalf, Screening, Urgency,
};
use liaison_domain::restriction::Use;
use liaison_domain::{Id, guard};
use liaison_store::events::{
    Asking, Broadcast, Changed, Event, NewQuestionLetter, Question, QuestionPatch, Registered, Resolution,
};
use liaison_store::letters::{Extra, NewLetter};
use liaison_store::people::Account;

fn wrong(field: &str, code: &str, limit: Option<u64>) -> FieldError {
    FieldError {
        field: field.to_owned(),
        code: code.to_owned(),
        limit,
    }
}

fn checked(wrong: Vec<FieldError>) -> ApiResult<()> {
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(ApiError::Validation(wrong))
    }
}

fn given(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// Somebody who may hold events.
pub fn host(viewer: &Viewer) -> ApiResult<&Account> {
    let account = access::office(viewer)?;
    if holds_events(account.role) {
        Ok(account)
    } else {
        Err(ApiError::forbidden())
    }
}

/// Everything that is wrong with an event as somebody wrote it, what it refers to included.
pub async fn wrong_in(state: &AppState, account: &Account, draft: &EventDraft) -> ApiResult<Vec<FieldError>> {
    let mut all = check_event(draft);
    let directory = state.directory().await?;
    let mut unknown = |field: &str| all.push(wrong(field, "unknown", None));
    if !draft.station_id.trim().is_empty()
        && (directory.station(&draft.station_id).is_none()
            || !covers_station(state, account, &draft.station_id).await?)
    {
        unknown("station_id");
    }
    if draft.deputies.iter().any(|id| directory.deputy(id).is_none()) {
        unknown("deputies");
    }
    if draft.units.iter().any(|id| directory.unit(id).is_none()) {
        unknown("units");
    }
    if given(draft.category_id.as_deref()).is_some_and(|id| directory.category(id).is_none()) {
        unknown("category_id");
    }
    for id in &draft.moderators {
        let found = state.store.account(id).await?;
        if !found.is_some_and(|account| holds_events(account.role)) {
            unknown("moderators");
            break;
        }
    }
    Ok(all)
}

/// Keeps a new event as a draft.
pub async fn create(state: &AppState, viewer: &Viewer, draft: &EventDraft) -> ApiResult<EventChanged> {
    let account = host(viewer)?;
    checked(wrong_in(state, account, draft).await?)?;
    let id = state.store.create_event(draft, &account.id, state.now()).await?;
    let event = state.store.event(&id).await?.ok_or(ApiError::NotFound)?;
    Ok(EventChanged {
        id,
        version: event.version,
        revision: event.revision,
        state: event.state,
        next: event.state.next(),
        moved_up: 0,
    })
}

fn changed(id: &str, changed: &Changed) -> EventChanged {
    EventChanged {
        id: id.to_owned(),
        version: changed.version,
        revision: changed.revision,
        state: changed.state,
        next: changed.state.next(),
        moved_up: changed.moved_up.len() as u32,
    }
}

/// Changes what the desk wrote.
pub async fn edit(
    state: &AppState,
    at: &AtEvent<'_>,
    event: &Event,
    version: i64,
    draft: &EventDraft,
) -> ApiResult<EventChanged> {
    checked(wrong_in(state, at.account, draft).await?)?;
    let done = state.store.edit_event(&event.id, version, draft, state.now()).await?;
    Ok(changed(&event.id, &done))
}

/// Takes an event to another state.
pub async fn step(state: &AppState, event: &Event, version: i64, to: &EventStateChange) -> ApiResult<EventChanged> {
    let done = state.store.step_event(&event.id, version, to, state.now()).await?;
    tracing::info!(event = event.id, state = done.state.code(), "an event went on");
    Ok(changed(&event.id, &done))
}

/// Deletes a draft.
pub async fn delete(state: &AppState, event: &Event, version: i64) -> ApiResult<()> {
    state.store.delete_draft(&event.id, version).await?;
    tracing::info!(event = event.id, "the draft of an event was deleted");
    Ok(())
}

/// Keeps the minutes as far as they are written.
pub async fn minutes(state: &AppState, event: &Event, version: i64, minutes: &MinutesDraft) -> ApiResult<EventChanged> {
    let mut all = Vec::new();
    if char_count(&minutes.text) > MINUTES_MAX {
        all.push(wrong("text", "too_long", Some(MINUTES_MAX as u64)));
    }
    if minutes.attendance.is_some_and(|count| count > ATTENDANCE_MAX) {
        all.push(wrong("attendance", "invalid", Some(u64::from(ATTENDANCE_MAX))));
    }
    checked(all)?;
    let done = state
        .store
        .write_minutes(&event.id, version, minutes, state.now())
        .await?;
    Ok(changed(&event.id, &done))
}

/// A resident asks. What is personal in it is covered for others; the desk and its author read it whole.
pub async fn ask(state: &AppState, account: &Account, event_id: &str, new: &NewQuestion) -> ApiResult<Question> {
    checked(check_question(new))?;
    restrictions::check(state, account, Use::EventQuestion).await?;
    let text = new.text.trim().replace("\r\n", "\n");
    let masked = guard::mask(&text);
    let asking = Asking {
        id: liaison_store::new_id(),
        event_id: event_id.to_owned(),
        account_id: account.id.clone(),
        shown: (masked != text).then_some(masked),
        name: given(new.name.as_deref()).map(guard::mask),
        text,
    };
    Ok(state.store.ask_question(&asking, state.now()).await?)
}

/// A resident registers, or joins the line.
pub async fn register(state: &AppState, account: &Account, event_id: &str) -> ApiResult<Registered> {
    restrictions::check(state, account, Use::EventRegistration).await?;
    Ok(state.store.register(event_id, &account.id, state.now()).await?)
}

/// Changes a question: everything for a moderator, the words of an answer for those at the table.
pub async fn change_question(
    state: &AppState,
    event: &Event,
    at: &AtEvent<'_>,
    id: &str,
    version: i64,
    change: &QuestionChange,
) -> ApiResult<DeskQuestion> {
    if !at.may_answer {
        return Err(ApiError::forbidden());
    }
    let moderates = change.state.is_some() || change.pinned.is_some() || change.reason.is_some();
    if moderates && !at.may_moderate {
        return Err(ApiError::forbidden());
    }
    checked(check_question_change(change))?;
    let answered_by = match &at.party {
        // Nobody at the table speaks for another.
        Some(own) => Some(own.clone()),
        None => change.answered_by.clone(),
    };
    if let Some(by) = &answered_by
        && !sits_at(event, by)
    {
        return Err(ApiError::field("answered_by", "unknown"));
    }
    let patch = QuestionPatch {
        state: change.state,
        reason: given(change.reason.as_deref()).map(str::to_owned),
        pinned: change.pinned,
        answer: change.answer.clone(),
        answered_by,
    };
    state.store.change_question(id, version, &patch, state.now()).await?;
    crate::load::events::question_for(state, event, at, id).await
}

/// Deputies and units of the table, and the station itself.
fn sits_at(event: &Event, party: &PartyRef) -> bool {
    match party.kind {
        PartyKind::Deputy => event.draft.deputies.contains(&party.id),
        PartyKind::Unit => event.draft.units.contains(&party.id),
        PartyKind::Station => event.draft.station_id == party.id,
    }
}

/// Makes a letter of a question: its author's, with their words, taken on and assigned at once. True: it was there.
pub async fn to_letter(
    state: &AppState,
    event: &Event,
    at: &AtEvent<'_>,
    question: &Question,
    request: &ToLetter,
) -> ApiResult<(LetterMade, bool)> {
    if !at.may_file {
        return Err(ApiError::forbidden());
    }
    let directory = state.directory().await?;
    let category = category_of(&directory, event, request)?;
    let mut all: Vec<FieldError> = Vec::new();
    if directory.unit(&request.unit_id).is_none_or(|unit| !unit.active) {
        all.push(wrong("unit_id", "unknown", None));
    }
    let co_is_wrong = |(n, id): (usize, &Id)| {
        *id == request.unit_id
            || request.co_unit_ids[..n].contains(id)
            || directory.unit(id).is_none_or(|unit| !unit.active)
    };
    if request.co_unit_ids.iter().enumerate().any(co_is_wrong) {
        all.push(wrong("co_unit_ids", "unknown", None));
    }
    if let Some(note) = &request.note
        && char_count(note) > NOTE_MAX
    {
        all.push(wrong("note", "too_long", Some(NOTE_MAX as u64)));
    }
    checked(all)?;
    let accept = CaseEvent::Accept {
        category_id: category.clone(),
        class: request.class.unwrap_or(CaseClass::Normal),
        urgency: Urgency::Normal,
        due_at: None,
    };
    let assign = CaseEvent::Assign {
        lead: request.unit_id.clone(),
        co: request.co_unit_ids.clone(),
        due_at: None,
        leader: None,
        note: given(request.note.as_deref()).map(str::to_owned),
    };
    let new = NewQuestionLetter {
        letter: letter_of(event, question, category),
        then: vec![accept, assign],
    };
    let rules = state.rules();
    let context = rules.context(state.now(), at.actor(event));
    let (made, replayed) = Box::pin(state.store.question_to_letter(&question.id, &new, &context)).await?;
    if !replayed {
        tracing::info!(letter = made.letter_id, event = event.id, "a question became a letter");
    }
    Ok((made, replayed))
}

/// The category asked for, or the event's.
fn category_of(directory: &Directory, event: &Event, request: &ToLetter) -> ApiResult<Id> {
    let id = given(request.category_id.as_deref())
        .or(event.draft.category_id.as_deref())
        .ok_or_else(|| ApiError::field("category_id", "required"))?;
    match directory.category(id) {
        Some(category) => Ok(category.id.clone()),
        None => Err(ApiError::field("category_id", "unknown")),
    }
}

/// The question as a letter of its author. Nothing of it is published without their word, which they may give later.
fn letter_of(event: &Event, question: &Question, category: Id) -> NewLetter {
    NewLetter {
        case: NewCase {
            id: liaison_store::new_id(),
            station_id: event.draft.station_id.clone(),
            deputy_id: None,
            category_id: Some(category),
            urgency: Urgency::Normal,
            consent_publish: false,
            name_shown: if question.name.is_some() {
                NameShown::ToHandlers
            } else {
                NameShown::Hidden
            },
            restricted: false,
            on_behalf: Some(OnBehalf {
                via: FiledVia::Event,
                consent: format!("在“{}”上提问", event.draft.title),
            }),
            // A person has looked at it.
            screening: Screening::default(),
        },
        kind: guess(&question.text).kind.unwrap_or(LetterKind::Question),
        title: title_of(&question.text),
        body: question.text.clone(),
        area_id: None,
        category_guessed: false,
        place: None,
        account_id: question.account_id.clone(),
        name: question.name.clone(),
        attachments: Vec::new(),
        query_code: None,
        media: Vec::new(),
        instead_of: None,
        extra: Extra::default(),
    }
}

/// The host says something to everybody.
pub async fn broadcast(state: &AppState, event: &Event, by: &Account, new: &NewBroadcast) -> ApiResult<Broadcast> {
    checked(check_text("text", &new.text, BROADCAST_MAX).into_iter().collect())?;
    Ok(state.store.broadcast(&event.id, &new.text, &by.id, state.now()).await?)
}

/// Opens a poll.
pub async fn poll(state: &AppState, event: &Event, new: &NewPoll) -> ApiResult<Id> {
    checked(check_poll(new))?;
    Ok(state
        .store
        .open_poll(&event.id, &new.question, &new.options, state.now())
        .await?)
}

/// Keeps something resolved.
pub async fn resolve(state: &AppState, viewer: &Viewer, event: &Event, new: &NewResolution) -> ApiResult<Resolution> {
    let mut all = check_resolution(new);
    let directory = state.directory().await?;
    if !new.owner.id.trim().is_empty() && !is_known(&directory, &new.owner) {
        all.push(wrong("owner", "unknown", None));
    }
    let letter = letter_named(state, viewer, new.letter.as_deref(), &mut all).await?;
    checked(all)?;
    Ok(state
        .store
        .resolve(&event.id, new, letter.as_deref(), state.now())
        .await?)
}

/// Follows something resolved up.
pub async fn change_resolution(
    state: &AppState,
    viewer: &Viewer,
    id: &str,
    version: i64,
    change: &ResolutionChange,
) -> ApiResult<Resolution> {
    let mut all = Vec::new();
    if change.note.as_deref().is_some_and(|note| char_count(note) > NOTE_MAX) {
        all.push(wrong("note", "too_long", Some(NOTE_MAX as u64)));
    }
    if given(change.due.as_deref()).is_some_and(|due| liaison_domain::calendar::Date::parse(due).is_none()) {
        all.push(wrong("due", "invalid", None));
    }
    let letter = letter_named(state, viewer, change.letter.as_deref(), &mut all).await?;
    checked(all)?;
    Ok(state
        .store
        .change_resolution(id, version, change, letter.as_deref())
        .await?)
}

fn is_known(directory: &Directory, party: &PartyRef) -> bool {
    match party.kind {
        PartyKind::Deputy => directory.deputy(&party.id).is_some(),
        PartyKind::Unit => directory.unit(&party.id).is_some(),
        PartyKind::Station => directory.station(&party.id).is_some(),
    }
}

/// The letter somebody named by number or id: one that they may read at the desk.
async fn letter_named(
    state: &AppState,
    viewer: &Viewer,
    named: Option<&str>,
    all: &mut Vec<FieldError>,
) -> ApiResult<Option<Id>> {
    let Some(named) = given(named) else { return Ok(None) };
    match access::desk_letter(state, viewer, named).await {
        Ok((letter, _)) => Ok(Some(letter.id)),
        Err(ApiError::NotFound) => {
            all.push(wrong("letter", "unknown", None));
            Ok(None)
        }
        Err(error) => Err(error),
    }
}
