//! The letter's questions after the first, and sending it: code of a part of its own, fetched while the first question is
//! being answered.

use std::cell::Cell;
use std::sync::Arc;
use std::thread::LocalKey;

use leptos::prelude::*;
use liaison_domain::dto::WriteOptions;
use web_sys::FileList;

use super::super::parts::{Fetching, Parts};
use super::super::phone::field_error;
use super::super::work::Work;
use super::super::{config, title_of};
use super::flow::Flow;
use super::photos::Photos;
use super::{asked, found, receipt, unkept};
use crate::components::{Errors, notice};
use crate::i18n::{dates, zh};
use crate::markup::view;
use crate::pages::forms::Sent;
use crate::state::timers::{self, now};
use crate::state::{live, nav, react};
use crate::views::form::WriteStep;
use crate::views::{Asked, ReceiptGoneView, ReceiptView, later_question};

thread_local! {
    static AT_HAND: Cell<Option<LaterWork>> = const { Cell::new(None) };
}

/// The functions of the part.
#[derive(Clone, Copy, Debug)]
pub struct LaterWork {
    /// Draws a question, or the receipt.
    pub(super) draw: fn(&Flow, WriteStep, WriteOptions) -> AnyView,
    /// A form was sent with a wish that only these questions have.
    pub(super) submitted: fn(Flow, WriteStep, &Sent),
    /// A button was pressed that only these questions have.
    pub(super) pressed: fn(Flow, &str),
    /// Photos were chosen.
    pub(super) chosen: fn(Flow, &FileList),
    /// Sends a photo from what this device kept.
    pub(super) retry_photo: fn(Photos, &str),
}

impl LaterWork {
    /// The functions themselves.
    pub const HERE: Self = Self {
        draw,
        submitted: Flow::submitted_later,
        pressed: Flow::pressed_later,
        chosen: Flow::chosen,
        retry_photo: Photos::retry_now,
    };
}

impl Work for LaterWork {
    fn kept() -> &'static LocalKey<Cell<Option<Self>>> {
        &AT_HAND
    }

    fn fetch(parts: &Parts) -> Fetching<Self> {
        (parts.later)()
    }
}

impl Flow {
    /// Fetches the later questions before they are wanted. Where they stay away, that is said once they are.
    pub(super) fn fetch_later(self) {
        let _ = self.later_away.try_set(false);
        react::spawn(async move {
            let _ = self.later_away.try_set(LaterWork::wanted().await.is_none());
            // The map of the next question stands there with it.
            self.place.fetch();
            if self
                .step
                .try_get_untracked()
                .is_some_and(|step| step != WriteStep::What)
            {
                self.draw();
            }
        });
    }

    fn submitted_later(self, step: WriteStep, sent: &Sent) {
        let (wish, what) = sent.wish();
        match wish {
            "remove" => self.photos.remove(what),
            "retry" => self.photos.retry(what),
            "video-remove" => self.video.remove(),
            "code" => self.ask_code(sent.get("phone").to_owned()),
            "other" => self.check.start_over(),
            "verify" => self.verify_and_send(sent.get("code").to_owned()),
            "submit" => self.send(),
            // Enter in a field presses nothing by name.
            _ if step == WriteStep::Phone && sent.has("code") => self.verify_and_send(sent.get("code").to_owned()),
            _ if step == WriteStep::Phone => self.ask_code(sent.get("phone").to_owned()),
            _ => {}
        }
    }

    fn pressed_later(self, what: &str) {
        match what {
            "copy" => {
                if let Some(receipt) = receipt::kept() {
                    receipt::copy(&receipt);
                }
            }
            "picture" => self.draw_receipt(),
            "video-retry" => self.video.retry(),
            _ => {}
        }
    }

    fn chosen(self, files: &FileList) {
        let limits = config().limits;
        let left_out = self.photos.add(files, &limits);
        if left_out > 0 {
            live::say(&zh::app::too_many_photos(left_out, limits.photos_max));
            let mut error = field_error("attachments", "too_many");
            error.limit = Some(u64::from(limits.photos_max));
            self.fail(Errors::of(vec![error]));
        }
    }

    fn draw_receipt(self) {
        let Some(receipt) = receipt::kept() else { return };
        let accept_by = dates::long_date(receipt.accept_by, timers::now());
        let lines = zh::write::next_steps(&receipt, &accept_by);
        receipt::save_picture(&receipt, &lines);
        react::spawn(async move {
            if let Some(address) = receipt::picture_address(&receipt, &lines).await {
                let _ = self.picture.try_set(Some(address));
            }
        });
    }
}

fn draw(flow: &Flow, step: WriteStep, options: WriteOptions) -> AnyView {
    if step == WriteStep::Done {
        return done(flow);
    }
    let draft = flow.draft;
    let (photos, video) = (flow.photos, flow.video);
    let here = *flow;
    let follow = react::view(move || {
        photos.changes.track();
        let _ = (here.voice.shown(), video.shown());
        if step < WriteStep::Check {
            ().into_any()
        } else if here.waits_for_voice() {
            notice("info", zh::drafts::VOICE_MOVING.into())
        } else if photos.moving() || here.voice.moving() || video.moving() {
            notice("info", zh::drafts::FILES_MOVING.into())
        } else {
            ().into_any()
        }
    });
    let map = (step == WriteStep::Where && !flow.was_plain(step)).then(|| flow.map_later(&options));
    let asked = Asked {
        phone: draft.phone.get_untracked(),
        photos: Some(Arc::new(move || {
            photos.changes.track();
            draft.form.with_untracked(|form| form.photos.clone())
        })),
        video: Some(Arc::new(move || video.shown())),
        map,
        ..asked(flow, step, options)
    };
    view! {
        {found(draft)}
        {unkept(draft)}
        {follow}
        {later_question(asked)}
    }
    .into_any()
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
