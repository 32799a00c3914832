//! Who acts in the district being filled: the demo's staff, and residents made for it.

use crate::randoms::Randoms;
use crate::{Failure, Result, words};
use liaison_domain::lifecycle::{Actor, Role};
use liaison_domain::{Id, Millis};
use liaison_store::Store;
use liaison_store::people::{Account, Phone};
use std::collections::HashMap;

/// Residents who write; each has many letters when the district is big.
const RESIDENTS: usize = 1_000;

/// A station with the clerk who acts for it.
#[derive(Clone, Debug)]
pub struct Office {
    pub station_id: Id,
    pub clerk: Actor,
}

/// A category, and the unit that answers for it.
#[derive(Clone, Debug)]
pub struct Duty {
    pub category_id: Id,
    pub unit: Actor,
    pub helper: Option<Id>,
}

/// Everybody.
#[derive(Debug)]
pub struct Cast {
    pub offices: Vec<Office>,
    /// By the slug of the main category.
    duties: HashMap<String, Vec<Duty>>,
    pub deputies: Vec<Actor>,
    pub residents: Vec<Id>,
    pub areas: Vec<Id>,
}

fn actor(account: Account) -> Actor {
    Actor {
        account_id: Some(account.id),
        role: account.role,
        unit_id: account.unit_id,
        station_id: account.station_id,
        deputy_id: account.deputy_id,
        is_author: false,
    }
}

/// The author of a letter.
pub fn author(account_id: &Id) -> Actor {
    Actor {
        account_id: Some(account_id.clone()),
        role: Role::Resident,
        is_author: true,
        ..Actor::system()
    }
}

impl Cast {
    /// Finds the staff and makes the residents, where they are not there yet.
    pub async fn gather(store: &Store, now: Millis) -> Result<Self> {
        let accounts: Vec<Actor> = store.named_accounts().await?.into_iter().map(actor).collect();
        let mut offices = Vec::new();
        for station in store.stations(None, None).await? {
            let id = station.card.id;
            let clerk = accounts
                .iter()
                .find(|a| a.role == Role::StationOfficer && a.station_id.as_ref() == Some(&id));
            if let Some(clerk) = clerk {
                offices.push(Office {
                    station_id: id,
                    clerk: clerk.clone(),
                });
            }
        }
        let units: HashMap<&Id, &Actor> = accounts
            .iter()
            .filter(|a| a.role == Role::UnitOfficer)
            .filter_map(|a| Some((a.unit_id.as_ref()?, a)))
            .collect();
        let mut duties: HashMap<String, Vec<Duty>> = HashMap::new();
        for category in store.categories().await? {
            let mut answering = store.category_units(&category.id).await?.into_iter();
            let Some(unit) = answering.next().and_then(|lead| units.get(&lead.unit.id).copied()) else {
                continue;
            };
            let main = category.slug.split('.').next().unwrap_or_default().to_owned();
            duties.entry(main).or_default().push(Duty {
                category_id: category.id,
                unit: unit.clone(),
                helper: answering
                    .next()
                    .map(|co| co.unit.id)
                    .filter(|id| Some(id) != unit.unit_id.as_ref()),
            });
        }
        if offices.is_empty() || words::SUBJECTS.iter().any(|s| !duties.contains_key(s.category)) {
            return Err(Failure::from("the demo district misses stations or duties"));
        }
        let areas = store.areas().await?;
        let areas = areas
            .into_iter()
            .filter(|a| a.level == "community")
            .map(|a| a.id)
            .collect();
        let deputies = accounts.iter().filter(|a| a.role == Role::Deputy).cloned().collect();
        Ok(Self {
            offices,
            duties,
            deputies,
            residents: residents(store, now).await?,
            areas,
        })
    }

    /// A duty about this subject.
    pub fn duty(&self, category: &str, randoms: &mut Randoms) -> Option<&Duty> {
        randoms.pick(self.duties.get(category)?)
    }
}

async fn residents(store: &Store, now: Millis) -> Result<Vec<Id>> {
    let mut all = Vec::with_capacity(RESIDENTS);
    for nth in 0..RESIDENTS {
        let phone = Phone {
            hash: format!("bench-{nth}"),
            masked: format!("199****{nth:04}"),
            encrypted: None,
        };
        all.push(store.resident(&phone, "", now).await?.id);
    }
    Ok(all)
}
