//! Recordings and videos by plain forms: chosen as files, carried along, removed.

use super::*;

/// The form of a page as its bytes, with files chosen in it.
fn chosen(page: &Reply, act: &str, files: &[(&str, &[u8])]) -> Body {
    let mut body = Vec::new();
    for (name, value) in fields(&form_of(&page.text(), "/write")) {
        body.extend(part("x", &name, None, value.as_bytes()));
    }
    for (name, bytes) in files {
        body.extend(part("x", name, Some("chosen"), bytes));
    }
    body.extend(part("x", "do", None, act.as_bytes()));
    body.extend_from_slice(b"--x--\r\n");
    Body::from(body)
}

async fn choose(client: &mut Client<'_>, page: &Reply, act: &str, files: &[(&str, &[u8])]) -> Reply {
    let headers = [("content-type", "multipart/form-data; boundary=x")];
    client
        .send(Method::POST, "/write", &headers, chosen(page, act, files))
        .await
}

fn carried(page: &Reply, wanted: &str) -> Option<String> {
    fields(&form_of(&page.text(), "/write"))
        .into_iter()
        .find_map(|(name, value)| (name == wanted).then_some(value))
}

async fn is_there(client: &mut Client<'_>, carried: &str) -> bool {
    let (id, token) = carried.split_once('.').expect("id and token");
    let reply = client.get(&format!("/api/v1/media/{id}?token={token}")).await;
    reply.status == StatusCode::OK
}

#[tokio::test]
async fn a_voice_travels_with_the_form_and_stands_for_words() {
    let app = TestApp::start().await;
    let mut client = app.resident("199-0000-0001").await;
    let page = client.get("/write?deputy=luzhiyao").await;
    assert!(page.text().contains("name=\"voice_file\""), "a file may be chosen");
    let page = choose(&mut client, &page, "voice", &[("voice_file", b"not a sound at all")]).await;
    assert_eq!(page.status, 422);
    assert!(
        page.text().contains("id=\"voice-error\""),
        "told beside the field: {}",
        page.text()
    );

    let sound = liaison_domain::sound::wav(&vec![900; 32_000], 16_000);
    let page = choose(&mut client, &page, "voice", &[("voice_file", &sound)]).await;
    assert!(page.text().contains("<audio"), "it can be heard: {}", page.text());
    let voice = carried(&page, "voice").expect("the form carries it");
    assert!(is_there(&mut client, &voice).await);
    let page = press(&mut client, &page, "/write", "next", &[("body", "")]).await;
    assert_eq!(heading(&page), "事情在哪里", "no words are needed");
    assert_eq!(carried(&page, "voice"), Some(voice.clone()));

    let check = [("step", "check"), ("kind", "help")];
    let done = press(&mut client, &page, "/write", "submit", &check).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    let mine = client.get("/mine").await.text();
    assert!(mine.contains("语音留言"), "{mine}");
    let no = mine.split("/mine/TH-").nth(1).and_then(|rest| rest.split('"').next());
    let page = client.get(&format!("/mine/TH-{}", no.expect("a letter"))).await.text();
    assert!(page.contains("<audio") && page.contains("0:02"), "heard on its page");
}

#[tokio::test]
async fn voice_and_video_are_removed_again() {
    let app = TestApp::start().await;
    let mut client = app.nobody();
    let page = client.get("/write?deputy=luzhiyao").await;
    let sound = liaison_domain::sound::wav(&vec![900; 32_000], 16_000);
    let page = choose(&mut client, &page, "voice", &[("voice_file", &sound)]).await;
    let voice = carried(&page, "voice").expect("the form carries it");
    let page = press(&mut client, &page, "/write", "voice-remove", &[]).await;
    assert_eq!(carried(&page, "voice"), None);
    assert!(!is_there(&mut client, &voice).await);

    let page = press(
        &mut client,
        &page,
        "/write",
        "goto:photos",
        &[("body", "学府路的路灯坏了三个星期。")],
    )
    .await;
    let page = choose(
        &mut client,
        &page,
        "video",
        &[("video_file", b"<!doctype html>not a film")],
    )
    .await;
    assert!(
        page.text().contains("id=\"video-error\""),
        "told beside the field: {}",
        page.text()
    );
    let film = video();
    let page = choose(&mut client, &page, "video", &[("video_file", &film)]).await;
    let video = carried(&page, "video").expect("the form carries it");
    assert!(is_there(&mut client, &video).await, "whole, in spite of its pieces");
    let page = press(&mut client, &page, "/write", "next", &[]).await;
    assert_eq!(carried(&page, "video"), Some(video.clone()));
    let page = press(&mut client, &page, "/write", "goto:photos", &[]).await;
    let page = press(&mut client, &page, "/write", "video-remove", &[]).await;
    assert_eq!(carried(&page, "video"), None);
    assert!(!is_there(&mut client, &video).await);
}

/// Two and a half megabytes of MP4 with one H.264 track.
fn video() -> Vec<u8> {
    let boxed = |kind: &[u8], body: &[u8]| -> Vec<u8> { [&(body.len() as u32 + 8).to_be_bytes(), kind, body].concat() };
    let handler = boxed(b"hdlr", &[&[0; 8], &b"vide"[..], &[0; 13]].concat());
    let codecs = boxed(
        b"stsd",
        &[&[0, 0, 0, 0, 0, 0, 0, 1][..], &boxed(b"avc1", &[0; 70])].concat(),
    );
    let media = boxed(b"mdia", &[handler, boxed(b"minf", &boxed(b"stbl", &codecs))].concat());
    [
        boxed(b"ftyp", b"isom\0\0\x02\0isommp42"),
        boxed(b"mdat", &vec![7; 2_500_000]),
        boxed(b"moov", &boxed(b"trak", &media)),
    ]
    .concat()
}
