//! Recordings and videos of letters: said, heard by those who may, written down, and never public.

use crate::files::*;
use crate::support::*;
use axum::body::Body;
use axum::http::Method;
use liaison_domain::dto::{CaseView, DeskCase, IncomingVideo, MediaUpload, Queue, Receipt, Transcript};
use liaison_server::jobs::Runner;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

async fn say(client: &mut Client<'_>, sound: Vec<u8>) -> MediaUpload {
    let headers = [("content-type", "audio/wav"), ("x-requested-with", "liaison")];
    client
        .send(Method::POST, "/api/v1/media/voices", &headers, Body::from(sound))
        .await
        .ok()
}

/// A letter that is spoken and not written.
fn spoken(media: &[&str]) -> Value {
    let mut body = letter();
    body["body"] = json!("");
    body["media"] = json!(media);
    body
}

async fn send(client: &mut Client<'_>, key: &str, body: &Value) -> Reply {
    client
        .write(Method::POST, "/api/v1/messages", &[("idempotency-key", key)], body)
        .await
}

#[tokio::test]
async fn a_letter_may_be_spoken_and_is_heard_by_those_who_work_on_it() {
    let app = TestApp::start().await;
    let mut author = app.resident("199-0000-0001").await;
    let voice = say(&mut author, wav(20_000)).await;
    assert_eq!(
        (voice.media.kind.as_str(), voice.media.duration),
        ("voice", Some(20_000))
    );
    let receipt: Receipt = send(&mut author, "spoken", &spoken(&[&voice.id])).await.ok();

    let mine: CaseView = author.get(&format!("/api/v1/messages/{}", receipt.no)).await.ok();
    assert_eq!(mine.title, "语音留言");
    assert_eq!(mine.media.len(), 1, "the author hears it");
    let address = mine.media[0].url.clone();
    assert_eq!(author.get(&address).await.status, 200);
    for staff in ["songjing", "luzhiyao"] {
        let mut staff = app.staff(staff).await;
        let desk: DeskCase = staff.get(&format!("/api/v1/desk/cases/{}", receipt.id)).await.ok();
        assert_eq!(desk.media, mine.media);
        let heard = staff.get(&address).await;
        assert_eq!(
            (heard.status.as_u16(), heard.header("content-type")),
            (200, "audio/wav")
        );
        assert_eq!(heard.header("accept-ranges"), "bytes");
    }
    for other in ["yunfan", "guchengyuan", "jiaotong"] {
        assert_eq!(app.staff(other).await.get(&address).await.status, 404, "{other}");
    }
    let with_token = format!("{address}?token={}", voice.token);
    assert_eq!(
        app.nobody().get(&with_token).await.status,
        404,
        "the token ends with the letter"
    );
    let other = app.resident("199-0000-0002").await.get(&address).await.status;
    assert_eq!(other, 404, "another resident");
    let as_picture = author.get(&format!("/api/v1/files/{}", voice.id)).await;
    assert_eq!(as_picture.status, 404, "it is no picture");

    let stolen = send(&mut author, "again", &spoken(&[&voice.id])).await;
    assert_eq!((stolen.status.as_u16(), stolen.problem().as_str()), (422, "validation"));
}

#[tokio::test]
async fn players_get_the_bytes_they_ask_for() {
    let app = TestApp::start().await;
    let mut nobody = app.nobody();
    let sound = wav(1_000);
    let voice = say(&mut nobody, sound.clone()).await;
    let address = format!("{}?token={}", voice.media.url, voice.token);
    let length = sound.len();
    for (asked, from, to) in [
        ("bytes=0-1", 0, 2),
        ("bytes=44-", 44, length),
        ("bytes=-10", length - 10, length),
        ("bytes=10-99999999", 10, length),
    ] {
        let part = nobody
            .send(Method::GET, &address, &[("range", asked)], Body::empty())
            .await;
        assert_eq!(part.status, 206, "{asked}");
        assert_eq!(part.body, sound[from..to], "{asked}");
        assert_eq!(
            part.header("content-range"),
            format!("bytes {from}-{}/{length}", to - 1)
        );
        assert_eq!(part.header("content-length"), (to - from).to_string());
    }
    let beyond = [("range", "bytes=99999999-")];
    let none = nobody.send(Method::GET, &address, &beyond, Body::empty()).await;
    assert_eq!(
        (none.status.as_u16(), none.header("content-range")),
        (416, &*format!("bytes */{length}"))
    );
    let all = nobody.get(&address).await;
    assert_eq!((all.status.as_u16(), all.body), (200, sound));
}

