use crate::*;
use liaison_domain::Millis;
use liaison_domain::calendar::{DAY_MS, WorkCalendar};
use liaison_domain::limits::Limits;
use liaison_domain::restriction::{Ground, MeasureState, Person, Refused, Step, UrgentKind, Use, hold};
use liaison_store::people::NewStaff;
use liaison_store::restrictions::{KeptMeasure, Lane, MeasureError, NewMeasure, NewUrgent, Terms};

/// The rules as they ship, at a moment.
struct Rules {
    limits: Limits,
    calendar: WorkCalendar,
    now: Millis,
}

impl Rules {
    fn new() -> Self {
        Self {
            limits: Limits::default(),
            calendar: WorkCalendar::default(),
            now: monday(),
        }
    }

    fn terms(&self) -> Terms<'_> {
        Terms {
            limits: &self.limits,
            calendar: &self.calendar,
            now: self.now,
        }
    }
}

fn person(account: &str, role: Role) -> Person {
    Person { id: id(account), role }
}

fn clerk() -> Person {
    person("acc-officer", Role::StationOfficer)
}

fn chief() -> Person {
    person("acc-chief", Role::StationLeader)
}

fn third() -> Person {
    person("acc-second", Role::StationOfficer)
}

fn measure(letters: &[&str]) -> NewMeasure {
    NewMeasure {
        account_id: id("acc-resident"),
        station_id: id("station-yunfan"),
        ground: Ground::RepeatInvalid,
        letters: letters.iter().map(|one| id(one)).collect(),
        reason: id("同一件事已答复两次,又写了两封。"),
    }
}

/// A district with a leader, and two letters of one resident.
async fn district(store: &TestStore) -> (Rules, Vec<String>) {
    let mut desk = Desk::open(store).await;
    let leader = NewStaff {
        id: id("acc-chief"),
        role: Role::StationLeader,
        name: id("总站负责人"),
        username: id("chief"),
        password_hash: None,
        unit_id: None,
        station_id: None,
        deputy_id: None,
        note: None,
    };
    store.put_staff(&leader, monday()).await.expect("a leader");
    let mut letters = Vec::new();
    for _ in 0..2 {
        letters.push(desk.submit(&letter()).await.id);
    }
    let mut rules = Rules::new();
    rules.now = desk.now + DAY_MS;
    (rules, letters)
}

async fn propose(store: &Store, rules: &Rules, letters: &[String]) -> KeptMeasure {
    let named: Vec<&str> = letters.iter().map(String::as_str).collect();
    store
        .propose_restriction(&measure(&named), &clerk(), rules.terms())
        .await
        .expect("proposed")
}

async fn approved(store: &Store, rules: &Rules, letters: &[String]) -> KeptMeasure {
    let proposed = propose(store, rules, letters).await;
    store
        .decide_restriction(&proposed.id, proposed.version, &chief(), true, "同意", rules.terms())
        .await
        .expect("approved")
}

fn why(outcome: Result<KeptMeasure, MeasureError>) -> Refused {
    match outcome {
        Err(MeasureError::Refused(why)) => why,
        other => panic!("not refused: {other:?}"),
    }
}

async fn kinds(store: &Store, account: &str) -> Vec<String> {
    let page = store.inbox(account, false, None, 50).await.expect("an inbox");
    let kinds = page.items.into_iter().map(|row| row.kind);
    kinds.filter(|kind| kind.starts_with("restriction")).collect()
}

async fn held(store: &Store, rules: &Rules, account: &str, wanted: Use) -> Option<Millis> {
    let forces = store.restriction_forces(account, rules.now).await.expect("an answer");
    let last = store.last_letter_at(account).await.expect("an answer");
    hold(&forces, wanted, last, &rules.limits, rules.now).map(|held| held.until)
}

