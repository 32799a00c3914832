use super::calendar::{CalendarData, calendar};
use super::row;
use crate::components::{empty, icon, list, page_count, page_head, pager};
use crate::i18n::zh::{common, receptions as words};
use crate::markup::view;
use crate::views::deputies::{href, select_field};
use crate::views::stations::filter_link;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{Area, DeputyCard, ReceptionFilter, ReceptionList};
use liaison_domain::reception::SessionKind;

/// What both views of the receptions need: the filter and what it can be set to.
#[derive(Clone, Debug, PartialEq)]
pub struct ListData {
    /// What stands in the address.
    pub filter: ReceptionFilter,
    /// Streets to choose from.
    pub areas: Vec<Area>,
    /// Deputies to choose from.
    pub deputies: Vec<DeputyCard>,
    /// What is found.
    pub shown: Shown,
}

/// The receptions themselves. One a page: its size does not matter.
#[derive(Clone, Debug, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "there is one of it at a time")]
pub enum Shown {
    /// A page of those to come.
    List(ReceptionList),
    /// A month.
    Calendar(CalendarData),
}

/// The address of the receptions with a filter, as a list or a month (`2026-12`).
pub fn receptions_href(filter: &ReceptionFilter, month: Option<&str>) -> String {
    href(
        "/receptions",
        &[
            ("view", &month.map(|_| "calendar".to_owned())),
            ("month", &month.map(str::to_owned)),
            ("area", &filter.area),
            ("station", &filter.station),
            ("deputy", &filter.deputy),
            ("kind", &filter.kind),
            ("q", &filter.q),
            // A month has its own days.
            ("from", &filter.from.clone().filter(|_| month.is_none())),
            ("cursor", &filter.cursor.clone().filter(|_| month.is_none())),
        ],
    )
}

fn is_narrowed(filter: &ReceptionFilter) -> bool {
    let ReceptionFilter {
        from,
        to: _,
        area,
        station,
        deputy,
        kind,
        q,
        cursor: _,
    } = filter;
    [from, area, station, deputy, kind, q].into_iter().any(Option::is_some)
}

fn filters(data: &ListData) -> AnyView {
    let filter = &data.filter;
    let month = match &data.shown {
        Shown::Calendar(calendar) => Some(calendar.month_text()),
        Shown::List(_) => None,
    };
    let areas = data.areas.iter().map(|a| (a.code.clone(), a.name.clone())).collect();
    let deputies = data.deputies.iter().map(|d| (d.slug.clone(), d.name.clone())).collect();
    let kinds = SessionKind::ALL
        .iter()
        .map(|kind| (kind.code().to_owned(), words::kind(*kind).to_owned()))
        .collect();
    let from = month.is_none().then(|| {
        view! {
            <div class="filters__one">
                <label for="from">{words::FROM}</label>
                <input class="field__control" type="date" id="from" name="from" value=filter.from.clone().unwrap_or_default() />
            </div>
        }
    });
    let keep = month
        .into_iter()
        .flat_map(|month| [("view", "calendar".to_owned()), ("month", month)]);
    let keep = keep
        .chain(filter.station.clone().map(|station| ("station", station)))
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> }.into_any())
        .collect_view();
    view! {
        <details class="fold" open=is_narrowed(filter)>
            <summary>{words::FIND}</summary>
            <form class="filters" method="get" action="/receptions" role="search" aria-label=words::FILTERS>
                {keep} {select_field("area", words::STREET, filter.area.as_ref(), areas)}
                {select_field("deputy", words::DEPUTY, filter.deputy.as_ref(), deputies)}
                {select_field("kind", words::KIND, filter.kind.as_ref(), kinds)}
                <div class="filters__one">
                    <label for="q">{words::WORDS}</label>
                    <input class="field__control" type="search" id="q" name="q" value=filter.q.clone().unwrap_or_default() autocomplete="off" />
                </div>
                {from}
                <button class="button button--second" type="submit">
                    {icon("#i-search")}
                    {common::SEARCH}
                </button>
                {is_narrowed(filter)
                    .then(|| view! { <a class="filters__clear" href="/receptions">{common::CLEAR}</a> })}
            </form>
        </details>
    }
    .into_any()
}

/// The two ways to look at the same receptions.
fn views(data: &ListData, now: Millis) -> AnyView {
    let first = ReceptionFilter {
        cursor: None,
        ..data.filter.clone()
    };
    let (month, is_calendar) = match &data.shown {
        Shown::Calendar(calendar) => (calendar.month_text(), true),
        Shown::List(_) => (crate::i18n::dates::iso(now)[..7].to_owned(), false),
    };
    view! {
        <nav aria-label=words::VIEWS>
            <ul class="filter">
                {filter_link(receptions_href(&first, None), words::AS_LIST.to_owned(), !is_calendar)}
                {filter_link(receptions_href(&first, Some(&month)), words::AS_CALENDAR.to_owned(), is_calendar)}
            </ul>
        </nav>
    }
    .into_any()
}

fn listed(data: ReceptionList, now: Millis) -> AnyView {
    if data.items.is_empty() {
        return if is_narrowed(&data.filter) {
            empty(words::NONE_FILTERED, Some(("/receptions".into(), words::SEE_ALL)))
        } else {
            empty(words::NONE, Some(("/write".into(), words::WRITE)))
        };
    }
    let next = data.next_cursor.map(|cursor| {
        receptions_href(
            &ReceptionFilter {
                cursor: Some(cursor),
                ..data.filter.clone()
            },
            None,
        )
    });
    let shown = data.items.len();
    view! {
        {page_count(common::total(data.total, "场"))}
        {list(data.items.iter().map(|card| row(card, now, true)).collect())}
        {pager(next, shown, data.total.to_string())}
    }
    .into_any()
}

/// The receptions to come, or those of a month. What is chosen stands in the address.
#[component]
pub fn ReceptionsView(data: ListData, now: Millis) -> AnyView {
    view! {
        {page_head(words::TITLE.into(), words::LEAD)} {views(&data, now)} {filters(&data)}
        {match data.shown {
            Shown::List(found) => listed(found, now),
            Shown::Calendar(month) => calendar(&data.filter, &month, now),
        }}
    }
    .into_any()
}
