//! Telling people outside the app: it really arrives, at the right hour, once, and says nothing of the letter.

use crate::gateways::*;
use crate::journey::*;
use crate::links::press;
use crate::support::*;
use axum::http::Method;
use liaison_domain::calendar::{Date, HOUR_MS, MINUTE_MS};
use liaison_domain::dto::{Me, NotifySettings, Outbox, Receipt};
use liaison_domain::notify::{ChannelKind, Pace, Preferences};
use liaison_server::auth::secret;
use liaison_server::clock::Clock;
use liaison_server::config::{Config, Layers};
use liaison_server::demo;
use liaison_server::jobs::Runner;
use liaison_server::notify::{Outgoing, deliver, plan_outbox, tell};
use liaison_server::state::AppState;
use liaison_store::Store;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

const SECRET: &str = "a-secret-of-this-test";

pub fn mail_settings(port: &str) -> [(&'static str, &str); 6] {
    [
        ("demo.enabled", "true"),
        ("server.public_url", "https://letters.example.org"),
        ("notify.smtp.host", "127.0.0.1"),
        ("notify.smtp.port", port),
        ("notify.smtp.tls", "none"),
        ("notify.smtp.from", "听海区联络站 <station@letters.example.org>"),
    ]
}

async fn with_mail(server: &MailServer) -> TestApp {
    TestApp::with(&mail_settings(&server.port.to_string())).await
}

async fn with_gateway(gateway: &Gateway) -> TestApp {
    TestApp::with(&[
        ("demo.enabled", "true"),
        ("notify.webhook.url", &gateway.url),
        ("notify.webhook.secret", SECRET),
    ])
    .await
}

/// The resident's account, with an address for mail.
async fn reachable(app: &TestApp) -> String {
    let me: Me = app.resident(PHONE).await.get("/api/v1/me").await.ok();
    app.state
        .store
        .put_contact(&me.account_id, Some("resident@mail.example"), &Preferences::default())
        .await
        .unwrap();
    me.account_id
}

async fn a_letter(app: &TestApp, key: &str) -> Receipt {
    submit(&mut app.resident_again(PHONE).await, key).await
}

async fn ask(app: &TestApp, id: &str) {
    let question = json!({ "type": "ask_info", "text": "是学府路的哪一段?" });
    happens(&mut app.staff("songjing").await, id, question).await;
}

async fn accept(app: &TestApp, id: &str) {
    let accept = json!({ "type": "accept", "category_id": "c-transport.lamp", "class": "normal", "urgency": "normal" });
    happens(&mut app.staff("songjing").await, id, accept).await;
}

/// A question to a resident with a mailbox, asked just now.
async fn a_question_by_mail() -> (MailServer, TestApp, Receipt) {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    reachable(&app).await;
    let receipt = a_question(&app).await;
    (server, app, receipt)
}

/// The same where a gateway is told.
async fn a_question_by_post() -> (Gateway, TestApp, Receipt) {
    let gateway = Gateway::start().await;
    let app = with_gateway(&gateway).await;
    let receipt = a_question(&app).await;
    (gateway, app, receipt)
}

async fn a_question(app: &TestApp) -> Receipt {
    let receipt = a_letter(app, "key-1").await;
    ask(app, &receipt.id).await;
    receipt
}

/// What one person got, as number of letters told.
fn told(gateway: &Gateway, account: &str) -> Vec<String> {
    gateway
        .posts()
        .iter()
        .map(Post::json)
        .filter(|post| post["to"] == account)
        .map(|post| post["subject"].as_str().unwrap().to_owned())
        .collect()
}

async fn outbox(app: &TestApp, state: &str) -> Outbox {
    let path = format!("/api/v1/admin/outbox?state={state}");
    app.staff("admin").await.get(&path).await.ok()
}

#[tokio::test]
async fn a_mail_arrives_after_the_grace_and_says_nothing_of_the_letter() {
    let (server, app, receipt) = a_question_by_mail().await;
    assert_eq!(tell(&app.state).await.unwrap(), 0, "the step may still be taken back");
    app.pass(61_000);
    assert_eq!(tell(&app.state).await.unwrap(), 1);
    assert_eq!(tell(&app.state).await.unwrap(), 0, "once");
    let mails = server.mails();
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    assert_eq!(mail.to, "RCPT TO:<resident@mail.example>");
    assert!(
        mail.from.starts_with("MAIL FROM:<station@letters.example.org>"),
        "{}",
        mail.from
    );
    assert_eq!(mail.header("Subject"), format!("{} 请您补充情况", receipt.no));
    assert!(
        mail.header("Message-ID").ends_with("@letters.example.org>"),
        "{}",
        mail.data
    );
    assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
    let text = mail.text();
    assert!(text.contains("请您补充情况"), "{text}");
    assert!(
        text.contains(&format!("https://letters.example.org/mine/{}", receipt.no)),
        "{text}"
    );
    for word in ["路灯", "菜场", "李听澜", "19900000001", "哪一段"] {
        assert!(
            !text.contains(word) && !mail.header("Subject").contains(word),
            "{word} in {text}"
        );
    }
}

#[tokio::test]
async fn a_deputys_message_carries_a_link_that_logs_in_once() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let receipt = a_letter(&app, "key-1").await;
    accept(&app, &receipt.id).await;
    let me: Me = app.staff("luzhiyao").await.get("/api/v1/me").await.ok();
    app.state
        .store
        .put_contact(&me.account_id, Some("deputy@mail.example"), &Preferences::default())
        .await
        .unwrap();
    let turn = json!({ "type": "to_deputy", "deputy_id": "d-luzhiyao" });
    happens(&mut app.staff("songjing").await, &receipt.id, turn).await;
    app.pass(61_000);
    tell(&app.state).await.unwrap();
    let mails = server.mails();
    let mail = mails
        .iter()
        .find(|mail| mail.to == "RCPT TO:<deputy@mail.example>")
        .expect("a mail to the deputy");
    let text = mail.text();
    let path = text
        .split_whitespace()
        .filter_map(|word| word.strip_prefix("https://letters.example.org"))
        .find(|path| path.starts_with("/l/"))
        .unwrap_or_else(|| panic!("no link in {text}"));
    let mut phone = app.nobody();
    let page = phone.get(path).await;
    let opened = press(&mut phone, &page, path).await;
    assert_eq!(
        (opened.status.as_u16(), opened.header("location")),
        (303, "/desk/deputy")
    );
    assert_eq!(app.nobody().get(path).await.status, 410, "once");
}

