//! What somebody may see, take along, put right and end about themselves.

use super::{AppointmentView, CaseView, LetterConsent, MyEvent, NotifySettings, OwnRestriction, dto};
use crate::lifecycle::coded_enum;
use crate::{Id, Millis};

coded_enum! {
    /// What happened to an account.
    AccountAct {
        /// Another telephone number, by its owner, with codes to both.
        Number = "number",
        /// Another telephone number, by an office that saw the person.
        NumberByOffice = "number_by_office",
        /// A platform's account logs in from now on.
        Bound = "bound",
        /// And no longer.
        Unbound = "unbound",
    }
}

coded_enum! {
    /// How an office made sure who somebody is.
    IdentityCheck {
        /// 身份证.
        IdCard = "id_card",
        /// Another paper with the name on it.
        OtherPaper = "other_paper",
        /// Two of the office at the person's home.
        Visited = "visited",
    }
}

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

    /// Something that changed about how one is known here.
    pub struct AccountChange {
        pub at: Millis,
        pub act: AccountAct,
        /// The platform that was bound or unbound; how the office made sure who one is.
        pub what: String,
        /// The number before, masked.
        pub was: Option<String>,
        pub became: Option<String>,
        /// The office that did it, by name.
        pub by: Option<String>,
    }

    /// The code that came to one's own number. `POST /me/number/old/verify`.
    #[serde(deny_unknown_fields)]
    pub struct OldNumberCode {
        pub challenge_id: Id,
        pub code: String,
    }

    /// That one has the number which the account has: good for a short while, in this login alone.
    pub struct NumberProof {
        pub proof: String,
        pub expires_at: Millis,
    }

    /// The number to change to. `POST /me/number/new`.
    #[serde(deny_unknown_fields)]
    pub struct NewNumber {
        pub proof: String,
        pub phone: String,
    }

    /// The code that came to the new number. `POST /me/number`.
    #[serde(deny_unknown_fields)]
    pub struct NewNumberCode {
        pub proof: String,
        pub challenge_id: Id,
        pub code: String,
    }

    /// The number to change somebody's to who has lost theirs. `POST /desk/numbers/code`.
    #[serde(deny_unknown_fields)]
    pub struct OfficeNumber {
        /// A letter of theirs.
        pub no: String,
        /// Code of an [`IdentityCheck`].
        pub check: String,
        pub phone: String,
    }

    /// The code that came to the new number, read out by its owner. `POST /desk/numbers`.
    #[serde(deny_unknown_fields)]
    pub struct OfficeNumberCode {
        pub no: String,
        pub check: String,
        pub challenge_id: Id,
        pub code: String,
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
        /// What changed about the account, the latest first.
        pub changes: Vec<AccountChange>,
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
        pub changes: Vec<AccountChange>,
        /// What was agreed to, letter by letter.
        pub consents: Vec<LetterConsent>,
        pub sessions: Vec<OpenSession>,
        pub platforms: Vec<BoundPlatform>,
    }
}

/// Longest name, in characters.
pub const OWN_NAME_MAX: usize = 20;
