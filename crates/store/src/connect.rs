//! Opening a database, whichever engine its address names.

use crate::entity::tenant;
use crate::letters::Arrivals;
use crate::live::Signals;
use crate::migration::Migrator;
use crate::publications::Totals;
use crate::queues::KeptCounts;
use crate::{StoreError, sql};
use liaison_domain::Millis;
use sea_orm::sea_query::OnConflict;
use sea_orm::sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
use sea_orm::sqlx::{self, Executor as _};
use sea_orm::{
    ConnectOptions, ConnectionTrait as _, Database, DatabaseConnection, DatabaseTransaction, EntityTrait as _, Set,
    SqliteTransactionMode, TransactionOptions, TransactionTrait as _,
};
use sea_orm_migration::MigratorTrait as _;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

/// The district that [`Store::migrate`] creates and [`Store::connect`] starts with.
pub const DEFAULT_TENANT: &str = "00000000-0000-7000-8000-000000000001";

/// How long a write waits for its turn, and a request for a free connection.
const PATIENCE: Duration = Duration::from_secs(10);

/// A connection to PostgreSQL that was used within this time is not asked first whether it is still there: that is as
/// long a way as most questions. Each was asked when it came back.
const SURELY_THERE: Duration = Duration::from_secs(1);

/// Which database stands behind a [`Store`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Embedded, one file.
    Sqlite,
    /// A server of its own.
    Postgres,
}

/// One district's data. Cheap to clone; clones share their connections.
#[derive(Clone, Debug)]
pub struct Store {
    /// Where reads go.
    pub(crate) read: DatabaseConnection,
    /// Where writes go: on SQLite the one connection that writes, so that writers queue here instead of failing there.
    write: DatabaseConnection,
    pub(crate) tenant: Arc<str>,
    engine: Engine,
    /// Who waits for news; clones share it like the connections.
    pub(crate) signals: Signals,
    /// See [`Store::public_changes`].
    pub(crate) changes: Arc<AtomicU64>,
    /// Letters on their way in.
    pub(crate) arrivals: Arc<Arrivals>,
    /// Lengths of the public lists.
    pub(crate) totals: Arc<Totals>,
    /// Counts of the desks' lanes.
    pub(crate) counts: Arc<KeptCounts>,
}

