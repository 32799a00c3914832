//! Telling people: the matrix, what goes out now, and the page that shows it.

use liaison_domain::calendar::{DAY_MS, Date, HOUR_MS, MINUTE_MS, date_of};
use liaison_domain::lifecycle::{EventKind, Party, SUBMIT, rows};
use liaison_domain::notify::*;
use liaison_domain::{Id, Millis};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fmt::Write;

fn timing() -> Timing {
    Timing {
        quiet: Quiet {
            from: 21 * 60,
            to: 8 * 60,
        },
        digests: vec![9 * 60, 16 * 60 + 30],
        grace: MINUTE_MS,
    }
}

/// A Monday at so many minutes past midnight.
fn monday(minute: u32) -> Millis {
    Date::new(2026, 9, 14).expect("a day").at_minute(minute)
}

fn told(letter: &str, kind: EventKind, at: Millis) -> OpenNotice {
    OpenNotice {
        id: format!("{letter}-{}-{at}", kind.code()),
        about: letter.to_owned(),
        kind: Kind::Event(kind),
        at,
        urgent: false,
        void: false,
        over_at: None,
    }
}

fn now(to: Recipient, at: Millis, open: &[OpenNotice]) -> Plan {
    plan(at, to, &Preferences::default(), &timing(), open, &BTreeSet::new())
}

#[test]
fn a_kind_stands_in_one_line_of_a_recipient_and_codes_are_told_apart() {
    for to in Recipient::ALL {
        for kind in Kind::all() {
            let lines = MATRIX
                .iter()
                .filter(|line| line.to == *to)
                .flat_map(|line| line.kinds)
                .filter(|own| **own == kind);
            assert!(lines.count() <= 1, "{} twice for {}", kind.code(), to.code());
            assert_eq!(Kind::from_code(kind.code()), Some(kind), "{}", kind.code());
        }
    }
}

#[test]
fn emergencies_are_urgent_letters_supervision_and_coming_in_vain() {
    for to in Recipient::ALL {
        for kind in Kind::all() {
            let ordinary = priority(*to, kind, false) == Priority::Urgent;
            assert_eq!(
                ordinary,
                kind == Kind::Event(EventKind::Supervise) && matches!(to, Recipient::Unit | Recipient::Office)
            );
            if priority(*to, kind, true) == Priority::Urgent && !ordinary {
                // Nobody is to come in vain on the very day.
                let in_vain = matches!(
                    kind,
                    Kind::Meeting(MeetingKind::BookingDropped | MeetingKind::BookingMoved | MeetingKind::EventChanged)
                );
                let is_right = match to {
                    Recipient::Resident => in_vain,
                    Recipient::Deputy | Recipient::Unit => kind == Kind::Meeting(MeetingKind::EventChanged),
                    Recipient::Office => !in_vain,
                };
                assert!(is_right, "{} to {to:?}", kind.code());
            }
        }
    }
}

#[test]
fn an_answer_goes_out_after_the_grace_and_never_at_night() {
    let open = [told("a", EventKind::Release, monday(10 * 60))];
    assert_eq!(now(Recipient::Resident, monday(10 * 60), &open), Plan::default());
    let sent = now(Recipient::Resident, monday(10 * 60 + 1), &open);
    assert_eq!(sent.messages.len(), 1);
    assert_eq!(sent.messages[0].notices, [open[0].id.clone()]);
    let late = [told("a", EventKind::Release, monday(21 * 60))];
    for quiet in [21 * 60 + 30, 24 * 60, 31 * 60 + 59] {
        assert_eq!(now(Recipient::Resident, monday(quiet), &late), Plan::default());
    }
    assert_eq!(now(Recipient::Resident, monday(32 * 60), &late).messages.len(), 1);
}

#[test]
fn a_digest_waits_for_its_time_and_holds_several_letters() {
    let open = [
        told("a", EventKind::Accept, monday(10 * 60)),
        told("b", EventKind::Assign, monday(11 * 60)),
        told("a", EventKind::Assign, monday(12 * 60)),
    ];
    assert_eq!(now(Recipient::Resident, monday(16 * 60 + 29), &open), Plan::default());
    let plan = now(Recipient::Resident, monday(16 * 60 + 30), &open);
    assert_eq!(plan.messages.len(), 1);
    let letters: Vec<_> = plan.messages[0]
        .letters
        .iter()
        .map(|told| (told.about.as_str(), told.kinds.len()))
        .collect();
    assert_eq!(letters, [("a", 2), ("b", 1)]);
    assert_eq!(
        now(Recipient::Resident, monday(17 * 60) + DAY_MS, &open).messages.len(),
        1,
        "a server that slept through it makes up for it"
    );
}

