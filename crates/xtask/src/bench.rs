//! `cargo xtask bench`: what the station costs, beside the limits of the machine. The measuring itself is the program
//! `liaison-bench`; here server and program are built, as optimised as what is released.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::paths::Paths;
use crate::ui::{Result, step};
use crate::web::{self, Mode};
use crate::{npm, preflight, process};

/// Without link-time optimisation, which takes minutes and gains little here (`Cargo.toml`).
const PROFILE: &str = "measured";
/// Room for two engines' districts with 100,000 letters, and copies to measure on.
const ROOM: u64 = 25 << 30;
const ROOM_QUICK: u64 = 4 << 30;

#[derive(clap::Subcommand)]
pub enum What {
    /// Throughput, waiting times and memory of the server on districts of 10,000 and 100,000 letters
    Api(Options),
    /// Hundreds follow an event of a real server; fails unless each hears every change once and in order
    Live(Live),
    /// Bytes, painting, the first tap, long lists and typing in a throttled browser, beside pages without a framework
    Web(Web),
}

#[derive(clap::Args)]
pub struct Web {
    /// How often each thing is measured; the tables show medians
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Once, and few pages: to see whether everything works
    #[arg(long)]
    quick: bool,
    /// Use the release's own profile
    #[arg(long)]
    release: bool,
    /// Write the tables into docs/performance.md
    #[arg(long)]
    doc: bool,
}

#[derive(clap::Args)]
pub struct Live {
    /// How many follow
    #[arg(long, default_value_t = 500)]
    followers: usize,
    /// Of them: whose line is cut in the middle and taken up again
    #[arg(long, default_value_t = 50)]
    cut: usize,
    /// Changes made one by one; each takes somewhat more than a second
    #[arg(long, default_value_t = 30)]
    changes: usize,
    /// Use the release's own profile
    #[arg(long)]
    release: bool,
}

#[derive(clap::Args)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "switches of a command line, each for itself"
)]
pub struct Options {
    /// Sizes of the district
    #[arg(long, default_value = "10000,100000", value_name = "N,N")]
    letters: String,
    /// sqlite, postgres or both
    #[arg(long, default_value = "both")]
    engine: String,
    /// A tenth of the requests: to see whether everything works
    #[arg(long)]
    quick: bool,
    /// Keep the filled districts here and take them up again
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,
    /// Fill the districts and stop, so that a later run measures at once
    #[arg(long, requires = "keep")]
    fill: bool,
    /// Measure the server with the release's own profile
    #[arg(long)]
    release: bool,
    /// Write the tables into docs/performance.md
    #[arg(long)]
    doc: bool,
}

pub fn run(paths: &Paths, what: &What) -> Result {
    match what {
        What::Api(options) => api(paths, options),
        What::Live(options) => live(paths, options),
        What::Web(options) => web(paths, options),
    }
}

/// Server and measure, as optimised as what is released; the server's program and the measure ready to be told more.
fn build(paths: &Paths, release: bool) -> Result<(PathBuf, Command)> {
    let profile = profile(release);
    step("Building server and measure", "first time about 10 minutes", || {
        // One after the other: the server as it is released, not with what the measure adds to shared crates.
        for package in ["liaison-server", "liaison-bench"] {
            let mut cargo = process::cargo();
            cargo
                .current_dir(&paths.root)
                .args(["build", "--quiet", "--profile", profile]);
            process::run(cargo.args(["--package", package]), "Building")?;
        }
        Ok(())
    })?;
    let server = paths.server_binary(profile);
    let bench = server.with_file_name(format!("liaison-bench{}", std::env::consts::EXE_SUFFIX));
    Ok((server, process::command(bench)))
}

const fn profile(release: bool) -> &'static str {
    if release { "release" } else { PROFILE }
}

fn live(paths: &Paths, options: &Live) -> Result {
    let (server, mut bench) = build(paths, options.release)?;
    bench.arg("live").arg("--server").arg(&server);
    bench.arg("--web").arg(paths.site().dir);
    for (name, count) in [
        ("--followers", options.followers),
        ("--cut", options.cut),
        ("--changes", options.changes),
    ] {
        bench.args([name, &count.to_string()]);
    }
    process::run(&mut bench, "The proof")
}

fn web(paths: &Paths, options: &Web) -> Result {
    npm::ensure(paths)?;
    let site = web::build(paths, Mode::Release, &paths.site())?;
    let profile = profile(options.release);
    step("Building the server", "first time about 10 minutes", || {
        let mut cargo = process::cargo();
        cargo
            .current_dir(&paths.root)
            .args(["build", "--quiet", "--profile", profile, "--package", "liaison-server"]);
        process::run(&mut cargo, "Building the server")
    })?;
    let mut node = process::command("node");
    node.current_dir(&paths.root)
        .arg("tests/bench/web.mjs")
        .args(["--rounds", &options.rounds.to_string()])
        .env("LIAISON_SERVER", paths.server_binary(profile))
        .env("LIAISON_WEB", &site.dir);
    if options.quick {
        node.arg("--quick");
    }
    if options.doc {
        node.arg("--doc").arg(paths.join("docs/performance.md"));
    }
    process::run(&mut node, "The measurement")
}

fn api(paths: &Paths, options: &Options) -> Result {
    let keep = options.keep.as_ref().map(|dir| paths.join(dir));
    let dir = keep.clone().unwrap_or_else(std::env::temp_dir);
    preflight::writable(&dir, " with --keep DIR")?;
    preflight::room(&dir, if options.quick { ROOM_QUICK } else { ROOM })?;
    if options.engine != "sqlite" && !Path::new("/usr/lib/postgresql").exists() && process::which("initdb").is_none() {
        process::apt_install(&["postgresql"], "PostgreSQL")?;
    }
    let (server, mut bench) = build(paths, options.release)?;
    bench.args([
        "api",
        "--letters",
        &options.letters,
        "--engine",
        &options.engine,
        "--profile",
        profile(options.release),
    ]);
    bench.arg("--server").arg(&server).arg("--web").arg(paths.site().dir);
    if options.quick {
        bench.arg("--quick");
    }
    if options.fill {
        bench.arg("--fill");
    }
    if let Some(keep) = keep {
        bench.arg("--keep").arg(keep);
    }
    if options.doc {
        bench.arg("--doc").arg(paths.join("docs/performance.md"));
    }
    process::run(&mut bench, "The measurement")
}
