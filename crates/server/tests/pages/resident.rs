//! A resident's ways back by plain forms.

use super::*;

const PHONE: &str = "199-0000-0001";

/// Accepted, handed to the deputy, answered.
async fn answered(app: &TestApp, id: &str) {
    let mut office = app.staff("songjing").await;
    let accept = json!({ "type": "accept", "category_id": "c-transport.lamp", "class": "normal", "urgency": "normal" });
    let to_deputy = json!({ "type": "to_deputy", "deputy_id": "d-luzhiyao" });
    for event in [accept, to_deputy] {
        assert_eq!(office.act(id, event).await.status, 200);
    }
    let answer = json!({ "type": "deputy_answer", "reply": reply_text("A") });
    assert_eq!(app.staff("luzhiyao").await.act(id, answer).await.status, 200);
}

fn rate_path(page: &Reply) -> String {
    let html = page.text();
    let token = html
        .split("href=\"/rate/")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    format!("/rate/{}", token.expect("a link to rate"))
}

const BAD: [(&str, &str); 4] = [("attitude", "1"), ("process", "1"), ("result", "1"), ("solved", "no")];

#[tokio::test]
async fn a_question_about_an_answer_is_asked_and_answered_without_scripts() {
    let app = TestApp::start().await;
    let mut author = app.resident(PHONE).await;
    let receipt = submit(&mut author, "one").await;
    answered(&app, &receipt.id).await;
    let path = format!("/mine/{}", receipt.no);
    let page = author.get(&path).await;
    assert!(
        page.text().contains("一次答复只能追问一次") && page.text().contains("11月30日"),
        "by when"
    );
    let empty = press(&mut author, &page, &path, "follow_up", &[("text", " ")]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.text().contains("id=\"follow_up-text-error\""), "beside the field");
    let done = press(&mut author, &empty, &path, "follow_up", &[("text", "保修几年")]).await;
    let asked = follow(&mut author, &done).await;
    assert!(asked.text().contains("您的追问已经收到") && asked.text().contains("回答您的追问"));

    // Sent once more from the old page: refused, and the words are not lost.
    let late = press(&mut author, &page, &path, "follow_up", &[("text", "还有一个问题")]).await;
    assert_eq!(late.status, 422);
    assert!(late.text().contains("您刚才写的还在这里") && late.text().contains("还有一个问题"));

    let words = json!({ "type": "follow_up_answered", "text": "两年。" });
    assert_eq!(app.staff("luzhiyao").await.act(&receipt.id, words).await.status, 200);
    let page = author.get(&path).await.text();
    assert!(page.contains("对追问的答复") && page.contains("两年。"));
}

#[tokio::test]
async fn a_rating_is_changed_and_later_the_matter_taken_up_again_without_scripts() {
    let app = TestApp::start().await;
    let mut author = app.resident(PHONE).await;
    let receipt = submit(&mut author, "one").await;
    answered(&app, &receipt.id).await;
    let case = format!("/mine/{}", receipt.no);
    let path = rate_path(&author.get(&case).await);
    let good = [("attitude", "4"), ("process", "4"), ("result", "4"), ("solved", "yes")];
    let page = author.get(&path).await;
    let done = press(&mut author, &page, &path, "", &good).await;
    follow(&mut author, &done).await;
    let page = author.get(&case).await.text();
    assert!(
        page.contains("改评价") && page.contains("您已经评过，还可以改。"),
        "{page}"
    );
    assert!(!page.contains("给办理情况打分"), "nobody is asked twice");
    let page = author.get(&path).await;
    assert_eq!(heading(&page), "改评价");
    let kept = fields(&form_of(&page.text(), &path));
    assert!(
        kept.contains(&("process".to_owned(), "4".to_owned())),
        "what was chosen: {kept:?}"
    );

    // The survey's own time is over, the way back is not.
    app.pass(20 * support::DAY);
    let mut author = app.resident(PHONE).await;
    let page = author.get(&case).await.text();
    assert!(page.contains("还是没解决") && !page.contains("改评价"), "{page}");
    let page = author.get(&path).await;
    assert_eq!(heading(&page), "还是没解决");
    let silent = press(&mut author, &page, &path, "", &BAD).await;
    assert_eq!(silent.status, 422);
    assert!(silent.text().contains("id=\"reasons-error\""), "beside the reasons");
    let mut told = BAD.to_vec();
    told.push(("reasons", "no_effect"));
    let done = press(&mut author, &silent, &path, "", &told).await;
    let page = follow(&mut author, &done).await;
    assert!(page.text().contains("决定是否重办"));
}

