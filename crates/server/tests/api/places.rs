//! The pages of stations and deputies as the desk keeps them: by the API, by plain forms as a browser sends them.

use crate::support::*;
use axum::body::Body;
use axum::http::Method;
use image::{ImageFormat, Rgb, RgbImage};
use liaison_domain::dto::{DeputyDetail, DeputySettings, StationDetail, StationSettings, Upload};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::Cursor;

const STATION: &str = "/api/v1/desk/stations/s-songjing";
const DEPUTY: &str = "/api/v1/desk/deputies/d-luzhiyao";

fn png() -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    RgbImage::from_pixel(1600, 1200, Rgb([9, 90, 190]))
        .write_to(&mut out, ImageFormat::Png)
        .unwrap();
    out.into_inner()
}

async fn hand_in(client: &mut Client<'_>) -> Upload {
    let headers = [("content-type", "image/png"), ("x-requested-with", "liaison")];
    client
        .send(Method::POST, "/api/v1/uploads", &headers, Body::from(png()))
        .await
        .ok()
}

async fn put(client: &mut Client<'_>, path: &str, version: &str, body: &Value) -> Reply {
    client.write(Method::PUT, path, &[("if-match", version)], body).await
}

async fn shown(app: &TestApp) -> StationDetail {
    app.nobody().get("/api/v1/stations/songjing").await.ok()
}

#[tokio::test]
async fn a_clerk_keeps_their_own_station_and_everybody_reads_it() {
    let app = TestApp::start().await;
    let mut clerk = app.staff("songjing").await;
    let read = clerk.get(STATION).await;
    assert_eq!(read.header("etag"), "\"1\"");
    let mut settings = read.json()["settings"].clone();
    settings["address"] = json!("学府路 11 号");
    settings["directions"]["bus"] = json!(" 9 路到学府路站 ");
    settings["contacts"] = json!([{ "name": "预约登记", "phone": "0199-1004" }]);
    settings["charter"] = json!(["接待日提前公告"]);
    assert_eq!(clerk.write(Method::PUT, STATION, &[], &settings).await.status, 428);
    let changed = put(&mut clerk, STATION, "\"1\"", &settings).await;
    assert_eq!(
        (changed.status.as_u16(), changed.header("etag")),
        (200, "\"2\""),
        "{}",
        changed.text()
    );
    let kept: StationSettings = changed.ok();
    let change = &kept.changes[0];
    assert_eq!(
        (change.version, change.by.as_str(), change.at),
        (2, "songjing", app.state.now())
    );
    assert_eq!(change.fields, ["address", "contacts", "directions", "charter"]);

    let page = shown(&app).await;
    assert_eq!(
        (page.card.address.as_str(), page.directions.bus.as_str()),
        ("学府路 11 号", "9 路到学府路站")
    );
    assert_eq!((page.contacts.len(), page.charter.len()), (1, 1));
    let html = app.nobody().get("/stations/songjing").await.text();
    assert!(
        html.contains("9 路到学府路站") && html.contains("接待日提前公告"),
        "{html}"
    );

    // Who read it before that is told, and nothing is lost or overwritten.
    let late = put(&mut clerk, STATION, "\"1\"", &settings).await;
    assert_eq!((late.status.as_u16(), late.problem()), (409, "conflict".to_owned()));
    settings["phone"] = json!("问门卫");
    settings["lat"] = json!(123.4);
    let wrong = put(&mut clerk, STATION, "\"2\"", &settings).await;
    assert_eq!(wrong.status, 422);
    let fields: Vec<String> = wrong.json()["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| field["field"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(fields, ["phone", "lat"]);

    // Points are the station's too; other stations are not there.
    assert_eq!(clerk.get("/api/v1/desk/stations/s-xuefu").await.status, 200);
    assert_eq!(clerk.get("/api/v1/desk/stations/s-yunfan").await.status, 404);
    let list = clerk.get("/api/v1/desk/stations").await.json();
    assert_eq!(list.as_array().unwrap().len(), 2);
    let all = app.staff("chief").await.get("/api/v1/desk/stations").await.json();
    assert_eq!(all.as_array().unwrap().len(), 3);
}

/// Coordinates that lose a bit wherever somebody is careless; and many of no particular kind, always the same ones.
fn coordinates() -> Vec<(f64, f64)> {
    let near = 123.412_f64.to_bits();
    let mut all = vec![
        (f64::from_bits(near + 1), f64::from_bits(27.561_f64.to_bits() - 1)),
        (0.1 + 0.2, -(0.1 + 0.2)),
        (-179.999_999_999_999_97, 89.999_999_999_999_99),
        (5e-324, f64::MIN_POSITIVE),
        (123.0, -27.0),
    ];
    let mut seed = 42_u64;
    let mut next = move || {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 11) as f64 / (1_u64 << 53) as f64
    };
    all.extend((0..40).map(|_| (next() * 360.0 - 180.0, next() * 180.0 - 90.0)));
    all
}

