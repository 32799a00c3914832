//! The administration: the calendar, the limits, the jobs.

use crate::support::*;
use axum::http::Method;
use liaison_domain::dto::{CalendarDay, CalendarImportResult, CalendarYear, JobRow, LimitSetting};
use liaison_server::jobs::{JOBS, Runner};
use serde_json::{Value, json};

const YEAR: &str = "/api/v1/admin/calendar?year=2026";

/// Field and code of a refused form.
fn wrong(reply: &Reply) -> (String, String) {
    assert_eq!(reply.status, 422, "{}", reply.text());
    let body = reply.json();
    let text = |name: &str| body["fields"][0][name].as_str().unwrap_or_default().to_owned();
    (text("field"), text("code"))
}

fn is(field: &str, code: &str) -> (String, String) {
    (field.to_owned(), code.to_owned())
}

liaison_store::db_test!(
    async fn the_first_change_makes_the_nations_days_the_stations_own(store: TestStore) {
        let app = TestApp::on(
            store.store.clone(),
            tempfile::tempdir().unwrap(),
            &[("demo.enabled", "true")],
        )
        .await;
        let mut admin = app.staff("admin").await;
        let nation: CalendarYear = admin.get(YEAR).await.ok();
        assert!(!nation.own && nation.days.len() > 30 && nation.years.contains(&2027));
        let one = json!({ "is_workday": true, "name": "抗台风补班" });
        let put = |path: &'static str, body: Value| (path, body);
        for ((path, body), expected) in [
            (
                put("2026-11-28", json!({ "is_workday": true, "name": " " })),
                is("name", "required"),
            ),
            (put("2026-11-27", one.clone()), is("is_workday", "weekday")),
            (
                put("2026-11-28", json!({ "is_workday": true, "name": "长".repeat(41) })),
                is("name", "too_long"),
            ),
        ] {
            let path = format!("/api/v1/admin/calendar/{path}");
            assert_eq!(wrong(&admin.write(Method::PUT, &path, &[], &body).await), expected);
        }
        for path in ["2026-02-30", "1999-01-01", "tomorrow"] {
            let path = format!("/api/v1/admin/calendar/{path}");
            assert_eq!(admin.write(Method::PUT, &path, &[], &one).await.status, 404, "{path}");
        }
        let path = "/api/v1/admin/calendar/2026-11-28";
        let kept: CalendarDay = admin.write(Method::PUT, path, &[], &one).await.ok();
        assert_eq!((kept.is_workday, kept.name.as_str()), (true, "抗台风补班"));
        let own: CalendarYear = admin.get(YEAR).await.ok();
        assert!(own.own && own.days.len() == nation.days.len() + 1);
        assert!(
            app.state
                .rules()
                .calendar
                .make_up_days
                .iter()
                .any(|day| day.iso() == "2026-11-28")
        );
        assert_eq!(admin.write(Method::DELETE, path, &[], &Value::Null).await.status, 204);
        assert_eq!(admin.write(Method::DELETE, path, &[], &Value::Null).await.status, 404);
        assert_eq!(admin.get(path).await.status, 404);
        let back: CalendarYear = admin.get(YEAR).await.ok();
        assert_eq!(back.days, nation.days);
    }
);

#[tokio::test]
async fn an_import_tells_first_what_it_would_do() {
    let app = TestApp::start().await;
    let mut admin = app.staff("admin").await;
    let text = "\u{feff}日期,类别,名称\r\n2026-12-31,holiday,盘点\r\n2026-10-01,holiday,国庆节\r\n2026-13-01,holiday,x\r\n2026-12-30,workday,y\r\n";
    let ask = |dry_run: bool| json!({ "text": text, "dry_run": dry_run });
    let path = "/api/v1/admin/calendar/import";
    let told: CalendarImportResult = admin.post(path, &ask(true)).await.ok();
    let changes: Vec<(&str, &str)> = told
        .rows
        .iter()
        .map(|row| (row.date.as_str(), row.change.as_str()))
        .collect();
    assert_eq!(changes, [("2026-10-01", "changed"), ("2026-12-31", "new")]);
    let errors: Vec<(u32, &str)> = told
        .errors
        .iter()
        .map(|error| (error.line, error.code.as_str()))
        .collect();
    assert_eq!(errors, [(4, "day"), (5, "weekday")]);
    assert!(!told.kept);
    let before: CalendarYear = admin.get(YEAR).await.ok();
    assert!(!before.own, "nothing was kept");
    let done: CalendarImportResult = admin.post(path, &ask(false)).await.ok();
    assert!(done.kept);
    let day: CalendarDay = admin.get("/api/v1/admin/calendar/2026-12-31").await.ok();
    assert_eq!((day.is_workday, day.name.as_str()), (false, "盘点"));
    let again: CalendarImportResult = admin.post(path, &ask(true)).await.ok();
    assert!(again.rows.iter().all(|row| row.change == "same"));
    let empty: CalendarImportResult = admin.post(path, &json!({ "text": "", "dry_run": false })).await.ok();
    assert!(!empty.kept && empty.errors[0].code == "empty");
}

