//! Step 15: notes that are not finished yet, and who looked at a visitor's number.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0015_ledger_walkins"
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
    // `id`: that of the record it becomes; the row goes when that is kept. `sealed`: what is typed, under the server's key.
    // `session_id` refers to nothing: a reception that is planned anew is not held by a forgotten draft.
    "CREATE TABLE record_draft (
        tenant_id TEXT NOT NULL REFERENCES tenant (id), id TEXT NOT NULL, session_id TEXT NOT NULL, account_id TEXT NOT NULL,
        sealed TEXT NOT NULL, saved_at BIGINT NOT NULL, PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id))",
    "CREATE INDEX record_draft_own ON record_draft (tenant_id, account_id, session_id)",
    "CREATE INDEX record_draft_saved ON record_draft (tenant_id, saved_at)",
    // Looks at a visitor's number, each with its reason. Nothing is ever taken out.
    "CREATE TABLE record_look (
        tenant_id TEXT NOT NULL REFERENCES tenant (id), id TEXT NOT NULL, record_id TEXT NOT NULL, account_id TEXT NOT NULL,
        reason TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, record_id) REFERENCES reception_record (tenant_id, id),
        FOREIGN KEY (tenant_id, account_id) REFERENCES account (tenant_id, id))",
    "CREATE INDEX record_look_record ON record_look (tenant_id, record_id, at)",
    "CREATE INDEX reception_record_appointment ON reception_record (tenant_id, appointment_id)
        WHERE appointment_id IS NOT NULL",
];