/// The station stands there.
async fn moved(app: &TestApp, (lng, lat): (f64, f64)) {
    let store = &app.state.store;
    let station = store.station("s-songjing").await.unwrap().unwrap();
    let mut kept = liaison_server::load::desk_places::station_settings(&app.state, station)
        .await
        .unwrap();
    (kept.settings.lng, kept.settings.lat) = (lng, lat);
    store
        .change_station("s-songjing", kept.version, &kept.settings, "p-chief", MONDAY)
        .await
        .unwrap();
}

async fn stands_at(app: &TestApp) -> (u64, u64) {
    let card = app.state.store.station("s-songjing").await.unwrap().unwrap().card;
    (card.lng.to_bits(), card.lat.to_bits())
}

#[tokio::test]
async fn an_edit_by_the_api_keeps_the_place_on_the_map_bit_for_bit() {
    let app = TestApp::start().await;
    let mut clerk = app.staff("songjing").await;
    for (round, place) in coordinates().into_iter().enumerate() {
        moved(&app, place).await;
        let read = clerk.get(STATION).await;
        let mut settings = read.json()["settings"].clone();
        settings["phone"] = json!(format!("0199-{round:04}"));
        let done = put(&mut clerk, STATION, read.header("etag"), &settings).await;
        assert_eq!(done.status, 200, "{}", done.text());
        assert_eq!(done.json()["changes"][0]["fields"], json!(["phone"]));
        assert_eq!(
            stands_at(&app).await,
            (place.0.to_bits(), place.1.to_bits()),
            "{place:?}"
        );
    }
}

/// The controls of the page's form that holds `mark`, with what is in them, as a browser would send them.
fn controls(html: &str, mark: &str) -> Vec<(String, String)> {
    let form = html
        .split("<form")
        .find(|form| form.contains(mark))
        .unwrap_or_else(|| panic!("a form with {mark}: {html}"));
    let form = form.split("</form>").next().unwrap();
    let plain = |text: &str| {
        text.replace("&quot;", "\"")
            .replace("&#x27;", "'")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
    };
    let attribute = |tag: &str, name: &str| {
        let from = tag.split(&format!(" {name}=\"")).nth(1)?;
        Some(plain(from.split('"').next()?))
    };
    let mut found = Vec::new();
    for part in form.split('<').skip(1) {
        let (tag, after) = part.split_once('>').unwrap_or((part, ""));
        let value = if tag.starts_with("input") && attribute(tag, "type").as_deref() != Some("file") {
            attribute(tag, "value").unwrap_or_default()
        } else if tag.starts_with("textarea") {
            // Lines are sent with both of a line's ends.
            plain(after).replace('\n', "\r\n")
        } else {
            continue;
        };
        if let Some(name) = attribute(tag, "name") {
            found.push((name, value));
        }
    }
    found
}

fn set(pairs: &mut [(String, String)], name: &str, value: &str) {
    let pair = pairs.iter_mut().find(|(known, _)| known == name);
    value.clone_into(&mut pair.unwrap_or_else(|| panic!("a field {name}")).1);
}

