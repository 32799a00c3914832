//! Public answers kept in memory: lists, pages and API answers that everybody gets alike.
//!
//! Those about one event are good for one revision of it, which the database is asked for each time: many follow an
//! event at once and ask for the same the moment it changes. One of them makes the answer, the others wait for it. They
//! hold nothing of the person who asks, so whoever is logged in gets them as well.
//!
//! What is kept is thrown away as soon as a published copy or the directory changes: at once when this server changed it,
//! within a second when another did ([`crate::freshness`]). Requests that carry a session never come here, nor do searches and later pages, and
//! nothing that sets a cookie is kept. Whoever has an answer already is told so (`ETag`, 304).

use crate::auth::cookie;
use crate::freshness::Stamp;
use crate::pages::size::Size;
use crate::site::Site;
use crate::state::AppState;
use axum::body::{Body, Bytes};
use axum::extract::{MatchedPath, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use liaison_domain::Millis;
use liaison_domain::calendar::{Date, date_of};
use liaison_domain::host::Host;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How long an answer is good whatever happens: some of its words depend on the time of day.
const FRESH: Millis = 60_000;
/// Bytes kept in all; when they are full, keeping begins anew.
const ROOM: usize = 16 * 1024 * 1024;
/// The largest answer kept.
const LARGEST: usize = 1024 * 1024;

/// Routes that answer everybody alike.
const ROUTES: &[&str] = &[
    "/",
    "/stations",
    "/stations/{slug}",
    "/deputies",
    "/deputies/{slug}",
    "/cases",
    "/cases/{no}",
    "/help",
    "/api/v1/home",
    "/api/v1/areas",
    "/api/v1/categories",
    "/api/v1/units",
    "/api/v1/stations",
    "/api/v1/stations/{slug}",
    "/api/v1/deputies",
    "/api/v1/deputies/{slug}",
    "/api/v1/write-options",
    "/api/v1/write-hints",
    "/api/v1/cases",
    "/api/v1/cases/{no}",
];

/// Routes that answer everybody alike about one event, whose id follows `/events/`.
const OF_EVENTS: &[&str] = &["/api/v1/events/{id}", "/api/v1/events/{id}/questions"];
/// Pages whose parts ([`PART`]) are alike for everybody, though the pages are not.
const OF_EVENT_PAGES: &[&str] = &["/events/{id}", "/events/{id}/screen"];
const PART: &str = "part=live";

/// What is kept, and what it was made from.
#[derive(Debug, Default)]
pub struct Kept {
    shelf: Mutex<Shelf>,
    /// Held by whoever makes an answer about an event anew.
    making: tokio::sync::Mutex<()>,
}

#[derive(Debug, Default)]
struct Shelf {
    source: Option<Source>,
    answers: HashMap<Key, Answer>,
    bytes: usize,
}

/// Everything that an answer is made from, as far as it can change.
#[derive(Clone, Debug)]
struct Source {
    stamp: Stamp,
    rules: i64,
    site: Arc<Site>,
    today: Date,
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        self.stamp == other.stamp
            && self.rules == other.rules
            && Arc::ptr_eq(&self.site, &other.site)
            && self.today == other.today
    }
}

/// What makes answers to one address differ.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    address: String,
    encoding: &'static str,
    size: Size,
    /// Pages say what the app around them can do.
    host: Host,
}

#[derive(Clone, Debug)]
struct Answer {
    headers: HeaderMap,
    body: Bytes,
    at: Millis,
    /// Of the event it is about; none for what is about no event.
    revision: Option<i64>,
}

impl Kept {
    fn find(&self, source: &Source, key: &Key, revision: Option<i64>, now: Millis) -> Option<Answer> {
        let mut all = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        if all.source.as_ref() != Some(source) {
            all.answers.clear();
            all.bytes = 0;
            all.source = Some(source.clone());
        }
        let holds = |answer: &&Answer| now - answer.at < FRESH && answer.revision == revision;
        all.answers.get(key).filter(holds).cloned()
    }

    /// Keeps an answer, unless something changed while it was made.
    fn keep(&self, source: &Source, key: Key, answer: Answer) {
        let mut all = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        if all.source.as_ref() != Some(source) {
            return;
        }
        let about = key.address.len() + 1024;
        let size = answer.body.len() + about;
        if all.bytes + size > ROOM {
            all.answers.clear();
            all.bytes = 0;
        }
        if let Some(old) = all.answers.insert(key, answer) {
            all.bytes = all.bytes.saturating_sub(old.body.len() + about);
        }
        all.bytes += size;
    }
}

