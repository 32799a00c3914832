use crate::*;
use liaison_domain::calendar::{DAY_MS, HOUR_MS, MINUTE_MS};
use liaison_store::people::{NewOtp, OtpCheck, Phone};
use std::collections::BTreeSet;

db_test!(
    async fn a_session_lasts_while_it_is_used_and_never_beyond_its_end(store: TestStore) {
        settle(&store).await;
        let now = monday();
        let token = store
            .create_session(Some("acc-resident"), now, now + HOUR_MS, now + DAY_MS)
            .await
            .expect("a token");
        assert_eq!(token.len(), 64);
        let session = store
            .find_session(&token, now)
            .await
            .expect("an answer")
            .expect("a session");
        assert_eq!(session.account_id.as_deref(), Some("acc-resident"));
        assert_eq!(session.account, store.account("acc-resident").await.expect("an answer"));
        assert!(session.account.is_some_and(|account| account.active));
        assert_eq!(
            store.find_session(&token, now + HOUR_MS).await.expect("an answer"),
            None,
            "idle too long"
        );
        store
            .touch_session(&token, now + HOUR_MS / 2, now + 2 * DAY_MS)
            .await
            .expect("touched");
        assert!(
            store
                .find_session(&token, now + DAY_MS - 1)
                .await
                .expect("an answer")
                .is_some()
        );
        assert_eq!(
            store.find_session(&token, now + DAY_MS).await.expect("an answer"),
            None,
            "over in any case"
        );
        assert_eq!(store.find_session("made-up", now).await.expect("an answer"), None);
        store.revoke_session(&token).await.expect("revoked");
        assert_eq!(store.find_session(&token, now).await.expect("an answer"), None);

        let two = [
            store
                .create_session(Some("acc-lu"), now, now + HOUR_MS, now + DAY_MS)
                .await
                .expect("a token"),
            store
                .create_session(Some("acc-lu"), now, now + HOUR_MS, now + DAY_MS)
                .await
                .expect("a token"),
        ];
        assert_ne!(two[0], two[1]);
        assert_eq!(store.revoke_sessions_of("acc-lu").await.expect("revoked"), 2);
        store
            .create_session(None, now, now + HOUR_MS, now + DAY_MS)
            .await
            .expect("a token");
        assert_eq!(store.sweep_sessions(now + DAY_MS).await.expect("swept"), 1);
    }
);

db_test!(
    async fn number_and_code_open_one_letter_to_one_browser(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let new = desk.submit(&letter()).await;
        let token = store
            .create_session(None, desk.now, desk.now + HOUR_MS, desk.now + DAY_MS)
            .await
            .expect("a token");
        store.grant_letter(&token, &new.id, desk.now).await.expect("granted");
        store
            .grant_letter(&token, &new.id, desk.now)
            .await
            .expect("granted again");
        let session = store
            .find_session(&token, desk.now)
            .await
            .expect("an answer")
            .expect("a session");
        assert_eq!((session.account_id, session.granted), (None, vec![new.id]));
        store.revoke_session(&token).await.expect("the grants go along");
    }
);

db_test!(
    async fn a_code_is_right_once_and_guesses_run_out(store: TestStore) {
        let now = monday();
        let code = |n: u32| NewOtp {
            phone: phone(n),
            code: id("123456"),
            expires_at: now + 5 * MINUTE_MS,
        };
        let first = store.create_otp(&code(7), now).await.expect("kept");
        assert_eq!(
            store.try_otp(&first, "000000", 3, now).await.expect("an answer"),
            OtpCheck::Wrong { left: 2 }
        );
        assert_eq!(
            store.try_otp(&first, " 123456 ", 3, now).await.expect("an answer"),
            OtpCheck::Right(phone(7))
        );
        assert_eq!(
            store.try_otp(&first, "123456", 3, now).await.expect("an answer"),
            OtpCheck::Gone,
            "used"
        );
        let second = store.create_otp(&code(7), now + 1).await.expect("kept");
        for left in [2, 1, 0] {
            assert_eq!(
                store.try_otp(&second, "9", 3, now).await.expect("an answer"),
                OtpCheck::Wrong { left }
            );
        }
        assert_eq!(
            store.try_otp(&second, "123456", 3, now).await.expect("an answer"),
            OtpCheck::Gone,
            "tried too often"
        );
        let third = store.create_otp(&code(8), now).await.expect("kept");
        let late = store
            .try_otp(&third, "123456", 3, now + 5 * MINUTE_MS)
            .await
            .expect("an answer");
        assert_eq!(late, OtpCheck::Gone, "expired");
        assert_eq!(
            store.try_otp("nothing", "123456", 3, now).await.expect("an answer"),
            OtpCheck::Gone
        );
        assert_eq!(
            store.otps_sent("hash-7", now).await.expect("an answer"),
            (2, Some(now + 1))
        );
        assert_eq!(store.otps_sent("hash-9", now).await.expect("an answer"), (0, None));
        assert_eq!(store.sweep_otps(now + DAY_MS).await.expect("swept"), 3);
    }
);

