//! The page of the letter with what else lies on this device: other drafts, letters on their way.

use leptos::prelude::*;

use super::flow::Flow;
use super::{receipt, shelf};
use crate::i18n::zh;
use crate::pages::station::config;
use crate::state::drafts::Kept;
use crate::state::timers::now;
use crate::state::{live, nav, react};
use crate::views::form::WriteStep;
use crate::views::{OutRow, OutState, shelf as shelf_view, shelf_pointer, waiting_page};

impl Flow {
    /// Keeps the lists as they are.
    pub(super) fn watch_shelf(self) {
        react::effect(move || {
            self.outbox.changes.track();
            react::spawn(self.look_at_shelf());
        });
        // The server had what this browser had lost.
        react::effect(move || {
            if self.draft.replaced.get() > 0 {
                if self.draft.found.get_untracked().is_some() {
                    self.show_other();
                }
                react::spawn(self.look_at_shelf());
            }
        });
    }

    /// Another draft stands where one stood.
    fn show_other(self) {
        self.photos.resume();
        self.voice.resume();
        self.video.resume();
        self.used
            .set(self.draft.form.with_untracked(|form| form.body.chars().count()));
        self.draw_afresh();
    }

    /// Reads what lies on this device. What went by itself meanwhile shows its number where it was waited for.
    pub(super) async fn look_at_shelf(self) {
        let days = config().limits.draft_days;
        let mut all = shelf::all(days).await;
        let at_done = self.step.try_get_untracked() == Some(WriteStep::Done);
        let gone = at_done.then(|| {
            self.waited_for(&shelf::rows(&all, "").0)
                .map(|row| (row.id.clone(), row.state.clone()))
        });
        if let Some(Some((id, OutState::Sent { .. }))) = gone
            && receipt::take(&id).await
        {
            let _ = self.queued.try_set(None);
            all = shelf::all(days).await;
            nav::renew();
        }
        let _ = self.shelf.try_set(all);
    }

    /// The letter that was told to go from here. After a reload nothing says which one it was: the last that has not
    /// gone.
    fn waited_for(self, waiting: &[OutRow]) -> Option<&OutRow> {
        match self.queued.try_get_untracked()? {
            Some((own, _)) => waiting.iter().find(|row| row.id == own),
            None if receipt::kept().is_some() => None,
            None => waiting
                .iter()
                .rev()
                .find(|row| !matches!(row.state, OutState::Sent { seen: true, .. })),
        }
    }

    /// The lists below the first question.
    pub(super) fn shelf_view(self) -> AnyView {
        react::view(move || {
            let (waiting, unfinished) = self.shelf.with(|all| shelf::rows(all, &self.draft.id()));
            shelf_view(&waiting, &unfinished, config().limits.draft_days, now())
        })
    }

    /// That there are lists further down.
    pub(super) fn shelf_pointer(self) -> AnyView {
        react::view(move || {
            let (waiting, unfinished) = self.shelf.with(|all| shelf::rows(all, &self.draft.id()));
            shelf_pointer(waiting.len(), unfinished.len())
        })
    }

    /// The letter that waits, in place of the receipt. `None`: it has gone.
    pub(super) fn waiting_view(self) -> Option<AnyView> {
        let (waiting, _) = self.shelf.with(|all| shelf::rows(all, ""));
        let row = self.waited_for(&waiting)?;
        let memory = self
            .queued
            .with_untracked(|queued| matches!(queued, Some((_, Kept::Memory))));
        Some(waiting_page(row, memory, now()))
    }

    pub(super) fn pressed_on_shelf(self, what: &str) {
        let Some((act, id)) = what.split_once(':') else { return };
        let id = id.to_owned();
        match act {
            "draft-open" => react::spawn(async move { self.open(&id, None).await }),
            "draft-drop" => self.drop_draft(id),
            "out-retry" => self.outbox.ask(),
            "out-back" => react::spawn(async move { self.take_back(&id, WriteStep::Check).await }),
            "out-code" => react::spawn(async move { self.take_back(&id, WriteStep::Phone).await }),
            "out-receipt" => react::spawn(async move {
                self.show_receipt(&id).await;
                self.replace(WriteStep::Done);
            }),
            _ => {}
        }
    }

    /// Goes on with another draft; the one in hand stays.
    async fn open(self, id: &str, step: Option<WriteStep>) {
        // What is being said belongs to the letter that is left.
        self.voice.stop();
        self.draft.begin_another().await;
        self.photos.let_go();
        let Some(stored) = shelf::load(id).await else { return };
        let step = step.unwrap_or_else(|| WriteStep::from_code(&stored.step));
        self.draft.take_up(id, stored);
        self.draft.found.set(None);
        self.show_other();
        self.look_at_shelf().await;
        nav::renew();
        if self.step.get_untracked() == step {
            nav::focus("#write textarea, #write input:not([type=hidden])");
        } else {
            self.go_to(step);
        }
    }

    fn drop_draft(self, id: String) {
        if !window().confirm_with_message(zh::drafts::DROP_SURE).unwrap_or(true) {
            return;
        }
        react::spawn(async move {
            if let Some(stored) = shelf::load(&id).await {
                shelf::throw_away(&id, &stored).await;
            }
            self.look_at_shelf().await;
            live::show(zh::drafts::DROPPED);
        });
    }

    async fn take_back(self, id: &str, step: WriteStep) {
        if !shelf::take_back(id, step.code()).await {
            live::show(zh::drafts::TOO_LATE);
            self.outbox.touch();
            return;
        }
        self.queued.set(None);
        live::say(zh::drafts::TAKEN_BACK);
        self.open(id, Some(step)).await;
    }

    /// Number and code of a letter that went by itself.
    async fn show_receipt(self, id: &str) {
        if receipt::take(id).await {
            self.queued.set(None);
            nav::renew();
            self.look_at_shelf().await;
        }
    }

    /// Begins another letter. The one in hand stays in the list.
    pub(super) fn anew(self) {
        self.voice.stop();
        react::spawn(async move {
            self.photos.let_go();
            self.draft.begin_another().await;
            self.used.set(0);
            self.errors.set_value(crate::components::Errors::default());
            self.look_at_shelf().await;
            live::say(zh::drafts::ANEW_DONE);
            if self.step.get_untracked() == WriteStep::What {
                self.draw_afresh();
            } else {
                self.replace(WriteStep::What);
            }
            nav::focus("#write textarea");
        });
    }
}
