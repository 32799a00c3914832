use crate::*;
use liaison_domain::calendar::DAY_MS;
use liaison_domain::dto::CaseFilter;

async fn count(store: &Store, filter: CaseFilter) -> u64 {
    let page = store.publications(&filter, 10).await.expect("a list");
    assert_eq!(page.total, page.items.len() as u64);
    page.total
}

fn q(words: &str) -> CaseFilter {
    CaseFilter {
        q: Some(id(words)),
        ..CaseFilter::default()
    }
}

db_test!(
    async fn only_the_redacted_copy_is_public(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let unpublished = desk.answered().await;
        let case = desk.published().await;
        let no = desk.load(&case.id).await.no;
        let page = store.publication(&no).await.expect("an answer").expect("the copy");
        assert_eq!(
            (page.card.title.as_str(), page.body.as_str()),
            ("某小区电梯停运", "某号楼的电梯停了三天。")
        );
        assert_eq!(page.author_name, None, "the name was not to be shown");
        assert_eq!(
            (page.answers[0].body.as_str(), page.answers[0].by.as_str()),
            ("电梯已修好并通过检验。", "区住建局")
        );
        assert!(
            page.timeline.iter().all(|step| step.text.is_none()),
            "words on the way stay private"
        );
        assert!(
            page.timeline
                .iter()
                .any(|step| step.kind == EventKind::Assign && step.about.as_deref() == Some("区住建局"))
        );
        assert_eq!(count(&store, CaseFilter::default()).await, 1);
        assert_eq!(
            count(&store, q("船坞里")).await,
            0,
            "the letter's own words find nothing"
        );
        assert_eq!(count(&store, q("电梯停运")).await, 1);
        let private = desk.load(&unpublished.id).await.no;
        assert_eq!(store.publication(&private).await.expect("an answer"), None);
    }
);

db_test!(
    async fn hiding_removes_it_everywhere(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let case = desk.published().await;
        let no = desk.load(&case.id).await.no;
        let in_lists = || async {
            [
                count(&store, CaseFilter::default()).await,
                count(&store, q("电梯")).await,
                store
                    .publications_of_station("station-yunfan", 9)
                    .await
                    .expect("a list")
                    .len() as u64,
                store.just_answered(9).await.expect("a list").len() as u64,
            ]
        };
        assert_eq!(in_lists().await, [1, 1, 1, 1]);
        desk.act(
            &case.id,
            officer(),
            CaseEvent::Hide {
                reason: id("涉及他人隐私"),
            },
        )
        .await;
        assert_eq!(in_lists().await, [0, 0, 0, 0]);
        let page = store
            .publication(&no)
            .await
            .expect("an answer")
            .expect("number and state stay");
        assert!(page.hidden);
        assert_eq!(page.hidden_reason.as_deref(), Some("涉及他人隐私"));
        assert_eq!(
            (
                page.card.title.as_str(),
                page.body.as_str(),
                page.answers.len(),
                page.timeline.len()
            ),
            ("", "", 0, 0)
        );
        assert_eq!(page.card.state, CaseState::Answered);
        desk.act(&case.id, officer(), CaseEvent::Unhide {}).await;
        assert_eq!(in_lists().await, [1, 1, 1, 1], "and it comes back whole");
    }
);

db_test!(
    async fn another_server_counts_anew_what_was_hidden(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let case = desk.published().await;
        desk.published().await;
        let other = Store::connect(&store.url).await.expect("a second server connects");
        let of_lifts = || CaseFilter {
            category: Some(id("housing.lift")),
            ..CaseFilter::default()
        };
        for filter in [CaseFilter::default(), of_lifts()] {
            assert_eq!(count(&store, filter.clone()).await, 2);
            assert_eq!(count(&other, filter).await, 2);
        }
        let hide = CaseEvent::Hide {
            reason: id("涉及他人隐私"),
        };
        desk.act(&case.id, officer(), hide).await;
        for filter in [CaseFilter::default(), of_lifts()] {
            assert_eq!(count(&other, filter.clone()).await, 1);
            assert_eq!(count(&store, filter).await, 1);
        }
        other.close().await.expect("it closes");
    }
);

