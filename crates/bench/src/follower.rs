//! One follower: a line of server-sent events that notes what it hears and when, is cut when told so, and comes back with
//! the last id it heard, as a browser does.

use crate::Result;
use crate::http::{Connection, request};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How long to wait before another try to connect: hundreds at once fill the queue of a listening socket.
const AGAIN: Duration = Duration::from_millis(100);
const TRIES: usize = 50;

/// What the followers are to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Follow,
    /// Those to be cut are away.
    Away,
    Over,
}

/// An event that was heard.
#[derive(Clone, Debug)]
pub struct Heard {
    pub revision: i64,
    pub at: Instant,
    /// It was the first after coming back: it waited for the follower, not the follower for it.
    pub resumed: bool,
}

pub struct Follower {
    /// One of those whose line is cut.
    pub is_cut: bool,
    /// The revision heard last.
    pub last: Arc<AtomicI64>,
    /// Ends when it is over.
    pub task: JoinHandle<Result<Vec<Heard>>>,
}

/// Begins to follow an event.
pub fn follow(addr: &str, event: &str, is_cut: bool, phase: watch::Receiver<Phase>) -> Follower {
    let last = Arc::new(AtomicI64::new(0));
    let path = format!("/api/v1/events/{event}/stream");
    let task = tokio::spawn(listen(addr.to_owned(), path, is_cut, phase, Arc::clone(&last)));
    Follower { is_cut, last, task }
}

async fn connect(addr: &str, path: &str, last: i64) -> Result<Connection> {
    let id = last.to_string();
    let mut headers = vec![("accept", "text/event-stream")];
    if last > 0 {
        headers.push(("last-event-id", &id));
    }
    let sent = request("GET", path, &headers, "");
    let mut tries = 0;
    loop {
        let opened = async {
            let mut line = Connection::open(addr).await?;
            line.begin(&sent).await?;
            Ok(line)
        };
        match opened.await {
            Ok(line) => return Ok(line),
            Err(error) if tries >= TRIES => return Err(error),
            Err(_) => tries += 1,
        }
        tokio::time::sleep(AGAIN).await;
    }
}

async fn listen(
    addr: String,
    path: String,
    is_cut: bool,
    mut phase: watch::Receiver<Phase>,
    last: Arc<AtomicI64>,
) -> Result<Vec<Heard>> {
    let mut all: Vec<Heard> = Vec::new();
    loop {
        let away = |now: &Phase| is_cut && *now == Phase::Away;
        phase.wait_for(|now| !away(now)).await?;
        let mut resumed = !all.is_empty();
        let mut line = connect(&addr, &path, last.load(Ordering::Acquire)).await?;
        let mut text = String::new();
        loop {
            let piece = tokio::select! {
                piece = line.chunk() => piece?,
                now = phase.wait_for(|now| *now == Phase::Over || away(now)) => {
                    if *now? == Phase::Over {
                        return Ok(all);
                    }
                    // Cut: the socket is closed with everything that is still in it.
                    break;
                }
            };
            text.push_str(&String::from_utf8_lossy(&piece));
            while let Some((event, rest)) = text.split_once("\n\n") {
                let id = event.lines().find_map(|line| line.strip_prefix("id:"));
                if let Some(revision) = id.and_then(|id| id.trim().parse().ok()) {
                    all.push(Heard {
                        revision,
                        at: Instant::now(),
                        resumed: std::mem::take(&mut resumed),
                    });
                    last.store(revision, Ordering::Release);
                }
                text = rest.to_owned();
            }
        }
    }
}
