//! What somebody may see and take along of what is kept about them.

use super::{bookings, events, letter, notices, restrictions};
use crate::access;
use crate::actions::consent;
use crate::actions::looks as number_looks;
use crate::assemble::names::Names;
use crate::auth::session::Viewer;
use crate::problem::ApiResult;
use crate::state::AppState;
use liaison_domain::dto::{
    AccountChange, BoundPlatform, ContactLook, LetterConsent, MyData, OpenSession, OwnAccount, PrivacyOverview,
};
use liaison_domain::lifecycle::CaseEvent;
use liaison_store::people::Account;

/// Letters read at once.
const PART: u64 = 50;

/// `GET /me/sessions`.
pub async fn sessions(state: &AppState, viewer: &Viewer) -> ApiResult<Vec<OpenSession>> {
    let account = viewer.logged_in()?;
    let this = viewer.session_handle();
    let found = state.store.sessions_of(&account.id, state.now()).await?;
    let own = found.into_iter().map(|session| {
        let (host, system) = session.device.split_once(' ').unwrap_or_default();
        OpenSession {
            host: host.to_owned(),
            system: system.to_owned(),
            since: session.created_at,
            seen_at: session.seen_at,
            is_this: session.handle == this,
            id: session.handle,
        }
    });
    Ok(own.collect())
}

/// Who looked at the number behind somebody's letters.
async fn looks(state: &AppState, account: &Account) -> ApiResult<Vec<ContactLook>> {
    let mut all = Vec::new();
    for look in state.store.looks_at_contact(&account.id).await? {
        let Some(letter) = state.store.load(&look.letter_id).await? else {
            continue;
        };
        let CaseEvent::ContactRevealed { reason } = &look.record.event else {
            continue;
        };
        let names = Names::of_letter(state, &letter.case, std::slice::from_ref(&look.record)).await?;
        all.push(ContactLook {
            at: look.record.at,
            by: names.actor(&look.record.actor, &letter.case),
            reason: reason.trim().to_owned(),
            no: Some(letter.no),
        });
    }
    for booking in state.store.appointments_of(&account.id, bookings::MOST).await? {
        let station = bookings::session(state, &booking.session_id).await?.station_id;
        let seen = number_looks::of_booking(state, &booking.id, &station).await?;
        all.extend(seen.into_iter().map(|look| ContactLook {
            at: look.at,
            no: None,
            by: Some(look.who).filter(|who| !who.is_empty()),
            reason: look.reason.trim().to_owned(),
        }));
    }
    all.sort_by_key(|look| std::cmp::Reverse(look.at));
    Ok(all)
}

/// What changed about an account, the latest first.
async fn changes(state: &AppState, account: &Account) -> ApiResult<Vec<AccountChange>> {
    let mut all = Vec::new();
    for event in state.store.account_events(&account.id).await? {
        let by = match &event.actor_id {
            Some(id) if *id != account.id => office_of(state, id).await?,
            _ => None,
        };
        all.push(AccountChange {
            at: event.at,
            act: event.act,
            what: event.what,
            was: event.was,
            became: event.became,
            by,
        });
    }
    all.reverse();
    Ok(all)
}

/// The office of somebody who works here, by name.
async fn office_of(state: &AppState, account_id: &str) -> ApiResult<Option<String>> {
    let Some(account) = state.store.account(account_id).await? else {
        return Ok(None);
    };
    let directory = state.directory().await?;
    let station = account.station_id.as_ref().and_then(|id| directory.station(id));
    Ok(Some(station.map_or(account.name, |station| station.card.name.clone())))
}

/// By which platforms somebody logs in.
async fn platforms(state: &AppState, account: &Account) -> ApiResult<Vec<BoundPlatform>> {
    let found = state.store.platforms_of(&account.id).await?;
    let own = found.into_iter().map(|bound| BoundPlatform {
        provider: bound.provider,
        bound_at: bound.bound_at,
        used_at: bound.used_at,
    });
    Ok(own.collect())
}

fn own(account: &Account) -> OwnAccount {
    OwnAccount {
        id: account.id.clone(),
        name: account.name.clone(),
        phone_masked: account.phone_masked.clone(),
        since: account.created_at,
    }
}

/// `GET /me/privacy`.
pub async fn overview(state: &AppState, viewer: &Viewer) -> ApiResult<PrivacyOverview> {
    let account = access::resident(viewer)?;
    let store = &state.store;
    let (letters, open_letters) = store.letters_of_account(&account.id).await?;
    Ok(PrivacyOverview {
        account: own(account),
        letters,
        open_letters,
        appointments: bookings::list(state, account).await?.len() as u64,
        events: events::my_events(state, account).await?.len() as u64,
        looks: looks(state, account).await?,
        changes: changes(state, account).await?,
        sessions: sessions(state, viewer).await?,
        consents: consents(state, account).await?,
        platforms: platforms(state, account).await?,
    })
}

/// What somebody agreed to about their latest letters.
async fn consents(state: &AppState, account: &Account) -> ApiResult<Vec<LetterConsent>> {
    let page = state.store.for_account(&account.id, None, PART).await?;
    let mut all = Vec::with_capacity(page.items.len());
    for letter in &page.items {
        all.push(consent::of(state, letter, access::author()).await?);
    }
    Ok(all)
}

/// `GET /me/data`: everything, as its owner reads it.
pub async fn everything(state: &AppState, viewer: &Viewer) -> ApiResult<MyData> {
    let account = access::resident(viewer)?;
    let (mut letters, mut agreed, mut cursor) = (Vec::new(), Vec::new(), None);
    loop {
        let page = state.store.for_account(&account.id, cursor.as_deref(), PART).await?;
        for own in &page.items {
            letters.push(letter::view(state, own, access::author()).await?);
            agreed.push(consent::of(state, own, access::author()).await?);
        }
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    Ok(MyData {
        made_at: state.now(),
        account: own(account),
        notifications: notices::settings(state, account).await?,
        letters,
        appointments: bookings::list(state, account).await?,
        events: events::my_events(state, account).await?,
        restrictions: restrictions::own(state, account).await?,
        looks: looks(state, account).await?,
        changes: changes(state, account).await?,
        consents: agreed,
        sessions: sessions(state, viewer).await?,
        platforms: platforms(state, account).await?,
    })
}
