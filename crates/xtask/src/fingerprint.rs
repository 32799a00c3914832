//! One short hash over everything that decides what the browser bundles look like, so that an
//! unchanged tree needs no second build.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::ui::{Context, Result};

/// A running hash over named contents.
#[derive(Default)]
pub struct Fingerprint(Sha256);

impl Fingerprint {
    pub fn add(&mut self, name: &str, content: &[u8]) {
        // Lengths keep `("ab", "c")` and `("a", "bc")` apart.
        self.0.update((name.len() as u64).to_le_bytes());
        self.0.update(name.as_bytes());
        self.0.update((content.len() as u64).to_le_bytes());
        self.0.update(content);
    }

    /// Adds a file or a whole directory, each file under its path below `root`.
    pub fn add_path(&mut self, root: &Path, path: &Path) -> Result {
        for file in files_below(&root.join(path))? {
            let content = std::fs::read(&file).context(|| format!("Reading {}", file.display()))?;
            let name = file
                .strip_prefix(root)
                .unwrap_or(&file)
                .to_string_lossy()
                .replace('\\', "/");
            self.add(&name, &content);
        }
        Ok(())
    }

    /// The first 16 hexadecimal digits: enough to tell builds apart.
    pub fn finish(self) -> String {
        self.0.finalize().iter().take(8).fold(String::new(), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}

/// All files below a path (or the path itself), sorted; hidden and editor files left out.
pub fn files_below(path: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    if path.is_file() {
        found.push(path.to_owned());
    } else if path.is_dir() {
        let entries = std::fs::read_dir(path).context(|| format!("Reading {}", path.display()))?;
        for entry in entries {
            let entry = entry.context(|| format!("Reading {}", path.display()))?;
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if !name.starts_with('.') && !name.ends_with('~') && !name.ends_with(".swp") {
                found.extend(files_below(&entry.path())?);
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(parts: &[(&str, &str)]) -> String {
        let mut print = Fingerprint::default();
        for (name, content) in parts {
            print.add(name, content.as_bytes());
        }
        print.finish()
    }

    #[test]
    fn the_same_content_has_the_same_fingerprint() {
        assert_eq!(hash(&[("a.rs", "fn")]), hash(&[("a.rs", "fn")]));
        assert_eq!(hash(&[]).len(), 16);
    }

    #[test]
    fn a_changed_name_or_content_changes_it() {
        let base = hash(&[("a.rs", "fn"), ("b.rs", "x")]);
        assert_ne!(base, hash(&[("a.rs", "fn2"), ("b.rs", "x")]));
        assert_ne!(base, hash(&[("c.rs", "fn"), ("b.rs", "x")]));
        assert_ne!(hash(&[("ab", "c")]), hash(&[("a", "bc")]));
    }

    #[test]
    fn a_directory_is_read_in_a_fixed_order_without_hidden_files() {
        let dir = std::env::temp_dir().join(format!("xtask-fingerprint-{}", std::process::id()));
        std::fs::create_dir_all(dir.join("sub")).expect("a directory in the temporary folder");
        for name in ["b.css", "a.css", ".hidden", "sub/c.css"] {
            std::fs::write(dir.join(name), name).expect("a file in the temporary folder");
        }
        let files = files_below(&dir).expect("readable");
        let names: Vec<_> = files
            .iter()
            .map(|file| file.strip_prefix(&dir).expect("below").to_string_lossy().into_owned())
            .collect();
        assert_eq!(names, ["a.css", "b.css", "sub/c.css"]);
        std::fs::remove_dir_all(&dir).expect("removable");
    }
}