#[tokio::test]
async fn an_appeal_has_the_words_of_what_is_appealed() {
    let app = TestApp::start().await;
    let mut author = app.resident(PHONE).await;
    let receipt = submit(&mut author, "one").await;
    let path = format!("/mine/{}", receipt.no);
    let decline = json!({ "type": "decline", "reason_code": "out_of_scope", "text": "请找12345。" });
    assert_eq!(app.staff("songjing").await.act(&receipt.id, decline).await.status, 200);
    let page = author.get(&path).await;
    assert!(page.text().contains("对不受理有异议") && page.text().contains("另一位工作人员"));
    let done = press(&mut author, &page, &path, "appeal", &[("text", "就是这条路")]).await;
    assert!(follow(&mut author, &done).await.text().contains("您的异议已经收到"));

    let receipt = submit(&mut author, "two").await;
    let path = format!("/mine/{}", receipt.no);
    answered(&app, &receipt.id).await;
    let rate = rate_path(&author.get(&path).await);
    let page = author.get(&rate).await;
    let mut told = BAD.to_vec();
    told.push(("reasons", "off_point"));
    press(&mut author, &page, &rate, "", &told).await;
    let keep = json!({ "type": "keep_closed", "reason_code": "at_the_limit", "text": "已换到顶配。" });
    assert_eq!(app.staff("chief").await.act(&receipt.id, keep).await.status, 200);
    let page = author.get(&path).await;
    assert!(page.text().contains("对维持办结有异议") && page.text().contains("另一位负责人"));
    let done = press(&mut author, &page, &path, "appeal", &[("text", "还是不亮")]).await;
    assert!(follow(&mut author, &done).await.text().contains("决定是否重办"));
}

#[tokio::test]
async fn a_joined_letter_says_to_which_and_leaves_by_a_button() {
    let app = TestApp::start().await;
    let mut author = app.resident(PHONE).await;
    let lead = submit(&mut author, "one").await;
    let mut neighbour = app.resident("199-0000-0002").await;
    let other = submit(&mut neighbour, "two").await;
    let merge = json!({ "type": "merge", "into": lead.id, "text": "同一条路" });
    assert_eq!(app.staff("songjing").await.act(&other.id, merge).await.status, 200);
    let path = format!("/mine/{}", other.no);
    let page = neighbour.get(&path).await;
    assert!(page.text().contains(&format!("已并入 {}", lead.no)) && page.text().contains("不是同一件事"));

    let own = format!("/mine/{}", lead.no);
    let before = author.get(&own).await;
    assert!(before.text().contains("您撤回后，这件事由联络站继续办"));
    let done = press(&mut author, &before, &own, "withdraw", &[]).await;
    assert!(follow(&mut author, &done).await.text().contains("由联络站继续办理"));

    let done = press(&mut neighbour, &page, &path, "unmerge", &[]).await;
    assert!(follow(&mut neighbour, &done).await.text().contains("已经分开单独办理"));
}

#[tokio::test]
async fn a_lost_code_never_loses_a_letter() {
    let app = TestApp::start().await;
    let receipt = submit(&mut app.resident(PHONE).await, "one").await;
    app.pass(61_000);
    let mut client = app.nobody();
    let page = client.get("/track").await.text();
    assert!(
        page.contains("href=\"/mine\""),
        "the way by phone stands beside the code"
    );
    let page = client.get("/mine").await;
    let page = press(&mut client, &page, "/mine", "code", &[("phone", PHONE)]).await;
    let code = shown_code(&page);
    let done = press(&mut client, &page, "/mine", "verify", &[("code", &code)]).await;
    let list = follow(&mut client, &done).await;
    assert!(list.text().contains(&receipt.no), "{}", list.text());
    let page = client.get(&format!("/mine/{}", receipt.no)).await;
    assert!(page.text().contains("以后可以催。") && page.text().contains("还可以催 3 次"));
}

