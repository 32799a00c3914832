//! Growing delays after wrong passwords, per (account, network). The pair is locked, not the account: nobody can lock
//! a colleague out by guessing from elsewhere. Kept in memory: a restart forgets, and Argon2 remains.

use liaison_domain::Millis;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Tries before the first delay.
const FREE: u32 = 3;
/// The same for looking letters up.
const GENEROUS: u32 = 20;
/// The first delay, doubled with each further failure.
const FIRST: Millis = 2_000;
/// The longest delay.
const LONGEST: Millis = 15 * 60_000;
/// Failures are forgotten after so long.
const FORGET: Millis = 60 * 60_000;
const SWEEP_AT: usize = 10_000;

/// Failures in a row.
#[derive(Debug, Default)]
pub struct Locks(Mutex<HashMap<(String, String), Failures>>);

#[derive(Clone, Copy, Debug, Default)]
struct Failures {
    count: u32,
    last: Millis,
    until: Millis,
}

impl Locks {
    /// Seconds until the next try is read at all; none when it may be made now.
    pub fn wait(&self, account: &str, network: &str, now: Millis) -> Option<u64> {
        let locks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let failures = locks.get(&key(account, network))?;
        (failures.until > now).then(|| ((failures.until - now) as u64).div_ceil(1000))
    }

    /// Notes a wrong try.
    pub fn failed(&self, account: &str, network: &str, now: Millis) {
        self.note(account, network, now, FREE);
    }

    fn note(&self, account: &str, network: &str, now: Millis, free: u32) {
        let mut locks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if locks.len() > SWEEP_AT {
            locks.retain(|_, failures| now - failures.last < FORGET);
        }
        let failures = locks.entry(key(account, network)).or_default();
        if now - failures.last > FORGET {
            *failures = Failures::default();
        }
        failures.count += 1;
        failures.last = now;
        if failures.count >= free {
            let doubled = FIRST.saturating_mul(1 << (failures.count - free).min(20));
            failures.until = now + doubled.min(LONGEST);
        }
    }

    /// Notes a wrong number or code: people mistype those often and share addresses, so many are free.
    pub fn failed_generously(&self, what: &str, network: &str, now: Millis) {
        self.note(what, network, now, GENEROUS);
    }

    /// A right password makes the past forgotten.
    pub fn passed(&self, account: &str, network: &str) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&key(account, network));
    }
}

fn key(account: &str, network: &str) -> (String, String) {
    (account.to_lowercase(), network.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_grow_and_end() {
        let locks = Locks::default();
        for _ in 0..2 {
            locks.failed("zhujian", "10.0.0.0/24", 0);
        }
        assert_eq!(
            locks.wait("zhujian", "10.0.0.0/24", 0),
            None,
            "a slip of the finger costs nothing"
        );
        locks.failed("zhujian", "10.0.0.0/24", 0);
        assert_eq!(locks.wait("ZhuJian", "10.0.0.0/24", 0), Some(2));
        locks.failed("zhujian", "10.0.0.0/24", 3_000);
        assert_eq!(locks.wait("zhujian", "10.0.0.0/24", 3_000), Some(4));
        assert_eq!(
            locks.wait("zhujian", "10.0.9.0/24", 3_000),
            None,
            "from elsewhere the account stays open"
        );
        for _ in 0..30 {
            locks.failed("zhujian", "10.0.0.0/24", 3_000);
        }
        assert_eq!(
            locks.wait("zhujian", "10.0.0.0/24", 3_000),
            Some(900),
            "never longer than a quarter of an hour"
        );
        locks.passed("zhujian", "10.0.0.0/24");
        assert_eq!(locks.wait("zhujian", "10.0.0.0/24", 3_000), None);
    }
}
