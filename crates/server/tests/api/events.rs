//! Events through the API: who reads what, live news, and a question's way to a letter.

use crate::support::*;
use axum::body::{Body, BodyDataStream};
use axum::http::Method;
use futures_util::{FutureExt as _, StreamExt as _};
use liaison_domain::dto::*;
use liaison_domain::events::*;
use liaison_domain::lifecycle::CaseState;
use liaison_store::db_test;
use liaison_store::testing::TestStore;
use serde_json::{Value, json};
use std::time::Duration;

const HOUR: i64 = 3_600_000;
/// Words that must reach nobody.
const SECRET: &str = "隔壁老王家的事不该说";
/// As many as one event of a district has at once.
const FOLLOWERS: usize = 500;
/// Nothing here takes long; whatever takes this long does not come at all.
const PATIENCE: Duration = Duration::from_mins(2);

/// An event of songjing with a deputy and a unit at the table.
pub fn event() -> Value {
    json!({
        "kind": "theme_reception", "title": "老旧小区加装电梯", "intro": "一起商量怎么装。", "station_id": "s-songjing",
        "organiser": "松径联络站", "starts_at": MONDAY + 2 * HOUR, "ends_at": MONDAY + 4 * HOUR, "place": "居委会二楼",
        "agenda": [{ "at": MONDAY + 2 * HOUR, "text": "介绍政策" }], "moderators": ["p-songjing"],
        "deputies": ["d-luzhiyao"], "units": ["u-jiaotong"], "registration": true, "capacity": 2, "waiting_list": true,
        "premoderated": true, "category_id": "c-transport.lamp", "rules": "请文明发言。"
    })
}

fn path(id: &str, rest: &str) -> String {
    format!("/api/v1/events/{id}{rest}")
}

async fn version(app: &TestApp, id: &str) -> String {
    let event = app.state.store.event(id).await.unwrap().expect("the event");
    format!("\"{}\"", event.version)
}

/// A live event with a public question, a poll and something resolved.
pub async fn in_full(app: &TestApp) -> [String; 4] {
    let id = held(app, LIVE).await;
    let question = ask(&mut app.resident("199-0000-0003").await, &id, "路灯什么时候修?").await;
    let mut office = app.staff("songjing").await;
    moderate(&mut office, app, &question.id, json!({ "state": "visible" })).await;
    let poll = json!({ "question": "先修哪条路?", "options": ["学府路", "菜场路"] });
    let poll: PollView = office.post(&path(&id, "/polls"), &poll).await.ok();
    let resolve = json!({ "text": "两周内修好", "owner": { "kind": "unit", "id": "u-jiaotong" } });
    let resolution: ResolutionView = office.post(&path(&id, "/resolutions"), &resolve).await.ok();
    [id, question.id, poll.id, resolution.id]
}

async fn go(app: &TestApp, client: &mut Client<'_>, id: &str, to: &str) -> Reply {
    let version = version(app, id).await;
    let body = json!({ "to": to, "reason": "台风" });
    let body = if to == "cancelled" { body } else { json!({ "to": to }) };
    client
        .write(Method::POST, &path(id, "/state"), &[("if-match", &version)], &body)
        .await
}

/// An event in the state that this path leads to.
pub async fn held(app: &TestApp, states: &[&str]) -> String {
    let mut office = app.staff("songjing").await;
    let created: EventChanged = office.post("/api/v1/events", &event()).await.ok();
    for to in states {
        let done = go(app, &mut office, &created.id, to).await;
        assert_eq!(done.status, 200, "to {to}: {}", done.text());
    }
    created.id
}

const OPEN: &[&str] = &["announced", "open"];
const LIVE: &[&str] = &["announced", "open", "live"];

async fn ask(client: &mut Client<'_>, event: &str, text: &str) -> MyQuestion {
    let reply = client.post(&path(event, "/questions"), &json!({ "text": text })).await;
    assert_eq!(reply.status, 201, "{}", reply.text());
    reply.ok()
}

async fn moderate(client: &mut Client<'_>, app: &TestApp, question: &str, change: Value) -> Reply {
    let found = app.state.store.question(question).await.unwrap().expect("it is there");
    let version = format!("\"{}\"", found.version);
    let path = format!("/api/v1/questions/{question}");
    client
        .write(Method::PATCH, &path, &[("if-match", &version)], &change)
        .await
}

async fn listed(client: &mut Client<'_>, event: &str) -> QuestionList {
    client.get(&path(event, "/questions")).await.ok()
}

