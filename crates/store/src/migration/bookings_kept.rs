//! Step 14: where a rule's turns are counted from, when a reception last changed, which bookings have lost whose they
//! were.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0014_bookings"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // The trait's own signature leaves the lifetime out, and an async trait must repeat it as it stands.
    #[allow(elided_lifetimes_in_paths)]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(ANCHOR).await?;
        let first_days = match db.get_database_backend() {
            DbBackend::Sqlite => SQLITE,
            _ => POSTGRES,
        };
        db.execute_unprepared(first_days).await?;
        for statement in KEPT {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// `anchor`: the day the turns of a rule are counted from, whatever its first day becomes later.
const ANCHOR: &str = "ALTER TABLE schedule_rule ADD COLUMN anchor TEXT NOT NULL DEFAULT ''";

/// As turns were counted until now: from the rule's first day, or from the day it was made.
const SQLITE: &str = "UPDATE schedule_rule SET anchor = COALESCE(json_extract(rule, '$.valid_from'),
    date(created_at / 1000 + 28800, 'unixepoch'))";

const POSTGRES: &str = "UPDATE schedule_rule SET anchor = COALESCE(rule::json ->> 'valid_from',
    to_char(to_timestamp(created_at / 1000) AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD'))";

const KEPT: &[&str] = &[
    // When what others see of a reception was last made different.
    "ALTER TABLE reception_session ADD COLUMN changed_at BIGINT",
    "UPDATE reception_session SET changed_at = COALESCE(closed_at, cancelled_at, announced_at, created_at)",
    // `forgotten`: name, number, words and account are gone; what was when remains for the figures.
    "ALTER TABLE appointment ADD COLUMN forgotten BOOLEAN NOT NULL DEFAULT FALSE",
    "CREATE INDEX appointment_kept ON appointment (tenant_id, session_id) WHERE forgotten = FALSE",
    "CREATE INDEX notice_meeting ON notice (tenant_id, at) WHERE subject IS NOT NULL",
];
