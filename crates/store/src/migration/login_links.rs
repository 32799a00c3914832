//! Step 5: links that log somebody in once.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0005_login_links"
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
    // `made_by`: the account that had it made by hand; none when the server made it for a message that goes out.
    "CREATE TABLE login_link (
        tenant_id TEXT NOT NULL, token_hash TEXT NOT NULL, account_id TEXT NOT NULL, path TEXT NOT NULL,
        made_by TEXT, created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, used_at BIGINT,
        PRIMARY KEY (tenant_id, token_hash),
        FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id))",
    "CREATE INDEX login_link_account ON login_link (tenant_id, account_id)",
    "CREATE INDEX login_link_expiry ON login_link (tenant_id, expires_at)",
];
