//! A PostgreSQL cluster that lives as long as the tests do.
//!
//! Under `cargo test` each test process has its own; under nextest, where each test is a process, all tests of a run
//! share one. A small shell waits for the owner's end and then stops the cluster and removes it, so that even a killed
//! test process leaves nothing behind.

use crate::Store;
use std::fs;
use std::os::unix::process::{CommandExt as _, parent_id};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::OnceCell;

/// A migrated database that is only ever copied.
pub(super) const TEMPLATE: &str = "liaison_template";

/// Speed, not safety: the data is worth nothing.
const SETTINGS: &str = "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
    -c max_connections=300 -c shared_buffers=64MB -c max_wal_size=2GB -c autovacuum=off";

const WATCHDOG: &str = r#"while kill -0 "$1" 2>/dev/null; do sleep 1; done
shift; dir=$1; shift
"$@" -D "$dir/data" -m immediate stop
rm -rf "$dir""#;

#[derive(Debug)]
pub(super) struct Cluster {
    dir: PathBuf,
}

impl Cluster {
    /// The address of one of its databases.
    pub fn url(&self, database: &str) -> String {
        format!("postgres:///{database}?host={}&user=postgres", self.dir.display())
    }
}

/// The cluster of this test run, started if nobody did yet.
pub(super) async fn running() -> &'static Cluster {
    static CLUSTER: OnceCell<Cluster> = OnceCell::const_new();
    CLUSTER.get_or_init(start).await
}

async fn start() -> Cluster {
    let shared = std::env::var_os("NEXTEST_RUN_ID").is_some();
    let owner = if shared { parent_id() } else { std::process::id() };
    let cluster = Cluster {
        dir: std::env::temp_dir().join(format!("liaison-pg-{owner}")),
    };
    let ready = cluster.dir.join("ready");
    if !shared {
        // One start a process: what failed once must not keep the other tests waiting.
        static BEGUN: AtomicBool = AtomicBool::new(false);
        assert!(
            !BEGUN.swap(true, Ordering::SeqCst),
            "PostgreSQL did not start; the first test that wanted it says why"
        );
        // Left by a process that had this number long ago.
        let _ = fs::remove_dir_all(&cluster.dir);
    }
    if fs::create_dir(&cluster.dir).is_err() {
        // Another process of this run is at it.
        wait_for(&ready);
        return cluster;
    }
    launch(&cluster.dir, owner);
    let admin = sea_orm::Database::connect(cluster.url("postgres"))
        .await
        .expect("the cluster answers");
    sea_orm::ConnectionTrait::execute_unprepared(&admin, &format!("CREATE DATABASE {TEMPLATE}"))
        .await
        .expect("a template");
    admin.close().await.expect("the administration's connection closes");
    let store = Store::connect(&cluster.url(TEMPLATE))
        .await
        .expect("the template opens");
    store.migrate().await.expect("migrations run from empty");
    store.close().await.expect("the template is left alone");
    fs::write(&ready, "").expect("the temporary directory can be written to");
    cluster
}

fn launch(dir: &Path, owner: u32) {
    let bin = binaries();
    let data = dir.join("data");
    if is_root() {
        // PostgreSQL refuses to run as root.
        run(
            Command::new("chown").arg("postgres").arg(dir),
            "hand the directory to the user postgres",
        );
    }
    let stop = as_postgres(&bin.join("pg_ctl"));
    let mut watchdog = Command::new("sh");
    watchdog
        .args(["-c", WATCHDOG, "liaison-pg-watchdog"])
        .arg(owner.to_string())
        .arg(dir);
    watchdog.arg(stop.get_program()).args(stop.get_args());
    // A group of its own, so that an interrupted test run does not take it along.
    let spawned = quiet(&mut watchdog).process_group(0).spawn();
    // It outlives this process on purpose: nobody is left to wait for it.
    std::mem::forget(spawned.expect("sh starts"));

    let mut initdb = as_postgres(&bin.join("initdb"));
    initdb
        .arg("-D")
        .arg(&data)
        .args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
    run(&mut initdb, "make a PostgreSQL cluster");
    let mut pg_ctl = as_postgres(&bin.join("pg_ctl"));
    let settings = format!("{SETTINGS} -c unix_socket_directories={}", dir.display());
    pg_ctl
        .arg("-D")
        .arg(&data)
        .arg("-l")
        .arg(dir.join("log"))
        .args(["-w", "-o", &settings, "start"]);
    run(&mut pg_ctl, "start PostgreSQL");
}

/// The newest installed PostgreSQL's programs.
fn binaries() -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = versions
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| bin.join("initdb").exists())
        .collect();
    found.sort();
    let on_path = || {
        let paths = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&paths).find(|dir| dir.join("initdb").exists())
    };
    found
        .pop()
        .map(|(_, bin)| bin)
        .or_else(on_path)
        .expect("these tests need PostgreSQL: apt-get install postgresql")
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|out| out.stdout.trim_ascii() == b"0")
}

fn as_postgres(program: &Path) -> Command {
    if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program);
        command
    } else {
        Command::new(program)
    }
}

/// Without our standard streams: whoever reads the tests' output must not wait for the cluster to close it.
fn quiet(command: &mut Command) -> &mut Command {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .current_dir("/")
}

fn run(command: &mut Command, what: &str) {
    let done = quiet(command).status();
    assert!(
        done.is_ok_and(|status| status.success()),
        "could not {what}: {command:?}"
    );
}

fn wait_for(file: &Path) {
    let begun = Instant::now();
    while !file.exists() {
        assert!(
            begun.elapsed() < Duration::from_mins(1),
            "the other test process never finished starting PostgreSQL"
        );
        std::thread::sleep(Duration::from_millis(50));
    }
}
