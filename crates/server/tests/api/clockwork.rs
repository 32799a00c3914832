//! What happens by time alone, what pauses it, and many at once.

use crate::journey::*;
use crate::support::*;
use axum::body::Body;
use axum::http::Method;
use liaison_domain::dto::{CaseView, Receipt, Upload};
use liaison_domain::lifecycle::{CaseState, EventKind};
use serde_json::json;

liaison_store::db_test!(
    async fn time_alone_signs_and_closes(store: TestStore) {
        let app = TestApp::on(
            store.store.clone(),
            tempfile::tempdir().unwrap(),
            &[("demo.enabled", "true")],
        )
        .await;
        let receipt = submit(&mut app.resident(PHONE).await, "key-1").await;
        let id = receipt.id.as_str();
        let mut office = app.staff("songjing").await;
        let accept =
            json!({ "type": "accept", "category_id": "c-transport.lamp", "class": "normal", "urgency": "normal" });
        happens(&mut office, id, accept).await;
        let to_deputy = json!({ "type": "to_deputy", "deputy_id": "d-luzhiyao" });
        assert_eq!(happens(&mut office, id, to_deputy).await.state, CaseState::WithDeputy);
        assert_eq!(
            liaison_server::jobs::clock::tick(&app.state).await.unwrap(),
            0,
            "nothing is due yet"
        );
        app.pass(10 * DAY);
        assert_eq!(
            liaison_server::jobs::clock::tick(&app.state).await.unwrap(),
            1,
            "the deputy's time is over"
        );
        let mut office = app.staff("songjing").await;
        happens(&mut office, id, json!({ "type": "assign", "lead": "u-jiaotong" })).await;
        app.pass(7 * DAY);
        assert_eq!(
            liaison_server::jobs::clock::tick(&app.state).await.unwrap(),
            1,
            "signed by time"
        );
        let mut unit = app.staff("jiaotong").await;
        let case = desk(&mut unit, id).await;
        assert_eq!(case.state, CaseState::InProgress);
        assert!(case.tasks[0].task.auto_signed);
        assert!(case.timeline.iter().any(|entry| entry.kind == EventKind::AutoSign));
        happens(&mut unit, id, reply_event(&own_task(&case), "D", "崔副局长")).await;
        happens(&mut app.staff("songjing").await, id, json!({ "type": "release" })).await;
        app.pass(20 * DAY);
        assert_eq!(
            liaison_server::jobs::clock::tick(&app.state).await.unwrap(),
            1,
            "the survey expired"
        );
        let view: CaseView = app
            .resident_again(PHONE)
            .await
            .get(&format!("/api/v1/messages/{}", receipt.no))
            .await
            .ok();
        assert_eq!(view.state, CaseState::Closed);
        assert!(!view.elapsed.is_empty() && view.elapsed.iter().all(|part| part.held >= 0));
    }
);

liaison_store::db_test!(
    async fn a_hundred_letters_at_once_lose_none(store: TestStore) {
        let settings = [("demo.enabled", "true"), ("rate.letters_per_day", "0")];
        let app = TestApp::on(store.store.clone(), tempfile::tempdir().unwrap(), &settings).await;
        let author = app.resident(PHONE).await;
        let token = author.session().unwrap().to_owned();
        let mut numbers = std::collections::BTreeSet::new();
        for batch in 0..10 {
            let sent: Vec<_> = (0..10)
                .map(|at| {
                    let (app, token) = (&app, token.as_str());
                    async move {
                        let mut client = app.nobody();
                        client.set_session(token);
                        let key = format!("key-{batch}-{}", at / 2);
                        let reply = client
                            .write(
                                Method::POST,
                                "/api/v1/messages",
                                &[("idempotency-key", &key)],
                                &letter(),
                            )
                            .await;
                        reply.ok::<Receipt>().no
                    }
                })
                .collect();
            for no in join_all(sent).await {
                numbers.insert(no);
            }
        }
        assert_eq!(numbers.len(), 50, "each key one letter, each letter one number");
        let mine = app.resident_again(PHONE).await.get("/api/v1/me/messages").await.json();
        assert_eq!(mine["total"], 50);
    }
);

/// All at once, on one task: enough for requests to overlap in the database.
pub async fn join_all<T>(futures: Vec<impl Future<Output = T>>) -> Vec<T> {
    let mut pinned: Vec<_> = futures.into_iter().map(|future| (Box::pin(future), None)).collect();
    std::future::poll_fn(|context| {
        let mut open = false;
        for (future, done) in &mut pinned {
            if done.is_none() {
                match future.as_mut().poll(context) {
                    std::task::Poll::Ready(value) => *done = Some(value),
                    std::task::Poll::Pending => open = true,
                }
            }
        }
        if open {
            std::task::Poll::Pending
        } else {
            std::task::Poll::Ready(())
        }
    })
    .await;
    pinned.into_iter().filter_map(|(_, done)| done).collect()
}

#[tokio::test]
async fn a_question_pauses_the_clock_and_an_answer_with_a_picture_resumes_it() {
    let app = TestApp::start().await;
    let mut author = app.resident(PHONE).await;
    let receipt = submit(&mut author, "key-1").await;
    let id = receipt.id.as_str();
    happens(
        &mut app.staff("songjing").await,
        id,
        json!({ "type": "ask_info", "text": "是哪一根灯杆?" }),
    )
    .await;
    let path = format!("/api/v1/messages/{}", receipt.no);
    let view: CaseView = author.get(&path).await.ok();
    assert_eq!(
        (view.question.as_deref(), view.holder.paused),
        (Some("是哪一根灯杆?"), true)
    );
    let mut png = std::io::Cursor::new(Vec::new());
    image::RgbImage::new(12, 8)
        .write_to(&mut png, image::ImageFormat::Png)
        .unwrap();
    let headers = [("content-type", "image/png"), ("x-requested-with", "liaison")];
    let upload: Upload = author
        .send(Method::POST, "/api/v1/uploads", &headers, Body::from(png.into_inner()))
        .await
        .ok();
    let given = json!({ "type": "info_given", "text": "菜场门口那根。", "attachments": [upload.id] });
    happens(&mut author, id, given).await;
    let view: CaseView = author.get(&path).await.ok();
    assert_eq!((view.question, view.holder.paused), (None, false));
    let entry = view
        .timeline
        .iter()
        .find(|entry| entry.kind == EventKind::InfoGiven)
        .unwrap();
    assert_eq!(
        entry.pictures.len(),
        1,
        "the picture stands with the words it came with"
    );
    assert!(view.pictures.is_empty());
}
