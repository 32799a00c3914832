//! The units' pieces of work.

use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{DeskCase, TaskView, Unit};
use liaison_domain::lifecycle::{TaskRole, TaskState};

use crate::components::tone_chip;
use crate::i18n::{dates, desk as words};
use crate::markup::view;

/// Tasks of every round, the present one first. `units` names what a return proposes.
pub fn task_list(case: &DeskCase, units: &[Unit], now: Millis) -> AnyView {
    if case.tasks.is_empty() {
        return ().into_any();
    }
    let mut tasks: Vec<&TaskView> = case.tasks.iter().collect();
    tasks.sort_by_key(|view| (std::cmp::Reverse(view.task.round), view.task.role != TaskRole::Lead));
    let items = tasks.into_iter().map(|view| task(view, units, now)).collect_view();
    view! {
        <section class="part" aria-labelledby="tasks-title">
            <h2 class="part-title" id="tasks-title">{words::TASKS}</h2>
            <ul class="tasks">{items}</ul>
        </section>
    }
    .into_any()
}

fn tone(state: TaskState, late: bool) -> (&'static str, &'static str) {
    match state {
        _ if late => ("bad", "#i-warn"),
        TaskState::AcceptedByOffice => ("good", "#i-good"),
        TaskState::Returned | TaskState::Cancelled => ("quiet", "#i-cross"),
        TaskState::ReturnRequested | TaskState::ExtensionRequested | TaskState::SentBack => ("warn", "#i-warn"),
        _ => ("busy", "#i-work"),
    }
}

fn task(view: &TaskView, units: &[Unit], now: Millis) -> AnyView {
    let task = &view.task;
    let over = matches!(
        task.state,
        TaskState::AcceptedByOffice | TaskState::Returned | TaskState::Cancelled
    );
    let (tone, sign) = tone(task.state, view.late && !over);
    let line = |label: &'static str, value: String| {
        view! { <div class="facts__one"><dt>{label}</dt><dd>{value}</dd></div> }.into_any()
    };
    let signed = match task.signed_at {
        Some(at) if task.auto_signed => line(words::TASK_AUTO_SIGNED, dates::date(at, now)),
        Some(at) => line(words::TASK_SIGNED, dates::date(at, now)),
        None if over => ().into_any(),
        None => line(words::TASK_SIGN_BY, words::day_and_how_far(task.sign_due, now)),
    };
    let due = if over {
        dates::long_date(task.due_at, now)
    } else {
        words::day_and_how_far(task.due_at, now)
    };
    let proposed = task.proposed_unit.as_ref().map(|id| {
        let name = units
            .iter()
            .find(|unit| unit.id == *id)
            .map_or_else(String::new, |unit| unit.name.clone());
        line(words::TASK_PROPOSED, name)
    });
    let mine = view
        .mine
        .then(|| view! { <span class="tasks__mine">{words::MY_TASK}</span> });
    let here = view
        .delegated_here
        .then(|| view! { <span class="tasks__mine">{words::TASK_DELEGATED_HERE}</span> });
    let delegate = view.delegate_name.clone().map(|name| line(words::TASK_DELEGATE, name));
    let fixed = task
        .final_owner
        .then(|| view! { <p class="tasks__note">{words::TASK_FINAL}</p> });
    let people = [
        (words::TASK_LEADER, &task.leader),
        (words::TASK_SECTION, &task.section),
        (words::TASK_OFFICER, &task.officer),
    ]
    .into_iter()
    .filter_map(|(label, name)| name.clone().map(|name| line(label, name)))
    .collect_view();
    view! {
        <li class="tasks__one">
            <p class="tasks__head">
                <b>{view.unit_name.clone()}</b>
                <span>{words::task_role(task.role)}</span>
                {mine}
                {here}
                {tone_chip(tone, sign, words::task_state(task.state))}
            </p>
            <dl class="facts facts--small">
                {signed}
                {line(words::TASK_DUE, due)}
                {task.extension_until.map(|until| line(words::TASK_EXTENSION, dates::long_date(until, now)))}
                {proposed}
                {delegate}
                {people}
                {view.draft_saved_at.map(|at| line(words::TASK_DRAFT, dates::date_time(at, now)))}
            </dl>
            {fixed}
        </li>
    }
    .into_any()
}
