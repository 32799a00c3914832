//! Letters that arrive at the same time share a transaction, and with it the wait for the disk.
//!
//! While one transaction is being kept, those who come meanwhile gather; the next takes all of them. A letter that comes
//! alone waits for nobody. Whatever goes wrong with several is tried again with each by itself, so that one person's
//! trouble is never another's.

use super::submit::{Ready, SubmitError, Submitted, WriteError};
use crate::idempotency::IdempotencyKey;
use crate::{Store, StoreError};
use liaison_domain::calendar::date_of;
use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use tokio::sync::oneshot;

/// Letters in one transaction. More would save little, and each number of rows is a statement of its own to prepare.
const TOGETHER: usize = 16;

/// Who waits to be kept. One per process and database.
#[derive(Debug, Default)]
pub(crate) struct Arrivals {
    waiting: Mutex<VecDeque<Arrival>>,
    /// Held by whoever writes.
    turn: tokio::sync::Mutex<()>,
}

#[derive(Debug)]
struct Arrival {
    store: Store,
    ready: Ready,
    done: oneshot::Sender<Result<Submitted, SubmitError>>,
}

impl Arrivals {
    /// Those who come next and can be kept together: of one district and year, each with a key of its own.
    fn next(&self) -> Vec<Arrival> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let mut group: Vec<Arrival> = Vec::new();
        while group.len() < TOGETHER && waiting.front().is_some_and(|next| fits(&group, next)) {
            group.extend(waiting.pop_front());
        }
        group
    }
}

fn fits(group: &[Arrival], next: &Arrival) -> bool {
    let year = |arrival: &Arrival| date_of(arrival.ready.now).year;
    let key = |arrival: &Arrival| arrival.ready.key.as_ref().map(IdempotencyKey::hash);
    let (own_year, own_key) = (year(next), key(next));
    group.iter().all(|other| {
        other.store.tenant == next.store.tenant
            && year(other) == own_year
            && (own_key.is_none() || key(other) != own_key)
    })
}

impl Store {
    /// Keeps a letter together with those that arrive at the same time.
    pub(super) async fn arrive(&self, ready: Ready) -> Result<Submitted, SubmitError> {
        let (done, kept) = oneshot::channel();
        let arrival = Arrival {
            store: self.clone(),
            ready,
            done,
        };
        self.arrivals
            .waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push_back(arrival);
        // A task of its own: when somebody hangs up, the others in the group are kept all the same. There is one for each
        // who waits, so nobody is left over.
        let store = self.clone();
        tokio::spawn(async move {
            let _turn = store.arrivals.turn.lock().await;
            let group = store.arrivals.next();
            Box::pin(keep(group)).await;
        });
        let stopped = || SubmitError::Store(StoreError::Unavailable("writing stopped".into()));
        kept.await.unwrap_or_else(|_| Err(stopped()))
    }
}

async fn keep(group: Vec<Arrival>) {
    let Some(store) = group.first().map(|first| first.store.clone()) else {
        // An earlier turn took them along.
        return;
    };
    let (mut ready, mut dones) = (Vec::with_capacity(group.len()), Vec::with_capacity(group.len()));
    for arrival in group {
        ready.push(arrival.ready);
        dones.push(arrival.done);
    }
    // Who hung up meanwhile needs no answer.
    if ready.len() > 1 {
        match store.submit_together(&ready).await {
            Ok(all) => {
                for (done, submitted) in dones.into_iter().zip(all) {
                    let _ = done.send(Ok(submitted));
                }
                return;
            }
            // It will not be there for each of them either.
            Err(WriteError::Store(StoreError::Unavailable(why))) => {
                for done in dones {
                    let _ = done.send(Err(StoreError::Unavailable(why.clone()).into()));
                }
                return;
            }
            Err(_) => {}
        }
    }
    for (done, ready) in dones.into_iter().zip(&ready) {
        let _ = done.send(store.submit_alone(ready).await);
    }
}
