//! Outlines of communities: the map as it is, a file to read, what it would give, and taking outlines away. Drawn by the
//! server alone.

mod kept;
mod preview;

pub use kept::OutlinesView;
pub use preview::OutlineLookView;

use super::write::{MapData, map_picture};
use crate::components::Errors;
use crate::i18n::desk::outlines as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::dto::{AreaShape, StationCard};

/// Where the pages are.
pub const OUTLINES: &str = "/desk/outlines";

/// The file and how it is read, as its form carries it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OutlineForm {
    /// The version that was read.
    pub version: i64,
    /// As the browser called it.
    pub file_name: String,
    /// The file itself, in base64.
    pub data: String,
    /// `wgs84` or `gcj02`.
    pub coordinates: String,
    /// North stands before east.
    pub north_first: bool,
    /// The property that names communities.
    pub property: String,
}

/// The words beside a control, if it is wrong.
fn wrong(errors: &Errors, control: &str) -> Option<String> {
    let mut fields = errors.fields.iter();
    fields.find(|error| error.field == control).map(words::error)
}

fn map(shapes: &[AreaShape], stations: &[StationCard]) -> Option<AnyView> {
    let map = MapData::new(shapes, stations)?;
    Some(view! { <div class="map__frame map__frame--still">{map_picture(&map, None, "outlines")}</div> }.into_any())
}

fn coordinates(value: &str) -> AnyView {
    let choices = [("wgs84", words::WGS84), ("gcj02", words::GCJ02)].map(|(code, said)| {
        // The first one where nothing was chosen yet.
        let chosen = code == value || (value.is_empty() && code == "wgs84");
        view! { <option value=code selected=chosen>{said}</option> }.into_any()
    });
    view! {
        <div class="field">
            <label class="field__label" for="coordinates">
                {words::COORDINATES}
            </label>
            <p class="field__hint" id="coordinates-hint">{words::COORDINATES_HINT}</p>
            <select class="field__control" id="coordinates" name="coordinates" aria-describedby="coordinates-hint">
                {choices.into_iter().collect_view()}
            </select>
        </div>
    }
    .into_any()
}
