//! The form of a record: on a phone between two visitors, on a tablet, at a desk.

use super::drafts::{NoteDraft, draft_buttons, other_drafts, restored};
use super::{script, summary, wrong};
use crate::components::{
    CheckRow, Choice, Errors, Options, RadioCards, SelectField, TextArea, TextField, back_link, error_line, icon,
    notice, page_head,
};
use crate::i18n::desk::ledger as words;
use crate::i18n::zh::common;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::dto::FieldError;
use liaison_domain::ledger::{ReceivedBy, RecordContent, RecordOutcome};

/// Begins the value of somebody who received and is in no directory any more.
const BY_NAME: &str = "name:";

/// What is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordForm {
    /// Chosen when the form was opened: sent twice it is one record.
    pub once: String,
    /// Id of the booking, or empty.
    pub booking: String,
    /// The version that is changed; empty for a new record.
    pub version: String,
    /// Slug; for a record without a reception.
    pub station: String,
    /// `YYYY-MM-DD`; for a record without a reception.
    pub date: String,
    /// How to call who came.
    pub visitor: String,
    /// As typed.
    pub phone: String,
    /// As typed.
    pub people: String,
    /// In a few words.
    pub topic: String,
    /// Id of the category.
    pub category: String,
    /// The visitor's words.
    pub words: String,
    /// The notes of those who received.
    pub notes: String,
    /// Where they went to look.
    pub visit_place: String,
    /// What they saw.
    pub visit_seen: String,
    /// Code of a [`RecordOutcome`], or empty.
    pub outcome: String,
    /// How it was solved.
    pub solved: String,
    /// How the visitor agreed to a letter.
    pub consent: String,
    /// It may be published.
    pub publish: bool,
    /// Ids of those who received, or names of who has none.
    pub deputies: Vec<String>,
}

impl RecordForm {
    /// As posted.
    pub fn read(pairs: &[(String, String)]) -> Self {
        let mut form = Self::default();
        for (name, value) in pairs {
            let text = value.trim().replace("\r\n", "\n");
            match name.as_str() {
                "once" => form.once = text,
                "booking" => form.booking = text,
                "version" => form.version = text,
                "station" => form.station = text,
                "date" => form.date = text,
                "visitor" => form.visitor = text,
                "phone" => form.phone = text,
                "people" => form.people = text,
                "topic" => form.topic = text,
                "category" => form.category = text,
                "words" => form.words = text,
                "notes" => form.notes = text,
                "visit_place" => form.visit_place = text,
                "visit_seen" => form.visit_seen = text,
                "outcome" => form.outcome = text,
                "solved" => form.solved = text,
                "consent" => form.consent = text,
                "publish" => form.publish = text == "yes",
                "deputies" => form.deputies.push(text),
                _ => {}
            }
        }
        form
    }

    /// A record that is kept, to be changed.
    pub fn of(content: &RecordContent, version: i64) -> Self {
        let deputies = content.deputies.iter();
        let deputies = deputies.map(|one| one.id.clone().unwrap_or_else(|| [BY_NAME, &one.name].concat()));
        Self {
            version: version.to_string(),
            visitor: content.visitor.clone(),
            people: content.people.to_string(),
            topic: content.topic.clone(),
            category: content.category_id.clone().unwrap_or_default(),
            words: content.words.clone(),
            notes: content.notes.clone(),
            visit_place: content.visit_place.clone(),
            visit_seen: content.visit_seen.clone(),
            outcome: content.outcome.code().to_owned(),
            solved: content.solved.clone(),
            deputies: deputies.collect(),
            ..Self::default()
        }
    }

    /// What is typed as a record says it.
    ///
    /// # Errors
    /// Nothing was chosen of what has to be.
    pub fn content(&self) -> Result<RecordContent, Vec<FieldError>> {
        let Some(outcome) = RecordOutcome::from_code(&self.outcome) else {
            return Err(vec![FieldError {
                field: "outcome".to_owned(),
                code: "required".to_owned(),
                limit: None,
            }]);
        };
        let deputies = self.deputies.iter().map(|value| match value.strip_prefix(BY_NAME) {
            Some(name) => ReceivedBy {
                id: None,
                name: name.to_owned(),
            },
            None => ReceivedBy {
                id: Some(value.clone()),
                name: String::new(),
            },
        });
        Ok(RecordContent {
            visitor: self.visitor.clone(),
            // What is no number is told as one that cannot be.
            people: self.people.parse().unwrap_or(0),
            topic: self.topic.clone(),
            category_id: Some(self.category.clone()).filter(|id| !id.is_empty()),
            words: self.words.clone(),
            notes: self.notes.clone(),
            visit_place: self.visit_place.clone(),
            visit_seen: self.visit_seen.clone(),
            outcome,
            solved: self.solved.clone(),
            deputies: deputies.collect(),
        })
    }
}

