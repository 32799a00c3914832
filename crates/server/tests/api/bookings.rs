//! Booking a reception: fifty at once, the line behind, a deputy on leave, and what the clock does.

use crate::clockwork::join_all;
use crate::gateways::MailServer;
use crate::notify::mail_settings;
use crate::support::*;
use axum::http::Method;
use liaison_domain::Millis;
use liaison_domain::calendar::{Date, HOUR_MS, MINUTE_MS};
use liaison_domain::dto::{AppointmentDetail, AppointmentView, BookOptions, Me};
use liaison_domain::notify::{Pace, Preferences};
use liaison_domain::reception::{BookingState, Mode, SessionKind};
use liaison_server::jobs::Runner;
use liaison_server::notify::tell;
use liaison_store::receptions::{Leave, NewSession};
use serde_json::{Value, json};

/// Thursday, 26 November 2026, 14:00.
pub fn thursday() -> Millis {
    Date::new(2026, 11, 26).unwrap().at_minute(14 * 60)
}

/// A reception of songjing: so many times of twenty minutes with one deputy.
pub async fn reception(app: &TestApp, id: &str, starts_at: Millis, times: i64) {
    let new = NewSession {
        id: id.to_owned(),
        station_id: "s-songjing".to_owned(),
        title: String::new(),
        kind: SessionKind::Ordinary,
        topic: String::new(),
        starts_at,
        ends_at: starts_at + times * 20 * MINUTE_MS,
        place: String::new(),
        online_link: Some("https://meeting.example.org/1".to_owned()),
        slot_minutes: 20,
        seats: 1,
        modes: vec![Mode::OnSite, Mode::Online],
        notice: String::new(),
        deputies: vec!["d-luzhiyao".to_owned()],
    };
    app.state.store.add_session(&new, app.state.now()).await.unwrap();
}

fn wish(slot: Option<Millis>) -> Value {
    json!({
        "slot": slot.map(|at| json!({ "starts_at": at })), "mode": "onsite", "name": "李女士", "topic": "电梯停了",
        "access_needs": "坐轮椅", "people": 2
    })
}

async fn book(client: &mut Client<'_>, session: &str, key: &str, body: &Value) -> Reply {
    let path = format!("/api/v1/reception-sessions/{session}/appointments");
    client
        .write(Method::POST, &path, &[("idempotency-key", key)], body)
        .await
}

async fn act(client: &mut Client<'_>, booking: &AppointmentView, act: &str) -> Reply {
    let path = format!("/api/v1/appointments/{}/{act}", booking.id);
    let version = format!("\"{}\"", booking.version);
    client
        .write(Method::POST, &path, &[("if-match", &version)], &json!({}))
        .await
}

async fn own(client: &mut Client<'_>, booking: &AppointmentView) -> AppointmentDetail {
    client
        .get(&format!("/api/v1/me/appointments/{}", booking.id))
        .await
        .ok()
}

async fn kinds(client: &mut Client<'_>) -> Vec<String> {
    let page = client.get("/api/v1/me/notices").await.json();
    let rows = page["items"].as_array().unwrap().iter();
    rows.map(|row| row["kind"].as_str().unwrap().to_owned()).collect()
}

async fn by_the_clock(app: &TestApp) {
    Runner::new(app.state.clone()).run_due().await.unwrap();
}

fn phone(n: usize) -> String {
    format!("199-0000-{:04}", 100 + n)
}