/// The present source.
async fn source(state: &AppState) -> Source {
    Source {
        stamp: state.freshness.stamp(state).await,
        rules: state.rules().revision,
        site: state.site(),
        today: date_of(state.now()),
    }
}

/// Answers from memory where that is possible, and remembers what was made anew.
pub async fn answer(state: &AppState, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let event = event_asked_for(&parts);
    if event.is_none() && !is_public(&parts) {
        return next.run(Request::from_parts(parts, body)).await;
    }
    let mut revision = None;
    if let Some(id) = event {
        revision = state.store.event_revision(id).await.ok().flatten();
        if revision.is_none() {
            // The handler says why.
            return next.run(Request::from_parts(parts, body)).await;
        }
    }
    let key = Key {
        address: parts.uri.path_and_query().map_or("/", |all| all.as_str()).to_owned(),
        encoding: encoding(&parts.headers),
        size: Size::of(&parts.headers),
        host: super::headers::host(&parts.headers),
    };
    let seen = parts.headers.remove(header::IF_NONE_MATCH);
    let source = source(state).await;
    if let Some(answer) = state.kept.find(&source, &key, revision, state.now()) {
        return answer.response(seen.as_ref());
    }
    let _making = match revision {
        Some(_) => {
            let turn = state.kept.making.lock().await;
            if let Some(answer) = state.kept.find(&source, &key, revision, state.now()) {
                return answer.response(seen.as_ref());
            }
            Some(turn)
        }
        None => None,
    };
    // Made as for everybody who reads this encoding.
    parts
        .headers
        .insert(header::ACCEPT_ENCODING, HeaderValue::from_static(key.encoding));
    // A form's token is the browser's own; a page made with one is for that browser alone. Nothing about an event is made
    // with one here.
    let is_own = event_asked_for(&parts).is_none()
        && ["form", "__Host-form"]
            .iter()
            .any(|name| cookie::read(&parts.headers, name).is_some());
    let response = next.run(Request::from_parts(parts, body)).await;
    if is_own || response.status() != StatusCode::OK || response.headers().contains_key(header::SET_COOKIE) {
        return response;
    }
    let (mut head, body) = response.into_parts();
    let Ok(body) = axum::body::to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    head.headers.remove(header::CONTENT_LENGTH);
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", &liaison_store::sha256_hex(&body)[..32])) {
        head.headers.insert(header::ETAG, tag);
    }
    // Kept by the browser too, and asked about each time: what is hidden is gone there as well.
    head.headers
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    head.headers.insert(
        header::VARY,
        HeaderValue::from_static("Cookie, Accept-Encoding, User-Agent"),
    );
    super::headers::complete_fixed(&mut head.headers);
    let answer = Answer {
        headers: head.headers,
        body,
        at: state.now(),
        revision,
    };
    if answer.body.len() <= LARGEST {
        state.kept.keep(&source, key, answer.clone());
    }
    answer.response(seen.as_ref())
}

impl Answer {
    fn response(self, seen: Option<&HeaderValue>) -> Response {
        let tag = self.headers.get(header::ETAG).and_then(|tag| tag.to_str().ok());
        let is_known = tag
            .zip(seen.and_then(|seen| seen.to_str().ok()))
            .is_some_and(|(tag, seen)| {
                seen.split(',')
                    .map(|one| one.trim().trim_start_matches("W/"))
                    .any(|one| one == tag || one == "*")
            });
        let mut response = if is_known {
            StatusCode::NOT_MODIFIED.into_response()
        } else {
            Body::from(self.body).into_response()
        };
        *response.headers_mut() = self.headers;
        if is_known {
            for name in [header::CONTENT_TYPE, header::CONTENT_ENCODING, header::CONTENT_LANGUAGE] {
                response.headers_mut().remove(name);
            }
        }
        response
    }
}

/// The event that is asked about, where everybody gets the same answer.
fn event_asked_for(parts: &Parts) -> Option<&str> {
    let path = parts.extensions.get::<MatchedPath>()?;
    let asks_part = || parts.uri.query()?.split('&').find(|one| *one == PART);
    let is_kept =
        OF_EVENTS.contains(&path.as_str()) || (OF_EVENT_PAGES.contains(&path.as_str()) && asks_part().is_some());
    if parts.method != Method::GET || !is_kept {
        return None;
    }
    parts.uri.path().split_once("/events/")?.1.split('/').next()
}