#[tokio::test]
async fn dots_at_the_beginning_of_a_line_arrive_as_they_were() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let message = Outgoing {
        key: "key".to_owned(),
        to: "somebody@mail.example".to_owned(),
        subject: "dots".to_owned(),
        text: ".one\n..two\n.\nend".to_owned(),
        urgent: false,
    };
    app.state.channels[0].send(&message).await.unwrap();
    assert_eq!(server.mails()[0].text(), ".one\n..two\n.\nend\n");
}

#[tokio::test]
async fn a_busy_mail_server_is_asked_again_later_and_a_refusal_is_final_until_somebody_tries_again() {
    let (server, app, _) = a_question_by_mail().await;
    app.pass(61_000);
    server.answers("451 busy");
    assert_eq!(tell(&app.state).await.unwrap(), 0);
    let waiting = outbox(&app, "waiting").await;
    assert_eq!(
        (
            waiting.waiting,
            waiting.rows[0].error.as_deref(),
            waiting.rows[0].attempts
        ),
        (1, Some("smtp_451"), 1)
    );
    assert_eq!(waiting.rows[0].name, "", "a resident's name stays where it is");
    app.pass(59_000);
    assert_eq!(deliver(&app.state).await.unwrap(), 0);
    assert_eq!(outbox(&app, "waiting").await.rows[0].attempts, 1, "not yet");
    server.answers("550 no such mailbox");
    app.pass(20_000);
    assert_eq!(deliver(&app.state).await.unwrap(), 0);
    let dead = outbox(&app, "dead").await;
    assert_eq!((dead.dead, dead.rows[0].error.as_deref()), (1, Some("smtp_550")));
    assert!(server.mails().is_empty());

    let path = format!("/api/v1/admin/outbox/{}/retry", dead.rows[0].id);
    let mut auditor = app.staff("auditor").await;
    let seen: Outbox = auditor.get("/api/v1/admin/outbox").await.ok();
    assert_eq!(seen.rows, dead.rows, "dead ones are what is asked for");
    assert_eq!(
        auditor.post(&path, &json!({})).await.status,
        403,
        "an auditor only looks"
    );
    let mut admin = app.staff("admin").await;
    assert_eq!(admin.get("/api/v1/admin/outbox?state=lost").await.status, 422);
    assert_eq!(admin.post(&path, &json!({})).await.status, 204);
    assert_eq!(
        admin.post(&path, &json!({})).await.status,
        404,
        "it is not dead any more"
    );
    server.answers("250 fine");
    assert_eq!(deliver(&app.state).await.unwrap(), 1);
    assert_eq!(server.mails().len(), 1);
    assert_eq!(outbox(&app, "sent").await.sent, 1);
}

