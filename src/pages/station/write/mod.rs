//! Writing a letter: one question a page, the draft kept on this device, the phone verified at the end.

mod answers;
mod draft;
mod film;
mod flow;
mod follow;
mod guide;
mod later;
mod letter;
mod listed;
mod media;
pub mod outbox;
mod photos;
mod picture;
mod place;
mod posted;
mod receipt;
mod recorder;
mod send;
pub mod shelf;
mod shelved;
pub mod stored;
mod turn;
mod video;
mod voice;

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos_router::LazyRoute;
use leptos_router::hooks::use_query_map;
use liaison_domain::dto::WriteOptions;

use super::work::Work;
use super::{config, failed, skeleton, title_of};
use crate::api::directory;
use crate::boot;
use crate::components::notice;
use crate::i18n::zh;
use crate::markup::view;
use crate::state::drafts::Kept;
use crate::state::timers::{self, now};
use crate::state::{Load, Remote, listen, nav, react};
use crate::views::form::WriteStep;
use crate::views::{Asked, ProblemView, first_question};
use draft::Draft;
use flow::Flow;

pub use guide::GuideWork;
pub use later::LaterWork;
pub use listed::Shelf;
pub use media::MediaWork;
pub use outbox::OutboxWork;
pub(in crate::pages) use photos::upload_one;
pub use place::MapWork;

/// How long the device's own store may take before the page is shown without the draft.
const RESTORE: Duration = Duration::from_millis(1500);

/// `/write`
pub struct Write {
    options: Remote<WriteOptions>,
    draft: Draft,
}

impl LazyRoute for Write {
    fn data() -> Self {
        Self {
            options: Remote::new(|| Some(directory::WRITE_OPTIONS.to_owned())),
            draft: Draft::new(),
        }
    }

    async fn view(this: Self) -> AnyView {
        let Self { options, draft } = this;
        let posted_at = posted::read().map(|posted| posted.step);
        if posted_at.is_some() && LaterWork::wanted().await.is_none() {
            // A plain form that works stands there.
            boot::part_missing();
            return ().into_any();
        }
        // Somebody may have written while the code was on its way.
        match posted::read() {
            Some(posted) => patiently(draft.go_on(posted)).await,
            None => patiently(draft.restore(config().limits.draft_days)).await,
        }
        let query = use_query_map();
        query.with_untracked(|query| prefill(draft, query.get_str("deputy"), query.get_str("station")));
        let flow = Flow::new(draft, options, posted_at);
        if let Some(no) = query.with_untracked(|query| query.get("join")) {
            flow.guide.follow(no, flow.redraw);
        }
        flow.listen();
        listen::on_click("a[data-retry]", move |_| {
            options.reload();
            flow.fetch_later();
        });
        // Opened at a later question, the page stays as the server drew it until the app can draw it too.
        if flow.step.get_untracked() == WriteStep::What {
            flow.fetch_later();
        } else {
            flow.later_away.set(LaterWork::wanted().await.is_none());
        }
        react::view(move || match options.get() {
            Load::Waiting => skeleton(),
            Load::Failed(error) => failed(&error),
            Load::Ready(options) => {
                flow.redraw.track();
                let step = flow.step.get();
                if flow.moves_from(step) {
                    return skeleton();
                }
                if step == WriteStep::What {
                    return first(&flow, options);
                }
                match LaterWork::at_hand() {
                    Some(work) => (work.draw)(&flow, step, options),
                    None if flow.later_away.get() => missing(),
                    None => skeleton(),
                }
            }
        })
    }
}

/// The later questions could not be had. What was written lies on this device.
fn missing() -> AnyView {
    nav::arrived(&title_of(zh::common::FAILED));
    view! { <ProblemView detail=zh::app::PART_MISSING.to_owned() retry=String::new() request_id=None /> }.into_any()
}

/// Waits for the draft, but not for a store that never answers.
async fn patiently(draft: impl Future<Output = ()> + 'static) {
    let finished = Rc::new(Cell::new(false));
    let finish = Rc::clone(&finished);
    react::spawn(async move {
        draft.await;
        finish.set(true);
    });
    let tick = Duration::from_millis(10);
    let mut waited = Duration::ZERO;
    while !finished.get() && waited < RESTORE {
        timers::sleep(tick).await;
        waited += tick;
    }
}

/// The card or poster one came by says to whom: that is newer than the draft.
fn prefill(draft: Draft, deputy: Option<&str>, station: Option<&str>) {
    draft.form.update_untracked(|form| {
        if let Some(deputy) = deputy {
            deputy.clone_into(&mut form.deputy);
        }
        if let Some(station) = station {
            station.clone_into(&mut form.station);
            if deputy.is_none() {
                form.deputy.clear();
            }
        }
    });
}

/// The first question.
fn first(flow: &Flow, options: WriteOptions) -> AnyView {
    let draft = flow.draft;
    let pointer = flow.shelf_pointer();
    let shelf = flow.shelf_view();
    let voice = flow.voice;
    let used = flow.used;
    let asked = Asked {
        voice: Some(Arc::new(move || voice.shown())),
        call: config().phone,
        used: Some(Arc::new(move || used.get())),
        restricted: flow.restricted(),
        ..asked(flow, WriteStep::What, options)
    };
    view! {
        {found(draft)}
        {pointer}
        {unkept(draft)}
        {first_question(asked)}
        {shelf}
    }
    .into_any()
}

/// What every question shows.
fn asked(flow: &Flow, step: WriteStep, options: WriteOptions) -> Asked {
    let errors = flow.errors();
    let prefix = if errors.is_empty() {
        ""
    } else {
        zh::common::ERROR_PREFIX
    };
    nav::arrived_at_step(&title_of(&format!("{prefix}{}", Flow::title(step))));
    let draft = flow.draft;
    Asked {
        errors,
        logged_in: flow.logged_in(),
        saved: Some(Arc::new(move || match draft.kept.get() {
            Some(Kept::Stored) => zh::write::SAVED,
            _ => "",
        })),
        beside: Some(flow.guide.beside(step)),
        ..Asked::new(step, draft.form.get_untracked(), options, config().limits)
    }
}

/// That this device keeps nothing, or not everything.
fn unkept(draft: Draft) -> AnyView {
    react::view(move || match draft.kept.get() {
        Some(Kept::Memory) => notice("warn", zh::app::DRAFT_MEMORY.into()),
        _ if draft.photo_unkept.get() => notice("warn", zh::drafts::PHOTO_UNKEPT.into()),
        _ => ().into_any(),
    })
}

/// 「9月12日 上午9:05 写的还在。」, with the two ways on.
fn found(draft: Draft) -> AnyView {
    react::view(move || {
        let Some((saved_at, _)) = draft.found.get() else {
            return ().into_any();
        };
        view! {
            <section class="notice draft" aria-label=zh::drafts::FOUND_TITLE>
                <div>
                    <p role="status">{zh::drafts::found(saved_at, now())}</p>
                    <p class="links">
                        <button class="button button--second" type="button" data-do="draft-continue">
                            {zh::drafts::OPEN}
                        </button>
                        <button class="link" type="button" data-do="draft-anew">
                            {zh::drafts::ANEW}
                        </button>
                    </p>
                </div>
            </section>
        }
        .into_any()
    })
}
