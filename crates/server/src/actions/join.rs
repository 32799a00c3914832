//! 附议: a letter that joins a published matter. It is its author's own letter, handled together with the one it joins;
//! the answer reaches them by themselves, and so does the question how they rate it.

use crate::load::similar;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::dto::NewLetter;
use liaison_store::letters::Joining;
use liaison_store::people::Account;
use liaison_web::i18n::zh::guidance as words;

/// The letter as it goes to where the matter is that it joins, and that matter; none where it joins nothing.
///
/// Kind, category and station are that one's; an area of one's own stays, and so do the words. `again`: this very letter
/// was taken before.
pub async fn follow(
    state: &AppState,
    account: Option<&Account>,
    letter: &NewLetter,
    again: bool,
) -> ApiResult<Option<(NewLetter, Joining)>> {
    let asked = letter.extra.join.as_deref().map(str::trim);
    let Some(no) = asked.filter(|no| !no.is_empty()) else {
        return Ok(None);
    };
    let gone = || ApiError::field("join", "unknown");
    let lead = if again {
        // What was taken once is answered the same, whatever became of the other matter.
        state.store.by_no(no).await?.ok_or_else(gone)?
    } else {
        let card = similar::to_join(state, no).await?.ok_or_else(gone)?;
        let id = state.store.published_letter(&card.no).await?.ok_or_else(gone)?;
        state.store.load(&id).await?.ok_or_else(gone)?
    };
    if let Some(account) = account.filter(|_| !again) {
        if lead.account_id.as_deref() == Some(&account.id) {
            return Err(ApiError::field("join", "own"));
        }
        if state.store.has_joined(&account.id, &lead.id).await? {
            return Err(ApiError::field("join", "already"));
        }
    }
    let directory = state.directory().await?;
    let station = directory
        .stations
        .iter()
        .find(|one| one.card.id == lead.case.station_id);
    let category = lead
        .case
        .category_id
        .as_ref()
        .and_then(|id| directory.categories.iter().find(|category| category.id == *id));
    let area = lead
        .area_id
        .as_ref()
        .and_then(|id| directory.areas.iter().find(|area| area.id == *id));
    let own_area = letter.area.clone().filter(|area| !area.trim().is_empty());
    let following = NewLetter {
        kind: lead.kind,
        station: station.map(|station| station.card.slug.clone()),
        deputy: None,
        category: category.map(|category| category.slug.clone()),
        // Sorted already, and not by this author: nothing is to be taken on by itself.
        category_by_resident: false,
        area: own_area.or_else(|| area.map(|area| area.code.clone())),
        ..letter.clone()
    };
    let joining = Joining {
        lead: lead.id,
        text: words::JOINED_BY_AUTHOR.to_owned(),
    };
    Ok(Some((following, joining)))
}
