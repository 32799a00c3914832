//! Step 21: what broke in browsers, accounts of other platforms, and the tokens those platforms give.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0021_wechat"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // The trait's own signature leaves the lifetime out, and an async trait must repeat it as it stands.
    #[allow(elided_lifetimes_in_paths)]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        for statement in STEPS {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const STEPS: &[&str] = &[
    // A count, no report: one row for everything alike on one day.
    "CREATE TABLE client_error (
        tenant_id TEXT NOT NULL, day TEXT NOT NULL, kind TEXT NOT NULL, build TEXT NOT NULL, host TEXT NOT NULL,
        system TEXT NOT NULL, route TEXT NOT NULL, message TEXT NOT NULL, times BIGINT NOT NULL,
        PRIMARY KEY (tenant_id, day, kind, build, host, system, route))",
    // `subject_hash`: who somebody is to the platform, as a hash under the station's key.
    "CREATE TABLE platform_account (
        tenant_id TEXT NOT NULL, provider TEXT NOT NULL, app_id TEXT NOT NULL, subject_hash TEXT NOT NULL,
        account_id TEXT NOT NULL, bound_at BIGINT NOT NULL, used_at BIGINT NOT NULL,
        PRIMARY KEY (tenant_id, provider, app_id, subject_hash),
        FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id))",
    "CREATE INDEX platform_account_owner ON platform_account (tenant_id, account_id)",
    // `value`: sealed under the station's key. `asked_until`: a server is asking for a new one until then.
    "CREATE TABLE platform_token (
        tenant_id TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, expires_at BIGINT NOT NULL,
        asked_until BIGINT NOT NULL, PRIMARY KEY (tenant_id, name))",
];
