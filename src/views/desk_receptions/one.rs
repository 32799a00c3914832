//! One reception: what is to decide, what can be done, who receives, who booked.

use super::fields::{SessionForm, deputy_select, described, whole};
use super::{RECEPTIONS, clock, state_chip, title, when, who};
use crate::components::{Errors, TextArea, back_link, error_summary, notice, page_head};
use crate::i18n::dates;
use crate::i18n::desk::receptions as words;
use crate::i18n::desk::schedule;
use crate::markup::view;
use crate::views::desk_schedule::{SCHEDULE, fitting_words};
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{DeskReception, NamedRef, ReceivingDeputy, ReceptionBooking};
use liaison_domain::reception::{BookingState, DeputyState, SessionState};

/// Ids of controls that are not called like their field.
const IDS: &[(&str, &str)] = &[
    ("starts_at", "start"),
    ("ends_at", "end"),
    ("modes", "modes-0"),
    ("deputies", "deputies-0"),
    ("substitute", "substitute-open"),
    ("decision", "decision-open"),
];

/// What the page of one reception shows beside the reception itself.
#[derive(Clone, Debug, Default)]
pub struct ReceptionPage {
    /// As typed, or as kept.
    pub form: SessionForm,
    /// What is wrong with it.
    pub errors: Errors,
    /// Which form was posted: `change`, `cancel`, `name`, or `place:DEPUTY`; it stays open.
    pub open: String,
    /// What was just done, in words.
    pub done: Option<String>,
    /// Of a place: what was chosen.
    pub decision: String,
    /// Whoever was chosen to come instead.
    pub substitute: String,
    /// The reader may change things.
    pub may_change: bool,
    /// Whom to call, for the announcement.
    pub phone: String,
}

fn act(path: &str, version: i64, what: &'static str, label: &'static str, class: &'static str) -> AnyView {
    view! {
        <form method="post" action=path.to_owned()>
            <input type="hidden" name="version" value=version.to_string() />
            <button class=class type="submit" name="do" value=what>
                {label}
            </button>
        </form>
    }
    .into_any()
}

fn facts(data: &DeskReception, now: Millis, may_change: bool) -> AnyView {
    let row = &data.row;
    let place = if row.place.is_empty() {
        format!("{} {}", row.station.name, data.address)
    } else {
        row.place.clone()
    };
    let mut facts: Vec<(&'static str, String)> = vec![
        (words::WHEN, when(row, now)),
        (words::WHERE, place),
        (words::WHO, who(row)),
    ];
    if !row.topic.is_empty() {
        facts.push((words::TOPIC, row.topic.clone()));
    }
    if row.kind.is_bookable() {
        let ways: Vec<&str> = data.modes.iter().map(|way| schedule::way(*way)).collect();
        facts.push((schedule::WAYS, ways.join("、")));
    }
    if !data.notice.is_empty() {
        facts.push((words::NOTICE, data.notice.clone()));
    }
    if let Some(reason) = &data.cancel_reason {
        facts.push((words::REASON, reason.clone()));
    }
    let rule = match &data.rule {
        Some(rule) if rule.active && may_change => {
            view! { <a href=format!("{SCHEDULE}/{}", rule.id)>{rule.words.clone()}</a> }.into_any()
        }
        Some(rule) => view! { {rule.words.clone()} }.into_any(),
        None => view! { {words::BY_HAND} }.into_any(),
    };
    let rows = facts
        .into_iter()
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }.into_any())
        .collect_view();
    view! { <dl class="facts">{rows}<div><dt>{words::RULE}</dt><dd>{rule}</dd></div></dl> }.into_any()
}

fn links(data: &DeskReception, bookable: bool) -> AnyView {
    let id = &data.row.id;
    let link = |href: String, name: &'static str| {
        view! {
            <li>
                <a class="reception-lanes__link" href=href>
                    {name}
                </a>
            </li>
        }
        .into_any()
    };
    view! {
        <nav aria-label=words::LINKS>
            <ul class="reception-lanes">
                {link(format!("/receptions/{id}"), words::PUBLIC_PAGE)}
                {link(format!("/receptions/{id}/poster"), words::POSTER)}
                {link(format!("/receptions/{id}/notice"), words::NOTICE_TEXT)}
                {link(format!("/stations/{}/calendar.ics", data.station_slug), words::ICS)}
                {bookable.then(|| link(format!("{RECEPTIONS}/{id}/counter"), words::COUNTER))}
                {bookable.then(|| link(format!("{RECEPTIONS}/{id}/notes"), words::NOTES))}
            </ul>
        </nav>
    }
    .into_any()
}

