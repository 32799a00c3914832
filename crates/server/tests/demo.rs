//! The demo district: whole, reachable by the rules, the same each time, and nobody's real data.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "tests fail by panicking")]

use liaison_domain::Millis;
use liaison_domain::calendar::{DAY_MS, Date, HOUR_MS};
use liaison_domain::dto::EventFilter;
use liaison_domain::events::{EventState, EventType, PartyKind, QuestionState, ResolutionState, figures};
use liaison_domain::ledger::RecordOutcome;
use liaison_domain::lifecycle::{
    Actor, CaseEvent, CaseState, EventKind, FiledVia, Outcome, PublicationState, TaskRole, TaskState, recalculation,
};
use liaison_server::clock::Clock;
use liaison_server::config::{Config, Layers};
use liaison_server::demo::{self, Content, Step};
use liaison_server::state::AppState;
use liaison_store::letters::Letter;
use liaison_store::receptions::RecordFilter;
use liaison_store::{Store, sha256_hex};
use std::collections::{BTreeMap, BTreeSet};
use tempfile::TempDir;

/// A district loaded at a moment, with the folder it lies in.
struct District {
    state: AppState,
    report: demo::SeedReport,
    _folder: TempDir,
}

async fn empty(now: Millis) -> (AppState, TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let flags = vec![
        ("server.data", "--data", folder.path().display().to_string()),
        ("demo.enabled", "--demo", "true".to_owned()),
    ];
    let layers = Layers::read(None, &|_| None, &flags).expect("settings");
    let config = Config::from_layers(&layers).expect("a configuration");
    let store = Store::connect(&config.database()).await.expect("a database");
    store.migrate().await.expect("tables");
    let state = AppState::new(config, Clock::fixed(now), store).expect("a state");
    (state, folder)
}

async fn district(now: Millis) -> District {
    let (state, folder) = empty(now).await;
    let loaded = demo::seed(&state)
        .await
        .unwrap_or_else(|error| panic!("at {now}: {error}"));
    let report = loaded.expect("an empty database is filled");
    District {
        state,
        report,
        _folder: folder,
    }
}

fn at(day: &str, hour: i64) -> Millis {
    Date::parse(day).expect("a day").start() + hour * HOUR_MS
}

/// A plain working day.
fn a_tuesday() -> Millis {
    at("2026-06-09", 11)
}

/// Every letter of the script with what became of it. Archiving takes the words away, so that one is not found.
async fn letters(state: &AppState) -> BTreeMap<String, Letter> {
    let mut all: BTreeMap<(String, String), Letter> = all_letters(state)
        .await
        .into_iter()
        .map(|letter| ((letter.title.clone(), letter.body.clone()), letter))
        .collect();
    let scripts = Content::read().expect("the content reads").letters;
    scripts
        .into_iter()
        .filter_map(|script| Some((script.key, all.remove(&(script.title, script.body))?)))
        .collect()
}

async fn all_letters(state: &AppState) -> Vec<Letter> {
    let mut all = Vec::new();
    for year in 2024..2029 {
        for serial in 1.. {
            let Some(letter) = state
                .store
                .by_no(&format!("TH-{year}-{serial:06}"))
                .await
                .expect("a query")
            else {
                break;
            };
            all.push(letter);
        }
    }
    all
}

/// One load for everything that can be seen on one day: a load takes seconds.
#[tokio::test]
async fn a_tuesdays_district_is_whole_and_true_and_full_of_stories() {
    let district = district(a_tuesday()).await;
    println!("{:?}", district.report);
    the_directory_is_whole(&district).await;
    every_letter_stands_where_its_script_says(&district, a_tuesday()).await;
    what_is_stored_is_what_the_logs_tell(&district).await;
    the_first_start_moves_no_date(&district).await;
    every_kind_of_story_is_there(&district).await;
    the_letters_are_spread_as_in_a_real_year(&district).await;
    the_eight_stories_are_told_in_full(&district).await;
    letters_about_one_matter_hang_together(&district).await;
    nothing_published_holds_personal_data(&district).await;
    the_accounts_work(&district).await;
    the_events_show_every_state_and_what_came_of_them(&district).await;
    the_ledger_tells_what_was_said_at_receptions(&district).await;
}

