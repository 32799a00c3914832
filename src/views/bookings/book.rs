//! Choosing a time. One form: whatever is refused, nothing typed is lost.

use super::form::{BookForm, WAIT, slot_value};
use super::{call, fact};
use crate::components::{
    CheckRow, Choice, Errors, RadioCards, SelectField, TextArea, TextField, back_link, error_line, error_summary,
    notice, page_head,
};
use crate::i18n::zh::bookings as words;
use crate::i18n::zh::common;
use crate::markup::view;
use crate::views::form::PhoneForm;
use crate::views::login::phone_fields;
use leptos::prelude::*;
use liaison_domain::dto::{BOOKING_PEOPLE_MAX, BookOptions, SlotView};
use liaison_domain::reception::Refused;
use liaison_domain::{Id, Millis};

/// Who books.
#[derive(Clone, Debug)]
pub enum Booker {
    /// Logged in already.
    Known,
    /// The phone is verified in the same form.
    ByPhone(PhoneForm),
}

fn is_free(slot: &SlotView, now: Millis) -> bool {
    slot.free && slot.starts_at > now
}

/// One time; one that is taken stands there without a button.
fn time(slot: &SlotView, n: usize, chosen: &str, now: Millis) -> AnyView {
    let label = words::slot(slot.starts_at, slot.deputy_name.as_deref());
    if !is_free(slot, now) {
        return view! {
            <li class="slot slot--full">
                <span>{label}</span>
                <span class="slot__full">{words::FULL}</span>
            </li>
        }
        .into_any();
    }
    // The first carries the group's own name, so that an error can link to it.
    let id = if n == 0 { "slot".to_owned() } else { format!("slot-{n}") };
    let value = slot_value(slot);
    let checked = value == chosen;
    view! {
        <li class="slot radio">
            <input class="radio__input" type="radio" id=id.clone() name="slot" value=value checked=checked />
            <label class="radio__label" for=id>
                {label}
            </label>
        </li>
    }
    .into_any()
}

fn times(data: &BookOptions, form: &BookForm, errors: &Errors, now: Millis) -> AnyView {
    let error = errors.words("slot");
    let (chosen, others): (Vec<_>, Vec<_>) =
        (data.slots.iter()).partition(|slot| error.is_none() && is_free(slot, now) && slot_value(slot) == form.slot);
    let mut free = 0;
    let mut row = |slot: &&SlotView| {
        let row = time(slot, free, &form.slot, now);
        free += usize::from(is_free(slot, now));
        row
    };
    let first = chosen.iter().map(&mut row).collect_view();
    let rows = others.iter().map(row).collect_view();
    // Whoever has chosen a time sees that one, and the others when asking for them.
    let rows = if chosen.is_empty() {
        view! { <ul class="slots">{rows}</ul> }.into_any()
    } else {
        view! {
            <ul class="slots">{first}</ul>
            <details class="more-choices">
                <summary>{words::TIME_OTHER}</summary>
                <ul class="slots">{rows}</ul>
            </details>
        }
        .into_any()
    };
    view! {
        <fieldset
            class=if error.is_some() { "choices field field--error" } else { "choices field" }
            aria-describedby=if error.is_some() { "slot-hint slot-error" } else { "slot-hint" }
        >
            <legend class="choices__legend field__label">{words::TIME}</legend>
            <p class="field__hint" id="slot-hint">
                {words::TIME_HINT}
            </p>
            {error_line("slot", error.as_ref())}
            {rows}
        </fieldset>
    }
    .into_any()
}

/// The line, where every time is taken.
fn line(data: &BookOptions, form: &BookForm) -> AnyView {
    let mut deputies: Vec<(&Id, &String)> = Vec::new();
    for slot in &data.slots {
        if let (Some(id), Some(name)) = (&slot.deputy_id, &slot.deputy_name)
            && !deputies.iter().any(|(known, _)| *known == id)
        {
            deputies.push((id, name));
        }
    }
    let who = (deputies.len() > 1).then(|| {
        let mut choices = vec![Choice::new("", words::WAIT_ANY, "")];
        choices.extend(
            deputies
                .iter()
                .map(|(id, name)| Choice::new(id.as_str(), name.as_str(), "")),
        );
        view! { <RadioCards name="wish" legend=words::WAIT_WHO choices=choices value=form.wish.clone() /> }
    });
    view! {
        {notice("info", words::line(data.waiting))}
        <input type="hidden" name="slot" value=WAIT />
        {who}
    }
    .into_any()
}

