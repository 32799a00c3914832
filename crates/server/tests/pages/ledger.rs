//! The counter, notes, the ledger and paper ledgers by plain forms.

use super::*;
use calamine::{Data, Reader as _, Xlsx};
use liaison_domain::calendar::HOUR_MS;
use liaison_domain::reception::{Mode, SessionKind};
use liaison_store::receptions::NewSession;
use std::io::Cursor;

const COUNTER: &str = "/desk/receptions/session-1/counter";
pub const NOTES: &str = "/desk/receptions/session-1/notes";
const IMPORT: &str = "/desk/ledger/import";

pub async fn open_session(app: &TestApp) {
    let new = NewSession {
        id: "session-1".to_owned(),
        station_id: "s-songjing".to_owned(),
        title: "代表接待日".to_owned(),
        kind: SessionKind::Ordinary,
        topic: String::new(),
        starts_at: MONDAY - HOUR_MS,
        ends_at: MONDAY + 2 * HOUR_MS,
        place: String::new(),
        online_link: None,
        slot_minutes: 30,
        seats: 1,
        modes: vec![Mode::OnSite],
        notice: String::new(),
        deputies: vec!["d-luzhiyao".to_owned(), "d-guchengyuan".to_owned()],
    };
    app.state.store.add_session(&new, MONDAY).await.expect("a reception");
}

#[tokio::test]
async fn the_counter_takes_people_in_calls_them_and_keeps_what_is_typed() {
    let app = TestApp::start().await;
    open_session(&app).await;
    let mut office = app.staff("songjing").await;
    let page = office.get(COUNTER).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let typed = [("topic", ""), ("name", "王桂芳"), ("people", "0")];
    let wrong = press(&mut office, &page, COUNTER, "walkin", &typed).await;
    let html = wrong.text();
    assert_eq!(wrong.status, 422);
    assert!(
        html.contains("请写是什么事") && html.contains("value=\"王桂芳\"") && html.contains("value=\"0\""),
        "{html}"
    );
    let unknown = press(&mut office, &page, COUNTER, "code", &[("code", "123456")]).await;
    assert!(unknown.text().contains("没有这个签到码") && unknown.text().contains("value=\"123456\""));
    let typed = [("topic", "路灯"), ("name", "王桂芳"), ("people", "2")];
    let done = press(&mut office, &page, COUNTER, "walkin", &typed).await;
    assert_eq!(done.status, 303);
    let here = follow(&mut office, &done).await;
    let html = here.text();
    assert!(
        html.contains("1 号 王桂芳 登记好了。") && html.contains("等候 1 位"),
        "{html}"
    );
    let slip = html
        .split("href=\"/desk/receptions/session-1/slip")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let slip = office
        .get(&unescape(&format!("/desk/receptions/session-1/slip{}", slip.unwrap())))
        .await;
    assert!(slip.text().contains("class=\"slip__number\"") && slip.text().contains("前面没有人"));
    let done = press(&mut office, &here, COUNTER, "next", &[]).await;
    let called = follow(&mut office, &done).await;
    assert!(called.text().contains("请 1 号 王桂芳 进来。") && called.text().contains("正在接待 1 位"));
    let done = press(&mut office, &called, COUNTER, "next", &[]).await;
    assert!(follow(&mut office, &done).await.text().contains("现在没有人在等"));
    // Nobody of another station gets here, nor by the name of somebody at another reception.
    assert_eq!(app.staff("yunfan").await.get(COUNTER).await.status, 404);
    let other = press(&mut office, &called, COUNTER, "finish:unknown", &[]).await;
    assert_eq!(other.status, 404);
}

