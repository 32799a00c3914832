//! The ledger: records of talks, notes that are not finished, paper ledgers.

use super::at_reception::{AtCounter, AtRecord, Clerk, Hand};
use super::docs::{Changing, Personal, Sending};
use crate::actions::{drafts, ledger_import, looks, record};
use crate::auth::session::Viewer;
use crate::http::etag::IfMatch;
use crate::http::idempotency;
use crate::http::json::{self, Json, RawJson};
use crate::http::params::{Path, Query};
use crate::load::ledger::{self as load, LedgerQuery};
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use liaison_domain::Id;
use liaison_domain::dto::{
    DraftField, KeptNoteDraft, Ledger, LedgerImportRequest, LedgerImportResult, LedgerRecord, NewLedgerRecord,
    NewRecordRequest, NoteDraft, NoteDraftSaved, NumberLook, RecordChange, RecordKept, RevealRequest, RevealedNumber,
};

/// Writes down what somebody said; a letter in their words, if it is to become one. The booking is done with it. The same
/// key is the same record and the same letter.
#[utoipa::path(
    post, path = "/reception-sessions/{id}/records", tag = "receptions", request_body = NewRecordRequest,
    params(("id" = String, Path), ("Idempotency-Key" = String, Header)), security(("session" = [])),
    responses((status = 201, body = RecordKept), Sending, Personal)
)]
pub async fn write_down(
    State(state): State<AppState>,
    AtCounter { account, session }: AtCounter,
    headers: HeaderMap,
    body: RawJson,
) -> ApiResult<Response> {
    let once = key_of(&headers, &account.id, &body)?;
    let request: NewRecordRequest = json::parse(&body.bytes)?;
    let talk = record::Talk::at(&session, state.now());
    let kept = Box::pin(record::write_down(&state, &account, talk, &request, &once)).await?;
    Ok((StatusCode::CREATED, Json(kept)).into_response())
}

/// The key that names a record: without one, sending twice would be two talks.
fn key_of(headers: &HeaderMap, account: &Id, body: &RawJson) -> ApiResult<String> {
    let key = idempotency::key(headers, "POST /records", account, &body.bytes)?;
    key.map(|key| key.key).ok_or(ApiError::BadRequest {
        code: "idempotency_key_required",
        detail: "保存接待记录需要带上 Idempotency-Key，以免重复。",
    })
}

/// Writes down a talk that was at no reception: at the door, on the way, on the telephone. As for one at a reception, but
/// for the station and the day.
#[utoipa::path(
    post, path = "/records", tag = "receptions", request_body = NewLedgerRecord,
    params(("Idempotency-Key" = String, Header)), security(("session" = [])),
    responses((status = 201, body = RecordKept), Sending, Personal)
)]
pub async fn write_down_elsewhere(
    State(state): State<AppState>,
    Hand(account): Hand,
    headers: HeaderMap,
    body: RawJson,
) -> ApiResult<Response> {
    let once = key_of(&headers, &account.id, &body)?;
    let new: NewLedgerRecord = json::parse(&body.bytes)?;
    let talk = record::Talk::elsewhere(&state, &account, &new.station, &new.date).await?;
    let request = NewRecordRequest {
        content: new.content,
        appointment_id: None,
        phone: new.phone,
        consent: new.consent,
    };
    let kept = Box::pin(record::write_down(&state, &account, talk, &request, &once)).await?;
    Ok((StatusCode::CREATED, Json(kept)).into_response())
}

/// One's own notes of a reception that are not finished, the latest first. Nobody else reads them, and a week after the
/// last change they are gone.
#[utoipa::path(
    get, path = "/reception-sessions/{id}/drafts", tag = "receptions", params(("id" = String, Path)),
    security(("session" = [])), responses((status = 200, body = [KeptNoteDraft]), Personal)
)]
pub async fn own_drafts(
    State(state): State<AppState>,
    AtCounter { account, session }: AtCounter,
) -> ApiResult<Json<Vec<KeptNoteDraft>>> {
    let kept = |draft: drafts::Draft| KeptNoteDraft {
        once: draft.once,
        fields: draft
            .fields
            .into_iter()
            .map(|(name, value)| DraftField { name, value })
            .collect(),
        saved_at: draft.saved_at,
    };
    let own = drafts::own(&state, &account, &session).await?;
    Ok(Json(own.into_iter().map(kept).collect()))
}

