//! The station's library of reasons and of outside doors. A reason for saying no always names a way out.

use liaison_domain::dto::{Channel, LibraryEntry, ReasonCode};
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

    /// With the station's own entries: changed, added, or no longer in use.
    pub fn overlay(&mut self, entries: &[LibraryEntry]) {
        for entry in entries {
            match entry.kind.as_str() {
                "decline" => put_reason(&mut self.decline, entry),
                "keep_closed" => put_reason(&mut self.keep_closed, entry),
                "channel" => {
                    self.channels.retain(|channel| channel.code != entry.code);
                    if entry.active {
                        self.channels.push(Channel {
                            code: entry.code.clone(),
                            name: entry.text.clone(),
                            phone: entry.way_out.clone(),
                        });
                    }
                }
                _ => {}
            }
        }
    }

    /// Every entry as the administration edits it.
    pub fn entries(&self) -> Vec<LibraryEntry> {
        let reasons = [("decline", &self.decline), ("keep_closed", &self.keep_closed)];
        let reasons = reasons.into_iter().flat_map(|(kind, list)| {
            list.iter().map(move |reason| LibraryEntry {
                kind: kind.to_owned(),
                code: reason.code.clone(),
                text: reason.text.clone(),
                way_out: reason.way_out.clone(),
                active: true,
            })
        });
        let channels = self.channels.iter().map(|channel| LibraryEntry {
            kind: "channel".to_owned(),
            code: channel.code.clone(),
            text: channel.name.clone(),
            way_out: channel.phone.clone(),
            active: true,
        });
        reasons.chain(channels).collect()
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

/// In its place when it is known, else at the end.
fn put_reason(list: &mut Vec<ReasonCode>, entry: &LibraryEntry) {
    let at = list.iter().position(|reason| reason.code == entry.code);
    if let Some(at) = at {
        list.remove(at);
    }
    if entry.active {
        let reason = ReasonCode {
            code: entry.code.clone(),
            text: entry.text.clone(),
            way_out: entry.way_out.clone(),
        };
        list.insert(at.unwrap_or(list.len()).min(list.len()), reason);
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
