//! The urgent channel: numbers to call first, then a short form.

use crate::components::{
    Choice, Errors, Options, RadioCards, SelectField, TextArea, TextField, error_summary, icon, page_head,
};
use crate::i18n::zh::restrictions as words;
use crate::i18n::zh::write;
use crate::markup::view;
use crate::views::form::PhoneForm;
use crate::views::login::phone_fields;
use leptos::prelude::*;
use liaison_domain::dto::UrgentLetter;
use liaison_domain::restriction::UrgentKind;

/// The form as typed; it comes back unchanged when something is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UrgentForm {
    /// A code of [`UrgentKind`].
    pub kind: String,
    /// Why there is no other way.
    pub why: String,
    /// What happened.
    pub body: String,
    /// Slug.
    pub station: String,
    /// Where exactly.
    pub place: String,
}

impl UrgentForm {
    /// What a form posted.
    pub fn read(pairs: &[(String, String)]) -> Self {
        let get = |name: &str| {
            let found = pairs.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        Self {
            kind: get("urgent_kind"),
            why: get("why"),
            body: get("body"),
            station: get("station"),
            place: get("place"),
        }
    }

    /// The letter it asks for.
    pub fn letter(&self) -> UrgentLetter {
        UrgentLetter {
            kind: self.kind.clone(),
            why: self.why.clone(),
            body: self.body.clone(),
            station: self.station.clone(),
            place: self.place.clone(),
        }
    }
}

/// Who writes.
#[derive(Clone, Debug)]
pub enum UrgentSender {
    /// Logged in already.
    Known,
    /// The phone is verified in the same form.
    ByPhone(PhoneForm),
}

fn numbers() -> AnyView {
    let one = |(number, what): &(&'static str, &'static str)| {
        let (number, what) = (*number, *what);
        view! {
            <a class="button button--second" href=format!("tel:{number}")>
                {icon("#i-phone")}
                {format!("{number} {what}")}
            </a>
        }
        .into_any()
    };
    view! {
        <section aria-labelledby="urgent-numbers">
            <h2 id="urgent-numbers">{words::URGENT_NUMBERS}</h2>
            <div class="buttons">{words::NUMBERS.iter().map(one).collect_view()}</div>
        </section>
    }
    .into_any()
}

/// `/write/urgent`. Posts to the page's own address: `do=send`, or for a phone that is being verified `do=code`, `verify`,
/// `other`.
#[component]
pub fn UrgentView(
    form: UrgentForm,
    stations: Options,
    sender: UrgentSender,
    #[prop(optional)] errors: Errors,
) -> AnyView {
    let kinds = UrgentKind::ALL.iter().map(|kind| {
        let (name, hint) = words::urgent_kind(*kind);
        Choice::new(kind.code(), name, hint)
    });
    let send = match &sender {
        UrgentSender::Known => view! {
            <button class="button" type="submit" name="do" value="send">
                {words::URGENT_SEND}
            </button>
        }
        .into_any(),
        UrgentSender::ByPhone(phone) => view! {
            <h2>{write::PHONE_Q}</h2>
            {phone_fields(phone, &errors, words::URGENT_SEND)}
        }
        .into_any(),
    };
    let steps = words::URGENT_STEPS
        .iter()
        .map(|step| view! { <li>{*step}</li> }.into_any());
    view! {
        {error_summary(&errors, &[])}
        {page_head(words::URGENT.into(), words::URGENT_LEAD)}
        {numbers()}
        <form class="form" method="post" action="/write/urgent" novalidate=true>
            <RadioCards
                name="urgent_kind"
                legend=words::URGENT_KIND
                choices=kinds.collect()
                value=form.kind.clone()
                error=errors.words("urgent_kind")
            />
            <TextArea
                name="body"
                label=words::URGENT_BODY
                hint=words::URGENT_BODY_HINT
                value=form.body.clone()
                error=errors.words("body")
                rows=5
            />
            <TextField
                name="place"
                label=words::URGENT_PLACE
                hint=words::URGENT_PLACE_HINT
                value=form.place.clone()
                error=errors.words("place")
                optional=true
            />
            <SelectField
                name="station"
                label=words::URGENT_STATION
                value=form.station.clone()
                none=words::CHOOSE
                options=stations
                error=errors.words("station")
            />
            <TextArea
                name="why"
                label=words::URGENT_WHY
                hint=words::URGENT_WHY_HINT
                value=form.why.clone()
                error=errors.words("why")
                rows=3
            />
            {send}
        </form>
        <h2>{words::URGENT_NEXT}</h2>
        <ol class="bullets">{steps.collect_view()}</ol>
        <p class="links">
            <a class="link" href="/write">{words::URGENT_ORDINARY}</a>
        </p>
    }
    .into_any()
}
