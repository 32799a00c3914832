//! Whether what everybody may read, or the directory, changed since it was read last.

use crate::state::AppState;
use liaison_domain::Millis;
use std::sync::atomic::{AtomicI64, Ordering};

/// How often the database is asked whether another server changed something.
const CHECK: Millis = 1000;

/// Stands for what was read: the same stamp, the same content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Changes by this server.
    changes: u64,
    /// Changes by all, as the database told last.
    revision: i64,
}

impl Stamp {
    /// What stands for these counts.
    pub const fn of(changes: u64, revision: i64) -> Self {
        Self { changes, revision }
    }
}

/// Keeps an eye on changes.
#[derive(Debug, Default)]
pub struct Freshness {
    revision: AtomicI64,
    /// When the database was asked.
    checked: AtomicI64,
}

impl Freshness {
    /// The present stamp; asks the database now and then.
    pub async fn stamp(&self, state: &AppState) -> Stamp {
        let now = state.now();
        let last = self.checked.load(Ordering::SeqCst);
        let is_due = now < last || now - last >= CHECK;
        // One request asks, the others go on with what is known.
        if is_due
            && self.checked.compare_exchange(last, now, Ordering::SeqCst, Ordering::SeqCst).is_ok()
            // Without a database, what is known is better than nothing.
            && let Ok(revision) = state.store.public_revision().await
        {
            self.revision.store(revision, Ordering::SeqCst);
        }
        Stamp::of(state.store.public_changes(), self.revision.load(Ordering::SeqCst))
    }
}
