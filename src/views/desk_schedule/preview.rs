//! The coming twelve months of a rule: each day, what became of it and why, who receives, what would change.

use crate::components::{empty, notice, tone_chip};
use crate::i18n::dates;
use crate::i18n::desk::schedule as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{FittingDeputy, NamedRef, PreviewDay, RulePreview};
use std::collections::BTreeSet;

/// 「陆知遥、顾承远」.
pub fn names(people: &[NamedRef]) -> String {
    people
        .iter()
        .map(|one| one.name.as_str())
        .collect::<Vec<_>>()
        .join("、")
}

/// 「招生入学前后，可以请陆知遥（教育）、…」; nothing without a suggestion.
pub fn fitting_words(fitting: &[FittingDeputy]) -> Option<String> {
    let first = fitting.first()?;
    let all: Vec<String> = fitting
        .iter()
        .map(|one| format!("{}（{}）", one.deputy.name, one.area))
        .collect();
    Some(words::fitting(&first.season, &all.join("、")))
}

fn day_row(day: &PreviewDay, hint: Option<String>, now: Millis) -> AnyView {
    let spoken = |text: &str| dates::spoken_day(text, now);
    let (tone, change) = words::change(&day.change);
    let sign = match tone {
        "good" => "#i-good",
        "warn" => "#i-warn",
        "bad" => "#i-info",
        _ => "#i-calendar",
    };
    let shown = day.date.as_ref().unwrap_or(&day.rule_date);
    let fate = words::fate(&day.fate, &spoken(&day.rule_date), &day.why);
    let before = day
        .before
        .as_ref()
        .filter(|before| day.date.as_ref() != Some(*before) && matches!(&*day.change, "moved" | "left"))
        .map(|before| words::before(&spoken(before)));
    let who = day.date.is_some().then(|| {
        if day.deputies.is_empty() {
            words::WHO_NONE.to_owned()
        } else {
            [words::WHO, &names(&day.deputies)].concat()
        }
    });
    let left = (day.change == "left").then(|| {
        let link = day
            .session_id
            .as_ref()
            .map(|id| view! { <a href=format!("/desk/receptions/{id}")>{words::OPEN_SESSION}</a> });
        view! { <p>{words::LEFT_NOTE} {link}</p> }
    });
    let by_hand = day
        .session_id
        .as_ref()
        .filter(|_| matches!(&*day.change, "by_hand" | "cancelled"));
    let by_hand = by_hand.map(|id| {
        view! {
            <p>
                <a href=format!("/desk/receptions/{id}")>{words::OPEN_SESSION}</a>
            </p>
        }
    });
    let booked = (day.booked > 0).then(|| words::booked(day.booked));
    let fitting = hint.map(|hint| view! { <p class="rule-day__hint">{hint}</p> });
    let reasons: Vec<String> = [Some(fate).filter(|text| !text.is_empty()), before, booked]
        .into_iter()
        .flatten()
        .collect();
    let reasons = (!reasons.is_empty()).then(|| view! { <p>{reasons.join("。")}</p> });
    view! {
        <li class=format!("rule-day rule-day--{}", day.change)>
            <p class="rule-day__head">
                <b class="rule-day__date">{spoken(shown)}</b>
                {tone_chip(tone, sign, change)}
            </p>
            {reasons}
            {who.map(|who| view! { <p class="rule-day__who">{who}</p> })}
            {left}
            {by_hand}
            {fitting}
        </li>
    }
    .into_any()
}

/// The preview below the form.
pub fn preview(data: &RulePreview, now: Millis) -> AnyView {
    let days = if data.days.is_empty() {
        empty(words::PREVIEW_NONE, None)
    } else {
        // A hint that holds for weeks is said once, on its first day.
        let mut said = BTreeSet::new();
        let rows = data
            .days
            .iter()
            .map(|day| {
                let hint = fitting_words(&day.fitting).filter(|hint| said.insert(hint.clone()));
                day_row(day, hint, now)
            })
            .collect_view();
        view! { <ol class="rule-days">{rows}</ol> }.into_any()
    };
    view! {
        <section class="rule-preview" aria-labelledby="preview">
            <h2 id="preview" tabindex="-1">
                {words::PREVIEW}
            </h2>
            {notice("info", words::PREVIEW_NOTE.to_owned())}
            <p>
                <b>{data.words.clone()}</b>
            </p>
            <p>{words::counts(data.added, data.moved, data.removed, data.left)}</p>
            {days}
        </section>
    }
    .into_any()
}
