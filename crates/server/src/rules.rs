//! What the rules are at this moment: limits, work calendar, library of reasons. From the configuration, and on top of it
//! what the station set itself. Read once, and again when any server changed them.

use crate::library::Library;
use liaison_domain::calendar::{WorkCalendar, demo_calendar};
use liaison_domain::lifecycle::{Actor, Context};
use liaison_domain::limits::Limits;
use liaison_domain::{Id, Millis};
use liaison_store::settings::Changed;
use liaison_store::{Store, StoreError, sha256_hex};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// One consistent reading of the rules.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// The district's limits; the lists of reasons are the library's.
    pub limits: Limits,
    /// Limits of categories that have their own, or whose parent has.
    pub categories: BTreeMap<Id, Limits>,
    pub calendar: WorkCalendar,
    pub library: Library,
    /// The store's count of changes that this reading has seen.
    pub revision: i64,
}

impl Rules {
    /// As configured, before the database is asked.
    pub fn configured(limits: &Limits, library: &Library) -> Self {
        Self {
            limits: limits.clone(),
            categories: BTreeMap::new(),
            calendar: demo_calendar(),
            library: library.clone(),
            revision: 0,
        }
        .settled()
    }

    /// With what the station set itself.
    pub async fn read(store: &Store, limits: &Limits, library: &Library) -> Result<Self, StoreError> {
        // The count first: a change while we read makes us read once more, never miss it.
        let revision = store.rules_revision().await?;
        let mut rules = Self {
            revision,
            ..Self::configured(limits, library)
        };
        let calendar = store.work_calendar().await?;
        // Without any days of its own the nation's hold.
        if calendar != WorkCalendar::default() {
            rules.calendar = calendar;
        }
        rules.library.overlay(&store.library().await?);
        rules.library.overlay_doors(&store.door_settings().await?);
        let overrides = store.limit_overrides().await?;
        for own in overrides.iter().filter(|own| own.category_id.is_empty()) {
            apply(&mut rules.limits, &own.name, &own.value);
        }
        let categories = store.categories().await?;
        for category in &categories {
            let chain = [category.parent_id.as_ref(), Some(&category.id)];
            let own: Vec<_> = chain
                .into_iter()
                .flatten()
                .flat_map(|id| overrides.iter().filter(move |own| own.category_id == *id))
                .collect();
            if !own.is_empty() {
                let mut limits = rules.limits.clone();
                for own in own {
                    apply(&mut limits, &own.name, &own.value);
                }
                rules.categories.insert(category.id.clone(), limits);
            }
        }
        Ok(rules.settled())
    }

    /// What a server brings along that dates are worked out by and no desk can change: the configuration's limits, and
    /// the calendar of a station that keeps none. As digests, to tell whether the last server brought the same.
    pub fn brought(limits: &Limits) -> [(Changed, i64); 2] {
        let mut text = String::new();
        for row in limits.rows() {
            let _ = writeln!(text, "{}={}", row.key, row.value);
        }
        let calendar = demo_calendar();
        let mut days = String::new();
        for (kind, dates) in [("off", &calendar.holidays), ("worked", &calendar.make_up_days)] {
            for date in dates {
                let _ = writeln!(days, "{kind} {}", date.iso());
            }
        }
        [(Changed::Limits, digest(&text)), (Changed::Calendar, digest(&days))]
    }

    /// One list of codes: what can be chosen is what the rules accept.
    fn settled(mut self) -> Self {
        let decline: Vec<Id> = self.library.decline.iter().map(|reason| reason.code.clone()).collect();
        let keep_closed: Vec<Id> = self
            .library
            .keep_closed
            .iter()
            .map(|reason| reason.code.clone())
            .collect();
        for limits in std::iter::once(&mut self.limits).chain(self.categories.values_mut()) {
            limits.decline_reasons.clone_from(&decline);
            limits.keep_closed_reasons.clone_from(&keep_closed);
        }
        self
    }

    /// The limits of a category.
    pub fn limits_of(&self, category_id: Option<&Id>) -> &Limits {
        category_id
            .and_then(|id| self.categories.get(id))
            .unwrap_or(&self.limits)
    }

    /// The lifecycle's context: a moment, a person, and these rules.
    pub fn context(&self, now: Millis, actor: Actor) -> Context<'_> {
        Context {
            categories: Some(&self.categories),
            ..Context::new(now, actor, &self.calendar, &self.limits)
        }
    }
}

/// Sixty bits: enough to tell one configuration from the next.
fn digest(text: &str) -> i64 {
    let hex = sha256_hex(text.as_bytes());
    hex.get(..15)
        .and_then(|digits| i64::from_str_radix(digits, 16).ok())
        .unwrap_or_default()
}

/// A value that no longer fits (an older version wrote it) is passed over and named in the log.
fn apply(limits: &mut Limits, name: &str, value: &str) {
    if let Ok(changed) = limits.with(name, value) {
        *limits = changed;
    } else {
        tracing::warn!(name, "a limit kept in the database does not fit and is not used");
    }
}