/// Percent-encoded, as forms are.
fn encoded(pairs: &[(String, String)]) -> String {
    let text = |text: &str| {
        text.bytes().fold(String::new(), |mut all, byte| {
            write!(all, "%{byte:02X}").unwrap();
            all
        })
    };
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", text(name), text(value)))
        .collect();
    pairs.join("&")
}

async fn post(client: &mut Client<'_>, path: &str, pairs: &[(String, String)]) -> Reply {
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    client
        .send(Method::POST, path, &headers, Body::from(encoded(pairs)))
        .await
}

/// With a picture, and fields of its own behind it.
async fn post_with(client: &mut Client<'_>, path: &str, pairs: &[(String, String)], file: &[u8]) -> Reply {
    let mut body = Vec::new();
    for (name, value) in pairs {
        let part = format!("--x\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    body.extend_from_slice(
        b"--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.png\"\r\ncontent-type: image/png\r\n\r\n",
    );
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--x--\r\n");
    let headers = [("content-type", "multipart/form-data; boundary=x")];
    client.send(Method::POST, path, &headers, Body::from(body)).await
}

const TEXTS: &str = "value=\"texts\"";
const PHOTOS: &str = "value=\"photos\"";
const PAGE: &str = "/desk/stations/s-songjing";

#[tokio::test]
async fn an_edit_by_the_form_keeps_the_place_on_the_map_bit_for_bit() {
    let app = TestApp::start().await;
    let mut clerk = app.staff("songjing").await;
    for (round, place) in coordinates().into_iter().enumerate() {
        moved(&app, place).await;
        let html = clerk.get(PAGE).await.text();
        let mut form = controls(&html, TEXTS);
        set(&mut form, "address", &format!("学府路 {round} 号"));
        let done = post(&mut clerk, PAGE, &form).await;
        assert_eq!(done.status, 303, "{}", done.text());
        assert_eq!(
            stands_at(&app).await,
            (place.0.to_bits(), place.1.to_bits()),
            "{place:?}"
        );
        let kept: StationSettings = clerk.get(STATION).await.ok();
        assert_eq!(kept.changes[0].fields, ["address"], "nothing else is told as changed");
        assert_eq!(kept.settings.address, format!("学府路 {round} 号"));
    }
}

#[tokio::test]
async fn a_form_that_was_overtaken_comes_back_as_typed_and_may_be_sent_again() {
    let app = TestApp::start().await;
    let mut clerk = app.staff("songjing").await;
    let mut slow = controls(&clerk.get(PAGE).await.text(), TEXTS);
    let mut quick = slow.clone();
    set(&mut quick, "opening", "周一至周六");
    assert_eq!(post(&mut clerk, PAGE, &quick).await.status, 303);
    set(&mut slow, "parking", "书房<后院>");
    let reply = post(&mut clerk, PAGE, &slow).await;
    assert_eq!(reply.status, 409);
    let html = reply.text();
    assert!(html.contains("songjing改了开放时间"), "{html}");
    let again = controls(&html, TEXTS);
    assert!(
        again.contains(&("parking".to_owned(), "书房<后院>".to_owned())),
        "{again:?}"
    );
    let done = post(&mut clerk, PAGE, &again).await;
    assert_eq!(done.status, 303);
    assert_eq!(shown(&app).await.directions.parking, "书房<后院>");
    // The same again is no change, and is told so.
    let same = controls(&clerk.get(PAGE).await.text(), TEXTS);
    let reply = post(&mut clerk, PAGE, &same).await;
    assert!(
        reply.header("location").ends_with("?done=same"),
        "{}",
        reply.header("location")
    );
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost() {
    let app = TestApp::start().await;
    let mut clerk = app.staff("songjing").await;
    let mut form = controls(&clerk.get(PAGE).await.text(), TEXTS);
    set(&mut form, "lat", "123,4");
    set(&mut form, "contact_name", "预约登记");
    set(&mut form, "metro", "二号线");
    let reply = post(&mut clerk, PAGE, &form).await;
    assert_eq!(reply.status, 422);
    let html = reply.text();
    assert!(
        html.contains("id=\"lat-error\"") && html.contains("id=\"contact-phone-0-error\""),
        "{html}"
    );
    assert!(html.contains("href=\"#contact-phone-0\""), "{html}");
    let back = controls(&html, TEXTS);
    for (name, value) in [("lat", "123,4"), ("contact_name", "预约登记"), ("metro", "二号线")] {
        assert!(back.contains(&(name.to_owned(), value.to_owned())), "{name}: {back:?}");
    }
    // A stranger's station is not there, and neither is a form without its token.
    assert_eq!(app.staff("yunfan").await.get(PAGE).await.status, 404);
    form.retain(|(name, _)| name != "csrf");
    assert_eq!(post(&mut clerk, PAGE, &form).await.status, 403);
}

#[tokio::test]
async fn a_picture_with_its_description_is_everybodys_to_see_until_it_is_removed() {
    let app = TestApp::start().await;
    let mut clerk = app.staff("songjing").await;
    let mut form = controls(&clerk.get(PAGE).await.text(), PHOTOS);
    form.push(("do".to_owned(), "save".to_owned()));
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    let hostile = post_with(&mut clerk, PAGE, &form, svg).await;
    assert_eq!(hostile.status, 422);
    assert!(hostile.text().contains("id=\"file-error\""));

    let reply = post_with(&mut clerk, PAGE, &form, &png()).await;
    assert_eq!(reply.status, 422, "it does not say what it shows");
    let mut again = controls(&reply.text(), PHOTOS);
    assert!(
        again.iter().any(|(name, value)| name == "photo" && value.contains('.')),
        "{again:?}"
    );
    set(&mut again, "alt", "站门口，没有台阶");
    again.push(("do".to_owned(), "save".to_owned()));
    let done = post(&mut clerk, PAGE, &again).await;
    assert_eq!(done.status, 303, "{}", done.text());

    let photos = shown(&app).await.photos;
    assert_eq!(
        (photos.len(), photos[0].alt.as_str(), photos[0].width),
        (1, "站门口，没有台阶", 1600)
    );
    let html = app.nobody().get("/stations/songjing").await.text();
    assert!(html.contains(&format!("src=\"{}\"", photos[0].middle_url)), "{html}");
    let mut sizes = Vec::new();
    for url in [&photos[0].url, &photos[0].middle_url, &photos[0].thumb_url] {
        let seen = app.nobody().get(url).await;
        assert_eq!((seen.status.as_u16(), seen.header("content-type")), (200, "image/jpeg"));
        assert_eq!(seen.header("cache-control"), "public, max-age=86400");
        assert_eq!(seen.header("x-content-type-options"), "nosniff");
        assert!(seen.header("content-security-policy").contains("sandbox"));
        let picture = image::load_from_memory(&seen.body).unwrap();
        sizes.push((picture.width(), picture.height()));
        let known = [("if-none-match", seen.header("etag"))];
        let again = app.nobody().send(Method::GET, url, &known, Body::empty()).await;
        assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
    }
    assert_eq!(sizes, [(1600, 1200), (960, 720), (320, 240)]);

    // Removing asks first.
    let id = photos[0].id.clone();
    let form = controls(&clerk.get(PAGE).await.text(), PHOTOS);
    let press = |what: &str| {
        let mut form = form.clone();
        form.push(("do".to_owned(), format!("{what}:{id}")));
        form
    };
    let asked = post(&mut clerk, PAGE, &press("remove")).await;
    assert_eq!(asked.status, 200);
    assert!(asked.text().contains(&format!("value=\"gone:{id}\"")));
    assert_eq!(shown(&app).await.photos.len(), 1);
    assert_eq!(post(&mut clerk, PAGE, &press("gone")).await.status, 303);
    assert!(shown(&app).await.photos.is_empty());
    for url in [&photos[0].url, &photos[0].middle_url, &photos[0].thumb_url] {
        assert_eq!(app.nobody().get(url).await.status, 404);
    }
}

#[tokio::test]
async fn pictures_are_moved_and_at_most_six() {
    let app = TestApp::start().await;
    let mut clerk = app.staff("songjing").await;
    let mut settings = clerk.get(STATION).await.json()["settings"].clone();
    let mut photos = Vec::new();
    for at in 0..7 {
        let upload = hand_in(&mut clerk).await;
        photos.push(json!({ "id": upload.id, "token": upload.token, "alt": format!("第{at}张") }));
    }
    settings["photos"] = json!(photos);
    let many = put(&mut clerk, STATION, "\"1\"", &settings).await;
    assert_eq!(many.json()["fields"][0]["code"], "too_many");
    photos.pop();
    settings["photos"] = json!(photos);
    assert_eq!(put(&mut clerk, STATION, "\"1\"", &settings).await.status, 200);
    // A token is spent: neither the picture's sender nor a letter has it any more.
    let spent = put(&mut clerk, "/api/v1/desk/stations/s-xuefu", "\"1\"", &settings).await;
    assert_eq!(
        spent.json()["fields"][0],
        json!({ "field": "photos.0", "code": "unknown" }),
        "{}",
        spent.text()
    );

    let html = clerk.get(PAGE).await.text();
    assert!(!html.contains("id=\"file\""), "no room for more: {html}");
    let second = photos[1]["id"].as_str().unwrap();
    let mut form = controls(&html, PHOTOS);
    form.push(("do".to_owned(), format!("up:{second}")));
    assert_eq!(post(&mut clerk, PAGE, &form).await.status, 303);
    let alts: Vec<String> = shown(&app).await.photos.into_iter().map(|photo| photo.alt).collect();
    assert_eq!(alts, ["第1张", "第0张", "第2张", "第3张", "第4张", "第5张"]);
}

#[tokio::test]
async fn a_deputy_keeps_their_own_page_and_their_stations_clerk_may_too() {
    let app = TestApp::start().await;
    let mut deputy = app.staff("luzhiyao").await;
    let upload = hand_in(&mut deputy).await;
    let own = json!({
        "bio": "每天早上站在校门口。", "expertise": ["教育", "校门口"],
        "photo": { "id": upload.id, "token": upload.token }
    });
    let reply = put(&mut deputy, DEPUTY, "\"1\"", &own).await;
    assert_eq!(
        (reply.status.as_u16(), reply.header("etag")),
        (200, "\"2\""),
        "{}",
        reply.text()
    );
    let page: DeputyDetail = app.nobody().get("/api/v1/deputies/luzhiyao").await.ok();
    let photo = page.card.photo.expect("a picture");
    assert_eq!(app.nobody().get(&photo).await.status, 200);
    assert!(
        app.nobody().get("/deputies").await.text().contains(&photo),
        "on the card in the list"
    );
    assert!(app.nobody().get("/deputies/luzhiyao").await.text().contains(&photo));

    let mut clerk = app.staff("songjing").await;
    let mut settings = clerk.get(DEPUTY).await.json()["settings"].clone();
    settings["bio"] = json!("教了十九年语文，每天早上站在校门口。");
    let reply = put(&mut clerk, DEPUTY, "\"2\"", &settings).await;
    let kept: DeputySettings = reply.ok();
    assert!(kept.photo.is_some(), "what was not changed stays");
    assert_eq!(
        (kept.changes[0].by.as_str(), kept.changes[1].by.as_str()),
        ("songjing", "luzhiyao")
    );
    for stranger in ["yunfan", "guchengyuan"] {
        assert_eq!(app.staff(stranger).await.get(DEPUTY).await.status, 404, "{stranger}");
    }

    // The deputy's own page, as a form; the picture goes after being asked.
    let html = deputy.get("/desk/my-profile").await.text();
    let mut form = controls(&html, "name=\"bio\"");
    set(&mut form, "expertise", "教育，托管 校门口");
    form.push(("do".to_owned(), "gone".to_owned()));
    let done = post(&mut deputy, "/desk/my-profile", &form).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let page: DeputyDetail = app.nobody().get("/api/v1/deputies/luzhiyao").await.ok();
    assert_eq!((page.card.photo, page.card.expertise.len()), (None, 3));
    assert_eq!(page.bio, "教了十九年语文，每天早上站在校门口。");
    assert_eq!(app.nobody().get(&photo).await.status, 404);
}
