//! Doors outside: kept by plain forms, and told to whoever writes without scripts.

use super::*;

const LIST: &str = "/desk/admin/doors";

/// What is told below the question after a letter's words.
async fn told(app: &TestApp, body: &str) -> String {
    let mut resident = app.nobody();
    let page = resident.get("/write").await;
    press(&mut resident, &page, "/write", "next", &[("body", body)])
        .await
        .text()
}

#[tokio::test]
async fn what_is_kept_here_is_what_residents_are_told() {
    let app = TestApp::start().await;
    for username in ["songjing", "jiaotong"] {
        assert_eq!(app.staff(username).await.get(LIST).await.status, 303, "{username}");
    }
    let read = app.staff("chief").await.get(LIST).await.text();
    assert!(read.contains("请找系统管理员") && !read.contains("加一处"), "{read}");
    let body = "法院判决以后楼道灯没人修，请帮忙看看这件事。";
    assert!(told(&app, body).await.contains("tel:12368"));

    let mut admin = app.staff("admin").await;
    let court = format!("{LIST}/court");
    let form = admin.get(&court).await;
    assert!(form.text().contains("12368") && !form.text().contains("恢复成原来的"));
    let wrong = press(
        &mut admin,
        &form,
        &court,
        "save",
        &[("number", "打电话"), ("hours", "工作日上午")],
    )
    .await;
    assert_eq!(wrong.status, 422);
    let html = wrong.text();
    assert!(
        html.contains("电话只写数字和短横") && html.contains("工作日上午"),
        "nothing is lost: {html}"
    );
    let done = press(&mut admin, &wrong, &court, "save", &[("number", "0199-12368")]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let list = follow(&mut admin, &done).await.text();
    assert!(
        list.contains("本区改过") && list.contains("改了“法院”：电话、什么时候打得通"),
        "{list}"
    );
    let now = told(&app, body).await;
    assert!(
        now.contains("tel:0199-12368") && now.contains("什么时候打得通：工作日上午"),
        "{now}"
    );

    let new = format!("{LIST}/new");
    let form = admin.get(&new).await;
    let typed = [
        ("name", "供暖"),
        ("text", "暖气不热：找热力公司。"),
        ("words", "暖气不热、 暖气冰凉\n供暖不足"),
    ];
    let done = press(&mut admin, &form, &new, "save", &typed).await;
    assert!(follow(&mut admin, &done).await.text().contains("加了“供暖”"));
    let heating = told(&app, "我们楼里暖气冰凉，老人受不了，找谁都没用。").await;
    assert!(heating.contains("找热力公司"), "{heating}");
    let section = heating.split("id=\"beside-doors\"").nth(1).expect("doors");
    let section = section.split("</section>").next().unwrap_or_default();
    assert!(
        section.contains("找热力公司") && !section.contains("tel:"),
        "a door without a number has no button: {section}"
    );

    let form = admin.get(&court).await;
    let ask = press(&mut admin, &form, &court, "ask", &[]).await;
    assert!(ask.text().contains("换回系统原来的"), "{}", ask.text());
    let back = press(&mut admin, &ask, &court, "sure", &[]).await;
    assert!(follow(&mut admin, &back).await.text().contains("已经换回原来的"));
    assert!(told(&app, body).await.contains("tel:12368"));
}

#[tokio::test]
async fn a_door_that_is_turned_off_is_told_to_nobody() {
    let app = TestApp::start().await;
    let mut admin = app.staff("admin").await;
    let court = format!("{LIST}/court");
    let form = admin.get(&court).await;
    let mut pairs = fields(&form_of(&form.text(), &court));
    pairs.retain(|(name, _)| name != "active");
    pairs.push(("do".to_owned(), "save".to_owned()));
    let done = admin
        .send(
            Method::POST,
            &court,
            &[("content-type", FORM)],
            Body::from(encode(&pairs)),
        )
        .await;
    let list = follow(&mut admin, &done).await.text();
    assert!(list.contains("已停用") && list.contains("停用了“法院”"), "{list}");
    let now = told(&app, "法院判决以后楼道灯没人修，请帮忙看看这件事。").await;
    assert!(!now.contains("tel:12368"), "{now}");
}
