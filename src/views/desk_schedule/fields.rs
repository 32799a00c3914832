//! The fields of a rule's form.

use super::{ExceptionLine, RulePage};
use crate::components::{CheckRow, Choice, Options, RadioCards, SelectField, TextField, error_line};
use crate::i18n::dates;
use crate::i18n::desk::schedule as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::NamedRef;
use liaison_domain::reception::{Mode as Way, SessionKind};
use liaison_domain::schedule::{HolidayPolicy, Mode};

/// Ids of controls that are not called like their field.
pub const IDS: &[(&str, &str)] = &[
    ("nth", "nth-0"),
    ("modes", "modes-0"),
    ("deputies", "deputies-0"),
    ("exceptions", "x_date-0"),
];

/// Tick boxes in a row.
pub fn choice_row(
    name: &'static str,
    legend: &'static str,
    hint: &'static str,
    choices: Vec<(String, String)>,
    chosen: &[String],
    error: Option<String>,
) -> AnyView {
    let boxes = choices
        .into_iter()
        .enumerate()
        .map(|(place, (value, words))| {
            let checked = chosen.contains(&value);
            view! { <CheckRow name=name id=format!("{name}-{place}") value=value words=words checked=checked /> }
                .into_any()
        })
        .collect_view();
    let hint = (!hint.is_empty()).then(|| view! { <p class="field__hint">{hint}</p> });
    view! {
        <fieldset class=if error.is_some() { "choices field field--error" } else { "choices field" }>
            <legend class="choices__legend field__label">{legend}</legend>
            {hint}
            {error_line(name, error.as_ref())}
            <div class="choices__cards choices__cards--inline">{boxes}</div>
        </fieldset>
    }
    .into_any()
}

fn which(page: &RulePage, now: Millis) -> AnyView {
    let form = &page.form;
    let (nths, weekday) = form.shown_days();
    let spoken = |days: &[String]| {
        let days: Vec<String> = days.iter().map(|day| dates::spoken_day(day, now)).collect();
        words::next(&days.join("、"))
    };
    let modes = Mode::ALL
        .into_iter()
        .map(|mode| {
            let hint = match mode {
                Mode::NthWeekday => format!("{}。{}", words::reading(mode), spoken(&page.readings[0])),
                Mode::WeekOfMonth => format!("{}。{}", words::reading(mode), spoken(&page.readings[1])),
                _ => String::new(),
            };
            Choice::new(mode.code(), words::mode(mode, &nths, weekday), hint)
        })
        .collect();
    let nth = [1, 2, 3, 4, 5, -1]
        .map(|n| (n.to_string(), words::nth(n).to_owned()))
        .to_vec();
    let weekdays: Options = vec![(
        String::new(),
        (1..=7).map(|day: u8| (day.to_string(), words::weekday(day))).collect(),
    )];
    let months = (1..=12)
        .map(|month: u8| (month.to_string(), format!("{month}月")))
        .collect();
    view! {
        <div class="rule-modes">
            <RadioCards name="mode" legend=words::WHICH hint=words::WHICH_HINT choices=modes value=form.mode.clone() />
        </div>
        <div class="rule-for rule-for--week">
            {choice_row("nth", words::NTH, "", nth, &form.nth, page.errors.words("nth"))}
        </div>
        <div class="rule-for rule-for--weekday">
            <SelectField
                name="weekday"
                label=words::WEEKDAY
                none=crate::i18n::zh::common::CHOOSE
                value=form.weekday.clone()
                options=weekdays
                error=page.errors.words("weekday")
            />
        </div>
        <div class="rule-for rule-for--days">
            <TextField
                name="days"
                label=words::DAYS
                hint=words::DAYS_HINT
                value=form.days.clone()
                error=page.errors.words("days")
            />
        </div>
        <div class="rule-for rule-for--once">
            <TextField
                name="date"
                kind="date"
                short=true
                label=words::DATE
                value=form.date.clone()
                error=page.errors.words("date")
            />
        </div>
        <div class="rule-for rule-for--often">
            {choice_row("months", words::MONTHS, words::MONTHS_HINT, months, &form.months, page.errors.words("months"))}
        </div>
    }
    .into_any()
}

fn hours(page: &RulePage) -> AnyView {
    let form = &page.form;
    let holidays = HolidayPolicy::ALL
        .into_iter()
        .map(|policy| {
            let (name, hint) = words::holiday(policy);
            Choice::new(policy.code(), name, hint)
        })
        .collect();
    let short = |name: &'static str, label: &'static str, kind: &'static str, value: &str, hint: &'static str| {
        view! {
            <TextField
                name=name
                label=label
                kind=kind
                hint=hint
                short=true
                value=value.to_owned()
                error=page.errors.words(name)
            />
        }
        .into_any()
    };
    let ways = Way::ALL
        .iter()
        .map(|way| (way.code().to_owned(), words::way(*way).to_owned()))
        .collect();
    view! {
        <div class="rule-pair">
            {short("start", words::START, "time", &form.start, "")} {short("end", words::END, "time", &form.end, "")}
        </div>
        <div class="rule-for rule-for--often">
            <RadioCards name="holiday" legend=words::HOLIDAY choices=holidays value=form.holiday.clone() />
            <div class="rule-pair">
                {short("valid_from", words::VALID_FROM, "date", &form.valid_from, "")}
                {short("valid_to", words::VALID_TO, "date", &form.valid_to, "")}
            </div>
        </div>
        <TextField
            name="place"
            label=words::PLACE
            hint=words::PLACE_HINT
            optional=true
            value=form.place.clone()
            error=page.errors.words("place")
        />
        <div class="rule-for rule-for--talks">
            {choice_row("modes", words::WAYS, "", ways, &form.modes, page.errors.words("modes"))}
            <div class="rule-pair">
                {short("slot_minutes", words::TALK, "number", &form.slot_minutes, "")}
                {short("seats", words::SEATS, "number", &form.seats, "")}
            </div>
        </div>
    }
    .into_any()
}

