//! 「我的」: what lies on this device, with the ways back to it. Continuing happens where one writes.

use leptos::prelude::*;
use leptos_router::NavigateOptions;

use super::super::config;
use super::outbox::Outbox;
use super::stored::Stored;
use super::{receipt, shelf};
use crate::i18n::zh;
use crate::state::timers::now;
use crate::state::{listen, live, react};
use crate::views::form::WriteStep;
use crate::views::{shelf as shelf_view, shelf_pointer};

/// Opens an address.
type Go = Box<dyn Fn(&str, NavigateOptions)>;

/// The lists on another page. A handle: copies are the same.
#[derive(Clone, Copy)]
pub struct Shelf {
    all: RwSignal<Vec<(String, Stored)>, LocalStorage>,
    outbox: Outbox,
    go: StoredValue<Go, LocalStorage>,
}

impl Shelf {
    /// Reads the lists, and listens to their buttons.
    pub fn new(navigate: impl Fn(&str, NavigateOptions) + 'static) -> Self {
        let here = Self {
            all: RwSignal::new_local(Vec::new()),
            outbox: Outbox::here(),
            go: StoredValue::new_local(Box::new(navigate)),
        };
        react::effect(move || {
            here.outbox.changes.track();
            react::spawn(here.look());
        });
        listen::on_click("[data-do]", move |button| {
            let what = button.get_attribute("data-do").unwrap_or_default();
            if let Some((act, id)) = what.split_once(':') {
                let (act, id) = (act.to_owned(), id.to_owned());
                react::spawn(async move { here.pressed(&act, &id).await });
            }
        });
        here
    }

    /// The lists.
    pub fn view(self) -> AnyView {
        react::view(move || {
            let (waiting, unfinished) = self.all.with(|all| shelf::rows(all, ""));
            shelf_view(&waiting, &unfinished, config().limits.draft_days, now())
        })
    }

    /// That there are lists further down.
    pub fn pointer(self) -> AnyView {
        react::view(move || {
            let (waiting, unfinished) = self.all.with(|all| shelf::rows(all, ""));
            shelf_pointer(waiting.len(), unfinished.len())
        })
    }

    /// Reads what lies here anew.
    pub async fn look(self) {
        let all = shelf::all(config().limits.draft_days).await;
        let _ = self.all.try_set(all);
    }

    async fn pressed(self, act: &str, id: &str) {
        match act {
            "draft-open" => {
                shelf::choose(id);
                let step = shelf::load(id).await.map(|stored| stored.step).unwrap_or_default();
                self.go(WriteStep::from_code(&step));
            }
            "draft-drop" => {
                if window().confirm_with_message(zh::drafts::DROP_SURE).unwrap_or(true)
                    && let Some(stored) = shelf::load(id).await
                {
                    shelf::throw_away(id, &stored).await;
                    self.look().await;
                    live::show(zh::drafts::DROPPED);
                }
            }
            "out-retry" => self.outbox.ask(),
            "out-back" => self.take_back(id, WriteStep::Check).await,
            "out-code" => self.take_back(id, WriteStep::Phone).await,
            "out-receipt" if receipt::take(id).await => self.go(WriteStep::Done),
            _ => {}
        }
    }

    async fn take_back(self, id: &str, step: WriteStep) {
        if shelf::take_back(id, step.code()).await {
            self.go(step);
        } else {
            live::show(zh::drafts::TOO_LATE);
            self.outbox.touch();
        }
    }

    fn go(self, step: WriteStep) {
        let address = step.address();
        let _ = self.go.try_with_value(|go| go(&address, NavigateOptions::default()));
    }
}