db_test!(
    async fn a_code_tried_by_many_at_once_is_right_once(store: TestStore) {
        let now = monday();
        let otp = NewOtp {
            phone: phone(7),
            code: id("123456"),
            expires_at: now + MINUTE_MS,
        };
        let challenge = store.create_otp(&otp, now).await.expect("kept");
        let tasks: Vec<_> = (0..20)
            .map(|_| {
                let (store, challenge) = (store.store.clone(), challenge.clone());
                tokio::spawn(async move { store.try_otp(&challenge, "123456", 5, now).await.expect("an answer") })
            })
            .collect();
        let mut right = 0;
        for task in tasks {
            right += usize::from(matches!(task.await.expect("no panic"), OtpCheck::Right(_)));
        }
        assert_eq!(right, 1);
    }
);

db_test!(
    async fn a_telephone_is_one_resident(store: TestStore) {
        let now = monday();
        let tasks: Vec<_> = (0..10)
            .map(|_| {
                let store = store.store.clone();
                tokio::spawn(async move { store.resident(&phone(1), "居民", now).await.expect("an account").id })
            })
            .collect();
        let mut ids = BTreeSet::new();
        for task in tasks {
            ids.insert(task.await.expect("no panic"));
        }
        assert_eq!(ids.len(), 1);
        assert_ne!(
            store.resident(&phone(2), "居民", now).await.expect("an account").id,
            ids.pop_first().expect("one")
        );
    }
);

db_test!(
    async fn a_login_seals_a_number_that_was_not(store: TestStore) {
        let now = monday();
        let bare = Phone {
            encrypted: None,
            ..phone(3)
        };
        let first = store.resident(&bare, "居民", now).await.expect("an account");
        assert_eq!(first.phone_encrypted, None);
        let second = store
            .resident(&phone(3), "别的名字", now + 1)
            .await
            .expect("an account");
        assert_eq!(
            (second.id, second.name.as_str(), second.phone_encrypted),
            (first.id, "居民", phone(3).encrypted)
        );
        let third = store.resident(&bare, "居民", now + 2).await.expect("an account");
        assert!(third.phone_encrypted.is_some(), "and it stays");
    }
);

db_test!(
    async fn staff_log_in_by_name(store: TestStore) {
        settle(&store).await;
        let (account, hash) = store
            .staff_by_username("officer")
            .await
            .expect("an answer")
            .expect("an account");
        assert_eq!(
            (account.role, account.station_id.as_deref()),
            (Role::StationOfficer, Some("station-yunfan"))
        );
        assert_eq!(hash.as_deref(), Some("$argon2id$made-up"));
        assert_eq!(store.staff_by_username("nobody").await.expect("an answer"), None);
        assert_eq!(store.named_accounts().await.expect("accounts").len(), 5);
        assert_eq!(store.account(&account.id).await.expect("an answer"), Some(account));
    }
);

db_test!(
    async fn somebody_sees_where_they_are_logged_in_and_ends_their_own_only(store: TestStore) {
        settle(&store).await;
        let now = monday();
        let open = async |account: &str, device: &str| {
            let token = store
                .create_session(Some(account), now, now + HOUR_MS, now + DAY_MS)
                .await
                .expect("a token");
            store.note_device(&token, device).await.expect("noted");
            token
        };
        let (phone, tablet) = (
            open("acc-resident", "wechat android").await,
            open("acc-resident", "browser ios").await,
        );
        let other = open("acc-lu", "browser mac").await;
        let own = store.sessions_of("acc-resident", now).await.expect("an answer");
        let devices: BTreeSet<&str> = own.iter().map(|session| &*session.device).collect();
        assert_eq!(devices, BTreeSet::from(["browser ios", "wechat android"]));
        assert!(
            own.iter().all(|session| !phone.starts_with(&session.handle)),
            "no part of a token"
        );
        let end = async |account: &str, token: &str| {
            let handle = liaison_store::Store::session_handle(token);
            store.revoke_own_session(account, &handle).await.expect("an answer")
        };
        assert!(!end("acc-resident", &other).await, "somebody else's");
        assert!(end("acc-resident", &tablet).await);
        assert!(!end("acc-resident", &tablet).await, "only once");
        assert_eq!(store.find_session(&tablet, now).await.expect("an answer"), None);
        for kept in [&phone, &other] {
            assert!(store.find_session(kept, now).await.expect("an answer").is_some());
        }
        let later = store.sessions_of("acc-resident", now + HOUR_MS).await;
        assert_eq!(later.expect("an answer"), [], "those that are over are not told");
    }
);

db_test!(
    async fn a_closed_account_leaves_letters_and_no_person(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let new = desk.submit(&letter()).await;
        let author = "acc-resident";
        let known = store.account(author).await.expect("an answer").expect("the author");
        assert!(known.active);
        let token = store
            .create_session(Some(author), desk.now, desk.now + HOUR_MS, desk.now + DAY_MS)
            .await
            .expect("a token");
        assert_eq!(store.letters_of_account(author).await.expect("counted"), (1, 1));
        assert_eq!(store.looks_at_contact(author).await.expect("an answer"), []);
        store.close_account(author).await.expect("closed");
        let gone = store.account(author).await.expect("an answer").expect("the row stays");
        assert!(!gone.active && gone.name.is_empty() && gone.phone_masked.is_none());
        assert_eq!(store.find_session(&token, desk.now).await.expect("an answer"), None);
        let kept = store.load(&new.id).await.expect("an answer").expect("the letter");
        assert_eq!((kept.name, kept.title), (None, letter().title));
        assert_eq!(store.notice_count(author).await.expect("counted").unread, 0);
        assert_eq!(
            store.verify_all_chains().await.expect("checked"),
            [],
            "the log is whole"
        );
    }
);
