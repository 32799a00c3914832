//! Guarded lines to mail servers and gateways: whose certificate counts, and what becomes of a message when it does not.

use crate::gateways::*;
use crate::journey::*;
use crate::support::*;
use liaison_domain::calendar::HOUR_MS;
use liaison_domain::dto::{Me, Outbox};
use liaison_domain::notify::Preferences;
use liaison_server::notify::{deliver, tell};
use liaison_server::state::AppState;
use serde_json::json;
use tempfile::TempDir;

type Settings = Vec<(&'static str, String)>;

/// A file that names whom a station trusts.
fn trusting(authority: &Authority) -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("authorities.pem");
    std::fs::write(&path, authority.pem()).unwrap();
    let path = path.display().to_string();
    (folder, path)
}

fn by_mail(server: &MailServer, tls: &str) -> Settings {
    vec![
        ("notify.smtp.host", "127.0.0.1".to_owned()),
        ("notify.smtp.port", server.port.to_string()),
        ("notify.smtp.tls", tls.to_owned()),
        ("notify.smtp.from", "station@letters.example.org".to_owned()),
    ]
}

fn by_post(gateway: &Gateway) -> Settings {
    vec![
        ("notify.webhook.url", gateway.url.clone()),
        ("notify.webhook.secret", "a-secret-of-this-test".to_owned()),
    ]
}

/// A station with a question to a resident that is to go out now.
async fn with_a_question(more: Settings, ca_file: Option<&str>) -> TestApp {
    let mut settings = vec![("demo.enabled", "true"), ("notify.tries", "3")];
    settings.extend(more.iter().map(|(key, value)| (*key, value.as_str())));
    settings.extend(ca_file.map(|path| ("notify.ca_file", path)));
    let app = TestApp::with(&settings).await;
    let mut author = app.resident(PHONE).await;
    let me: Me = author.get("/api/v1/me").await.ok();
    let mailbox = Some("resident@mail.example");
    let wishes = Preferences::default();
    app.state
        .store
        .put_contact(&me.account_id, mailbox, &wishes)
        .await
        .unwrap();
    let receipt = submit(&mut author, "key-1").await;
    let question = json!({ "type": "ask_info", "text": "是学府路的哪一段?" });
    happens(&mut app.staff("songjing").await, &receipt.id, question).await;
    app.pass(61_000);
    app
}

async fn outbox(app: &TestApp, state: &str) -> Outbox {
    let path = format!("/api/v1/admin/outbox?state={state}");
    app.staff("admin").await.get(&path).await.ok()
}

/// It waits with this code to be tried again, and is given up with it in the end.
async fn is_tried_again_and_given_up(app: &TestApp, code: &str, what: &str) {
    assert_eq!(tell(&app.state).await.unwrap(), 0, "{what}");
    let waiting = outbox(app, "waiting").await;
    let [row] = waiting.rows.as_slice() else {
        panic!("{what}: one waits, not {:?}", waiting.rows)
    };
    assert_eq!((row.error.as_deref(), row.attempts), (Some(code), 1), "{what}");
    for _ in 0..2 {
        app.pass(HOUR_MS);
        assert_eq!(deliver(&app.state).await.unwrap(), 0, "{what}");
    }
    let dead = outbox(app, "dead").await;
    assert_eq!((dead.waiting, dead.sent, dead.dead), (0, 0, 1), "{what}");
    assert_eq!(
        (dead.rows[0].error.as_deref(), dead.rows[0].attempts),
        (Some(code), 3),
        "{what}"
    );
}

#[tokio::test]
async fn a_mail_goes_over_a_guarded_line_to_a_server_of_ones_own_authority() {
    let authority = Authority::new();
    let (_folder, file) = trusting(&authority);
    let guard = authority.guards("127.0.0.1");
    for (tls, guard) in [("tls", Guard::Tls(guard.clone())), ("starttls", Guard::Starttls(guard))] {
        let server = MailServer::guarded(guard).await;
        let app = with_a_question(by_mail(&server, tls), Some(&file)).await;
        assert_eq!(tell(&app.state).await.unwrap(), 1, "{tls}");
        let mails = server.mails();
        assert_eq!(mails.len(), 1, "{tls}");
        assert_eq!(mails[0].to, "RCPT TO:<resident@mail.example>");
        assert_eq!(outbox(&app, "sent").await.sent, 1);
    }
}