async fn begin(store: &TestStore) -> TestApp {
    TestApp::on(
        store.store.clone(),
        tempfile::tempdir().unwrap(),
        &[("demo.enabled", "true")],
    )
    .await
}

/// Several residents' browsers.
async fn residents(app: &TestApp, count: u32) -> Vec<Client<'_>> {
    let mut all = Vec::new();
    for n in 1..=count {
        all.push(app.resident(&format!("199-0000-01{n:02}")).await);
    }
    all
}

db_test!(
    async fn a_question_is_asked_supported_answered_live_and_becomes_a_letter(store: TestStore) {
        let app = begin(&store).await;
        let id = held(&app, OPEN).await;
        let mut people = residents(&app, 4).await;
        let (author, others) = people.split_first_mut().expect("an author");
        let asked = ask(author, &id, "3 号楼什么时候能装电梯?请打 199-0000-0101 找我。").await;
        assert_eq!(asked.state, QuestionState::Pending);
        assert!(
            asked
                .shown
                .as_deref()
                .is_some_and(|shown| !shown.contains("199-0000-0101")),
            "{asked:?}"
        );
        assert!(listed(&mut others[0], &id).await.items.is_empty());

        let mut office = app.staff("songjing").await;
        let queue: QuestionQueue = office
            .get(&format!("/api/v1/desk/events/{id}/questions?state=pending"))
            .await
            .ok();
        assert_eq!((queue.total, queue.items.len()), (1, 1));
        assert!(queue.items[0].text.contains("199-0000-0101"), "the desk reads it whole");
        let shown = moderate(&mut office, &app, &asked.id, json!({ "state": "visible" })).await;
        assert_eq!(shown.status, 200, "{}", shown.text());
        for other in &mut *others {
            let path = format!("/api/v1/questions/{}/upvote", asked.id);
            assert_eq!(other.write(Method::PUT, &path, &[], &json!({})).await.status, 200);
        }
        let public = listed(&mut others[0], &id).await;
        assert_eq!((public.items[0].votes, public.total), (3, 1));
        assert!(!serde_json::to_string(&public).unwrap().contains("199-0000-0101"));

        assert_eq!(
            moderate(&mut office, &app, &asked.id, json!({ "state": "shortlisted" }))
                .await
                .status,
            200
        );
        let early = moderate(&mut office, &app, &asked.id, json!({ "state": "live" })).await;
        assert_eq!((early.status.as_u16(), early.problem().as_str()), (409, "wrong_state"));
        assert_eq!(go(&app, &mut office, &id, "live").await.status, 200);
        assert_eq!(
            moderate(&mut office, &app, &asked.id, json!({ "state": "live" }))
                .await
                .status,
            200
        );
        let view: EventView = others[0].get(&path(&id, "")).await.ok();
        assert_eq!(view.live.as_ref().map(|live| &live.id), Some(&asked.id));

        // The unit at the table writes an answer; others read it once the moderator says that it was given.
        let mut unit = app.staff("jiaotong").await;
        let answer = json!({ "answer": "图纸已经审过,下月开工。" });
        let written: DeskQuestion = moderate(&mut unit, &app, &asked.id, answer).await.ok();
        assert_eq!(written.answered_by.map(|by| by.id).as_deref(), Some("u-jiaotong"));
        assert_eq!(
            moderate(&mut unit, &app, &asked.id, json!({ "state": "answered" }))
                .await
                .status,
            403
        );
        assert_eq!(listed(&mut others[0], &id).await.items[0].answer, None);
        assert_eq!(
            moderate(&mut office, &app, &asked.id, json!({ "state": "answered" }))
                .await
                .status,
            200
        );
        let given = listed(&mut others[0], &id)
            .await
            .items
            .remove(0)
            .answer
            .expect("an answer");
        assert_eq!(given.by.as_deref(), Some("区交通局"));

        // One tap, then a second one: one letter.
        let to_letter = format!("/api/v1/questions/{}/to-letter", asked.id);
        let body = json!({ "unit_id": "u-jiaotong" });
        let moderator = app.staff("moderator").await.post(&to_letter, &body).await;
        assert_eq!(moderator.status, 403, "a moderator does not take letters on");
        let (first, second) = (
            office.post(&to_letter, &body).await,
            office.post(&to_letter, &body).await,
        );
        assert_eq!(
            (first.status.as_u16(), second.status.as_u16()),
            (201, 200),
            "{}",
            first.text()
        );
        let made: LetterMade = first.ok();
        assert_eq!(made, second.ok::<LetterMade>());
        assert!(made.due_at.is_some());
        let case = app.state.store.load(&made.letter_id).await.unwrap().unwrap().case;
        assert_eq!(case.state, CaseState::Assigned);
        let own: CaseView = author.get(&format!("/api/v1/messages/{}", made.no)).await.ok();
        assert!(own.body.contains("199-0000-0101"), "their own words");
        let origin = own.origin.expect("where it came from");
        assert_eq!(
            (origin.event_id.as_str(), origin.question_id),
            (id.as_str(), Some(asked.id.clone()))
        );
        let desk: DeskCase = office.get(&format!("/api/v1/desk/cases/{}", made.letter_id)).await.ok();
        assert!(desk.origin.is_some());
        assert_eq!(
            others[0].get(&format!("/api/v1/messages/{}", made.no)).await.status,
            404,
            "the letter is its author's"
        );
        let mine: EventMine = author.get(&path(&id, "/mine")).await.ok();
        assert_eq!(mine.questions[0].letter_no.as_deref(), Some(&*made.no));
        let public = others[0].get(&path(&id, "/questions")).await;
        assert!(!public.text().contains(&made.no), "nothing is published yet");
        let followed = public.ok::<QuestionList>().items.remove(0);
        let follow_up = followed.follow_up.expect("followed up");
        assert_eq!(
            (
                follow_up.state,
                follow_up.unit_name.as_deref(),
                follow_up.case_no,
                follow_up.done
            ),
            (Some(FollowState::Handling), Some("区交通局"), None, false)
        );
        let view: EventView = others[0].get(&path(&id, "")).await.ok();
        assert_eq!(
            view.figures,
            EventFigures {
                asked: 1,
                answered_live: 1,
                answered: 0,
                followed_up: 1,
                done: 0
            }
        );
    }
);

