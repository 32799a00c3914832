//! The measurement: every question asked of the real server, beside the limits of the machine, in one run.

use crate::cluster::Cluster;
use crate::district::{District, Ground, MEASURED, now};
use crate::http::{Answer, request};
use crate::load::{self, Times};
use crate::randoms::Randoms;
use crate::report::{Report, Row, What};
use crate::server::Running;
use crate::story::REACH;
use crate::{Engines, Options, Result, words};
use liaison_domain::Id;
use liaison_domain::calendar::HOUR_MS;
use liaison_domain::lifecycle::{CaseClass, CaseEvent, Role, Urgency};
use liaison_store::people::Phone;
use liaison_store::{Engine, Store, new_id};
use serde_json::{Value, json};
use std::path::Path;
use std::sync::Arc;

/// Rounds that the requests are spread over, so that a slow moment of the machine does not meet one question alone.
const ROUNDS: usize = 3;
/// Letters whose pages are looked at.
const PAGES: usize = 200;

/// Fills, measures, tells.
pub async fn run(options: &Options) -> Result {
    let mut sizes = options.letters.clone();
    sizes.sort_unstable();
    sizes.dedup();
    let dir = match &options.keep {
        Some(dir) => dir.clone(),
        None => std::env::temp_dir().join(format!("liaison-bench-{}", std::process::id())),
    };
    std::fs::create_dir_all(&dir)?;
    let dir = dir.canonicalize()?;
    // PostgreSQL's own user has to reach its folder.
    #[cfg(unix)]
    std::fs::set_permissions(&dir, std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
    let done = engines(options, &sizes, &dir).await;
    if options.keep.is_none() {
        std::fs::remove_dir_all(&dir)?;
    }
    let report = done?;
    if options.fill {
        return Ok(());
    }
    let text = report.text(options);
    println!("\n{text}");
    if let Some(doc) = &options.doc {
        crate::report::Report::write(doc, &text)?;
    }
    Ok(())
}

async fn engines(options: &Options, sizes: &[usize], dir: &Path) -> Result<Report> {
    let mut report = Report::default();
    if options.engine != Engines::Postgres {
        let ground = Ground {
            engine: Engine::Sqlite,
            dir,
            server: &options.server,
            cluster: None,
        };
        sizes_of(options, sizes, &ground, &mut report).await?;
    }
    if options.engine != Engines::Sqlite {
        let cluster = Cluster::start(&dir.join("cluster"))?;
        let ground = Ground {
            engine: Engine::Postgres,
            dir,
            server: &options.server,
            cluster: Some(&cluster),
        };
        sizes_of(options, sizes, &ground, &mut report).await?;
    }
    Ok(report)
}

async fn sizes_of(options: &Options, sizes: &[usize], ground: &Ground<'_>, report: &mut Report) -> Result {
    let mut smaller = None;
    for &letters in sizes {
        ground.filled(letters, smaller).await?;
        if let Some(smaller) = smaller.filter(|_| options.keep.is_none()) {
            ground.remove(&smaller.to_string())?;
        }
        smaller = Some(letters);
        if options.fill {
            continue;
        }
        let district = ground.copy_to_measure(letters)?;
        println!("==> {:?}, {letters} letters: measuring", ground.engine);
        let rows = Bench::open(options, &district).await?.rows().await?;
        report.add(ground.engine, letters, rows);
        ground.remove(MEASURED)?;
    }
    Ok(())
}

/// Everything ready to be asked.
struct Bench<'a> {
    options: &'a Options,
    store: Store,
    station: Running,
    empty: Running,
    resident: String,
    clerk: String,
    head: String,
    /// Where letters go that the clerk answers for.
    slug: String,
    category: String,
    /// Numbers of the resident's letters.
    numbers: Vec<String>,
    /// Where a later page of the public list begins.
    cursors: Vec<String>,
    randoms: Randoms,
}