db_test!(
    async fn one_proposes_another_approves_and_everybody_concerned_is_told(store: TestStore) {
        let (rules, letters) = district(&store).await;
        let one = [letters[0].as_str()];
        assert_eq!(
            why(store.propose_restriction(&measure(&one), &clerk(), rules.terms()).await),
            Refused::TooFewLetters
        );
        let twice = [letters[0].as_str(), letters[0].as_str()];
        assert_eq!(
            why(store
                .propose_restriction(&measure(&twice), &clerk(), rules.terms())
                .await),
            Refused::TooFewLetters,
            "the same letter twice is one"
        );
        let strange = [letters[0].as_str(), "no-such-letter"];
        assert_eq!(
            why(store
                .propose_restriction(&measure(&strange), &clerk(), rules.terms())
                .await),
            Refused::NotOnePerson
        );
        let proposed = propose(&store, &rules, &letters).await;
        assert_eq!((proposed.state, proposed.step), (MeasureState::Proposed, Step::Warning));
        assert_eq!(kinds(&store, "acc-chief").await, ["restriction_proposed"]);
        assert!(
            kinds(&store, "acc-second").await.is_empty(),
            "an officer cannot approve"
        );
        assert!(kinds(&store, "acc-resident").await.is_empty(), "nothing is decided yet");
        let named: Vec<&str> = letters.iter().map(String::as_str).collect();
        assert_eq!(
            why(store
                .propose_restriction(&measure(&named), &third(), rules.terms())
                .await),
            Refused::AlreadyProposed
        );
        let decide = |by: Person, version: i64| {
            let (store, id, terms) = (&store, proposed.id.clone(), rules.terms());
            async move { store.decide_restriction(&id, version, &by, true, "同意", terms).await }
        };
        assert_eq!(why(decide(third(), proposed.version).await), Refused::NotLeader);
        let own = person("acc-officer", Role::StationLeader);
        assert_eq!(why(decide(own, proposed.version).await), Refused::SamePerson);
        assert!(matches!(
            decide(chief(), proposed.version + 1).await,
            Err(MeasureError::Changed)
        ));
        let kept = decide(chief(), proposed.version).await.expect("approved");
        assert_eq!(kept.state, MeasureState::InForce);
        assert_eq!(kinds(&store, "acc-resident").await, ["restriction_warning"]);
        assert_eq!(held(&store, &rules, "acc-resident", Use::Letter).await, None);
        let log = store.restriction_log(&kept.id).await.expect("a log");
        let acts: Vec<_> = log.iter().map(|row| (row.seq, row.act.as_str())).collect();
        assert_eq!(acts, [(1, "proposed"), (2, "approved")]);
        let numbers = store.restriction_letters(&kept.id).await.expect("letters");
        assert_eq!(numbers.len(), 2);
    }
);

db_test!(
    async fn the_next_step_follows_and_a_new_account_with_the_same_number_inherits_it(store: TestStore) {
        let (mut rules, letters) = district(&store).await;
        assert_eq!(approved(&store, &rules, &letters).await.step, Step::Warning);
        let limit = approved(&store, &rules, &letters).await;
        assert_eq!((limit.step, limit.days), (Step::RateLimit, Some(30)));
        let last = store
            .last_letter_at("acc-resident")
            .await
            .expect("an answer")
            .expect("a letter");
        assert_eq!(
            held(&store, &rules, "acc-resident", Use::Letter).await,
            Some(last + 7 * DAY_MS)
        );
        assert_eq!(held(&store, &rules, "acc-resident", Use::Booking).await, None);
        let restriction = approved(&store, &rules, &letters).await;
        assert_eq!((restriction.step, restriction.days), (Step::Restriction, Some(30)));
        assert_eq!(
            held(&store, &rules, "acc-resident", Use::EventQuestion).await,
            restriction.ends_at
        );
        assert_eq!(held(&store, &rules, "acc-resident", Use::Urgent).await, None);

        // The account loses its number; whoever comes back by it gets another account.
        store
            .vandalise("UPDATE account SET phone_hash = NULL WHERE id = 'acc-resident'")
            .await
            .expect("changed");
        let again = store.resident(&phone(1), "", rules.now).await.expect("an account");
        assert_ne!(again.id, "acc-resident");
        assert_eq!(
            held(&store, &rules, &again.id, Use::Letter).await,
            restriction.ends_at,
            "inherited"
        );
        let stranger = store.resident(&phone(2), "", rules.now).await.expect("an account");
        assert_eq!(held(&store, &rules, &stranger.id, Use::Letter).await, None);
        let other = store
            .object_to_restriction(&restriction.id, &stranger.id, "不服", rules.terms())
            .await;
        assert!(matches!(other, Err(MeasureError::NotFound)), "{other:?}");
        store
            .object_to_restriction(&restriction.id, &again.id, "我没有重复写。", rules.terms())
            .await
            .expect("objects by the new account");

        rules.now = restriction.ends_at.expect("an end");
        assert_eq!(
            held(&store, &rules, &again.id, Use::Letter).await,
            None,
            "over, whether the job has come by or not"
        );
    }
);

