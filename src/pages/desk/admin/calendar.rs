//! `/desk/admin/calendar`: the days that differ from their weekday, a year at a time; adding, removing, importing.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_query_map;
use liaison_domain::dto::{CalendarDayChange, CalendarImportResult, CalendarYear};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};

use super::super::here::Desk;
use super::{Trouble, described, field, loaded, may_change, page};
use crate::api::{self, admin as calls};
use crate::components::notice;
use crate::i18n::dates;
use crate::i18n::desk::admin as words;
use crate::markup::view;
use crate::pages::forms;
use crate::state::{Remote, live, nav, timers};
use crate::views::desk::{calendar_days, import_preview};

/// Ids of the controls for one day begin with it.
const DAY: &str = "day-";
/// The same of the import.
const IMPORT: &str = "import-";
/// The page.
pub fn calendar(desk: Desk) -> AnyView {
    let query = use_query_map();
    let year = Memo::new(move |_| query.with(|query| query.get("year").unwrap_or_default()));
    let days: Remote<CalendarYear> = Remote::new(move || {
        desk.logged_in_again.track();
        Some(calls::calendar_path(&year.get()))
    });
    page(desk, words::CALENDAR, words::CALENDAR_LEAD, move || {
        let forms = move || {
            may_change(desk).then(|| {
                view! {
                    {add(desk, days)}
                    {import(desk, days)}
                }
            })
        };
        view! {
            {loaded(desk, days, move |year| year_view(desk, days, &year))}
            {forms}
        }
        .into_any()
    })
}

fn year_view(desk: Desk, source: Remote<CalendarYear>, year: &CalendarYear) -> AnyView {
    let mut years = year.years.clone();
    years.extend([year.year - 1, year.year, year.year + 1]);
    years.sort_unstable();
    years.dedup();
    let shown = year.year;
    let link = move |of: i32| {
        let href = ["/desk/admin/calendar", &api::query(&[("year", Some(&of.to_string()))])].concat();
        view! {
            <li><a class="admin__year" href=href aria-current=(of == shown).then_some("page")>{words::year(of)}</a></li>
        }
        .into_any()
    };
    let nation = (!year.own).then(|| notice("info", words::NATION.to_owned()));
    let empty = year.days.is_empty().then(|| view! { <p>{words::NO_DAYS}</p> });
    let trouble = Trouble::new();
    let remove = move |event: ev::SubmitEvent| {
        let Some(sent) = forms::take(&event) else { return };
        let ("remove", date) = sent.wish() else { return };
        let date = date.to_owned();
        spawn_local(async move {
            match calls::remove_day(&date).await {
                Ok(()) => {
                    live::say(&words::removed(&dates::spoken_day(&date, timers::now())));
                    source.reload();
                    nav::focus("#calendar-days");
                }
                Err(error) => trouble.refused(desk, DAY, &error),
            }
        });
    };
    view! {
        <nav aria-label=words::YEARS>
            <ul class="admin__years">{years.into_iter().map(link).collect_view()}</ul>
        </nav>
        {nation}
        <form method="post" action="/desk/admin/calendar" on:submit=remove>
            <h2 id="calendar-days" tabindex="-1">{words::year(shown)}</h2>
            {trouble.summary()}
            {empty}
            {calendar_days(&year.days, may_change(desk), timers::now())}
        </form>
    }
    .into_any()
}

fn add(desk: Desk, remote: Remote<CalendarYear>) -> AnyView {
    let trouble = Trouble::new();
    let busy = RwSignal::new(false);
    let submit = move |event: ev::SubmitEvent| {
        let Some(sent) = forms::take(&event) else { return };
        if busy.get_untracked() {
            return;
        }
        trouble.clear();
        let date = sent.get("date").trim().to_owned();
        if date.is_empty() {
            trouble.at(DAY, "date", words::wrong("date", "required"));
            return;
        }
        let change = CalendarDayChange {
            is_workday: sent.get("is_workday") == "true",
            name: sent.get("name").to_owned(),
        };
        busy.set(true);
        spawn_local(async move {
            let outcome = calls::put_day(&date, &change).await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(kept) => {
                    live::say(&words::added(&dates::spoken_day(&kept.date, timers::now())));
                    remote.reload();
                }
                // A date that cannot be is an address that is not there.
                Err(error) if error.status() == Some(404) => {
                    trouble.at(DAY, "date", words::wrong("date", "invalid"));
                }
                Err(error) => trouble.refused(desk, DAY, &error),
            }
        });
    };
    let invalid = move |name: &'static str| move || trouble.of(name).map(|_| "true");
    let date = view! {
        <input class="field__control field__control--short" type="date" id="day-date" name="date" min="2000-01-01"
            max="2099-12-31" aria-describedby=described(trouble, DAY, "date", false) aria-invalid=invalid("date")/>
    }
    .into_any();
    let kind = view! {
        <select class="field__control field__control--short" id="day-is_workday" name="is_workday"
            aria-describedby=described(trouble, DAY, "is_workday", false) aria-invalid=invalid("is_workday")>
            <option value="false">{words::OFF_LONG}</option>
            <option value="true">{words::WORKED_LONG}</option>
        </select>
    }
    .into_any();
    let name = view! {
        <input class="field__control field__control--short" id="day-name" name="name" autocomplete="off"
            aria-describedby=described(trouble, DAY, "name", true) aria-invalid=invalid("name")/>
    }
    .into_any();
    view! {
        <section class="admin__part" aria-labelledby="add-title">
            <h2 id="add-title">{words::ADD_TITLE}</h2>
            <form method="post" action="/desk/admin/calendar" novalidate on:submit=submit>
                {trouble.summary()}
                {field(trouble, DAY, "date", words::ADD_DATE, "", date)}
                {field(trouble, DAY, "is_workday", words::ADD_KIND, "", kind)}
                {field(trouble, DAY, "name", words::ADD_NAME, words::ADD_NAME_HINT, name)}
                <button type="submit" class="button">
                    {move || if busy.get() { words::SAVING } else { words::ADD }}
                </button>
            </form>
        </section>
    }
    .into_any()
}