impl<'a> Bench<'a> {
    async fn open(options: &'a Options, district: &District) -> Result<Self> {
        let store = Store::connect(&district.url).await?;
        // The server brings new indexes first.
        store.migrate().await?;
        liaison_store::testing::bare_table(&store).await?;
        let accounts = store.named_accounts().await?;
        let is_office = |role| matches!(role, Role::StationOfficer | Role::StationLeader);
        let head = accounts
            .iter()
            .find(|a| is_office(a.role) && a.station_id.is_none())
            .ok_or("nobody looks over the whole district")?;
        let clerk = accounts
            .iter()
            .find(|a| a.role == Role::StationOfficer && a.station_id.is_some())
            .ok_or("no clerk")?;
        let station = store
            .station(clerk.station_id.as_deref().unwrap_or_default())
            .await?
            .ok_or("no station")?;
        let category = store
            .categories()
            .await?
            .into_iter()
            .find(|c| c.slug == "housing.lift")
            .ok_or("no category")?;
        let station_server = Running::station(
            &options.server,
            &district.data,
            &options.web,
            district.server_url.as_deref(),
        )?;
        station_server.settle(&store).await?;
        let (resident, numbers) = author(&store).await?;
        let until = now() + 12 * HOUR_MS;
        let mut tokens = Vec::new();
        for account in [&resident, &clerk.id, &head.id] {
            tokens.push(store.create_session(Some(account), now(), until, until).await?);
        }
        let mut cursors = Vec::new();
        let mut filter = liaison_domain::dto::CaseFilter::default();
        for _ in 0..PAGES {
            let page = store.publications(&filter, 20).await?;
            let Some(next) = page.next_cursor else { break };
            cursors.push(next.clone());
            filter.cursor = Some(next);
        }
        let [resident, clerk_token, head]: [String; 3] = tokens.try_into().map_err(|_| "three sessions")?;
        Ok(Self {
            options,
            station: station_server,
            empty: Running::empty()?,
            store,
            resident: format!("sid={resident}"),
            clerk: format!("sid={clerk_token}"),
            head: format!("sid={head}"),
            slug: station.card.slug,
            category: category.id,
            numbers,
            cursors,
            randoms: Randoms::of(2026),
        })
    }

    fn count(&self, full: usize) -> usize {
        let share = if self.options.quick { 10 } else { 1 };
        (full / share / ROUNDS).max(load::CONNECTIONS)
    }

    async fn rows(mut self) -> Result<Vec<Row>> {
        let mut all: Vec<(What, Times)> = What::ALL.iter().map(|what| (*what, Times::default())).collect();
        for round in 0..=ROUNDS {
            // The first warms caches and connections up and counts for nothing.
            let warm = round == 0;
            let mut fresh = Vec::new();
            for (what, times) in &mut all {
                let took = self.ask(*what, warm, &mut fresh).await?;
                if !warm {
                    times.join(took);
                }
            }
        }
        let peak = self.station.peak();
        let mut rows: Vec<Row> = all.into_iter().map(|(what, times)| Row::of(what, &times)).collect();
        rows.push(Row::memory(peak));
        drop(self.station);
        drop(self.empty);
        self.store.close().await?;
        Ok(rows)
    }

