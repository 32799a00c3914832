//! The moderator's queue: every question in whatever state, with what may be done about it. One tap or one key each.

use super::fields::Filled;
use super::form::categories;
use super::page::DeskEvent;
use crate::components::{icon, paragraphs, state_chip};
use crate::i18n::dates;
use crate::i18n::desk::meetings as words;
use crate::i18n::zh::meetings;
use crate::markup::view;
use crate::views::desk_pages::EVENTS;
use crate::views::events::question_chip;
use crate::views::stations::filter_link;
use leptos::prelude::*;
use liaison_domain::Millis;
use liaison_domain::dto::{DeskQuestion, PartyRef, QuestionLetter};
use liaison_domain::events::{HIDING_REASONS, PartyKind, QuestionState};

/// The order of the lanes: from what waits to what is done.
const LANES: &[QuestionState] = &[
    QuestionState::Pending,
    QuestionState::Visible,
    QuestionState::Shortlisted,
    QuestionState::Live,
    QuestionState::Answered,
    QuestionState::FollowUp,
    QuestionState::Hidden,
];

/// The lanes with their counts.
pub(super) fn lanes(page: &DeskEvent) -> AnyView {
    let here = [EVENTS, "/", &page.data.id].concat();
    let count = |state| {
        let found = page.queue.counts.iter().find(|count| count.state == state);
        found.map_or(0, |count| count.count)
    };
    let all: u32 = page.queue.counts.iter().map(|count| count.count).sum();
    let links = LANES
        .iter()
        .map(|state| {
            let href = [&here, "?lane=", state.code()].concat();
            filter_link(href, words::lane(*state, count(*state)), page.lane == Some(*state))
        })
        .collect_view();
    view! {
        <nav aria-label=words::LANES id="desk-lanes" data-live="">
            <ul class="filter">
                {links}
                {filter_link(
                    [&here, "?lane=all"].concat(),
                    [words::LANE_ALL, " ", &all.to_string()].concat(),
                    page.lane.is_none(),
                )}
            </ul>
        </nav>
    }
    .into_any()
}

/// Which question a form is about, in which version it was read.
fn about(question: &DeskQuestion, form: &str) -> AnyView {
    view! {
        <input type="hidden" name="question" value=question.id.clone() />
        <input type="hidden" name="version" value=question.version.to_string() />
        <input type="hidden" name="form" value=form.to_owned() />
    }
    .into_any()
}

fn key_hint(key: &'static str) -> AnyView {
    (!key.is_empty())
        .then(|| view! { <kbd aria-hidden="true">{key}</kbd> })
        .into_any()
}

/// One button a state it may be put into, and pinning.
fn quick(question: &DeskQuestion, page: &DeskEvent) -> AnyView {
    let buttons = question
        .next
        .iter()
        .filter(|to| **to != QuestionState::Hidden)
        .map(|to| {
            view! {
                <button
                    class="button button--quiet"
                    type="submit"
                    name="do"
                    value=["put:", to.code()].concat()
                    data-hotkey=words::hotkey(*to)
                >
                    {words::put(*to)}
                    {key_hint(words::hotkey(*to))}
                </button>
            }
            .into_any()
        })
        .collect_view();
    let pin = (page.data.may_moderate && question.state.is_public()).then(|| {
        let (wish, name) = if question.pinned {
            ("unpin", words::UNPIN)
        } else {
            ("pin", words::PIN)
        };
        view! {
            <button class="button button--quiet" type="submit" name="do" value=wish data-hotkey="p">
                {name}
                {key_hint("p")}
            </button>
        }
    });
    let form = Filled::of(["put-", &question.id].concat(), page.refused.as_ref());
    view! {
        <form class="queue-entry__acts" method="post" action=page.post_to(&question.id)>
            {about(question, &form.name())} {form.wrong()} {buttons} {pin}
        </form>
    }
    .into_any()
}

fn folded(key: &'static str, title: &'static str, form: &Filled<'_>, inner: AnyView) -> AnyView {
    view! {
        <details class="queue-entry__more" data-hotkey=key open=form.is_refused()>
            <summary>
                {title}
                {key_hint(key)}
            </summary>
            {inner}
        </details>
    }
    .into_any()
}

