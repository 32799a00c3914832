//! A generous limit on writes per network address, against bursts. Whole villages share an address, so what
//! really limits a person (codes per phone, letters per day) is counted in the database, not here.

use super::client_ip::{self, ClientIp};
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

const WINDOW: Millis = 60_000;
/// Beyond so many addresses the old ones are swept out.
const SWEEP_AT: usize = 20_000;

/// Counts per address in the running minute.
#[derive(Debug, Default)]
pub struct Windows(Mutex<HashMap<IpAddr, (Millis, u32)>>);

impl Windows {
    /// Counts one more; `Err` with the seconds to wait when the limit is passed.
    pub fn count(&self, ip: IpAddr, now: Millis, limit: u32) -> Result<(), u64> {
        let mut windows = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if windows.len() > SWEEP_AT {
            windows.retain(|_, (since, _)| now - *since < WINDOW);
        }
        let (since, count) = windows.entry(ip).or_insert((now, 0));
        if now - *since >= WINDOW || now < *since {
            (*since, *count) = (now, 0);
        }
        *count += 1;
        if *count > limit {
            Err(((*since + WINDOW - now).max(1000) / 1000) as u64)
        } else {
            Ok(())
        }
    }
}

/// Applies the limit to writing requests.
pub async fn layer(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let limit = state.config.writes_per_minute;
    if limit == 0 || !is_write(request.method()) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let ClientIp(ip) = client_ip::of(&parts, &state);
    match state.windows.count(ip, state.now(), limit) {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(retry_after) => ApiError::TooMany {
            code: "too_many",
            retry_after,
        }
        .into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_fills_and_empties() {
        let windows = Windows::default();
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