#[tokio::test]
async fn letters_stand_where_their_scripts_say_whatever_the_day() {
    // A Sunday night; in the middle of a long holiday; the morning after one; New Year's night.
    for now in [
        at("2026-11-22", 23),
        at("2026-10-04", 10),
        at("2026-02-24", 9),
        at("2027-01-02", 1),
    ] {
        every_letter_stands_where_its_script_says(&district(now).await, now).await;
    }
}

#[tokio::test]
async fn loading_again_does_nothing_and_resetting_gives_the_same_district() {
    let picture = |letters: Vec<Letter>| -> Vec<_> {
        letters
            .into_iter()
            .map(|l| (l.no, l.title, l.case.state, l.case.version, l.updated_at, l.id))
            .collect()
    };
    let (state, _folder) = empty(a_tuesday()).await;
    demo::seed(&state).await.unwrap().expect("loaded");
    let before = picture(all_letters(&state).await);
    assert_eq!(
        demo::seed(&state).await.unwrap(),
        None,
        "a second start leaves it alone"
    );
    assert_eq!(picture(all_letters(&state).await), before);
    demo::reset(&state).await.unwrap().expect("loaded anew");
    assert_eq!(
        picture(all_letters(&state).await),
        before,
        "numbers, titles, states and times come out the same"
    );
}

/// A server that starts for the first time has the dates worked out anew; under the same rules they are the same.
async fn the_first_start_moves_no_date(district: &District) {
    let state = &district.state;
    state.read_rules().await.unwrap();
    let rules = state.rules();
    let ctx = rules.context(state.now(), Actor::system());
    let open = all_letters(state).await.into_iter();
    for letter in open.filter(|letter| letter.case.state.is_open()) {
        let log = state.store.events(&letter.id).await.unwrap();
        let moved = recalculation(&letter.case, &log, "limits", &ctx);
        assert_eq!(moved, None, "{}", letter.no);
    }
}

async fn the_directory_is_whole(district: &District) {
    let store = &district.state.store;
    let stations = store.stations(None, None).await.unwrap();
    assert_eq!(district.report.stations, 7);
    assert!(stations.len() >= 7, "{}", stations.len());
    assert_eq!(store.all_deputies().await.unwrap().len(), 46);
    assert_eq!(
        store.units().await.unwrap().iter().filter(|unit| unit.active).count(),
        24,
        "18 units and 6 streets"
    );
    assert_eq!(
        store.units().await.unwrap().iter().filter(|unit| !unit.active).count(),
        1,
        "and one that was merged"
    );
    assert!(
        (235..=255).contains(&district.report.letters),
        "{}",
        district.report.letters
    );
    let content = Content::read().unwrap();
    let questions = content.events.iter().flat_map(|event| &event.questions);
    let made_of_questions = questions.filter(|question| question.letter.is_some()).count();
    assert!(made_of_questions >= 3);
    assert_eq!(
        all_letters(&district.state).await.len(),
        district.report.letters + made_of_questions
    );
    assert!(district.report.pictures >= 90, "{}", district.report.pictures);
}

async fn every_letter_stands_where_its_script_says(district: &District, now: Millis) {
    let letters = letters(&district.state).await;
    let mut states = BTreeSet::new();
    let mut elsewhere = Vec::new();
    for script in Content::read().unwrap().letters {
        let Some(letter) = letters.get(&script.key) else {
            assert_eq!(script.state, CaseState::Archived, "{} is lost", script.key);
            continue;
        };
        if letter.case.state != script.state {
            elsewhere.push(format!(
                "{} is {}, not {}",
                script.key,
                letter.case.state.code(),
                script.state.code()
            ));
        }
        assert!(letter.updated_at <= now, "{} happens in the future", script.key);
        states.insert(letter.case.state);
    }
    assert!(elsewhere.is_empty(), "at {now}: {elsewhere:#?}");
    let archived = all_letters(&district.state)
        .await
        .iter()
        .any(|letter| letter.case.state == CaseState::Archived);
    assert!(archived, "one letter is archived");
    states.insert(CaseState::Archived);
    let missing: Vec<_> = CaseState::ALL.iter().filter(|state| !states.contains(state)).collect();
    assert!(missing.is_empty(), "no letter in {missing:?}");
}

