//! Step 8: receptions. Rules, the days they give, who receives, who booked, and what was talked about.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0008_receptions"
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
        let own = match db.get_database_backend() {
            DbBackend::Sqlite => SQLITE,
            _ => POSTGRES,
        };
        for statement in own {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

const STEPS: &[&str] = &[
    // `rule`: JSON of `liaison_domain::schedule::Rule`. `deputies`: JSON, who takes turns, `each` of them a time; empty:
    // named for each reception by itself. `seats`: talks at the same time when no deputy is named.
    "CREATE TABLE schedule_rule (
        tenant_id TEXT NOT NULL REFERENCES tenant (id), id TEXT NOT NULL, station_id TEXT NOT NULL, title TEXT NOT NULL,
        kind TEXT NOT NULL, place TEXT NOT NULL, rule TEXT NOT NULL, deputies TEXT NOT NULL, each BIGINT NOT NULL,
        slot_minutes BIGINT NOT NULL, seats BIGINT NOT NULL, modes TEXT NOT NULL, active BOOLEAN NOT NULL,
        version BIGINT NOT NULL, created_at BIGINT NOT NULL, planned_until TEXT, PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, station_id) REFERENCES station (tenant_id, id))",
    // `rule_date`: the day as its rule names it, wherever it was moved: the same day never comes twice.
    "CREATE TABLE reception_session (
        tenant_id TEXT NOT NULL REFERENCES tenant (id), id TEXT NOT NULL, rule_id TEXT, rule_date TEXT,
        station_id TEXT NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL, topic TEXT NOT NULL, date TEXT NOT NULL,
        starts_at BIGINT NOT NULL, ends_at BIGINT NOT NULL, place TEXT NOT NULL, online_link TEXT,
        slot_minutes BIGINT NOT NULL, seats BIGINT NOT NULL, modes TEXT NOT NULL, state TEXT NOT NULL,
        notice TEXT NOT NULL, announced_at BIGINT, cancelled_at BIGINT, cancel_reason TEXT, closed_at BIGINT,
        edited BOOLEAN NOT NULL, version BIGINT NOT NULL, created_at BIGINT NOT NULL, PRIMARY KEY (tenant_id, id),
        UNIQUE (tenant_id, rule_id, rule_date),
        FOREIGN KEY (tenant_id, rule_id) REFERENCES schedule_rule (tenant_id, id),
        FOREIGN KEY (tenant_id, station_id) REFERENCES station (tenant_id, id))",
    "CREATE INDEX reception_session_time ON reception_session (tenant_id, starts_at, id)",
    "CREATE INDEX reception_session_station ON reception_session (tenant_id, station_id, starts_at)",
    // `instead_of`: the deputy whose place this one takes.
    "CREATE TABLE session_deputy (
        tenant_id TEXT NOT NULL, session_id TEXT NOT NULL, deputy_id TEXT NOT NULL, state TEXT NOT NULL,
        instead_of TEXT, reason TEXT, asked_at BIGINT, sort BIGINT NOT NULL,
        PRIMARY KEY (tenant_id, session_id, deputy_id),
        FOREIGN KEY (tenant_id, session_id) REFERENCES reception_session (tenant_id, id),
        FOREIGN KEY (tenant_id, deputy_id) REFERENCES deputy (tenant_id, id))",
    "CREATE INDEX session_deputy_deputy ON session_deputy (tenant_id, deputy_id, session_id)",
    // `deputy_id`: empty when the time is not one deputy's. Without an account: somebody without a phone, put down at the
    // counter. `choice`: what the station has to be answered to (a substitute).
    "CREATE TABLE appointment (
        tenant_id TEXT NOT NULL REFERENCES tenant (id), id TEXT NOT NULL, session_id TEXT NOT NULL,
        deputy_id TEXT NOT NULL, wish_deputy_id TEXT, starts_at BIGINT, seat_no BIGINT NOT NULL, account_id TEXT,
        name TEXT NOT NULL, phone_masked TEXT, phone_enc TEXT, mode TEXT NOT NULL, topic TEXT NOT NULL,
        access_needs TEXT NOT NULL, people BIGINT NOT NULL, state TEXT NOT NULL, choice TEXT, code TEXT NOT NULL,
        queue_no BIGINT, offer_until BIGINT, remind_at BIGINT, reminded BIGINT NOT NULL, letter_id TEXT,
        created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL, version BIGINT NOT NULL, PRIMARY KEY (tenant_id, id),
        UNIQUE (tenant_id, session_id, code),
        FOREIGN KEY (tenant_id, session_id) REFERENCES reception_session (tenant_id, id),
        FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id),
        FOREIGN KEY (tenant_id, letter_id) REFERENCES message (tenant_id, id))",
    // What makes exactly one booking win: the conditions are those of `BookingState::holds_seat` and `is_open`.
    "CREATE UNIQUE INDEX appointment_seat ON appointment (tenant_id, session_id, deputy_id, starts_at, seat_no)
        WHERE state IN ('booked', 'offered', 'checked_in', 'done', 'no_show') AND starts_at IS NOT NULL",
    "CREATE UNIQUE INDEX appointment_once ON appointment (tenant_id, session_id, account_id)
        WHERE state IN ('booked', 'waiting', 'offered', 'checked_in') AND account_id IS NOT NULL",
    "CREATE INDEX appointment_account ON appointment (tenant_id, account_id, created_at)",
    "CREATE INDEX appointment_session ON appointment (tenant_id, session_id, state)",
    "CREATE INDEX appointment_remind ON appointment (tenant_id, remind_at) WHERE remind_at IS NOT NULL",
    "CREATE INDEX appointment_offer ON appointment (tenant_id, offer_until) WHERE state = 'offered'",
    // 接待台账. `no`: of the year and district. `outcome`: on_site, letter, noted. `historic`: taken over from paper.
    "CREATE TABLE reception_record (
        tenant_id TEXT NOT NULL REFERENCES tenant (id), id TEXT NOT NULL, no TEXT NOT NULL, session_id TEXT,
        station_id TEXT NOT NULL, appointment_id TEXT, date TEXT NOT NULL, at BIGINT NOT NULL, queue_no BIGINT,
        visitor TEXT NOT NULL, phone_masked TEXT, phone_enc TEXT, account_id TEXT, people BIGINT NOT NULL,
        topic TEXT NOT NULL, category_id TEXT, words TEXT NOT NULL, notes TEXT NOT NULL, outcome TEXT NOT NULL,
        solved TEXT NOT NULL, deputies TEXT NOT NULL, letter_id TEXT, historic BOOLEAN NOT NULL, import_id TEXT,
        import_row BIGINT, created_by TEXT, version BIGINT NOT NULL, created_at BIGINT NOT NULL, updated_at BIGINT NOT NULL,
        search_terms TEXT NOT NULL, PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, no),
        UNIQUE (tenant_id, import_id, import_row),
        FOREIGN KEY (tenant_id, session_id) REFERENCES reception_session (tenant_id, id),
        FOREIGN KEY (tenant_id, station_id) REFERENCES station (tenant_id, id),
        FOREIGN KEY (tenant_id, category_id) REFERENCES category (tenant_id, id),
        FOREIGN KEY (tenant_id, letter_id) REFERENCES message (tenant_id, id))",
    "CREATE INDEX reception_record_station ON reception_record (tenant_id, station_id, date, id)",
    "CREATE INDEX reception_record_date ON reception_record (tenant_id, date, id)",
    "CREATE INDEX reception_record_session ON reception_record (tenant_id, session_id)",
    "CREATE INDEX reception_record_letter ON reception_record (tenant_id, letter_id)",
    "CREATE TABLE ledger_import (
        tenant_id TEXT NOT NULL REFERENCES tenant (id), id TEXT NOT NULL, station_id TEXT NOT NULL,
        file_name TEXT NOT NULL, digest TEXT NOT NULL, kept BIGINT NOT NULL, passed_over BIGINT NOT NULL,
        account_id TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, station_id, digest))",
];

