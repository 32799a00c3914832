//! What broke in browsers, counted by the day.

use crate::sql::{execute, rows};
use crate::{Store, StoreError};
use liaison_domain::client_error::ClientErrorKind;
use sea_orm::FromQueryResult;

/// Something that went wrong in a browser. Everything in it is already free of anything personal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientError {
    /// `YYYY-MM-DD`.
    pub day: String,
    pub kind: ClientErrorKind,
    pub build: String,
    pub host: &'static str,
    pub system: &'static str,
    pub route: String,
    pub message: String,
}

/// How often it did.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct ClientErrors {
    pub day: String,
    pub kind: String,
    pub build: String,
    pub host: String,
    pub system: String,
    pub route: String,
    /// Of the first that day.
    pub message: String,
    pub times: i64,
}

impl Store {
    /// Counts one more.
    pub async fn count_client_error(&self, error: &ClientError) -> Result<(), StoreError> {
        execute(
            self.writer(),
            "INSERT INTO client_error (tenant_id, day, kind, build, host, system, route, message, times)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1)
             ON CONFLICT (tenant_id, day, kind, build, host, system, route)
             DO UPDATE SET times = client_error.times + 1",
            vec![
                self.tenant().into(),
                error.day.as_str().into(),
                error.kind.code().into(),
                error.build.as_str().into(),
                error.host.into(),
                error.system.into(),
                error.route.as_str().into(),
                error.message.as_str().into(),
            ],
        )
        .await?;
        Ok(())
    }

    /// The newest days first, within a day the most frequent; at most so many.
    pub async fn client_errors(&self, most: u64) -> Result<Vec<ClientErrors>, StoreError> {
        rows(
            &self.read,
            "SELECT day, kind, build, host, system, route, message, times FROM client_error WHERE tenant_id = $1
             ORDER BY day DESC, times DESC, kind, build, host, system, route LIMIT $2",
            vec![self.tenant().into(), most.cast_signed().into()],
        )
        .await
    }

    /// Forgets days before this one; tells how many rows went.
    pub async fn sweep_client_errors(&self, before: &str) -> Result<u64, StoreError> {
        execute(
            self.writer(),
            "DELETE FROM client_error WHERE tenant_id = $1 AND day < $2",
            vec![self.tenant().into(), before.into()],
        )
        .await
    }
}
