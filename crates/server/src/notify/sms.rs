//! Messages by the program that sends codes, where the installation says that it can.

use super::{AddressKind, Channel, Outgoing, Receipt, SendError, Sending};
use crate::auth::sms;
use liaison_domain::notify::ChannelKind;
use std::path::{Path, PathBuf};

/// Text messages.
pub struct Sms {
    command: PathBuf,
}

impl Sms {
    pub fn new(command: &Path) -> Self {
        Self {
            command: command.to_owned(),
        }
    }
}

impl Channel for Sms {
    fn kind(&self) -> ChannelKind {
        ChannelKind::Sms
    }

    fn needs(&self) -> AddressKind {
        AddressKind::Phone
    }

    fn send<'a>(&'a self, message: &'a Outgoing) -> Sending<'a> {
        Box::pin(async move {
            let line = serde_json::json!({ "id": message.key, "phone": message.to, "text": message.text }).to_string();
            match sms::hand_over(&self.command, &(line + "\n")).await {
                Ok(()) => Ok(Receipt("the program ended well".to_owned())),
                Err(()) => Err(SendError::Temporary("sms_failed".to_owned())),
            }
        })
    }
}
