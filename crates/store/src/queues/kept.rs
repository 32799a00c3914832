//! A desk's counts, kept for a moment.
//!
//! All open pages of a desk look again when something happens, and each shows every lane's count: they are counted once
//! for all of them. They hold until there are news, here or from other servers, and never longer than [`HOLD`]: what
//! happens by the clock alone, and what another server changed without telling anybody, is seen after that.

use super::Desk;
use crate::{Store, StoreError};
use liaison_domain::Millis;
use liaison_domain::dto::LaneCount;
use sea_orm::Value;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long counts hold, by the machine's clock and by the one that tests move.
const HOLD: Duration = Duration::from_secs(2);

/// Desks whose counts are kept; beyond that, keeping begins anew.
const DESKS: usize = 1024;

/// One per process and database.
#[derive(Debug, Default)]
pub(crate) struct KeptCounts(Mutex<HashMap<String, Counted>>);

#[derive(Clone, Debug)]
struct Counted {
    lanes: Vec<LaneCount>,
    when: Moment,
}

/// When something was counted, or is asked for.
#[derive(Clone, Copy, Debug)]
struct Moment {
    /// News so far.
    said: u64,
    /// The given time: it says what is late.
    now: Millis,
    really: Instant,
}

impl Moment {
    /// Whether what was counted then still holds at `later`.
    fn holds_at(self, later: Self) -> bool {
        let hold = HOLD.as_millis() as Millis;
        self.said == later.said
            && (0..hold).contains(&(later.now - self.now))
            && later.really.saturating_duration_since(self.really) < HOLD
    }
}

impl KeptCounts {
    fn find(&self, desk: &str, asked: Moment) -> Option<Vec<LaneCount>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = all.get(desk).filter(|counted| counted.when.holds_at(asked));
        found.map(|counted| counted.lanes.clone())
    }

    fn keep(&self, desk: String, counted: Counted) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= DESKS && !all.contains_key(&desk) {
            all.clear();
        }
        all.insert(desk, counted);
    }
}

impl Desk {
    /// Tells desks apart: whose letters, and cut how.
    fn key(&self) -> String {
        let mut key = self.scope.clone();
        // The first one is the moment.
        for value in self.values.iter().skip(1) {
            if let Value::String(Some(text)) = value {
                key.push('\n');
                key.push_str(text);
            }
        }
        key
    }
}

impl Store {
    /// What [`Self::lane_counts`] says, or said a moment ago.
    pub(super) async fn kept_lane_counts(&self, desk: &Desk, now: Millis) -> Result<Vec<LaneCount>, StoreError> {
        let key = desk.key();
        // Looked at before counting: what changes in between makes the counts old.
        let when = Moment {
            said: self.signals.said(),
            now,
            really: Instant::now(),
        };
        if let Some(lanes) = self.counts.find(&key, when) {
            return Ok(lanes);
        }
        let lanes = self.lane_counts(desk).await?;
        let counted = Counted {
            lanes: lanes.clone(),
            when,
        };
        self.counts.keep(key, counted);
        Ok(lanes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const THEN: Millis = 1_000_000;

    fn moment(said: u64, now: Millis, really: Instant) -> Moment {
        Moment { said, now, really }
    }

    #[test]
    fn counts_hold_for_a_moment_and_until_there_are_news() {
        let start = Instant::now();
        let counted = moment(4, THEN, start);
        let hold = HOLD.as_millis() as Millis;
        for (later, holds) in [
            (moment(4, THEN, start), true),
            (moment(4, THEN + hold - 1, start + HOLD / 2), true),
            (moment(5, THEN, start), false),
            (moment(4, THEN + hold, start), false),
            (moment(4, THEN - 1, start), false),
            (moment(4, THEN, start + HOLD), false),
        ] {
            assert_eq!(counted.holds_at(later), holds, "{later:?}");
        }
    }

    #[test]
    fn desks_do_not_fill_the_memory() {
        let kept = KeptCounts::default();
        let when = moment(0, THEN, Instant::now());
        for desk in 0..=DESKS {
            let lanes = Vec::new();
            kept.keep(desk.to_string(), Counted { lanes, when });
        }
        assert!(kept.0.lock().expect("nobody panicked").len() <= DESKS);
        assert!(kept.find(&DESKS.to_string(), when).is_some());
    }
}