liaison_store::db_test!(
    async fn fifty_want_one_time_and_a_deputy_goes_on_leave(store: TestStore) {
        let app = TestApp::on(
            store.store.clone(),
            tempfile::tempdir().unwrap(),
            &[("demo.enabled", "true")],
        )
        .await;
        reception(&app, "r-1", thursday(), 1).await;
        reception(&app, "r-2", thursday() + 7 * DAY, 3).await;
        let mut residents = Vec::new();
        for n in 0..50 {
            residents.push(app.resident(&phone(n)).await);
        }
        let body = wish(Some(thursday()));
        let racing = residents.iter_mut().map(|client| book(client, "r-1", "key-1", &body));
        let replies = join_all(racing.collect()).await;
        let winner = replies
            .iter()
            .position(|reply| reply.status == 201)
            .expect("somebody won");
        let refused: Vec<_> = replies.iter().filter(|reply| reply.status == 409).collect();
        assert_eq!((refused.len(), replies.len()), (49, 50));
        assert!(refused.iter().all(|reply| reply.problem() == "slot_taken"));
        let booked: AppointmentView = replies[winner].ok();
        // The same key again: the same booking.
        let again: AppointmentView = book(&mut residents[winner], "r-1", "key-1", &body).await.ok();
        assert_eq!(again, booked);
        let mut line = Vec::new();
        let others: Vec<usize> = (0..50).filter(|n| *n != winner).take(3).collect();
        for (at, n) in (1..).zip(&others) {
            app.pass(1000);
            let waiting: AppointmentView = book(&mut residents[*n], "r-1", "key-2", &wish(None)).await.ok();
            assert_eq!(
                (waiting.state, waiting.place_in_line),
                (BookingState::Waiting, Some(at))
            );
            line.push(waiting);
        }
        let options: BookOptions = app.nobody().get("/api/v1/reception-sessions/r-1/slots").await.ok();
        assert_eq!((options.waiting, options.slots[0].free), (3, false));

        // The deputy cannot come and nobody comes instead: everybody who had a time is offered something else.
        let decided = app
            .state
            .store
            .decide_leave(
                "r-1",
                "d-luzhiyao",
                &Leave::Excused,
                app.state.config.reception.terms(),
                app.state.now(),
            )
            .await
            .unwrap();
        assert_eq!(decided.dropped.len(), 1);
        let dropped = own(&mut residents[winner], &booked).await;
        assert_eq!(
            (dropped.booking.state, dropped.booking.choice.as_deref()),
            (BookingState::Dropped, Some("alternatives"))
        );
        let other = &dropped.alternatives[0];
        assert_eq!((other.session_id.as_str(), other.free), ("r-2", 3));
        assert_eq!(
            kinds(&mut residents[winner]).await,
            ["booking_dropped", "booking_booked"]
        );
        // The office cancels the whole: those who waited are offered the same.
        let version = app.state.store.session("r-1").await.unwrap().unwrap().version;
        let concerned = app
            .state
            .store
            .cancel_session("r-1", version, "代表出差", app.state.now())
            .await
            .unwrap();
        assert_eq!(concerned.len(), 3);
        for (n, waiting) in others.iter().zip(&line) {
            let told = own(&mut residents[*n], waiting).await;
            assert_eq!(told.alternatives.len(), 1);
            assert_eq!(told.booking.cancel_reason.as_deref(), Some("代表出差"));
        }
        // Nobody is reminded of what does not take place.
        app.pass(2 * DAY + 4 * HOUR_MS + 5 * MINUTE_MS);
        by_the_clock(&app).await;
        let mut client = app.resident(&phone(winner)).await;
        assert_eq!(kinds(&mut client).await, ["booking_dropped", "booking_booked"]);
        // Another date settles it.
        let mut body = wish(Some(thursday() + 7 * DAY));
        body["instead_of"] = json!(booked.id);
        let second: AppointmentView = book(&mut client, "r-2", "key-3", &body).await.ok();
        assert_eq!(second.state, BookingState::Booked);
        assert_eq!(own(&mut client, &booked).await.booking.choice, None);
    }
);

#[tokio::test]
async fn an_offer_is_taken_or_goes_on_and_the_clock_reminds_and_ends() {
    let app = TestApp::start().await;
    reception(&app, "r-1", thursday(), 1).await;
    let (mut first, mut second, mut third) = (
        app.resident(&phone(1)).await,
        app.resident(&phone(2)).await,
        app.resident(&phone(3)).await,
    );
    let booked: AppointmentView = book(&mut first, "r-1", "k", &wish(Some(thursday()))).await.ok();
    let waits: AppointmentView = book(&mut second, "r-1", "k", &wish(None)).await.ok();
    app.pass(1000);
    let behind: AppointmentView = book(&mut third, "r-1", "k", &wish(None)).await.ok();
    assert_eq!(
        act(&mut second, &booked, "cancel").await.status,
        404,
        "another's booking does not exist"
    );
    let stale = AppointmentView {
        version: 9,
        ..booked.clone()
    };
    assert_eq!(act(&mut first, &stale, "cancel").await.problem(), "conflict");
    assert_eq!(
        act(&mut first, &booked, "accept-offer").await.problem(),
        "booking_state"
    );
    assert_eq!(act(&mut first, &booked, "cancel").await.status, 200);
    let offered = own(&mut second, &waits).await.booking;
    assert_eq!(offered.state, BookingState::Offered);
    // Nobody answers: the next minute after its end it goes on.
    app.pass(12 * HOUR_MS + MINUTE_MS);
    by_the_clock(&app).await;
    let (mut second, mut third) = (app.resident(&phone(2)).await, app.resident(&phone(3)).await);
    assert_eq!(own(&mut second, &waits).await.booking.state, BookingState::Lapsed);
    assert_eq!(act(&mut second, &offered, "accept-offer").await.problem(), "conflict");
    let offered = own(&mut third, &behind).await.booking;
    let taken: AppointmentView = act(&mut third, &offered, "accept-offer").await.ok();
    assert_eq!((taken.state, taken.starts_at), (BookingState::Booked, Some(thursday())));
    assert_eq!(taken.online_link, None, "only for who meets online");

    // A day before, two hours before.
    for hours in [24, 2] {
        let wait = thursday() - hours * HOUR_MS - app.state.now();
        app.pass(wait);
        by_the_clock(&app).await;
        by_the_clock(&app).await;
        let mut third = app.resident(&phone(3)).await;
        let told = kinds(&mut third).await;
        let reminders = told.iter().filter(|kind| *kind == "booking_reminder").count();
        assert_eq!(reminders, if hours == 24 { 1 } else { 2 }, "{told:?}");
    }
    // Nobody used the counter and nobody ended it: it ends by itself, and nobody was missed.
    app.pass(2 * DAY);
    by_the_clock(&app).await;
    let mut third = app.resident(&phone(3)).await;
    assert_eq!(own(&mut third, &taken).await.booking.state, BookingState::Done);
}

