//! Many letters and events in one transaction: for loading a district, where nobody waits for a single receipt.

use super::{ActError, Acted, NewLetter, SubmitError, Submitted};
use crate::{Store, StoreError};
use liaison_domain::lifecycle::{CaseEvent, Context};
use sea_orm::DatabaseTransaction;
use std::sync::atomic::{AtomicBool, Ordering};

/// A transaction being filled. What it keeps is the same as what [`Store::submit`] and [`Store::act`] keep; nothing of
/// it is there before [`Batch::commit`], and all of it goes when it is dropped.
///
/// Nobody else writes meanwhile on `SQLite`: keep a batch short.
#[derive(Debug)]
pub struct Batch {
    store: Store,
    tx: DatabaseTransaction,
    public_changed: AtomicBool,
}

impl Store {
    /// Begins a batch.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn batch(&self) -> Result<Batch, StoreError> {
        Ok(Batch {
            store: self.clone(),
            tx: self.begin().await?,
            public_changed: AtomicBool::new(false),
        })
    }
}

impl Batch {
    /// As [`Store::submit`]. After an error the batch may hold half of a letter: drop it.
    ///
    /// # Errors
    /// [`SubmitError`].
    pub async fn submit(&self, new: &NewLetter, ctx: &Context<'_>) -> Result<Submitted, SubmitError> {
        Box::pin(self.store.submit_in(&self.tx, new, ctx)).await
    }

    /// As [`Store::act`]. After an error the batch may hold half of an event: drop it.
    ///
    /// # Errors
    /// [`ActError`].
    pub async fn act(&self, letter_id: &str, event: &CaseEvent, ctx: &Context<'_>) -> Result<Acted, ActError> {
        let acted = Box::pin(self.store.act_in(&self.tx, letter_id, event, ctx)).await?;
        self.public_changed.fetch_or(acted.public_changed, Ordering::Relaxed);
        Ok(acted)
    }

    /// Keeps everything; when this returns `Ok`, it is on disk.
    ///
    /// # Errors
    /// What the database refused; nothing is kept then.
    pub async fn commit(self) -> Result<(), StoreError> {
        let public_changed = self.public_changed.load(Ordering::Relaxed);
        if public_changed {
            self.store.raise_public_revision(&self.tx).await?;
        }
        self.tx.commit().await?;
        // Nobody waits for a single letter of many.
        self.store.tell(&[]);
        if public_changed {
            self.store.public_changed();
        }
        Ok(())
    }
}
