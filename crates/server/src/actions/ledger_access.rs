//! Who works at a reception's counter, who writes in the ledger, who reads it. What is out of scope does not exist.

use crate::access;
use crate::auth::session::Viewer;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::Id;
use liaison_domain::lifecycle::Role;
use liaison_store::people::Account;
use liaison_store::receptions::{Appointment, RecordFilter, Recorded, Session};

/// Whoever receives people or writes down what they say: a station's own hands, and deputies.
pub fn hand(viewer: &Viewer) -> ApiResult<&Account> {
    access::clerk(viewer).or_else(|_| access::deputy(viewer).map(|(account, _)| account))
}

/// Whoever may read the ledger: the office, and deputies what they received themselves.
pub fn reader(viewer: &Viewer) -> ApiResult<&Account> {
    access::office(viewer).or_else(|_| access::deputy(viewer).map(|(account, _)| account))
}

/// A reception of the account's own station or points, or where the deputy receives.
pub async fn session(state: &AppState, account: &Account, id: &str) -> ApiResult<Session> {
    let session = state.store.session(id).await?.ok_or(ApiError::NotFound)?;
    let is_own = match &account.deputy_id {
        Some(deputy) => session.receiving().any(|one| one.deputy_id == *deputy),
        None => has_station(state, account, &session.station_id).await?,
    };
    if is_own { Ok(session) } else { Err(ApiError::NotFound) }
}

/// A booking with its reception.
pub async fn appointment(state: &AppState, account: &Account, id: &str) -> ApiResult<(Appointment, Session)> {
    let found = state.store.appointment(id).await?.ok_or(ApiError::NotFound)?;
    let session = session(state, account, &found.session_id).await?;
    Ok((found, session))
}

/// A record of the account's own station or points, or that the deputy has a part in.
pub async fn record(state: &AppState, account: &Account, id: &str) -> ApiResult<Recorded> {
    let record = state.store.record(id).await?.ok_or(ApiError::NotFound)?;
    let is_own = match &account.deputy_id {
        Some(deputy) => {
            let mut received = record.content.deputies.iter();
            received.any(|one| one.id.as_ref() == Some(deputy)) || record.created_by.as_ref() == Some(&account.id)
        }
        None => has_station(state, account, &record.station_id).await?,
    };
    if is_own { Ok(record) } else { Err(ApiError::NotFound) }
}

/// Whether a station is the account's own, or one of its points; the head station has all.
pub async fn has_station(state: &AppState, account: &Account, station_id: &str) -> ApiResult<bool> {
    let own = access::stations_of(state, account).await?;
    Ok(own.is_none_or(|own| own.iter().any(|id| id == station_id)))
}

/// The part of the ledger that the account may read.
pub async fn scope(state: &AppState, account: &Account) -> ApiResult<RecordFilter> {
    Ok(match &account.deputy_id {
        Some(deputy) => RecordFilter {
            deputies: vec![deputy.clone()],
            ..RecordFilter::default()
        },
        None => RecordFilter {
            stations: access::stations_of(state, account).await?,
            ..RecordFilter::default()
        },
    })
}

/// The stations an account may write records for, in the order of the directory: their ids.
pub async fn stations(state: &AppState, account: &Account) -> ApiResult<Vec<Id>> {
    let directory = state.directory().await?;
    let all = directory.stations.iter().map(|station| &station.card);
    if account.role == Role::Deputy {
        let own = account.deputy_id.as_deref().and_then(|id| directory.deputy(id));
        let slug = own.map(|deputy| deputy.card.station_slug.as_str());
        return Ok(all
            .filter(|card| Some(&*card.slug) == slug)
            .map(|card| card.id.clone())
            .collect());
    }
    let own = access::stations_of(state, account).await?;
    Ok(all
        .filter(|card| own.as_ref().is_none_or(|own| own.contains(&card.id)))
        .map(|card| card.id.clone())
        .collect())
}
