//! Step 3: who was told what in the app, and what went out to telephones and mailboxes.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0003_notices"
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
    // One entry of somebody's inbox. `kind`: an event's code or a reminder's. `once`: what must not come twice.
    // `outside`: open (to be sent out), planned (part of an outbox row), none (nothing goes out for it).
    "CREATE TABLE notice (
        tenant_id TEXT NOT NULL, id TEXT NOT NULL, account_id TEXT NOT NULL, message_id TEXT NOT NULL, kind TEXT NOT NULL,
        at BIGINT NOT NULL, read_at BIGINT, outside TEXT NOT NULL, once TEXT, PRIMARY KEY (tenant_id, id),
        UNIQUE (tenant_id, account_id, once),
        FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id),
        FOREIGN KEY (tenant_id, message_id) REFERENCES message (tenant_id, id))",
    "CREATE INDEX notice_inbox ON notice (tenant_id, account_id, at, id)",
    "CREATE INDEX notice_unread ON notice (tenant_id, account_id) WHERE read_at IS NULL",
    "CREATE INDEX notice_outside ON notice (tenant_id, account_id, at) WHERE outside = 'open'",
    "CREATE INDEX notice_message ON notice (tenant_id, message_id)",
    // One message to one person through one channel. `state`: waiting, sent, dead.
    "CREATE TABLE outbox (
        tenant_id TEXT NOT NULL, id TEXT NOT NULL, account_id TEXT NOT NULL, channel TEXT NOT NULL, subject TEXT NOT NULL,
        message_id TEXT, notices BIGINT NOT NULL, urgent BOOLEAN NOT NULL, state TEXT NOT NULL, attempts BIGINT NOT NULL,
        next_at BIGINT NOT NULL, leased_until BIGINT, last_error TEXT, created_at BIGINT NOT NULL, sent_at BIGINT,
        PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id))",
    "CREATE INDEX outbox_waiting ON outbox (tenant_id, next_at) WHERE state = 'waiting'",
    "CREATE INDEX outbox_account ON outbox (tenant_id, account_id, created_at)",
    "CREATE INDEX outbox_dead ON outbox (tenant_id, created_at) WHERE state = 'dead'",
    "ALTER TABLE account ADD COLUMN email TEXT",
    // JSON of `liaison_domain::notify::Preferences`; none means the defaults.
    "ALTER TABLE account ADD COLUMN notify TEXT",
];
