use crate::*;
use liaison_domain::calendar::DAY_MS;

/// Lets everything happen that is due; tells what did.
async fn tick(desk: &mut Desk<'_>) -> Vec<EventKind> {
    let mut done = Vec::new();
    loop {
        let due = desk
            .store
            .due(&desk.ctx(Actor::system()), 100)
            .await
            .expect("an answer");
        if due.is_empty() {
            return done;
        }
        for Due { letter_id, event } in due {
            desk.try_act(&letter_id, Actor::system(), &event)
                .await
                .expect("what is due is accepted");
            done.push(event.kind());
        }
    }
}

db_test!(
    async fn time_signs_answers_and_closes_by_itself(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let assigned = desk.submit(&letter()).await;
        desk.act(&assigned.id, officer(), accept()).await;
        desk.act(&assigned.id, officer(), assign()).await;
        let asked = desk.submit(&letter()).await;
        desk.act(
            &asked.id,
            officer(),
            CaseEvent::AskInfo {
                text: id("哪一部电梯?"),
            },
        )
        .await;
        let with_deputy = desk.submit(&letter()).await;
        desk.act(&with_deputy.id, officer(), accept()).await;
        desk.act(
            &with_deputy.id,
            officer(),
            CaseEvent::ToDeputy {
                deputy_id: id("deputy-lu"),
            },
        )
        .await;
        let answered = desk.answered().await;

        assert_eq!(tick(&mut desk).await, [], "nothing is due at once");
        desk.now += 10 * DAY_MS;
        let mut done = tick(&mut desk).await;
        done.sort();
        // Lead and co-unit; the answered letter's co-unit never signed, but its task ended with the answer.
        let mut expected = [
            EventKind::AutoSign,
            EventKind::AutoSign,
            EventKind::InfoTimeout,
            EventKind::DeputyTimeout,
        ];
        expected.sort();
        assert_eq!(done, expected);
        assert_eq!(desk.load(&assigned.id).await.case.state, CaseState::InProgress);
        assert_eq!(desk.load(&asked.id).await.case.state, CaseState::Submitted);
        assert_eq!(desk.load(&with_deputy.id).await.case.state, CaseState::Accepted);
        desk.now += 10 * DAY_MS;
        assert_eq!(tick(&mut desk).await, [EventKind::SurveyExpired]);
        assert_eq!(desk.load(&answered.id).await.case.state, CaseState::Closed);
        assert_eq!(store.verify_all_chains().await.expect("a check"), vec![]);
    }
);

db_test!(
    async fn a_broken_promise_comes_back_by_itself(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let case = desk.in_progress().await;
        let promise = ReplyText {
            outcome: Outcome::B,
            promise_date: Some(id("2026-03-20")),
            ..reply("二十日前修好。")
        };
        let submit = CaseEvent::SubmitReply {
            task_id: lead_task(&case),
            reply: promise,
            signed_off_by: id("周科长"),
        };
        desk.act(&case.id, unit_officer("unit-a"), submit).await;
        desk.act(
            &case.id,
            officer(),
            CaseEvent::Release {
                forwarded_by_deputy: None,
                words: None,
                acknowledged: Vec::new(),
            },
        )
        .await;
        desk.now += 40 * DAY_MS;
        assert_eq!(tick(&mut desk).await.first(), Some(&EventKind::PromiseBroken));
        let after = desk.load(&case.id).await.case;
        assert_eq!((after.state, after.round), (CaseState::SecondHandling, 2));
    }
);
