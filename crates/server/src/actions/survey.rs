//! A resident rates an answer, by the link they were given.

use crate::access;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::dto::SurveyResult;
use liaison_domain::lifecycle::{CaseEvent, CaseState, EventKind, Rating, classify_rating, rating_is_valid, score};

/// Longest words with a rating, in characters.
const WORDS: usize = 1000;

/// Keeps a rating; what follows from it is the rules' to say. The same rating twice is one.
pub async fn rate(state: &AppState, token: &str, rating: Rating) -> ApiResult<SurveyResult> {
    check(&rating)?;
    let answer = state.store.answer_by_survey(token).await?.ok_or(ApiError::NotFound)?;
    let letter = state
        .store
        .load(&answer.survey.letter_id)
        .await?
        .ok_or(ApiError::NotFound)?;
    let rules = state.rules();
    let points = score(&rating, &rules.limits);
    if answer.survey.rating.as_ref() == Some(&rating) {
        return Ok(result(letter.no, points, letter.case.state, letter.case.holder.due));
    }
    let last = state.store.answers(&letter.id).await?.pop();
    if last.is_none_or(|last| last.id != answer.id) {
        return Err(ApiError::Forbidden {
            code: "survey_closed",
            detail: "这次答复之后又有了新的答复,请评价新的一次。",
        });
    }
    let event = match classify_rating(&rating, &rules.limits) {
        EventKind::RatedBad if rating.reasons.is_empty() && rating.text.trim().is_empty() => {
            return Err(ApiError::field("reasons", "required"));
        }
        EventKind::RatedBad => CaseEvent::RatedBad { rating },
        _ => CaseEvent::RatedOk { rating },
    };
    let acted = super::event::apply(state, &letter.id, &access::author(), None, &event).await?;
    Ok(result(letter.no, points, acted.case.state, acted.case.holder.due))
}

fn result(no: String, score: u8, state: CaseState, due: Option<i64>) -> SurveyResult {
    SurveyResult {
        no,
        score,
        state,
        decide_by: due.filter(|_| state == CaseState::Disputed),
    }
}

fn check(rating: &Rating) -> ApiResult<()> {
    if !rating_is_valid(rating) {
        let levels = [
            ("attitude", rating.attitude),
            ("process", rating.process),
            ("result", rating.result),
        ];
        let wrong = levels.into_iter().find(|(_, level)| !(1..=5).contains(level));
        let (field, level) = wrong.unwrap_or(("attitude", 0));
        return Err(ApiError::field(field, if level == 0 { "required" } else { "invalid" }));
    }
    if rating.text.chars().count() > WORDS {
        return Err(ApiError::field_limit("text", "too_long", WORDS as u64));
    }
    let known = |code: &String| {
        liaison_domain::dto::RATING_REASONS
            .iter()
            .any(|(known, _)| known == code)
    };
    match rating.reasons.iter().position(|code| !known(code)) {
        Some(at) => Err(ApiError::field(format!("reasons.{at}"), "unknown")),
        None => Ok(()),
    }
}