fn questions(data: &BookOptions, form: &BookForm, errors: &Errors) -> AnyView {
    let modes = (data.modes.len() > 1).then(|| {
        let choices = data
            .modes
            .iter()
            .map(|mode| {
                let (what, hint) = words::mode(*mode);
                Choice::new(mode.code(), what, hint)
            })
            .collect();
        view! {
            <RadioCards
                name="mode"
                legend=words::MODE
                choices=choices
                value=form.mode.clone()
                error=errors.words("mode")
            />
        }
    });
    // One way only: nothing to ask.
    let one_mode = match data.modes.as_slice() {
        [one] => Some(view! { <input type="hidden" name="mode" value=one.code() /> }),
        _ => None,
    };
    let needs = words::NEEDS_ALL
        .iter()
        .enumerate()
        .map(|(n, need)| {
            let checked = form.needs.iter().any(|chosen| chosen == need);
            view! {
                <CheckRow
                    name="needs"
                    id=format!("needs-{n}")
                    value=(*need).to_owned()
                    words=(*need).to_owned()
                    checked=checked
                />
            }
        })
        .collect_view();
    let people = (1..=BOOKING_PEOPLE_MAX)
        .map(|count| (count.to_string(), words::people(count)))
        .collect();
    view! {
        {modes}
        {one_mode}
        <TextArea
            name="topic"
            label=words::TOPIC
            hint=words::TOPIC_HINT
            value=form.topic.clone()
            error=errors.words("topic")
            rows=3
        />
        <fieldset class="choices field" aria-describedby="needs-hint">
            <legend class="choices__legend field__label">{words::NEEDS}</legend>
            <p class="field__hint" id="needs-hint">
                {words::NEEDS_HINT}
            </p>
            <div class="choices__cards choices__cards--inline">{needs}</div>
            <TextField
                name="needs_other"
                label=words::NEEDS_OTHER
                optional=true
                value=form.needs_other.clone()
                error=errors.words("needs_other")
            />
        </fieldset>
        <SelectField
            name="people"
            label=words::PEOPLE
            none=common::CHOOSE
            value=form.people.clone()
            options=vec![(String::new(), people)]
            error=errors.words("people")
        />
        <TextField
            name="called"
            label=words::CALLED
            hint=words::CALLED_HINT
            autocomplete="name"
            value=form.called.clone()
            error=errors.words("called")
        />
    }
    .into_any()
}

fn about(data: &BookOptions, now: Millis) -> AnyView {
    let what = if data.title.is_empty() {
        words::kind(data.kind)
    } else {
        &data.title
    };
    let topic = Some(data.topic.as_str()).filter(|topic| !topic.is_empty());
    let kind = [Some(what), topic].into_iter().flatten().collect::<Vec<_>>().join("：");
    view! {
        <p class="lead">{words::span(data.starts_at, data.ends_at, now)}</p>
        <dl class="facts">
            {fact(words::STATION, data.station_name.clone())}
            {fact(words::WHERE, data.place.clone())}
            {fact(words::TO_RECEPTION, kind)}
        </dl>
        {(!data.notice.is_empty()).then(|| notice("info", data.notice.clone()))}
    }
    .into_any()
}

/// Choosing a time of a reception. Posts to the page's own address: `do=book`, or for a phone that is being verified
/// `do=code`, `verify`, `other`.
#[component]
pub fn BookView(
    data: BookOptions,
    form: BookForm,
    booker: Booker,
    #[prop(optional)] errors: Errors,
    /// Only the telephone helps.
    #[prop(optional)]
    by_phone_only: bool,
    now: Millis,
) -> AnyView {
    let action = ["/receptions/", &data.session_id, "/book"].concat();
    let back = back_link(["/receptions/", &data.session_id].concat(), words::TO_RECEPTION);
    let head = page_head(words::BOOK.into(), words::LEAD);
    let about = about(&data, now);
    let why_not = data.refused.as_deref().and_then(Refused::from_code);
    if let Some(why) = why_not {
        return view! {
            {back}
            {page_head(words::BOOK.into(), "")}
            {about}
            {notice("warn", words::refused(why).to_owned())}
            <p>{call(&data.station_phone)}</p>
            <p>
                <a href="/receptions">{words::SEE_RECEPTIONS}</a>
            </p>
        }
        .into_any();
    }
    let is_full = !data.slots.iter().any(|slot| slot.free && slot.starts_at > now);
    let choose = if is_full {
        line(&data, &form)
    } else {
        times(&data, &form, &errors, now)
    };
    let go = if is_full { words::GO_WAIT } else { words::GO };
    let send = match &booker {
        Booker::Known => view! {
            <button class="button" type="submit" name="do" value="book">
                {go}
            </button>
        }
        .into_any(),
        Booker::ByPhone(phone) => view! {
            <h2>{words::PHONE}</h2>
            <p>{words::PHONE_WHY}</p>
            {phone_fields(phone, &errors, go)}
        }
        .into_any(),
    };
    let instead =
        (!form.instead.is_empty()).then(|| view! { <input type="hidden" name="instead" value=form.instead.clone() /> });
    let phone = by_phone_only.then(|| view! { <p class="links">{call(&data.station_phone)}</p> });
    let closes = words::closes(data.closes_at, now);
    view! {
        {back}
        {error_summary(&errors, &[])}
        {head}
        {phone}
        {about}
        <p>{closes}</p>
        <form class="form" method="post" action=action novalidate=true>
            {instead}
            {choose}
            {questions(&data, &form, &errors)}
            {send}
        </form>
    }
    .into_any()
}