    /// Asks one question as often as is asked in a round. `fresh`: letters handed in and not yet acted on.
    async fn ask(&mut self, what: What, warm: bool, fresh: &mut Vec<String>) -> Result<Times> {
        let count = self.count(if warm { what.requests() / 10 } else { what.requests() });
        let get = |path: &str, cookie: &str| {
            let mut headers = vec![("accept-encoding", "gzip, br")];
            if !cookie.is_empty() {
                headers.push(("cookie", cookie));
            }
            request("GET", path, &headers, "")
        };
        let addr = self.station.addr.as_str();
        let requests = match what {
            What::Empty => return Ok(load::fire(&self.empty.addr, &[get("/", "")], count, 200, none).await?.0),
            What::Bare => return self.bare(count).await,
            What::Submit => {
                let letters: Vec<_> = (0..count).map(|_| self.letter()).collect();
                let (times, ids) = load::fire(&self.station.addr, &letters, count, 201, id_of).await?;
                *fresh = ids;
                return Ok(times);
            }
            What::Transition => {
                let count = count.min(fresh.len());
                let events: Vec<_> = fresh.iter().map(|id| self.accept(id)).collect();
                return Ok(load::fire(addr, &events, count, 200, none).await?.0);
            }
            What::List => vec![get("/cases", "")],
            What::LaterList => self
                .cursors
                .iter()
                .map(|at| get(&format!("/cases?cursor={at}"), ""))
                .collect(),
            What::Search => vec![get("/cases?q=%E7%94%B5%E6%A2%AF", "")],
            What::Matter => self
                .numbers
                .iter()
                .map(|no| get(&format!("/mine/{no}"), &self.resident))
                .collect(),
            What::Lane => vec![get("/api/v1/office/queue?lane=new", &self.clerk)],
            What::FullLane => vec![get("/api/v1/office/queue?lane=running", &self.clerk)],
            What::HeadLane => vec![get("/api/v1/office/queue?lane=running", &self.head)],
        };
        Ok(load::fire(addr, &requests, count, 200, none).await?.0)
    }

    async fn bare(&self, count: usize) -> Result<Times> {
        let store = Arc::new(self.store.clone());
        let words: Arc<str> = "字".repeat(300).into();
        load::share(count, || {
            let (store, words) = (Arc::clone(&store), Arc::clone(&words));
            move |_| {
                let (store, words) = (Arc::clone(&store), Arc::clone(&words));
                async move { Ok(liaison_store::testing::bare_insert(&store, &new_id(), &words).await?) }
            }
        })
        .await
    }

    /// Somebody hands in a letter that a clerk takes on.
    fn letter(&mut self) -> Vec<u8> {
        let nth = usize::try_from(self.randoms.below(1 << 40)).unwrap_or_default();
        let subject = self.randoms.pick(words::SUBJECTS).unwrap_or(&words::SUBJECTS[0]);
        let words = words::of(subject, nth, &mut self.randoms);
        let body = json!({
            "title": words.title, "body": format!("{}（{nth}）", words.body), "kind": "help", "place": words.place,
            "category_by_resident": false, "station": self.slug, "name_shown": "hidden", "consent_publish": true
        });
        let key = new_id();
        let headers = [("cookie", self.resident.as_str()), ("idempotency-key", key.as_str())];
        request("POST", "/api/v1/messages", &headers, &body.to_string())
    }

    /// The clerk takes it on.
    fn accept(&self, id: &str) -> Vec<u8> {
        let event = CaseEvent::Accept {
            category_id: self.category.clone(),
            class: CaseClass::Normal,
            urgency: Urgency::Normal,
            due_at: None,
        };
        let headers = [("cookie", self.clerk.as_str()), ("if-match", "\"1\"")];
        let path = format!("/api/v1/messages/{id}/events");
        request("POST", &path, &headers, &json!({ "event": event }).to_string())
    }
}

/// A resident who has written, and the numbers of their letters.
async fn author(store: &Store) -> Result<(Id, Vec<String>)> {
    for nth in 0.. {
        let phone = Phone {
            hash: format!("bench-{nth}"),
            masked: String::new(),
            encrypted: None,
        };
        let resident = store.resident(&phone, "", now() - REACH).await?;
        let mine = store.for_account(&resident.id, None, PAGES as u64).await?;
        if !mine.items.is_empty() {
            return Ok((resident.id, mine.items.into_iter().map(|letter| letter.no).collect()));
        }
    }
    Err("nobody has written".into())
}

fn none(_: &Answer) -> Option<()> {
    None
}

fn id_of(answer: &Answer) -> Option<String> {
    let receipt: Value = serde_json::from_slice(&answer.body).ok()?;
    receipt["id"].as_str().map(str::to_owned)
}
