//! 代为填写: who helps, asked where the letter begins, folded away for everybody else.

use crate::components::{Choice, Errors, RadioCards, TextField};
use crate::i18n::zh::guidance as words;
use crate::markup::view;
use crate::views::form::FormExtra;
use leptos::prelude::*;
use liaison_domain::dto::HelperConsent;

/// The fold with its questions. They count once the first is answered with yes.
pub(super) fn helper(extra: &FormExtra, errors: &Errors) -> AnyView {
    let consents = HelperConsent::ALL
        .iter()
        .map(|consent| Choice::new(consent.code(), words::consented(*consent), ""))
        .collect();
    let helping = vec![
        Choice::new("no", words::HELPER_OFF, ""),
        Choice::new("yes", words::HELPER, ""),
    ];
    view! {
        <details class="more-choices" open=extra.is_helping()>
            <summary>{words::HELPER}</summary>
            <p class="field__hint">{words::HELPER_HINT}</p>
            <RadioCards
                name="helping"
                legend=words::HELPER_CHECK
                choices=helping
                value=if extra.is_helping() { "yes".to_owned() } else { "no".to_owned() }
            />
            <TextField
                name="helper_name"
                label=words::HELPER_NAME
                value=extra.helper_name.clone()
                error=errors.words("helper_name")
            />
            <TextField
                name="helper_relation"
                label=words::HELPER_RELATION
                hint=words::HELPER_RELATION_HINT
                value=extra.helper_relation.clone()
                error=errors.words("helper_relation")
            />
            <TextField
                name="helper_phone"
                label=words::HELPER_PHONE
                optional=true
                value=extra.helper_phone.clone()
                error=errors.words("helper_phone")
            />
            <RadioCards
                name="helper_consent"
                legend=words::HELPER_CONSENT
                choices=consents
                value=extra.consent().code().to_owned()
            />
        </details>
    }
    .into_any()
}
