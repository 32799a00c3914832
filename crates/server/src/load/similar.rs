//! Published matters like the one somebody is writing about. What is asked is neither kept nor logged.

use crate::problem::ApiResult;
use crate::state::AppState;
use liaison_domain::dto::{CaseCard, SimilarCases, SimilarRequest};
use liaison_domain::form::guess_category;

/// More than that nobody reads while writing.
const SHOWN: usize = 3;
/// The beginning of a text says what it is about.
const READ: usize = 600;

/// The likest, at most three.
pub async fn similar(state: &AppState, request: &SimilarRequest) -> ApiResult<SimilarCases> {
    let text: String = request.text.chars().take(READ).collect();
    let directory = state.directory().await?;
    let category = guess_category(&text, &directory.categories)
        .and_then(|slug| directory.categories.iter().find(|category| category.slug == slug));
    let area = request
        .area
        .as_deref()
        .and_then(|code| directory.areas.iter().find(|area| area.code == code));
    let items = state
        .store
        .similar(
            &text,
            category.map(|category| &*category.id),
            area.map(|area| &*area.id),
            SHOWN,
        )
        .await?;
    Ok(SimilarCases { items })
}

/// The published matter that a letter would join: on its way to an answer, and not hidden.
pub async fn to_join(state: &AppState, no: &str) -> ApiResult<Option<CaseCard>> {
    let found = state.store.publication(no).await?;
    Ok(found
        .filter(|copy| !copy.hidden && copy.card.takes_others())
        .map(|copy| copy.card))
}
