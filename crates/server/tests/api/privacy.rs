//! What somebody sees, takes along and ends about themselves, and nothing of anybody else's.

use crate::bookings::{reception, thursday};
use crate::support::*;
use axum::http::Method;
use liaison_domain::dto::{AppointmentDetail, Me, MyData, OpenSession, PrivacyOverview};
use liaison_domain::reception::BookingState;
use serde_json::{Value, json};

const PHONE: &str = "199-0000-0001";
const OTHER: &str = "199-0000-0002";

#[tokio::test]
async fn everything_of_ones_own_and_who_looked_at_the_number_is_told_to_nobody_else() {
    let app = TestApp::start().await;
    let mut author = app.resident(PHONE).await;
    let receipt = submit(&mut author, "one").await;
    let before: PrivacyOverview = author.get("/api/v1/me/privacy").await.ok();
    assert_eq!((before.letters, before.open_letters, before.looks.len()), (1, 1, 0));

    let path = format!("/api/v1/desk/cases/{}/contact", receipt.id);
    let reason = json!({ "reason": "约时间上门看现场" });
    assert_eq!(app.staff("songjing").await.post(&path, &reason).await.status, 200);

    let data: MyData = author.get("/api/v1/me/data").await.ok();
    assert_eq!(data.letters.len(), 1);
    assert_eq!(data.letters[0].no, receipt.no);
    assert!(
        data.letters[0]
            .timeline
            .iter()
            .any(|event| event.kind.code() == "submit")
    );
    let look = &data.looks[0];
    assert_eq!(
        (look.no.as_deref(), &*look.reason),
        (Some(&*receipt.no), "约时间上门看现场")
    );
    assert!(look.by.as_deref().is_some_and(|by| by.contains("songjing")), "{look:?}");
    assert!(data.sessions.iter().any(|session| session.is_this));

    let other: MyData = app.resident(OTHER).await.get("/api/v1/me/data").await.ok();
    assert!(other.letters.is_empty() && other.looks.is_empty(), "{other:?}");
}

#[tokio::test]
async fn a_place_that_is_not_known_any_more_is_logged_out_from_elsewhere() {
    let app = TestApp::start().await;
    let mut here = app.resident(PHONE).await;
    let mut there = app.resident_again(PHONE).await;
    let mut stranger = app.resident(OTHER).await;
    let sessions: Vec<OpenSession> = here.get("/api/v1/me/sessions").await.ok();
    assert_eq!(sessions.len(), 2);
    let other = sessions.iter().find(|session| !session.is_this).expect("the other one");
    assert_eq!(other.host, "browser");
    let path = format!("/api/v1/me/sessions/{}", other.id);
    let nobodys = stranger.write(Method::DELETE, &path, &[], &Value::Null).await;
    assert_eq!(nobodys.status, 404, "somebody else's is not there");
    assert_eq!(there.get("/api/v1/me").await.status, 200);
    assert_eq!(here.write(Method::DELETE, &path, &[], &Value::Null).await.status, 204);
    assert_eq!(there.get("/api/v1/me").await.status, 401);
    assert_eq!(here.get("/api/v1/me").await.status, 200);
}

#[tokio::test]
async fn the_name_is_put_right() {
    let app = TestApp::start().await;
    let mut author = app.resident(PHONE).await;
    let long = json!({ "name": "王".repeat(21) });
    assert_eq!(author.write(Method::PATCH, "/api/v1/me", &[], &long).await.status, 422);
    let name = json!({ "name": " 王阿姨 " });
    let me: Me = author.write(Method::PATCH, "/api/v1/me", &[], &name).await.ok();
    assert_eq!(me.name, "王阿姨");
}

#[tokio::test]
async fn whoever_closes_their_account_is_forgotten_and_their_letter_goes_on() {
    let app = TestApp::start().await;
    let mut author = app.resident(PHONE).await;
    let receipt = submit(&mut author, "one").await;
    let me: Me = author.get("/api/v1/me").await.ok();

    // The only time of a reception, and somebody who waits for it.
    reception(&app, "r-1", thursday(), 1).await;
    let path = "/api/v1/reception-sessions/r-1/appointments";
    let wish = |slot: Value| json!({ "slot": slot, "mode": "onsite", "name": "王女士", "topic": "路灯", "access_needs": "", "people": 1 });
    let only = json!({ "starts_at": thursday() });
    let booked = author
        .write(Method::POST, path, &[("idempotency-key", "b-1")], &wish(only))
        .await;
    assert_eq!(booked.status, 201, "{}", booked.text());
    let mut next = app.resident(OTHER).await;
    let waits = next
        .write(Method::POST, path, &[("idempotency-key", "b-2")], &wish(Value::Null))
        .await;
    assert_eq!(waits.status, 201, "{}", waits.text());
    let waiting = waits.json()["id"].as_str().expect("an id").to_owned();

    let unsure = author.post("/api/v1/me/close", &json!({ "sure": false })).await;
    assert_eq!((unsure.status.as_u16(), &*unsure.problem()), (422, "validation"));
    assert_eq!(author.get("/api/v1/me").await.status, 200, "nothing happened");
    assert_eq!(
        author.post("/api/v1/me/close", &json!({ "sure": true })).await.status,
        204
    );
    assert_eq!(author.get("/api/v1/me").await.status, 401);

    let offered: AppointmentDetail = next.get(&format!("/api/v1/me/appointments/{waiting}")).await.ok();
    assert_eq!(
        offered.booking.state,
        BookingState::Offered,
        "the place went to who waited"
    );

    let kept = app
        .state
        .store
        .account(&me.account_id)
        .await
        .expect("a query")
        .expect("a row");
    assert!(!kept.active && kept.name.is_empty() && kept.phone_masked.is_none() && kept.phone_encrypted.is_none());
    let letter = app
        .state
        .store
        .load(&receipt.id)
        .await
        .expect("a query")
        .expect("the letter");
    assert_eq!(letter.name, None, "the name it was signed with is gone");

    // By number and code it is still found, and handled.
    let given = json!({ "no": receipt.no, "code": receipt.code });
    assert_eq!(app.nobody().post("/api/v1/track", &given).await.status, 200);
    let accept = json!({ "type": "accept", "category_id": "c-transport.lamp", "class": "normal", "urgency": "normal" });
    assert_eq!(app.staff("songjing").await.act(&receipt.id, accept).await.status, 200);

    // The same number begins anew.
    let mut back = app.resident_again(PHONE).await;
    let again: Me = back.get("/api/v1/me").await.ok();
    assert_ne!(again.account_id, me.account_id);
    let data: MyData = back.get("/api/v1/me/data").await.ok();
    assert!(data.letters.is_empty() && data.appointments.is_empty());
}
