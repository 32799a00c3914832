//! Inboxes, and the open line that says when to look.

use crate::journey::{PHONE, happens};
use crate::support::*;
use axum::body::{Body, BodyDataStream};
use axum::response::Response;
use futures_util::StreamExt as _;
use liaison_domain::dto::{NoticeCount, NoticeRow, Page};
use serde_json::json;

/// The pieces of an open line.
struct Line(BodyDataStream);

impl Line {
    fn of(response: Response) -> Self {
        assert_eq!(response.status(), 200);
        Self(response.into_body().into_data_stream())
    }

    /// The next event: its id and the count it tells. None at the end.
    async fn next(&mut self) -> Option<(String, NoticeCount)> {
        loop {
            let piece = self.0.next().await?.expect("a piece");
            let text = String::from_utf8(piece.to_vec()).expect("text");
            let field = |name: &str| {
                text.lines()
                    .find_map(|line| line.strip_prefix(name))
                    .map(|value| value.trim().to_owned())
            };
            // Anything without data keeps the line alive.
            if let (Some(id), Some(data)) = (field("id:"), field("data:")) {
                assert_eq!(field("event:").as_deref(), Some("notices"));
                return Some((id, serde_json::from_str(&data).expect("a count")));
            }
        }
    }
}

async fn unread(client: &mut Client<'_>) -> u32 {
    client.get("/api/v1/me/notices/count").await.ok::<NoticeCount>().unread
}

fn accept() -> serde_json::Value {
    json!({ "type": "accept", "category_id": "c-transport.lamp", "class": "normal", "urgency": "normal" })
}

#[tokio::test]
async fn what_happened_is_told_and_opening_the_letter_is_reading_it() {
    let app = TestApp::start().await;
    let mut author = app.resident(PHONE).await;
    let receipt = submit(&mut author, "key-1").await;
    let mut office = app.staff("songjing").await;
    let inbox: Page<NoticeRow> = office.get("/api/v1/me/notices").await.ok();
    assert_eq!((inbox.total, inbox.items[0].kind.as_str()), (1, "submit"));
    assert_eq!(
        (inbox.items[0].no.as_str(), inbox.items[0].read),
        (receipt.no.as_str(), false)
    );
    assert_eq!(unread(&mut office).await, 1);
    assert_eq!(
        office.get(&format!("/api/v1/desk/cases/{}", receipt.id)).await.status,
        200
    );
    assert_eq!(unread(&mut office).await, 0, "the letter was opened");
    let rest: Page<NoticeRow> = office.get("/api/v1/me/notices?unread=true").await.ok();
    assert!(rest.items.is_empty());

    happens(&mut office, &receipt.id, accept()).await;
    assert_eq!(unread(&mut author).await, 2, "the receipt, and that it was taken on");
    let mine: Page<NoticeRow> = author.get("/api/v1/me/notices").await.ok();
    let read = json!({ "id": mine.items[0].id });
    let left: NoticeCount = author.post("/api/v1/me/notices/read", &read).await.ok();
    assert_eq!(left.unread, 1);
    author.get(&format!("/api/v1/messages/{}", receipt.no)).await;
    assert_eq!(unread(&mut author).await, 0);

    let mut stranger = app.staff("yunfan").await;
    let theirs = stranger
        .post("/api/v1/me/notices/read", &json!({ "letter": receipt.id }))
        .await;
    assert_eq!(theirs.ok::<NoticeCount>().unread, 0, "nothing of others is touched");
    for wrong in [json!({}), json!({ "id": "a", "until": 1 })] {
        assert_eq!(author.post("/api/v1/me/notices/read", &wrong).await.status, 422);
    }
}

#[tokio::test]
async fn all_until_a_moment_are_read_and_later_ones_stay() {
    let app = TestApp::start().await;
    let mut author = app.resident(PHONE).await;
    submit(&mut author, "key-1").await;
    let until = app.state.now();
    app.pass(1000);
    submit(&mut author, "key-2").await;
    let left = author.post("/api/v1/me/notices/read", &json!({ "until": until })).await;
    assert_eq!(left.ok::<NoticeCount>().unread, 1);
}