async fn setting(client: &mut Client<'_>, key: &str) -> LimitSetting {
    let all: Vec<LimitSetting> = client.get("/api/v1/admin/limits").await.ok();
    all.into_iter()
        .find(|setting| setting.key == key)
        .expect("the limit is listed")
}

liaison_store::db_test!(
    async fn a_limit_is_set_for_all_or_for_one_category_and_taken_back(store: TestStore) {
        let settings = [("demo.enabled", "true"), ("limits.sign", "3wd")];
        let app = TestApp::on(store.store.clone(), tempfile::tempdir().unwrap(), &settings).await;
        let mut admin = app.staff("admin").await;
        let before = setting(&mut admin, "sign").await;
        assert_eq!(
            (
                before.default.as_str(),
                before.configured.as_str(),
                before.effective.as_str(),
                before.own
            ),
            ("2wd", "3wd", "3wd", false)
        );
        assert!(before.meaning.starts_with("签收") && !before.origin.is_empty());
        let path = "/api/v1/admin/limits/sign";
        let all: LimitSetting = admin
            .write(Method::PUT, path, &[], &json!({ "value": " 4 wd" }))
            .await
            .ok();
        assert_eq!((all.effective.as_str(), all.own), ("4wd", true));
        assert_eq!(
            (all.changed_by.as_deref(), all.changed_at),
            (Some("admin"), Some(MONDAY))
        );
        let of_lamps = json!({ "category": "c-transport.lamp", "value": "1wd" });
        let one: LimitSetting = admin.write(Method::PUT, path, &[], &of_lamps).await.ok();
        assert_eq!(one.categories.len(), 1);
        assert_eq!(
            (
                one.categories[0].category_name.as_str(),
                one.categories[0].value.as_str()
            ),
            ("路灯", "1wd")
        );
        let rules = app.state.rules();
        assert_eq!(rules.limits_of(Some(&"c-transport.lamp".to_owned())).sign.text(), "1wd");
        assert_eq!(rules.limits.sign.text(), "4wd");
        let back: LimitSetting = admin.write(Method::PUT, path, &[], &json!({})).await.ok();
        assert_eq!(
            (back.effective.as_str(), back.own, back.categories.len()),
            ("3wd", false, 1)
        );
        for (body, expected) in [
            (json!({ "value": "bald" }), is("value", "invalid")),
            (json!({ "value": "99999wd" }), is("value", "invalid")),
            (
                json!({ "category": "c-atlantis", "value": "1wd" }),
                is("category", "unknown"),
            ),
        ] {
            assert_eq!(wrong(&admin.write(Method::PUT, path, &[], &body).await), expected);
        }
        for key in ["no_such", "decline_reasons"] {
            let path = format!("/api/v1/admin/limits/{key}");
            assert_eq!(
                admin
                    .write(Method::PUT, &path, &[], &json!({ "value": "1" }))
                    .await
                    .status,
                404,
                "{key}"
            );
        }
    }
);

liaison_store::db_test!(
    async fn the_jobs_are_listed_with_what_went_wrong(store: TestStore) {
        let app = TestApp::on(
            store.store.clone(),
            tempfile::tempdir().unwrap(),
            &[("demo.enabled", "true")],
        )
        .await;
        let mut admin = app.staff("admin").await;
        let jobs: Vec<JobRow> = admin.get("/api/v1/admin/jobs").await.ok();
        assert_eq!(jobs.len(), JOBS.len());
        assert!(
            jobs.iter().all(|job| job.runs == 0 && job.last_begun_at.is_none()),
            "none ran yet"
        );
        Runner::new(app.state.clone()).run_due().await.unwrap();
        submit(&mut app.resident("199-0000-0001").await, "key-1").await;
        store
            .vandalise("UPDATE message SET wake_at = 1, snapshot = '{'")
            .await
            .unwrap();
        Runner::new(app.state.clone()).run_due().await.unwrap_err();
        let jobs: Vec<JobRow> = app.staff("auditor").await.get("/api/v1/admin/jobs").await.ok();
        let clock = jobs.iter().find(|job| job.name == "clock").unwrap();
        assert_eq!(
            (clock.runs, clock.running, clock.last_done_at),
            (2, false, Some(MONDAY))
        );
        assert!(
            clock
                .last_error
                .as_ref()
                .is_some_and(|words| words.contains("cannot be read")),
            "{clock:?}"
        );
    }
);
