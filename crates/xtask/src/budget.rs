//! What a bundle may weigh and which WebAssembly it may use: the promises to old phones and slow
//! networks, held by numbers.

use std::path::Path;

use crate::bundle::{Site, wasm_opt, with_suffix};
use crate::paths::Paths;
use crate::process;
use crate::ui::{Context, Result, kilobytes};

/// Brotli bytes of each app: of what it starts with (WebAssembly and glue), and of what its pages need before they can be
/// seen and used (styles and boot script).
const APPS: [(&str, u64, u64); 2] = [("station", 125 * 1024, 14 * 1024), ("desk", 340 * 1024, 16 * 1024)];

/// Brotli bytes of each file that arrives later.
const LATER: u64 = 40 * 1024;

/// Brotli bytes of the script that keeps pages without an app fresh.
const LIVE_LIMIT: u64 = 4 * 1024;

/// One promise, checked.
#[derive(Debug, PartialEq, Eq)]
pub struct Check {
    pub name: String,
    /// Why it does not hold.
    pub broken: Option<String>,
}

/// Prints the size table and checks each file against its limit.
pub fn sizes(site: &Site) -> Result<Vec<Check>> {
    let assets = site.assets();
    let mut checks = Vec::new();
    println!("    brotli {:>30} {:>10}", "", "limit");
    for (app, first_limit, seen_limit) in APPS {
        let first = measure(&assets, &format!("{app}_bg.wasm"))? + measure(&assets, &format!("{app}.js"))?;
        checks.push(judge(&format!("{app}, first part"), first, first_limit));
        let seen = measure(&assets, &format!("{app}.css"))? + measure(&assets, "boot.js")?;
        checks.push(judge(&format!("{app}, styles and boot.js"), seen, seen_limit));
        let parts = site.parts(app)?;
        for file in parts.files() {
            checks.push(judge(file, measure(&assets, file)?, LATER));
        }
        for (part, files) in parts.each() {
            let mut together = 0;
            for file in files {
                together += measure(&assets, file)?;
            }
            println!(
                "    {:<28}{:>10}",
                format!("({app}: {part} in all)"),
                kilobytes(together)
            );
        }
    }
    checks.push(judge("live.js", measure(&assets, "live.js")?, LIVE_LIMIT));
    Ok(checks)
}

/// The brotli size of a file of the build.
fn measure(assets: &Path, name: &str) -> Result<u64> {
    let file = with_suffix(&assets.join(name), "br");
    std::fs::metadata(&file)
        .map(|data| data.len())
        .context(|| format!("Measuring {}", file.display()))
}

fn judge(what: &str, weight: u64, limit: u64) -> Check {
    println!("    {what:<28}{:>10}{:>10}", kilobytes(weight), kilobytes(limit));
    let broken = (weight > limit).then(|| {
        format!(
            "{what} weighs {}, {} more than allowed",
            kilobytes(weight),
            kilobytes(weight - limit)
        )
    });
    Check {
        name: format!("{what} stays within {}", kilobytes(limit)),
        broken,
    }
}

/// Every module must be WebAssembly as the engines of 2017 knew it.
pub fn mvp(paths: &Paths, site: &Site) -> Result<Vec<Check>> {
    let mut checks = Vec::new();
    for (app, ..) in APPS {
        let first = format!("{app}_bg.wasm");
        let parts = site.parts(app)?;
        for name in std::iter::once(first.as_str()).chain(parts.files()) {
            checks.push(Check {
                name: format!("{name} is MVP WebAssembly"),
                broken: beyond_mvp(paths, &site.assets(), name)?,
            });
        }
    }
    Ok(checks)
}

fn beyond_mvp(paths: &Paths, assets: &Path, name: &str) -> Result<Option<String>> {
    let file = assets.join(name);
    let bytes = std::fs::read(&file).context(|| format!("Reading {}", file.display()))?;
    if announces_features(&bytes) {
        // The validator would believe the announcement instead of testing.
        return Ok(Some(format!("{name} still has its `target_features` section")));
    }
    let mut validate = wasm_opt(paths);
    validate.arg(&file).args(["--mvp-features", "-o", "/dev/null"]);
    Ok(process::run_quiet(&mut validate, "Validating")
        .err()
        .map(|_| format!("{name} uses WebAssembly that web views of 2018 refuse; the validator's words are above")))
}

fn announces_features(wasm: &[u8]) -> bool {
    let mark = b"target_features";
    wasm.windows(mark.len()).any(|part| part == mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_at_its_limit_passes() {
        assert_eq!(judge("station", 200 * 1024, 200 * 1024).broken, None);
    }

    #[test]
    fn a_file_above_its_limit_says_by_how_much() {
        let check = judge("station", 200 * 1024, 190 * 1024);
        assert_eq!(
            check.broken.as_deref(),
            Some("station weighs 200.0 KB, 10.0 KB more than allowed")
        );
    }

    #[test]
    fn a_module_that_announces_features_is_noticed() {
        assert!(announces_features(b"\0asm....target_features+\x0bbulk-memory"));
        assert!(!announces_features(b"\0asm"));
    }
}
