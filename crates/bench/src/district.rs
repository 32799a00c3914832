//! Districts of the wanted size: filled once, copied for each measurement.

use crate::cast::Cast;
use crate::cluster::Cluster;
use crate::story::{self, Stage};
use crate::{Failure, Result};
use liaison_domain::Millis;
use liaison_domain::calendar::demo_calendar;
use liaison_domain::lifecycle::{Actor, Context};
use liaison_domain::limits::Limits;
use liaison_store::letters::ActError;
use liaison_store::{Engine, Store};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Letters a transaction.
const BATCH: usize = 500;

/// The name of the copy that is measured.
pub const MEASURED: &str = "measured";

/// Where an engine's districts lie.
pub struct Ground<'a> {
    pub engine: Engine,
    pub dir: &'a Path,
    pub server: &'a Path,
    /// On PostgreSQL.
    pub cluster: Option<&'a Cluster>,
}

/// A district ready to be measured.
pub struct District {
    /// The server's data folder.
    pub data: PathBuf,
    pub url: String,
    /// Set for the server; none for the embedded database.
    pub server_url: Option<String>,
}

impl Ground<'_> {
    fn name(&self) -> &'static str {
        match self.engine {
            Engine::Sqlite => "sqlite",
            Engine::Postgres => "postgres",
        }
    }

    fn district(&self, name: &str) -> District {
        let data = self.dir.join(format!("{}-{name}", self.name()));
        match self.cluster {
            None => District {
                url: format!("sqlite:{}", data.join("liaison.db").display()),
                server_url: None,
                data,
            },
            Some(cluster) => District {
                url: cluster.url(&format!("district_{name}")),
                server_url: Some(cluster.url(&format!("district_{name}"))),
                data,
            },
        }
    }

    /// The district with so many letters: found, or filled on top of the smaller one.
    pub async fn filled(&self, letters: usize, smaller: Option<usize>) -> Result<District> {
        let district = self.district(&letters.to_string());
        let mark = district.data.join("filled");
        if mark.exists() {
            println!("==> {}: {letters} letters are there already", self.name());
            return Ok(district);
        }
        match smaller {
            Some(smaller) => {
                self.copy(&smaller.to_string(), &letters.to_string())?;
                let _ = std::fs::remove_file(&mark);
            }
            None => self.found(&district)?,
        }
        println!("==> {}: filling up to {letters} letters", self.name());
        let store = Store::connect(&district.url).await?;
        store.migrate().await?;
        fill(&store, smaller.unwrap_or(0), letters).await?;
        store.close().await?;
        if let Some(cluster) = self.cluster {
            // What autovacuum does by itself in the days that such a district takes to grow.
            cluster.sql(&format!("district_{letters}"), "VACUUM ANALYZE")?;
        }
        std::fs::write(mark, "")?;
        Ok(district)
    }

    /// A copy to measure on: measuring writes.
    pub fn copy_to_measure(&self, letters: usize) -> Result<District> {
        self.copy(&letters.to_string(), MEASURED)?;
        self.settle()?;
        Ok(self.district(MEASURED))
    }

    /// Waits until the copy is on disk: writing it back later would take from what is measured, and more from a bigger
    /// district.
    fn settle(&self) -> Result {
        for entry in std::fs::read_dir(self.district(MEASURED).data)?.flatten() {
            if entry.file_type()?.is_file() {
                std::fs::OpenOptions::new().write(true).open(entry.path())?.sync_all()?;
            }
        }
        match self.cluster {
            Some(cluster) => cluster.sql("postgres", "CHECKPOINT"),
            None => Ok(()),
        }
    }

    /// Gives the room of a district back.
    pub fn remove(&self, name: &str) -> Result {
        if let Some(cluster) = self.cluster {
            cluster.sql("postgres", &format!("DROP DATABASE IF EXISTS district_{name}"))?;
        }
        Ok(std::fs::remove_dir_all(self.district(name).data)?)
    }

    fn copy(&self, from: &str, to: &str) -> Result {
        let (old, new) = (self.district(from), self.district(to));
        if new.data.exists() {
            std::fs::remove_dir_all(&new.data)?;
        }
        std::fs::create_dir_all(&new.data)?;
        // One level of files; the pictures stay where they are, nobody looks at them here.
        for entry in std::fs::read_dir(&old.data)?.flatten() {
            if entry.file_type()?.is_file() {
                std::fs::copy(entry.path(), new.data.join(entry.file_name()))?;
            }
        }
        if let Some(cluster) = self.cluster {
            cluster.sql("postgres", &format!("DROP DATABASE IF EXISTS district_{to}"))?;
            cluster.sql(
                "postgres",
                &format!("CREATE DATABASE district_{to} TEMPLATE district_{from}"),
            )?;
        }
        Ok(())
    }

    /// Stations, units, people and the demo's own letters.
    fn found(&self, district: &District) -> Result {
        if district.data.exists() {
            std::fs::remove_dir_all(&district.data)?;
        }
        std::fs::create_dir_all(&district.data)?;
        if let (Some(cluster), Some(name)) = (self.cluster, district.data.file_name().and_then(|name| name.to_str())) {
            let name = name.replace("postgres-", "district_");
            cluster.sql("postgres", &format!("DROP DATABASE IF EXISTS {name}"))?;
            cluster.sql("postgres", &format!("CREATE DATABASE {name}"))?;
        }
        let mut demo = Command::new(self.server);
        demo.args(["demo", "--data"])
            .arg(&district.data)
            .env_remove("DATABASE_URL");
        if let Some(url) = &district.server_url {
            demo.env("DATABASE_URL", url);
        }
        let status = demo.stdin(Stdio::null()).status()?;
        if status.success() {
            Ok(())
        } else {
            Err(Failure::from(
                "the demo district could not be made; its own words are above",
            ))
        }
    }
}

