//! Pages of events, drawn: who sees what of a question, which part holds what, and forms that come back as typed.

use super::samples::{self, DAY, NOW};
use super::*;
use crate::i18n::zh::meetings as words;
use crate::views::*;
use liaison_domain::events::*;

const HOUR: i64 = 3_600_000;

fn card(state: EventState) -> EventCard {
    EventCard {
        id: "e1".into(),
        kind: EventType::ThemeReception,
        title: "老旧小区加装电梯怎么推进".into(),
        state,
        station_name: "云帆街道人大代表联络站".into(),
        station_slug: "yunfan".into(),
        starts_at: NOW + DAY,
        ends_at: NOW + DAY + 2 * HOUR,
        place: "银杏路 18 号一楼会议室".into(),
        online: true,
        seats: Seats {
            needed: true,
            capacity: Some(40),
            confirmed: 28,
            waiting: 0,
            waiting_list: true,
        },
        asked: 2,
    }
}

fn question(id: &str, state: QuestionState) -> QuestionView {
    QuestionView {
        id: id.into(),
        text: "电梯井占了一楼的采光，怎么补偿？".into(),
        name: Some("学府路刘女士".into()),
        asked_at: NOW - HOUR,
        state,
        pinned: false,
        votes: 12,
        answer: None,
        follow_up: None,
    }
}

fn event(state: EventState) -> EventView {
    let figures = EventFigures {
        asked: 32,
        answered_live: 21,
        answered: 21,
        followed_up: 11,
        done: 9,
    };
    let resolution = ResolutionView {
        id: "r1".into(),
        version: 1,
        text: "四月底前公布加装电梯补偿指引".into(),
        owner: PartyRef {
            kind: PartyKind::Unit,
            id: "u1".into(),
        },
        owner_name: "区住房和城乡建设局".into(),
        due: Some("2026-09-01".into()),
        state: ResolutionState::Open,
        note: None,
        question_id: None,
        question: None,
        case_no: Some("TH-2026-004213".into()),
    };
    EventView {
        card: card(state),
        revision: 3,
        intro: "请住建局和代表一起回答。".into(),
        organiser: "云帆街道人大代表联络站".into(),
        rules: "一次问一件事。".into(),
        agenda: vec![AgendaItem {
            at: Some(NOW + DAY),
            text: "主持人介绍".into(),
        }],
        online_url: Some("https://meet.example.org/e1".into()),
        station: samples::station(),
        moderators: vec!["小棠".into()],
        deputies: vec![samples::deputy()],
        units: vec![NamedRef {
            id: "u1".into(),
            name: "区住房和城乡建设局".into(),
        }],
        cancel_reason: None,
        takes_registrations: state.is_open(),
        takes_questions: state.is_open(),
        premoderated: true,
        figures,
        live: (state == EventState::Live).then(|| question("q1", QuestionState::Live)),
        broadcasts: vec![BroadcastView {
            id: "b1".into(),
            text: "休息十分钟，四点继续。".into(),
            at: NOW,
        }],
        polls: vec![PollView {
            id: "p1".into(),
            question: "周末施工可以吗".into(),
            options: vec![
                PollOption {
                    text: "可以".into(),
                    votes: 18,
                },
                PollOption {
                    text: "不可以".into(),
                    votes: 14,
                },
            ],
            open: state == EventState::Live,
            n: 32,
        }],
        minutes: (state == EventState::Finished).then(|| MinutesView {
            text: "会议讨论了补偿办法。".into(),
            attendance: Some(56),
            at: NOW,
        }),
        resolutions: if state.takes_resolutions() {
            vec![resolution]
        } else {
            Vec::new()
        },
    }
}

fn questions() -> QuestionList {
    let mut followed = question("q2", QuestionState::FollowUp);
    followed.name = None;
    followed.follow_up = Some(FollowUp {
        state: Some(FollowState::Handling),
        unit_name: Some("区住房和城乡建设局".into()),
        case_no: Some("TH-2026-004213".into()),
        done: false,
    });
    let mut answered = question("q3", QuestionState::Answered);
    answered.answer = Some(AnswerGiven {
        text: "按楼层和面积补偿，指引四月底公布。".into(),
        by: Some("区住房和城乡建设局".into()),
        at: NOW,
    });
    QuestionList {
        revision: 3,
        sort: QuestionSort::Votes,
        items: vec![
            question("q1", QuestionState::Live),
            question("q4", QuestionState::Visible),
            answered,
            followed,
        ],
        cursor: None,
        next_cursor: None,
        total: 4,
    }
}

