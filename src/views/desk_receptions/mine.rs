//! A deputy's own receptions: what comes, who comes, and asking to be excused.

use super::fields::deputy_select;
use super::one::booking_row;
use super::{MY_RECEPTIONS, state_chip, title, when, when_whole, who};
use crate::components::{Errors, TextArea, back_link, empty, error_summary, notice, page_head, tone_chip};
use crate::i18n::dates;
use crate::i18n::desk::receptions as words;
use crate::i18n::desk::schedule;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{NamedRef, OwnReception};
use liaison_domain::reception::DeputyState;

fn has_asked(data: &OwnReception, deputy: &str) -> bool {
    let own = data.row.deputies.iter().find(|place| place.deputy.id == deputy);
    own.is_some_and(|place| place.state == DeputyState::LeaveAsked)
}

fn row(data: &OwnReception, deputy: &str, now: Millis) -> AnyView {
    let row = &data.row;
    let asked = has_asked(data, deputy).then(|| tone_chip("warn", "#i-warn", words::place(DeputyState::LeaveAsked)));
    view! {
        <li class="row">
            <a class="row__title" href=format!("{MY_RECEPTIONS}/{}", row.id)>
                {when_whole(row, now)}
            </a>
            <p>{format!("{} · {}", title(row), row.station.name)}</p>
            <p class="row__meta">
                {state_chip(row)} <span>{words::counts(data.bookings.len() as u32, 0)}</span>
                <span>{dates::how_far(dates::days_until(row.starts_at, now))}</span> {asked}
            </p>
        </li>
    }
    .into_any()
}

/// What a deputy is put down for, month by month.
#[component]
pub fn MyReceptionsView(
    data: Vec<OwnReception>,
    /// Whose they are.
    deputy: String,
    /// The address of the deputy's calendar.
    calendar: Option<String>,
    now: Millis,
) -> AnyView {
    let mut months: Vec<(String, Vec<AnyView>)> = Vec::new();
    for one in &data {
        let month = month(one.row.starts_at);
        let row = row(one, &deputy, now);
        match months.last_mut() {
            Some((known, rows)) if *known == month => rows.push(row),
            _ => months.push((month, vec![row])),
        }
    }
    let none = months.is_empty().then(|| empty(words::MINE_NONE, None));
    let parts = months
        .into_iter()
        .map(|(month, rows)| {
            view! {
                <section>
                    <h2>{month}</h2>
                    <ul class="rows">{rows}</ul>
                </section>
            }
        })
        .collect_view();
    let subscribe = calendar.map(|href| {
        view! {
            <p>
                <a class="button button--second" href=href>
                    {words::SUBSCRIBE}
                </a>
            </p>
            <p class="lead">{words::SUBSCRIBE_HINT}</p>
        }
    });
    view! {
        {page_head(words::MINE.into(), words::MINE_LEAD)}
        {none}
        {parts}
        {subscribe}
    }
    .into_any()
}

/// 「2026年12月」.
fn month(at: Millis) -> String {
    let day = liaison_domain::calendar::date_of(at);
    format!("{}年{}月", day.year, day.month)
}

/// One of a deputy's own receptions.
#[component]
pub fn MyReceptionView(
    data: OwnReception,
    deputy: String,
    deputies: Vec<(NamedRef, bool)>,
    reason: String,
    proposed: String,
    errors: Errors,
    done: Option<String>,
    now: Millis,
) -> AnyView {
    let row = &data.row;
    let path = format!("{MY_RECEPTIONS}/{}", row.id);
    let asked = has_asked(&data, &deputy);
    let own = row.deputies.iter().find(|place| place.deputy.id == deputy);
    let standing = own
        .map(|place| words::place(place.state))
        .filter(|text| !text.is_empty() && !asked)
        .map(|text| notice("info", text.to_owned()));
    let place = if row.place.is_empty() {
        format!("{} {}", row.station.name, data.address)
    } else {
        row.place.clone()
    };
    let mut facts = vec![
        (words::WHEN, when(row, now)),
        (words::WHERE, place),
        (words::WHO, who(row)),
    ];
    if !row.topic.is_empty() {
        facts.push((words::TOPIC, row.topic.clone()));
    }
    if !data.notice.is_empty() {
        facts.push((words::NOTICE, data.notice.clone()));
    }
    let facts = facts
        .into_iter()
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any())
        .collect_view();
    let comes = if data.bookings.is_empty() {
        view! { <p>{words::WHO_COMES_NONE}</p> }.into_any()
    } else {
        let rows = data.bookings.iter().map(booking_row).collect_view();
        view! { <ul class="rows">{rows}</ul> }.into_any()
    };
    let error = errors.words("proposed");
    let leave = data.may_leave.then(|| {
        view! {
            <details class="desk-more" open=!errors.is_empty()>
                <summary>{if asked { words::LEAVE_AGAIN } else { words::LEAVE }}</summary>
                <form class="form" method="post" action=path novalidate=true>
                    <p>{words::LEAVE_HINT}</p>
                    <TextArea
                        name="reason"
                        label=words::REASON
                        rows=2
                        value=reason
                        error=errors.words("reason")
                    />
                    {deputy_select(
                        "proposed",
                        "proposed".to_owned(),
                        words::LEAVE_PROPOSED.to_owned(),
                        &proposed,
                        &deputies,
                        error.as_ref(),
                    )}
                    <button class="button" type="submit">
                        {words::LEAVE_DO}
                    </button>
                </form>
            </details>
        }
    });
    view! {
        {back_link(MY_RECEPTIONS.into(), words::MINE)}
        {error_summary(&errors, &[])}
        {page_head(format!("{} {}", title(row), dates::date(row.starts_at, now)), "")}
        {done.map(|done| notice("good", done))}
        {asked.then(|| notice("warn", words::LEAVE_ASKED.to_owned()))}
        {standing}
        <p class="row__meta">
            {state_chip(row)} <span>{schedule::kind(row.kind)}</span>
        </p>
        <dl class="facts">{facts}</dl>
        <section aria-labelledby="comes">
            <h2 id="comes">{words::WHO_COMES}</h2>
            {comes}
        </section>
        {leave}
    }
    .into_any()
}
