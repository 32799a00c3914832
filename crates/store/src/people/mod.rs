//! Accounts, sessions and one-time codes. Secrets arrive here as secrets and are kept as hashes.

mod accounts;
mod otp;
mod sessions;

pub use accounts::{Account, NewStaff, Phone};
pub use otp::{NewOtp, OtpCheck};
pub use sessions::Session;
