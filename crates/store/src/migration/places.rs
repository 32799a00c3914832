//! Step 13: what the pages of stations and deputies say is kept at the desk: contacts, the way there, a charter of its
//! own, pictures; who changed what.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0013_places"
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
    "ALTER TABLE station ADD COLUMN contacts TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE station ADD COLUMN directions TEXT NOT NULL DEFAULT '{}'",
    "ALTER TABLE station ADD COLUMN charter TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE station ADD COLUMN version BIGINT NOT NULL DEFAULT 1",
    "ALTER TABLE deputy ADD COLUMN version BIGINT NOT NULL DEFAULT 1",
    // Of a station or of a deputy. Unlike an upload, which is a letter's or nobody's, everybody may see it.
    "CREATE TABLE place_photo (
        tenant_id TEXT NOT NULL, id TEXT NOT NULL, station_id TEXT, deputy_id TEXT, position BIGINT NOT NULL,
        width BIGINT NOT NULL, height BIGINT NOT NULL, bytes BIGINT NOT NULL, sha256 TEXT NOT NULL, alt TEXT NOT NULL,
        created_at BIGINT NOT NULL, PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, station_id) REFERENCES station (tenant_id, id),
        FOREIGN KEY (tenant_id, deputy_id) REFERENCES deputy (tenant_id, id))",
    "CREATE INDEX place_photo_station ON place_photo (tenant_id, station_id, position)",
    "CREATE INDEX place_photo_deputy ON place_photo (tenant_id, deputy_id)",
    "CREATE TABLE place_change (
        tenant_id TEXT NOT NULL, id TEXT NOT NULL, station_id TEXT, deputy_id TEXT, version BIGINT NOT NULL,
        fields TEXT NOT NULL, by_id TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, station_id) REFERENCES station (tenant_id, id),
        FOREIGN KEY (tenant_id, deputy_id) REFERENCES deputy (tenant_id, id),
        FOREIGN KEY (tenant_id, by_id) REFERENCES account (tenant_id, id))",
    "CREATE INDEX place_change_station ON place_change (tenant_id, station_id, version)",
    "CREATE INDEX place_change_deputy ON place_change (tenant_id, deputy_id, version)",
];
