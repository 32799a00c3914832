//! What somebody is told in the app, and links that log in once.

use super::dto;
use crate::{Id, Millis};

dto! {
    /// One entry of an inbox. `GET /me/notices`, newest first.
    pub struct NoticeRow {
        pub id: Id,
        /// A code of [`crate::lifecycle::EventKind`] or of [`crate::notify::ReminderKind`].
        pub kind: String,
        pub at: Millis,
        pub read: bool,
        pub letter_id: Id,
        /// The letter's number.
        pub no: String,
        pub title: String,
        /// How many entries about the same letter are unread: lists may show them as one.
        pub unread_of_letter: u32,
    }

    /// How many entries wait. `GET /me/notices/count`, and each event `notices` of `GET /me/live`.
    pub struct NoticeCount {
        pub unread: u32,
        /// The newest entry, read or not.
        pub last: Option<Id>,
    }

    /// `POST /me/notices/read`: exactly one of the three.
    #[serde(deny_unknown_fields)]
    pub struct MarkRead {
        /// One entry.
        #[serde(default)]
        pub id: Option<Id>,
        /// Everything about a letter, by its id.
        #[serde(default)]
        pub letter: Option<Id>,
        /// Everything until a moment.
        #[serde(default)]
        pub until: Option<Millis>,
    }

    /// `POST /office/deputies/{id}/link`: where the deputy lands.
    #[serde(deny_unknown_fields)]
    pub struct LinkRequest {
        /// A letter of the deputy, by number or id; none opens the deputy's desk.
        #[serde(default)]
        pub letter: Option<String>,
    }

    /// A link that logs a deputy in once. Shown this one time.
    pub struct LoginLink {
        /// With the station's public address where it is configured, else the path alone.
        pub url: String,
        pub expires_at: Millis,
    }
}