async fn what_is_stored_is_what_the_logs_tell(district: &District) {
    let store = &district.state.store;
    assert_eq!(store.verify_all_chains().await.unwrap(), vec![], "the chains hold");
    for letter in all_letters(&district.state).await {
        let rebuilt = store.rebuild(&letter.id).await.unwrap().expect("a log");
        assert_eq!(rebuilt, letter.case, "{}", letter.no);
    }
}

async fn every_kind_of_story_is_there(district: &District) {
    let all = all_letters(&district.state).await;
    let count = |test: &dyn Fn(&Letter) -> bool| all.iter().filter(|letter| test(letter)).count();
    for outcome in Outcome::ALL {
        assert!(
            count(&|l| l.case.outcome == Some(*outcome)) >= 2,
            "outcome {}",
            outcome.code()
        );
    }
    let ended = count(&|l| !l.case.is_open());
    assert!(ended * 100 / all.len() >= 60, "{ended} of {} are at an end", all.len());
    assert!(
        count(&|l| l.case.is_open() && l.case.due_at.is_some_and(|due| due < a_tuesday())) >= 1,
        "something is overdue"
    );
    assert!(
        count(&|l| l.case.publication == PublicationState::Published) >= 20,
        "published copies"
    );
    assert_eq!(
        count(&|l| l.case.publication == PublicationState::Hidden),
        1,
        "one is hidden"
    );
    assert!(
        count(&|l| l.case.publication == PublicationState::Pending) >= 1,
        "one waits to be published"
    );
    assert!(count(&|l| l.case.supervised) >= 1);
    assert!(
        count(&|l| l.case.tasks.iter().any(|task| task.auto_signed)) >= 2,
        "units that did not sign"
    );
    assert!(count(&|l| l.case.tasks.iter().any(|task| task.state == TaskState::ReturnRequested)) >= 1);
    let promised =
        |l: &Letter| l.case.state == CaseState::Tracking && l.case.promise_date.as_deref() > Some("2026-06-09");
    assert!(count(&promised) >= 3, "promises with a day to come");
    let mut kinds = BTreeSet::new();
    let mut declined = BTreeSet::new();
    for letter in &all {
        for record in district.state.store.events(&letter.id).await.unwrap() {
            if let CaseEvent::Decline { reason_code, .. } = &record.event {
                declined.insert(reason_code.clone());
            }
            kinds.insert(record.event.kind());
        }
    }
    let library: BTreeSet<_> = district
        .state
        .rules()
        .library
        .decline
        .iter()
        .map(|reason| reason.code.clone())
        .collect();
    assert_eq!(declined, library, "every reason once");
    for kind in [
        EventKind::BounceLimit,
        EventKind::Award,
        EventKind::ReturnRefused,
        EventKind::ExtensionApproved,
        EventKind::ExtensionRefused,
        EventKind::PromiseKept,
        EventKind::PromiseBroken,
        EventKind::InfoTimeout,
        EventKind::DeputyTimeout,
        EventKind::LeadAnswered,
        EventKind::SurveyExpired,
        EventKind::KeepClosed,
        EventKind::Reopen,
        EventKind::ReassignUnit,
        EventKind::Urge,
        EventKind::Appeal,
        EventKind::AutoHold,
        EventKind::Delegate,
        EventKind::Contacted,
        EventKind::ContactRevealed,
        EventKind::FollowUp,
        EventKind::FollowUpAnswered,
        EventKind::DeputyRated,
        EventKind::Supplement,
        EventKind::InternalRejected,
        EventKind::MergedIn,
        EventKind::MergedOut,
        EventKind::Split,
        EventKind::Undo,
    ] {
        assert!(kinds.contains(&kind), "no {}", kind.code());
    }
}

