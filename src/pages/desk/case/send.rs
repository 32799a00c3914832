//! Sending what a form made, and everything that may come back: done, refused, or somebody was quicker.
//!
//! After every wait the letter may have been left; then nothing more is done to it.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use liaison_domain::dto::{CaseEventView, DeskCase, Problem};
use liaison_domain::lifecycle::{CaseEvent, EventKind, RefusalKind};

use super::super::actions;
use super::super::form::{self, Values, Wrong};
use super::act::{Act, Flash, Note};
use crate::api::{self, ApiError};
use crate::i18n::desk::{self as words, forms};
use crate::i18n::zh;
use crate::state::{live, nav, timers};

impl Act {
    /// Keeps a reply on the server while it is being written.
    pub(super) fn autosave(self, kind: EventKind, task: String, draft: form::Draft) -> Callback<Values> {
        let kept = self.key(kind);
        Callback::new(move |values: Values| {
            let Some(reply) = draft(&values) else {
                let _ = self.saved.try_set(words::SAVED_HERE.to_owned());
                return;
            };
            let (task, kept) = (task.clone(), kept.clone());
            let _ = self.saved.try_set(words::SAVING.to_owned());
            spawn_local(async move {
                let text = match api::desk::save_draft(&task, reply).await {
                    Ok(()) => {
                        // What the server has not got: who signs off, and the secrets of pictures.
                        form::trim(&kept, &values, &["signed_off_by", "attachments"]);
                        words::saved_at(timers::now())
                    }
                    Err(error) if error.is_unauthenticated() => self.board.desk.failed(&error),
                    Err(_) => words::SAVE_FAILED.to_owned(),
                };
                let _ = self.saved.try_set(text);
                // A form that says so itself is not forestalled.
                if kind != EventKind::DraftBegun {
                    self.tell_begun(task).await;
                }
            });
        })
    }

    /// Whoever looks at the task may know that a reply is being written. Unimportant enough to fail unseen.
    async fn tell_begun(self, task_id: String) {
        if self.busy.try_get_untracked() != Some(false) {
            return;
        }
        let Some(case) = self
            .case
            .now()
            .filter(|case| case.allowed_events.contains(&EventKind::DraftBegun))
        else {
            return;
        };
        let event = CaseEvent::DraftBegun { task_id };
        if api::letters::act(&case.id, case.version, event, &api::idempotency_key())
            .await
            .is_ok()
        {
            self.read_quietly().await;
        }
    }

    /// Sends an event, with the version on the screen.
    pub(super) fn send(self, kind: EventKind, event: CaseEvent) {
        let Some(case) = self.case.now() else { return };
        self.busy.set(true);
        self.note.set(Note::None);
        let same = |(version, before, _): &&(i64, CaseEvent, String)| *version == case.version && *before == event;
        let key = self
            .tried
            .with_value(|tried| tried.as_ref().filter(same).map(|(.., key)| key.clone()));
        let key = key.unwrap_or_else(api::idempotency_key);
        self.tried.set_value(Some((case.version, event.clone(), key.clone())));
        let kept = self.key(kind);
        spawn_local(async move {
            let outcome = match self.resolve(event).await {
                Ok(event) => api::letters::act(&case.id, case.version, event, &key)
                    .await
                    .map_err(Err),
                Err(wrong) => Err(Ok(wrong)),
            };
            if outcome.is_ok() {
                form::forget(&kept);
            }
            if !self.is_here() {
                return;
            }
            self.busy.set(false);
            match outcome {
                Ok(_) => self.done(kind).await,
                Err(Ok(wrong)) => self.show_wrong(wrong),
                Err(Err(error)) => self.refused(kind, &case, error).await,
            }
        });
    }

    fn show_wrong(self, wrong: Vec<Wrong>) {
        self.errors.set(wrong);
        form::focus_errors();
    }

    /// People know letters by number; the rules know them by id.
    async fn resolve(self, event: CaseEvent) -> Result<CaseEvent, Vec<Wrong>> {
        let CaseEvent::Merge { into, text } = event else {
            return Ok(event);
        };
        match api::desk::case(&into).await {
            Ok(other) => Ok(CaseEvent::Merge { into: other.id, text }),
            Err(error) if error.is_not_found() || error.status() == Some(403) => {
                Err(vec![("into".to_owned(), forms::NO_SUCH_CASE.to_owned())])
            }
            Err(error) => Err(vec![("into".to_owned(), self.board.desk.failed(&error))]),
        }
    }

    async fn done(self, kind: EventKind) {
        let text = match kind {
            EventKind::Undo => crate::i18n::desk::office::UNDONE,
            kind => forms::action(kind).map(|words| words.done).unwrap_or_default(),
        };
        self.done_with(text).await;
    }