#[tokio::test]
async fn a_hidden_question_is_found_in_no_answer_to_anybody_else() {
    let app = TestApp::start().await;
    let id = held(&app, LIVE).await;
    let mut people = residents(&app, 2).await;
    let hidden = ask(&mut people[0], &id, &format!("{SECRET},请处理一下。")).await;
    let pending = ask(&mut people[0], &id, &format!("{SECRET},还有一件。")).await;
    let shown = ask(&mut people[0], &id, "路灯什么时候修?").await;
    let mut office = app.staff("songjing").await;
    assert_eq!(
        moderate(&mut office, &app, &shown.id, json!({ "state": "visible" }))
            .await
            .status,
        200
    );
    // Shown first, so that everything that keeps answers has seen it.
    assert_eq!(
        moderate(&mut office, &app, &hidden.id, json!({ "state": "visible" }))
            .await
            .status,
        200
    );
    assert_eq!(listed(&mut people[1], &id).await.total, 2);
    let hide = json!({ "state": "hidden", "reason": "涉及他人隐私" });
    assert_eq!(moderate(&mut office, &app, &hidden.id, hide).await.status, 200);
    let resolve = json!({
        "text": "另行了解", "owner": { "kind": "unit", "id": "u-jiaotong" }, "question_id": hidden.id
    });
    assert_eq!(office.post(&path(&id, "/resolutions"), &resolve).await.status, 201);

    let mut everywhere = vec![
        "/api/v1/events".to_owned(),
        path(&id, ""),
        path(&id, "/questions"),
        path(&id, "/questions?sort=newest"),
        path(&id, "/mine"),
        "/api/v1/me/events".to_owned(),
        "/api/v1/home".to_owned(),
        format!("/api/v1/desk/events/{id}"),
        format!("/api/v1/desk/events/{id}/questions"),
    ];
    everywhere.extend([&hidden.id, &pending.id].map(|question| format!("/api/v1/questions/{question}/upvote")));
    let mut nobody = app.nobody();
    let mut elsewhere = app.staff("yunfan").await;
    let mut other_unit = app.staff("chengguan").await;
    for client in [&mut nobody, &mut people[1], &mut elsewhere, &mut other_unit] {
        for path in &everywhere {
            let reply = if path.ends_with("/upvote") {
                client.write(Method::PUT, path, &[], &json!({})).await
            } else {
                client.get(path).await
            };
            let text = reply.text();
            assert!(!text.contains(SECRET), "{path}: {text}");
            assert!(!text.contains("涉及他人隐私"), "{path}: {text}");
            for question in [&hidden.id, &pending.id] {
                assert!(!text.contains(question.as_str()), "{path}: {text}");
            }
        }
    }
    let view: EventView = nobody.get(&path(&id, "")).await.ok();
    assert_eq!((view.card.asked, view.figures.asked), (1, 1), "not even counted");
    assert_eq!(listed(&mut nobody, &id).await.total, 1);
    let mut line = follow(&app, &id, None).await;
    let told = next_news(&mut line).await.expect("what is now");
    assert_eq!(told.1.figures.asked, 1);

    let mine: EventMine = people[0].get(&path(&id, "/mine")).await.ok();
    assert_eq!(mine.questions.len(), 3, "its author sees all three");
    let own = mine
        .questions
        .iter()
        .find(|one| one.id == hidden.id)
        .expect("the hidden one");
    assert_eq!(own.hidden_reason.as_deref(), Some("涉及他人隐私"));
    assert_eq!(mine.questions_left, OPEN_QUESTIONS - 2, "what was hidden makes room");
}

