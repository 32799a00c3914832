//! Published copies: the list with its filters, and one of them.

use leptos::prelude::*;
use leptos_router::LazyRoute;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::params::ParamsMap;
use liaison_domain::dto::{CaseFilter, CaseList, CasePage};

use super::{more, shown, title_of};
use crate::api;
use crate::i18n::zh;
use crate::state::{Remote, timers};
use crate::views::{CasesView, PublicCaseView, cases_href, public_title};

/// `/cases`
pub struct Cases {
    list: Remote<CaseList>,
    query: Memo<ParamsMap>,
}

fn filter(query: &ParamsMap) -> CaseFilter {
    CaseFilter {
        category: query.get("category"),
        area: query.get("area"),
        q: query.get("q"),
        cursor: query.get("cursor"),
    }
}

impl LazyRoute for Cases {
    fn data() -> Self {
        let query = use_query_map();
        Self {
            list: Remote::new(move || Some(cases_href(&filter(&query.get())))),
            query,
        }
    }

    async fn view(this: Self) -> AnyView {
        let Self { list, query } = this;
        let of = move || cases_href(&filter(&query.get_untracked()));
        more(list, of, str::to_owned, |all, following| {
            all.items.extend(following.items);
            all.next_cursor = following.next_cursor;
        });
        shown(list, |data| {
            (
                title_of(zh::case::CASES),
                view! { <CasesView data=data now=timers::now() /> }.into_any(),
            )
        })
    }
}

/// `/cases/:no`
pub struct PublicCase(Remote<CasePage>);

impl LazyRoute for PublicCase {
    fn data() -> Self {
        let parameters = use_params_map();
        Self(Remote::new(move || {
            parameters.get().get_str("no").map(api::cases::one_path)
        }))
    }

    async fn view(this: Self) -> AnyView {
        shown(this.0, |data| {
            (
                title_of(public_title(&data)),
                view! { <PublicCaseView data=data now=timers::now() /> }.into_any(),
            )
        })
    }
}
