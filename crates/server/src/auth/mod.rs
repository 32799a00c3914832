//! Who somebody is: codes by text message, passwords, sessions, cookies.

pub mod cookie;
pub mod password;
pub mod phone;
pub mod secret;