liaison_store::db_test!(
    async fn an_open_line_tells_of_each_change_at_once(store: TestStore) {
        let app = TestApp::on(
            store.store.clone(),
            tempfile::tempdir().unwrap(),
            &[("demo.enabled", "true")],
        )
        .await;
        let mut office = app.staff("songjing").await;
        let response = office
            .open(
                "/api/v1/me/live",
                &[("accept", "text/event-stream"), ("accept-encoding", "br, gzip")],
            )
            .await;
        let header = |name: &str| {
            response
                .headers()
                .get(name)
                .map(|value| value.to_str().unwrap().to_owned())
                .unwrap_or_default()
        };
        assert_eq!(header("content-type"), "text/event-stream");
        assert_eq!(header("x-accel-buffering"), "no");
        assert_eq!(header("cache-control"), "no-store");
        assert_eq!(header("content-encoding"), "", "compressing would hold events back");
        let mut line = Line::of(response);
        let (first, count) = line.next().await.unwrap();
        assert_eq!((count.unread, count.last), (0, None));

        let receipt = submit(&mut app.resident(PHONE).await, "key-1").await;
        let (second, count) = line.next().await.unwrap();
        assert_eq!(count.unread, 1);
        assert_ne!(first, second);
        let mut again = Line::of(office.open("/api/v1/me/live", &[("last-event-id", &second)]).await);
        let mut late = Line::of(office.open("/api/v1/me/live", &[("last-event-id", &first)]).await);
        assert_eq!(late.next().await.unwrap().0, second, "who missed something hears it");
        office.get(&format!("/api/v1/desk/cases/{}", receipt.id)).await;
        let (third, count) = again.next().await.unwrap();
        assert_eq!(
            count.unread, 0,
            "who knew it already hears only what is new: it was read"
        );
        assert_eq!(line.next().await.unwrap().0, third);

        office.post("/api/v1/auth/logout", &json!({})).await;
        assert!(
            line.next().await.is_none() && again.next().await.is_none(),
            "it ends with the session"
        );
    }
);

#[tokio::test]
async fn an_open_line_is_for_who_is_logged_in_and_lines_are_counted() {
    let app = TestApp::start().await;
    assert_eq!(app.nobody().get("/api/v1/me/live").await.status, 401);
    let author = app.resident(PHONE).await;
    let mut lines = Vec::new();
    for _ in 0..8 {
        lines.push(author.open("/api/v1/me/live", &[]).await);
    }
    let mut author = author;
    let reply = author.get("/api/v1/me/live").await;
    assert_eq!((reply.status.as_u16(), reply.problem().as_str()), (429, "too_many"));
    assert!(!reply.header("retry-after").is_empty());
    lines.pop();
    assert_eq!(
        author.open("/api/v1/me/live", &[]).await.status(),
        200,
        "a closed one makes room"
    );
}

#[tokio::test]
async fn a_session_that_ran_out_hears_nothing_more() {
    let app = TestApp::start().await;
    let office = app.staff("songjing").await;
    let mut line = Line::of(office.open("/api/v1/me/live", &[]).await);
    line.next().await.unwrap();
    let mut author = app.resident(PHONE).await;
    app.pass(3 * 60 * 60_000);
    submit(&mut author, "key-1").await;
    assert!(line.next().await.is_none());
}

#[tokio::test]
async fn a_server_that_stops_ends_its_lines() {
    let app = TestApp::start().await;
    let office = app.staff("songjing").await;
    let mut line = Line::of(office.open("/api/v1/me/live", &[]).await);
    line.next().await.unwrap();
    app.state.store.hang_up();
    assert!(line.next().await.is_none());
}

const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn a_resident_reads_the_inbox_without_scripts() {
    let app = TestApp::start().await;
    let mut author = app.resident(PHONE).await;
    let receipt = submit(&mut author, "key-1").await;
    let home = author.get("/").await.text();
    assert!(
        home.contains("<span class=\"badge\">1</span>"),
        "every page says that there is something"
    );
    let page = author.get("/mine/notices").await;
    let html = page.text();
    assert!(
        html.contains("您提交了意见") && html.contains(&receipt.no) && html.contains("未读"),
        "{html}"
    );
    let token = html
        .split("name=\"csrf\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let until = app.state.now();
    let forged = format!("csrf={}&do=read&until={until}", "0".repeat(64));
    let sent = author
        .send(
            axum::http::Method::POST,
            "/mine/notices",
            &[("content-type", FORM)],
            Body::from(forged),
        )
        .await;
    assert_eq!(sent.status, 403);
    let form = format!("csrf={token}&do=read&until={until}");
    let sent = author
        .send(
            axum::http::Method::POST,
            "/mine/notices",
            &[("content-type", FORM)],
            Body::from(form),
        )
        .await;
    assert_eq!((sent.status.as_u16(), sent.header("location")), (303, "/mine/notices"));
    assert!(!author.get("/mine/notices").await.text().contains("未读"));
    assert_eq!(unread(&mut author).await, 0);
    let login = app.nobody().get("/mine/notices").await.text();
    assert!(login.contains("手机号"), "nobody is asked to log in first");
}