/// A question that everybody gets the same answer to, and that is asked more than once.
fn is_public(parts: &Parts) -> bool {
    let is_route = parts
        .extensions
        .get::<MatchedPath>()
        .is_some_and(|path| ROUTES.contains(&path.as_str()));
    let has_session = ["sid", "__Host-sid"]
        .iter()
        .any(|name| cookie::read(&parts.headers, name).is_some());
    let is_rare = parts.uri.query().is_some_and(|query| {
        query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .any(|(name, value)| matches!(name, "q" | "cursor") && !value.is_empty())
    });
    parts.method == Method::GET
        && is_route
        && !has_session
        && !is_rare
        && !parts.headers.contains_key(header::AUTHORIZATION)
}

/// The one encoding an answer is made in: the best that the browser reads.
fn encoding(headers: &HeaderMap) -> &'static str {
    let reads = |wanted: &str| {
        headers
            .get_all(header::ACCEPT_ENCODING)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .any(|one| {
                let (name, weight) = one.split_once(';').unwrap_or((one, ""));
                let is_refused = matches!(weight.trim().strip_prefix("q="), Some("0" | "0.0" | "0.00" | "0.000"));
                name.trim().eq_ignore_ascii_case(wanted) && !is_refused
            })
    };
    ["br", "gzip"]
        .into_iter()
        .find(|name| reads(name))
        .unwrap_or("identity")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_made_in_the_best_encoding_that_is_read() {
        let of = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(text));
            encoding(&headers)
        };
        assert_eq!(of("gzip, deflate, br, zstd"), "br");
        assert_eq!(of("br;q=0, GZIP;q=0.8"), "gzip");
        assert_eq!(of("deflate"), "identity");
        assert_eq!(encoding(&HeaderMap::new()), "identity");
    }

    fn source(revision: i64) -> Source {
        Source {
            stamp: Stamp::of(0, revision),
            rules: 0,
            site: Arc::new(Site::default()),
            today: date_of(0),
        }
    }

    fn answer(size: usize) -> Answer {
        Answer {
            headers: HeaderMap::new(),
            body: Bytes::from(vec![b'x'; size]),
            at: 0,
            revision: None,
        }
    }

    fn key(address: &str) -> Key {
        Key {
            address: address.to_owned(),
            encoding: "br",
            size: Size::Usual,
            host: Host::Browser,
        }
    }

    #[test]
    fn what_was_made_before_a_change_is_not_kept_after_it() {
        let kept = Kept::default();
        let (before, after) = (source(1), source(2));
        assert!(kept.find(&before, &key("/cases"), None, 0).is_none());
        assert!(
            kept.find(&after, &key("/cases"), None, 0).is_none(),
            "somebody else sees the change"
        );
        kept.keep(&before, key("/cases"), answer(10));
        assert!(
            kept.find(&after, &key("/cases"), None, 0).is_none(),
            "the late answer was old"
        );
    }

    #[test]
    fn memory_is_bounded_and_answers_grow_old() {
        let kept = Kept::default();
        let source = source(1);
        assert!(kept.find(&source, &key("/"), None, 0).is_none());
        for nth in 0..100 {
            kept.keep(&source, key(&format!("/cases?area={nth}")), answer(LARGEST));
            let all = kept.shelf.lock().expect("nobody panicked");
            assert!(all.bytes <= ROOM, "{} bytes", all.bytes);
        }
        assert!(kept.find(&source, &key("/cases?area=99"), None, FRESH - 1).is_some());
        assert!(kept.find(&source, &key("/cases?area=99"), None, FRESH).is_none());
    }

    #[test]
    fn an_answer_about_an_event_is_good_for_one_revision() {
        let kept = Kept::default();
        let source = source(1);
        assert!(kept.find(&source, &key("/e"), Some(4), 0).is_none());
        let fourth = Answer {
            revision: Some(4),
            ..answer(10)
        };
        kept.keep(&source, key("/e"), fourth.clone());
        assert!(kept.find(&source, &key("/e"), Some(4), 0).is_some());
        assert!(kept.find(&source, &key("/e"), Some(5), 0).is_none());
        let before = kept.shelf.lock().expect("nobody panicked").bytes;
        kept.keep(
            &source,
            key("/e"),
            Answer {
                revision: Some(5),
                ..fourth
            },
        );
        assert!(kept.find(&source, &key("/e"), Some(4), 0).is_none(), "replaced");
        let after = kept.shelf.lock().expect("nobody panicked").bytes;
        assert_eq!(before, after, "one answer is counted once");
    }
}
