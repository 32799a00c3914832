//! The first page, and help.

use leptos::prelude::*;
use leptos_router::LazyRoute;
use liaison_domain::dto::HomePage;

use super::{config, shown, title_of};
use crate::api::directory;
use crate::i18n::zh;
use crate::state::{Remote, nav, timers};
use crate::views::{HelpView, HomeView};

/// `/`
pub struct Home(Remote<HomePage>);

impl LazyRoute for Home {
    fn data() -> Self {
        Self(Remote::new(|| Some(directory::HOME.to_owned())))
    }

    async fn view(this: Self) -> AnyView {
        shown(this.0, |data| {
            let config = config();
            (
                config.name.clone(),
                view! { <HomeView data=data config=config now=timers::now() /> }.into_any(),
            )
        })
    }
}

/// `/help`
pub struct Help;

impl LazyRoute for Help {
    fn data() -> Self {
        Self
    }

    async fn view(_: Self) -> AnyView {
        nav::arrived(&title_of(zh::help::TITLE));
        view! { <HelpView config=config() /> }.into_any()
    }
}
