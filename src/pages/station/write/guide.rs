//! What is told while somebody writes. The text is looked at whenever typing rests: here for dangers, other doors and
//! personal data; on the server, with everything personal covered, for published matters like it.

use std::cell::Cell;
use std::thread::LocalKey;
use std::time::Duration;

use leptos::prelude::*;
use liaison_domain::dto::{CaseCard, CasePage, Door};
use liaison_domain::guard;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

use super::super::parts::{Fetching, Parts};
use super::super::work::Work;
use super::draft::Draft;
use crate::api;
use crate::i18n::zh::guidance as words;
use crate::markup::view;
use crate::state::timers::{self, Debounce};
use crate::state::{live, nav, react};
use crate::views::form::WriteStep;
use crate::views::{By, elsewhere, joining, personal, similar};

/// Typing rests.
const QUIET: Duration = Duration::from_millis(900);
/// Fewer characters say too little to look for others.
const ENOUGH: usize = 8;

thread_local! {
    static AT_HAND: Cell<Option<GuideWork>> = const { Cell::new(None) };
}

/// What a guide can do: code of a part of its own, fetched once the first question stands there.
#[derive(Clone, Copy, Debug)]
pub struct GuideWork {
    draw: fn(Guide, WriteStep) -> AnyView,
    look: fn(Guide),
    begin: fn(Guide),
    follow: fn(Guide, String, RwSignal<u32>),
    pressed: fn(Guide, &str) -> Option<WriteStep>,
}

impl GuideWork {
    /// The functions themselves.
    pub const HERE: Self = Self {
        draw: Guide::draw,
        look: Guide::look,
        begin: Guide::begin,
        follow: Guide::follow_now,
        pressed: Guide::pressed_now,
    };
}

impl Work for GuideWork {
    fn kept() -> &'static LocalKey<Cell<Option<Self>>> {
        &AT_HAND
    }

    fn fetch(parts: &Parts) -> Fetching<Self> {
        (parts.guide)()
    }
}

/// A handle: copies are the same.
#[derive(Clone, Copy)]
pub struct Guide {
    draft: Draft,
    /// Its code is there.
    here: RwSignal<bool>,
    /// The text as it was looked at last.
    text: RwSignal<String>,
    /// Published matters like it.
    cards: RwSignal<Vec<CaseCard>>,
    /// The matter that is joined: number and title.
    joins: RwSignal<Option<(String, String)>>,
    /// The district's doors for other matters.
    doors: StoredValue<Vec<Door>>,
    /// The text before something was covered.
    before: RwSignal<Option<String>>,
    /// What the server was asked last.
    asked: StoredValue<String>,
    wait: StoredValue<Option<Debounce>, LocalStorage>,
}

impl Guide {
    pub fn new(draft: Draft) -> Self {
        let (text, joins) = draft.form.with_untracked(|form| {
            let extra = &form.extra;
            let joins = extra.joins().then(|| (extra.join.clone(), extra.join_title.clone()));
            (form.body.clone(), joins)
        });
        let guide = Self {
            draft,
            here: RwSignal::new(GuideWork::at_hand().is_some()),
            text: RwSignal::new(text),
            cards: RwSignal::new(Vec::new()),
            joins: RwSignal::new(joins),
            doors: StoredValue::new(Vec::new()),
            before: RwSignal::new(None),
            asked: StoredValue::new(String::new()),
            wait: StoredValue::new_local(None),
        };
        guide.wait.set_value(Some(Debounce::new(QUIET, move || {
            guide.once_here(|guide, work| (work.look)(guide));
        })));
        guide.once_here(|guide, work| (work.begin)(guide));
        guide
    }

    /// Does something once the code is there. Where it stays away the letter does without: whatever has to be checked,
    /// the server checks too.
    fn once_here(self, act: fn(Self, GuideWork)) {
        react::spawn(async move {
            if let Some(work) = GuideWork::wanted().await {
                if self.here.try_get_untracked() == Some(false) {
                    self.here.set(true);
                }
                act(self, work);
            }
        });
    }

    /// The letter's words have changed.
    pub fn typed(self) {
        if let Some(Some(wait)) = self.wait.try_get_value() {
            wait.call();
        }
    }

    fn begin(self) {
        self.ask();
        react::spawn(async move {
            // Without them no door is told.
            if let Some(hints) = api::directory::write_hints().await {
                let _ = self.doors.try_set_value(hints.doors);
                let _ = self.text.try_update(|_| ());
            }
        });
    }

    fn look(self) {
        let Some(body) = self.draft.form.try_with_untracked(|form| form.body.clone()) else {
            return;
        };
        let Some(seen) = self.text.try_get_untracked() else {
            return;
        };
        if body == seen {
            return;
        }
        let found_before = guard::find(&seen).len();
        if guard::find(&body).len() > found_before {
            live::say(words::FOUND);
        }
        let _ = self.before.try_set(None);
        let _ = self.text.try_set(body);
        self.ask();
    }

