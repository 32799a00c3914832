use crate::components::{icon, page_head};
use crate::i18n::zh::help as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::dto::AppConfig;

fn lines(items: &'static [&'static str]) -> AnyView {
    items
        .iter()
        .map(|item| view! { <li>{*item}</li> }.into_any())
        .collect_view()
        .into_any()
}

/// What may be written about, how it is handled, privacy, accessibility, the phone.
#[component]
pub fn HelpView(config: AppConfig) -> AnyView {
    let elsewhere = words::SCOPE_ELSEWHERE
        .iter()
        .map(|(what, whom)| {
            view! {
                <div>
                    <dt>{*what}</dt>
                    <dd>{*whom}</dd>
                </div>
            }
            .into_any()
        })
        .collect_view();
    view! {
        {page_head(words::TITLE.into(), words::LEAD)}
        <p class="buttons">
            <a class="button button--second" href=format!("tel:{}", config.phone)>
                {icon("#i-phone")}
                {format!("{} {}", words::PHONE, config.phone)}
            </a>
        </p>
        <p class="count">{config.phone_hours}</p>
        <section id="scope">
            <h2>{words::SCOPE}</h2>
            <ul class="bullets">{lines(words::SCOPE_YES)}</ul>
            <p>{words::SCOPE_DUTY}</p>
            <h3>{words::SCOPE_NO}</h3>
            <dl class="facts">{elsewhere}</dl>
        </section>
        <section id="process">
            <h2>{words::PROCESS}</h2>
            <ol class="bullets">{lines(words::PROCESS_STEPS)}</ol>
        </section>
        <section id="privacy">
            <h2>{words::PRIVACY}</h2>
            <ul class="bullets">{lines(words::PRIVACY_POINTS)}</ul>
            <p class="links">
                <a class="link" href="/privacy" rel="external">{words::PRIVACY_LIST}</a>
            </p>
        </section>
        <section id="a11y">
            <h2>{words::A11Y}</h2>
            <ul class="bullets">{lines(words::A11Y_POINTS)}</ul>
            <p>{words::A11Y_TELL}</p>
        </section>
    }
    .into_any()
}
