use crate::*;

db_test!(
    async fn a_joined_letter_gets_the_answer_and_a_survey_of_its_own(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let lead = desk.in_progress().await;
        let joined = desk.submit(&letter()).await;
        desk.act(
            &joined.id,
            officer(),
            CaseEvent::Merge {
                into: lead.id.clone(),
                text: id("同一部电梯"),
            },
        )
        .await;
        assert_eq!(desk.load(&joined.id).await.case.state, CaseState::Merged);
        let submit = CaseEvent::SubmitReply {
            task_id: lead_task(&lead),
            reply: reply("已修好。"),
            signed_off_by: id("周科长"),
        };
        desk.act(&lead.id, unit_officer("unit-a"), submit).await;
        desk.act(
            &lead.id,
            officer(),
            CaseEvent::Release {
                forwarded_by_deputy: None,
                words: None,
                acknowledged: Vec::new(),
            },
        )
        .await;
        let after = desk.load(&joined.id).await.case;
        assert_eq!(after.state, CaseState::Answered, "in the same transaction");
        let answers = store.answers(&joined.id).await.expect("answers");
        assert_eq!(answers[0].text.body, "已修好。");
        assert_ne!(
            answers[0].survey.token,
            store.answers(&lead.id).await.expect("answers")[0].survey.token
        );
        assert_eq!(store.verify_all_chains().await.expect("a check"), vec![]);
    }
);

db_test!(
    async fn those_joined_to_a_letter_that_is_declined_stand_for_themselves_again(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let (lead, joined) = (desk.submit(&letter()).await, desk.submit(&letter()).await);
        let merge = CaseEvent::Merge {
            into: lead.id.clone(),
            text: id("同一部电梯"),
        };
        desk.act(&joined.id, officer(), merge).await;
        let decline = CaseEvent::Decline {
            reason_code: desk.limits.decline_reasons[0].clone(),
            text: id("诉讼中的事项请到法院"),
        };
        desk.act(&lead.id, officer(), decline).await;
        let after = desk.load(&joined.id).await.case;
        assert_eq!(
            (after.state, after.merged_into),
            (CaseState::Accepted, None),
            "nobody is left waiting"
        );
        assert_eq!(desk.load(&lead.id).await.case.joined, Vec::<String>::new());
        assert_eq!(store.verify_all_chains().await.expect("a check"), vec![]);
    }
);

db_test!(
    async fn a_letter_may_only_join_one_that_stands_for_itself(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let (one, two, three) = (
            desk.submit(&letter()).await,
            desk.submit(&letter()).await,
            desk.submit(&letter()).await,
        );
        desk.act(
            &two.id,
            officer(),
            CaseEvent::Merge {
                into: one.id.clone(),
                text: id("同一件事"),
            },
        )
        .await;
        let chained = desk
            .try_act(
                &three.id,
                officer(),
                &CaseEvent::Merge {
                    into: two.id.clone(),
                    text: id("同一件事"),
                },
            )
            .await;
        assert!(matches!(chained, Err(ActError::Refused { .. })), "{chained:?}");
    }
);

db_test!(
    async fn a_deputys_answer_is_the_deputys(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let new = desk.submit(&letter()).await;
        desk.act(&new.id, officer(), accept()).await;
        desk.act(
            &new.id,
            officer(),
            CaseEvent::ToDeputy {
                deputy_id: id("deputy-lu"),
            },
        )
        .await;
        let case = desk
            .act(
                &new.id,
                deputy(),
                CaseEvent::DeputyAnswer {
                    reply: reply("我去看过了,物业已换件。"),
                },
            )
            .await;
        assert_eq!(case.state, CaseState::Answered);
        let answer = store.answers(&new.id).await.expect("answers").remove(0);
        assert_eq!(
            (answer.by_kind, answer.by_id.as_deref()),
            (HolderKind::Deputy, Some("deputy-lu"))
        );
        let card = store.deputy("deputy-lu").await.expect("an answer").expect("the deputy");
        assert_eq!((card.received, card.card.answered), (1, 1));
    }
);

db_test!(
    async fn a_letter_cut_into_parts_is_answered_when_the_last_part_ends_without_an_answer(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let whole = desk.submit(&letter()).await;
        desk.act(&whole.id, officer(), accept()).await;
        let answered = desk.submit(&letter()).await;
        let declined = desk.submit(&letter()).await;
        let parts = vec![answered.id.clone(), declined.id.clone()];
        desk.act(&whole.id, officer(), CaseEvent::Split { parts }).await;
        desk.act(&answered.id, officer(), accept()).await;
        let deputy_id = id("deputy-lu");
        desk.act(&answered.id, officer(), CaseEvent::ToDeputy { deputy_id })
            .await;
        let words = CaseEvent::DeputyAnswer {
            reply: reply("我去看过了,物业已换件。"),
        };
        desk.act(&answered.id, deputy(), words).await;
        assert_eq!(
            desk.load(&whole.id).await.case.state,
            CaseState::InProgress,
            "one part is open"
        );
        let decline = CaseEvent::Decline {
            reason_code: desk.limits.decline_reasons[0].clone(),
            text: id("请向物业协会反映。"),
        };
        desk.act(&declined.id, officer(), decline).await;
        let after = desk.load(&whole.id).await.case;
        assert_eq!(after.state, CaseState::Answered);
        let words = after.reply.expect("the parts' words together").body;
        assert!(
            words.contains("物业已换件") && words.contains("请向物业协会反映"),
            "{words}"
        );
        assert_eq!(store.verify_all_chains().await.expect("a check"), vec![]);
    }
);