const SQLITE: &[&str] = &[
    "CREATE TRIGGER record_search_insert AFTER INSERT ON reception_record BEGIN
        INSERT INTO search_doc (tenant_id, kind, ref_id) VALUES (new.tenant_id, 'record', new.id);
        INSERT INTO search_index (rowid, terms) VALUES (last_insert_rowid(), new.search_terms);
    END",
    "CREATE TRIGGER record_search_update AFTER UPDATE OF search_terms ON reception_record
        WHEN new.search_terms <> old.search_terms BEGIN
        UPDATE search_index SET terms = new.search_terms WHERE rowid =
            (SELECT doc FROM search_doc WHERE tenant_id = new.tenant_id AND kind = 'record' AND ref_id = new.id);
    END",
    "CREATE TRIGGER record_search_delete AFTER DELETE ON reception_record BEGIN
        DELETE FROM search_index WHERE rowid =
            (SELECT doc FROM search_doc WHERE tenant_id = old.tenant_id AND kind = 'record' AND ref_id = old.id);
        DELETE FROM search_doc WHERE tenant_id = old.tenant_id AND kind = 'record' AND ref_id = old.id;
    END",
];

const POSTGRES: &[&str] = &[
    "ALTER TABLE reception_record ADD COLUMN search_vector tsvector
        GENERATED ALWAYS AS (liaison_terms(search_terms)) STORED",
    "CREATE INDEX reception_record_search ON reception_record USING GIN (search_vector)",
];