/// The shares of a year's letters, in percent, with room for what the day brings.
async fn the_letters_are_spread_as_in_a_real_year(district: &District) {
    let all = all_letters(&district.state).await;
    let share = |states: &[CaseState], least: usize, most: usize| {
        let count = all.iter().filter(|l| states.contains(&l.case.state)).count();
        let (least, most) = (least * all.len() / 100, most * all.len() / 100);
        assert!(
            (least..=most).contains(&count),
            "{states:?}: {count} of {}, not {least} to {most}",
            all.len()
        );
    };
    share(&[CaseState::Closed], 57, 63);
    share(
        &[
            CaseState::Accepted,
            CaseState::WithDeputy,
            CaseState::Assigned,
            CaseState::InProgress,
            CaseState::Arbitration,
            CaseState::ReplyReview,
        ],
        10,
        14,
    );
    share(&[CaseState::Tracking], 4, 7);
    share(&[CaseState::SecondHandling], 3, 6);
    share(&[CaseState::Disputed], 3, 5);
    share(&[CaseState::Declined], 3, 5);
    share(&[CaseState::ScreeningHold], 2, 4);
    share(&[CaseState::NeedInfo], 2, 4);
    let count = |test: &dyn Fn(&Letter) -> bool| all.iter().filter(|letter| test(letter)).count();
    let scripts = Content::read().unwrap().letters;
    let pictured = scripts.iter().filter(|script| !script.pics.is_empty()).count();
    assert!(pictured * 100 / scripts.len() >= 38, "{pictured} with pictures");
    assert!(count(&|l| l.place.is_some()) * 100 / all.len() >= 66, "places");
    assert!(count(&|l| l.case.on_behalf) >= 3, "written down by the office");
    assert!(
        count(&|l| l.case.tasks.iter().any(|t| t.role == TaskRole::Lead && t.auto_signed)) >= 4,
        "signed by time"
    );
    let late = |l: &Letter| {
        matches!(l.case.state, CaseState::InProgress | CaseState::Assigned)
            && l.case.due_at.is_some_and(|due| due < a_tuesday())
    };
    assert_eq!(count(&late), 5, "overdue at the units");
    assert_eq!(count(&|l| late(l) && l.case.supervised), 2, "of them supervised");
    assert!(all.iter().map(|l| usize::from(l.case.urge_count)).sum::<usize>() >= 5);
    let won = |l: &Letter| (l.case.appealed || l.case.closing_appealed) && l.case.answered_at.is_some();
    assert_eq!(count(&won), 2, "appeals that were won");
    let first = all.iter().map(|l| l.case.submitted_at).min().unwrap();
    assert!(a_tuesday() - first > 380 * DAY_MS, "thirteen months");
}

/// Each with its last state.
const STORIES: &[&str] = &[
    "garage-water",
    "holiday-care",
    "ebike-wires",
    "kerb-ramp",
    "bus-27",
    "fumes-alley",
    "bikes-pile",
    "tower-canteen",
];

async fn the_eight_stories_are_told_in_full(district: &District) {
    let letters = letters(&district.state).await;
    for key in STORIES {
        let letter = &letters[*key];
        let log = district.state.store.events(&letter.id).await.unwrap();
        assert!(log.len() >= 12, "{key} has {} events", log.len());
        assert_eq!(letter.case.state, CaseState::Closed, "{key}");
        assert_eq!(letter.case.publication, PublicationState::Published, "{key}");
        let kinds: BTreeSet<EventKind> = log.iter().map(|record| record.event.kind()).collect();
        assert!(kinds.contains(&EventKind::Contacted), "{key}: nobody spoke with them");
        assert!(
            kinds.contains(&EventKind::DeputyRated),
            "{key}: no word of the deputy's"
        );
    }
    let fumes = &letters["fumes-alley"].case;
    assert_eq!(fumes.bounce_count, 2);
    let last: BTreeSet<_> = fumes
        .tasks
        .iter()
        .filter(|t| t.final_owner)
        .map(|t| &t.unit_id)
        .collect();
    assert!(!last.is_empty(), "arbitration named the owner");
}

