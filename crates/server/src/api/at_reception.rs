//! Who asks, and for which reception, booking or record of the address: in scope, or not there. Being parts of the
//! request's head these come before a body, so that nobody learns what is wrong with one that is not theirs to send.

use crate::access;
use crate::actions::ledger_access;
use crate::auth::session::Viewer;
use crate::http::params::Path;
use crate::load::desk_receptions;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use liaison_store::people::Account;
use liaison_store::receptions::{Appointment, Recorded, Session};
use std::collections::BTreeMap;

/// Whoever receives people or writes down what they say.
pub struct Hand(pub Account);

/// The same at a reception: `{id}`.
pub struct AtCounter {
    pub account: Account,
    pub session: Session,
}

/// The same with somebody who booked or came: `{id}`.
pub struct AtBooking {
    pub booking: Appointment,
    pub session: Session,
}

/// The same with a record: `{id}`.
pub struct AtRecord {
    pub account: Account,
    pub record: Recorded,
}

/// A clerk who has to do with a reception: `{id}`.
pub struct AtReception {
    pub account: Account,
    pub session: Session,
}

/// A clerk.
pub struct Clerk(pub Account);

async fn viewer(parts: &mut Parts, state: &AppState) -> ApiResult<Viewer> {
    Viewer::from_request_parts(parts, state).await
}

/// `{id}` of the address, whatever else is in it.
async fn id(parts: &mut Parts, state: &AppState) -> ApiResult<String> {
    let Path(mut all) = Path::<BTreeMap<String, String>>::from_request_parts(parts, state).await?;
    all.remove("id").ok_or(ApiError::NotFound)
}

impl FromRequestParts<AppState> for Hand {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        let viewer = viewer(parts, state).await?;
        Ok(Self(ledger_access::hand(&viewer)?.clone()))
    }
}

impl FromRequestParts<AppState> for AtCounter {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        let Hand(account) = Hand::from_request_parts(parts, state).await?;
        let session = ledger_access::session(state, &account, &id(parts, state).await?).await?;
        Ok(Self { account, session })
    }
}

impl FromRequestParts<AppState> for AtBooking {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        let Hand(account) = Hand::from_request_parts(parts, state).await?;
        let (booking, session) = ledger_access::appointment(state, &account, &id(parts, state).await?).await?;
        Ok(Self { booking, session })
    }
}

impl FromRequestParts<AppState> for AtRecord {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        let Hand(account) = Hand::from_request_parts(parts, state).await?;
        let record = ledger_access::record(state, &account, &id(parts, state).await?).await?;
        Ok(Self { account, record })
    }
}

impl FromRequestParts<AppState> for AtReception {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        let Clerk(account) = Clerk::from_request_parts(parts, state).await?;
        let session = desk_receptions::session(state, &account, &id(parts, state).await?).await?;
        Ok(Self { account, session })
    }
}

impl FromRequestParts<AppState> for Clerk {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> ApiResult<Self> {
        let viewer = viewer(parts, state).await?;
        Ok(Self(access::clerk(&viewer)?.clone()))
    }
}
