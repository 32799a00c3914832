//! Deputies: the list with its filters.

use leptos::prelude::*;
use leptos_router::LazyRoute;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use liaison_domain::dto::{DeputyFilter, DeputyList};

use super::{more, shown, title_of};
use crate::i18n::zh;
use crate::state::{Remote, timers};
use crate::views::{DeputiesView, deputies_href};

/// `/deputies`
pub struct Deputies {
    list: Remote<DeputyList>,
    query: Memo<ParamsMap>,
}

fn filter(query: &ParamsMap) -> DeputyFilter {
    DeputyFilter {
        station: query.get("station"),
        area: query.get("area"),
        tag: query.get("tag"),
        kind: query.get("kind"),
        q: query.get("q"),
        cursor: query.get("cursor"),
    }
}

impl LazyRoute for Deputies {
    fn data() -> Self {
        let query = use_query_map();
        Self {
            list: Remote::new(move || Some(deputies_href(&filter(&query.get())))),
            query,
        }
    }

    async fn view(this: Self) -> AnyView {
        let Self { list, query } = this;
        let of = move || deputies_href(&filter(&query.get_untracked()));
        more(list, of, str::to_owned, |all, following| {
            all.items.extend(following.items);
            all.next_cursor = following.next_cursor;
        });
        shown(list, |data| {
            (
                title_of(zh::directory::DEPUTIES),
                view! { <DeputiesView data=data now=timers::now() /> }.into_any(),
            )
        })
    }
}
