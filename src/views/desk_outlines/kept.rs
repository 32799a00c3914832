//! The map as it is, and the way to another one.

use super::{OUTLINES, OutlineForm, coordinates, map, wrong};
use crate::components::{Errors, back_link, error_line, error_summary_in, notice, page_head};
use crate::i18n::desk::outlines as words;
use crate::markup::view;
use crate::views::desk_changes;
use crate::views::desk_pages::STATIONS;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{OutlineArea, OutlineChange, Outlines, StationCard};

fn upload(form: &OutlineForm, errors: &Errors) -> AnyView {
    let error = wrong(errors, "file");
    let described = if error.is_some() {
        "file-hint file-error"
    } else {
        "file-hint"
    };
    view! {
        <section class="admin__part" aria-labelledby="upload">
            <h2 id="upload">{words::UPLOAD}</h2>
            <p>{words::UPLOAD_LEAD}</p>
            <form class="form" method="post" action=OUTLINES enctype="multipart/form-data" novalidate=true>
                <div class=if error.is_some() { "field field--error" } else { "field" }>
                    <label class="field__label" for="file">
                        {words::FILE}
                    </label>
                    <p class="field__hint" id="file-hint">{words::FILE_HINT}</p>
                    {error_line("file", error.as_ref())}
                    <input
                        class="field__file"
                        type="file"
                        id="file"
                        name="outlines"
                        accept=".geojson,.json"
                        aria-describedby=described
                        aria-invalid=error.is_some().then_some("true")
                    />
                </div>
                {coordinates(&form.coordinates)}
                <button class="button" type="submit">
                    {words::LOOK}
                </button>
            </form>
        </section>
    }
    .into_any()
}

fn areas(areas: &[OutlineArea]) -> AnyView {
    let row = |area: &OutlineArea| {
        view! {
            <li class="row">
                <p>
                    <b>{area.name.clone()}</b>
                </p>
                <p class="row__meta">
                    <span>{area.street.clone()}</span>
                    <span>{words::corners(area.corners)}</span>
                </p>
                <button
                    class="button button--second"
                    type="submit"
                    name="do"
                    value=["remove:", &area.id].concat()
                    aria-label=words::remove_what(&area.name)
                >
                    {words::REMOVE}
                </button>
            </li>
        }
        .into_any()
    };
    let has: Vec<&OutlineArea> = areas.iter().filter(|area| area.corners > 0).collect();
    if has.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="admin__part" aria-labelledby="kept">
            <h2 id="kept">{words::KEPT}</h2>
            <form method="post" action=OUTLINES>
                <ul class="rows outlines">{has.into_iter().map(row).collect_view()}</ul>
                <p class="buttons">
                    <button class="button button--second" type="submit" name="do" value="remove:all">
                        {words::REMOVE_ALL}
                    </button>
                </p>
            </form>
        </section>
    }
    .into_any()
}

fn changes(all: &[OutlineChange], now: Millis) -> AnyView {
    let all = all.iter().map(|change| (change.at, words::change(change)));
    desk_changes::changes(words::CHANGES, words::CHANGES_NONE, all, now)
}

/// What is asked before an outline goes: its id, or `all`.
fn removing(version: i64, what: &str, areas: &[OutlineArea]) -> AnyView {
    let name = areas.iter().find(|area| area.id == what).map(|area| area.name.as_str());
    view! {
        {notice("warn", words::remove_ask(name))}
        <form class="buttons" method="post" action=OUTLINES>
            <input type="hidden" name="version" value=version.to_string() />
            <button class="button" type="submit" name="do" value=["gone:", what].concat()>
                {words::SURE}
            </button>
            <a class="button button--second" href=OUTLINES>
                {words::STAY}
            </a>
        </form>
    }
    .into_any()
}

/// The page. `done`: what was just done, in words; `removing`: what shall go, when that is asked.
#[component]
pub fn OutlinesView(
    kept: Outlines,
    stations: Vec<StationCard>,
    form: OutlineForm,
    done: &'static str,
    removing: Option<String>,
    errors: Errors,
    now: Millis,
) -> AnyView {
    if let Some(what) = removing {
        return view! {
            {back_link(OUTLINES.to_owned(), words::TITLE)}
            {page_head(words::REMOVE.to_owned(), "")}
            {self::removing(kept.version, &what, &kept.areas)}
        }
        .into_any();
    }
    let said = (!done.is_empty()).then(|| notice("good", done.to_owned()));
    let missing: Vec<&str> = kept
        .areas
        .iter()
        .filter(|area| area.corners == 0)
        .map(|area| &*area.name)
        .collect();
    let picture = map(&kept.shapes, &stations);
    let lacking = match (&picture, missing.is_empty()) {
        (None, _) => notice("info", words::NONE.to_owned()),
        (Some(_), true) => view! { <p>{words::ALL_THERE}</p> }.into_any(),
        (Some(_), false) => view! { <p>{words::MISSING} "：" {missing.join("、")}</p> }.into_any(),
    };
    view! {
        {error_summary_in(&errors, &[], words::error)}
        {back_link(STATIONS.to_owned(), words::TO_PLACES)}
        {page_head(words::TITLE.to_owned(), words::LEAD)}
        {said}
        <section class="admin__part" aria-labelledby="now">
            <h2 id="now">{words::NOW}</h2>
            {picture}
            {lacking}
        </section>
        {upload(&form, &errors)}
        {areas(&kept.areas)}
        {changes(&kept.changes, now)}
    }
    .into_any()
}
