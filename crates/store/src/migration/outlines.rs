//! Step 23: who changed the outlines of communities, and doors outside as the station tells them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

pub(crate) struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &'static str {
        "m0023_outlines"
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
    // Outlines change together, so they are counted together: two changes of the same version cannot both be kept.
    "CREATE TABLE outline_change (
        tenant_id TEXT NOT NULL, version BIGINT NOT NULL, kept TEXT NOT NULL, removed TEXT NOT NULL,
        file_name TEXT NOT NULL, by_id TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (tenant_id, version),
        FOREIGN KEY (tenant_id, by_id) REFERENCES account (tenant_id, id))",
    // Those not here are as the program or the configuration has them.
    "CREATE TABLE door (
        tenant_id TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, text TEXT NOT NULL, number TEXT NOT NULL,
        hours TEXT NOT NULL, words TEXT NOT NULL, active BOOLEAN NOT NULL, PRIMARY KEY (tenant_id, code))",
    "CREATE TABLE door_change (
        tenant_id TEXT NOT NULL, id TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, fields TEXT NOT NULL,
        by_id TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (tenant_id, id),
        FOREIGN KEY (tenant_id, by_id) REFERENCES account (tenant_id, id))",
    "CREATE INDEX door_change_at ON door_change (tenant_id, at)",
];
