//! What happens in the room beside the questions: the host's messages, and polls.

use super::EventError;
use crate::sql::{execute, from_json, number, rows, strings, to_json};
use crate::{Store, StoreError, new_id};
use liaison_domain::events::{BROADCASTS, POLLS};
use liaison_domain::{Id, Millis};
use sea_orm::{DatabaseTransaction, FromQueryResult};

/// What the host said to everybody.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Broadcast {
    pub id: Id,
    pub text: String,
    pub at: Millis,
}

/// A poll, with the votes of each option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Poll {
    pub id: Id,
    pub event_id: Id,
    pub question: String,
    pub options: Vec<(String, u32)>,
    pub is_open: bool,
}

#[derive(FromQueryResult)]
struct StoredPoll {
    id: String,
    event_id: String,
    question: String,
    options: String,
    is_open: bool,
    /// The result, once the votes are gone.
    counts: Option<String>,
}

#[derive(FromQueryResult)]
struct Chosen {
    poll_id: String,
    choice: i64,
    votes: i64,
}

impl Store {
    /// The host says something to everybody.
    ///
    /// # Errors
    /// [`EventError`].
    pub async fn broadcast(&self, event_id: &str, text: &str, by: &str, now: Millis) -> Result<Broadcast, EventError> {
        let tx = self.begin().await?;
        let done = self.broadcast_in(&tx, event_id, text, by, now).await;
        self.finish(tx, event_id, done.map(|broadcast| (broadcast, Vec::new())))
            .await
    }

    async fn broadcast_in(
        &self,
        tx: &DatabaseTransaction,
        event_id: &str,
        text: &str,
        by: &str,
        now: Millis,
    ) -> Result<Broadcast, EventError> {
        let event = self.lock_public_event(tx, event_id).await?;
        if !event.state.takes_broadcasts() {
            return Err(EventError::State);
        }
        self.room_for(
            tx,
            "SELECT COUNT(*) FROM event_broadcast WHERE tenant_id = $1 AND event_id = $2",
            event_id,
            BROADCASTS,
        )
        .await?;
        let broadcast = Broadcast {
            id: new_id(),
            text: text.trim().replace("\r\n", "\n"),
            at: now,
        };
        execute(
            tx,
            "INSERT INTO event_broadcast (tenant_id, id, event_id, text, at, account_id) VALUES ($1, $2, $3, $4, $5, $6)",
            vec![
                self.tenant().into(),
                broadcast.id.as_str().into(),
                event_id.into(),
                broadcast.text.as_str().into(),
                now.into(),
                by.into(),
            ],
        )
        .await?;
        self.raise_event(tx, event_id).await?;
        Ok(broadcast)
    }

    /// The host's messages, newest first.
    pub async fn broadcasts(&self, event_id: &str) -> Result<Vec<Broadcast>, StoreError> {
        rows(
            &self.read,
            "SELECT id, text, at FROM event_broadcast WHERE tenant_id = $1 AND event_id = $2 ORDER BY at DESC, id DESC",
            vec![self.tenant().into(), event_id.into()],
        )
        .await
    }

    /// Opens a poll; it passed `check_poll`.
    ///
    /// # Errors
    /// [`EventError`].
    pub async fn open_poll(
        &self,
        event_id: &str,
        question: &str,
        options: &[String],
        now: Millis,
    ) -> Result<Id, EventError> {
        let tx = self.begin().await?;
        let done = self.open_poll_in(&tx, event_id, question, options, now).await;
        self.finish(tx, event_id, done.map(|id| (id, Vec::new()))).await
    }

    async fn open_poll_in(
        &self,
        tx: &DatabaseTransaction,
        event_id: &str,
        question: &str,
        options: &[String],
        now: Millis,
    ) -> Result<Id, EventError> {
        let event = self.lock_public_event(tx, event_id).await?;
        if !event.state.is_open() {
            return Err(EventError::State);
        }
        self.room_for(
            tx,
            "SELECT COUNT(*) FROM event_poll WHERE tenant_id = $1 AND event_id = $2",
            event_id,
            POLLS,
        )
        .await?;
        let id = new_id();
        let options: Vec<&str> = options.iter().map(|option| option.trim()).collect();
        execute(
            tx,
            "INSERT INTO event_poll (tenant_id, id, event_id, question, options, is_open, created_at)
             VALUES ($1, $2, $3, $4, $5, TRUE, $6)",
            vec![
                self.tenant().into(),
                id.as_str().into(),
                event_id.into(),
                question.trim().into(),
                to_json(&options)?.into(),
                now.into(),
            ],
        )
        .await?;
        self.raise_event(tx, event_id).await?;
        Ok(id)
    }

    /// Closes a poll, or opens it again while the event is on.
    ///
    /// # Errors
    /// [`EventError`].
    pub async fn set_poll_open(&self, poll_id: &str, is_open: bool) -> Result<(), EventError> {
        let event_id = self.poll(poll_id).await?.ok_or(EventError::NotFound)?.event_id;
        let tx = self.begin().await?;
        let done = self.set_poll_in(&tx, &event_id, poll_id, is_open).await;
        self.finish(tx, &event_id, done.map(|()| ((), Vec::new()))).await
    }

    async fn set_poll_in(
        &self,
        tx: &DatabaseTransaction,
        event_id: &str,
        poll_id: &str,
        is_open: bool,
    ) -> Result<(), EventError> {
        let event = self.lock_public_event(tx, event_id).await?;
        if is_open && !event.state.is_open() {
            return Err(EventError::State);
        }
        let changed = execute(
            tx,
            "UPDATE event_poll SET is_open = $3 WHERE tenant_id = $1 AND id = $2 AND is_open <> $3",
            vec![self.tenant().into(), poll_id.into(), is_open.into()],
        )
        .await?;
        if changed > 0 {
            self.raise_event(tx, event_id).await?;
        }
        Ok(())
    }

