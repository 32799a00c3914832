//! The fields of a reception as typed: made by hand, or changed.

use crate::components::{Choice, Errors, Options, RadioCards, SelectField, TextArea, TextField};
use crate::i18n::desk::receptions as words;
use crate::i18n::desk::schedule;
use crate::i18n::zh::common;
use crate::markup::view;
use crate::views::desk_schedule::{choice_row, deputy_options};
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::calendar::{Date, date_of, minute_of_day};
use liaison_domain::dto::{DeskReception, FieldError, NamedRef, NewReception, ReceptionChange};
use liaison_domain::reception::{Mode as Way, SessionKind};
use liaison_domain::schedule::Time;

/// Deputies that can be named for a new reception.
const DEPUTIES: usize = 4;

/// The form as typed; it comes back unchanged when something is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionForm {
    /// Id of the station.
    pub station_id: String,
    /// A code of [`SessionKind`].
    pub kind: String,
    /// What it is called; empty: as its kind.
    pub title: String,
    /// What it is about; empty: anything.
    pub topic: String,
    /// `2026-12-10`.
    pub day: String,
    /// When it begins: `14:30`.
    pub start: String,
    /// When it ends.
    pub end: String,
    /// Where, if not at the station.
    pub place: String,
    /// For those who meet online.
    pub online_link: String,
    /// Minutes a talk.
    pub slot_minutes: String,
    /// Talks at the same time while no deputy is named.
    pub seats: String,
    /// Codes of the ways to meet.
    pub modes: Vec<String>,
    /// What to know beforehand.
    pub notice: String,
    /// Who receives, by id.
    pub deputies: Vec<String>,
    /// Of cancelling, or of leave.
    pub reason: String,
}

fn wrong(field: &str, code: &str) -> FieldError {
    FieldError {
        field: field.to_owned(),
        code: code.to_owned(),
        limit: None,
    }
}

impl SessionForm {
    /// An empty form of a new reception.
    pub fn new(station_id: &str) -> Self {
        Self {
            station_id: station_id.to_owned(),
            kind: SessionKind::Themed.code().to_owned(),
            start: "14:30".to_owned(),
            end: "17:00".to_owned(),
            slot_minutes: "15".to_owned(),
            seats: "2".to_owned(),
            modes: vec![Way::OnSite.code().to_owned()],
            ..Self::default()
        }
    }

    /// A reception as it is kept.
    pub fn of(data: &DeskReception) -> Self {
        let row = &data.row;
        Self {
            station_id: row.station.id.clone(),
            kind: row.kind.code().to_owned(),
            title: row.title.clone(),
            topic: row.topic.clone(),
            day: date_of(row.starts_at).iso(),
            start: Time(minute_of_day(row.starts_at)).text(),
            end: Time(minute_of_day(row.ends_at)).text(),
            place: row.place.clone(),
            online_link: data.online_link.clone().unwrap_or_default(),
            notice: data.notice.clone(),
            ..Self::default()
        }
    }

    /// What a form posted.
    pub fn read(pairs: &[(String, String)]) -> Self {
        let all = |name: &str| -> Vec<String> {
            let found = pairs.iter().filter(|(known, _)| known == name);
            found.map(|(_, value)| value.trim().to_owned()).collect()
        };
        let get = |name: &str| all(name).into_iter().next().unwrap_or_default();
        Self {
            station_id: get("station_id"),
            kind: get("kind"),
            title: get("title"),
            topic: get("topic"),
            day: get("day"),
            start: get("start"),
            end: get("end"),
            place: get("place"),
            online_link: get("online_link"),
            slot_minutes: get("slot_minutes"),
            seats: get("seats"),
            modes: all("modes"),
            notice: get("notice"),
            deputies: all("deputies").into_iter().filter(|id| !id.is_empty()).collect(),
            reason: get("reason"),
        }
    }

    fn hours(&self) -> Result<(Millis, Millis), Vec<FieldError>> {
        let (day, start, end) = (Date::parse(&self.day), Time::parse(&self.start), Time::parse(&self.end));
        match (day, start, end) {
            (Some(day), Some(start), Some(end)) => Ok((day.at_minute(start.0), day.at_minute(end.0))),
            _ => Err([
                day.is_none().then(|| wrong("day", "date")),
                start.is_none().then(|| wrong("start", "time")),
                end.is_none().then(|| wrong("end", "time")),
            ]
            .into_iter()
            .flatten()
            .collect()),
        }
    }

    /// The reception it asks for.
    ///
    /// # Errors
    /// What cannot be read, field by field.
    pub fn input(&self) -> Result<NewReception, Vec<FieldError>> {
        let (starts_at, ends_at) = self.hours()?;
        Ok(NewReception {
            station_id: self.station_id.clone(),
            kind: SessionKind::from_code(&self.kind).unwrap_or(SessionKind::Themed),
            title: self.title.clone(),
            topic: self.topic.clone(),
            starts_at,
            ends_at,
            place: self.place.clone(),
            online_link: Some(self.online_link.clone()).filter(|link| !link.is_empty()),
            slot_minutes: self.slot_minutes.parse().unwrap_or(0),
            seats: self.seats.parse().unwrap_or(0),
            modes: self.modes.iter().filter_map(|code| Way::from_code(code)).collect(),
            notice: self.notice.clone(),
            deputies: self.deputies.clone(),
        })
    }

