//! What the stations and some of their deputies look like: drawn, and kept as the desk keeps pictures.

use super::SeedError;
use super::content::Content;
use super::ids::{FOUNDED, id, id_at};
use super::pictures::scene;
use crate::state::AppState;
use crate::uploads::{Size, middle};
use liaison_domain::Id;
use liaison_store::DEFAULT_TENANT;
use liaison_store::directory::Place;
use liaison_store::uploads::NewUpload;

/// Draws and keeps the pictures of stations and deputies.
pub async fn load(state: &AppState, content: &Content) -> Result<(), SeedError> {
    for station in &content.stations.station {
        let station_id = id("station", &station.slug);
        for (position, photo) in station.photo.iter().enumerate() {
            let key = format!("{} {position}", station.slug);
            keep(
                state,
                Place::Station(&station_id),
                position,
                (&key, &photo.scene, &photo.alt),
            )
            .await?;
        }
    }
    for deputy in &content.deputies {
        if let Some(portrait) = &deputy.portrait {
            let deputy_id = id("deputy", &deputy.slug);
            keep(state, Place::Deputy(&deputy_id), 0, (&deputy.slug, portrait, "")).await?;
        }
    }
    Ok(())
}

async fn keep(
    state: &AppState,
    place: Place<'_>,
    position: usize,
    (key, name, alt): (&str, &str, &str),
) -> Result<(), SeedError> {
    let drawn = {
        let name = name.to_owned();
        let draw = move || {
            let picture = scene(&name)?;
            let middle = middle(&picture.full).map_err(|error| SeedError::Picture(format!("{name}: {error:?}")))?;
            Ok::<_, SeedError>((picture, middle))
        };
        tokio::task::spawn_blocking(draw).await
    };
    let (picture, middle) = drawn.map_err(|error| SeedError::Picture(error.to_string()))??;
    let id: Id = id_at("place", key, FOUNDED);
    let new = NewUpload {
        id: id.clone(),
        // Never an upload of anybody's: there is nothing to hold a token for.
        token: String::new(),
        mime: "image/jpeg".to_owned(),
        bytes: picture.full.len() as u64,
        width: picture.width,
        height: picture.height,
        sha256: liaison_store::sha256_hex(&picture.full),
        alt: alt.to_owned(),
    };
    state.files.put_one(DEFAULT_TENANT, &id, Size::Middle, middle).await?;
    state
        .files
        .put(DEFAULT_TENANT, &id, picture.full, picture.thumb)
        .await?;
    state.store.add_photo(place, &new, position, FOUNDED).await?;
    Ok(())
}
