//! `docs/lifecycle.md` says what the code does, because the code writes it.

use liaison_domain::lifecycle::*;
use liaison_domain::limits::Limits;
use std::collections::BTreeSet;
use std::fmt::Write;

fn codes(states: &[CaseState]) -> String {
    if states == OPEN {
        return "any open".to_owned();
    }
    states.iter().map(|state| state.code()).collect::<Vec<_>>().join(", ")
}

fn destination(row: &Row) -> String {
    match row.to {
        To::State(state) => state.code().to_owned(),
        To::Same => "same".to_owned(),
        To::BeforeInfo | To::Undone => "as before".to_owned(),
        To::OneOf(states, _) => states.iter().map(|state| state.code()).collect::<Vec<_>>().join(" or "),
    }
}

fn transitions(limits: &Limits) -> String {
    let mut text = String::from(
        "| # | from → to | event | who | guard | limit | seen by | the resident is told |\n|---|---|---|---|---|---|---|---|\n",
    );
    for row in std::iter::once(&SUBMIT).chain(rows()) {
        let from = if row.from.is_empty() {
            "–".to_owned()
        } else {
            codes(row.from)
        };
        let who = if row.by.is_empty() {
            "resident, or staff on behalf".to_owned()
        } else {
            row.by.iter().map(|by| by.words()).collect::<Vec<_>>().join(", ")
        };
        let limit = row.limit.map_or("–".to_owned(), |key| {
            format!(
                "`{key}` {}",
                limits.shown(key).expect("the table's test checks that it exists")
            )
        });
        let told = if row.told.is_empty() { "–" } else { row.told };
        let (no, event, to, guard) = (row.no, row.event.code(), destination(row), row.guard_words);
        let seen = row.seen.code();
        writeln!(
            text,
            "| {no} | {from} → {to} | `{event}` | {who} | {guard} | {limit} | {seen} | {told} |"
        )
        .expect("text grows");
    }
    text
}

/// One arrow for each pair of states, with its events.
fn diagram() -> String {
    let mut arrows: Vec<(CaseState, CaseState, BTreeSet<EventKind>)> = Vec::new();
    let mut add = |from: CaseState, to: CaseState, event: EventKind| match arrows
        .iter_mut()
        .find(|(f, t, _)| *f == from && *t == to)
    {
        Some((_, _, events)) => {
            events.insert(event);
        }
        None => arrows.push((from, to, BTreeSet::from([event]))),
    };
    // What may happen from nearly everywhere would hide everything else; the table has it.
    let everywhere = [
        EventKind::Merge,
        EventKind::Withdraw,
        EventKind::Archive,
        EventKind::AskInfo,
    ];
    for row in rows().filter(|row| !everywhere.contains(&row.event)) {
        match row.to {
            To::State(to) => row
                .from
                .iter()
                .filter(|from| **from != to)
                .for_each(|from| add(*from, to, row.event)),
            To::OneOf(states, _) => {
                for from in row.from {
                    for to in states {
                        add(*from, *to, row.event);
                    }
                }
            }
            To::Same | To::BeforeInfo | To::Undone => {}
        }
    }
    let mut text = String::from("```mermaid\nstateDiagram-v2\n  [*] --> submitted: submit\n");
    for (from, to, events) in arrows {
        let events = events.iter().map(|event| event.code()).collect::<Vec<_>>().join(", ");
        writeln!(text, "  {} --> {}: {events}", from.code(), to.code()).expect("text grows");
    }
    text.push_str("  accepted --> need_info: ask_info\n  need_info --> accepted: info_given, info_timeout\n");
    text.push_str("  closed --> archived: archive\n  archived --> [*]\n```\n");
    text
}

fn limit_rows(limits: &Limits) -> String {
    let mut text = String::from("| setting | default | meaning | origin |\n|---|---|---|---|\n");
    for row in limits.rows() {
        writeln!(
            text,
            "| `{}` | {} | {} | {} |",
            row.key, row.value, row.meaning, row.origin
        )
        .expect("text grows");
    }
    text
}

fn page() -> String {
    let limits = Limits::default();
    format!(
        "# The life of a letter\n\n\
        Written by the code (`UPDATE_DOCS=1 cargo test -p liaison-domain docs`); a test compares it. Change \
        `crates/domain/src/lifecycle/table/`, not this page.\n\n\
        Three axes that never imply each other: the case, each unit's task, the publication. Every change is an event \
        in an append-only log; a case is the fold of its events. `apply(case, event, context)` decides, in this order: \
        is the version the present one, does a row begin in this state, may this person, does the guard hold. ✎ marks \
        a text that must be there. Rows numbered `+` and `P` and those with a letter are ours.\n\n\
        ## Transitions\n\n{}\n\
        ## The way of a letter\n\n\
        Without what may happen nearly everywhere: a question to the resident and back, joining to another matter, \
        withdrawing, archiving.\n\n{}\n\
        ## Limits\n\n\
        Lengths of time: `wd` work days until the end of the last one, `d` calendar days likewise, `wh` hours of office \
        time (9–12 and 14–18), `h` hours by the clock, `mo` months. Everything is configuration; these are the \
        defaults.\n\n{}",
        transitions(&limits),
        diagram(),
        limit_rows(&limits)
    )
}

#[test]
fn the_page_says_what_the_code_does() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/lifecycle.md");
    let page = page();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, &page).expect("docs/lifecycle.md can be written");
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    let differs = written.lines().zip(page.lines()).find(|(old, new)| old != new);
    assert!(
        written == page,
        "docs/lifecycle.md is not what the code does ({differs:?}); run UPDATE_DOCS=1 cargo test -p liaison-domain docs"
    );
}