#[tokio::test]
async fn a_message_is_given_up_after_so_many_tries() {
    let (server, app, _) = a_question_by_mail().await;
    app.pass(61_000);
    server.answers("421 later");
    plan_outbox(&app.state).await.unwrap();
    for _ in 0..8 {
        assert_eq!(deliver(&app.state).await.unwrap(), 0);
        app.pass(24 * HOUR_MS);
    }
    let dead = outbox(&app, "dead").await;
    assert_eq!((dead.dead, dead.rows[0].attempts), (1, 8));
}

#[tokio::test]
async fn what_was_sent_is_removed_after_its_days_and_what_is_dead_waits_for_somebody() {
    let server = MailServer::start().await;
    let app = TestApp::with(
        &[
            &mail_settings(&server.port.to_string())[..],
            &[("notify.keep_sent_days", "30")],
        ]
        .concat(),
    )
    .await;
    reachable(&app).await;
    let sent = a_question(&app).await;
    app.pass(61_000);
    assert_eq!(tell(&app.state).await.unwrap(), 1, "{} is asked", sent.no);
    let dead = a_letter(&app, "key-2").await;
    ask(&app, &dead.id).await;
    app.pass(61_000);
    server.answers("550 no such mailbox");
    assert_eq!(tell(&app.state).await.unwrap(), 0);
    let runner = Runner::new(app.state.clone());
    let swept = async || {
        let ran = runner.run_due().await.unwrap();
        ran.into_iter().find(|(name, _)| *name == "sweep").map(|(_, done)| done)
    };
    app.pass(29 * DAY);
    assert_eq!(swept().await, Some(0));
    assert_eq!(outbox(&app, "sent").await.sent, 1, "not before its time");
    app.pass(DAY);
    assert_eq!(swept().await, Some(1));
    app.pass(400 * DAY);
    swept().await;
    let left = outbox(&app, "dead").await;
    let mine: Vec<_> = left
        .rows
        .iter()
        .filter(|row| row.error.as_deref() == Some("smtp_550"))
        .collect();
    assert!(mine.iter().any(|row| row.subject.contains(&dead.no)), "{:?}", left.rows);
    assert_eq!(outbox(&app, "sent").await.sent, 0);
}

