//! Accounts, sessions, one-time codes and links. Secrets arrive here as secrets and are kept as hashes.

mod accounts;
mod links;
mod otp;
mod privacy;
mod sessions;

pub use accounts::{Account, NewStaff, Phone};
pub use links::{LINK_TOKEN, UsedLink};
pub use otp::{NewOtp, OtpCheck};
pub use privacy::{Look, OwnSession};
pub use sessions::Session;
