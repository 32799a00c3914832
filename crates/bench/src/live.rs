//! The proof of the live page: hundreds follow an event of a real server over loopback while its host says something,
//! questions come and polls change; some lines are cut in between and taken up again with `Last-Event-ID`. In the end each
//! follower must have heard each change once and in order.

use crate::district::now;
use crate::follower::{self, Follower, Heard, Phase};
use crate::http::{Connection, request};
use crate::server::Running;
use crate::{Failure, LiveOptions, Result};
use liaison_domain::calendar::HOUR_MS;
use liaison_domain::dto::{EventDraft, EventStateChange};
use liaison_domain::events::{EventState, EventType};
use liaison_domain::lifecycle::Role;
use liaison_domain::{Id, Millis};
use liaison_store::Store;
use liaison_store::people::Phone;
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// The server says at most one change a second; whoever waits longer than that hears each by itself.
const PACE: Duration = Duration::from_millis(1_200);
/// Longest wait for everybody to hear a change.
const PATIENCE: Duration = Duration::from_secs(30);
/// Changes one after the other without waiting, at the end.
const BURST: usize = 60;
/// Connections besides the followers' own: the host's, the store's, files.
const SPARE: u64 = 200;

/// Runs it on a throw-away district.
pub async fn run(options: &LiveOptions) -> Result {
    enough_files(options.followers as u64 + SPARE)?;
    let dir = std::env::temp_dir().join(format!("liaison-live-{}", std::process::id()));
    std::fs::create_dir_all(&dir)?;
    let done = prove(options, &dir).await;
    std::fs::remove_dir_all(&dir)?;
    done
}

/// Whether so many files may be open at once, in this program and in the server that inherits its limits.
fn enough_files(wanted: u64) -> Result {
    let Ok(limits) = std::fs::read_to_string("/proc/self/limits") else {
        return Ok(());
    };
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"));
    let soft = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    match soft {
        Some(soft) if soft < wanted => Err(Failure::from(format!(
            "{wanted} files have to be open at once and {soft} may be: run `ulimit -n {wanted}` first"
        ))),
        _ => Ok(()),
    }
}

async fn prove(options: &LiveOptions, dir: &Path) -> Result {
    let demo = Command::new(&options.server)
        .args(["demo", "--data"])
        .arg(dir)
        .env_remove("DATABASE_URL")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()?;
    if !demo.success() {
        return Err(Failure::from(
            "the demo district could not be made; its own words are above",
        ));
    }
    let store = Store::connect(&format!("sqlite:{}", dir.join("liaison.db").display())).await?;
    let server = Running::station(&options.server, dir, &options.web, None)?;
    let hall = Hall::open(&store, &server.addr).await?;
    let before = server.resident();
    let (phase, watched) = watch::channel(Phase::Follow);
    let followers: Vec<Follower> = (0..options.followers)
        .map(|nth| follower::follow(&server.addr, &hall.event, nth < options.cut, watched.clone()))
        .collect();
    let baseline = hall.revision().await?;
    wait_for(&followers, baseline, |_| true).await?;
    println!("==> {} followers on {}", followers.len(), server.addr);

    let done = hall.changes(options, &followers, &phase).await?;
    let last = hall.burst().await?;
    wait_for(&followers, last, |_| true).await?;
    let memory = (before, server.resident(), server.peak());
    phase.send_replace(Phase::Over);
    let mut heard = Vec::with_capacity(followers.len());
    for follower in followers {
        heard.push(follower.task.await??);
    }
    Report::of(&done, last, &heard).tell(options, memory)
}

