//! Step 12: site visits in the ledger, who was called at the counter, and the ledger's order.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0012_ledger"
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
    "ALTER TABLE reception_record ADD COLUMN visit_place TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE reception_record ADD COLUMN visit_seen TEXT NOT NULL DEFAULT ''",
    // The index of step 8 knows the day only; within a day the ledger is in the order of the talks.
    "CREATE INDEX reception_record_at ON reception_record (tenant_id, at, id)",
    "ALTER TABLE appointment ADD COLUMN called_at BIGINT",
];