/// The machine's clock.
pub fn now() -> Millis {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_millis() as Millis)
}

async fn fill(store: &Store, there: usize, wanted: usize) -> Result {
    let now = now();
    let stage = Stage {
        cast: Cast::gather(store, now - story::REACH).await?,
        calendar: demo_calendar(),
        limits: Limits::default(),
        now,
    };
    let begun = Instant::now();
    let mut events = 0;
    let mut nth = there;
    while nth < wanted {
        let end = (nth + BATCH).min(wanted);
        let batch = store.batch().await?;
        for letter in nth..end {
            events += story::play(&stage, &batch, letter, (there, wanted))
                .await
                .map_err(|why| format!("letter {letter}: {why}"))?;
        }
        batch.commit().await?;
        nth = end;
        let seconds = begun.elapsed().as_secs_f64();
        let rate = (nth - there) as f64 / seconds;
        print!(
            "\r    {nth} of {wanted} letters, {events} events, {rate:.0} letters/s, {:.0} s to go   ",
            (wanted - nth) as f64 / rate
        );
        std::io::stdout().flush()?;
    }
    println!();
    let late = catch_up(store, &stage).await?;
    println!("    {late} events by the clock; {:.0} s", begun.elapsed().as_secs_f64());
    Ok(())
}

/// What the clock does by itself, up to now.
async fn catch_up(store: &Store, stage: &Stage) -> Result<usize> {
    let ctx = Context::new(stage.now, Actor::system(), &stage.calendar, &stage.limits);
    let mut happened = 0;
    loop {
        let due = store.due(&ctx, BATCH as u64).await?;
        let batch = store.batch().await?;
        let before = happened;
        for item in &due {
            match batch.act(&item.letter_id, &item.event, &ctx).await {
                Ok(acted) => happened += acted.records.len(),
                // Moved on by what happened to another letter just before.
                Err(ActError::Conflict(_) | ActError::Refused { .. } | ActError::NotFound) => {}
                Err(ActError::Store(error)) => return Err(error.into()),
            }
        }
        batch.commit().await?;
        if happened == before {
            return Ok(happened);
        }
    }
}