fn differs(data: &DeskReception, path: &str, may_change: bool, now: Millis) -> Option<AnyView> {
    let rule = data.rule.as_ref().filter(|rule| rule.differs)?;
    let note = if rule.active {
        let day = rule.date.as_deref().map(|day| dates::spoken_day(day, now));
        words::left_note(&rule.words, day.as_deref())
    } else {
        words::left_ended(&rule.words)
    };
    let keep = may_change.then(|| {
        view! {
            <p>{words::KEEP_HINT}</p>
            {act(path, data.row.version, "keep", words::KEEP, "button button--second")}
        }
    });
    Some(
        view! {
            <section class="desk-task" aria-labelledby="left">
                <h2 id="left">{words::LEFT}</h2>
                {notice("warn", note)}
                {keep}
            </section>
        }
        .into_any(),
    )
}

fn announce(data: &DeskReception, path: &str, phone: &str, now: Millis) -> AnyView {
    let row = &data.row;
    let named: Vec<&str> = row
        .deputies
        .iter()
        .filter(|place| place.state.receives())
        .map(|place| place.deputy.name.as_str())
        .collect();
    let place = if row.place.is_empty() {
        format!("{}（{}）", row.station.name, data.address)
    } else {
        row.place.clone()
    };
    let text = words::announcement(
        &when(row, now),
        &place,
        &named.join("、"),
        &row.topic,
        &words::ask(phone),
    );
    let late = (now > row.announce_by).then(|| notice("warn", words::ANNOUNCE_LATE.to_owned()));
    let nobody = named
        .is_empty()
        .then(|| notice("warn", words::ANNOUNCE_NOBODY.to_owned()));
    let due = (now <= row.announce_by).then(|| {
        view! { <p>{words::announce_by(&dates::long_date(row.announce_by, now))}</p> }
    });
    view! {
        <section class="desk-task" aria-labelledby="announce">
            <h2 id="announce">{words::ANNOUNCE}</h2>
            {late}
            {nobody}
            {due}
            <p>{words::ANNOUNCE_HINT}</p>
            <div class="field">
                <label class="field__label" for="announcement">
                    {words::ANNOUNCE_TEXT}
                </label>
                <textarea class="field__control field__control--area" id="announcement" rows="6" readonly=true>
                    {text}
                </textarea>
            </div>
            {act(path, row.version, "announce", words::ANNOUNCE_DO, "button")}
        </section>
    }
    .into_any()
}

/// Bookings that hold a time with a deputy.
fn with_deputy(data: &DeskReception, deputy: &str) -> u32 {
    let own = data
        .bookings
        .iter()
        .filter(|booking| booking.state.is_open() && booking.deputy.as_ref().is_some_and(|one| one.id == deputy));
    own.count() as u32
}

fn place_form(
    data: &DeskReception,
    place: &ReceivingDeputy,
    page: &ReceptionPage,
    path: &str,
    deputies: &[(NamedRef, bool)],
) -> AnyView {
    let id = &place.deputy.id;
    let is_open = page.open == ["place:", id].concat();
    let asked = place.state == DeputyState::LeaveAsked;
    let (decision, substitute) = if is_open {
        (page.decision.clone(), page.substitute.clone())
    } else {
        let proposed = place.proposed.as_ref().map(|one| one.id.clone()).unwrap_or_default();
        ("substitute".to_owned(), proposed)
    };
    let marked = if is_open { "open" } else { id };
    let choices = [
        ("substitute", words::SUBSTITUTE),
        ("excused", words::EXCUSED),
        ("refused", words::REFUSED),
    ]
    .into_iter()
    .filter(|(value, _)| asked || *value != "refused")
    .enumerate()
    .map(|(n, (value, label))| {
        let radio = if n == 0 {
            format!("decision-{marked}")
        } else {
            format!("decision-{marked}-{n}")
        };
        let checked = decision == value;
        view! {
            <div class="radio">
                <input class="radio__input" type="radio" id=radio.clone() name="decision" value=value checked=checked />
                <label class="radio__label" for=radio>
                    {label}
                </label>
            </div>
        }
        .into_any()
    })
    .collect_view();
    let error = page.errors.words("substitute").filter(|_| is_open);
    let fields = view! {
        <form class="form" method="post" action=path.to_owned()>
            <input type="hidden" name="deputy" value=id.clone() />
            <p>{words::place_note(with_deputy(data, id))}</p>
            <fieldset class="choices field">
                <legend class="choices__legend field__label">{words::DECIDE}</legend>
                {choices}
            </fieldset>
            {deputy_select(
                "substitute",
                format!("substitute-{marked}"),
                words::SUBSTITUTE_WHO.to_owned(),
                &substitute,
                deputies,
                error.as_ref(),
            )}
            <button class="button button--second" type="submit" name="do" value="decide">
                {words::DECIDE_DO}
            </button>
        </form>
    };
    let label = if asked { words::PLACE_OF } else { words::PLACE_CHANGE };
    view! {
        <details class="desk-more" open=asked || is_open>
            <summary>{format!("{label}：{}", place.deputy.name)}</summary>
            {fields}
        </details>
    }
    .into_any()
}

