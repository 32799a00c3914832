//! The compiler for the browser: any Rust that has the sources of `std` beside it, because `std`
//! is built anew for MVP WebAssembly. rustup's `rust-src` is tried first, Debian's packages next.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::process::{self, capture, command, which};
use crate::ui::{Result, fail, note};

/// The oldest compiler that knows `-Cpanic=immediate-abort` and the edition's library.
const OLDEST: (u32, u32) = (1, 94);

/// What Debian calls the newest Rust and its library sources, and the WebAssembly linker.
const DEBIAN_PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src"];
const DEBIAN_LINKERS: &[&str] = &["lld-22", "lld"];

/// Set to `rustup` or `debian` to try one way only.
const CHOICE: &str = "XTASK_WASM_TOOLCHAIN";

/// A cargo and rustc that can build for the browser.
#[derive(Debug)]
pub struct Toolchain {
    /// One line for people and for the fingerprint: version and origin.
    pub label: String,
    cargo: PathBuf,
    rustc: PathBuf,
    /// A linker to name when the compiler brings none.
    pub linker: Option<PathBuf>,
    debian: bool,
}

impl Toolchain {
    /// `cargo` of this toolchain with a clean environment. Building `std` needs unstable flags,
    /// which a stable compiler takes only under `RUSTC_BOOTSTRAP`.
    pub fn cargo(&self) -> Command {
        let mut cargo = command(&self.cargo);
        cargo.env("RUSTC_BOOTSTRAP", "1").env_remove("RUSTFLAGS");
        if self.debian {
            cargo.env("RUSTC", &self.rustc).env_remove("RUSTUP_TOOLCHAIN");
        }
        cargo
    }

    /// Clippy comes apart from the compiler in Debian; `None` when it is not there.
    pub fn has_clippy(&self) -> bool {
        let mut cargo = self.cargo();
        cargo.args(["clippy", "--version"]);
        process::succeeds_within(&mut cargo, Duration::from_secs(20))
    }

    pub const fn is_debian(&self) -> bool {
        self.debian
    }
}

/// Finds the toolchain, installing what is missing where that is possible.
pub fn find_or_install() -> Result<Toolchain> {
    let choice = std::env::var(CHOICE).unwrap_or_default();
    let rustup_allowed = choice != "debian";
    let debian_allowed = choice != "rustup";

    if rustup_allowed && let Some(found) = active() {
        return Ok(found);
    }
    if debian_allowed && let Some(found) = debian() {
        return Ok(found);
    }
    if rustup_allowed && which("rustup").is_some() {
        note("asking rustup for the library sources (rust-src)");
        let mut add = command("rustup");
        add.args(["component", "add", "rust-src"]);
        if process::succeeds_within(&mut add, Duration::from_mins(3))
            && let Some(found) = active()
        {
            return Ok(found);
        }
        note("rustup could not get them");
    }
    if debian_allowed && process::has_apt() {
        note("using Debian's packages for the WebAssembly compiler (about 500 MB, 1–2 minutes)");
        process::apt_install(DEBIAN_PACKAGES, "The compiler for WebAssembly")?;
        if wasm_linker().is_none() {
            let installed = DEBIAN_LINKERS
                .iter()
                .any(|package| process::apt_install(&[package], "The WebAssembly linker").is_ok());
            if !installed {
                return fail("The WebAssembly linker is missing: install Debian's package `lld`.");
            }
        }
        if let Some(found) = debian() {
            return Ok(found);
        }
    }
    fail(format!(
        "No compiler for WebAssembly: run `rustup component add rust-src` with Rust {}.{} or newer \
         (or, on Debian, `sudo apt-get install {} lld-22`), then run this again.",
        OLDEST.0,
        OLDEST.1,
        DEBIAN_PACKAGES.join(" ")
    ))
}

/// The toolchain that runs this very program, when it has the library sources.
fn active() -> Option<Toolchain> {
    let sysroot = PathBuf::from(capture("rustc", &["--print", "sysroot"])?);
    let version = capture("rustc", &["--version"])?;
    if !new_enough(&version) || !has_sources(&sysroot) {
        return None;
    }
    let own_linker = sysroot
        .join("lib/rustlib")
        .join(host(&capture("rustc", &["-vV"])?)?)
        .join("bin/rust-lld");
    let linker = if own_linker.is_file() {
        None
    } else {
        Some(wasm_linker()?)
    };
    Some(Toolchain {
        label: version,
        cargo: std::env::var_os("CARGO").map_or_else(|| "cargo".into(), PathBuf::from),
        rustc: "rustc".into(),
        linker,
        debian: false,
    })
}

fn debian() -> Option<Toolchain> {
    let rustc = PathBuf::from("/usr/bin/rustc");
    let cargo = PathBuf::from("/usr/bin/cargo");
    if !rustc.is_file() || !cargo.is_file() || !has_sources(Path::new("/usr")) {
        return None;
    }
    let version = capture(&rustc, &["--version"])?;
    if !new_enough(&version) {
        return None;
    }
    let linker = Some(wasm_linker()?);
    Some(Toolchain {
        label: format!("{version}, Debian"),
        cargo,
        rustc,
        linker,
        debian: true,
    })
}

fn has_sources(sysroot: &Path) -> bool {
    sysroot.join("lib/rustlib/src/rust/library/std/Cargo.toml").is_file()
}

/// `wasm-ld`, under whichever version number the system has it.
fn wasm_linker() -> Option<PathBuf> {
    which("wasm-ld").or_else(|| (14..40).rev().find_map(|version| which(&format!("wasm-ld-{version}"))))
}

fn host(verbose_version: &str) -> Option<&str> {
    verbose_version.lines().find_map(|line| line.strip_prefix("host: "))
}

/// Reads `rustc 1.96.0 (…)`.
fn new_enough(version: &str) -> bool {
    let mut numbers = version
        .split_whitespace()
        .nth(1)
        .unwrap_or_default()
        .split('.')
        .map(|part| part.parse::<u32>().unwrap_or(0));
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)) >= OLDEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_compiler_is_recognised() {
        assert!(new_enough("rustc 1.96.0 (ac68faa20 2026-05-25)"));
        assert!(new_enough("rustc 1.94.0"));
        assert!(!new_enough("rustc 1.85.0 (4d91de4e4 2025-02-17)"));
        assert!(!new_enough(""));
    }

    #[test]
    fn the_host_is_read_from_the_verbose_version() {
        assert_eq!(
            host("rustc 1.96.0\nbinary: rustc\nhost: x86_64-unknown-linux-gnu\n"),
            Some("x86_64-unknown-linux-gnu")
        );
    }
}