async fn letters_about_one_matter_hang_together(district: &District) {
    let letters = letters(&district.state).await;
    let lead = &letters["xuefu-lamps"];
    assert_eq!(
        lead.case.joined.len() + 1,
        9,
        "nine letters about the lamps of one road"
    );
    let joined: Vec<&Letter> = letters.values().filter(|l| lead.case.joined.contains(&l.id)).collect();
    for letter in &joined {
        assert_eq!(letter.case.merged_into.as_ref(), Some(&lead.id));
        assert!(letter.case.answered_at.is_some(), "{} is answered with it", letter.no);
        let apart = letter.case.submitted_at - lead.case.submitted_at;
        assert!(apart.abs() < 21 * DAY_MS, "within three weeks");
    }
    assert_eq!(letters["three-in-one"].case.parts.len(), 3);
}

/// The copies as they were published, not as they were meant to be.
async fn nothing_published_holds_personal_data(district: &District) {
    for letter in all_letters(&district.state).await {
        if letter.case.publication != PublicationState::Published {
            continue;
        }
        let copy = letter.case.copy.expect("a copy");
        for text in [copy.title, copy.body, copy.answer] {
            let spans = liaison_domain::guard::find(&text);
            assert!(spans.is_empty(), "{}: {spans:?} in {text}", letter.no);
        }
    }
}

/// One unit wrote nearly the same words twice, so that the check of replies has something to show.
#[test]
fn one_unit_answers_two_letters_with_nearly_the_same_words() {
    use liaison_domain::reply::Fingerprint;
    let letters = Content::read().unwrap().letters;
    let words = |key: &str| {
        let letter = letters.iter().find(|letter| letter.key == key).expect("the letter");
        let mut replies = letter.steps.iter().filter_map(|line| match &line.step {
            Step::Reply { say, .. } => Some(Fingerprint::of(say)),
            _ => None,
        });
        replies.next_back().expect("a reply")
    };
    assert!(words("meals-dirty").likeness(&words("meals-cold")) >= 80);
}

async fn the_accounts_work(district: &District) {
    let (account, hash) = district
        .state
        .store
        .staff_by_username("luzhiyao")
        .await
        .unwrap()
        .expect("a deputy");
    assert!(account.deputy_id.is_some());
    let fits = liaison_server::auth::password::verify(&district.state, demo::DEMO_PASSWORD.to_owned(), hash).await;
    assert!(fits.expect("checked"));
    let shown = demo::demo_accounts().unwrap();
    assert!(shown.len() >= 12);
    for account in shown {
        let found = district.state.store.named_accounts().await.unwrap();
        assert!(
            found
                .iter()
                .any(|a| Some(&account.username) == a.username.as_ref() && a.role == account.role),
            "{}",
            account.username
        );
    }
}