/// Until those meant have heard a revision.
async fn wait_for(followers: &[Follower], revision: i64, meant: impl Fn(&Follower) -> bool) -> Result {
    let begun = Instant::now();
    loop {
        let late = followers
            .iter()
            .filter(|one| meant(one) && one.last.load(Ordering::Acquire) < revision)
            .count();
        if late == 0 {
            return Ok(());
        }
        if begun.elapsed() > PATIENCE {
            return Err(Failure::from(format!(
                "{late} followers never heard of revision {revision}"
            )));
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// A change as it was made: its revision, and when its maker pressed the button.
struct Done {
    revision: i64,
    at: Instant,
}

/// An event that is going on, and its host.
struct Hall<'a> {
    store: &'a Store,
    addr: &'a str,
    event: Id,
    host: String,
}

impl<'a> Hall<'a> {
    async fn open(store: &'a Store, addr: &'a str) -> Result<Self> {
        let accounts = store.named_accounts().await?;
        let host = accounts
            .iter()
            .find(|one| one.role == Role::StationOfficer && one.station_id.is_some())
            .ok_or("no clerk")?;
        let event = store
            .create_event(&draft(host.station_id.as_deref().unwrap_or_default()), &host.id, now())
            .await?;
        for to in [EventState::Announced, EventState::Open, EventState::Live] {
            let version = store.event(&event).await?.ok_or("no event")?.version;
            let step = EventStateChange { to, reason: None };
            store.step_event(&event, version, &step, now()).await?;
        }
        let until = now() + 12 * HOUR_MS;
        let token = store.create_session(Some(&host.id), now(), until, until).await?;
        Ok(Self {
            store,
            addr,
            event,
            host: format!("sid={token}"),
        })
    }

    async fn revision(&self) -> Result<i64> {
        Ok(self.store.event_revision(&self.event).await?.ok_or("no event")?)
    }

    async fn ask_server(&self, cookie: &str, method: &str, path: &str, body: &Value) -> Result<Value> {
        let mut line = Connection::open(self.addr).await?;
        let sent = request(method, path, &[("cookie", cookie)], &body.to_string());
        let answer = line.send(&sent).await?;
        let text = String::from_utf8_lossy(&answer.body);
        if !(200..300).contains(&answer.status) {
            return Err(Failure::from(format!("{method} {path}: {} {text}", answer.status)));
        }
        Ok(serde_json::from_str(&text).unwrap_or_default())
    }

    async fn say(&self, nth: usize) -> Result {
        let path = format!("/api/v1/events/{}/broadcasts", self.event);
        self.ask_server(
            &self.host,
            "POST",
            &path,
            &json!({ "text": format!("第 {nth} 条通知") }),
        )
        .await
        .map(drop)
    }

    /// Somebody new asks; others may read it at once.
    async fn ask(&self, nth: usize) -> Result {
        let phone = Phone {
            hash: format!("live-{nth}"),
            masked: format!("199****{nth:04}"),
            encrypted: None,
        };
        let account = self.store.resident(&phone, "", now()).await?;
        let until = now() + 12 * HOUR_MS;
        let token = self
            .store
            .create_session(Some(&account.id), now(), until, until)
            .await?;
        let path = format!("/api/v1/events/{}/questions", self.event);
        let question = json!({ "text": format!("第 {nth} 个问题：路灯什么时候修好？") });
        self.ask_server(&format!("sid={token}"), "POST", &path, &question)
            .await
            .map(drop)
    }

    async fn open_poll(&self) -> Result<Id> {
        let path = format!("/api/v1/events/{}/polls", self.event);
        let poll = json!({ "question": "先修哪一条路？", "options": ["东边", "西边"] });
        let made = self.ask_server(&self.host, "POST", &path, &poll).await?;
        Ok(made["id"].as_str().ok_or("a poll without an id")?.to_owned())
    }

    async fn set_poll(&self, poll: &str, open: bool) -> Result {
        let path = format!("/api/v1/polls/{poll}");
        self.ask_server(&self.host, "PATCH", &path, &json!({ "open": open }))
            .await
            .map(drop)
    }

    /// Change after change, each when everybody has heard the one before. In the middle some lines are cut, and one change
    /// is made while they are away.
    async fn changes(
        &self,
        options: &LiveOptions,
        followers: &[Follower],
        phase: &watch::Sender<Phase>,
    ) -> Result<Vec<Done>> {
        let mut done: Vec<Done> = Vec::with_capacity(options.changes);
        let mut poll: Option<(Id, bool)> = None;
        for nth in 0..options.changes {
            let is_cut = nth == options.changes / 2;
            tokio::time::sleep(PACE).await;
            if is_cut {
                phase.send_replace(Phase::Away);
                // The sockets are closed when their tasks have seen it.
                tokio::time::sleep(PACE).await;
            }
            let at = Instant::now();
            match (nth % 3, poll.take()) {
                (0, kept) => {
                    self.say(nth).await?;
                    poll = kept;
                }
                (1, kept) => {
                    self.ask(nth).await?;
                    poll = kept;
                }
                (_, None) => poll = Some((self.open_poll().await?, true)),
                (_, Some((id, open))) => {
                    self.set_poll(&id, !open).await?;
                    poll = Some((id, !open));
                }
            }
            let revision = self.revision().await?;
            done.push(Done { revision, at });
            wait_for(followers, revision, |one| !(is_cut && one.is_cut)).await?;
            if is_cut {
                phase.send_replace(Phase::Follow);
                wait_for(followers, revision, |_| true).await?;
            }
        }
        Ok(done)
    }

    /// As many changes as fast as they go; the revision at the end.
    async fn burst(&self) -> Result<i64> {
        for nth in 0..BURST {
            self.say(1_000 + nth).await?;
        }
        self.revision().await
    }
}

fn draft(station: &str) -> EventDraft {
    let starts_at: Millis = now() + HOUR_MS;
    EventDraft {
        kind: EventType::ThemeReception,
        title: "满场的活动".to_owned(),
        intro: String::new(),
        station_id: station.to_owned(),
        organiser: "联络站".to_owned(),
        starts_at,
        ends_at: starts_at + 2 * HOUR_MS,
        place: "大厅".to_owned(),
        online_url: None,
        agenda: Vec::new(),
        moderators: Vec::new(),
        deputies: Vec::new(),
        units: Vec::new(),
        registration: false,
        capacity: None,
        waiting_list: false,
        premoderated: false,
        category_id: None,
        rules: String::new(),
    }
}

/// What came of it.
#[derive(Debug, Default, PartialEq, Eq)]
struct Report {
    changes: usize,
    /// Changes that a follower never heard, over all followers.
    lost: usize,
    /// Heard a second time.
    repeated: usize,
    /// Heard after a later one.
    disordered: usize,
    /// Events of the burst, all followers together: the server says several changes as one.
    in_burst: usize,
    /// From the press of the button to the follower, of those that were on the line.
    waits: Vec<Duration>,
}

impl Report {
    fn of(done: &[Done], last: i64, heard: &[Vec<Heard>]) -> Self {
        let mut report = Self {
            changes: done.len(),
            ..Self::default()
        };
        let paced = done.last().map_or(0, |done| done.revision);
        for one in heard {
            for change in done {
                let mut found = one.iter().filter(|heard| heard.revision == change.revision);
                match found.next() {
                    Some(first) if !first.resumed => report.waits.push(first.at.duration_since(change.at)),
                    Some(_) => {}
                    None => report.lost += 1,
                }
            }
            report.lost += usize::from(!one.iter().any(|heard| heard.revision == last));
            let mut seen = std::collections::BTreeSet::new();
            report.repeated += one.iter().filter(|heard| !seen.insert(heard.revision)).count();
            report.disordered += one.windows(2).filter(|two| two[1].revision < two[0].revision).count();
            report.in_burst += one.iter().filter(|heard| heard.revision > paced).count();
        }
        report.waits.sort_unstable();
        report
    }

    fn percentile(&self, percent: usize) -> f64 {
        let at = (self.waits.len() * percent).div_ceil(100).saturating_sub(1);
        self.waits.get(at).map_or(0.0, |wait| wait.as_secs_f64() * 1000.0)
    }

    /// Prints it.
    ///
    /// # Errors
    /// Something was lost, came twice or out of order.
    fn tell(&self, options: &LiveOptions, memory: (Option<f64>, Option<f64>, Option<f64>)) -> Result {
        let followers = options.followers;
        let megabytes = |value: Option<f64>| value.map_or("–".to_owned(), |value| format!("{value:.0} MB"));
        println!(
            "followers             {followers}, of them {} cut and resumed",
            options.cut
        );
        println!(
            "changes one by one    {}, heard {} times",
            self.changes,
            self.changes * followers - self.lost
        );
        println!("changes in a burst    {BURST}, heard as {} events", self.in_burst);
        println!("lost                  {}", self.lost);
        println!("heard twice           {}", self.repeated);
        println!("heard out of order    {}", self.disordered);
        println!("delivery p50          {:.0} ms", self.percentile(50));
        println!("delivery p99          {:.0} ms", self.percentile(99));
        println!("delivery slowest      {:.0} ms", self.percentile(100));
        println!("server before         {}", megabytes(memory.0));
        println!("server with followers {}", megabytes(memory.1));
        println!("server at most        {}", megabytes(memory.2));
        if self.lost + self.repeated + self.disordered == 0 {
            Ok(())
        } else {
            Err(Failure::from("not everybody heard everything once and in order"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(revisions: &[i64]) -> Vec<Heard> {
        let at = Instant::now();
        revisions
            .iter()
            .map(|revision| Heard {
                revision: *revision,
                at,
                resumed: false,
            })
            .collect()
    }

    fn report(heard: &[Vec<Heard>]) -> Report {
        let at = Instant::now();
        let done: Vec<Done> = [5, 6, 7].map(|revision| Done { revision, at }).into();
        Report::of(&done, 9, heard)
    }

    #[test]
    fn what_was_missed_repeated_or_late_is_counted() {
        let whole = report(&[heard(&[4, 5, 6, 7, 9]), heard(&[4, 5, 6, 7, 8, 9])]);
        assert_eq!((whole.lost, whole.repeated, whole.disordered), (0, 0, 0));
        assert_eq!(whole.in_burst, 3);
        assert_eq!(whole.waits.len(), 6);
        let missed = report(&[heard(&[4, 5, 7, 9])]);
        assert_eq!((missed.lost, missed.repeated, missed.disordered), (1, 0, 0));
        let unfinished = report(&[heard(&[4, 5, 6, 7, 8])]);
        assert_eq!(unfinished.lost, 1, "the last of the burst");
        let twice = report(&[heard(&[4, 5, 5, 6, 7, 9])]);
        assert_eq!((twice.lost, twice.repeated, twice.disordered), (0, 1, 0));
        let late = report(&[heard(&[4, 6, 5, 7, 9])]);
        assert_eq!((late.lost, late.repeated, late.disordered), (0, 0, 1));
    }
}