#[tokio::test]
async fn a_post_is_signed_and_keeps_its_key_from_try_to_try() {
    let (gateway, app, _) = a_question_by_post().await;
    let me: Me = app.resident_again(PHONE).await.get("/api/v1/me").await.ok();
    gateway.answers("503 Service Unavailable\r\n");
    assert_eq!(tell(&app.state).await.unwrap(), 0);
    app.pass(2 * MINUTE_MS);
    gateway.answers("200 OK\r\n");
    assert_eq!(tell(&app.state).await.unwrap(), 1);
    let posts = gateway.posts();
    assert_eq!(posts.len(), 2);
    for post in &posts {
        assert!(post.head.starts_with("POST /notices?v=1 HTTP/1.1\r\n"), "{}", post.head);
        let signed = format!("{}.{}", post.header("liaison-timestamp"), post.body);
        let expected = secret::hex(&secret::hmac(SECRET.as_bytes(), signed.as_bytes()));
        assert_eq!(post.header("liaison-signature"), format!("v1={expected}"));
        assert_eq!(post.header("idempotency-key"), posts[0].json()["id"]);
        assert_eq!(post.json()["to"], me.account_id);
        assert_eq!(post.json()["channel"], "webhook");
    }
    assert_ne!(
        posts[0].header("liaison-timestamp"),
        posts[1].header("liaison-timestamp")
    );
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_a_refused_post_is_dead() {
    let (gateway, app, _) = a_question_by_post().await;
    app.pass(61_000);
    gateway.answers("302 Found\r\nLocation: http://127.0.0.1:1/\r\n");
    assert_eq!(tell(&app.state).await.unwrap(), 0);
    let dead = outbox(&app, "dead").await;
    assert_eq!((dead.dead, dead.rows[0].error.as_deref()), (1, Some("http_302")));
    assert_eq!(gateway.posts().len(), 1);
}

#[cfg(unix)]
#[tokio::test]
async fn the_installations_own_program_sends_short_messages_to_the_sealed_number() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let (program, sent) = (folder.path().join("send"), folder.path().join("sent"));
    std::fs::write(&program, format!("#!/bin/sh\ncat > '{}'\n", sent.display())).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let app = TestApp::with(&[
        ("demo.enabled", "true"),
        ("server.public_url", "https://letters.example.org"),
        ("sms.command", &program.display().to_string()),
        ("notify.sms", "true"),
    ])
    .await;
    let receipt = a_question(&app).await;
    app.pass(61_000);
    assert_eq!(tell(&app.state).await.unwrap(), 1, "staff have no number here");
    let line: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(&sent).unwrap()).unwrap();
    assert_eq!(line["phone"], "19900000001");
    assert_eq!(
        line["text"],
        format!("{0} 请您补充情况。https://letters.example.org/mine/{0}", receipt.no)
    );
}

#[tokio::test]
async fn nights_are_quiet_but_for_emergencies() {
    let gateway = Gateway::start().await;
    let app = with_gateway(&gateway).await;
    let (receipt, case) = at_work(&app).await;
    assert_eq!(case.no, receipt.no);
    app.pass(12 * HOUR_MS);
    let unit = "p-jiaotong";
    let supervise = json!({
        "type": "supervise", "leader": "崔副局长", "due_at": app.state.now() + 72 * HOUR_MS, "text": "今晚先围挡。"
    });
    ask(&app, &receipt.id).await;
    let me: Me = app.resident_again(PHONE).await.get("/api/v1/me").await.ok();
    tell(&app.state).await.unwrap();
    assert!(gateway.posts().is_empty(), "half past ten in the evening");
    happens(&mut app.staff("songjing").await, &receipt.id, supervise).await;
    tell(&app.state).await.unwrap();
    let at_night = told(&gateway, unit);
    assert!(
        at_night.len() == 1 && at_night[0].starts_with("【紧急】"),
        "{at_night:?}"
    );
    assert!(told(&gateway, &me.account_id).is_empty(), "a resident sleeps");
    app.pass(10 * HOUR_MS);
    tell(&app.state).await.unwrap();
    let in_the_morning = told(&gateway, &me.account_id);
    assert!(
        in_the_morning.len() == 1 && in_the_morning[0].contains("请您补充情况"),
        "{in_the_morning:?}"
    );
}

#[tokio::test]
async fn a_letter_is_told_of_once_a_day() {
    let gateway = Gateway::start().await;
    let app = with_gateway(&gateway).await;
    let me: Me = app.resident(PHONE).await.get("/api/v1/me").await.ok();
    let receipt = a_question(&app).await;
    app.pass(61_000);
    tell(&app.state).await.unwrap();
    let answer = json!({ "type": "info_given", "text": "菜场门口那一段。" });
    assert_eq!(
        app.resident_again(PHONE).await.act(&receipt.id, answer).await.status,
        200
    );
    ask(&app, &receipt.id).await;
    app.pass(2 * HOUR_MS);
    tell(&app.state).await.unwrap();
    let first = told(&gateway, &me.account_id);
    assert_eq!(first, [format!("{} 请您补充情况", receipt.no)], "today's one");
    app.pass(24 * HOUR_MS);
    tell(&app.state).await.unwrap();
    assert_eq!(told(&gateway, &me.account_id).len(), 2, "tomorrow is another day");
}

