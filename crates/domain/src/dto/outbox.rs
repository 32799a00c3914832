//! What went out, for those who look after it.

use super::dto;
use crate::lifecycle::Role;
use crate::notify::OutboxState;
use crate::{Id, Millis};

dto! {
    /// `GET /admin/outbox`.
    pub struct Outbox {
        pub waiting: u64,
        pub sent: u64,
        pub dead: u64,
        /// The newest of the state that was asked for.
        pub rows: Vec<OutboxEntry>,
    }
    /// One message to one person through one channel.
    pub struct OutboxEntry {
        pub id: Id,
        /// A member of staff's or a deputy's name; empty for residents.
        pub name: String,
        pub role: Role,
        /// A code of `ChannelKind`.
        pub channel: String,
        /// A letter's number and general words, never anything of the letter.
        pub subject: String,
        pub state: OutboxState,
        pub attempts: u32,
        pub urgent: bool,
        /// When it is tried next, while it waits.
        pub next_at: Millis,
        /// Why it was not taken the last time: a code.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub error: Option<String>,
        pub created_at: Millis,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub sent_at: Option<Millis>,
    }
}
