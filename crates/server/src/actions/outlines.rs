//! Outlines of communities: a file is read, its outlines are given to communities, and all of it is kept together.

use super::ledger_import::decoded;
use crate::load::outlines as load;
use crate::problem::{ApiError, ApiResult};
use crate::sheets;
use crate::state::AppState;
use liaison_domain::Id;
use liaison_domain::dto::{AreaShape, OutlineChoice, OutlineFeature, OutlineImport, OutlineLook, Outlines};
use liaison_domain::geo::{Point, middle};
use liaison_domain::outlines::{
    BYTES, Fault, Feature, Fitted, KEPT, Reading, Ring, corners, fit, guess_property, kept, matches, point, read,
    written,
};
use liaison_store::directory::{NewOutlines, PlaceError};
use liaison_store::people::Account;

/// Longest name of a file that is kept, in characters.
const NAME: usize = 100;
/// Farther than this from every station, in metres, a map is probably another district's.
const FAR: f64 = 60_000.0;

/// What a file gives, and what is to be kept of it.
struct Found {
    look: OutlineLook,
    keep: Vec<(Id, String)>,
}

/// Reads a file and tells what it gives; keeps it when that is wanted.
///
/// # Errors
/// The file is of no use (field `file`, the code a [`Fault`]'s, or `required`, `too_big`, `too_detailed`), a choice is
/// wrong, nothing would be kept, or somebody was quicker.
pub async fn import(state: &AppState, account: &Account, request: &OutlineImport) -> ApiResult<OutlineLook> {
    let bytes = decoded(&request.data)?;
    if bytes.is_empty() {
        return Err(ApiError::field("file", "required"));
    }
    if bytes.len() > BYTES {
        return Err(ApiError::field_limit("file", "too_big", BYTES as u64));
    }
    let how = Reading {
        coordinates: request.coordinates,
        north_first: request.north_first,
    };
    // Reading numbers takes a core for a moment.
    let features = tokio::task::spawn_blocking(move || {
        let text = sheets::text(&bytes).ok_or(Fault::NotJson)?;
        read(&text, how)
    })
    .await
    .map_err(|error| ApiError::internal("reading outlines", error))?
    .map_err(|fault| ApiError::field("file", fault.code()))?;
    let Found { mut look, keep } = found(state, request, features).await?;
    if request.keep {
        let Some(version) = request.version else {
            return Err(ApiError::VersionRequired);
        };
        if keep.is_empty() {
            return Err(ApiError::field("file", "nothing"));
        }
        let new = NewOutlines {
            keep,
            remove: Vec::new(),
            file_name: request.file_name.trim().chars().take(NAME).collect(),
        };
        look.kept = Some(change(state, account, version, &new).await?);
    }
    Ok(look)
}

async fn found(state: &AppState, request: &OutlineImport, features: Vec<Feature>) -> ApiResult<Found> {
    let directory = state.directory().await?;
    let known = load::known(&directory);
    let areas = load::communities(&directory);
    let properties = properties(&features);
    let wanted = request.property.as_ref().filter(|wanted| properties.contains(wanted));
    let property = wanted.cloned().or_else(|| guess_property(&features, &known));
    let property = property.unwrap_or_default();
    let by_name: Vec<Option<usize>> = matches(&features, &property, &known);
    let owners = owners(&by_name, &request.choices, |id| {
        areas.iter().position(|area| area.id == *id)
    })?;

    // Outlines of one community are one outline: a mainland and its islands.
    let rings = |area: usize| -> Vec<Ring> {
        let own = features.iter().zip(&owners).filter(|(_, owner)| **owner == Some(area));
        let mut rings: Vec<Ring> = own.flat_map(|(feature, _)| feature.rings.iter().cloned()).collect();
        rings.sort();
        rings.dedup();
        rings
    };
    let taken: Vec<usize> = (0..areas.len()).filter(|at| owners.contains(&Some(*at))).collect();
    let outlines: Vec<Vec<Ring>> = taken.iter().map(|at| rings(*at)).collect();
    // What stays has its corners as well.
    let stays = |at: usize| !taken.contains(&at);
    let stay: usize = (0..areas.len())
        .filter(|at| stays(*at))
        .filter_map(|at| load::outline_of(&directory, areas[at]))
        .map(|text| corners(&kept(text)))
        .sum();
    let Fitted { outlines, tolerance } = tokio::task::spawn_blocking(move || fit(&outlines, KEPT.saturating_sub(stay)))
        .await
        .map_err(|error| ApiError::internal("thinning outlines", error))?
        .ok_or_else(|| ApiError::field_limit("file", "too_detailed", KEPT as u64))?;

    let new: Vec<(usize, String)> = taken
        .iter()
        .copied()
        .zip(outlines.iter().map(|rings| written(rings)))
        .collect();
    let shape = |(at, area): (usize, &&liaison_domain::dto::Area)| {
        let own = new.iter().find(|(taken, _)| *taken == at).map(|(_, text)| text.clone());
        Some(AreaShape {
            code: area.code.clone(),
            name: area.name.clone(),
            outline: own.or_else(|| load::outline_of(&directory, area).map(str::to_owned))?,
        })
    };
    let stations = directory.stations.iter().map(|station| &station.card);
    let stations: Vec<Point> = stations.filter_map(|card| Point::new(card.lng, card.lat)).collect();
    let look = OutlineLook {
        property: property.clone(),
        properties,
        features: features
            .iter()
            .enumerate()
            .map(|(at, feature)| OutlineFeature {
                name: feature.text(&property).to_owned(),
                area: owners[at].map(|owner| areas[owner].id.clone()),
                by_name: owners[at].is_some() && owners[at] == by_name[at],
                corners: corners(&feature.rings) as u32,
            })
            .collect(),
        tolerance,
        corners: (stay + outlines.iter().map(|rings| corners(rings)).sum::<usize>()) as u32,
        far: far(&outlines, &stations),
        shapes: areas.iter().enumerate().filter_map(shape).collect(),
        kept: None,
    };
    let keep = new.into_iter().map(|(at, text)| (areas[at].id.clone(), text)).collect();
    Ok(Found { look, keep })
}

