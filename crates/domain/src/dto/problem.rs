//! Errors on the wire: RFC 9457 problem details with our own members.

use super::dto;
use crate::lifecycle::{CaseState, EventKind};

dto! {
    /// `application/problem+json`.
    pub struct Problem {
        /// `about:blank`; the `code` tells.
        #[serde(rename = "type")]
        pub kind: String,
        /// The HTTP status's own words.
        pub title: String,
        pub status: u16,
        /// One plain sentence: what happened and what to do next.
        pub detail: String,
        /// Machine-readable, stable: `validation`, `conflict`, `not_found`, `unauthenticated`, `forbidden`,
        /// `too_many`, `idempotency_mismatch`, or a [`crate::lifecycle::RefusalKind`]'s code.
        pub code: String,
        /// Give it to the station when asking about the error.
        pub request_id: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub fields: Vec<FieldError>,
        /// On a conflict: where the case stands now.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub current_state: Option<CaseState>,
        /// On a conflict: the case's version now.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub current_version: Option<i64>,
        /// On a conflict or a wrong state: what is possible now.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        pub allowed_events: Vec<EventKind>,
        /// After too many tries: seconds until the next one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub retry_after: Option<u64>,
    }

    /// What is wrong with one field of a form. The words stand in the clients' `i18n`, by code.
    pub struct FieldError {
        /// The field's name as in the request (`body`, `phone`, `attachments.2`).
        pub field: String,
        /// `required`, `too_short`, `too_long`, `invalid`, `too_many`, `too_big`, `unknown`.
        pub code: String,
        /// The limit that was passed, if there is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub limit: Option<u64>,
    }
}
