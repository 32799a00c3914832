//! Pages for those who look after the installation.

mod outbox;

pub use outbox::outbox;