/// Talks at past receptions with every outcome, some of which became letters, and a paper ledger taken over.
async fn the_ledger_tells_what_was_said_at_receptions(district: &District) {
    let store = &district.state.store;
    let records = async |filter: RecordFilter| store.ledger_records(&filter, None, 100).await.expect("a query").items;
    let own = records(RecordFilter {
        historic: Some(false),
        ..RecordFilter::default()
    })
    .await;
    // A point that is visited every other month may not have had its turn yet.
    let all = Content::read().expect("the content reads").ledger.record.len();
    assert!(own.len() <= all && own.len() + 2 >= all, "{} of {all}", own.len());
    for outcome in RecordOutcome::ALL {
        assert!(
            own.iter().any(|record| record.content.outcome == *outcome),
            "{outcome:?}"
        );
    }
    for record in &own {
        assert!(
            !record.content.deputies.is_empty(),
            "{}: nobody received",
            record.content.topic
        );
        assert!(record.at < a_tuesday(), "{}: still to come", record.content.topic);
        let is_letter = record.content.outcome == RecordOutcome::Letter;
        assert_eq!(record.letter_id.is_some(), is_letter, "{}", record.content.topic);
        if let Some(id) = &record.letter_id {
            let letter = store.load(id).await.expect("a query").expect("the letter");
            assert_eq!(
                letter.body, record.content.words,
                "the letter is in the visitor's words"
            );
            assert_eq!(letter.filed_via, Some(FiledVia::Reception));
        }
    }
    let historic = records(RecordFilter {
        historic: Some(true),
        ..RecordFilter::default()
    })
    .await;
    assert!(historic.len() > 4 && historic.iter().all(|record| record.content.deputies[0].id.is_some()));
    let found = records(RecordFilter {
        words: Some("护栏".to_owned()),
        ..RecordFilter::default()
    })
    .await;
    assert_eq!(found.len(), 1, "found by a word that the visitor said");
}

async fn the_events_show_every_state_and_what_came_of_them(district: &District) {
    let store = &district.state.store;
    let now = district.state.now();
    assert_eq!(district.report.meetings, 8);
    let page = store.public_events(&EventFilter::default(), now, 20).await.unwrap();
    assert_eq!(page.total, 8);
    let mut states: BTreeMap<EventState, usize> = BTreeMap::new();
    let mut kinds = BTreeSet::new();
    for row in &page.items {
        *states.entry(row.event.state).or_default() += 1;
        kinds.insert(row.event.draft.kind);
        assert!(!row.event.draft.title.is_empty());
    }
    let expected = [
        (EventState::Open, 2),
        (EventState::Live, 1),
        (EventState::Closed, 1),
        (EventState::Finished, 3),
        (EventState::Cancelled, 1),
    ];
    assert_eq!(states, expected.into());
    assert_eq!(kinds.len(), EventType::ALL.len(), "one of every kind");
    let live = &page.items[0];
    assert_eq!(live.event.state, EventState::Live, "what goes on stands first");
    let counts = store.question_counts(&live.event.id).await.unwrap();
    assert_eq!(counts.iter().map(|count| count.count).sum::<u32>(), 41);
    assert_eq!(counts.len(), QuestionState::ALL.len(), "in every state");
    let counted = figures(store.asked(&live.event.id).await.unwrap());
    assert!(counted.answered_live >= 10 && counted.followed_up >= 5, "{counted:?}");
    assert!(!store.broadcasts(&live.event.id).await.unwrap().is_empty());
    let table = store.event(&live.event.id).await.unwrap().unwrap().draft.units;
    assert_eq!(table.len(), 3);
    let full = page
        .items
        .iter()
        .filter(|row| row.seats.waiting > 0)
        .collect::<Vec<_>>();
    assert!(
        full.iter().any(|row| row.event.state == EventState::Open),
        "one that is ahead is full"
    );
    for row in page.items.iter().filter(|row| row.event.state == EventState::Finished) {
        let id = &row.event.id;
        assert!(row.event.minutes.is_some());
        assert!(!store.polls(id).await.unwrap().is_empty());
        let resolved = store.resolutions(id).await.unwrap();
        assert!(
            resolved.iter().any(|one| one.state == ResolutionState::Done),
            "followed up"
        );
        let counted = figures(store.asked(id).await.unwrap());
        assert!(counted.done <= counted.followed_up);
    }
}

// ---- the content by itself ----

