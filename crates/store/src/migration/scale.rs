//! Step 6: indexes that keep lists, lanes and searches as quick in a big district as in a small one.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0006_scale"
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
        if db.get_database_backend() == DbBackend::Sqlite {
            for statement in SQLITE {
                db.execute_unprepared(statement).await?;
            }
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// The conditions are those of the lanes, word for word: only then does an engine see that a partial index answers.
const STEPS: &[&str] = &[
    // Open letters by the day that counts; those at an end, which are most, are not in it.
    "DROP INDEX message_due",
    "CREATE INDEX message_open ON message (tenant_id, sort_due, id, station_id, state, paused)
        WHERE NOT (state IN ('closed', 'declined', 'referred', 'merged', 'withdrawn', 'archived'))",
    "CREATE INDEX message_ended ON message (tenant_id, updated_at, id, station_id)
        WHERE state IN ('closed', 'declined', 'referred', 'merged', 'withdrawn', 'archived')",
    "CREATE INDEX message_urgent ON message (tenant_id, sort_due, id, station_id, state, paused)
        WHERE urgency <> 'normal' AND NOT (state IN ('closed', 'declined', 'referred', 'merged', 'withdrawn', 'archived'))",
    "CREATE INDEX message_returned ON message (tenant_id, sort_due, id, station_id, state, paused)
        WHERE (in_return = TRUE OR state = 'arbitration')",
    "CREATE INDEX message_to_publish ON message (tenant_id, sort_due, id, station_id, state, paused) WHERE to_publish = TRUE",
    "DROP INDEX message_extension",
    "CREATE INDEX message_extension ON message (tenant_id, in_extension, sort_due, id, station_id, state, paused)
        WHERE in_extension = TRUE",
    // Whom a notice concerns: staff are few among many residents.
    "CREATE INDEX account_unit ON account (tenant_id, unit_id) WHERE unit_id IS NOT NULL",
    "CREATE INDEX account_deputy ON account (tenant_id, deputy_id) WHERE deputy_id IS NOT NULL",
    "CREATE INDEX account_office ON account (tenant_id, role, station_id)",
    // The copies answered last, and those beside a deputy or a station.
    "CREATE INDEX publication_answered ON publication (tenant_id, COALESCE(answered_at, published_at), message_id)
        WHERE hidden = FALSE",
];

/// Public copies get an index of their own, so that searching them does not pass over every private letter. Its row ids
/// grow with the time of publishing: the newest are found first, and a search can stop when a page is full.
const SQLITE: &[&str] = &[
    "CREATE VIRTUAL TABLE search_public USING fts5(terms, content='', contentless_delete=1,
        tokenize=\"unicode61 remove_diacritics 0\")",
    "INSERT INTO search_public (rowid, terms) SELECT d.doc, p.search_terms FROM search_doc d
        JOIN publication p ON p.tenant_id = d.tenant_id AND p.message_id = d.ref_id
        WHERE d.kind = 'publication' ORDER BY d.doc",
    "DELETE FROM search_index WHERE rowid IN (SELECT doc FROM search_doc WHERE kind = 'publication')",
    "DROP TRIGGER publication_search_insert",
    "DROP TRIGGER publication_search_update",
    "DROP TRIGGER publication_search_delete",
    "CREATE TRIGGER publication_search_insert AFTER INSERT ON publication BEGIN
        INSERT INTO search_doc (tenant_id, kind, ref_id) VALUES (new.tenant_id, 'publication', new.message_id);
        INSERT INTO search_public (rowid, terms) VALUES (last_insert_rowid(), new.search_terms);
    END",
    "CREATE TRIGGER publication_search_update AFTER UPDATE OF search_terms ON publication
        WHEN new.search_terms <> old.search_terms BEGIN
        UPDATE search_public SET terms = new.search_terms WHERE rowid =
            (SELECT doc FROM search_doc
             WHERE tenant_id = new.tenant_id AND kind = 'publication' AND ref_id = new.message_id);
    END",
    "CREATE TRIGGER publication_search_delete AFTER DELETE ON publication BEGIN
        DELETE FROM search_public WHERE rowid =
            (SELECT doc FROM search_doc
             WHERE tenant_id = old.tenant_id AND kind = 'publication' AND ref_id = old.message_id);
        DELETE FROM search_doc
            WHERE tenant_id = old.tenant_id AND kind = 'publication' AND ref_id = old.message_id;
    END",
];
