//! The ledger as a list, and as a table to be printed.

use super::record::{chip, letter, names};
use super::{print_button, script};
use crate::components::{Options, SelectField, TextField, back_link, empty, list, page_count, page_head, tone_chip};
use crate::i18n::dates;
use crate::i18n::desk::ledger as words;
use crate::i18n::zh::common;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{Ledger, LedgerRecord, LedgerTotals};
use liaison_domain::ledger::RecordOutcome;

/// The conditions as they stand in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LedgerForm {
    /// Words or a number.
    pub q: String,
    /// Slug.
    pub station: String,
    /// Slug.
    pub deputy: String,
    /// `YYYY-MM-DD`.
    pub from: String,
    /// `YYYY-MM-DD`.
    pub to: String,
    /// Code of a [`RecordOutcome`].
    pub outcome: String,
    /// `yes` or `no`.
    pub historic: String,
    /// Id of a reception.
    pub session: String,
    /// All of them as a query, `?` at its beginning; empty for none.
    pub query: String,
}

/// What can be chosen, and what the reader may do.
#[derive(Clone, Debug, Default)]
pub struct LedgerChoices {
    /// By slug; empty where there is one station only.
    pub stations: Options,
    /// By slug; empty for a deputy, who reads what they received themselves.
    pub deputies: Options,
    /// Writes records.
    pub may_write: bool,
    /// Takes paper ledgers over.
    pub may_import: bool,
    /// Where the reader's letters are.
    pub home: String,
    /// Receptions of today and the next days, for whoever receives there: address of the counter, and in words.
    pub receptions: Vec<(String, String)>,
    /// Address of the script beside the page.
    pub script: String,
}

fn figures(totals: &LedgerTotals) -> AnyView {
    let one = |(what, value, base): (&'static str, String, String)| {
        view! {
            <div class="ledger-figures__one">
                <dt>{what}</dt>
                <dd class="ledger-figures__value">{value}</dd>
                <dd class="ledger-figures__base">{base}</dd>
            </div>
        }
        .into_any()
    };
    let all = words::totals(totals).into_iter().map(one).collect_view();
    view! { <dl class="ledger-figures">{all}</dl> }.into_any()
}

fn filters(form: &LedgerForm, choices: &LedgerChoices) -> AnyView {
    let outcomes = RecordOutcome::ALL.iter();
    let outcomes = outcomes.map(|one| (one.code().to_owned(), words::outcome(*one).to_owned()));
    let outcomes: Options = vec![(String::new(), outcomes.collect())];
    let historic = [("yes", words::HISTORIC_ONLY), ("no", words::HISTORIC_NOT)];
    let historic = historic.map(|(value, words)| (value.to_owned(), words.to_owned()));
    let historic: Options = vec![(String::new(), historic.to_vec())];
    let select = |name: &'static str, label: &'static str, value: &str, options: &Options| {
        let (value, options) = (value.to_owned(), options.clone());
        (!options.is_empty()).then(|| {
            view! { <SelectField name=name label=label value=value none=words::ANY options=options /> }.into_any()
        })
    };
    let session =
        (!form.session.is_empty()).then(|| view! { <input type="hidden" name="session" value=form.session.clone() /> });
    let clear = (!form.query.is_empty())
        .then(|| view! { <a class="button button--second" href="/desk/ledger">{common::CLEAR}</a> });
    view! {
        <form class="ledger-filter print-hide" method="get" action="/desk/ledger" role="search">
            {session}
            <TextField name="q" label=words::SEARCH kind="search" value=form.q.clone() />
            {select("station", words::WHERE, &form.station, &choices.stations)}
            {select("deputy", words::DEPUTY, &form.deputy, &choices.deputies)}
            <TextField name="from" label=words::FROM kind="date" value=form.from.clone() />
            <TextField name="to" label=words::TO kind="date" value=form.to.clone() />
            {select("outcome", words::OUTCOME_SHORT, &form.outcome, &outcomes)}
            {select("historic", words::HISTORIC, &form.historic, &historic)}
            <p class="buttons">
                <button class="button" type="submit">
                    {words::APPLY}
                </button>
                {clear}
            </p>
        </form>
    }
    .into_any()
}

fn row(record: &LedgerRecord, home: &str, now: Millis) -> AnyView {
    let historic = record.historic.then(|| tone_chip("quiet", "#i-clock", words::HISTORIC));
    let visitor = Some(record.content.visitor.clone()).filter(|visitor| !visitor.is_empty());
    let visitor = visitor.map(|visitor| view! { <span>{visitor}</span> });
    let by = names(record);
    let by = (!by.is_empty()).then(|| view! { <span>{by}</span> });
    let said = Some(record.content.words.clone()).filter(|said| !said.is_empty());
    let said = said.map(|said| view! { <p class="row__excerpt">{said}</p> });
    view! {
        <li class="row">
            <a class="row__title" href=format!("/desk/ledger/{}", record.id)>
                {record.content.topic.clone()}
            </a>
            {said}
            <p class="row__meta">
                {chip(record)} {historic} {letter(record, home)} {visitor} {by}
                <time datetime=record.date.clone()>{dates::spoken_day(&record.date, now)}</time>
                <span>{record.no.clone()}</span>
            </p>
        </li>
    }
    .into_any()
}