#[test]
fn everything_an_event_names_exists() {
    let content = Content::read().unwrap();
    let categories: BTreeSet<String> = content
        .categories
        .iter()
        .flat_map(|parent| {
            let children = parent.child.iter();
            children
                .map(|child| format!("{}.{}", parent.slug, child.slug))
                .collect::<Vec<_>>()
        })
        .collect();
    let party = |event: &str, party: &liaison_server::demo::PartyText| {
        let known = match party.kind {
            PartyKind::Unit => content.unit(&party.key).is_some(),
            PartyKind::Deputy => content.deputy(&party.key).is_some(),
            PartyKind::Station => content.stations.station.iter().any(|station| station.slug == party.key),
        };
        assert!(known, "{event}: {party:?}");
    };
    for event in &content.events {
        let key = event.key.as_str();
        assert!(categories.contains(&event.category), "{key}: {}", event.category);
        assert!(
            content
                .stations
                .station
                .iter()
                .any(|station| station.slug == event.station),
            "{key}"
        );
        for unit in &event.units {
            assert!(content.unit(unit).is_some(), "{key}: {unit}");
        }
        for deputy in &event.deputies {
            assert!(content.deputy(deputy).is_some(), "{key}: {deputy}");
        }
        for question in &event.questions {
            let (has_answer, has_by) = (question.answer.is_some(), question.by.is_some());
            assert_eq!(
                has_answer,
                question.state == QuestionState::Answered,
                "{key}: {}",
                question.text
            );
            assert_eq!(has_answer, has_by, "{key}: {}", question.text);
            assert_eq!(
                question.reason.is_some(),
                question.state == QuestionState::Hidden,
                "{key}: {}",
                question.text
            );
            if let Some(by) = &question.by {
                party(key, by);
            }
            for unit in question.letter.iter().chain(&question.co) {
                assert!(content.unit(unit).is_some(), "{key}: {unit}");
            }
        }
        for resolution in &event.resolutions {
            party(key, &resolution.owner);
            assert!(
                resolution.question.is_none_or(|nth| nth < event.questions.len()),
                "{key}"
            );
        }
        for poll in &event.polls {
            assert_eq!(poll.options.len(), poll.votes.len(), "{key}");
        }
        let said = [&event.title, &event.intro, &event.rules]
            .into_iter()
            .chain(&event.broadcasts)
            .chain(&event.record)
            .chain(event.questions.iter().filter_map(|question| question.answer.as_ref()));
        for text in said {
            assert!(liaison_domain::guard::find(text).is_empty(), "{key}: {text}");
        }
    }
}

#[test]
fn everything_a_letter_names_exists() {
    let content = Content::read().unwrap();
    let keys: BTreeSet<&str> = content.letters.iter().map(|letter| letter.key.as_str()).collect();
    assert_eq!(keys.len(), content.letters.len(), "keys are used once");
    let units: BTreeSet<&str> = content.units.iter().map(|unit| unit.key.as_str()).collect();
    let unit = |letter: &str, key: &str| assert!(units.contains(key), "{letter}: no unit {key}");
    for letter in &content.letters {
        let name = letter.key.as_str();
        assert!(
            letter.body.chars().count() >= 50 && letter.body.chars().count() <= 300,
            "{name}: {}",
            letter.body.chars().count()
        );
        for line in &letter.steps {
            match &line.step {
                Step::Assign { lead, co, .. } | Step::Award { unit: lead, co, .. } => {
                    unit(name, lead);
                    for co in co {
                        unit(name, co);
                    }
                }
                Step::Co { unit: key, .. }
                | Step::Delegate { unit: key, .. }
                | Step::Reassign { to: key }
                | Step::Return { to: key, .. } => {
                    unit(name, key);
                }
                Step::Merge { into, .. } => assert!(keys.contains(into.as_str()), "{name}: no letter {into}"),
                Step::Publish => assert!(letter.consent, "{name}: published without consent"),
                Step::Release { say: Some(_) } => assert!(letter.to.starts_with("d:"), "{name}: whose words are these"),
                _ => {}
            }
        }
    }
}

