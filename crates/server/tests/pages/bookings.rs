//! Booking a reception by plain forms: nothing typed is lost, whatever is refused.

use super::*;
use liaison_domain::Millis;
use liaison_domain::calendar::{Date, MINUTE_MS};
use liaison_domain::reception::{Mode, SessionKind};
use liaison_store::receptions::NewSession;

const BOOK: &str = "/receptions/r-1/book";

/// Thursday, 26 November 2026, 14:00.
pub fn thursday() -> Millis {
    Date::new(2026, 11, 26).unwrap().at_minute(14 * 60)
}

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

fn slot(at: Millis) -> String {
    format!("{at}.d-luzhiyao")
}

/// A time booked by somebody who is logged in; the page of the booking.
async fn booked(client: &mut Client<'_>, at: Millis) -> (String, Reply) {
    let page = client.get(BOOK).await;
    let typed = [
        ("slot", slot(at)),
        ("topic", "电梯停了".to_owned()),
        ("called", "李女士".to_owned()),
    ];
    let typed: Vec<(&str, &str)> = typed.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let done = press(client, &page, BOOK, "book", &typed).await;
    let path = done.header("location").split('?').next().unwrap_or_default().to_owned();
    let page = follow(client, &done).await;
    (path, page)
}

#[tokio::test]
async fn a_stranger_books_and_verifies_the_phone_in_one_form() {
    let app = TestApp::start().await;
    reception(&app, "r-1", thursday(), 2).await;
    let mut client = app.nobody();
    let page = client.get(BOOK).await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("11月26日 星期四 14:00–14:40") && page.text().contains("songjing联络站"));
    assert!(
        !page.text().contains("meeting.example.org"),
        "the way in is for who booked"
    );
    // Nothing chosen: told beside the fields, before a code is sent.
    let typed = [
        ("topic", "电梯停了三天"),
        ("needs", "坐轮椅"),
        ("people", "2"),
        ("phone", "19900000123"),
    ];
    let empty = press(&mut client, &page, BOOK, "code", &typed).await;
    assert_eq!(empty.status, 422);
    assert!(title(&empty).starts_with("错误："));
    let html = empty.text();
    assert!(html.contains("id=\"slot-error\"") && html.contains("请选一个时间") && html.contains("电梯停了三天"));
    let chosen = slot(thursday() + 20 * MINUTE_MS);
    let nameless = press(&mut client, &empty, BOOK, "code", &[("slot", &chosen)]).await;
    assert!(nameless.text().contains("id=\"called-error\"") && nameless.text().contains("value=\"19900000123\""));
    let sent = press(
        &mut client,
        &nameless,
        BOOK,
        "code",
        &[("slot", &chosen), ("called", "李女士")],
    )
    .await;
    assert_eq!(sent.status, 200);
    let wrong = press(&mut client, &sent, BOOK, "verify", &[("code", "000000")]).await;
    assert_eq!(wrong.status, 422);
    for kept in ["id=\"code-error\"", "电梯停了三天", "value=\"李女士\""] {
        assert!(wrong.text().contains(kept), "{kept}");
    }
    let code = shown_code(&sent);
    let done = press(&mut client, &wrong, BOOK, "verify", &[("code", &code)]).await;
    let page = follow(&mut client, &done).await;
    let html = page.text();
    for shown in [
        "约好了",
        "11月26日 星期四 14:20",
        "陆知遥",
        "签到码",
        "坐轮椅",
        "2 人",
        ".ics\"",
        "取消预约",
    ] {
        assert!(html.contains(shown), "{shown} in {html}");
    }
    assert!(client.get("/mine/bookings").await.text().contains("已约好"));
    assert!(client.get("/mine").await.text().contains("href=\"/mine/bookings\""));
    // Pressing the old page's button again shows the same booking and makes none.
    let again = press(&mut client, &wrong, BOOK, "book", &[]).await;
    assert_eq!(again.header("location"), done.header("location"));
}

