//! The schema's history: one file a step, each running on both engines.
//!
//! Rules: plain SQL that both engines read alike (TEXT ids, BIGINT milliseconds, TEXT for JSON); what differs (search,
//! triggers) stands in the engine's own block. A released step is never edited; a new one is added.

mod bookings_kept;
mod closed_loop;
mod drafts;
mod event_texts;
mod events;
mod foundation;
mod foundation_tables;
mod guidance;
mod jobs;
mod lanes;
mod leave;
mod ledger;
mod ledger_walkins;
mod login_links;
mod media;
mod meeting_notices;
mod notices;
mod numbers;
mod outbox_text;
mod outlines;
mod places;
mod receptions;
mod restrictions;
mod scale;
mod sessions;
mod wechat;

use sea_orm_migration::prelude::*;

/// Every step, oldest first.
pub(crate) struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(foundation::Migration),
            Box::new(closed_loop::Migration),
            Box::new(notices::Migration),
            Box::new(login_links::Migration),
            Box::new(outbox_text::Migration),
            Box::new(scale::Migration),
            Box::new(jobs::Migration),
            Box::new(receptions::Migration),
            Box::new(events::Migration),
            Box::new(meeting_notices::Migration),
            Box::new(leave::Migration),
            Box::new(lanes::Migration),
            Box::new(ledger::Migration),
            Box::new(places::Migration),
            Box::new(bookings_kept::Migration),
            Box::new(ledger_walkins::Migration),
            Box::new(event_texts::Migration),
            Box::new(restrictions::Migration),
            Box::new(sessions::Migration),
            Box::new(guidance::Migration),
            Box::new(drafts::Migration),
            Box::new(wechat::Migration),
            Box::new(media::Migration),
            Box::new(outlines::Migration),
            Box::new(numbers::Migration),
        ]
    }
}
