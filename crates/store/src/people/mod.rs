//! Accounts, sessions, one-time codes and links. Secrets arrive here as secrets and are kept as hashes.

mod account_log;
mod accounts;
mod links;
mod numbers;
mod otp;
mod privacy;
mod sessions;

pub use account_log::{AccountEvent, BrokenAccount};
pub use accounts::{Account, NewStaff, Phone};
pub use links::{LINK_TOKEN, UsedLink};
pub use numbers::{NumberChange, NumberChanged};
pub use otp::{NewOtp, OtpCheck};
pub use privacy::{Look, OwnSession};
pub use sessions::Session;