fn meeting(kind: MeetingKind, at: Millis) -> OpenNotice {
    OpenNotice {
        id: format!("{}-{at}", kind.code()),
        about: "booking:a".to_owned(),
        kind: Kind::Meeting(kind),
        ..told("", EventKind::Release, at)
    }
}

#[test]
fn a_reminder_does_not_wait_for_a_digest_and_is_not_sent_when_it_is_over() {
    let to = Recipient::Resident;
    let digests = Preferences {
        pace: Pace::Digest,
        ..Preferences::default()
    };
    let mut reminder = meeting(MeetingKind::BookingReminder, monday(11 * 60));
    reminder.over_at = Some(monday(13 * 60));
    let open = [reminder];
    let sent = plan(monday(11 * 60 + 1), to, &digests, &timing(), &open, &BTreeSet::new());
    assert_eq!(sent.messages.len(), 1, "the digest at half past four would be too late");
    let over = plan(monday(13 * 60), to, &digests, &timing(), &open, &BTreeSet::new());
    assert_eq!((over.messages.len(), over.silent.len()), (0, 1));
    // What was told today about this booking is told once.
    let told_today = BTreeSet::from(["booking:a".to_owned()]);
    assert_eq!(
        plan(monday(11 * 60 + 1), to, &digests, &timing(), &open, &told_today),
        Plan::default()
    );
}

#[test]
fn a_reception_that_falls_out_on_the_very_day_is_told_all_the_same() {
    let mut dropped = meeting(MeetingKind::BookingDropped, monday(7 * 60));
    let told_today = BTreeSet::from(["booking:a".to_owned()]);
    let (to, preferences) = (Recipient::Resident, Preferences::default());
    let ordinary = plan(
        monday(7 * 60 + 1),
        to,
        &preferences,
        &timing(),
        &[dropped.clone()],
        &told_today,
    );
    assert_eq!(ordinary, Plan::default());
    dropped.urgent = true;
    let urgent = plan(monday(7 * 60 + 1), to, &preferences, &timing(), &[dropped], &told_today);
    assert_eq!(urgent.messages.len(), 1);
}

#[test]
fn a_letter_told_today_waits_for_tomorrow() {
    let open = [told("a", EventKind::Release, monday(10 * 60))];
    let told_today = BTreeSet::from(["a".to_owned()]);
    let (to, preferences) = (Recipient::Resident, Preferences::default());
    let today = plan(monday(15 * 60), to, &preferences, &timing(), &open, &told_today);
    assert_eq!(today, Plan::default());
    assert_eq!(now(to, monday(32 * 60), &open).messages.len(), 1);
}

#[test]
fn what_was_taken_back_is_told_to_nobody() {
    let taken_back = OpenNotice {
        void: true,
        ..told("a", EventKind::Accept, monday(10 * 60))
    };
    let undo = OpenNotice {
        void: true,
        ..told("a", EventKind::Undo, monday(10 * 60 + 5))
    };
    let plan = now(Recipient::Resident, monday(17 * 60), &[taken_back, undo]);
    assert_eq!((plan.messages.len(), plan.silent.len()), (0, 2));
}

#[test]
fn a_person_may_have_everything_at_once_or_with_the_digest() {
    let open = [
        told("a", EventKind::Release, monday(10 * 60)),
        told("b", EventKind::Accept, monday(10 * 60)),
    ];
    let with = |pace: Pace, minute: u32| {
        let preferences = Preferences {
            pace,
            ..Preferences::default()
        };
        let plan = plan(
            monday(minute),
            Recipient::Resident,
            &preferences,
            &timing(),
            &open,
            &BTreeSet::new(),
        );
        plan.messages.first().map_or(0, |message| message.letters.len())
    };
    assert_eq!(
        (with(Pace::ByMatter, 10 * 60 + 2), with(Pace::ByMatter, 17 * 60)),
        (1, 2)
    );
    assert_eq!((with(Pace::Digest, 10 * 60 + 2), with(Pace::Digest, 17 * 60)), (0, 2));
    assert_eq!(with(Pace::AtOnce, 10 * 60 + 2), 2);
}

