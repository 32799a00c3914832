//! Outlines of communities: read from a file, shown before they are kept, kept with who did it, and new for residents at
//! once.

use crate::support::*;
use axum::http::Method;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use liaison_domain::dto::{OutlineLook, Outlines, WriteHints};
use serde_json::{Value, json};

const LIST: &str = "/api/v1/desk/outlines";
const IMPORT: &str = "/api/v1/imports/outlines";
const HINTS: &str = "/api/v1/write-hints";

/// A square that begins there, as another program writes it.
fn square(name: &str, west: f64) -> Value {
    let (east, south, north) = (west + 0.01, 27.50, 27.51);
    json!({
        "type": "Feature", "properties": { "SQMC": name },
        "geometry": { "type": "Polygon", "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]] }
    })
}

fn file(features: &[Value]) -> String {
    let text = json!({ "type": "FeatureCollection", "features": features }).to_string();
    URL_SAFE_NO_PAD.encode(text)
}

fn asked(data: &str, keep: bool, version: i64) -> Value {
    json!({ "file_name": "社区.geojson", "data": data, "coordinates": "wgs84", "keep": keep, "version": version })
}

async fn shapes(client: &mut Client<'_>) -> Vec<(String, String)> {
    let hints: WriteHints = client.get(HINTS).await.ok();
    hints
        .shapes
        .into_iter()
        .map(|shape| (shape.code, shape.outline))
        .collect()
}

#[tokio::test]
async fn a_map_is_looked_at_kept_and_new_for_residents_at_once() {
    let app = TestApp::start().await;
    let mut chief = app.staff("chief").await;
    let mut anybody = app.nobody();
    let before = anybody.get(HINTS).await;
    let tag = before.header("etag").to_owned();
    let data = file(&[
        square("songjing-xuefu", 123.40),
        square("yunfan", 123.41),
        square("别处", 123.42),
    ]);
    let look: OutlineLook = chief.post(IMPORT, &asked(&data, false, 0)).await.ok();
    let owners: Vec<_> = look.features.iter().map(|feature| feature.area.as_deref()).collect();
    assert_eq!(owners, [Some("a-songjing-xuefu"), Some("a-yunfan"), None]);
    assert_eq!((look.property.as_str(), look.tolerance, look.kept), ("SQMC", 0, None));
    assert!(shapes(&mut anybody).await.is_empty(), "looking keeps nothing");

    let kept: OutlineLook = chief.post(IMPORT, &asked(&data, true, 0)).await.ok();
    assert_eq!(kept.kept, Some(1));
    let headers = [("if-none-match", tag.as_str())];
    let after = anybody.write(Method::GET, HINTS, &headers, &Value::Null).await;
    assert_eq!(after.status, 200, "what was kept in memory is thrown away");
    let now = shapes(&mut anybody).await;
    assert_eq!(now.len(), 2);
    let xuefu = now.iter().find(|(code, _)| code == "songjing-xuefu").unwrap();
    let mut corners: Vec<&str> = xuefu.1.split(' ').collect();
    corners.sort_unstable();
    assert_eq!(corners, ["123.4,27.5", "123.4,27.51", "123.41,27.5", "123.41,27.51"]);
    let again: OutlineLook = chief.post(IMPORT, &asked(&data, true, 1)).await.ok();
    assert_eq!(again.kept, Some(1), "the same again is no change");

    let late = chief
        .post(IMPORT, &asked(&file(&[square("yunfan", 123.45)]), true, 0))
        .await;
    assert_eq!((late.status.as_u16(), late.problem().as_str()), (409, "conflict"));
    let unversioned = json!({ "file_name": "", "data": data, "coordinates": "wgs84", "keep": true });
    assert_eq!(chief.post(IMPORT, &unversioned).await.status, 428);

    let one = [LIST, "/a-yunfan"].concat();
    let gone = chief
        .write(Method::DELETE, &one, &[("if-match", "\"1\"")], &Value::Null)
        .await;
    assert_eq!(gone.status, 200, "{}", gone.text());
    assert_eq!(shapes(&mut anybody).await.len(), 1);
    let unknown = [LIST, "/a-atlantis"].concat();
    let unknown = chief
        .write(Method::DELETE, &unknown, &[("if-match", "\"2\"")], &Value::Null)
        .await;
    assert_eq!(unknown.status, 404);

    let told: Outlines = app.staff("auditor").await.get(LIST).await.ok();
    assert_eq!(told.version, 2);
    let changes: Vec<_> = told
        .changes
        .iter()
        .map(|one| (one.version, one.kept.len(), one.removed.clone()))
        .collect();
    assert_eq!(changes, [(2, 0, vec!["yunfan".to_owned()]), (1, 2, Vec::new())]);
    assert_eq!(told.changes[1].file_name, "社区.geojson");
    assert!(!told.changes[0].by.is_empty());
}

#[tokio::test]
async fn an_outline_goes_where_it_is_sent_and_islands_stay_with_their_mainland() {
    let app = TestApp::start().await;
    let mut chief = app.staff("chief").await;
    let data = file(&[
        square("yunfan", 123.40),
        square("小岛", 123.45),
        square("songjing-xuefu", 123.50),
    ]);
    let mut wanted = asked(&data, true, 0);
    wanted["choices"] = json!([{ "feature": 1, "area": "a-yunfan" }, { "feature": 2, "area": null }]);
    let kept: OutlineLook = chief.post(IMPORT, &wanted).await.ok();
    assert_eq!(kept.features[1].area.as_deref(), Some("a-yunfan"));
    assert!(!kept.features[1].by_name && kept.features[0].by_name);
    let now = shapes(&mut app.nobody()).await;
    assert_eq!(now.len(), 1, "what is left out is left out");
    assert_eq!(now[0].1.split(';').count(), 2, "one outline of two rings: {}", now[0].1);
    for (choice, field) in [
        (json!([{ "feature": 0, "area": "a-tinghai" }]), "to-0"),
        (json!([{ "feature": 9, "area": "a-yunfan" }]), "to-9"),
    ] {
        wanted["choices"] = choice;
        let refused = chief.post(IMPORT, &wanted).await;
        assert_eq!(
            refused.json()["fields"][0]["field"].as_str(),
            Some(field),
            "{}",
            refused.text()
        );
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_file_is_told_by_its_code() {
    let app = TestApp::start().await;
    let mut chief = app.staff("chief").await;
    let swapped = json!({ "type": "Polygon", "coordinates": [[[27.50, 123.40], [27.50, 123.41], [27.51, 123.41]]] });
    let cases = [
        (String::new(), "required"),
        ("???".to_owned(), "invalid"),
        (URL_SAFE_NO_PAD.encode("<kml/>"), "not_json"),
        (URL_SAFE_NO_PAD.encode([0, 1, 2]), "not_json"),
        (URL_SAFE_NO_PAD.encode("{}"), "not_geojson"),
        (URL_SAFE_NO_PAD.encode(swapped.to_string()), "swapped"),
        (URL_SAFE_NO_PAD.encode("x".repeat((2 << 20) + 1)), "too_big"),
        (file(&[square("别处", 123.40)]), "nothing"),
    ];
    for (data, code) in cases {
        let refused = chief.post(IMPORT, &asked(&data, true, 0)).await;
        let told = refused.json()["fields"][0].clone();
        assert_eq!(told["field"].as_str(), Some("file"), "{code}: {}", refused.text());
        assert_eq!(told["code"].as_str(), Some(code));
    }
    assert!(shapes(&mut app.nobody()).await.is_empty(), "and nothing was kept");
}

#[tokio::test]
async fn a_map_with_too_many_corners_is_simplified_and_says_by_how_much() {
    let app = TestApp::start().await;
    let mut chief = app.staff("chief").await;
    let around = |west: f64| -> Vec<[f64; 2]> {
        let turn = |n: i32| f64::from(n) / 4_000.0 * std::f64::consts::TAU;
        let corner = |n: i32| [west + 0.01 * turn(n).cos(), 27.5 + 0.01 * turn(n).sin()];
        (0..4_000).map(corner).collect()
    };
    let feature = |name: &str, west: f64| json!({ "type": "Feature", "properties": { "name": name }, "geometry": { "type": "Polygon", "coordinates": [around(west)] } });
    let data = file(&[feature("yunfan", 123.40), feature("songjing-xuefu", 123.45)]);
    let look: OutlineLook = chief.post(IMPORT, &asked(&data, true, 0)).await.ok();
    assert!(look.tolerance > 0 && look.tolerance <= 20, "{} m", look.tolerance);
    assert!(look.corners <= 1_500 && look.corners > 20, "{}", look.corners);
    let now = shapes(&mut app.nobody()).await;
    let points: usize = now.iter().map(|(_, outline)| outline.split(' ').count()).sum();
    assert_eq!(points as u32, look.corners, "what was said is what is kept");
}