db_test!(
    async fn a_third_person_hears_the_appeal_and_what_is_overturned_counts_for_nothing(store: TestStore) {
        let (rules, letters) = district(&store).await;
        let warned = approved(&store, &rules, &letters).await;
        let objected = store
            .object_to_restriction(&warned.id, "acc-resident", "两封说的不是一件事。", rules.terms())
            .await
            .expect("objected");
        let appeal = objected.appeal.as_ref().expect("an appeal");
        assert_eq!(appeal.due, rules.calendar.add_work_days(rules.now, 5));
        assert_eq!(kinds(&store, "acc-second").await, ["restriction_objected"]);
        assert!(
            !kinds(&store, "acc-chief").await.contains(&id("restriction_objected")),
            "who decided does not decide again"
        );
        assert_eq!(
            why(store
                .object_to_restriction(&warned.id, "acc-resident", "再说一次", rules.terms())
                .await),
            Refused::AppealedBefore
        );
        for involved in [clerk(), chief()] {
            let heard = store
                .hear_appeal(&warned.id, objected.version, &involved, false, "维持", rules.now)
                .await;
            assert_eq!(why(heard), Refused::SamePerson);
        }
        let counts = store.restriction_counts(None).await.expect("counts");
        assert_eq!((counts.of(Lane::Appeals), counts.of(Lane::InForce)), (1, 1));
        let heard = store
            .hear_appeal(
                &warned.id,
                objected.version,
                &third(),
                true,
                "确实是两件事。",
                rules.now,
            )
            .await
            .expect("heard");
        assert_eq!(heard.state, MeasureState::Overturned);
        assert_eq!(
            kinds(&store, "acc-resident").await,
            ["restriction_heard", "restriction_warning"]
        );
        let next = store
            .next_restriction("acc-resident", rules.terms())
            .await
            .expect("a step");
        assert_eq!(next.step, Step::Warning, "as if it had never been");
        assert!(store.broken_restrictions().await.expect("checked").is_empty());
    }
);

db_test!(
    async fn what_is_over_ends_once_and_a_leader_may_end_it_before(store: TestStore) {
        let (mut rules, letters) = district(&store).await;
        approved(&store, &rules, &letters).await;
        let limit = approved(&store, &rules, &letters).await;
        let lifted = approved(&store, &rules, &letters).await;
        let own = store
            .lift_restriction(&lifted.id, lifted.version, &third(), "", rules.now)
            .await;
        assert_eq!(why(own), Refused::NotLeader);
        let done = store
            .lift_restriction(&lifted.id, lifted.version, &chief(), "来信人已说明情况", rules.now)
            .await
            .expect("lifted");
        assert_eq!(done.state, MeasureState::Lifted);
        assert_eq!(store.end_restrictions(rules.now, 50).await.expect("nothing"), 0);
        rules.now = limit.ends_at.expect("an end");
        let both = tokio::join!(
            store.end_restrictions(rules.now, 50),
            store.end_restrictions(rules.now, 50)
        );
        assert_eq!(
            both.0.expect("ended") + both.1.expect("ended"),
            2,
            "the warning and the limit, each once"
        );
        let told = kinds(&store, "acc-resident").await;
        let over = told.iter().filter(|kind| *kind == "restriction_lifted").count();
        assert_eq!(over, 2, "the warning ends in silence: {told:?}");
        assert_eq!(
            store
                .restriction(&limit.id)
                .await
                .expect("an answer")
                .map(|kept| kept.state),
            Some(MeasureState::Ended)
        );
        assert_eq!(
            store
                .forget_restricted_numbers(&rules.limits, rules.now)
                .await
                .expect("kept"),
            0
        );
        let year = rules.now + 366 * DAY_MS;
        assert_eq!(
            store
                .forget_restricted_numbers(&rules.limits, year)
                .await
                .expect("gone"),
            3
        );
    }
);

