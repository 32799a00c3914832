//! How many copies a list or a search has in all: counted once, and again after a published copy changed.
//!
//! A district shows tens of thousands of copies, and its list tells their number on every page; a search for a frequent
//! word makes PostgreSQL gather all that hold it. Whether the number still holds is asked each time
//! ([`Store::public_revision`]): one row, however many copies there are.

use crate::{Store, StoreError};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Lists whose totals are kept; beyond that, keeping begins anew. Anybody can ask for an area or words that do not exist.
const LISTS: usize = 256;

/// Words longer than this are not kept: nobody searches for them twice.
const LONGEST: usize = 120;

/// One per process and database.
#[derive(Debug, Default)]
pub(crate) struct Totals(Mutex<HashMap<Key, Total>>);

/// A list: of which district, narrowed how, searched for which words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub tenant: Arc<str>,
    pub category: Option<String>,
    pub area: Option<String>,
    pub words: Option<String>,
}

impl Key {
    fn is_kept(&self) -> bool {
        [&self.category, &self.area, &self.words]
            .into_iter()
            .flatten()
            .all(|part| part.len() <= LONGEST)
    }
}

#[derive(Clone, Copy, Debug)]
struct Total {
    /// What it was counted from: changes by this store, which a reset is one of, and by everybody.
    source: (u64, i64),
    count: i64,
}

impl Totals {
    fn find(&self, key: &Key, source: (u64, i64)) -> Option<i64> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = all.get(key).filter(|total| total.source == source);
        found.map(|total| total.count)
    }

    fn keep(&self, key: Key, total: Total) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= LISTS && !all.contains_key(&key) {
            all.clear();
        }
        all.insert(key, total);
    }
}

impl Store {
    /// The number of copies that a list shows; `count` counts them.
    pub(super) async fn list_total(
        &self,
        key: Key,
        count: impl Future<Output = Result<i64, StoreError>>,
    ) -> Result<i64, StoreError> {
        if !key.is_kept() {
            return count.await;
        }
        // Read before counting: a copy that changes in between makes the number a new one next time.
        let source = (self.public_changes(), self.public_revision().await?);
        if let Some(count) = self.totals.find(&key, source) {
            return Ok(count);
        }
        let count = count.await?;
        self.totals.keep(key, Total { source, count });
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(area: usize) -> Key {
        Key {
            tenant: Arc::from("t"),
            category: None,
            area: Some(area.to_string()),
            words: None,
        }
    }

    fn total(revision: i64, count: i64) -> Total {
        Total {
            source: (0, revision),
            count,
        }
    }

    #[test]
    fn a_total_holds_until_something_changed() {
        let totals = Totals::default();
        totals.keep(key(1), total(7, 3));
        assert_eq!(totals.find(&key(1), (0, 7)), Some(3));
        assert_eq!(totals.find(&key(1), (0, 8)), None);
        assert_eq!(totals.find(&key(1), (1, 7)), None);
        assert_eq!(totals.find(&key(2), (0, 7)), None);
    }

    #[test]
    fn made_up_areas_do_not_fill_the_memory() {
        let totals = Totals::default();
        for area in 0..=LISTS {
            totals.keep(key(area), total(1, 0));
        }
        assert!(totals.0.lock().expect("nobody panicked").len() <= LISTS);
        assert_eq!(totals.find(&key(LISTS), (0, 1)), Some(0));
    }
}