fn places(
    data: &DeskReception,
    page: &ReceptionPage,
    path: &str,
    deputies: &[(NamedRef, bool)],
    may_name: bool,
) -> AnyView {
    let rows = data
        .row
        .deputies
        .iter()
        .map(|place| {
            let instead = place.instead_of.as_deref().map(words::instead_of);
            let state = Some(words::place(place.state)).filter(|text| !text.is_empty());
            let reason = place.reason.clone();
            let proposed = place
                .proposed
                .as_ref()
                .filter(|_| place.state == DeputyState::LeaveAsked)
                .map(|one| words::proposed(&one.name));
            let notes: Vec<String> = [state.map(str::to_owned), instead, reason, proposed]
                .into_iter()
                .flatten()
                .collect();
            let form = (may_name && place.state.receives()).then(|| place_form(data, place, page, path, deputies));
            view! {
                <li class="row">
                    <p>
                        <b>{place.deputy.name.clone()}</b>
                    </p>
                    {(!notes.is_empty()).then(|| view! { <p>{notes.join("。")}</p> })}
                    {form}
                </li>
            }
            .into_any()
        })
        .collect_view();
    let name = may_name.then(|| {
        let error = page.errors.words("deputy_id");
        let first = data
            .fitting
            .first()
            .map(|one| one.deputy.id.clone())
            .unwrap_or_default();
        let hint = fitting_words(&data.fitting).map(|hint| view! { <p class="rule-day__hint">{hint}</p> });
        let chosen = if page.open == "name" {
            page.substitute.clone()
        } else {
            first
        };
        let id = "deputy_id".to_owned();
        view! {
            <details class="desk-more" open=page.open == "name" || data.row.deputies.is_empty()>
                <summary>{words::NAME_ONE}</summary>
                {hint}
                <form class="form" method="post" action=path.to_owned()>
                    {deputy_select("deputy_id", id, words::NAME_ONE.to_owned(), &chosen, deputies, error.as_ref())}
                    <button class="button button--second" type="submit" name="do" value="name">
                        {words::NAME_DO}
                    </button>
                </form>
            </details>
        }
    });
    view! {
        <section aria-labelledby="deputies">
            <h2 id="deputies">{words::DEPUTIES}</h2>
            <ul class="rows">{rows}</ul>
            {name}
        </section>
    }
    .into_any()
}

