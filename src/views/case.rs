//! A letter as its author follows it.

use super::{actions, standing};
use crate::components::{
    Audience, Errors, HolderClock, Timeline, back_link, elapsed_parts, error_summary, media_list, notice, paragraphs,
    pictures, state_chip,
};
use crate::i18n::zh::{case as words, common, guidance};
use crate::i18n::{dates, zh};
use crate::markup::view;
use crate::views::form::PhotoItem;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{CaseView, LetterOrigin};

/// What was typed into one of the page's forms, when it comes back with errors.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActForm {
    /// Which form: `info`, `supplement`, `withdraw`, `appeal`, `follow_up`.
    pub act: String,
    /// What was typed.
    pub text: String,
    /// Photos that came along already.
    pub photos: Vec<PhotoItem>,
}

/// Status in words, who has it, what to do now, the answers, the timeline, the letter itself.
/// Forms post to `/mine/NO` with `do`, `version` and, where there is one, `text` and `file`.
#[component]
pub fn MyCaseView(
    data: CaseView,
    now: Millis,
    #[prop(optional)] errors: Errors,
    #[prop(optional)] form: ActForm,
    /// What was just done, as a code of [`words::done`]; empty for nothing.
    #[prop(optional)]
    done: String,
) -> AnyView {
    let status = standing::status(&data, now);
    let text_id = format!("{}-text", form.act);
    let done = (!done.is_empty()).then(|| notice("good", words::done(&done).into()));
    let next = Some(standing::next(&data));
    let clock = view! { <HolderClock holder=data.holder.clone() next=next now=now /> };
    let due = data
        .due_at
        .map(|due| fact(words::DUE_ANSWER, dates::long_date(due, now)));
    let extra = data.extra.as_ref();
    let helped = extra.and_then(|extra| extra.helper.as_ref()).map(|helper| {
        fact(
            guidance::HELPER_CHECK,
            guidance::helped_by(&helper.name, &helper.relation, helper.consent),
        )
    });
    view! {
        {error_summary(&errors, &[("text", text_id.as_str())])}
        {back_link("/mine".into(), words::MINE)}
        <div class="head">
            <h1 tabindex="-1">{data.title.clone()}</h1>
            <p class="row__meta">
                {state_chip(data.state)} <span>{data.no.clone()}</span>
                <span>{format!("{} {}", dates::date(data.submitted_at, now), words::SUBMITTED)}</span>
            </p>
        </div>
        {done}
        <p class="status">{status}</p>
        <div class="columns">
            <div class="columns__main">
                {actions::needs_you(&data, &form, &errors, now)} {clock} {standing::answers(&data, now)}
                {standing::parts(&data.parts, now)} <Timeline events=data.timeline.clone() now=now audience=Audience::Author />
            </div>
            <div class="columns__side">
                <section class="letter" aria-labelledby="letter-title">
                    <h2 class="letter__title" id="letter-title">
                        {words::LETTER}
                    </h2>
                    {paragraphs(&data.body)} {media_list(&data.media)} {pictures(&data.pictures)} <dl class="facts">
                        {data.place.clone().or(data.area_name.clone()).map(|_| fact(words::PLACE, place(&data)))}
                        {data.category_name.clone().map(|name| fact(words::CATEGORY, format!("{} · {name}", common::kind(data.kind))))}
                        {helped} {fact(words::TO, data.to_name.clone())} {data.origin.as_ref().map(|origin| fact(words::ORIGIN, origin_link("/events/", origin)))} {due}
                    </dl>
                </section>
                {elapsed_parts(&data.elapsed)}
                {actions::others(&data, &form, &errors, now)}
                <p class="count">
                    {words::CALL_STATION} " "
                    <a href=format!("tel:{}", data.station_phone)>{zh::common::call(&data.station_phone)}</a>
                </p>
            </div>
        </div>
    }
    .into_any()
}

/// The way back to the event that a letter came from; `pages`: the beginning of the address there.
pub(super) fn origin_link(pages: &'static str, origin: &LetterOrigin) -> AnyView {
    let href = [pages, &origin.event_id].concat();
    view! { <a href=href rel="external">{origin.event_title.clone()}</a> }.into_any()
}

fn fact(name: &'static str, value: impl IntoAny) -> AnyView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{value.into_any()}</dd>
        </div>
    }
    .into_any()
}

fn place(data: &CaseView) -> String {
    [data.area_name.as_deref(), data.place.as_deref()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}