/// The names of all properties, in the order they appear.
fn properties(features: &[Feature]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (name, _) in features.iter().flat_map(|feature| &feature.properties) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// Whose each outline is: by choice, else by name. Several may be the same community's.
fn owners(
    by_name: &[Option<usize>],
    choices: &[OutlineChoice],
    find: impl Fn(&Id) -> Option<usize>,
) -> ApiResult<Vec<Option<usize>>> {
    let mut owners = by_name.to_vec();
    for choice in choices {
        let at = choice.feature as usize;
        let unknown = || ApiError::field(format!("to-{at}"), "unknown");
        let owner = owners.get_mut(at).ok_or_else(unknown)?;
        *owner = match &choice.area {
            None => None,
            Some(id) => Some(find(id).ok_or_else(unknown)?),
        };
    }
    Ok(owners)
}

/// How far the nearest station is, in kilometres, where that is too far.
fn far(outlines: &[Vec<Ring>], stations: &[Point]) -> Option<u32> {
    let middles = outlines.iter().filter_map(|rings| {
        let largest: Vec<Point> = rings.first()?.iter().copied().map(point).collect();
        middle(&largest)
    });
    let nearest = middles
        .flat_map(|middle| stations.iter().map(move |station| station.metres_to(middle)))
        .reduce(f64::min)?;
    (nearest > FAR).then_some((nearest / 1000.0) as u32)
}

/// Takes a community's outline away, or all of them.
///
/// # Errors
/// No such community, or somebody was quicker.
pub async fn remove(state: &AppState, account: &Account, version: i64, area: Option<&str>) -> ApiResult<Outlines> {
    let directory = state.directory().await?;
    let all = load::communities(&directory);
    let wanted = all.iter().filter(|one| area.is_none_or(|id| one.id == id));
    let remove: Vec<Id> = wanted.map(|one| one.id.clone()).collect();
    if remove.is_empty() {
        return Err(ApiError::NotFound);
    }
    let new = NewOutlines {
        remove,
        ..NewOutlines::default()
    };
    change(state, account, version, &new).await?;
    load::outlines(state).await
}

async fn change(state: &AppState, account: &Account, version: i64, new: &NewOutlines) -> ApiResult<i64> {
    let done = state
        .store
        .change_outlines(version, new, &account.id, state.now())
        .await;
    let done = done.map_err(|error| match error {
        PlaceError::Changed => ApiError::Clash {
            code: "conflict",
            detail: "刚刚有人改过轮廓，请看过最新的地图再确认一次。",
        },
        PlaceError::NotFound | PlaceError::Photo(_) => ApiError::NotFound,
        PlaceError::Store(error) => error.into(),
    })?;
    if !done.same {
        tracing::info!(
            by = account.id,
            version = done.version,
            "outlines of communities were changed"
        );
    }
    Ok(done.version)
}
