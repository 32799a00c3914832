use crate::components::{icon, page_head};
use crate::i18n::dates;
use crate::i18n::zh::{common, home, write as words};
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::Receipt;

/// Sent: the number, the code, what happens next and by when.
#[component]
pub fn ReceiptView(
    receipt: Receipt,
    now: Millis,
    /// What the browser adds: save as a picture.
    #[prop(optional)]
    children: Option<Children>,
) -> AnyView {
    let accept_by = dates::long_date(receipt.accept_by, now);
    let steps = words::next_steps(&receipt, &accept_by)
        .map(|step| view! { <li>{step}</li> }.into_any())
        .into_iter()
        .collect_view();
    view! {
        <div class="receipt" id="receipt">
            <h1 class="receipt__title" tabindex="-1">
                {icon("#i-good")}
                {words::DONE}
            </h1>
            <dl class="receipt__facts">
                <div>
                    <dt>{words::DONE_NO}</dt>
                    <dd class="receipt__no">{receipt.no.clone()}</dd>
                </div>
                <div>
                    <dt>{words::DONE_CODE}</dt>
                    <dd class="receipt__code">{receipt.code.clone()}</dd>
                </div>
            </dl>
            <p>{words::DONE_KEEP}</p>
            <p class="receipt__note">{words::DONE_CODE_NOTE}</p>
        </div>
        {children.map(|children| children())}
        <section>
            <h2>{words::DONE_NEXT}</h2>
            <ol class="bullets">{steps}</ol>
        </section>
        <p class="buttons">
            <a class="button" href=format!("/mine/{}", receipt.no)>
                {words::DONE_SEE}
            </a>
            <a class="button button--second" href="/">
                {words::DONE_HOME}
            </a>
        </p>
        <p class="count">
            {receipt.station_name} " " <a href=format!("tel:{}", receipt.station_phone)>{common::call(&receipt.station_phone)}</a>
        </p>
    }
    .into_any()
}

/// The receipt is not here any more: it is shown once.
#[component]
pub fn ReceiptGoneView() -> AnyView {
    view! {
        {page_head(words::DONE_GONE.into(), words::DONE_GONE_TEXT)}
        <p class="buttons">
            <a class="button" href="/track">
                {home::TRACK}
            </a>
            <a class="button button--second" href="/mine">
                {words::TRACK_BY_PHONE}
            </a>
        </p>
    }
    .into_any()
}
