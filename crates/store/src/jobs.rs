//! Jobs that run by themselves: when each is due, who runs it now, how it went.
//!
//! Several servers share one row a job. Whoever takes the lease by one statement runs it; a server that dies loses it
//! when the lease ends. Times are the servers' clock, handed in.

use crate::sql::{execute, row, rows};
use crate::{Store, StoreError};
use liaison_domain::Millis;
use sea_orm::FromQueryResult;

/// Longest error text that is kept, in characters.
const ERROR: usize = 500;

/// A job as it stands.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct JobState {
    pub name: String,
    /// Not before.
    pub next_at: Millis,
    /// The server that runs it, or did when it died.
    pub leased_by: Option<String>,
    pub leased_until: Option<Millis>,
    pub last_begun_at: Option<Millis>,
    /// When it last ended well.
    pub last_done_at: Option<Millis>,
    /// What went wrong the last time; none since it went well.
    pub last_error: Option<String>,
    pub runs: i64,
}

impl JobState {
    /// A server is at it, as far as can be told.
    pub fn is_running(&self, now: Millis) -> bool {
        self.leased_until.is_some_and(|until| until > now)
    }

    /// It may be taken.
    pub fn is_due(&self, now: Millis) -> bool {
        self.next_at <= now && !self.is_running(now)
    }
}

impl Store {
    /// Every job that ever ran or waits, by name.
    pub async fn jobs(&self) -> Result<Vec<JobState>, StoreError> {
        rows(
            &self.read,
            "SELECT name, next_at, leased_by, leased_until, last_begun_at, last_done_at, last_error, runs FROM job
             WHERE tenant_id = $1 ORDER BY name",
            vec![self.tenant().into()],
        )
        .await
    }

    /// Enters a job that is not known yet; it is due at once.
    pub async fn enter_job(&self, name: &str, now: Millis) -> Result<(), StoreError> {
        execute(
            self.writer(),
            "INSERT INTO job (tenant_id, name, next_at, runs) VALUES ($1, $2, $3, 0)
             ON CONFLICT (tenant_id, name) DO NOTHING",
            vec![self.tenant().into(), name.into(), now.into()],
        )
        .await?;
        Ok(())
    }

    /// One job; a cheap look before [`Store::lease_job`].
    pub async fn job(&self, name: &str) -> Result<Option<JobState>, StoreError> {
        row(
            &self.read,
            "SELECT name, next_at, leased_by, leased_until, last_begun_at, last_done_at, last_error, runs FROM job
             WHERE tenant_id = $1 AND name = $2",
            vec![self.tenant().into(), name.into()],
        )
        .await
    }

    /// Takes a job that is due, until `until`. False: it is not due, or somebody else has it.
    pub async fn lease_job(&self, name: &str, by: &str, now: Millis, until: Millis) -> Result<bool, StoreError> {
        let taken = execute(
            self.writer(),
            "UPDATE job SET leased_by = $1, leased_until = $2, last_begun_at = $3
             WHERE tenant_id = $4 AND name = $5 AND next_at <= $3 AND (leased_until IS NULL OR leased_until <= $3)",
            vec![by.into(), until.into(), now.into(), self.tenant().into(), name.into()],
        )
        .await?;
        Ok(taken == 1)
    }

    /// Keeps the lease longer, and with some words the job's progress. False: the lease was lost; stop.
    pub async fn keep_job(
        &self,
        name: &str,
        by: &str,
        until: Millis,
        progress: Option<&str>,
    ) -> Result<bool, StoreError> {
        let kept = execute(
            self.writer(),
            "UPDATE job SET leased_until = $1, progress = COALESCE($2, progress)
             WHERE tenant_id = $3 AND name = $4 AND leased_by = $5",
            vec![
                until.into(),
                progress.map(str::to_owned).into(),
                self.tenant().into(),
                name.into(),
                by.into(),
            ],
        )
        .await?;
        Ok(kept == 1)
    }

    /// How far a job is, in its own words.
    pub async fn job_progress(&self, name: &str) -> Result<Option<String>, StoreError> {
        #[derive(FromQueryResult)]
        struct Progress {
            progress: Option<String>,
        }
        let found: Option<Progress> = row(
            &self.read,
            "SELECT progress FROM job WHERE tenant_id = $1 AND name = $2",
            vec![self.tenant().into(), name.into()],
        )
        .await?;
        Ok(found.and_then(|found| found.progress))
    }

    /// Gives the lease back: it went well, or not and why. It is due again at `next_at`.
    pub async fn end_job(
        &self,
        name: &str,
        by: &str,
        now: Millis,
        next_at: Millis,
        error: Option<&str>,
    ) -> Result<bool, StoreError> {
        let error = error.map(|text| text.chars().take(ERROR).collect::<String>());
        let ended = execute(
            self.writer(),
            "UPDATE job SET leased_by = NULL, leased_until = NULL, next_at = $1, runs = runs + 1, last_error = $2,
             last_done_at = CASE WHEN $2 IS NULL THEN $3 ELSE last_done_at END
             WHERE tenant_id = $4 AND name = $5 AND leased_by = $6",
            vec![
                next_at.into(),
                error.into(),
                now.into(),
                self.tenant().into(),
                name.into(),
                by.into(),
            ],
        )
        .await?;
        Ok(ended == 1)
    }

    /// Gives back whatever a server still holds when it is told to stop: the next one need not wait.
    pub async fn let_jobs_go(&self, by: &str) -> Result<(), StoreError> {
        execute(
            self.writer(),
            "UPDATE job SET leased_by = NULL, leased_until = NULL WHERE tenant_id = $1 AND leased_by = $2",
            vec![self.tenant().into(), by.into()],
        )
        .await?;
        Ok(())
    }
}
