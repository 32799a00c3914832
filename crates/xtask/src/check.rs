//! `cargo xtask check`: formatting and lints, as CI checks them.

use std::time::Duration;

use crate::paths::Paths;
use crate::process;
use crate::ui::{Result, note, step};
use crate::{toolchain, web};

pub fn run(paths: &Paths) -> Result {
    need_components()?;
    step("Formatting", "", || {
        let mut cargo = process::cargo();
        process::run(
            cargo.current_dir(&paths.root).args(["fmt", "--all", "--check"]),
            "Formatting (mend it with `cargo fmt --all`)",
        )
    })?;
    step("Clippy over the workspace", "first time about 3 minutes", || {
        let mut cargo = process::cargo();
        cargo
            .current_dir(&paths.root)
            .args([
                "clippy",
                "--quiet",
                "--workspace",
                "--all-targets",
                "--features",
                "liaison-web/ssr",
            ])
            .args(["--", "-Dwarnings"]);
        process::run(&mut cargo, "Clippy over the workspace")
    })?;
    let toolchain = toolchain::find_or_install()?;
    if !toolchain.has_clippy() {
        if toolchain.is_debian() {
            process::apt_install(&["rust-web-clippy"], "Clippy for the web apps")?;
        } else {
            process::run_quiet(
                process::command("rustup").args(["component", "add", "clippy"]),
                "Installing clippy",
            )?;
        }
    }
    step("Clippy over the web apps", "first time about 2 minutes", || {
        web::clippy(paths, &toolchain)
    })?;
    note("all clean");
    Ok(())
}

fn need_components() -> Result {
    let has =
        |name: &str| process::succeeds_within(process::cargo().args([name, "--version"]), Duration::from_secs(20));
    if has("fmt") && has("clippy") {
        return Ok(());
    }
    process::run_quiet(
        process::command("rustup").args(["component", "add", "clippy", "rustfmt"]),
        "Installing rustfmt and clippy (`rustup component add clippy rustfmt`)",
    )
}
