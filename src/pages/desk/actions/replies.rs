//! Replies: the unit's and the deputy's own, with their previews exactly as the resident will read them.

use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::calendar::{Date, date_of};
use liaison_domain::dto::{AnswerView, DeskCase, PictureRef};
use liaison_domain::lifecycle::{CaseEvent, EventKind, Outcome, ReplyText, TaskRole};
use liaison_domain::reply::compose;

use super::super::form::{Choice, Field, Form, Input, Values, Wrong, parts_of};
use super::{task_field, tasks_for};
use crate::components::{AnswerCard, paragraphs};
use crate::i18n::desk::{self as words, forms};
use crate::markup::view;
use crate::state::timers;

/// The reply editors.
pub fn form(kind: EventKind, case: &DeskCase, now: Millis) -> Option<Form> {
    match kind {
        EventKind::SubmitReply => unit_reply(case, now),
        EventKind::DraftBegun => written_for(kind, case, now),
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
    let mut fields = vec![task_choice.initial(task.task.id.clone())];
    fields.extend(reply_fields(start));
    fields.push(Field::new("signed_off_by", Input::Line));
    let form = Form::new(kind, fields, move |values| {
        parts_filled(values)?;
        Ok(CaseEvent::SubmitReply {
            task_id: values.trimmed("task_id"),
            reply: whole_reply(values, now)?,
            signed_off_by: values.trimmed("signed_off_by"),
        })
    });
    Some(
        form.preview(unit_preview)
            .draft_of(&task.task.id, draft)
            .with_templates(),
    )
}

/// What a reply is made of, as far as it was written.
fn reply_fields(start: Option<&ReplyText>) -> Vec<Field> {
    let text = |of: fn(&ReplyText) -> Option<String>| start.and_then(of).unwrap_or_default();
    let mut parts = start.and_then(|reply| reply.parts.clone()).unwrap_or_default();
    if parts.is_empty() {
        // Written in one piece: what was done is what it is mostly about.
        parts.done = text(|reply| Some(reply.body.clone()));
    }
    vec![
        Field::new("outcome", outcome_cards(Outcome::ALL)).initial(text(chosen_outcome)),
        Field::new("promise_date", Input::Day)
            .when("outcome", &["B"])
            .initial(text(|reply| reply.promise_date.clone())),
        Field::new("reason", Input::Lines(3))
            .when("outcome", &["C"])
            .initial(text(|reply| reply.reason.clone())),
        Field::new("found", Input::Lines(4)).optional().initial(parts.found),
        Field::new("done", Input::Lines(5)).optional().initial(parts.done),
        Field::new("plan", Input::Lines(3)).optional().initial(parts.plan),
        Field::new("attachments", Input::Pictures)
            .optional()
            .initial(text(|reply| Some(reply.attachments.join(",")))),
        Field::new("contact", Input::Line)
            .optional()
            .initial(text(|reply| reply.contact.clone())),
    ]
}

/// The reply that one unit writes for another: begun, or handed over for its review.
pub fn written_for(kind: EventKind, case: &DeskCase, now: Millis) -> Option<Form> {
    let task_choice = task_field(kind, case)?;
    let task = tasks_for(kind, case).into_iter().find(|task| task.delegated_here)?;
    let mut fields = vec![task_choice.initial(task.task.id.clone())];
    fields.extend(reply_fields(task.draft.as_ref()));
    let handed_over = kind == EventKind::ToInternalReview;
    if !handed_over {
        // What is only begun may lack anything.
        fields = fields.into_iter().map(Field::optional).collect();
    }
    let form = Form::new(kind, fields, move |values| {
        let task_id = values.trimmed("task_id");
        if handed_over {
            parts_filled(values)?;
            whole_reply(values, now)?;
            return Ok(CaseEvent::ToInternalReview { task_id });
        }
        Ok(CaseEvent::DraftBegun { task_id })
    });
    Some(
        form.preview(unit_preview)
            .draft_of(&task.task.id, draft)
            .with_templates(),
    )
}

/// Something was found, done or planned.
fn parts_filled(values: &Values) -> Result<(), Vec<Wrong>> {
    if parts_of(values).is_empty() {
        return Err(vec![("found".to_owned(), forms::PARTS_EMPTY.to_owned())]);
    }
    Ok(())
}

fn deputy_answer(now: Millis) -> Form {
    // A deputy presses for a matter and cannot promise for a unit.
    let fields = vec![
        Field::new("outcome", outcome_cards(&[Outcome::A, Outcome::C, Outcome::D])),
        Field::new("reason", Input::Lines(3)).when("outcome", &["C"]),
        Field::new("body", Input::Lines(9)),
        Field::new("attachments", Input::Pictures).optional(),
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
    // A unit writes in parts, a deputy in one piece.
    let parts = Some(parts_of(values)).filter(|parts| !parts.is_empty());
    ReplyText {
        body: parts.as_ref().map_or_else(|| values.trimmed("body"), compose),
        outcome,
        promise_date: values.some("promise_date").filter(|_| outcome == Outcome::B),
        reason: values.some("reason").filter(|_| outcome == Outcome::C),
        contact: values.some("contact"),
        attachments: values.uploads("attachments"),
        parts,
    }
}

/// What the server keeps while it is being written. A draft has to name an outcome: B without its day, which
/// nobody may hand in, stands for "not chosen yet".
fn draft(values: &Values) -> Option<ReplyText> {
    let outcome = values.get("outcome");
    let not_chosen = Outcome::B.code();
    let reply = reply(values, if outcome.is_empty() { not_chosen } else { outcome });
    let is_blank =
        reply.body.is_empty() && outcome.is_empty() && reply.contact.is_none() && reply.attachments.is_empty();
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
        pictures: Vec::new(),
    }
}

fn card(answer: AnswerView) -> AnyView {
    view! { <AnswerCard answer=answer now=timers::now()/> }.into_any()
}

/// The pictures a form carries; see [`Input::Pictures`].
fn pictures(values: &Values) -> Vec<PictureRef> {
    let one = |carried: String| {
        let (id, secret) = carried.split_once('.').unwrap_or((&carried, ""));
        let token = if secret.is_empty() {
            String::new()
        } else {
            ["?token=", secret].concat()
        };
        PictureRef {
            id: id.to_owned(),
            url: ["/api/v1/files/", id, &token].concat(),
            thumb_url: ["/api/v1/files/", id, "/thumb", &token].concat(),
            width: 0,
            height: 0,
            alt: String::new(),
        }
    };
    values.many("attachments").into_iter().map(one).collect()
}

fn unit_preview(values: &Values, case: &DeskCase) -> AnyView {
    let by = case.tasks.iter().find(|task| task.task.id == values.get("task_id"));
    let name = by.map(|task| task.unit_name.clone()).unwrap_or_default();
    let mut answer = answer(reply(values, values.get("outcome")), case, name);
    answer.pictures = pictures(values);
    card(answer)
}

fn deputy_preview(values: &Values, case: &DeskCase) -> AnyView {
    let name = case
        .deputy
        .as_ref()
        .map(|deputy| deputy.name.clone())
        .unwrap_or_default();
    let mut answer = answer(reply(values, values.get("outcome")), case, name);
    answer.deputy.clone_from(&case.deputy);
    answer.pictures = pictures(values);
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
    let mut carried = Values::default();
    carried.set("attachments", &reply.attachments.join(","));
    let mut answer = answer(reply, case, lead_name(case));
    answer.pictures = pictures(&carried);
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
