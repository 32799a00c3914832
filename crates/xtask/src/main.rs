//! `cargo xtask`: build, run, test and release the liaison station.

mod bundle;
mod fingerprint;
mod npm;
mod paths;
mod process;
mod toolchain;
mod ui;
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
    /// Build the browser bundles only
    Web,
}

fn main() -> ExitCode {
    match perform(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fail) => {
            eprintln!("error: {fail}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> Result {
    let paths = Paths::find()?;
    match task {
        Task::Web => {
            let site = web::build(&paths, web::Mode::Release, &paths.site())?;
            println!("{}", site.assets().display());
            Ok(())
        }
    }
}
