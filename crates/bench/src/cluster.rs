//! A PostgreSQL of our own, as durable as a real one, on a socket in its folder. It stops with this value.

use crate::{Failure, Result};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a small server would be given; everything about durability as shipped.
const SETTINGS: &str = "-c listen_addresses= -c shared_buffers=256MB -c max_connections=60 -c max_wal_size=4GB \
    -c fsync=on -c synchronous_commit=on -c full_page_writes=on";

/// A running cluster.
pub struct Cluster {
    dir: PathBuf,
    bin: PathBuf,
}

impl Cluster {
    /// Starts the cluster of this folder; makes it when there is none.
    pub fn start(dir: &Path) -> Result<Self> {
        std::fs::create_dir_all(dir)?;
        let cluster = Self {
            dir: dir.canonicalize()?,
            bin: programs()?,
        };
        if is_root() {
            // PostgreSQL refuses to run as root.
            run(Command::new("chown").arg("postgres").arg(&cluster.dir))?;
        }
        let data = cluster.dir.join("data");
        if !data.exists() {
            let mut initdb = cluster.program("initdb");
            initdb.arg("-D").arg(&data);
            run(initdb.args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"]))?;
        }
        let settings = format!("{SETTINGS} -c unix_socket_directories={}", cluster.dir.display());
        let mut start = cluster.program("pg_ctl");
        start.arg("-D").arg(&data).arg("-l").arg(cluster.dir.join("log"));
        run(start.args(["-w", "-o", &settings, "start"]))?;
        Ok(cluster)
    }

    /// The address of one of its databases.
    pub fn url(&self, database: &str) -> String {
        format!("postgres:///{database}?host={}&user=postgres", self.dir.display())
    }

    /// Runs a statement as its owner.
    pub fn sql(&self, database: &str, sql: &str) -> Result {
        let mut psql = self.program("psql");
        psql.arg("-h").arg(&self.dir);
        run(psql.args([
            "-U",
            "postgres",
            "-v",
            "ON_ERROR_STOP=1",
            "-q",
            "-d",
            database,
            "-c",
            sql,
        ]))
    }

    fn program(&self, name: &str) -> Command {
        let program = self.bin.join(name);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir("/");
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut stop = self.program("pg_ctl");
        stop.arg("-D")
            .arg(self.dir.join("data"))
            .args(["-m", "fast", "-w", "stop"]);
        // Nothing is left to do about a cluster that does not stop.
        let _ = run(&mut stop);
    }
}

/// The newest installed PostgreSQL's programs.
fn programs() -> Result<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = versions
        .filter_map(|entry| {
            Some((
                entry.file_name().to_str()?.parse::<u32>().ok()?,
                entry.path().join("bin"),
            ))
        })
        .filter(|(_, bin)| bin.join("initdb").exists())
        .max();
    let on_path = || {
        let paths = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&paths).find(|dir| dir.join("initdb").exists())
    };
    newest
        .map(|(_, bin)| bin)
        .or_else(on_path)
        .ok_or_else(|| Failure::from("PostgreSQL is needed: install the Debian package `postgresql`"))
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|out| out.stdout.trim_ascii() == b"0")
}

fn run(command: &mut Command) -> Result {
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{command:?} ended with {status}").into())
    }
}
