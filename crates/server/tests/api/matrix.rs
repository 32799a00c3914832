//! Who gets what: every route of the API against everybody there is.

use crate::support::*;
use axum::http::Method;
use liaison_domain::reception::{Mode, SessionKind};
use liaison_server::api;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const PHONE: &str = "199-0000-0001";

/// The people, in the order of the columns below.
const PEOPLE: [&str; 13] = [
    "nobody",
    "author",
    "with-code",
    "other-resident",
    "luzhiyao",
    "guchengyuan",
    "jiaotong",
    "chengguan",
    "songjing",
    "yunfan",
    "chief",
    "moderator",
    "auditor",
];

/// Everybody gets the same.
const fn all(status: u16) -> [u16; 13] {
    [status; 13]
}

/// Staff only: 401 for nobody, 403 for residents.
const fn staff(status: u16) -> [u16; 13] {
    let mut row = [status; 13];
    row[0] = 401;
    row[1] = 403;
    row[2] = 401;
    row[3] = 403;
    row
}

struct Row {
    method: Method,
    /// As in the description, so that none can be forgotten.
    route: &'static str,
    path: String,
    body: Value,
    expected: [u16; 13],
}

/// A letter to a deputy of songjing, which lies with the unit jiaotong.
async fn rows(app: &TestApp) -> Vec<Row> {
    let receipt = submit(&mut app.resident(PHONE).await, "key-1").await;
    let id = receipt.id.clone();
    let mut office = app.staff("songjing").await;
    let accept = json!({ "type": "accept", "category_id": "c-transport.lamp", "class": "normal", "urgency": "normal" });
    assert_eq!(office.act(&id, accept).await.status, 200);
    let to_deputy = json!({ "type": "to_deputy", "deputy_id": "d-luzhiyao" });
    assert_eq!(office.act(&id, to_deputy).await.status, 200);
    let pass = json!({ "type": "deputy_pass", "text": "请交通局来办。" });
    assert_eq!(app.staff("luzhiyao").await.act(&id, pass).await.status, 200);
    assert_eq!(
        office
            .act(&id, json!({ "type": "assign", "lead": "u-jiaotong" }))
            .await
            .status,
        200
    );
    let case = app.state.store.load(&id).await.unwrap().unwrap().case;
    let task = case.tasks[0].id.clone();
    let mut rows = Vec::new();
    let mut add = |method: Method, route: &'static str, path: String, body: Value, expected: [u16; 13]| {
        rows.push(Row {
            method,
            route,
            path,
            body,
            expected,
        });
    };
    let get = Method::GET;
    for (route, path) in [
        ("/openapi.json", "/openapi.json"),
        ("/config", "/config"),
        ("/home", "/home"),
        ("/areas", "/areas"),
        ("/categories", "/categories"),
        ("/units", "/units"),
        ("/stations", "/stations"),
        ("/stations/{slug}", "/stations/songjing"),
        ("/deputies", "/deputies"),
        ("/deputies/{slug}", "/deputies/luzhiyao"),
        ("/write-options", "/write-options"),
        ("/write-hints", "/write-hints"),
        ("/reception-sessions", "/reception-sessions?q=x"),
        ("/cases", "/cases"),
        ("/auth/demo", "/auth/demo"),
    ] {
        add(get.clone(), route, path.to_owned(), Value::Null, all(200));
    }
    let similar = json!({ "text": "学府路菜场门口的路灯不亮" });
    add(
        Method::POST,
        "/cases/similar",
        "/cases/similar".to_owned(),
        similar,
        all(200),
    );
    for (route, path) in [
        ("/stations/{slug}", "/stations/atlantis"),
        ("/deputies/{slug}", "/deputies/nobody"),
        // Not published: for the public it does not exist, whoever asks.
        ("/cases/{no}", &*format!("/cases/{}", receipt.no)),
        ("/reception-sessions/{id}", "/reception-sessions/unknown"),
        ("/surveys/{token}", "/surveys/unknown"),
        ("/files/{id}", "/files/unknown"),
        ("/files/{id}/thumb", "/files/unknown/thumb"),
        ("/media/{id}", "/media/unknown"),
        ("/media/videos/{id}", "/media/videos/unknown"),
    ] {
        add(get.clone(), route, path.to_owned(), Value::Null, all(404));
    }
    let mut me = all(200);
    (me[0], me[2]) = (401, 401);
    add(get.clone(), "/me", "/me".to_owned(), Value::Null, me);
    for route in ["/me/notices", "/me/notices/count", "/me/notifications", "/me/sessions"] {
        add(get.clone(), route, route.to_owned(), Value::Null, me);
    }
    let mut overseer = staff(403);
    (overseer[10], overseer[12]) = (403, 200);
    let errors = "/admin/client-errors";
    add(get.clone(), errors, errors.to_owned(), Value::Null, overseer);
    let report = json!({ "kind": "slow", "build": "", "path": "/", "message": "" });
    add(
        Method::POST,
        "/client-errors",
        "/client-errors".to_owned(),
        report,
        all(204),
    );
    // Absent where it is not configured.
    let signature = "/wechat/js-signature";
    add(get.clone(), signature, signature.to_owned(), Value::Null, all(404));
    let mut unbound = all(403);
    (unbound[0], unbound[1], unbound[2], unbound[3]) = (401, 404, 401, 404);
    let platform = "/me/platforms/{provider}";
    add(
        Method::DELETE,
        platform,
        "/me/platforms/wechat".to_owned(),
        Value::Null,
        unbound,
    );
    let mut no_session = all(404);
    (no_session[0], no_session[2]) = (401, 401);
    let unknown = "/me/sessions/0123456789abcdef".to_owned();
    add(Method::DELETE, "/me/sessions/{id}", unknown, Value::Null, no_session);
    let mut mine = all(403);
    (mine[0], mine[1], mine[2], mine[3]) = (401, 200, 401, 200);
    add(
        get.clone(),
        "/me/messages",
        "/me/messages".to_owned(),
        Value::Null,
        mine,
    );

    // nobody, author, with code, other resident, own deputy, other deputy, own unit, other unit, own station, other
    // station, chief, moderator, auditor
    let own = [401, 200, 200, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404];
    add(
        get.clone(),
        "/messages/{no}",
        format!("/messages/{}", receipt.no),
        Value::Null,
        own,
    );
    add(
        get.clone(),
        "/messages/{no}",
        format!("/messages/{id}"),
        Value::Null,
        own,
    );
    add(
        Method::PUT,
        "/messages/{no}/consent",
        format!("/messages/{}/consent", receipt.no),
        json!({ "may_call": true }),
        own,
    );
    let desk = [401, 403, 401, 403, 200, 404, 200, 404, 200, 404, 200, 200, 200];
    add(
        get.clone(),
        "/desk/cases/{id}",
        format!("/desk/cases/{id}"),
        Value::Null,
        desk,
    );
    add(
        get.clone(),
        "/desk/cases/{id}",
        format!("/desk/cases/{}", receipt.no),
        Value::Null,
        desk,
    );
    add(
        get.clone(),
        "/desk/cases/{id}",
        "/desk/cases/TH-2026-999999".to_owned(),
        Value::Null,
        staff(404),
    );
    add(
        get.clone(),
        "/desk/options",
        "/desk/options".to_owned(),
        Value::Null,
        staff(200),
    );
    let office = [401, 403, 401, 403, 403, 403, 403, 403, 200, 200, 200, 200, 200];
    add(
        get.clone(),
        "/office/queue",
        "/office/queue?lane=new".to_owned(),
        Value::Null,
        office,
    );
    let office_unknown = [401, 403, 401, 403, 403, 403, 403, 403, 422, 422, 422, 422, 422];
    add(
        get.clone(),
        "/office/queue",
        "/office/queue?lane=x".to_owned(),
        Value::Null,
        office_unknown,
    );
    let unit = [401, 403, 401, 403, 403, 403, 200, 200, 403, 403, 403, 403, 403];
    for route in ["/unit/tasks", "/unit/templates", "/unit/board"] {
        add(get.clone(), route, route.to_owned(), Value::Null, unit);
    }
    let overseer = [401, 403, 401, 403, 403, 403, 403, 403, 403, 403, 403, 403, 200];
    add(
        get.clone(),
        "/admin/outbox",
        "/admin/outbox".to_owned(),
        Value::Null,
        overseer,
    );
    let deputy = [401, 403, 401, 403, 200, 200, 403, 403, 403, 403, 403, 403, 403];
    add(
        get.clone(),
        "/deputy/inbox",
        "/deputy/inbox".to_owned(),
        Value::Null,
        deputy,
    );
    for (route, path) in [
        ("/admin/calendar", "/admin/calendar?year=2026"),
        ("/admin/calendar/{date}", "/admin/calendar/2026-10-01"),
        ("/admin/limits", "/admin/limits"),
        ("/admin/jobs", "/admin/jobs"),
    ] {
        let mut overseers = staff(403);
        overseers[12] = 200;
        add(get.clone(), route, path.to_owned(), Value::Null, overseers);
    }
    for (method, route, path) in [
        (Method::PUT, "/admin/calendar/{date}", "/admin/calendar/2026-10-01"),
        (Method::DELETE, "/admin/calendar/{date}", "/admin/calendar/2026-10-01"),
        (Method::POST, "/admin/calendar/import", "/admin/calendar/import"),
        (Method::PUT, "/admin/limits/{key}", "/admin/limits/sign"),
    ] {
        add(method, route, path.to_owned(), json!({}), staff(403));
    }

    // Writing, with empty bodies: who is not allowed learns that first; who is, what is missing.
    let empty = json!({});
    add(
        Method::POST,
        "/messages",
        "/messages".to_owned(),
        empty.clone(),
        [401, 400, 401, 400, 403, 403, 403, 403, 403, 403, 403, 403, 403],
    );
    let events = [401, 428, 428, 404, 428, 404, 428, 404, 428, 404, 428, 428, 428];
    add(
        Method::POST,
        "/messages/{no}/events",
        format!("/messages/{id}/events"),
        empty.clone(),
        events,
    );
    let mut read = all(422);
    (read[0], read[2]) = (401, 401);
    add(
        Method::POST,
        "/me/notices/read",
        "/me/notices/read".to_owned(),
        empty.clone(),
        read,
    );
    let settings = "/me/notifications";
    add(Method::PUT, settings, settings.to_owned(), empty.clone(), read);
    add(
        Method::POST,
        "/office/deputies/{id}/link",
        "/office/deputies/d-luzhiyao/link".to_owned(),
        empty.clone(),
        [401, 403, 401, 403, 403, 403, 403, 403, 403, 403, 200, 403, 403],
    );
    let draft = [401, 403, 401, 403, 403, 403, 422, 404, 403, 403, 403, 403, 403];
    add(
        Method::PUT,
        "/assignments/{task_id}/draft",
        format!("/assignments/{task}/draft"),
        empty.clone(),
        draft,
    );
    offices(&mut add, &id);
    crate::ledger::open_session(app, &["d-luzhiyao"]).await;
    of_ledger(&mut add);
    of_events(&mut add, &crate::events::in_full(app).await);
    bookings(app, &mut add).await;
    add(
        Method::POST,
        "/assignments/{task_id}/lint",
        format!("/assignments/{task}/lint"),
        empty.clone(),
        draft,
    );
    let template = [401, 403, 401, 403, 403, 403, 422, 422, 403, 403, 403, 403, 403];
    add(
        Method::PUT,
        "/unit/templates/{id}",
        "/unit/templates/t-1".to_owned(),
        empty.clone(),
        template,
    );
    // Everybody's texts are nobody's to remove.
    let shared = [401, 403, 401, 403, 403, 403, 404, 404, 403, 403, 403, 403, 403];
    add(
        Method::DELETE,
        "/unit/templates/{id}",
        "/unit/templates/shared-a".to_owned(),
        empty.clone(),
        shared,
    );
    // Nobody of the table runs the installation.
    add(
        get.clone(),
        "/admin/units/{id}/duties",
        "/admin/units/u-jiaotong/duties".to_owned(),
        Value::Null,
        staff(403),
    );
    add(
        Method::POST,
        "/admin/units/{id}/merge",
        "/admin/units/u-jiaotong/merge".to_owned(),
        empty.clone(),
        staff(403),
    );
    add(
        Method::POST,
        "/admin/outbox/{id}/retry",
        "/admin/outbox/unknown/retry".to_owned(),
        empty.clone(),
        staff(403),
    );
    receptions(app, &mut add).await;
    of_places(&mut add);
    restrictions(app, &mut add).await;
    for (route, status) in [
        ("/auth/otp", 422),
        ("/auth/otp/verify", 422),
        ("/auth/login", 422),
        ("/auth/demo", 422),
        ("/track", 422),
    ] {
        add(Method::POST, route, route.to_owned(), empty.clone(), all(status));
    }
    // A browser's own, whoever is logged in.
    add(get.clone(), "/drafts", "/drafts".to_owned(), Value::Null, all(200));
    for (method, status) in [(Method::PUT, 422), (Method::DELETE, 204)] {
        add(
            method,
            "/drafts/{id}",
            "/drafts/unknown".to_owned(),
            empty.clone(),
            all(status),
        );
    }
    for route in ["/uploads", "/media/voices", "/media/videos"] {
        add(Method::POST, route, route.to_owned(), empty.clone(), all(422));
    }
    for (method, route) in [
        (Method::PATCH, "/media/videos/{id}"),
        (Method::DELETE, "/media/videos/{id}"),
        (Method::POST, "/media/videos/{id}/complete"),
    ] {
        add(method, route, route.replace("{id}", "unknown"), empty.clone(), all(404));
    }
    add(
        Method::PUT,
        "/desk/media/{id}/transcript",
        "/desk/media/unknown/transcript".to_owned(),
        json!({ "text": "路灯坏了", "after": 0 }),
        [401, 403, 401, 403, 403, 403, 403, 403, 404, 404, 404, 403, 403],
    );
    add(
        Method::DELETE,
        "/uploads/{id}",
        "/uploads/unknown".to_owned(),
        empty.clone(),
        all(404),
    );
    add(
        Method::PUT,
        "/surveys/{token}",
        "/surveys/unknown".to_owned(),
        json!({ "attitude": 5, "process": 5, "result": 5, "solved": "yes" }),
        all(404),
    );
    rows
}

