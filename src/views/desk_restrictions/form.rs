//! A proposal.

use super::RESTRICTIONS;
use crate::components::{Choice, Errors, RadioCards, TextArea, back_link, error_summary, page_head};
use crate::i18n::desk::restrictions as words;
use crate::i18n::zh::restrictions as public;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::dto::NewRestriction;
use liaison_domain::restriction::Ground;

/// The form as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProposeForm {
    /// A code of [`Ground`].
    pub ground: String,
    /// Numbers, one a line.
    pub letters: String,
    /// Told to the person.
    pub reason: String,
}

impl ProposeForm {
    /// What a form posted.
    pub fn read(pairs: &[(String, String)]) -> Self {
        let get = |name: &str| {
            let found = pairs.iter().find(|(known, _)| known == name);
            found.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        Self {
            ground: get("ground"),
            letters: get("letters"),
            reason: get("reason"),
        }
    }

    /// What it proposes.
    pub fn proposal(&self) -> NewRestriction {
        let numbers = self
            .letters
            .split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；'))
            .filter(|no| !no.is_empty());
        NewRestriction {
            ground: self.ground.clone(),
            letters: numbers.map(str::to_owned).collect(),
            reason: self.reason.clone(),
        }
    }
}

/// Posts to `/desk/restrictions/new`.
#[component]
pub fn ProposeView(form: ProposeForm, #[prop(optional)] errors: Errors) -> AnyView {
    let grounds = Ground::ALL
        .iter()
        .map(|ground| Choice::new(ground.code(), public::ground(*ground), ""))
        .collect();
    view! {
        {back_link(RESTRICTIONS.into(), words::TITLE)}
        {error_summary(&errors, &[])}
        {page_head(words::PROPOSE.into(), words::PROPOSE_LEAD)}
        <form class="form" method="post" action=format!("{RESTRICTIONS}/new") novalidate=true>
            <RadioCards
                name="ground"
                legend=words::GROUND
                choices=grounds
                value=form.ground.clone()
                error=errors.words("ground")
            />
            <TextArea
                name="letters"
                label=words::LETTERS
                hint=words::LETTERS_HINT
                value=form.letters.clone()
                error=errors.words("letters")
                rows=3
            />
            <TextArea
                name="reason"
                label=words::REASON
                hint=words::REASON_HINT
                value=form.reason.clone()
                error=errors.words("reason")
            />
            <button class="button" type="submit">
                {words::PROPOSE_DO}
            </button>
        </form>
    }
    .into_any()
}
