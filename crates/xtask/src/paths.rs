//! Where things lie: the workspace, the build directories, the tools npm brought.

use std::path::{Path, PathBuf};

use crate::ui::{Context, Result};

/// The workspace and the places inside it.
pub struct Paths {
    pub root: PathBuf,
    /// Cargo's target directory (`CARGO_TARGET_DIR` when set).
    pub target: PathBuf,
}

impl Paths {
    pub fn find() -> Result<Self> {
        // At run time cargo says where the package lies; the compile-time value may belong to
        // another clone when several share one target directory.
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest
            .join("../..")
            .canonicalize()
            .context(|| format!("Finding the workspace above {}", manifest.display()))?;
        let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
        Ok(Self { root, target })
    }

    pub fn join(&self, path: impl AsRef<Path>) -> PathBuf {
        self.root.join(path)
    }

    /// The browser build has its own target directory: another compiler, other flags.
    pub fn web_target(&self) -> PathBuf {
        self.target.join("web")
    }

    /// The finished bundles of `run`, `web` and `test`.
    pub fn site(&self) -> Output {
        self.output(self.target.join("site"), "site")
    }

    /// The bundles of `dev`: unoptimised, never released.
    pub fn dev_site(&self) -> Output {
        self.output(self.target.join("site-dev"), "site-dev")
    }

    /// What `dist` hands out.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    pub fn dist_site(&self) -> Output {
        self.output(self.dist().join("web"), "dist")
    }

    fn output(&self, dir: PathBuf, name: &str) -> Output {
        let notes = self.web_target().join("state");
        Output {
            dir,
            stamp: notes.join(name),
            lock: notes.join(format!("{name}.lock")),
            notes,
        }
    }

    /// A command that npm installed.
    pub fn npm_bin(&self, name: &str) -> PathBuf {
        self.root.join("node_modules/.bin").join(name)
    }

    pub fn server_binary(&self, profile_dir: &str) -> PathBuf {
        let name = format!("liaison-server{}", std::env::consts::EXE_SUFFIX);
        self.target.join(profile_dir).join(name)
    }
}

/// A directory that finished bundles go to. What only the build needs to know about it is kept
/// elsewhere, so that the directory can be copied to a server as it is.
pub struct Output {
    pub dir: PathBuf,
    /// The folder of `stamp` and `lock`.
    pub notes: PathBuf,
    /// Holds the fingerprint of the sources that `dir` was made from.
    pub stamp: PathBuf,
    /// Held while `dir` is being written.
    pub lock: PathBuf,
}
