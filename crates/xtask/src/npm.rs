//! Node.js and the tools of `package.json`: esbuild, wasm-opt, playwright-core, axe-core.

use std::path::Path;

use crate::fingerprint::Fingerprint;
use crate::paths::Paths;
use crate::process::{self, capture, command, which};
use crate::ui::{Context, Result, fail, step};

/// The oldest Node.js whose test runner and WebAssembly the tools need.
const OLDEST_NODE: u32 = 20;
const STAMP: &str = "node_modules/.installed";

/// Installs `node_modules` when it is missing or older than the lock file.
pub fn ensure(paths: &Paths) -> Result {
    need_node()?;
    let mut print = Fingerprint::default();
    print.add_path(&paths.root, Path::new("package.json"))?;
    print.add_path(&paths.root, Path::new("package-lock.json"))?;
    let wanted = print.finish();
    let stamp = paths.join(STAMP);
    if std::fs::read_to_string(&stamp).is_ok_and(|have| have == wanted) {
        return Ok(());
    }
    step("Fetching the JavaScript tools with npm", "about 10 seconds", || {
        let mut npm = command("npm");
        npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
            .current_dir(&paths.root);
        process::run_quiet(&mut npm, "`npm ci`")?;
        std::fs::write(&stamp, &wanted).context(|| format!("Writing {}", stamp.display()))
    })
}

fn need_node() -> Result {
    if which("node").is_none() || which("npm").is_none() {
        process::apt_install(&["nodejs", "npm"], "Node.js with npm")?;
    }
    let version = capture("node", &["--version"]).unwrap_or_default();
    if major(&version) < OLDEST_NODE {
        return fail(format!(
            "Node.js {OLDEST_NODE} or newer is needed, this is {}: install a newer one and put it first on PATH.",
            if version.is_empty() { "none" } else { &version }
        ));
    }
    Ok(())
}

/// Reads `v20.20.2`.
fn major(version: &str) -> u32 {
    version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|part| part.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_of_node_is_read() {
        assert_eq!(major("v20.20.2"), 20);
        assert_eq!(major(""), 0);
    }
}
