//! Pages of events: who may open them, what their parts hold, and that nothing typed is lost.

use super::*;
use liaison_domain::dto::EventChanged;
use serde_json::Value;

const HOUR: i64 = 3_600_000;
const SECRET: &str = "隔壁老王家的事不该说";
const PHONE: &str = "199-0000-0003";

/// An event of songjing with a deputy and a unit at the table, taken as far as the states lead.
async fn held(app: &TestApp, states: &[&str]) -> String {
    let mut office = app.staff("songjing").await;
    let event = json!({
        "kind": "theme_reception", "title": "老旧小区加装电梯", "intro": "一起商量怎么装。", "station_id": "s-songjing",
        "organiser": "松径联络站", "starts_at": MONDAY + 2 * HOUR, "ends_at": MONDAY + 4 * HOUR, "place": "居委会二楼",
        "agenda": [{ "at": MONDAY + 2 * HOUR, "text": "介绍政策" }], "moderators": ["p-songjing"],
        "deputies": ["d-luzhiyao"], "units": ["u-jiaotong"], "registration": true, "capacity": 2, "waiting_list": true,
        "premoderated": true, "category_id": "c-transport.lamp", "rules": "请文明发言。"
    });
    let made: EventChanged = office.post("/api/v1/events", &event).await.ok();
    for to in states {
        let version = app
            .state
            .store
            .event(&made.id)
            .await
            .unwrap()
            .expect("the event")
            .version;
        let path = format!("/api/v1/events/{}/state", made.id);
        let version = format!("\"{version}\"");
        let done = office
            .write(Method::POST, &path, &[("if-match", &version)], &json!({ "to": to }))
            .await;
        assert_eq!(done.status, 200, "{}", done.text());
    }
    made.id
}

async fn asked(app: &TestApp, event: &str, text: &str) -> String {
    let mut person = app.resident(PHONE).await;
    let reply = person
        .post(&format!("/api/v1/events/{event}/questions"), &json!({ "text": text }))
        .await;
    reply.json()["id"].as_str().expect("an id").to_owned()
}

const LIVE: &[&str] = &["announced", "open", "live"];

#[tokio::test]
async fn a_question_nobody_has_looked_at_is_on_no_page_but_its_authors_and_the_desks() {
    let app = TestApp::start().await;
    let id = held(&app, LIVE).await;
    asked(&app, &id, SECRET).await;
    let public = [
        format!("/events/{id}"),
        format!("/events/{id}?part=live"),
        format!("/events/{id}?part=live&sort=newest"),
        format!("/events/{id}?part=mine"),
        format!("/events/{id}/screen"),
        format!("/events/{id}/screen?part=live"),
        "/events".to_owned(),
    ];
    let mut others = [
        app.nobody(),
        app.resident("199-0000-0004").await,
        app.staff("luzhiyao").await,
    ];
    for path in &public {
        for other in &mut others {
            let page = other.get(path).await;
            assert_eq!(page.status, 200, "{path}");
            assert!(!page.text().contains(SECRET), "{path}");
        }
    }
    let mut author = app.resident_again(PHONE).await;
    assert!(author.get(&public[3]).await.text().contains(SECRET), "one's own part");
    assert!(
        !author.get(&public[1]).await.text().contains(SECRET),
        "the shared part stays shared"
    );
    let desk = format!("/desk/events/{id}?lane=all");
    for user in ["songjing", "luzhiyao"] {
        assert!(app.staff(user).await.get(&desk).await.text().contains(SECRET), "{user}");
    }
}

#[tokio::test]
async fn parts_that_everybody_gets_are_kept_for_a_revision_and_carry_no_token() {
    let app = TestApp::start().await;
    let id = held(&app, LIVE).await;
    let path = format!("/events/{id}?part=live&sort=votes");
    let first = app.nobody().get(&path).await;
    let tag = first.header("etag").to_owned();
    assert!(!tag.is_empty() && !first.text().contains("csrf") && !first.text().contains("<form"));
    let again = app
        .nobody()
        .send(Method::GET, &path, &[("if-none-match", &tag)], Body::empty())
        .await;
    assert_eq!(again.status, 304);
    let mut office = app.staff("songjing").await;
    let said = office
        .post(
            &format!("/api/v1/events/{id}/broadcasts"),
            &json!({ "text": "休息十分钟" }),
        )
        .await;
    assert_eq!(said.status, 201, "{}", said.text());
    let new = app
        .nobody()
        .send(Method::GET, &path, &[("if-none-match", &tag)], Body::empty())
        .await;
    assert!(new.status == 200 && new.text().contains("休息十分钟"), "{}", new.status);
}

