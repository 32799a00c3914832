//! Letters that are not finished or not gone yet, as the browser's lists show them. The server knows none of this.

use crate::components::{icon, notice};
use crate::i18n::dates;
use crate::i18n::zh::drafts as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::Millis;

/// A letter that is not finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftRow {
    /// Names it on its buttons.
    pub id: String,
    /// Its first words.
    pub beginning: String,
    /// When it was touched last.
    pub saved_at: Millis,
    /// How many photos it has.
    pub photos: usize,
}

/// A letter that was told to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutRow {
    /// Names it on its buttons.
    pub id: String,
    /// Its first words.
    pub beginning: String,
    /// When it was told to go.
    pub at: Millis,
    /// How far it is.
    pub state: OutState,
    /// Photos that are not with the server yet.
    pub photos_left: usize,
    /// A recording or a video is not with the server yet.
    pub media_left: bool,
    /// It has no words, and goes once its recording is with the server.
    pub voice_first: bool,
}

/// How far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OutState {
    /// It goes by itself once there is a network.
    Waiting,
    /// The server asked to send less often: it goes by itself at that time.
    Turn(Millis),
    /// The phone has to be verified (again).
    Code,
    /// The server did not take it; why.
    Refused(String),
    /// Filed; files may follow.
    Sent {
        /// Its number.
        no: String,
        /// Number and query code were shown.
        seen: bool,
        /// What keeps them from following; empty: nothing.
        problem: String,
    },
}

fn button(class: &'static str, act: &str, id: &str, words: &'static str, about: &str) -> AnyView {
    view! {
        <button class=class type="button" data-do=format!("{act}:{id}")>
            {words}
            <span class="sr">{about.to_owned()}</span>
        </button>
    }
    .into_any()
}

/// One letter on its way: what is happening with it, and what one can do. `alone`: the page is about this one.
fn out_card(row: &OutRow, alone: bool, now: Millis) -> AnyView {
    let beginning = row.beginning.as_str();
    let (id, second, link) = (row.id.as_str(), "button button--second", "link");
    let first = if alone { "button" } else { second };
    let (title, text, buttons) = match &row.state {
        OutState::Waiting | OutState::Turn(_) => (
            if row.state == OutState::Waiting {
                words::WAITING
            } else {
                words::TURN
            },
            match row.state {
                OutState::Turn(at) => words::turn(at, now),
                _ => words::waiting(row.at, now),
            },
            vec![
                button(second, "out-retry", id, words::RETRY, beginning),
                button(link, "out-back", id, words::TAKE_BACK, beginning),
            ],
        ),
        OutState::Code => (
            words::CODE,
            words::CODE_TEXT.to_owned(),
            vec![
                button(first, "out-code", id, words::CODE_GO, beginning),
                button(link, "out-back", id, words::TAKE_BACK, beginning),
            ],
        ),
        OutState::Refused(why) => (
            words::REFUSED,
            why.clone(),
            vec![button(first, "out-back", id, words::CHANGE, beginning)],
        ),
        OutState::Sent { no, seen, problem } => (
            words::SENT,
            if problem.is_empty() {
                words::sent(no)
            } else {
                problem.clone()
            },
            if *seen {
                Vec::new()
            } else {
                vec![button(first, "out-receipt", id, words::RECEIPT, beginning)]
            },
        ),
    };
    let files = if row.voice_first {
        Some(words::VOICE_FIRST.to_owned())
    } else {
        words::files_follow(row.photos_left, row.media_left)
    };
    let files = files.map(|words| view! { <p class="shelf__meta">{words}</p> });
    let sign = if matches!(row.state, OutState::Sent { .. }) {
        "#i-good"
    } else {
        "#i-clock"
    };
    view! {
        <li class="shelf__one shelf__one--out">
            <p class="shelf__state">{icon(sign)} {title}</p>
            <p class="shelf__words">{beginning.to_owned()}</p>
            <p class="shelf__meta">{text}</p>
            {files}
            <p class="links">{buttons.into_iter().collect_view()}</p>
        </li>
    }
    .into_any()
}

fn draft_card(row: &DraftRow, now: Millis) -> AnyView {
    let meta = words::draft_meta(row.saved_at, row.photos, now);
    let beginning = if row.beginning.is_empty() {
        words::NO_WORDS
    } else {
        &row.beginning
    };
    view! {
        <li class="shelf__one">
            <p class="shelf__words">{beginning.to_owned()}</p>
            <p class="shelf__meta">
                <time datetime=dates::iso(row.saved_at)>{meta}</time>
            </p>
            <p class="links">
                {button("button button--second", "draft-open", &row.id, words::OPEN, beginning)}
                {button("link", "draft-drop", &row.id, words::DROP, beginning)}
            </p>
        </li>
    }
    .into_any()
}

/// Letters on their way, then those that are not finished. Buttons carry `data-do=ACT:ID`.
pub fn shelf(waiting: &[OutRow], unfinished: &[DraftRow], days: u32, now: Millis) -> AnyView {
    let out = (!waiting.is_empty()).then(|| {
        let cards = waiting.iter().map(|row| out_card(row, false, now)).collect_view();
        view! {
            <section class="shelf" aria-labelledby="shelf-out">
                <h2 id="shelf-out">{words::OUT_TITLE}</h2>
                <ul>{cards}</ul>
            </section>
        }
    });
    let drafts = (!unfinished.is_empty()).then(|| {
        let cards = unfinished.iter().map(|row| draft_card(row, now)).collect_view();
        view! {
            <section class="shelf" aria-labelledby="shelf-drafts">
                <h2 id="shelf-drafts">{words::drafts_title(unfinished.len())}</h2>
                <ul>{cards}</ul>
                <p class="shelf__note">{words::kept_for(days)}</p>
            </section>
        }
    });
    view! { <div id="shelf">{out} {drafts}</div> }.into_any()
}

/// One line on top of a page that says what lies further down.
pub fn shelf_pointer(waiting: usize, unfinished: usize) -> AnyView {
    if waiting + unfinished == 0 {
        return ().into_any();
    }
    view! {
        <p class="shelf__pointer">
            <a href="#shelf">{icon("#i-inbox")} {words::pointer(waiting, unfinished)}</a>
        </p>
    }
    .into_any()
}

/// In place of the receipt: the letter waits for the network. `memory`: only as long as this page is open.
pub fn waiting_page(row: &OutRow, memory: bool, now: Millis) -> AnyView {
    let title = match row.state {
        OutState::Code => words::CODE,
        OutState::Refused(_) => words::REFUSED,
        _ => words::WAITING_TITLE,
    };
    let memory = memory.then(|| notice("warn", words::WAITING_MEMORY.to_owned()));
    let waits = matches!(row.state, OutState::Waiting | OutState::Turn(_));
    let leave = (waits && memory.is_none()).then(|| view! { <p>{words::WAITING_LEAVE}</p> });
    view! {
        <h1 tabindex="-1">{title}</h1>
        {memory}
        {leave}
        <div class="shelf">
            <ul>{out_card(row, true, now)}</ul>
        </div>
    }
    .into_any()
}