/// Puts a chosen file's text into the form, where it can be read and mended.
fn read_file(event: &ev::Event, trouble: Trouble) {
    let input: Option<HtmlInputElement> = event.target().and_then(|target| target.dyn_into().ok());
    let Some(file) = input.and_then(|input| input.files()).and_then(|files| files.get(0)) else {
        return;
    };
    trouble.clear();
    spawn_local(async move {
        let read = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
        match read {
            None => trouble.at(IMPORT, "file", words::IMPORT_UNREADABLE.to_owned()),
            // What a spreadsheet saved in another encoding looks like.
            Some(text) if text.contains('\u{fffd}') => trouble.at(IMPORT, "file", words::IMPORT_NOT_UTF8.to_owned()),
            Some(text) => {
                let area = document().get_element_by_id("import-text");
                if let Some(area) = area.and_then(|area| area.dyn_into::<HtmlTextAreaElement>().ok()) {
                    area.set_value(&text);
                }
            }
        }
    });
}

fn import(desk: Desk, remote: Remote<CalendarYear>) -> AnyView {
    let trouble = Trouble::new();
    let busy = RwSignal::new(false);
    // What the text would do, and the text that was asked about.
    let told = RwSignal::new(None::<(String, CalendarImportResult)>);
    let submit = move |event: ev::SubmitEvent| {
        let Some(sent) = forms::take(&event) else { return };
        if busy.get_untracked() {
            return;
        }
        trouble.clear();
        let text = sent.get("text").to_owned();
        if text.trim().is_empty() {
            trouble.at(IMPORT, "text", words::IMPORT_EMPTY.to_owned());
            return;
        }
        // What was changed since is looked at first.
        let seen = told.with_untracked(|told| told.as_ref().is_some_and(|(asked, _)| *asked == text));
        let dry_run = !(sent.get("do") == "keep" && seen);
        busy.set(true);
        spawn_local(async move {
            let outcome = calls::import(text.clone(), dry_run).await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(result) if result.kept => {
                    live::say(&words::imported(&result));
                    let _ = told.try_set(None);
                    remote.reload();
                    nav::focus("#calendar-days");
                }
                Ok(result) => {
                    let _ = told.try_set(Some((text, result)));
                    timers::next_frame(|| nav::focus("#import-preview"));
                }
                Err(error) => trouble.refused(desk, IMPORT, &error),
            }
        });
    };
    let file = view! {
        <input class="field__control" type="file" id="import-file" accept=".ics,.csv,.txt,text/calendar,text/csv,text/plain"
            aria-describedby=described(trouble, IMPORT, "file", false) on:change=move |event| read_file(&event, trouble)/>
    }
    .into_any();
    let text = view! {
        <textarea class="field__control field__control--area" id="import-text" name="text" rows="5" spellcheck="false"
            aria-describedby=described(trouble, IMPORT, "text", true)
            aria-invalid=move || trouble.of("text").map(|_| "true")></textarea>
    }
    .into_any();
    let preview = move || {
        told.get().map(|(_, result)| {
            let keep = (!result.rows.is_empty()).then(|| {
                view! { <button type="submit" class="button" name="do" value="keep">{words::IMPORT_KEEP}</button> }
            });
            view! {
                {import_preview(&result, timers::now())}
                {keep}
            }
        })
    };
    view! {
        <section class="admin__part" aria-labelledby="import-title">
            <h2 id="import-title">{words::IMPORT_TITLE}</h2>
            <p class="field__hint">{words::IMPORT_LEAD}</p>
            <form method="post" action="/desk/admin/calendar" novalidate on:submit=submit>
                {trouble.summary()}
                {field(trouble, IMPORT, "file", words::IMPORT_FILE, "", file)}
                {field(trouble, IMPORT, "text", words::IMPORT_TEXT, words::IMPORT_TEXT_HINT, text)}
                <button type="submit" class="button button--second" name="do" value="preview">
                    {move || if busy.get() { words::SAVING } else { words::IMPORT_PREVIEW }}
                </button>
                {preview}
            </form>
        </section>
    }
    .into_any()
}