fn my(id: &str, state: QuestionState, hidden_reason: Option<&str>) -> MyQuestion {
    MyQuestion {
        id: id.into(),
        text: "我家 3 幢 201 的采光怎么办？".into(),
        shown: Some("我家〔住址〕的采光怎么办？".into()),
        asked_at: NOW,
        state,
        hidden_reason: hidden_reason.map(str::to_owned),
        votes: 0,
        answer: None,
        follow_up: None,
        letter_no: None,
    }
}

fn page(state: EventState) -> EventPage {
    EventPage::new(event(state), questions(), "听海区".into(), NOW)
}

fn logged_in(state: EventState) -> EventPage {
    EventPage {
        mine: Some(EventMine {
            registration: Some(RegistrationView {
                id: "g1".into(),
                event_id: "e1".into(),
                state: RegistrationState::Waiting,
                place_in_line: Some(3),
                registered_at: NOW,
                moved_up_at: None,
            }),
            questions: vec![
                my("m1", QuestionState::Pending, None),
                my("m2", QuestionState::Hidden, Some("含有个人信息")),
            ],
            upvoted: vec!["q4".into()],
            votes: vec![MyVote {
                poll_id: "p1".into(),
                option: 1,
            }],
            questions_left: 3,
        }),
        ..page(state)
    }
}

fn drawn(page: EventPage) -> String {
    html(|| view! { <EventPageView page=page /> }.into_any())
}

fn screen(state: EventState) -> EventScreen {
    EventScreen {
        view: event(state),
        questions: questions(),
        district: "听海区".into(),
        address: "tinghai.example.org/events/e1".into(),
        qr: None,
    }
}

fn desk_question(id: &str, state: QuestionState, next: &[QuestionState]) -> DeskQuestion {
    DeskQuestion {
        id: id.into(),
        event_id: "e1".into(),
        version: 4,
        text: "我家 3 幢 201 的采光怎么办？".into(),
        shown: Some("我家〔住址〕的采光怎么办？".into()),
        name: Some("刘女士".into()),
        phone_masked: Some("199****0001".into()),
        asked_at: NOW,
        state,
        hidden_reason: None,
        pinned: false,
        votes: 2,
        answer: None,
        answered_by: None,
        follow_up: None,
        letter: None,
        next: next.to_vec(),
        may_file: state == QuestionState::Live,
    }
}

fn options() -> EventOptions {
    EventOptions {
        stations: vec![NamedRef {
            id: "s1".into(),
            name: "云帆街道人大代表联络站".into(),
        }],
        moderators: vec![NamedRef {
            id: "a1".into(),
            name: "小棠".into(),
        }],
        deputies: vec![samples::deputy()],
        units: vec![Unit {
            id: "u1".into(),
            name: "区住房和城乡建设局".into(),
            short_name: "区住建局".into(),
            kind: "bureau".into(),
            active: true,
            level: "district".into(),
        }],
        categories: samples::categories(),
    }
}

fn desk(may_moderate: bool) -> DeskEvent {
    let draft = EventDraft {
        kind: EventType::ThemeReception,
        title: "老旧小区加装电梯怎么推进".into(),
        intro: String::new(),
        station_id: "s1".into(),
        organiser: "云帆街道人大代表联络站".into(),
        starts_at: NOW + DAY,
        ends_at: NOW + DAY + 2 * HOUR,
        place: "一楼会议室".into(),
        online_url: None,
        agenda: vec![AgendaItem {
            at: Some(NOW + DAY),
            text: "主持人介绍".into(),
        }],
        moderators: vec!["a1".into()],
        deputies: vec!["d1".into()],
        units: vec!["u1".into()],
        registration: true,
        capacity: Some(40),
        waiting_list: true,
        premoderated: true,
        category_id: None,
        rules: String::new(),
    };
    let next: &[QuestionState] = if may_moderate {
        &[
            QuestionState::Visible,
            QuestionState::Shortlisted,
            QuestionState::Hidden,
        ]
    } else {
        &[]
    };
    DeskEvent {
        data: EventDesk {
            id: "e1".into(),
            version: 7,
            draft,
            view: event(EventState::Live),
            next: vec![EventState::Open, EventState::Closed],
            minutes: Some("还在写".into()),
            attendance: None,
            counts: Vec::new(),
            may_moderate,
            may_file: may_moderate,
            may_answer: true,
        },
        queue: QuestionQueue {
            items: vec![
                desk_question("q5", QuestionState::Pending, next),
                desk_question("q1", QuestionState::Live, &[]),
            ],
            cursor: None,
            next_cursor: None,
            counts: vec![QuestionCount {
                state: QuestionState::Pending,
                count: 1,
            }],
            total: 2,
        },
        lane: None,
        options: may_moderate.then(options),
        asked: vec![("q3".into(), "底楼的补偿怎么算".into())],
        attendees: None,
        refused: None,
        said: None,
        now: NOW,
    }
}

