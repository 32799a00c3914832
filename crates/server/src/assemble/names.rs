//! Names for the ids that a case mentions.

use crate::directory::Directory;
use crate::problem::ApiResult;
use crate::state::AppState;
use liaison_domain::Id;
use liaison_domain::dto::{DeputyCard, NamedRef};
use liaison_domain::lifecycle::{Actor, Case, CaseEvent, EventRecord, HolderKind, Role};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// The directory, and the deputies and letters that are asked for.
#[derive(Clone, Debug)]
pub struct Names {
    pub directory: Arc<Directory>,
    pub deputies: HashMap<Id, DeputyCard>,
    /// Numbers of other letters, where one was joined to another.
    pub numbers: HashMap<Id, String>,
}

impl Names {
    /// Everything but deputies, whose next reception has to be worked out.
    pub async fn load(state: &AppState) -> ApiResult<Self> {
        Ok(Self {
            directory: state.directory().await?,
            deputies: HashMap::new(),
            numbers: HashMap::new(),
        })
    }

    /// Adds everything one letter's case and log mention.
    pub async fn of_letter(state: &AppState, case: &Case, records: &[EventRecord]) -> ApiResult<Self> {
        let mut names = Self::load(state).await?;
        let mut deputies: BTreeSet<Id> = case.deputy_id.iter().cloned().collect();
        let mut letters: BTreeSet<&Id> = case.merged_into.iter().collect();
        for record in records {
            deputies.extend(record.actor.deputy_id.clone());
            match &record.event {
                CaseEvent::ToDeputy { deputy_id } => {
                    deputies.insert(deputy_id.clone());
                }
                CaseEvent::Submit {
                    deputy_id: Some(id), ..
                }
                | CaseEvent::Release {
                    forwarded_by_deputy: Some(id),
                    ..
                } => {
                    deputies.insert(id.clone());
                }
                CaseEvent::Merge { into: id, .. }
                | CaseEvent::MergedIn { letter_id: id }
                | CaseEvent::MergedOut { letter_id: id } => {
                    letters.insert(id);
                }
                _ => {}
            }
        }
        names.add_deputies(deputies);
        for id in letters {
            if let Some(letter) = state.store.load(id).await? {
                names.numbers.insert(id.clone(), letter.no);
            }
        }
        Ok(names)
    }

    /// Adds deputies, with their next reception.
    pub fn add_deputies(&mut self, ids: impl IntoIterator<Item = Id>) {
        for id in ids {
            if self.deputies.contains_key(&id) {
                continue;
            }
            if let Some(deputy) = self.directory.deputy(&id) {
                let card = super::deputy_card(&self.directory, deputy.clone());
                self.deputies.insert(id, card);
            }
        }
    }

    /// A station's name.
    pub fn station(&self, id: &str) -> String {
        let found = self.directory.station(id);
        found.map(|station| station.card.name.clone()).unwrap_or_default()
    }

    /// A unit's short name.
    pub fn unit(&self, id: &str) -> String {
        let found = self.directory.unit(id);
        found.map(|unit| unit.short_name.clone()).unwrap_or_default()
    }

    /// An area's name.
    pub fn area(&self, id: Option<&Id>) -> Option<String> {
        Some(self.directory.area(id?)?.name.clone())
    }

    /// A category's name.
    pub fn category(&self, id: Option<&Id>) -> Option<String> {
        Some(self.directory.category(id?)?.name.clone())
    }

    /// 「陆知遥代表」.
    pub fn deputy(&self, id: &str) -> Option<String> {
        self.deputies.get(id).map(addressed)
    }

    /// A unit, station or deputy with its name.
    pub fn reference(&self, id: &str, name: String) -> NamedRef {
        NamedRef {
            id: id.to_owned(),
            name,
        }
    }

    /// Who has the ball, by name.
    pub fn holder(&self, kind: HolderKind, id: Option<&Id>) -> Option<String> {
        let id = id?;
        match kind {
            HolderKind::Office => Some(self.station(id)),
            HolderKind::Unit => self.directory.unit(id).map(|unit| unit.name.clone()),
            HolderKind::Deputy => self.deputy(id),
            HolderKind::Resident | HolderKind::Nobody => None,
        }
        .filter(|name| !name.is_empty())
    }

    /// Who acted, as an office and never as a private person: a resident has no name here.
    pub fn actor(&self, actor: &Actor, case: &Case) -> Option<String> {
        match actor.role {
            Role::Deputy => actor.deputy_id.as_deref().and_then(|id| self.deputy(id)),
            Role::UnitOfficer | Role::UnitLeader => actor.unit_id.as_deref().map(|id| self.unit(id)),
            Role::StationOfficer | Role::StationLeader | Role::Moderator | Role::Admin => {
                Some(self.station(actor.station_id.as_deref().unwrap_or(&case.station_id)))
            }
            Role::Resident | Role::Auditor | Role::System => None,
        }
        .filter(|name| !name.is_empty())
    }
}

/// 「陆知遥代表」, 「温若谷委员」.
pub fn addressed(deputy: &DeputyCard) -> String {
    let title = if deputy.kind == "cppcc" { "委员" } else { "代表" };
    format!("{}{title}", deputy.name)
}