async fn follow(app: &TestApp, id: &str, last: Option<i64>) -> BodyDataStream {
    let last = last.map(|last| last.to_string());
    let headers: Vec<(&str, &str)> = last.iter().map(|last| ("last-event-id", last.as_str())).collect();
    let response = app.nobody().open(&path(id, "/stream"), &headers).await;
    assert_eq!(response.status(), 200);
    response.into_body().into_data_stream()
}

/// The next news of a line, with its id; none at the end.
async fn next_news(line: &mut BodyDataStream) -> Option<(i64, EventNews)> {
    loop {
        let piece = tokio::time::timeout(PATIENCE, line.next())
            .await
            .expect("something in time")?;
        let text = String::from_utf8(piece.expect("a piece").to_vec()).expect("text");
        let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        if let (Some(id), Some(data)) = (field("id:"), field("data:")) {
            let news = serde_json::from_str(data).expect("news");
            return Some((id.parse().expect("a revision"), news));
        }
    }
}

#[tokio::test]
async fn whoever_comes_back_hears_at_once_what_they_missed_and_nothing_twice() {
    let app = TestApp::start().await;
    let id = held(&app, OPEN).await;
    let mut line = follow(&app, &id, None).await;
    let (first, news) = next_news(&mut line).await.expect("what is now");
    assert_eq!((first, news.revision, news.state), (first, first, EventState::Open));
    let mut office = app.staff("songjing").await;
    let said = office
        .post(&path(&id, "/broadcasts"), &json!({ "text": "稍后开始" }))
        .await;
    assert_eq!(said.status, 201, "{}", said.text());
    let (second, _) = next_news(&mut line).await.expect("the message");
    assert!(second > first);
    let mut late = follow(&app, &id, Some(first)).await;
    assert_eq!(next_news(&mut late).await.expect("at once").0, second);
    let mut same = follow(&app, &id, Some(second)).await;
    let _retry = same.next().await;
    assert!(same.next().now_or_never().is_none(), "nothing new is not said");
    assert_eq!(app.nobody().get(&path("no-such", "/stream")).await.status, 404);

    // The room is given up with its last follower, and the server stops without waiting for any.
    drop((late, same));
    assert_eq!(app.state.following.open(), (1, 1));
    app.state.store.hang_up();
    assert!(next_news(&mut line).await.is_none());
    drop(line);
    assert_eq!(app.state.following.open(), (0, 0));
}

/// The next revision and count of pending questions on a desk's line; none at the end.
async fn next_at_desk(line: &mut BodyDataStream) -> Option<(i64, u64)> {
    loop {
        let piece = tokio::time::timeout(PATIENCE, line.next())
            .await
            .expect("something in time")?;
        let text = String::from_utf8(piece.expect("a piece").to_vec()).expect("text");
        let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        if let (Some(id), Some(data)) = (field("id:"), field("data:")) {
            let news: Value = serde_json::from_str(data).expect("news");
            return Some((
                id.parse().expect("a revision"),
                news["pending"].as_u64().expect("a count"),
            ));
        }
    }
}