db_test!(
    async fn a_resident_can_take_the_consent_back(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let case = desk.published().await;
        desk.act(&case.id, author(), CaseEvent::ConsentChanged { consent: false })
            .await;
        assert_eq!(count(&store, CaseFilter::default()).await, 0);
        let no = desk.load(&case.id).await.no;
        let page = store
            .publication(&no)
            .await
            .expect("an answer")
            .expect("number and state stay");
        assert_eq!((page.body.as_str(), page.hidden_reason), ("", None));
    }
);

db_test!(
    async fn the_copy_follows_the_case(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let case = desk.published().await;
        desk.act(
            &case.id,
            author(),
            CaseEvent::RatedOk {
                rating: rating(5, Solved::Yes),
            },
        )
        .await;
        let list = store.publications(&CaseFilter::default(), 10).await.expect("a list");
        assert_eq!(list.items[0].state, CaseState::Closed);
    }
);

db_test!(
    async fn a_list_names_who_answered_not_whom_the_letter_was_written_to(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let mut to_a_deputy = letter();
        to_a_deputy.case.deputy_id = Some(id("deputy-lu"));
        desk.published_of(&to_a_deputy).await;
        for list in [
            store.just_answered(9).await.expect("a list"),
            store.publications_of_deputy("deputy-lu", 9).await.expect("a list"),
        ] {
            let card = &list[0];
            assert_eq!(card.deputy_name.as_deref(), Some("陆知遥"));
            assert_eq!(
                (card.answer_by.as_str(), card.answer_excerpt.as_str()),
                ("区住建局", "电梯已修好并通过检验。")
            );
        }
    }
);

db_test!(
    async fn a_name_is_shown_only_when_asked_for(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let mut named = letter();
        named.case.name_shown = NameShown::Public;
        let new = desk.submit(&named).await;
        desk.act(&new.id, officer(), accept()).await;
        desk.act(&new.id, officer(), CaseEvent::ProposeCopy { copy: copy() })
            .await;
        desk.act(&new.id, author(), CaseEvent::CopyApproved {}).await;
        desk.act(&new.id, officer(), CaseEvent::Publish {}).await;
        let page = store.publication(&new.no).await.expect("an answer").expect("the copy");
        assert_eq!(page.author_name.as_deref(), Some("李听澜"));
    }
);

db_test!(
    async fn lists_narrow_by_category_and_area_and_page_without_gaps(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let mut expected = Vec::new();
        for _ in 0..5 {
            let id = desk.published().await.id;
            expected.push(desk.load(&id).await.no);
        }
        expected.reverse();
        let by = |category: &str, area: &str| CaseFilter {
            category: Some(id(category)),
            area: Some(id(area)),
            ..CaseFilter::default()
        };
        assert_eq!(
            count(&store, by("housing", "1001")).await,
            5,
            "the parents stand for their children"
        );
        assert_eq!(count(&store, by("housing.lift", "100101")).await, 5);
        assert_eq!(count(&store, by("traffic", "1001")).await, 0);
        assert_eq!(count(&store, by("housing", "1002")).await, 0);
        let mut seen = Vec::new();
        let mut filter = CaseFilter::default();
        loop {
            let page = store.publications(&filter, 2).await.expect("a page");
            seen.extend(page.items.into_iter().map(|card| card.no));
            filter.cursor = page.next_cursor;
            if filter.cursor.is_none() {
                break;
            }
        }
        assert_eq!(seen, expected);
    }
);

db_test!(
    async fn figures_name_their_base(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        for level in [5, 4, 1] {
            let case = desk.answered().await;
            let rating = rating(level, if level == 1 { Solved::No } else { Solved::Yes });
            let event = if level == 1 {
                CaseEvent::RatedBad { rating }
            } else {
                CaseEvent::RatedOk { rating }
            };
            desk.act(&case.id, author(), event).await;
        }
        desk.in_progress().await;
        desk.now += 60 * DAY_MS;
        let figures = store.figures(desk.now).await.expect("figures");
        assert_eq!((figures.accepted, figures.answer_due, figures.answered), (4, 4, 3));
        assert_eq!((figures.rated, figures.satisfied, figures.solved_asked), (3, 2, 3));
        assert!((figures.solved - 2.0).abs() < f64::EPSILON);
        assert_eq!(figures.median_days, None, "three answers say nothing");
        desk.answered().await;
        desk.answered().await;
        assert_eq!(store.figures(desk.now).await.expect("figures").median_days, Some(0.0));
    }
);