db_test!(
    async fn a_new_number_is_no_way_out(store: TestStore) {
        let (rules, letters) = district(&store).await;
        let kept = approved(&store, &rules, &letters).await;
        let warned = store.restrictions_of("acc-resident").await.expect("a history");
        assert_eq!(warned.len(), 1);
        let old = phone(1);
        for n in [81, 82] {
            let number = phone(n);
            let changed = store.change_number(crate::numbers::to(&number), rules.now).await;
            assert_eq!(changed.expect("changed"), liaison_store::people::NumberChanged::Done);
        }
        // The account goes; whoever comes back by any of its numbers is the same person.
        store.close_account("acc-resident").await.expect("closed");
        for number in [old, phone(81), phone(82)] {
            let again = store.resident(&number, "", rules.now).await.expect("an account");
            let history = store.restrictions_of(&again.id).await.expect("a history");
            let ids: Vec<&str> = history.iter().map(|one| one.id.as_str()).collect();
            assert_eq!(ids, [kept.id.as_str()], "{}", number.masked);
        }
        let stranger = store.resident(&phone(83), "", rules.now).await.expect("an account");
        assert!(store.restrictions_of(&stranger.id).await.expect("a history").is_empty());

        // Forgotten in time, under every number.
        store
            .end_restrictions(rules.now + 400 * DAY_MS, 50)
            .await
            .expect("ended");
        store
            .forget_restricted_numbers(&rules.limits, rules.now + 800 * DAY_MS)
            .await
            .expect("gone");
        let again = store.resident(&phone(81), "", rules.now).await.expect("an account");
        assert!(store.restrictions_of(&again.id).await.expect("a history").is_empty());
    }
);

db_test!(
    async fn a_log_that_was_changed_is_noticed(store: TestStore) {
        let (rules, letters) = district(&store).await;
        let kept = approved(&store, &rules, &letters).await;
        assert!(store.broken_restrictions().await.expect("checked").is_empty());
        store
            .vandalise("UPDATE restriction_event SET actor_id = 'acc-second' WHERE seq = 2")
            .await
            .expect("changed");
        let broken = store.broken_restrictions().await.expect("checked");
        assert_eq!(
            (broken.len(), broken[0].id.as_str(), broken[0].seq),
            (1, kept.id.as_str(), 2)
        );
        store
            .vandalise("DELETE FROM restriction_event WHERE seq = 1")
            .await
            .expect("changed");
        assert_eq!(store.broken_restrictions().await.expect("checked")[0].seq, 1);
    }
);

db_test!(
    async fn lanes_show_one_s_own_stations(store: TestStore) {
        let (rules, letters) = district(&store).await;
        let proposed = propose(&store, &rules, &letters).await;
        let own = [id("station-yunfan")];
        let other = [id("station-qingyu")];
        let ids = |found: Vec<KeptMeasure>| found.into_iter().map(|one| one.id).collect::<Vec<_>>();
        let lane = Lane::Proposed;
        assert_eq!(
            ids(store.restrictions(lane, None).await.expect("all")),
            std::slice::from_ref(&proposed.id)
        );
        assert_eq!(
            ids(store.restrictions(lane, Some(&own)).await.expect("own")),
            std::slice::from_ref(&proposed.id)
        );
        assert!(store.restrictions(lane, Some(&other)).await.expect("others").is_empty());
        let refused = store
            .decide_restriction(
                &proposed.id,
                proposed.version,
                &chief(),
                false,
                "证据不足",
                rules.terms(),
            )
            .await
            .expect("refused");
        assert_eq!(refused.state, MeasureState::Refused);
        assert!(
            kinds(&store, "acc-resident").await.is_empty(),
            "nothing happened to the person"
        );
        let counts = store.restriction_counts(Some(&own)).await.expect("counts");
        assert_eq!((counts.of(Lane::Proposed), counts.of(Lane::Ended)), (0, 1));
    }
);

db_test!(
    async fn an_urgent_letter_is_known_from_an_ordinary_one(store: TestStore) {
        let (rules, letters) = district(&store).await;
        let before = store.last_letter_at("acc-resident").await.expect("an answer");
        let urgent = NewUrgent {
            kind: UrgentKind::Utilities,
            why: id("物业电话没人接"),
            restriction_id: Some(id("r-1")),
        };
        for _ in 0..2 {
            store.keep_urgent(&letters[1], &urgent, rules.now).await.expect("kept");
        }
        let after = store.last_letter_at("acc-resident").await.expect("an answer");
        assert!(after < before, "{after:?} {before:?}");
        let figures = store.urgent_of_restricted(0, None).await.expect("figures");
        assert_eq!(figures.len(), 1);
        assert!(!figures[0].granted, "taken on by nobody yet");
    }
);
