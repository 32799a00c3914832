//! What somebody may see, take along, put right and end about themselves.

use super::{AppointmentView, CaseView, LetterConsent, MyEvent, NotifySettings, OwnRestriction, dto};
use crate::{Id, Millis};

dto! {
    /// A place where somebody is logged in. `GET /me/sessions`.
    pub struct OpenSession {
        /// To end it by; not the token.
        pub id: String,
        /// Code of [`crate::host::Host`]; empty where nobody noted it.
        pub host: String,
        /// Code of [`crate::host::System`].
        pub system: String,
        pub since: Millis,
        pub seen_at: Millis,
        /// The one this is asked from.
        pub is_this: bool,
    }

    /// A platform's account by which somebody logs in.
    pub struct BoundPlatform {
        /// `wechat`.
        pub provider: String,
        pub bound_at: Millis,
        pub used_at: Millis,
    }

    /// Somebody of the station looked at one's telephone number.
    pub struct ContactLook {
        pub at: Millis,
        /// The letter's number; none: a booking at a reception.
        pub no: Option<String>,
        /// The office that looked, by name.
        pub by: Option<String>,
        /// What for, in their words.
        pub reason: String,
    }

    /// Who one is here.
    pub struct OwnAccount {
        pub id: Id,
        pub name: String,
        /// 「199****0001」.
        pub phone_masked: Option<String>,
        pub since: Millis,
    }

    /// `PATCH /me`.
    #[serde(deny_unknown_fields)]
    pub struct NameChange {
        pub name: String,
    }

    /// `POST /me/close`.
    #[serde(deny_unknown_fields)]
    pub struct CloseAccount {
        /// There is no way back.
        pub sure: bool,
    }

    /// How much there is of somebody here, and who looked. `GET /me/privacy`.
    pub struct PrivacyOverview {
        pub account: OwnAccount,
        pub letters: u64,
        /// Of these, not at an end.
        pub open_letters: u64,
        pub appointments: u64,
        pub events: u64,
        pub looks: Vec<ContactLook>,
        pub sessions: Vec<OpenSession>,
        /// What was agreed to, letter by letter, the newest first.
        pub consents: Vec<LetterConsent>,
        pub platforms: Vec<BoundPlatform>,
    }

    /// Everything kept about somebody. `GET /me/data`.
    pub struct MyData {
        pub made_at: Millis,
        pub account: OwnAccount,
        pub notifications: NotifySettings,
        /// As their author reads them.
        pub letters: Vec<CaseView>,
        pub appointments: Vec<AppointmentView>,
        pub events: Vec<MyEvent>,
        pub restrictions: Vec<OwnRestriction>,
        pub looks: Vec<ContactLook>,
        pub sessions: Vec<OpenSession>,
        pub platforms: Vec<BoundPlatform>,
    }
}

/// Longest name, in characters.
pub const OWN_NAME_MAX: usize = 20;
