//! What the desk keeps of the pages of stations and deputies, for those whose it is. What is out of scope does not exist.

use crate::access;
use crate::assemble::pictures;
use crate::auth::session::Viewer;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::dto::{
    DeputyInput, DeputySettings, NamedRef, PhotoInput, PlaceChange, PlacePhoto, PlaceRow, StationInput, StationSettings,
};
use liaison_store::directory::{Deputy, Photo, Place, Station};
use liaison_store::people::Account;

/// Changes told beside a page.
const CHANGES: u64 = 10;

/// A station of the account's own, or one of its points.
pub async fn station(state: &AppState, account: &Account, id: &str) -> ApiResult<Station> {
    let found = state.store.station(id).await?.ok_or(ApiError::NotFound)?;
    let own = access::stations_of(state, account).await?;
    if own.is_none_or(|own| own.contains(&found.card.id)) {
        Ok(found)
    } else {
        Err(ApiError::NotFound)
    }
}

/// A deputy of the account's stations; a deputy's own entry.
pub async fn deputy(state: &AppState, account: &Account, id: &str) -> ApiResult<Deputy> {
    let found = state.store.deputy(id).await?.ok_or(ApiError::NotFound)?;
    let is_own = match &account.deputy_id {
        Some(own) => *own == found.card.id,
        None => match access::stations_of(state, account).await? {
            None => true,
            Some(own) => {
                let at = state.store.deputy_stations(id).await?;
                at.iter().any(|station| own.contains(&station.card.id))
            }
        },
    };
    if is_own { Ok(found) } else { Err(ApiError::NotFound) }
}

/// Who may read what the desk keeps of deputies: the office, and a deputy their own.
pub fn reader(viewer: &Viewer) -> ApiResult<&Account> {
    access::office(viewer).or_else(|_| access::deputy(viewer).map(|(account, _)| account))
}

/// Who may change it.
pub fn writer(viewer: &Viewer) -> ApiResult<&Account> {
    access::clerk(viewer).or_else(|_| access::deputy(viewer).map(|(account, _)| account))
}

/// A station as the form has it.
pub async fn station_settings(state: &AppState, station: Station) -> ApiResult<StationSettings> {
    let place = Place::Station(&station.card.id);
    let photos = state.store.photos_of(place).await?;
    let changes = changes(state, place).await?;
    let card = station.card;
    Ok(StationSettings {
        station: NamedRef {
            id: card.id,
            name: card.name,
        },
        slug: card.slug,
        version: station.version,
        settings: StationInput {
            address: card.address,
            phone: card.phone,
            opening: card.opening,
            contacts: station.contacts,
            scope: station.scope,
            charter: station.charter,
            principles: station.principles,
            directions: station.directions,
            lng: card.lng,
            lat: card.lat,
            photos: photos.iter().map(kept).collect(),
        },
        photos: photos.iter().map(pictures::of_place).collect(),
        changes,
    })
}

/// A deputy as the form has it.
pub async fn deputy_settings(state: &AppState, deputy: Deputy) -> ApiResult<DeputySettings> {
    let place = Place::Deputy(&deputy.card.id);
    let photos = state.store.photos_of(place).await?;
    let changes = changes(state, place).await?;
    let card = deputy.card;
    Ok(DeputySettings {
        deputy: NamedRef {
            id: card.id,
            name: card.name,
        },
        slug: card.slug,
        version: deputy.version,
        settings: DeputyInput {
            bio: deputy.bio,
            expertise: card.expertise,
            photo: photos.first().map(kept),
        },
        photo: photos.first().map(pictures::of_place),
        changes,
    })
}

/// The stations of an office account.
pub async fn stations(state: &AppState, account: &Account) -> ApiResult<Vec<PlaceRow>> {
    let own = access::stations_of(state, account).await?;
    let counts = state.store.photo_counts().await?;
    let directory = state.directory().await?;
    let rows = directory.stations.iter().filter(|station| {
        let id = &station.card.id;
        own.as_ref().is_none_or(|own| own.contains(id))
    });
    Ok(rows
        .map(|station| {
            let card = &station.card;
            let photos = counts.get(&card.id).copied().unwrap_or(0);
            PlaceRow {
                id: card.id.clone(),
                slug: card.slug.clone(),
                name: card.name.clone(),
                place: card.address.clone(),
                version: station.version,
                photos,
                missing: missing(&[
                    ("photos", photos == 0),
                    (
                        "directions",
                        station.directions == liaison_domain::dto::Directions::default(),
                    ),
                    ("contacts", station.contacts.is_empty()),
                ]),
            }
        })
        .collect())
}

/// The deputies of an office account's stations, those who left not counted; a deputy their own entry.
pub async fn deputies(state: &AppState, account: &Account) -> ApiResult<Vec<PlaceRow>> {
    let counts = state.store.photo_counts().await?;
    let found = match (&account.deputy_id, access::stations_of(state, account).await?) {
        (Some(own), _) => state.store.deputy(own).await?.into_iter().collect(),
        (None, None) => state.store.all_deputies().await?,
        (None, Some(stations)) => {
            let mut found: Vec<Deputy> = Vec::new();
            for station in &stations {
                for deputy in state.store.station_deputies(station).await? {
                    if found.iter().all(|known| known.card.id != deputy.card.id) {
                        found.push(deputy);
                    }
                }
            }
            found
        }
    };
    let serving = found.into_iter().filter(|deputy| deputy.card.status != "left");
    Ok(serving
        .map(|deputy| {
            let card = deputy.card;
            let photos = counts.get(&card.id).copied().unwrap_or(0);
            PlaceRow {
                missing: missing(&[
                    ("photos", photos == 0),
                    ("bio", deputy.bio.is_empty()),
                    ("expertise", card.expertise.is_empty()),
                ]),
                id: card.id,
                slug: card.slug,
                name: card.name,
                place: card.station_name,
                version: deputy.version,
                photos,
            }
        })
        .collect())
}

fn missing(list: &[(&str, bool)]) -> Vec<String> {
    let empty = list.iter().filter(|(_, is_missing)| *is_missing);
    empty.map(|(name, _)| (*name).to_owned()).collect()
}

/// A picture as the form sends it back.
fn kept(photo: &Photo) -> PhotoInput {
    PhotoInput {
        id: photo.id.clone(),
        token: None,
        alt: photo.alt.clone(),
    }
}

async fn changes(state: &AppState, place: Place<'_>) -> ApiResult<Vec<PlaceChange>> {
    let logged = state.store.place_changes(place, CHANGES).await?;
    let told = logged.into_iter().map(|change| PlaceChange {
        version: change.version,
        at: change.at,
        by: change.by,
        fields: change.fields,
    });
    Ok(told.collect())
}

/// A station's pictures, for its page.
pub async fn station_photos(state: &AppState, id: &str) -> ApiResult<Vec<PlacePhoto>> {
    let photos = state.store.photos_of(Place::Station(id)).await?;
    Ok(photos.iter().map(pictures::of_place).collect())
}
