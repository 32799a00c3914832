//! What a file would give: which outline is whose, how it would look, and the way to keep it.

use super::{OUTLINES, OutlineForm, coordinates, map, wrong};
use crate::components::{CheckRow, Errors, back_link, error_summary_in, notice, page_head};
use crate::i18n::desk::outlines as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::dto::{OutlineArea, OutlineFeature, OutlineLook, StationCard};

/// Outlines without a community listed on the page.
const LISTED: usize = 60;
/// In a larger district a list offers only communities that have no outline in the file.
const ALL: usize = 40;

/// The choice of one outline.
fn choice(
    at: usize,
    feature: &OutlineFeature,
    areas: &[OutlineArea],
    taken: &[&str],
    error: Option<String>,
) -> AnyView {
    let own = feature.area.as_deref();
    let offered = areas
        .iter()
        .filter(|area| areas.len() <= ALL || own == Some(area.id.as_str()) || !taken.contains(&area.id.as_str()));
    let options = offered.map(|area| {
        let chosen = own == Some(area.id.as_str());
        view! { <option value=area.id.clone() selected=chosen>{area.name.clone()}</option> }.into_any()
    });
    let name = if feature.name.is_empty() {
        words::nameless(at + 1)
    } else {
        feature.name.clone()
    };
    let id = format!("to-{at}");
    let error = error.map(|said| view! { <p class="field__error">{said}</p> });
    view! {
        <li class="row outlines__row">
            <label for=id.clone()>
                <b>{name}</b>
                " "
                <span class="row__meta">{words::corners(feature.corners)}</span>
            </label>
            {error}
            <select class="field__control" id=id.clone() name=id>
                <option value="" selected=own.is_none()>{words::LEAVE_OUT}</option>
                {options.collect_view()}
            </select>
        </li>
    }
    .into_any()
}

/// What belongs to no community, and what does.
fn choices(look: &OutlineLook, areas: &[OutlineArea], errors: &Errors) -> AnyView {
    let taken: Vec<&str> = look
        .features
        .iter()
        .filter_map(|feature| feature.area.as_deref())
        .collect();
    let row =
        |at: usize, feature: &OutlineFeature| choice(at, feature, areas, &taken, wrong(errors, &format!("to-{at}")));
    let all = || look.features.iter().enumerate();
    let without: Vec<_> = all().filter(|(_, feature)| feature.area.is_none()).collect();
    let with: Vec<_> = all().filter(|(_, feature)| feature.area.is_some()).collect();
    let rest = without.len().saturating_sub(LISTED);
    let rest = (rest > 0).then(|| view! { <p>{words::more(rest)}</p> });
    let unmatched = (!without.is_empty()).then(|| {
        let rows = without.iter().take(LISTED).map(|(at, feature)| row(*at, feature));
        view! {
            <section class="admin__part" aria-labelledby="unmatched">
                <h2 id="unmatched">{words::UNMATCHED}</h2>
                <p>{words::UNMATCHED_HINT}</p>
                <ul class="rows outlines">{rows.collect_view()}</ul>
                {rest}
            </section>
        }
    });
    let matched = (!with.is_empty()).then(|| {
        let rows = with.iter().map(|(at, feature)| row(*at, feature));
        view! {
            <section class="admin__part" aria-labelledby="matched">
                <h2 id="matched">{words::MATCHED}</h2>
                <ul class="rows outlines">{rows.collect_view()}</ul>
            </section>
        }
    });
    view! {
        {unmatched}
        {matched}
    }
    .into_any()
}

/// Which property names communities.
fn property(form: &OutlineForm, properties: &[String]) -> AnyView {
    let options = properties.iter().map(|name| {
        let chosen = *name == form.property;
        view! { <option value=name.clone() selected=chosen>{name.clone()}</option> }.into_any()
    });
    let none = properties
        .is_empty()
        .then(|| view! { <option value="">{words::PROPERTY_NONE}</option> });
    view! {
        <div class="field">
            <label class="field__label" for="property">
                {words::PROPERTY}
            </label>
            <select class="field__control" id="property" name="property">
                {none}
                {options.collect_view()}
            </select>
        </div>
    }
    .into_any()
}

/// How the file is read. What its properties are is known once it could be read.
fn how(form: &OutlineForm, look: Option<&OutlineLook>) -> AnyView {
    let property = look.map(|look| property(form, &look.properties));
    view! {
        <section class="admin__part" aria-labelledby="how">
            <h2 id="how">{words::HOW}</h2>
            {property}
            {coordinates(&form.coordinates)}
            <CheckRow
                name="north_first"
                id="north_first".to_owned()
                value="yes".to_owned()
                words=words::NORTH_FIRST.to_owned()
                checked=form.north_first
            />
            <p class="buttons">
                <button class="button button--second" type="submit" name="do" value="look">
                    {words::READ_AGAIN}
                </button>
            </p>
        </section>
    }
    .into_any()
}

fn said(form: &OutlineForm, look: &OutlineLook) -> AnyView {
    let given = look.features.iter().filter(|feature| feature.area.is_some()).count();
    let all = look.features.len();
    let tone = if given == all { "good" } else { "warn" };
    let simplified = (look.tolerance > 0).then(|| notice("info", words::simplified(look.tolerance, look.corners)));
    let far = look.far.map(|kilometres| notice("warn", words::far(kilometres)));
    let nothing = (given == 0).then(|| notice("warn", words::NOTHING.to_owned()));
    view! {
        {notice(tone, words::found(&form.file_name, all, given))}
        {nothing}
        {far}
        {simplified}
    }
    .into_any()
}

/// The page. Without a `look` the file could not be read as it is asked for.
#[component]
pub fn OutlineLookView(
    form: OutlineForm,
    look: Option<OutlineLook>,
    areas: Vec<OutlineArea>,
    stations: Vec<StationCard>,
    errors: Errors,
) -> AnyView {
    let ids = [("file", "north_first")];
    let given = look
        .iter()
        .flat_map(|look| &look.features)
        .any(|feature| feature.area.is_some());
    let found = look.as_ref().map(|look| {
        let picture = map(&look.shapes, &stations);
        let picture = picture.filter(|_| given).map(|picture| {
            view! {
                <section class="admin__part" aria-labelledby="then">
                    <h2 id="then">{words::MAP_THEN}</h2>
                    {picture}
                </section>
            }
        });
        view! {
            {said(&form, look)}
            {picture}
        }
    });
    let keep = given.then(|| {
        view! {
            <button class="button" type="submit" name="do" value="keep">
                {words::KEEP}
            </button>
        }
    });
    let again = look.is_some().then(|| {
        view! {
            <button class="button button--second" type="submit" name="do" value="look">
                {words::LOOK_AGAIN}
            </button>
        }
    });
    let chosen = look.as_ref().map(|look| choices(look, &areas, &errors));
    let settings = how(&form, look.as_ref());
    view! {
        {error_summary_in(&errors, &ids, words::error)}
        {back_link(OUTLINES.to_owned(), words::TITLE)}
        {page_head(words::PREVIEW.to_owned(), words::NOT_YET)}
        {found}
        <form class="form form--wide" method="post" action=OUTLINES>
            <input type="hidden" name="version" value=form.version.to_string() />
            <input type="hidden" name="file_name" value=form.file_name />
            <input type="hidden" name="data" value=form.data />
            <input type="hidden" name="read_by" value=form.property />
            {chosen}
            <p class="buttons">
                {keep}
                {again}
                <a class="button button--second" href=OUTLINES>
                    {words::ANOTHER}
                </a>
            </p>
            {settings}
        </form>
    }
    .into_any()
}
