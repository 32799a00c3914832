//! What is told beside a letter where no scripts run: once its words were sent, below the question that follows.

use crate::load::similar;
use crate::problem::ApiResult;
use crate::state::AppState;
use leptos::prelude::*;
use liaison_domain::dto::{CaseCard, Door, SimilarRequest};
use liaison_domain::guard;
use liaison_web::i18n::zh::guidance as words;
use liaison_web::views::form::{LetterForm, WriteStep};
use liaison_web::views::{By, elsewhere, joining, personal, similar as similar_view};

/// Lets the letter join a published matter that still takes others; whether it does.
pub async fn join(state: &AppState, form: &mut LetterForm, no: &str) -> ApiResult<bool> {
    let card = similar::to_join(state, no).await?;
    form.extra.join(card.as_ref());
    if card.is_some() && form.body.trim().is_empty() {
        words::JOIN_WORDS.clone_into(&mut form.body);
    }
    Ok(card.is_some())
}

/// The letter joins nothing any more.
pub fn unjoin(form: &mut LetterForm) {
    form.extra.join(None);
    if form.body == words::JOIN_WORDS {
        form.body.clear();
    }
}

/// Covers one place in the words, or all of them.
pub fn cover(form: &mut LetterForm, which: &str) {
    form.body = match which.parse::<usize>() {
        Ok(n) => match guard::find(&form.body).get(n) {
            Some(span) => guard::cover(&form.body, &[*span]),
            None => return,
        },
        Err(_) => guard::mask(&form.body),
    };
}

/// Matters like the letter, for the question after its words.
pub async fn cards(state: &AppState, form: &LetterForm, step: WriteStep) -> ApiResult<Vec<CaseCard>> {
    if step != WriteStep::Where || form.extra.joins() {
        return Ok(Vec::new());
    }
    let request = SimilarRequest {
        text: guard::leave_out(&form.body, Some(&form.name)),
        area: None,
    };
    Ok(similar::similar(state, &request).await?.items)
}

/// What is told at a question.
pub fn beside(form: &LetterForm, cards: &[CaseCard], doors: &[Door], step: WriteStep) -> AnyView {
    let extra = &form.extra;
    match step {
        WriteStep::What if extra.joins() => joining(&extra.join_title, &extra.join, By::Form),
        WriteStep::Where => (elsewhere(&form.body, doors), similar_view(cards, By::Form)).into_any(),
        WriteStep::Check => personal(&form.body, false, By::Form),
        _ => ().into_any(),
    }
}
