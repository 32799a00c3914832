//! Whoever waits for news hears of it: in this process at once after a commit, in other servers on the same PostgreSQL
//! by `NOTIFY`. What is said here is only "look again"; what there is to see stands in the inboxes.

use crate::sql::execute;
use crate::{Engine, Store, StoreError};
use liaison_domain::Id;
use sea_orm::sqlx::postgres::PgListener;
use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{broadcast, watch};

const CHANNEL: &str = "liaison_news";
/// Names in one `NOTIFY`, which carries at most 8,000 bytes.
const BATCH: usize = 90;
/// News that may wait to be passed on. Beyond that, everybody is told to look.
const WAITING: usize = 4096;
/// How long to wait before listening is tried again.
const AGAIN: Duration = Duration::from_secs(5);

/// District and account.
type Name = (Arc<str>, Id);

/// Who waits for news. One per process and database.
#[derive(Clone, Debug)]
pub(crate) struct Signals(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    ears: Mutex<HashMap<Name, Ears>>,
    /// What other servers should hear.
    outgoing: broadcast::Sender<Name>,
    over: watch::Sender<bool>,
    /// How often there were news.
    said: AtomicU64,
    /// Tells our own `NOTIFY` from those of others.
    own: String,
}

/// The open lines of one account.
#[derive(Debug)]
struct Ears {
    news: watch::Sender<()>,
    lines: usize,
}

/// An account's open line. It is closed when this goes.
#[derive(Debug)]
pub struct Listening {
    signals: Signals,
    name: Name,
    news: watch::Receiver<()>,
    over: watch::Receiver<bool>,
}

impl Default for Signals {
    fn default() -> Self {
        Self(Arc::new(Inner {
            ears: Mutex::default(),
            outgoing: broadcast::channel(WAITING).0,
            over: watch::channel(false).0,
            said: AtomicU64::new(0),
            own: crate::new_id(),
        }))
    }
}

impl Signals {
    fn ears(&self) -> MutexGuard<'_, HashMap<Name, Ears>> {
        self.0.ears.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How often there were news, here or from other servers: as long as this stays, nothing is known to have changed.
    pub(crate) fn said(&self) -> u64 {
        self.0.said.load(Ordering::SeqCst)
    }

    fn say(&self) {
        self.0.said.fetch_add(1, Ordering::SeqCst);
    }

    fn wake(&self, name: &Name) {
        if let Some(ears) = self.ears().get(name) {
            ears.news.send_replace(());
        }
    }

    fn wake_all(&self) {
        self.say();
        for ears in self.ears().values() {
            ears.news.send_replace(());
        }
    }

    /// What another server said: its own name, then a district and an account a line; none means everybody.
    fn hear(&self, words: &str) {
        let mut lines = words.lines();
        if lines.next() == Some(&self.0.own) {
            return;
        }
        let mut names = lines.filter_map(|line| line.split_once(' ')).peekable();
        if names.peek().is_none() {
            return self.wake_all();
        }
        self.say();
        for (tenant, account) in names {
            self.wake(&(Arc::from(tenant), account.to_owned()));
        }
    }

    /// The same as one text.
    fn words<'a>(&self, names: impl IntoIterator<Item = &'a Name>) -> String {
        let mut words = self.0.own.clone();
        for (tenant, account) in names {
            words.extend(["\n", tenant, " ", account]);
        }
        words
    }
}

impl Listening {
    /// Waits until there may be news. False: the server stops, and so should whoever waits.
    pub async fn news(&mut self) -> bool {
        tokio::select! {
            changed = self.news.changed() => changed.is_ok(),
            _ = self.over.wait_for(|over| *over) => false,
        }
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        let mut all = self.signals.ears();
        if let Some(ears) = all.get_mut(&self.name) {
            ears.lines -= 1;
            if ears.lines == 0 {
                all.remove(&self.name);
            }
        }
    }
}

