use crate::*;
use liaison_domain::calendar::{DAY_MS, HOUR_MS};
use liaison_domain::dto::AccountAct;
use liaison_store::outbox::NewMessage;
use liaison_store::people::{NewOtp, NumberChange, NumberChanged, OtpCheck, Phone};

const WHO: &str = "acc-resident";

pub fn to(number: &Phone) -> NumberChange<'_> {
    NumberChange {
        account_id: WHO,
        to: number,
        keep: None,
        farewell: None,
        act: AccountAct::Number,
        what: "",
        by: WHO,
    }
}

async fn token(store: &Store, account: &str) -> String {
    let now = monday();
    let token = store.create_session(Some(account), now, now + HOUR_MS, now + DAY_MS);
    token.await.expect("a token")
}

db_test!(
    async fn a_new_number_takes_everything_along_and_ends_other_logins(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let kept = desk.submit(&letter()).await;
        let now = desk.now;
        let old = store.account(WHO).await.expect("an answer").expect("somebody");
        let (here, there) = (token(&store, WHO).await, token(&store, WHO).await);
        let others = token(&store, "acc-lu").await;
        let link = store
            .create_login_link(WHO, "/mine", None, now, now + HOUR_MS)
            .await
            .expect("a link");
        let new = phone(71);
        let farewell = NewMessage {
            channel: id("sms"),
            subject: id("换了"),
            body: id("换了"),
            letter_id: None,
            notices: 0,
            urgent: true,
        };
        let change = NumberChange {
            keep: Some(&here),
            farewell: Some(&farewell),
            ..to(&new)
        };
        assert_eq!(
            store.change_number(change, now).await.expect("changed"),
            NumberChanged::Done
        );

        let account = store.account(WHO).await.expect("an answer").expect("somebody");
        assert_eq!(
            (account.phone_masked.as_deref(), account.phone_encrypted),
            (Some(&*new.masked), new.encrypted.clone())
        );
        let by_new = store.resident(&new, "", now).await.expect("an account");
        assert_eq!(by_new.id, WHO, "who logs in by the new number is the same person");
        assert_eq!(store.letters_of_account(WHO).await.expect("counted").0, 1);
        assert!(store.load(&kept.id).await.expect("an answer").is_some());
        for (token, stays) in [(&here, true), (&there, false), (&others, true)] {
            let session = store.find_session(token, now).await.expect("an answer");
            assert_eq!(session.is_some(), stays);
        }
        assert!(!store.login_link_is_open(&link, now).await.expect("an answer"));

        // The word goes to the number that was theirs, once, and is not kept afterwards.
        let leased = store.lease_messages(now, now + HOUR_MS, 10).await.expect("leased");
        let word = leased.iter().find(|one| one.body == "换了").expect("the word");
        assert_eq!(word.to.phone_encrypted, old.phone_encrypted);
        assert!(store.message_sent(word, now).await.expect("sent"));

        let log = store.account_events(WHO).await.expect("a log");
        assert_eq!(log.len(), 1);
        assert_eq!(
            (log[0].act, log[0].was.as_ref(), log[0].became.as_ref()),
            (AccountAct::Number, old.phone_masked.as_ref(), Some(&new.masked))
        );
        assert_eq!(store.broken_accounts().await.expect("checked"), []);
        store.close_account(WHO).await.expect("closed");
        let log = store.account_events(WHO).await.expect("a log");
        assert_eq!(
            (log.len(), log[0].was.as_ref(), log[0].became.as_ref()),
            (1, None, None),
            "the numbers go with the person"
        );
        assert_eq!(
            store.broken_accounts().await.expect("checked"),
            [],
            "and the log is whole"
        );
    }
);