fn hide(question: &DeskQuestion, page: &DeskEvent) -> AnyView {
    if !question.next.contains(&QuestionState::Hidden) {
        return ().into_any();
    }
    let form = Filled::of(["hide-", &question.id].concat(), page.refused.as_ref());
    let reasons = HIDING_REASONS
        .iter()
        .map(|one| ((*one).to_owned(), (*one).to_owned()))
        .collect();
    let inner = view! {
        <form method="post" action=page.post_to(&question.id) data-refused=form.is_refused().then_some("")>
            {about(question, &form.name())} {form.whole()}
            {form.choice("reason", words::HIDE_REASON, words::HIDE_HINT, "", vec![(String::new(), reasons)])}
            {form.line("other", "text", words::HIDE_OTHER, "", "")}
            <button class="button button--danger" type="submit" name="do" value="hide">
                {words::HIDE}
            </button>
        </form>
    };
    folded("h", words::HIDE, &form, inner.into_any())
}

/// `deputy:ID`, as a choice posts it.
pub(super) fn party_value(party: &PartyRef) -> String {
    [party.kind.code(), ":", &party.id].concat()
}

/// Those at the table, as choices.
pub(super) fn parties(page: &DeskEvent) -> Vec<(String, String)> {
    let view = &page.data.view;
    let of = |kind: PartyKind, id: &str, name: &str| {
        let party = PartyRef {
            kind,
            id: id.to_owned(),
        };
        (party_value(&party), [words::party(kind), " ", name].concat())
    };
    let deputies = view
        .deputies
        .iter()
        .map(|one| of(PartyKind::Deputy, &one.id, &one.name));
    let units = view.units.iter().map(|one| of(PartyKind::Unit, &one.id, &one.name));
    let station = std::iter::once(of(PartyKind::Station, &view.station.id, &view.station.name));
    deputies.chain(units).chain(station).collect()
}

fn answer(question: &DeskQuestion, page: &DeskEvent) -> AnyView {
    if !page.data.may_answer || matches!(question.state, QuestionState::Pending | QuestionState::Hidden) {
        return ().into_any();
    }
    let form = Filled::of(["answer-", &question.id].concat(), page.refused.as_ref());
    let kept = question
        .answer
        .as_ref()
        .map(|answer| answer.text.as_str())
        .unwrap_or_default();
    // Whoever sits at the table speaks for themselves.
    let by = page.data.may_moderate.then(|| {
        let kept = question.answered_by.as_ref().map(party_value).unwrap_or_default();
        form.choice(
            "answered_by",
            words::ANSWER_BY,
            "",
            &kept,
            vec![(String::new(), parties(page))],
        )
    });
    let done = (page.data.may_moderate && question.next.contains(&QuestionState::Answered)).then(|| {
        view! {
            <button class="button" type="submit" name="do" value="answered">
                {words::ANSWER_DONE}
            </button>
        }
    });
    let inner = view! {
        <form method="post" action=page.post_to(&question.id) data-refused=form.is_refused().then_some("")>
            {about(question, &form.name())} {form.whole()} {form.area("answer", words::ANSWER_TEXT, "", kept, 4)} {by}
            <p class="buttons">
                {done}
                <button class="button button--second" type="submit" name="do" value="answer">
                    {words::ANSWER_SAVE}
                </button>
            </p>
        </form>
    };
    folded("w", words::ANSWER, &form, inner.into_any())
}

fn letter_form(question: &DeskQuestion, page: &DeskEvent) -> AnyView {
    let Some(options) = page.options.as_ref().filter(|_| question.may_file) else {
        return ().into_any();
    };
    let form = Filled::of(["letter-", &question.id].concat(), page.refused.as_ref());
    // Units in the room first: that is whom the host hands it to.
    let at_table = |id: &str| page.data.draft.units.iter().any(|unit| unit == id);
    let units = |there: bool| {
        let found = options.units.iter().filter(|unit| at_table(&unit.id) == there);
        found
            .map(|unit| (unit.id.clone(), unit.name.clone()))
            .collect::<Vec<_>>()
    };
    let only = match &page.data.draft.units[..] {
        [only] => only.as_str(),
        _ => "",
    };
    let offered = vec![
        (meetings::UNITS.to_owned(), units(true)),
        (words::OTHER.to_owned(), units(false)),
    ];
    let category = page.data.draft.category_id.clone().unwrap_or_default();
    let inner = view! {
        <form method="post" action=page.post_to(&question.id) data-refused=form.is_refused().then_some("")>
            {about(question, &form.name())} {form.whole()} {form.choice("unit_id", words::LETTER_UNIT, "", only, offered)}
            {form.choice("category_id", words::LETTER_CATEGORY, "", &category, categories(options))}
            {form.line("note", "text", words::LETTER_NOTE, "", "")}
            <button class="button" type="submit" name="do" value="letter">
                {icon("#i-send")}
                {words::LETTER_GO}
            </button>
        </form>
    };
    folded("t", words::LETTER, &form, inner.into_any())
}

