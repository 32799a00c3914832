//! Step 20: letters that are not finished, kept for the browser they are written in.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0020_drafts"
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
    // `owner_hash`: of the token that the browser's cookie holds. `sealed`: words and choices under the server's key.
    "CREATE TABLE letter_draft (
        tenant_id TEXT NOT NULL, owner_hash TEXT NOT NULL, id TEXT NOT NULL, sealed TEXT NOT NULL,
        saved_at BIGINT NOT NULL, expires_at BIGINT NOT NULL,
        PRIMARY KEY (tenant_id, owner_hash, id))",
    "CREATE INDEX letter_draft_expiry ON letter_draft (tenant_id, expires_at)",
    // A picture of a draft waits as long as the draft does.
    "ALTER TABLE upload ADD COLUMN keep_until BIGINT NOT NULL DEFAULT 0",
];
