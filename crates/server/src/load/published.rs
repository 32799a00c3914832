//! Published copies: the only letters everybody reads.

use crate::assemble::names::Names;
use crate::assemble::pictures::picture;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::dto::{CaseCard, CaseFilter, CaseList, CasePage};

/// Copies on one page of the list.
const CASES: u64 = 20;

/// `GET /cases`.
pub async fn cases(state: &AppState, filter: CaseFilter) -> ApiResult<CaseList> {
    let page = state.store.publications(&filter, CASES).await?;
    let directory = state.directory().await?;
    Ok(CaseList {
        items: page.items,
        total: page.total,
        next_cursor: page.next_cursor,
        categories: directory.categories.clone(),
        areas: directory.areas.clone(),
        filter,
    })
}

/// `GET /cases/{no}`: the copy; once hidden, number, state and the reason only.
pub async fn case(state: &AppState, no: &str) -> ApiResult<CasePage> {
    let found = state.store.publication(no).await?.ok_or(ApiError::NotFound)?;
    let mut names = Names::load(state).await?;
    names.add_deputies(found.deputy_id.clone());
    let deputy = found.deputy_id.as_ref().and_then(|id| names.deputies.get(id)).cloned();
    Ok(CasePage {
        body: found.body,
        author_shown: found.author_name.unwrap_or_else(|| anonymous(state)),
        answers: found.answers,
        pictures: found.pictures.iter().map(picture).collect(),
        timeline: found.timeline,
        deputy,
        hidden_reason: found.hidden.then(|| found.hidden_reason.unwrap_or_default()),
        card: found.card,
    })
}

/// 「听海区居民」.
pub fn anonymous(state: &AppState) -> String {
    format!("{}居民", state.config.station.district)
}

/// A station's latest copies.
pub async fn of_station(state: &AppState, station_id: &str, limit: u64) -> ApiResult<Vec<CaseCard>> {
    Ok(state.store.publications_of_station(station_id, limit).await?)
}

/// A deputy's latest copies.
pub async fn of_deputy(state: &AppState, deputy_id: &str, limit: u64) -> ApiResult<Vec<CaseCard>> {
    Ok(state.store.publications_of_deputy(deputy_id, limit).await?)
}
