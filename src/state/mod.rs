//! What the apps remember: who is logged in, preferences, drafts, where one is on a page.

pub mod drafts;
mod idb;
pub mod listen;
pub mod live;
pub mod nav;
pub mod notices;
pub mod preferences;
pub mod react;
pub mod remote;
pub mod session;
pub mod timers;

pub use notices::Notices;
pub use remote::{Load, Remote, Source};
pub use session::Session;
