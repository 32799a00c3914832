//! An event on the hall's big screen: the question being answered, those that come next, the poll, the way in.

use super::live_lines;
use super::questions::asked_by;
use super::room::poll_results;
use crate::i18n::zh::meetings as words;
use crate::markup::view;
use leptos::prelude::*;
use liaison_domain::dto::{EventView, QuestionList};
use liaison_domain::events::QuestionState;

/// Questions that stand under 「接下来」: as many as are read from the last row.
const NEXT: usize = 4;
const NEXT_BESIDE_POLL: usize = 2;

/// What the screen shows.
#[derive(Clone, Debug)]
pub struct EventScreen {
    /// The event.
    pub view: EventView,
    /// Its questions, most supported first.
    pub questions: QuestionList,
    /// Whose residents they are.
    pub district: String,
    /// Where the events are, as one types it.
    pub address: String,
    /// A picture of the address of the event's page, if the server draws one.
    pub qr: Option<String>,
}

/// The part that changes.
pub fn screen_parts(screen: &EventScreen) -> AnyView {
    let view = &screen.view;
    let live = view.live.as_ref().map_or_else(
        || view! { <p class="screen__none">{words::SCREEN_NONE}</p> }.into_any(),
        |question| {
            view! {
                <div data-say=words::say_answering(&question.text)>
                    <p class="screen__live">{question.text.clone()}</p>
                    <p class="screen__meta">
                        {asked_by(question, &screen.district)} {" · "} {words::votes(question.votes)}
                    </p>
                </div>
            }
            .into_any()
        },
    );
    let poll = view.polls.iter().find(|poll| poll.open);
    let most = if poll.is_some() { NEXT_BESIDE_POLL } else { NEXT };
    // What the host has chosen comes before what has most support.
    let of = |state| screen.questions.items.iter().filter(move |one| one.state == state);
    let next: Vec<AnyView> = of(QuestionState::Shortlisted)
        .chain(of(QuestionState::Visible))
        .take(most)
        .map(|question| {
            view! {
                <li class="screen__one" id=["q-", &question.id].concat()>
                    <span class="screen__text">{question.text.clone()}</span>
                    <b class="screen__votes">{words::votes(question.votes)}</b>
                </li>
            }
            .into_any()
        })
        .collect();
    let next = if next.is_empty() {
        view! { <p class="screen__none">{words::SCREEN_EMPTY}</p> }.into_any()
    } else {
        view! { <ol class="screen__next">{next}</ol> }.into_any()
    };
    let poll = poll.map(|poll| {
        view! {
            <section class="screen__poll" id=["p-", &poll.id].concat()>
                <h2>{[words::POLL, "：", &poll.question].concat()}</h2>
                {poll_results(poll)}
                <p class="screen__meta">{words::poll_base(poll.n)}</p>
            </section>
        }
    });
    view! {
        <div class="screen__main" id="screen" data-live="">
            <section class="screen__now">
                <h2>{words::ANSWERING}</h2>
                {live}
            </section>
            <section class="screen__then">
                <h2>{words::SCREEN_NEXT}</h2>
                {next}
            </section>
            {poll}
        </div>
    }
    .into_any()
}

/// The screen. It needs no hand: nothing on it has to be pressed.
#[component]
pub fn EventScreenView(screen: EventScreen) -> AnyView {
    let here = ["/events/", &screen.view.card.id].concat();
    let way = screen.qr.clone().map_or_else(
        || view! { <p class="screen__address">{screen.address.clone()}</p> }.into_any(),
        |qr| {
            view! {
                <img class="screen__qr" src=qr alt="" width="220" height="220" />
                <p class="screen__address screen__address--small">{screen.address.clone()}</p>
            }
            .into_any()
        },
    );
    view! {
        <main
            class="screen"
            id="main"
            data-live-page=""
            data-part=[&here, "/screen?part=live"].concat()
            data-stream=["/api/v1", &here, "/stream"].concat()
        >
            <header class="screen__head">
                <div>
                    <p class="screen__kind">{words::kind(screen.view.card.kind)}</p>
                    <h1 class="screen__title">{screen.view.card.title.clone()}</h1>
                </div>
                <div class="screen__way">
                    <p>{words::SCREEN_ASK}</p>
                    {way}
                </div>
            </header>
            {screen_parts(&screen)}
            {live_lines([&here, "/screen"].concat())}
        </main>
    }
    .into_any()
}
