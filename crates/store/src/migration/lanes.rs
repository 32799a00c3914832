//! Step 8: indexes that hold what a lane shows, by station and state, and nothing of what is at an end.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0007_lanes"
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
        if db.get_database_backend() == DbBackend::Postgres {
            db.execute_unprepared(POSTGRES).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// The conditions are those of the lanes, word for word: only then does an engine see that a partial index answers.
const STEPS: &[&str] = &[
    // Most letters are at an end, and no lane by state shows them.
    "DROP INDEX message_state",
    "CREATE INDEX message_state ON message (tenant_id, state, sort_due, id, paused, appealed)
        WHERE NOT (state IN ('closed', 'declined', 'referred', 'merged', 'withdrawn', 'archived'))",
    "DROP INDEX message_station",
    "CREATE INDEX message_station ON message (tenant_id, station_id, state, sort_due, id, paused, appealed)
        WHERE NOT (state IN ('closed', 'declined', 'referred', 'merged', 'withdrawn', 'archived'))",
    // The two above know each state's rows by their day.
    "DROP INDEX message_open",
    "CREATE INDEX message_ended_station ON message (tenant_id, station_id, updated_at, id)
        WHERE state IN ('closed', 'declined', 'referred', 'merged', 'withdrawn', 'archived')",
    "CREATE INDEX message_to_publish_station ON message (tenant_id, station_id, sort_due, id, state, paused)
        WHERE to_publish = TRUE",
    "DROP INDEX message_silent",
    "CREATE INDEX message_silent ON message (tenant_id, silent_at, id, station_id, sort_due, state, paused)
        WHERE silent_at IS NOT NULL",
];

/// PostgreSQL counts in an index alone only where it knows that the rows are there for everybody, and learns that when it
/// cleans up. By itself it waits until a fifth of all letters changed; those on the desks, which change, are fewer.
const POSTGRES: &str = "ALTER TABLE message SET (autovacuum_vacuum_scale_factor = 0.01)";
