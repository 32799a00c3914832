//! What becomes of letters and their authors after the time they are kept.

use crate::bookings::{reception, thursday};
use crate::journey::*;
use crate::support::*;
use axum::http::Method;
use liaison_domain::dto::{CaseView, MyCaseRow, Page, Receipt};
use liaison_domain::lifecycle::CaseState;
use liaison_server::jobs::Runner;
use serde_json::{Value, json};

/// How often the job archived something; none when it was not due.
async fn archived(app: &TestApp) -> Option<u64> {
    let ran = Runner::new(app.state.clone()).run_due().await.unwrap();
    ran.into_iter()
        .find(|(name, _)| *name == "archive")
        .map(|(_, done)| done)
}

async fn withdrawn(client: &mut Client<'_>, key: &str) -> Receipt {
    let receipt = submit(client, key).await;
    happens(client, &receipt.id, json!({ "type": "withdraw" })).await;
    receipt
}

liaison_store::db_test!(
    async fn long_after_its_end_a_letter_is_archived_and_is_nobodys(store: TestStore) {
        let settings = [("demo.enabled", "true"), ("limits.retention", "6mo")];
        let app = TestApp::on(store.store.clone(), tempfile::tempdir().unwrap(), &settings).await;
        let receipt = withdrawn(&mut app.resident(PHONE).await, "key-1").await;
        let before = desk(&mut app.staff("songjing").await, &receipt.id).await;
        assert_eq!(
            (before.author_masked.as_str(), before.phone_masked.as_str()),
            ("李**", "199****0001")
        );
        assert_eq!(archived(&app).await, Some(0));
        app.pass(180 * DAY);
        assert_eq!(archived(&app).await, Some(0), "six months are not over");
        // Somebody else's letter, of the same day a half year later, is not touched.
        let other = withdrawn(&mut app.resident("199-0000-0002").await, "key-2").await;
        app.pass(5 * DAY);
        assert_eq!(archived(&app).await, Some(1));
        assert_eq!(archived(&app).await, None, "once a day");

        let after = desk(&mut app.staff("songjing").await, &receipt.id).await;
        assert_eq!(
            (after.state, after.title.as_str(), after.body.as_str()),
            (CaseState::Archived, "路灯", "")
        );
        let all = serde_json::to_string(&after).unwrap();
        for gone in ["李", "199*", "学府路", "摔过"] {
            assert!(!all.contains(gone), "{gone} in {all}");
        }
        let reveal: Value = json!({ "reason": "回访" });
        let path = format!("/api/v1/desk/cases/{}/contact", receipt.id);
        assert_ne!(app.staff("songjing").await.post(&path, &reveal).await.status, 200);

        // The receipt still opens it; the number does not lead there any more.
        let code = json!({ "no": receipt.no, "code": receipt.code });
        let seen: CaseView = app.nobody().post("/api/v1/track", &code).await.ok();
        assert_eq!((seen.state, seen.body.as_str()), (CaseState::Archived, ""));
        let mine: Page<MyCaseRow> = app.resident(PHONE).await.get("/api/v1/me/messages").await.ok();
        assert_eq!(mine.total, 0);
        let theirs: Page<MyCaseRow> = app
            .resident("199-0000-0002")
            .await
            .get("/api/v1/me/messages")
            .await
            .ok();
        assert_eq!(theirs.items[0].no, other.no);

        assert_eq!(
            store.verify_all_chains().await.unwrap(),
            vec![],
            "the log still proves what was done"
        );
    }
);