#[test]
fn choices_are_kept_as_json_and_what_cannot_be_read_is_no_choice() {
    let own = Preferences {
        sms: false,
        quiet: Some(Quiet { from: 0, to: 0 }),
        ..Preferences::default()
    };
    let kept = serde_json::to_string(&own).expect("JSON");
    assert_eq!(Preferences::read(Some(&kept)), own);
    assert_eq!(Preferences::read(Some(r#"{"email":false}"#)).pace, Pace::ByMatter);
    for nothing in [None, Some(""), Some("{"), Some(r#"{"fax":true}"#)] {
        assert_eq!(Preferences::read(nothing), Preferences::default());
    }
    assert!(!own.quiet.expect("hours").holds(monday(0)), "equal hours: never quiet");
}

#[test]
fn tries_come_farther_and_farther_apart() {
    for lot in [0, 100, 255] {
        let waits: Vec<_> = (1..40).map(|tries| retry_after(MINUTE_MS, tries, lot)).collect();
        assert!(waits.is_sorted(), "{waits:?}");
        assert!(waits.iter().all(|wait| (MINUTE_MS..=450 * MINUTE_MS).contains(wait)));
    }
    assert_eq!(retry_after(MINUTE_MS, 3, 0), 4 * MINUTE_MS);
}

fn any_notice() -> impl Strategy<Value = OpenNotice> {
    let kinds: Vec<_> = Kind::all().collect();
    (0..5_u8, 0..kinds.len(), 0..72 * 60_i64, any::<bool>(), 0..8_u8).prop_map(
        move |(letter, kind, at, urgent, void)| OpenNotice {
            id: String::new(),
            about: format!("letter-{letter}"),
            kind: kinds[kind],
            at: monday(0) + at * MINUTE_MS,
            urgent,
            void: void == 0,
            over_at: None,
        },
    )
}

fn any_preferences() -> impl Strategy<Value = Preferences> {
    let quiet = proptest::option::of((0..24 * 60_u32, 0..24 * 60_u32).prop_map(|(from, to)| Quiet { from, to }));
    (0..3_usize, quiet).prop_map(|(pace, quiet)| Preferences {
        pace: Pace::ALL[pace],
        quiet,
        ..Preferences::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Five days of a person's inbox, looked at every ten minutes as the server does.
    #[test]
    fn nobody_is_told_twice_at_night_or_of_nothing(
        mut notices in proptest::collection::vec(any_notice(), 0..30),
        to in 0..4_usize,
        preferences in any_preferences(),
    ) {
        for (at, notice) in notices.iter_mut().enumerate() {
            notice.id = format!("notice-{at:02}");
        }
        let (to, timing) = (Recipient::ALL[to], timing());
        let quiet = timing.quiet_of(&preferences);
        let mut settled: BTreeSet<Id> = BTreeSet::new();
        let mut today: (Date, BTreeSet<Id>) = (date_of(monday(0)), BTreeSet::new());
        for step in 0..5 * 24 * 6 {
            let now = monday(0) + step * 10 * MINUTE_MS;
            if date_of(now) != today.0 {
                today = (date_of(now), BTreeSet::new());
            }
            let open: Vec<_> = notices
                .iter()
                .filter(|notice| notice.at <= now && !settled.contains(&notice.id))
                .cloned()
                .collect();
            let plan = plan(now, to, &preferences, &timing, &open, &today.1);
            let find = |id: &Id| notices.iter().find(|notice| notice.id == *id).expect("a notice that was open");
            prop_assert!(plan.messages.len() <= 2);
            for id in &plan.silent {
                prop_assert!(settled.insert(id.clone()), "once");
                let notice = find(id);
                prop_assert!(notice.void || priority(to, notice.kind, notice.urgent) == Priority::Inside);
            }
            for message in &plan.messages {
                prop_assert!(message.urgent || !quiet.holds(now), "quiet");
                prop_assert!(!message.notices.is_empty());
                prop_assert_eq!(message.notices.len(), message.letters.iter().map(|told| told.kinds.len()).sum::<usize>());
                for told in &message.letters {
                    prop_assert!(message.urgent || !today.1.contains(&told.about), "one message a letter a day");
                }
                for id in &message.notices {
                    let notice = find(id);
                    prop_assert!(settled.insert(id.clone()), "once");
                    prop_assert!(!notice.void);
                    let kind = priority(to, notice.kind, notice.urgent);
                    prop_assert!(kind != Priority::Inside);
                    prop_assert!(kind == Priority::Urgent || notice.at + timing.grace <= now, "grace");
                }
                let is_urgent = message.letters.iter().all(|told| {
                    message.notices.iter().map(find).any(|notice| {
                        notice.about == told.about
                            && priority(to, notice.kind, notice.urgent) == Priority::Urgent
                    })
                });
                prop_assert!(!message.urgent || is_urgent, "only emergencies are urgent");
            }
            for message in plan.messages {
                today.1.extend(message.letters.into_iter().map(|told| told.about));
            }
        }
        // With the station's own hours everybody has been told of everything two days after the last of it.
        if preferences.quiet.is_none() {
            prop_assert_eq!(settled.len(), notices.len(), "nothing waits for ever");
        }
    }

    #[test]
    fn quiet_ends_where_it_says(from in 0..24 * 60_u32, to in 0..24 * 60_u32, minute in 0..48 * 60_u32) {
        let quiet = Quiet { from, to };
        let at = monday(minute);
        let over = quiet.over(at);
        prop_assert!(!quiet.holds(over));
        prop_assert!(at <= over && over < at + 24 * HOUR_MS);
        prop_assert!(quiet.holds(at) || over == at);
    }
}

/// Who may be told of what at all, by the transition table and by the reminders.
fn possible(to: Recipient, kind: Kind) -> bool {
    let event = match kind {
        Kind::Event(event) => event,
        Kind::Reminder(_) => return true,
        // Those at the table of an event are told of its time.
        Kind::Meeting(MeetingKind::EventStarts | MeetingKind::EventChanged) => return to != Recipient::Office,
        Kind::Meeting(
            MeetingKind::LeaveAsked | MeetingKind::RestrictionProposed | MeetingKind::RestrictionObjected,
        ) => return to == Recipient::Office,
        Kind::Meeting(MeetingKind::LeaveGranted | MeetingKind::LeaveRefused | MeetingKind::SubstituteNamed) => {
            return to == Recipient::Deputy;
        }
        Kind::Meeting(_) => return to == Recipient::Resident,
    };
    std::iter::once(&SUBMIT)
        .chain(rows())
        .filter(|row| row.event == event)
        .any(|row| match to {
            Recipient::Resident => !row.told.is_empty(),
            Recipient::Deputy => row.notify.contains(&Party::Deputy),
            Recipient::Office => row.notify.contains(&Party::Office),
            Recipient::Unit => row
                .notify
                .iter()
                .any(|party| matches!(party, Party::Lead | Party::Units | Party::Task | Party::Delegate)),
        })
}

fn matrix() -> String {
    let mut text = String::from("| told to | of | goes out | urgent letter | origin |\n|---|---|---|---|---|\n");
    let codes = |kinds: &[Kind]| {
        let codes: Vec<_> = kinds.iter().map(|kind| format!("`{}`", kind.code())).collect();
        codes.join(", ")
    };
    for to in Recipient::ALL {
        for line in MATRIX.iter().filter(|line| line.to == *to) {
            let urgent = line.urgent_letter.map_or("–", Priority::code);
            let (of, soon) = (codes(line.kinds), line.priority.code());
            writeln!(text, "| {} | {of} | {soon} | {urgent} | {} |", to.code(), line.origin).expect("text grows");
        }
        let rest: Vec<_> = Kind::all()
            .filter(|kind| possible(*to, *kind) && !matches!(kind, Kind::Reminder(_)))
            .filter(|kind| !MATRIX.iter().any(|line| line.to == *to && line.kinds.contains(kind)))
            .collect();
        let (soon, origin) = (OTHERWISE.0.code(), OTHERWISE.1);
        let of = codes(&rest);
        writeln!(
            text,
            "| {} | {of}, every other reminder | {soon} | – | {origin} |",
            to.code()
        )
        .expect("text grows");
    }
    text
}

#[test]
fn every_event_in_the_matrix_is_one_that_its_reader_is_told_of() {
    for line in MATRIX {
        for kind in line.kinds {
            assert!(
                possible(line.to, *kind),
                "{} is never told of {}",
                line.to.code(),
                kind.code()
            );
        }
    }
}

#[test]
fn the_page_of_notifications_shows_the_matrix_as_it_is() {
    const BEGIN: &str = "<!-- the matrix, written by the code -->\n\n";
    const END: &str = "\n<!-- end of the matrix -->";
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/notifications.md");
    let page = std::fs::read_to_string(path).expect("docs/notifications.md can be read");
    let (before, rest) = page.split_once(BEGIN).expect("the matrix has its place");
    let (written, after) = rest.split_once(END).expect("the matrix has an end");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        let page = [before, BEGIN, &matrix(), END, after].concat();
        std::fs::write(path, page).expect("docs/notifications.md can be written");
        return;
    }
    assert!(
        written == matrix(),
        "docs/notifications.md is not what the code does; run UPDATE_DOCS=1 cargo test -p liaison-domain notify"
    );
}
