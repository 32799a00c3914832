//! Filing a letter for a resident (代为登记), and the receipt that is theirs.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use liaison_domain::dto::{FiledLetter, NewLetter, Receipt, WriteOptions};
use liaison_domain::lifecycle::{FiledVia, LetterKind, NameShown};

use super::super::here::{Desk, End};
use super::{Wrong, class_of, described, error_of, wrong_of};
use crate::api;
use crate::components::notice;
use crate::i18n::desk::{self as desk_words, office as words};
use crate::i18n::{dates, zh};
use crate::markup::view;
use crate::pages::forms;
use crate::state::{Remote, live, nav, timers};

/// `/desk/file`
pub fn page(desk: Desk) -> AnyView {
    let options: Remote<WriteOptions> = Remote::new(|| Some(api::directory::WRITE_OPTIONS.to_owned()));
    nav::arrived(words::FILE);
    let wrong = RwSignal::new(Wrong::new());
    let said = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let receipt = RwSignal::new(None::<Receipt>);
    let tried = StoredValue::new(None::<(FiledLetter, String)>);

    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(form) = event.target() else { return };
        let sent = forms::values(form.unchecked_ref());
        let of = |name: &str| {
            sent.iter()
                .find(|(known, _)| known == name)
                .map(|(_, value)| value.trim().to_owned())
                .unwrap_or_default()
        };
        let some = |name: &str| Some(of(name)).filter(|text| !text.is_empty());
        let missing = [("via", of("via")), ("kind", of("kind"))];
        let missing: Wrong = missing
            .into_iter()
            .filter(|(_, value)| value.is_empty())
            .map(|(name, _)| (name.to_owned(), words::field_error("required", None)))
            .collect();
        let (Some(via), Some(kind)) = (FiledVia::from_code(&of("via")), LetterKind::from_code(&of("kind"))) else {
            wrong.set(missing);
            timers::next_frame(|| nav::focus(".field--error .field__control"));
            return;
        };
        let name = some("name");
        let filed = FiledLetter {
            letter: NewLetter {
                title: None,
                body: of("body"),
                kind,
                category: some("category"),
                category_by_resident: false,
                area: some("area"),
                place: some("place"),
                deputy: None,
                station: some("station"),
                attachments: Vec::new(),
                name_shown: if name.is_some() {
                    NameShown::ToHandlers
                } else {
                    NameShown::Hidden
                },
                name,
                consent_publish: some("consent_publish").is_some(),
            },
            phone: of("phone"),
            via,
            consent: of("consent"),
        };
        // An answer lost on the way is asked for again, not filed twice.
        let key = tried
            .with_value(|tried| {
                tried
                    .as_ref()
                    .filter(|(before, _)| *before == filed)
                    .map(|(_, key)| key.clone())
            })
            .unwrap_or_else(api::idempotency_key);
        tried.set_value(Some((filed.clone(), key.clone())));
        busy.set(true);
        spawn_local(async move {
            let outcome = api::office::file(&filed, &key).await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(done) => {
                    let _ = wrong.try_set(Wrong::new());
                    let _ = said.try_set(String::new());
                    live::say(words::FILE_DONE);
                    let _ = receipt.try_set(Some(done));
                    timers::next_frame(nav::focus_heading);
                }
                Err(error) => {
                    let fields = wrong_of(&error);
                    let _ = said.try_set(if fields.is_empty() {
                        desk.failed(&error)
                    } else {
                        String::new()
                    });
                    let _ = wrong.try_set(fields);
                    timers::next_frame(|| nav::focus(".field--error .field__control, .desk-page .notice"));
                }
            }
        });
    };
    let note = move || {
        let text = said.get();
        if text.is_empty() {
            ().into_any()
        } else {
            notice("warn", text)
        }
    };
    let form = move || {
        view! {
            <h1 tabindex="-1">{words::FILE}</h1>
            <p class="lead">{words::FILE_LEAD}</p>
            <form class="file-form" method="post" novalidate=true on:submit=send>
                {note}
                <div class=class_of(wrong, "phone")>
                    <label class="field__label" for="phone">{words::FILE_PHONE}</label>
                    <p class="field__hint">{words::FILE_PHONE_HINT}</p>
                    {error_of(wrong, "phone")}
                    <input class="field__control" id="phone" name="phone" type="tel" inputmode="numeric"
                        autocomplete="off" aria-describedby=described(wrong, "phone")/>
                </div>
                {pick(wrong, "via", words::FILE_VIA, false, || {
                    FiledVia::ALL.iter().map(|via| (via.code().to_owned(), words::via(*via).to_owned())).collect()
                })}
                <div class=class_of(wrong, "consent")>
                    <label class="field__label" for="consent">{words::FILE_CONSENT}</label>
                    <p class="field__hint">{words::FILE_CONSENT_HINT}</p>
                    {error_of(wrong, "consent")}
                    <input class="field__control" id="consent" name="consent" maxlength="200" autocomplete="off"
                        aria-describedby=described(wrong, "consent")/>
                </div>
                <div class=class_of(wrong, "body")>
                    <label class="field__label" for="body">{words::FILE_BODY}</label>
                    <p class="field__hint">{words::FILE_BODY_HINT}</p>
                    {error_of(wrong, "body")}
                    <textarea class="field__control field__control--area" id="body" name="body" rows="6"
                        aria-describedby=described(wrong, "body")></textarea>
                </div>
                {pick(wrong, "kind", words::FILE_KIND, false, || {
                    LetterKind::ALL
                        .iter()
                        .map(|kind| (kind.code().to_owned(), zh::common::kind(*kind).to_owned()))
                        .collect()
                })}
                {pick(wrong, "category", words::FILE_CATEGORY, true, move || {
                    let all = options.ready().map(|options| options.categories).unwrap_or_default();
                    all.into_iter().map(|category| (category.slug, category.name)).collect()
                })}
                {pick(wrong, "area", words::FILE_AREA, true, move || {
                    let all = options.ready().map(|options| options.areas).unwrap_or_default();
                    all.into_iter().map(|area| (area.code, area.name)).collect()
                })}
                <div class=class_of(wrong, "place")>
                    <label class="field__label" for="place">
                        {words::FILE_PLACE}<span class="field__optional">{desk_words::OPTIONAL}</span>
                    </label>
                    {error_of(wrong, "place")}
                    <input class="field__control" id="place" name="place" autocomplete="off"/>
                </div>
                <div class=class_of(wrong, "name")>
                    <label class="field__label" for="name">
                        {words::FILE_NAME}<span class="field__optional">{desk_words::OPTIONAL}</span>
                    </label>
                    {error_of(wrong, "name")}
                    <input class="field__control" id="name" name="name" autocomplete="off"/>
                </div>
                {pick(wrong, "station", words::FILE_STATION, false, move || {
                    let all = options.ready().map(|options| options.stations).unwrap_or_default();
                    all.into_iter().map(|station| (station.slug, station.name)).collect()
                })}
                <div class="radio radio--check">
                    <input class="radio__input" type="checkbox" id="consent_publish" name="consent_publish" value="1"/>
                    <label class="radio__label" for="consent_publish">{words::FILE_PUBLISH}</label>
                </div>
                <button type="submit" class="button" disabled=move || busy.get()>
                    {move || if busy.get() { words::FILE_BUSY } else { words::FILE_SEND }}
                </button>
            </form>
        }
        .into_any()
    };
    let body = move || match receipt.get() {
        Some(done) => receipt_view(&done, receipt),
        None => form(),
    };
    view! { <div class="desk-page">{body}</div> }.into_any()
}