/// The id of the one who is being received.
fn booking_of(html: &str) -> String {
    let at = html.split("/notes?booking=").nth(1).expect("a link to the notes");
    at.split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn notes_lose_nothing_and_become_a_letter_with_a_slip() {
    let app = TestApp::start().await;
    open_session(&app).await;
    let mut deputy = app.staff("luzhiyao").await;
    let page = deputy.get(COUNTER).await;
    let done = press(
        &mut deputy,
        &page,
        COUNTER,
        "walkin",
        &[("topic", "路灯"), ("name", "王桂芳"), ("people", "2")],
    )
    .await;
    let here = follow(&mut deputy, &done).await;
    let done = press(&mut deputy, &here, COUNTER, "next", &[]).await;
    let booking = booking_of(&follow(&mut deputy, &done).await.text());
    let form = deputy.get(&format!("{NOTES}?booking={booking}")).await;
    let given = fields(&form_of(&form.text(), NOTES));
    let has = |name: &str, value: &str| given.iter().any(|(n, v)| n == name && v == value);
    assert!(
        has("visitor", "王桂芳") && has("people", "2") && has("topic", "路灯"),
        "prefilled: {given:?}"
    );
    assert!(has("deputies", "d-luzhiyao"), "whoever writes was there");
    let words = "学府路从菜场到小学这一段的路灯坏了三个星期,晚上接孩子的老人摔过两次。";
    let typed = [
        ("outcome", "letter"),
        ("words", words),
        ("notes", "去年也坏过。"),
        ("visit_seen", "十一盏不亮。"),
        ("phone", "12"),
    ];
    let wrong = press(&mut deputy, &form, NOTES, "", &typed).await;
    let html = wrong.text();
    assert_eq!(wrong.status, 422);
    for kept in [words, "去年也坏过。", "十一盏不亮。", "value=\"12\""] {
        assert!(html.contains(kept), "{kept} is lost: {html}");
    }
    for told in ["手机号不对", "请写去看了哪里", "请写来访人怎样同意"] {
        assert!(html.contains(told), "{told} is not said");
    }
    let typed = [("visit_place", "菜场门口"), ("phone", ""), ("consent", "口头同意")];
    let done = press(&mut deputy, &wrong, NOTES, "", &typed).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let slip = follow(&mut deputy, &done).await.text();
    assert!(
        slip.contains("TH-2026-000001") && slip.contains("JD-2026-000001") && slip.contains("查询码"),
        "{slip}"
    );
    // The same form once more, by a double tap: the same record, the same letter.
    let again = press(&mut deputy, &wrong, NOTES, "", &typed).await;
    assert_eq!(again.header("location"), done.header("location"));
    let mut office = app.staff("songjing").await;
    let list = office.get("/desk/ledger?q=路灯").await.text();
    assert_eq!(list.matches("class=\"row__title\"").count(), 1, "{list}");
    assert!(list.contains("共 1 条") && list.contains("TH-2026-000001") && list.contains("王桂芳"));
    let path = done.header("location").trim_end_matches("/slip").to_owned();
    // Whoever has no cookie has no code.
    assert!(
        office
            .get(&format!("{path}/slip"))
            .await
            .text()
            .contains("查询码只显示一次")
    );
    let record = office.get(&path).await.text();
    assert!(record.contains("陆知遥") && record.contains("十一盏不亮"), "{record}");
}

#[tokio::test]
async fn a_record_without_a_reception_is_written_changed_and_becomes_a_letter_later() {
    let app = TestApp::start().await;
    let mut office = app.staff("songjing").await;
    let page = office.get("/desk/ledger/new").await;
    // The station has a point: which of the two is asked first.
    assert!(page.text().contains("在哪个联络站"));
    let page = office.get("/desk/ledger/new?station=songjing").await;
    let typed = [
        ("topic", "公交延伸"),
        ("outcome", "noted"),
        ("date", "2026-11-30"),
        ("words", "27路能不能开到橘林村,村里老人看病要走四里路。"),
    ];
    let wrong = press(&mut office, &page, "/desk/ledger/new", "", &typed).await;
    assert!(wrong.status == 422 && wrong.text().contains("日期在今天以后"));
    let done = press(&mut office, &wrong, "/desk/ledger/new", "", &[("date", "2026-11-20")]).await;
    let record = follow(&mut office, &done).await;
    let path = done.header("location").split('?').next().unwrap().to_owned();
    assert!(
        record.text().contains("已保存") && record.text().contains("11月20日"),
        "{}",
        record.text()
    );
    let change = office.get(&format!("{path}/change")).await;
    let action = format!("{path}/change");
    let done = press(&mut office, &change, &action, "", &[("notes", "已问公交公司")]).await;
    assert!(follow(&mut office, &done).await.text().contains("已问公交公司"));
    // From the old page: somebody was quicker, and nothing typed is lost.
    let late = press(&mut office, &change, &action, "", &[("notes", "另一段话")]).await;
    assert!(late.status == 409 && late.text().contains("另一段话") && late.text().contains("别人刚刚改过"));
    let done = press(&mut office, &late, &action, "", &[]).await;
    assert_eq!(done.status, 303, "saved once more it is meant");
    let page = office.get(&path).await;
    let refused = press(&mut office, &page, &path, "letter", &[("consent", "")]).await;
    assert_eq!(refused.status, 422);
    let done = press(&mut office, &refused, &path, "letter", &[("consent", "电话里同意")]).await;
    assert!(follow(&mut office, &done).await.text().contains("TH-2026-000001"));
}

#[tokio::test]
async fn an_exported_ledger_has_the_same_rows_and_no_formulas() {
    let app = TestApp::start().await;
    let mut office = app.staff("songjing").await;
    for (topic, date) in [
        ("=HYPERLINK(\"http://example.com\")", "2026-11-20"),
        ("路灯", "2026-11-22"),
    ] {
        let page = office.get("/desk/ledger/new?station=songjing").await;
        let typed = [
            ("topic", topic),
            ("outcome", "noted"),
            ("people", "3"),
            ("phone", "199-0000-0005"),
            ("date", date),
        ];
        let done = press(&mut office, &page, "/desk/ledger/new", "", &typed).await;
        assert_eq!(done.status, 303, "{}", done.text());
    }
    let file = office.get("/desk/ledger/export.xlsx").await;
    assert!(file.header("content-disposition").contains("ledger-2026-11-23.xlsx"));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&file.body)).expect("a book");
    let range = book.worksheet_range("接待台账").expect("a sheet");
    let text = |row: u32, column: u32| range.get_value((row, column)).cloned();
    assert_eq!(range.height(), 3);
    assert_eq!(text(0, 9), Some(Data::String("事由".to_owned())));
    assert_eq!(text(1, 9), Some(Data::String("路灯".to_owned())), "the latest first");
    assert_eq!(
        text(2, 9),
        Some(Data::String("=HYPERLINK(\"http://example.com\")".to_owned()))
    );
    assert_eq!(text(1, 7), Some(Data::Float(3.0)), "a number stays one");
    assert_eq!(text(1, 6), Some(Data::String("199****0005".to_owned())), "masked");
    assert_eq!(book.worksheet_formula("接待台账").expect("formulas").cells().count(), 0);
    let csv = office.get("/desk/ledger/export.csv?q=路灯").await.text();
    assert_eq!(csv.lines().count(), 2);
    let whole = office.get("/desk/ledger/export.csv").await.text();
    assert!(whole.contains("'=HYPERLINK") && !whole.contains(",=HYPERLINK"));
    let printed = office.get("/desk/ledger/print").await.text();
    assert_eq!(printed.matches("<tr>").count(), 3);
}