/// The files with everything people will read.
fn texts() -> Vec<(String, String)> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("demo");
    let mut found = Vec::new();
    for folder in [folder.clone(), folder.join("letters")] {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "toml") {
                found.push((path.display().to_string(), std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found
}

/// Runs of at least so many digits, dashes and blanks between them left out.
fn long_numbers(text: &str, at_least: usize) -> Vec<String> {
    let mut runs = Vec::new();
    let mut run = String::new();
    for c in text.chars().chain(['\n']) {
        match c {
            '0'..='9' => run.push(c),
            '-' | ' ' if !run.is_empty() => {}
            _ => {
                if run.len() >= at_least {
                    runs.push(std::mem::take(&mut run));
                }
                run.clear();
            }
        }
    }
    runs
}

#[test]
fn nobody_can_be_called_at_a_number_of_the_demo() {
    for (file, text) in texts() {
        // Outlines on the map are numbers, and no telephone's.
        let text: String = text
            .lines()
            .filter(|line| !line.trim_start().starts_with(['[', '"']) || line.starts_with("[["))
            .fold(String::new(), |all, line| all + line + "\n");
        for number in long_numbers(&text, 7) {
            let made_up =
                number.starts_with("1990000") && number.len() == 11 || number.starts_with("0199") && number.len() == 8;
            assert!(made_up, "{file}: {number}");
        }
    }
}

/// What would go public, as the guard sees it.
#[test]
fn nothing_public_holds_personal_data() {
    let mut found = Vec::new();
    for letter in Content::read().unwrap().letters.iter().filter(|letter| letter.consent) {
        let answers = letter.steps.iter().filter_map(|line| match &line.step {
            Step::Answer { say, .. } | Step::Reply { say, .. } => Some(say.as_str()),
            _ => None,
        });
        for text in [letter.title.as_str(), letter.body.as_str()].into_iter().chain(answers) {
            let spans = liaison_domain::guard::find(text);
            found.extend(
                spans
                    .iter()
                    .map(|span| format!("{}: {:?} {}", letter.key, span.kind, &text[span.start..span.end])),
            );
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn pictures_are_the_same_each_time_and_say_what_they_show() {
    let names: BTreeSet<String> = Content::read()
        .unwrap()
        .letters
        .into_iter()
        .flat_map(|letter| letter.pics)
        .collect();
    assert!(names.len() >= 12);
    for name in names {
        let (first, second) = (
            demo::sketch(&name).expect("a scene"),
            demo::sketch(&name).expect("a scene"),
        );
        assert_eq!(sha256_hex(&first.png), sha256_hex(&second.png), "{name}");
        assert!(
            first.alt.chars().count() > 8,
            "{name} says nothing to those who cannot see it"
        );
    }
}

#[test]
fn every_station_tells_the_way_and_what_it_looks_like_is_drawn() {
    let content = Content::read().unwrap();
    let mut pictured = 0;
    for station in &content.stations.station {
        assert!(!station.directions.bus.is_empty(), "{}: which bus?", station.slug);
        assert!(
            !station.directions.step_free.is_empty(),
            "{}: without steps?",
            station.slug
        );
        for photo in &station.photo {
            assert!(demo::sketch(&photo.scene).is_some(), "{}", photo.scene);
            assert!(photo.alt.chars().count() > 8, "{}: {}", station.slug, photo.alt);
        }
        pictured += usize::from(!station.photo.is_empty());
    }
    let portraits: Vec<&str> = content
        .deputies
        .iter()
        .filter_map(|one| one.portrait.as_deref())
        .collect();
    for name in &portraits {
        assert!(demo::sketch(name).is_some(), "{name}");
    }
    assert!(
        pictured >= 3 && portraits.len() >= 5,
        "{pictured} stations, {} deputies",
        portraits.len()
    );
}

#[test]
fn a_year_has_enough_days_for_the_oldest_letter() {
    let oldest = Content::read()
        .unwrap()
        .letters
        .iter()
        .filter_map(|letter| letter.steps.iter().find_map(|line| line.d))
        .max();
    assert!(
        oldest.is_some_and(|days| i64::from(days) * DAY_MS > 365 * DAY_MS),
        "one letter is old enough to be archived"
    );
}
