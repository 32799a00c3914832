//! What goes: a draft that nobody needs, and of events long past whose words and choices were whose.

use super::EventError;
use crate::sql::{execute, rows, to_json};
use crate::{Store, StoreError};
use liaison_domain::events::EventState;
use liaison_domain::notify::Subject;
use liaison_domain::{Id, Millis};
use sea_orm::{DatabaseTransaction, FromQueryResult, Value};

/// An event that took place, or was to, a while ago.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct PastEvent {
    pub id: Id,
    pub ends_at: Millis,
}

impl Store {
    /// Deletes a draft, decided on the version that was read. What others may know of is cancelled and not deleted.
    ///
    /// # Errors
    /// [`EventError`].
    pub async fn delete_draft(&self, id: &str, version: i64) -> Result<(), EventError> {
        let tx = self.begin().await?;
        let done = self.delete_in(&tx, id, version).await;
        self.finish(tx, id, done.map(|()| ((), Vec::new()))).await
    }

    async fn delete_in(&self, tx: &DatabaseTransaction, id: &str, version: i64) -> Result<(), EventError> {
        let event = self.lock_event(tx, id).await?;
        event.is_at(version)?;
        if event.state != EventState::Draft {
            return Err(EventError::State);
        }
        for sql in [
            "DELETE FROM event_party WHERE tenant_id = $1 AND event_id = $2",
            "DELETE FROM event WHERE tenant_id = $1 AND id = $2",
        ] {
            execute(tx, sql, vec![self.tenant().into(), id.into()]).await?;
        }
        Ok(())
    }

    /// Events that were over before a moment and still know who said what, behind `after` in the order of ids.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn past_events(&self, before: Millis, after: &str, limit: u64) -> Result<Vec<PastEvent>, StoreError> {
        rows(
            &self.read,
            "SELECT id, ends_at FROM event WHERE tenant_id = $1 AND state <> 'draft' AND forgotten_at IS NULL
             AND ends_at < $2 AND id > $3 ORDER BY id LIMIT $4",
            vec![self.tenant().into(), before.into(), after.into(), (limit as i64).into()],
        )
        .await
    }

    /// Takes from an event whose words were whose: the authors and names of questions, what was covered for others, the words
    /// that nobody else was shown, who supported what, who voted how, who came, what was told of it. What everybody could read
    /// stays as it was: questions with their numbers of supporters, answers, results of polls, minutes, resolutions. A letter
    /// made of a question goes the way of letters.
    ///
    /// # Errors
    /// [`EventError`].
    pub async fn forget_event(&self, id: &str, now: Millis) -> Result<(), EventError> {
        let tx = self.begin().await?;
        let done = self.forget_in(&tx, id, now).await;
        self.finish(tx, id, done.map(|()| ((), Vec::new()))).await
    }

    async fn forget_in(&self, tx: &DatabaseTransaction, id: &str, now: Millis) -> Result<(), EventError> {
        self.lock_event(tx, id).await?;
        for poll in self.polls_in(tx, id).await? {
            let counts: Vec<u32> = poll.options.iter().map(|(_, votes)| *votes).collect();
            execute(
                tx,
                "UPDATE event_poll SET counts = $3 WHERE tenant_id = $1 AND id = $2",
                vec![self.tenant().into(), poll.id.into(), to_json(&counts)?.into()],
            )
            .await?;
        }
        let own = || -> Vec<Value> { vec![self.tenant().into(), id.into()] };
        for sql in [
            "UPDATE event_question SET text = CASE WHEN state IN ('pending', 'hidden') THEN '' ELSE COALESCE(shown, text) END,
             shown = NULL, name = NULL, account_id = NULL, version = version + 1 WHERE tenant_id = $1 AND event_id = $2",
            "DELETE FROM event_upvote WHERE tenant_id = $1 AND question_id IN
             (SELECT id FROM event_question WHERE tenant_id = $1 AND event_id = $2)",
            "DELETE FROM event_vote WHERE tenant_id = $1 AND poll_id IN
             (SELECT id FROM event_poll WHERE tenant_id = $1 AND event_id = $2)",
            "DELETE FROM event_registration WHERE tenant_id = $1 AND event_id = $2",
        ] {
            execute(tx, sql, own()).await?;
        }
        execute(
            tx,
            "DELETE FROM notice WHERE tenant_id = $1 AND subject = $2",
            vec![self.tenant().into(), Subject::Event(id.to_owned()).key().into()],
        )
        .await?;
        execute(
            tx,
            "UPDATE event SET forgotten_at = $3 WHERE tenant_id = $1 AND id = $2",
            vec![self.tenant().into(), id.into(), now.into()],
        )
        .await?;
        self.raise_event(tx, id).await?;
        Ok(())
    }
}
