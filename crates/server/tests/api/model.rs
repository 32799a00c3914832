//! Random events by random people at random times, through the API, on both databases: after every step the answer, the
//! stored case, its log, the units' tasks, the lanes and the inboxes are what the rules alone make of it.
//!
//! `MODEL_SEED` and `MODEL_STEPS` choose another walk, or a longer one; a failure names its seed.

mod chance;
mod draw;
mod lanes;
mod mirror;
mod people;

use crate::support::*;
use axum::http::Method;
use chance::Chance;
use liaison_domain::lifecycle::*;
use liaison_domain::reply::Finding;
use liaison_server::load::related::reply_warnings;
use liaison_store::testing::TestStore;
use mirror::{Mirror, Tracked};
use people::{People, Person, Towards, towards};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
/// Letters at once, so that each lives long enough.
const LETTERS: usize = 12;

struct Walk<'a> {
    app: Arc<TestApp>,
    store: &'a TestStore,
    people: People,
    chance: Chance,
    mirror: Mirror,
    told: Vec<String>,
}

liaison_store::db_test!(
    async fn whatever_anybody_does_the_api_does_what_the_rules_say(store: TestStore) {
        Box::pin(walk(&store, 1, &[])).await;
    }
);

liaison_store::db_test!(
    async fn the_same_where_deputies_hand_answers_on_and_theirs_are_read_first(store: TestStore) {
        let settings = [
            ("limits.deputy_forwards", "true"),
            ("limits.deputy_answer_reviewed", "true"),
        ];
        Box::pin(walk(&store, 2, &settings)).await;
    }
);

