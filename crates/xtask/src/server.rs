//! Building the server and handing the terminal over to it.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::paths::Paths;
use crate::process;
use crate::ui::{Result, step};

/// Builds `liaison-server`; cargo itself knows whether there is anything to do.
pub fn build(paths: &Paths, release: bool) -> Result<PathBuf> {
    let (usually, dir) = if release {
        ("first time about 10 minutes", "release")
    } else {
        ("first time about 3 minutes", "debug")
    };
    step("Building the server", usually, || {
        let mut cargo = process::cargo();
        cargo
            .current_dir(&paths.root)
            .args(["build", "--quiet", "--package", "liaison-server"]);
        if release {
            cargo.arg("--release");
        }
        process::run(&mut cargo, "Building the server")
    })?;
    Ok(paths.server_binary(dir))
}

/// `liaison-server serve …` over the given bundles, with the demo district.
pub fn serve(binary: &Path, address: &str, data: &Path, web: &Path) -> Command {
    let mut serve = process::command(binary);
    serve
        .args(["serve", "--addr", address, "--demo", "--data"])
        .arg(data)
        .arg("--web")
        .arg(web);
    serve
}

/// Deletes the demo data and makes it anew.
pub fn reset_demo(binary: &Path, data: &Path) -> Result {
    step("Making the demo district anew", "seconds", || {
        process::run(
            process::command(binary).args(["demo", "--reset", "--data"]).arg(data),
            "Resetting the demo district",
        )
    })
}
