//! Pictures: good ones, hostile ones, and who may see them.

use crate::support::*;
use axum::body::Body;
use axum::http::Method;
use image::{ImageFormat, Rgb, RgbImage};
use liaison_domain::dto::Upload;
use serde_json::json;
use std::io::Cursor;

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    RgbImage::from_pixel(width, height, Rgb([9, 90, 190]))
        .write_to(&mut out, ImageFormat::Png)
        .unwrap();
    out.into_inner()
}

async fn upload(client: &mut Client<'_>, bytes: Vec<u8>) -> Reply {
    let headers = [("content-type", "image/png"), ("x-requested-with", "liaison")];
    client
        .send(Method::POST, "/api/v1/uploads", &headers, Body::from(bytes))
        .await
}

#[tokio::test]
async fn a_picture_is_kept_small_and_seen_by_its_sender_only() {
    let app = TestApp::start().await;
    let mut nobody = app.nobody();
    let reply = upload(&mut nobody, png(2400, 1200)).await;
    assert_eq!(reply.status, 201);
    let kept: Upload = reply.ok();
    assert_eq!((kept.picture.width, kept.picture.height), (2000, 1000));
    assert_eq!(nobody.get(&kept.picture.url).await.status, 404, "not without its token");
    let with_token = format!("{}?token={}", kept.picture.url, kept.token);
    let picture = nobody.get(&with_token).await;
    assert_eq!(
        (picture.status.as_u16(), picture.header("content-type")),
        (200, "image/jpeg")
    );
    assert_eq!(
        picture.header("content-security-policy"),
        "default-src 'none'; sandbox; frame-ancestors 'none'"
    );
    assert!(picture.header("content-disposition").starts_with("inline; filename="));
    assert_eq!(picture.header("x-content-type-options"), "nosniff");
    let thumb = nobody
        .get(&format!("{}?token={}", kept.picture.thumb_url, kept.token))
        .await;
    assert!(thumb.status == 200 && thumb.body.len() < picture.body.len());

    let path = format!("/api/v1/uploads/{}", kept.id);
    let wrong = nobody
        .write(Method::DELETE, &path, &[("x-upload-token", "wrong")], &json!({}))
        .await;
    assert_eq!(wrong.status, 404);
    let right = nobody
        .write(Method::DELETE, &path, &[("x-upload-token", &kept.token)], &json!({}))
        .await;
    assert_eq!(right.status, 204);
    assert_eq!(nobody.get(&with_token).await.status, 404);
}

#[tokio::test]
async fn a_multipart_field_does_as_well() {
    let app = TestApp::start().await;
    let mut body = b"--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"../../etc/passwd.svg\"\r\n\
        content-type: image/svg+xml\r\n\r\n"
        .to_vec();
    body.extend_from_slice(&png(10, 10));
    body.extend_from_slice(b"\r\n--x--\r\n");
    let headers = [
        ("content-type", "multipart/form-data; boundary=x"),
        ("x-requested-with", "liaison"),
    ];
    let mut nobody = app.nobody();
    let reply = nobody
        .send(Method::POST, "/api/v1/uploads", &headers, Body::from(body))
        .await;
    assert_eq!(
        reply.status,
        201,
        "name and declared type mean nothing: {}",
        reply.text()
    );
    let empty = b"--x\r\ncontent-disposition: form-data; name=\"other\"\r\n\r\nwords\r\n--x--\r\n".to_vec();
    let reply = nobody
        .send(Method::POST, "/api/v1/uploads", &headers, Body::from(empty))
        .await;
    assert_eq!(
        reply.json()["fields"][0],
        json!({ "field": "file", "code": "required" })
    );
}

