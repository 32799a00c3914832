//! Running other programs, and telling plainly when one is missing or fails.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::ui::{Context, Fail, Result, fail};

/// What `cargo run` leaves in the environment of this program. Handed on to another cargo, it
/// would mix two toolchains and make crates rebuild without a reason.
const CARGO_LEFTOVERS: &[&str] = &[
    "CARGO",
    "CARGO_MANIFEST_DIR",
    "CARGO_MANIFEST_PATH",
    "CARGO_PKG_AUTHORS",
    "CARGO_PKG_DESCRIPTION",
    "CARGO_PKG_HOMEPAGE",
    "CARGO_PKG_LICENSE",
    "CARGO_PKG_LICENSE_FILE",
    "CARGO_PKG_NAME",
    "CARGO_PKG_README",
    "CARGO_PKG_REPOSITORY",
    "CARGO_PKG_RUST_VERSION",
    "CARGO_PKG_VERSION",
    "CARGO_PKG_VERSION_MAJOR",
    "CARGO_PKG_VERSION_MINOR",
    "CARGO_PKG_VERSION_PATCH",
    "CARGO_PKG_VERSION_PRE",
    "LD_LIBRARY_PATH",
    "DYLD_FALLBACK_LIBRARY_PATH",
];

/// A command with a clean environment.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for name in CARGO_LEFTOVERS {
        command.env_remove(name);
    }
    command
}

/// The cargo that started this program.
pub fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

fn name_of(command: &Command) -> String {
    Path::new(command.get_program())
        .file_name()
        .unwrap_or_else(|| command.get_program())
        .to_string_lossy()
        .into_owned()
}

fn started<T>(command: &Command, result: std::io::Result<T>) -> Result<T> {
    result.map_err(|error| {
        if error.kind() == std::io::ErrorKind::NotFound {
            Fail(format!("{} was not found; install it and try again.", name_of(command)))
        } else {
            Fail(format!("{} could not be started: {error}", name_of(command)))
        }
    })
}

/// Runs with its output shown; a failure names the program and `doing`.
pub fn run(command: &mut Command, doing: &str) -> Result {
    let status = status(command)?;
    if status.success() {
        Ok(())
    } else {
        fail(format!(
            "{doing} failed: {} ended with {status}; its own message is above.",
            name_of(command)
        ))
    }
}

pub fn status(command: &mut Command) -> Result<ExitStatus> {
    let result = command.stdin(Stdio::null()).status();
    started(command, result)
}

/// Runs quietly; its output is shown only when it fails.
pub fn run_quiet(command: &mut Command, doing: &str) -> Result {
    let result = command.stdin(Stdio::null()).output();
    let output = started(command, result)?;
    if output.status.success() {
        return Ok(());
    }
    let mut stderr = std::io::stderr().lock();
    // A closed terminal must not turn a told failure into a panic.
    let _ = stderr.write_all(&output.stdout);
    let _ = stderr.write_all(&output.stderr);
    fail(format!(
        "{doing} failed: {} ended with {}; its own message is above.",
        name_of(command),
        output.status
    ))
}

/// Standard output of a short command, or `None` when it is missing or fails.
pub fn capture(program: impl AsRef<OsStr>, arguments: &[&str]) -> Option<String> {
    let output = command(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Shows every line of standard output as it comes and hands it to `each`.
pub fn run_and_read(command: &mut Command, mut each: impl FnMut(&str)) -> Result<ExitStatus> {
    let result = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
    let mut child = started(command, result)?;
    if let Some(pipe) = child.stdout.take() {
        let mut reader = BufReader::new(pipe);
        let mut line = Vec::new();
        loop {
            line.clear();
            let read = reader
                .read_until(b'\n', &mut line)
                .context(|| format!("Reading the output of {}", name_of(command)))?;
            if read == 0 {
                break;
            }
            let text = String::from_utf8_lossy(&line);
            let mut out = std::io::stdout().lock();
            let _ = out.write_all(text.as_bytes());
            let _ = out.flush();
            each(text.trim_end());
        }
    }
    child.wait().context(|| format!("Waiting for {}", name_of(command)))
}

/// Runs quietly for at most `limit`; `false` when it is missing, fails or takes longer.
pub fn succeeds_within(command: &mut Command, limit: Duration) -> bool {
    let spawned = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = spawned else { return false };
    let begun = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) if begun.elapsed() < limit => std::thread::sleep(Duration::from_millis(100)),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                return false;
            }
        }
    }
}

/// The full path of a program on `PATH`.
pub fn which(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .flat_map(|dir| {
            [
                dir.join(name),
                dir.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)),
            ]
        })
        .find(|file| file.is_file())
}

/// Debian or one of its kin, where packages can be had by `apt-get`.
pub fn has_apt() -> bool {
    which("apt-get").is_some()
}

pub fn is_root() -> bool {
    capture("id", &["-u"]).as_deref() == Some("0")
}

/// Installs Debian packages as root; elsewhere says which command a person has to run.
pub fn apt_install(packages: &[&str], why: &str) -> Result {
    let list = packages.join(" ");
    if !has_apt() {
        return fail(format!(
            "{why} is missing: install the equivalent of the Debian packages `{list}`, then run this again."
        ));
    }
    if !is_root() {
        return fail(format!(
            "{why} is missing: run `sudo apt-get install {list}`, then run this again."
        ));
    }
    println!("    installing {list}");
    let install = |refresh: bool| -> Result {
        if refresh {
            run_quiet(
                command("apt-get").args(["-q", "update"]),
                "Refreshing the package lists",
            )?;
        }
        run_quiet(
            command("apt-get")
                .args(["-q", "install", "-y", "--no-install-recommends"])
                .args(packages)
                .env("DEBIAN_FRONTEND", "noninteractive"),
            &format!("Installing {list}"),
        )
    };
    install(true).map_err(|error| Fail(format!("{why} is missing and could not be installed. {error}")))
}
