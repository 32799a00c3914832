//! The ledger: its list, the printed table, files to take along.

use super::counter::{SCRIPT, title_of, when};
use super::frame::Page;
use super::problem::PageResult;
use super::visit::Visit;
use crate::access as roles;
use crate::actions::ledger_access as access;
use crate::http::params::Query;
use crate::load::ledger::{self as load, LedgerQuery};
use crate::load::people;
use crate::problem::{ApiError, ApiResult};
use crate::sheets::{self, Cell};
use crate::state::AppState;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use leptos::prelude::*;
use liaison_domain::calendar::{DAY_MS, date_of, minute_of_day};
use liaison_domain::dto::LedgerRecord;
use liaison_domain::lifecycle::Role;
use liaison_domain::reception::SessionState;
use liaison_store::people::Account;
use liaison_store::receptions::SessionFilter;
use liaison_web::i18n::desk::ledger as words;
use liaison_web::i18n::zh;
use liaison_web::views::ledger::{LedgerChoices, LedgerForm, LedgerPrintView, LedgerView};
use std::fmt::Write as _;

/// Days ahead whose receptions are listed, and how many.
const AHEAD: i64 = 31;
const RECEPTIONS: u64 = 8;

/// The ledger, filtered as the address says.
pub async fn list(State(state): State<AppState>, visit: Visit, Query(query): Query<LedgerQuery>) -> PageResult {
    let Ok(account) = access::reader(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let data = load::ledger(&state, &visit.viewer, &query).await?;
    let (form, choices) = around(&state, &visit, account, &query).await?;
    let (me, now) = (people::me(&state, account).await?, state.now());
    Ok(Page::new(words::TITLE).show_desk(&state, &visit, me, move || {
        view! { <LedgerView data=data form=form choices=choices now=now /> }.into_any()
    }))
}

/// The same to be printed.
pub async fn print(State(state): State<AppState>, visit: Visit, Query(query): Query<LedgerQuery>) -> PageResult {
    let Ok(account) = access::reader(&visit.viewer) else {
        return Ok(Redirect::to("/desk").into_response());
    };
    let data = load::whole(&state, &visit.viewer, &query).await?;
    let (form, choices) = around(&state, &visit, account, &query).await?;
    let me = people::me(&state, account).await?;
    Ok(Page::new(words::TITLE).show_desk(&state, &visit, me, move || {
        view! { <LedgerPrintView data=data form=form choices=choices /> }.into_any()
    }))
}

async fn around(
    state: &AppState,
    visit: &Visit,
    account: &Account,
    query: &LedgerQuery,
) -> ApiResult<(LedgerForm, LedgerChoices)> {
    let directory = state.directory().await?;
    let own = roles::stations_of(state, account).await?;
    let is_own = |id: &String| own.as_ref().is_none_or(|own| own.contains(id));
    let stations: Vec<_> = directory
        .stations
        .iter()
        .map(|station| &station.card)
        .filter(|card| is_own(&card.id))
        .collect();
    let is_deputy = account.role == Role::Deputy;
    let deputies = directory.deputies.iter().map(|deputy| &deputy.card);
    let deputies = deputies.filter(|card| stations.iter().any(|station| station.slug == card.station_slug));
    let deputies: Vec<_> = deputies.map(|card| (card.slug.clone(), card.name.clone())).collect();
    let several = stations.len() > 1 && !is_deputy;
    let stations = stations.into_iter().map(|card| (card.slug.clone(), card.name.clone()));
    let group = |items: Vec<(String, String)>| vec![(String::new(), items)];
    let may_write = access::hand(&visit.viewer).is_ok();
    let choices = LedgerChoices {
        stations: if several { group(stations.collect()) } else { Vec::new() },
        deputies: if is_deputy { Vec::new() } else { group(deputies) },
        may_write,
        may_import: roles::clerk(&visit.viewer).is_ok(),
        home: people::home_of(account.role).to_owned(),
        receptions: if may_write {
            receptions(state, account).await?
        } else {
            Vec::new()
        },
        script: state.site().file(SCRIPT).to_owned(),
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let form = LedgerForm {
        q: text(&query.q),
        station: text(&query.station),
        deputy: text(&query.deputy),
        from: text(&query.from),
        to: text(&query.to),
        outcome: text(&query.outcome),
        historic: text(&query.historic),
        session: text(&query.session),
        query: address(&query.pairs()),
    };
    Ok((form, choices))
}

/// Receptions that the account may receive at, today and in the next days.
async fn receptions(state: &AppState, account: &Account) -> ApiResult<Vec<(String, String)>> {
    let scope = access::scope(state, account).await?;
    let now = state.now();
    let filter = SessionFilter {
        // Also those that have just ended: what was said is still written down.
        from: Some(now - DAY_MS / 2),
        to: Some(now + AHEAD * DAY_MS),
        stations: scope.stations,
        deputy: account.deputy_id.clone(),
        states: vec![SessionState::Planned, SessionState::Announced],
        limit: Some(RECEPTIONS),
        ..SessionFilter::default()
    };
    let mut all = Vec::new();
    for session in state.store.sessions(&filter).await? {
        if session.kind.is_bookable() {
            let name = format!("{}：{}", title_of(&session), when(state, &session).await?);
            all.push((format!("/desk/receptions/{}/counter", session.id), name));
        }
    }
    Ok(all)
}

/// `?q=…&outcome=…`; empty for nothing.
fn address(pairs: &[(&'static str, String)]) -> String {
    let mut out = String::new();
    for (name, value) in pairs {
        out.push(if out.is_empty() { '?' } else { '&' });
        out.push_str(name);
        out.push('=');
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
                out.push(char::from(byte));
            } else {
                // Writing to a String cannot fail.
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// The columns of an exported ledger, with their widths.
const COLUMNS: &[(&str, f64)] = &[
    ("编号", 16.0),
    ("接待日期", 12.0),
    ("时间", 8.0),
    ("联络站", 18.0),
    ("排队号", 8.0),
    ("来访人", 12.0),
    ("联系电话", 14.0),
    ("人数", 6.0),
    ("接待代表", 16.0),
    ("事由", 24.0),
    ("类别", 12.0),
    ("反映内容", 48.0),
    ("接待记录", 36.0),
    ("走访地点", 16.0),
    ("走访情况", 24.0),
    ("处理方式", 10.0),
    ("当场怎么解决的", 24.0),
    ("意见编号", 16.0),
    ("意见状态", 12.0),
    ("历史台账", 10.0),
];

fn cells(record: &LedgerRecord) -> Vec<Cell> {
    let text = |text: &str| Cell::Text(text.to_owned());
    let content = &record.content;
    let minutes = minute_of_day(record.at);
    let time = if record.historic {
        String::new()
    } else {
        format!("{}:{:02}", minutes / 60, minutes % 60)
    };
    let names: Vec<&str> = content.deputies.iter().map(|one| one.name.as_str()).collect();
    let letter = record.letter.as_ref();
    vec![
        text(&record.no),
        text(&record.date),
        Cell::Text(time),
        text(&record.station.name),
        record
            .queue_no
            .map_or_else(|| text(""), |no| Cell::Number(f64::from(no))),
        text(&content.visitor),
        text(record.phone_masked.as_deref().unwrap_or_default()),
        Cell::Number(f64::from(content.people)),
        Cell::Text(names.join("、")),
        text(&content.topic),
        text(record.category_name.as_deref().unwrap_or_default()),
        text(&content.words),
        text(&content.notes),
        text(&content.visit_place),
        text(&content.visit_seen),
        text(words::outcome(content.outcome)),
        text(&content.solved),
        text(letter.map_or("", |letter| &letter.no)),
        text(letter.map_or("", |letter| zh::case::state(letter.state))),
        text(if record.historic { "是" } else { "否" }),
    ]
}

/// As a file for Excel.
pub async fn export_xlsx(State(state): State<AppState>, visit: Visit, Query(query): Query<LedgerQuery>) -> PageResult {
    let rows = exported(&state, &visit, &query, "xlsx").await?;
    let bytes = tokio::task::spawn_blocking(move || sheets::xlsx(words::TITLE, COLUMNS, &rows))
        .await
        .map_err(|error| ApiError::internal("writing a table", error))?
        .map_err(|error| ApiError::internal("writing a table", error))?;
    Ok(file(&state, "xlsx", bytes))
}

/// As CSV.
pub async fn export_csv(State(state): State<AppState>, visit: Visit, Query(query): Query<LedgerQuery>) -> PageResult {
    let rows = exported(&state, &visit, &query, "csv").await?;
    let titles: Vec<&str> = COLUMNS.iter().map(|(title, _)| *title).collect();
    Ok(file(&state, "csv", sheets::csv(&titles, &rows)))
}

async fn exported(state: &AppState, visit: &Visit, query: &LedgerQuery, kind: &str) -> ApiResult<Vec<Vec<Cell>>> {
    let account = access::reader(&visit.viewer)?;
    let data = load::whole(state, &visit.viewer, query).await?;
    // Who took what along, and nothing of what it says.
    tracing::info!(
        account = account.id,
        rows = data.items.len(),
        kind,
        "the ledger was exported"
    );
    Ok(data.items.iter().map(cells).collect())
}

fn file(state: &AppState, kind: &'static str, bytes: Vec<u8>) -> Response {
    attachment(&format!("ledger-{}.{kind}", date_of(state.now()).iso()), bytes)
}

/// A file to be saved. The name is ours and plain.
pub fn attachment(name: &str, bytes: Vec<u8>) -> Response {
    let kind = match name.rsplit('.').next() {
        Some("csv") => "text/csv; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("json") => "application/json",
        _ => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, bytes).into_response()
}