impl Store {
    /// Opens `sqlite:PATH` (the file is created; `sqlite://PATH?…` works too) or `postgres://…`. Does not create tables:
    /// see [`Store::migrate`].
    ///
    /// # Errors
    /// [`StoreError::Address`] for another scheme, [`StoreError::Unavailable`] when nothing answers.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        let tenant = Arc::from(DEFAULT_TENANT);
        if url.starts_with("sqlite:") {
            let write = open(url, 1, false).await?;
            let read = open(url, 4, true).await?;
            Ok(Self {
                read,
                write,
                tenant,
                engine: Engine::Sqlite,
                signals: Signals::default(),
                changes: Arc::default(),
                arrivals: Arc::default(),
                totals: Arc::default(),
                counts: Arc::default(),
            })
        } else if is_postgres(url) {
            let both = open_postgres(url, 16, DURABLE).await?;
            Ok(Self {
                read: both.clone(),
                write: both,
                tenant,
                engine: Engine::Postgres,
                signals: Signals::default(),
                changes: Arc::default(),
                arrivals: Arc::default(),
                totals: Arc::default(),
                counts: Arc::default(),
            })
        } else {
            Err(StoreError::Address)
        }
    }

    /// The same for looking only: whatever tries to write is refused by the database itself, and nothing is created.
    ///
    /// # Errors
    /// As [`Store::connect`]; also when the file is not there.
    pub async fn connect_read_only(url: &str) -> Result<Self, StoreError> {
        let (read, engine) = if url.starts_with("sqlite:") {
            (open(url, 1, true).await?, Engine::Sqlite)
        } else if is_postgres(url) {
            (open_postgres(url, 2, LOOKING).await?, Engine::Postgres)
        } else {
            return Err(StoreError::Address);
        };
        Ok(Self {
            write: read.clone(),
            read,
            tenant: Arc::from(DEFAULT_TENANT),
            engine,
            signals: Signals::default(),
            changes: Arc::default(),
            arrivals: Arc::default(),
            totals: Arc::default(),
            counts: Arc::default(),
        })
    }

    /// The same connections for another district.
    #[must_use]
    pub fn for_tenant(&self, tenant_id: &str) -> Self {
        Self {
            tenant: Arc::from(tenant_id),
            ..self.clone()
        }
    }

    /// Which engine answers.
    pub const fn engine(&self) -> Engine {
        self.engine
    }

    /// Brings the schema up to date, from empty or from any released version, and makes sure the default district
    /// exists. Safe to run again, and by several servers at once.
    ///
    /// # Errors
    /// What the database refused; nothing of the failed step remains.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        if self.engine == Engine::Postgres {
            // Held until the transaction ends: a second server waits here and then finds nothing left to do.
            let turn = self.write.begin().await?;
            turn.execute_unprepared("SELECT pg_advisory_xact_lock(7021001)").await?;
            Migrator::up(&turn, None).await?;
            turn.commit().await?;
        } else {
            Migrator::up(&self.write, None).await?;
        }
        self.ensure_tenant(DEFAULT_TENANT, "default", "", "TH", 0).await?;
        self.look_at_sizes().await
    }

    /// Lets SQLite look how its tables have grown, within a moment however big they are: without that it takes every
    /// index for equally good, and one that begins with the district for as good as one that finds a single letter. New
    /// connections go by what was seen last. PostgreSQL does it by itself.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn look_at_sizes(&self) -> Result<(), StoreError> {
        if self.engine == Engine::Sqlite {
            self.write
                .execute_unprepared("PRAGMA analysis_limit = 400; ANALYZE")
                .await?;
        }
        Ok(())
    }

    /// Empties the database: every table goes and comes back new. For `--reset` of the demo.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn reset(&self) -> Result<(), StoreError> {
        match self.engine {
            Engine::Sqlite => {
                for table in sql::strings(&self.write, SQLITE_TABLES, vec![]).await? {
                    let drop = ["DROP TABLE IF EXISTS \"", &table, "\""].concat();
                    self.write.execute_unprepared(&drop).await?;
                }
            }
            Engine::Postgres => {
                self.write
                    .execute_unprepared("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
                    .await?;
            }
        }
        self.public_changed();
        self.migrate().await
    }

    /// Creates a district, or renames it. `number_prefix` begins its case numbers (`TH-2026-000001`).
    ///
    /// # Errors
    /// What the database refused.
    pub async fn ensure_tenant(
        &self,
        id: &str,
        code: &str,
        name: &str,
        number_prefix: &str,
        now: Millis,
    ) -> Result<(), StoreError> {
        let row = tenant::ActiveModel {
            id: Set(id.to_owned()),
            code: Set(code.to_owned()),
            name: Set(name.to_owned()),
            number_prefix: Set(number_prefix.to_owned()),
            created_at: Set(now),
        };
        let change = if name.is_empty() {
            // The start-up call knows no name; it must not take one away. Of two servers that start at once the second
            // meets the first one's row by whichever key it looks at first.
            OnConflict::new().do_nothing().to_owned()
        } else {
            OnConflict::column(tenant::Column::Id)
                .update_columns([tenant::Column::Code, tenant::Column::Name, tenant::Column::NumberPrefix])
                .to_owned()
        };
        tenant::Entity::insert(row)
            .on_conflict(change)
            .exec_without_returning(&self.write)
            .await?;
        self.for_tenant(id).share_shipped_templates(now).await
    }

    /// Whether the database answers (`GET /ready`).
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when it does not.
    pub async fn ping(&self) -> Result<(), StoreError> {
        Ok(self.read.ping().await?)
    }

    /// Closes the connections; SQLite folds its write-ahead log into the file.
    ///
    /// # Errors
    /// What the database refused.
    pub async fn close(self) -> Result<(), StoreError> {
        self.read.clone().close().await?;
        Ok(self.write.clone().close().await?)
    }

    /// A transaction that may write. On SQLite it takes the write lock at once, so that what it reads cannot change
    /// before it writes.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.write.begin_with_options(options).await?)
    }

    /// The first `n` columns of the first row as numbers. PostgreSQL plans the question under these settings, which are
    /// over with it: for where its own plan is known to be a bad one.
    pub(crate) async fn numbers_planned(
        &self,
        settings: &str,
        query: &sql::Query,
        n: usize,
    ) -> Result<Vec<i64>, StoreError> {
        if self.engine == Engine::Sqlite {
            return query.numbers(&self.read, n).await;
        }
        let tx = self.read.begin().await?;
        tx.execute_unprepared(settings).await?;
        let numbers = query.numbers(&tx, n).await?;
        tx.commit().await?;
        Ok(numbers)
    }

    /// A single write that needs no transaction of several statements.
    pub(crate) const fn writer(&self) -> &DatabaseConnection {
        &self.write
    }

    pub(crate) fn tenant(&self) -> String {
        self.tenant.as_ref().to_owned()
    }
}

