//! Telling people outside the app. What goes out, to whom and when is decided in `liaison_domain::notify`; the words are
//! `liaison_web::i18n::zh::notify`'s; here are the ways out and the worker that uses them.

mod outbox;
mod sms;
mod smtp;
pub(crate) mod trust;
mod webhook;

pub use outbox::{deliver, plan_outbox};
pub(crate) use trust::own_authorities;

use crate::clock::Clock;
use crate::config::Config;
use crate::problem::ApiResult;
use crate::state::AppState;
use liaison_domain::Id;
use liaison_domain::notify::ChannelKind;
use std::fmt;
use std::pin::Pin;

/// What a channel needs to know of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressKind {
    Email,
    Phone,
    /// The account's id: the other side knows who that is.
    Account,
}

/// A message on its way to one address.
#[derive(Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// The same at each try: what arrives twice can be told by it.
    pub key: Id,
    pub to: String,
    pub subject: String,
    pub text: String,
    pub urgent: bool,
}

/// An address stays out of debug lines.
impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Outgoing({})", self.key)
    }
}

/// The other side took it; with what it said, for the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt(pub String);

/// Why a message was not taken, as a short code without anything of the message or its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SendError {
    /// May go well later.
    Temporary(String),
    /// Will never go well.
    Permanent(String),
}

/// A message being handed over.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<Receipt, SendError>> + Send + 'a>>;

/// A way out.
pub trait Channel: Send + Sync {
    /// Which one; its code is the name that the outbox keeps.
    fn kind(&self) -> ChannelKind;
    fn needs(&self) -> AddressKind;
    /// Hands a message over. Returns once the other side has it, or did not take it.
    fn send<'a>(&'a self, message: &'a Outgoing) -> Sending<'a>;
}

/// The ways out that are configured.
pub type Channels = Vec<Box<dyn Channel>>;

/// Builds them; the error is one line for the person who starts the server.
pub fn channels(config: &Config, clock: &Clock) -> Result<Channels, String> {
    let mut all: Channels = Vec::new();
    let authorities = trust::own_authorities(config.notify.ca_file.as_deref())?;
    if let Some(smtp) = &config.notify.smtp {
        all.push(Box::new(smtp::Smtp::new(smtp, &authorities)?));
    }
    if let Some(command) = config.sms_command.as_ref().filter(|_| config.notify.sms) {
        all.push(Box::new(sms::Sms::new(command)));
    }
    if let Some(webhook) = &config.notify.webhook {
        all.push(Box::new(webhook::Webhook::new(webhook, clock, &authorities)?));
    }
    Ok(all)
}

/// Plans what is to go out now, and sends it. Tells how many messages were sent.
pub async fn tell(state: &AppState) -> ApiResult<usize> {
    plan_outbox(state).await?;
    deliver(state).await
}
