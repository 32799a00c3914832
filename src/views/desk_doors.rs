//! Doors outside at the desk: the list, and the form of one. Drawn by the server alone.

use super::desk_pages::DOORS;
use crate::components::{CheckRow, Errors, TextArea, TextField, back_link, error_summary_in, notice, page_head};
use crate::i18n::desk::doors as words;
use crate::markup::view;
use crate::views::desk_changes;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{Door, DoorChange, DoorEntry, DoorInput, Doors};

/// A door as it is typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DoorForm {
    /// Whom to turn to.
    pub name: String,
    /// What is said to residents.
    pub text: String,
    /// Empty: there is none.
    pub number: String,
    /// When somebody answers, in words.
    pub hours: String,
    /// One a line.
    pub words: String,
    /// Told to residents.
    pub active: bool,
    /// What it is decided on.
    pub version: String,
}

impl DoorForm {
    /// As it is kept.
    pub fn of(entry: &DoorEntry) -> Self {
        let door = &entry.door;
        Self {
            name: door.name.clone(),
            text: door.text.clone(),
            number: door.number.clone(),
            hours: door.hours.clone(),
            words: door.words.join("、"),
            active: entry.active,
            version: entry.version.to_string(),
        }
    }

    /// What it means.
    pub fn input(&self) -> DoorInput {
        let parts = self.words.split(['\n', '、', '，', ',']);
        let words = parts.map(|word| word.trim().to_owned()).filter(|word| !word.is_empty());
        DoorInput {
            name: self.name.clone(),
            text: self.text.clone(),
            number: self.number.clone(),
            hours: self.hours.clone(),
            words: words.collect(),
            active: self.active,
        }
    }
}

/// What stands on the form's page besides the form.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DoorPage {
    /// The door's code; empty for a new one.
    pub code: String,
    /// Set at the desk: it can be taken back.
    pub set: bool,
    /// Neither the program nor the configuration has it: taken back, it is gone.
    pub own: bool,
    /// Whether it shall be taken back is asked.
    pub asking: bool,
    /// What is wrong with the form.
    pub errors: Errors,
    /// What somebody else did meanwhile, in words.
    pub clash: Option<String>,
}

fn wrong(errors: &Errors, control: &str) -> Option<String> {
    let mut fields = errors.fields.iter();
    fields.find(|error| error.field == control).map(words::error)
}

fn row(entry: &DoorEntry, may_change: bool) -> AnyView {
    let Door {
        code,
        name,
        text,
        number,
        hours,
        words: known_by,
    } = entry.door.clone();
    let mut marks = Vec::new();
    if !entry.active {
        marks.push(words::OFF);
    }
    if entry.own {
        marks.push(words::OWN);
    } else if entry.set {
        marks.push(words::SET);
    }
    let marks = (!marks.is_empty()).then(|| view! { <span>{marks.join("，")}</span> });
    let number = if number.is_empty() {
        words::NUMBER_NONE.to_owned()
    } else {
        number
    };
    let hours = (!hours.is_empty()).then(|| view! { <span>{hours}</span> });
    let title = if may_change {
        view! { <a class="row__title" href=format!("{DOORS}/{code}")>{name}</a> }.into_any()
    } else {
        view! { <p class="row__title">{name}</p> }.into_any()
    };
    view! {
        <li class="row">
            {title}
            <p>{text}</p>
            <p class="row__meta">
                <span>{number}</span>
                {hours}
                {marks}
            </p>
            <details>
                <summary>{words::KNOWN_BY}</summary>
                <p>{known_by.join("、")}</p>
            </details>
        </li>
    }
    .into_any()
}

fn changes(all: &[DoorChange], now: Millis) -> AnyView {
    let all = all.iter().map(|change| (change.at, words::change(change)));
    desk_changes::changes(words::CHANGES, words::CHANGES_NONE, all, now)
}

/// The list.
#[component]
pub fn DoorsView(
    /// Those out of use too.
    doors: Doors,
    /// Each leads to its form.
    may_change: bool,
    /// What was just done, in words.
    done: &'static str,
    /// The server's clock.
    now: Millis,
) -> AnyView {
    let said = (!done.is_empty()).then(|| notice("good", done.to_owned()));
    let add = if may_change {
        view! {
            <p class="buttons">
                <a class="button" href=[DOORS, "/new"].concat()>
                    {words::ADD}
                </a>
            </p>
        }
        .into_any()
    } else {
        view! { <p>{words::READ_ONLY}</p> }.into_any()
    };
    let rows = doors.doors.iter().map(|entry| row(entry, may_change)).collect_view();
    view! {
        {page_head(words::TITLE.to_owned(), words::LEAD)}
        {said}
        {add}
        <ul class="rows">{rows}</ul>
        {changes(&doors.changes, now)}
    }
    .into_any()
}

fn taking_back(page: &DoorPage) -> Option<AnyView> {
    let name = if page.own { words::REMOVE } else { words::TAKE_BACK };
    if page.asking {
        let ask = if page.own {
            words::REMOVE_ASK
        } else {
            words::TAKE_BACK_ASK
        };
        return Some(
            view! {
                {notice("warn", ask.to_owned())}
                <p class="buttons">
                    <button class="button button--second" type="submit" name="do" value="sure">
                        {words::SURE} {name}
                    </button>
                    <button class="button button--second" type="submit" name="do" value="stay">
                        {words::STAY}
                    </button>
                </p>
            }
            .into_any(),
        );
    }
    page.set.then(|| {
        view! {
            <p class="buttons">
                <button class="button button--second" type="submit" name="do" value="ask">
                    {name}
                </button>
            </p>
        }
        .into_any()
    })
}

/// The form of one door.
#[component]
pub fn DoorFormView(
    /// As kept or typed.
    form: DoorForm,
    /// What stands around it.
    page: DoorPage,
) -> AnyView {
    let errors = &page.errors;
    let (title, place) = if page.code.is_empty() {
        (words::NEW, "new")
    } else {
        (words::CHANGE, page.code.as_str())
    };
    let title = if form.name.is_empty() {
        title.to_owned()
    } else {
        [title, "：", &form.name].concat()
    };
    view! {
        {error_summary_in(errors, &[], words::error)}
        {back_link(DOORS.to_owned(), words::BACK)}
        {page_head(title, "")}
        {page.clash.clone().map(|words| notice("warn", words))}
        <form class="form" method="post" action=format!("{DOORS}/{place}") novalidate=true>
            <input type="hidden" name="version" value=form.version />
            <TextField
                name="name"
                label=words::NAME
                hint=words::NAME_HINT
                value=form.name
                error=wrong(errors, "name")
            />
            <TextArea
                name="text"
                label=words::TEXT
                hint=words::TEXT_HINT
                value=form.text
                error=wrong(errors, "text")
                rows=3
            />
            <TextField
                name="number"
                label=words::NUMBER
                hint=words::NUMBER_HINT
                value=form.number
                error=wrong(errors, "number")
                optional=true
                inputmode="tel"
            />
            <TextField
                name="hours"
                label=words::HOURS
                hint=words::HOURS_HINT
                value=form.hours
                error=wrong(errors, "hours")
                optional=true
            />
            <TextArea
                name="words"
                label=words::WORDS
                hint=words::WORDS_HINT
                value=form.words
                error=wrong(errors, "words")
                rows=5
            />
            <CheckRow
                name="active"
                id="active".to_owned()
                value="yes".to_owned()
                words=words::ACTIVE.to_owned()
                checked=form.active
            />
            <button class="button" type="submit" name="do" value="save">
                {words::SAVE}
            </button>
            {taking_back(&page)}
        </form>
    }
    .into_any()
}
