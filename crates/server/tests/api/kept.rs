//! Public answers kept in memory: quick, and never a moment older than what is public.

use crate::journey::{PHONE, at_work, happens, own_task, reply_event};
use crate::support::*;
use axum::body::Body;
use axum::http::{Method, StatusCode};
use liaison_domain::dto::{CaseList, CasePage};
use liaison_store::Store;
use serde_json::json;

/// A letter that everybody can read; its id and number.
async fn published(app: &TestApp) -> (String, String) {
    let (receipt, case) = at_work(app).await;
    let id = receipt.id.as_str();
    let reply = reply_event(&own_task(&case), "A", "陈局长");
    happens(&mut app.staff("jiaotong").await, id, reply).await;
    let mut office = app.staff("songjing").await;
    happens(&mut office, id, json!({ "type": "release" })).await;
    let copy = json!({ "title": "路灯坏了", "body": "一段路的路灯坏了。", "answer": "已经换好。" });
    happens(&mut office, id, json!({ "type": "propose_copy", "copy": copy })).await;
    happens(
        &mut app.resident_again(PHONE).await,
        id,
        json!({ "type": "copy_approved" }),
    )
    .await;
    happens(&mut office, id, json!({ "type": "publish" })).await;
    (receipt.id, receipt.no)
}

async fn hide(app: &TestApp, id: &str) {
    let mut office = app.staff("songjing").await;
    happens(
        &mut office,
        id,
        json!({ "type": "hide", "reason": "写到了别人的姓名。" }),
    )
    .await;
}

async fn titles(client: &mut Client<'_>) -> Vec<String> {
    let list: CaseList = client.get("/api/v1/cases").await.ok();
    list.items.into_iter().map(|card| card.title).collect()
}

liaison_store::db_test!(
    async fn a_hidden_copy_is_gone_at_once_here_and_soon_on_every_server(store: TestStore) {
        let folder = || tempfile::tempdir().unwrap();
        let demo = [("demo.enabled", "true")];
        let app = TestApp::on(store.store.clone(), folder(), &demo).await;
        let second = TestApp::on(Store::connect(&store.url).await.unwrap(), folder(), &demo).await;
        let (id, no) = published(&app).await;
        second.state.clock.advance(app.state.now() - second.state.now());
        let (mut here, mut there) = (app.nobody(), second.nobody());
        for reader in [&mut here, &mut there] {
            assert_eq!(titles(reader).await, ["路灯坏了"]);
            assert!(
                reader
                    .get(&format!("/cases/{no}"))
                    .await
                    .text()
                    .contains("一段路的路灯坏了")
            );
        }

        hide(&app, &id).await;

        assert!(titles(&mut here).await.is_empty(), "the list of the server that hid it");
        let page = here.get(&format!("/cases/{no}")).await.text();
        assert!(!page.contains("一段路的路灯坏了"), "its page: {page}");
        let view: CasePage = here.get(&format!("/api/v1/cases/{no}")).await.ok();
        assert!(view.hidden_reason.is_some() && view.body.is_empty());

        second.pass(1000);
        assert!(
            titles(&mut there).await.is_empty(),
            "another server notices within a second"
        );
        assert!(
            !there
                .get(&format!("/cases/{no}"))
                .await
                .text()
                .contains("一段路的路灯坏了")
        );
    }
);

#[tokio::test]
async fn whoever_has_an_answer_already_is_told_so_until_it_changes() {
    let app = TestApp::start().await;
    let mut nobody = app.nobody();
    let first = nobody.get("/cases").await;
    let tag = first.header("etag").to_owned();
    assert!(!tag.is_empty());
    assert_eq!(first.header("cache-control"), "no-cache");
    assert_eq!(first.header("vary"), "Cookie, Accept-Encoding, User-Agent");

    let again = nobody.get("/cases").await;
    assert_eq!(
        (again.body, again.status),
        (first.body, StatusCode::OK),
        "the same from memory"
    );
    let known = [("if-none-match", tag.as_str())];
    let told = nobody.send(Method::GET, "/cases", &known, Body::empty()).await;
    assert_eq!(told.status, StatusCode::NOT_MODIFIED);
    assert!(told.body.is_empty());
    assert_eq!(told.header("etag"), tag);

    published(&app).await;
    let changed = nobody.send(Method::GET, "/cases", &known, Body::empty()).await;
    assert_eq!(changed.status, StatusCode::OK);
    assert_ne!(changed.header("etag"), tag);
}

#[tokio::test]
async fn what_belongs_to_one_person_is_never_kept() {
    let app = TestApp::start().await;
    let mut resident = app.resident(PHONE).await;
    for path in ["/cases", "/api/v1/cases", "/mine", "/api/v1/me"] {
        let answer = resident.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert_eq!(answer.header("etag"), "", "{path}");
    }
    // A form's token is one browser's own, and so is the page that carries it.
    let write = app.nobody().get("/track").await;
    assert_eq!(write.header("cache-control"), "no-store");
    assert_ne!(write.header("set-cookie"), "");
    // Searches and later pages are asked for once; they would only push out what many read.
    for path in ["/cases?q=%E7%81%AF", "/cases?cursor=1~a"] {
        assert_eq!(
            app.nobody().get(path).await.header("cache-control"),
            "no-store",
            "{path}"
        );
    }
}

#[tokio::test]
async fn each_mode_and_each_encoding_has_its_own_answer() {
    let app = TestApp::start().await;
    let mut nobody = app.nobody();
    let plain = nobody.get("/").await;
    let elder = nobody
        .send(Method::GET, "/", &[("cookie", "mode=elder")], Body::empty())
        .await;
    assert_ne!(plain.header("etag"), elder.header("etag"));
    let small = nobody
        .send(Method::GET, "/", &[("accept-encoding", "gzip, br")], Body::empty())
        .await;
    assert_eq!(small.header("content-encoding"), "br");
    assert_ne!(plain.header("etag"), small.header("etag"));
    assert_eq!(
        nobody.get("/").await.body,
        plain.body,
        "and the plain one is still there"
    );
}
