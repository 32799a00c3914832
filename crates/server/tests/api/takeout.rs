//! Everything of one's own in one file, read back as somebody would who unpacks it.

use crate::files::{video, wav};
use crate::support::*;
use axum::body::Body;
use axum::http::Method;
use http_body_util::BodyExt as _;
use image::{ImageFormat, Rgb, RgbImage};
use liaison_domain::dto::{IncomingVideo, MediaUpload, MyData, Receipt, Upload};
use serde_json::json;
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

fn unpack(bytes: Vec<u8>) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive that ends well");
    let mut files = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).expect("a file");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("whole, by its checksum");
        let name = file.name().expect("a plain name").into_owned();
        files.insert(name, bytes);
    }
    files
}

async fn film(client: &mut Client<'_>, bytes: &[u8]) -> MediaUpload {
    let announced: IncomingVideo = client
        .post("/api/v1/media/videos", &json!({ "bytes": bytes.len() }))
        .await
        .ok();
    let token = announced.token.expect("a token");
    let path = format!("/api/v1/media/videos/{}", announced.id);
    for (n, piece) in bytes.chunks(1024 * 1024).enumerate() {
        let at = (n * 1024 * 1024).to_string();
        let headers = [
            ("x-requested-with", "liaison"),
            ("x-upload-token", &*token),
            ("upload-offset", &*at),
        ];
        let sent = client
            .send(Method::PATCH, &path, &headers, Body::from(piece.to_vec()))
            .await;
        assert!(sent.status.is_success(), "{}", sent.text());
    }
    let done = format!("{path}/complete");
    client
        .write(
            Method::POST,
            &done,
            &[("x-upload-token", &token), ("idempotency-key", "film")],
            &json!({}),
        )
        .await
        .ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn one_file_holds_the_data_the_page_and_every_picture_sound_and_film() {
    let app = TestApp::start().await;
    let mut author = app.resident("199-0000-0001").await;
    let mut picture = Cursor::new(Vec::new());
    RgbImage::from_pixel(60, 40, Rgb([9, 90, 190]))
        .write_to(&mut picture, ImageFormat::Png)
        .unwrap();
    let raw = |kind: &'static str| [("content-type", kind), ("x-requested-with", "liaison")];
    let picture: Upload = author
        .send(
            Method::POST,
            "/api/v1/uploads",
            &raw("image/png"),
            Body::from(picture.into_inner()),
        )
        .await
        .ok();
    let sound = wav(2_000);
    let voice: MediaUpload = author
        .send(
            Method::POST,
            "/api/v1/media/voices",
            &raw("audio/wav"),
            Body::from(sound.clone()),
        )
        .await
        .ok();
    let moving = video(2_200_000);
    let film = film(&mut author, &moving).await;
    let mut body = letter();
    body["attachments"] = json!([picture.id]);
    body["media"] = json!([voice.id, film.id]);
    let receipt: Receipt = author
        .write(Method::POST, "/api/v1/messages", &[("idempotency-key", "one")], &body)
        .await
        .ok();
    let online: MyData = author.get("/api/v1/me/data").await.ok();
    let kept = author.get(&online.letters[0].pictures[0].url).await.body;

    let reply = author.get("/api/v1/me/data.zip").await;
    assert_eq!(
        (reply.status.as_u16(), reply.header("content-type")),
        (200, "application/zip")
    );
    let name = reply.header("content-disposition").to_owned();
    assert!(
        name.starts_with("attachment; filename=\"my-data-2026-") && name.ends_with(".zip\""),
        "{name}"
    );
    let files = unpack(reply.body);
    let folder = format!("files/{}", receipt.no);
    let [photo, spoken, filmed] = ["1.jpg", "voice.wav", "video.mp4"].map(|name| format!("{folder}/{name}"));
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(names, ["data.json", &*photo, &*filmed, &*spoken, "index.html"]);
    assert_eq!(
        files[&photo], kept,
        "the picture as it is kept, without the camera's data"
    );
    assert_eq!(files[&spoken], author.get(&online.letters[0].media[0].url).await.body);
    assert_eq!(files[&filmed].len(), moving.len());

    let data: MyData = serde_json::from_slice(&files["data.json"]).expect("as the API describes it");
    assert_eq!(data.letters[0].no, receipt.no);
    assert_eq!(
        data.letters[0].pictures[0].url, photo,
        "addresses are names within the file"
    );
    assert_eq!(
        (data.account, data.consents, data.looks),
        (online.account, online.consents, online.looks)
    );
    let page = String::from_utf8(files["index.html"].clone()).expect("text");
    for said in [&receipt.no, &photo, &spoken, &filmed] {
        assert!(page.contains(&**said), "{said} in {page}");
    }
    for foreign in ["/api/", "<script", "<link", "href=\"/", "src=\"/", "http"] {
        assert!(!page.contains(foreign), "{foreign} is not in the file: {page}");
    }

    // As it comes: small pieces, whatever the film's size.
    let cookie = format!("sid={}", author.session().expect("logged in"));
    let mut coming = app
        .nobody()
        .open("/mine/privacy/data.zip", &[("cookie", &cookie)])
        .await
        .into_body();
    let mut pieces = Vec::new();
    while let Some(frame) = coming.frame().await {
        let piece = frame.expect("no break").into_data().expect("bytes");
        assert!(piece.len() <= 64 * 1024, "{}", piece.len());
        pieces.extend_from_slice(&piece);
    }
    assert_eq!(unpack(pieces).len(), files.len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_gone_leaves_the_rest() {
    let app = TestApp::start().await;
    let mut author = app.resident("199-0000-0001").await;
    let raw = [("content-type", "audio/wav"), ("x-requested-with", "liaison")];
    let voice: MediaUpload = author
        .send(Method::POST, "/api/v1/media/voices", &raw, Body::from(wav(1_000)))
        .await
        .ok();
    let mut body = letter();
    body["media"] = json!([voice.id]);
    let sent = author
        .write(Method::POST, "/api/v1/messages", &[("idempotency-key", "one")], &body)
        .await;
    assert_eq!(sent.status, 201, "{}", sent.text());
    app.state
        .files
        .remove(liaison_store::DEFAULT_TENANT, &voice.id)
        .await
        .unwrap();
    let files = unpack(author.get("/api/v1/me/data.zip").await.body);
    assert_eq!(files.keys().collect::<Vec<_>>(), ["data.json", "index.html"]);
}
