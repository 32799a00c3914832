//! A generous limit on writes per network address, against bursts. Whole villages share an address, so what
//! really limits a person (codes per phone, letters per day) is counted in the database, not here.

use super::client_ip;
use super::csrf::is_write;
use crate::problem::ApiError;
use crate::state::AppState;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use liaison_domain::Millis;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// Writing requests are counted by the minute …
const MINUTE: Millis = 60_000;
/// … and codes that cost a message by the hour.
const HOUR: Millis = 60 * MINUTE;
/// Beyond so many addresses the old ones are swept out.
const SWEEP_AT: usize = 20_000;

/// Counts per address in the running window of time.
#[derive(Debug)]
pub struct Windows {
    length: Millis,
    counts: Mutex<HashMap<IpAddr, (Millis, u32)>>,
}

impl Windows {
    /// Windows of a minute.
    pub fn minutes() -> Self {
        Self::of(MINUTE)
    }

    /// Windows of an hour.
    pub fn hours() -> Self {
        Self::of(HOUR)
    }

    fn of(length: Millis) -> Self {
        Self {
            length,
            counts: Mutex::default(),
        }
    }

    /// Counts one more; `Err` with the seconds to wait when the limit is passed.
    pub fn count(&self, ip: IpAddr, now: Millis, limit: u32) -> Result<(), u64> {
        let mut windows = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if windows.len() > SWEEP_AT {
            windows.retain(|_, (since, _)| now - *since < self.length);
        }
        let (since, count) = windows.entry(ip).or_insert((now, 0));
        if now - *since >= self.length || now < *since {
            (*since, *count) = (now, 0);
        }
        *count += 1;
        if *count > limit {
            Err(((*since + self.length - now).max(1000) / 1000) as u64)
        } else {
            Ok(())
        }
    }
}

/// Applies the limit to writing requests, and lets what they call know the client.
pub async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if !is_write(request.method()) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let client = client_ip::of(&parts, &state);
    let limit = state.config.writes_per_minute;
    // Changes nothing, and has a count of its own: who only looks must not use up what others need for sending.
    let only_looks = parts.uri.path().ends_with("/cases/similar");
    if limit > 0
        && !only_looks
        && let Err(retry_after) = state.windows.count(client.0, state.now(), limit)
    {
        let error = ApiError::TooMany {
            code: "too_many",
            retry_after,
        };
        return error.into_response();
    }
    client_ip::CLIENT
        .scope(client, next.run(Request::from_parts(parts, body)))
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_fills_and_empties() {
        let windows = Windows::minutes();
        let ip: IpAddr = [10, 0, 0, 1].into();
        assert!(windows.count(ip, 0, 2).is_ok());
        assert!(windows.count(ip, 10, 2).is_ok());
        assert_eq!(windows.count(ip, 20, 2), Err(59));
        assert!(
            windows.count([10, 0, 0, 2].into(), 20, 2).is_ok(),
            "others are not touched"
        );
        assert!(windows.count(ip, 60_000, 2).is_ok(), "the next minute starts anew");
    }
}
