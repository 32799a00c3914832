use crate::*;
use std::collections::BTreeSet;

db_test!(
    async fn a_letter_is_kept_once_and_found_by_number_and_code(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let kept = desk.submit(&letter()).await;
        assert_eq!(kept.no, "TH-2026-000001");
        assert_eq!(kept.case.state, CaseState::Submitted);
        let found = store
            .find_by_no_and_code("th 2026 1", &kept.code.to_lowercase())
            .await
            .expect("an answer");
        assert_eq!(found.map(|l| l.id), Some(kept.id.clone()), "any spelling finds it");
        let wrong = store
            .find_by_no_and_code(&kept.no, "0000000000")
            .await
            .expect("an answer");
        assert_eq!(wrong, None);
        let letter = desk.load(&kept.id).await;
        assert_eq!(
            (letter.title.as_str(), letter.place.as_deref()),
            ("电梯停了三天", Some("船坞里 3 号楼"))
        );
        assert_eq!(letter.case, kept.case);
        assert_eq!(
            store.by_no_or_id(&kept.id).await.expect("an answer"),
            Some(letter.clone())
        );
        assert_eq!(store.by_no_or_id("2026-1").await.expect("an answer"), Some(letter));
        assert_eq!(store.events(&kept.id).await.expect("a log").len(), 1);
    }
);

db_test!(
    async fn fifty_letters_at_once_get_fifty_numbers(store: TestStore) {
        let desk = Desk::open(&store).await;
        let (calendar, limits, now) = (desk.calendar.clone(), desk.limits.clone(), desk.now);
        let tasks: Vec<_> = (0..50)
            .map(|_| {
                let (store, calendar, limits) = (store.store.clone(), calendar.clone(), limits.clone());
                tokio::spawn(async move {
                    let ctx = Context::new(now, author(), &calendar, &limits);
                    store.submit(&letter(), &ctx, None).await.expect("kept").no
                })
            })
            .collect();
        let mut numbers = BTreeSet::new();
        for task in tasks {
            numbers.insert(task.await.expect("no panic"));
        }
        assert_eq!(numbers.len(), 50, "no number twice");
        assert_eq!(
            numbers.last().map(String::as_str),
            Some("TH-2026-000050"),
            "and none left out"
        );
    }
);

db_test!(
    async fn a_letter_that_fails_leaves_nothing(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let mut bad = letter();
        bad.attachments = vec![id("no-such-upload")];
        let error = desk.try_submit(&bad).await.expect_err("refused");
        assert!(
            matches!(error, SubmitError::Refused(Refusal { ref field, .. }) if field.as_deref() == Some("attachments")),
            "{error:?}"
        );
        assert_eq!(store.load(&bad.case.id).await.expect("an answer"), None);
        assert_eq!(
            desk.submit(&letter()).await.no,
            "TH-2026-000001",
            "the number was given back"
        );
    }
);

db_test!(
    async fn numbers_begin_anew_with_the_year(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        desk.submit(&letter()).await;
        desk.now = liaison_domain::calendar::Date::new(2027, 1, 1)
            .expect("a date")
            .at_minute(0);
        assert_eq!(
            desk.try_submit(&letter()).await.expect("kept").no,
            "TH-2027-000001",
            "midnight in Shanghai"
        );
    }
);

db_test!(
    async fn an_account_sees_its_letters_page_by_page(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        for _ in 0..7 {
            desk.submit(&letter()).await;
        }
        let mut seen = Vec::new();
        let mut cursor = None;
        loop {
            let page = store
                .for_account("acc-resident", cursor.as_deref(), 3)
                .await
                .expect("a page");
            assert_eq!(page.total, 7);
            seen.extend(page.items.into_iter().map(|l| l.no));
            cursor = page.next_cursor;
            if cursor.is_none() {
                break;
            }
        }
        let expected: Vec<String> = (1..=7).rev().map(|n| format!("TH-2026-{n:06}")).collect();
        assert_eq!(seen, expected, "newest first, none twice, none missing");
    }
);