/// What the form offers, and around it.
#[derive(Clone, Debug, Default)]
pub struct RecordOptions {
    /// Where the form is posted to.
    pub action: String,
    /// The page's heading.
    pub title: String,
    /// A line under it: the reception, or what such a record is for.
    pub lead: String,
    /// The way back.
    pub back: Option<(String, &'static str)>,
    /// Those who may have received: id and name.
    pub deputies: Vec<(String, String)>,
    /// Categories by id.
    pub categories: Options,
    /// The number that is kept, masked.
    pub phone_masked: Option<String>,
    /// A day and its station are asked for.
    pub asks_date: bool,
    /// The station's name, where a day is asked for.
    pub station_name: String,
    /// A record that is kept: what it became is decided elsewhere.
    pub is_change: bool,
    /// Where an unfinished form is kept; none: it is not.
    pub draft: Option<NoteDraft>,
    /// Address of the script beside the page.
    pub script: String,
}

/// Somebody whose talk could be written down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Of the booking.
    pub id: String,
    /// 「3 号 王女士」.
    pub name: String,
}

fn people_links(base: &str, people: &[Waiting], chosen: &str) -> Option<AnyView> {
    if people.is_empty() {
        return None;
    }
    let link = |id: &str, name: String| {
        let href = if id.is_empty() {
            format!("{base}?new=1")
        } else {
            format!("{base}?booking={id}")
        };
        let current = (id == chosen).then_some("true");
        view! {
            <li>
                <a class="button button--second" href=href aria-current=current>
                    {name}
                </a>
            </li>
        }
        .into_any()
    };
    let links: Vec<_> = people.iter().map(|one| link(&one.id, one.name.clone())).collect();
    Some(
        view! {
            <nav class="note-people" aria-label=words::WHO>
                <ul class="buttons">{links} {link("", words::WHO_OTHER.to_owned())}</ul>
            </nav>
        }
        .into_any(),
    )
}