/// A clerk files a letter for somebody who called and has never been here.
async fn filed(app: &TestApp, phone: &str) -> String {
    use liaison_domain::lifecycle::{
        Actor, FiledVia, LetterKind, NameShown, NewCase, OnBehalf, Role, Screening, Urgency,
    };
    use liaison_server::auth::phone::Phone;
    use liaison_store::{letters, people};
    let number = Phone::parse(phone).unwrap();
    let kept = people::Phone {
        hash: number.hash(&app.state.phone_key),
        masked: number.masked(),
        encrypted: None,
    };
    let now = app.state.now();
    let account = app.state.store.resident(&kept, "", now).await.unwrap();
    let case = NewCase {
        id: liaison_store::new_id(),
        station_id: "s-songjing".to_owned(),
        deputy_id: None,
        category_id: None,
        urgency: Urgency::Normal,
        consent_publish: false,
        name_shown: NameShown::Hidden,
        restricted: false,
        on_behalf: Some(OnBehalf {
            via: FiledVia::Phone,
            consent: "电话里说可以".to_owned(),
        }),
        screening: Screening::default(),
    };
    let new = letters::NewLetter {
        case,
        kind: LetterKind::Help,
        title: "井盖松了".to_owned(),
        body: "学府路小学门口的井盖松了，车一过就响。".to_owned(),
        area_id: None,
        category_guessed: true,
        place: None,
        account_id: Some(account.id),
        name: None,
        attachments: Vec::new(),
        query_code: None,
        media: Vec::new(),
        instead_of: None,
        extra: letters::Extra::default(),
    };
    let clerk = Actor {
        account_id: Some("p-songjing".to_owned()),
        role: Role::StationOfficer,
        station_id: Some("s-songjing".to_owned()),
        ..Actor::system()
    };
    let rules = app.state.rules();
    let ctx = rules.context(now, clerk);
    app.state.store.submit(&new, &ctx, None).await.unwrap().no
}

#[tokio::test]
async fn a_letter_filed_at_the_station_is_found_by_its_phone() {
    let app = TestApp::start().await;
    let no = filed(&app, "199-0000-0077").await;
    let mut client = app.nobody();
    let page = client.get("/mine").await;
    let page = press(&mut client, &page, "/mine", "code", &[("phone", "19900000077")]).await;
    let code = shown_code(&page);
    let done = press(&mut client, &page, "/mine", "verify", &[("code", &code)]).await;
    assert!(follow(&mut client, &done).await.text().contains(&no));
    let path = format!("/mine/{no}");
    let page = client.get(&path).await;
    assert!(page.text().contains("井盖松了"));
    let done = press(&mut client, &page, &path, "supplement", &[("text", "就是东门")]).await;
    assert!(follow(&mut client, &done).await.text().contains("您的补充已经收到"));
}

/// An installation whose messages go to a mail server and to a gateway.
pub async fn that_tells() -> TestApp {
    TestApp::with(&[
        ("demo.enabled", "true"),
        ("notify.smtp.host", "127.0.0.1"),
        ("notify.smtp.tls", "none"),
        ("notify.smtp.from", "联络站 <station@letters.example.org>"),
        ("notify.webhook.url", "http://127.0.0.1:9/"),
        ("notify.webhook.secret", "a-secret-of-this-test"),
    ])
    .await
}