    /// Shows the newest state after something was done that is no form's.
    pub(super) fn read_again(self) {
        spawn_local(async move { self.read_quietly().await });
    }

    /// Says what was done, and goes on.
    pub(super) async fn done_with(self, text: &'static str) {
        let next = self.board.neighbour().unwrap_or_default();
        self.read_quietly().await;
        live::say(text);
        if !self.is_here() {
            return;
        }
        self.open.set(None);
        self.flash.set(Some(Flash {
            tone: "good",
            text: text.to_owned(),
            next,
        }));
        self.board.refresh();
        timers::after(Duration::from_millis(50), || nav::focus("#flash"));
    }

    /// Reads the newest state; what is shown stays when that fails.
    pub(super) async fn read_quietly(self) {
        let Some(id) = self.id.try_get_value() else { return };
        let Ok(case) = api::desk::case(&id).await else { return };
        if self.is_here() && self.case.now().as_ref() != Some(&case) {
            self.case.put(case);
        }
    }

    async fn refused(self, kind: EventKind, before: &DeskCase, error: ApiError) {
        // A step without a form has no place of its own for words.
        if self.open.get_untracked().is_none() {
            let text = self.board.desk.failed(&error);
            self.tried.set_value(None);
            self.read_quietly().await;
            if self.is_here() {
                self.flash.set(Some(Flash {
                    tone: "warn",
                    text,
                    next: String::new(),
                }));
                timers::after(Duration::from_millis(50), || nav::focus("#flash"));
            }
            return;
        }
        if let ApiError::Problem(problem) = &error {
            if moved_on(problem) {
                self.show_what_changed(kind, before, problem).await;
                return;
            }
            let wrong = wrong_fields(problem);
            if !wrong.is_empty() {
                self.show_wrong(wrong);
                return;
            }
        }
        if !error.may_have_arrived() {
            self.tried.set_value(None);
        }
        self.note.set(Note::Refused(self.board.desk.failed(&error)));
        timers::next_frame(|| nav::focus("#desk-form .notice"));
    }

    /// Somebody was quicker: reads what they did and says it, above what was typed.
    async fn show_what_changed(self, kind: EventKind, before: &DeskCase, problem: &Problem) {
        self.read_quietly().await;
        if !self.is_here() {
            return;
        }
        self.board.refresh();
        let tried = self.tried.try_update_value(Option::take).flatten();
        let now = self.case.now();
        let last = before.timeline.iter().map(|event| event.seq).max().unwrap_or(0);
        let new: Vec<&CaseEventView> = now
            .iter()
            .flat_map(|case| &case.timeline)
            .filter(|event| event.seq > last)
            .collect();
        // Our own note that writing began is nobody's change.
        let only_begun = !new.is_empty() && new.iter().all(|event| event.kind == EventKind::DraftBegun);
        if let Some((_, event, _)) = tried.filter(|_| only_begun) {
            self.send(kind, event);
            return;
        }
        let lines = new.into_iter().map(line).collect();
        let state = now
            .as_ref()
            .map(|case| case.state)
            .or(problem.current_state)
            .unwrap_or(before.state);
        let still = now.as_ref().map_or_else(
            || problem.allowed_events.contains(&kind),
            |case| actions::possible(case).contains(&kind),
        );
        self.note.set(Note::Moved { state, lines, still });
        timers::next_frame(|| nav::focus("#desk-form .notice"));
    }
}

/// 「区住建局已签收」.
fn line(event: &CaseEventView) -> String {
    let by = event.by_name.as_deref().unwrap_or(words::role(event.by_role));
    zh::events::line(event.kind, by, event.about.as_deref())
}

/// Refusals that mean: look again, the case is not what was on the screen.
fn moved_on(problem: &Problem) -> bool {
    problem.status == 409
        && (problem.code == "conflict"
            || matches!(
                RefusalKind::from_code(&problem.code),
                Some(RefusalKind::WrongState | RefusalKind::Stale)
            ))
}

/// The server's words about fields, by the form's names (`reply.body` is `body` here).
fn wrong_fields(problem: &Problem) -> Vec<Wrong> {
    problem
        .fields
        .iter()
        .map(|field| {
            let name = field.field.rsplit('.').next().unwrap_or_default();
            let name = if name.bytes().all(|byte| byte.is_ascii_digit()) {
                field.field.split('.').next().unwrap_or_default()
            } else {
                name
            };
            (name.to_owned(), forms::field_error(&field.code, field.limit))
        })
        .collect()
}
