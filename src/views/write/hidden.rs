//! Answers that are not on the page, carried along in hidden fields.

use crate::markup::view;
use crate::views::form::{LetterForm, WriteStep};
use leptos::prelude::*;

fn field(name: &'static str, value: String) -> AnyView {
    view! { <input type="hidden" name=name value=value /> }.into_any()
}

/// Every answer but those that the step itself asks for.
pub(super) fn hidden(form: &LetterForm, step: WriteStep) -> AnyView {
    let mut fields = vec![field("step", step.code().to_owned())];
    let mut carry = |of: WriteStep, name: &'static str, value: &str| {
        if step != of && !value.is_empty() {
            fields.push(field(name, value.to_owned()));
        }
    };
    carry(WriteStep::What, "body", &form.body);
    carry(WriteStep::Where, "area", &form.area);
    carry(WriteStep::Where, "place", &form.place);
    carry(WriteStep::Who, "deputy", &form.deputy);
    carry(WriteStep::Who, "station", &form.station);
    carry(
        WriteStep::More,
        "kind",
        form.kind
            .map(liaison_domain::lifecycle::LetterKind::code)
            .unwrap_or_default(),
    );
    carry(WriteStep::More, "category", &form.category);
    carry(
        WriteStep::More,
        "by_resident",
        if form.category_by_resident { "yes" } else { "" },
    );
    carry(WriteStep::More, "title", &form.title);
    carry(WriteStep::More, "name", &form.name);
    carry(WriteStep::More, "name_shown", form.name_shown.code());
    carry(
        WriteStep::More,
        "consent",
        form.consent.map_or("", |yes| if yes { "yes" } else { "no" }),
    );
    for (name, value) in form.extra.carried(step != WriteStep::What, step != WriteStep::More) {
        fields.push(field(name, value));
    }
    if step == WriteStep::More {
        // Whoever sends this page has seen the guess.
        fields.push(field("by_resident", "yes".to_owned()));
    }
    if step != WriteStep::Photos {
        for photo in &form.photos {
            if !photo.id.is_empty() {
                fields.push(field("photo", photo.carried()));
            }
        }
    }
    for (of, name, item) in [
        (WriteStep::What, "voice", &form.voice),
        (WriteStep::Photos, "video", &form.video),
    ] {
        if let Some(item) = item.as_ref().filter(|item| step != of && !item.id.is_empty()) {
            fields.push(field(name, item.carried()));
        }
    }
    fields.into_any()
}
