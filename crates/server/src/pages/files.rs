//! Calendar files and QR codes.

use crate::ics;
use crate::load::{bookings, receptions as load};
use crate::problem::{ApiError, ApiResult};
use crate::qr;
use crate::state::AppState;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use liaison_domain::calendar::date_of;
use liaison_domain::dto::ReceptionFilter;
use liaison_web::i18n::zh::receptions as words;

use super::problem::PageResult;
use super::visit::Visit;

const CALENDAR: &str = "text/calendar; charset=utf-8";
const SVG: &str = "image/svg+xml";
/// Days a reception stays in a subscription after it is over.
const KEPT_DAYS: i32 = 60;

/// The site's address: as configured, else as this request reached it.
pub fn base(state: &AppState, headers: &HeaderMap) -> String {
    if let Some(ours) = &state.config.public_url {
        return ours.trim_end_matches('/').to_owned();
    }
    let told = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let is_host = |host: &&str| {
        let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b':' | b'-' | b'[' | b']');
        !host.is_empty() && host.bytes().all(fits)
    };
    let scheme = if told("x-forwarded-proto") == Some("https") {
        "https"
    } else {
        "http"
    };
    match told("host").filter(is_host) {
        Some(host) => format!("{scheme}://{host}"),
        None => format!("http://{}", state.config.addr),
    }
}

/// A file that is asked for again and again, and rarely differs.
fn file(headers: &HeaderMap, kind: &'static str, body: String) -> Response {
    let tag = format!("\"{}\"", &liaison_store::sha256_hex(body.as_bytes())[..32]);
    let seen = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let is_known = seen.is_some_and(|seen| seen.split(',').any(|one| one.trim().trim_start_matches("W/") == tag));
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        ([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], body).into_response()
    };
    let fields = response.headers_mut();
    fields.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        fields.insert(header::ETAG, tag);
    }
    response
}

/// One reception, to keep.
pub async fn reception_calendar(state: &AppState, headers: &HeaderMap, id: &str) -> ApiResult<Response> {
    let (session, card) = load::one(state, id).await?;
    let name = words::name(&card);
    let text = ics::file(&name, &base(state, headers), &[(session, card)]);
    Ok(file(headers, CALENDAR, text))
}

/// One's own booking, to keep: nobody else can open it, and no cache keeps it.
///
/// # Errors
/// [`ApiError::NotFound`] for another person's, and for whoever still waits for a time.
pub async fn booking_calendar(state: &AppState, visit: &Visit, id: &str) -> ApiResult<Response> {
    let appointment = bookings::own(state, &visit.viewer, id).await?;
    let session = bookings::session(state, &appointment.session_id).await?;
    let view = bookings::view(state, appointment.clone()).await?;
    let base = base(state, &visit.headers);
    let text = ics::booking_file(&base, &appointment, &session, &view).ok_or(ApiError::NotFound)?;
    let mut response = file(&visit.headers, CALENDAR, text);
    let kept = HeaderValue::from_static("private, no-cache");
    response.headers_mut().insert(header::CACHE_CONTROL, kept);
    Ok(response)
}

/// What a subscription holds: from some weeks ago on.
async fn subscribed(state: &AppState, headers: &HeaderMap, name: &str, filter: ReceptionFilter) -> ApiResult<Response> {
    let from = date_of(state.now()).plus_days(-KEPT_DAYS).iso();
    let filter = ReceptionFilter {
        from: Some(from),
        ..filter
    };
    let receptions = load::kept(state, &filter).await?;
    let text = ics::file(name, &base(state, headers), &receptions);
    Ok(file(headers, CALENDAR, text))
}

/// `/stations/{slug}/calendar.ics`
pub async fn station_calendar(
    State(state): State<AppState>,
    headers: HeaderMap,
    Path(slug): Path<String>,
) -> PageResult {
    let directory = state.directory().await.map_err(ApiError::from)?;
    let station = directory.station_by_slug(&slug).ok_or(ApiError::NotFound)?;
    let name = words::calendar_of(&station.card.name);
    let filter = ReceptionFilter {
        station: Some(slug),
        ..ReceptionFilter::default()
    };
    Ok(subscribed(&state, &headers, &name, filter).await?)
}

/// `/deputies/{slug}/calendar.ics`
pub async fn deputy_calendar(
    State(state): State<AppState>,
    headers: HeaderMap,
    Path(slug): Path<String>,
) -> PageResult {
    let directory = state.directory().await.map_err(ApiError::from)?;
    let deputy = directory.deputy_by_slug(&slug).ok_or(ApiError::NotFound)?;
    let name = words::calendar_of(&deputy.card.name);
    let filter = ReceptionFilter {
        deputy: Some(slug),
        ..ReceptionFilter::default()
    };
    Ok(subscribed(&state, &headers, &name, filter).await?)
}

/// `/qr/{kind}/{name}.svg`: a deputy's (`d`) or station's (`s`) short address, a reception's (`r`) or an event's (`e`) page.
pub async fn code(
    State(state): State<AppState>,
    headers: HeaderMap,
    Path((kind, name)): Path<(String, String)>,
) -> PageResult {
    let name = name.strip_suffix(".svg").ok_or(ApiError::NotFound)?;
    let directory = state.directory().await.map_err(ApiError::from)?;
    let path = match kind.as_str() {
        "d" => directory.deputy_by_slug(name).map(|_| format!("/d/{name}")),
        "s" => directory.station_by_slug(name).map(|_| format!("/s/{name}")),
        "r" => Some(format!("/receptions/{}", load::session(&state, name).await?.id)),
        "e" => Some(format!(
            "/events/{}",
            crate::load::events::view(&state, name).await?.card.id
        )),
        _ => None,
    };
    let path = path.ok_or(ApiError::NotFound)?;
    let text = format!("{}{path}", base(&state, &headers));
    let picture = qr::svg(&text).ok_or_else(|| ApiError::Internal(format!("no code can hold {text}")))?;
    Ok(file(&headers, SVG, picture))
}
