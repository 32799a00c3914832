//! Step 16: a question may belong to nobody any more, a poll keeps its result without its votes, and an event knows which
//! beginning people were reminded of, what changed for the desk alone, and when it lost whose words were said there.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0016_event_texts"
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

/// SQLite takes no constraint off a column: the table is made anew, and those that point at it with it.
const SQLITE: &[&str] = &[
    "CREATE TABLE event_question_anew (
        tenant_id TEXT NOT NULL, id TEXT NOT NULL, event_id TEXT NOT NULL, account_id TEXT, text TEXT NOT NULL,
        shown TEXT, name TEXT, asked_at BIGINT NOT NULL, state TEXT NOT NULL, hidden_reason TEXT, pinned_at BIGINT,
        votes BIGINT NOT NULL, answer TEXT, answer_kind TEXT, answer_by TEXT, answered_at BIGINT,
        answered_live BOOLEAN NOT NULL, message_id TEXT, version BIGINT NOT NULL, PRIMARY KEY (tenant_id, id),
        UNIQUE (tenant_id, message_id),
        FOREIGN KEY (tenant_id, event_id) REFERENCES event (tenant_id, id),
        FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id),
        FOREIGN KEY (tenant_id, message_id) REFERENCES message (tenant_id, id))",
    "INSERT INTO event_question_anew (tenant_id, id, event_id, account_id, text, shown, name, asked_at, state,
        hidden_reason, pinned_at, votes, answer, answer_kind, answer_by, answered_at, answered_live, message_id, version)
        SELECT tenant_id, id, event_id, account_id, text, shown, name, asked_at, state, hidden_reason, pinned_at, votes,
        answer, answer_kind, answer_by, answered_at, answered_live, message_id, version FROM event_question",
    "CREATE TABLE event_upvote_anew (
        tenant_id TEXT NOT NULL, question_id TEXT NOT NULL, account_id TEXT NOT NULL, at BIGINT NOT NULL,
        PRIMARY KEY (tenant_id, question_id, account_id),
        FOREIGN KEY (tenant_id, question_id) REFERENCES event_question_anew (tenant_id, id),
        FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id))",
    "INSERT INTO event_upvote_anew (tenant_id, question_id, account_id, at)
        SELECT tenant_id, question_id, account_id, at FROM event_upvote",
    "CREATE TABLE event_resolution_anew (
        tenant_id TEXT NOT NULL, id TEXT NOT NULL, event_id TEXT NOT NULL, text TEXT NOT NULL, owner_kind TEXT NOT NULL,
        owner_id TEXT NOT NULL, due TEXT, state TEXT NOT NULL, note TEXT, question_id TEXT, message_id TEXT,
        created_at BIGINT NOT NULL, version BIGINT NOT NULL, PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, event_id) REFERENCES event (tenant_id, id),
        FOREIGN KEY (tenant_id, question_id) REFERENCES event_question_anew (tenant_id, id),
        FOREIGN KEY (tenant_id, message_id) REFERENCES message (tenant_id, id))",
    "INSERT INTO event_resolution_anew (tenant_id, id, event_id, text, owner_kind, owner_id, due, state, note, question_id,
        message_id, created_at, version)
        SELECT tenant_id, id, event_id, text, owner_kind, owner_id, due, state, note, question_id, message_id, created_at,
        version FROM event_resolution",
    "DROP TABLE event_resolution",
    "DROP TABLE event_upvote",
    "DROP TABLE event_question",
    "ALTER TABLE event_question_anew RENAME TO event_question",
    "ALTER TABLE event_upvote_anew RENAME TO event_upvote",
    "ALTER TABLE event_resolution_anew RENAME TO event_resolution",
    "CREATE INDEX event_question_event ON event_question (tenant_id, event_id, state, votes, asked_at)",
    "CREATE INDEX event_question_account ON event_question (tenant_id, account_id, event_id)",
    "CREATE INDEX event_upvote_account ON event_upvote (tenant_id, account_id)",
    "CREATE INDEX event_resolution_event ON event_resolution (tenant_id, event_id, created_at)",
    "CREATE INDEX event_resolution_question ON event_resolution (tenant_id, question_id)",
    "CREATE INDEX event_resolution_message ON event_resolution (tenant_id, message_id)",
];

const POSTGRES: &[&str] = &["ALTER TABLE event_question ALTER COLUMN account_id DROP NOT NULL"];

const BOTH: &[&str] = &[
    // The `starts_at` that people were reminded of.
    "ALTER TABLE event ADD COLUMN reminded_for BIGINT",
    "ALTER TABLE event ADD COLUMN forgotten_at BIGINT",
    // Raised by everything that `revision` is raised by, and by what only the desk may see.
    "ALTER TABLE event ADD COLUMN desk_revision BIGINT NOT NULL DEFAULT 1",
    // JSON list of how often each option was chosen, once the votes themselves are gone.
    "ALTER TABLE event_poll ADD COLUMN counts TEXT",
];