#[tokio::test]
async fn what_is_missing_is_told_by_its_field_and_a_number_is_sealed() {
    let app = TestApp::start().await;
    reception(&app, "r-1", thursday(), 2).await;
    let mut client = app.resident(&phone(1)).await;
    let path = "/api/v1/reception-sessions/r-1/appointments";
    let without_key = client.post(path, &wish(Some(thursday()))).await;
    assert_eq!(without_key.problem(), "idempotency_key_required");
    let mut wrong = wish(Some(thursday()));
    wrong["name"] = json!(" ");
    wrong["people"] = json!(0);
    wrong["mode"] = json!("phone");
    let reply = book(&mut client, "r-1", "k", &wrong).await;
    let fields: Vec<Value> = reply.json()["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["field"].clone())
        .collect();
    assert_eq!(fields, ["mode", "people", "called"]);
    assert_eq!(book(&mut client, "r-unknown", "k", &wish(None)).await.status, 404);
    let mut online = wish(Some(thursday()));
    online["mode"] = json!("online");
    let booked: AppointmentView = book(&mut client, "r-1", "k", &online).await.ok();
    assert_eq!(booked.online_link.as_deref(), Some("https://meeting.example.org/1"));
    assert_eq!(booked.code.len(), 6);
    let other = book(&mut client, "r-1", "k", &wish(None)).await;
    assert_eq!(other.problem(), "idempotency_mismatch");
    let kept = app.state.store.appointment(&booked.id).await.unwrap().unwrap();
    assert_eq!(kept.phone_masked.as_deref(), Some("199****0101"));
    let cancelled: AppointmentView = act(&mut client, &booked, "cancel").await.ok();
    assert_eq!(cancelled.online_link, None, "who does not come needs no way in");
}

#[tokio::test]
async fn a_reminder_by_mail_names_day_and_station_and_a_late_cancellation_does_not_wait() {
    let server = MailServer::start().await;
    let port = server.port.to_string();
    let app = TestApp::with(&mail_settings(&port)).await;
    reception(&app, "r-1", thursday(), 1).await;
    let mut client = app.resident(&phone(1)).await;
    let me: Me = client.get("/api/v1/me").await.ok();
    let digests = Preferences {
        pace: Pace::Digest,
        ..Preferences::default()
    };
    app.state
        .store
        .put_contact(&me.account_id, Some("resident@mail.example"), &digests)
        .await
        .unwrap();
    let booked: AppointmentView = book(&mut client, "r-1", "k", &wish(Some(thursday()))).await.ok();
    for (hours, sent) in [(24, 1), (2, 2)] {
        app.pass(thursday() - hours * HOUR_MS - app.state.now());
        by_the_clock(&app).await;
        app.pass(61_000);
        tell(&app.state).await.unwrap();
        assert_eq!(
            server.mails().len(),
            sent,
            "{hours} hours before, whoever wants digests too"
        );
    }
    let mail = &server.mails()[0];
    assert_eq!(
        mail.header("Subject"),
        "11月26日（星期四）14:00 songjing联络站接待 快到时间了"
    );
    let text = mail.text();
    let link = format!("https://letters.example.org/mine/bookings/{}", booked.id);
    assert!(text.contains(&link), "{text}");
    for word in ["电梯", "李女士", "坐轮椅", "陆知遥"] {
        assert!(!text.contains(word), "{word} in {text}");
    }
    // An hour before, on a day on which a mail went out already: nobody is to come in vain.
    app.pass(HOUR_MS);
    app.state
        .store
        .cancel_session("r-1", 1, "停电", app.state.now())
        .await
        .unwrap();
    tell(&app.state).await.unwrap();
    let last = server.mails().pop().unwrap();
    assert_eq!(server.mails().len(), 3);
    let subject = last.header("Subject");
    assert!(
        subject.starts_with("【紧急】") && subject.contains("请不要前往"),
        "{subject}"
    );
}