#[tokio::test]
async fn a_time_taken_meanwhile_is_refused_and_everything_typed_is_there() {
    let app = TestApp::start().await;
    reception(&app, "r-1", thursday(), 2).await;
    let mut slow = app.resident("199-0000-0001").await;
    let page = slow.get(BOOK).await;
    booked(&mut app.resident("199-0000-0002").await, thursday()).await;
    let typed = [
        ("slot", &*slot(thursday())),
        ("topic", "电梯停了"),
        ("called", "王先生"),
        ("mode", "online"),
    ];
    let refused = press(&mut slow, &page, BOOK, "book", &typed).await;
    assert_eq!(refused.status, 409);
    let html = refused.text();
    assert!(html.contains("这个时间刚刚被别人约走了") && html.contains("已约满") && html.contains("value=\"王先生\""));
    let done = press(
        &mut slow,
        &refused,
        BOOK,
        "book",
        &[("slot", &slot(thursday() + 20 * MINUTE_MS))],
    )
    .await;
    let page = follow(&mut slow, &done).await;
    assert!(
        page.text().contains("href=\"https://meeting.example.org/1\""),
        "booked online"
    );
    // Another's booking is nobody's page.
    let path = done.header("location").split('?').next().unwrap_or_default().to_owned();
    let mut other = app.resident_again("199-0000-0002").await;
    assert_eq!(other.get(&path).await.status, 404);
    let login = app.nobody().get(&path).await;
    assert!(heading(&login).contains("用手机号登录"));
}

#[tokio::test]
async fn who_waits_gets_an_offer_and_takes_it() {
    let app = TestApp::start().await;
    reception(&app, "r-1", thursday(), 1).await;
    let mut first = app.resident("199-0000-0001").await;
    let (path, page) = booked(&mut first, thursday()).await;
    let mut second = app.resident("199-0000-0002").await;
    let full = second.get(BOOK).await;
    assert!(full.text().contains("还没有人排队"));
    let typed = [("topic", "路灯"), ("called", "王先生")];
    let done = press(&mut second, &full, BOOK, "book", &typed).await;
    let waits = follow(&mut second, &done).await;
    assert!(waits.text().contains("您排在第一位"), "{}", waits.text());
    let done = press(&mut first, &page, &path, "cancel", &[]).await;
    assert!(follow(&mut first, &done).await.text().contains("已经取消"));
    let stale = press(&mut first, &page, &path, "cancel", &[]).await;
    assert_eq!(stale.status, 409);
    assert!(stale.text().contains("刚刚有了变化"));

    let inbox = second.get("/mine/notices").await.text();
    let own = done_path(&inbox);
    assert!(inbox.contains("有了空位"), "{inbox}");
    let offer = second.get(&own).await;
    assert!(offer.text().contains("给您留到") && offer.text().contains("要这个时间"));
    assert!(
        !second.get("/mine/notices").await.text().contains("未读</span>"),
        "seen by opening it"
    );
    let taken = press(&mut second, &offer, &own, "accept", &[]).await;
    assert!(follow(&mut second, &taken).await.text().contains("这个时间是您的了"));
}

