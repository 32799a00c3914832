//! One step for several letters: boxes in the list, a bar with what can be done, a form, and what came of it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use liaison_domain::dto::{BulkItem, BulkRequest, DeskCase, QueueRow};
use liaison_domain::lifecycle::{CaseEvent, EventKind};
use web_sys::HtmlElement;

use super::super::form::{self, FormView, Wrong};
use super::super::here::{End, failure};
use super::super::{actions, dialog};
use super::{Board, Chosen};
use crate::api;
use crate::components::notice;
use crate::i18n::desk::{self as words, forms, office};
use crate::markup::view;
use crate::state::{live, nav, timers};

/// Steps that the server takes for many letters.
const STEPS: &[EventKind] = &[
    EventKind::Accept,
    EventKind::Assign,
    EventKind::ToDeputy,
    EventKind::Merge,
    EventKind::Supervise,
    EventKind::ReturnApproved,
    EventKind::ExtensionApproved,
    EventKind::Publish,
    EventKind::RefusePublish,
    EventKind::Decline,
];

/// What came of it: how many were done, and of each other letter id, number and why not.
#[derive(Clone)]
struct Came {
    done: u32,
    refused: Vec<(String, String, &'static str)>,
}

impl Came {
    fn words(&self) -> String {
        office::bulk_done(self.done, self.refused.len())
    }
}

fn chosen_of(row: &QueueRow) -> Chosen {
    Chosen {
        id: row.id.clone(),
        no: row.no.clone(),
        version: row.version,
    }
}

fn flip(board: Board, one: Chosen) {
    board
        .chosen
        .update(|all| match all.iter().position(|known| known.id == one.id) {
            Some(at) => {
                all.remove(at);
            }
            None => all.push(one),
        });
}

/// The box of a row; the office's only.
pub fn box_of(board: Board, row: &QueueRow) -> Option<AnyView> {
    if board.end != End::Office {
        return None;
    }
    let one = chosen_of(row);
    let id = one.id.clone();
    let checked = move || board.chosen.with(|all| all.iter().any(|known| known.id == id));
    let box_id = ["box-", &one.id].concat();
    let label = [office::CHOOSE_ONE, " ", &row.title].concat();
    Some(
        view! {
            <span class="queue-row__box">
                <input type="checkbox" class="queue-row__check" id=box_id aria-label=label prop:checked=checked
                    on:change=move |_| flip(board, one.clone())/>
            </span>
        }
        .into_any(),
    )
}

/// The key of choosing: the row that has the focus.
pub fn flip_focused(board: Board) -> bool {
    let focused = document()
        .active_element()
        .and_then(|element| element.dyn_into::<HtmlElement>().ok())
        .and_then(|element| element.id().strip_prefix("row-").map(str::to_owned));
    let row = focused.and_then(|id| board.rows().into_iter().find(|row| row.id == id));
    match row.filter(|_| board.end == End::Office) {
        Some(row) => {
            flip(board, chosen_of(&row));
            true
        }
        None => false,
    }
}

/// What was chosen, what can be done with it, and the form of it.
pub fn bar(board: Board) -> Option<AnyView> {
    if board.end != End::Office {
        return None;
    }
    let open = RwSignal::new(false);
    let kind = RwSignal::new(None::<EventKind>);
    let first = RwSignal::new(None::<DeskCase>);
    let errors = RwSignal::new(Vec::<Wrong>::new());
    let busy = RwSignal::new(false);
    let said = RwSignal::new(String::new());
    let result = RwSignal::new(None::<Came>);

    let begin = move |_| {
        let Some(one) = board.chosen.with_untracked(|all| all.first().cloned()) else {
            return;
        };
        kind.set(None);
        first.set(None);
        said.set(String::new());
        errors.set(Vec::new());
        spawn_local(async move {
            let ready = board.desk.options().await.map(|_| ());
            match (ready, api::desk::case(&one.id).await) {
                (Ok(()), Ok(case)) => {
                    let _ = first.try_set(Some(case));
                    let _ = open.try_set(true);
                }
                (Err(error), _) | (_, Err(error)) => live::show(&board.desk.failed(&error)),
            }
        });
    };
    let key_of = move |kind: EventKind| {
        let me = untrack(|| board.desk.session.me());
        form::key(&me.map(|me| me.account_id).unwrap_or_default(), "bulk", kind.code())
    };
    let send = move |event: CaseEvent| {
        let chosen = board.chosen.get_untracked();
        let key = key_of(event.kind());
        let request = BulkRequest {
            items: chosen
                .iter()
                .map(|one| BulkItem {
                    id: one.id.clone(),
                    version: one.version,
                })
                .collect(),
            event,
        };
        busy.set(true);
        spawn_local(async move {
            // People know the letter to merge into by its number.
            let request = match resolved(request).await {
                Ok(request) => request,
                Err(wrong) => {
                    let _ = busy.try_set(false);
                    let _ = errors.try_set(wrong);
                    form::focus_errors();
                    return;
                }
            };
            let outcome = api::office::bulk(&request, &api::idempotency_key()).await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(done) => {
                    form::forget(&key);
                    let refused = |one: &Chosen| {
                        let item = done
                            .items
                            .iter()
                            .find(|item| item.id == one.id && !item.code.is_empty())?;
                        Some((one.id.clone(), one.no.clone(), words::failure(&item.code)))
                    };
                    let came = Came {
                        done: done.done,
                        refused: chosen.iter().filter_map(refused).collect(),
                    };
                    live::say(&came.words());
                    board
                        .chosen
                        .update(|all| all.retain(|one| came.refused.iter().any(|(id, ..)| *id == one.id)));
                    let _ = result.try_set(Some(came));
                    let _ = open.try_set(false);
                    board.refresh();
                    timers::next_frame(|| nav::focus("#bulk-result"));
                }
                Err(error) => {
                    let wrong: Vec<Wrong> = error
                        .fields()
                        .iter()
                        .map(|field| {
                            let name = field.field.rsplit('.').next().unwrap_or_default().to_owned();
                            (name, office::field_error(&field.code, field.limit))
                        })
                        .collect();
                    let _ = said.try_set(if wrong.is_empty() {
                        failure(&error)
                    } else {
                        String::new()
                    });
                    let _ = errors.try_set(wrong);
                    form::focus_errors();
                }
            }
        });
    };
    let form_of = move |kind: EventKind| {
        let options = board.desk.known_options()?;
        let case = first.get_untracked()?;
        let form = actions::form(kind, &case, &options, timers::now())?;
        let notice_view = (move || {
            let text = said.get();
            if text.is_empty() {
                view! { <p class="field__hint">{office::BULK_SAME}</p> }.into_any()
            } else {
                notice("warn", text)
            }
        })
        .into_any();
        Some(form::form_view(FormView {
            form,
            case,
            key: key_of(kind),
            errors,
            busy,
            notice: notice_view,
            send: Callback::new(send),
            cancel: Callback::new(move |()| open.set(false)),
            autosave: None,
            saved: RwSignal::new(String::new()),
        }))
    };
    let choose = move |step: EventKind| {
        kind.set(Some(step));
        timers::next_frame(|| nav::focus("#desk-form-title"));
    };
    let inside = move || {
        let Some(case) = first.get() else { return ().into_any() };
        if let Some(kind) = kind.get() {
            return form_of(kind).into_any();
        }
        let steps: Vec<EventKind> = actions::possible(&case)
            .into_iter()
            .filter(|kind| STEPS.contains(kind))
            .collect();
        if steps.is_empty() {
            return view! { <p>{office::BULK_NONE}</p> }.into_any();
        }
        let buttons = steps
            .into_iter()
            .filter_map(|step| {
                let verb = forms::action(step)?.verb;
                Some(
                    view! {
                        <button type="button" class="button button--second" on:click=move |_| choose(step)>
                            {verb}
                        </button>
                    }
                    .into_any(),
                )
            })
            .collect_view();
        view! {
            <p>{office::chosen(board.chosen.with_untracked(Vec::len))}</p>
            <p class="field__hint">{office::BULK_LEAD}</p>
            <div class="acts__row">{buttons}</div>
        }
        .into_any()
    };
    let count = move || board.chosen.with(Vec::len);
    let all = move |_| {
        let rows = board.rows();
        board
            .chosen
            .set(rows.iter().take(liaison_domain::dto::BULK_MAX).map(chosen_of).collect());
    };
    let shown = move || {
        (count() > 0).then(|| {
            view! {
                <div class="bulk" role="region" aria-label=office::BULK_TITLE>
                    <p class="bulk__count" role="status">{move || office::chosen(count())}</p>
                    <button type="button" class="button" on:click=begin>{office::BULK_TITLE}</button>
                    <button type="button" class="link-button" on:click=all>{office::CHOOSE_ALL}</button>
                    <button type="button" class="link-button" on:click=move |_| board.chosen.set(Vec::new())>
                        {office::CHOOSE_NONE}
                    </button>
                </div>
            }
            .into_any()
        })
    };
    let outcome = move || {
        result.get().map(|came| {
            let text = came.words();
            let tone = if came.refused.is_empty() {
                "notice notice--good bulk-result"
            } else {
                "notice notice--warn bulk-result"
            };
            let lines = came
                .refused
                .into_iter()
                .map(|(id, no, why)| view! { <li><a href=board.letter(&id)>{no}</a> "：" {why}</li> }.into_any())
                .collect_view();
            view! {
                <div class=tone id="bulk-result" tabindex="-1" role="status">
                    <p>{text}</p>
                    <ul>{lines}</ul>
                    {move || (count() > 0).then_some(office::BULK_AGAIN)}
                    <button type="button" class="link-button" on:click=move |_| result.set(None)>{words::CLOSE}</button>
                </div>
            }
            .into_any()
        })
    };
    Some(
        view! {
            {shown}
            {outcome}
            {dialog::dialog(office::BULK_TITLE, open, inside)}
        }
        .into_any(),
    )
}

async fn resolved(request: BulkRequest) -> Result<BulkRequest, Vec<Wrong>> {
    let CaseEvent::Merge { into, text } = &request.event else {
        return Ok(request);
    };
    match api::desk::case(into).await {
        Ok(other) => Ok(BulkRequest {
            event: CaseEvent::Merge {
                into: other.id,
                text: text.clone(),
            },
            ..request
        }),
        Err(_) => Err(vec![("into".to_owned(), forms::NO_SUCH_CASE.to_owned())]),
    }
}
