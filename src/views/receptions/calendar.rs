use super::list::receptions_href;
use super::{chip, href_of, row_of_day};
use crate::components::{empty, list};
use crate::i18n::zh::receptions as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::calendar::{Date, date_of};
use liaison_domain::dto::{ReceptionCard, ReceptionFilter};

/// A month of receptions.
#[derive(Clone, Debug, PartialEq)]
pub struct CalendarData {
    /// Its first day.
    pub first: Date,
    /// In the order of their beginning.
    pub items: Vec<ReceptionCard>,
}

/// Where receptions of days that are over are folded away.
const PAST: &str = "past";
/// Entries of a day that fit into its cell; the list below has all.
const IN_CELL: usize = 3;

fn text_of(first: Date) -> String {
    first.iso()[..7].to_owned()
}

impl CalendarData {
    /// `2026-12`.
    pub fn month_text(&self) -> String {
        text_of(self.first)
    }

    /// How many of its receptions are of days before today. A month that is over, or to come, has none to fold away.
    fn past_until(&self, today: Date) -> usize {
        let today = today.iso();
        let past = self.items.partition_point(|card| card.date < today);
        if past == self.items.len() { 0 } else { past }
    }

    fn on(&self, day: Date) -> Vec<&ReceptionCard> {
        let date = day.iso();
        self.items.iter().filter(|card| card.date == date).collect()
    }
}

fn months(filter: &ReceptionFilter, first: Date) -> AnyView {
    let link = |months: i32, name: &'static str| {
        let there = first.plus_months(months);
        let label = format!("{name}（{}）", words::month(there));
        view! {
            <a class="button button--second" href=receptions_href(filter, Some(&text_of(there))) aria-label=label>
                {name}
            </a>
        }
        .into_any()
    };
    view! {
        <nav class="months" aria-label=words::MONTHS>
            {link(-1, words::PREVIOUS)} {link(1, words::NEXT)}
        </nav>
    }
    .into_any()
}

fn cell(data: &CalendarData, day: Date, today: Date) -> AnyView {
    if (day.year, day.month) != (data.first.year, data.first.month) {
        return view! { <td class="month__other"></td> }.into_any();
    }
    let there = data.on(day);
    let current = (day == today).then_some("date");
    let number = view! {
        <time class="month__day" datetime=day.iso() aria-current=current>
            {day.day.to_string()}
        </time>
    };
    if there.is_empty() {
        return view! { <td>{number}</td> }.into_any();
    }
    let entries = there
        .iter()
        .take(IN_CELL)
        .map(|card| {
            view! {
                <li class=if card.cancel_reason.is_some() { "month__entry month__entry--off" } else { "month__entry" }>
                    <a href=href_of(card)>{format!("{} {}", words::clock(card.starts_at), card.station_name)}</a>
                </li>
            }
            .into_any()
        })
        .collect_view();
    // What is folded away cannot be jumped to in every browser; where it is folded, can.
    let is_folded = day < today && data.past_until(today) > 0;
    let place = if is_folded {
        PAST.to_owned()
    } else {
        ["d-", &day.iso()].concat()
    };
    view! {
        <td class="month__busy">
            <a class="month__link" href=["#", &place].concat()>
                {number}
                <span class="month__count">{words::count(there.len())}</span>
                <span class="sr">{words::COUNTED}</span>
            </a>
            <ul class="month__entries">{entries}</ul>
        </td>
    }
    .into_any()
}

fn weeks(data: &CalendarData, today: Date) -> AnyView {
    let first = data.first;
    let mut day = first.plus_days(1 - i32::from(first.weekday().number()));
    let end = first.plus_months(1);
    let mut weeks = Vec::new();
    while day < end {
        let days = (0..7).map(|n| cell(data, day.plus_days(n), today)).collect_view();
        weeks.push(view! { <tr>{days}</tr> }.into_any());
        day = day.plus_days(7);
    }
    weeks.collect_view().into_any()
}

/// Days in order, each with a place to jump to.
fn days(items: &[ReceptionCard], now: Millis) -> AnyView {
    items
        .chunk_by(|one, next| one.date == next.date)
        .map(|of_day| {
            let date = &of_day[0].date;
            let name = crate::i18n::dates::spoken_day(date, now);
            view! {
                <section class="agenda" id=format!("d-{date}") tabindex="-1">
                    <h3 class="agenda__day">{name}</h3>
                    {list(of_day.iter().map(row_of_day).collect())}
                </section>
            }
            .into_any()
        })
        .collect_view()
        .into_any()
}

/// The days of the month that have receptions: those to come first, those that are over folded away below.
fn agenda(data: &CalendarData, now: Millis) -> AnyView {
    let (past, coming) = data.items.split_at(data.past_until(date_of(now)));
    if past.is_empty() {
        return days(coming, now);
    }
    view! {
        {days(coming, now)}
        <details class="agenda__past" id=PAST>
            <summary>{words::past_of_month(past.len())}</summary>
            {days(past, now)}
        </details>
    }
    .into_any()
}

/// A month as a table of days, and all its receptions below.
pub(super) fn calendar(filter: &ReceptionFilter, data: &CalendarData, now: Millis) -> AnyView {
    let heads = words::WEEKDAYS
        .iter()
        .map(|(short, long)| {
            view! {
                <th scope="col">
                    <abbr title=*long>{*short}</abbr>
                </th>
            }
            .into_any()
        })
        .collect_view();
    let below = if data.items.is_empty() {
        empty(words::NONE_IN_MONTH, Some(("/write".into(), words::WRITE)))
    } else {
        agenda(data, now)
    };
    view! {
        <h2 class="months__title">{words::month(data.first)}</h2>
        {months(filter, data.first)}
        <table class="month">
            <caption class="sr">{words::month(data.first)} {words::TITLE}</caption>
            <thead>
                <tr>{heads}</tr>
            </thead>
            <tbody>{weeks(data, date_of(now))}</tbody>
        </table>
        {below}
    }
    .into_any()
}

/// The year's receptions of a station, month by month: 全年接待安排.
pub(in crate::views) fn rota(items: &[ReceptionCard]) -> AnyView {
    let rows = items
        .chunk_by(|a, b| a.date[..7] == b.date[..7])
        .map(|of_month| {
            let first = date_of(of_month[0].starts_at);
            let days = of_month
                .iter()
                .map(|card| {
                    let who = words::names(card);
                    let off = (card.state == liaison_domain::reception::SessionState::Cancelled).then(|| chip(card));
                    view! {
                        <li class="rota__one">
                            <a href=href_of(card)>
                                <time datetime=card.date.clone()>{words::short_day(card)}</time>
                            </a>
                            <span>{words::hours(card)}</span>
                            <span>{who}</span>
                            {off}
                        </li>
                    }
                    .into_any()
                })
                .collect_view();
            view! {
                <tr>
                    <th scope="row">{words::month(first)}</th>
                    <td>
                        <ul>{days}</ul>
                    </td>
                </tr>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <table class="rota">
            <caption class="sr">{words::ROTA}</caption>
            <thead>
                <tr>
                    <th scope="col">{words::ROTA_MONTH}</th>
                    <th scope="col">{words::ROTA_DAYS}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
