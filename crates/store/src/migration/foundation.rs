//! Step 1: directory, people, letters with their log, projections, search.

use super::foundation_tables::{INDEXES, TABLES};
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0001_foundation"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    // The trait's own signature leaves the lifetime out, and an async trait must repeat it as it stands.
    #[allow(elided_lifetimes_in_paths)]
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        for table in TABLES {
            db.execute_unprepared(&create_table(table)).await?;
        }
        for index in INDEXES {
            db.execute_unprepared(index).await?;
        }
        let own = if db.get_database_backend() == DbBackend::Sqlite {
            SQLITE
        } else {
            POSTGRES
        };
        for statement in own {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }

    /// Half a schema helps nobody: a step is there as a whole or not at all.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn create_table((name, columns): &(&str, &str)) -> String {
    ["CREATE TABLE ", name, " (", columns, ")"].concat()
}

/// FTS5 needs integer row ids that survive VACUUM, so each searchable row gets one in `search_doc`.
const SQLITE: &[&str] = &[
    "CREATE TABLE search_doc (
        doc INTEGER PRIMARY KEY, tenant_id TEXT NOT NULL, kind TEXT NOT NULL, ref_id TEXT NOT NULL,
        UNIQUE (tenant_id, kind, ref_id))",
    "CREATE VIRTUAL TABLE search_index USING fts5(terms, content='', contentless_delete=1,
        tokenize=\"unicode61 remove_diacritics 0\")",
    "CREATE TRIGGER message_search_insert AFTER INSERT ON message BEGIN
        INSERT INTO search_doc (tenant_id, kind, ref_id) VALUES (new.tenant_id, 'message', new.id);
        INSERT INTO search_index (rowid, terms) VALUES (last_insert_rowid(), new.search_terms);
    END",
    "CREATE TRIGGER message_search_update AFTER UPDATE OF search_terms ON message
        WHEN new.search_terms <> old.search_terms BEGIN
        UPDATE search_index SET terms = new.search_terms WHERE rowid =
            (SELECT doc FROM search_doc WHERE tenant_id = new.tenant_id AND kind = 'message' AND ref_id = new.id);
    END",
    "CREATE TRIGGER publication_search_insert AFTER INSERT ON publication BEGIN
        INSERT INTO search_doc (tenant_id, kind, ref_id) VALUES (new.tenant_id, 'publication', new.message_id);
        INSERT INTO search_index (rowid, terms) VALUES (last_insert_rowid(), new.search_terms);
    END",
    "CREATE TRIGGER publication_search_update AFTER UPDATE OF search_terms ON publication
        WHEN new.search_terms <> old.search_terms BEGIN
        UPDATE search_index SET terms = new.search_terms WHERE rowid =
            (SELECT doc FROM search_doc
             WHERE tenant_id = new.tenant_id AND kind = 'publication' AND ref_id = new.message_id);
    END",
    "CREATE TRIGGER publication_search_delete AFTER DELETE ON publication BEGIN
        DELETE FROM search_index WHERE rowid =
            (SELECT doc FROM search_doc
             WHERE tenant_id = old.tenant_id AND kind = 'publication' AND ref_id = old.message_id);
        DELETE FROM search_doc
            WHERE tenant_id = old.tenant_id AND kind = 'publication' AND ref_id = old.message_id;
    END",
    "CREATE TRIGGER message_event_no_update BEFORE UPDATE ON message_event BEGIN
        SELECT RAISE(ABORT, 'message_event is append-only');
    END",
    "CREATE TRIGGER message_event_no_delete BEFORE DELETE ON message_event BEGIN
        SELECT RAISE(ABORT, 'message_event is append-only');
    END",
];

/// The terms are made in Rust and only split at spaces here: the server's locale and text parser play no part.
const POSTGRES: &[&str] = &[
    "CREATE FUNCTION liaison_terms(terms TEXT) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
        SELECT COALESCE(string_agg(quote_literal(t.word) || ':' || LEAST(t.at, 16383), ' '), '')::tsvector
        FROM unnest(string_to_array(terms, ' ')) WITH ORDINALITY AS t(word, at) WHERE t.word <> ''
    $$",
    "ALTER TABLE message ADD COLUMN search_vector tsvector GENERATED ALWAYS AS (liaison_terms(search_terms)) STORED",
    "ALTER TABLE publication ADD COLUMN search_vector tsvector
        GENERATED ALWAYS AS (liaison_terms(search_terms)) STORED",
    "CREATE INDEX message_search ON message USING GIN (search_vector)",
    "CREATE INDEX publication_search ON publication USING GIN (search_vector)",
    "CREATE FUNCTION message_event_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'message_event is append-only'; END $$",
    "CREATE TRIGGER message_event_no_change BEFORE UPDATE OR DELETE ON message_event
        FOR EACH ROW EXECUTE FUNCTION message_event_refuse()",
    "CREATE TRIGGER message_event_no_truncate BEFORE TRUNCATE ON message_event
        FOR EACH STATEMENT EXECUTE FUNCTION message_event_refuse()",
];
