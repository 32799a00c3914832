//! Files that were made to do harm, or that telephones make by mistake: each against the real address, each with what
//! becomes of it.

use crate::files::*;
use crate::support::*;
use axum::body::Body;
use axum::http::Method;
use image::ImageFormat;
use liaison_domain::dto::{IncomingVideo, MediaUpload, Upload};
use serde_json::json;

/// What is expected of a picture.
enum Picture {
    /// Kept as a clean JPEG of this size.
    Kept(u32, u32),
    Refused(u16, &'static str),
}

use Picture::{Kept, Refused};

/// What must not be in anything that is given out again.
const TRACES: [&[u8]; 5] = [b"SECRET", b"<script", b"<svg", b"PK\x03\x04", b"%PDF"];

fn has_trace(bytes: &[u8]) -> bool {
    TRACES
        .iter()
        .any(|trace| bytes.windows(trace.len()).any(|part| part == *trace))
}

fn with_tail(mut file: Vec<u8>, tail: &[u8]) -> Vec<u8> {
    file.extend_from_slice(tail);
    file
}

fn pictures() -> Vec<(&'static str, Vec<u8>, Picture)> {
    let jpeg = picture(ImageFormat::Jpeg, 40, 20);
    let png = picture(ImageFormat::Png, 40, 20);
    let webp = picture(ImageFormat::WebP, 40, 20);
    vec![
        ("a plain JPEG", jpeg.clone(), Kept(40, 20)),
        ("a plain PNG", png.clone(), Kept(40, 20)),
        ("a plain WebP", webp.clone(), Kept(40, 20)),
        (
            "a JPEG on its side that knows its place",
            turned_jpeg(40, 20),
            Kept(20, 40),
        ),
        (
            "a JPEG with a page behind it",
            with_tail(jpeg.clone(), b"<script>alert(1)</script>"),
            Kept(40, 20),
        ),
        (
            "a JPEG with an archive behind it",
            with_tail(jpeg.clone(), b"PK\x03\x04 and files"),
            Kept(40, 20),
        ),
        (
            "a PNG with a drawing behind it",
            with_tail(png.clone(), b"<svg onload='alert(1)'/>"),
            Kept(40, 20),
        ),
        ("an animated PNG", apng(), Kept(20, 10)),
        ("a wide picture", picture(ImageFormat::Png, 4000, 100), Kept(2000, 50)),
        ("nothing", Vec::new(), Refused(422, "upload_empty")),
        ("one byte", vec![0xFF], Refused(422, "upload_type")),
        ("an animated GIF", gif(), Refused(422, "upload_type")),
        (
            "a GIF that is also a script",
            with_tail(gif(), b"=1;alert(1)"),
            Refused(422, "upload_type"),
        ),
        (
            "a drawing with a script",
            b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>".to_vec(),
            Refused(422, "upload_type"),
        ),
        (
            "a drawing behind a declaration",
            b"<?xml version='1.0'?><svg><script>alert(1)</script></svg>".to_vec(),
            Refused(422, "upload_type"),
        ),
        (
            "a page called .jpg",
            b"<!doctype html><script>alert(1)</script>".to_vec(),
            Refused(422, "upload_type"),
        ),
        ("a PDF", b"%PDF-1.7\n1 0 obj".to_vec(), Refused(422, "upload_type")),
        (
            "an archive",
            b"PK\x03\x04\x14\0\0\0".to_vec(),
            Refused(422, "upload_type"),
        ),
        ("a program", b"MZ\x90\0\x03".to_vec(), Refused(422, "upload_type")),
        (
            "a Linux program",
            b"\x7fELF\x02\x01\x01".to_vec(),
            Refused(422, "upload_type"),
        ),
        (
            "a shell script",
            b"#!/bin/sh\nrm -rf ~\n".to_vec(),
            Refused(422, "upload_type"),
        ),
        ("a recording", wav(200), Refused(422, "upload_type")),
        ("a video", video(200), Refused(422, "upload_type")),
        ("a BMP", b"BM\x46\0\0\0".to_vec(), Refused(422, "upload_type")),
        ("a TIFF", b"II*\0\x08\0\0\0".to_vec(), Refused(422, "upload_type")),
        (
            "HEIC",
            boxed(b"ftyp", b"heic\0\0\0\0mif1heic"),
            Refused(422, "upload_heic"),
        ),
        (
            "AVIF",
            boxed(b"ftyp", b"avif\0\0\0\0mif1avif"),
            Refused(422, "upload_heic"),
        ),
        (
            "half a JPEG",
            jpeg[..jpeg.len() / 2].to_vec(),
            Refused(422, "upload_broken"),
        ),
        (
            "half a PNG",
            png[..png.len() / 2].to_vec(),
            Refused(422, "upload_broken"),
        ),
        (
            "half a WebP",
            webp[..webp.len() / 2].to_vec(),
            Refused(422, "upload_broken"),
        ),
        (
            "the beginning of a JPEG",
            b"\xFF\xD8\xFF\xE0".to_vec(),
            Refused(422, "upload_broken"),
        ),
        (
            "a JPEG's first bytes before a page",
            with_tail(vec![0xFF, 0xD8, 0xFF], b"<script>alert(1)</script>"),
            Refused(422, "upload_broken"),
        ),
        (
            "a PNG of a page",
            with_tail(b"\x89PNG\r\n\x1a\n".to_vec(), b"<html>"),
            Refused(422, "upload_broken"),
        ),
        (
            "an animated WebP of nothing",
            b"RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0\0\0\0\0\0\0".to_vec(),
            Refused(422, "upload_broken"),
        ),
        (
            "a PNG that unfolds",
            picture(ImageFormat::Png, 1500, 1500),
            Refused(422, "upload_pixels"),
        ),
        (
            "a PNG that claims a city",
            png_that_claims(60_000, 60_000),
            Refused(422, "upload_pixels"),
        ),
        (
            "a PNG that claims everything",
            png_that_claims(u32::MAX, u32::MAX),
            Refused(422, "upload_pixels"),
        ),
        ("too many bytes", vec![0xFF; 200_001], Refused(413, "too_large")),
    ]
}

#[tokio::test]
async fn every_file_sent_as_a_picture_becomes_a_clean_one_or_is_refused() {
    let app = TestApp::with(&[("uploads.max_bytes", "200000"), ("uploads.max_pixels", "1000000")]).await;
    let mut nobody = app.nobody();
    // Name and declared type mean nothing.
    let headers = [("content-type", "image/jpeg"), ("x-requested-with", "liaison")];
    for (name, file, expected) in pictures() {
        let reply = nobody
            .send(Method::POST, "/api/v1/uploads", &headers, Body::from(file))
            .await;
        match expected {
            Kept(width, height) => {
                assert_eq!(reply.status, 201, "{name}: {}", reply.text());
                let kept: Upload = reply.ok();
                assert_eq!((kept.picture.width, kept.picture.height), (width, height), "{name}");
                for address in [&kept.picture.url, &kept.picture.thumb_url] {
                    let shown = nobody.get(&format!("{address}?token={}", kept.token)).await;
                    assert_eq!(shown.header("content-type"), "image/jpeg", "{name}");
                    assert!(shown.body.starts_with(&[0xFF, 0xD8, 0xFF]), "{name}");
                    assert!(!has_trace(&shown.body), "{name} keeps what it brought along");
                }
            }
            Refused(status, code) => {
                let got = (reply.status.as_u16(), reply.problem());
                assert_eq!(got, (status, code.to_owned()), "{name}");
            }
        }
    }
}

/// What is expected of a recording or video: its kind, or why not.
type Expected = Result<&'static str, (u16, &'static str)>;