/// A receipt once given is never lost, even where the server's own default would risk it; stricter settings stand.
const DURABLE: &str = "SELECT set_config('synchronous_commit', 'on', false)
    WHERE current_setting('synchronous_commit') = 'off'";

/// A connection that only looks.
const LOOKING: &str = "SET default_transaction_read_only = on";

fn is_postgres(url: &str) -> bool {
    url.starts_with("postgres:") || url.starts_with("postgresql:")
}

async fn open_postgres(url: &str, connections: u32, first: &'static str) -> Result<DatabaseConnection, StoreError> {
    let mut options = ConnectOptions::new(url);
    quiet(&mut options)
        .max_connections(connections)
        .set_application_name("liaison")
        .test_before_acquire_if_idle_for(SURELY_THERE)
        .map_sqlx_postgres_pool_opts(move |pool| {
            pool.after_connect(move |connection, _| {
                Box::pin(async move { connection.execute(sqlx::raw_sql(first)).await.map(|_| ()) })
            })
        });
    Ok(Database::connect(options).await?)
}

/// Memory of a connection that reads, in KiB as SQLite writes it. Its own default of 2 MiB holds a few letters only.
const READER_CACHE: &str = "-6144";
/// Of the one that writes: a letter touches every index, and what it touches should still be there for the next.
const WRITER_CACHE: &str = "-32768";
/// Pages of the log before they are written back: the same pages change again and again, and are written back once.
const CHECKPOINT: &str = "4000";

/// Virtual tables first (they take their shadow tables along), then children before parents by falling back on
/// creation order reversed.
const SQLITE_TABLES: &str = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
    AND name NOT LIKE 'search_index_%' AND name NOT LIKE 'search_public_%' ORDER BY sql LIKE 'CREATE VIRTUAL%' DESC, rowid DESC";

async fn open(url: &str, connections: u32, read_only: bool) -> Result<DatabaseConnection, StoreError> {
    let mut options = ConnectOptions::new(url);
    quiet(&mut options)
        .max_connections(connections)
        // It is in this process and does not go away.
        .test_before_acquire(false)
        .map_sqlx_sqlite_opts(move |sqlite| {
            sqlite
                .create_if_missing(!read_only)
                .read_only(read_only)
                .journal_mode(SqliteJournalMode::Wal)
                // A receipt once given is never lost, not even when the power goes.
                .synchronous(SqliteSynchronous::Full)
                .pragma("cache_size", if read_only { READER_CACHE } else { WRITER_CACHE })
                .pragma("wal_autocheckpoint", CHECKPOINT)
                .foreign_keys(true)
                .busy_timeout(PATIENCE)
        });
    Ok(Database::connect(options).await?)
}

/// Statements carry people's words and are never logged.
fn quiet(options: &mut ConnectOptions) -> &mut ConnectOptions {
    options
        .sqlx_logging(false)
        .record_stmt_in_spans(false)
        .acquire_timeout(PATIENCE)
        .connect_timeout(PATIENCE)
}