#[tokio::test]
async fn a_voice_is_no_picture_and_a_picture_no_voice() {
    let app = TestApp::start().await;
    let mut author = app.resident("199-0000-0001").await;
    let voice = say(&mut author, wav(900)).await;
    let mut body = letter();
    body["attachments"] = json!([voice.id]);
    let refused = send(&mut author, "as-picture", &body).await;
    assert_eq!(
        refused.json()["fields"][0],
        json!({ "field": "attachments.0", "code": "unknown" })
    );

    let second = say(&mut author, wav(900)).await;
    let refused = send(&mut author, "two", &spoken(&[&voice.id, &second.id])).await;
    assert_eq!(
        refused.json()["fields"][0],
        json!({ "field": "media.1", "code": "unknown" }),
        "one voice a letter"
    );
    let refused = send(&mut author, "nothing", &spoken(&[])).await;
    assert_eq!(refused.json()["fields"][0]["field"], "body", "neither words nor voice");
    let refused = send(&mut author, "made-up", &spoken(&["0123"])).await;
    assert_eq!(
        refused.json()["fields"][0],
        json!({ "field": "media.0", "code": "unknown" })
    );

    let removed = author
        .write(
            Method::DELETE,
            &format!("/api/v1/uploads/{}", voice.id),
            &[("x-upload-token", &voice.token)],
            &json!({}),
        )
        .await;
    assert_eq!(removed.status, 204);
    let refused = send(&mut author, "removed", &spoken(&[&voice.id])).await;
    assert_eq!(refused.status, 422);
}

#[tokio::test]
async fn many_spoken_letters_are_no_wave_of_the_same_words() {
    let app = TestApp::start().await;
    for n in 1..=6 {
        let mut author = app.resident(&format!("199-0000-000{n}")).await;
        let voice = say(&mut author, wav(900)).await;
        let receipt: Receipt = send(&mut author, &format!("spoken-{n}"), &spoken(&[&voice.id]))
            .await
            .ok();
        assert_eq!(receipt.state.code(), "submitted", "letter {n}");
    }
}

#[tokio::test]
async fn the_office_writes_down_what_is_said_and_finds_it_again() {
    let app = TestApp::start().await;
    let mut author = app.resident("199-0000-0001").await;
    let voice = say(&mut author, wav(900)).await;
    let receipt: Receipt = send(&mut author, "spoken", &spoken(&[&voice.id])).await.ok();
    let path = format!("/api/v1/desk/media/{}/transcript", voice.id);
    let put = |text: &str, after: u32| json!({ "text": text, "after": after });

    let mut office = app.staff("songjing").await;
    let first: Transcript = office
        .write(Method::PUT, &path, &[], &put("三号楼的水泵坏了，地下车库进水。", 0))
        .await
        .ok();
    assert_eq!((first.version, first.by_machine), (1, false));
    let late = office.write(Method::PUT, &path, &[], &put("别的话", 0)).await;
    assert_eq!(late.status, 409, "somebody wrote in between");
    let second: Transcript = office
        .write(
            Method::PUT,
            &path,
            &[],
            &put("三号楼的水泵坏了，地下车库一下雨就进水。", 1),
        )
        .await
        .ok();
    assert_eq!(second.version, 2);
    assert_eq!(
        app.state.store.transcripts(&voice.id).await.unwrap().len(),
        2,
        "both versions stay"
    );

    let mine: CaseView = author.get(&format!("/api/v1/messages/{}", receipt.no)).await.ok();
    assert_eq!(
        mine.media[0].transcript.as_ref(),
        Some(&second),
        "the author reads it too"
    );
    let queue: Queue = office.get("/api/v1/office/queue?lane=new&q=水泵").await.ok();
    assert_eq!(queue.items.len(), 1, "it is found by what was said");

    let mut unsorted = spoken(&[&say(&mut author, wav(900)).await.id]);
    unsorted["category"] = Value::Null;
    unsorted["category_by_resident"] = json!(false);
    let other: Receipt = send(&mut author, "unsorted", &unsorted).await.ok();
    let case = format!("/api/v1/desk/cases/{}", other.id);
    let before: DeskCase = office.get(&case).await.ok();
    assert_eq!(before.category, None, "nothing is known of it");
    let lamp = format!("/api/v1/desk/media/{}/transcript", before.media[0].id);
    let said = put("学府路的路灯坏了，晚上很黑。", 0);
    assert_eq!(office.write(Method::PUT, &lamp, &[], &said).await.status, 200);
    let after: DeskCase = office.get(&case).await.ok();
    let category = after.category.map(|category| category.slug);
    assert_eq!(
        (category.as_deref(), after.category_guessed),
        (Some("transport.lamp"), true),
        "proposed by what was said"
    );

    assert_eq!(
        author.write(Method::PUT, &path, &[], &put("我说的", 2)).await.status,
        403
    );
    let mut deputy = app.staff("luzhiyao").await;
    assert_eq!(
        deputy.write(Method::PUT, &path, &[], &put("我听的", 2)).await.status,
        403
    );
    let mut elsewhere = app.staff("yunfan").await;
    assert_eq!(
        elsewhere.write(Method::PUT, &path, &[], &put("别处", 2)).await.status,
        404
    );
    let empty = office.write(Method::PUT, &path, &[], &put("  ", 2)).await;
    assert_eq!(
        empty.json()["fields"][0],
        json!({ "field": "text", "code": "required" })
    );
}