/// Deputies to choose from in a select: the station's own before all others.
pub fn deputy_options(chosen: &str, deputies: &[(NamedRef, bool)]) -> AnyView {
    [(true, words::OWN), (false, words::OTHERS)]
        .into_iter()
        .filter_map(|(own, group)| {
            let mut those = deputies.iter().filter(|(_, is_own)| *is_own == own).peekable();
            those.peek()?;
            let options = those
                .map(|(one, _)| {
                    let selected = one.id == chosen;
                    view! { <option value=one.id.clone() selected=selected>{one.name.clone()}</option> }.into_any()
                })
                .collect_view();
            Some(view! { <optgroup label=group>{options}</optgroup> }.into_any())
        })
        .collect_view()
        .into_any()
}

/// A select among several of the same name; its label tells its place.
fn turn_select(place: usize, chosen: &str, deputies: &[(NamedRef, bool)]) -> AnyView {
    let id = format!("deputies-{place}");
    view! {
        <div class="rule-turn">
            <label for=id.clone()>{words::turn(place + 1)}</label>
            <select class="field__control" id=id name="deputies">
                <option value="">{words::NOBODY}</option>
                {deputy_options(chosen, deputies)}
            </select>
        </div>
    }
    .into_any()
}

fn turns(page: &RulePage, deputies: &[(NamedRef, bool)]) -> AnyView {
    let lines = page
        .form
        .deputy_lines()
        .iter()
        .enumerate()
        .map(|(place, chosen)| turn_select(place, chosen, deputies))
        .collect_view();
    let error = page.errors.words("deputies");
    let suggestions = page
        .suggestions
        .iter()
        .map(|hint| view! { <li>{hint.clone()}</li> }.into_any());
    let suggestions = (!page.suggestions.is_empty()).then(|| {
        view! {
            <div class="rule-hint">
                <p>{words::SUGGEST}</p>
                <ul class="bullets">{suggestions.collect_view()}</ul>
            </div>
        }
    });
    view! {
        <fieldset class=if error.is_some() { "choices field field--error" } else { "choices field" }>
            <legend class="choices__legend field__label">{words::DEPUTIES}</legend>
            <p class="field__hint">{words::DEPUTIES_HINT}</p>
            {error_line("deputies", error.as_ref())}
            {suggestions}
            <div class="rule-turns">{lines}</div>
            <p class="field__hint">{words::MORE_LINES}</p>
        </fieldset>
        <TextField
            name="each"
            kind="number"
            short=true
            label=words::EACH
            value=page.form.each.clone()
            error=page.errors.words("each")
        />
    }
    .into_any()
}

fn exception_line(place: usize, line: &ExceptionLine) -> AnyView {
    let input = |name: &'static str, label: &'static str, kind: &'static str, value: &str| {
        let id = format!("{name}-{place}");
        view! {
            <div>
                <label for=id.clone()>{label}</label>
                <input class="field__control" type=kind id=id name=name value=value.to_owned() autocomplete="off" />
            </div>
        }
        .into_any()
    };
    view! {
        <div class="rule-exception">
            {input("x_date", words::X_DATE, "date", &line.date)} {input("x_to", words::X_TO, "date", &line.to)}
            {input("x_reason", words::X_REASON, "text", &line.reason)}
        </div>
    }
    .into_any()
}

fn exceptions(page: &RulePage) -> AnyView {
    let lines = page
        .form
        .exception_lines()
        .iter()
        .enumerate()
        .map(|(place, line)| exception_line(place, line))
        .collect_view();
    let error = page.errors.words("exceptions");
    view! {
        <fieldset class=if error.is_some() { "choices field field--error" } else { "choices field" }>
            <legend class="choices__legend field__label">{words::EXCEPTIONS}</legend>
            <p class="field__hint">{words::EXCEPTIONS_HINT}</p>
            {error_line("exceptions", error.as_ref())}
            {lines}
            <p class="field__hint">{words::MORE_LINES}</p>
        </fieldset>
    }
    .into_any()
}

/// Everything to fill in, in its order.
pub fn fields(page: &RulePage, stations: &[NamedRef], deputies: &[(NamedRef, bool)], now: Millis) -> AnyView {
    let form = &page.form;
    let kinds = SessionKind::ALL
        .iter()
        .map(|kind| Choice::new(kind.code(), words::kind(*kind), words::kind_hint(*kind)))
        .collect();
    let stations: Options = vec![(
        String::new(),
        stations.iter().map(|one| (one.id.clone(), one.name.clone())).collect(),
    )];
    view! {
        <SelectField
            name="station_id"
            label=words::STATION
            none=crate::i18n::zh::common::CHOOSE
            value=form.station_id.clone()
            options=stations
            error=page.errors.words("station_id")
        />
        <RadioCards name="kind" legend=words::KIND choices=kinds value=form.kind.clone() />
        <TextField
            name="title"
            label=words::NAME
            hint=words::NAME_HINT
            optional=true
            value=form.title.clone()
            error=page.errors.words("title")
        />
        {which(page, now)}
        {hours(page)}
        {turns(page, deputies)}
        {exceptions(page)}
    }
    .into_any()
}
