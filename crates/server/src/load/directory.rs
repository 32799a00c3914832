//! Stations, deputies, and what the letter form offers.

use crate::assemble::{deputy_card, station_card};
use crate::directory::Directory;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::calendar::DAY_MS;
use liaison_domain::dto::{
    AppConfig, Area, CaseFilter, DeputyCard, DeputyDetail, DeputyFilter, DeputyList, StationCard, StationDetail,
    StationList, WriteHints, WriteOptions,
};
use liaison_domain::form::LetterLimits;

/// Deputies on one page of the list.
const DEPUTIES: u64 = 24;
/// Published letters beside a station or a deputy.
const RECENT: u64 = 5;

/// `GET /config`.
pub fn app_config(state: &AppState) -> AppConfig {
    let config = &state.config;
    AppConfig {
        name: config.station.name.clone(),
        district: config.station.district.clone(),
        phone: config.station.phone.clone(),
        phone_hours: config.station.phone_hours.clone(),
        demo: config.demo,
        build: state.site().build.clone(),
        limits: letter_limits(state).into(),
    }
}

/// Limits of the letter form here.
pub fn letter_limits(state: &AppState) -> LetterLimits {
    LetterLimits {
        photo_bytes_max: state.config.uploads.max_bytes,
        draft_days: u32::try_from(state.config.drafts_keep / DAY_MS).unwrap_or(u32::MAX),
        voice_seconds_max: state.config.uploads.voice_seconds,
        voice_bytes_max: state.config.uploads.voice_bytes,
        video_bytes_max: state.config.uploads.video_bytes,
        ..LetterLimits::default()
    }
}

/// `GET /stations`.
pub async fn stations(state: &AppState, area: Option<String>, q: Option<String>) -> ApiResult<StationList> {
    let found = state.store.stations(area.as_deref(), q.as_deref()).await?;
    let directory = state.directory().await?;
    Ok(StationList {
        items: found.into_iter().map(|s| station_card(&directory, s)).collect(),
        areas: streets(directory.areas.clone()),
        area,
        q,
    })
}

/// `GET /stations/{slug}`.
pub async fn station(state: &AppState, slug: &str) -> ApiResult<StationDetail> {
    let found = state.store.station_by_slug(slug).await?.ok_or(ApiError::NotFound)?;
    let (id, area_id) = (found.card.id.clone(), found.card.area_id.clone());
    let points = state.store.station_points(&id).await?;
    let deputies = state.store.station_deputies(&id).await?;
    let directory = state.directory().await?;
    let recent_cases = super::published::of_station(state, &id, RECENT).await?;
    let communities = directory
        .areas
        .iter()
        .filter(|area| area.parent_id.as_ref() == Some(&area_id))
        .cloned()
        .collect();
    Ok(StationDetail {
        scope: found.scope.clone(),
        principles: found.principles.clone(),
        charter: found.charter.clone(),
        contacts: found.contacts.clone(),
        directions: found.directions.clone(),
        photos: super::desk_places::station_photos(state, &id).await?,
        card: station_card(&directory, found),
        communities,
        points: points.into_iter().map(|s| station_card(&directory, s)).collect(),
        deputies: deputies.into_iter().map(|d| deputy_card(&directory, d)).collect(),
        recent_cases,
    })
}

/// `GET /deputies`.
pub async fn deputies(state: &AppState, filter: DeputyFilter) -> ApiResult<DeputyList> {
    let page = state.store.deputies(&filter, DEPUTIES).await?;
    let directory = state.directory().await?;
    Ok(DeputyList {
        items: page.items.into_iter().map(|d| deputy_card(&directory, d)).collect(),
        total: page.total,
        next_cursor: page.next_cursor,
        stations: station_cards(&directory),
        areas: streets(directory.areas.clone()),
        tags: state.store.deputy_tags().await?,
        filter,
    })
}

/// `GET /deputies/{slug}`.
pub async fn deputy(state: &AppState, slug: &str) -> ApiResult<DeputyDetail> {
    let found = state.store.deputy_by_slug(slug).await?.ok_or(ApiError::NotFound)?;
    let stations = state.store.deputy_stations(&found.card.id).await?;
    let directory = state.directory().await?;
    let answered_cases = super::published::of_deputy(state, &found.card.id, RECENT).await?;
    Ok(DeputyDetail {
        bio: found.bio.clone(),
        reception_text: found.reception_text.clone(),
        received: found.received,
        card: deputy_card(&directory, found),
        stations: stations.into_iter().map(|s| station_card(&directory, s)).collect(),
        answered_cases,
    })
}

/// `GET /write-options`.
pub async fn write_options(state: &AppState) -> ApiResult<WriteOptions> {
    let directory = state.directory().await?;
    Ok(WriteOptions {
        categories: directory.categories.clone(),
        areas: directory.areas.clone(),
        deputies: deputies_to_choose(&directory),
        stations: station_cards(&directory),
    })
}

/// `GET /write-hints`.
pub async fn write_hints(state: &AppState) -> ApiResult<WriteHints> {
    Ok(WriteHints {
        shapes: state.directory().await?.shapes.clone(),
        doors: state.rules().library.doors.clone(),
    })
}

/// The deputies a letter can go to.
pub(super) fn deputies_to_choose(directory: &Directory) -> Vec<DeputyCard> {
    directory
        .deputies
        .iter()
        .filter(|deputy| deputy.card.status != "left")
        .map(|deputy| deputy_card(directory, deputy.clone()))
        .collect()
}

/// Every station, points included.
fn station_cards(directory: &Directory) -> Vec<StationCard> {
    let stations = directory.stations.iter().cloned();
    stations.map(|station| station_card(directory, station)).collect()
}

/// Streets: what lists are narrowed by.
pub(crate) fn streets(areas: Vec<Area>) -> Vec<Area> {
    areas.into_iter().filter(|area| area.level == "street").collect()
}

/// A filter as lists of published letters want it: empty text is no filter (plain forms send empty fields).
pub fn tidy_case_filter(filter: CaseFilter) -> CaseFilter {
    let CaseFilter {
        category,
        area,
        q,
        cursor,
    } = filter;
    CaseFilter {
        category: tidy(category),
        area: tidy(area),
        q: tidy(q),
        cursor: tidy(cursor),
    }
}

/// The same for deputies.
pub fn tidy_deputy_filter(filter: DeputyFilter) -> DeputyFilter {
    let DeputyFilter {
        station,
        area,
        tag,
        kind,
        q,
        cursor,
    } = filter;
    DeputyFilter {
        station: tidy(station),
        area: tidy(area),
        tag: tidy(tag),
        kind: tidy(kind),
        q: tidy(q),
        cursor: tidy(cursor),
    }
}

/// Trimmed; nothing when empty.
pub fn tidy(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}
