//! Throw-away databases for tests, here and in the server: one body, both engines.
//!
//! ```ignore
//! liaison_store::db_test!(
//!     async fn a_letter_is_kept(store: TestStore) {
//!         …
//!     }
//! );
//! ```
//! makes the tests `a_letter_is_kept::sqlite` and `a_letter_is_kept::postgres`. The PostgreSQL cluster is started once,
//! by the first test that wants one, and goes with the test process, however that ends.

mod bare;
mod cluster;

pub use bare::{bare_insert, bare_table};

use crate::{Store, new_id};
use sea_orm::{ConnectionTrait as _, Database};
use std::ops::Deref;
use tempfile::TempDir;

/// An empty, migrated database that is gone when the test is.
#[derive(Debug)]
pub struct TestStore {
    pub store: Store,
    /// Its address, for a server under test.
    pub url: String,
    _dir: Option<TempDir>,
}

impl Deref for TestStore {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

impl TestStore {
    /// A store somebody else made and keeps.
    pub const fn of(store: Store, url: String) -> Self {
        Self { store, url, _dir: None }
    }

    /// Runs SQL past the store: for tests that play the vandal. Returns the rows it touched.
    ///
    /// # Errors
    /// What the database said.
    pub async fn vandalise(&self, sql: &str) -> Result<u64, String> {
        let done = self.store.writer().execute_unprepared(sql).await;
        self.store.tell(&[]);
        done.map(|done| done.rows_affected()).map_err(|error| error.to_string())
    }
}

impl TestStore {
    /// The first value of a query past the store, as text; on the connection that writes.
    ///
    /// # Errors
    /// What the database said; also for a value that is no text.
    pub async fn ask(&self, sql: &str) -> Result<String, String> {
        let all = self.ask_all(sql).await?;
        all.into_iter().next().ok_or_else(|| "no row".to_owned())
    }

    /// The first value of each row.
    ///
    /// # Errors
    /// As [`Self::ask`].
    pub async fn ask_all(&self, sql: &str) -> Result<Vec<String>, String> {
        let rows = crate::sql::strings(self.store.writer(), sql, vec![]).await;
        rows.map_err(|error| error.to_string())
    }
}

/// A fresh SQLite file.
///
/// # Panics
/// When it cannot be made: the test cannot go on.
pub async fn sqlite() -> TestStore {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let url = format!("sqlite:{}", dir.path().join("liaison.db").display());
    let store = Store::connect(&url).await.expect("a fresh SQLite file opens");
    store.migrate().await.expect("migrations run from empty");
    TestStore {
        store,
        url,
        _dir: Some(dir),
    }
}

/// A fresh database in the throw-away PostgreSQL cluster.
///
/// # Panics
/// When PostgreSQL is not installed or does not start: the test cannot go on.
pub async fn postgres() -> TestStore {
    let cluster = cluster::running().await;
    let name = format!("t{}", new_id().replace('-', ""));
    let admin = Database::connect(cluster.url("postgres"))
        .await
        .expect("the cluster answers");
    let create = format!("CREATE DATABASE {name} TEMPLATE {}", cluster::TEMPLATE);
    admin
        .execute_unprepared(&create)
        .await
        .expect("a database is made from the template");
    admin.close().await.expect("the administration's connection closes");
    let url = cluster.url(&name);
    let store = Store::connect(&url).await.expect("a fresh database opens");
    TestStore { store, url, _dir: None }
}

/// A database in the cluster without any table: for tests of migrations.
///
/// # Panics
/// As [`postgres`].
pub async fn postgres_empty() -> TestStore {
    let store = postgres().await;
    store
        .vandalise("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        .await
        .expect("the schema goes");
    store
}

/// A SQLite file without any table: for tests of migrations.
///
/// # Panics
/// As [`sqlite`].
pub async fn sqlite_empty() -> TestStore {
    let dir = tempfile::tempdir().expect("a temporary directory");
    let url = format!("sqlite:{}", dir.path().join("empty.db").display());
    let store = Store::connect(&url).await.expect("a fresh SQLite file opens");
    TestStore {
        store,
        url,
        _dir: Some(dir),
    }
}

/// One test body for both engines: makes a module with the tests `sqlite` and `postgres`.
#[macro_export]
macro_rules! db_test {
    ($(#[$meta:meta])* async fn $name:ident($store:ident: TestStore) $body:block) => {
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            async fn body($store: $crate::testing::TestStore) $body

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread")]
            async fn sqlite() {
                body($crate::testing::sqlite().await).await;
            }

            $(#[$meta])*
            #[tokio::test(flavor = "multi_thread")]
            async fn postgres() {
                body($crate::testing::postgres().await).await;
            }
        }
    };
}