#[tokio::test]
async fn a_video_goes_on_where_the_line_broke() {
    let app = TestApp::start().await;
    let mut author = app.resident("199-0000-0001").await;
    let film = video(2_200_000);
    let announced: IncomingVideo = author
        .post("/api/v1/media/videos", &json!({ "bytes": film.len() }))
        .await
        .ok();
    let token = announced.token.clone().unwrap();
    let path = format!("/api/v1/media/videos/{}", announced.id);
    let complete = format!("{path}/complete");
    let piece = 1024 * 1024;
    let piece_from = |at: usize, token: &str| {
        let headers = vec![
            ("x-requested-with".to_owned(), "liaison".to_owned()),
            ("x-upload-token".to_owned(), token.to_owned()),
            ("upload-offset".to_owned(), at.to_string()),
        ];
        (headers, Body::from(film[at..(at + piece).min(film.len())].to_vec()))
    };
    let mut send_piece = async |at: usize, token: &str| {
        let (headers, body) = piece_from(at, token);
        let headers: Vec<(&str, &str)> = headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        author.send(Method::PATCH, &path, &headers, body).await
    };
    assert_eq!(send_piece(0, &token).await.ok::<IncomingVideo>().offset, piece as u64);
    let twice = send_piece(0, &token).await;
    assert_eq!(
        (twice.status.as_u16(), twice.problem().as_str()),
        (409, "upload_offset")
    );
    let gap = send_piece(2 * piece, &token).await;
    assert_eq!(gap.problem(), "upload_offset", "nothing may be left out");
    assert_eq!(
        send_piece(piece, "wrong").await.status,
        404,
        "only for whoever holds the token"
    );

    let with_token = [("x-upload-token", token.as_str())];
    let early = author.write(Method::POST, &complete, &with_token, &json!({})).await;
    assert_eq!(early.problem(), "upload_offset", "there is more to come");
    let standing: IncomingVideo = author.send(Method::GET, &path, &with_token, Body::empty()).await.ok();
    assert_eq!((standing.offset, standing.bytes), (piece as u64, film.len() as u64));

    let mut send_piece = async |at: usize| {
        let (headers, body) = piece_from(at, &token);
        let headers: Vec<(&str, &str)> = headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        author.send(Method::PATCH, &path, &headers, body).await
    };
    send_piece(piece).await.ok::<IncomingVideo>();
    send_piece(2 * piece).await.ok::<IncomingVideo>();
    let once = [("x-upload-token", token.as_str()), ("idempotency-key", "film")];
    let kept: MediaUpload = author.write(Method::POST, &complete, &once, &json!({})).await.ok();
    assert_eq!((kept.media.kind.as_str(), kept.media.duration), ("video", Some(12_000)));
    let again: MediaUpload = author.write(Method::POST, &complete, &once, &json!({})).await.ok();
    assert_eq!(again, kept, "an answer that was lost is given again");

    let mut body = letter();
    body["media"] = json!([kept.id]);
    let receipt: Receipt = send(&mut author, "filmed", &body).await.ok();
    let mut office = app.staff("songjing").await;
    let desk: DeskCase = office.get(&format!("/api/v1/desk/cases/{}", receipt.id)).await.ok();
    let jump = [("range", "bytes=2000000-2000009")];
    let part = office.send(Method::GET, &desk.media[0].url, &jump, Body::empty()).await;
    assert_eq!((part.status.as_u16(), part.body.len()), (206, 10));
}

