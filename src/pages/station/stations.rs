//! Stations: the list.

use leptos::prelude::*;
use leptos_router::LazyRoute;
use leptos_router::hooks::use_query_map;
use liaison_domain::dto::StationList;

use super::{shown, title_of};
use crate::i18n::zh;
use crate::state::{Remote, timers};
use crate::views::{StationsView, stations_href};

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