liaison_store::db_test!(
    async fn nobodys_number_is_kept_without_a_letter_or_a_login(store: TestStore) {
        let settings = [("demo.enabled", "true"), ("limits.retention", "6mo")];
        let app = TestApp::on(store.store.clone(), tempfile::tempdir().unwrap(), &settings).await;
        withdrawn(&mut app.resident(PHONE).await, "key-1").await;
        let sealed = async || {
            let sql = "SELECT CAST(COUNT(*) AS TEXT) FROM account WHERE role = 'resident' AND (phone_hash IS NOT NULL
                       OR phone_enc IS NOT NULL OR phone_masked IS NOT NULL OR email IS NOT NULL)";
            store.ask(sql).await.unwrap()
        };
        assert_eq!(sealed().await, "1");
        for _ in 0..6 {
            app.pass(32 * DAY);
            Runner::new(app.state.clone()).run_due().await.unwrap();
        }
        // Archived, and the login that nobody used has ended and was swept: with the next run the number goes.
        app.pass(DAY);
        Runner::new(app.state.clone()).run_due().await.unwrap();
        app.pass(DAY);
        Runner::new(app.state.clone()).run_due().await.unwrap();
        assert_eq!(sealed().await, "0");
        let staff = "SELECT CAST(COUNT(*) AS TEXT) FROM account WHERE role <> 'resident' AND display_name = ''";
        assert_eq!(store.ask(staff).await.unwrap(), "0");
        assert_eq!(store.verify_all_chains().await.unwrap(), vec![]);
    }
);

liaison_store::db_test!(
    async fn long_after_a_reception_its_bookings_are_nobodys_and_the_figures_stay(store: TestStore) {
        let settings = [("demo.enabled", "true"), ("limits.retention", "6mo")];
        let app = TestApp::on(store.store.clone(), tempfile::tempdir().unwrap(), &settings).await;
        let count = async |what: &str| {
            let sql = format!("SELECT CAST(COUNT(*) AS TEXT) FROM {what}");
            store.ask(&sql).await.unwrap()
        };
        reception(&app, "r-1", thursday(), 2).await;
        reception(&app, "r-late", thursday() + 8 * DAY, 2).await;
        let mut resident = app.resident(PHONE).await;
        for (session, at) in [("r-1", thursday()), ("r-late", thursday() + 8 * DAY)] {
            let wanted = json!({
                "slot": { "starts_at": at }, "mode": "onsite", "name": "李女士", "topic": "电梯停了",
                "access_needs": "坐轮椅", "people": 2
            });
            let path = format!("/api/v1/reception-sessions/{session}/appointments");
            let key = [("idempotency-key", session)];
            let booked = resident.write(Method::POST, &path, &key, &wanted).await;
            assert_eq!(booked.status, 201, "{}", booked.text());
        }
        let own = "appointment WHERE account_id IS NOT NULL AND phone_enc IS NOT NULL AND name <> '' AND topic <> ''";
        let told = "notice WHERE subject LIKE 'booking:%'";
        let kept = async || (count(own).await, count(told).await);
        assert_eq!(kept().await, ("2".to_owned(), "2".to_owned()));
        // Both are over, half a year is not: nobody logged in meanwhile, and the number is still somebody's.
        app.pass(170 * DAY);
        Runner::new(app.state.clone()).run_due().await.unwrap();
        assert_eq!(count(own).await, "2");
        let number = "account WHERE role = 'resident' AND phone_enc IS NOT NULL";
        app.pass(20 * DAY);
        assert_eq!(archived(&app).await, Some(1), "half a year after the first of them");
        assert_eq!(kept().await, ("1".to_owned(), "0".to_owned()));
        assert_eq!(count(number).await, "1", "a booking still needs it");
        let gone = "SELECT name || COALESCE(phone_masked, '') || topic || access_needs || ' ' || state || ' '
                    || CAST(people AS TEXT) FROM appointment WHERE session_id = 'r-1'";
        assert_eq!(store.ask(gone).await.unwrap(), " done 2", "what was when stays");
        for _ in 0..3 {
            app.pass(8 * DAY);
            Runner::new(app.state.clone()).run_due().await.unwrap();
        }
        assert_eq!(
            (count(own).await, count(number).await),
            ("0".to_owned(), "0".to_owned())
        );
        assert_eq!(count("appointment").await, "2");
    }
);
