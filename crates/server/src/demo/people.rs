//! Accounts of the demo, and who plays which part.

use super::content::{AccountText, Content};
use super::ids::{FOUNDED, id};
use super::{DEMO_PASSWORD, SeedError};
use crate::auth::{password, phone};
use crate::state::AppState;
use liaison_domain::Id;
use liaison_domain::lifecycle::{Actor, Role};
use liaison_store::people::NewStaff;
use std::collections::HashMap;

/// Everybody who acts, by the names the letters use for them.
pub struct Cast {
    /// Residents by key; of each the account and the name they gave.
    residents: HashMap<String, (Id, Option<String>)>,
    /// Staff and deputies by user name.
    staff: HashMap<String, Actor>,
}

impl Cast {
    /// The account of a letter's author.
    pub fn resident(&self, key: &str) -> Option<&(Id, Option<String>)> {
        self.residents.get(key)
    }

    /// A letter's author at work on it.
    pub fn author(&self, key: &str) -> Option<Actor> {
        self.residents.get(key).map(|(id, _)| Actor {
            account_id: Some(id.clone()),
            role: Role::Resident,
            is_author: true,
            ..Actor::system()
        })
    }

    /// A member of staff or a deputy.
    pub fn staff(&self, username: &str) -> Option<Actor> {
        self.staff.get(username).cloned()
    }
}

/// Keys that letters use for the residents among the one-tap accounts.
const RESIDENT_KEYS: &[(&str, &str)] = &[("litinglan", "li"), ("zhouapo", "zhou"), ("wangmou", "wang")];

/// User name of a station's clerk. Stations and units share one name space of accounts with deputies.
pub fn clerk(station: &str) -> &str {
    station
}

/// Makes every account.
pub async fn load(state: &AppState, content: &Content) -> Result<Cast, SeedError> {
    let hash = tokio::task::spawn_blocking(|| password::hash(DEMO_PASSWORD))
        .await
        .ok()
        .and_then(Result::ok);
    let mut cast = Cast {
        residents: HashMap::new(),
        staff: HashMap::new(),
    };
    let mut loader = Loader {
        state,
        hash: hash.ok_or(SeedError::Password)?,
        cast: &mut cast,
    };
    // The one-tap accounts first and in their order; what else is needed to play the letters comes after.
    for account in &content.accounts {
        match RESIDENT_KEYS.iter().find(|(username, _)| *username == account.username) {
            Some((_, key)) => {
                let phone = account.phone.as_deref().unwrap_or_default();
                loader.resident(key, phone, Some(&account.name), Some(account)).await?;
            }
            None => loader.staff(account, Some(account.what.clone())).await?,
        }
    }
    for resident in &content.residents {
        loader
            .resident(&resident.key, &resident.phone, resident.name.as_deref(), None)
            .await?;
    }
    for unit in &content.units {
        loader
            .extra(Role::UnitOfficer, &unit.key, &unit.officer, |a| {
                a.unit = Some(unit.key.clone());
            })
            .await?;
    }
    for station in &content.stations.station {
        if let Some(officer) = &station.officer {
            let username = clerk(&station.slug);
            loader
                .extra(Role::StationOfficer, username, officer, |a| {
                    a.station = Some(station.slug.clone());
                })
                .await?;
        }
    }
    for deputy in content.deputies.iter().filter(|deputy| deputy.status != "left") {
        loader
            .extra(Role::Deputy, &deputy.slug, &deputy.name, |a| {
                a.deputy = Some(deputy.slug.clone());
            })
            .await?;
    }
    Ok(cast)
}

struct Loader<'a> {
    state: &'a AppState,
    hash: String,
    cast: &'a mut Cast,
}

impl Loader<'_> {
    async fn resident(
        &mut self,
        key: &str,
        digits: &str,
        name: Option<&str>,
        demo: Option<&AccountText>,
    ) -> Result<(), SeedError> {
        let number = phone::Phone::parse(digits).ok_or_else(|| SeedError::Script {
            letter: key.to_owned(),
            step: "account",
            what: "telephone number",
        })?;
        let phone = number.kept(&self.state.phone_key)?;
        let one_tap = demo.map(|account| (account.username.as_str(), account.what.as_str()));
        let account = self
            .state
            .store
            .resident_as(
                &id("account", key),
                &phone,
                name.unwrap_or_default(),
                one_tap,
                FOUNDED + self.order(),
            )
            .await?;
        self.cast
            .residents
            .insert(key.to_owned(), (account.id, name.map(str::to_owned)));
        Ok(())
    }

    async fn extra(
        &mut self,
        role: Role,
        username: &str,
        name: &str,
        place: impl FnOnce(&mut AccountText),
    ) -> Result<(), SeedError> {
        if self.cast.staff.contains_key(username) {
            return Ok(());
        }
        let mut account = AccountText {
            username: username.to_owned(),
            name: name.to_owned(),
            role,
            what: String::new(),
            home: String::new(),
            phone: None,
            area: None,
            deputy: None,
            unit: None,
            station: None,
        };
        place(&mut account);
        self.staff(&account, None).await
    }

    async fn staff(&mut self, account: &AccountText, note: Option<String>) -> Result<(), SeedError> {
        let new = NewStaff {
            id: id("account", &account.username),
            role: account.role,
            name: account.name.clone(),
            username: account.username.clone(),
            password_hash: Some(self.hash.clone()),
            unit_id: account.unit.as_deref().map(|key| id("unit", key)),
            station_id: account.station.as_deref().map(|slug| id("station", slug)),
            deputy_id: account.deputy.as_deref().map(|slug| id("deputy", slug)),
            note,
        };
        self.state.store.put_staff(&new, FOUNDED + self.order()).await?;
        let actor = Actor {
            account_id: Some(new.id),
            role: new.role,
            unit_id: new.unit_id,
            station_id: new.station_id,
            deputy_id: new.deputy_id,
            is_author: false,
        };
        self.cast.staff.insert(new.username, actor);
        Ok(())
    }

    /// Accounts are listed by age: a millisecond apart keeps the order of the files.
    fn order(&self) -> i64 {
        (self.cast.residents.len() + self.cast.staff.len()) as i64
    }
}