/// Keeps notes as they are typed so far, in the place of what was kept under the same key. The record that is filed under
/// this key (as `Idempotency-Key`) takes them away.
#[utoipa::path(
    put, path = "/reception-sessions/{id}/drafts/{once}", tag = "receptions", request_body = NoteDraft,
    params(("id" = String, Path), ("once" = String, Path, description = "The key of the form: letters, digits, `-` and `_`")),
    security(("session" = [])), responses((status = 200, body = NoteDraftSaved), Sending, Personal)
)]
pub async fn save_draft(
    State(state): State<AppState>,
    AtCounter { account, session }: AtCounter,
    Path((_, once)): Path<(String, String)>,
    Json(draft): Json<NoteDraft>,
) -> ApiResult<Json<NoteDraftSaved>> {
    drafts::save(&state, &account, &session, &once, draft).await.map(Json)
}

/// Throws notes away that will not become a record.
#[utoipa::path(
    delete, path = "/reception-sessions/{id}/drafts/{once}", tag = "receptions",
    params(("id" = String, Path), ("once" = String, Path)), security(("session" = [])),
    responses((status = 204, description = "Gone"), Sending, Personal)
)]
pub async fn discard_draft(
    State(state): State<AppState>,
    AtCounter { account, .. }: AtCounter,
    Path((_, once)): Path<(String, String)>,
) -> ApiResult<StatusCode> {
    drafts::discard(&state, &account, &once).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The ledger, the latest talk first; a deputy's own part of it.
#[utoipa::path(
    get, path = "/records", tag = "receptions", params(LedgerQuery), security(("session" = [])),
    responses((status = 200, body = Ledger), Personal)
)]
pub async fn records(
    State(state): State<AppState>,
    viewer: Viewer,
    Query(query): Query<LedgerQuery>,
) -> ApiResult<Json<Ledger>> {
    load::ledger(&state, &viewer, &query).await.map(Json)
}

/// A record.
#[utoipa::path(
    get, path = "/records/{id}", tag = "receptions", params(("id" = String, Path)), security(("session" = [])),
    responses((status = 200, body = LedgerRecord), Personal)
)]
pub async fn record(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
) -> ApiResult<Json<LedgerRecord>> {
    load::record(&state, &viewer, &id).await.map(Json)
}

/// Changes what a record says. A letter that it became stays one.
#[utoipa::path(
    patch, path = "/records/{id}", tag = "receptions", request_body = RecordChange, security(("session" = [])),
    params(("id" = String, Path), ("If-Match" = String, Header, description = "The version read, in quotes")),
    responses((status = 200, body = LedgerRecord), Changing)
)]
pub async fn change(
    State(state): State<AppState>,
    AtRecord { record, .. }: AtRecord,
    IfMatch(version): IfMatch,
    Json(change): Json<RecordChange>,
) -> ApiResult<Json<LedgerRecord>> {
    record::change(&state, &record, version, &change).await.map(Json)
}

/// Shows a visitor's number, with a reason. The look is kept first; whoever booked is told, and reads the reason.
#[utoipa::path(
    post, path = "/records/{id}/contact", tag = "receptions", request_body = RevealRequest, security(("session" = [])),
    params(("id" = String, Path)), responses((status = 200, body = RevealedNumber), Sending, Personal)
)]
pub async fn reveal(
    State(state): State<AppState>,
    AtRecord { account, record }: AtRecord,
    Json(request): Json<RevealRequest>,
) -> ApiResult<Json<RevealedNumber>> {
    looks::reveal(&state, &account, &record, &request.reason)
        .await
        .map(Json)
}

/// Who looked at a visitor's number and why, the first look first.
#[utoipa::path(
    get, path = "/records/{id}/looks", tag = "receptions", security(("session" = [])), params(("id" = String, Path)),
    responses((status = 200, body = [NumberLook]), Personal)
)]
pub async fn looks(
    State(state): State<AppState>,
    viewer: Viewer,
    Path(id): Path<String>,
) -> ApiResult<Json<Vec<NumberLook>>> {
    let record = load::found(&state, &viewer, &id).await?;
    looks::of_record(&state, &record.id, &record.station_id).await.map(Json)
}

/// Takes a paper ledger over, or tells what would happen: which rows are good, and what is wrong with the others. The same
/// file a second time adds nothing. Up to 1 MB and 2,000 rows.
#[utoipa::path(
    post, path = "/imports/ledger", tag = "receptions", request_body = LedgerImportRequest, security(("session" = [])),
    responses((status = 200, body = LedgerImportResult), Sending, Personal)
)]
pub async fn import(
    State(state): State<AppState>,
    Clerk(_): Clerk,
    viewer: Viewer,
    body: Bytes,
) -> ApiResult<Json<LedgerImportResult>> {
    let request: LedgerImportRequest = json::parse(&body)?;
    ledger_import::import(&state, &viewer, &request).await.map(Json)
}
