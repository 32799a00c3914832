//! Step 4: what an outgoing message says, and when an entry became part of one.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0004_outbox_text"
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
    // As it goes out: made when it was planned, without a word of a letter.
    "ALTER TABLE outbox ADD COLUMN body TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE notice ADD COLUMN told_at BIGINT",
    "CREATE INDEX notice_told ON notice (tenant_id, account_id, told_at) WHERE told_at IS NOT NULL",
    "CREATE INDEX outbox_state ON outbox (tenant_id, state, created_at)",
];
