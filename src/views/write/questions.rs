//! What happened, where, and what kind of letter it is.

use super::helper::helper;
use crate::components::{Choice, Errors, Options, RadioCards, SelectField, TextArea, TextField, counter, notice};
use crate::i18n::zh::{common, guidance, write as words};
use crate::markup::{Moving, view};
use crate::views::form::LetterForm;
use leptos::prelude::*;
use liaison_domain::dto::{Area, Category, FormLimits, WriteOptions};
use liaison_domain::lifecycle::{LetterKind, NameShown};

pub(super) fn what(
    form: &LetterForm,
    limits: &FormLimits,
    errors: &Errors,
    used: Option<Moving<usize>>,
    beside: Option<AnyView>,
) -> AnyView {
    let max = limits.body_max;
    view! {
        <TextArea
            name="body"
            label=words::BODY
            hint=words::BODY_HINT
            rows=8
            question=true
            value=form.body.clone()
            error=errors.words("body").or_else(|| errors.words("join"))
        />
        {used.map(|used| counter(used, max))}
        {beside}
        {helper(&form.extra, errors)}
    }
    .into_any()
}

/// Streets with their communities, as groups of a select. A street can be chosen itself.
fn areas(areas: &[Area]) -> Options {
    areas
        .iter()
        .filter(|area| area.level == "street")
        .map(|street| {
            let mut items = vec![(street.code.clone(), street.name.clone())];
            items.extend(
                areas
                    .iter()
                    .filter(|area| area.parent_id.as_ref() == Some(&street.id))
                    .map(|area| (area.code.clone(), format!("{} {}", street.name, area.name))),
            );
            (street.name.clone(), items)
        })
        .collect()
}

pub(super) fn place(form: &LetterForm, options: &WriteOptions, errors: &Errors, map: Option<AnyView>) -> AnyView {
    view! {
        <h1 class="question" tabindex="-1">
            {words::PLACE_Q}
        </h1>
        {map}
        <SelectField
            name="area"
            label=words::AREA
            hint=words::AREA_HINT
            value=form.area.clone()
            none=words::AREA_NONE
            options=areas(&options.areas)
            error=errors.words("area")
        />
        <TextField
            name="place"
            label=words::PLACE
            hint=words::PLACE_HINT
            optional=true
            value=form.place.clone()
            error=errors.words("place")
        />
    }
    .into_any()
}

/// Categories in two levels. A parent can be chosen where it has no children.
pub(super) fn categories(categories: &[Category]) -> Options {
    categories
        .iter()
        .filter(|category| category.parent_id.is_none())
        .map(|top| {
            let mut items: Vec<(String, String)> = categories
                .iter()
                .filter(|category| category.parent_id.as_ref() == Some(&top.id))
                .map(|category| (category.slug.clone(), category.name.clone()))
                .collect();
            if items.is_empty() {
                items.push((top.slug.clone(), top.name.clone()));
            }
            (top.name.clone(), items)
        })
        .collect()
}

pub(super) fn more(form: &LetterForm, options: &WriteOptions, errors: &Errors) -> AnyView {
    let kinds = LetterKind::ALL
        .iter()
        .map(|kind| Choice::new(kind.code(), common::kind(*kind), common::kind_hint(*kind)))
        .collect();
    let kind = form.kind.map(LetterKind::code).unwrap_or_default().to_owned();
    let consents = vec![
        Choice::new("yes", words::CONSENT_YES, words::CONSENT_YES_HINT),
        Choice::new("no", words::CONSENT_NO, words::CONSENT_NO_HINT),
    ];
    let calls = vec![
        Choice::new("yes", guidance::MAY_CALL_YES, guidance::MAY_CALL_YES_HINT),
        Choice::new("no", guidance::MAY_CALL_NO, guidance::MAY_CALL_NO_HINT),
    ];
    let names = vec![
        Choice::new(NameShown::Hidden.code(), words::NAME_HIDDEN, ""),
        Choice::new(NameShown::ToHandlers.code(), words::NAME_HANDLERS, ""),
        Choice::new(NameShown::Public.code(), words::NAME_PUBLIC, ""),
    ];
    let category = options
        .categories
        .iter()
        .find(|category| category.slug == form.category);
    let stopper = category
        .and_then(|c| c.stopper.clone())
        .map(|words| notice("warn", words));
    let emergency = category
        .and_then(|c| c.emergency.clone())
        .map(|words| notice("warn", words));
    view! {
        <h1 class="question" tabindex="-1">
            {words::MORE_Q}
        </h1>
        {stopper}
        {emergency}
        <RadioCards
            name="kind"
            legend=words::KIND
            hint=words::KIND_HINT
            choices=kinds
            value=kind
            error=errors.words("kind")
        />
        <SelectField
            name="category"
            label=words::CATEGORY
            value=form.category.clone()
            none=words::CATEGORY_NONE
            options=categories(&options.categories)
            error=errors.words("category")
        />
        <TextField
            name="title"
            label=words::SUBJECT
            hint=words::SUBJECT_HINT
            optional=true
            value=form.title.clone()
            error=errors.words("title")
        />
        <RadioCards
            name="consent"
            legend=words::CONSENT
            hint=words::CONSENT_HINT
            choices=consents
            value=if form.consents() { "yes".to_owned() } else { "no".to_owned() }
            error=errors.words("consent_publish")
        />
        <RadioCards
            name="may_call"
            legend=guidance::MAY_CALL
            hint=guidance::MAY_CALL_HINT
            choices=calls
            value=if form.extra.may_be_called() { "yes".to_owned() } else { "no".to_owned() }
        />
        <TextField
            name="name"
            label=words::NAME
            hint=words::NAME_HINT
            optional=true
            autocomplete="nickname"
            value=form.name.clone()
            error=errors.words("name")
        />
        <RadioCards
            name="name_shown"
            legend=words::NAME_SHOWN
            choices=names
            value=form.name_shown.code().to_owned()
            error=errors.words("name_shown")
        />
    }
    .into_any()
}
