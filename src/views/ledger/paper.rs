//! Paper ledgers: choose a file, see what it would give, keep it.

use super::{summary, wrong};
use crate::components::{Errors, Options, SelectField, back_link, error_line, notice, page_head};
use crate::i18n::desk::ledger as words;
use crate::i18n::zh::common;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::ledger::Column;

/// Faults listed on the page; all of them are in the file to download.
const LISTED: usize = 100;

/// The file of a preview, as its form carries it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaperForm {
    /// Slug.
    pub station: String,
    /// As the browser called it.
    pub file_name: String,
    /// The file itself, in base64.
    pub data: String,
}

/// A row that can be kept, for a look.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaperRow {
    /// `YYYY-MM-DD`.
    pub date: String,
    /// Who came.
    pub visitor: String,
    /// Who received.
    pub deputies: String,
    /// What it was about.
    pub topic: String,
}

/// How far it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum PaperStep {
    /// A file is asked for.
    #[default]
    Choose,
    /// What it would give; nothing is kept.
    Preview {
        /// The station's name.
        station: String,
        /// How many rows can be kept.
        good: usize,
        /// How many cannot.
        bad: usize,
        /// The first of the good ones.
        first: Vec<PaperRow>,
        /// Row, column, in which way it is wrong.
        faults: Vec<(u32, Column, &'static str)>,
    },
    /// What was kept, or that it was kept before; in words.
    Done(String),
}

fn choose(form: &PaperForm, stations: Options, errors: &Errors) -> AnyView {
    let error = wrong(errors, "file");
    view! {
        <p>{words::IMPORT_LIMITS}</p>
        <p class="buttons">
            <a class="button button--second" href="/desk/ledger/template.xlsx">
                {words::TEMPLATE_XLSX}
            </a>
            <a class="button button--second" href="/desk/ledger/template.csv">
                {words::TEMPLATE_CSV}
            </a>
        </p>
        <form class="form" method="post" action="/desk/ledger/import" enctype="multipart/form-data" novalidate=true>
            <SelectField
                name="station"
                label=words::STATION
                value=form.station.clone()
                none=common::CHOOSE
                options=stations
                error=wrong(errors, "station")
            />
            <div class=if error.is_some() { "field field--error" } else { "field" }>
                <label class="field__label" for="file">
                    {words::FILE}
                </label>
                {error_line("file", error.as_ref())}
                <input
                    class="field__file"
                    type="file"
                    id="file"
                    name="sheet"
                    accept=".xlsx,.csv,.txt"
                    aria-describedby=error.is_some().then_some("file-error")
                    aria-invalid=error.is_some().then_some("true")
                />
            </div>
            <button class="button" type="submit">
                {words::LOOK}
            </button>
        </form>
    }
    .into_any()
}

fn fault_table(faults: &[(u32, Column, &'static str)]) -> Option<AnyView> {
    if faults.is_empty() {
        return None;
    }
    let rows = faults.iter().take(LISTED).map(|(row, column, code)| {
        view! {
            <tr>
                <td>{row.to_string()}</td>
                <td>{column.title()}</td>
                <td>{words::cell_fault(*column, code)}</td>
            </tr>
        }
        .into_any()
    });
    let rest = faults.len().saturating_sub(LISTED);
    let rest = (rest > 0).then(|| view! { <p>{words::more_faults(rest)}</p> });
    Some(
        view! {
            <h2>{words::BAD_ROWS}</h2>
            <table class="ledger-table">
                <thead>
                    <tr>
                        <th scope="col">{words::ROW}</th>
                        <th scope="col">{words::COLUMN}</th>
                        <th scope="col">{words::WHAT}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
            {rest}
        }
        .into_any(),
    )
}

fn preview(form: PaperForm, step: PaperStep) -> AnyView {
    let PaperStep::Preview {
        station,
        good,
        bad,
        first,
        faults,
    } = step
    else {
        return ().into_any();
    };
    let row = |row: &PaperRow| {
        view! {
            <tr>
                <td>{row.date.clone()}</td>
                <td>{row.visitor.clone()}</td>
                <td>{row.deputies.clone()}</td>
                <td>{row.topic.clone()}</td>
            </tr>
        }
        .into_any()
    };
    let first = (!first.is_empty()).then(|| {
        view! {
            <h2>{words::FIRST_ROWS}</h2>
            <table class="ledger-table">
                <thead>
                    <tr>
                        <th scope="col">{words::WHEN}</th>
                        <th scope="col">{words::VISITOR_SHORT}</th>
                        <th scope="col">{words::DEPUTIES_SHORT}</th>
                        <th scope="col">{words::TOPIC_SHORT}</th>
                    </tr>
                </thead>
                <tbody>{first.iter().map(row).collect_view()}</tbody>
            </table>
        }
    });
    let keep = (good > 0).then(|| {
        view! {
            <button class="button" type="submit" name="do" value="keep">
                {words::keep(good, bad)}
            </button>
        }
    });
    let download = (bad > 0).then(|| {
        view! {
            <button class="button button--second" type="submit" name="do" value="bad">
                {words::BAD_FILE}
            </button>
        }
    });
    let said = words::found(&form.file_name, &station, good, bad);
    view! {
        {notice(if bad == 0 { "good" } else { "warn" }, said)}
        <form class="buttons" method="post" action="/desk/ledger/import">
            <input type="hidden" name="station" value=form.station />
            <input type="hidden" name="file_name" value=form.file_name />
            <input type="hidden" name="data" value=form.data />
            {keep}
            {download}
            <a class="button button--second" href="/desk/ledger/import">
                {words::ANOTHER}
            </a>
        </form>
        {fault_table(&faults)}
        {first}
    }
    .into_any()
}

/// The page.
#[component]
pub fn PaperView(form: PaperForm, stations: Options, step: PaperStep, #[prop(optional)] errors: Errors) -> AnyView {
    let (title, body) = match step {
        PaperStep::Choose => (words::IMPORT, choose(&form, stations, &errors)),
        PaperStep::Done(said) => {
            let links = view! {
                {notice("good", said)}
                <p class="buttons">
                    <a class="button" href="/desk/ledger?historic=yes">
                        {words::HISTORIC_ONLY}
                    </a>
                    <a class="button button--second" href="/desk/ledger/import">
                        {words::ANOTHER}
                    </a>
                </p>
            };
            (words::KEPT_TITLE, links.into_any())
        }
        step @ PaperStep::Preview { .. } => (words::PREVIEW, preview(form, step)),
    };
    view! {
        {summary(&errors)}
        {back_link("/desk/ledger".to_owned(), words::TO_LEDGER)}
        {page_head(title.to_owned(), if title == words::IMPORT { words::IMPORT_LEAD } else { "" })}
        {body}
    }
    .into_any()
}
