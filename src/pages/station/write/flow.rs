//! From question to question: what is typed, what is pressed, where one is in the history.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use liaison_domain::dto::WriteOptions;
use liaison_domain::lifecycle::Role;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

use super::super::phone::{PhoneCheck, field_error, show_wait};
use super::super::work::Work;
use super::super::{config, focus_errors};
use super::draft::Draft;
use super::guide::Guide;
use super::later::LaterWork;
use super::letter::{errors_of, first_gap};
use super::outbox::Outbox;
use super::photos::Photos;
use super::place::Place;
use super::receipt;
use super::stored::Stored;
use super::video::Video;
use super::voice::Voice;
use crate::components::Errors;
use crate::i18n::zh;
use crate::pages::forms::{self, Sent};
use crate::state::drafts::Kept;
use crate::state::session::Who;
use crate::state::{Remote, Session, listen, nav, react, timers};
use crate::views::form::WriteStep;

/// Opens an address.
type Go = Box<dyn Fn(&str, NavigateOptions)>;

/// The letter on its way through the questions. A handle: copies are the same.
#[derive(Clone, Copy)]
pub struct Flow {
    pub draft: Draft,
    pub photos: Photos,
    pub voice: Voice,
    pub video: Video,
    pub check: PhoneCheck,
    pub options: Remote<WriteOptions>,
    pub step: Memo<WriteStep>,
    /// Counts what has to be drawn anew.
    pub redraw: RwSignal<u32>,
    /// Characters of the letter, for the counter.
    pub used: RwSignal<usize>,
    /// A picture of the receipt, once asked for.
    pub picture: RwSignal<Option<String>>,
    /// One came back to the letter after sending it.
    pub came_back: RwSignal<bool>,
    pub session: Session,
    /// What is told while one writes.
    pub guide: Guide,
    /// The place on the map.
    pub(super) place: Place,
    pub outbox: Outbox,
    /// The code of the later questions could not be had.
    pub(super) later_away: RwSignal<bool>,
    /// What lies on this device, as the lists show it.
    pub shelf: RwSignal<Vec<(String, Stored)>, LocalStorage>,
    /// The letter that this page told to go and that waits, and where it lies.
    pub queued: RwSignal<Option<(String, Kept)>>,
    pub(super) errors: StoredValue<Errors>,
    pub(super) busy: StoredValue<bool>,
    /// Questions one came by, to go back the way the browser would.
    trail: StoredValue<Vec<WriteStep>>,
    last: StoredValue<Option<WriteStep>>,
    /// The question of the plain form that it goes on from, until it is open: the address does not name it.
    posted_at: StoredValue<Option<WriteStep>>,
    /// The same, until another one is open: nothing that the plain page had not may move what somebody is filling in.
    plain_at: StoredValue<Option<WriteStep>>,
    go: StoredValue<Go, LocalStorage>,
}

impl Flow {
    /// The letter; where it was begun on plain forms, `posted_at` is the question that it stands at.
    pub fn new(draft: Draft, options: Remote<WriteOptions>, posted_at: Option<WriteStep>) -> Self {
        let query = use_query_map();
        let navigate = use_navigate();
        let flow = Self {
            draft,
            photos: Photos::new(draft),
            voice: Voice::new(draft),
            video: Video::new(draft),
            check: PhoneCheck::new(draft.phone),
            options,
            step: Memo::new(move |_| {
                query.with(|query| WriteStep::from_code(query.get_str("step").unwrap_or_default()))
            }),
            redraw: RwSignal::new(0),
            used: RwSignal::new(draft.form.with_untracked(|form| form.body.chars().count())),
            picture: RwSignal::new(None),
            came_back: RwSignal::new(false),
            session: Session::here(),
            guide: Guide::new(draft),
            place: Place::new(draft.form.with_untracked(|form| form.extra.spot.clone())),
            outbox: Outbox::here(),
            later_away: RwSignal::new(false),
            shelf: RwSignal::new_local(Vec::new()),
            queued: RwSignal::new(None),
            errors: StoredValue::new(Errors::default()),
            busy: StoredValue::new(false),
            trail: StoredValue::new(Vec::new()),
            last: StoredValue::new(None),
            posted_at: StoredValue::new(posted_at),
            plain_at: StoredValue::new(posted_at),
            go: StoredValue::new_local(Box::new(navigate)),
        };
        flow.photos.resume();
        flow.voice.resume();
        flow.video.resume();
        flow
    }

    /// What is wrong with the present question.
    pub fn errors(self) -> Errors {
        let phone = self.check.errors.get_untracked();
        if phone.is_empty() {
            self.errors.get_value()
        } else {
            phone
        }
    }

    /// A resident is logged in: no phone to verify.
    pub fn logged_in(self) -> bool {
        matches!(self.session.who(), Who::Somebody(me) if me.role == Role::Resident)
    }

