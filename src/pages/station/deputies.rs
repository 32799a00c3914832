//! Deputies: the list with its filters, and one of them.

use leptos::prelude::*;
use leptos_router::LazyRoute;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::params::ParamsMap;
use liaison_domain::dto::{DeputyDetail, DeputyFilter, DeputyList};

use super::{more, shown, title_of};
use crate::api::directory;
use crate::i18n::zh;
use crate::state::{Remote, timers};
use crate::views::{DeputiesView, DeputyView, deputies_href};

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

/// `/deputies/:slug`
pub struct Deputy(Remote<DeputyDetail>);

impl LazyRoute for Deputy {
    fn data() -> Self {
        let parameters = use_params_map();
        Self(Remote::new(move || {
            parameters.get().get_str("slug").map(directory::deputy_path)
        }))
    }

    async fn view(this: Self) -> AnyView {
        shown(this.0, |data| {
            (
                title_of(&data.card.name),
                view! { <DeputyView data=data now=timers::now() /> }.into_any(),
            )
        })
    }
}