/// Posts a file as a browser does.
pub async fn upload(client: &mut Client<'_>, page: &Reply, name: &str, bytes: &[u8]) -> Reply {
    let mut body = Vec::new();
    let mut part = |head: &str, content: &[u8]| {
        body.extend_from_slice(format!("--edge\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    };
    let own = fields(&form_of(&page.text(), IMPORT)).into_iter();
    for (name, value) in own.filter(|(name, _)| name != "station") {
        part(&format!("name=\"{name}\""), value.as_bytes());
    }
    part("name=\"station\"", b"songjing");
    part(&format!("name=\"sheet\"; filename=\"{name}\""), bytes);
    body.extend_from_slice(b"--edge--\r\n");
    let kind = [("content-type", "multipart/form-data; boundary=edge")];
    client.send(Method::POST, IMPORT, &kind, Body::from(body)).await
}

#[tokio::test]
async fn a_paper_ledger_is_previewed_mended_and_kept_once() {
    let app = TestApp::start().await;
    assert!(
        app.staff("yunfan")
            .await
            .get(IMPORT)
            .await
            .text()
            .contains("下载 Excel 模板")
    );
    let mut office = app.staff("songjing").await;
    let page = office.get(IMPORT).await;
    let nothing = upload(&mut office, &page, "x.csv", b"").await;
    assert!(
        nothing.status == 422 && nothing.text().contains("请选台账文件"),
        "{}",
        nothing.text()
    );
    let large = upload(&mut office, &page, "x.csv", &vec![b'a'; (1 << 20) + 1]).await;
    assert!(
        large.status == 422 && large.text().contains("不超过 1 MB"),
        "{}",
        large.status
    );
    let picture = upload(&mut office, &page, "x.png", b"\x89PNG\x00\x00").await;
    assert!(picture.text().contains("这个文件打不开"));
    let text = "接待日期,来访人,事由,联系电话\r\n2019-03-05,王桂芳,路灯,199-0000-0001\r\n3月5日,李,公交,12\r\n";
    let look = upload(&mut office, &page, "台账2019.csv", text.as_bytes()).await;
    let html = look.text();
    assert_eq!(look.status, 200, "{html}");
    assert!(
        html.contains("1 条可以导入，1 条要改") && html.contains("请写成 2019-03-05 这样"),
        "{html}"
    );
    assert!(
        !office.get("/desk/ledger").await.text().contains("row__title"),
        "nothing is kept yet"
    );
    let bad = press(&mut office, &look, IMPORT, "bad", &[]).await.text();
    assert!(
        bad.contains("3月5日,李,公交,12,") && bad.contains("要改的地方") && !bad.contains("王桂芳"),
        "{bad}"
    );
    let kept = press(&mut office, &look, IMPORT, "keep", &[]).await.text();
    assert!(
        kept.contains("导入了 1 条") && kept.contains("还有 1 条没有导入"),
        "{kept}"
    );
    let again = upload(&mut office, &page, "同一个.csv", text.as_bytes()).await.text();
    assert!(again.contains("已经导入过"), "{again}");
    let list = office.get("/desk/ledger?historic=yes").await.text();
    assert!(
        list.contains("历史台账") && list.contains("王桂芳") && list.contains("共 1 条"),
        "{list}"
    );
    // The template comes back as it went out.
    let template = office.get("/desk/ledger/template.xlsx").await;
    let look = upload(&mut office, &page, "模板.xlsx", &template.body).await.text();
    assert!(look.contains("1 条都可以导入"), "{look}");
}