    /// The change it asks for.
    ///
    /// # Errors
    /// As [`Self::input`].
    pub fn change(&self) -> Result<ReceptionChange, Vec<FieldError>> {
        let (starts_at, ends_at) = self.hours()?;
        Ok(ReceptionChange {
            title: Some(self.title.clone()),
            topic: Some(self.topic.clone()),
            starts_at: Some(starts_at),
            ends_at: Some(ends_at),
            place: Some(self.place.clone()),
            online_link: Some(self.online_link.clone()),
            notice: Some(self.notice.clone()),
        })
    }
}

/// When, where, about what: the same for a new reception and for a change.
pub(super) fn described(form: &SessionForm, errors: &Errors) -> AnyView {
    let error = |names: &[&str]| names.iter().find_map(|name| errors.words(name));
    view! {
        <TextField
            name="day"
            kind="date"
            short=true
            label=words::DAY
            value=form.day.clone()
            error=error(&["day"])
        />
        <div class="rule-pair">
            <TextField
                name="start"
                kind="time"
                short=true
                label=words::START
                value=form.start.clone()
                error=error(&["start", "starts_at"])
            />
            <TextField
                name="end"
                kind="time"
                short=true
                label=words::END
                value=form.end.clone()
                error=error(&["end", "ends_at"])
            />
        </div>
        <TextField
            name="place"
            label=words::PLACE
            hint=schedule::PLACE_HINT
            optional=true
            value=form.place.clone()
            error=errors.words("place")
        />
        <TextField
            name="title"
            label=words::NAME
            optional=true
            value=form.title.clone()
            error=errors.words("title")
        />
        <TextField
            name="topic"
            label=words::TOPIC
            hint=words::TOPIC_HINT
            optional=true
            value=form.topic.clone()
            error=errors.words("topic")
        />
        <TextField
            name="online_link"
            kind="url"
            label=words::ONLINE
            hint=words::ONLINE_HINT
            optional=true
            value=form.online_link.clone()
            error=errors.words("online_link")
        />
        <TextArea
            name="notice"
            label=words::NOTICE
            hint=words::NOTICE_HINT
            optional=true
            rows=3
            value=form.notice.clone()
            error=errors.words("notice")
        />
    }
    .into_any()
}

/// A deputy to choose.
pub(super) fn deputy_select(
    name: &'static str,
    id: String,
    label: String,
    chosen: &str,
    deputies: &[(NamedRef, bool)],
    error: Option<&String>,
) -> AnyView {
    view! {
        <div class=if error.is_some() { "field field--error" } else { "field" }>
            <label class="field__label" for=id.clone()>
                {label}
            </label>
            {crate::components::error_line(&id, error)}
            <select class="field__control" id=id name=name>
                <option value="">{schedule::NOBODY}</option>
                {deputy_options(chosen, deputies)}
            </select>
        </div>
    }
    .into_any()
}

/// Everything of a new reception.
pub(super) fn whole(
    form: &SessionForm,
    errors: &Errors,
    stations: &[NamedRef],
    deputies: &[(NamedRef, bool)],
) -> AnyView {
    let stations: Options = vec![(
        String::new(),
        stations.iter().map(|one| (one.id.clone(), one.name.clone())).collect(),
    )];
    let kinds = SessionKind::ALL
        .iter()
        .map(|kind| Choice::new(kind.code(), schedule::kind(*kind), schedule::kind_hint(*kind)))
        .collect();
    let ways = Way::ALL
        .iter()
        .map(|way| (way.code().to_owned(), schedule::way(*way).to_owned()))
        .collect();
    let mut named = form.deputies.clone();
    named.resize(named.len().max(DEPUTIES), String::new());
    let error = errors.words("deputies");
    let named = named
        .iter()
        .enumerate()
        .map(|(place, chosen)| {
            let first = (place == 0).then_some(error.as_ref()).flatten();
            let id = format!("deputies-{place}");
            deputy_select("deputies", id, schedule::turn(place + 1), chosen, deputies, first)
        })
        .collect_view();
    view! {
        <SelectField
            name="station_id"
            label=schedule::STATION
            none=common::CHOOSE
            value=form.station_id.clone()
            options=stations
            error=errors.words("station_id")
        />
        <RadioCards name="kind" legend=schedule::KIND choices=kinds value=form.kind.clone() />
        {described(form, errors)}
        {choice_row("modes", schedule::WAYS, "", ways, &form.modes, errors.words("modes"))}
        <div class="rule-pair">
            <TextField
                name="slot_minutes"
                kind="number"
                short=true
                label=schedule::TALK
                value=form.slot_minutes.clone()
                error=errors.words("slot_minutes")
            />
            <TextField
                name="seats"
                kind="number"
                short=true
                label=schedule::SEATS
                value=form.seats.clone()
                error=errors.words("seats")
            />
        </div>
        <fieldset class="choices field">
            <legend class="choices__legend field__label">{words::DEPUTIES}</legend>
            {named}
        </fieldset>
    }
    .into_any()
}
