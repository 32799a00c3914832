//! What somebody is told in the app, what they want to be told outside, and links that log in once.

use super::{FieldError, dto};
use crate::calendar::{DAY_MS, MINUTE_MS};
use crate::notify::{ADDRESS_MAX, ChannelKind, Preferences, Quiet, is_address, tidy_address};
use crate::{Id, Millis};

dto! {
    /// One entry of an inbox. `GET /me/notices`, newest first.
    pub struct NoticeRow {
        pub id: Id,
        /// A code of [`crate::lifecycle::EventKind`], [`crate::notify::ReminderKind`] or [`crate::notify::MeetingKind`].
        pub kind: String,
        pub at: Millis,
        pub read: bool,
        /// Empty when it is about no letter.
        pub letter_id: Id,
        /// The letter's number; empty when it is about no letter.
        pub no: String,
        /// What it is about when it is no letter: `booking:<id>`, `event:<id>` or `reception:<id>`.
        #[serde(default)]
        pub subject: Option<String>,
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
        /// Everything about a letter, by its id, or about a meeting, by the notice's `subject`.
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

    /// How one is told outside the app, and what can be chosen. `GET /me/notifications`.
    pub struct NotifySettings {
        /// The ways out that this installation has and that can reach this account once it has an address.
        pub channels: Vec<ChannelKind>,
        /// Where text messages go, masked.
        pub phone_masked: Option<String>,
        /// Where mail goes; none: no mail.
        pub email: Option<String>,
        pub preferences: Preferences,
        /// The installation's quiet hours, for those who chose none of their own.
        pub quiet: Quiet,
        /// When digests go out, as minutes since midnight.
        pub digests: Vec<u32>,
    }

    /// `PUT /me/notifications`: everything at once.
    #[serde(deny_unknown_fields)]
    pub struct NotifyChange {
        /// None or empty: no mail.
        #[serde(default)]
        pub email: Option<String>,
        pub preferences: Preferences,
    }
}

impl NotifyChange {
    /// The address tidied, none for an empty one.
    pub fn address(&self) -> Option<String> {
        let tidy = tidy_address(self.email.as_deref().unwrap_or_default());
        (!tidy.is_empty()).then_some(tidy)
    }

    /// What is wrong with it, field by field.
    pub fn check(&self) -> Vec<FieldError> {
        let mut wrong = Vec::new();
        let mut add = |field: &str, code: &str, limit: Option<u64>| {
            wrong.push(FieldError {
                field: field.to_owned(),
                code: code.to_owned(),
                limit,
            });
        };
        match self.address() {
            Some(address) if address.len() > ADDRESS_MAX => add("email", "too_long", Some(ADDRESS_MAX as u64)),
            Some(address) if !is_address(&address) => add("email", "invalid", None),
            _ => {}
        }
        if let Some(Quiet { from, to }) = self.preferences.quiet {
            for (field, minute) in [("preferences.quiet.from", from), ("preferences.quiet.to", to)] {
                if Millis::from(minute) >= DAY_MS / MINUTE_MS {
                    add(field, "invalid", None);
                }
            }
        }
        wrong
    }
}
