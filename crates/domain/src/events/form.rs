//! What is wrong with the forms of an event; the same in a page, the API and a test.

use super::state::EventType;
use crate::dto::{EventDraft, FieldError, NewPoll, NewQuestion, NewResolution, QuestionChange, check_text};
use crate::form::char_count;
use crate::{Millis, calendar::DAY_MS};

pub const TITLE_MAX: usize = 60;
pub const INTRO_MAX: usize = 2_000;
pub const RULES_MAX: usize = 2_000;
pub const PLACE_MAX: usize = 100;
pub const ORGANISER_MAX: usize = 60;
pub const URL_MAX: usize = 300;
pub const AGENDA_MAX: usize = 20;
pub const AGENDA_TEXT_MAX: usize = 100;
/// Deputies and units at the table, and moderators.
pub const PANEL_MAX: usize = 30;
pub const CAPACITY_MAX: u32 = 10_000;
/// An event lasts no longer than a day.
pub const LONGEST: Millis = DAY_MS;

pub const QUESTION_MIN: usize = 5;
pub const QUESTION_MAX: usize = 500;
pub const NAME_SHOWN_MAX: usize = 20;
pub const ANSWER_MAX: usize = 2_000;
pub const HIDDEN_REASON_MAX: usize = 200;
pub const BROADCAST_MAX: usize = 500;
pub const MINUTES_MAX: usize = 20_000;
pub const ATTENDANCE_MAX: u32 = 100_000;
pub const RESOLUTION_MAX: usize = 300;
pub const NOTE_MAX: usize = 500;

pub const POLL_QUESTION_MAX: usize = 100;
pub const OPTIONS_MIN: usize = 2;
pub const OPTIONS_MAX: usize = 6;
pub const OPTION_MAX: usize = 60;

/// Reasons for hiding a question that the desk offers; others may be written.
pub const HIDING_REASONS: &[&str] = &[
    "含有个人信息",
    "涉及个人隐私，已转为留言单独办理",
    "与本次主题无关",
    "与已有问题重复",
    "用语不文明",
];

fn error(field: &str, code: &str, limit: Option<u64>) -> FieldError {
    FieldError {
        field: field.to_owned(),
        code: code.to_owned(),
        limit,
    }
}

fn optional(field: &str, text: &str, max: usize) -> Option<FieldError> {
    (char_count(text) > max).then(|| error(field, "too_long", Some(max as u64)))
}

/// An address that a browser may open.
fn is_web(url: &str) -> bool {
    url.strip_prefix("https://")
        .is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/') && !url.contains(char::is_whitespace))
}

/// Everything that is wrong with an event as the desk wrote it, in the order of the form. Whether station, deputies,
/// units and moderators exist, only the server knows (`unknown`).
pub fn check_event(draft: &EventDraft) -> Vec<FieldError> {
    let mut wrong = Vec::new();
    wrong.extend(check_text("title", &draft.title, TITLE_MAX));
    wrong.extend(optional("intro", &draft.intro, INTRO_MAX));
    wrong.extend(check_text("organiser", &draft.organiser, ORGANISER_MAX));
    if draft.station_id.trim().is_empty() {
        wrong.push(error("station_id", "required", None));
    }
    if draft.ends_at <= draft.starts_at || draft.ends_at - draft.starts_at > LONGEST {
        wrong.push(error("ends_at", "invalid", None));
    }
    wrong.extend(optional("place", &draft.place, PLACE_MAX));
    if let Some(url) = draft.online_url.as_deref().map(str::trim).filter(|url| !url.is_empty()) {
        wrong.extend(optional("online_url", url, URL_MAX));
        if !is_web(url) {
            wrong.push(error("online_url", "invalid", None));
        }
    }
    if draft.agenda.len() > AGENDA_MAX {
        wrong.push(error("agenda", "too_many", Some(AGENDA_MAX as u64)));
    }
    for (at, item) in draft.agenda.iter().enumerate() {
        let field = ["agenda.", &at.to_string(), ".text"].concat();
        wrong.extend(check_text(&field, &item.text, AGENDA_TEXT_MAX));
        if item
            .at
            .is_some_and(|time| time < draft.starts_at || time > draft.ends_at)
        {
            wrong.push(error(&["agenda.", &at.to_string(), ".at"].concat(), "invalid", None));
        }
    }
    for (field, list) in [
        ("deputies", &draft.deputies),
        ("units", &draft.units),
        ("moderators", &draft.moderators),
    ] {
        if list.len() > PANEL_MAX {
            wrong.push(error(field, "too_many", Some(PANEL_MAX as u64)));
        }
        if list.iter().enumerate().any(|(at, id)| list[..at].contains(id)) {
            wrong.push(error(field, "invalid", None));
        }
    }
    if draft
        .capacity
        .is_some_and(|capacity| capacity == 0 || capacity > CAPACITY_MAX)
    {
        wrong.push(error("capacity", "invalid", Some(u64::from(CAPACITY_MAX))));
    }
    wrong.extend(optional("rules", &draft.rules, RULES_MAX));
    wrong
}

