//! `/desk/admin/jobs`: what runs by itself, and how it went.

use std::time::Duration;

use leptos::prelude::*;
use liaison_domain::dto::JobRow;

use super::super::here::Desk;
use super::{loaded, page};
use crate::api::admin as api;
use crate::i18n::desk::admin as words;
use crate::markup::view;
use crate::state::{Remote, timers};
use crate::views::desk::job_list;

/// How often the list looks for news.
const REFRESH: Duration = Duration::from_secs(30);

/// The page.
pub fn jobs(desk: Desk) -> AnyView {
    let list: Remote<Vec<JobRow>> = Remote::new(move || {
        desk.logged_in_again.track();
        Some(api::JOBS.to_owned())
    });
    timers::every(REFRESH, move || {
        if !document().hidden() {
            list.reload();
        }
    });
    page(desk, words::JOBS, words::JOBS_LEAD, move || {
        view! {
            <p>
                <button type="button" class="button button--quiet" on:click=move |_| list.reload()>{words::RELOAD}</button>
            </p>
            {loaded(desk, list, |jobs| job_list(&jobs, timers::now()))}
        }
        .into_any()
    })
}
