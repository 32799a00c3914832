//! Filing a letter for a resident (代为登记), and the receipt that is theirs.

use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use liaison_domain::dto::{FiledLetter, LetterExtra, NewLetter, Receipt, WriteOptions};
use liaison_domain::lifecycle::{FiledVia, LetterKind, NameShown};

use super::super::form;
use super::super::here::{Desk, End};
use super::{Choices, Control, Field, Wrong, refused};
use crate::api;
use crate::i18n::desk::{self as desk_words, office as words};
use crate::i18n::zh;
use crate::markup::view;
use crate::state::{Load, Remote, live, nav, timers};
use crate::views::desk as parts;

/// `/desk/file`
pub fn page(desk: Desk) -> AnyView {
    let options: Remote<WriteOptions> = Remote::new(|| Some(api::directory::WRITE_OPTIONS.to_owned()));
    nav::arrived(words::FILE);
    let wrong = RwSignal::new(Wrong::new());
    let busy = RwSignal::new(false);
    let receipt = RwSignal::new(None::<Receipt>);
    let tried = StoredValue::new(None::<(FiledLetter, String)>);
    // Half a letter outlives a reload; whoever logs out takes it away.
    let own = untrack(|| desk.session.me());
    let account = own.as_ref().map(|me| me.account_id.clone()).unwrap_or_default();
    let station = StoredValue::new(own.and_then(|me| me.station).map(|station| station.id));
    let key = StoredValue::new(form::key(&account, "", "file"));
    let found = RwSignal::new(false);
    // What was typed before; one's own station to begin with.
    let put_back = move || {
        // The page may have been left meanwhile.
        let Some(key) = key.try_get_value() else { return };
        let kept = form::read(&key).unwrap_or_default();
        let stations = options.now().map(|options| options.stations).unwrap_or_default();
        let own = stations
            .iter()
            .find(|known| Some(&known.id) == station.get_value().as_ref());
        form::put("station", own.map_or("", |own| own.slug.as_str()));
        for (name, value) in kept.all() {
            form::put(name, value);
        }
        let _ = found.try_set(!kept.get("phone").is_empty() || !kept.get("body").is_empty());
    };
    let keep = move |event: ev::Event| {
        if let Some(values) = form::sent(&event) {
            form::keep_values(&key.get_value(), &values);
        }
    };
    // Drawn anew, so that nothing of the last letter stays.
    let drawn = RwSignal::new(());
    let clear = move |_| {
        form::forget(&key.get_value());
        wrong.set(Wrong::new());
        receipt.set(None);
        drawn.set(());
        timers::next_frame(nav::focus_heading);
    };
    Effect::new(move |_| {
        drawn.track();
        // What was chosen can be put back only when there is something to choose from.
        if options.get() != Load::Waiting {
            timers::next_frame(put_back);
        }
    });

    let send = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(sent) = form::sent(&event) else { return };
        let of = |name: &str| sent.trimmed(name);
        let some = |name: &str| sent.some(name);
        let missing: Wrong = ["phone", "via", "consent", "body", "kind", "station"]
            .into_iter()
            .filter(|name| of(name).is_empty())
            .map(|name| (name.to_owned(), words::field_error("required", None)))
            .collect();
        let is_complete = missing.is_empty();
        wrong.set(missing);
        let codes = (FiledVia::from_code(&of("via")), LetterKind::from_code(&of("kind")));
        let ((Some(via), Some(kind)), true) = (codes, is_complete) else {
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
                media: Vec::new(),
                instead_of: None,
                extra: LetterExtra::default(),
            },
            phone: of("phone"),
            via,
            consent: of("consent"),
        };
        // An answer lost on the way is asked for again, not filed twice.
        let once = tried
            .with_value(|tried| {
                tried
                    .as_ref()
                    .filter(|(before, _)| *before == filed)
                    .map(|(_, key)| key.clone())
            })
            .unwrap_or_else(api::idempotency_key);
        tried.set_value(Some((filed.clone(), once.clone())));
        busy.set(true);
        let kept = key.get_value();
        spawn_local(async move {
            let outcome = api::office::file(&filed, &once).await;
            let _ = busy.try_set(false);
            match outcome {
                Ok(done) => {
                    form::forget(&kept);
                    live::say(words::FILE_DONE);
                    let _ = found.try_set(false);
                    let _ = receipt.try_set(Some(done));
                    timers::next_frame(nav::focus_heading);
                }
                Err(error) => refused(desk, wrong, &error),
            }
        });
    };
    let found_view = move || {
        found.get().then(|| {
            view! {
                <p class="desk-form__found">
                    {desk_words::forms::DRAFT_FOUND}
                    <button type="button" class="link-button" on:click=clear>{desk_words::forms::DRAFT_DROP}</button>
                </p>
            }
            .into_any()
        })
    };
    let fields = move || {
        let choose = |draw: fn(WriteOptions) -> Choices| {
            Control::Choose(
                Box::new(move || options.ready().map(draw).unwrap_or_default()),
                String::new(),
            )
        };
        let fields = [
            Field::new("phone", words::FILE_PHONE, Control::Phone).hint(words::FILE_PHONE_HINT),
            Field::new("via", words::FILE_VIA, Control::Choose(Box::new(ways), String::new())),
            Field::new("consent", words::FILE_CONSENT, Control::Line).hint(words::FILE_CONSENT_HINT),
            Field::new("body", words::FILE_BODY, Control::Area("6", String::new())).hint(words::FILE_BODY_HINT),
            Field::new(
                "kind",
                words::FILE_KIND,
                Control::Choose(Box::new(kinds), String::new()),
            ),
            Field::new("category", words::FILE_CATEGORY, choose(categories)).optional(),
            Field::new("area", words::FILE_AREA, choose(areas)).optional(),
            Field::new("place", words::FILE_PLACE, Control::Line).optional(),
            Field::new("name", words::FILE_NAME, Control::Line).optional(),
            Field::new("station", words::FILE_STATION, choose(stations)),
        ];
        fields.into_iter().map(|field| field.view(wrong)).collect_view()
    };
    let form_view = move || {
        view! {
            <h1 tabindex="-1">{words::FILE}</h1>
            <p class="lead">{words::FILE_LEAD}</p>
            <form class="file-form" id="desk-form" method="post" novalidate=true on:input=keep on:change=keep
                on:submit=send>
                {found_view}
                {fields()}
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
    let body = move || {
        drawn.track();
        match receipt.get() {
            Some(done) => receipt_view(&done, clear),
            None => form_view(),
        }
    };
    view! { <div class="desk-page">{body}</div> }.into_any()
}

fn ways() -> Choices {
    FiledVia::ALL
        .iter()
        // Made by the event's own page, from the question.
        .filter(|via| **via != FiledVia::Event)
        .map(|via| (via.code().to_owned(), words::via(*via).to_owned()))
        .collect()
}

fn kinds() -> Choices {
    LetterKind::ALL
        .iter()
        .map(|kind| (kind.code().to_owned(), zh::common::kind(*kind).to_owned()))
        .collect()
}

fn categories(options: WriteOptions) -> Choices {
    let all = options.categories.into_iter();
    all.map(|category| (category.slug, category.name)).collect()
}

fn areas(options: WriteOptions) -> Choices {
    options.areas.into_iter().map(|area| (area.code, area.name)).collect()
}

fn stations(options: WriteOptions) -> Choices {
    let all = options.stations.into_iter();
    all.map(|station| (station.slug, station.name)).collect()
}

fn receipt_view(done: &Receipt, again: impl Fn(ev::MouseEvent) + Send + 'static) -> AnyView {
    let open = [End::Office.path(), &api::query(&[("case", Some(&done.id))])].concat();
    let print = move |_| {
        let _ = window().print();
    };
    view! {
        {parts::filed_receipt(done, timers::now())}
        <div class="buttons">
            <button type="button" class="button" on:click=print>{words::FILE_PRINT}</button>
            <a class="button button--second" href=open>{words::FILE_OPEN}</a>
            <button type="button" class="link-button" on:click=again>{words::FILE_NEXT}</button>
        </div>
    }
    .into_any()
}
