//! What the station costs. Fills a district through the store's own write path, starts the real server on it and
//! measures over HTTP, beside an empty handler and a bare durable insert; or lets hundreds follow one event. `cargo xtask
//! bench api` and `bench live` build and call it.

mod cast;
mod cluster;
mod district;
mod follower;
mod http;
mod live;
mod load;
mod measure;
mod randoms;
mod report;
mod server;
mod story;
mod words;

use clap::{Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::process::ExitCode;

/// What goes wrong is told in one line.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
/// How everything here ends.
pub type Result<T = ()> = std::result::Result<T, Failure>;

#[derive(Parser)]
#[command(name = "liaison-bench", about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Fill districts and measure the server on them
    Api(Options),
    /// Let hundreds follow an event and see that each hears everything once and in order
    Live(LiveOptions),
    /// Serve one empty answer on a free port: the limit that pages are compared with
    Empty,
}

/// Which engines are measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Engines {
    /// The embedded database.
    Sqlite,
    /// A cluster of our own.
    Postgres,
    /// One after the other.
    Both,
}

/// What to measure, and with what.
#[derive(clap::Args)]
pub struct Options {
    /// Sizes of the district, smallest first
    #[arg(long, value_delimiter = ',', default_value = "10000,100000")]
    pub letters: Vec<usize>,
    /// Engines to measure
    #[arg(long, value_enum, default_value = "both")]
    pub engine: Engines,
    /// A tenth of the requests: to see whether everything works
    #[arg(long)]
    pub quick: bool,
    /// Keep the filled districts here and take them up again; without it they are thrown away
    #[arg(long, value_name = "DIR")]
    pub keep: Option<PathBuf>,
    /// Fill the districts and stop, so that a later run measures at once
    #[arg(long, requires = "keep")]
    pub fill: bool,
    /// The server's program
    #[arg(long, value_name = "FILE")]
    pub server: PathBuf,
    /// Folder of the built web apps
    #[arg(long, value_name = "DIR")]
    pub web: PathBuf,
    /// Write the tables here as well
    #[arg(long, value_name = "FILE")]
    pub doc: Option<PathBuf>,
    /// How the server was built, for the document
    #[arg(long, default_value = "release")]
    pub profile: String,
}

/// How many follow, and what they hear.
#[derive(clap::Args)]
pub struct LiveOptions {
    /// How many follow
    #[arg(long, default_value_t = 500, value_parser = at_most::<900>)]
    pub followers: usize,
    /// Of them: whose line is cut in the middle and taken up again
    #[arg(long, default_value_t = 50, value_parser = at_most::<900>)]
    pub cut: usize,
    /// Changes made one by one; each takes somewhat more than a second
    #[arg(long, default_value_t = 30, value_parser = at_most::<60>)]
    pub changes: usize,
    /// The server's program
    #[arg(long, value_name = "FILE")]
    pub server: PathBuf,
    /// Folder of the built web apps
    #[arg(long, value_name = "DIR")]
    pub web: PathBuf,
}

/// A count from 1 to `MOST`: one address may hold a thousand lines, and the measurement is to end.
fn at_most<const MOST: usize>(text: &str) -> std::result::Result<usize, String> {
    let count = text.parse().ok().filter(|count| (1..=MOST).contains(count));
    count.ok_or_else(|| format!("from 1 to {MOST}"))
}

fn main() -> ExitCode {
    let command = Cli::parse().command;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let done = runtime.map_err(Failure::from).and_then(|runtime| {
        runtime.block_on(async {
            match command {
                Command::Api(options) => measure::run(&options).await,
                Command::Live(options) => live::run(&options).await,
                Command::Empty => server::empty().await,
            }
        })
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("error: {why}");
            ExitCode::FAILURE
        }
    }
}
