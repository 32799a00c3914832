//! The directory in memory. Nearly every answer takes names from it, and it rarely changes.
//!
//! It is read again as soon as it, or anything else that everybody may read, changed: at once when this server changed
//! it, within a second when another did ([`Freshness`]); and when a reception is over, because another one is next then.

use crate::freshness::Stamp;
use crate::state::AppState;
use liaison_domain::calendar::date_of;
use liaison_domain::dto::{Area, AreaShape, Category, Unit};
use liaison_domain::{Id, Millis};
use liaison_store::StoreError;
use liaison_store::directory::{Deputy, Station};
use liaison_store::receptions::{NextDays, YearFigures};
use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// Everything a district is made of, in the order of its lists.
#[derive(Debug, Default)]
pub struct Directory {
    pub areas: Vec<Area>,
    /// Outlines of communities, for the map.
    pub shapes: Vec<AreaShape>,
    pub categories: Vec<Category>,
    /// Also those whose duties moved elsewhere.
    pub units: Vec<Unit>,
    pub stations: Vec<Station>,
    /// Also those who left. What they received is counted as of the last change.
    pub deputies: Vec<Deputy>,
    /// When everybody receives next.
    pub next: NextDays,
    /// The year that [`Self::figures`] are of.
    pub year: i32,
    /// What came of the receptions of this year, by station, as of the last change.
    pub figures: HashMap<Id, YearFigures>,
}

impl Directory {
    async fn read(state: &AppState) -> Result<Self, StoreError> {
        let store = &state.store;
        let year = date_of(state.now()).year;
        Ok(Self {
            year,
            figures: store.year_figures(year).await?,
            areas: store.areas().await?,
            shapes: store.area_shapes().await?,
            categories: store.categories().await?,
            units: store.units().await?,
            stations: store.stations(None, None).await?,
            deputies: store.all_deputies().await?,
            next: store.next_days(state.now()).await?,
        })
    }

    pub fn area(&self, id: &str) -> Option<&Area> {
        self.areas.iter().find(|area| area.id == id)
    }

    pub fn category(&self, id: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.id == id)
    }

    pub fn unit(&self, id: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.id == id)
    }

    pub fn station(&self, id: &str) -> Option<&Station> {
        self.stations.iter().find(|station| station.card.id == id)
    }

    pub fn station_by_slug(&self, slug: &str) -> Option<&Station> {
        self.stations.iter().find(|station| station.card.slug == slug)
    }

    pub fn deputy(&self, id: &str) -> Option<&Deputy> {
        self.deputies.iter().find(|deputy| deputy.card.id == id)
    }

    pub fn deputy_by_slug(&self, slug: &str) -> Option<&Deputy> {
        self.deputies.iter().find(|deputy| deputy.card.slug == slug)
    }

    /// A reception that was next is over by now.
    fn is_past(&self, now: Millis) -> bool {
        self.next.until.is_some_and(|until| until <= now)
    }
}

/// The directory as it was read last.
#[derive(Debug, Default)]
pub struct Memory {
    current: RwLock<Option<(Stamp, Arc<Directory>)>>,
    /// Held by whoever reads it again; the others wait instead of reading it too.
    reading: tokio::sync::Mutex<()>,
}

impl Memory {
    fn at(&self, stamp: Stamp, now: Millis) -> Option<Arc<Directory>> {
        let current = self.current.read().unwrap_or_else(PoisonError::into_inner);
        let (read_at, directory) = current.as_ref()?;
        (*read_at == stamp && !directory.is_past(now)).then(|| Arc::clone(directory))
    }
}

impl AppState {
    /// The directory as it is now.
    pub async fn directory(&self) -> Result<Arc<Directory>, StoreError> {
        let stamp = self.freshness.stamp(self).await;
        if let Some(known) = self.memory.at(stamp, self.now()) {
            return Ok(known);
        }
        let _reading = self.memory.reading.lock().await;
        // Taken before reading: what changes meanwhile is read the next time.
        let stamp = self.freshness.stamp(self).await;
        if let Some(known) = self.memory.at(stamp, self.now()) {
            return Ok(known);
        }
        let directory = Arc::new(Directory::read(self).await?);
        *self.memory.current.write().unwrap_or_else(PoisonError::into_inner) = Some((stamp, Arc::clone(&directory)));
        Ok(directory)
    }
}
