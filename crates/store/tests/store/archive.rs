//! Letters that were kept as long as they have to be.

use crate::*;
use liaison_domain::calendar::{DAY_MS, WorkCalendar};
use liaison_domain::dto::CaseFilter;
use liaison_domain::{Id, Millis};
use liaison_store::letters::Ended;
use liaison_store::queues::{Filter, Slice};
use liaison_store::uploads::NewUpload;

async fn ended(desk: &Desk<'_>, now: Millis) -> Ended {
    let later = Context::new(now, Actor::system(), &desk.calendar, &desk.limits);
    desk.store.ended(now, "", 100, &later).await.expect("an answer")
}

async fn archive(desk: &mut Desk<'_>, id: &str) {
    let case = desk.act(id, Actor::system(), CaseEvent::Archive {}).await;
    assert_eq!(case.state, CaseState::Archived);
}

async fn rate(desk: &mut Desk<'_>, id: &str) {
    let rating = rating(5, Solved::Yes);
    desk.act(id, author(), CaseEvent::RatedOk { rating }).await;
}

/// How many letters at an end the office finds by these words.
async fn found(store: &Store, q: &str, now: Millis) -> usize {
    let slice = Slice {
        lane: "closed",
        q: Some(q),
        cursor: None,
        limit: 100,
        filter: Filter::default(),
    };
    let queue = store.office_queue(None, slice, now).await.expect("the store answers");
    queue.expect("a lane").items.len()
}

fn picture(name: &str) -> NewUpload {
    NewUpload {
        id: id(name),
        token: format!("token-{name}"),
        mime: id("image/jpeg"),
        bytes: 12_345,
        width: 800,
        height: 600,
        sha256: liaison_store::sha256_hex(name.as_bytes()),
        alt: String::new(),
    }
}

/// A year after the moment, and some days.
fn a_year_after(moment: Millis) -> Millis {
    WorkCalendar::add_months(moment, 12) + 2 * DAY_MS
}

db_test!(
    async fn an_archived_letter_is_nobodys_and_its_log_still_holds(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        for name in ["shown", "private"] {
            store.add_upload(&picture(name), desk.now).await.expect("kept");
        }
        let mut new = letter();
        new.attachments = vec![id("shown"), id("private")];
        new.case.name_shown = NameShown::Public;
        let kept = desk.submit(&new).await;
        desk.act(&kept.id, officer(), accept()).await;
        let deputy_id = id("deputy-lu");
        desk.act(&kept.id, officer(), CaseEvent::ToDeputy { deputy_id }).await;
        let answer = CaseEvent::DeputyAnswer {
            reply: reply("我去看过了,物业已换件。"),
        };
        desk.act(&kept.id, deputy(), answer).await;
        let shown = PublicCopy {
            attachments: vec![id("shown")],
            ..copy()
        };
        desk.act(&kept.id, officer(), CaseEvent::ProposeCopy { copy: shown })
            .await;
        desk.act(&kept.id, author(), CaseEvent::CopyApproved {}).await;
        desk.act(&kept.id, officer(), CaseEvent::Publish {}).await;
        rate(&mut desk, &kept.id).await;
        let before = desk.load(&kept.id).await;
        let copy = store.publication(&before.no).await.expect("an answer").expect("a copy");
        assert_eq!(copy.author_name.as_deref(), Some("李听澜"));
        assert_eq!(found(&store, "电梯", desk.now).await, 1);

        let closed = desk.now;
        assert_eq!(
            ended(&desk, closed + 360 * DAY_MS).await.over,
            Vec::<Id>::new(),
            "not yet"
        );
        desk.now = a_year_after(closed);
        assert_eq!(ended(&desk, desk.now).await.over, std::slice::from_ref(&kept.id));
        archive(&mut desk, &kept.id).await;
        assert_eq!(ended(&desk, desk.now).await, Ended::default(), "once");

        let after = desk.load(&kept.id).await;
        assert_eq!((after.account_id, after.name, after.place), (None, None, None));
        assert_eq!(
            (after.title.as_str(), after.body.as_str()),
            ("电梯", ""),
            "what it was about stays"
        );
        assert_eq!(
            (after.no.as_str(), after.area_id),
            (before.no.as_str(), before.area_id),
            "for the figures"
        );
        assert_eq!(store.answers(&kept.id).await.expect("answers").len(), 1);
        assert_eq!(found(&store, "老人", desk.now).await, 0, "nobody finds it by its words");
        for table in ["notice", "outbox"] {
            let sql = format!(
                "SELECT CAST(COUNT(*) AS TEXT) FROM {table} WHERE message_id = '{}'",
                kept.id
            );
            assert_eq!(store.ask(&sql).await.expect("a count"), "0", "{table}");
        }
        let copy = store
            .publication(&before.no)
            .await
            .expect("an answer")
            .expect("the copy stays");
        assert_eq!((copy.author_name, copy.card.title.as_str()), (None, "某小区电梯停运"));
        let public = store.publications(&CaseFilter::default(), 10).await.expect("a list");
        assert_eq!(public.items.len(), 1);
        let gone = store.sweep_uploads(1, 1).await.expect("swept");
        assert_eq!(gone, [id("private")], "its file can go; the public one stays");
        assert!(store.is_public_picture("shown").await.expect("an answer"));

        assert_eq!(store.verify_all_chains().await.expect("a check"), vec![]);
        let log = store.events(&kept.id).await.expect("the log");
        assert_eq!(log.last().map(|record| record.to), Some(CaseState::Archived));
    }
);

