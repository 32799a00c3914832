//! Another telephone number: a code to each, everything comes along, nobody's account is taken or merged.

use crate::bookings::{reception, thursday};
use crate::support::*;
use axum::http::Method;
use liaison_domain::dto::{
    AccountAct, AppointmentView, Me, MyCaseRow, MyData, NumberProof, OtpChallenge, Page, PrivacyOverview,
};
use liaison_server::notify::tell;
use serde_json::{Value, json};

const OLD: &str = "199-0000-0001";
const NEW: &str = "199-0000-0009";

/// A code that the demo shows, as it is sent back.
fn answer(challenge: &OtpChallenge) -> Value {
    json!({ "challenge_id": challenge.challenge_id, "code": challenge.demo_code })
}

/// That somebody has their number.
async fn proof(client: &mut Client<'_>) -> String {
    let challenge: OtpChallenge = client.post("/api/v1/me/number/old", &Value::Null).await.ok();
    let proof: NumberProof = client
        .post("/api/v1/me/number/old/verify", &answer(&challenge))
        .await
        .ok();
    proof.proof
}

async fn change(client: &mut Client<'_>, proof: &str, phone: &str) -> Reply {
    let wanted = json!({ "proof": proof, "phone": phone });
    let challenge: OtpChallenge = client.post("/api/v1/me/number/new", &wanted).await.ok();
    let mut given = answer(&challenge);
    given["proof"] = json!(proof);
    client.post("/api/v1/me/number", &given).await
}

#[tokio::test]
async fn everything_comes_along_to_the_new_number() {
    let app = TestApp::start().await;
    let mut author = app.resident(OLD).await;
    let receipt = submit(&mut author, "one").await;
    reception(&app, "r-1", thursday(), 1).await;
    let wish = json!({
        "slot": { "starts_at": thursday() }, "mode": "onsite", "name": "王女士", "topic": "路灯", "access_needs": "",
        "people": 1
    });
    let path = "/api/v1/reception-sessions/r-1/appointments";
    let booked = author
        .write(Method::POST, path, &[("idempotency-key", "b-1")], &wish)
        .await;
    assert_eq!(booked.status, 201, "{}", booked.text());
    let mut elsewhere = app.resident_again(OLD).await;
    let before: Me = author.get("/api/v1/me").await.ok();

    app.pass(61_000);
    let proof = proof(&mut author).await;
    let changed: Me = change(&mut author, &proof, NEW).await.ok();
    assert_eq!(changed.phone_masked.as_deref(), Some("199****0009"));
    assert_eq!(changed.account_id, before.account_id);
    assert_eq!(elsewhere.get("/api/v1/me").await.status, 401, "other logins end");
    assert_eq!(author.get("/api/v1/me").await.status, 200);

    let mut again = app.resident_again(NEW).await;
    let letters: Page<MyCaseRow> = again.get("/api/v1/me/messages").await.ok();
    assert_eq!(letters.items[0].no, receipt.no);
    let bookings: Vec<AppointmentView> = again.get("/api/v1/me/appointments").await.ok();
    assert_eq!(bookings.len(), 1);
    let kept = app.state.store.appointment(&bookings[0].id).await.unwrap().unwrap();
    assert_eq!(
        kept.phone_masked.as_deref(),
        Some("199****0009"),
        "who is called about it is reached"
    );
    let overview: PrivacyOverview = again.get("/api/v1/me/privacy").await.ok();
    let [made] = overview.changes.as_slice() else {
        panic!("{overview:?}")
    };
    assert_eq!(
        (made.act, made.was.as_deref(), made.became.as_deref()),
        (AccountAct::Number, Some("199****0001"), Some("199****0009"))
    );
    let all: MyData = again.get("/api/v1/me/data").await.ok();
    assert_eq!(all.changes, overview.changes);
    assert!(app.state.store.broken_accounts().await.unwrap().is_empty());

    // The old number is somebody's who is new here.
    let mut new = app.resident_again(OLD).await;
    let nobody: Me = new.get("/api/v1/me").await.ok();
    assert_ne!(nobody.account_id, before.account_id);
    let none: Page<MyCaseRow> = new.get("/api/v1/me/messages").await.ok();
    assert!(none.items.is_empty());
}