#[tokio::test]
async fn a_stranger_asks_by_plain_forms_and_types_nothing_twice() {
    let app = TestApp::start().await;
    let id = held(&app, LIVE).await;
    let mut person = app.nobody();
    let page = person.get(&format!("/events/{id}")).await;
    let action = format!("/events/{id}?sort=votes#ask");
    let short = press_at(&mut person, &page, &action, "ask", &[("text", "短"), ("shown", "none")]).await;
    assert_eq!(short.status, 422);
    assert!(short.text().contains("text-error"));
    let typed = [
        ("text", "什么时候开工，谁来监督？"),
        ("shown", "own"),
        ("name", "刘女士"),
    ];
    let gate = press_at(&mut person, &short, &action, "ask", &typed).await;
    assert!(gate.text().contains("请先用手机号验证一下"));
    let action = format!("/events/{id}?sort=votes#gate");
    let code = press_at(&mut person, &gate, &action, "code", &[("phone", PHONE)]).await;
    let shown = shown_code(&code);
    let wrong = press_at(&mut person, &code, &action, "verify", &[("code", "000000")]).await;
    assert!(
        wrong.status == 422 && wrong.text().contains("什么时候开工，谁来监督？"),
        "kept"
    );
    let done = press_at(&mut person, &wrong, &action, "verify", &[("code", &shown)]).await;
    let page = follow(&mut person, &done).await.text();
    assert!(page.contains("您的问题已提交") && page.contains("等主持人看"), "{page}");
    let questions = app.state.store.asked(&id).await.unwrap();
    assert!(questions.is_empty(), "it waits");
}

/// [`press`], for forms whose address has a fragment: it stays in the browser.
async fn press_at(client: &mut Client<'_>, page: &Reply, action: &str, wish: &str, typed: &[(&str, &str)]) -> Reply {
    let mut pairs = fields(&form_of(&page.text(), action));
    for (name, value) in typed {
        pairs.retain(|(known, _)| known != name);
        pairs.push(((*name).to_owned(), (*value).to_owned()));
    }
    pairs.push(("do".to_owned(), wish.to_owned()));
    let path = action.split('#').next().unwrap_or(action);
    let body = Body::from(encode(&pairs));
    client.send(Method::POST, path, &[("content-type", FORM)], body).await
}

#[tokio::test]
async fn the_desks_pages_open_for_those_they_are_for() {
    let app = TestApp::start().await;
    let id = held(&app, LIVE).await;
    let pages = [
        "/desk/events".to_owned(),
        "/desk/events/new".to_owned(),
        format!("/desk/events/{id}"),
        format!("/desk/events/{id}?part=live"),
        format!("/desk/events/{id}/edit"),
    ];
    // Who · list, new, page, parts, edit. A page that is not theirs is not there; the login leads the others.
    let expected: &[(&str, [u16; 5])] = &[
        ("songjing", [200, 200, 200, 200, 200]),
        ("luzhiyao", [200, 303, 200, 200, 403]),
        ("jiaotong", [200, 303, 200, 200, 403]),
        ("moderator", [200, 200, 200, 200, 200]),
        ("auditor", [200, 303, 200, 200, 403]),
        ("yunfan", [200, 200, 404, 404, 404]),
        ("chengguan", [200, 303, 404, 404, 404]),
        ("guchengyuan", [200, 303, 404, 404, 404]),
    ];
    for (user, statuses) in expected {
        let mut client = app.staff(user).await;
        for (page, status) in pages.iter().zip(statuses) {
            assert_eq!(client.get(page).await.status, *status, "{user} {page}");
        }
    }
    for mut client in [app.nobody(), app.resident(PHONE).await] {
        for page in &pages {
            let reply = client.get(page).await;
            assert_eq!(reply.status, 303, "{page}");
            assert_eq!(reply.header("location"), "/desk");
        }
    }
}