#[tokio::test]
async fn a_mail_server_that_nobody_vouches_for_gets_nothing() {
    let (known, stranger) = (Authority::new(), Authority::new());
    let (_folder, file) = trusting(&known);
    let own = known.guards("127.0.0.1");
    let strange = stranger.guards("127.0.0.1");
    let other_name = known.guards("mail.elsewhere.example");
    for (what, tls, guard, file) in [
        ("nobody named", "tls", Guard::Tls(own.clone()), None),
        ("nobody named", "starttls", Guard::Starttls(own), None),
        (
            "another authority",
            "tls",
            Guard::Tls(strange.clone()),
            Some(file.as_str()),
        ),
        (
            "another authority",
            "starttls",
            Guard::Starttls(strange),
            Some(file.as_str()),
        ),
        ("another server's", "tls", Guard::Tls(other_name), Some(file.as_str())),
    ] {
        let server = MailServer::guarded(guard).await;
        let app = with_a_question(by_mail(&server, tls), file).await;
        is_tried_again_and_given_up(&app, "tls_certificate", &format!("{what}, {tls}")).await;
        assert!(server.mails().is_empty(), "{what}, {tls}");
    }
}

#[tokio::test]
async fn a_mail_server_that_guards_no_line_gets_nothing_where_a_guard_is_asked_for() {
    for (tls, code) in [("starttls", "mail_settings"), ("tls", "tls")] {
        let server = MailServer::start().await;
        let app = with_a_question(by_mail(&server, tls), None).await;
        is_tried_again_and_given_up(&app, code, tls).await;
        assert!(server.mails().is_empty(), "{tls}");
    }
}

#[tokio::test]
async fn a_post_goes_by_https_to_a_gateway_of_ones_own_authority() {
    let authority = Authority::new();
    let (_folder, file) = trusting(&authority);
    let gateway = Gateway::guarded(Some(authority.guards("127.0.0.1"))).await;
    assert!(gateway.url.starts_with("https://"));
    let app = with_a_question(by_post(&gateway), Some(&file)).await;
    let sent = tell(&app.state).await.unwrap();
    assert!(sent > 0);
    assert_eq!(gateway.posts().len(), sent);
    let posts = gateway.posts();
    assert!(
        posts[0].head.starts_with("POST /notices?v=1 HTTP/1.1\r\n"),
        "{}",
        posts[0].head
    );
}

#[tokio::test]
async fn a_gateway_that_nobody_vouches_for_gets_nothing() {
    let (known, stranger) = (Authority::new(), Authority::new());
    let (_folder, file) = trusting(&known);
    for (what, guard) in [
        ("another authority", stranger.guards("127.0.0.1")),
        ("another gateway's", known.guards("gateway.elsewhere.example")),
    ] {
        let gateway = Gateway::guarded(Some(guard)).await;
        let app = with_a_question(by_post(&gateway), Some(&file)).await;
        is_tried_again_and_given_up(&app, "tls_certificate", what).await;
        assert!(gateway.posts().is_empty(), "{what}");
    }
}

#[tokio::test]
async fn a_file_of_authorities_that_cannot_be_used_is_named_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.pem");
    std::fs::write(&empty, "nothing to see here\n").unwrap();
    let app = TestApp::start().await;
    for path in [empty, folder.path().join("missing.pem")] {
        let path = path.display().to_string();
        let config = app.configuration(&[("notify.ca_file", &path)]);
        let Err(error) = AppState::new(config, app.state.clock.clone(), app.state.store.clone()) else {
            panic!("{path} was taken")
        };
        let said = error.to_string();
        assert!(said.contains("notify.ca_file") && said.contains(&path), "{said}");
        assert!(!said.contains('\n'), "{said}");
    }
}
