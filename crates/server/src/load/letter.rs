//! A letter as its author reads it, and the survey of an answer.

use crate::access;
use crate::assemble::letter as parts;
use crate::assemble::media::media;
use crate::assemble::names::Names;
use crate::assemble::pictures::{picture, select};
use crate::assemble::timeline::{Audience, Sources, timeline};
use crate::auth::session::Viewer;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::Id;
use liaison_domain::dto::{CaseView, LetterExtra, NextStepView, PartView, PictureRef, SurveyView};
use liaison_domain::lifecycle::{
    Actor, AuthorTerms, Case, CaseEvent, CaseState, EventKind, EventRecord, PublicationState, allowed_events,
    author_terms, next_step,
};
use liaison_store::letters::{Answer, Letter};

/// `GET /messages/{no}`: for its author, by login or by a session that opened it.
pub async fn own(state: &AppState, viewer: &Viewer, no_or_id: &str) -> ApiResult<CaseView> {
    let (letter, actor) = access::own_letter(state, viewer, no_or_id).await?;
    view(state, &letter, actor).await
}

/// What the author sees of what they gave besides words; none where they gave nothing.
async fn own_extra(state: &AppState, letter: &Letter) -> ApiResult<Option<LetterExtra>> {
    let kept = state.store.extra(&letter.id).await?;
    let extra = LetterExtra {
        join: None,
        spot: kept.spot,
        may_call: kept.may_call,
        helper: kept.helper,
    };
    Ok((extra != LetterExtra::default()).then_some(extra))
}

/// A letter as its author reads it.
pub async fn view(state: &AppState, letter: &Letter, actor: Actor) -> ApiResult<CaseView> {
    let case = &letter.case;
    let records = state.store.events(&letter.id).await?;
    let answers = state.store.answers(&letter.id).await?;
    let pictures: Vec<PictureRef> = state.store.pictures(&letter.id).await?.iter().map(picture).collect();
    let names = names_of(state, letter, &records, &answers).await?;
    let rules = state.rules();
    let ctx = rules.context(state.now(), actor);
    let allowed = allowed_events(case, &ctx);
    let sources = Sources {
        case,
        names: &names,
        library: &rules.library,
        pictures: &pictures,
    };
    let station = names.directory.station(&case.station_id);
    let lead = case.merged_into.as_ref().and_then(|id| names.numbers.get(id)).cloned();
    let cut = part_views(state, case).await?;
    let next = next_step(case);
    // A joined letter waits for the one that leads.
    let by = match &case.merged_into {
        Some(id) if case.state == CaseState::Merged => state.store.load(id).await?.and_then(|lead| lead.case.due_at),
        _ => next.by,
    };
    let may_rate = allowed
        .iter()
        .any(|kind| matches!(kind, EventKind::RatedOk | EventKind::RatedBad));
    let shows_copy = !matches!(case.publication, PublicationState::Private | PublicationState::Refused);
    Ok(CaseView {
        id: letter.id.clone(),
        no: letter.no.clone(),
        version: case.version,
        title: letter.title.clone(),
        body: letter.body.clone(),
        kind: letter.kind,
        urgency: case.urgency,
        category_name: names.category(case.category_id.as_ref()),
        area_name: names.area(letter.area_id.as_ref()),
        place: letter.place.clone(),
        pictures: first_pictures(&pictures, &records),
        media: state.store.media(&letter.id).await?.iter().map(media).collect(),
        state: case.state,
        submitted_at: case.submitted_at,
        due_at: case.due_at,
        holder: parts::holder(case, &names),
        elapsed: parts::elapsed(&records, state.now(), &names),
        next: NextStepView {
            code: next.kind.code().to_owned(),
            by,
        },
        timeline: timeline(&records, Audience::Author, sources),
        answers: answers
            .iter()
            .map(|answer| parts::answer(answer, case, &names, &pictures, Audience::Author))
            .collect(),
        to_name: to_name(letter, &names),
        station_name: station.map(|s| s.card.name.clone()).unwrap_or_default(),
        station_phone: station.map(|s| s.card.phone.clone()).unwrap_or_default(),
        question: parts::open_question(case, &records),
        rate_token: answers
            .last()
            .filter(|_| may_rate)
            .map(|answer| answer.survey.token.clone()),
        follow_up_due: case.follow_up_due,
        merged_into: lead,
        parts: cut,
        author_left: case.author_left,
        rated: case.rated,
        follow_ups: parts::follow_ups(case, &records, &answers, &names),
        allowed_events: allowed,
        terms: author_terms(case, &ctx),
        promise_date: case.promise_date.clone(),
        publication: case.publication,
        consent_publish: case.consent_publish,
        copy: case.copy.clone().filter(|_| shows_copy),
        origin: state.store.origin_of(&letter.id).await?,
        extra: own_extra(state, letter).await?,
    })
}

