//! Whom a form was drawn for. It is neither posted nor kept as a draft in another one's name, whoever has logged in
//! meanwhile in the same browser.

use super::secret;
use crate::state::AppState;
use liaison_store::people::Account;

/// A name for an account that only this server can make: it stands in every form drawn for the account.
pub fn name_of(state: &AppState, account: &Account) -> String {
    let named = secret::hmac(&state.phone_key, ["form|", &account.id].concat().as_bytes());
    secret::hex(&named[..16])
}

/// Whether a form was drawn for somebody else than this account; one that names nobody was not.
pub fn is_others(state: &AppState, account: &Account, who: &str) -> bool {
    !who.is_empty() && !secret::same(&name_of(state, account), who)
}
