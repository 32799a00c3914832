use crate::*;
use liaison_domain::dto::CaseFilter;

db_test!(
    async fn a_letter_is_answered_rated_and_published(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let case = desk.answered().await;
        assert_eq!(case.state, CaseState::Answered);
        let answers = store.answers(&case.id).await.expect("answers");
        assert_eq!(answers.len(), 1);
        assert_eq!(answers[0].text.body, "电梯已修好。");
        assert_eq!(
            (answers[0].by_kind, answers[0].by_id.as_deref()),
            (HolderKind::Unit, Some("unit-a"))
        );
        assert_eq!(answers[0].survey.open_until, case.survey_until);
        let by_token = store
            .answer_by_survey(&answers[0].survey.token)
            .await
            .expect("an answer");
        assert_eq!(by_token.as_ref(), answers.first());

        let closed = desk
            .act(
                &case.id,
                author(),
                CaseEvent::RatedOk {
                    rating: rating(5, Solved::Yes),
                },
            )
            .await;
        assert_eq!(closed.state, CaseState::Closed);
        let rated = store.answers(&case.id).await.expect("answers").remove(0).survey;
        assert_eq!((rated.rating, rated.score), (Some(rating(5, Solved::Yes)), Some(100)));

        desk.act(&case.id, officer(), CaseEvent::ProposeCopy { copy: copy() })
            .await;
        desk.act(&case.id, author(), CaseEvent::CopyApproved {}).await;
        desk.act(&case.id, officer(), CaseEvent::Publish {}).await;
        let list = store.publications(&CaseFilter::default(), 10).await.expect("a list");
        assert_eq!(list.items.len(), 1);
        assert_eq!(list.items[0].unit_name.as_deref(), Some("区住建局"));

        assert_eq!(
            store.rebuild(&case.id).await.expect("a fold"),
            Some(desk.load(&case.id).await.case),
            "log and case agree"
        );
        assert_eq!(store.verify_chain(&case.id).await.expect("a check"), vec![]);
        let seqs: Vec<i64> = store
            .events(&case.id)
            .await
            .expect("a log")
            .iter()
            .map(|r| r.seq)
            .collect();
        assert_eq!(seqs, (1..=seqs.len() as i64).collect::<Vec<_>>());
    }
);

db_test!(
    async fn of_two_officers_at_once_one_wins(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let new = desk.submit(&letter()).await;
        let mut seen = desk.ctx(officer());
        seen.expected_version = Some(1);
        let hold = CaseEvent::AskInfo {
            text: id("哪一部电梯?"),
        };
        let accept = accept();
        let (one, other) = tokio::join!(store.act(&new.id, &accept, &seen), store.act(&new.id, &hold, &seen));
        let (won, lost) = if one.is_ok() { (one, other) } else { (other, one) };
        let won = won.expect("one is accepted");
        match lost {
            Err(ActError::Conflict(case)) => assert_eq!(
                (case.state, case.version),
                (won.case.state, 2),
                "with the state as it is now"
            ),
            other => panic!("the second officer must be told: {other:?}"),
        }
        assert_eq!(store.events(&new.id).await.expect("a log").len(), 2);
    }
);

db_test!(
    async fn nothing_happens_twice(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let case = desk.answered().await;
        let rate = CaseEvent::RatedOk {
            rating: rating(4, Solved::Yes),
        };
        let ctx = Context {
            expected_version: Some(case.version),
            ..desk.ctx(author())
        };
        let twenty = (0..20).map(|_| store.act(&case.id, &rate, &ctx));
        let mut accepted = 0;
        for attempt in twenty {
            accepted += usize::from(attempt.await.is_ok());
        }
        assert_eq!(accepted, 1);
        desk.try_act(
            &case.id,
            officer(),
            &CaseEvent::Release {
                forwarded_by_deputy: None,
                words: None,
                acknowledged: Vec::new(),
            },
        )
        .await
        .expect_err("released already");
    }
);

