//! Areas, units, categories, stations, deputies and the work calendar into the store.

use super::SeedError;
use super::content::{Content, StationText};
use super::ids::id;
use liaison_domain::calendar::demo_calendar;
use liaison_domain::dto::{Area, Category, Unit};
use liaison_domain::lifecycle::TaskRole;
use liaison_store::directory::{NewDeputy, NewStation, SpecialDay};
use liaison_store::{DEFAULT_TENANT, Store};

/// Loads the directory. Each call replaces what has the same id, so that a broken load can be repeated.
pub async fn load(store: &Store, content: &Content) -> Result<(), SeedError> {
    store
        .ensure_tenant(
            DEFAULT_TENANT,
            "tinghai",
            "听海区网上代表联络站",
            "TH",
            super::ids::FOUNDED,
        )
        .await?;
    areas(store, content).await?;
    units(store, content).await?;
    categories(store, content).await?;
    stations(store, content).await?;
    deputies(store, content).await?;
    calendar(store).await
}

async fn areas(store: &Store, content: &Content) -> Result<(), SeedError> {
    let mut sort = 0;
    for area in &content.areas {
        sort += 1;
        let row = Area {
            id: id("area", &area.code),
            level: area.level.clone(),
            code: area.code.clone(),
            name: area.name.clone(),
            parent_id: area.parent.as_deref().map(|parent| id("area", parent)),
        };
        store.put_area(&row, sort).await?;
        for (at, (code, name)) in area.communities.iter().enumerate() {
            sort += 1;
            let code = format!("{}-{code}", area.code);
            let community = Area {
                id: id("area", &code),
                level: "community".to_owned(),
                code,
                name: name.clone(),
                parent_id: Some(row.id.clone()),
            };
            store.put_area(&community, sort).await?;
            if let Some(outline) = area.outlines.get(at) {
                store.put_area_outline(&community.id, outline).await?;
            }
        }
    }
    Ok(())
}

async fn units(store: &Store, content: &Content) -> Result<(), SeedError> {
    for (sort, unit) in (1..).zip(&content.units) {
        let row = Unit {
            id: id("unit", &unit.key),
            name: unit.name.clone(),
            short_name: unit.short.clone(),
            kind: unit.kind.clone(),
            active: unit.merged_into.is_none(),
            level: level(&unit.kind),
        };
        let successor = unit.merged_into.as_deref().map(|key| id("unit", key));
        store.put_unit(&row, &unit.key, successor.as_deref(), sort).await?;
    }
    Ok(())
}

/// Streets stand one level below the district's bureaus.
fn level(kind: &str) -> String {
    if kind == "street" { "street" } else { "district" }.to_owned()
}

/// What the made-up catalogue of duties says.
fn basis(category: &str, role: TaskRole) -> String {
    let part = match role {
        TaskRole::Lead => "主办",
        TaskRole::Co => "协办",
    };
    format!("听海区部门权责清单(演示)「{category}」{part}")
}

/// Whether a merged unit still works: letters from before the reform go to it while they are played.
pub async fn set_active(store: &Store, content: &Content, active: bool) -> Result<(), SeedError> {
    for (sort, unit) in (1..).zip(&content.units) {
        let Some(successor) = &unit.merged_into else { continue };
        let row = Unit {
            id: id("unit", &unit.key),
            name: unit.name.clone(),
            short_name: unit.short.clone(),
            kind: unit.kind.clone(),
            active,
            level: level(&unit.kind),
        };
        store
            .put_unit(&row, &unit.key, Some(&id("unit", successor)), sort)
            .await?;
    }
    Ok(())
}

