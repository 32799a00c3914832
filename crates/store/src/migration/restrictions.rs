//! Step 17: restrictions of people who misuse the station, and what came through the urgent channel.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0017_restrictions"
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
    // `phone_hash`: the account may lose its number and another one get it. `ends_at` of a warning: when nothing more can
    // come of it.
    "CREATE TABLE restriction (
        tenant_id TEXT NOT NULL, id TEXT NOT NULL, account_id TEXT NOT NULL, phone_hash TEXT, station_id TEXT NOT NULL,
        ground TEXT NOT NULL, step TEXT NOT NULL, days BIGINT, state TEXT NOT NULL, reason TEXT NOT NULL,
        proposed_by TEXT NOT NULL, proposed_at BIGINT NOT NULL, decided_by TEXT, decided_at BIGINT, decision TEXT,
        starts_at BIGINT, ends_at BIGINT, appeal_until BIGINT, ended_by TEXT, ended_at BIGINT, ended_reason TEXT,
        appeal_text TEXT, appealed_at BIGINT, appeal_due BIGINT, appeal_by TEXT, appeal_at BIGINT, appeal_won BOOLEAN,
        appeal_words TEXT, version BIGINT NOT NULL,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id),
        FOREIGN KEY (tenant_id, station_id) REFERENCES station (tenant_id, id))",
    // One proposal at a time about one person.
    "CREATE UNIQUE INDEX restriction_proposed ON restriction (tenant_id, account_id) WHERE state = 'proposed'",
    "CREATE INDEX restriction_account ON restriction (tenant_id, account_id)",
    "CREATE INDEX restriction_phone ON restriction (tenant_id, phone_hash) WHERE phone_hash IS NOT NULL",
    "CREATE INDEX restriction_ends ON restriction (tenant_id, ends_at) WHERE state = 'in_force'",
    "CREATE TABLE restriction_letter (
        tenant_id TEXT NOT NULL, restriction_id TEXT NOT NULL, message_id TEXT NOT NULL,
        PRIMARY KEY (tenant_id, restriction_id, message_id),
        FOREIGN KEY (tenant_id, restriction_id) REFERENCES restriction (tenant_id, id),
        FOREIGN KEY (tenant_id, message_id) REFERENCES message (tenant_id, id))",
    // Rows are added, never changed; each hash covers the one before.
    "CREATE TABLE restriction_event (
        tenant_id TEXT NOT NULL, restriction_id TEXT NOT NULL, seq BIGINT NOT NULL, at BIGINT NOT NULL, act TEXT NOT NULL,
        actor_id TEXT, words TEXT NOT NULL, hash TEXT NOT NULL,
        PRIMARY KEY (tenant_id, restriction_id, seq),
        FOREIGN KEY (tenant_id, restriction_id) REFERENCES restriction (tenant_id, id))",
    // `restriction_id`: the sender was restricted then.
    "CREATE TABLE urgent_letter (
        tenant_id TEXT NOT NULL, message_id TEXT NOT NULL, kind TEXT NOT NULL, why TEXT NOT NULL, restriction_id TEXT,
        at BIGINT NOT NULL,
        PRIMARY KEY (tenant_id, message_id),
        FOREIGN KEY (tenant_id, message_id) REFERENCES message (tenant_id, id))",
];
