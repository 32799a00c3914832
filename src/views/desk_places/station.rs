//! A station's form.

use super::form::StationForm;
use super::photos::{PhotoForm, photo_form};
use super::{changes, public_page, wrong};
use crate::components::{
    Errors, TextArea, TextField, back_link, error_line, error_summary_in, icon, notice, page_head,
};
use crate::i18n::desk::places as words;
use crate::markup::view;
use crate::views::desk_pages::STATIONS;
use crate::views::ledger::script;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::StationSettings;

/// What the page shows beside the station as it is kept.
#[derive(Clone, Debug, Default)]
pub struct StationPlace {
    /// As typed, or as kept.
    pub form: StationForm,
    /// The pictures, as typed or as kept.
    pub photos: PhotoForm,
    /// What is wrong, called by their controls.
    pub errors: Errors,
    /// What was just done, in words.
    pub done: &'static str,
    /// Somebody changed it meanwhile, in words.
    pub clash: Option<String>,
    /// Address of the script beside the page.
    pub script: String,
}

fn contacts(form: &StationForm, errors: &Errors) -> AnyView {
    let one = |at: usize, what: &'static str, label: &'static str, value: &str, kind: &'static str| {
        let id = format!("contact-{what}-{at}");
        let error = wrong(errors, &id);
        view! {
            <div class=if error.is_some() { "field field--error" } else { "field" }>
                <label class="field__label" for=id.clone()>
                    {label}
                    <span class="sr">{format!("（{}）", at + 1)}</span>
                </label>
                {error_line(&id, error.as_ref())}
                <input
                    class="field__control"
                    type=kind
                    id=id.clone()
                    name=format!("contact_{what}")
                    value=value.to_owned()
                    autocomplete="off"
                    aria-describedby=error.is_some().then(|| format!("{id}-error"))
                    aria-invalid=error.is_some().then_some("true")
                />
            </div>
        }
        .into_any()
    };
    let rows = form
        .contacts
        .iter()
        .enumerate()
        .map(|(at, (name, phone))| {
            view! {
                <div class="rule-pair">
                    {one(at, "name", words::CONTACT_NAME, name, "text")}
                    {one(at, "phone", words::CONTACT_PHONE, phone, "tel")}
                </div>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <fieldset class="place-group">
            <legend class="place-group__name">{words::CONTACTS}</legend>
            <p class="field__hint">{words::CONTACTS_HINT}</p>
            {rows}
        </fieldset>
    }
    .into_any()
}

fn way(form: &StationForm, errors: &Errors) -> AnyView {
    view! {
        <fieldset class="place-group">
            <legend class="place-group__name">{words::WAY}</legend>
            <p class="field__hint">{words::WAY_HINT}</p>
            <TextArea name="bus" rows=2 label=words::BUS hint=words::BUS_HINT value=form.bus.clone() error=wrong(errors, "bus") />
            <TextArea name="metro" rows=2 label=words::METRO value=form.metro.clone() error=wrong(errors, "metro") />
            <TextArea name="parking" rows=2 label=words::PARKING value=form.parking.clone() error=wrong(errors, "parking") />
            <TextArea
                name="step_free"
                rows=2
                label=words::STEP_FREE
                hint=words::STEP_FREE_HINT
                value=form.step_free.clone()
                error=wrong(errors, "step_free")
            />
        </fieldset>
    }
    .into_any()
}

fn position(form: &StationForm, kept: &StationSettings, errors: &Errors) -> AnyView {
    let place = format!("{},{}", kept.settings.lat, kept.settings.lng);
    view! {
        <fieldset class="place-group">
            <legend class="place-group__name">{words::POSITION}</legend>
            <p class="field__hint">{words::POSITION_HINT}</p>
            <div class="rule-pair">
                <TextField
                    name="lng"
                    label=words::LNG
                    hint=words::LNG_HINT
                    inputmode="decimal"
                    value=form.lng.clone()
                    error=wrong(errors, "lng")
                />
                <TextField
                    name="lat"
                    label=words::LAT
                    hint=words::LAT_HINT
                    inputmode="decimal"
                    value=form.lat.clone()
                    error=wrong(errors, "lat")
                />
            </div>
            <p>
                <a class="link" href=format!("geo:{place}?q={place}") rel="external">
                    {icon("#i-place")}
                    {words::OPEN_MAP}
                </a>
            </p>
        </fieldset>
    }
    .into_any()
}

fn texts(form: &StationForm, errors: &Errors) -> AnyView {
    view! {
        <fieldset class="place-group">
            <legend class="place-group__name">{words::TEXTS}</legend>
            <TextArea name="scope" rows=6 label=words::SCOPE hint=words::PER_LINE value=form.scope.clone() error=wrong(errors, "scope") />
            <TextArea
                name="charter"
                rows=5
                label=words::CHARTER
                hint=words::CHARTER_HINT
                value=form.charter.clone()
                error=wrong(errors, "charter")
            />
            <TextArea
                name="principles"
                rows=5
                label=words::PRINCIPLES
                hint=words::PER_LINE
                value=form.principles.clone()
                error=wrong(errors, "principles")
            />
        </fieldset>
    }
    .into_any()
}

/// A station's form: the texts, and below them the pictures.
#[component]
pub fn StationFormView(kept: StationSettings, page: StationPlace, now: Millis) -> AnyView {
    let StationPlace {
        form,
        photos,
        errors,
        done,
        clash,
        script: address,
    } = page;
    let action = format!("{STATIONS}/{}", kept.station.id);
    let basics = view! {
        <fieldset class="place-group">
            <legend class="place-group__name">{words::BASICS}</legend>
            <TextField name="address" label=words::ADDRESS value=form.address.clone() error=wrong(&errors, "address") />
            <TextField
                name="phone"
                kind="tel"
                label=words::PHONE
                value=form.phone.clone()
                error=wrong(&errors, "phone")
            />
            <TextField
                name="opening"
                label=words::OPENING
                hint=words::OPENING_HINT
                value=form.opening.clone()
                error=wrong(&errors, "opening")
            />
        </fieldset>
    };
    view! {
        {back_link(STATIONS.into(), words::STATIONS)}
        {error_summary_in(&errors, &[], words::error)}
        {page_head(kept.station.name.clone(), "")}
        {(!done.is_empty()).then(|| notice("good", done.to_owned()))}
        {clash.map(|words| notice("warn", words))}
        {public_page(format!("/stations/{}", kept.slug))}
        <form class="form" method="post" action=action.clone() novalidate=true data-guard=words::LEAVE_ASK>
            <input type="hidden" name="form" value="texts" />
            <input type="hidden" name="version" value=form.version.clone() />
            {basics} {contacts(&form, &errors)} {way(&form, &errors)} {position(&form, &kept, &errors)}
            {texts(&form, &errors)}
            <button class="button" type="submit">
                {words::SAVE}
            </button>
        </form>
        {photo_form(&action, &form.version, &photos, &errors)}
        {changes(&kept.changes, now)} {script(&address)}
    }
    .into_any()
}
