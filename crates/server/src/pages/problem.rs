//! What went wrong, as a page: the same errors as the API's, told to people.

use super::again;
use super::frame::Page;
use super::visit::Visit;
use crate::problem::ApiError;
use crate::state::AppState;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use liaison_domain::dto::{FieldError, Problem};
use liaison_web::components::Errors;
use liaison_web::i18n::zh;
use liaison_web::views::{NotFoundView, ProblemView};
use std::sync::Arc;

/// The result of a page's handler.
pub type PageResult = Result<Response, PageError>;

/// An [`ApiError`] on its way to [`layer`], which draws it.
#[derive(Debug)]
pub struct PageError(ApiError);

/// What [`layer`] draws.
#[derive(Clone, Debug)]
struct Failed(Arc<Problem>);

impl From<ApiError> for PageError {
    fn from(error: ApiError) -> Self {
        Self(error)
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        if let ApiError::Internal(what) = &self.0 {
            tracing::error!(request_id = crate::http::request_id::current(), "{what}");
        }
        let mut response = self.0.status().into_response();
        response.extensions_mut().insert(Failed(Arc::new(self.0.problem())));
        response
    }
}

/// Draws errors in the frame of every page.
pub async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let is_marked = again::is_marked(&request);
    let (mut parts, body) = request.into_parts();
    let visit = Visit::from_request_parts(&mut parts, &state).await;
    let request = Request::from_parts(parts, body);
    match visit {
        Ok(visit) if is_marked => again::go_on(&state, &visit, request, next).await,
        Ok(visit) => finish(&state, &visit, next.run(request).await).await,
        // Without the session's store there is no page to draw around it.
        Err(_) => {
            let response = next.run(request).await;
            match response.extensions().get::<Failed>() {
                Some(Failed(problem)) => (response.status(), problem.detail.clone()).into_response(),
                None => response,
            }
        }
    }
}

/// An answer as it is sent: what went wrong drawn as a page, and a form that came too late with the login in front.
pub async fn finish(state: &AppState, visit: &Visit, response: Response) -> Response {
    let Some(Failed(problem)) = response.extensions().get::<Failed>().cloned() else {
        return response;
    };
    if problem.code == "unauthenticated"
        && let Some(typed) = visit.late.typed()
    {
        return match again::ask(state, visit, typed).await {
            Ok(response) => response,
            Err(error) => answer(state, visit, error),
        };
    }
    draw(state, visit, response.status(), &problem)
}

/// An error as a page.
pub fn answer(state: &AppState, visit: &Visit, error: ApiError) -> Response {
    draw(state, visit, error.status(), &error.problem())
}

fn draw(state: &AppState, visit: &Visit, status: StatusCode, problem: &Problem) -> Response {
    if status == StatusCode::NOT_FOUND {
        return Page::new(zh::common::NOT_FOUND)
            .status(status)
            .private()
            .show(state, visit, || view! { <NotFoundView /> }.into_any());
    }
    let words = words(problem);
    let retry = visit.path.clone();
    let id = Some(problem.request_id.clone()).filter(|id| !id.is_empty());
    let page = Page::new(zh::common::FAILED).status(status).private().without_app();
    let mut response = page.show(state, visit, || {
        view! { <ProblemView detail=words retry=retry request_id=id /> }.into_any()
    });
    if let Some(seconds) = problem.retry_after {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// One sentence for people: the server's own, or a wait in words.
pub fn words(problem: &Problem) -> String {
    match problem.retry_after {
        Some(seconds) => zh::errors::retry_after(seconds),
        None => match problem.code.as_str() {
            "csrf" => zh::errors::problem("csrf").to_owned(),
            // Made for this person: why, until when, what is possible.
            "restricted" => problem.detail.clone(),
            code if liaison_domain::lifecycle::RefusalKind::from_code(code).is_some() => {
                zh::errors::problem(code).to_owned()
            }
            _ => problem.detail.clone(),
        },
    }
}

/// What a form shows for an error: its fields, or one sentence about the whole.
pub fn form_errors(error: ApiError) -> Errors {
    match error {
        ApiError::Validation(fields) => Errors::of(fields),
        ApiError::BadCredentials { code: "otp_wrong", .. } => Errors::of(vec![field("code", "invalid")]),
        ApiError::BadCredentials { code: "otp_gone", .. } => Errors::of(vec![field("code", "expired")]),
        ApiError::TooLarge { limit } => Errors::of(vec![FieldError {
            limit: Some(limit),
            ..field("attachments", "too_big")
        }]),
        ApiError::Unprocessable { .. } => Errors::of(vec![field("attachments", "invalid")]),
        ApiError::Restricted { detail, .. } => Errors::restricted(detail),
        error => {
            let problem = error.problem();
            if problem.fields.iter().any(|field| field.field == "text") {
                return Errors::of(vec![field("text", "required")]);
            }
            Errors::whole(words(&problem))
        }
    }
}

/// A field that is wrong in one way.
pub fn field(name: &str, code: &str) -> FieldError {
    FieldError {
        field: name.to_owned(),
        code: code.to_owned(),
        limit: None,
    }
}

/// Whether a form can show the error itself, so that nothing typed is lost; our own faults get a page.
pub fn belongs_to_form(error: &ApiError) -> bool {
    !matches!(
        error,
        ApiError::NotFound | ApiError::Forbidden { .. } | ApiError::Unauthenticated
    )
}
