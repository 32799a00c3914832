use super::href_of;
use crate::components::{back_link, page_head};
use crate::i18n::zh::receptions as words;
use crate::markup::view;
use crate::views::elsewhere::{Missing, elsewhere};
use leptos::prelude::*;
use liaison_domain::dto::ReceptionDetail;
use liaison_domain::reception::SessionState;

fn line(name: &'static str, value: AnyView) -> AnyView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
    .into_any()
}

/// Characters of the poster's facts in one line, and of its title.
const IN_LINE: usize = 21;
const IN_TITLE: usize = 11;

/// How tightly a poster is set so that it stays on one sheet: by the lines that its words will take.
fn density(data: &ReceptionDetail) -> &'static str {
    let card = &data.card;
    let lines = |text: &str, in_line: usize| text.chars().count().div_ceil(in_line);
    let facts: usize = [&card.place, &card.topic, &data.notice]
        .iter()
        .map(|text| lines(text, IN_LINE))
        .sum();
    let off = lines(card.cancel_reason.as_deref().unwrap_or_default(), IN_LINE);
    // A line of the title is as high as two of the facts.
    match facts + off + card.deputies.len() + 2 * lines(&words::name(card), IN_TITLE) {
        0..=6 => "poster",
        7..=15 => "poster poster--dense",
        _ => "poster poster--tight",
    }
}

/// A poster on A4: what, when, where, who, how to come.
#[component]
pub fn PosterView(
    data: ReceptionDetail,
    /// The address that its QR code leads to, as people could type it.
    address: String,
) -> AnyView {
    let class = density(&data);
    let card = data.card;
    let [year, day, weekday] = words::paper_day(&card);
    let who = if card.deputies.is_empty() {
        words::WHO_LATER.into_any()
    } else {
        let people = card.deputies.iter().map(|one| {
            let level = crate::i18n::zh::directory::levels(&one.card.levels, &one.card.kind);
            view! { <li><b>{one.card.name.clone()}</b> <span>{format!("{level}，{}", one.card.occupation)}</span></li> }
                .into_any()
        });
        view! { <ul>{people.collect_view()}</ul> }.into_any()
    };
    let topic = (!card.topic.is_empty()).then(|| line(words::TOPIC, card.topic.clone().into_any()));
    let before = (!data.notice.is_empty()).then(|| line(words::NOTICE, data.notice.clone().into_any()));
    let off = (card.state == SessionState::Cancelled).then(|| {
        view! { <p class="poster__off">{words::state(card.state)} {words::reason(card.cancel_reason.as_deref())}</p> }
    });
    let ways = words::poster_ways(&data.station.phone)
        .into_iter()
        .map(|way| view! { <li>{way}</li> }.into_any())
        .collect_view();
    view! {
        <div class="no-print">
            {back_link(href_of(&card), words::POSTER_BACK)} <p>{words::POSTER_PRINT}</p>
            <p class="buttons">
                <button class="button" type="button" data-print="" hidden=true>
                    {words::POSTER_PRINT_NOW}
                </button>
            </p>
            {elsewhere(Missing::Print)}
        </div>
        <article class=class>
            <p class="poster__station">{card.station_name.clone()}</p>
            <h1 class="poster__title">{words::name(&card)}</h1>
            {off}
            <p class="poster__when">
                <time datetime=card.date.clone()>
                    <span class="poster__year">{year}</span>
                    <span class="poster__day">{day}</span>
                    " "
                    <span class="poster__weekday">{weekday}</span>
                </time>
                " "
                <span class="poster__hours">{words::hours(&card)}</span>
            </p>
            <dl class="poster__facts">
                {line(words::WHERE, card.place.clone().into_any())} {line(words::WHO, who)} {topic} {before}
                {line(
                    words::PHONE,
                    view! { <span class="poster__phone">{data.station.phone.clone()}</span> }.into_any(),
                )}
            </dl>
            <div class="poster__how">
                <div>
                    <h2>{words::POSTER_HOW}</h2>
                    <ol>{ways}</ol>
                    <p class="poster__address">{address}</p>
                </div>
                <figure class="poster__code">
                    <img class="qr" src=format!("/qr/r/{}.svg", card.id) alt=words::QR width="220" height="220" />
                    <figcaption>
                        <span>{words::POSTER_SCAN.0}</span>
                        <span>{words::POSTER_SCAN.1}</span>
                    </figcaption>
                </figure>
            </div>
        </article>
    }
    .into_any()
}

/// The words for the groups of a community, ready to copy.
#[component]
pub fn GroupNoticeView(
    data: ReceptionDetail,
    /// The whole address of the reception's page.
    address: String,
) -> AnyView {
    let text = words::group_notice(&data.card, &data.station.phone, &address, &data.notice);
    let rows = (text.lines().count() + 2).to_string();
    view! {
        {back_link(href_of(&data.card), words::POSTER_BACK)} {page_head(words::NOTICE_TEXT.into(), words::NOTICE_LEAD)}
        <label class="sr" for="text">
            {words::NOTICE_LABEL}
        </label>
        <textarea class="field__control group-notice" id="text" readonly=true rows=rows>
            {text}
        </textarea>
        <p class="buttons">
            <button class="button" type="button" data-copy="text" data-done=words::COPIED hidden=true>
                {words::COPY}
            </button>
        </p>
        <p id="tools-status" role="status"></p>
    }
    .into_any()
}
