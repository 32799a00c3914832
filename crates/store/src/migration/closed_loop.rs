//! Step 2: what the closed loop asks about letters and tasks, and the texts and lists a station keeps itself.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0002_closed_loop"
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

/// One change a statement: SQLite takes no more at once.
const STEPS: &[&str] = &[
    // From when on the resident has read nothing for too long.
    "ALTER TABLE message ADD COLUMN silent_at BIGINT",
    // Until when a question about the answer gets its words.
    "ALTER TABLE message ADD COLUMN follow_up_due BIGINT",
    // A unit asks for more time; `in_return` is for returns alone from now on.
    "ALTER TABLE message ADD COLUMN in_extension BOOLEAN NOT NULL DEFAULT FALSE",
    // The unit with the lead task, for filters.
    "ALTER TABLE message ADD COLUMN unit_id TEXT",
    // The clerk who filed it for a resident.
    "ALTER TABLE message ADD COLUMN filed_by TEXT",
    "ALTER TABLE message ADD COLUMN filed_via TEXT",
    // Digest of the words without blanks, for waves of the same letter.
    "ALTER TABLE message ADD COLUMN words_key TEXT",
    "ALTER TABLE assignment ADD COLUMN delegate_id TEXT",
    "ALTER TABLE unit_responsibility ADD COLUMN basis TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE org_unit ADD COLUMN level TEXT NOT NULL DEFAULT 'district'",
    // A deputy's rating of how a matter was handled, beside the resident's.
    "ALTER TABLE reply ADD COLUMN deputy_rating TEXT",
    "ALTER TABLE reply ADD COLUMN deputy_rated_at BIGINT",
    "CREATE INDEX message_silent ON message (tenant_id, silent_at) WHERE silent_at IS NOT NULL",
    "CREATE INDEX message_follow_up ON message (tenant_id, follow_up_due) WHERE follow_up_due IS NOT NULL",
    "CREATE INDEX message_extension ON message (tenant_id, sort_due) WHERE in_extension = TRUE",
    "CREATE INDEX message_words ON message (tenant_id, words_key, submitted_at)",
    "CREATE INDEX message_unit ON message (tenant_id, unit_id, state)",
    "CREATE INDEX assignment_delegate ON assignment (tenant_id, delegate_id) WHERE delegate_id IS NOT NULL",
    "CREATE INDEX reply_unit ON reply (tenant_id, by_id, released_at)",
    // Limits that differ from the configuration's; an empty category means the whole district.
    "CREATE TABLE limit_override (
        tenant_id TEXT NOT NULL REFERENCES tenant (id), category_id TEXT NOT NULL, name TEXT NOT NULL,
        value TEXT NOT NULL, changed_at BIGINT NOT NULL, changed_by TEXT, PRIMARY KEY (tenant_id, category_id, name))",
    // Reasons to decline or to keep closed, and doors outside. `kind`: decline, keep_closed, channel.
    "CREATE TABLE reason (
        tenant_id TEXT NOT NULL REFERENCES tenant (id), kind TEXT NOT NULL, code TEXT NOT NULL, text TEXT NOT NULL,
        way_out TEXT NOT NULL, active BOOLEAN NOT NULL, sort BIGINT NOT NULL, PRIMARY KEY (tenant_id, kind, code))",
    // A unit's own texts to begin a reply with; without a unit they are everybody's.
    "CREATE TABLE reply_template (
        tenant_id TEXT NOT NULL REFERENCES tenant (id), id TEXT NOT NULL, unit_id TEXT, category_id TEXT,
        name TEXT NOT NULL, parts TEXT NOT NULL, updated_at BIGINT NOT NULL, PRIMARY KEY (tenant_id, id))",
    "CREATE INDEX reply_template_unit ON reply_template (tenant_id, unit_id, name)",
    "CREATE TABLE saved_filter (
        tenant_id TEXT NOT NULL, id TEXT NOT NULL, account_id TEXT NOT NULL, name TEXT NOT NULL, query TEXT NOT NULL,
        created_at BIGINT NOT NULL, PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id))",
    "CREATE INDEX saved_filter_account ON saved_filter (tenant_id, account_id, name)",
    // A letter drawn by lot whose author the office calls (督办回访).
    "CREATE TABLE call_back (
        tenant_id TEXT NOT NULL, id TEXT NOT NULL, message_id TEXT NOT NULL, drawn_at BIGINT NOT NULL,
        drawn_by TEXT NOT NULL, outcome TEXT, note TEXT, called_at BIGINT, called_by TEXT,
        PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, message_id),
        FOREIGN KEY (tenant_id, message_id) REFERENCES message (tenant_id, id))",
    "CREATE INDEX call_back_drawn ON call_back (tenant_id, drawn_at, id)",
];
