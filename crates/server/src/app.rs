//! The whole router: API, pages, built files, and the layers every answer passes.

use crate::http::{csrf, headers, outermost, rate};
use crate::problem::ApiError;
use crate::site::is_build;
use crate::state::AppState;
use crate::{api, pages};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{any, get};
use std::any::Any;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::predicate::{Predicate, SizeAbove};
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::services::ServeDir;
use tower_http::timeout::TimeoutLayer;

/// Longest time one request may take; pictures over a slow line need it.
const TIMEOUT: Duration = Duration::from_mins(2);

/// Everything the server answers to.
pub fn router(state: &AppState) -> Router {
    let (api_routes, _) = api::router().split_for_parts();
    let api_routes = api_routes
        .fallback(|| async { ApiError::NotFound })
        .method_not_allowed_fallback(|| async { ApiError::MethodNotAllowed })
        .layer(middleware::from_fn_with_state(state.clone(), csrf::layer));
    Router::new()
        .nest("/api/v1", api_routes)
        .route("/api/{*rest}", any(|| async { ApiError::NotFound }))
        .route("/health", get(api::health::health))
        .route("/ready", get(api::health::ready))
        .nest_service("/a", built_files(state))
        .with_state(state.clone())
        .merge(pages::router(state.clone()))
        .layer(middleware::from_fn_with_state(state.clone(), rate::layer))
        .layer(CatchPanicLayer::custom(|_: Box<dyn Any + Send>| -> Response {
            ApiError::Internal("a handler panicked".to_owned()).into_response()
        }))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIMEOUT))
        .layer(compression())
        .layer(middleware::from_fn_with_state(state.clone(), outermost::layer))
}

/// Hashed names never change what they mean, so browsers may keep them for good.
fn built_files(state: &AppState) -> Router {
    let files = ServeDir::new(state.config.web.join("a"))
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip();
    Router::new()
        .fallback_service(files)
        .layer(middleware::from_fn_with_state(state.clone(), of_gone_builds))
        .layer(middleware::map_response(|mut response: Response| async move {
            let value = match response.status() {
                StatusCode::OK | StatusCode::NOT_MODIFIED | StatusCode::PARTIAL_CONTENT => {
                    "public, max-age=31536000, immutable"
                }
                StatusCode::NOT_FOUND => return ApiError::NotFound.into_response(),
                StatusCode::METHOD_NOT_ALLOWED => return ApiError::MethodNotAllowed.into_response(),
                _ => headers::NO_STORE,
            };
            response
                .headers_mut()
                .insert(header::CACHE_CONTROL, HeaderValue::from_static(value));
            response
        }))
}

/// A page older than the builds that are kept asks for files that are gone: it gets the present build's file of that
/// name, so that it is dressed and starts, and then goes over to the present build by itself.
async fn of_gone_builds(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let asked = request.uri().path().trim_start_matches('/').to_owned();
    let response = next.run(request).await;
    if response.status() != StatusCode::NOT_FOUND {
        return response;
    }
    let Some((build, name)) = asked.split_once('/') else {
        return response;
    };
    let site = state.site();
    let instead = site.same_file(name);
    if instead.is_empty() || build == site.build || !is_build(build) || state.sites.keeps(build) {
        return response;
    }
    Redirect::temporary(instead).into_response()
}

/// HTML and JSON on the fly. Pictures are compressed already, built files lie there compressed.
fn compression() -> CompressionLayer<impl Predicate> {
    let texts = |_: StatusCode, _: axum::http::Version, headers: &axum::http::HeaderMap, _: &axum::http::Extensions| {
        headers
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|kind| {
                kind.starts_with("text/html") || kind.starts_with("application/json") || kind.starts_with("text/plain")
            })
    };
    CompressionLayer::new()
        .quality(CompressionLevel::Precise(5))
        .compress_when(SizeAbove::new(512).and(texts))
}