#[tokio::test]
async fn hostile_files_are_refused_each_with_its_reason() {
    let app = TestApp::with(&[("uploads.max_bytes", "100000"), ("uploads.max_pixels", "1000000")]).await;
    let mut nobody = app.nobody();
    let cases: Vec<(Vec<u8>, u16, &str)> = vec![
        (Vec::new(), 422, "upload_empty"),
        (
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec(),
            422,
            "upload_type",
        ),
        (b"<html><script>alert(1)</script>".to_vec(), 422, "upload_type"),
        (b"GIF89a\x01\0\x01\0".to_vec(), 422, "upload_type"),
        (b"%PDF-1.7\n".to_vec(), 422, "upload_type"),
        (b"\0\0\0\x18ftypheic\0\0\0\0heic".to_vec(), 422, "upload_heic"),
        (png(40, 40)[..60].to_vec(), 422, "upload_broken"),
        (png(1500, 1500), 422, "upload_pixels"),
        (vec![0xFF; 100_001], 413, "too_large"),
    ];
    for (bytes, status, code) in cases {
        let reply = upload(&mut nobody, bytes).await;
        assert_eq!((reply.status.as_u16(), reply.problem().as_str()), (status, code));
    }
}

#[tokio::test]
async fn the_same_key_keeps_one_picture() {
    let app = TestApp::start().await;
    let mut nobody = app.nobody();
    let headers = [
        ("content-type", "image/png"),
        ("x-requested-with", "liaison"),
        ("idempotency-key", "photo-1"),
    ];
    let first: Upload = nobody
        .send(Method::POST, "/api/v1/uploads", &headers, Body::from(png(10, 10)))
        .await
        .ok();
    let reply = nobody
        .send(Method::POST, "/api/v1/uploads", &headers, Body::from(png(10, 10)))
        .await;
    assert_eq!(reply.header("idempotency-replayed"), "true");
    assert_eq!(reply.ok::<Upload>(), first);
    let reply = nobody
        .send(Method::POST, "/api/v1/uploads", &headers, Body::from(png(11, 10)))
        .await;
    assert_eq!(
        (reply.status.as_u16(), reply.problem().as_str()),
        (422, "idempotency_mismatch")
    );
}

#[tokio::test]
async fn pictures_nobody_used_are_swept_away() {
    let app = TestApp::start().await;
    let mut nobody = app.nobody();
    let kept: Upload = upload(&mut nobody, png(10, 10)).await.ok();
    let address = format!("{}?token={}", kept.picture.url, kept.token);
    app.pass(47 * 60 * 60_000);
    liaison_server::uploads::sweep(&app.state).await.unwrap();
    assert_eq!(nobody.get(&address).await.status, 200);
    app.pass(2 * 60 * 60_000);
    liaison_server::uploads::sweep(&app.state).await.unwrap();
    assert_eq!(nobody.get(&address).await.status, 404);
}

#[tokio::test]
async fn a_letters_pictures_are_for_author_and_staff_until_they_are_published() {
    let app = TestApp::start().await;
    let mut author = app.resident("199-0000-0001").await;
    let kept: Upload = upload(&mut author, png(30, 20)).await.ok();
    let mut body = letter();
    body["attachments"] = json!([kept.id]);
    let receipt: liaison_domain::dto::Receipt = author
        .write(
            Method::POST,
            "/api/v1/messages",
            &[("idempotency-key", "with-photo")],
            &body,
        )
        .await
        .ok();
    assert_eq!(author.get(&kept.picture.url).await.status, 200, "the author");
    assert_eq!(
        app.staff("songjing").await.get(&kept.picture.url).await.status,
        200,
        "the station"
    );
    assert_eq!(
        app.staff("luzhiyao").await.get(&kept.picture.url).await.status,
        200,
        "the deputy it is addressed to"
    );
    for other in ["yunfan", "guchengyuan", "jiaotong"] {
        assert_eq!(
            app.staff(other).await.get(&kept.picture.url).await.status,
            404,
            "{other}"
        );
    }
    let with_token = format!("{}?token={}", kept.picture.url, kept.token);
    assert_eq!(
        app.nobody().get(&with_token).await.status,
        404,
        "the upload's token ends with the letter"
    );
    assert_eq!(
        app.resident("199-0000-0002").await.get(&kept.picture.url).await.status,
        404,
        "another resident"
    );
    // Another letter cannot take it over.
    let stolen = author
        .write(
            Method::POST,
            "/api/v1/messages",
            &[("idempotency-key", "second")],
            &body,
        )
        .await;
    assert_eq!((stolen.status.as_u16(), stolen.problem().as_str()), (422, "validation"));
    assert!(receipt.no.starts_with("TH-2026-"));
}
