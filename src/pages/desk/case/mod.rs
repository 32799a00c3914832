//! The open letter: what it says, what may be done with it now, and doing it.

mod act;
mod around;
mod photos;
mod send;
mod split;
mod spoken;

use leptos::prelude::*;
use leptos::task::spawn_local;
use liaison_domain::dto::DeskCase;
use liaison_domain::lifecycle::{CaseEvent, EventKind, Urgency};

use super::board::Board;
use super::here::failure;
use super::{actions, keys};
use crate::api;
use crate::components::{PageSkeleton, icon, notice, tone_chip};
use crate::i18n::desk::{self as words, forms};
use crate::markup::view;
use crate::state::{Load, Remote, nav, timers};
use crate::views::desk as parts;
use act::Act;

/// The pane of a letter.
pub fn pane(board: Board, id: String, account: String) -> AnyView {
    let desk = board.desk;
    let id = StoredValue::new(id);
    let case: Remote<DeskCase> = Remote::new(move || {
        desk.logged_in_again.track();
        Some(api::desk::case_path(&id.get_value()))
    });
    let act = Act::new(board, case, id.get_value(), account);
    let seen = Memo::new(move |_| case.get());

    Effect::new(move |_| match seen.get() {
        Load::Waiting => {}
        Load::Failed(error) => {
            let text = desk.failed(&error);
            nav::arrived_at_step(&text);
        }
        Load::Ready(case) => nav::arrived_at_step(&[&case.title, " · ", &case.no].concat()),
    });
    // Choices of the forms, and names of units in the tasks.
    spawn_local(async move {
        let _ = desk.options().await;
    });
    pane_keys(board, act, seen);

    let back = move || {
        view! {
            <a class="back pane__back" href=board.letter("") on:click=move |event| {
                event.prevent_default();
                board.close();
            }>
                {icon("#i-back")}
                {words::BACK_TO_LIST}
            </a>
        }
        .into_any()
    };
    let photo = photos::Photos::new();
    let top = move || match seen.get() {
        Load::Waiting => view! { <PageSkeleton/> }.into_any(),
        Load::Failed(error) => view! {
            <h1 tabindex="-1">{words::LETTER}</h1>
            {notice("warn", if error.is_not_found() { words::NOT_FOUND.to_owned() } else { failure(&error) })}
            <button type="button" class="button button--second" on:click=move |_| case.reload()>{words::RETRY}</button>
        }
        .into_any(),
        Load::Ready(case) => head(&case, act),
    };
    let ready = move |draw: fn(Act, &DeskCase, photos::Photos) -> AnyView| {
        move || match seen.get() {
            Load::Ready(case) => draw(act, &case, photo),
            Load::Waiting | Load::Failed(_) => ().into_any(),
        }
    };
    // Drawn once for as long as the step is possible: what is typed or found in it outlives a newer state.
    let lasting = move |kind: EventKind, draw: fn(&DeskCase, Act) -> AnyView| {
        let may = Memo::new(move |_| matches!(seen.get(), Load::Ready(case) if case.allowed_events.contains(&kind)));
        move || may.get().then(|| case.now()).flatten().map(|case| draw(&case, act))
    };
    let aloud = Memo::new(move |_| match seen.get() {
        Load::Ready(case) => case.media.into_iter().map(|item| item.id).collect::<Vec<_>>(),
        Load::Waiting | Load::Failed(_) => Vec::new(),
    });
    let spoken = move || {
        let is_there = !aloud.get().is_empty();
        is_there
            .then(|| case.now())
            .flatten()
            .map(|case| spoken::panel(&case, act))
    };
    view! {
        <article class="pane">
            {back()}
            {act.flash_view()}
            {top}
            {act.form_view()}
            {spoken}
            {ready(told)}
            {lasting(EventKind::ContactRevealed, around::reveal)}
            {ready(|act, case, _| around::related(case, act))}
            {lasting(EventKind::Merge, around::doubles)}
            {lasting(EventKind::Split, split::panel)}
            {ready(done)}
            {photo.dialog(case)}
        </article>
    }
    .into_any()
}

/// Number, title, state, who has it, and the buttons.
fn head(case: &DeskCase, act: Act) -> AnyView {
    let now = timers::now();
    let urgent = (case.urgency != Urgency::Normal).then(|| tone_chip("bad", "#i-warn", words::urgency(case.urgency)));
    let supervised = case.supervised.then(|| tone_chip("warn", "#i-bell", words::SUPERVISED));
    let second = (case.round > 1).then(|| tone_chip("warn", "#i-warn", words::SECOND_ROUND));
    view! {
        <header class="pane__head">
            <p class="pane__no">{case.no.clone()}</p>
            <h1 class="pane__title" tabindex="-1">{case.title.clone()}</h1>
            <p class="pane__chips">{parts::state_chip(case.state)} {urgent} {supervised} {second}</p>
        </header>
        {parts::holder(case, now)}
        {around::undo(case, act)}
        {buttons(case, act)}
    }
    .into_any()
}

