//! Replies: the unit's and the deputy's own, with their previews exactly as the resident will read them.

use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::calendar::{Date, date_of};
use liaison_domain::dto::{AnswerView, DeskCase};
use liaison_domain::lifecycle::{CaseEvent, EventKind, Outcome, ReplyText, TaskRole};

use super::super::form::{Choice, Field, Form, Input, Values, Wrong};
use super::{task_field, tasks_for};
use crate::components::{AnswerCard, paragraphs};
use crate::i18n::desk::{self as words, forms};
use crate::state::timers;

/// The reply editors.
pub fn form(kind: EventKind, case: &DeskCase, now: Millis) -> Option<Form> {
    match kind {
        EventKind::SubmitReply => unit_reply(case, now),
        EventKind::DeputyAnswer => Some(deputy_answer(now)),
        EventKind::DeputyPass => Some(super::one_text(kind, |text| CaseEvent::DeputyPass { text })),
        _ => None,
    }
}

fn outcome_cards(offered: &[Outcome]) -> Input {
    let card = |outcome: &Outcome| {
        let (label, hint) = forms::outcome(*outcome);
        Choice::new(outcome.code(), label).hint(hint)
    };
    Input::Cards(offered.iter().map(card).collect())
}

fn unit_reply(case: &DeskCase, now: Millis) -> Option<Form> {
    let kind = EventKind::SubmitReply;
    let task_choice = task_field(kind, case)?;
    let task = tasks_for(kind, case)
        .into_iter()
        .find(|task| task.task.role == TaskRole::Lead)?;
    // What was handed in before and came back is the best start for the next try.
    let start = task.draft.as_ref().or(case.reply_in_review.as_ref());
    let text = |of: fn(&ReplyText) -> Option<String>| start.and_then(of).unwrap_or_default();
    let fields = vec![
        task_choice.initial(task.task.id.clone()),
        Field::new("outcome", outcome_cards(Outcome::ALL)).initial(text(chosen_outcome)),
        Field::new("promise_date", Input::Day)
            .when("outcome", &["B"])
            .initial(text(|reply| reply.promise_date.clone())),
        Field::new("reason", Input::Lines(3))
            .when("outcome", &["C"])
            .initial(text(|reply| reply.reason.clone())),
        Field::new("body", Input::Lines(9)).initial(text(|reply| Some(reply.body.clone()))),
        Field::new("contact", Input::Line)
            .optional()
            .initial(text(|reply| reply.contact.clone())),
        Field::new("signed_off_by", Input::Line),
    ];
    let form = Form::new(kind, fields, move |values| {
        Ok(CaseEvent::SubmitReply {
            task_id: values.trimmed("task_id"),
            reply: whole_reply(values, now)?,
            signed_off_by: values.trimmed("signed_off_by"),
        })
    });
    Some(form.preview(unit_preview).draft_of(&task.task.id, draft))
}

fn deputy_answer(now: Millis) -> Form {
    // A deputy presses for a matter and cannot promise for a unit.
    let fields = vec![
        Field::new("outcome", outcome_cards(&[Outcome::A, Outcome::C, Outcome::D])),
        Field::new("reason", Input::Lines(3)).when("outcome", &["C"]),
        Field::new("body", Input::Lines(9)),
        Field::new("contact", Input::Line).optional(),
    ];
    Form::new(EventKind::DeputyAnswer, fields, move |values| {
        Ok(CaseEvent::DeputyAnswer {
            reply: whole_reply(values, now)?,
        })
    })
    .preview(deputy_preview)
}

/// The reply as it may be sent.
fn whole_reply(values: &Values, now: Millis) -> Result<ReplyText, Vec<Wrong>> {
    let reply = reply(values, values.get("outcome").trim());
    let ahead = |day: &str| Date::parse(day).is_some_and(|day| day > date_of(now));
    if reply.outcome == Outcome::B && !reply.promise_date.as_deref().is_some_and(ahead) {
        return Err(vec![("promise_date".to_owned(), forms::DATE_PAST.to_owned())]);
    }
    Ok(reply)
}