db_test!(
    async fn the_last_word_goes_out_even_when_the_account_is_closed_at_once(store: TestStore) {
        settle(&store).await;
        let now = monday();
        let old = store.account(WHO).await.expect("an answer").expect("somebody");
        let farewell = NewMessage {
            channel: id("sms"),
            subject: id("换了"),
            body: id("换了"),
            letter_id: None,
            notices: 0,
            urgent: true,
        };
        let new = phone(72);
        let change = NumberChange {
            farewell: Some(&farewell),
            ..to(&new)
        };
        store.change_number(change, now).await.expect("changed");
        store.close_account(WHO).await.expect("closed");
        let leased = store.lease_messages(now, now + HOUR_MS, 10).await.expect("leased");
        assert_eq!(
            (leased.len(), leased[0].to.phone_encrypted.as_ref()),
            (1, old.phone_encrypted.as_ref())
        );
    }
);

db_test!(
    async fn a_number_that_somebody_has_is_not_taken_from_them(store: TestStore) {
        settle(&store).await;
        let now = monday();
        let other = store.resident(&phone(73), "另一位", now).await.expect("an account");
        let before = store.account(WHO).await.expect("an answer");
        assert_eq!(
            store.change_number(to(&phone(73)), now).await.expect("an answer"),
            NumberChanged::Taken
        );
        assert_eq!(store.account(WHO).await.expect("an answer"), before);
        assert!(store.account_events(WHO).await.expect("a log").is_empty());
        let theirs = phone(73);
        let closed = NumberChange {
            account_id: &other.id,
            ..to(&theirs)
        };
        assert_eq!(
            store.change_number(closed, now).await.expect("an answer"),
            NumberChanged::Same
        );
        // Closed, the number is free.
        store.close_account(&other.id).await.expect("closed");
        assert_eq!(
            store.change_number(closed, now).await.expect("an answer"),
            NumberChanged::Nobody
        );
        assert_eq!(
            store.change_number(to(&phone(73)), now).await.expect("an answer"),
            NumberChanged::Done
        );
    }
);

db_test!(
    async fn two_who_want_one_number_at_once_do_not_both_get_it(store: TestStore) {
        settle(&store).await;
        let now = monday();
        let other = store.resident(&phone(74), "另一位", now).await.expect("an account");
        let wanted = phone(75);
        let second = NumberChange {
            account_id: &other.id,
            by: &other.id,
            ..to(&wanted)
        };
        let both = tokio::join!(store.change_number(to(&wanted), now), store.change_number(second, now));
        let mut both = [both.0.expect("an answer"), both.1.expect("an answer")];
        both.sort_by_key(|one| *one != NumberChanged::Done);
        assert_eq!(both, [NumberChanged::Done, NumberChanged::Taken]);
    }
);

db_test!(
    async fn codes_for_the_old_number_are_void(store: TestStore) {
        settle(&store).await;
        let now = monday();
        store.change_number(to(&phone(76)), now).await.expect("changed");
        let new = NewOtp {
            phone: phone(76),
            code: id("123456"),
            expires_at: now + HOUR_MS,
        };
        let waiting = store.create_otp(&new, now).await.expect("a code");
        store.change_number(to(&phone(77)), now).await.expect("changed");
        assert_eq!(
            store.try_otp(&waiting, "123456", 5, now).await.expect("an answer"),
            OtpCheck::Gone
        );
    }
);

db_test!(
    async fn a_log_of_an_account_that_was_changed_is_noticed(store: TestStore) {
        settle(&store).await;
        let now = monday();
        for n in [78, 79] {
            store.change_number(to(&phone(n)), now).await.expect("changed");
        }
        assert_eq!(store.broken_accounts().await.expect("checked"), []);
        store
            .vandalise("UPDATE account_event SET actor_id = 'acc-lu' WHERE seq = 2")
            .await
            .expect("changed");
        let broken = store.broken_accounts().await.expect("checked");
        assert_eq!((broken.len(), &*broken[0].id, broken[0].seq), (1, WHO, 2));
        store
            .vandalise("DELETE FROM account_event WHERE seq = 1")
            .await
            .expect("changed");
        assert_eq!(store.broken_accounts().await.expect("checked")[0].seq, 1);
    }
);