#[tokio::test]
async fn an_answer_that_comes_too_late_is_told_and_kept_and_another_events_question_is_out_of_reach() {
    let app = TestApp::start().await;
    let id = held(&app, LIVE).await;
    let question = asked(&app, &id, "路灯什么时候能修好？").await;
    let mut office = app.staff("songjing").await;
    let change = |version: i64, body: Value| (format!("\"{version}\""), body);
    let (version, body) = change(1, json!({ "state": "visible" }));
    let path = format!("/api/v1/questions/{question}");
    let shown = office
        .write(Method::PATCH, &path, &[("if-match", &version)], &body)
        .await;
    assert_eq!(shown.status, 200, "{}", shown.text());
    let page = office.get(&format!("/desk/events/{id}?lane=all")).await;
    let read = shown.json()["version"].as_i64().expect("a version");
    let (version, body) = change(read, json!({ "pinned": true }));
    let pinned = office
        .write(Method::PATCH, &path, &[("if-match", &version)], &body)
        .await;
    assert_eq!(pinned.status, 200);

    let send = |typed: &[(&str, &str)], page: &Reply| {
        let mut pairs = vec![("csrf".to_owned(), token_of(page))];
        pairs.extend(
            typed
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        Body::from(encode(&pairs))
    };
    let read = read.to_string();
    let form = ["answer-", &question].concat();
    let typed = [
        ("question", question.as_str()),
        ("version", &read),
        ("form", &form),
        ("answer", "本周五前修好"),
        ("do", "answered"),
    ];
    let path = format!("/desk/events/{id}?lane=all");
    let late = office
        .send(Method::POST, &path, &[("content-type", FORM)], send(&typed, &page))
        .await;
    assert_eq!(late.status, 409);
    let html = late.text();
    assert!(html.contains("本周五前修好") && html.contains("刚刚有人改过"), "{html}");

    let other = held(&app, LIVE).await;
    let path = format!("/desk/events/{other}?lane=all");
    let reply = office
        .send(Method::POST, &path, &[("content-type", FORM)], send(&typed, &page))
        .await;
    assert_eq!(reply.status, 404, "a question of another event");
    let mut deputy = app.staff("luzhiyao").await;
    let page = deputy.get(&format!("/desk/events/{id}?lane=all")).await;
    let typed = [("do", "state:closed"), ("version", "9"), ("form", "state")];
    let path = format!("/desk/events/{id}");
    let reply = deputy
        .send(Method::POST, &path, &[("content-type", FORM)], send(&typed, &page))
        .await;
    assert_eq!(reply.status, 403, "those at the table decide nothing");
}

/// The token that a page's forms carry.
fn token_of(page: &Reply) -> String {
    let html = page.text();
    let rest = html.split("name=\"csrf\" value=\"").nth(1).expect("a form");
    rest.split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn ones_own_events_show_the_place_in_line_the_questions_and_their_letter() {
    let app = TestApp::start().await;
    let id = held(&app, &["announced", "open"]).await;
    let page = app.nobody().get("/mine/events").await;
    assert!(page.text().contains("name=\"phone\""), "the login stands in front");
    let seats = format!("/api/v1/events/{id}/registrations");
    let mut other = app.resident("199-0000-0004").await;
    let mut third = app.resident("199-0000-0005").await;
    let mut author = app.resident(PHONE).await;
    for person in [&mut other, &mut third, &mut author] {
        assert_eq!(person.post(&seats, &json!({})).await.status, 201);
    }
    let asking = json!({ "text": SECRET });
    let asked = author.post(&format!("/api/v1/events/{id}/questions"), &asking).await;
    let question = asked.json()["id"].as_str().expect("an id").to_owned();
    let page = author.get("/mine/events").await;
    let text = page.text();
    assert!(text.contains("您在候补第 1 位") && text.contains("退出候补"), "{text}");
    assert!(text.contains(SECRET) && text.contains("等主持人看"), "{text}");
    assert!(author.get("/mine").await.text().contains("href=\"/mine/events\""));
    let mut other = app.resident_again("199-0000-0004").await;
    let page = other.get("/mine/events").await;
    assert!(
        page.text().contains("您已报名") && !page.text().contains(SECRET),
        "{}",
        page.text()
    );

    // One seat is given up: the next in line has it, and the page says both.
    let done = press(&mut other, &page, "/mine/events", "withdraw", &[]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let page = follow(&mut other, &done).await;
    assert!(page.text().contains("已取消报名。") && page.text().contains("您已取消报名"));
    assert!(
        !page.text().contains("value=\"withdraw\""),
        "there is nothing to give up any more"
    );
    assert!(
        author
            .get("/mine/events")
            .await
            .text()
            .contains("您已从候补转为报名成功")
    );

    let mut office = app.staff("songjing").await;
    let put = json!({ "state": "visible" });
    let path = format!("/api/v1/questions/{question}");
    let shown = office.write(Method::PATCH, &path, &[("if-match", "\"1\"")], &put).await;
    assert_eq!(shown.status, 200, "{}", shown.text());
    let to = json!({ "unit_id": "u-jiaotong" });
    let made = office
        .post(&format!("/api/v1/questions/{question}/to-letter"), &to)
        .await;
    let no = made.json()["no"].as_str().expect("a number").to_owned();
    let page = author.get("/mine/events").await;
    assert!(page.text().contains(&format!("href=\"/mine/{no}\"")), "{}", page.text());
}

/// The ids that stand behind `mark` in a page.
fn ids_in(page: &Reply, mark: &str) -> Vec<String> {
    let html = page.text();
    let found = html.split(mark).skip(1);
    found
        .map(|rest| rest.split('"').next().unwrap_or_default().to_owned())
        .collect()
}

/// The address of the link with these words.
fn link_to(page: &Reply, words: &str) -> Option<String> {
    let html = page.text();
    let before = html.split(words).next().filter(|before| before.len() < html.len())?;
    let href = before.rsplit("href=\"").next()?.split('"').next()?;
    Some(unescape(href))
}

#[tokio::test]
async fn seven_hundred_questions_are_paged_through_in_public_and_at_the_desk() {
    let app = TestApp::start().await;
    let id = held(&app, LIVE).await;
    let store = &app.state.store;
    let mut people = Vec::new();
    for nth in 0..140 {
        let phone = liaison_store::people::Phone {
            hash: format!("paged-{nth}"),
            masked: format!("199****{nth:04}"),
            encrypted: None,
        };
        people.push(store.resident(&phone, "", MONDAY).await.unwrap().id);
    }
    for nth in 0..700 {
        let asking = liaison_store::events::Asking {
            id: liaison_store::new_id(),
            event_id: id.clone(),
            account_id: people[nth % 140].clone(),
            text: format!("第 {nth} 个问题"),
            shown: None,
            name: None,
        };
        let kept = store.ask_question(&asking, MONDAY + nth as i64).await.unwrap();
        let show = liaison_store::events::QuestionPatch {
            state: Some(liaison_domain::events::QuestionState::Visible),
            ..Default::default()
        };
        store
            .change_question(&kept.id, kept.version, &show, MONDAY)
            .await
            .unwrap();
    }
    let mut reader = app.resident(PHONE).await;
    let mut office = app.staff("songjing").await;
    let walks = [
        (&mut reader, format!("/events/{id}"), "id=\"q-"),
        (
            &mut reader_again(&app).await,
            format!("/events/{id}?sort=newest"),
            "id=\"q-",
        ),
        (&mut office, format!("/desk/events/{id}?lane=visible"), "id=\"dq-"),
    ];
    let mut third = (String::new(), String::new());
    for (client, first, mark) in walks {
        let (mut seen, mut next, mut pages) = (Vec::new(), Some(first.clone()), 0);
        while let Some(path) = next {
            let page = client.get(&path).await;
            assert_eq!(page.status, 200, "{path}");
            let ids = ids_in(&page, mark);
            assert_eq!(ids.len(), 100, "{path}");
            pages += 1;
            if pages == 3 && first.ends_with(&id) {
                third = (path.clone(), ids[10].clone());
                assert!(link_to(&page, "回到最前面").is_some());
            }
            seen.extend(ids);
            next = link_to(&page, "看后面的问题");
        }
        let all: std::collections::BTreeSet<_> = seen.iter().collect();
        assert_eq!((pages, seen.len(), all.len()), (7, 700, 700), "{first}");
    }

    // What is shown on a later page stays fresh, and what is pressed there leads back to it.
    let (path, question) = third;
    let path = path.split('#').next().unwrap_or_default().to_owned();
    let page = reader.get(&path).await;
    let part = html_attribute(&page, "data-part");
    let before = reader.get(&part).await;
    assert!(before.text().contains(&question) && before.text().contains("0 人支持"));
    let action = format!("{path}#questions");
    let up = format!("up:{question}");
    let mut pairs = fields(&form_of(&page.text(), &action.replace('&', "&amp;")));
    pairs.push(("do".to_owned(), up));
    let body = Body::from(encode(&pairs));
    let done = reader.send(Method::POST, &path, &[("content-type", FORM)], body).await;
    let back = done.headers["location"].to_str().expect("an address").to_owned();
    assert!(back.contains("cursor="), "{back}");
    let after = reader.get(&part).await;
    let entry = after.text();
    let entry = entry.split(&format!("q-{question}")).nth(1);
    // It rose, and with that to the first page.
    assert!(entry.is_none_or(|entry| entry.contains("1 人支持")));
    let first = reader.get(&format!("/events/{id}?part=live&sort=votes")).await;
    assert_eq!(ids_in(&first, "id=\"q-")[0], question);
}

async fn reader_again(app: &TestApp) -> Client<'_> {
    app.resident("199-0000-0004").await
}

/// The value of the page's first attribute with this name.
fn html_attribute(page: &Reply, name: &str) -> String {
    let html = page.text();
    let mark = format!("{name}=\"");
    let value = html.split(&mark).nth(1).and_then(|rest| rest.split('"').next());
    unescape(value.expect("the attribute"))
}

#[tokio::test]
async fn what_is_resolved_names_the_question_it_answers_and_the_page_links_both() {
    let app = TestApp::start().await;
    let id = held(&app, LIVE).await;
    let question = asked(&app, &id, "3 号楼的电梯什么时候能装?").await;
    // The next code by telephone.
    app.pass(HOUR);
    let hidden = asked(&app, &id, SECRET).await;
    let mut office = app.staff("songjing").await;
    for (question, change) in [
        (&question, json!({ "state": "visible" })),
        (&hidden, json!({ "state": "hidden", "reason": "涉及他人隐私" })),
    ] {
        let path = format!("/api/v1/questions/{question}");
        let done = office
            .write(Method::PATCH, &path, &[("if-match", "\"1\"")], &change)
            .await;
        assert_eq!(done.status, 200, "{}", done.text());
    }
    let desk = format!("/desk/events/{id}?lane=visible");
    let page = office.get(&desk).await;
    assert!(
        page.text().contains(&format!("<option value=\"{question}\"")),
        "{}",
        page.text()
    );
    assert!(!page.text().contains(&format!("<option value=\"{hidden}\"")));
    let typed = [
        ("text", "三号楼先装一部"),
        ("owner", "unit:u-jiaotong"),
        ("question_id", question.as_str()),
        ("form", "resolve"),
    ];
    let action = format!("{desk}#desk-resolutions");
    let done = press(&mut office, &page, &action, "resolve", &typed).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert!(office.get(&desk).await.text().contains("回应的问题：3 号楼的电梯"));
    for path in [format!("/events/{id}"), format!("/events/{id}?part=live")] {
        let page = app.nobody().get(&path).await;
        let text = page.text();
        assert!(text.contains(&format!("href=\"#q-{question}\"")), "{text}");
        let resolution = ids_in(&page, "id=\"r-").remove(0);
        assert!(text.contains(&format!("href=\"#r-{resolution}\"")), "{text}");
    }
}

#[tokio::test]
async fn a_draft_is_deleted_after_a_second_look_and_nothing_else_is() {
    let app = TestApp::start().await;
    let id = held(&app, &[]).await;
    let path = format!("/desk/events/{id}");
    let mut office = app.staff("songjing").await;
    let page = office.get(&path).await;
    assert!(page.text().contains("删掉以后找不回来"));
    let announced = held(&app, &["announced"]).await;
    let other = office.get(&format!("/desk/events/{announced}")).await;
    assert!(!other.text().contains("删掉以后找不回来"));

    let action = format!("{path}?lane=pending#desk-state");
    // Whoever may not edit it does not find it; what was announced is not deleted.
    let api = format!("/api/v1/events/{id}");
    let mut deputy = app.staff("luzhiyao").await;
    let none = deputy
        .write(Method::DELETE, &api, &[("if-match", "\"1\"")], &json!({}))
        .await;
    assert_eq!(none.status, 404);
    let refused = press(
        &mut office,
        &other,
        &format!("/desk/events/{announced}?lane=pending#desk-state"),
        "delete",
        &[],
    )
    .await;
    assert_eq!(refused.status, 409, "{}", refused.text());
    assert!(app.state.store.event(&announced).await.unwrap().is_some());
    let page = office.get(&path).await;
    let done = press(&mut office, &page, &action, "delete", &[]).await;
    assert_eq!(done.headers["location"], "/desk/events?said=deleted");
    assert_eq!(app.state.store.event(&id).await.unwrap(), None);
    assert!(
        office
            .get("/desk/events?said=deleted")
            .await
            .text()
            .contains("草稿已删除")
    );
}