/// The parts of a letter that was cut, with their answers: the author reads all of them on one page.
async fn part_views(state: &AppState, whole: &Case) -> ApiResult<Vec<PartView>> {
    let mut views = Vec::with_capacity(whole.parts.len());
    for id in &whole.parts {
        let Some(part) = state.store.load(id).await? else {
            continue;
        };
        let answers = state.store.answers(id).await?;
        let names = names_of(state, &part, &[], &answers).await?;
        let pictures: Vec<PictureRef> = state.store.pictures(id).await?.iter().map(picture).collect();
        views.push(PartView {
            title: part.title.clone(),
            state: part.case.state,
            holder: parts::holder(&part.case, &names),
            answer: answers
                .last()
                .map(|answer| parts::answer(answer, &part.case, &names, &pictures, Audience::Author)),
        });
    }
    Ok(views)
}

/// Everything a letter, its log and its answers mention.
pub(super) async fn names_of(
    state: &AppState,
    letter: &Letter,
    records: &[EventRecord],
    answers: &[Answer],
) -> ApiResult<Names> {
    let mut names = Names::of_letter(state, &letter.case, records).await?;
    // Only a deputy's id means anything here; others are simply not found.
    let answerers = answers
        .iter()
        .flat_map(|answer| answer.by_id.iter().chain(&answer.forwarded_by));
    names.add_deputies(letter.addressed_deputy_id.iter().chain(answerers).cloned());
    Ok(names)
}

/// Whom it was written to.
pub(super) fn to_name(letter: &Letter, names: &Names) -> String {
    letter
        .addressed_deputy_id
        .as_ref()
        .and_then(|id| names.deputy(id))
        .unwrap_or_else(|| names.station(&letter.case.station_id))
}

/// The pictures that came with the letter; those added later stand with what they came with.
pub(super) fn first_pictures(all: &[PictureRef], records: &[EventRecord]) -> Vec<PictureRef> {
    let later: Vec<&Id> = records
        .iter()
        .flat_map(|record| later_attachments(&record.event))
        .collect();
    let first: Vec<Id> = all
        .iter()
        .map(|p| p.id.clone())
        .filter(|id| !later.contains(&id))
        .collect();
    select(all, &first)
}

fn later_attachments(event: &CaseEvent) -> &[Id] {
    match event {
        CaseEvent::InfoGiven { attachments, .. }
        | CaseEvent::ProgressNote { attachments, .. }
        | CaseEvent::Supplement { attachments, .. } => attachments,
        CaseEvent::DeputyAnswer { reply } | CaseEvent::SubmitReply { reply, .. } => &reply.attachments,
        _ => &[],
    }
}

/// `GET /surveys/{token}`.
pub async fn survey(state: &AppState, token: &str) -> ApiResult<SurveyView> {
    let answer = state.store.answer_by_survey(token).await?.ok_or(ApiError::NotFound)?;
    let letter = state
        .store
        .load(&answer.survey.letter_id)
        .await?
        .ok_or(ApiError::NotFound)?;
    let records = state.store.events(&letter.id).await?;
    let names = names_of(state, &letter, &records, std::slice::from_ref(&answer)).await?;
    let pictures: Vec<PictureRef> = state.store.pictures(&letter.id).await?.iter().map(picture).collect();
    let rules = state.rules();
    // An earlier answer stays as it was rated.
    let is_last = state
        .store
        .answers(&letter.id)
        .await?
        .last()
        .is_some_and(|last| last.id == answer.id);
    let terms = if is_last {
        author_terms(&letter.case, &rules.context(state.now(), access::author()))
    } else {
        AuthorTerms::default()
    };
    let until = [terms.rate_until, terms.change_until, terms.reopen_until];
    Ok(SurveyView {
        pictures: first_pictures(&pictures, &records),
        open_until: until.into_iter().flatten().max().unwrap_or(answer.at),
        state: letter.case.state,
        terms,
        rated: answer.survey.rating.clone(),
        answer: parts::answer(&answer, &letter.case, &names, &pictures, Audience::Author),
        no: letter.no,
        title: letter.title,
        body: letter.body,
        place: letter.place,
    })
}
