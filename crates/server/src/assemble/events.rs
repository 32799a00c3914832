//! Events and their questions, as each reader may see them.

use super::names::Names;
use super::{deputy_card, station_card};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::dto::{
    AnswerGiven, BroadcastView, DeskQuestion, EventCard, EventView, FollowUp, MinutesView, MyQuestion, NamedRef,
    PartyRef, PollOption, PollView, QuestionLetter, QuestionView, RegistrationView, ResolutionView,
};
use liaison_domain::events::{EventState, FollowState, PartyKind, QuestionState, figures, question_next, to_letter};
use liaison_domain::lifecycle::CaseState;
use liaison_store::events::{Broadcast, Event, EventRow, LetterOf, Poll, Question, Registration, Resolution};

/// A line of a list.
pub fn card(row: &EventRow, names: &Names) -> EventCard {
    let draft = &row.event.draft;
    let station = names.directory.station(&draft.station_id);
    EventCard {
        id: row.event.id.clone(),
        kind: draft.kind,
        title: draft.title.clone(),
        state: row.event.state,
        station_name: station.map(|station| station.card.name.clone()).unwrap_or_default(),
        station_slug: station.map(|station| station.card.slug.clone()).unwrap_or_default(),
        starts_at: draft.starts_at,
        ends_at: draft.ends_at,
        place: draft.place.clone(),
        online: draft.online_url.is_some(),
        seats: row.seats.clone(),
        asked: row.asked,
    }
}

/// 「区住建局」, 「陆知遥代表」, 「云帆街道联络站」.
pub fn party(party: &PartyRef, names: &Names) -> String {
    match party.kind {
        PartyKind::Deputy => names.deputy(&party.id).unwrap_or_default(),
        PartyKind::Unit => names.unit(&party.id),
        PartyKind::Station => names.station(&party.id),
    }
}

/// What was said, once it may be read.
fn answer(question: &Question, names: &Names) -> Option<AnswerGiven> {
    Some(AnswerGiven {
        text: question.answer.clone()?,
        by: question.answered_by.as_ref().map(|by| party(by, names)),
        at: question.answered_at.unwrap_or(question.asked_at),
    })
}

/// An answer stands with its question once the moderator says that it is answered or followed up.
fn shown_answer(question: &Question, names: &Names) -> Option<AnswerGiven> {
    let is_given = matches!(question.state, QuestionState::Answered | QuestionState::FollowUp);
    answer(question, names).filter(|_| is_given)
}

fn follow_up(question: &Question, names: &Names) -> Option<FollowUp> {
    let letter = question.letter.as_ref();
    if question.state != QuestionState::FollowUp && letter.is_none() {
        return None;
    }
    Some(FollowUp {
        state: letter.map(|letter| FollowState::from(letter.state)),
        unit_name: letter
            .and_then(|letter| letter.unit_id.as_deref())
            .map(|id| names.unit(id)),
        case_no: letter
            .filter(|letter| letter.is_published)
            .map(|letter| letter.no.clone()),
        done: question.is_done(),
    })
}

/// A question for everybody; none when not everybody may know of it.
pub fn question(question: &Question, names: &Names) -> Option<QuestionView> {
    question.state.is_public().then(|| QuestionView {
        id: question.id.clone(),
        text: question.shown.as_ref().unwrap_or(&question.text).clone(),
        name: question.name.clone(),
        asked_at: question.asked_at,
        state: question.state,
        pinned: question.pinned,
        votes: question.votes,
        answer: shown_answer(question, names),
        follow_up: follow_up(question, names),
    })
}

/// A question for its author.
pub fn own_question(question: &Question, names: &Names) -> MyQuestion {
    MyQuestion {
        id: question.id.clone(),
        text: question.text.clone(),
        shown: question.shown.clone(),
        asked_at: question.asked_at,
        state: question.state,
        hidden_reason: question.hidden_reason.clone(),
        votes: question.votes,
        answer: shown_answer(question, names),
        follow_up: follow_up(question, names),
        letter_no: question.letter.as_ref().map(|letter| letter.no.clone()),
    }
}

/// A question for whoever moderates, or sits at the table.
pub fn desk_question(
    question: &Question,
    event: EventState,
    may_moderate: bool,
    may_file: bool,
    names: &Names,
) -> DeskQuestion {
    let facts = question.facts(event);
    DeskQuestion {
        id: question.id.clone(),
        event_id: question.event_id.clone(),
        version: question.version,
        text: question.text.clone(),
        shown: question.shown.clone(),
        name: question.name.clone(),
        phone_masked: question.phone_masked.clone(),
        asked_at: question.asked_at,
        state: question.state,
        hidden_reason: question.hidden_reason.clone(),
        pinned: question.pinned,
        votes: question.votes,
        answer: answer(question, names),
        answered_by: question.answered_by.clone(),
        follow_up: follow_up(question, names),
        letter: question.letter.as_ref().map(|letter| question_letter(letter, names)),
        next: if may_moderate { question_next(facts) } else { Vec::new() },
        may_file: may_file && to_letter(facts).is_ok(),
    }
}