#[tokio::test]
async fn a_video_that_is_given_up_or_forgotten_leaves_nothing() {
    let app = TestApp::with(&[("demo.enabled", "true"), ("uploads.video_max_bytes", "2000000")]).await;
    let mut nobody = app.nobody();
    let too_large = nobody
        .post("/api/v1/media/videos", &json!({ "bytes": 2_000_001 }))
        .await;
    assert_eq!(
        (too_large.status.as_u16(), too_large.problem().as_str()),
        (413, "too_large")
    );
    let empty = nobody.post("/api/v1/media/videos", &json!({ "bytes": 0 })).await;
    assert_eq!(empty.problem(), "upload_empty");

    let mut begun = Vec::new();
    for _ in 0..2 {
        let announced: IncomingVideo = nobody
            .post("/api/v1/media/videos", &json!({ "bytes": 5000 }))
            .await
            .ok();
        let token = announced.token.unwrap();
        let path = format!("/api/v1/media/videos/{}", announced.id);
        let headers = [
            ("x-requested-with", "liaison"),
            ("x-upload-token", &token),
            ("upload-offset", "0"),
        ];
        nobody
            .send(Method::PATCH, &path, &headers, Body::from(vec![1; 900]))
            .await
            .ok::<IncomingVideo>();
        begun.push((path, token));
    }
    assert_eq!(files_in(&app).len(), 2);
    let (path, token) = &begun[0];
    let with_token = [("x-upload-token", token.as_str())];
    assert_eq!(
        nobody.write(Method::DELETE, path, &with_token, &json!({})).await.status,
        204
    );
    assert_eq!(files_in(&app).len(), 1, "given up");
    app.pass(47 * 60 * 60_000);
    liaison_server::uploads::sweep(&app.state).await.unwrap();
    assert_eq!(files_in(&app).len(), 1, "it may still go on");
    app.pass(2 * 60 * 60_000);
    liaison_server::uploads::sweep(&app.state).await.unwrap();
    assert_eq!(files_in(&app), Vec::<std::path::PathBuf>::new(), "forgotten");

    let none = TestApp::with(&[("uploads.video_max_bytes", "0")]).await;
    let refused = none
        .nobody()
        .post("/api/v1/media/videos", &json!({ "bytes": 10 }))
        .await;
    assert_eq!(refused.status, 413, "no videos are taken");
}

/// Every file below the folder of uploads.
fn files_in(app: &TestApp) -> Vec<std::path::PathBuf> {
    let mut folders = vec![app.state.config.data.join("files")];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files
}

