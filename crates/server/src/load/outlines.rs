//! Outlines of the district's communities, for those who keep them.

use crate::directory::Directory;
use crate::problem::ApiResult;
use crate::state::AppState;
use liaison_domain::dto::{Area, OutlineArea, Outlines};
use liaison_domain::outlines::{Known, corners, kept};

/// Changes told beside the map.
const CHANGES: u64 = 10;

/// Everything about outlines as they are kept.
pub async fn outlines(state: &AppState) -> ApiResult<Outlines> {
    // The version first: what changes after it is refused when something is to be kept, never lost.
    let version = state.store.outlines_version().await?;
    let directory = state.directory().await?;
    let areas = communities(&directory).into_iter().map(|area| OutlineArea {
        id: area.id.clone(),
        name: area.name.clone(),
        street: around(&directory, area).first().cloned().unwrap_or_default(),
        corners: outline_of(&directory, area).map_or(0, |text| corners(&kept(text)) as u32),
    });
    Ok(Outlines {
        version,
        areas: areas.collect(),
        shapes: directory.shapes.clone(),
        changes: state.store.outline_changes(CHANGES).await?,
    })
}

/// What outlines are of: the smallest areas that letters can be about.
pub fn communities(directory: &Directory) -> Vec<&Area> {
    let has_parts = |area: &Area| {
        directory
            .areas
            .iter()
            .any(|part| part.parent_id.as_ref() == Some(&area.id))
    };
    let small = |area: &&Area| !matches!(area.level.as_str(), "city" | "district") && !has_parts(area);
    directory.areas.iter().filter(small).collect()
}

/// A community's outline as it is kept.
pub fn outline_of<'a>(directory: &'a Directory, area: &Area) -> Option<&'a str> {
    let mut shapes = directory.shapes.iter();
    let shape = shapes.find(|shape| shape.code == area.code)?;
    Some(&shape.outline)
}

/// Communities as their names are looked for.
pub fn known(directory: &Directory) -> Vec<Known> {
    let all = communities(directory).into_iter();
    all.map(|area| Known {
        name: area.name.clone(),
        within: around(directory, area),
    })
    .collect()
}

/// The names of what an area lies in, the smallest first.
fn around(directory: &Directory, area: &Area) -> Vec<String> {
    let mut names = Vec::new();
    let mut parent = area.parent_id.as_ref();
    // No circle is that long.
    while let Some(found) = parent.and_then(|id| directory.area(id)).filter(|_| names.len() < 8) {
        names.push(found.name.clone());
        parent = found.parent_id.as_ref();
    }
    names
}
