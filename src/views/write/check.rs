//! Check before sending: what those who handle it will see, and what others will.

use crate::components::{audio, icon, paragraphs};
use crate::i18n::zh::{common, guidance, voice as spoken_words, write as words};
use crate::markup::{IntoNode, Moving, view};
use crate::views::form::{LetterForm, PhotoItem, PhotoState, WriteStep};
use leptos::prelude::*;
use liaison_domain::dto::WriteOptions;
use liaison_domain::form::title_of;
use liaison_domain::guard;
use liaison_domain::lifecycle::NameShown;

fn row(step: WriteStep, name: &'static str, value: AnyView) -> AnyView {
    view! {
        <div class="check__row">
            <dt>{name}</dt>
            <dd class="check__value">{value}</dd>
            <dd class="check__change">
                <button class="link" type="submit" name="do" value=format!("goto:{}", step.code()) formnovalidate=true>
                    {words::CHANGE}
                    <span class="sr">{name}</span>
                </button>
            </dd>
        </div>
    }
    .into_any()
}

fn none(words: &'static str) -> AnyView {
    view! { <span class="check__none">{words}</span> }.into_any()
}

fn text(value: &str) -> AnyView {
    if value.is_empty() {
        none(words::NOT_FILLED)
    } else {
        paragraphs(value)
    }
}

fn thumbs(photos: &[PhotoItem]) -> AnyView {
    let items = photos
        .iter()
        .filter(|photo| photo.state == PhotoState::Done)
        .enumerate()
        .map(|(n, photo)| {
            view! {
                <li>
                    <img src=photo.thumb.clone() alt=common::picture(n + 1) width="72" height="72" />
                </li>
            }
            .into_any()
        })
        .collect::<Vec<_>>();
    if items.is_empty() {
        none(words::NO_PHOTOS)
    } else {
        view! { <ul class="pictures">{items}</ul> }.into_any()
    }
}

/// The names behind the chosen codes.
pub(super) fn to_name(form: &LetterForm, options: &WriteOptions) -> String {
    if let Some(card) = options.deputies.iter().find(|card| card.slug == form.deputy) {
        return format!("{}（{}）", card.name, card.station_name);
    }
    options
        .stations
        .iter()
        .find(|card| card.slug == form.station)
        .map(|card| card.name.clone())
        .unwrap_or_default()
}

/// What the published copy will hold, and what never.
fn seen_by_others(form: &LetterForm, category: &str, area: Option<&str>) -> AnyView {
    let author = if form.name_shown == NameShown::Public && !form.name.is_empty() {
        form.name.as_str()
    } else {
        words::CHECK_NOBODY
    };
    let line = |name: &'static str, value: String| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>{value}</dd>
            </div>
        }
        .into_any()
    };
    let own_name = Some(form.name.as_str()).filter(|_| form.name_shown != NameShown::Public);
    let covered = |text: &str| guard::mask_for_public(text, own_name);
    let title = if form.title.trim().is_empty() {
        title_of(&form.body)
    } else {
        form.title.clone()
    };
    let copy = if title.is_empty() && form.body.trim().is_empty() {
        view! { <p>{guidance::OTHERS_SPOKEN}</p> }.into_any()
    } else {
        view! {
            <p>{guidance::OTHERS_DRAFT}</p>
            <div class="others__copy">
                <p class="others__title">{covered(&title)}</p>
                {paragraphs(&covered(&form.body))}
            </div>
        }
        .into_any()
    };
    view! {
        {copy}
        <dl class="facts">
            {line(words::CHECK_AUTHOR, author.to_owned())}
            {line(words::CHECK_SEEN, words::seen(category, area))}
            {line(words::CHECK_UNSEEN, words::CHECK_UNSEEN_LIST.to_owned())}
        </dl>
    }
    .into_any()
}

