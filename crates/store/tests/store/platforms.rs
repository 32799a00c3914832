use crate::*;
use liaison_domain::calendar::DAY_MS;
use liaison_domain::client_error::ClientErrorKind;
use liaison_store::client_errors::ClientError;
use liaison_store::people::Phone;
use liaison_store::platforms::{PlatformToken, Subject};

const WHO: Subject<'_> = Subject {
    provider: "wechat",
    app_id: "wx-test",
    hash: "hash-of-somebody",
};

async fn resident(store: &TestStore, hash: &str) -> String {
    let phone = Phone {
        hash: hash.to_owned(),
        masked: "199****0001".to_owned(),
        encrypted: None,
    };
    store.resident(&phone, "", monday()).await.expect("an account").id
}

db_test!(
    async fn a_platforms_account_belongs_to_one_of_ours_and_goes_with_it(store: TestStore) {
        settle(&store).await;
        let now = monday();
        let (one, other) = (resident(&store, "p-1").await, resident(&store, "p-2").await);
        assert_eq!(store.account_of_subject(WHO, now).await.expect("an answer"), None);
        store.bind_subject(WHO, &one, now).await.expect("bound");
        let found = store.account_of_subject(WHO, now + 5).await.expect("an answer");
        assert_eq!(found.as_deref(), Some(&*one));
        let bound = store.platforms_of(&one).await.expect("a list");
        assert_eq!((bound.len(), bound[0].bound_at, bound[0].used_at), (1, now, now + 5));
        let elsewhere = Subject {
            app_id: "wx-other",
            ..WHO
        };
        assert_eq!(
            store.account_of_subject(elsewhere, now).await.expect("an answer"),
            None,
            "another app's id is somebody else's"
        );

        // The same person with another number: the later binding holds.
        store.bind_subject(WHO, &other, now + 10).await.expect("bound");
        assert!(store.platforms_of(&one).await.expect("a list").is_empty());
        assert_eq!(store.unbind_platform(&one, "wechat", now).await.expect("an answer"), 0);
        assert_eq!(
            store.unbind_platform(&other, "wechat", now).await.expect("an answer"),
            1
        );
        assert_eq!(store.account_of_subject(WHO, now).await.expect("an answer"), None);

        store.bind_subject(WHO, &one, now).await.expect("bound");
        store.close_account(&one).await.expect("closed");
        assert_eq!(
            store.account_of_subject(WHO, now).await.expect("an answer"),
            None,
            "it goes with the account"
        );

        // So does one whose number is forgotten.
        store.bind_subject(WHO, &other, now).await.expect("bound");
        assert!(store.account_of_subject(WHO, now).await.expect("an answer").is_some());
        store.forget_residents(now + DAY_MS).await.expect("forgotten");
        assert_eq!(store.account_of_subject(WHO, now).await.expect("an answer"), None);
    }
);

db_test!(
    async fn of_many_servers_one_asks_for_a_token(store: TestStore) {
        settle(&store).await;
        let now = monday();
        assert_eq!(store.platform_token("t").await.expect("an answer"), None);
        let tries: Vec<_> = (0..8)
            .map(|_| {
                let store = store.store.clone();
                tokio::spawn(async move {
                    store
                        .claim_platform_token("t", now, now + 1000)
                        .await
                        .expect("an answer")
                })
            })
            .collect();
        let mut claimed = 0;
        for one in tries {
            claimed += u32::from(one.await.expect("no panic"));
        }
        assert_eq!(claimed, 1);
        assert!(
            !store
                .claim_platform_token("t", now + 999, now + 2000)
                .await
                .expect("an answer")
        );
        let token = PlatformToken {
            value: "sealed".to_owned(),
            expires_at: now + DAY_MS,
        };
        store.keep_platform_token("t", &token).await.expect("kept");
        assert_eq!(store.platform_token("t").await.expect("an answer"), Some(token));
        assert!(
            store
                .claim_platform_token("t", now + 1, now + 1000)
                .await
                .expect("an answer"),
            "what is kept may be asked for anew at once"
        );
        assert!(
            store
                .claim_platform_token("t", now + 1000, now + 2000)
                .await
                .expect("an answer"),
            "a server that never came back is not waited for"
        );
    }
);

db_test!(
    async fn what_broke_is_counted_by_the_day_and_forgotten(store: TestStore) {
        settle(&store).await;
        let error = |day: &str, message: &str| ClientError {
            day: day.to_owned(),
            kind: ClientErrorKind::Crashed,
            build: "abc".to_owned(),
            host: "wechat",
            system: "ios",
            route: "/mine/*".to_owned(),
            message: message.to_owned(),
        };
        for (day, message) in [("2026-11-22", "old"), ("2026-11-23", "first"), ("2026-11-23", "second")] {
            store.count_client_error(&error(day, message)).await.expect("counted");
        }
        let rows = store.client_errors(10).await.expect("a list");
        let shown: Vec<_> = rows.iter().map(|row| (&*row.day, &*row.message, row.times)).collect();
        assert_eq!(shown, [("2026-11-23", "first", 2), ("2026-11-22", "old", 1)]);
        assert_eq!(store.client_errors(1).await.expect("a list").len(), 1);
        assert_eq!(store.sweep_client_errors("2026-11-23").await.expect("swept"), 1);
        assert_eq!(store.client_errors(10).await.expect("a list").len(), 1);
    }
);
