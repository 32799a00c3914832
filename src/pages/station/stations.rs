//! Stations: the list and one of them.

use leptos::prelude::*;
use leptos_router::LazyRoute;
use leptos_router::hooks::{use_params_map, use_query_map};
use liaison_domain::dto::{StationDetail, StationList};

use super::{shown, title_of};
use crate::api::directory;
use crate::i18n::zh;
use crate::state::{Remote, timers};
use crate::views::{StationView, StationsView, stations_href};

/// `/stations`
pub struct Stations(Remote<StationList>);

impl LazyRoute for Stations {
    fn data() -> Self {
        let query = use_query_map();
        Self(Remote::new(move || {
            let query = query.get();
            Some(stations_href(query.get("area").as_ref(), query.get("q").as_ref()))
        }))
    }

    async fn view(this: Self) -> AnyView {
        shown(this.0, |data| {
            (
                title_of(zh::directory::STATIONS),
                view! { <StationsView data=data now=timers::now() /> }.into_any(),
            )
        })
    }
}

/// `/stations/:slug`
pub struct Station(Remote<StationDetail>);

impl LazyRoute for Station {
    fn data() -> Self {
        let parameters = use_params_map();
        Self(Remote::new(move || {
            parameters.get().get_str("slug").map(directory::station_path)
        }))
    }

    async fn view(this: Self) -> AnyView {
        shown(this.0, |data| {
            (
                title_of(&data.card.name),
                view! { <StationView data=data now=timers::now() /> }.into_any(),
            )
        })
    }
}