#[tokio::test]
async fn a_digest_tells_of_several_letters_at_its_hour() {
    let gateway = Gateway::start().await;
    let app = with_gateway(&gateway).await;
    let me: Me = app.resident(PHONE).await.get("/api/v1/me").await.ok();
    let (first, second) = (a_letter(&app, "key-1").await, a_letter(&app, "key-2").await);
    accept(&app, &first.id).await;
    accept(&app, &second.id).await;
    app.pass(2 * HOUR_MS);
    tell(&app.state).await.unwrap();
    assert!(told(&gateway, &me.account_id).is_empty(), "not at noon");
    app.pass(5 * HOUR_MS);
    tell(&app.state).await.unwrap();
    assert_eq!(told(&gateway, &me.account_id), ["您有2件意见有新进展"]);
    let posts = gateway.posts();
    let digest = posts
        .iter()
        .map(Post::json)
        .find(|post| post["to"] == me.account_id.as_str());
    let text = digest.unwrap()["text"].as_str().unwrap().to_owned();
    for no in [&first.no, &second.no] {
        assert!(text.contains(&format!("{no}：已受理，期限见页面。")), "{text}");
    }
}

#[tokio::test]
async fn what_was_taken_back_in_time_is_told_to_nobody() {
    let gateway = Gateway::start().await;
    let app = with_gateway(&gateway).await;
    let me: Me = app.resident(PHONE).await.get("/api/v1/me").await.ok();
    let everything = Preferences {
        pace: Pace::AtOnce,
        ..Preferences::default()
    };
    app.state
        .store
        .put_contact(&me.account_id, None, &everything)
        .await
        .unwrap();
    let receipt = a_letter(&app, "key-1").await;
    accept(&app, &receipt.id).await;
    happens(&mut app.staff("songjing").await, &receipt.id, json!({ "type": "undo" })).await;
    app.pass(HOUR_MS);
    tell(&app.state).await.unwrap();
    assert!(told(&gateway, &me.account_id).is_empty());
    accept(&app, &receipt.id).await;
    app.pass(2 * MINUTE_MS);
    tell(&app.state).await.unwrap();
    assert_eq!(
        told(&gateway, &me.account_id),
        [format!("{} 已受理，期限见页面", receipt.no)]
    );
}

#[tokio::test]
async fn without_a_channel_nothing_goes_out_and_nothing_piles_up() {
    let app = TestApp::start().await;
    a_question(&app).await;
    app.pass(HOUR_MS);
    assert_eq!(tell(&app.state).await.unwrap(), 0);
    assert!(app.state.store.accounts_waiting("", 10).await.unwrap().is_empty());
}

/// The whole demo district, told of everything at once.
#[tokio::test]
async fn no_message_of_the_demo_holds_a_word_of_a_letter_a_name_or_a_number() {
    let gateway = Gateway::start().await;
    let folder = tempfile::tempdir().unwrap();
    let flags = vec![
        ("server.data", "test", folder.path().display().to_string()),
        ("demo.enabled", "test", "true".to_owned()),
        ("notify.webhook.url", "test", gateway.url.clone()),
        ("notify.webhook.secret", "test", SECRET.to_owned()),
    ];
    let config = Config::from_layers(&Layers::read(None, &|_| None, &flags).unwrap()).unwrap();
    let store = Store::connect(&config.database()).await.unwrap();
    store.migrate().await.unwrap();
    let afternoon = Date::new(2026, 6, 9).unwrap().at_minute(17 * 60);
    let state = AppState::new(config, Clock::fixed(afternoon), store).unwrap();
    demo::seed(&state).await.unwrap();
    assert!(plan_outbox(&state).await.unwrap() > 50);
    while deliver(&state).await.unwrap() > 0 {}
    let posts = gateway.posts();
    assert!(posts.len() > 50, "{}", posts.len());

    let content = demo::Content::read().unwrap();
    let mut secrets: BTreeMap<String, &str> = BTreeMap::new();
    for letter in &content.letters {
        secrets.insert(letter.title.clone(), "title");
        for sentence in letter.body.split(['。', '，', ',', '；', '\n', '?', '？']) {
            if sentence.chars().count() >= 6 {
                secrets.insert(sentence.to_owned(), "body");
            }
        }
    }
    for resident in &content.residents {
        secrets.insert(resident.phone.replace('-', ""), "telephone");
        secrets.extend(resident.name.clone().map(|name| (name, "name")));
    }
    for person in content.accounts.iter().map(|account| &account.name) {
        secrets.insert(person.clone(), "name");
    }
    secrets.extend(content.deputies.iter().map(|deputy| (deputy.name.clone(), "name")));
    let mut people = BTreeSet::new();
    for post in &posts {
        let json = post.json();
        people.insert(json["to"].as_str().unwrap().to_owned());
        let said = format!("{}\n{}", json["subject"], json["text"]);
        for (secret, what) in &secrets {
            assert!(!said.contains(secret.as_str()), "{what} `{secret}` in {said}");
        }
    }
    assert!(people.len() > 20, "everybody's parts are among them: {}", people.len());
}

