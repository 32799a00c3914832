use crate::components::icon;
use crate::i18n::zh;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::dto::FieldError;

/// What is wrong with a form: its fields, and what is not about a field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Errors {
    /// What is wrong field by field, in the order of the form.
    pub fields: Vec<FieldError>,
    /// A sentence about the whole: 「试得太频繁了…」.
    pub whole: Option<String>,
    /// The sender is restricted: the ways on stand below the sentence.
    pub restricted: bool,
}

impl Errors {
    /// Errors of fields only.
    pub fn of(fields: Vec<FieldError>) -> Self {
        Self {
            fields,
            ..Self::default()
        }
    }

    /// One sentence about the whole form.
    pub fn whole(words: impl Into<String>) -> Self {
        Self {
            whole: Some(words.into()),
            ..Self::default()
        }
    }

    /// The sender is restricted: why, until when, what is possible.
    pub fn restricted(words: impl Into<String>) -> Self {
        Self {
            restricted: true,
            ..Self::whole(words)
        }
    }

    /// All of it in one sentence, for places without a form.
    pub fn sentence(&self) -> String {
        let first = || self.fields.first().map(zh::errors::field);
        self.whole.clone().or_else(first).unwrap_or_default()
    }

    /// Nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.whole.is_none()
    }

    /// The words beside a field, if it is wrong. `attachments` finds `attachments.2` too.
    pub fn words(&self, field: &str) -> Option<String> {
        self.fields
            .iter()
            .find(|error| error.field.split('.').next() == Some(field))
            .map(zh::errors::field)
    }
}

/// The list of what is wrong, on top of the page. Whoever shows it moves the focus to `#error-summary`.
/// `ids` maps a field's name to the id of its control where they differ.
pub fn error_summary(errors: &Errors, ids: &[(&str, &str)]) -> AnyView {
    error_summary_in(errors, ids, zh::errors::field)
}

/// The same in a form's own words.
pub fn error_summary_in(errors: &Errors, ids: &[(&str, &str)], words: fn(&FieldError) -> String) -> AnyView {
    if errors.is_empty() {
        return ().into_any();
    }
    let count = errors.fields.len() + usize::from(errors.whole.is_some());
    let items = errors
        .fields
        .iter()
        .map(|error| {
            let name = error.field.split('.').next().unwrap_or_default();
            let id = ids.iter().find(|(field, _)| *field == name).map_or(name, |(_, id)| id);
            view! {
                <li>
                    <a href=format!("#{id}")>{words(error)}</a>
                </li>
            }
        })
        .collect_view();
    let whole = errors.whole.clone().map(|words| view! { <li>{words}</li> });
    let ways = errors.restricted.then(ways_on);
    view! {
        <div class="errors" id="error-summary" role="alert" tabindex="-1" autofocus=true aria-labelledby="errors-title">
            <h2 class="errors__title" id="errors-title">
                {icon("#i-warn")}
                {zh::errors::summary(count)}
            </h2>
            <ul class="errors__list">{whole} {items}</ul>
            {ways}
        </div>
    }
    .into_any()
}

/// Where somebody who is restricted goes on. Both pages are drawn by the server alone.
fn ways_on() -> AnyView {
    view! {
        <p class="links">
            <a class="link" href="/mine/restriction" rel="external">{zh::errors::RESTRICTION}</a>
            <a class="link" href="/write/urgent" rel="external">{zh::errors::URGENT}</a>
        </p>
    }
    .into_any()
}

/// That somebody is restricted for now, before they try anything.
pub fn restricted_notice(words: Option<String>) -> Option<AnyView> {
    words.map(|words| {
        view! {
            <div class="notice notice--warn" role="status">
                {icon("#i-warn")}
                <div>
                    <p>{words}</p>
                    {ways_on()}
                </div>
            </div>
        }
        .into_any()
    })
}

/// A sentence set apart. Tones: `info`, `good`, `warn`.
pub fn notice(tone: &'static str, words: String) -> AnyView {
    let (class, sign) = match tone {
        "good" => ("notice notice--good", "#i-good"),
        "warn" => ("notice notice--warn", "#i-warn"),
        _ => ("notice", "#i-info"),
    };
    view! {
        <div class=class role="status">
            {icon(sign)}
            <p>{words}</p>
        </div>
    }
    .into_any()
}
