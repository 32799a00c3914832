//! What becomes of letters and their authors after the time they are kept.

use crate::journey::*;
use crate::support::*;
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
