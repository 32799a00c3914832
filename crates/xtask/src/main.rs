//! `cargo xtask`: build, run, test and release the liaison station.

mod bench;
mod budget;
mod bundle;
mod check;
mod dev;
mod dist;
mod fingerprint;
mod imports;
mod merge;
mod npm;
mod order;
mod paths;
mod preflight;
mod process;
mod run;
mod server;
mod split;
mod stack;
mod test;
mod toolchain;
mod ui;
mod wasm;
mod web;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::paths::Paths;
use crate::ui::Result;

#[derive(Parser)]
#[command(
    name = "cargo xtask",
    about = "Build, run, test and release the liaison station",
    disable_version_flag = true
)]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build everything and start the demo: the first command to try
    Run(run::Options),
    /// Run all tests; the last line says `N passed, N failed`
    Test(test::Options),
    /// Formatting and lints, as CI checks them
    Check,
    /// Serve unoptimised bundles and build again at every change
    Dev(dev::Options),
    /// Build the browser bundles only
    Web,
    /// Make a release in `dist/`
    Dist,
    /// Measure what the station costs
    Bench {
        #[command(subcommand)]
        what: bench::What,
    },
}

/// Less room than this after a failure means that the disk is what failed.
const FULL: u64 = 50 << 20;

fn main() -> ExitCode {
    let task = Arguments::parse().command;
    let paths = match Paths::find() {
        Ok(paths) => paths,
        Err(fail) => {
            eprintln!("error: {fail}");
            return ExitCode::FAILURE;
        }
    };
    match perform(&paths, &task) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(fail) => {
            eprintln!("error: {fail}");
            // One line is enough where the failure itself names the disk.
            let said = fail.0.contains("disk");
            if !said && preflight::free(&paths.target).is_some_and(|free| free < FULL) {
                eprintln!(
                    "error: The disk that holds {} is full: free some space and try again.",
                    paths.target.display()
                );
            }
            ExitCode::FAILURE
        }
    }
}

/// `Ok(false)` has told its failures already.
fn perform(paths: &Paths, task: &Task) -> Result<bool> {
    match task {
        Task::Run(options) => run::run(paths, options)?,
        Task::Test(options) => return Ok(test::run(paths, options)),
        Task::Check => check::run(paths)?,
        Task::Dev(options) => dev::run(paths, options)?,
        Task::Web => {
            let site = web::build(paths, web::Mode::Release, &paths.site())?;
            dist::hold(paths, &site)?;
        }
        Task::Dist => dist::run(paths)?,
        Task::Bench { what } => bench::run(paths, what)?,
    }
    Ok(true)
}