pub(super) fn check(form: &LetterForm, options: &WriteOptions, live: Option<Moving<Vec<PhotoItem>>>) -> AnyView {
    let area = options.areas.iter().find(|area| area.code == form.area);
    let street = area.and_then(|area| {
        options
            .areas
            .iter()
            .find(|street| street.level == "street" && area.parent_id.as_ref() == Some(&street.id))
    });
    let mut place = String::new();
    for part in [
        street.map(|area| area.name.as_str()),
        area.map(|area| area.name.as_str()),
        Some(form.place.as_str()),
    ] {
        if let Some(part) = part.filter(|part| !part.is_empty()) {
            if !place.is_empty() {
                place.push(' ');
            }
            place.push_str(part);
        }
    }
    let category = options
        .categories
        .iter()
        .find(|category| category.slug == form.category)
        .map_or(words::CATEGORY_NONE, |category| category.name.as_str());
    let kind = form.kind.map_or("", common::kind);
    let kind = if kind.is_empty() {
        category.to_owned()
    } else {
        format!("{kind} · {category}")
    };
    let name = if form.name.is_empty() {
        String::new()
    } else {
        let shown = match form.name_shown {
            NameShown::Hidden => words::NAME_HIDDEN,
            NameShown::ToHandlers => words::NAME_HANDLERS,
            NameShown::Public => words::NAME_PUBLIC,
        };
        format!("{}（{shown}）", form.name)
    };
    let photos = match live {
        Some(live) => crate::markup::live(move || thumbs(&live()).node()).into_any(),
        None => thumbs(&form.photos),
    };
    // Who spoke has left nothing out.
    let written = (form.voice.is_none() || !form.body.trim().is_empty())
        .then(|| row(WriteStep::What, words::BODY, text(&form.body)));
    let spoken = form.voice.as_ref().map(|voice| {
        row(
            WriteStep::What,
            spoken_words::CHECK_VOICE,
            audio(&voice.thumb, spoken_words::LISTEN, spoken_words::CANNOT_TRY),
        )
    });
    let filmed = form
        .video
        .as_ref()
        .map(|video| row(WriteStep::Photos, spoken_words::VIDEO, text(&video.name)));
    let consent = form.consents();
    let others = if consent {
        seen_by_others(form, category, area.map(|area| area.name.as_str()))
    } else {
        ().into_any()
    };
    let extra = &form.extra;
    let joined = extra.joins().then(|| {
        row(
            WriteStep::What,
            guidance::CHECK_JOIN,
            text(&guidance::join_name(&extra.join, &extra.join_title)),
        )
    });
    let helper = extra.is_helping().then(|| {
        let helped = guidance::helped_by(&extra.helper_name, &extra.helper_relation, extra.consent());
        row(WriteStep::What, guidance::HELPER_CHECK, text(&helped))
    });
    let spot = extra
        .spot
        .is_some()
        .then(|| row(WriteStep::Where, guidance::SPOT, text(guidance::SPOT_HANDLERS)));
    let place = if place.is_empty() && extra.spot.is_none() && !extra.joins() {
        none(words::PLACE_NOT_FILLED)
    } else {
        text(&place)
    };
    // A letter that joins another goes where that one is, as what that one is.
    let to = (!extra.joins()).then(|| row(WriteStep::Who, words::WHO, text(&to_name(form, options))));
    let kind = (!extra.joins()).then(|| row(WriteStep::More, words::KIND, text(&kind)));
    view! {
        <h1 class="question" tabindex="-1">
            {words::CHECK}
        </h1>
        <p class="lead">{words::CHECK_LEAD}</p>
        <dl class="check">
            {joined} {helper} {written} {spoken}
            {row(WriteStep::Where, words::PLACE_Q, place)} {spot} {to} {row(WriteStep::Photos, words::CHECK_PHOTOS, photos)}
            {filmed} {kind} {row(WriteStep::More, words::SUBJECT, text(&form.title))}
            {row(WriteStep::More, words::CONSENT_SHORT, text(if consent { words::CONSENT_YES } else { words::CONSENT_NO }))}
            {row(WriteStep::More, guidance::MAY_CALL_SHORT, text(if extra.may_be_called() { guidance::MAY_CALL_YES } else { guidance::MAY_CALL_NO }))}
            {row(WriteStep::More, words::NAME, text(&name))}
        </dl>
        <section class="others" aria-labelledby="others-title">
            <h2 id="others-title">
                {icon("#i-eye")}
                {words::CHECK_OTHERS}
            </h2>
            <p>{if consent { words::CHECK_PUBLIC } else { words::CHECK_PRIVATE }}</p>
            {others}
        </section>
    }
    .into_any()
}
