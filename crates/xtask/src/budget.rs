//! What a bundle may weigh and which WebAssembly it may use: the promises to old phones and slow
//! networks, held by numbers.

use std::path::Path;

use crate::bundle::{Site, wasm_opt, with_suffix};
use crate::paths::Paths;
use crate::process;
use crate::ui::{Context, Result, kilobytes};

/// Brotli bytes of everything an app downloads at first: WebAssembly, glue, styles, boot script.
const LIMITS: [(&str, u64); 2] = [("station", 220 * 1024), ("desk", 350 * 1024)];

/// Brotli bytes of the script that keeps pages without an app fresh.
const LIVE_LIMIT: u64 = 4 * 1024;

/// One promise, checked.
#[derive(Debug, PartialEq, Eq)]
pub struct Check {
    pub name: String,
    /// Why it does not hold.
    pub broken: Option<String>,
}

/// Brotli sizes of one app's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    pub wasm: u64,
    pub js: u64,
    pub css: u64,
    pub boot: u64,
}

impl Sizes {
    pub const fn total(&self) -> u64 {
        self.wasm + self.js + self.css + self.boot
    }
}

/// Prints the size table and checks every app against its limit.
pub fn sizes(site: &Site) -> Result<Vec<Check>> {
    let assets = site.assets();
    println!("    brotli       wasm       glue        css       boot      total      limit");
    LIMITS
        .iter()
        .map(|&(app, limit)| {
            let sizes = measure(&assets, app)?;
            println!(
                "    {app:<8}{:>10} {:>10} {:>10} {:>10} {:>10} {:>10}",
                kilobytes(sizes.wasm),
                kilobytes(sizes.js),
                kilobytes(sizes.css),
                kilobytes(sizes.boot),
                kilobytes(sizes.total()),
                kilobytes(limit)
            );
            Ok(judge(app, sizes.total(), limit))
        })
        .chain(std::iter::once_with(|| {
            let file = with_suffix(&assets.join("live.js"), "br");
            let weight = std::fs::metadata(&file)
                .context(|| format!("Measuring {}", file.display()))?
                .len();
            println!("    live.js {:>68} {:>10}", kilobytes(weight), kilobytes(LIVE_LIMIT));
            Ok(judge("live.js", weight, LIVE_LIMIT))
        }))
        .collect()
}

fn measure(assets: &Path, app: &str) -> Result<Sizes> {
    let size = |name: String| {
        let file = with_suffix(&assets.join(name), "br");
        std::fs::metadata(&file)
            .map(|data| data.len())
            .context(|| format!("Measuring {}", file.display()))
    };
    Ok(Sizes {
        wasm: size(format!("{app}_bg.wasm"))?,
        js: size(format!("{app}.js"))?,
        css: size(format!("{app}.css"))?,
        boot: size("boot.js".to_owned())?,
    })
}

fn judge(app: &str, total: u64, limit: u64) -> Check {
    let broken = (total > limit).then(|| {
        format!(
            "{app} weighs {}, {} more than allowed",
            kilobytes(total),
            kilobytes(total - limit)
        )
    });
    Check {
        name: format!("{app} stays within {}", kilobytes(limit)),
        broken,
    }
}

/// Both apps must be WebAssembly as the engines of 2017 knew it.
pub fn mvp(paths: &Paths, site: &Site) -> Result<Vec<Check>> {
    LIMITS
        .iter()
        .map(|(app, _)| {
            let file = site.assets().join(format!("{app}_bg.wasm"));
            let bytes = std::fs::read(&file).context(|| format!("Reading {}", file.display()))?;
            let broken = if announces_features(&bytes) {
                // The validator would believe the announcement instead of testing.
                Some(format!("{app}_bg.wasm still has its `target_features` section"))
            } else {
                let mut validate = wasm_opt(paths);
                validate.arg(&file).args(["--mvp-features", "-o", "/dev/null"]);
                process::run_quiet(&mut validate, "Validating").err().map(|_| {
                    format!(
                        "{app}_bg.wasm uses WebAssembly that web views of 2018 refuse; the validator's words are above"
                    )
                })
            };
            Ok(Check {
                name: format!("{app} is MVP WebAssembly"),
                broken,
            })
        })
        .collect()
}

fn announces_features(wasm: &[u8]) -> bool {
    let mark = b"target_features";
    wasm.windows(mark.len()).any(|part| part == mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIZES: Sizes = Sizes {
        wasm: 180 * 1024,
        js: 8 * 1024,
        css: 10 * 1024,
        boot: 2 * 1024,
    };

    #[test]
    fn an_app_at_its_limit_passes() {
        assert_eq!(judge("station", SIZES.total(), 200 * 1024).broken, None);
    }

    #[test]
    fn an_app_above_its_limit_says_by_how_much() {
        let check = judge("station", SIZES.total(), 190 * 1024);
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