/// One who booked.
pub(super) fn booking_row(booking: &ReceptionBooking) -> AnyView {
    let with = match &booking.deputy {
        Some(one) => one.name.clone(),
        None => words::BOOKING_ANYBODY.to_owned(),
    };
    let people = (booking.people > 1).then(|| format!("{} 人", booking.people));
    let state = match &booking.choice {
        Some(choice) => words::choice(choice),
        None => words::booking(booking.state),
    };
    let about: Vec<String> = [
        Some(booking.topic.clone()).filter(|text| !text.is_empty()),
        Some(booking.access_needs.clone()).filter(|text| !text.is_empty()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let at = booking.starts_at.map(clock).unwrap_or_default();
    view! {
        <li class="row">
            <p>
                <b>{[at.as_str(), " ", booking.name.as_str()].concat().trim().to_owned()}</b>
            </p>
            {(!about.is_empty()).then(|| view! { <p>{about.join("。")}</p> })}
            <p class="row__meta">
                <span>{with}</span> <span>{schedule::way(booking.mode)}</span>
                {people.map(|people| view! { <span>{people}</span> })} <span>{state}</span>
            </p>
        </li>
    }
    .into_any()
}

fn bookings(data: &DeskReception) -> AnyView {
    let (waiting, timed): (Vec<_>, Vec<_>) = data
        .bookings
        .iter()
        .partition(|booking| booking.state == BookingState::Waiting);
    let none = (timed.is_empty() && waiting.is_empty()).then(|| view! { <p>{words::BOOKINGS_NONE}</p> });
    let line = (!waiting.is_empty()).then(|| {
        let rows = waiting.iter().map(|booking| booking_row(booking)).collect_view();
        view! {
            <h3>{words::WAITING}</h3>
            <ol class="rows">{rows}</ol>
        }
    });
    let rows = timed.iter().map(|booking| booking_row(booking)).collect_view();
    view! {
        <section aria-labelledby="bookings">
            <h2 id="bookings">{words::BOOKINGS}</h2>
            {none}
            <ul class="rows">{rows}</ul>
            {line}
        </section>
    }
    .into_any()
}

/// One reception at the desk. Every form posts to the page's own address.
#[component]
pub fn ReceptionView(
    data: DeskReception,
    page: ReceptionPage,
    deputies: Vec<(NamedRef, bool)>,
    now: Millis,
) -> AnyView {
    let path = format!("{RECEPTIONS}/{}", data.row.id);
    let may = |what: &str| page.may_change && data.may.iter().any(|known| known == what);
    let open = data.bookings.iter().filter(|booking| booking.state.is_open()).count() as u32;
    let version = data.row.version;
    let change = may("change").then(|| {
        view! {
            <details class="desk-more" open=page.open == "change">
                <summary>{words::CHANGE}</summary>
                <form class="form" method="post" action=path.clone() novalidate=true>
                    <input type="hidden" name="version" value=version.to_string() />
                    <p>{words::change_note(open)}</p>
                    {described(&page.form, &page.errors)}
                    <button class="button button--second" type="submit" name="do" value="change">
                        {words::CHANGE_DO}
                    </button>
                </form>
            </details>
        }
    });
    let cancel = may("cancel").then(|| {
        view! {
            <details class="desk-more" open=page.open == "cancel">
                <summary>{words::CANCEL}</summary>
                <form class="form" method="post" action=path.clone() novalidate=true>
                    <input type="hidden" name="version" value=version.to_string() />
                    <p>{words::cancel_note(open)}</p>
                    <TextArea
                        name="reason"
                        label=words::REASON
                        hint=words::REASON_HINT
                        rows=2
                        value=page.form.reason.clone()
                        error=page.errors.words("reason")
                    />
                    <button class="button button--danger" type="submit" name="do" value="cancel">
                        {words::CANCEL_DO}
                    </button>
                </form>
            </details>
        }
    });
    let close = may("close").then(|| {
        view! {
            <section class="desk-task" aria-labelledby="close">
                <h2 id="close">{words::CLOSE}</h2>
                <p>{words::CLOSE_HINT}</p>
                {act(&path, version, "close", words::CLOSE, "button")}
            </section>
        }
    });
    let announce = (may("announce") && data.row.state == SessionState::Planned && data.row.kind.is_bookable())
        .then(|| announce(&data, &path, &page.phone, now));
    let heading = format!("{} {}", title(&data.row), dates::date(data.row.starts_at, now));
    let bookable = data.row.kind.is_bookable();
    view! {
        {back_link(RECEPTIONS.into(), words::TITLE)}
        {error_summary(&page.errors, IDS)}
        {page_head(heading, "")}
        {page.done.clone().map(|done| notice("good", done))}
        <p class="row__meta">
            {state_chip(&data.row)} <span>{words::counts(data.row.booked, data.row.waiting)}</span>
        </p>
        {differs(&data, &path, page.may_change, now)}
        {announce}
        {close}
        {facts(&data, now, page.may_change)}
        {links(&data, bookable)}
        {places(&data, &page, &path, &deputies, may("change"))}
        {bookable.then(|| bookings(&data))}
        {change}
        {cancel}
    }
    .into_any()
}

/// A new reception, made by hand.
#[component]
pub fn NewReceptionView(
    /// Under which it is kept, however often the form arrives.
    id: String,
    form: SessionForm,
    errors: Errors,
    stations: Vec<NamedRef>,
    deputies: Vec<(NamedRef, bool)>,
) -> AnyView {
    view! {
        {back_link(RECEPTIONS.into(), words::TITLE)}
        {error_summary(&errors, IDS)}
        {page_head(words::NEW_TITLE.into(), words::NEW_LEAD)}
        <form class="form" method="post" action=format!("{RECEPTIONS}/new") novalidate=true>
            <input type="hidden" name="new_id" value=id />
            {whole(&form, &errors, &stations, &deputies)}
            <button class="button" type="submit">
                {words::NEW}
            </button>
        </form>
    }
    .into_any()
}
