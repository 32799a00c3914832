use crate::*;
use liaison_domain::calendar::DAY_MS;
use liaison_store::people::{LINK_TOKEN, UsedLink};

db_test!(
    async fn a_link_is_used_once_and_looking_does_not_count(store: TestStore) {
        settle(&store).await;
        let now = monday();
        let token = store
            .create_login_link("acc-lu", "/desk/deputy", Some("acc-second"), now, now + 7 * DAY_MS)
            .await
            .expect("a link");
        assert_eq!(token.len(), LINK_TOKEN);
        assert!(store.login_link_is_open(&token, now).await.expect("an answer"));
        assert!(store.login_link_is_open(&token, now).await.expect("an answer"), "still");
        let tries: Vec<_> = (0..8)
            .map(|_| {
                let (store, token) = (store.store.clone(), token.clone());
                tokio::spawn(async move { store.use_login_link(&token, now).await.expect("an answer") })
            })
            .collect();
        let mut used = Vec::new();
        for one in tries {
            used.extend(one.await.expect("no panic"));
        }
        let expected = UsedLink {
            account_id: id("acc-lu"),
            path: id("/desk/deputy"),
        };
        assert_eq!(used, [expected], "of many at once one gets in");
        assert!(!store.login_link_is_open(&token, now).await.expect("an answer"));
    }
);

db_test!(
    async fn a_link_ends_with_its_time(store: TestStore) {
        settle(&store).await;
        let now = monday();
        let token = store
            .create_login_link("acc-lu", "/desk/deputy", None, now, now + DAY_MS)
            .await
            .expect("a link");
        let late = now + DAY_MS;
        assert!(!store.login_link_is_open(&token, late).await.expect("an answer"));
        assert_eq!(store.use_login_link(&token, late).await.expect("an answer"), None);
        assert_eq!(store.use_login_link("made-up", now).await.expect("an answer"), None);
        assert_eq!(store.sweep_login_links(late + 1).await.expect("swept"), 1);
        assert_eq!(
            store
                .account_of_deputy("deputy-lu")
                .await
                .expect("an answer")
                .as_deref(),
            Some("acc-lu")
        );
        assert_eq!(store.account_of_deputy("deputy-gu").await.expect("an answer"), None);
    }
);
