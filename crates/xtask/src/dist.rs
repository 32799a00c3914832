//! `cargo xtask dist`: a directory that can be copied to a server as it is.

use std::fs;
use std::path::Path;

use crate::bundle::Site;
use crate::paths::Paths;
use crate::process::capture;
use crate::ui::{Context, Result, fail, kilobytes, note, step};
use crate::web::Mode;
use crate::{budget, preflight, server, web};

/// Samples that go along.
const SAMPLES: &[&str] = &["liaison-station.service", "nginx.conf"];

pub fn run(paths: &Paths) -> Result {
    let dist = paths.dist();
    preflight::writable(&dist, "")?;
    preflight::room(&dist, preflight::FIRST_BUILD)?;
    let site = web::build(paths, Mode::Release, &paths.dist_site())?;
    let binary = server::build(paths, true)?;
    step("Putting the release together", "", || {
        put(&binary, &dist.join("liaison-server"))?;
        let Some(sample) = capture(&binary, &["config", "sample"]) else {
            return fail("The server could not print its sample configuration (`liaison-server config sample`).");
        };
        let config = dist.join("liaison.toml");
        fs::write(&config, sample + "\n").context(|| format!("Writing {}", config.display()))?;
        for name in SAMPLES {
            put(&paths.join("deploy").join(name), &dist.join(name))?;
        }
        Ok(())
    })?;
    let bytes = fs::metadata(dist.join("liaison-server")).map_or(0, |data| data.len());
    note(&format!(
        "dist/liaison-server {}, dist/web build {}",
        kilobytes(bytes),
        site.build
    ));
    hold(paths, &site)
}

/// Prints the size table and fails when a promise about the bundles is broken.
pub fn hold(paths: &Paths, site: &Site) -> Result {
    let mut checks = budget::sizes(site)?;
    checks.extend(budget::mvp(paths, site)?);
    let broken: Vec<String> = checks.into_iter().filter_map(|check| check.broken).collect();
    if broken.is_empty() {
        Ok(())
    } else {
        fail(format!("The bundles break a promise: {}.", broken.join("; ")))
    }
}

/// Replaces a file in one move: the old server may be running from it.
fn put(from: &Path, to: &Path) -> Result {
    let beside = to.with_extension("new");
    fs::copy(from, &beside).context(|| format!("Copying {}", from.display()))?;
    fs::rename(&beside, to).context(|| format!("Writing {}", to.display()))
}
