//! The demo's content as written in `crates/server/demo/`, read and checked for loose ends.

use super::ledger::LedgerText;
use super::meeting_text::EventText;
use super::script::Letter;
use liaison_domain::dto::{Contact, Directions};
use liaison_domain::lifecycle::Role;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Everything the demo is made of.
#[derive(Clone, Debug)]
pub struct Content {
    pub areas: Vec<AreaText>,
    pub units: Vec<UnitText>,
    pub categories: Vec<CategoryText>,
    pub stations: StationsText,
    pub deputies: Vec<DeputyText>,
    pub accounts: Vec<AccountText>,
    pub residents: Vec<ResidentText>,
    pub letters: Vec<Letter>,
    pub events: Vec<EventText>,
    pub ledger: LedgerText,
}

/// A file of the demo cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("demo content, {file}: {why}")]
pub struct ContentError {
    pub file: &'static str,
    pub why: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaText {
    pub level: String,
    pub code: String,
    pub name: String,
    pub parent: Option<String>,
    /// Code after the street's, and name.
    #[serde(default)]
    pub communities: Vec<(String, String)>,
    /// Outlines of its communities, in their order.
    #[serde(default)]
    pub outlines: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitText {
    pub key: String,
    pub name: String,
    pub short: String,
    pub kind: String,
    /// Who signs the unit's tasks.
    pub officer: String,
    pub section: String,
    /// Who signs its replies off, and who does so in a second handling.
    pub leader: String,
    pub second_leader: String,
    pub merged_into: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CategoryText {
    pub slug: String,
    pub name: String,
    pub child: Vec<ChildText>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChildText {
    pub slug: String,
    pub name: String,
    /// A unit's key, or `street` for whichever street it happens in.
    pub lead: String,
    #[serde(default)]
    pub co: Vec<String>,
    pub stopper: Option<String>,
    pub emergency: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StationsText {
    pub scope: Vec<String>,
    pub not_scope: String,
    pub principles: Vec<String>,
    pub station: Vec<StationText>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StationText {
    pub slug: String,
    pub name: String,
    pub kind: String,
    pub parent: Option<String>,
    pub area: String,
    pub address: String,
    pub phone: String,
    pub opening: String,
    pub reception: String,
    pub lng: f64,
    pub lat: f64,
    /// Who works there; points have none of their own.
    pub officer: Option<String>,
    pub directions: Directions,
    #[serde(default)]
    pub contact: Vec<Contact>,
    /// Pictures of it: a scene's name and what it shows here.
    #[serde(default)]
    pub photo: Vec<PhotoText>,
    #[serde(default)]
    pub extra_scope: Vec<String>,
    #[serde(default)]
    pub rule: Vec<RuleText>,
}

/// A picture of a station.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhotoText {
    pub scene: String,
    pub alt: String,
}

/// A reception rule.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleText {
    pub mode: String,
    #[serde(default)]
    pub nth: Vec<i8>,
    pub weekday: Option<u8>,
    #[serde(default)]
    pub days: Vec<u8>,
    #[serde(default)]
    pub months: Vec<u8>,
    pub start: String,
    pub end: String,
    pub slot_minutes: u32,
    pub seats: u32,
    pub holiday: Option<String>,
    pub title: Option<String>,
    /// A code of [`liaison_domain::reception::SessionKind`]; none: ordinary.
    pub kind: Option<String>,
    /// One can also meet by video.
    #[serde(default)]
    pub online: bool,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeputyText {
    pub slug: String,
    pub name: String,
    #[serde(default = "npc")]
    pub kind: String,
    pub levels: Vec<String>,
    pub station: String,
    #[serde(default)]
    pub also: Vec<String>,
    pub constituency: String,
    pub occupation: String,
    pub tags: Vec<String>,
    pub bio: String,
    /// A scene's name; without one the initials stand there.
    pub portrait: Option<String>,
    #[serde(default = "active")]
    pub status: String,
    /// Who reads the letters meanwhile.
    pub substitute: Option<String>,
    pub reception: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountText {
    pub username: String,
    pub name: String,
    pub role: Role,
    pub what: String,
    pub home: String,
    pub phone: Option<String>,
    pub area: Option<String>,
    pub deputy: Option<String>,
    pub unit: Option<String>,
    pub station: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ResidentText {
    pub key: String,
    pub phone: String,
    pub name: Option<String>,
}

fn npc() -> String {
    "npc".to_owned()
}

fn active() -> String {
    "active".to_owned()
}

/// Reads a file, or one list of it.
macro_rules! file {
    ($path:literal) => {
        parse($path, include_str!(concat!("../../demo/", $path)))
    };
    ($path:literal, $list:ident: $item:ty) => {{
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct List {
            $list: Vec<$item>,
        }
        parse::<List>($path, include_str!(concat!("../../demo/", $path))).map(|list| list.$list)
    }};
}

impl Content {
    /// Reads what was compiled in.
    ///
    /// # Errors
    /// [`ContentError`] with file and line; the tests rule it out.
    pub fn read() -> Result<Self, ContentError> {
        let letters = [
            file!("letters/01-housing.toml", letter: Letter)?,
            file!("letters/02-transport.toml", letter: Letter)?,
            file!("letters/03-education-health.toml", letter: Letter)?,
            file!("letters/04-environment-safety.toml", letter: Letter)?,
            file!("letters/05-work-access-community.toml", letter: Letter)?,
            file!("letters/06-at-the-door.toml", letter: Letter)?,
            file!("letters/07-xuefu-road.toml", letter: Letter)?,
            file!("letters/08-homes-and-safety.toml", letter: Letter)?,
            file!("letters/09-roads.toml", letter: Letter)?,
            file!("letters/10-care-and-work.toml", letter: Letter)?,
            file!("letters/11-around-the-house.toml", letter: Letter)?,
            file!("letters/12-under-way.toml", letter: Letter)?,
            file!("letters/13-not-content.toml", letter: Letter)?,
            file!("letters/14-second-looks.toml", letter: Letter)?,
            file!("letters/15-more-at-the-door.toml", letter: Letter)?,
        ];
        Ok(Self {
            areas: file!("areas.toml", area: AreaText)?,
            units: file!("units.toml", unit: UnitText)?,
            categories: file!("categories.toml", category: CategoryText)?,
            stations: file!("stations.toml")?,
            deputies: file!("deputies.toml", deputy: DeputyText)?,
            accounts: file!("accounts.toml", account: AccountText)?,
            residents: file!("residents.toml", resident: ResidentText)?,
            letters: letters.concat(),
            events: file!("events.toml", event: EventText)?,
            ledger: file!("ledger.toml")?,
        })
    }

    /// The unit with this key.
    pub fn unit(&self, key: &str) -> Option<&UnitText> {
        self.units.iter().find(|unit| unit.key == key)
    }

    /// The deputy with this slug.
    pub fn deputy(&self, slug: &str) -> Option<&DeputyText> {
        self.deputies.iter().find(|deputy| deputy.slug == slug)
    }
}

fn parse<T: DeserializeOwned>(file: &'static str, text: &str) -> Result<T, ContentError> {
    toml::from_str(text).map_err(|error| ContentError {
        file,
        why: error.to_string(),
    })
}