/// The reply as far as it goes. What belongs to another outcome is left out.
fn reply(values: &Values, outcome: &str) -> ReplyText {
    let outcome = Outcome::from_code(outcome).unwrap_or(Outcome::D);
    ReplyText {
        body: values.trimmed("body"),
        outcome,
        promise_date: values.some("promise_date").filter(|_| outcome == Outcome::B),
        reason: values.some("reason").filter(|_| outcome == Outcome::C),
        contact: values.some("contact"),
        attachments: Vec::new(),
        parts: None,
    }
}

/// What the server keeps while it is being written. A draft has to name an outcome: B without its day, which
/// nobody may hand in, stands for "not chosen yet".
fn draft(values: &Values) -> Option<ReplyText> {
    let outcome = values.get("outcome");
    let not_chosen = Outcome::B.code();
    let reply = reply(values, if outcome.is_empty() { not_chosen } else { outcome });
    let is_blank = reply.body.is_empty() && outcome.is_empty() && reply.contact.is_none();
    (!is_blank).then_some(reply)
}

/// The outcome a draft was begun with; see [`draft`].
fn chosen_outcome(reply: &ReplyText) -> Option<String> {
    let chosen = reply.outcome != Outcome::B || reply.promise_date.is_some();
    chosen.then(|| reply.outcome.code().to_owned())
}

fn answer(reply: ReplyText, case: &DeskCase, by_name: String) -> AnswerView {
    AnswerView {
        round: case.round,
        at: timers::now(),
        body: reply.body,
        outcome: reply.outcome,
        promise_date: reply.promise_date,
        reason: reply.reason,
        contact: reply.contact,
        by_name,
        deputy: None,
        words: None,
        rating: None,
        score: None,
        deputy_rating: None,
    }
}

fn card(answer: AnswerView) -> AnyView {
    view! { <AnswerCard answer=answer now=timers::now()/> }.into_any()
}

fn unit_preview(values: &Values, case: &DeskCase) -> AnyView {
    let by = case.tasks.iter().find(|task| task.task.id == values.get("task_id"));
    card(answer(
        reply(values, values.get("outcome")),
        case,
        by.map(|task| task.unit_name.clone()).unwrap_or_default(),
    ))
}

fn deputy_preview(values: &Values, case: &DeskCase) -> AnyView {
    let name = case
        .deputy
        .as_ref()
        .map(|deputy| deputy.name.clone())
        .unwrap_or_default();
    let mut answer = answer(reply(values, values.get("outcome")), case, name);
    answer.deputy.clone_from(&case.deputy);
    card(answer)
}

/// The lead unit's name of this round.
pub fn lead_name(case: &DeskCase) -> String {
    let lead = case.tasks.iter().rev().find(|task| task.task.role == TaskRole::Lead);
    lead.map(|task| task.unit_name.clone()).unwrap_or_default()
}

/// The reply under review, as the resident will read it with what the form adds.
pub fn reply_in_review(values: &Values, case: &DeskCase) -> AnyView {
    let Some(reply) = case.reply_in_review.clone() else {
        return ().into_any();
    };
    let mut answer = answer(reply, case, lead_name(case));
    let through = values.get("forwarded_by_deputy");
    if !through.is_empty() {
        answer.deputy = case.deputy.clone().filter(|deputy| deputy.id == through);
        answer.words = values.some("words");
    }
    card(answer)
}

/// The field `text` as the resident will read it.
pub fn as_note(values: &Values, case: &DeskCase) -> AnyView {
    note(values.get("text"), case)
}

/// Words to the resident, as they will stand in the letter's history.
pub fn note(text: &str, case: &DeskCase) -> AnyView {
    view! {
        <article class="answer">
            <p class="answer__at">{case.station.name.clone()}</p>
            <div class="answer__body">{paragraphs(text)}</div>
            {text.trim().is_empty().then_some(words::PREVIEW_EMPTY)}
        </article>
    }
    .into_any()
}