/// What is wrong with a question as a resident wrote it.
pub fn check_question(new: &NewQuestion) -> Vec<FieldError> {
    let mut wrong = Vec::new();
    match char_count(&new.text) {
        0 => wrong.push(error("text", "required", None)),
        n if n < QUESTION_MIN => wrong.push(error("text", "too_short", Some(QUESTION_MIN as u64))),
        n if n > QUESTION_MAX => wrong.push(error("text", "too_long", Some(QUESTION_MAX as u64))),
        _ => {}
    }
    wrong.extend(optional(
        "name",
        new.name.as_deref().unwrap_or_default(),
        NAME_SHOWN_MAX,
    ));
    wrong
}

/// What is wrong with what a moderator wants to change about a question.
pub fn check_question_change(change: &QuestionChange) -> Vec<FieldError> {
    let mut wrong = Vec::new();
    if let Some(answer) = &change.answer {
        wrong.extend(check_text("answer", answer, ANSWER_MAX));
    }
    wrong.extend(optional(
        "reason",
        change.reason.as_deref().unwrap_or_default(),
        HIDDEN_REASON_MAX,
    ));
    if change.answered_by.is_some() && change.answer.is_none() {
        wrong.push(error("answer", "required", None));
    }
    if change.state.is_none() && change.pinned.is_none() && change.answer.is_none() {
        wrong.push(error("state", "required", None));
    }
    wrong
}

/// What is wrong with a poll.
pub fn check_poll(new: &NewPoll) -> Vec<FieldError> {
    let mut wrong: Vec<FieldError> = check_text("question", &new.question, POLL_QUESTION_MAX)
        .into_iter()
        .collect();
    if new.options.len() < OPTIONS_MIN {
        wrong.push(error("options", "too_few", Some(OPTIONS_MIN as u64)));
    }
    if new.options.len() > OPTIONS_MAX {
        wrong.push(error("options", "too_many", Some(OPTIONS_MAX as u64)));
    }
    for (at, option) in new.options.iter().enumerate() {
        let field = ["options.", &at.to_string()].concat();
        wrong.extend(check_text(&field, option, OPTION_MAX));
        if new.options[..at].iter().any(|other| other.trim() == option.trim()) {
            wrong.push(error(&field, "invalid", None));
        }
    }
    wrong
}

/// What is wrong with something resolved. Whether its owner and its letter exist, only the server knows.
pub fn check_resolution(new: &NewResolution) -> Vec<FieldError> {
    let mut wrong: Vec<FieldError> = check_text("text", &new.text, RESOLUTION_MAX).into_iter().collect();
    if new.owner.id.trim().is_empty() {
        wrong.push(error("owner", "required", None));
    }
    if new
        .due
        .as_deref()
        .is_some_and(|due| crate::calendar::Date::parse(due).is_none())
    {
        wrong.push(error("due", "invalid", None));
    }
    wrong
}

/// Whether an event of this kind is thought of as one with questions asked beforehand: what a new one begins with.
pub const fn asks_beforehand(kind: EventType) -> bool {
    matches!(
        kind,
        EventType::ThemeReception | EventType::Council | EventType::EnterpriseMeeting
    )
}
