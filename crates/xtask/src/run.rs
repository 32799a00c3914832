//! `cargo xtask run`: from a bare machine to a running demo in one command.

use std::path::PathBuf;
use std::time::Instant;

use crate::paths::Paths;
use crate::ui::{Fail, Result, duration};
use crate::web::Mode;
use crate::{preflight, server, web};

#[derive(clap::Args)]
pub struct Options {
    /// Address to listen on
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "HOST:PORT")]
    pub addr: String,
    /// Folder for the database and the uploads
    #[arg(long, default_value = "data", value_name = "DIR")]
    pub data: PathBuf,
    /// Delete the demo district and make it anew
    #[arg(long)]
    pub reset: bool,
    /// Build the server as it is released: slower to build, faster to run
    #[arg(long)]
    pub release: bool,
}

pub fn run(paths: &Paths, options: &Options) -> Result {
    let begun = Instant::now();
    let data = paths.join(&options.data);
    preflight::address(&options.addr)?;
    preflight::writable(&data, " with --data DIR")?;
    preflight::writable(&paths.target, "")?;
    let first = !paths.site().stamp.exists();
    preflight::room(
        &paths.target,
        if first {
            preflight::FIRST_BUILD
        } else {
            preflight::LATER
        },
    )?;

    if first {
        println!("The first start builds everything, about 6 minutes on two cores; later starts take seconds.");
    }
    let site = web::build(paths, Mode::Release, &paths.site())?;
    let binary = server::build(paths, options.release)?;
    if options.reset {
        server::reset_demo(&binary, &data)?;
    }
    println!(
        "==> Starting the server (ready to start after {})",
        duration(begun.elapsed())
    );
    become_server(server::serve(&binary, &options.addr, &data, &site.dir))
}

/// The server takes this process over: Ctrl-C and `kill` reach it directly.
#[cfg(unix)]
fn become_server(mut serve: std::process::Command) -> Result {
    use std::os::unix::process::CommandExt as _;
    Err(Fail(format!("The server could not be started: {}", serve.exec())))
}

#[cfg(not(unix))]
fn become_server(mut serve: std::process::Command) -> Result {
    let status = crate::process::status(&mut serve)?;
    if status.success() {
        Ok(())
    } else {
        Err(Fail(format!(
            "The server ended with {status}; its own message is above."
        )))
    }
}
