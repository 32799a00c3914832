//! The least that a durable write costs here: what the store's own writes are compared with.

use crate::sql::execute;
use crate::{Store, StoreError};
use sea_orm::ConnectionTrait as _;

/// Makes the table that [`bare_insert`] writes to.
///
/// # Errors
/// What the database refused.
pub async fn bare_table(store: &Store) -> Result<(), StoreError> {
    store
        .writer()
        .execute_unprepared("CREATE TABLE IF NOT EXISTS bare (id TEXT PRIMARY KEY, words TEXT NOT NULL)")
        .await?;
    Ok(())
}

/// One row in a transaction of its own, over the same connections and as durable as a letter.
///
/// # Errors
/// What the database refused.
pub async fn bare_insert(store: &Store, id: &str, words: &str) -> Result<(), StoreError> {
    execute(
        store.writer(),
        "INSERT INTO bare (id, words) VALUES ($1, $2)",
        vec![id.into(), words.into()],
    )
    .await?;
    Ok(())
}
