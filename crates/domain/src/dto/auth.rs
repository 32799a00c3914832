//! Logging in and who one is.

use super::dto;
use crate::lifecycle::Role;
use crate::{Id, Millis};

dto! {
    /// `POST /auth/otp`: asks for a code by text message.
    #[serde(deny_unknown_fields)]
    pub struct OtpRequest {
        /// In any spelling people use.
        pub phone: String,
    }

    /// The answer is the same for known and unknown numbers.
    pub struct OtpChallenge {
        pub challenge_id: Id,
        pub expires_at: Millis,
        /// Seconds until another code may be asked for.
        pub resend_after: u32,
        /// 「199****0001」.
        pub phone_masked: String,
        /// Only in the demo: the code itself.
        pub demo_code: Option<String>,
    }

    /// `POST /auth/otp/verify`.
    #[serde(deny_unknown_fields)]
    pub struct OtpVerify {
        pub challenge_id: Id,
        pub code: String,
    }

    /// `POST /auth/login` for staff and deputies.
    #[serde(deny_unknown_fields)]
    pub struct PasswordLogin {
        pub username: String,
        pub password: String,
    }

    /// `POST /auth/demo`: one-tap login, only in the demo.
    #[serde(deny_unknown_fields)]
    pub struct DemoLogin {
        pub username: String,
    }

    /// A one-tap demo account. `GET /auth/demo`.
    pub struct DemoAccount {
        pub username: String,
        pub name: String,
        pub role: Role,
        /// 「区住建局 · 经办人」.
        pub what: String,
        /// Where the account lands after login.
        pub home: String,
    }

    /// Who is logged in. `GET /me`.
    pub struct Me {
        pub account_id: Id,
        pub name: String,
        pub role: Role,
        pub unit: Option<NamedRef>,
        pub station: Option<NamedRef>,
        pub deputy: Option<NamedRef>,
        /// 「199****0001」 for residents.
        pub phone_masked: Option<String>,
        /// `/mine`, `/desk/office`, `/desk/unit`, `/desk/deputy`.
        pub home: String,
        /// Of a resident who may begin nothing new, or write fewer letters, for now: that, and until when.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub restricted: Option<String>,
    }

    /// An id with its name.
    pub struct NamedRef {
        pub id: Id,
        pub name: String,
    }
}