/// A service that hears: one answer a recording, in this order. Gives its address and what it was sent.
async fn listener(
    answers: Vec<(u16, &'static str)>,
) -> (String, tokio::sync::mpsc::UnboundedReceiver<(String, Vec<u8>)>) {
    let socket = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/hear?lang=zh", socket.local_addr().unwrap());
    let (told, heard) = tokio::sync::mpsc::unbounded_channel();
    tokio::spawn(async move {
        for (status, answer) in answers {
            let (mut line, _) = socket.accept().await.unwrap();
            let mut bytes = Vec::new();
            let request = loop {
                let mut piece = [0; 4096];
                let n = line.read(&mut piece).await.unwrap();
                assert!(n > 0, "the request is cut off");
                bytes.extend_from_slice(&piece[..n]);
                let Some(end) = bytes.windows(4).position(|part| part == b"\r\n\r\n") else {
                    continue;
                };
                let top = String::from_utf8(bytes[..end].to_vec()).unwrap().to_lowercase();
                let length = top.lines().find_map(|line| line.strip_prefix("content-length: "));
                let length: usize = length.unwrap().parse().unwrap();
                if bytes.len() >= end + 4 + length {
                    break (top, bytes[end + 4..].to_vec());
                }
            };
            told.send(request).unwrap();
            let answer = format!(
                "HTTP/1.1 {status} X\r\ncontent-length: {}\r\n\r\n{answer}",
                answer.len()
            );
            line.write_all(answer.as_bytes()).await.unwrap();
        }
    });
    (address, heard)
}

#[tokio::test]
async fn a_machines_text_is_a_machines_until_somebody_confirms_it() {
    let (address, mut heard) = listener(vec![
        (503, "busy"),
        (200, r#"{"text": " 三号楼的水磅坏了 ", "more": 1}"#),
        (200, "not JSON"),
    ])
    .await;
    let app = TestApp::with(&[
        ("demo.enabled", "true"),
        ("speech.url", &address),
        ("speech.token", "for-the-service"),
    ])
    .await;
    let mut author = app.resident("199-0000-0001").await;
    let unsent = say(&mut author, wav(700)).await;
    let voice = say(&mut author, wav(900)).await;
    let receipt: Receipt = send(&mut author, "spoken", &spoken(&[&voice.id])).await.ok();
    let run = async || {
        app.pass(61_000);
        let ran = Runner::new(app.state.clone()).run_due().await.unwrap();
        ran.into_iter()
            .find(|(name, _)| *name == "speech")
            .map(|(_, done)| done)
    };

    assert_eq!(run().await, Some(0), "the service is busy");
    let (top, sound) = heard.recv().await.unwrap();
    assert!(top.starts_with("post /hear?lang=zh http/1.1"), "{top}");
    assert!(top.contains("content-type: audio/wav"), "{top}");
    assert!(top.contains("authorization: bearer for-the-service"), "{top}");
    assert_eq!(sound, wav(900));
    assert_eq!(run().await, Some(1), "it is asked again");
    assert_eq!(run().await, Some(0), "once is enough");

    let mut office = app.staff("songjing").await;
    let path = format!("/api/v1/desk/cases/{}", receipt.id);
    let desk: DeskCase = office.get(&path).await.ok();
    let written = desk.media[0].transcript.clone().unwrap();
    assert_eq!((written.text.as_str(), written.by_machine), ("三号楼的水磅坏了", true));
    let put = format!("/api/v1/desk/media/{}/transcript", voice.id);
    let confirmed = json!({ "text": "三号楼的水泵坏了", "after": 1 });
    let confirmed: Transcript = office.write(Method::PUT, &put, &[], &confirmed).await.ok();
    assert_eq!((confirmed.by_machine, confirmed.version), (false, 2));

    // What belongs to no letter is nobody's to hear; what cannot be read is tried a few times and left to people.
    let second = say(&mut author, wav(800)).await;
    let _: Receipt = send(&mut author, "second", &spoken(&[&second.id])).await.ok();
    assert_eq!(run().await, Some(0));
    for _ in 0..5 {
        assert_eq!(run().await, Some(0));
    }
    assert_eq!(app.state.store.transcripts(&second.id).await.unwrap(), []);
    assert_eq!(app.state.store.transcripts(&unsent.id).await.unwrap(), []);
    assert_eq!(
        app.state.store.voices_to_write_down(4, 9).await.unwrap(),
        [],
        "given up"
    );
}

#[tokio::test]
async fn a_recording_that_was_still_on_its_way_follows_its_letter() {
    let app = TestApp::start().await;
    let mut author = app.resident("199-0000-0001").await;
    let receipt: Receipt = send(&mut author, "words first", &letter()).await.ok();
    let voice = say(&mut author, wav(3_000)).await;
    let follow = |id: &str| json!({ "type": "supplement", "text": "补上提交时没来得及传的录音。", "media": [id] });

    let wrong = author.act(&receipt.id, follow("nowhere")).await;
    let said = wrong.json();
    assert_eq!(
        (wrong.status.as_u16(), &said["fields"][0]["field"]),
        (422, &json!("media")),
        "{said}"
    );
    let mut stranger = app.resident("199-0000-0002").await;
    assert_eq!(
        stranger.act(&receipt.id, follow(&voice.id)).await.status,
        404,
        "another resident"
    );

    assert_eq!(author.act(&receipt.id, follow(&voice.id)).await.status, 200);
    let view: CaseView = author.get(&format!("/api/v1/messages/{}", receipt.no)).await.ok();
    assert_eq!(view.media.len(), 1);
    let told = view.timeline.iter().filter_map(|entry| entry.text.as_deref());
    assert_eq!(told.filter(|text| text.contains("没来得及传的录音")).count(), 1);
    let mut office = app.staff("songjing").await;
    let desk: DeskCase = office.get(&format!("/api/v1/desk/cases/{}", receipt.id)).await.ok();
    assert_eq!(desk.media, view.media, "who works on it hears it");

    let another = say(&mut author, wav(2_000)).await;
    let second = author.act(&receipt.id, follow(&another.id)).await;
    assert_eq!(second.status, 422, "it has a voice already");
}
