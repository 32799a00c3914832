//! Parts of a letter that author and staff both see.

use super::names::{Names, addressed};
use super::pictures::select;
use super::timeline::Audience;
use liaison_domain::Millis;
use liaison_domain::dto::{AnswerView, ElapsedPart, HolderView, PictureRef};
use liaison_domain::lifecycle::{Case, CaseEvent, EventRecord, HolderKind, elapsed_by_holder};
use liaison_store::letters::Answer;

/// Who has the ball.
pub fn holder(case: &Case, names: &Names) -> HolderView {
    HolderView {
        kind: case.holder.kind,
        name: names.holder(case.holder.kind, case.holder.id.as_ref()),
        since: case.holder.since,
        due: case.holder.due,
        paused: case.paused_since.is_some(),
    }
}

/// The time so far, split by holder.
pub fn elapsed(records: &[EventRecord], now: Millis, names: &Names) -> Vec<ElapsedPart> {
    elapsed_by_holder(records, now)
        .into_iter()
        .map(|(kind, id, held)| ElapsedPart {
            kind,
            name: names.holder(kind, id.as_ref()),
            held,
        })
        .collect()
}

/// An answer with the names around it, and those of the letter's pictures that came with it.
pub fn answer(answer: &Answer, case: &Case, names: &Names, pictures: &[PictureRef], audience: Audience) -> AnswerView {
    let card = |id: &Option<String>| id.as_ref().and_then(|id| names.deputies.get(id)).cloned();
    let (by_name, deputy) = match answer.by_kind {
        HolderKind::Deputy => {
            let deputy = card(&answer.by_id);
            (deputy.as_ref().map(addressed).unwrap_or_default(), deputy)
        }
        HolderKind::Unit => (
            answer.by_id.as_deref().map(|id| names.unit(id)).unwrap_or_default(),
            card(&answer.forwarded_by),
        ),
        _ => (
            names.station(answer.by_id.as_deref().unwrap_or(&case.station_id)),
            card(&answer.forwarded_by),
        ),
    };
    AnswerView {
        round: answer.round,
        at: answer.at,
        body: answer.text.body.clone(),
        outcome: answer.text.outcome,
        promise_date: answer.text.promise_date.clone(),
        reason: answer.text.reason.clone(),
        contact: answer.text.contact.clone(),
        by_name,
        deputy,
        words: answer.words.clone(),
        rating: answer.survey.rating.clone(),
        score: answer.survey.score,
        pictures: select(pictures, &answer.text.attachments),
        deputy_rating: answer.deputy_rating.clone().filter(|_| audience == Audience::Staff),
    }
}

/// The question the resident was asked last, while it is open.
pub fn open_question(case: &Case, records: &[EventRecord]) -> Option<String> {
    case.paused_since?;
    records.iter().rev().find_map(|record| match &record.event {
        CaseEvent::AskInfo { text } => Some(text.clone()),
        _ => None,
    })
}
