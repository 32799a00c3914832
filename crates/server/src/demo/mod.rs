//! The made-up district that every first start shows: 澜州市听海区, its stations, people, units and letters.
//!
//! The content lies in `crates/server/demo/` as text; here it is read ([`content`]), put into the directory
//! ([`directory`], [`people`]) and its letters are *played*: every event goes through the store with the right person
//! and a time of its own, counted back from now ([`timing`], [`play`]). No state is written directly, so whatever the
//! rules do by themselves (signatures by time, expired surveys) happens here too.
//!
//! Nothing in it is real. Telephone numbers follow a pattern that nobody has.

mod canvas;
mod content;
mod directory;
mod events;
mod ids;
mod ledger;
mod meeting_text;
mod meetings;
mod parts;
mod people;
mod pictures;
mod places;
mod play;
mod receptions;
mod restrictions;
mod scenes;
mod script;
mod timing;

pub use content::{Content, ContentError};
pub use meeting_text::PartyText;
pub use script::{Letter, Line, Step};

use crate::problem::ApiError;
use crate::state::AppState;
use liaison_domain::Millis;
use liaison_domain::calendar::DAY_MS;
use liaison_domain::dto::DemoAccount;
use liaison_store::StoreError;
use liaison_store::events::EventError;
use liaison_store::letters::{ActError, SubmitError};
use std::time::{Duration, Instant};

/// The one password of every staff member and deputy of the demo. Written in the README; real installations have no
/// demo accounts.
pub const DEMO_PASSWORD: &str = "tinghai-demo";

/// What everything random about the demo is drawn from.
const SEED: u32 = 20_250_101;

/// Whoever tries the demo out finds only the last days' entries unread.
const UNREAD: Millis = 2 * DAY_MS;

/// What was loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeedReport {
    pub stations: usize,
    pub people: usize,
    pub letters: usize,
    /// Themed receptions, councils and the like.
    pub meetings: usize,
    /// Entries in the letters' logs.
    pub events: usize,
    pub pictures: usize,
    pub took: Duration,
}

/// Why the demo could not be loaded. A defect of its content or of the machine, never of a person.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    #[error(transparent)]
    Content(#[from] ContentError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("letter {letter}: {why}")]
    Submit { letter: String, why: SubmitError },
    #[error("letter {letter}, {step}: {why}")]
    Act {
        letter: String,
        step: &'static str,
        why: ActError,
    },
    #[error("letter {letter}, {step}: there is no {what} at this point")]
    Script {
        letter: String,
        step: &'static str,
        what: &'static str,
    },
    #[error("event {event}, {step}: {why}")]
    Event {
        event: String,
        step: &'static str,
        why: EventError,
    },
    #[error("a picture: {0}")]
    Picture(String),
    #[error("receptions: {0}")]
    Reception(String),
    #[error("restrictions: {0}")]
    Restriction(String),
    #[error("the demo password cannot be hashed")]
    Password,
}

impl From<ApiError> for SeedError {
    fn from(error: ApiError) -> Self {
        Self::Picture(format!("{error:?}"))
    }
}

/// Loads the whole district, dated back from the server's clock; `None` when there is a district already. The same
/// clock gives the same district.
///
/// # Errors
/// [`SeedError`]; what was loaded until then stays, so the caller resets.
pub async fn seed(state: &AppState) -> Result<Option<SeedReport>, SeedError> {
    if !state.store.stations(None, None).await?.is_empty() {
        return Ok(None);
    }
    let begun = Instant::now();
    let content = Content::read()?;
    say(&format!(
        "demo district: {} stations, {} deputies …",
        content.stations.station.len(),
        content.deputies.len()
    ));
    // Drawing takes the one core while the directory waits for the disk.
    let letters = content.letters.clone();
    let album = tokio::task::spawn_blocking(move || pictures::Album::draw(&letters));
    directory::load(&state.store, &content).await?;
    let cast = people::load(state, &content).await?;
    places::load(state, &content).await?;
    state.read_rules().await?;
    receptions::load(state, &content, &cast).await?;
    say(&format!("demo district: playing {} letters …", content.letters.len()));
    let album = album.await.map_err(|error| SeedError::Picture(error.to_string()))??;
    let played = play::play(state, &content, &cast, album).await?;
    ledger::load(state, &content, &cast, &played.letters).await?;
    let meetings = meetings::play(state, &content, &cast).await?;
    restrictions::play(state, &cast).await?;
    // What is older was read when it happened.
    state.store.mark_all_read(state.now() - UNREAD).await?;
    let report = SeedReport {
        stations: content
            .stations
            .station
            .iter()
            .filter(|station| station.parent.is_none())
            .count(),
        people: content.deputies.len(),
        letters: content.letters.len(),
        meetings,
        events: played.events,
        pictures: played.pictures,
        took: begun.elapsed(),
    };
    say(&format!(
        "demo district: {} letters with {} events and {} pictures in {:.1} s",
        report.letters,
        report.events,
        report.pictures,
        report.took.as_secs_f32()
    ));
    Ok(Some(report))
}

/// Throws the district away and loads it again.
///
/// # Errors
/// [`SeedError`].
pub async fn reset(state: &AppState) -> Result<Option<SeedReport>, SeedError> {
    state.store.reset().await?;
    seed(state).await
}

/// The one-tap accounts, in the order of the login page.
///
/// # Errors
/// [`ContentError`], which the tests rule out.
pub fn demo_accounts() -> Result<Vec<DemoAccount>, ContentError> {
    let accounts = Content::read()?.accounts;
    let shown = |account: content::AccountText| DemoAccount {
        username: account.username,
        name: account.name,
        role: account.role,
        what: account.what,
        home: account.home,
    };
    Ok(accounts.into_iter().map(shown).collect())
}

/// A drawn picture of the demo.
pub struct Sketch {
    /// A PNG file.
    pub png: Vec<u8>,
    /// What it shows, in words.
    pub alt: &'static str,
}

/// One of the demo's pictures by its name.
pub fn sketch(name: &str) -> Option<Sketch> {
    let png = scenes::draw(name)?.png().ok()?;
    Some(Sketch {
        png,
        alt: scenes::alt(name),
    })
}

/// A line for whoever waits at the terminal. Standard error: standard output belongs to the server's announcement.
fn say(line: &str) {
    eprintln!("{line}");
}
