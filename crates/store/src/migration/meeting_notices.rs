//! Step 10: a notice may be about a booking or an event instead of a letter.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0010_meeting_notices"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // The trait's own signature leaves the lifetime out, and an async trait must repeat it as it stands.
    #[allow(elided_lifetimes_in_paths)]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let own = match db.get_database_backend() {
            DbBackend::Sqlite => SQLITE,
            _ => POSTGRES,
        };
        for statement in own.iter().chain(BOTH) {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

// `subject`: key of `liaison_domain::notify::Subject`, when there is no letter. `title`: what it is called, nothing private.
// `urgent`: the meeting was to be on the day it is told. `over_at`: from when on it is of no use outside the app.

/// SQLite takes no constraint off a column: the table is made anew. Nothing points at it.
const SQLITE: &[&str] = &[
    "CREATE TABLE notice_anew (
        tenant_id TEXT NOT NULL, id TEXT NOT NULL, account_id TEXT NOT NULL, message_id TEXT, kind TEXT NOT NULL,
        at BIGINT NOT NULL, read_at BIGINT, outside TEXT NOT NULL, once TEXT, told_at BIGINT, subject TEXT,
        title TEXT NOT NULL DEFAULT '', urgent BOOLEAN NOT NULL DEFAULT FALSE, over_at BIGINT,
        PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, account_id, once),
        CHECK ((message_id IS NULL) <> (subject IS NULL)),
        FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id),
        FOREIGN KEY (tenant_id, message_id) REFERENCES message (tenant_id, id))",
    "INSERT INTO notice_anew (tenant_id, id, account_id, message_id, kind, at, read_at, outside, once, told_at)
        SELECT tenant_id, id, account_id, message_id, kind, at, read_at, outside, once, told_at FROM notice",
    "DROP TABLE notice",
    "ALTER TABLE notice_anew RENAME TO notice",
    "CREATE INDEX notice_inbox ON notice (tenant_id, account_id, at, id)",
    "CREATE INDEX notice_unread ON notice (tenant_id, account_id) WHERE read_at IS NULL",
    "CREATE INDEX notice_outside ON notice (tenant_id, account_id, at) WHERE outside = 'open'",
    "CREATE INDEX notice_message ON notice (tenant_id, message_id)",
    "CREATE INDEX notice_told ON notice (tenant_id, account_id, told_at) WHERE told_at IS NOT NULL",
];

const POSTGRES: &[&str] = &[
    "ALTER TABLE notice ALTER COLUMN message_id DROP NOT NULL",
    "ALTER TABLE notice ADD COLUMN subject TEXT",
    "ALTER TABLE notice ADD COLUMN title TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE notice ADD COLUMN urgent BOOLEAN NOT NULL DEFAULT FALSE",
    "ALTER TABLE notice ADD COLUMN over_at BIGINT",
    "ALTER TABLE notice ADD CONSTRAINT notice_about CHECK ((message_id IS NULL) <> (subject IS NULL))",
];

const BOTH: &[&str] = &["CREATE INDEX notice_subject ON notice (tenant_id, subject) WHERE subject IS NOT NULL"];