    /// That the writer is restricted for now.
    pub fn restricted(self) -> Option<String> {
        self.session.me()?.restricted
    }

    /// The question as the document's title.
    pub const fn title(step: WriteStep) -> &'static str {
        match step {
            WriteStep::What => zh::write::TITLE,
            WriteStep::Where => zh::write::PLACE_Q,
            WriteStep::Who => zh::write::WHO,
            WriteStep::Photos => zh::write::PHOTOS,
            WriteStep::More => zh::write::MORE_Q,
            WriteStep::Check => zh::write::CHECK,
            WriteStep::Phone => zh::write::PHONE_Q,
            WriteStep::Done => zh::write::DONE,
        }
    }

    /// Draws the question anew.
    pub fn draw(self) {
        let _ = self.redraw.try_update(|count| *count = count.wrapping_add(1));
    }

    /// Shows what is wrong, with the focus on it.
    pub fn fail(self, errors: Errors) {
        self.errors.set_value(errors);
        self.draw();
        focus_errors();
    }

    /// Listens to what the question's form says.
    pub fn listen(self) {
        listen::on_document("submit", move |event| {
            if let Some(sent) = forms::take(event.unchecked_ref::<SubmitEvent>()) {
                self.submitted(&sent);
            }
        });
        listen::on_document("input", move |event| self.typed(&event));
        listen::on_document("change", move |event| self.changed(&event));
        listen::on_click("[data-do]", move |button| {
            self.pressed(&button.get_attribute("data-do").unwrap_or_default());
        });
        react::effect(move || self.opened(self.step.get()));
        react::effect(move || {
            self.check.changes.track();
            self.draw();
            let wait = self.check.wait;
            timers::next_frame(move || show_wait(wait.try_get_untracked().unwrap_or(0)));
        });
        react::effect(move || show_wait(self.check.wait.get()));
        self.watch_shelf();
    }

    /// Whether another question than this one is about to open.
    pub fn moves_from(self, step: WriteStep) -> bool {
        self.posted_at.get_value().is_some_and(|posted_at| posted_at != step)
    }

    /// Whether the question stood there as a plain page and has not been left since.
    pub(super) fn was_plain(self, step: WriteStep) -> bool {
        self.plain_at.get_value() == Some(step)
    }

    /// A question is opened: by a button, by the browser's own back, or from outside.
    fn opened(self, step: WriteStep) {
        if let Some(posted_at) = self.posted_at.get_value().filter(|_| self.moves_from(step)) {
            self.replace(posted_at);
            return;
        }
        self.posted_at.set_value(None);
        if !self.was_plain(step) {
            self.plain_at.set_value(None);
        }
        let before = self.last.get_value();
        self.last.set_value(Some(step));
        if let Some(before) = before.filter(|before| *before != step) {
            self.trail.update_value(|trail| {
                if trail.last() == Some(&step) {
                    trail.pop();
                } else {
                    trail.push(before);
                }
            });
            if step != WriteStep::Check {
                self.errors.set_value(Errors::default());
            }
        }
        if step != WriteStep::What {
            self.voice.stop();
        }
        if step == WriteStep::Done {
            return;
        }
        if self.draft.is_empty() && step > WriteStep::What {
            // Sent already: going back must not look like an unsent letter.
            let gone = receipt::kept().is_some() || self.queued.with_untracked(Option::is_some);
            let sent = gone && (nav::going_back() || before == Some(WriteStep::Done));
            self.came_back.set(sent);
            nav::renew();
            self.replace(if sent { WriteStep::Done } else { WriteStep::What });
            return;
        }
        if let Some(gap) = self
            .draft
            .form
            .with_untracked(|form| first_gap(step, form, &config().limits))
        {
            self.replace(gap);
            return;
        }
        if step >= WriteStep::Check && !self.draft.is_empty() {
            self.ask_who();
        }
        if step == WriteStep::What {
            self.ask_whether_restricted();
        }
        if step == WriteStep::Phone && self.logged_in() {
            self.replace(WriteStep::Check);
            return;
        }
        self.draft.at(step.code());
    }

    /// Whether the writer is restricted: told before anything is typed, and drawn anew for them alone.
    fn ask_whether_restricted(self) {
        if self.session.is_unknown() && Session::was_here() {
            react::spawn(async move {
                if matches!(self.session.load().await, Ok(Some(me)) if me.restricted.is_some()) {
                    self.draw();
                }
            });
        }
    }

    /// Whether the phone has to be verified at all.
    fn ask_who(self) {
        if self.session.is_unknown() && Session::was_here() {
            react::spawn(async move {
                if matches!(self.session.load().await, Ok(Some(_))) {
                    self.draw();
                }
            });
        }
    }

    fn submitted(self, sent: &Sent) {
        if sent.path != "/write" {
            return;
        }
        // Whoever goes on has finished speaking.
        self.voice.stop();
        let step = self.step.get_untracked();
        self.absorb(step, sent);
        let (wish, what) = sent.wish();
        match wish {
            "back" => {
                if let Some(back) = step.back() {
                    self.go_to(back);
                }
            }
            "goto" => self.go_to(WriteStep::from_code(what)),
            "upload" => {}
            "voice-remove" => self.voice.remove(),
            "quick" => self.quick(step),
            "next" => self.next(step),
            // Enter in a field presses nothing by name.
            "" if step != WriteStep::Phone => self.next(step),
            _ => {
                if let Some(work) = LaterWork::at_hand() {
                    (work.submitted)(self, step, sent);
                }
            }
        }
    }

    fn next(self, step: WriteStep) {
        let limits = config().limits;
        let mut errors = self.draft.form.with_untracked(|form| errors_of(step, form, &limits));
        if step == WriteStep::Photos && errors.is_empty() && self.photos.refused() {
            errors.push(field_error("attachments", "refused"));
        }
        if !errors.is_empty() {
            self.fail(Errors::of(errors));
            return;
        }
        self.errors.set_value(Errors::default());
        if step == WriteStep::What {
            self.guess();
        }
        let joins = self.draft.form.with_untracked(|form| form.extra.joins());
        let changing = joins || self.trail.with_value(|trail| trail.last() == Some(&WriteStep::Check));
        self.draft.flush();
        self.go_to(if changing && step < WriteStep::Check {
            WriteStep::Check
        } else {
            step.next()
        });
    }

    /// Straight to the check: what was not asked yet stays as it is proposed.
    fn quick(self, step: WriteStep) {
        let errors = self
            .draft
            .form
            .with_untracked(|form| errors_of(step, form, &config().limits));
        if !errors.is_empty() {
            self.fail(Errors::of(errors));
            return;
        }
        self.errors.set_value(Errors::default());
        self.guess();
        if let Some(options) = self.options.now() {
            self.draft.form.update_untracked(|form| form.settle_recipient(&options));
        }
        self.draft.flush();
        self.go_to(WriteStep::Check);
    }

    /// Kind and category from the words, as long as the resident has not chosen.
    fn guess(self) {
        let Some(options) = self.options.now() else { return };
        self.draft.form.update_untracked(|form| form.guess(&options.categories));
    }

    /// Opens a question the way a person expects "back" to undo it.
    pub fn go_to(self, step: WriteStep) {
        let came_from_there = self.trail.with_value(|trail| trail.last() == Some(&step));
        if came_from_there && let Ok(history) = window().history() {
            let _ = history.back();
            return;
        }
        self.navigate(step, false);
    }

    /// Opens a question in place of the present one.
    pub fn replace(self, step: WriteStep) {
        self.last.set_value(None);
        self.navigate(step, true);
    }

    fn navigate(self, step: WriteStep, replace: bool) {
        let address = step.address();
        let options = NavigateOptions {
            replace,
            ..NavigateOptions::default()
        };
        let _ = self.go.try_with_value(|go| go(&address, options));
    }

    fn pressed(self, what: &str) {
        match what {
            "draft-continue" => {
                let found = self.draft.found.get_untracked();
                self.draft.found.set(None);
                match found {
                    Some((_, step)) if step != self.step.get_untracked().code() => {
                        self.go_to(WriteStep::from_code(&step));
                    }
                    _ => nav::focus("#write input:not([type=hidden]), #write textarea, #write select"),
                }
            }
            "draft-anew" => self.anew(),
            "copy" | "picture" | "video-retry" => {
                if let Some(work) = LaterWork::at_hand() {
                    (work.pressed)(self, what);
                }
            }
            "locate" | "unpin" => {
                if let Some(work) = self.place.work() {
                    (if what == "locate" { work.locate } else { work.unpin })(self);
                }
            }
            "voice-record" => self.voice.record(&config().limits),
            "voice-stop" => self.voice.stop(),
            "voice-retry" => self.voice.retry(),
            other => {
                self.pressed_on_shelf(other);
                let here = self.step.get_untracked();
                // The check shows the words themselves.
                let to = self.guide.pressed(other).or((here == WriteStep::Check).then_some(here));
                if let Some(step) = to {
                    self.used
                        .set(self.draft.form.with_untracked(|form| form.body.trim().chars().count()));
                    if step == here {
                        self.draw();
                    } else {
                        self.guess();
                        self.go_to(step);
                    }
                }
            }
        }
    }

    /// A field that was typed in keeps its text through a redraw: it is filled by hand.
    pub(super) fn draw_afresh(self) {
        if let Ok(Some(area)) = document().query_selector("#write textarea[name=\"body\"]") {
            let body = self.draft.form.with_untracked(|form| form.body.clone());
            area.unchecked_into::<HtmlTextAreaElement>().set_value(&body);
        }
        self.draw();
    }
}
