//! The demo's events as written in `crates/server/demo/events.toml`.

use liaison_domain::events::{EventState, EventType, PartyKind, QuestionState, ResolutionState};
use serde::Deserialize;

/// An event, and what becomes of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventText {
    pub key: String,
    pub kind: EventType,
    pub title: String,
    pub intro: String,
    /// A station's slug.
    pub station: String,
    pub organiser: String,
    pub place: String,
    pub online_url: Option<String>,
    /// It began so many minutes ago …
    pub begun: Option<i64>,
    /// … or is on this day, counted from today, at this time.
    pub day: Option<i32>,
    pub time: Option<String>,
    pub minutes: i64,
    pub deputies: Vec<String>,
    pub units: Vec<String>,
    pub moderators: Vec<String>,
    pub category: String,
    pub premoderated: bool,
    #[serde(default)]
    pub registration: bool,
    pub capacity: Option<u32>,
    #[serde(default)]
    pub waiting_list: bool,
    pub rules: String,
    pub agenda: Vec<String>,
    pub state: EventState,
    /// Why it is cancelled.
    pub reason: Option<String>,
    /// So many residents registered.
    #[serde(default)]
    pub registered: usize,
    pub attendance: Option<u32>,
    /// The minutes.
    pub record: Option<String>,
    #[serde(default)]
    pub broadcasts: Vec<String>,
    #[serde(default, rename = "poll")]
    pub polls: Vec<PollText>,
    #[serde(default, rename = "question")]
    pub questions: Vec<QuestionText>,
    #[serde(default, rename = "resolution")]
    pub resolutions: Vec<ResolutionText>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PollText {
    pub question: String,
    pub options: Vec<String>,
    /// How many residents chose each.
    pub votes: Vec<usize>,
    #[serde(default)]
    pub open: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuestionText {
    /// A resident's key.
    pub from: String,
    pub text: String,
    pub name: Option<String>,
    pub votes: usize,
    pub state: QuestionState,
    pub answer: Option<String>,
    pub by: Option<PartyText>,
    /// Why it is hidden.
    pub reason: Option<String>,
    /// The unit that gets it as a letter.
    pub letter: Option<String>,
    #[serde(default)]
    pub co: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResolutionText {
    pub text: String,
    pub owner: PartyText,
    /// Days from today.
    pub due: Option<i32>,
    /// Its question's place in the event's list.
    pub question: Option<usize>,
    #[serde(default = "open")]
    pub state: ResolutionState,
    pub note: Option<String>,
}

const fn open() -> ResolutionState {
    ResolutionState::Open
}

/// `unit:zhujian`, `deputy:guchengyuan`, `station:yunfan`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct PartyText {
    pub kind: PartyKind,
    pub key: String,
}

impl TryFrom<String> for PartyText {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let (kind, key) = text.split_once(':').ok_or_else(|| format!("{text}: no kind"))?;
        Ok(Self {
            kind: PartyKind::from_code(kind).ok_or_else(|| format!("{kind}: not a kind"))?,
            key: key.to_owned(),
        })
    }
}
