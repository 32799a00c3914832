//! What can go wrong below the rules.

use sea_orm::{DbErr, RuntimeErr, sqlx};

/// A failure of the database or of its contents; never of a person. Its text is for logs, not for people: it may name
/// tables, but holds no values.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be reached or is overloaded: try again later (503).
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// No room is left on the database's disk (507).
    #[error("the database's disk is full")]
    Full,
    /// A row that must be unique or must exist does not fit: a defect, or a directory loaded in the wrong order.
    #[error("a row does not fit: {0}")]
    Constraint(String),
    /// A stored value that this version cannot read.
    #[error("stored data cannot be read: {0}")]
    Corrupt(String),
    /// The system's random source failed.
    #[error("no random numbers")]
    Randomness,
    /// The address is neither `sqlite:…` nor `postgres:…`.
    #[error("DATABASE_URL must begin with sqlite: or postgres:")]
    Address,
    /// Anything else the database refused.
    #[error("the database refused: {0}")]
    Refused(String),
}

impl StoreError {
    /// Trying again later can help.
    pub const fn is_temporary(&self) -> bool {
        matches!(self, Self::Unavailable(_) | Self::Full)
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        if let Some(kind) = error.sql_err() {
            return Self::Constraint(kind.to_string());
        }
        match &error {
            DbErr::ConnectionAcquire(_) => Self::Unavailable("no free connection".into()),
            DbErr::Conn(RuntimeErr::SqlxError(e))
            | DbErr::Exec(RuntimeErr::SqlxError(e))
            | DbErr::Query(RuntimeErr::SqlxError(e)) => of_driver(e),
            DbErr::Type(_) | DbErr::Json(_) => Self::Corrupt(error.to_string()),
            _ => Self::Refused(error.to_string()),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(error: serde_json::Error) -> Self {
        Self::Corrupt(error.to_string())
    }
}

fn of_driver(error: &sqlx::Error) -> StoreError {
    match error {
        sqlx::Error::Database(e) => match e.code().as_deref() {
            // SQLITE_FULL; PostgreSQL disk_full.
            Some("13" | "53100") => StoreError::Full,
            // SQLITE_BUSY and its kinds; PostgreSQL: shutting down, starting, too many clients, deadlock.
            Some("5" | "261" | "517" | "57P01" | "57P02" | "57P03" | "53300" | "40P01" | "40001") => {
                StoreError::Unavailable(e.message().to_owned())
            }
            _ => StoreError::Refused(e.message().to_owned()),
        },
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
            StoreError::Unavailable(error.to_string())
        }
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => StoreError::Corrupt(error.to_string()),
        _ => StoreError::Refused(error.to_string()),
    }
}
