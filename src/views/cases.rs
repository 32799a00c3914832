use super::deputies::{href, select_box, select_field};
use super::stations::search_box;
use crate::components::{
    Audience, DeputyTag, Timeline, back_link, case_row, empty, list, notice, outcome_chip, page_count, page_head,
    pager, paragraphs, pictures, tone_chip,
};
use crate::i18n::zh::{case as words, common, guidance};
use crate::i18n::{dates, zh};
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{CaseFilter, CaseList, CasePage, PublicAnswer, counted};

/// The address of the list of published copies with a filter.
pub fn cases_href(filter: &CaseFilter) -> String {
    href(
        "/cases",
        &[
            ("category", &filter.category),
            ("area", &filter.area),
            ("q", &filter.q),
            ("cursor", &filter.cursor),
        ],
    )
}

/// Published copies, newest answer first.
#[component]
pub fn CasesView(data: CaseList, now: Millis) -> AnyView {
    let filter = data.filter;
    let tops = data
        .categories
        .iter()
        .filter(|category| category.parent_id.is_none() && category.stopper.is_none())
        .map(|category| (category.slug.clone(), category.name.clone()))
        .collect();
    let areas = data
        .areas
        .iter()
        .map(|area| (area.code.clone(), area.name.clone()))
        .collect();
    let mut keep_search = Vec::new();
    keep_search.extend(filter.category.clone().map(|v| ("category", v)));
    keep_search.extend(filter.area.clone().map(|v| ("area", v)));
    let keep_select = filter.q.clone().map(|q| vec![("q", q)]).unwrap_or_default();
    let any = filter.category.is_some() || filter.area.is_some() || filter.q.is_some();
    let shown = data.items.len();
    let rows = if data.items.is_empty() {
        empty(words::CASES_NONE, Some(("/write".into(), zh::write::TITLE)))
    } else {
        list(data.items.iter().map(|card| case_row(card, now)).collect())
    };
    let next = data.next_cursor.map(|cursor| {
        cases_href(&CaseFilter {
            cursor: Some(cursor),
            ..filter.clone()
        })
    });
    // The whole list is counted to its end, a search only so far.
    let total = if filter.q.is_some() {
        counted(data.total)
    } else {
        data.total.to_string()
    };
    view! {
        {page_head(words::CASES.into(), words::CASES_LEAD)}
        {search_box("/cases", words::CASES_SEARCH, filter.q.clone(), keep_search)}
        {select_box(
            vec![
                select_field("category", words::FILTER_CATEGORY, filter.category.as_ref(), tops),
                select_field("area", words::FILTER_AREA, filter.area.as_ref(), areas),
            ],
            "/cases",
            keep_select,
            any,
        )}
        {page_count(common::total(&total, "件"))}
        {rows}
        {pager(next, shown, total)}
    }
    .into_any()
}

fn public_answer(answer: PublicAnswer, deputy: Option<AnyView>, now: Millis) -> AnyView {
    let by = deputy.unwrap_or_else(|| view! { <p class="answer__unit">{answer.by.clone()}</p> }.into_any());
    view! {
        <article class="answer">
            <h2 class="answer__title">{words::ANSWER}</h2>
            {by}
            <p class="answer__at">
                <time datetime=dates::iso(answer.at)>{dates::long_date(answer.at, now)}</time>
            </p>
            {answer.outcome.map(|outcome| outcome_chip(outcome, answer.promise_date.as_ref(), now))}
            <div class="answer__body">{paragraphs(&answer.body)}</div>
        </article>
    }
    .into_any()
}

/// The heading of a published copy. Hidden: the words are gone, number and state stay.
pub fn public_title(page: &CasePage) -> &str {
    if page.hidden_reason.is_some() {
        words::CASES_HIDDEN
    } else {
        &page.card.title
    }
}

/// A published copy, and nothing else.
#[component]
pub fn PublicCaseView(data: CasePage, now: Millis) -> AnyView {
    let title = public_title(&data).to_owned();
    let card = data.card;
    let chip = tone_chip("busy", words::state_icon(card.state), words::public_state(card.state));
    let head = view! {
        {back_link("/cases".into(), words::CASES)}
        <div class="head">
            <h1 tabindex="-1">{title}</h1>
            <p class="row__meta">
                {chip} <span>{common::kind(card.kind)}</span> <span>{card.category_name.clone()}</span>
                <span>{card.area_name.clone()}</span> <span>{card.no.clone()}</span>
            </p>
        </div>
    };
    if let Some(reason) = data.hidden_reason {
        return view! { {head} {notice("warn", words::hidden_because(&reason))} }.into_any();
    }
    let joined = guidance::joined(card.joined).map(|joined| view! { <p class="count">{joined}</p> });
    let me_too = if card.takes_others() {
        (format!("/write?join={}", card.no), guidance::JOIN_HERE)
    } else {
        ("/write".to_owned(), guidance::JOIN_ANEW)
    };
    let deputy = data.deputy;
    let answers = data
        .answers
        .into_iter()
        .rev()
        .map(|answer| {
            let tag = deputy
                .clone()
                .filter(|card| answer.by.contains(card.name.as_str()))
                .map(|card| view! { <DeputyTag card=card /> }.into_any());
            public_answer(answer, tag, now)
        })
        .collect_view();
    view! {
        {head}
        <div class="columns">
            <div class="columns__main">
                <section class="letter" aria-labelledby="letter-title">
                    <h2 class="letter__title" id="letter-title">
                        {format!("{}{}", data.author_shown, words::WROTE)}
                    </h2>
                    <p class="letter__at">
                        <time datetime=dates::iso(card.submitted_at)>{dates::long_date(card.submitted_at, now)}</time>
                    </p>
                    {paragraphs(&data.body)}
                    {pictures(&data.pictures)}
                </section>
                {answers}
                {joined}
                <p class="buttons">
                    <a class="button button--second" href=me_too.0>
                        {me_too.1}
                    </a>
                </p>
            </div>
            <div class="columns__side">
                <Timeline events=data.timeline now=now audience=Audience::Public />
            </div>
        </div>
    }
    .into_any()
}
