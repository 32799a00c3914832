//! Step 19: recordings and videos beside the pictures, what is written down of them, and videos that are still coming.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0019_media"
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
    // `picture`, `voice` or `video`. One table: all of them are handed in, claimed, swept and forgotten alike.
    "ALTER TABLE upload ADD COLUMN kind TEXT NOT NULL DEFAULT 'picture'",
    // Milliseconds, where the file says it.
    "ALTER TABLE upload ADD COLUMN duration BIGINT",
    // How often a machine was asked to write it down.
    "ALTER TABLE upload ADD COLUMN speech_tries BIGINT NOT NULL DEFAULT 0",
    // Without it, every run of that job would look at every picture there is.
    "CREATE INDEX upload_voice ON upload (tenant_id, created_at, id) WHERE kind = 'voice' AND message_id IS NOT NULL",
    // Every version stays: what a machine heard, what a person made of it, who and when. The last one counts.
    "CREATE TABLE transcript (
        tenant_id TEXT NOT NULL, upload_id TEXT NOT NULL, version BIGINT NOT NULL, body TEXT NOT NULL,
        by_machine BOOLEAN NOT NULL, by_id TEXT, at BIGINT NOT NULL, PRIMARY KEY (tenant_id, upload_id, version),
        FOREIGN KEY (tenant_id, upload_id) REFERENCES upload (tenant_id, id),
        FOREIGN KEY (tenant_id, by_id) REFERENCES account (tenant_id, id))",
    // A file on its way, piece by piece: `received` of `size` bytes are here.
    "CREATE TABLE incoming (
        tenant_id TEXT NOT NULL REFERENCES tenant (id), id TEXT NOT NULL, token_hash TEXT NOT NULL, size BIGINT NOT NULL,
        received BIGINT NOT NULL, touched_at BIGINT NOT NULL, PRIMARY KEY (tenant_id, id))",
    "CREATE INDEX incoming_touched ON incoming (tenant_id, touched_at)",
    "CREATE TABLE incoming_part (
        tenant_id TEXT NOT NULL, incoming_id TEXT NOT NULL, at BIGINT NOT NULL, bytes BIGINT NOT NULL,
        PRIMARY KEY (tenant_id, incoming_id, at))",
];
