//! Links that log in once: for deputies and staff who are told outside, and for the office to hand over. Opening one
//! shows a button; only pressing it counts, because chat apps open links by themselves.

use super::session::{self, Viewer};
use crate::pages::own_path;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::http::{HeaderMap, HeaderValue};
use liaison_domain::Millis;
use liaison_domain::lifecycle::Role;
use liaison_store::people::Account;

/// The path that leads an account to `path`: by a link that logs in once for deputies, units and stations; `path` itself
/// for residents, who log in by phone, and for those who administer, who log in by password.
pub async fn make(state: &AppState, account_id: &str, path: &str) -> ApiResult<String> {
    let account = state.store.account(account_id).await?.ok_or(ApiError::NotFound)?;
    if !may_use(&account) {
        return Ok(path.to_owned());
    }
    made(state, &account, path, None).await.map(|(path, _)| path)
}

/// The same by hand, with its end. `by`: who hands it over.
pub async fn made(
    state: &AppState,
    account: &Account,
    path: &str,
    by: Option<&Account>,
) -> ApiResult<(String, Millis)> {
    if own_path(path) != path || !may_use(account) {
        return Err(ApiError::internal(
            "a link",
            "it would lead elsewhere, or nobody may use it",
        ));
    }
    let now = state.now();
    let until = now + state.config.link.lifetime;
    let by = by.map(|account| account.id.as_str());
    let token = state.store.create_login_link(&account.id, path, by, now, until).await?;
    Ok((format!("/l/{token}"), until))
}

/// Whether a link can be used. Looking uses nothing up.
pub async fn is_open(state: &AppState, token: &str) -> ApiResult<bool> {
    Ok(state.store.login_link_is_open(token, state.now()).await?)
}

/// Logs in by a link and uses it up. None when it cannot be used, whatever the reason. Returns where to go on.
pub async fn open(
    state: &AppState,
    headers: &HeaderMap,
    viewer: &Viewer,
    token: &str,
) -> ApiResult<Option<(String, HeaderValue)>> {
    let Some(used) = state.store.use_login_link(token, state.now()).await? else {
        return Ok(None);
    };
    let account = state.store.account(&used.account_id).await?;
    let Some(account) = account.filter(|account| account.active && may_use(account)) else {
        return Ok(None);
    };
    let longest = state.config.link.session;
    let cookie = session::log_in_for(state, headers, viewer, &account, longest).await?;
    Ok(Some((own_path(&used.path).to_owned(), cookie)))
}

fn may_use(account: &Account) -> bool {
    matches!(
        account.role,
        Role::Deputy | Role::UnitOfficer | Role::UnitLeader | Role::StationOfficer | Role::StationLeader
    )
}
