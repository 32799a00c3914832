//! What every request may use: configuration, clock, store, files, and the brakes on expensive work.

use crate::clock::Clock;
use crate::config::{self, Config};
use crate::directory::Memory;
use crate::following::Following;
use crate::freshness::Freshness;
use crate::http::headers::Policies;
use crate::http::kept::Kept;
use crate::http::rate::Windows;
use crate::library::Library;
use crate::notify::{self, Channels};
use crate::rules::Rules;
use crate::site::{Site, SiteReader};
use crate::speech::Speech;
use crate::uploads::FileStore;
use crate::wechat::Wechat;
use liaison_domain::Millis;
use liaison_domain::calendar::{Date, date_of};
use liaison_store::{Store, StoreError};
use std::ops::Deref;
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};
use tokio::sync::Semaphore;

/// Cheap to clone; one per server.
#[derive(Clone)]
pub struct AppState(Arc<Inner>);

/// The parts of [`AppState`].
pub struct Inner {
    pub config: Config,
    pub clock: Clock,
    pub store: Store,
    pub files: FileStore,
    /// The library as it ships or as the configuration names it.
    library: Library,
    /// Under which phone numbers are hashed.
    pub phone_key: [u8; 32],
    /// Ways out to telephones and mailboxes.
    pub channels: Channels,
    /// Turns recordings into text, where it is configured.
    pub speech: Option<Speech>,
    pub sites: SiteReader,
    /// None: nothing of `WeChat` is there.
    pub wechat: Option<Wechat>,
    /// What pages may load.
    pub policies: Policies,
    /// Public answers in memory.
    pub kept: Kept,
    /// Whether they still hold.
    pub freshness: Freshness,
    /// Who follows events.
    pub following: Following,
    /// The directory in memory, see [`AppState::directory`].
    pub memory: Memory,
    /// Writing requests per address.
    pub windows: Windows,
    /// Questions for similar matters per address.
    pub similar: Windows,
    /// Codes sent per address.
    pub codes: Windows,
    /// Drafts of letters kept per address, by the minute …
    pub drafts: Windows,
    /// … and browsers that began to keep some, by the hour.
    pub drafters: Windows,
    /// Reports of broken pages per address.
    pub reports: Windows,
    /// Signatures for the platform's script per address.
    pub signatures: Windows,
    /// Failed logins per (account, network).
    pub locks: crate::auth::lock::Locks,
    /// Argon2 takes a core and tens of megabytes: never more than two at once.
    pub hashing: Semaphore,
    /// Decoding pictures: the same.
    pub decoding: Semaphore,
    rules: RwLock<Arc<Rules>>,
}

/// Why the parts do not fit together; one line for the person who starts the server.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    #[error("the library of reasons cannot be used: {0}")]
    Library(String),
    #[error("the data folder cannot be used: {0}")]
    Data(String),
    #[error("a channel for messages cannot be used: {0}")]
    Channel(String),
    #[error("the service for recordings cannot be used: {0}")]
    Speech(String),
}

impl Deref for AppState {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl AppState {
    /// Puts the parts together. The data folder must exist; the database may still be empty.
    pub fn new(config: Config, clock: Clock, store: Store) -> Result<Self, StateError> {
        let library = Library::read(config.library.as_deref()).map_err(StateError::Library)?;
        let rules = Rules::configured(&config.limits, &library);
        let folder = config.data.join("files");
        std::fs::create_dir_all(&folder).map_err(|e| StateError::Data(e.to_string()))?;
        let files = FileStore::local(&folder).map_err(|e| StateError::Data(e.to_string()))?;
        let phone_key = match config.phone_key {
            Some(key) => key,
            None => phone_key_of(&config.data).map_err(|e| StateError::Data(e.to_string()))?,
        };
        let channels = notify::channels(&config, &clock).map_err(StateError::Channel)?;
        let wechat = Wechat::new(&config).map_err(StateError::Channel)?;
        let policies = Policies::of(&config);
        let speech = Speech::new(&config).map_err(StateError::Speech)?;
        let sites = SiteReader::new(&config.web);
        Ok(Self(Arc::new(Inner {
            clock,
            store,
            files,
            library,
            phone_key,
            channels,
            speech,
            sites,
            wechat,
            policies,
            kept: Kept::default(),
            freshness: Freshness::default(),
            following: Following::default(),
            memory: Memory::default(),
            windows: Windows::minutes(),
            similar: Windows::minutes(),
            codes: Windows::hours(),
            drafts: Windows::minutes(),
            drafters: Windows::hours(),
            reports: Windows::minutes(),
            signatures: Windows::minutes(),
            locks: crate::auth::lock::Locks::default(),
            hashing: Semaphore::new(2),
            decoding: Semaphore::new(2),
            rules: RwLock::new(Arc::new(rules)),
            config,
        })))
    }

    /// The server's time.
    pub fn now(&self) -> Millis {
        self.clock.now()
    }

    /// The day it is, here.
    pub fn today(&self) -> Date {
        date_of(self.now())
    }

    /// The built web apps.
    pub fn site(&self) -> Arc<Site> {
        self.sites.current()
    }

    /// The rules as they are now. Take them once per request: they may change between two calls.
    pub fn rules(&self) -> Arc<Rules> {
        Arc::clone(&self.rules.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The library as it ships or as the configuration names it, without what was set at the desk.
    pub fn configured_library(&self) -> &Library {
        &self.library
    }

    /// Reads calendar, limits and library from the database.
    pub async fn read_rules(&self) -> Result<(), StoreError> {
        let rules = Rules::read(&self.store, &self.config.limits, &self.library).await?;
        *self.rules.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(rules);
        Ok(())
    }

    /// Tells the others, once at the start, what this server's configuration and program bring along of the rules. Where
    /// that differs from what the last server brought, open dates are worked out anew, as after a change at the desk.
    pub async fn bring_rules(&self) -> Result<(), StoreError> {
        for (part, digest) in Rules::brought(&self.config.limits) {
            if self.store.bring_rules(part, digest).await? {
                tracing::info!(?part, "the rules are not those of the last start; open dates follow");
            }
        }
        Ok(())
    }

    /// Whether no server started with other rules since: what this one works out is what holds.
    pub async fn brings_the_latest(&self) -> Result<bool, StoreError> {
        for (part, digest) in Rules::brought(&self.config.limits) {
            let last = self.store.rules_brought(part).await?;
            if last != 0 && last != digest {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Reads them again when a server changed them; tells whether that was so.
    pub async fn read_rules_if_changed(&self) -> Result<bool, StoreError> {
        let changed = self.store.rules_revision().await? != self.rules().revision;
        if changed {
            self.read_rules().await?;
        }
        Ok(changed)
    }
}

/// Made once and kept beside the embedded database, readable by this user only.
fn phone_key_of(data: &Path) -> std::io::Result<[u8; 32]> {
    let path = data.join("phone.key");
    if let Ok(text) = std::fs::read_to_string(&path) {
        return config::parse_key(&text)
            .ok_or_else(|| std::io::Error::other(format!("{} is not 64 hexadecimal digits", path.display())));
    }
    let text = crate::auth::secret::token();
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    std::io::Write::write_all(&mut options.open(&path)?, text.as_bytes())?;
    config::parse_key(&text).ok_or_else(|| std::io::Error::other("a fresh key is not readable"))
}
