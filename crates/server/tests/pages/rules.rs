//! How personal data is handled: each kind that this station handles stands there, with the figures in force.

use super::*;
use liaison_web::i18n::zh::rules::{Kind, RIGHTS_WAYS, Receiver};

const KINDS_AS_CONFIGURED: [Kind; 3] = [Kind::Video, Kind::Wechat, Kind::Messages];

fn heading_of(kind: Kind, app: &TestApp) -> String {
    let figures = liaison_server::load::rules_page::rules(&app.state).figures;
    format!(
        "<summary>{}</summary>",
        liaison_web::i18n::zh::rules::row(kind, &figures).title
    )
}

fn receiver(one: Receiver) -> String {
    format!("<summary>{}</summary>", one.name())
}

#[tokio::test]
async fn every_kind_that_is_configured_is_listed_and_no_other() {
    let bare = TestApp::with(&[("demo.enabled", "true"), ("uploads.video_max_bytes", "0")]).await;
    let page = bare.nobody().get("/privacy").await.text();
    for kind in Kind::ALL {
        let there = page.contains(&heading_of(*kind, &bare));
        assert_eq!(there, !KINDS_AS_CONFIGURED.contains(kind), "{kind:?}");
    }
    for one in Receiver::ALL {
        let always = matches!(one, Receiver::Units | Receiver::Deputies);
        assert_eq!(page.contains(&receiver(*one)), always, "{one:?}");
    }

    let all = TestApp::with(&[
        ("demo.enabled", "true"),
        ("server.public_url", "https://letters.example"),
        ("sms.command", "/bin/true"),
        ("notify.smtp.host", "127.0.0.1"),
        ("notify.smtp.port", "9"),
        ("notify.smtp.tls", "none"),
        ("notify.smtp.from", "联络站 <station@letters.example>"),
        ("notify.webhook.url", "http://127.0.0.1:9/"),
        ("notify.webhook.secret", "a-secret-that-is-long-enough-for-it"),
        ("wechat.app_id", "wx-test"),
        ("wechat.app_secret", "a-secret"),
        ("wechat.login", "true"),
        ("speech.url", "http://127.0.0.1:9/"),
    ])
    .await;
    let page = all.nobody().get("/privacy").await.text();
    for kind in Kind::ALL {
        assert!(page.contains(&heading_of(*kind, &all)), "{kind:?}");
    }
    for one in Receiver::ALL {
        assert!(page.contains(&receiver(*one)), "{one:?}");
    }
}

#[tokio::test]
async fn figures_are_those_in_force_and_every_item_the_law_asks_for_is_there() {
    let app = TestApp::with(&[
        ("demo.enabled", "true"),
        ("station.phone", "0571-12345678"),
        ("limits.retention", "7mo"),
        ("drafts.keep_days", "11"),
        ("uploads.keep_hours", "31"),
        ("session.resident_days", "93"),
        ("session.resident_idle_days", "17"),
        ("otp.minutes", "4"),
        ("limits.restriction_memory_days", "377"),
    ])
    .await;
    let page = app.nobody().get("/privacy").await;
    assert_eq!(page.status, 200);
    let html = page.text();
    for figure in ["7个月", "11天", "93天", "17天", "4分钟", "377天", "0571-12345678"] {
        assert!(html.contains(figure), "{figure}");
    }
    assert!(!html.contains("12个月"), "no figure stands there by itself");
    // Who; what, what for, how, how long, to whom, for each; sensitive data; receivers; rights; children.
    let items = html.matches("<details").count();
    for (fact, least) in [
        ("收集什么", 10),
        ("为什么", 10),
        ("怎么用", 10),
        ("留多久，到期怎么办", 10),
        ("给谁看", 10),
    ] {
        assert!(
            html.matches(&format!("<dt>{fact}</dt>")).count() >= least,
            "{fact} of {items}"
        );
    }
    for part in [
        "谁在收集",
        "敏感的信息",
        "会交给谁",
        "您可以怎么做",
        "不满14岁的孩子",
        "规则改了怎么办",
    ] {
        assert!(html.contains(part), "{part}");
    }
    for (way, _) in RIGHTS_WAYS {
        assert!(html.contains(&format!("<dt>{way}</dt>")), "{way}");
    }
    // Found from where it is needed.
    for from in ["/", "/help", "/write"] {
        assert!(
            app.nobody().get(from).await.text().contains("href=\"/privacy\""),
            "{from}"
        );
    }
}