fn recordings() -> Vec<(&'static str, Vec<u8>, Expected)> {
    let good = wav(1_000);
    let patched = |at: usize, bytes: &[u8]| {
        let mut file = wav(1_000);
        file[at..at + bytes.len()].copy_from_slice(bytes);
        file
    };
    vec![
        ("as the app records it", good.clone(), Ok("audio/wav")),
        (
            "a sound with a page behind it",
            with_tail(good.clone(), b"<script>alert(1)</script>"),
            Ok("audio/wav"),
        ),
        ("a telephone's recorder", m4a(9_000), Ok("audio/mp4")),
        ("a recorder that does not know how long", m4a(0), Ok("audio/mp4")),
        (
            "an old telephone's",
            mp4(&[(b"soun", b"samr")], 9_000),
            Ok("audio/3gpp"),
        ),
        ("MP3", mp3(100), Ok("audio/mpeg")),
        (
            "MP3 with a title",
            with_tail(b"ID3\x04\0\0\0\0\0\x06SECRET".to_vec(), &mp3(100)),
            Ok("audio/mpeg"),
        ),
        ("AAC", aac(50), Ok("audio/aac")),
        ("AMR", amr(100), Ok("audio/amr")),
        ("a browser's own", webm(b"webm", &[(2, "A_OPUS")]), Ok("audio/webm")),
        ("nothing", Vec::new(), Err((422, "upload_empty"))),
        ("a WAV of nothing", wav(0), Err((422, "upload_empty"))),
        (
            "a WAV with more data than it has",
            patched(40, &9_000_000_u32.to_le_bytes()),
            Err((422, "upload_broken")),
        ),
        (
            "a WAV with an endless chunk",
            patched(16, &u32::MAX.to_le_bytes()),
            Err((422, "upload_broken")),
        ),
        (
            "a WAV of another speed",
            patched(28, &7_u32.to_le_bytes()),
            Err((422, "upload_broken")),
        ),
        (
            "a WAV of an unknown kind",
            patched(20, &0x55_u16.to_le_bytes()),
            Err((422, "voice_codec")),
        ),
        (
            "a WAV with two hundred channels",
            patched(22, &200_u16.to_le_bytes()),
            Err((422, "voice_codec")),
        ),
        ("half a WAV", good[..30].to_vec(), Err((422, "upload_broken"))),
        ("two minutes", m4a(120_000), Err((422, "voice_too_long"))),
        ("two minutes of AMR", amr(6_000), Err((422, "voice_too_long"))),
        ("half an M4A", m4a(9_000)[..2_000].to_vec(), Err((422, "upload_broken"))),
        (
            "an M4A with no table",
            [boxed(b"ftyp", b"M4A \0\0\0\0"), boxed(b"mdat", &[1; 99])].concat(),
            Err((422, "upload_broken")),
        ),
        (
            "an M4A with two tables",
            [m4a(9_000), moov(&[(b"soun", b"mp4a")], 1)].concat(),
            Err((422, "upload_broken")),
        ),
        (
            "an M4A with a page behind it",
            with_tail(m4a(9_000), b"<script>alert(1)</script>"),
            Err((422, "upload_broken")),
        ),
        (
            "an M4A of an odd codec",
            mp4(&[(b"soun", b"evil")], 9_000),
            Err((422, "voice_codec")),
        ),
        ("a video for a voice", video(500), Err((422, "voice_codec"))),
        (
            "a WebM video for a voice",
            webm(b"webm", &[(1, "V_VP9"), (2, "A_OPUS")]),
            Err((422, "voice_codec")),
        ),
        (
            "a Matroska file",
            webm(b"matroska", &[(2, "A_OPUS")]),
            Err((422, "voice_type")),
        ),
        (
            "MP3 with an archive behind it",
            with_tail(mp3(100), &b"PK\x03\x04".repeat(2_000)),
            Err((422, "upload_broken")),
        ),
        (
            "AMR with a page behind it",
            with_tail(amr(100), b"<html>"),
            Err((422, "upload_broken")),
        ),
        (
            "a picture",
            picture(ImageFormat::Jpeg, 40, 20),
            Err((422, "voice_type")),
        ),
        (
            "a page called .mp3",
            b"<!doctype html><script>alert(1)</script>".to_vec(),
            Err((422, "voice_type")),
        ),
        (
            "a drawing",
            b"<svg onload='alert(1)'/>".to_vec(),
            Err((422, "voice_type")),
        ),
        ("a PDF", b"%PDF-1.7".to_vec(), Err((422, "voice_type"))),
        ("an archive", b"PK\x03\x04\x14\0".to_vec(), Err((422, "voice_type"))),
        (
            "a list of addresses",
            b"#EXTM3U\nhttp://10.0.0.1/secret".to_vec(),
            Err((422, "voice_type")),
        ),
        ("too many bytes", vec![0; 300_001], Err((413, "too_large"))),
    ]
}

