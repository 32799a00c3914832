//! Outlines of communities by plain forms.

use super::*;

const PAGE: &str = "/desk/outlines";

fn square(west: f64) -> serde_json::Value {
    json!([[[west, 27.50], [west + 0.01, 27.50], [west + 0.01, 27.51], [west, 27.51]]])
}

fn geojson(names: &[&str]) -> String {
    let features: Vec<_> = (0..)
        .zip(names)
        .map(|(at, name)| {
            let geometry = json!({ "type": "Polygon", "coordinates": square(123.40 + f64::from(at) * 0.01) });
            json!({ "type": "Feature", "properties": { "名称": name }, "geometry": geometry })
        })
        .collect();
    json!({ "type": "FeatureCollection", "features": features }).to_string()
}

async fn upload(client: &mut Client<'_>, page: &Reply, text: &str) -> Reply {
    let csrf = fields(&form_of(&page.text(), PAGE));
    let csrf = &csrf.iter().find(|(name, _)| name == "csrf").unwrap().1;
    let body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n\
         --edge\r\nContent-Disposition: form-data; name=\"outlines\"; filename=\"社区.geojson\"\r\n\r\n{text}\r\n\
         --edge\r\nContent-Disposition: form-data; name=\"coordinates\"\r\n\r\nwgs84\r\n--edge--\r\n"
    );
    let kind = [("content-type", "multipart/form-data; boundary=edge")];
    client.send(Method::POST, PAGE, &kind, Body::from(body)).await
}

#[tokio::test]
async fn a_file_is_seen_as_a_map_corrected_and_kept() {
    let app = TestApp::start().await;
    for username in ["songjing", "auditor", "jiaotong"] {
        assert_eq!(app.staff(username).await.get(PAGE).await.status, 303, "{username}");
    }
    let mut chief = app.staff("chief").await;
    assert!(
        chief
            .get("/desk/stations")
            .await
            .text()
            .contains("href=\"/desk/outlines\"")
    );
    let page = chief.get(PAGE).await;
    assert!(page.text().contains("还没有轮廓"), "{}", page.text());
    let wrong = upload(&mut chief, &page, "<kml/>").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("要先转成 GeoJSON"), "{}", wrong.text());

    let look = upload(&mut chief, &page, &geojson(&["yunfan", "学府社区"])).await;
    let html = look.text();
    assert_eq!(look.status, 200, "{html}");
    assert!(html.contains("1 块对上了社区，1 块没有"), "{html}");
    assert!(html.contains("map__picture") && html.contains("还没有保存"));
    assert!(app.state.store.area_shapes().await.unwrap().is_empty());
    let choice = [("to-1", "a-songjing-xuefu")];
    let seen = press(&mut chief, &look, PAGE, "look", &choice).await;
    assert!(seen.text().contains("全都对上了社区"), "{}", seen.text());
    let done = press(&mut chief, &seen, PAGE, "keep", &[]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let after = follow(&mut chief, &done).await;
    let html = after.text();
    assert!(
        html.contains("居民现在打开就是新的") && html.contains("每个社区都有轮廓"),
        "{html}"
    );
    assert!(html.contains("从“社区.geojson”换了"), "who did it stands there");
    assert_eq!(app.state.store.area_shapes().await.unwrap().len(), 2);

    // Somebody who looked before that keeps nothing over it, and loses nothing.
    let late = press(&mut chief, &look, PAGE, "keep", &choice).await;
    assert_eq!(late.status, 409);
    let html = late.text();
    assert!(html.contains("刚刚有人改过轮廓") && html.contains("name=\"data\""));
    assert!(html.contains("全都对上了社区"), "what was chosen stands there still");

    let ask = press(&mut chief, &after, PAGE, "remove:a-yunfan", &[]).await;
    assert!(ask.text().contains("去掉“yunfan”的轮廓以后"), "{}", ask.text());
    assert_eq!(app.state.store.area_shapes().await.unwrap().len(), 2);
    let gone = press(&mut chief, &ask, PAGE, "gone:a-yunfan", &[]).await;
    assert!(follow(&mut chief, &gone).await.text().contains("已经去掉"));
    assert_eq!(app.state.store.area_shapes().await.unwrap().len(), 1);
}

#[tokio::test]
async fn swapped_numbers_are_read_again_without_choosing_the_file_again() {
    let app = TestApp::start().await;
    let mut chief = app.staff("chief").await;
    let page = chief.get(PAGE).await;
    let swapped = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"yunfan"},
        "geometry":{"type":"Polygon","coordinates":[[[27.50,123.40],[27.50,123.41],[27.51,123.41]]]}}]}"#;
    let told = upload(&mut chief, &page, swapped).await;
    assert_eq!(told.status, 422);
    assert!(told.text().contains("像是写反了"), "{}", told.text());
    let look = press(&mut chief, &told, PAGE, "look", &[("north_first", "yes")]).await;
    assert_eq!(look.status, 200, "{}", look.text());
    assert!(look.text().contains("全都对上了社区"));
}