fn desk_drawn(page: DeskEvent) -> String {
    html(|| view! { <DeskEventView page=page /> }.into_any())
}

fn form(form: EventForm, errors: Errors) -> String {
    html(|| view! { <EventFormView form=form options=options() errors=errors /> }.into_any())
}

/// The pages, by name, for the gallery.
pub fn pages() -> Vec<(&'static str, String)> {
    let list = EventList {
        items: vec![
            card(EventState::Live),
            card(EventState::Open),
            card(EventState::Finished),
        ],
        next_cursor: Some("c".into()),
        total: 23,
        stations: Vec::new(),
        filter: EventFilter::default(),
    };
    let gate = EventPage {
        gate: Some(EventGate {
            wish: "up:q4".into(),
            ..EventGate::default()
        }),
        ..page(EventState::Open)
    };
    let desk_list = DeskEventList {
        items: vec![DeskEventRow {
            card: card(EventState::Live),
            version: 1,
            pending: 3,
            open_resolutions: 2,
            late_resolutions: 1,
        }],
        next_cursor: None,
        total: 1,
    };
    let draft = EventForm::of("e1", 7, &desk(true).data.draft);
    vec![
        ("events", html(|| view! { <EventsView data=list now=NOW /> }.into_any())),
        ("event-open", drawn(logged_in(EventState::Open))),
        ("event-live", drawn(page(EventState::Live))),
        ("event-finished", drawn(page(EventState::Finished))),
        ("event-gate", drawn(gate)),
        (
            "event-screen",
            html(|| view! { <EventScreenView screen=screen(EventState::Live) /> }.into_any()),
        ),
        (
            "desk-events",
            html(|| view! { <DeskEventsView data=desk_list may_create=true said=None now=NOW /> }.into_any()),
        ),
        ("desk-event", desk_drawn(desk(true))),
        ("desk-event-table", desk_drawn(desk(false))),
        (
            "desk-event-form",
            form(draft, Errors::of(vec![error("ends_at", "invalid")])),
        ),
    ]
}

#[test]
fn what_everybody_gets_holds_no_form_and_nothing_of_the_reader() {
    let whole = drawn(logged_in(EventState::Live));
    assert!(whole.contains("201") && whole.contains("data-pressed=\"q4 p1:1\""));
    let public = html(|| public_parts(&event(EventState::Live), &questions(), "听海区", NOW));
    assert!(!public.contains("<form") && !public.contains("201") && !public.contains("data-pressed"));
    for part in [
        "ev-standing",
        "ev-room",
        "ev-count",
        "ev-questions",
        "ev-pages",
        "ev-after",
    ] {
        let id = format!("id=\"{part}\"");
        assert!(public.contains(&id) && whole.contains(&id), "{part}");
    }
}

#[test]
fn a_supported_question_takes_support_back_and_a_finished_one_takes_none() {
    let whole = drawn(logged_in(EventState::Live));
    assert!(whole.contains("value=\"down:q4\"") && whole.contains("value=\"up:q1\""));
    assert!(!whole.contains("up:q3") && !whole.contains("up:q2"));
    let over = drawn(logged_in(EventState::Closed));
    assert!(!over.contains("\"up:") && !over.contains("\"down:") && over.contains(words::OVER));
}

#[test]
fn ones_own_questions_say_where_they_are_and_why_they_are_hidden() {
    let whole = drawn(logged_in(EventState::Open));
    assert!(whole.contains("含有个人信息") && whole.contains(words::question(QuestionState::Pending)));
    assert!(whole.contains("data-waits"), "the script looks again by itself");
    assert!(whole.contains(&words::in_line(3)));
}