fn with(query: &str, address: &str) -> String {
    [address, query].concat()
}

/// The page.
#[component]
pub fn LedgerView(data: Ledger, form: LedgerForm, choices: LedgerChoices, now: Millis) -> AnyView {
    let rows = if data.items.is_empty() {
        let none = if form.query.is_empty() {
            words::NONE_YET
        } else {
            words::NONE
        };
        empty(none, None)
    } else {
        list(
            data.items
                .iter()
                .map(|record| row(record, &choices.home, now))
                .collect(),
        )
    };
    let more = data.next_cursor.as_ref().map(|cursor| {
        let sign = if form.query.is_empty() { '?' } else { '&' };
        let href = format!("/desk/ledger{}{sign}cursor={cursor}", form.query);
        view! {
            <nav class="pager" aria-label=common::MORE>
                <a class="button button--second" href=href>
                    {common::MORE}
                </a>
            </nav>
        }
    });
    let link = |may: bool, href: String, words: &'static str| {
        may.then(|| view! { <a class="button button--second" href=href>{words}</a> }.into_any())
    };
    let query = form.query.as_str();
    let counters = choices
        .receptions
        .iter()
        .map(|(href, words)| view! { <li><a class="link" href=href.clone()>{words.clone()}</a></li> }.into_any());
    let counters = (!choices.receptions.is_empty()).then(|| {
        view! {
            <section>
                <h2>{words::NEXT_RECEPTIONS}</h2>
                <ul>{counters.collect_view()}</ul>
            </section>
        }
    });
    view! {
        <div class="ledger">
            {page_head(words::TITLE.to_owned(), words::LEAD)}
            {figures(&data.totals)}
            <p class="buttons">
                {link(choices.may_write, "/desk/ledger/new".to_owned(), words::ADD)}
                {link(choices.may_import, "/desk/ledger/import".to_owned(), words::IMPORT)}
                {link(true, with(query, "/desk/ledger/export.xlsx"), words::EXPORT_XLSX)}
                {link(true, with(query, "/desk/ledger/export.csv"), words::EXPORT_CSV)}
                {link(true, with(query, "/desk/ledger/print"), words::PRINT_TABLE)}
            </p>
            {filters(&form, &choices)}
            {page_count(common::total(data.totals.all, words::HAS_WORDS))}
            {rows}
            {more}
            {counters}
        </div>
    }
    .into_any()
}

/// The same as a table, A4 across.
#[component]
pub fn LedgerPrintView(data: Ledger, form: LedgerForm, choices: LedgerChoices) -> AnyView {
    let head = [
        words::NO,
        words::WHEN,
        words::WHERE,
        words::VISITOR_SHORT,
        words::DEPUTIES_SHORT,
        words::TOPIC_SHORT,
        words::WORDS_SHORT,
        words::OUTCOME_SHORT,
    ];
    let head = head.map(|title| view! { <th scope="col">{title}</th> }.into_any());
    let head: Vec<AnyView> = head.into_iter().collect();
    let row = |record: &LedgerRecord| {
        let content = &record.content;
        let mut visitor = content.visitor.clone();
        if content.people > 1 {
            visitor = format!("{visitor} {}", words::people(content.people));
        }
        let phone = record.phone_masked.clone().unwrap_or_default();
        let mut became = words::outcome(content.outcome).to_owned();
        if let Some(letter) = &record.letter {
            became = format!("{became} {}", letter.no);
        }
        if !content.solved.is_empty() {
            became = format!("{became}：{}", content.solved);
        }
        view! {
            <tr>
                <td>{record.no.clone()}</td>
                <td>{record.date.clone()}</td>
                <td>{record.station.name.clone()}</td>
                <td>{visitor} " " {phone}</td>
                <td>{names(record)}</td>
                <td>{content.topic.clone()}</td>
                <td>{content.words.clone()}</td>
                <td>{became}</td>
            </tr>
        }
        .into_any()
    };
    let rows = data.items.iter().map(row).collect_view();
    let not_all = ((data.items.len() as u64) < data.totals.all).then(|| view! { <p>{words::NOT_ALL}</p> });
    view! {
        <div class="ledger-print">
            <div class="print-hide">{back_link(with(&form.query, "/desk/ledger"), words::TO_LEDGER)}</div>
            {page_head(words::TITLE.to_owned(), "")}
            {figures(&data.totals)}
            {not_all}
            {print_button()}
            <div class="ledger-print__scroll" tabindex="0" role="region" aria-label=words::TITLE>
                <table class="ledger-table">
                    <thead>
                        <tr>{head}</tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            {script(&choices.script)}
        </div>
    }
    .into_any()
}
