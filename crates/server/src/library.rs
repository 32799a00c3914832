//! The station's library of reasons and of outside doors. A reason for saying no always names a way out.

use liaison_domain::dto::{Channel, ReasonCode};
use serde::Deserialize;
use std::path::Path;

/// The library that ships: national hotlines and the usual reasons. A station may bring its own file.
const SHIPPED: &str = include_str!("../demo/reasons.toml");

/// Reasons and channels to choose from.
#[derive(Clone, Debug, Default)]
pub struct Library {
    pub decline: Vec<ReasonCode>,
    pub keep_closed: Vec<ReasonCode>,
    pub channels: Vec<Channel>,
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    decline: Vec<ReasonCode>,
    #[serde(default)]
    keep_closed: Vec<ReasonCode>,
    #[serde(default, rename = "channel")]
    channels: Vec<Channel>,
}

impl Library {
    /// Reads a file, or takes what ships. `Err` is one line for the person who starts the server.
    pub fn read(path: Option<&Path>) -> Result<Self, String> {
        let text = match path {
            Some(path) => std::fs::read_to_string(path).map_err(|e| format!("cannot read {}: {e}", path.display()))?,
            None => SHIPPED.to_owned(),
        };
        let file: File = toml::from_str(&text).map_err(|e| {
            let name = path.map_or_else(|| "the shipped library".to_owned(), |path| path.display().to_string());
            format!("{name}: {}", e.message())
        })?;
        Ok(Self {
            decline: file.decline,
            keep_closed: file.keep_closed,
            channels: file.channels,
        })
    }

    /// The words of a reason, with its way out.
    pub fn reason(&self, code: &str) -> Option<&ReasonCode> {
        self.decline
            .iter()
            .chain(&self.keep_closed)
            .find(|reason| reason.code == code)
    }

    /// An outside channel.
    pub fn channel(&self, code: &str) -> Option<&Channel> {
        self.channels.iter().find(|channel| channel.code == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_that_ships_names_a_way_out() {
        let library = Library::read(None).expect("the shipped library reads");
        assert!(!library.decline.is_empty() && !library.keep_closed.is_empty() && !library.channels.is_empty());
        for reason in library.decline.iter().chain(&library.keep_closed) {
            assert!(!reason.way_out.is_empty(), "{} has no way out", reason.code);
        }
    }
}
