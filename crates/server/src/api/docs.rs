//! What the description says about errors, once for all routes.

use std::collections::BTreeMap;
use utoipa::IntoResponses;
use utoipa::openapi::{Content, Ref, RefOr, Response, ResponseBuilder};

fn problem(description: &str) -> RefOr<Response> {
    ResponseBuilder::new()
        .description(description)
        .content(
            "application/problem+json",
            Content::new(Some(Ref::from_schema_name("Problem"))),
        )
        .build()
        .into()
}

fn problems(list: &[(&str, &str)]) -> BTreeMap<String, RefOr<Response>> {
    let rest = ("default", "Any other problem, with its `code`");
    list.iter()
        .chain([&rest])
        .map(|(status, text)| ((*status).to_owned(), problem(text)))
        .collect()
}

/// Errors of routes anybody may read.
pub struct Reading;

impl IntoResponses for Reading {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[("404", "Does not exist, or is not public")])
    }
}

/// Errors of forms anybody may send.
pub struct Sending;

impl IntoResponses for Sending {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[
            ("400", "Not JSON"),
            ("403", "Not sent from the station's own pages (`csrf`)"),
            (
                "422",
                "Fields are wrong, or the `Idempotency-Key` came with another body",
            ),
            ("429", "Too many tries; `retry_after` tells how long to wait"),
        ])
    }
}

/// Errors of routes that need somebody to be logged in.
pub struct Personal;

impl IntoResponses for Personal {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[
            ("401", "Nobody is logged in"),
            ("403", "Not this role's to see or do"),
            ("404", "Does not exist, or not for this person"),
        ])
    }
}

/// Errors of changes to a case.
pub struct Changing;

impl IntoResponses for Changing {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        problems(&[
            ("401", "Nobody is logged in"),
            ("403", "Not this role's to do, or not sent from the station's own pages"),
            ("404", "Does not exist, or not for this person"),
            (
                "409",
                "Somebody was quicker, or the rules say no: with `current_state`, `current_version`, `allowed_events`",
            ),
            ("422", "A text, date or value is missing or wrong"),
            ("428", "`If-Match` is missing"),
        ])
    }
}
