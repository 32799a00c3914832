use crate::*;

fn part(title: &str) -> Part {
    Part {
        title: title.to_owned(),
        body: "请处理。".to_owned(),
        category_id: id("cat-housing.lift"),
    }
}

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
        desk.now += 60_000;
        let (parts, ctx) = ([part("电梯"), part("垃圾房")], desk.ctx(officer()));
        let cut = store.split(&whole.id, &parts, &ctx).await.expect("it is cut").case;
        let [answered, declined] = cut.parts.as_slice() else {
            panic!("two parts: {:?}", cut.parts)
        };
        let deputy_id = id("deputy-lu");
        desk.act(answered, officer(), CaseEvent::ToDeputy { deputy_id }).await;
        let words = CaseEvent::DeputyAnswer {
            reply: reply("我去看过了,物业已换件。"),
        };
        desk.act(answered, deputy(), words).await;
        assert_eq!(
            desk.load(&whole.id).await.case.state,
            CaseState::InProgress,
            "one part is open"
        );
        let decline = CaseEvent::Decline {
            reason_code: desk.limits.decline_reasons[0].clone(),
            text: id("请向物业协会反映。"),
        };
        desk.act(declined, officer(), decline).await;
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

db_test!(
    async fn only_what_was_cut_from_a_letter_is_a_part_of_it(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let (whole, other) = (desk.submit(&letter()).await, desk.submit(&letter()).await);
        let (mine, theirs) = (desk.submit(&letter()).await, desk.submit(&letter()).await);
        for letter in [&whole, &other] {
            desk.act(&letter.id, officer(), accept()).await;
        }
        let names = async |desk: &Desk<'_>, parts: Vec<String>| {
            let split = CaseEvent::Split { parts };
            match desk.try_act(&whole.id, officer(), &split).await {
                Err(ActError::Refused { refusal, .. }) => refusal,
                done => panic!("letters became parts: {done:?}"),
            }
        };
        let refusal = Refusal::at(RefusalKind::ValueInvalid, "parts");
        let strangers = vec![mine.id.clone(), theirs.id.clone()];
        assert_eq!(names(&desk, strangers).await, refusal, "letters of their own");
        let (parts, ctx) = ([part("电梯"), part("垃圾房")], desk.ctx(officer()));
        let cut = store.split(&other.id, &parts, &ctx).await.expect("it is cut").case;
        assert_eq!(names(&desk, cut.parts.clone()).await, refusal, "another letter's parts");
        for part in [&mine.id, &theirs.id] {
            assert_eq!(desk.load(part).await.part_of, None);
        }
        for part in &cut.parts {
            assert_eq!(desk.load(part).await.part_of.as_ref(), Some(&other.id));
        }
        assert_eq!(store.verify_all_chains().await.expect("a check"), vec![]);
    }
);
