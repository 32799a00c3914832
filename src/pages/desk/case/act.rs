//! Doing something with the open letter: the open form, and what is said about it. Sending stands in [`super::send`].

use leptos::prelude::*;
use leptos::task::spawn_local;
use liaison_domain::dto::DeskCase;
use liaison_domain::lifecycle::{CaseEvent, CaseState, EventKind};

use super::super::actions;
use super::super::board::Board;
use super::super::form::{self, FormView, Wrong};
use crate::components::notice;
use crate::i18n::desk as words;
use crate::markup::view;
use crate::state::{Remote, live, nav, timers};

/// What stands above the fields of an open form.
#[derive(Clone, PartialEq, Default)]
pub(super) enum Note {
    #[default]
    None,
    Refused(String),
    /// Somebody was quicker.
    Moved {
        state: CaseState,
        lines: Vec<String>,
        still: bool,
    },
}

/// What was done last, or why it could not even begin; and the letter to go on with.
#[derive(Clone, PartialEq)]
pub(super) struct Flash {
    pub tone: &'static str,
    pub text: String,
    pub next: String,
}

/// The pane's actions.
#[derive(Clone, Copy)]
pub struct Act {
    pub board: Board,
    pub(super) case: Remote<DeskCase>,
    /// Case id and account, for the key under which text is kept.
    pub(super) id: StoredValue<String>,
    pub(super) account: StoredValue<String>,
    /// The open form.
    pub open: RwSignal<Option<EventKind>>,
    pub(super) errors: RwSignal<Vec<Wrong>>,
    pub(super) busy: RwSignal<bool>,
    pub(super) saved: RwSignal<String>,
    pub(super) note: RwSignal<Note>,
    pub(super) flash: RwSignal<Option<Flash>>,
    /// The last try's event and key: an answer lost on the way is asked for again, not done twice.
    pub(super) tried: StoredValue<Option<(i64, CaseEvent, String)>>,
}

impl Act {
    /// For one letter.
    pub fn new(board: Board, case: Remote<DeskCase>, id: String, account: String) -> Self {
        Self {
            board,
            case,
            id: StoredValue::new(id),
            account: StoredValue::new(account),
            open: RwSignal::new(None),
            errors: RwSignal::new(Vec::new()),
            busy: RwSignal::new(false),
            saved: RwSignal::new(String::new()),
            note: RwSignal::new(Note::None),
            flash: RwSignal::new(None),
            tried: StoredValue::new(None),
        }
    }

    /// Whether the letter is still open: after waiting for the network it may not be, and its signals are gone.
    pub(super) fn is_here(self) -> bool {
        self.busy.try_get_untracked().is_some()
    }

    /// Where the text of an action's form is kept.
    pub(super) fn key(self, kind: EventKind) -> String {
        self.key_of(kind.code())
    }

    /// The same of any form beside the actions.
    pub(super) fn key_of(self, name: &str) -> String {
        form::key(&self.account.get_value(), &self.id.get_value(), name)
    }

    /// Opens an action's form, once its choices are known.
    pub fn begin(self, kind: EventKind) {
        spawn_local(async move {
            if let Err(error) = self.board.desk.options().await {
                let text = self.board.desk.failed(&error);
                live::say(&text);
                let _ = self.flash.try_set(Some(Flash {
                    tone: "warn",
                    text,
                    next: String::new(),
                }));
                return;
            }
            if !self.is_here() {
                return;
            }
            self.errors.set(Vec::new());
            self.note.set(Note::None);
            self.saved.set(String::new());
            self.flash.set(None);
            self.open.set(Some(kind));
            timers::next_frame(|| nav::focus("#desk-form-title"));
        });
    }

    /// Closes the form and goes back to its button.
    pub fn cancel(self) {
        let Some(kind) = self.open.get_untracked() else { return };
        self.open.set(None);
        timers::next_frame(move || nav::focus(&["#act-", kind.code()].concat()));
    }

    /// The open form, or nothing. It does not follow the case: what is typed stays while the case is read anew.
    pub fn form_view(self) -> AnyView {
        (move || {
            let kind = self.open.get()?;
            let options = self.board.desk.known_options()?;
            let case = self.case.now()?;
            let form = actions::form(kind, &case, &options, timers::now())?;
            let autosave = form.draft.clone().map(|(task, draft)| self.autosave(kind, task, draft));
            Some(form::form_view(FormView {
                form,
                case,
                key: self.key(kind),
                errors: self.errors,
                busy: self.busy,
                notice: self.note_view(),
                send: Callback::new(move |event| self.send(kind, event)),
                cancel: Callback::new(move |()| self.cancel()),
                autosave,
                saved: self.saved,
            }))
        })
        .into_any()
    }

    fn note_view(self) -> AnyView {
        (move || match self.note.get() {
            Note::None => ().into_any(),
            Note::Refused(text) => notice("warn", text),
            Note::Moved { state, lines, still } => {
                let lines = if lines.is_empty() {
                    vec![words::NO_CHANGE_SEEN.to_owned()]
                } else {
                    lines
                };
                let lines = lines
                    .into_iter()
                    .map(|line| view! { <li>{line}</li> }.into_any())
                    .collect_view();
                view! {
                    <div class="notice notice--warn moved" role="alert" tabindex="-1">
                        <h3 class="moved__title">{words::CONFLICT_TITLE}</h3>
                        <p>{words::CONFLICT_LEAD}</p>
                        <ul>{lines}</ul>
                        <p>{words::now_state(words::state(state))}</p>
                        <p>{if still { words::CONFLICT_STILL } else { words::CONFLICT_NOT_NOW }}</p>
                        <button type="button" class="link-button" on:click=move |_| nav::focus(".pane__title")>
                            {words::CONFLICT_SEE}
                        </button>
                    </div>
                }
                .into_any()
            }
        })
        .into_any()
    }

    /// What was just done, and the way to the next letter.
    pub fn flash_view(self) -> AnyView {
        (move || {
            self.flash.get().map(|Flash { tone, text, next }| {
                let go = (!next.is_empty()).then(|| {
                    view! { <a class="flash__next" href=self.board.letter(&next)>{words::NEXT_LETTER}</a> }.into_any()
                });
                view! { <div class="flash" id="flash" tabindex="-1">{notice(tone, text)} {go}</div> }.into_any()
            })
        })
        .into_any()
    }
}
