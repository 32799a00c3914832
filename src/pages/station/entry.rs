//! Short addresses on posters and cards: they lead on to a deputy or a station.

use leptos::prelude::*;
use leptos_router::LazyRoute;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map};

use super::skeleton;
use crate::api;

fn lead_on(to: &str) {
    let code = use_params_map().get_untracked().get("code").unwrap_or_default();
    let navigate = use_navigate();
    let address = format!("{to}{}", api::escape(&code));
    // "Back" must not come here again.
    navigate(
        &address,
        NavigateOptions {
            replace: true,
            ..NavigateOptions::default()
        },
    );
}

/// `/d/:code`
pub struct ToDeputy;

impl LazyRoute for ToDeputy {
    fn data() -> Self {
        Self
    }

    async fn view(_: Self) -> AnyView {
        lead_on("/deputies/");
        skeleton()
    }
}

/// `/s/:code`
pub struct ToStation;

impl LazyRoute for ToStation {
    fn data() -> Self {
        Self
    }

    async fn view(_: Self) -> AnyView {
        lead_on("/stations/");
        skeleton()
    }
}
