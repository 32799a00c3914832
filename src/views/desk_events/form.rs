//! The form of an event: new, or changed.

use crate::components::{
    CheckRow, Errors, Options, SelectField, TextArea, TextField, back_link, error_summary_in, page_head,
};
use crate::i18n::dates;
use crate::i18n::desk::meetings as words;
use crate::i18n::zh::{common, meetings};
use crate::markup::view;
use crate::views::desk_pages::EVENTS;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::calendar::Date;
use liaison_domain::dto::{AgendaItem, EventDraft, EventOptions, FieldError};
use liaison_domain::events::{EventType, asks_beforehand};

/// The form as typed; it comes back unchanged when something is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventForm {
    /// Empty: a new event.
    pub id: String,
    /// The version that was read.
    pub version: String,
    /// A code of [`EventType`].
    pub kind: String,
    /// What it is about.
    pub title: String,
    /// What those who come should know.
    pub intro: String,
    /// Whose event it is.
    pub station: String,
    /// Who calls people together.
    pub organiser: String,
    /// `YYYY-MM-DD`.
    pub day: String,
    /// `14:30`.
    pub from: String,
    /// `16:30`, on the same day.
    pub to: String,
    /// Where to go.
    pub place: String,
    /// Where to follow it online.
    pub online_url: String,
    /// A line an item, `14:30` before it if it has a time.
    pub agenda: String,
    /// Deputies at the table.
    pub deputies: Vec<String>,
    /// Units at the table.
    pub units: Vec<String>,
    /// Who leads through it.
    pub moderators: Vec<String>,
    /// One has to register.
    pub registration: bool,
    /// Seats; empty: as many as come.
    pub capacity: String,
    /// Whoever comes too late may wait.
    pub waiting_list: bool,
    /// Questions are looked at before others see them.
    pub premoderated: bool,
    /// Under which letters made of questions are filed.
    pub category: String,
    /// The rules of the house.
    pub rules: String,
}

const MINUTE: Millis = 60_000;

/// `14:30`, also with the colon of a Chinese keyboard, as milliseconds since midnight.
fn clock(text: &str) -> Option<Millis> {
    let text = text.trim().replace('：', ":");
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (i64, i64) = (hour.parse().ok()?, minute.parse().ok()?);
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then_some((hour * 60 + minute) * MINUTE)
}

impl EventForm {
    /// A new one, with what is usual.
    pub fn new(options: &EventOptions) -> Self {
        let only = (options.stations.len() == 1).then(|| options.stations[0].clone());
        Self {
            kind: EventType::ThemeReception.code().to_owned(),
            station: only.as_ref().map(|station| station.id.clone()).unwrap_or_default(),
            organiser: only.map(|station| station.name).unwrap_or_default(),
            premoderated: asks_beforehand(EventType::ThemeReception),
            ..Self::default()
        }
    }

    /// What is kept.
    pub fn of(id: &str, version: i64, draft: &EventDraft) -> Self {
        let line = |item: &AgendaItem| match item.at {
            Some(at) => [&dates::time(at), " ", &item.text].concat(),
            None => item.text.clone(),
        };
        Self {
            id: id.to_owned(),
            version: version.to_string(),
            kind: draft.kind.code().to_owned(),
            title: draft.title.clone(),
            intro: draft.intro.clone(),
            station: draft.station_id.clone(),
            organiser: draft.organiser.clone(),
            day: dates::iso(draft.starts_at),
            from: dates::time(draft.starts_at),
            to: dates::time(draft.ends_at),
            place: draft.place.clone(),
            online_url: draft.online_url.clone().unwrap_or_default(),
            agenda: draft.agenda.iter().map(line).collect::<Vec<_>>().join("\n"),
            deputies: draft.deputies.clone(),
            units: draft.units.clone(),
            moderators: draft.moderators.clone(),
            registration: draft.registration,
            capacity: draft.capacity.map(|capacity| capacity.to_string()).unwrap_or_default(),
            waiting_list: draft.waiting_list,
            premoderated: draft.premoderated,
            category: draft.category_id.clone().unwrap_or_default(),
            rules: draft.rules.clone(),
        }
    }

    /// What a form posted.
    pub fn read(pairs: &[(String, String)]) -> Self {
        let get = |name: &str| {
            let found = pairs.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
        };
        let all = |name: &str| {
            let found = pairs.iter().filter(|(known, _)| known == name);
            found.map(|(_, value)| value.clone()).collect()
        };
        Self {
            id: get("id"),
            version: get("version"),
            kind: get("kind"),
            title: get("title"),
            intro: get("intro"),
            station: get("station_id"),
            organiser: get("organiser"),
            day: get("starts_at"),
            from: get("from"),
            to: get("ends_at"),
            place: get("place"),
            online_url: get("online_url"),
            agenda: get("agenda"),
            deputies: all("deputies"),
            units: all("units"),
            moderators: all("moderators"),
            registration: !get("registration").is_empty(),
            capacity: get("capacity"),
            waiting_list: !get("waiting_list").is_empty(),
            premoderated: !get("premoderated").is_empty(),
            category: get("category_id"),
            rules: get("rules"),
        }
    }