const SETTINGS: &str = "/api/v1/me/notifications";

#[tokio::test]
async fn a_resident_chooses_where_and_when_to_be_told_and_it_holds() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let mut resident = app.resident(PHONE).await;
    let found: NotifySettings = resident.get(SETTINGS).await.ok();
    assert_eq!(found.channels, [ChannelKind::Email], "only what is configured");
    assert_eq!((found.email, found.preferences.quiet), (None, None));
    assert_eq!((found.quiet.from, found.quiet.to), (21 * 60, 8 * 60));

    let preferences = json!({ "sms": false, "email": true, "webhook": true, "pace": "digest" });
    let change = json!({ "email": " Zhang@mail。example ", "preferences": preferences });
    let kept: NotifySettings = resident.write(Method::PUT, SETTINGS, &[], &change).await.ok();
    assert_eq!(kept.email.as_deref(), Some("Zhang@mail.example"), "tidied");
    assert_eq!((kept.preferences.pace, kept.preferences.sms), (Pace::Digest, false));
    let again: NotifySettings = resident.get(SETTINGS).await.ok();
    assert_eq!(again, kept);

    // A question goes out at once by the matrix; this resident wants it with the digest.
    let receipt = a_letter(&app, "key-1").await;
    ask(&app, &receipt.id).await;
    app.pass(2 * MINUTE_MS);
    assert_eq!(tell(&app.state).await.unwrap(), 0);
    app.pass(24 * HOUR_MS);
    assert_eq!(tell(&app.state).await.unwrap(), 1);
    assert_eq!(server.mails()[0].to, "RCPT TO:<Zhang@mail.example>");
}

#[tokio::test]
async fn what_is_wrong_in_a_choice_is_named_and_nothing_is_kept() {
    let server = MailServer::start().await;
    let app = with_mail(&server).await;
    let mut clerk = app.staff("songjing").await;
    let wrong = [
        (json!({ "email": "zhang", "preferences": {} }), "email", "invalid"),
        (
            json!({ "email": format!("{}@b.cn", "x".repeat(300)), "preferences": {} }),
            "email",
            "too_long",
        ),
        (
            json!({ "preferences": { "quiet": { "from": 1440, "to": 0 } } }),
            "preferences.quiet.from",
            "invalid",
        ),
    ];
    for (change, field, code) in wrong {
        let reply = clerk.write(Method::PUT, SETTINGS, &[], &change).await;
        assert_eq!(reply.status, 422, "{change}");
        let problem = reply.json();
        assert_eq!(problem["fields"][0]["field"], field);
        assert_eq!(problem["fields"][0]["code"], code);
    }
    let unknown = json!({ "preferences": { "fax": true } });
    assert_eq!(clerk.write(Method::PUT, SETTINGS, &[], &unknown).await.status, 422);
    let kept: NotifySettings = clerk.get(SETTINGS).await.ok();
    assert_eq!((kept.email, kept.preferences), (None, Preferences::default()));
}

#[tokio::test]
async fn a_way_that_needs_a_telephone_is_offered_only_to_those_who_have_one() {
    let gateway = Gateway::start().await;
    let app = TestApp::with(&[
        ("demo.enabled", "true"),
        ("notify.webhook.url", &gateway.url),
        ("notify.webhook.secret", SECRET),
        ("notify.webhook.address", "phone"),
    ])
    .await;
    let resident: NotifySettings = app.resident(PHONE).await.get(SETTINGS).await.ok();
    assert_eq!(resident.channels, [ChannelKind::Webhook]);
    let clerk: NotifySettings = app.staff("songjing").await.get(SETTINGS).await.ok();
    assert_eq!(clerk.channels, []);
}
