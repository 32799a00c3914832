//! Step 4: the jobs that run by themselves, and when a letter next reminds somebody.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0004_jobs"
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
    // Whoever sets `leased_by` runs the job until `leased_until`. `progress`: how far a job is that takes several runs.
    "CREATE TABLE job (
        tenant_id TEXT NOT NULL REFERENCES tenant (id), name TEXT NOT NULL, next_at BIGINT NOT NULL, leased_by TEXT,
        leased_until BIGINT, last_begun_at BIGINT, last_done_at BIGINT, last_error TEXT, runs BIGINT NOT NULL,
        progress TEXT, PRIMARY KEY (tenant_id, name))",
    "ALTER TABLE message ADD COLUMN remind_at BIGINT",
    "CREATE INDEX message_remind ON message (tenant_id, remind_at, id) WHERE remind_at IS NOT NULL",
    // Letters that are there already are looked at once.
    "UPDATE message SET remind_at = 0",
];