#[tokio::test]
async fn the_desk_hears_at_once_of_a_question_that_nobody_else_may_know_of() {
    let app = TestApp::start().await;
    let id = held(&app, LIVE).await;
    let stream = ["/api/v1/desk/events/", &id, "/stream"].concat();
    assert_eq!(app.nobody().get(&stream).await.status, 401);
    let mut people = residents(&app, 1).await;
    assert_eq!(people[0].get(&stream).await.status, 403);
    for (name, expected) in [
        ("songjing", 200),
        ("luzhiyao", 200),
        ("jiaotong", 200),
        ("chief", 200),
        ("yunfan", 404),
        ("chengguan", 404),
    ] {
        let someone = app.staff(name).await;
        let response = someone.open(&stream, &[]).await;
        assert_eq!(response.status(), expected, "{name}");
    }

    let mut public = follow(&app, &id, None).await;
    let (revision, _) = next_news(&mut public).await.expect("what is now");
    let mut office = app.staff("songjing").await;
    let mut line = office.open(&stream, &[]).await.into_body().into_data_stream();
    let (first, pending) = next_at_desk(&mut line).await.expect("what is now");
    assert_eq!(pending, 0);
    let question = ask(&mut people[0], &id, "路灯什么时候修?").await;
    let (second, pending) = next_at_desk(&mut line).await.expect("the question");
    assert!(second > first);
    assert_eq!(pending, 1);
    assert!(public.next().now_or_never().is_none(), "nobody else hears of it");
    assert_eq!(app.state.store.event_revision(&id).await.unwrap(), Some(revision));
    // Hiding it is the desk's own business as well.
    let hide = json!({ "state": "hidden", "reason": "涉及他人隐私" });
    assert_eq!(moderate(&mut office, &app, &question.id, hide).await.status, 200);
    let (third, pending) = next_at_desk(&mut line).await.expect("that it is hidden");
    assert_eq!(pending, 0);
    assert!(public.next().now_or_never().is_none(), "nobody else hears of that");

    // Whoever comes back hears what they missed, and nothing twice.
    let missed = second.to_string();
    let late = office.open(&stream, &[("last-event-id", missed.as_str())]).await;
    let mut late = late.into_body().into_data_stream();
    assert_eq!(next_at_desk(&mut late).await.expect("at once").0, third);

    // With the session the line ends at the next news.
    assert_eq!(office.post("/api/v1/auth/logout", &json!({})).await.status, 204);
    ask(&mut people[0], &id, "站台什么时候加灯?").await;
    assert!(next_at_desk(&mut line).await.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_followers_all_hear_the_last_of_a_burst() {
    let app = TestApp::start().await;
    let id = held(&app, LIVE).await;
    let mut lines = Vec::new();
    for _ in 0..FOLLOWERS {
        lines.push(follow(&app, &id, None).await);
    }
    assert_eq!(app.state.following.open(), (FOLLOWERS, 1), "one room for all of them");
    let mut people = residents(&app, 3).await;
    let question = ask(&mut people[0], &id, "路灯什么时候修?").await;
    let mut office = app.staff("songjing").await;
    assert_eq!(
        moderate(&mut office, &app, &question.id, json!({ "state": "visible" }))
            .await
            .status,
        200
    );
    for round in 0..40 {
        let method = if round % 2 == 0 { Method::PUT } else { Method::DELETE };
        let path = format!("/api/v1/questions/{}/upvote", question.id);
        assert_eq!(people[1].write(method, &path, &[], &json!({})).await.status, 200);
    }
    let last = app.state.store.event_revision(&id).await.unwrap().expect("a revision");
    let heard = lines.into_iter().map(|mut line| {
        tokio::spawn(async move {
            let (mut revisions, mut asked) = (Vec::new(), 0);
            while revisions.last() != Some(&last) {
                let (revision, news) = next_news(&mut line).await.expect("the line goes on");
                revisions.push(revision);
                asked = news.figures.asked;
            }
            (revisions, asked)
        })
    });
    for line in heard.collect::<Vec<_>>() {
        let (revisions, asked) = line.await.expect("heard the last");
        assert!(
            revisions.is_sorted_by(|a, b| a < b),
            "in order, none twice: {revisions:?}"
        );
        assert!(revisions.len() < 40, "gathered: {}", revisions.len());
        assert_eq!(asked, 1);
    }
    // Places are given back as lines go.
    tokio::time::timeout(PATIENCE, async {
        while app.state.following.open() != (0, 0) {
            tokio::task::yield_now().await;
        }
    })
    .await
    .expect("nothing is left over");
}

#[tokio::test]
async fn an_answer_is_made_once_a_revision_and_asking_again_costs_nothing() {
    let app = TestApp::start().await;
    let id = held(&app, OPEN).await;
    let mut people = residents(&app, 2).await;
    let first = people[0].get(&path(&id, "")).await;
    let tag = first.header("etag").to_owned();
    assert!(!tag.is_empty());
    let again = |tag: String| {
        let (app, path) = (&app, path(&id, ""));
        async move {
            app.nobody()
                .send(Method::GET, &path, &[("if-none-match", &tag)], Body::empty())
                .await
        }
    };
    assert_eq!(
        again(tag.clone()).await.status,
        304,
        "the same for whoever asks, logged in or not"
    );
    let place = people[0].post(&path(&id, "/registrations"), &json!({})).await;
    assert_eq!(place.status, 201, "{}", place.text());
    let changed = again(tag.clone()).await;
    assert_eq!(changed.status, 200, "what one did oneself is seen at once");
    assert_ne!(changed.header("etag"), tag);
    let view: EventView = changed.ok();
    assert_eq!((view.card.seats.confirmed, view.card.seats.waiting), (1, 0));
    // What only its author and the desk may know of changes nothing for others.
    let tag = changed.header("etag").to_owned();
    ask(&mut people[1], &id, "路灯什么时候修?").await;
    assert_eq!(again(tag).await.status, 304);
}

#[tokio::test]
async fn a_seat_is_kept_given_back_and_lost_with_the_event() {
    let app = TestApp::start().await;
    let id = held(&app, OPEN).await;
    let mut people = residents(&app, 3).await;
    let key = [("idempotency-key", "seat-1")];
    let registrations = path(&id, "/registrations");
    let first = people[0].write(Method::POST, &registrations, &key, &json!({})).await;
    let again = people[0].write(Method::POST, &registrations, &key, &json!({})).await;
    assert_eq!(
        (first.status.as_u16(), again.status.as_u16()),
        (201, 201),
        "the key answers as before"
    );
    let without = people[0].post(&registrations, &json!({})).await;
    assert_eq!(without.status, 200, "and without a key it is there already");
    let mine: RegistrationView = without.ok();
    assert_eq!(mine.id, first.ok::<RegistrationView>().id);
    people[1].post(&registrations, &json!({})).await;
    let third: RegistrationView = people[2].post(&registrations, &json!({})).await.ok();
    assert_eq!(
        (third.state, third.place_in_line),
        (RegistrationState::Waiting, Some(1))
    );
    let gone = people[0].write(Method::DELETE, &registrations, &[], &json!({})).await;
    assert_eq!(gone.status, 204);
    let up: EventMine = people[2].get(&path(&id, "/mine")).await.ok();
    assert_eq!(up.registration.map(|one| one.state), Some(RegistrationState::Confirmed));
    let mut office = app.staff("songjing").await;
    let list: Attendees = office
        .get(&format!("/api/v1/desk/events/{id}/registrations"))
        .await
        .ok();
    assert_eq!(list.items.len(), 2);
    assert!(
        list.items
            .iter()
            .all(|one| one.phone_masked.as_deref().is_some_and(|phone| phone.contains("****")))
    );
    assert_eq!(go(&app, &mut office, &id, "cancelled").await.status, 200);
    let mine: Vec<MyEvent> = people[2].get("/api/v1/me/events").await.ok();
    assert_eq!(mine[0].card.state, EventState::Cancelled);
    let state = mine[0].registration.as_ref().map(|one| one.state);
    assert_eq!(state, Some(RegistrationState::Cancelled));
    let view: EventView = people[2].get(&path(&id, "")).await.ok();
    assert_eq!(view.cancel_reason.as_deref(), Some("台风"));
    let late = people[0].post(&registrations, &json!({})).await;
    assert_eq!((late.status.as_u16(), late.problem().as_str()), (409, "wrong_state"));
}

#[tokio::test]
async fn the_forms_name_every_field_that_is_wrong() {
    let app = TestApp::start().await;
    let mut office = app.staff("songjing").await;
    let fields = |reply: &Reply| -> Vec<String> {
        assert_eq!(reply.status, 422, "{}", reply.text());
        let all = reply.json()["fields"].as_array().cloned().unwrap_or_default();
        all.iter()
            .map(|one| format!("{} {}", one["field"].as_str().unwrap(), one["code"].as_str().unwrap()))
            .collect()
    };
    let mut wrong = event();
    wrong["title"] = json!("");
    wrong["station_id"] = json!("s-yunfan");
    wrong["deputies"] = json!(["d-nobody"]);
    wrong["units"] = json!(["u-nobody"]);
    wrong["moderators"] = json!(["p-jiaotong"]);
    let reply = office.post("/api/v1/events", &wrong).await;
    assert_eq!(
        fields(&reply),
        [
            "title required",
            "station_id unknown",
            "deputies unknown",
            "units unknown",
            "moderators unknown"
        ]
    );
    let mut elsewhere = event();
    elsewhere["station_id"] = json!("s-xuefu");
    assert_eq!(
        office.post("/api/v1/events", &elsewhere).await.status,
        201,
        "a station's point is its own"
    );

    let id = held(&app, LIVE).await;
    let mut resident = app.resident("199-0000-0001").await;
    let short = resident.post(&path(&id, "/questions"), &json!({ "text": "灯?" })).await;
    assert_eq!(fields(&short), ["text too_short"]);
    for _ in 0..OPEN_QUESTIONS {
        ask(&mut resident, &id, "路灯什么时候修?").await;
    }
    let one_more = json!({ "text": "路灯到底什么时候修?" });
    let more = resident.post(&path(&id, "/questions"), &one_more).await;
    assert_eq!((more.status.as_u16(), more.problem().as_str()), (409, "limit_reached"));
    let poll = office
        .post(
            &path(&id, "/polls"),
            &json!({ "question": "先修哪条路?", "options": ["一条"] }),
        )
        .await;
    assert_eq!(fields(&poll), ["options too_few"]);
    let resolve = json!({ "text": "两周内修好", "owner": { "kind": "unit", "id": "u-x" }, "letter": "TH-2026-999999" });
    let resolution = office.post(&path(&id, "/resolutions"), &resolve).await;
    assert_eq!(fields(&resolution), ["owner unknown", "letter unknown"]);
    let question = app
        .state
        .store
        .questions(&id, liaison_store::events::Which::Desk(None), 1)
        .await
        .unwrap()
        .remove(0);
    let hide = moderate(&mut office, &app, &question.id, json!({ "state": "hidden" })).await;
    assert_eq!(fields(&hide), ["reason required"]);
    let by = json!({ "answer": "好的", "answered_by": { "kind": "unit", "id": "u-chengguan" } });
    let foreign = moderate(&mut office, &app, &question.id, by).await;
    assert_eq!(fields(&foreign), ["answered_by unknown"]);
    let letter = office
        .post(
            &format!("/api/v1/questions/{}/to-letter", question.id),
            &json!({ "unit_id": "u-x" }),
        )
        .await;
    assert_eq!(fields(&letter), ["unit_id unknown"]);
}

#[tokio::test]
async fn a_poll_minutes_and_resolutions_are_read_by_everybody_with_what_they_are_counted_from() {
    let app = TestApp::start().await;
    let id = held(&app, LIVE).await;
    let mut office = app.staff("songjing").await;
    let mut people = residents(&app, 3).await;
    let poll = json!({ "question": "先修哪条路?", "options": ["学府路", "菜场路"] });
    let poll: PollView = office.post(&path(&id, "/polls"), &poll).await.ok();
    for (at, option) in [(0, 0), (1, 1), (2, 1)] {
        let vote = format!("/api/v1/polls/{}/vote", poll.id);
        let counted = people[at]
            .write(Method::PUT, &vote, &[], &json!({ "option": option }))
            .await;
        assert_eq!(counted.status, 204, "{}", counted.text());
    }
    let shut = format!("/api/v1/polls/{}", poll.id);
    assert_eq!(
        office
            .write(Method::PATCH, &shut, &[], &json!({ "open": false }))
            .await
            .status,
        200
    );
    let vote = format!("/api/v1/polls/{}/vote", poll.id);
    assert_eq!(
        people[0]
            .write(Method::PUT, &vote, &[], &json!({ "option": 1 }))
            .await
            .status,
        409
    );
    let view: EventView = app.nobody().get(&path(&id, "")).await.ok();
    let votes: Vec<u32> = view.polls[0].options.iter().map(|option| option.votes).collect();
    assert_eq!((view.polls[0].n, votes, view.polls[0].open), (3, vec![1, 2], false));

    assert_eq!(go(&app, &mut office, &id, "closed").await.status, 200);
    let without = go(&app, &mut office, &id, "finished").await;
    assert_eq!(without.status, 422, "minutes first");
    let written = version(&app, &id).await;
    let minutes = json!({ "text": "到会四十一人,议定三项。", "attendance": 41 });
    let kept = office
        .write(Method::PUT, &path(&id, "/minutes"), &[("if-match", &written)], &minutes)
        .await;
    assert_eq!(kept.status, 200, "{}", kept.text());
    let stale = office
        .write(Method::PUT, &path(&id, "/minutes"), &[("if-match", &written)], &minutes)
        .await;
    assert_eq!((stale.status.as_u16(), stale.problem().as_str()), (409, "conflict"));
    let resolve = json!({
        "text": "学府路两周内修好", "owner": { "kind": "unit", "id": "u-jiaotong" }, "due": "2026-12-10"
    });
    let resolution: ResolutionView = office.post(&path(&id, "/resolutions"), &resolve).await.ok();
    let hidden: EventView = app.nobody().get(&path(&id, "")).await.ok();
    assert_eq!(hidden.minutes, None, "not before it is finished");
    assert_eq!(go(&app, &mut office, &id, "finished").await.status, 200);
    let change = json!({ "state": "done", "note": "十一盏灯都亮了" });
    let version = format!("\"{}\"", resolution.version);
    let one = format!("/api/v1/resolutions/{}", resolution.id);
    let done = office
        .write(Method::PATCH, &one, &[("if-match", &version)], &change)
        .await;
    assert_eq!(done.status, 200, "{}", done.text());
    let view: EventView = app.nobody().get(&path(&id, "")).await.ok();
    let minutes = view.minutes.expect("minutes");
    assert_eq!((minutes.attendance, minutes.text.contains("三项")), (Some(41), true));
    assert_eq!(
        (view.resolutions[0].state, view.resolutions[0].owner_name.as_str()),
        (ResolutionState::Done, "区交通局")
    );
}

#[tokio::test]
async fn a_letter_filed_by_hand_cannot_pretend_to_come_from_an_event() {
    let app = TestApp::start().await;
    let body = json!({
        "letter": letter(), "phone": "199-0000-0001", "via": "event", "consent": "在会上说的"
    });
    let reply = app
        .staff("songjing")
        .await
        .write(
            Method::POST,
            "/api/v1/office/messages",
            &[("idempotency-key", "f-1")],
            &body,
        )
        .await;
    assert_eq!(reply.status, 422);
    assert_eq!(reply.json()["fields"][0]["field"], "via");
}

#[tokio::test]
async fn drafts_and_what_is_elsewhere_do_not_exist_for_others() {
    let app = TestApp::start().await;
    let draft = held(&app, &[]).await;
    for rest in ["", "/questions", "/stream"] {
        assert_eq!(app.nobody().get(&path(&draft, rest)).await.status, 404, "{rest}");
    }
    let list: EventList = app.nobody().get("/api/v1/events").await.ok();
    assert_eq!(list.total, 0);
    // At the table only once it is announced.
    for (who, status) in [
        ("jiaotong", 404),
        ("luzhiyao", 404),
        ("yunfan", 404),
        ("chief", 200),
        ("auditor", 200),
    ] {
        let reply = app.staff(who).await.get(&format!("/api/v1/desk/events/{draft}")).await;
        assert_eq!(reply.status, status, "{who}");
    }
    let mut office = app.staff("songjing").await;
    assert_eq!(go(&app, &mut office, &draft, "announced").await.status, 200);
    let unit: EventDesk = app
        .staff("jiaotong")
        .await
        .get(&format!("/api/v1/desk/events/{draft}"))
        .await
        .ok();
    assert!(unit.may_answer && !unit.may_moderate && unit.next.is_empty());
    let list: DeskEventList = app.staff("luzhiyao").await.get("/api/v1/desk/events").await.ok();
    assert_eq!(list.total, 1);
    let other: DeskEventList = app.staff("guchengyuan").await.get("/api/v1/desk/events").await.ok();
    assert_eq!(other.total, 0);
    let options: EventOptions = office.get("/api/v1/desk/events/options").await.ok();
    let stations: Vec<&str> = options.stations.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(stations, ["s-songjing", "s-xuefu"]);
}

#[tokio::test]
async fn after_the_time_that_letters_are_kept_an_event_forgets_who_asked() {
    let app = TestApp::start().await;
    let id = held(&app, LIVE).await;
    let mut people = residents(&app, 1).await;
    let question = ask(&mut people[0], &id, "路灯什么时候修?").await;
    let mut office = app.staff("songjing").await;
    let shown = json!({ "state": "visible" });
    assert_eq!(moderate(&mut office, &app, &question.id, shown).await.status, 200);
    let author = async || {
        let ran = liaison_server::jobs::Runner::new(app.state.clone()).run_due().await;
        assert!(ran.unwrap().iter().any(|(name, _)| *name == "archive"));
        let kept = app.state.store.question(&question.id).await.unwrap();
        kept.expect("the question").account_id
    };
    app.pass(360 * DAY);
    assert!(author().await.is_some(), "twelve months are not over");
    app.pass(10 * DAY);
    assert_eq!(author().await, None);
    let list = listed(&mut app.nobody(), &id).await;
    assert_eq!((list.total, list.items[0].text.as_str()), (1, "路灯什么时候修?"));
}