#[tokio::test]
async fn every_file_sent_as_a_recording_is_one_or_is_refused() {
    let app = TestApp::with(&[("uploads.voice_max_bytes", "300000")]).await;
    let mut nobody = app.nobody();
    let headers = [("content-type", "audio/wav"), ("x-requested-with", "liaison")];
    for (name, file, expected) in recordings() {
        let reply = nobody
            .send(Method::POST, "/api/v1/media/voices", &headers, Body::from(file))
            .await;
        match expected {
            Ok(mime) => {
                assert_eq!(reply.status, 201, "{name}: {}", reply.text());
                let kept: MediaUpload = reply.ok();
                let heard = nobody.get(&format!("{}?token={}", kept.media.url, kept.token)).await;
                assert_eq!(heard.header("content-type"), mime, "{name}");
                assert_eq!(heard.header("x-content-type-options"), "nosniff", "{name}");
                assert!(heard.header("content-security-policy").contains("sandbox"), "{name}");
                assert_eq!(heard.body.len() as u64, kept.media.bytes, "{name}");
                assert!(!has_trace(&heard.body), "{name} keeps what it brought along");
            }
            Err((status, code)) => {
                let got = (reply.status.as_u16(), reply.problem());
                assert_eq!(got, (status, code.to_owned()), "{name}");
            }
        }
    }
}

