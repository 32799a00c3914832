//! The station's library of reasons, of outside channels to refer to, and of the doors that residents are told of while
//! they write. A reason for saying no always names a way out.

use liaison_domain::dto::{Channel, Door, DoorInput, LibraryEntry, ReasonCode};
use liaison_domain::guess::{built_in_doors, check_door, tidy_door};
use liaison_store::doors::DoorSetting;
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
    /// Told beside a letter, weightiest first.
    pub doors: Vec<Door>,
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    decline: Vec<ReasonCode>,
    #[serde(default)]
    keep_closed: Vec<ReasonCode>,
    #[serde(default, rename = "channel")]
    channels: Vec<Channel>,
    #[serde(default, rename = "door")]
    doors: Vec<FileDoor>,
}

/// A door of a file: of one that ships only what differs, of one of its own everything.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileDoor {
    code: String,
    name: Option<String>,
    text: Option<String>,
    number: Option<String>,
    hours: Option<String>,
    words: Option<Vec<String>>,
    active: Option<bool>,
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
        let mut library = Self {
            decline: file.decline,
            keep_closed: file.keep_closed,
            channels: file.channels,
            doors: built_in_doors(),
        };
        for door in file.doors {
            library.put_file_door(door)?;
        }
        Ok(library)
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

    fn put_file_door(&mut self, of_file: FileDoor) -> Result<(), String> {
        let code = of_file.code;
        let known = self.doors.iter().find(|door| door.code == code).map(door_input);
        let before = known.unwrap_or_default();
        let input = tidy_door(&DoorInput {
            name: of_file.name.unwrap_or(before.name),
            text: of_file.text.unwrap_or(before.text),
            number: of_file.number.unwrap_or(before.number),
            hours: of_file.hours.unwrap_or(before.hours),
            words: of_file.words.unwrap_or(before.words),
            active: of_file.active.unwrap_or(true),
        });
        if let Some(wrong) = check_door(&input).first() {
            return Err(format!("door {code}: {} is {}", wrong.field, wrong.code));
        }
        self.put_door(&code, &input);
        Ok(())
    }

    /// With the doors that the station set itself.
    pub fn overlay_doors(&mut self, settings: &[DoorSetting]) {
        for setting in settings {
            self.put_door(&setting.code, &setting.input);
        }
    }

    /// In its place when it is known, else at the end; not at all when it is out of use.
    fn put_door(&mut self, code: &str, input: &DoorInput) {
        let at = self.doors.iter().position(|door| door.code == code);
        if let Some(at) = at {
            self.doors.remove(at);
        }
        if input.active {
            let door = door_of(code, input);
            self.doors.insert(at.unwrap_or(self.doors.len()), door);
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

/// A door as it is told.
pub fn door_of(code: &str, input: &DoorInput) -> Door {
    Door {
        code: code.to_owned(),
        name: input.name.clone(),
        text: input.text.clone(),
        number: input.number.clone(),
        hours: input.hours.clone(),
        words: input.words.clone(),
    }
}

/// The same as it is typed in.
pub fn door_input(door: &Door) -> DoorInput {
    DoorInput {
        name: door.name.clone(),
        text: door.text.clone(),
        number: door.number.clone(),
        hours: door.hours.clone(),
        words: door.words.clone(),
        active: true,
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
    fn a_file_changes_doors_adds_some_and_turns_some_off() {
        let file = std::env::temp_dir().join(format!("doors-{}.toml", std::process::id()));
        let read = |text: &str| {
            std::fs::write(&file, text).expect("written");
            let read = Library::read(Some(&file));
            std::fs::remove_file(&file).expect("removed");
            read
        };
        let library = read(
            "[[door]]\ncode = \"court\"\nnumber = \"0199-12368\"\nhours = \"工作日 9 点到 17 点\"\n
             [[door]]\ncode = \"repair\"\nactive = false\n
             [[door]]\ncode = \"heating\"\nname = \"供暖\"\ntext = \"暖气不热找热力公司。\"\nwords = [\"暖气不热\"]\n",
        )
        .expect("a library");
        let shipped = built_in_doors();
        assert_eq!(library.doors.len(), shipped.len(), "one more, one less");
        let court = library.doors.iter().find(|door| door.code == "court").expect("a door");
        assert_eq!((&*court.number, &*court.hours), ("0199-12368", "工作日 9 点到 17 点"));
        assert_eq!(court.words, shipped[1].words, "what the file does not say stays");
        assert_eq!(library.doors.last().map(|door| &*door.code), Some("heating"));
        assert!(library.doors.iter().all(|door| door.code != "repair"));
        let wrong = read("[[door]]\ncode = \"heating\"\nname = \"供暖\"\n").expect_err("no words");
        assert!(wrong.contains("door heating"), "{wrong}");
    }

    #[test]
    fn every_reason_that_ships_names_a_way_out() {
        let library = Library::read(None).expect("the shipped library reads");
        assert!(!library.decline.is_empty() && !library.keep_closed.is_empty() && !library.channels.is_empty());
        for reason in library.decline.iter().chain(&library.keep_closed) {
            assert!(!reason.way_out.is_empty(), "{} has no way out", reason.code);
        }
    }
}