/// The counter of a reception at songjing where luzhiyao receives, and the ledger.
fn of_ledger(add: &mut impl FnMut(Method, &'static str, String, Value, [u16; 13])) {
    let of = |act: &str| format!("/reception-sessions/{}/{act}", crate::ledger::SESSION);
    // Those who receive: the deputy, the station, the head station. Another deputy's or station's is not there.
    let hands = |status: u16| [401, 403, 401, 403, status, 404, 403, 403, status, 404, status, 403, 403];
    let queue = "/reception-sessions/{id}/queue";
    add(Method::GET, queue, of("queue"), Value::Null, hands(200));
    for (route, act, status) in [
        ("/reception-sessions/{id}/check-in", "check-in", 422),
        ("/reception-sessions/{id}/walk-ins", "walk-ins", 422),
        ("/reception-sessions/{id}/call", "call", 204),
        ("/reception-sessions/{id}/records", "records", 400),
    ] {
        add(Method::POST, route, of(act), json!({}), hands(status));
    }
    let drafts = "/reception-sessions/{id}/drafts";
    add(Method::GET, drafts, of("drafts"), Value::Null, hands(200));
    let draft = "/reception-sessions/{id}/drafts/{once}";
    add(Method::PUT, draft, of("drafts/one"), json!({}), hands(422));
    add(Method::DELETE, draft, of("drafts/one"), Value::Null, hands(404));
    let all_hands = |status: u16| {
        [
            401, 403, 401, 403, status, status, 403, 403, status, status, status, 403, 403,
        ]
    };
    for (route, path) in [
        ("/appointments/{id}/check-in", "/appointments/unknown/check-in"),
        ("/appointments/{id}/call", "/appointments/unknown/call"),
        ("/appointments/{id}/finish", "/appointments/unknown/finish"),
    ] {
        add(Method::POST, route, path.to_owned(), json!({}), all_hands(404));
    }
    let readers = |status: u16| {
        [
            401, 403, 401, 403, status, status, 403, 403, status, status, status, status, status,
        ]
    };
    add(
        Method::GET,
        "/records",
        "/records".to_owned(),
        Value::Null,
        readers(200),
    );
    let one = "/records/{id}";
    add(
        Method::GET,
        one,
        "/records/unknown".to_owned(),
        Value::Null,
        readers(404),
    );
    add(
        Method::PATCH,
        one,
        "/records/unknown".to_owned(),
        json!({}),
        all_hands(404),
    );
    add(
        Method::POST,
        "/records",
        "/records".to_owned(),
        json!({}),
        all_hands(400),
    );
    let contact = ("/records/{id}/contact", "/records/unknown/contact".to_owned());
    add(Method::POST, contact.0, contact.1, json!({}), all_hands(404));
    let looks = ("/records/{id}/looks", "/records/unknown/looks".to_owned());
    add(Method::GET, looks.0, looks.1, Value::Null, readers(404));
    let import = "/imports/ledger";
    let clerks = [401, 403, 401, 403, 403, 403, 403, 403, 422, 422, 422, 403, 403];
    add(Method::POST, import, import.to_owned(), json!({}), clerks);
}

/// What the pages of songjing and of its deputy say.
fn of_places(add: &mut impl FnMut(Method, &'static str, String, Value, [u16; 13])) {
    let office = |status: u16| {
        let mut row = staff(403);
        row[8..].fill(status);
        row
    };
    let clerk = |status: u16| {
        let mut row = staff(403);
        row[8..11].fill(status);
        row
    };
    // The other station's clerk has nothing to do with it.
    let own = |mut row: [u16; 13]| {
        row[9] = 404;
        row
    };
    // The deputy it is about, and no other one.
    let theirs = |mut row: [u16; 13], status: u16| {
        (row[4], row[5]) = (status, 404);
        row
    };
    let list = "/desk/stations";
    add(Method::GET, list, list.to_owned(), Value::Null, office(200));
    let (one, path) = ("/desk/stations/{id}", "/desk/stations/s-songjing");
    add(Method::GET, one, path.to_owned(), Value::Null, own(office(200)));
    add(Method::PUT, one, path.to_owned(), json!({}), own(clerk(428)));
    // Of the office only the head station's: chief, moderator, auditor.
    let head = |status: u16| {
        let mut row = staff(403);
        row[10..].fill(status);
        row
    };
    let list = "/desk/outlines";
    add(Method::GET, list, list.to_owned(), Value::Null, head(200));
    let head_clerk = |status: u16| {
        let mut row = staff(403);
        row[10] = status;
        row
    };
    let (one, path) = ("/desk/outlines/{area}", "/desk/outlines/all");
    add(Method::DELETE, one, path.to_owned(), Value::Null, head_clerk(428));
    let import = "/imports/outlines";
    add(Method::POST, import, import.to_owned(), json!({}), head_clerk(422));
    let list = "/desk/deputies";
    let mut readers = office(200);
    readers[4..6].fill(200);
    add(Method::GET, list, list.to_owned(), Value::Null, readers);
    let (one, path) = ("/desk/deputies/{id}", "/desk/deputies/d-luzhiyao");
    let read = theirs(own(office(200)), 200);
    add(Method::GET, one, path.to_owned(), Value::Null, read);
    let write = theirs(own(clerk(428)), 428);
    add(Method::PUT, one, path.to_owned(), json!({}), write);
    let photo = "/photos/{id}/{size}";
    add(
        Method::GET,
        photo,
        "/photos/unknown/thumb".to_owned(),
        Value::Null,
        all(404),
    );
}

/// A booking of the author's.
async fn bookings(app: &TestApp, add: &mut impl FnMut(Method, &'static str, String, Value, [u16; 13])) {
    use crate::bookings::{reception, thursday};
    reception(app, "r-1", thursday(), 3).await;
    let mut author = app.resident_again(PHONE).await;
    let wanted = json!({
        "slot": { "starts_at": thursday() }, "mode": "onsite", "name": "李女士", "topic": "电梯停了", "people": 1
    });
    let path = "/api/v1/reception-sessions/r-1/appointments";
    let booked = author
        .write(Method::POST, path, &[("idempotency-key", "k")], &wanted)
        .await;
    assert_eq!(booked.status, 201, "{}", booked.text());
    let id = booked.json()["id"].as_str().unwrap().to_owned();
    let slots = "/reception-sessions/{id}/slots";
    add(
        Method::GET,
        slots,
        "/reception-sessions/r-1/slots".to_owned(),
        Value::Null,
        all(200),
    );
    add(
        Method::GET,
        slots,
        "/reception-sessions/unknown/slots".to_owned(),
        Value::Null,
        all(404),
    );
    // Nobody but a resident who is logged in books; a letter's code opens that letter alone.
    let mut resident = all(403);
    (resident[0], resident[1], resident[2], resident[3]) = (401, 400, 401, 400);
    add(
        Method::POST,
        "/reception-sessions/{id}/appointments",
        "/reception-sessions/r-1/appointments".to_owned(),
        json!({}),
        resident,
    );
    (resident[1], resident[3]) = (200, 200);
    add(
        Method::GET,
        "/me/appointments",
        "/me/appointments".to_owned(),
        Value::Null,
        resident,
    );
    resident[3] = 404;
    add(
        Method::GET,
        "/me/appointments/{id}",
        format!("/me/appointments/{id}"),
        Value::Null,
        resident,
    );
    resident[1] = 428;
    for (route, act) in [
        ("/appointments/{id}/cancel", "cancel"),
        ("/appointments/{id}/accept-offer", "accept-offer"),
        ("/appointments/{id}/decline-offer", "decline-offer"),
        ("/appointments/{id}/keep", "keep"),
        ("/appointments/{id}/settle", "settle"),
    ] {
        add(
            Method::POST,
            route,
            format!("/appointments/{id}/{act}"),
            json!({}),
            resident,
        );
    }
}

/// The office beside single events.
fn offices(add: &mut impl FnMut(Method, &'static str, String, Value, [u16; 13]), id: &str) {
    let empty = || json!({});
    let office = |status: u16| {
        let mut row = staff(403);
        row[8..].fill(status);
        row
    };
    let clerk = |status: u16| {
        let mut row = staff(403);
        row[8..11].fill(status);
        row
    };
    add(
        Method::POST,
        "/office/bulk",
        "/office/bulk".to_owned(),
        empty(),
        office(422),
    );
    add(
        Method::POST,
        "/office/messages",
        "/office/messages".to_owned(),
        empty(),
        clerk(400),
    );
    let mut split = office(428);
    split[9] = 404;
    let path = format!("/office/messages/{id}/split");
    add(Method::POST, "/office/messages/{id}/split", path, empty(), split);
    let mut doubles = office(200);
    doubles[9] = 404;
    let path = format!("/desk/cases/{id}/doubles");
    add(Method::GET, "/desk/cases/{id}/doubles", path, Value::Null, doubles);
    let contact = [401, 403, 401, 403, 422, 404, 422, 404, 422, 404, 422, 422, 422];
    let path = format!("/desk/cases/{id}/contact");
    add(Method::POST, "/desk/cases/{id}/contact", path, empty(), contact);
    let calls = "/office/call-backs";
    add(Method::GET, calls, calls.to_owned(), Value::Null, office(200));
    add(Method::POST, calls, calls.to_owned(), empty(), clerk(422));
    let one = "/office/call-backs/{id}";
    add(
        Method::PUT,
        one,
        "/office/call-backs/unknown".to_owned(),
        empty(),
        clerk(404),
    );
    let filters = "/desk/filters";
    add(Method::GET, filters, filters.to_owned(), Value::Null, staff(200));
    add(Method::POST, filters, filters.to_owned(), empty(), staff(422));
    let one = "/desk/filters/{id}";
    add(
        Method::DELETE,
        one,
        "/desk/filters/unknown".to_owned(),
        empty(),
        staff(404),
    );
    let mut overseer = staff(403);
    (overseer[10], overseer[12]) = (200, 200);
    let library = "/admin/library";
    add(Method::GET, library, library.to_owned(), Value::Null, overseer);
    let doors = "/admin/doors";
    add(Method::GET, doors, doors.to_owned(), Value::Null, overseer);
    let one = ("/admin/doors/{code}", "/admin/doors/court");
    add(Method::PUT, one.0, one.1.to_owned(), empty(), staff(403));
    add(Method::DELETE, one.0, one.1.to_owned(), Value::Null, staff(403));
    let one = "/admin/library/{kind}/{code}";
    add(
        Method::PUT,
        one,
        "/admin/library/decline/x".to_owned(),
        empty(),
        staff(403),
    );
}

/// Events: the table has a deputy and a unit at it, and belongs to the first station.
fn of_events(add: &mut impl FnMut(Method, &'static str, String, Value, [u16; 13]), ids: &[String; 4]) {
    let [event, question, poll, resolution] = ids;
    let of = |route: &str| {
        let id = match route {
            _ if route.starts_with("/questions") => question,
            _ if route.starts_with("/polls") => poll,
            _ if route.starts_with("/resolutions") => resolution,
            _ => event,
        };
        route.replace("{id}", id)
    };
    let (get, put, post, patch) = (Method::GET, Method::PUT, Method::POST, Method::PATCH);
    let residents = |status: u16| [401, status, 401, status, 403, 403, 403, 403, 403, 403, 403, 403, 403];
    let leaders = |status: u16| [401, 403, 401, 403, 403, 403, 403, 403, 403, 403, status, 403, 403];
    let moderators = |status: u16| [401, 403, 401, 403, 403, 404, 403, 404, status, 404, status, status, 403];
    let table = [401, 403, 401, 403, 200, 404, 200, 404, 200, 404, 200, 200, 200];
    let office = |here: u16, elsewhere: u16, auditor: u16| {
        [
            401, 403, 401, 403, 403, 403, 403, 403, here, elsewhere, here, here, auditor,
        ]
    };
    let answers = [401, 403, 401, 403, 428, 404, 428, 404, 428, 404, 428, 428, 403];
    // Only the office's own hands take letters on.
    let files = [401, 403, 401, 403, 403, 404, 403, 404, 422, 404, 422, 403, 403];
    for (method, route, expected) in [
        (get.clone(), "/events", all(200)),
        (get.clone(), "/events/{id}", all(200)),
        (get.clone(), "/events/{id}/questions", all(200)),
        (get.clone(), "/events/{id}/mine", residents(200)),
        (get.clone(), "/me/events", residents(200)),
        (get.clone(), "/me/privacy", residents(200)),
        (get.clone(), "/me/data", residents(200)),
        (get.clone(), "/me/data.zip", residents(200)),
        (Method::PATCH, "/me", residents(422)),
        (post.clone(), "/me/close", residents(422)),
        (post.clone(), "/me/number/old/verify", residents(422)),
        (post.clone(), "/me/number/new", residents(422)),
        (post.clone(), "/me/number", residents(422)),
        // They logged in by a code just now, and a number gets one a minute.
        (post.clone(), "/me/number/old", residents(429)),
        (post.clone(), "/desk/numbers/code", leaders(422)),
        (post.clone(), "/desk/numbers", leaders(422)),
        (post.clone(), "/events/{id}/registrations", residents(201)),
        (Method::DELETE, "/events/{id}/registrations", residents(204)),
        (post.clone(), "/events/{id}/questions", residents(422)),
        (put.clone(), "/questions/{id}/upvote", residents(200)),
        (Method::DELETE, "/questions/{id}/upvote", residents(200)),
        (put.clone(), "/polls/{id}/vote", residents(422)),
        (get.clone(), "/desk/events", staff(200)),
        (get.clone(), "/desk/events/options", office(200, 200, 200)),
        (get.clone(), "/desk/events/{id}", table),
        (get.clone(), "/desk/events/{id}/questions", table),
        (get, "/desk/events/{id}/registrations", office(200, 404, 200)),
        (post.clone(), "/events", office(422, 422, 403)),
        (put.clone(), "/events/{id}", moderators(428)),
        (Method::DELETE, "/events/{id}", moderators(428)),
        (post.clone(), "/events/{id}/state", moderators(428)),
        (put, "/events/{id}/minutes", moderators(428)),
        (post.clone(), "/events/{id}/broadcasts", moderators(422)),
        (post.clone(), "/events/{id}/polls", moderators(422)),
        (post.clone(), "/events/{id}/resolutions", moderators(422)),
        (patch.clone(), "/polls/{id}", moderators(422)),
        (patch.clone(), "/resolutions/{id}", moderators(428)),
        (patch, "/questions/{id}", answers),
        (post, "/questions/{id}/to-letter", files),
    ] {
        let body = if method == Method::GET { Value::Null } else { json!({}) };
        add(method, route, of(route), body, expected);
    }
}

/// A proposal of songjing's about somebody else.
async fn restrictions(app: &TestApp, add: &mut impl FnMut(Method, &'static str, String, Value, [u16; 13])) {
    let mut other = app.resident("199-0000-0009").await;
    let mut letters = Vec::new();
    for key in ["r-1", "r-2"] {
        letters.push(submit(&mut other, key).await.no);
    }
    let new = json!({ "ground": "repeat_invalid", "letters": letters, "reason": "重复" });
    let made = app
        .staff("songjing")
        .await
        .post("/api/v1/restrictions", &new)
        .await
        .json();
    let id = made["id"].as_str().unwrap();
    let office = |status: u16| {
        let mut row = staff(403);
        row[8..].fill(status);
        row
    };
    let clerk = |status: u16| {
        let mut row = staff(403);
        row[8..11].fill(status);
        row
    };
    // The other station's clerk has nothing to do with it.
    let own = |mut row: [u16; 13]| {
        row[9] = 404;
        row
    };
    let residents = |status: u16| {
        let mut row = all(403);
        (row[0], row[1], row[2], row[3]) = (401, status, 401, status);
        row
    };
    let urgent = "/messages/urgent";
    add(Method::POST, urgent, urgent.to_owned(), json!({}), residents(400));
    let mine = "/me/restriction";
    add(Method::GET, mine, mine.to_owned(), Value::Null, residents(200));
    let appeal = "/me/restriction/appeal";
    add(Method::POST, appeal, appeal.to_owned(), json!({}), residents(422));
    let board = "/restrictions";
    add(Method::GET, board, board.to_owned(), Value::Null, office(200));
    add(Method::POST, board, board.to_owned(), json!({}), clerk(422));
    let report = "/restrictions/report";
    add(Method::GET, report, report.to_owned(), Value::Null, office(200));
    let one = "/restrictions/{id}";
    add(
        Method::GET,
        one,
        format!("/restrictions/{id}"),
        Value::Null,
        own(office(200)),
    );
    for (route, act) in [
        ("/restrictions/{id}/decision", "decision"),
        ("/restrictions/{id}/appeal-decision", "appeal-decision"),
        ("/restrictions/{id}/lift", "lift"),
    ] {
        add(
            Method::POST,
            route,
            format!("/restrictions/{id}/{act}"),
            json!({}),
            own(clerk(428)),
        );
    }
}

/// A rule and a reception of songjing with one of its deputies.
async fn receptions(app: &TestApp, add: &mut impl FnMut(Method, &'static str, String, Value, [u16; 13])) {
    let rule = liaison_store::receptions::NewRule {
        id: "rule".to_owned(),
        station_id: "s-songjing".to_owned(),
        title: String::new(),
        kind: SessionKind::Ordinary,
        place: String::new(),
        rule: serde_json::from_value(json!({ "mode": "weekly", "weekday": 3, "start": "18:30", "end": "20:30" }))
            .unwrap(),
        deputies: Vec::new(),
        each: 1,
        slot_minutes: 20,
        seats: 1,
        modes: vec![Mode::OnSite],
    };
    app.state.store.put_rule(&rule, None, MONDAY).await.unwrap();
    let session = liaison_store::receptions::NewSession {
        id: "reception".to_owned(),
        station_id: "s-songjing".to_owned(),
        title: String::new(),
        kind: SessionKind::Themed,
        topic: String::new(),
        starts_at: MONDAY + 5 * DAY,
        ends_at: MONDAY + 5 * DAY + 3_600_000,
        place: String::new(),
        online_link: None,
        slot_minutes: 20,
        seats: 1,
        modes: vec![Mode::OnSite],
        notice: String::new(),
        deputies: vec!["d-luzhiyao".to_owned()],
    };
    app.state.store.add_session(&session, MONDAY).await.unwrap();
    let empty = || json!({});
    let office = |status: u16| {
        let mut row = staff(403);
        row[8..].fill(status);
        row
    };
    let clerk = |status: u16| {
        let mut row = staff(403);
        row[8..11].fill(status);
        row
    };
    // The other station's clerk has nothing to do with it.
    let own = |mut row: [u16; 13]| {
        row[9] = 404;
        row
    };
    let deputy = |status: u16| {
        let mut row = staff(403);
        row[4..6].fill(status);
        row
    };
    let rules = "/schedule-rules";
    add(Method::GET, rules, rules.to_owned(), Value::Null, office(200));
    add(Method::POST, rules, rules.to_owned(), empty(), clerk(422));
    let preview = "/schedule-rules/preview";
    add(Method::POST, preview, preview.to_owned(), empty(), clerk(422));
    let (one, path) = ("/schedule-rules/{id}", "/schedule-rules/rule");
    add(Method::GET, one, path.to_owned(), Value::Null, own(office(200)));
    add(Method::PUT, one, path.to_owned(), empty(), own(clerk(428)));
    add(Method::DELETE, one, path.to_owned(), empty(), own(clerk(428)));
    let board = "/desk/reception-sessions";
    add(Method::GET, board, board.to_owned(), Value::Null, office(200));
    let (one, path) = ("/desk/reception-sessions/{id}", "/desk/reception-sessions/reception");
    add(Method::GET, one, path.to_owned(), Value::Null, own(office(200)));
    let all = "/reception-sessions";
    add(Method::POST, all, all.to_owned(), empty(), clerk(422));
    let (one, path) = ("/reception-sessions/{id}", "/reception-sessions/reception");
    add(Method::PATCH, one, path.to_owned(), empty(), own(clerk(428)));
    for (route, act) in [
        ("/reception-sessions/{id}/announce", "announce"),
        ("/reception-sessions/{id}/cancel", "cancel"),
        ("/reception-sessions/{id}/close", "close"),
        ("/reception-sessions/{id}/keep", "keep"),
    ] {
        add(Method::POST, route, format!("{path}/{act}"), empty(), own(clerk(428)));
    }
    let named = "/reception-sessions/{id}/deputies";
    add(
        Method::POST,
        named,
        format!("{path}/deputies"),
        empty(),
        own(clerk(422)),
    );
    let decide = "/reception-sessions/{id}/deputies/{deputy_id}/decide";
    let decided = format!("{path}/deputies/d-luzhiyao/decide");
    add(Method::POST, decide, decided, empty(), own(clerk(422)));
    let mut leave = deputy(422);
    leave[5] = 404;
    add(
        Method::POST,
        "/reception-sessions/{id}/leave",
        format!("{path}/leave"),
        empty(),
        leave,
    );
    let mine = "/deputy/receptions";
    add(Method::GET, mine, mine.to_owned(), Value::Null, deputy(200));
}

async fn person<'a>(app: &'a TestApp, name: &str, opened: &Value) -> Client<'a> {
    match name {
        "nobody" => app.nobody(),
        "author" => app.resident_again(PHONE).await,
        "other-resident" => app.resident("199-0000-0002").await,
        "with-code" => {
            let mut client = app.nobody();
            assert_eq!(client.post("/api/v1/track", opened).await.status, 200);
            client
        }
        username => app.staff(username).await,
    }
}

#[tokio::test]
async fn everybody_gets_what_is_theirs_and_nothing_else() {
    let app = TestApp::start().await;
    let rows = rows(&app).await;
    // The code is shown once; the same key shows it again.
    let again = app
        .resident_again(PHONE)
        .await
        .write(
            Method::POST,
            "/api/v1/messages",
            &[("idempotency-key", "key-1")],
            &letter(),
        )
        .await;
    let receipt = again.json();
    let opened = json!({ "no": receipt["no"], "code": receipt["code"] });
    let mut wrong = Vec::new();
    for (column, name) in PEOPLE.iter().enumerate() {
        let mut client = person(&app, name, &opened).await;
        for row in &rows {
            let path = format!("/api/v1{}", row.path);
            let reply = if row.method == Method::GET {
                client.get(&path).await
            } else {
                client.write(row.method.clone(), &path, &[], &row.body).await
            };
            if reply.status != row.expected[column] {
                wrong.push(format!(
                    "{} {} for {name}: {} instead of {}",
                    row.method, row.path, reply.status, row.expected[column]
                ));
            }
            if !reply.status.is_success() {
                reply.problem();
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[tokio::test]
async fn the_table_forgets_no_route() {
    let app = TestApp::start().await;
    let tabled: BTreeSet<String> = rows(&app)
        .await
        .iter()
        .map(|row| format!("{} {}", row.method.as_str().to_lowercase(), row.route))
        .collect();
    let document = serde_json::to_value(api::document()).unwrap();
    let mut described = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            described.insert(format!("{method} {path}"));
        }
    }
    described.remove("post /auth/logout"); // Would end the very session the table asks with; see the tests of logging in.
    described.remove("get /me/live"); // Its answer does not end; see the tests of the inbox.
    described.remove("get /events/{id}/stream"); // The same; see the tests of events.
    described.remove("get /desk/events/{id}/stream"); // The same.
    assert_eq!(described, tabled);
}