fn videos() -> Vec<(&'static str, Vec<u8>, Expected)> {
    vec![
        ("a telephone's, longer than a piece", video(1_500_000), Ok("video/mp4")),
        ("HEVC without sound", mp4(&[(b"vide", b"hvc1")], 5_000), Ok("video/mp4")),
        (
            "a browser's own",
            webm(b"webm", &[(1, "V_VP8"), (2, "A_OPUS")]),
            Ok("video/webm"),
        ),
        ("a browser's own, as it was filmed", live_webm(), Ok("video/webm")),
        (
            "a browser's own, cut off",
            live_webm()[..2_000_000].to_vec(),
            Ok("video/webm"),
        ),
        (
            "WebM with a page behind it",
            with_tail(webm(b"webm", &[(1, "V_VP8")]), b"<script>alert(1)</script>"),
            Err((422, "upload_broken")),
        ),
        (
            "WebM with nothing to see",
            live_webm_head(),
            Err((422, "upload_broken")),
        ),
        (
            "no table",
            [boxed(b"ftyp", b"isom"), boxed(b"mdat", &[1; 99])].concat(),
            Err((422, "upload_broken")),
        ),
        (
            "no data",
            [boxed(b"ftyp", b"isom"), moov(&[(b"vide", b"avc1")], 9)].concat(),
            Err((422, "upload_broken")),
        ),
        (
            "half a video",
            video(5_000)[..3_000].to_vec(),
            Err((422, "upload_broken")),
        ),
        ("an odd codec", mp4(&[(b"vide", b"mp4v")], 9), Err((422, "video_codec"))),
        (
            "odd sound",
            mp4(&[(b"vide", b"avc1"), (b"soun", b"ac-3")], 9),
            Err((422, "video_codec")),
        ),
        ("a recording", m4a(9_000), Err((422, "video_codec"))),
        (
            "WebM with an odd codec",
            webm(b"webm", &[(1, "V_MPEG4/ISO/AVC")]),
            Err((422, "video_codec")),
        ),
        (
            "a page behind it",
            with_tail(video(500), b"<script>alert(1)</script>"),
            Err((422, "upload_broken")),
        ),
        (
            "a page",
            b"<!doctype html><script>alert(1)</script>".to_vec(),
            Err((422, "video_type")),
        ),
        ("a picture", picture(ImageFormat::Png, 40, 20), Err((422, "video_type"))),
        ("an AVI", b"RIFF\x10\0\0\0AVI LIST".to_vec(), Err((422, "video_type"))),
        ("one byte", vec![0], Err((422, "video_type"))),
    ]
}

#[tokio::test]
async fn every_file_sent_as_a_video_is_one_or_is_refused_and_leaves_nothing_behind() {
    let app = TestApp::start().await;
    let mut nobody = app.nobody();
    for (name, file, expected) in videos() {
        let announced: IncomingVideo = nobody
            .post("/api/v1/media/videos", &json!({ "bytes": file.len() }))
            .await
            .ok();
        let token = announced.token.unwrap();
        let path = format!("/api/v1/media/videos/{}", announced.id);
        let mut offset = 0;
        for piece in file.chunks(1024 * 1024) {
            let at = offset.to_string();
            let headers = [
                ("x-requested-with", "liaison"),
                ("x-upload-token", &token),
                ("upload-offset", &at),
            ];
            let reply = nobody
                .send(Method::PATCH, &path, &headers, Body::from(piece.to_vec()))
                .await;
            offset = reply.ok::<IncomingVideo>().offset;
        }
        assert_eq!(offset, file.len() as u64, "{name}");
        let token_header = [("x-upload-token", token.as_str())];
        let complete = format!("{path}/complete");
        let reply = nobody.write(Method::POST, &complete, &token_header, &json!({})).await;
        match expected {
            Ok(mime) => {
                let kept: MediaUpload = reply.ok();
                assert_eq!(kept.media.mime, mime, "{name}");
                let seen = nobody.get(&format!("{}?token={token}", kept.media.url)).await;
                assert_eq!(seen.body.len(), file.len(), "{name}: nothing in it has moved");
                assert!(!has_trace(&seen.body), "{name} keeps what it brought along");
            }
            Err((status, code)) => {
                let got = (reply.status.as_u16(), reply.problem());
                assert_eq!(got, (status, code.to_owned()), "{name}");
            }
        }
        let gone = nobody.send(Method::GET, &path, &token_header, Body::empty()).await;
        assert_eq!(gone.status, 404, "{name}: the pieces are gone");
    }
}
