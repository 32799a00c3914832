//! Who somebody is: codes by text message, passwords, sessions, cookies.

pub mod cookie;
pub mod link;
pub mod lock;
pub mod otp;
pub mod owner;
pub mod password;
pub mod phone;
pub mod seal;
pub mod secret;
pub mod session;
pub mod sms;
