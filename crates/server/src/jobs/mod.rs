//! What runs by itself. A job is a name, how often, and a function; the database sees to it that of several servers one
//! runs it at a time, that it goes on after a restart, and that what was missed comes at the next run.
//!
//! Time is the server's clock alone: tests move it and call [`Runner::run_due`].

mod archive;
mod bookings;
pub mod clock;
mod plan;
mod recalculate;
mod reminders;
mod restrictions;
mod speech;
mod sweep;

pub use sweep::CLIENT_ERRORS_DAYS;

use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::Millis;
use liaison_store::new_id;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;

/// How long a server may be silent at a job before another takes it over.
const LEASE: Millis = 2 * 60_000;

/// A job at work; tells how much it did.
pub type Working = Pin<Box<dyn Future<Output = ApiResult<u64>> + Send>>;

/// Something that runs by itself.
pub struct Job {
    /// Its key in the database and in `i18n`.
    pub name: &'static str,
    /// The shortest time between two runs; nothing is shorter than the server's tick.
    pub every: Duration,
    pub run: fn(Run) -> Working,
}

/// Every job. Another one is one more entry here and a name in the desk's words.
pub const JOBS: &[Job] = &[
    Job {
        name: "clock",
        every: Duration::ZERO,
        run: |run| Box::pin(clock::run(run)),
    },
    Job {
        name: "recalculate",
        every: Duration::ZERO,
        run: |run| Box::pin(recalculate::run(run)),
    },
    Job {
        name: "reminders",
        every: Duration::from_mins(1),
        run: |run| Box::pin(reminders::run(run)),
    },
    Job {
        name: "bookings",
        every: Duration::from_mins(1),
        run: |run| Box::pin(bookings::run(run)),
    },
    Job {
        name: "restrictions",
        every: Duration::from_mins(1),
        run: |run| Box::pin(restrictions::run(run)),
    },
    // What was told in the app goes out, or waits for its hour.
    Job {
        name: "tell",
        every: Duration::ZERO,
        run: |run| {
            Box::pin(async move {
                let sent = crate::notify::tell(&run.state).await?;
                Ok(sent as u64)
            })
        },
    },
    // Receptions a year ahead; at once when the calendar changed.
    Job {
        name: "plan",
        every: Duration::from_mins(1),
        run: |run| Box::pin(plan::run(run)),
    },
    Job {
        name: "speech",
        every: Duration::from_mins(1),
        run: |run| Box::pin(speech::run(run)),
    },
    Job {
        name: "archive",
        every: Duration::from_hours(24),
        run: |run| Box::pin(archive::run(run)),
    },
    Job {
        name: "sweep",
        every: Duration::from_mins(10),
        run: |run| Box::pin(sweep::run(run)),
    },
];

/// One run of a job: what it works with, and its hold on the lease.
#[derive(Clone)]
pub struct Run {
    pub state: AppState,
    name: &'static str,
    server: Arc<str>,
}

impl Run {
    /// Between two batches: keeps the lease.
    ///
    /// # Errors
    /// Another server took over meanwhile: stop.
    pub async fn keep(&self) -> ApiResult<()> {
        self.kept(None).await
    }

    /// The same, and remembers how far the job is.
    ///
    /// # Errors
    /// As [`Self::keep`].
    pub async fn keep_progress(&self, progress: &str) -> ApiResult<()> {
        self.kept(Some(progress)).await
    }

    async fn kept(&self, progress: Option<&str>) -> ApiResult<()> {
        let until = self.state.now() + LEASE;
        let store = &self.state.store;
        if store.keep_job(self.name, &self.server, until, progress).await? {
            Ok(())
        } else {
            Err(ApiError::Internal("another server took the job over".to_owned()))
        }
    }

    /// How far an earlier run came.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn progress(&self) -> ApiResult<Option<String>> {
        Ok(self.state.store.job_progress(self.name).await?)
    }
}

/// One server's hand at the jobs.
#[derive(Clone)]
pub struct Runner {
    state: AppState,
    /// Signs leases.
    server: Arc<str>,
}

impl Runner {
    /// A hand of its own, even on the same state.
    pub fn new(state: AppState) -> Self {
        Self {
            state,
            server: new_id().into(),
        }
    }

    /// Works until it is dropped: each job in a task of its own, so that a slow one holds up no other.
    pub async fn work(self) {
        let mut all = JoinSet::new();
        for job in JOBS {
            let runner = self.clone();
            all.spawn(async move {
                let mut ticks = tokio::time::interval(Duration::from_secs(runner.state.config.tick_seconds));
                ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
                loop {
                    ticks.tick().await;
                    if let Err(error) = runner.run_if_due(job).await {
                        tracing::error!(job = job.name, "{}", words(&error));
                    }
                }
            });
        }
        while all.join_next().await.is_some() {}
    }

    /// Gives every lease back, for a server that stops.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn let_go(&self) -> ApiResult<()> {
        Ok(self.state.store.let_jobs_go(&self.server).await?)
    }

    /// Runs every job that is due now, in their order, and tells how much each did.
    ///
    /// # Errors
    /// The first job's that failed; its words are kept in the database too.
    pub async fn run_due(&self) -> ApiResult<Vec<(&'static str, u64)>> {
        let mut ran = Vec::new();
        for job in JOBS {
            if let Some(done) = self.run_if_due(job).await? {
                ran.push((job.name, done));
            }
        }
        Ok(ran)
    }

    async fn run_if_due(&self, job: &'static Job) -> ApiResult<Option<u64>> {
        let (store, now) = (&self.state.store, self.state.now());
        match store.job(job.name).await? {
            Some(known) if !known.is_due(now) => return Ok(None),
            Some(_) => {}
            None => store.enter_job(job.name, now).await?,
        }
        if !store.lease_job(job.name, &self.server, now, now + LEASE).await? {
            return Ok(None);
        }
        let run = Run {
            state: self.state.clone(),
            name: job.name,
            server: Arc::clone(&self.server),
        };
        let outcome = alone((job.run)(run)).await;
        let ended = self.state.now();
        let next = ended + Millis::try_from(job.every.as_millis()).unwrap_or(Millis::MAX);
        let error = outcome.as_ref().err().map(words);
        store
            .end_job(job.name, &self.server, ended, next, error.as_deref())
            .await?;
        let done = outcome?;
        if done > 0 {
            tracing::info!(job = job.name, done, "by itself");
        }
        Ok(Some(done))
    }
}

/// A job that panics is a job that failed, not the end of all of them. It goes when its run goes.
async fn alone(working: Working) -> ApiResult<u64> {
    let mut task = JoinSet::new();
    task.spawn(working);
    match task.join_next().await {
        Some(Ok(outcome)) => outcome,
        _ => Err(ApiError::Internal("the job broke off".to_owned())),
    }
}

/// For the log and for the administration's list.
fn words(error: &ApiError) -> String {
    match error {
        ApiError::Internal(why) => why.clone(),
        error => error.code().to_owned(),
    }
}