async fn walk(store: &TestStore, seed: u64, more: &[(&'static str, &str)]) {
    let given = |name: &str| {
        std::env::var(name)
            .ok()
            .map(|text| text.parse::<u64>().expect("a number"))
    };
    let (seed, steps) = (given("MODEL_SEED").unwrap_or(seed), given("MODEL_STEPS").unwrap_or(200));
    let settings = [&[("demo.enabled", "true"), ("rate.letters_per_day", "0")], more].concat();
    let app = TestApp::on(store.store.clone(), tempfile::tempdir().unwrap(), &settings).await;
    let people = People::settle(&app).await;
    let mut walk = Walk {
        app: Arc::new(app),
        store,
        people,
        chance: Chance::new(seed),
        mirror: Mirror::default(),
        told: vec![format!("seed {seed}")],
    };
    for _ in 0..4 {
        walk.submit().await;
    }
    for step in 0..steps {
        walk.told.push(format!("-- step {step}"));
        walk.wait().await;
        if walk.chance.one_in(12) && walk.mirror.letters.len() < LETTERS {
            walk.submit().await;
        }
        walk.step().await;
        walk.look_at_lanes(step % 10 == 9).await;
        if step % 10 == 9 || step + 1 == steps {
            for at in 0..walk.mirror.letters.len() {
                walk.compare(at).await;
            }
        }
    }
    let faults = walk.app.state.store.verify_all_chains().await.unwrap();
    assert!(faults.is_empty(), "{faults:?}\n{}", walk.story());
    let records = || walk.mirror.letters.iter().flat_map(|letter| &letter.log);
    let kinds: BTreeSet<&str> = records().map(|record| record.event.kind().code()).collect();
    let states: BTreeSet<&str> = records().map(|record| record.to.code()).collect();
    println!("seed {seed}: {} events, {kinds:?}, {states:?}", records().count());
    assert!(
        kinds.len() > 15 && states.len() > 8,
        "a walk that sees something of the world: {kinds:?}"
    );
}

impl Walk<'_> {
    /// The last steps, for a failure.
    fn story(&self) -> String {
        let from = self.told.len().saturating_sub(25);
        format!("{}\n{}", self.told[0], self.told[from..].join("\n"))
    }

    fn now(&self) -> i64 {
        self.app.state.now()
    }

    /// Time passes; sometimes the clock's own work is done.
    async fn wait(&mut self) {
        let time = match self.chance.below(20) {
            0 => (10 + self.chance.below(20) as i64) * DAY,
            1..=3 => (1 + self.chance.below(4) as i64) * DAY + 3 * HOUR,
            4..=8 => (1 + self.chance.below(8) as i64) * HOUR,
            _ => (1 + self.chance.below(20) as i64) * MINUTE,
        };
        self.app.pass(time);
        if self.chance.one_in(3) {
            self.told.push(format!("tick at +{}h", time / HOUR));
            liaison_server::jobs::clock::tick(&self.app.state).await.unwrap();
            self.follow_the_clock().await;
        }
    }

    /// What happened by time alone is what the rules would have let happen, and nothing that is due was left.
    async fn follow_the_clock(&mut self) {
        let rules = self.app.state.rules();
        let (system, now) = (Actor::system(), self.now());
        for at in 0..self.mirror.letters.len() {
            let id = self.mirror.letters[at].case.id.clone();
            let records = self.new_records(at).await;
            for record in records {
                let ctx = rules.context(now, system.clone());
                let done = self.mirror.letters[at].happen(&record.event, &ctx, &record, &self.people);
                assert!(done.is_ok(), "by the clock on {id}: {done:?}\n{}", self.story());
            }
            self.compare(at).await;
            let case = &self.mirror.letters[at].case;
            let ctx = rules.context(now, system.clone());
            let left: Vec<EventKind> = allowed_events(case, &ctx)
                .into_iter()
                .filter(|kind| draw::BY_TIME.contains(kind))
                .filter(|kind| !(*kind == EventKind::AutoSign && case.paused_since.is_some()))
                .collect();
            assert!(
                left.is_empty(),
                "{left:?} is due on {id} and did not happen\n{}",
                self.story()
            );
        }
    }

    async fn new_records(&self, at: usize) -> Vec<EventRecord> {
        let letter = &self.mirror.letters[at];
        let all = self.app.state.store.events(&letter.case.id).await.unwrap();
        all.into_iter()
            .filter(|record| record.seq > letter.case.version)
            .collect()
    }

    /// A resident writes to a deputy, a station or one of its points.
    async fn submit(&mut self) {
        let mut body = letter();
        let count = self.mirror.letters.len();
        body["body"] = json!(format!(
            "第{count}件:学府路{count}号门口的路灯坏了三个星期,晚上走路看不清,请来看看。"
        ));
        if self.chance.one_in(2) {
            body["deputy"] = Value::Null;
            body["station"] = json!(self.chance.pick(&["songjing", "yunfan", "xuefu"]));
        } else {
            body["deputy"] = json!(self.chance.pick(&["luzhiyao", "guchengyuan"]));
        }
        body["consent_publish"] = json!(self.chance.one_in(2));
        let author = self.people.residents[self.chance.below(2)].clone();
        let mut client = self.people.client(&self.app, &Person::Resident(author.clone())).await;
        let key = format!("letter-{count}");
        let reply = client
            .write(Method::POST, "/api/v1/messages", &[("idempotency-key", &key)], &body)
            .await;
        assert_eq!(reply.status, 201, "{}", reply.text());
        let receipt: liaison_domain::dto::Receipt = reply.ok();
        let kept = self.app.state.store.load(&receipt.id).await.unwrap().unwrap();
        let log = self.app.state.store.events(&receipt.id).await.unwrap();
        assert_eq!(rebuild(&log).as_ref(), Ok(&kept.case));
        self.told
            .push(format!("{} arrives at {}", receipt.no, kept.case.station_id));
        let inbox = self.inbox(&receipt.id).await;
        self.mirror.letters.push(Tracked {
            no: receipt.no,
            code: receipt.code,
            title: kept.title,
            author,
            addressed: kept.addressed_deputy_id,
            case: kept.case,
            log,
            part_of: None,
            inbox,
        });
    }

    async fn step(&mut self) {
        let (at, person, event) = self.draw().await;
        let letter = &self.mirror.letters[at];
        let (id, no, version) = (letter.case.id.clone(), letter.no.clone(), letter.case.version);
        let kind = event.kind();
        let stale = self.chance.one_in(15);
        let with_version = !self.chance.one_in(40);
        let seen = if stale { version - 1 } else { version };
        let key = format!("step-{}", self.told.len());
        self.told.push(format!(
            "{} does {} on {} v{seen}: {}",
            person.name(),
            kind.code(),
            no,
            json!(event)
        ));

        if let CaseEvent::Split { parts } = &event
            && self.chance.one_in(2)
        {
            self.make_parts(&id, parts).await;
        }
        let expected = self.expected(at, &person, &event, seen, with_version).await;
        let app = Arc::clone(&self.app);
        let mut client = self.people.client(&app, &person).await;
        if let Person::Code(opens) = person {
            let opened = &self.mirror.letters[opens];
            let typed = json!({ "no": opened.no, "code": opened.code });
            assert_eq!(client.post("/api/v1/track", &typed).await.status, 200);
        }
        let (path, body) = (format!("/api/v1/messages/{id}/events"), json!({ "event": event }));
        let quoted = format!("\"{seen}\"");
        let mut headers = vec![("idempotency-key", key.as_str())];
        if with_version {
            headers.push(("if-match", quoted.as_str()));
        }
        let reply = client.write(Method::POST, &path, &headers, &body).await;
        let status = reply.status.as_u16();
        match &expected {
            Ok(actor) => {
                assert_eq!(status, 200, "{}\n{}", reply.text(), self.story());
                self.happened(at, actor.clone(), &event).await;
                let case = &self.mirror.letters[at].case;
                let json = reply.json();
                assert_eq!(
                    (json["version"].as_i64(), json["state"].as_str()),
                    (Some(case.version), Some(case.state.code())),
                    "{}",
                    self.story()
                );
                if self.chance.one_in(6) {
                    self.told.push("the same again".to_owned());
                    let again = client.write(Method::POST, &path, &headers, &body).await;
                    assert_eq!(again.status, 200, "{}\n{}", again.text(), self.story());
                    assert_eq!(again.header("idempotency-replayed"), "true", "{}", self.story());
                    assert_eq!(again.body, reply.body, "{}", self.story());
                    let other = json!({ "event": { "type": "urge" } });
                    let mixed = client.write(Method::POST, &path, &headers, &other).await;
                    if kind != EventKind::Urge {
                        assert_eq!(mixed.status, 422, "{}\n{}", mixed.text(), self.story());
                    }
                }
            }
            Err((expected_status, code)) => {
                let said = (status, reply.problem());
                assert_eq!(
                    said,
                    (*expected_status, (*code).to_owned()),
                    "{}\n{}",
                    reply.text(),
                    self.story()
                );
            }
        }
        self.compare(at).await;
        self.compare_versions().await;
        self.compare_view(at, &person, &mut client).await;
    }

    /// Makes letters parts of one that somebody wants to cut; else it is cut into letters that are none.
    async fn make_parts(&mut self, whole: &str, parts: &[String]) {
        let letters = self.mirror.letters.iter_mut();
        for part in letters.filter(|letter| letter.case.id != whole && parts.contains(&letter.case.id)) {
            self.app.state.store.keep_as_part(&part.case.id, whole).await.unwrap();
            part.part_of = Some(whole.to_owned());
            // The whole has a receipt, a part has none.
            let author = format!("{} ", part.author);
            part.inbox.retain(|line| !line.starts_with(&author));
        }
    }

    /// What the API has to answer: as whom the person acts when it goes through, else status and code.
    async fn expected(
        &self,
        at: usize,
        person: &Person,
        event: &CaseEvent,
        seen: i64,
        with_version: bool,
    ) -> Result<Actor, (u16, &'static str)> {
        let letter = &self.mirror.letters[at];
        let actor = match towards(person, at, letter) {
            Towards::Stranger => return Err((401, "unauthenticated")),
            Towards::OutOfScope => return Err((404, "not_found")),
            Towards::Acts(actor) => actor,
        };
        if !with_version {
            return Err((428, "version_required"));
        }
        let rules = self.app.state.rules();
        let warnings = self.warnings(letter, event).await;
        let before = letter.before_last();
        let ids: Vec<_> = (0..event.ids_needed()).map(|n| format!("new-{n}")).collect();
        let ctx = Context {
            expected_version: Some(seen),
            warnings: &warnings,
            before: before.as_ref().filter(|_| matches!(event, CaseEvent::Undo {})),
            new_ids: ids,
            ..rules.context(self.now(), actor.clone())
        };
        match apply(&letter.case, event, &ctx) {
            Err(refusal) => Err(mirror::status(refusal.kind)),
            Ok(_) if !self.mirror.references_fit(at, event) => Err((422, "value_invalid")),
            Ok(_) => Ok(actor),
        }
    }

    async fn warnings(&self, letter: &Tracked, event: &CaseEvent) -> Vec<String> {
        match event {
            CaseEvent::Release { .. } => Finding::codes(&reply_warnings(&self.app.state, &letter.case).await.unwrap()),
            _ => Vec::new(),
        }
    }

    /// Lets it happen in the mirror too, with everything that follows there by itself.
    async fn happened(&mut self, at: usize, actor: Actor, event: &CaseEvent) {
        let rules = self.app.state.rules();
        let now = self.now();
        let warnings = self.warnings(&self.mirror.letters[at], event).await;
        let records = self.new_records(at).await;
        let before = self.mirror.letters[at].before_last();
        let left = self.mirror.letters[at].case.merged_into.clone();
        let from = self.mirror.letters[at].log.len();
        let mut then = std::collections::VecDeque::from([event.clone()]);
        let mut actor = actor;
        for record in &records {
            let Some(event) = then.pop_front() else {
                panic!("{} followed from nothing\n{}", record.event.kind().code(), self.story());
            };
            let ctx = Context {
                warnings: &warnings,
                before: before.as_ref().filter(|_| matches!(event, CaseEvent::Undo {})),
                ..rules.context(now, actor)
            };
            match self.mirror.letters[at].happen(&event, &ctx, record, &self.people) {
                Ok(follow) => then.extend(follow),
                Err(why) => panic!("{why}\n{}", self.story()),
            }
            actor = Actor::system();
        }
        assert!(then.is_empty(), "{then:?} did not follow\n{}", self.story());

        let mut related = self.mirror.followers(at, from, left.as_ref());
        while let Some((other, event)) = related.pop_front() {
            let Some(at) = self.mirror.letters.iter().position(|letter| letter.case.id == other) else {
                continue;
            };
            let ctx = Context {
                new_ids: vec![],
                ..rules.context(now, Actor::system())
            };
            if apply(&self.mirror.letters[at].case, &event, &ctx).is_err() {
                continue;
            }
            let from = self.mirror.letters[at].log.len();
            let left = self.mirror.letters[at].case.merged_into.clone();
            let Some(record) = self.new_records(at).await.into_iter().next() else {
                panic!("{} did not reach {other}\n{}", event.kind().code(), self.story());
            };
            self.told.push(format!(
                "  so {} on {}",
                event.kind().code(),
                self.mirror.letters[at].no
            ));
            if let Err(why) = self.mirror.letters[at].happen(&event, &ctx, &record, &self.people) {
                panic!("{why}\n{}", self.story());
            }
            related.extend(self.mirror.followers(at, from, left.as_ref()));
        }
    }

    /// Nothing happened to any letter but what the mirror knows.
    async fn compare_versions(&self) {
        let kept = self
            .lines("SELECT COALESCE(string_agg(id || ' ' || version || ' ' || state, '|'), '') FROM message")
            .await;
        let line = |letter: &Tracked| {
            format!(
                "{} {} {}",
                letter.case.id,
                letter.case.version,
                letter.case.state.code()
            )
        };
        let mut known: Vec<String> = self.mirror.letters.iter().map(line).collect();
        known.sort();
        assert_eq!(kept, known, "{}", self.story());
    }

    /// Stored case, fold of the stored log, tasks and inboxes against the mirror's.
    async fn compare(&self, at: usize) {
        let letter = &self.mirror.letters[at];
        let id = letter.case.id.as_str();
        let kept = self.app.state.store.load(id).await.unwrap().unwrap();
        assert_eq!(
            kept.case,
            letter.case,
            "{}'s case is another\n{}",
            letter.no,
            self.story()
        );
        let log = self.app.state.store.events(id).await.unwrap();
        assert_eq!(log, letter.log, "{}'s log is another\n{}", letter.no, self.story());
        assert_eq!(
            rebuild(&log).as_ref(),
            Ok(&letter.case),
            "{}\n{}",
            letter.no,
            self.story()
        );
        assert_eq!(
            self.tasks(id).await,
            letter.tasks(),
            "{}'s tasks\n{}",
            letter.no,
            self.story()
        );
        assert_eq!(
            self.inbox(id).await,
            letter.inbox,
            "who was told about {}\n{}",
            letter.no,
            self.story()
        );
        assert_eq!(kept.part_of, letter.part_of, "{}\n{}", letter.no, self.story());
    }

    async fn lines(&self, sql: &str) -> Vec<String> {
        let all = self.store.ask(sql).await.unwrap();
        let mut lines: Vec<String> = all
            .split('|')
            .filter(|line| !line.is_empty())
            .map(str::to_owned)
            .collect();
        lines.sort();
        lines
    }

    async fn tasks(&self, id: &str) -> Vec<String> {
        self.lines(&format!(
            "SELECT COALESCE(string_agg(id || ' ' || unit_id || ' ' || role || ' ' || round || ' ' || state || ' ' || dispatched_at
             || ' ' || sign_due || ' ' || due_at || ' ' || COALESCE(delegate_id, '-') || CASE WHEN tracking = TRUE THEN ' tracking' ELSE '' END, '|'), '')
             FROM assignment WHERE message_id = '{id}'"
        ))
        .await
    }

    /// Who was told of what: events alone, no reminders.
    async fn inbox(&self, id: &str) -> Vec<String> {
        self.lines(&format!(
            "SELECT COALESCE(string_agg(account_id || ' ' || kind, '|'), '') FROM notice WHERE message_id = '{id}' AND once IS NULL"
        ))
        .await
    }

    /// What the person may do next, as the API tells it.
    async fn compare_view(&self, at: usize, person: &Person, client: &mut Client<'_>) {
        let letter = &self.mirror.letters[at];
        let path = match person {
            Person::Staff(_) => format!("/api/v1/desk/cases/{}", letter.no),
            _ => format!("/api/v1/messages/{}", letter.no),
        };
        let reply = client.get(&path).await;
        match towards(person, at, letter) {
            Towards::Stranger => assert_eq!(reply.status, 401, "{path}\n{}", self.story()),
            Towards::OutOfScope => assert_eq!(reply.status, 404, "{path}\n{}", self.story()),
            Towards::Acts(actor) => {
                assert_eq!(reply.status, 200, "{path}: {}\n{}", reply.text(), self.story());
                let rules = self.app.state.rules();
                let allowed = allowed_events(&letter.case, &rules.context(self.now(), actor));
                let view = reply.json();
                assert_eq!(view["allowed_events"], json!(allowed), "{path}\n{}", self.story());
                assert_eq!(view["version"], json!(letter.case.version), "{path}\n{}", self.story());
            }
        }
    }
}
