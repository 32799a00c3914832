//! Everybody who might try something, and who they are towards a letter.

use super::mirror::Tracked;
use crate::support::*;
use liaison_domain::dto::Unit;
use liaison_domain::lifecycle::{Actor, CaseState, NoticeTo, Role};
use liaison_store::people::{NewStaff, Phone};

/// One who acts.
#[derive(Clone, Debug)]
pub enum Person {
    /// By account id.
    Resident(String),
    /// Somebody who typed the number and code of one of the letters.
    Code(usize),
    Staff(Staff),
    Nobody,
}

impl Person {
    pub fn name(&self) -> String {
        match self {
            Self::Resident(id) => id.clone(),
            Self::Code(at) => format!("somebody with the code of letter {at}"),
            Self::Staff(staff) => staff.id.clone(),
            Self::Nobody => "nobody".to_owned(),
        }
    }
}

#[derive(Clone, Debug)]
pub struct Staff {
    pub id: String,
    pub role: Role,
    pub unit: Option<String>,
    pub station: Option<String>,
    pub deputy: Option<String>,
}

/// Who somebody is towards a letter.
pub enum Towards {
    /// Not logged in.
    Stranger,
    /// The letter does not exist for them.
    OutOfScope,
    Acts(Actor),
}

pub struct People {
    pub residents: Vec<String>,
    pub staff: Vec<Staff>,
}

pub const UNITS: &[&str] = &["u-jiaotong", "u-chengguan", "u-jiedao"];

impl People {
    /// The district's own and some more: second officers, leaders, a unit one level down.
    pub async fn settle(app: &TestApp) -> Self {
        let store = &app.state.store;
        let street = Unit {
            id: "u-jiedao".to_owned(),
            name: "松荆街道办事处".to_owned(),
            short_name: "松荆街道".to_owned(),
            kind: "street".to_owned(),
            active: true,
            level: "street".to_owned(),
        };
        store.put_unit(&street, "jiedao", None, 9).await.unwrap();
        let of = |username: &str, role: Role, unit: Option<&str>, station: Option<&str>| NewStaff {
            id: format!("p-{username}"),
            role,
            name: username.to_owned(),
            username: username.to_owned(),
            password_hash: None,
            unit_id: unit.map(str::to_owned),
            station_id: station.map(str::to_owned),
            deputy_id: None,
            note: None,
        };
        for new in [
            of("songjing-2", Role::StationOfficer, None, Some("s-songjing")),
            of("songjing-ld", Role::StationLeader, None, Some("s-songjing")),
            of("yunfan-ld", Role::StationLeader, None, Some("s-yunfan")),
            of("head", Role::StationOfficer, None, None),
            of("chief-2", Role::StationLeader, None, None),
            of("chengguan-ld", Role::UnitLeader, Some("u-chengguan"), None),
            of("jiedao", Role::UnitOfficer, Some("u-jiedao"), None),
        ] {
            store.put_staff(&new, MONDAY).await.unwrap();
        }
        let mut residents = Vec::new();
        for n in 1..=2 {
            let phone = Phone {
                hash: format!("hash-{n}"),
                masked: format!("199****000{n}"),
                encrypted: None,
            };
            let account = store.resident(&phone, "居民", MONDAY).await.unwrap();
            residents.push(account.id);
        }
        let named = store.named_accounts().await.unwrap();
        let staff = named
            .into_iter()
            .filter(|account| account.role != Role::Resident)
            .map(|account| Staff {
                id: account.id,
                role: account.role,
                unit: account.unit_id,
                station: account.station_id,
                deputy: account.deputy_id,
            });
        let mut staff: Vec<Staff> = staff.collect();
        staff.sort_by(|a, b| a.id.cmp(&b.id));
        Self { residents, staff }
    }

    pub async fn client<'a>(&self, app: &'a TestApp, person: &Person) -> Client<'a> {
        let mut client = app.nobody();
        let id = match person {
            Person::Resident(id) => id,
            Person::Staff(staff) => &staff.id,
            Person::Code(_) | Person::Nobody => return client,
        };
        let (now, later) = (app.state.now(), app.state.now() + DAY);
        let token = app
            .state
            .store
            .create_session(Some(id), now, later, later)
            .await
            .unwrap();
        client.set_session(&token);
        client
    }

    /// The accounts behind a party.
    pub fn told(&self, to: &NoticeTo, letter: &Tracked) -> Vec<String> {
        let all = |fits: &dyn Fn(&Staff) -> bool| -> Vec<String> {
            self.staff
                .iter()
                .filter(|staff| fits(staff))
                .map(|staff| staff.id.clone())
                .collect()
        };
        let clerk = |staff: &Staff| matches!(staff.role, Role::StationOfficer | Role::StationLeader);
        match to {
            // The whole speaks for its parts.
            NoticeTo::Resident => letter
                .part_of
                .is_none()
                .then(|| letter.author.clone())
                .into_iter()
                .collect(),
            NoticeTo::Deputy(id) => all(&|staff| staff.deputy.as_ref() == Some(id)),
            NoticeTo::Unit(id) => all(&|staff| staff.unit.as_ref() == Some(id)),
            NoticeTo::Office(station) => {
                // The point 学府 has no staff of its own: its main station answers for it.
                let answers = |own: &String| own == station || (station == "s-xuefu" && own == "s-songjing");
                all(&|staff| clerk(staff) && staff.station.as_ref().is_some_and(answers))
            }
        }
    }
}

/// Who somebody is towards the letter at this place.
pub fn towards(person: &Person, at: usize, letter: &Tracked) -> Towards {
    let author = |account_id: Option<String>| {
        Towards::Acts(Actor {
            account_id,
            role: Role::Resident,
            is_author: true,
            ..Actor::system()
        })
    };
    match person {
        Person::Nobody => Towards::Stranger,
        Person::Code(opened) if *opened == at => author(None),
        Person::Resident(id) if *id == letter.author => author(Some(id.clone())),
        Person::Code(_) | Person::Resident(_) => Towards::OutOfScope,
        Person::Staff(staff) => of_staff(staff, letter),
    }
}

fn of_staff(staff: &Staff, letter: &Tracked) -> Towards {
    let case = &letter.case;
    let mut actor = Actor {
        account_id: Some(staff.id.clone()),
        role: staff.role,
        unit_id: staff.unit.clone(),
        station_id: staff.station.clone(),
        deputy_id: staff.deputy.clone(),
        is_author: false,
    };
    let in_scope = match staff.role {
        Role::Deputy => {
            case.state != CaseState::ScreeningHold
                && (letter.addressed == staff.deputy || case.deputy_id == staff.deputy)
        }
        Role::UnitOfficer | Role::UnitLeader => {
            let own = |unit: Option<&String>| unit.is_some() && unit == staff.unit.as_ref();
            // Its own task, or another unit's whose work it does.
            case.tasks
                .iter()
                .any(|task| own(Some(&task.unit_id)) || (task.state.is_current() && own(task.delegate.as_ref())))
        }
        _ => match staff.station.as_deref() {
            None => true,
            Some(own) if own == case.station_id => true,
            Some("s-songjing") if case.station_id == "s-xuefu" => {
                actor.station_id = Some(case.station_id.clone());
                true
            }
            Some(_) => false,
        },
    };
    if in_scope {
        Towards::Acts(actor)
    } else {
        Towards::OutOfScope
    }
}
