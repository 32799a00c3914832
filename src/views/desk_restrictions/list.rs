//! The lanes, and the figures by half-year.

use super::{RESTRICTIONS, chip, term};
use crate::components::{back_link, empty, notice, page_head};
use crate::i18n::dates;
use crate::i18n::desk::restrictions as words;
use crate::i18n::zh::restrictions as public;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{DeskRestriction, RestrictionBoard, RestrictionCount, RestrictionHalf};
use liaison_domain::restriction::{Ground, Step};

fn row(one: &DeskRestriction, now: Millis) -> AnyView {
    let term = term(one, now).map(|term| view! { <span>{term}</span> });
    let due = one
        .appeal
        .as_ref()
        .filter(|appeal| appeal.won.is_none())
        .map(|appeal| view! { <span>{format!("{}：{}", words::APPEAL, dates::due_in(appeal.due, now))}</span> });
    view! {
        <li class="row">
            <a class="row__title" href=format!("{RESTRICTIONS}/{}", one.id)>
                {format!("{} · {}", one.person, public::title(one.step, one.days))}
            </a>
            <p class="row__excerpt">{one.reason.clone()}</p>
            <p class="row__meta">
                {chip(one)} <span>{public::ground(one.ground)}</span> <span>{one.station.name.clone()}</span> {term} {due}
            </p>
        </li>
    }
    .into_any()
}

/// A lane; `lane` stands in the address.
#[component]
pub fn RestrictionsView(
    data: RestrictionBoard,
    lane: String,
    /// What was just done, in words.
    done: Option<&'static str>,
    may_propose: bool,
    now: Millis,
) -> AnyView {
    let lanes = data
        .lanes
        .iter()
        .map(|one| {
            let current = (one.lane == lane).then_some("page");
            view! {
                <li>
                    <a class="reception-lanes__link" href=format!("{RESTRICTIONS}?lane={}", one.lane) aria-current=current>
                        {format!("{} {}", words::lane(&one.lane), one.count)}
                    </a>
                </li>
            }
            .into_any()
        })
        .collect_view();
    let rows = if data.items.is_empty() {
        empty(words::lane_empty(&lane), None)
    } else {
        let rows = data.items.iter().map(|one| row(one, now)).collect_view();
        view! { <ul class="rows">{rows}</ul> }.into_any()
    };
    let propose = may_propose.then(|| {
        view! {
            <a class="button button--second" href=format!("{RESTRICTIONS}/new")>
                {words::PROPOSE}
            </a>
        }
    });
    view! {
        {page_head(words::TITLE.into(), words::LEAD)}
        {done.map(|done| notice("good", done.to_owned()))}
        <div class="buttons">
            {propose}
            <a class="button button--second" href=format!("{RESTRICTIONS}/report")>
                {words::REPORT}
            </a>
        </div>
        <nav aria-label=words::TITLE>
            <ul class="reception-lanes">{lanes}</ul>
        </nav>
        <h2 class="count">{words::lane(&lane)}</h2>
        {rows}
    }
    .into_any()
}

fn count(all: &[RestrictionCount], code: &str) -> u32 {
    all.iter().find(|one| one.code == code).map_or(0, |one| one.count)
}

/// Number, grounds, appeals, urgent letters, by half-year.
#[component]
pub fn RestrictionReportView(halves: Vec<RestrictionHalf>) -> AnyView {
    if halves.is_empty() {
        return view! {
            {back_link(RESTRICTIONS.into(), words::TITLE)}
            {page_head(words::REPORT.into(), words::REPORT_LEAD)}
            {empty(words::REPORT_NONE, None)}
        }
        .into_any();
    }
    let th = |words: String| view! { <th scope="col">{words}</th> }.into_any();
    let mut head: Vec<AnyView> = [words::COL_HALF, words::COL_MEASURES]
        .map(|one| th(one.to_owned()))
        .into();
    head.extend(Step::ALL.iter().map(|step| th(public::title(*step, None))));
    head.extend(Ground::ALL.iter().map(|ground| th(public::ground(*ground).to_owned())));
    head.extend([words::COL_AGAIN, words::COL_APPEALS, words::COL_URGENT].map(|one| th(one.to_owned())));
    let rows = halves.iter().map(|half| {
        let mut cells = vec![half.measures.to_string()];
        cells.extend(Step::ALL.iter().map(|step| count(&half.steps, step.code()).to_string()));
        cells.extend(
            Ground::ALL
                .iter()
                .map(|one| count(&half.grounds, one.code()).to_string()),
        );
        cells.extend([
            half.again.to_string(),
            words::of(half.appeals, half.appeals_won),
            words::of(half.urgent, half.urgent_granted),
        ]);
        let cells = cells.into_iter().map(|cell| view! { <td>{cell}</td> }.into_any());
        view! { <tr><th scope="row">{words::half(half.year, half.half)}</th>{cells.collect_view()}</tr> }.into_any()
    });
    let rows = rows.collect_view();
    view! {
        {back_link(RESTRICTIONS.into(), words::TITLE)}
        {page_head(words::REPORT.into(), words::REPORT_LEAD)}
        <div class="ledger-print__scroll" tabindex="0" role="region" aria-label=words::REPORT>
            <table class="ledger-table">
                <thead>
                    <tr>{head}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="field__hint">{words::FORMULA}</p>
    }
    .into_any()
}