#[tokio::test]
async fn how_to_be_told_is_chosen_by_a_plain_form_and_nothing_typed_is_lost() {
    let app = that_tells().await;
    let path = "/mine/notifications";
    assert!(
        app.nobody().get(path).await.text().contains("获取验证码"),
        "the login first"
    );
    let mut client = app.resident("199-0000-0001").await;
    let page = client.get(path).await;
    let html = page.text();
    assert!(!html.contains("发短信到"), "there are no text messages here");
    assert!(html.contains("晚上 9 点到早上 8 点不发"), "{html}");

    let typed = [
        ("email", "zhang@"),
        ("quiet", "own"),
        ("quiet_from", "25:00"),
        ("quiet_to", "7：30"),
    ];
    let wrong = press(&mut client, &page, path, "", &typed).await;
    assert_eq!(wrong.status, 422);
    let html = wrong.text();
    for said in ["邮箱不对，请照这样写", "请填几点，例如 21:00", "有 2 处需要修改"] {
        assert!(html.contains(said), "{said} in {html}");
    }
    let kept = fields(&form_of(&html, path));
    for (name, value) in [
        ("email", "zhang@"),
        ("quiet", "own"),
        ("quiet_from", "25:00"),
        ("quiet_to", "7：30"),
    ] {
        assert!(
            kept.contains(&(name.to_owned(), value.to_owned())),
            "{name} in {kept:?}"
        );
    }

    let right = [("email", "zhang@mail.example"), ("quiet_from", "22:15")];
    let done = press(&mut client, &wrong, path, "", &right).await;
    let page = follow(&mut client, &done).await;
    assert!(page.text().contains("已保存。从下一条消息起"), "{}", page.text());
    let kept = fields(&form_of(&page.text(), path));
    for (name, value) in [
        ("email", "zhang@mail.example"),
        ("webhook", "yes"),
        ("pace", "by_matter"),
        ("quiet", "own"),
        ("quiet_from", "22:15"),
        ("quiet_to", "07:30"),
    ] {
        assert!(
            kept.contains(&(name.to_owned(), value.to_owned())),
            "{name} in {kept:?}"
        );
    }
}

#[tokio::test]
async fn without_a_way_out_the_page_says_so() {
    let app = TestApp::start().await;
    let page = app.resident("199-0000-0001").await.get("/mine/notifications").await;
    assert!(page.text().contains("只有站内消息"), "{}", page.text());
    assert!(!page.text().contains("action=\"/mine/notifications\""));
}

#[tokio::test]
async fn staff_choose_at_the_desk_and_residents_are_led_away() {
    let app = that_tells().await;
    let path = "/desk/notifications";
    let mut clerk = app.staff("songjing").await;
    let page = clerk.get(path).await;
    let html = page.text();
    assert!(html.contains("desk-head") && html.contains("夜里也马上发"), "{html}");
    let done = press(
        &mut clerk,
        &page,
        path,
        "",
        &[("email", "clerk@mail.example"), ("pace", "at_once")],
    )
    .await;
    let page = follow(&mut clerk, &done).await;
    assert!(page.text().contains("已保存"), "{}", page.text());
    let kept = fields(&form_of(&page.text(), path));
    assert!(kept.contains(&("pace".to_owned(), "at_once".to_owned())), "{kept:?}");
    for mut stranger in [app.nobody(), app.resident("199-0000-0001").await] {
        assert_eq!(stranger.get(path).await.status, 303);
    }
}

#[tokio::test]
async fn duties_move_after_one_look_at_how_much_it_is() {
    let app = TestApp::start().await;
    let path = "/desk/admin/units";
    for username in ["songjing", "auditor", "jiaotong"] {
        assert_eq!(app.staff(username).await.get(path).await.status, 303, "{username}");
    }
    let mut admin = app.staff("admin").await;
    assert!(admin.get(path).await.text().contains("看看要移交多少"));
    let same = admin.get(&format!("{path}?from=u-jiaotong&to=u-jiaotong")).await;
    assert_eq!(same.status, 422);
    assert!(same.text().contains("请换一个接手的单位"), "{}", same.text());
    let none = admin.get(&format!("{path}?from=&to=")).await;
    assert!(none.text().contains("请选要并出去的单位") && none.text().contains("请选接手的单位"));

    let page = admin.get(&format!("{path}?from=u-jiaotong&to=u-chengguan")).await;
    let html = page.text();
    assert!(
        html.contains("不能撤回") && html.contains("2 个"),
        "how much it is: {html}"
    );
    assert!(
        app.state.store.unit("u-jiaotong").await.unwrap().unwrap().active,
        "looking moves nothing"
    );
    let done = press(&mut admin, &page, path, "", &[]).await;
    assert!(done.text().contains("没有留下没办完的事"), "{}", done.text());
    assert!(!app.state.store.unit("u-jiaotong").await.unwrap().unwrap().active);
}
