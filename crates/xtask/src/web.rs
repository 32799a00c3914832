//! The browser bundles, from sources to one directory named by the build's hash:
//!
//! `a/<hash>/{station,desk}.{js,css}`, `{station,desk}_bg.wasm`, `boot.js` and the files of
//! `public/`, each with a `.br` and `.gz` beside it, and `manifest.json`, which tells the server
//! their addresses. Nothing here knows what the app does.

use std::fs::File;
use std::path::{Path, PathBuf};

use crate::bundle::{self, Site};
use crate::fingerprint::Fingerprint;
use crate::npm;
use crate::paths::{Output, Paths};
use crate::process;
use crate::toolchain::{self, Toolchain};
use crate::ui::{Context, Result, fail, note, step};

/// The two apps. A resident never downloads staff code.
pub const BUNDLES: [&str; 2] = ["station", "desk"];

/// What decides the content of the bundles.
const SOURCES: &[&str] = &[
    "Cargo.toml",
    "Cargo.lock",
    "package.json",
    "package-lock.json",
    "src",
    "style",
    "public",
    "crates/domain/Cargo.toml",
    "crates/domain/src",
    "crates/markup",
    // The recipe itself.
    "crates/xtask/src",
];

/// How to build: what is released, or what is quick.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    Release,
    Dev,
}

impl Mode {
    const fn profile(self) -> &'static str {
        match self {
            Self::Release => "web",
            Self::Dev => "web-dev",
        }
    }

    /// MVP WebAssembly: what a web view of 2018 can run. The two features are lowered away by
    /// wasm-opt (sign extension) or never leave the module (mutable globals).
    fn rustflags(self, toolchain: &Toolchain) -> Vec<String> {
        let mut flags: Vec<String> = ["-Ctarget-cpu=mvp", "-Ctarget-feature=+mutable-globals,+sign-ext"]
            .map(String::from)
            .into();
        if let Some(linker) = &toolchain.linker {
            flags.push(format!("-Clinker={}", linker.display()));
            flags.push("-Clinker-flavor=wasm-lld".to_owned());
        }
        // What the app's later parts are cut along, and the table that they share.
        flags.push("-Clink-args=--emit-relocs --export-table".to_owned());
        // Every component becomes one type: an eighth less to download, and less to compile.
        flags.push("--cfg=erase_components".to_owned());
        match self {
            Self::Release => {
                // A panic in the browser is a trap that boot.js reports; its text would be 6 KB of the residents'
                // first part (docs/decisions/0036).
                flags.push("-Zunstable-options".to_owned());
                flags.push("-Cpanic=immediate-abort".to_owned());
                flags.push("-Zlocation-detail=none".to_owned());
                // Nothing that people read is made with `{:?}`.
                flags.push("-Zfmt-debug=none".to_owned());
                // Small functions copied into their callers are quicker, but more to download.
                flags.push("-Zinline-mir=no".to_owned());
            }
            Self::Dev => {
                flags.push("-Cstrip=debuginfo".to_owned());
            }
        }
        flags
    }
}

/// Builds into `out` unless it is already there, and returns what it holds.
pub fn build(paths: &Paths, mode: Mode, out: &Output) -> Result<Site> {
    for dir in [&out.dir, &out.notes] {
        std::fs::create_dir_all(dir).context(|| format!("Creating {}", dir.display()))?;
    }
    // Two commands at once must not write one directory.
    let lock = File::create(&out.lock).context(|| format!("Creating {}", out.lock.display()))?;
    if lock.try_lock().is_err() {
        note("waiting for another web build to finish");
        lock.lock().context(|| format!("Locking {}", out.lock.display()))?;
    }

    let toolchain = toolchain::find_or_install()?;
    let print = fingerprint(paths, mode, &toolchain)?;
    if let Some(ready) = Site::read(out, &print) {
        note(&format!("the web bundles are up to date (build {})", ready.build));
        return Ok(ready);
    }
    npm::ensure(paths)?;
    let usually = match mode {
        Mode::Release => "first time about 2 minutes, later about 1",
        Mode::Dev => "first time about 2 minutes, later seconds",
    };
    let wasm = step(
        &format!("Compiling both apps to WebAssembly with {}", toolchain.label),
        usually,
        || compile(paths, mode, &toolchain),
    )?;
    let doing = match mode {
        Mode::Release => "Making the bundles: glue, wasm-opt, styles, compression",
        Mode::Dev => "Making the bundles: glue, styles",
    };
    let usually = if mode == Mode::Release { "about 30 seconds" } else { "" };
    step(doing, usually, || bundle::make(paths, mode, &wasm, out, &print))
}

fn fingerprint(paths: &Paths, mode: Mode, toolchain: &Toolchain) -> Result<String> {
    let mut print = Fingerprint::default();
    print.add("mode", mode.profile().as_bytes());
    print.add("toolchain", toolchain.label.as_bytes());
    for source in SOURCES {
        print.add_path(&paths.root, Path::new(source))?;
    }
    Ok(print.finish())
}

/// One cargo call for both apps: the libraries under them are compiled once.
fn compile(paths: &Paths, mode: Mode, toolchain: &Toolchain) -> Result<Vec<PathBuf>> {
    let target_dir = paths.web_target();
    let mut cargo = toolchain.cargo();
    cargo
        .current_dir(&paths.root)
        .args(["build", "--package", "liaison-web", "--bins", "--features", "csr"])
        .args(["--profile", mode.profile(), "--target", "wasm32-unknown-unknown"])
        .arg("--target-dir")
        .arg(&target_dir)
        .args(build_std())
        .env("CARGO_ENCODED_RUSTFLAGS", mode.rustflags(toolchain).join("\u{1f}"));
    process::run(&mut cargo, "Compiling the web apps")?;
    let out = target_dir.join("wasm32-unknown-unknown").join(mode.profile());
    let files: Vec<PathBuf> = BUNDLES.iter().map(|name| out.join(format!("{name}.wasm"))).collect();
    match files.iter().find(|file| !file.is_file()) {
        Some(missing) => fail(format!("The compiler left no {}.", missing.display())),
        None => Ok(files),
    }
}

/// Clippy over the code of the browser, with the flags of the bundles.
pub fn clippy(paths: &Paths, toolchain: &Toolchain) -> Result {
    let mut cargo = toolchain.cargo();
    let flags = Mode::Dev.rustflags(toolchain);
    cargo
        .current_dir(&paths.root)
        .args([
            "clippy",
            "--quiet",
            "--package",
            "liaison-web",
            "--lib",
            "--bins",
            "--features",
            "csr",
        ])
        .args(["--profile", Mode::Dev.profile(), "--target", "wasm32-unknown-unknown"])
        .arg("--target-dir")
        .arg(paths.web_target())
        .args(build_std())
        .args(["--", "-Dwarnings"])
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
    process::run(&mut cargo, "Clippy over the web apps")
}

const fn build_std() -> [&'static str; 2] {
    ["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"]
}
