//! Step 22: what a letter brings along besides its words, outlines of areas, and how many joined a published matter.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0022_guidance"
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
    // One row for a letter that has any of it. Coordinates as they were given, in their own system. All of it is the
    // person's: it goes when the letter is archived.
    "CREATE TABLE message_extra (
        tenant_id TEXT NOT NULL, message_id TEXT NOT NULL, lng DOUBLE PRECISION, lat DOUBLE PRECISION, coordinates TEXT,
        may_call BOOLEAN, helper_name TEXT, helper_relation TEXT, helper_phone TEXT, helper_consent TEXT,
        PRIMARY KEY (tenant_id, message_id),
        FOREIGN KEY (tenant_id, message_id) REFERENCES message (tenant_id, id))",
    // Corners as 「123.40,27.56 123.41,27.57 …」; none where the station has no map.
    "ALTER TABLE area ADD COLUMN outline TEXT",
    "ALTER TABLE publication ADD COLUMN joined BIGINT NOT NULL DEFAULT 0",
];
