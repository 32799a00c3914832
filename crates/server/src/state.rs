//! What every request may use: configuration, clock, store, files, and the brakes on expensive work.

use crate::clock::Clock;
use crate::config::Config;
use crate::http::rate::Windows;
use crate::site::{Site, SiteReader};
use liaison_domain::Millis;
use std::ops::Deref;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// Cheap to clone; one per server.
#[derive(Clone)]
pub struct AppState(Arc<Inner>);

/// The parts of [`AppState`].
pub struct Inner {
    pub config: Config,
    pub clock: Clock,
    pub sites: SiteReader,
    pub windows: Windows,
    /// Argon2 takes a core and tens of megabytes: never more than two at once.
    pub hashing: Semaphore,
    /// Decoding pictures: the same.
    pub decoding: Semaphore,
}

impl Deref for AppState {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl AppState {
    /// Puts the parts together.
    pub fn new(config: Config, clock: Clock) -> Self {
        let sites = SiteReader::new(&config.web);
        Self(Arc::new(Inner {
            config,
            clock,
            sites,
            windows: Windows::default(),
            hashing: Semaphore::new(2),
            decoding: Semaphore::new(2),
        }))
    }

    /// The server's time.
    pub fn now(&self) -> Millis {
        self.clock.now()
    }

    /// The built web apps.
    pub fn site(&self) -> Arc<Site> {
        self.sites.current()
    }
}