/// One button an action, the likeliest first; rare ones folded.
fn buttons(case: &DeskCase, act: Act) -> AnyView {
    let possible = actions::possible(case);
    if possible.is_empty() {
        return view! { <p class="acts acts--none">{words::NO_ACTIONS}</p> }.into_any();
    }
    let one = move |(at, kind): (usize, EventKind)| {
        let words = forms::action(kind)?;
        // One primary button a page: while a form is open it is the form's.
        let class = move || {
            if at == 0 && actions::is_main(kind) && act.open.get().is_none() {
                "button acts__one acts__one--first"
            } else {
                "button button--second acts__one"
            }
        };
        let expanded = move || (act.open.get() == Some(kind)).to_string();
        Some(
            view! {
                <button type="button" class=class id=["act-", kind.code()].concat() aria-expanded=expanded
                    aria-keyshortcuts=words.key on:click=move |_| act.begin(kind)>
                    {words.verb}
                    <kbd class="acts__key" aria-hidden="true">{words.key}</kbd>
                </button>
            }
            .into_any(),
        )
    };
    let mut all = possible.into_iter().enumerate();
    let open: Vec<_> = all.by_ref().take(actions::IN_THE_OPEN).filter_map(one).collect();
    let folded: Vec<_> = all.filter_map(one).collect();
    let more = (!folded.is_empty()).then(|| {
        view! {
            <details class="acts__more">
                <summary class="acts__summary">{words::MORE_ACTIONS}</summary>
                <div class="acts__row">{folded}</div>
            </details>
        }
        .into_any()
    });
    view! {
        <section class="acts" aria-label=words::ACTIONS>
            <div class="acts__row">{open}</div>
            {more}
        </section>
    }
    .into_any()
}

/// What was found in the reply under review.
fn remarks(case: &DeskCase) -> AnyView {
    if case.warnings.is_empty() {
        return ().into_any();
    }
    view! {
        <h3 class="lint__title">{words::WARNINGS}</h3>
        {super::form::findings(&case.warnings)}
    }
    .into_any()
}

/// What somebody asks for and what the letter says, below the buttons.
fn told(_: Act, case: &DeskCase, photo: photos::Photos) -> AnyView {
    let now = timers::now();
    let review = case
        .reply_in_review
        .is_some()
        .then(|| parts::reply_in_review(actions::review_card(case), remarks(case)));
    view! {
        {parts::follow_up(case, now)}
        {parts::spotlight(case, now)}
        {review}
        {parts::letter_text(case, photo.look())}
        {parts::facts(case, now)}
    }
    .into_any()
}

/// Who works on it, what was answered, and everything that happened.
fn done(act: Act, case: &DeskCase, _: photos::Photos) -> AnyView {
    let now = timers::now();
    let task_case = case.clone();
    let units = move || {
        let options = act.board.desk.known_options();
        let units = options
            .as_ref()
            .map(|options| options.units.as_slice())
            .unwrap_or_default();
        parts::task_list(&task_case, units, now)
    };
    view! {
        {parts::suggested_units(case)}
        {units}
        {parts::answers(case, now)}
        {parts::publication(case)}
        {parts::elapsed(case)}
        {parts::history(case, now)}
    }
    .into_any()
}

/// Escape closes the form, then the letter; an action's key opens its form.
fn pane_keys(board: Board, act: Act, seen: Memo<Load<DeskCase>>) {
    keys::listen(board.desk.keys_on, move |key| {
        if key == "Escape" {
            if act.open.get_untracked().is_some() {
                act.cancel();
            } else {
                board.close();
            }
            return true;
        }
        let Load::Ready(case) = seen.get_untracked() else {
            return false;
        };
        if key == "u" && case.allowed_events.contains(&EventKind::Undo) {
            act.send(EventKind::Undo, CaseEvent::Undo {});
            return true;
        }
        let mut possible = actions::possible(&case).into_iter();
        let found = possible.find(|kind| forms::action(*kind).is_some_and(|words| words.key == key));
        if let Some(kind) = found {
            act.begin(kind);
        }
        found.is_some()
    });
}