    /// Asks for matters like it. Nothing personal leaves the device for that.
    fn ask(self) {
        let (name, area, body) = self
            .draft
            .form
            .with_untracked(|form| (form.name.clone(), form.area.clone(), form.body.clone()));
        let text = guard::leave_out(body.trim(), Some(&name));
        if self.joins.with_untracked(Option::is_some) || text.chars().count() < ENOUGH {
            let _ = self.cards.try_set(Vec::new());
            return;
        }
        if self.asked.with_value(|asked| *asked == text) {
            return;
        }
        self.asked.set_value(text.clone());
        react::spawn(async move {
            // Without an answer nothing is shown: writing goes on.
            let Ok(found) = api::cases::similar(text.clone(), area).await else {
                return;
            };
            if self.asked.try_with_value(|asked| *asked == text) != Some(true) {
                return;
            }
            if !found.items.is_empty() && self.cards.try_with_untracked(Vec::is_empty) == Some(true) {
                live::say(words::SIMILAR);
            }
            let _ = self.cards.try_set(found.items);
        });
    }

    /// One came to join a published matter: if it still takes others, the letter does, and `redraw` counts.
    pub fn follow(self, no: String, redraw: RwSignal<u32>) {
        GuideWork::with(move |work| (work.follow)(self, no, redraw));
    }

    fn follow_now(self, no: String, redraw: RwSignal<u32>) {
        react::spawn(async move {
            let Ok(page) = api::get::<CasePage>(&api::cases::one_path(&no)).await else {
                return;
            };
            if page.hidden_reason.is_none() && page.card.takes_others() {
                self.join(&page.card);
                let _ = redraw.try_update(|count| *count = count.wrapping_add(1));
            }
        });
    }

    fn join(self, card: &CaseCard) {
        self.draft.form.update_untracked(|form| {
            form.extra.join(Some(card));
            if form.body.trim().is_empty() {
                words::JOIN_WORDS.clone_into(&mut form.body);
            }
        });
        let _ = self.joins.try_set(Some((card.no.clone(), card.title.clone())));
        let _ = self.cards.try_set(Vec::new());
        self.draft.changed();
    }

    /// A button of what is told was pressed; gives the question to go to.
    pub fn pressed(self, what: &str) -> Option<WriteStep> {
        GuideWork::at_hand().and_then(|work| (work.pressed)(self, what))
    }

    fn pressed_now(self, what: &str) -> Option<WriteStep> {
        let (wish, which) = what.split_once(':').unwrap_or((what, ""));
        match wish {
            "cover" => self.cover(which),
            "uncover" => {
                if let Some(before) = self.before.get_untracked() {
                    self.before.set(None);
                    self.put(before);
                }
            }
            "join" => {
                let card = self
                    .cards
                    .with_untracked(|cards| cards.iter().find(|card| card.no == which).cloned());
                self.join(&card?);
                return Some(WriteStep::Check);
            }
            "unjoin" => {
                self.draft.form.update_untracked(|form| {
                    form.extra.join(None);
                    if form.body == words::JOIN_WORDS {
                        form.body.clear();
                    }
                });
                self.joins.set(None);
                self.draft.changed();
                self.put(self.draft.form.with_untracked(|form| form.body.clone()));
                return Some(WriteStep::What);
            }
            _ => {}
        }
        None
    }

    fn cover(self, which: &str) {
        let body = self.draft.form.with_untracked(|form| form.body.clone());
        let covered = match which.parse::<usize>() {
            Ok(n) => match guard::find(&body).get(n) {
                Some(span) => guard::cover(&body, &[*span]),
                None => return,
            },
            Err(_) => guard::mask(&body),
        };
        let first = self.before.get_untracked().unwrap_or(body);
        self.before.set(Some(first));
        self.put(covered);
        live::say(words::COVERED);
        timers::next_frame(|| nav::focus("[data-do=uncover]"));
    }

    /// Puts other words in the letter's place, in the field too where it is shown.
    fn put(self, body: String) {
        if let Ok(Some(area)) = document().query_selector("#write textarea[name=\"body\"]") {
            area.unchecked_into::<HtmlTextAreaElement>().set_value(&body);
        }
        self.draft.form.update_untracked(|form| body.clone_into(&mut form.body));
        self.draft.changed();
        self.text.set(body);
    }

    /// What is told at a question, as soon as its code is there.
    pub fn beside(self, step: WriteStep) -> AnyView {
        react::view(move || {
            let here = self.here.get();
            match GuideWork::at_hand().filter(|_| here) {
                Some(work) => (work.draw)(self, step),
                None => ().into_any(),
            }
        })
    }

    fn draw(self, step: WriteStep) -> AnyView {
        let text = self.text.get();
        let undo = self.before.with(Option::is_some);
        if step == WriteStep::Check {
            return personal(&text, undo, By::App);
        }
        if step != WriteStep::What {
            return ().into_any();
        }
        let joined = self.joins.get().map(|(no, title)| joining(&title, &no, By::App));
        view! {
            {joined}
            {self.doors.with_value(|doors| elsewhere(&text, doors))}
            {personal(&text, undo, By::App)}
            {similar(&self.cards.get(), By::App)}
        }
        .into_any()
    }
}