db_test!(
    async fn forty_clicks_at_once_count_once(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let new = desk.submit(&letter()).await;
        let tasks: Vec<_> = (0..40)
            .map(|_| {
                let (store, calendar, limits, now) = (
                    store.store.clone(),
                    desk.calendar.clone(),
                    desk.limits.clone(),
                    desk.now,
                );
                let letter_id = new.id.clone();
                tokio::spawn(async move {
                    let ctx = Context {
                        expected_version: Some(1),
                        ..Context::new(now, officer(), &calendar, &limits)
                    };
                    store.act(&letter_id, &accept(), &ctx).await
                })
            })
            .collect();
        let mut accepted = 0;
        for task in tasks {
            match task.await.expect("no panic") {
                Ok(_) => accepted += 1,
                Err(ActError::Conflict(case)) => assert_eq!(case.version, 2),
                Err(other) => panic!("neither accepted nor told: {other:?}"),
            }
        }
        assert_eq!(accepted, 1);
        assert_eq!(store.verify_chain(&new.id).await.expect("a check"), vec![]);
    }
);

db_test!(
    async fn what_an_event_names_must_be_there(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let new = desk.submit(&letter()).await;
        let unknown = CaseEvent::Accept {
            category_id: id("nothing"),
            class: CaseClass::Simple,
            urgency: Urgency::Normal,
            due_at: None,
        };
        for (event, field) in [
            (unknown, "category_id"),
            (
                CaseEvent::Merge {
                    into: id("nobody"),
                    text: id("同一件事"),
                },
                "into",
            ),
        ] {
            match desk.try_act(&new.id, officer(), &event).await {
                Err(ActError::Refused { refusal, case }) => {
                    assert_eq!(refusal.field.as_deref(), Some(field));
                    assert_eq!(case.version, 1);
                }
                other => panic!("{field} must be refused: {other:?}"),
            }
        }
        desk.act(&new.id, officer(), accept()).await;
        let assign = CaseEvent::Assign {
            lead: id("unit-a"),
            co: vec![id("unit-z")],
            due_at: None,
            leader: None,
            note: None,
        };
        assert!(matches!(
            desk.try_act(&new.id, officer(), &assign).await,
            Err(ActError::Refused { .. })
        ));
        assert!(matches!(
            desk.try_act("nothing", officer(), &assign).await,
            Err(ActError::NotFound)
        ));
        assert_eq!(
            desk.load(&new.id).await.case.version,
            2,
            "nothing was kept of what was refused"
        );
    }
);

db_test!(
    async fn a_promise_follows_its_answer_in_the_same_breath(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let case = desk.in_progress().await;
        let promise = ReplyText {
            outcome: Outcome::B,
            promise_date: Some(id("2026-06-30")),
            ..reply("六月底前换新电梯。")
        };
        let submit = CaseEvent::SubmitReply {
            task_id: lead_task(&case),
            reply: promise,
            signed_off_by: id("周科长"),
        };
        desk.act(&case.id, unit_officer("unit-a"), submit).await;
        let after = desk
            .act(
                &case.id,
                officer(),
                CaseEvent::Release {
                    forwarded_by_deputy: None,
                    words: None,
                    acknowledged: Vec::new(),
                },
            )
            .await;
        assert_eq!(after.state, CaseState::Tracking);
        let kinds: Vec<EventKind> = store
            .events(&case.id)
            .await
            .expect("a log")
            .iter()
            .map(|r| r.event.kind())
            .collect();
        assert_eq!(kinds[kinds.len() - 2..], [EventKind::Release, EventKind::HasPromise]);
        assert_eq!(store.verify_chain(&case.id).await.expect("a check"), vec![]);
        assert_eq!(store.answers(&case.id).await.expect("answers").len(), 1);
    }
);

db_test!(
    async fn a_reply_being_written_is_kept_until_it_is_sent(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let case = desk.in_progress().await;
        let task = lead_task(&case);
        assert!(
            store
                .save_draft(&task, &reply("写到一半"), desk.now)
                .await
                .expect("kept")
        );
        assert!(
            !store
                .save_draft("nothing", &reply("x"), desk.now)
                .await
                .expect("an answer")
        );
        let note = CaseEvent::ProgressNote {
            task_id: task.clone(),
            text: id("已约维保"),
            public: true,
            attachments: vec![],
        };
        desk.act(&case.id, unit_officer("unit-a"), note).await;
        let draft = store.draft(&task).await.expect("an answer").expect("a draft");
        assert_eq!(draft.reply.body, "写到一半", "events leave it alone");
        assert_eq!(store.drafts(&case.id).await.expect("drafts").len(), 1);
        assert_eq!(
            store.task_owner(&task).await.expect("an answer"),
            Some((case.id.clone(), id("unit-a")))
        );
    }
);
