//! Paper ledgers: a template, a look at what a file would give, and keeping it. The file travels in the page's own form:
//! nothing of it lies anywhere before it is confirmed.

use super::frame::Page;
use super::ledger::attachment;
use super::posted::Posted;
use super::problem::{PageResult, belongs_to_form, form_errors};
use super::visit::Visit;
use crate::access as roles;
use crate::actions::ledger_access as access;
use crate::actions::ledger_import::{self as actions, Paper};
use crate::load::people;
use crate::problem::{ApiError, ApiResult};
use crate::sheets::{self, Cell};
use crate::state::AppState;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use liaison_domain::ledger::{Column, RowFault};
use liaison_store::people::Account;
use liaison_store::receptions::{Imported, KeptImport};
use liaison_web::components::{Errors, Options};
use liaison_web::i18n::dates;
use liaison_web::i18n::desk::ledger as words;
use liaison_web::i18n::zh::common::ERROR_PREFIX;
use liaison_web::views::ledger::{PaperForm, PaperRow, PaperStep, PaperView};

/// Largest posted form, in bytes: enough to say of a large file that it is too large.
pub const BODY: usize = 8 << 20;
/// Rows shown of what would be kept.
const SHOWN: usize = 5;

/// A file is asked for.
pub async fn show(State(state): State<AppState>, visit: Visit) -> PageResult {
    let Ok(account) = roles::clerk(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let form = PaperForm::default();
    Ok(page(&state, &visit, account, form, PaperStep::Choose, Errors::default()).await?)
}

/// A file was chosen, or what it gives is to be kept, or its bad rows are to be mended.
pub async fn act(State(state): State<AppState>, visit: Visit, request: Request) -> PageResult {
    let posted = Posted::read(&state, &visit, request).await?;
    let account = roles::clerk(&visit.viewer)?;
    let mut form = PaperForm {
        station: posted.get("station").to_owned(),
        file_name: posted.get("file_name").to_owned(),
        data: posted.get("data").to_owned(),
    };
    match done(&state, &visit, &posted, &mut form).await {
        Ok(Done::Step(step)) => Ok(page(&state, &visit, account, form, step, Errors::default()).await?),
        Ok(Done::File(response)) => Ok(response),
        Err(error) if belongs_to_form(&error) => {
            Ok(page(&state, &visit, account, form, PaperStep::Choose, form_errors(error)).await?)
        }
        Err(error) => Err(error.into()),
    }
}

enum Done {
    Step(PaperStep),
    File(Response),
}

async fn done(state: &AppState, visit: &Visit, posted: &Posted, form: &mut PaperForm) -> ApiResult<Done> {
    let bytes = match &posted.sheet {
        Some((_, None)) => return Err(ApiError::field_limit("file", "too_big", actions::BYTES as u64)),
        Some((name, Some(bytes))) => {
            form.file_name.clone_from(name);
            form.data = actions::encoded(bytes);
            bytes.to_vec()
        }
        None => actions::decoded(&form.data)?,
    };
    let paper = actions::read(state, &visit.viewer, &form.station, &form.file_name, bytes).await?;
    if let Some(known) = &paper.known {
        return Ok(Done::Step(PaperStep::Done(known_words(state, known))));
    }
    Ok(match posted.wish().0 {
        "keep" => Done::Step(PaperStep::Done(
            match actions::keep(state, &visit.viewer, &paper).await? {
                Imported::Kept(kept) => words::kept(kept.kept, kept.passed_over),
                Imported::Known(known) => known_words(state, &known),
            },
        )),
        "bad" => Done::File(attachment("ledger-to-mend.csv", bad_rows(&paper))),
        _ => Done::Step(preview(&paper)),
    })
}

fn known_words(state: &AppState, known: &KeptImport) -> String {
    words::known(&dates::long_date(known.at, state.now()), known.kept)
}

fn preview(paper: &Paper) -> PaperStep {
    let row = |(_, row): &(u32, liaison_domain::ledger::SheetRow)| PaperRow {
        date: row.date.iso(),
        visitor: row.content.visitor.clone(),
        deputies: row
            .content
            .deputies
            .iter()
            .map(|one| one.name.as_str())
            .collect::<Vec<_>>()
            .join("、"),
        topic: row.content.topic.clone(),
    };
    let of_row = |(row, faults): &(u32, Vec<RowFault>)| {
        let row = *row;
        faults
            .iter()
            .map(move |fault| (row, fault.column, fault.code))
            .collect::<Vec<_>>()
    };
    PaperStep::Preview {
        station: paper.station.name.clone(),
        good: paper.good.len(),
        bad: paper.bad.len(),
        first: paper.good.iter().take(SHOWN).map(row).collect(),
        faults: paper.bad.iter().flat_map(of_row).collect(),
    }
}

/// The rows to be mended as they stand in the file, with what to do beside each.
fn bad_rows(paper: &Paper) -> Vec<u8> {
    let width = paper.sheet.titles.len();
    let mut titles: Vec<&str> = paper.sheet.titles.iter().map(String::as_str).collect();
    titles.push(words::BAD_TITLE);
    let rows: Vec<Vec<Cell>> = paper
        .bad_rows()
        .map(|((_, cells), faults)| {
            let told: Vec<String> = faults
                .iter()
                .map(|fault| {
                    format!(
                        "{}：{}",
                        fault.column.title(),
                        words::cell_fault(fault.column, fault.code)
                    )
                })
                .collect();
            let cells = cells
                .iter()
                .map(String::as_str)
                .chain(std::iter::repeat(""))
                .take(width);
            cells
                .map(|cell| Cell::Text(cell.to_owned()))
                .chain([Cell::Text(told.join("；"))])
                .collect()
        })
        .collect();
    sheets::csv(&titles, &rows)
}

/// An empty ledger with an example, for Excel.
pub async fn template_xlsx(visit: Visit) -> PageResult {
    roles::clerk(&visit.viewer)?;
    let titles: Vec<(&str, f64)> = Column::ALL.iter().map(|column| (column.title(), 16.0)).collect();
    let bytes = sheets::xlsx(words::TITLE, &titles, &example());
    let bytes = bytes.map_err(|error| ApiError::internal("writing a table", error))?;
    Ok(attachment("ledger-template.xlsx", bytes))
}

/// The same as CSV.
pub async fn template_csv(visit: Visit) -> PageResult {
    roles::clerk(&visit.viewer)?;
    let titles: Vec<&str> = Column::ALL.iter().map(|column| column.title()).collect();
    Ok(attachment("ledger-template.csv", sheets::csv(&titles, &example())))
}

/// One row as it is meant; whoever leaves it in imports it.
fn example() -> Vec<Vec<Cell>> {
    let cell = |column: &Column| {
        let text = match column {
            Column::Date => "2019-03-05",
            Column::Visitor => "王女士",
            Column::People => "2",
            Column::Deputies => "李代表、张代表",
            Column::Topic => "（示例，请删掉这一行）路灯不亮",
            Column::Words => "学府路的路灯坏了三个星期，晚上走路看不见。",
            Column::Outcome => "当场解决",
            Column::Solved => "当天联系路灯所，第二天修好",
            _ => "",
        };
        Cell::Text(text.to_owned())
    };
    vec![Column::ALL.iter().map(cell).collect()]
}

async fn page(
    state: &AppState,
    visit: &Visit,
    account: &Account,
    form: PaperForm,
    step: PaperStep,
    errors: Errors,
) -> ApiResult<Response> {
    let directory = state.directory().await?;
    let own = access::stations(state, account).await?;
    let cards = directory.stations.iter().map(|station| &station.card);
    let cards = cards.filter(|card| own.contains(&card.id));
    let stations: Options = vec![(
        String::new(),
        cards.map(|card| (card.slug.clone(), card.name.clone())).collect(),
    )];
    // Where there is one station only, it is chosen.
    let mut form = form;
    if let [(_, items)] = stations.as_slice()
        && let [(only, _)] = items.as_slice()
        && form.station.is_empty()
    {
        form.station.clone_from(only);
    }
    let mut page = Page::new(words::IMPORT);
    if !errors.is_empty() {
        page = Page::new([ERROR_PREFIX, words::IMPORT].concat()).status(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let me = people::me(state, account).await?;
    Ok(page.show_desk(state, visit, me, move || {
        view! { <PaperView form=form stations=stations step=step errors=errors /> }.into_any()
    }))
}