async fn categories(store: &Store, content: &Content) -> Result<(), SeedError> {
    let mut sort = 0;
    for parent in &content.categories {
        sort += 1;
        let row = Category {
            id: id("category", &parent.slug),
            slug: parent.slug.clone(),
            name: parent.name.clone(),
            parent_id: None,
            stopper: None,
            emergency: None,
        };
        store.put_category(&row, sort).await?;
        for child in &parent.child {
            sort += 1;
            let slug = format!("{}.{}", parent.slug, child.slug);
            let child_row = Category {
                id: id("category", &slug),
                slug,
                name: child.name.clone(),
                parent_id: Some(row.id.clone()),
                stopper: child.stopper.clone(),
                emergency: child.emergency.clone(),
            };
            store.put_category(&child_row, sort).await?;
            let roles =
                std::iter::once((&child.lead, TaskRole::Lead)).chain(child.co.iter().map(|co| (co, TaskRole::Co)));
            // `street` means whichever street it happens in: the office knows, the catalogue does not.
            for (at, (key, role)) in (1..).zip(roles.filter(|(key, _)| *key != "street")) {
                store
                    .put_responsibility(&child_row.id, &id("unit", key), role, &basis(&child.name, role), at)
                    .await?;
            }
        }
    }
    Ok(())
}

async fn stations(store: &Store, content: &Content) -> Result<(), SeedError> {
    for (sort, station) in (1..).zip(&content.stations.station) {
        let new = NewStation {
            id: id("station", &station.slug),
            slug: station.slug.clone(),
            name: station.name.clone(),
            kind: station.kind.clone(),
            area_id: id("area", &station.area),
            parent_id: station.parent.as_deref().map(|parent| id("station", parent)),
            address: station.address.clone(),
            phone: station.phone.clone(),
            opening: station.opening.clone(),
            reception_text: station.reception.clone(),
            lng: station.lng,
            lat: station.lat,
            scope: scope(content, station),
            principles: content.stations.principles.clone(),
            charter: Vec::new(),
            contacts: station.contact.clone(),
            directions: station.directions.clone(),
        };
        store.put_station(&new, sort).await?;
    }
    Ok(())
}

fn scope(content: &Content, station: &StationText) -> Vec<String> {
    [
        &station.extra_scope[..],
        &content.stations.scope[..],
        std::slice::from_ref(&content.stations.not_scope),
    ]
    .concat()
}

async fn deputies(store: &Store, content: &Content) -> Result<(), SeedError> {
    for (sort, deputy) in (1..).zip(&content.deputies) {
        let own = content
            .stations
            .station
            .iter()
            .find(|station| station.slug == deputy.station);
        let reception = deputy
            .reception
            .as_deref()
            .or(own.map(|station| station.reception.as_str()));
        let stations = std::iter::once(&deputy.station).chain(&deputy.also);
        let new = NewDeputy {
            id: id("deputy", &deputy.slug),
            slug: deputy.slug.clone(),
            name: deputy.name.clone(),
            kind: deputy.kind.clone(),
            levels: deputy.levels.clone(),
            constituency: deputy.constituency.clone(),
            occupation: deputy.occupation.clone(),
            expertise: deputy.tags.clone(),
            photo: None,
            tile: (sort % 8) as u8,
            bio: deputy.bio.clone(),
            status: deputy.status.clone(),
            reception_text: reception.unwrap_or_default().to_owned(),
            stations: stations.map(|slug| id("station", slug)).collect(),
        };
        store.put_deputy(&new, sort).await?;
    }
    Ok(())
}

/// The nation's holidays as the rules know them, kept here so that a station can change them.
async fn calendar(store: &Store) -> Result<(), SeedError> {
    let calendar = demo_calendar();
    let days = calendar
        .holidays
        .iter()
        .map(|day| (day, false))
        .chain(calendar.make_up_days.iter().map(|day| (day, true)));
    for (day, is_workday) in days {
        let name = if is_workday { "调休上班" } else { "法定节假日" };
        store
            .put_special_day(&SpecialDay {
                date: day.iso(),
                is_workday,
                name: name.to_owned(),
            })
            .await?;
    }
    Ok(())
}
