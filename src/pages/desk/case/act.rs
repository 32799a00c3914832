//! Doing something with the open letter: the form, sending it, and what comes back.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use liaison_domain::dto::{CaseEventView, DeskCase, Problem};
use liaison_domain::lifecycle::{CaseEvent, CaseState, EventKind, RefusalKind};

use super::super::actions;
use super::super::board::Board;
use super::super::form::{self, FormView, Values, Wrong};
use crate::api::{self, ApiError};
use crate::components::notice;
use crate::i18n::desk::{self as words, forms};
use crate::i18n::zh;
use crate::state::{Remote, live, nav, timers};

/// What stands above the fields of an open form.
#[derive(Clone, PartialEq, Default)]
enum Note {
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
struct Flash {
    tone: &'static str,
    text: String,
    next: String,
}

/// The pane's actions.
#[derive(Clone, Copy)]
pub struct Act {
    pub board: Board,
    case: Remote<DeskCase>,
    /// Case id and account, for the key under which text is kept.
    id: StoredValue<String>,
    account: StoredValue<String>,
    /// The open form.
    pub open: RwSignal<Option<EventKind>>,
    errors: RwSignal<Vec<Wrong>>,
    busy: RwSignal<bool>,
    saved: RwSignal<String>,
    note: RwSignal<Note>,
    flash: RwSignal<Option<Flash>>,
    /// The last try's event and key: an answer lost on the way is asked for again, not done twice.
    tried: StoredValue<Option<(i64, CaseEvent, String)>>,
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

    fn key(self, kind: EventKind) -> String {
        form::key(&self.account.get_value(), &self.id.get_value(), kind.code())
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
            let autosave = form.draft.clone().map(|(task, draft)| self.autosave(task, draft));
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

    /// Keeps a reply on the server while it is being written.
    fn autosave(self, task: String, draft: form::Draft) -> Callback<Values> {
        Callback::new(move |values: Values| {
            let Some(reply) = draft(&values) else {
                let _ = self.saved.try_set(words::SAVED_HERE.to_owned());
                return;
            };
            let task = task.clone();
            let _ = self.saved.try_set(words::SAVING.to_owned());
            spawn_local(async move {
                let text = match api::desk::save_draft(&task, reply).await {
                    Ok(()) => {
                        // What the server has not got: the person who signs off.
                        form::trim(&self.key(EventKind::SubmitReply), &values, &["signed_off_by"]);
                        words::saved_at(timers::now())
                    }
                    Err(error) if error.is_unauthenticated() => self.board.desk.failed(&error),
                    Err(_) => words::SAVE_FAILED.to_owned(),
                };
                let _ = self.saved.try_set(text);
                self.tell_begun(task).await;
            });
        })
    }

    /// Whoever looks at the task may know that a reply is being written. Unimportant enough to fail unseen.
    async fn tell_begun(self, task_id: String) {
        let Some(case) = self.case.now() else { return };
        if !case.allowed_events.contains(&EventKind::DraftBegun) || self.busy.try_get_untracked() != Some(false) {
            return;
        }
        let event = CaseEvent::DraftBegun { task_id };
        if api::letters::act(&case.id, case.version, event, &api::idempotency_key())
            .await
            .is_ok()
        {
            self.read_quietly().await;
        }
    }

    /// Sends an event, with the version on the screen.
    fn send(self, kind: EventKind, event: CaseEvent) {
        let Some(case) = self.case.now() else { return };
        let id = self.id.get_value();
        self.busy.set(true);
        self.note.set(Note::None);
        let key = self.tried.with_value(|tried| {
            tried
                .as_ref()
                .filter(|(version, before, _)| *version == case.version && *before == event)
                .map(|(.., key)| key.clone())
        });
        let key = key.unwrap_or_else(api::idempotency_key);
        self.tried.set_value(Some((case.version, event.clone(), key.clone())));
        spawn_local(async move {
            let event = match self.resolve(event).await {
                Ok(event) => event,
                Err(wrong) => {
                    let _ = self.busy.try_set(false);
                    let _ = self.errors.try_set(wrong);
                    form::focus_errors();
                    return;
                }
            };
            let outcome = api::letters::act(&id, case.version, event, &key).await;
            let _ = self.busy.try_set(false);
            match outcome {
                Ok(_) => self.done(kind).await,
                Err(error) => self.refused(kind, &case, error).await,
            }
        });
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
        form::forget(&self.key(kind));
        let next = self.board.neighbour().unwrap_or_default();
        let text = forms::action(kind).map(|words| words.done).unwrap_or_default();
        self.read_quietly().await;
        let _ = self.open.try_set(None);
        let _ = self.flash.try_set(Some(Flash {
            tone: "good",
            text: text.to_owned(),
            next,
        }));
        self.board.refresh();
        live::say(text);
        timers::after(Duration::from_millis(50), || nav::focus("#flash"));
    }

    /// Reads the newest state; what is shown stays when that fails.
    async fn read_quietly(self) -> bool {
        let Some(id) = self.id.try_get_value() else {
            return false;
        };
        match api::desk::case(&id).await {
            Ok(case) => {
                if self.case.now().as_ref() != Some(&case) {
                    self.case.put(case);
                }
                true
            }
            Err(_) => false,
        }
    }

    async fn refused(self, kind: EventKind, before: &DeskCase, error: ApiError) {
        if let ApiError::Problem(problem) = &error {
            if moved_on(problem) {
                self.tried.set_value(None);
                self.show_what_changed(kind, before, problem).await;
                return;
            }
            let wrong = wrong_fields(problem);
            if !wrong.is_empty() {
                let _ = self.errors.try_set(wrong);
                form::focus_errors();
                return;
            }
        }
        if !error.may_have_arrived() {
            self.tried.set_value(None);
        }
        let _ = self.note.try_set(Note::Refused(self.board.desk.failed(&error)));
        timers::next_frame(|| nav::focus("#desk-form .notice"));
    }

    /// Somebody was quicker: reads what they did and says it, above what was typed.
    async fn show_what_changed(self, kind: EventKind, before: &DeskCase, problem: &Problem) {
        self.read_quietly().await;
        self.board.refresh();
        let now = self.case.now();
        let last = before.timeline.iter().map(|event| event.seq).max().unwrap_or(0);
        let lines = now.as_ref().map_or_else(Vec::new, |case| {
            case.timeline
                .iter()
                .filter(|event| event.seq > last)
                .map(line)
                .collect()
        });
        let state = now
            .as_ref()
            .map(|case| case.state)
            .or(problem.current_state)
            .unwrap_or(before.state);
        let still = now.as_ref().map_or_else(
            || problem.allowed_events.contains(&kind),
            |case| actions::possible(case).contains(&kind),
        );
        let _ = self.note.try_set(Note::Moved { state, lines, still });
        timers::next_frame(|| nav::focus("#desk-form .notice"));
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