    /// An account votes, or votes differently.
    ///
    /// # Errors
    /// [`EventError`]: `State` once the poll or the event is closed.
    pub async fn vote(&self, poll_id: &str, account_id: &str, choice: u32, now: Millis) -> Result<(), EventError> {
        let event_id = self.poll(poll_id).await?.ok_or(EventError::NotFound)?.event_id;
        let tx = self.begin().await?;
        let done = self.vote_in(&tx, &event_id, poll_id, account_id, choice, now).await;
        self.finish(tx, &event_id, done.map(|()| ((), Vec::new()))).await
    }

    async fn vote_in(
        &self,
        tx: &DatabaseTransaction,
        event_id: &str,
        poll_id: &str,
        account_id: &str,
        choice: u32,
        now: Millis,
    ) -> Result<(), EventError> {
        let event = self.lock_public_event(tx, event_id).await?;
        let poll = self.polls_in(tx, event_id).await?;
        let poll = poll
            .iter()
            .find(|poll| poll.id == poll_id)
            .ok_or(EventError::NotFound)?;
        if choice as usize >= poll.options.len() {
            return Err(EventError::Field("option", "invalid"));
        }
        if !poll.is_open || !event.state.is_open() {
            return Err(EventError::State);
        }
        let changed = execute(
            tx,
            "INSERT INTO event_vote (tenant_id, poll_id, account_id, choice, at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (tenant_id, poll_id, account_id) DO UPDATE SET choice = excluded.choice, at = excluded.at
             WHERE event_vote.choice <> excluded.choice",
            vec![
                self.tenant().into(),
                poll_id.into(),
                account_id.into(),
                i64::from(choice).into(),
                now.into(),
            ],
        )
        .await?;
        if changed > 0 {
            self.raise_event(tx, event_id).await?;
        }
        Ok(())
    }

    /// The poll with this id.
    pub async fn poll(&self, id: &str) -> Result<Option<Poll>, StoreError> {
        let event = strings(
            &self.read,
            "SELECT event_id FROM event_poll WHERE tenant_id = $1 AND id = $2",
            vec![self.tenant().into(), id.into()],
        )
        .await?;
        match event.first() {
            Some(event) => Ok(self.polls(event).await?.into_iter().find(|poll| poll.id == id)),
            None => Ok(None),
        }
    }

    /// The polls of an event, newest first.
    pub async fn polls(&self, event_id: &str) -> Result<Vec<Poll>, StoreError> {
        self.polls_in(&self.read, event_id).await
    }

    pub(super) async fn polls_in<C: sea_orm::ConnectionTrait>(
        &self,
        db: &C,
        event_id: &str,
    ) -> Result<Vec<Poll>, StoreError> {
        let found: Vec<StoredPoll> = rows(
            db,
            "SELECT id, event_id, question, options, is_open, counts FROM event_poll WHERE tenant_id = $1 AND event_id = $2
             ORDER BY created_at DESC, id DESC",
            vec![self.tenant().into(), event_id.into()],
        )
        .await?;
        let votes: Vec<Chosen> = rows(
            db,
            "SELECT v.poll_id, v.choice, COUNT(*) AS votes FROM event_vote v JOIN event_poll p
             ON p.tenant_id = v.tenant_id AND p.id = v.poll_id WHERE v.tenant_id = $1 AND p.event_id = $2
             GROUP BY v.poll_id, v.choice",
            vec![self.tenant().into(), event_id.into()],
        )
        .await?;
        found
            .into_iter()
            .map(|poll| {
                let options: Vec<String> = from_json(&poll.options)?;
                let kept: Option<Vec<u32>> = poll.counts.as_deref().map(from_json).transpose()?;
                let of = |choice: usize| {
                    if let Some(kept) = &kept {
                        return kept.get(choice).copied().unwrap_or(0);
                    }
                    let mut own = votes.iter().filter(|one| one.poll_id == poll.id);
                    own.find(|one| one.choice == choice as i64)
                        .map_or(0, |one| one.votes as u32)
                };
                let options = options.into_iter().enumerate().map(|(at, text)| (text, of(at)));
                Ok(Poll {
                    options: options.collect(),
                    id: poll.id.clone(),
                    event_id: poll.event_id,
                    question: poll.question,
                    is_open: poll.is_open,
                })
            })
            .collect()
    }

    /// An account's votes at an event: the poll, and the option's place.
    pub async fn votes_of(&self, event_id: &str, account_id: &str) -> Result<Vec<(Id, u32)>, StoreError> {
        let found: Vec<Chosen> = rows(
            &self.read,
            "SELECT v.poll_id, v.choice, CAST(1 AS BIGINT) AS votes FROM event_vote v JOIN event_poll p
             ON p.tenant_id = v.tenant_id AND p.id = v.poll_id
             WHERE v.tenant_id = $1 AND p.event_id = $2 AND v.account_id = $3 ORDER BY v.poll_id",
            vec![self.tenant().into(), event_id.into(), account_id.into()],
        )
        .await?;
        Ok(found.into_iter().map(|one| (one.poll_id, one.choice as u32)).collect())
    }

    /// Whether there is room for one more of something.
    pub(super) async fn room_for(
        &self,
        tx: &DatabaseTransaction,
        count: &str,
        event_id: &str,
        most: u32,
    ) -> Result<(), EventError> {
        let there = number(tx, count, vec![self.tenant().into(), event_id.into()]).await?;
        if there < i64::from(most) {
            Ok(())
        } else {
            Err(EventError::Limit)
        }
    }
}