fn pick(
    wrong: RwSignal<Wrong>,
    name: &'static str,
    label: &'static str,
    optional: bool,
    choices: impl Fn() -> Vec<(String, String)> + Send + 'static,
) -> AnyView {
    let all = move || {
        choices()
            .into_iter()
            .map(|(value, label)| view! { <option value=value>{label}</option> }.into_any())
            .collect_view()
    };
    view! {
        <div class=class_of(wrong, name)>
            <label class="field__label" for=name>
                {label}{optional.then(|| view! { <span class="field__optional">{desk_words::OPTIONAL}</span> })}
            </label>
            {error_of(wrong, name)}
            <select class="field__control" id=name name=name aria-describedby=described(wrong, name)>
                <option value="">{desk_words::CHOOSE}</option>
                {all}
            </select>
        </div>
    }
    .into_any()
}

fn receipt_view(done: &Receipt, receipt: RwSignal<Option<Receipt>>) -> AnyView {
    let open = [End::Office.path(), &api::query(&[("case", Some(&done.id))])].concat();
    let print = move |_| {
        let _ = window().print();
    };
    view! {
        <h1 tabindex="-1">{words::FILE_DONE}</h1>
        <dl class="facts">
            <div><dt>{words::FILE_NO}</dt><dd class="receipt__no">{done.no.clone()}</dd></div>
            <div><dt>{words::FILE_CODE}</dt><dd class="receipt__code">{done.code.clone()}</dd></div>
            <div><dt>{words::FILE_BY}</dt><dd>{dates::long_date(done.accept_by, timers::now())}</dd></div>
            <div><dt>{words::FILE_STATION}</dt><dd>{done.station_name.clone()} " " {done.station_phone.clone()}</dd></div>
        </dl>
        <div class="buttons">
            <button type="button" class="button" on:click=print>{words::FILE_PRINT}</button>
            <a class="button button--second" href=open>{words::FILE_OPEN}</a>
            <button type="button" class="link-button" on:click=move |_| receipt.set(None)>{words::FILE_NEXT}</button>
        </div>
    }
    .into_any()
}