fn who_received(options: &RecordOptions, form: &RecordForm, errors: &Errors) -> AnyView {
    let gone = form.deputies.iter().filter_map(|value| {
        let name = value.strip_prefix(BY_NAME)?;
        Some((value.clone(), name.to_owned()))
    });
    let all = options.deputies.iter().cloned().chain(gone);
    let rows = all.enumerate().map(|(n, (value, name))| {
        let id = if n == 0 {
            "deputies".to_owned()
        } else {
            format!("deputies-{n}")
        };
        let checked = form.deputies.contains(&value);
        view! { <CheckRow name="deputies" id=id value=value words=name checked=checked /> }.into_any()
    });
    let error = wrong(errors, "deputies");
    view! {
        <fieldset class=if error.is_some() { "choices field field--error" } else { "choices field" }>
            <legend class="choices__legend field__label">{words::DEPUTIES}</legend>
            <p class="field__hint">{words::DEPUTIES_HINT}</p>
            {error_line("deputies", error.as_ref())}
            <div class="choices__cards choices__cards--inline">{rows.collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

fn outcome(form: &RecordForm, errors: &Errors, is_change: bool) -> AnyView {
    let choices = RecordOutcome::ALL
        .iter()
        .filter(|outcome| !is_change || **outcome != RecordOutcome::Letter || form.outcome == outcome.code())
        .map(|outcome| Choice::new(outcome.code(), words::outcome(*outcome), words::outcome_hint(*outcome)))
        .collect();
    let letter = (!is_change).then(|| {
        view! {
            <div class="note-form__letter">
                <TextField
                    name="consent"
                    label=words::CONSENT
                    hint=words::CONSENT_HINT
                    value=form.consent.clone()
                    error=wrong(errors, "consent")
                />
                <CheckRow
                    name="publish"
                    id="publish".to_owned()
                    value="yes".to_owned()
                    words=words::PUBLISH.to_owned()
                    checked=form.publish
                />
            </div>
        }
    });
    view! {
        <RadioCards
            name="outcome"
            legend=words::OUTCOME
            choices=choices
            value=form.outcome.clone()
            error=wrong(errors, "outcome")
        />
        <div class="note-form__solved">
            <TextArea
                name="solved"
                label=words::SOLVED
                value=form.solved.clone()
                error=wrong(errors, "solved")
                rows=3
            />
        </div>
        {letter}
    }
    .into_any()
}

/// The page with the form.
#[component]
pub fn NotesView(
    options: RecordOptions,
    form: RecordForm,
    people: Vec<Waiting>,
    #[prop(optional)] errors: Errors,
    #[prop(optional)] said: String,
) -> AnyView {
    let date = options.asks_date.then(|| {
        view! {
            <p>{format!("{}：{}", words::WHERE, options.station_name)}</p>
            <TextField
                name="date"
                label=words::DATE
                kind="date"
                value=form.date.clone()
                error=wrong(&errors, "date")
                short=true
            />
            <input type="hidden" name="station" value=form.station.clone() />
        }
    });
    let masked = options.phone_masked.clone();
    let masked = masked.map(|masked| view! { <p class="field__hint">{format!("已留：{masked}")}</p> });
    let seen = !form.visit_place.is_empty() || !form.visit_seen.is_empty() || wrong(&errors, "visit_place").is_some();
    let said = (!said.is_empty()).then(|| notice("good", said));
    let back = options.back.clone().map(|(href, words)| back_link(href, words));
    view! {
        {summary(&errors)}
        {back}
        {page_head(options.title.clone(), "")}
        <p class="lead">{options.lead.clone()}</p>
        {said}
        {options.draft.as_ref().and_then(restored)}
        {options.draft.as_ref().and_then(other_drafts)}
        {people_links(&options.action, &people, &form.booking)}
        <form class="form note-form" method="post" action=options.action.clone() novalidate=true
            data-guard=words::LEAVE_ASK data-draft=options.draft.as_ref().map(|draft| draft.url.clone())>
            <input type="hidden" name="once" value=form.once.clone() />
            <input type="hidden" name="booking" value=form.booking.clone() />
            <input type="hidden" name="version" value=form.version.clone() />
            {date}
            {who_received(&options, &form, &errors)}
            <TextField
                name="visitor"
                label=words::VISITOR
                value=form.visitor.clone()
                error=wrong(&errors, "visitor")
                optional=true
            />
            <div class="note-form__row">
                <div>
                    <TextField
                        name="phone"
                        label=words::PHONE
                        hint=words::PHONE_HINT
                        value=form.phone.clone()
                        error=wrong(&errors, "phone")
                        kind="tel"
                        inputmode="tel"
                        optional=true
                    />
                    {masked}
                </div>
                <TextField
                    name="people"
                    label=words::PEOPLE
                    value=form.people.clone()
                    error=wrong(&errors, "people")
                    inputmode="numeric"
                    short=true
                />
            </div>
            <TextField
                name="topic"
                label=words::TOPIC
                hint=words::TOPIC_HINT
                value=form.topic.clone()
                error=wrong(&errors, "topic")
            />
            <SelectField
                name="category"
                label=words::CATEGORY
                value=form.category.clone()
                none=words::CATEGORY_NONE
                options=options.categories.clone()
                error=wrong(&errors, "category")
                optional=true
            />
            <TextArea
                name="words"
                label=words::WORDS
                hint=words::WORDS_HINT
                value=form.words.clone()
                error=wrong(&errors, "words")
                rows=6
            />
            <TextArea
                name="notes"
                label=words::MY_NOTES
                hint=words::MY_NOTES_HINT
                value=form.notes.clone()
                error=wrong(&errors, "notes")
                optional=true
                rows=4
            />
            <details class="how note-form__visit" open=seen>
                <summary>{words::VISIT}</summary>
                <TextField
                    name="visit_place"
                    label=words::VISIT_PLACE
                    value=form.visit_place.clone()
                    error=wrong(&errors, "visit_place")
                />
                <TextArea
                    name="visit_seen"
                    label=words::VISIT_SEEN
                    value=form.visit_seen.clone()
                    error=wrong(&errors, "visit_seen")
                    rows=3
                />
            </details>
            {outcome(&form, &errors, options.is_change)}
            <div class="note-form__end">
                <button class="button" type="submit">
                    {icon("#i-good")}
                    {words::SAVE}
                </button>
                {options.draft.as_ref().map(draft_buttons)}
            </div>
        </form>
        {script(&options.script)}
    }
    .into_any()
}

/// Which station a record is for, where there are several.
#[component]
pub fn StationChoiceView(stations: Options) -> AnyView {
    view! {
        {page_head(words::NEW.to_owned(), words::NEW_LEAD)}
        <form class="form" method="get" action="/desk/ledger/new" novalidate=true>
            <SelectField name="station" label=words::STATION none=common::CHOOSE value=String::new() options=stations />
            <button class="button" type="submit">
                {words::STATION_NEXT}
            </button>
        </form>
    }
    .into_any()
}
