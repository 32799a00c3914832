//! What was said beside a letter: its place on the map, who filled in, whether its author may be called.

use super::super::write::{MapData, map_picture};
use crate::components::icon;
use crate::i18n::zh::guidance as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::dto::DeskCase;

/// Nothing where nothing was said.
pub fn beside(case: &DeskCase) -> AnyView {
    let Some(beside) = &case.beside else {
        return ().into_any();
    };
    let helper = beside.helper.as_ref().map(|helper| {
        let phone = helper.phone.clone().map(|phone| format!("，{phone}"));
        view! {
            <p>
                {icon("#i-people")} {words::helped_by(&helper.name, &helper.relation, helper.consent)} {phone}
            </p>
        }
    });
    let calls = beside
        .no_calls
        .then(|| view! { <p>{icon("#i-phone")} {words::NO_CALLS}</p> });
    let map = beside.spot.as_ref().and_then(|spot| {
        let map = MapData::new(&beside.shapes, &[])?;
        let near = beside
            .shown
            .as_ref()
            .and_then(liaison_domain::dto::Spot::point)
            .and_then(|point| map.area_of(point))
            .map(|shape| words::near(&shape.name));
        Some(view! {
            <details class="fold" open=true>
                <summary>{words::SPOT} {near.map(|near| format!("：{near}"))}</summary>
                <div class="map__frame map__frame--still">{map_picture(&map, beside.shown.as_ref(), "place")}</div>
                <p class="field__hint">{words::measured(spot.lng, spot.lat, spot.coordinates)}</p>
            </details>
        })
    });
    view! {
        {helper}
        {calls}
        {map}
    }
    .into_any()
}