fn question_letter(letter: &LetterOf, names: &Names) -> QuestionLetter {
    QuestionLetter {
        id: letter.id.clone(),
        no: letter.no.clone(),
        state: letter.state,
        unit_name: letter.unit_id.as_deref().map(|id| names.unit(id)),
        due_at: letter.due_at.filter(|_| letter.state != CaseState::Closed),
    }
}

pub fn broadcast(broadcast: Broadcast) -> BroadcastView {
    BroadcastView {
        id: broadcast.id,
        text: broadcast.text,
        at: broadcast.at,
    }
}

pub fn poll(poll: Poll) -> PollView {
    PollView {
        n: poll.options.iter().map(|(_, votes)| votes).sum(),
        options: poll
            .options
            .into_iter()
            .map(|(text, votes)| PollOption { text, votes })
            .collect(),
        id: poll.id,
        question: poll.question,
        open: poll.is_open,
    }
}

/// Something resolved; everybody else learns nothing of a question that is not public.
pub fn resolution(resolution: Resolution, names: &Names, for_desk: bool) -> ResolutionView {
    let shows_question = for_desk || resolution.question_is_public;
    ResolutionView {
        owner_name: party(&resolution.owner, names),
        id: resolution.id,
        version: resolution.version,
        text: resolution.text,
        owner: resolution.owner,
        due: resolution.due,
        state: resolution.state,
        note: resolution.note,
        question_id: resolution.question_id.filter(|_| shows_question),
        question: resolution.question.filter(|_| shows_question),
        case_no: resolution.case_no,
    }
}

pub fn registration(registration: Registration) -> RegistrationView {
    RegistrationView {
        id: registration.id,
        event_id: registration.event_id,
        state: registration.state,
        place_in_line: registration.place_in_line,
        registered_at: registration.registered_at,
        moved_up_at: registration.moved_up_at,
    }
}

/// Everything beside the event itself that its public page shows.
pub struct Around {
    pub row: EventRow,
    pub asked: Vec<liaison_domain::events::Asked>,
    pub live: Option<Question>,
    pub broadcasts: Vec<Broadcast>,
    pub polls: Vec<Poll>,
    pub resolutions: Vec<Resolution>,
    pub moderators: Vec<String>,
}

/// An event for everybody, or as the desk sees what everybody sees. Names of deputies must be in `names`.
pub fn view(state: &AppState, event: &Event, around: Around, names: &Names, for_desk: bool) -> ApiResult<EventView> {
    let draft = &event.draft;
    let station = names.directory.station(&draft.station_id).ok_or(ApiError::NotFound)?;
    let deputies = draft.deputies.iter().filter_map(|id| {
        let deputy = names.directory.deputy(id)?;
        Some(deputy_card(&names.directory, deputy.clone()))
    });
    let units = draft.units.iter().map(|id| NamedRef {
        id: id.clone(),
        name: names.unit(id),
    });
    let is_finished = event.state == EventState::Finished;
    let minutes = event.minutes.as_ref().filter(|_| is_finished).map(|text| MinutesView {
        text: text.clone(),
        attendance: event.attendance,
        at: event.minutes_at.unwrap_or(draft.ends_at),
    });
    let shows_resolutions = event.state.takes_resolutions();
    Ok(EventView {
        card: card(&around.row, names),
        revision: event.revision,
        intro: draft.intro.clone(),
        organiser: draft.organiser.clone(),
        rules: draft.rules.clone(),
        agenda: draft.agenda.clone(),
        online_url: draft.online_url.clone(),
        station: station_card(&names.directory, station.clone()),
        moderators: around.moderators,
        deputies: deputies.collect(),
        units: units.collect(),
        cancel_reason: event.cancel_reason.clone(),
        takes_registrations: draft.registration && event.state.is_open() && state.now() < draft.ends_at,
        takes_questions: event.state.is_open(),
        premoderated: draft.premoderated,
        figures: figures(around.asked),
        live: around.live.as_ref().and_then(|live| question(live, names)),
        broadcasts: around.broadcasts.into_iter().map(broadcast).collect(),
        polls: around.polls.into_iter().map(poll).collect(),
        minutes,
        resolutions: around
            .resolutions
            .into_iter()
            .filter(|_| shows_resolutions)
            .map(|one| resolution(one, names, for_desk))
            .collect(),
    })
}