/// Where the newest entry of an inbox leads.
fn done_path(inbox: &str) -> String {
    let at = inbox.find("/mine/bookings/").expect("a link to a booking");
    inbox[at..].split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_cancelled_reception_leads_to_another_date_or_to_a_letter() {
    let app = TestApp::start().await;
    reception(&app, "r-1", thursday(), 2).await;
    reception(&app, "r-2", thursday() + 7 * 86_400_000, 2).await;
    let (mut one, mut other) = (app.resident("199-0000-0001").await, app.resident("199-0000-0002").await);
    let (path, _) = booked(&mut one, thursday()).await;
    let (second, _) = booked(&mut other, thursday() + 20 * MINUTE_MS).await;
    app.state
        .store
        .cancel_session("r-1", 1, "代表出差", app.state.now())
        .await
        .unwrap();
    let page = one.get(&path).await;
    for shown in [
        "接待取消",
        "原因：代表出差",
        "12月3日 星期四 14:00–14:40",
        "还有 2 个时间",
        "改成给代表写信",
    ] {
        assert!(page.text().contains(shown), "{shown} in {}", page.text());
    }
    let id = path.rsplit('/').next().unwrap_or_default();
    let again = format!("/receptions/r-2/book?instead={id}");
    assert!(page.text().contains(&again.replace('&', "&amp;")));
    let form = one.get(&again).await;
    assert!(form.text().contains("电梯停了") && form.text().contains("value=\"李女士\""));
    let chosen = slot(thursday() + 7 * 86_400_000);
    let done = press(&mut one, &form, "/receptions/r-2/book", "book", &[("slot", &chosen)]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert!(one.get(&path).await.text().contains("已经了结"));

    // What is over cannot be booked, and its page says what can be done.
    let closed = other.get(BOOK).await;
    assert!(closed.text().contains("已经取消") && closed.text().contains("tel:0199-1004"));
    assert!(
        other.get(&second).await.text().contains("改成给代表写信"),
        "another's choice"
    );
}

/// A booking of a reception that was cancelled: its id and its page's path.
async fn dropped(app: &TestApp, client: &mut Client<'_>) -> (String, String) {
    reception(app, "r-1", thursday(), 2).await;
    reception(app, "r-2", thursday() + 7 * 86_400_000, 2).await;
    let (path, _) = booked(client, thursday()).await;
    let cancelled = app
        .state
        .store
        .cancel_session("r-1", 1, "代表出差", app.state.now())
        .await;
    cancelled.unwrap();
    (path.rsplit('/').next().unwrap_or_default().to_owned(), path)
}

/// The letter instead of a booking, written up to its last page.
async fn written(client: &mut Client<'_>, booking: &str) -> Reply {
    let mut page = client.get(&format!("/write?booking={booking}")).await;
    assert!(heading(&page).contains("发生了什么事") && page.text().contains("电梯停了"));
    let words = [("body", "电梯停了三天，老人下不了楼，请帮忙问一问。")];
    page = press(client, &page, "/write", "next", &words).await;
    for _ in 0..4 {
        page = press(client, &page, "/write", "next", &[]).await;
    }
    assert!(page.text().contains("老人下不了楼"), "{}", page.text());
    page
}

#[tokio::test]
async fn a_letter_instead_of_a_cancelled_booking_settles_it_when_it_is_sent() {
    let app = TestApp::start().await;
    let mut client = app.resident("199-0000-0001").await;
    let (id, path) = dropped(&app, &mut client).await;
    let page = written(&mut client, &id).await;
    // Somebody who stops here has decided nothing: every way is open.
    let open = client.get(&path).await.text();
    for shown in ["12月3日 星期四 14:00–14:40", "改成给代表写信", "都不用了"] {
        assert!(open.contains(shown), "{shown} in {open}");
    }
    let sent = press(&mut client, &page, "/write", "submit", &[]).await;
    let receipt = follow(&mut client, &sent).await;
    assert_eq!(receipt.status, 200);
    let settled = client.get(&path).await.text();
    assert!(
        settled.contains("已经改成写信") && !settled.contains("都不用了"),
        "{settled}"
    );
    let letter = settled
        .split("href=\"/mine/TH-")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let letter = client.get(&format!("/mine/TH-{}", letter.expect("its number"))).await;
    assert!(letter.text().contains("老人下不了楼"), "the very letter");
    // The same page sent again makes no second letter.
    let again = press(&mut client, &page, "/write", "submit", &[]).await;
    assert_eq!(again.status, 303);
    let letters: Vec<serde_json::Value> = client.get("/api/v1/me/messages").await.json()["items"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    assert_eq!(letters.len(), 1);
}

#[tokio::test]
async fn the_letter_keeps_its_booking_across_a_login_and_settles_nobody_elses() {
    let app = TestApp::start().await;
    let mut client = app.resident("199-0000-0001").await;
    let (id, path) = dropped(&app, &mut client).await;
    let page = written(&mut client, &id).await;
    // Logged out meanwhile: the telephone is asked for, and what was written goes on with the booking's id.
    app.pass(61_000);
    for (phone, settles) in [("199-0000-0002", false), ("199-0000-0001", true)] {
        assert_eq!(client.post("/api/v1/auth/logout", &json!({})).await.status, 204);
        let mut step = press(&mut client, &page, "/write", "submit", &[]).await;
        assert_eq!(heading(&step), "留一个手机号");
        step = press(&mut client, &step, "/write", "code", &[("phone", phone)]).await;
        let code = shown_code(&step);
        let sent = press(&mut client, &step, "/write", "verify", &[("code", &code)]).await;
        assert_eq!(sent.status, 303, "the letter is sent in any case: {}", sent.text());
        let booking = app.state.store.appointment(&id).await.unwrap().unwrap();
        assert_eq!(booking.choice.is_none(), settles, "a letter of {phone}");
    }
    assert!(client.get(&path).await.text().contains("已经改成写信"));
    // Without a login, the way to the letter asks for it first.
    let login = app.nobody().get(&format!("/write?booking={id}")).await;
    assert!(heading(&login).contains("用手机号登录"));
}