    /// What of it cannot be read as a day or a time.
    pub fn unreadable(&self) -> Vec<FieldError> {
        let is_start = Date::parse(&self.day).is_some() && clock(&self.from).is_some();
        let wrong = |field: &str| FieldError {
            field: field.to_owned(),
            code: "required".to_owned(),
            limit: None,
        };
        let from = (!is_start).then(|| wrong("starts_at"));
        let to = clock(&self.to).is_none().then(|| wrong("ends_at"));
        from.into_iter().chain(to).collect()
    }

    /// The event it describes. What cannot be read as a time or a number becomes one that the check refuses.
    pub fn draft(&self) -> EventDraft {
        let day = Date::parse(&self.day).map(Date::start);
        let at = |text: &str| Some(day? + clock(text)?);
        let starts_at = at(&self.from).unwrap_or(0);
        let agenda = self.agenda.lines().map(str::trim).filter(|line| !line.is_empty());
        let item = |line: &str| {
            let (first, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            match at(first).filter(|_| !rest.trim().is_empty()) {
                Some(time) => AgendaItem {
                    at: Some(time),
                    text: rest.trim().to_owned(),
                },
                None => AgendaItem {
                    at: None,
                    text: line.to_owned(),
                },
            }
        };
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        EventDraft {
            kind: EventType::from_code(&self.kind).unwrap_or(EventType::ThemeReception),
            title: self.title.clone(),
            intro: self.intro.clone(),
            station_id: self.station.clone(),
            organiser: self.organiser.clone(),
            starts_at,
            ends_at: at(&self.to).unwrap_or(0),
            place: self.place.clone(),
            online_url: some(&self.online_url),
            agenda: agenda.map(item).collect(),
            moderators: self.moderators.clone(),
            deputies: self.deputies.clone(),
            units: self.units.clone(),
            registration: self.registration,
            capacity: some(&self.capacity).map(|text| text.parse().unwrap_or(0)),
            waiting_list: self.waiting_list,
            premoderated: self.premoderated,
            category_id: some(&self.category),
            rules: self.rules.clone(),
        }
    }
}

/// A long list to tick from, folded; those that are chosen come first.
fn pick(name: &'static str, legend: &'static str, all: &[(String, String)], chosen: &[String]) -> AnyView {
    let (on, off): (Vec<_>, Vec<_>) = all.iter().partition(|(id, _)| chosen.contains(id));
    let rows = on
        .iter()
        .chain(&off)
        .map(|(id, words)| {
            let checked = chosen.contains(id);
            let field = [name, "-", id].concat();
            view! { <CheckRow name=name id=field value=id.clone() words=words.clone() checked=checked /> }.into_any()
        })
        .collect_view();
    view! {
        <details class="pick-list" id=name>
            <summary>
                {legend} <span class="pick-list__count">{words::chosen(on.len())}</span>
            </summary>
            <div class="pick-list__all" role="group" aria-label=legend>
                {rows}
            </div>
        </details>
    }
    .into_any()
}

fn who(form: &EventForm, options: &EventOptions) -> AnyView {
    let deputies: Vec<_> = options
        .deputies
        .iter()
        .map(|one| (one.id.clone(), [&one.name, "（", &one.station_name, "）"].concat()))
        .collect();
    let units: Vec<_> = options
        .units
        .iter()
        .map(|one| (one.id.clone(), one.name.clone()))
        .collect();
    let moderators: Vec<_> = options
        .moderators
        .iter()
        .map(|one| (one.id.clone(), one.name.clone()))
        .collect();
    view! {
        {pick("deputies", words::DEPUTIES, &deputies, &form.deputies)}
        {pick("units", words::UNITS, &units, &form.units)}
        {pick("moderators", words::MODERATORS, &moderators, &form.moderators)}
    }
    .into_any()
}

/// Categories under their parents.
pub(super) fn categories(options: &EventOptions) -> Options {
    let parents = options.categories.iter().filter(|one| one.parent_id.is_none());
    parents
        .map(|parent| {
            let below = options
                .categories
                .iter()
                .filter(|one| one.parent_id.as_ref() == Some(&parent.id));
            (
                parent.name.clone(),
                below.map(|one| (one.id.clone(), one.name.clone())).collect(),
            )
        })
        .collect()
}

fn times(form: &EventForm, wrong: &impl Fn(&str) -> Option<String>) -> AnyView {
    view! {
        <div class="times">
            <TextField
                name="starts_at"
                label=words::DAY
                kind="date"
                short=true
                value=form.day.clone()
                error=wrong("starts_at")
            />
            <TextField name="from" label=words::FROM kind="time" short=true value=form.from.clone() />
            <TextField
                name="ends_at"
                label=words::TO
                kind="time"
                short=true
                value=form.to.clone()
                error=wrong("ends_at")
            />
        </div>
    }
    .into_any()
}

fn registration(form: &EventForm, error: Option<String>) -> AnyView {
    let check = |name: &'static str, words: &'static str, checked: bool| {
        view! { <CheckRow name=name id=name.to_owned() value="yes".to_owned() words=words.to_owned() checked=checked /> }
            .into_any()
    };
    view! {
        <fieldset class="choices field">
            <legend class="choices__legend field__label">{meetings::REGISTRATION}</legend>
            {check("registration", words::REGISTRATION, form.registration)}
            {check("waiting_list", words::WAITING, form.waiting_list)}
            <TextField
                name="capacity"
                label=words::CAPACITY
                hint=words::CAPACITY_HINT
                inputmode="numeric"
                short=true
                optional=true
                value=form.capacity.clone()
                error=error
            />
        </fieldset>
        {check("premoderated", words::PREMODERATED, form.premoderated)}
    }
    .into_any()
}

/// The page. Posts to its own address.
#[component]
pub fn EventFormView(form: EventForm, options: EventOptions, #[prop(optional)] errors: Errors) -> AnyView {
    let is_new = form.id.is_empty();
    let wrong = |field: &str| {
        let found = errors
            .fields
            .iter()
            .find(|error| error.field.split('.').next() == Some(field));
        found.map(words::field)
    };
    let (title, save, action, back) = if is_new {
        (
            words::FORM_NEW,
            words::SAVE_DRAFT,
            [EVENTS, "/new"].concat(),
            EVENTS.to_owned(),
        )
    } else {
        let page = [EVENTS, "/", &form.id].concat();
        (words::FORM_EDIT, words::SAVE, [&page, "/edit"].concat(), page)
    };
    let kinds = EventType::ALL
        .iter()
        .map(|kind| (kind.code().to_owned(), meetings::kind(*kind).to_owned()))
        .collect();
    let stations = options
        .stations
        .iter()
        .map(|one| (one.id.clone(), one.name.clone()))
        .collect();
    view! {
        {back_link(back, words::BACK)}
        {error_summary_in(&errors, &[], words::field)}
        {page_head(title.into(), "")}
        <form class="form" method="post" action=action novalidate=true>
            <input type="hidden" name="id" value=form.id.clone() />
            <input type="hidden" name="version" value=form.version.clone() />
            <SelectField
                name="kind"
                label=words::KIND
                none=common::CHOOSE
                value=form.kind.clone()
                options=vec![(String::new(), kinds)]
            />
            <TextField name="title" label=words::NAME value=form.title.clone() error=wrong("title") />
            <TextArea
                name="intro"
                label=words::INTRO
                hint=words::INTRO_HINT
                optional=true
                value=form.intro.clone()
                error=wrong("intro")
            />
            <SelectField
                name="station_id"
                label=words::STATION
                none=common::CHOOSE
                value=form.station.clone()
                options=vec![(String::new(), stations)]
                error=wrong("station_id")
            />
            <TextField name="organiser" label=words::ORGANISER value=form.organiser.clone() error=wrong("organiser") />
            {times(&form, &wrong)}
            <TextField name="place" label=words::PLACE optional=true value=form.place.clone() error=wrong("place") />
            <TextField
                name="online_url"
                label=words::URL
                hint=words::URL_HINT
                optional=true
                value=form.online_url.clone()
                error=wrong("online_url")
            />
            <TextArea
                name="agenda"
                label=words::AGENDA
                hint=words::AGENDA_HINT
                optional=true
                rows=5
                value=form.agenda.clone()
                error=wrong("agenda")
            />
            {who(&form, &options)} {registration(&form, wrong("capacity"))}
            <SelectField
                name="category_id"
                label=words::CATEGORY
                none=common::CHOOSE
                optional=true
                value=form.category.clone()
                options=categories(&options)
                error=wrong("category_id")
            />
            <TextArea
                name="rules"
                label=words::RULES
                optional=true
                value=form.rules.clone()
                error=wrong("rules")
            />
            <button class="button" type="submit">
                {save}
            </button>
        </form>
    }
    .into_any()
}
