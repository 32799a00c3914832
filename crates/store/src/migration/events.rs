//! Step 9: themed receptions, councils and other events with their questions, polls, minutes and resolutions.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0009_events"
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
    // `version`: raised by every change of the event itself, for whoever edits it. `revision`: raised by everything about
    // it that everybody may see, for whoever follows it. `agenda`: JSON. `line`: the last place given in the line of
    // those who register.
    "CREATE TABLE event (
        tenant_id TEXT NOT NULL REFERENCES tenant (id), id TEXT NOT NULL, kind TEXT NOT NULL, title TEXT NOT NULL,
        intro TEXT NOT NULL, station_id TEXT NOT NULL, organiser TEXT NOT NULL, starts_at BIGINT NOT NULL,
        ends_at BIGINT NOT NULL, place TEXT NOT NULL, online_url TEXT, agenda TEXT NOT NULL, rules TEXT NOT NULL,
        registration BOOLEAN NOT NULL, capacity BIGINT, waiting_list BOOLEAN NOT NULL, premoderated BOOLEAN NOT NULL,
        category_id TEXT, state TEXT NOT NULL, cancel_reason TEXT, minutes TEXT, minutes_at BIGINT, attendance BIGINT,
        line BIGINT NOT NULL, version BIGINT NOT NULL, revision BIGINT NOT NULL, created_by TEXT, created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL, PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, station_id) REFERENCES station (tenant_id, id),
        FOREIGN KEY (tenant_id, category_id) REFERENCES category (tenant_id, id),
        FOREIGN KEY (tenant_id, created_by) REFERENCES account (tenant_id, id))",
    "CREATE INDEX event_state ON event (tenant_id, state, starts_at, id)",
    "CREATE INDEX event_starts ON event (tenant_id, starts_at, id)",
    "CREATE INDEX event_station ON event (tenant_id, station_id, starts_at, id)",
    "CREATE INDEX event_category ON event (tenant_id, category_id)",
    // Who sits at the table: `role` is moderator (an account), deputy or unit.
    "CREATE TABLE event_party (
        tenant_id TEXT NOT NULL, event_id TEXT NOT NULL, role TEXT NOT NULL, ref_id TEXT NOT NULL, sort BIGINT NOT NULL,
        PRIMARY KEY (tenant_id, event_id, role, ref_id),
        FOREIGN KEY (tenant_id, event_id) REFERENCES event (tenant_id, id) ON DELETE CASCADE)",
    "CREATE INDEX event_party_ref ON event_party (tenant_id, role, ref_id)",
    // One a person; whoever gave up and comes again goes to the end of the line (`place`).
    "CREATE TABLE event_registration (
        tenant_id TEXT NOT NULL, id TEXT NOT NULL, event_id TEXT NOT NULL, account_id TEXT NOT NULL, state TEXT NOT NULL,
        place BIGINT NOT NULL, registered_at BIGINT NOT NULL, moved_up_at BIGINT, ended_at BIGINT,
        PRIMARY KEY (tenant_id, id), UNIQUE (tenant_id, event_id, account_id),
        FOREIGN KEY (tenant_id, event_id) REFERENCES event (tenant_id, id),
        FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id))",
    "CREATE INDEX event_registration_line ON event_registration (tenant_id, event_id, state, place)",
    "CREATE INDEX event_registration_account ON event_registration (tenant_id, account_id, registered_at)",
    // `shown`: as others read it, where it differs from its author's own words. `votes`: rows of event_upvote.
    "CREATE TABLE event_question (
        tenant_id TEXT NOT NULL, id TEXT NOT NULL, event_id TEXT NOT NULL, account_id TEXT NOT NULL, text TEXT NOT NULL,
        shown TEXT, name TEXT, asked_at BIGINT NOT NULL, state TEXT NOT NULL, hidden_reason TEXT, pinned_at BIGINT,
        votes BIGINT NOT NULL, answer TEXT, answer_kind TEXT, answer_by TEXT, answered_at BIGINT,
        answered_live BOOLEAN NOT NULL, message_id TEXT, version BIGINT NOT NULL, PRIMARY KEY (tenant_id, id),
        UNIQUE (tenant_id, message_id),
        FOREIGN KEY (tenant_id, event_id) REFERENCES event (tenant_id, id),
        FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id),
        FOREIGN KEY (tenant_id, message_id) REFERENCES message (tenant_id, id))",
    "CREATE INDEX event_question_event ON event_question (tenant_id, event_id, state, votes, asked_at)",
    "CREATE INDEX event_question_account ON event_question (tenant_id, account_id, event_id)",
    "CREATE TABLE event_upvote (
        tenant_id TEXT NOT NULL, question_id TEXT NOT NULL, account_id TEXT NOT NULL, at BIGINT NOT NULL,
        PRIMARY KEY (tenant_id, question_id, account_id),
        FOREIGN KEY (tenant_id, question_id) REFERENCES event_question (tenant_id, id),
        FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id))",
    "CREATE INDEX event_upvote_account ON event_upvote (tenant_id, account_id)",
    "CREATE TABLE event_broadcast (
        tenant_id TEXT NOT NULL, id TEXT NOT NULL, event_id TEXT NOT NULL, text TEXT NOT NULL, at BIGINT NOT NULL,
        account_id TEXT, PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, event_id) REFERENCES event (tenant_id, id),
        FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id))",
    "CREATE INDEX event_broadcast_event ON event_broadcast (tenant_id, event_id, at)",
    // `options`: JSON list of texts; a vote names one by its place.
    "CREATE TABLE event_poll (
        tenant_id TEXT NOT NULL, id TEXT NOT NULL, event_id TEXT NOT NULL, question TEXT NOT NULL, options TEXT NOT NULL,
        is_open BOOLEAN NOT NULL, created_at BIGINT NOT NULL, PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, event_id) REFERENCES event (tenant_id, id))",
    "CREATE INDEX event_poll_event ON event_poll (tenant_id, event_id, created_at)",
    "CREATE TABLE event_vote (
        tenant_id TEXT NOT NULL, poll_id TEXT NOT NULL, account_id TEXT NOT NULL, choice BIGINT NOT NULL, at BIGINT NOT NULL,
        PRIMARY KEY (tenant_id, poll_id, account_id),
        FOREIGN KEY (tenant_id, poll_id) REFERENCES event_poll (tenant_id, id),
        FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id))",
    "CREATE INDEX event_vote_account ON event_vote (tenant_id, account_id)",
    "CREATE TABLE event_resolution (
        tenant_id TEXT NOT NULL, id TEXT NOT NULL, event_id TEXT NOT NULL, text TEXT NOT NULL, owner_kind TEXT NOT NULL,
        owner_id TEXT NOT NULL, due TEXT, state TEXT NOT NULL, note TEXT, question_id TEXT, message_id TEXT,
        created_at BIGINT NOT NULL, version BIGINT NOT NULL, PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, event_id) REFERENCES event (tenant_id, id),
        FOREIGN KEY (tenant_id, question_id) REFERENCES event_question (tenant_id, id),
        FOREIGN KEY (tenant_id, message_id) REFERENCES message (tenant_id, id))",
    "CREATE INDEX event_resolution_event ON event_resolution (tenant_id, event_id, created_at)",
    "CREATE INDEX event_resolution_question ON event_resolution (tenant_id, question_id)",
    "CREATE INDEX event_resolution_message ON event_resolution (tenant_id, message_id)",
];
