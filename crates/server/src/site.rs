//! The built web apps: their addresses, from `manifest.json` in the web folder.

use axum::http::HeaderValue;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

/// What the build left behind. Empty addresses mean that there is no build: pages then work as plain pages.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Site {
    /// Name of the build; part of every address.
    pub build: String,
    #[serde(default)]
    pub station: Bundle,
    #[serde(default)]
    pub desk: Bundle,
    /// Other files by name: `boot.js`, `icons.svg`, `app.webmanifest`.
    #[serde(default)]
    pub files: BTreeMap<String, String>,
    /// Icons by size: `180`, `192`, `512`, `any`.
    #[serde(default)]
    pub icons: BTreeMap<String, String>,
}

/// One app's files.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Bundle {
    pub js: String,
    pub wasm: String,
    pub css: String,
    /// By its name, what a part of the app that arrives later needs.
    #[serde(default)]
    pub parts: BTreeMap<String, Vec<String>>,
}

impl Site {
    /// The build as a header tells it; none without a build.
    pub fn version(&self) -> Option<HeaderValue> {
        HeaderValue::from_str(&self.build)
            .ok()
            .filter(|value| !value.is_empty())
    }

    /// Address of a file of this build by the name it has in every build; empty when the build has none.
    pub fn same_file(&self, name: &str) -> &str {
        let of_bundles = [&self.station, &self.desk]
            .into_iter()
            .flat_map(|bundle| [&bundle.js, &bundle.wasm, &bundle.css])
            .map(String::as_str);
        of_bundles
            .chain(self.files.values().map(String::as_str))
            .chain(self.icons.values().map(String::as_str))
            .find(|address| address.rsplit('/').next() == Some(name))
            .unwrap_or_default()
    }

    /// Address of a file by its name; empty when the build has none.
    pub fn file(&self, name: &str) -> &str {
        self.files.get(name).map_or("", String::as_str)
    }
}

/// Whether a build may be called so.
pub fn is_build(name: &str) -> bool {
    !name.is_empty() && name.len() <= 32 && name.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// How often the manifest's time is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(200);

/// Reads the manifest again when it changed, so that a rebuild needs no restart.
#[derive(Debug)]
pub struct SiteReader {
    manifest: PathBuf,
    /// A folder for each build that is kept.
    builds: PathBuf,
    last: Mutex<Last>,
}

#[derive(Debug, Default)]
struct Last {
    looked: Option<Instant>,
    changed: Option<SystemTime>,
    site: Arc<Site>,
}

impl SiteReader {
    /// For a web folder; it need not exist yet.
    pub fn new(web: &Path) -> Self {
        Self {
            manifest: web.join("manifest.json"),
            builds: web.join("a"),
            last: Mutex::default(),
        }
    }

    /// Whether the files of a build are still there, whoever names it.
    pub fn keeps(&self, build: &str) -> bool {
        is_build(build) && self.builds.join(build).is_dir()
    }

    /// The build that is there now.
    pub fn current(&self) -> Arc<Site> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if last.looked.is_some_and(|looked| looked.elapsed() < LOOK_EVERY) {
            return Arc::clone(&last.site);
        }
        last.looked = Some(Instant::now());
        let changed = std::fs::metadata(&self.manifest).and_then(|meta| meta.modified()).ok();
        if changed != last.changed {
            // A manifest that cannot be read leaves the last good build in place.
            if let Some(site) = std::fs::read(&self.manifest)
                .ok()
                .and_then(|bytes| serde_json::from_slice(&bytes).ok())
            {
                (last.changed, last.site) = (changed, Arc::new(site));
            }
        }
        Arc::clone(&last.site)
    }
}
