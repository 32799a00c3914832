//! Who somebody is, and the demo's one-tap accounts.

use crate::assemble::letter as parts;
use crate::assemble::names::Names;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::dto::{DemoAccount, Me, MyCaseRow, NamedRef, Page};
use liaison_domain::lifecycle::{CaseState, Role};
use liaison_store::people::Account;

/// Letters on one page of one's own list.
const MINE: u64 = 20;

/// `GET /me`.
pub async fn me(state: &AppState, account: &Account) -> ApiResult<Me> {
    let store = &state.store;
    let unit = match &account.unit_id {
        Some(id) => store.unit(id).await?.map(|unit| NamedRef {
            id: unit.id,
            name: unit.name,
        }),
        None => None,
    };
    let station = match &account.station_id {
        Some(id) => store.station(id).await?.map(|s| NamedRef {
            id: s.card.id,
            name: s.card.name,
        }),
        None => None,
    };
    let deputy = match &account.deputy_id {
        Some(id) => store.deputy(id).await?.map(|d| NamedRef {
            id: d.card.id,
            name: d.card.name,
        }),
        None => None,
    };
    Ok(Me {
        account_id: account.id.clone(),
        name: account.name.clone(),
        role: account.role,
        unit,
        station,
        deputy,
        phone_masked: account.phone_masked.clone(),
        home: home_of(account.role).to_owned(),
        restricted: super::restrictions::standing(state, account).await?,
    })
}

/// Where an account lands after logging in.
pub const fn home_of(role: Role) -> &'static str {
    match role {
        Role::Resident | Role::System => "/mine",
        Role::Deputy => "/desk/deputy",
        Role::UnitOfficer | Role::UnitLeader => "/desk/unit",
        Role::StationOfficer | Role::StationLeader | Role::Moderator | Role::Auditor | Role::Admin => "/desk/office",
    }
}

/// `GET /auth/demo`; outside of the demo there is no such thing.
pub async fn demo_accounts(state: &AppState) -> ApiResult<Vec<DemoAccount>> {
    if !state.config.demo {
        return Err(ApiError::NotFound);
    }
    let accounts = state.store.named_accounts().await?;
    Ok(accounts
        .into_iter()
        .filter(|account| account.active)
        .filter_map(|account| {
            Some(DemoAccount {
                username: account.username?,
                name: account.name,
                role: account.role,
                // Others with a user name only help to play the letters.
                what: account.note?,
                home: home_of(account.role).to_owned(),
            })
        })
        .collect())
}

/// `GET /me/messages`.
pub async fn my_letters(state: &AppState, account: &Account, cursor: Option<&str>) -> ApiResult<Page<MyCaseRow>> {
    let page = state.store.for_account(&account.id, cursor, MINE).await?;
    let mut names = Names::load(state).await?;
    let deputies = page.items.iter().filter_map(|letter| letter.case.deputy_id.clone());
    names.add_deputies(deputies);
    let items = page
        .items
        .into_iter()
        .map(|letter| MyCaseRow {
            holder: parts::holder(&letter.case, &names),
            needs_you: matches!(letter.case.state, CaseState::NeedInfo | CaseState::Answered),
            state: letter.case.state,
            submitted_at: letter.case.submitted_at,
            no: letter.no,
            title: letter.title,
            updated_at: letter.updated_at,
        })
        .collect();
    Ok(Page {
        items,
        next_cursor: page.next_cursor,
        total: page.total,
    })
}
