//! The servers that are measured: the real one, and one whose only answer is empty.

use crate::{Failure, Result};
use axum::Router;
use axum::routing::get;
use liaison_store::Store;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;

/// A server is settled after so many seconds …
const QUIET: u32 = 4;
/// … in which it took no more than this, in hundredths.
const IDLE: u64 = 2;
/// Nobody waits longer for that.
const LONGEST: Duration = Duration::from_mins(20);

/// A running server; it ends with this value.
pub struct Running {
    child: Child,
    pub addr: String,
}

impl Running {
    fn start(mut command: Command) -> Result<Self> {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
        let out = child.stdout.take().ok_or("no output")?;
        let mut running = Self {
            child,
            addr: String::new(),
        };
        let mut reader = BufReader::new(out);
        let mut line = String::new();
        while reader.read_line(&mut line)? > 0 {
            if let Some(addr) = line.trim().strip_prefix("listening on http://") {
                addr.clone_into(&mut running.addr);
                return Ok(running);
            }
            line.clear();
        }
        Err(Failure::from(
            "a server did not start; its own words are above or in its log",
        ))
    }

    /// The station, on a database that is there already, with its brakes against bursts off.
    pub fn station(binary: &Path, data: &Path, web: &Path, url: Option<&str>) -> Result<Self> {
        let mut command = Command::new(binary);
        command
            .args(["serve", "--addr", "127.0.0.1:0", "--data"])
            .arg(data)
            .arg("--web")
            .arg(web)
            .env("LIAISON_RATE_WRITES_PER_MINUTE", "0")
            .env("LIAISON_RATE_LETTERS_PER_DAY", "0")
            .env_remove("DATABASE_URL")
            .stderr(File::create(data.join("server.log"))?);
        if let Some(url) = url {
            command.env("DATABASE_URL", url);
        }
        Self::start(command)
    }

    /// This program as the empty server.
    pub fn empty() -> Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("empty");
        Self::start(command)
    }

    /// Waits until it has done what it does by itself after a start: catching up with the clock, archiving. How busy it
    /// is matters only where the system tells.
    pub async fn settle(&self, store: &Store) -> Result {
        let begun = Instant::now();
        let (mut quiet, mut before) = (0, self.ticks());
        while quiet < QUIET {
            if begun.elapsed() > LONGEST {
                return Err(Failure::from("the server does not come to rest"));
            }
            tokio::time::sleep(Duration::from_secs(1)).await;
            let now = self.ticks();
            let busy = now.zip(before).map_or(0, |(now, before)| now - before);
            let jobs = store.jobs().await?;
            let are_done = !jobs.is_empty() && jobs.iter().all(|job| job.last_done_at.is_some());
            quiet = if busy > IDLE || !are_done { 0 } else { quiet + 1 };
            before = now;
        }
        Ok(())
    }

    /// Processor time it took so far, in hundredths of a second.
    fn ticks(&self) -> Option<u64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).ok()?;
        // Behind the name, which may hold blanks: state first, user and system time as 12th and 13th.
        let mut times = stat.rsplit(')').next()?.split_whitespace().skip(11);
        let mut next = || times.next()?.parse::<u64>().ok();
        Some(next()? + next()?)
    }

    /// The most memory it held so far, in megabytes; none where the system does not tell.
    pub fn peak(&self) -> Option<f64> {
        self.memory("VmHWM:")
    }

    /// The memory it holds now, in megabytes; none where the system does not tell.
    pub fn resident(&self) -> Option<f64> {
        self.memory("VmRSS:")
    }

    fn memory(&self, name: &str) -> Option<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        let kilobytes: f64 = line.split_whitespace().next()?.parse().ok()?;
        Some(kilobytes / 1024.0)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may be gone already; then there is nothing to end.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Serves empty answers until it is ended.
pub async fn empty() -> Result {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let mut out = std::io::stdout();
    writeln!(out, "listening on http://{}", listener.local_addr()?)?;
    out.flush()?;
    Ok(axum::serve(listener, Router::new().route("/", get(|| async {}))).await?)
}