#[test]
fn a_refused_question_comes_back_as_typed_with_the_error_beside_it() {
    let refused = EventPage {
        ask: AskForm {
            text: "电梯<短>".into(),
            shown: "own".into(),
            name: "刘".into(),
        },
        errors: Errors::of(vec![error("text", "too_short")]),
        ..page(EventState::Open)
    };
    let own = html(|| own_parts(&refused, true, true));
    assert!(own.contains("电梯&lt;短&gt;") && own.contains("text-error") && own.contains("data-refused"));
    let quiet = html(|| own_parts(&page(EventState::Open), false, false));
    assert!(
        !quiet.contains("id=\"ask\"") && !quiet.contains("id=\"ev-answer\""),
        "left alone"
    );
}

#[test]
fn the_gate_keeps_what_is_wanted_and_typed() {
    let gate = EventPage {
        ask: AskForm {
            text: "什么时候开工？".into(),
            ..AskForm::default()
        },
        gate: Some(EventGate {
            wish: "ask".into(),
            ..EventGate::default()
        }),
        ..page(EventState::Open)
    };
    let own = html(|| own_parts(&gate, true, false));
    let hidden = "name=\"text\" value=\"什么时候开工？\"";
    assert!(own.contains(hidden) && own.contains("name=\"wish\" value=\"ask\"") && own.contains("name=\"phone\""));
}

#[test]
fn every_share_stands_beside_its_base() {
    let done = drawn(page(EventState::Finished));
    assert!(done.contains(&words::of_asked(32)) && done.contains(&words::of_followed(11)));
    assert!(done.contains(&words::poll_share(18, 32)) && done.contains(&words::poll_base(32)));
    assert!(done.contains("/cases/TH-2026-004213") && done.contains("row__late"));
    assert!(words::poll_share(0, 0).starts_with("0 人"), "no share of nothing");
}

#[test]
fn the_screen_shows_what_the_host_chose_before_what_has_most_support() {
    let mut shown = screen(EventState::Live);
    shown.questions.items.push(QuestionView {
        text: "选中的问题".into(),
        votes: 1,
        ..question("q9", QuestionState::Shortlisted)
    });
    let part = html(|| screen_parts(&shown));
    let at = |text: &str| part.find(text).unwrap_or_else(|| panic!("{text} is shown"));
    assert!(at("选中的问题") < at("id=\"q-q4\""));
    assert!(!part.contains("<button") && !part.contains("<form"));
}

#[test]
fn those_at_the_table_read_and_answer_and_decide_nothing() {
    let table = desk_drawn(desk(false));
    assert!(table.contains("value=\"answer\"") && !table.contains("\"put:") && !table.contains("state:"));
    let host = desk_drawn(desk(true));
    for wish in [
        "put:visible",
        "hide",
        "letter",
        "state:closed",
        "poll",
        "minutes",
        "resolve",
    ] {
        assert!(host.contains(&format!("value=\"{wish}\"")), "{wish}");
    }
}

#[test]
fn a_refused_answer_stands_open_with_what_was_typed() {
    let mut page = desk(true);
    page.refused = Some(Refused {
        form: "answer-q1".into(),
        pairs: vec![("answer".into(), "正在办，下周给方案".into())],
        errors: Errors::whole("刚刚有人改过"),
    });
    let parts = html(|| desk_event_parts(&page, true));
    assert!(parts.contains("正在办，下周给方案") && parts.contains("刚刚有人改过"));
    let open: Vec<&str> = parts
        .split("<details")
        .filter(|part| part.split('>').next().is_some_and(|tag| tag.contains(" open")))
        .collect();
    assert_eq!(open.len(), 1, "only the refused form is unfolded");
    assert!(open[0].contains("正在办，下周给方案"));
    let quiet = html(|| desk_event_parts(&desk(true), false));
    assert!(
        !quiet.contains("id=\"desk-answer\""),
        "what was refused stays until it is sent again"
    );
}

#[test]
fn an_event_survives_its_form() {
    let draft = desk(true).data.draft;
    assert_eq!(EventForm::of("e1", 7, &draft).draft(), draft);
    let mut typed = EventForm::of("e1", 7, &draft);
    typed.agenda = "14：30 主持人介绍\n\n自由提问".into();
    let agenda = typed.draft().agenda;
    assert_eq!(agenda.len(), 2);
    assert!(agenda[0].at.is_some() && agenda[0].text == "主持人介绍" && agenda[1].at.is_none());
    typed.to = "25:00".into();
    assert!(check_event(&typed.draft()).iter().any(|wrong| wrong.field == "ends_at"));
}