fn letter(letter: &QuestionLetter, opens: bool, now: Millis) -> AnyView {
    // Those at the table have it on their own board, if it is theirs.
    let no = if opens {
        view! { <a href=["/desk/office?case=", &letter.no].concat()>{letter.no.clone()}</a> }.into_any()
    } else {
        view! { <b>{letter.no.clone()}</b> }.into_any()
    };
    let unit = letter.unit_name.clone().map(|name| view! { <span>{name}</span> });
    let due = letter.due_at.map(|due| {
        view! { <span>{[words::DUE, " ", &dates::long_date(due, now)].concat()}</span> }
    });
    view! {
        <p class="row__meta queue-entry__letter">
            <span>{words::LETTER_NO}</span>
            {no} {state_chip(letter.state)} {unit} {due}
        </p>
    }
    .into_any()
}

fn entry(question: &DeskQuestion, page: &DeskEvent) -> AnyView {
    let now = page.now;
    let shown = question.shown.as_ref().map(|shown| {
        view! { <p class="queue-entry__shown">{[words::COVERED, "：", shown].concat()}</p> }
    });
    let who = [question.name.as_deref(), question.phone_masked.as_deref()];
    let who = who.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let hidden = question
        .hidden_reason
        .as_ref()
        .filter(|_| question.state == QuestionState::Hidden)
        .map(|reason| {
            view! { <p class="queue-entry__why">{[words::HIDE_REASON, "：", reason].concat()}</p> }
        });
    let answer_kept = question.answer.as_ref().map(|given| {
        let is_shown = matches!(question.state, QuestionState::Answered | QuestionState::FollowUp);
        let not_shown = (!is_shown).then(|| view! { <p class="count">{words::ANSWER_NOT_SHOWN}</p> });
        view! {
            <div class="question-row__answer">
                {given.by.clone().map(|by| view! { <p class="question-row__by"><b>{by}</b></p> })}
                {paragraphs(&given.text)} {not_shown}
            </div>
        }
    });
    let pinned = question
        .pinned
        .then(|| view! { <span class="question-row__pinned">{meetings::PINNED}</span> });
    let filed = question
        .letter
        .as_ref()
        .map(|one| letter(one, page.data.may_moderate, now));
    view! {
        <li class="queue-entry" id=["dq-", &question.id].concat() data-entry="" tabindex="-1">
            <p class="question-row__text">
                {if question.text.is_empty() { words::TEXT_GONE.to_owned() } else { question.text.clone() }}
            </p>
            {shown}
            <p class="row__meta">
                {question_chip(question.state)} {pinned} <span>{who}</span>
                <time datetime=dates::iso(question.asked_at)>{dates::date_time(question.asked_at, now)}</time>
                <span class="question-row__votes">{meetings::votes(question.votes)}</span>
            </p>
            {hidden} {answer_kept} {filed} {quick(question, page)}
            <div class="queue-entry__folds">{answer(question, page)} {letter_form(question, page)} {hide(question, page)}</div>
        </li>
    }
    .into_any()
}

/// The way to the questions behind these, and back to the first.
pub(super) fn pages(page: &DeskEvent) -> AnyView {
    let link = |cursor: Option<&str>, name: &'static str| {
        view! {
            <a class="button button--second" href=page.page_href(cursor)>
                {name}
            </a>
        }
        .into_any()
    };
    let first = page.queue.cursor.as_ref().map(|_| link(None, meetings::FIRST_PAGE));
    let next = page.queue.next_cursor.as_deref();
    let next = next.map(|next| link(Some(next), meetings::NEXT_PAGE));
    view! {
        <nav class="buttons" id="desk-pages" data-live="" aria-label=meetings::PAGES>
            {first} {next}
        </nav>
    }
    .into_any()
}

/// The part.
pub(super) fn queue(page: &DeskEvent) -> AnyView {
    let entries = page.queue.items.iter().map(|one| entry(one, page)).collect_view();
    let none = page
        .queue
        .items
        .is_empty()
        .then(|| view! { <li class="empty" id="dq-none">{words::LANE_EMPTY}</li> });
    view! {
        <ol class="queue-entries" id="desk-queue" data-live="">
            {none} {entries}
        </ol>
    }
    .into_any()
}
