//! Step 24: changed telephone numbers: what happened to an account, restrictions that follow to the new number, and messages
//! to the old one.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0024_numbers"
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
    // Rows are added; each hash covers the one before. `was` and `became`, masked numbers, are outside of the hash: they go
    // with their person.
    "CREATE TABLE account_event (
        tenant_id TEXT NOT NULL, account_id TEXT NOT NULL, seq BIGINT NOT NULL, at BIGINT NOT NULL, act TEXT NOT NULL,
        what TEXT NOT NULL, actor_id TEXT, was TEXT, became TEXT, hash TEXT NOT NULL,
        PRIMARY KEY (tenant_id, account_id, seq),
        FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id))",
    // Further numbers that a measure holds for, besides `restriction.phone_hash`.
    "CREATE TABLE restriction_number (
        tenant_id TEXT NOT NULL, restriction_id TEXT NOT NULL, phone_hash TEXT NOT NULL,
        PRIMARY KEY (tenant_id, restriction_id, phone_hash),
        FOREIGN KEY (tenant_id, restriction_id) REFERENCES restriction (tenant_id, id))",
    "CREATE INDEX restriction_number_phone ON restriction_number (tenant_id, phone_hash)",
    // Sealed, for a message to a number that is its person's no longer; none: where its person is told.
    "ALTER TABLE outbox ADD COLUMN to_enc TEXT",
];