impl Store {
    /// Opens a line for an account; none when it has `most` already. Open it before looking, so that nothing falls in
    /// between.
    pub fn listen(&self, account_id: &str, most: usize) -> Option<Listening> {
        let name = (Arc::clone(&self.tenant), account_id.to_owned());
        let mut all = self.signals.ears();
        let ears = all.entry(name.clone()).or_insert_with(|| Ears {
            news: watch::channel(()).0,
            lines: 0,
        });
        if ears.lines >= most {
            return None;
        }
        ears.lines += 1;
        let news = ears.news.subscribe();
        drop(all);
        Some(Listening {
            signals: self.signals.clone(),
            name,
            news,
            over: self.signals.0.over.subscribe(),
        })
    }

    /// Something changed, and there is something to see for these accounts, if any. Called after the commit: whoever
    /// looks finds it.
    pub(crate) fn tell(&self, accounts: &[Id]) {
        self.signals.say();
        for account in accounts {
            let name = (Arc::clone(&self.tenant), account.clone());
            self.signals.wake(&name);
            // Nobody passes it on: this server is alone.
            let _ = self.signals.0.outgoing.send(name);
        }
    }

    /// Ends every open line: the server stops.
    pub fn hang_up(&self) {
        self.signals.0.over.send_replace(true);
    }

    /// Passes news on to other servers and hears theirs, for as long as this is awaited. Beside an embedded database
    /// there are no others, and it ends at once.
    ///
    /// Said after the commit and not within it: a transaction that notifies holds a lock of the whole database until it
    /// is on disk, and letters would queue there. What a crash between the two leaves unsaid is found by whoever looks
    /// now and then.
    pub async fn exchange_news(&self) {
        if self.engine() == Engine::Postgres {
            tokio::join!(self.pass_on(), self.hear_others());
        }
    }

    async fn pass_on(&self) {
        let mut outgoing = self.signals.0.outgoing.subscribe();
        loop {
            let mut names = BTreeSet::new();
            match outgoing.recv().await {
                Ok(name) => names.extend([name]),
                // More than we can name: everybody looks.
                Err(broadcast::error::RecvError::Lagged(_)) => {}
                Err(broadcast::error::RecvError::Closed) => return,
            }
            if !names.is_empty() {
                while names.len() < BATCH {
                    let Ok(name) = outgoing.try_recv() else { break };
                    names.insert(name);
                }
            }
            let said = execute(
                self.writer(),
                "SELECT pg_notify($1, $2)",
                vec![CHANNEL.into(), self.signals.words(&names).into()],
            );
            if let Err(error) = said.await {
                tracing::warn!("news were not passed on: {error}");
            }
        }
    }

    async fn hear_others(&self) {
        loop {
            if let Err(error) = self.hear_until_cut().await {
                tracing::warn!("not listening to other servers for a moment: {error}");
            }
            tokio::time::sleep(AGAIN).await;
        }
    }

    async fn hear_until_cut(&self) -> Result<(), StoreError> {
        let lost = |error: sea_orm::sqlx::Error| StoreError::Unavailable(error.to_string());
        let pool = self.writer().get_postgres_connection_pool();
        let mut listener = PgListener::connect_with(pool).await.map_err(lost)?;
        listener.listen(CHANNEL).await.map_err(lost)?;
        // What was said before we listened, or while the line was cut, nobody repeats: everybody looks.
        self.signals.wake_all();
        loop {
            match listener.try_recv().await.map_err(lost)? {
                Some(said) => self.signals.hear(said.payload()),
                None => self.signals.wake_all(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_server_understands_another_and_not_itself() {
        let (one, other) = (Signals::default(), Signals::default());
        let name: Name = (Arc::from("t"), "a".to_owned());
        let mut ears = Vec::new();
        for signals in [&one, &other] {
            let news = watch::channel(()).0;
            ears.push(news.subscribe());
            signals.ears().insert(name.clone(), Ears { news, lines: 1 });
        }
        let words = one.words([&name]);
        one.hear(&words);
        other.hear(&words);
        assert_eq!(
            [one.said(), other.said()],
            [0, 1],
            "what was kept of before is old for the other"
        );
        let heard: Vec<bool> = ears
            .iter()
            .map(|ear| ear.has_changed().expect("an open line"))
            .collect();
        assert_eq!(heard, [false, true]);
        other.hear(&one.words([]));
        assert!(
            ears[1].has_changed().expect("an open line"),
            "nobody named is everybody"
        );
    }
}