db_test!(
    async fn a_resident_is_forgotten_with_the_last_letter_and_the_last_login(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let (first, second) = (desk.submit(&letter()).await, desk.submit(&letter()).await);
        let withdraw = || CaseEvent::Withdraw { text: None };
        desk.act(&first.id, author(), withdraw()).await;
        desk.now += 30 * DAY_MS;
        desk.act(&second.id, author(), withdraw()).await;
        let until = a_year_after(desk.now) + DAY_MS;
        store
            .create_session(Some("acc-resident"), desk.now, until, until)
            .await
            .expect("a login");
        desk.now = a_year_after(desk.now);
        let who = async |now: Millis| {
            let forgotten = store.forget_residents(now).await.expect("an answer");
            let account = store
                .account("acc-resident")
                .await
                .expect("an answer")
                .expect("the row");
            (
                forgotten,
                account.name,
                account.phone_masked.is_some(),
                account.phone_encrypted.is_some(),
            )
        };
        let known = (0, "李女士".to_owned(), true, phone(1).encrypted.is_some());
        archive(&mut desk, &first.id).await;
        assert_eq!(who(desk.now).await, known, "another letter is theirs");
        archive(&mut desk, &second.id).await;
        assert_eq!(who(desk.now).await, known, "they are logged in");
        store.sweep_sessions(until + 1).await.expect("swept");
        let made = store
            .account("acc-resident")
            .await
            .expect("an answer")
            .expect("the row");
        assert_eq!(who(made.created_at).await, known, "not before its time");
        assert_eq!(who(desk.now).await, (1, String::new(), false, false));
        assert_eq!(who(desk.now).await.0, 0, "once");
        let back = store.resident(&phone(1), "李女士", desk.now).await.expect("an account");
        assert_ne!(back.id, "acc-resident", "who comes back is new");
        let staff = store
            .account("acc-officer")
            .await
            .expect("an answer")
            .expect("an officer");
        assert!(!staff.name.is_empty(), "staff are not residents");
        assert_eq!(store.verify_all_chains().await.expect("a check"), vec![]);
    }
);

db_test!(
    async fn what_waits_for_another_letter_is_kept_until_that_one_ends(store: TestStore) {
        let mut desk = Desk::open(&store).await;
        let lead = desk.in_progress().await;
        let joined = desk.submit(&letter()).await;
        let merge = CaseEvent::Merge {
            into: lead.id.clone(),
            text: id("同一部电梯"),
        };
        desk.act(&joined.id, officer(), merge).await;
        let whole = desk.submit(&letter()).await;
        desk.act(&whole.id, officer(), accept()).await;
        let part = |title: &str| Part {
            title: title.to_owned(),
            body: "请处理。".to_owned(),
            category_id: id("cat-housing.lift"),
        };
        let (parts, ctx) = ([part("电梯"), part("垃圾房")], desk.ctx(officer()));
        let cut = store.split(&whole.id, &parts, &ctx).await.expect("it is cut").case;
        let decline = CaseEvent::Decline {
            reason_code: desk.limits.decline_reasons[0].clone(),
            text: id("请向物业协会反映。"),
        };
        desk.act(&cut.parts[0], officer(), decline.clone()).await;
        let later = a_year_after(desk.now);
        let ctx = Context::new(later, Actor::system(), &desk.calendar, &desk.limits);
        for waiting in [&joined.id, &cut.parts[0]] {
            let case = desk.load(waiting).await.case;
            let allowed = allowed_events(&case, &ctx);
            assert!(
                allowed.contains(&EventKind::Archive),
                "the rules alone would: {allowed:?}"
            );
        }
        assert_eq!(
            ended(&desk, later).await,
            Ended::default(),
            "their answers may still come"
        );

        desk.act(&cut.parts[1], officer(), decline).await;
        assert_eq!(desk.load(&whole.id).await.case.state, CaseState::Answered);
        rate(&mut desk, &whole.id).await;
        let mut over = ended(&desk, a_year_after(desk.now)).await.over;
        let mut expected = [&[whole.id], cut.parts.as_slice()].concat();
        over.sort();
        expected.sort();
        assert_eq!(over, expected, "the whole has ended, and its parts with it");
    }
);