#[tokio::test]
async fn a_proof_is_good_for_this_login_and_this_number_and_not_for_long() {
    let app = TestApp::start().await;
    let mut author = app.resident(OLD).await;
    let mut elsewhere = app.resident_again(OLD).await;
    let mut other = app.resident("199-0000-0002").await;
    app.pass(61_000);
    let good = proof(&mut author).await;
    let wanted = |proof: &str, phone: &str| json!({ "proof": proof, "phone": phone });
    for client in [&mut elsewhere, &mut other] {
        let refused = client.post("/api/v1/me/number/new", &wanted(&good, NEW)).await;
        assert_eq!(
            (refused.status.as_u16(), &*refused.problem()),
            (409, "number_proof_gone")
        );
    }
    let forged = author
        .post("/api/v1/me/number/new", &wanted("9999999999999.00", NEW))
        .await;
    assert_eq!(forged.problem(), "number_proof_gone");
    let same = author.post("/api/v1/me/number/new", &wanted(&good, OLD)).await;
    assert_eq!((same.status.as_u16(), &*same.problem()), (422, "validation"));
    let wrong = author.post("/api/v1/me/number/new", &wanted(&good, "12")).await;
    assert_eq!(wrong.status, 422);

    // A code that was sent to another number proves nothing about this one.
    let foreign: OtpChallenge = app
        .nobody()
        .post("/api/v1/auth/otp", &json!({ "phone": NEW }))
        .await
        .ok();
    let refused = author.post("/api/v1/me/number/old/verify", &answer(&foreign)).await;
    assert_eq!((refused.status.as_u16(), &*refused.problem()), (401, "otp_gone"));

    app.pass(15 * 60_000);
    let late = author.post("/api/v1/me/number/new", &wanted(&good, NEW)).await;
    assert_eq!(late.problem(), "number_proof_gone");
    let me: Me = author.get("/api/v1/me").await.ok();
    assert_eq!(me.phone_masked.as_deref(), Some("199****0001"), "nothing happened");
}

#[tokio::test]
async fn a_number_with_an_account_is_neither_taken_nor_merged() {
    let app = TestApp::start().await;
    let mut owner = app.resident(NEW).await;
    let receipt = submit(&mut owner, "theirs").await;
    let mut author = app.resident(OLD).await;
    app.pass(61_000);
    let proof = proof(&mut author).await;
    let refused = change(&mut author, &proof, NEW).await;
    assert_eq!((refused.status.as_u16(), &*refused.problem()), (409, "number_taken"));
    assert!(refused.text().contains("没有合并"), "{}", refused.text());
    let mine: Page<MyCaseRow> = author.get("/api/v1/me/messages").await.ok();
    assert!(mine.items.is_empty());
    let theirs: Page<MyCaseRow> = owner.get("/api/v1/me/messages").await.ok();
    assert_eq!(theirs.items[0].no, receipt.no);
    let me: Me = author.get("/api/v1/me").await.ok();
    assert_eq!(me.phone_masked.as_deref(), Some("199****0001"));
}

#[cfg(unix)]
#[tokio::test]
async fn the_old_number_hears_of_it_and_of_nothing_else() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let (program, sent) = (folder.path().join("send"), folder.path().join("sent"));
    std::fs::write(&program, format!("#!/bin/sh\ncat >> '{}'\n", sent.display())).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let app = TestApp::with(&[
        ("demo.enabled", "true"),
        ("sms.command", &program.display().to_string()),
        ("notify.sms", "true"),
        ("station.phone", "0571-12345678"),
    ])
    .await;
    let mut author = app.resident(OLD).await;
    app.pass(61_000);
    let proof = proof(&mut author).await;
    assert_eq!(change(&mut author, &proof, NEW).await.status, 200);
    std::fs::write(&sent, "").unwrap();
    tell(&app.state).await.unwrap();
    let said = std::fs::read_to_string(&sent).unwrap();
    let line: Value = serde_json::from_str(said.trim()).expect("one line");
    assert_eq!(line["phone"], "19900000001");
    let text = line["text"].as_str().expect("a text");
    assert!(
        text.contains("不再用于登录") && text.contains("0571-12345678"),
        "{text}"
    );
    assert!(!text.contains("0009"), "{text}");
}

#[tokio::test]
async fn a_lost_number_is_changed_by_a_leader_who_sees_the_person() {
    let app = TestApp::start().await;
    let mut author = app.resident(OLD).await;
    let receipt = submit(&mut author, "one").await;
    let wanted = json!({ "no": receipt.no, "check": "id_card", "phone": NEW });
    let path = "/api/v1/desk/numbers/code";
    for other in ["songjing", "luzhiyao", "jiaotong", "moderator", "auditor"] {
        assert_eq!(app.staff(other).await.post(path, &wanted).await.status, 403, "{other}");
    }
    let mut leader = app.staff("chief").await;
    let unknown = json!({ "no": "TH-2026-999999", "check": "", "phone": NEW });
    let refused = leader.post(path, &unknown).await;
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert_eq!(
        refused.json()["fields"].as_array().map(Vec::len),
        Some(2),
        "{}",
        refused.text()
    );
    let challenge: OtpChallenge = leader.post(path, &wanted).await.ok();
    let mut given = answer(&challenge);
    given["no"] = json!(receipt.no);
    given["check"] = json!("id_card");
    assert_eq!(leader.post("/api/v1/desk/numbers", &given).await.status, 204);
    assert_eq!(author.get("/api/v1/me").await.status, 401, "every login of theirs ends");

    let mut again = app.resident_again(NEW).await;
    let letters: Page<MyCaseRow> = again.get("/api/v1/me/messages").await.ok();
    assert_eq!(letters.items[0].no, receipt.no);
    let overview: PrivacyOverview = again.get("/api/v1/me/privacy").await.ok();
    let [made] = overview.changes.as_slice() else {
        panic!("{overview:?}")
    };
    assert_eq!((made.act, &*made.what), (AccountAct::NumberByOffice, "id_card"));
    assert!(made.by.is_some(), "who did it is told");
    assert!(again.get("/mine/privacy").await.text().contains("看过身份证原件"));
}
