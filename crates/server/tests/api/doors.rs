//! Doors outside: changed, added and turned off at the desk, and read by residents at once.

use crate::support::*;
use axum::http::Method;
use liaison_domain::dto::{Doors, WriteHints};
use serde_json::{Value, json};

const DOORS: &str = "/api/v1/admin/doors";

fn path(code: &str) -> String {
    format!("{DOORS}/{code}")
}

/// Puts or takes back a door that was read at `version`.
async fn change(who: &mut Client<'_>, method: Method, code: &str, version: i64, input: &Value) -> Reply {
    let version = format!("\"{version}\"");
    who.write(method, &path(code), &[("if-match", &version)], input).await
}

async fn told(app: &TestApp) -> Vec<(String, String)> {
    let hints: WriteHints = app.nobody().get("/api/v1/write-hints").await.ok();
    hints.doors.into_iter().map(|door| (door.code, door.number)).collect()
}

#[tokio::test]
async fn a_district_changes_doors_turns_one_off_adds_its_own_and_takes_it_back() {
    let app = TestApp::start().await;
    let shipped = told(&app).await;
    assert_eq!((shipped.len(), &*shipped[1].0, &*shipped[1].1), (9, "court", "12368"));
    let mut admin = app.staff("admin").await;
    let court = json!({
        "name": "法院", "text": "打官司的事：找区法院诉讼服务中心。", "number": " 0199－12368 ", "hours": "工作日 9 点到 17 点",
        "words": ["法院判决", "法院判决", "打官司"], "active": true
    });
    let after: Doors = change(&mut admin, Method::PUT, "court", 0, &court).await.ok();
    let entry = &after.doors[1];
    assert!(entry.set && entry.active && !entry.own);
    assert_eq!(
        (&*entry.door.number, entry.door.words.len()),
        ("0199-12368", 2),
        "tidied"
    );
    assert_eq!(after.changes[0].fields, ["text", "number", "hours", "words"]);
    assert!(!after.changes[0].by.is_empty());
    assert_eq!(told(&app).await[1].1, "0199-12368", "in its place, at once");
    let same: Doors = change(&mut admin, Method::PUT, "court", 0, &court).await.ok();
    assert_eq!(same.changes.len(), 1, "the same again is no change");
    assert_eq!(same.doors[1].version, 1);

    let mut off = serde_json::to_value(shipped_door(&after, "repair")).unwrap();
    off.as_object_mut().unwrap().remove("code");
    off["active"] = json!(false);
    let after: Doors = change(&mut admin, Method::PUT, "repair", 0, &off).await.ok();
    assert_eq!(after.changes[0].fields, ["off"]);
    assert!(told(&app).await.iter().all(|(code, _)| code != "repair"));
    assert_eq!(after.doors.len(), 9, "the desk sees it all the same");

    let heating = json!({ "name": "供暖", "text": "暖气不热：找热力公司。", "words": ["暖气不热"], "active": true });
    let after: Doors = change(&mut admin, Method::PUT, "heating", 0, &heating).await.ok();
    assert_eq!(after.changes[0].fields, ["new"]);
    assert!(after.doors.last().unwrap().own);
    assert_eq!(told(&app).await.last().unwrap().0, "heating");

    for code in ["heating", "court"] {
        let after: Doors = change(&mut admin, Method::DELETE, code, 1, &Value::Null).await.ok();
        assert_eq!(after.changes[0].fields, ["taken_back"]);
        let again = change(&mut admin, Method::DELETE, code, 2, &Value::Null).await;
        assert_eq!(again.status, 404, "once");
    }
    let now = told(&app).await;
    assert_eq!(now[1].1, "12368", "what ships holds again");
    assert!(now.iter().all(|(code, _)| code != "heating"));
}

fn shipped_door(doors: &Doors, code: &str) -> liaison_domain::dto::Door {
    let mut all = doors.doors.iter();
    all.find(|entry| entry.door.code == code).unwrap().door.clone()
}

#[tokio::test]
async fn a_door_says_what_is_wrong_with_it() {
    let app = TestApp::start().await;
    let mut admin = app.staff("admin").await;
    let wrong = json!({ "name": "", "text": "", "number": "打 12345", "words": ["水"], "active": true });
    let refused = change(&mut admin, Method::PUT, "heating", 0, &wrong).await;
    let fields = refused.json()["fields"].clone();
    let names: Vec<_> = fields
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["field"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["name", "text", "number", "words"]);
    let fine = json!({ "name": "供暖", "text": "找热力公司。", "words": ["暖气不热"], "active": true });
    let refused = change(&mut admin, Method::PUT, "Heating%20", 0, &fine).await;
    assert_eq!(refused.status, 404, "no code");
    assert_eq!(told(&app).await.len(), 9);
}

#[tokio::test]
async fn whoever_was_slower_overwrites_nothing() {
    let app = TestApp::start().await;
    let mut admin = app.staff("admin").await;
    let of = |number: &str| json!({ "name": "法院", "text": "找法院。", "number": number, "words": ["法院判决"], "active": true });
    let blind = admin.write(Method::PUT, &path("court"), &[], &of("12368")).await;
    assert_eq!(blind.status, 428);
    let first = change(&mut admin, Method::PUT, "court", 0, &of("12368")).await;
    assert_eq!(first.status, 200);
    let late = change(&mut admin, Method::PUT, "court", 0, &of("0199-1")).await;
    assert_eq!((late.status.as_u16(), late.problem()), (409, "conflict".to_owned()));
    let late = change(&mut admin, Method::DELETE, "court", 0, &Value::Null).await;
    assert_eq!((late.status.as_u16(), late.problem()), (409, "conflict".to_owned()));
    assert_eq!(told(&app).await[1].1, "12368");
    let seen = change(&mut admin, Method::PUT, "court", 1, &of("0199-1")).await;
    assert_eq!(seen.status, 200);
    assert_eq!(told(&app).await[1].1, "0199-1");
}
