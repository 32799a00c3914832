//! Writing a letter: one question a page, the draft kept on this device, the phone verified at the end.

mod answers;
mod draft;
mod flow;
mod follow;
mod guide;
mod letter;
mod listed;
mod media;
pub mod outbox;
mod photos;
mod picture;
mod place;
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
use std::time::Duration;

use leptos::prelude::*;
use leptos_router::LazyRoute;
use leptos_router::hooks::use_query_map;
use liaison_domain::dto::WriteOptions;

use super::{config, failed, skeleton, title_of};
use crate::api::directory;
use crate::components::notice;
use crate::i18n::zh;
use crate::markup::view;
use crate::state::drafts::Kept;
use crate::state::timers::{self, now};
use crate::state::{Load, Remote, listen, nav, react};
use crate::views::form::WriteStep;
use crate::views::{ReceiptGoneView, ReceiptView, WriteView};
use draft::Draft;
use flow::Flow;

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
        restore(draft).await;
        let query = use_query_map();
        query.with_untracked(|query| prefill(draft, query.get_str("deputy"), query.get_str("station")));
        let flow = Flow::new(draft, options);
        if let Some(no) = query.with_untracked(|query| query.get("join")) {
            flow.guide.follow(no, move || flow.draw());
        }
        flow.listen();
        listen::on_click("a[data-retry]", move |_| options.reload());
        react::view(move || match options.get() {
            Load::Waiting => skeleton(),
            Load::Failed(error) => failed(&error),
            Load::Ready(options) => {
                flow.redraw.track();
                let step = flow.step.get();
                if step == WriteStep::Done {
                    done(&flow)
                } else {
                    question(&flow, step, options)
                }
            }
        })
    }
}

/// Waits for the draft, but not for a store that never answers.
async fn restore(draft: Draft) {
    let finished = Rc::new(Cell::new(false));
    let finish = Rc::clone(&finished);
    react::spawn(async move {
        draft.restore(config().limits.draft_days).await;
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

fn question(flow: &Flow, step: WriteStep, options: WriteOptions) -> AnyView {
    flow.guide.know(&options.doors);
    let errors = flow.errors();
    let prefix = if errors.is_empty() {
        ""
    } else {
        zh::common::ERROR_PREFIX
    };
    nav::arrived_at_step(&title_of(&format!("{prefix}{}", Flow::title(step))));
    let draft = flow.draft;
    let photos = flow.photos;
    let moving = Signal::derive(move || {
        photos.changes.track();
        draft.form.with_untracked(|form| form.photos.clone())
    });
    let saved = Signal::derive(move || match draft.kept.get() {
        Some(Kept::Stored) => zh::write::SAVED.to_owned(),
        _ => String::new(),
    });
    let (voice, video) = (flow.voice, flow.video);
    let memory = react::view(move || match draft.kept.get() {
        Some(Kept::Memory) => notice("warn", zh::app::DRAFT_MEMORY.into()),
        _ if draft.photo_unkept.get() => notice("warn", zh::drafts::PHOTO_UNKEPT.into()),
        _ => ().into_any(),
    });
    let map = (step == WriteStep::Where).then(|| flow.map_later(&options));
    let pointer = (step == WriteStep::What).then(|| flow.shelf_pointer());
    let shelf = (step == WriteStep::What).then(|| flow.shelf_view());
    let follow = react::view(move || {
        photos.changes.track();
        let moving = step >= WriteStep::Check && photos.moving();
        if moving {
            notice("info", zh::drafts::PHOTOS_MOVING.into())
        } else {
            ().into_any()
        }
    });
    view! {
        {found(draft)}
        {pointer}
        {memory}
        {follow}
        <WriteView
            step=step
            form=draft.form.get_untracked()
            options=options
            limits=config().limits
            errors=errors
            phone=draft.phone.get_untracked()
            logged_in=flow.logged_in()
            photos=Some(moving)
            voice=Some(Signal::derive(move || voice.shown()))
            video=Some(Signal::derive(move || video.shown()))
            call=config().phone
            used=Some(flow.used.into())
            saved=Some(saved)
            restricted=flow.restricted()
            beside=Some(flow.guide.beside(step))
            map=map
        />
        {shelf}
    }
    .into_any()
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

fn done(flow: &Flow) -> AnyView {
    if let Some(waiting) = flow.waiting_view() {
        nav::arrived_at_step(&title_of(zh::drafts::WAITING_TITLE));
        return waiting;
    }
    let Some(receipt) = receipt::kept() else {
        nav::arrived_at_step(&title_of(zh::write::DONE_GONE));
        return view! { <ReceiptGoneView /> }.into_any();
    };
    nav::arrived_at_step(&title_of(zh::write::DONE));
    let again = flow
        .came_back
        .get()
        .then(|| notice("info", zh::app::ALREADY_SENT_TEXT.into()));
    let shown = flow.picture;
    let picture = react::view(move || {
        let Some(address) = shown.get() else {
            return ().into_any();
        };
        view! {
            <figure class="receipt__picture">
                <img src=address alt=zh::write::DONE_PICTURE width="375" height="450" />
                <figcaption>{zh::app::PICTURE_HOLD}</figcaption>
            </figure>
        }
        .into_any()
    });
    let buttons = view! {
        <p class="buttons">
            <button class="button button--second" type="button" data-do="copy">
                {zh::app::COPY}
            </button>
            <button class="button button--second" type="button" data-do="picture">
                {zh::write::DONE_SAVE}
            </button>
        </p>
    };
    view! {
        {again}
        <ReceiptView receipt=receipt now=now()>
            {buttons}
            {picture}
        </ReceiptView>
    }
    .into_any()
}
