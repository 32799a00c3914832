//! One compiled app into its first part and those that arrive later.
//!
//! `wasm_split_cli_support` follows the code from each split point of the source and moves what nobody else uses to a
//! file of its own, and what several of them use to a file that they share. This module runs it and writes the script
//! that fetches those files: the generated one needs `instantiateStreaming`, which Safari has had since 15 only, and does
//! not try twice.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use wasm_split_cli_support::{Options, transform};

use crate::merge;
use crate::paths::Paths;
use crate::ui::{Context, Fail, Result};

/// The module that the first part imports its loaders from.
pub const LOADERS: &str = "./parts.js";

/// An app in parts.
#[derive(Debug)]
pub struct Split {
    /// The first part, not yet seen by wasm-bindgen.
    pub main: PathBuf,
    /// Files of the later parts.
    pub later: Vec<PathBuf>,
    /// For each split point the names of the files that it needs.
    pub parts: BTreeMap<String, Vec<String>>,
}

/// Splits `wasm` into files in `glue`: `<name>.main.wasm` and `<name>_<part>.wasm`.
pub fn split(name: &str, wasm: &Path, glue: &Path) -> Result<Split> {
    let input = fs::read(wasm).context(|| format!("Reading {}", wasm.display()))?;
    let dir = glue.join("parts");
    if dir.exists() {
        fs::remove_dir_all(&dir).context(|| format!("Clearing {}", dir.display()))?;
    }
    let main = glue.join(format!("{name}.main.wasm"));
    let mut options = Options::new(&input);
    options.output_dir = &dir;
    options.main_out_path = &main;
    options.link_name = LOADERS;
    let made = transform(options).map_err(|error| Fail(format!("{} could not be split: {error:#}", wasm.display())))?;

    let named = |stem: &str| format!("{name}_{}.wasm", stem.trim_start_matches("split_"));
    let mut later = Vec::new();
    for file in made.split_modules {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let to = glue.join(named(&stem));
        fs::rename(&file, &to).context(|| format!("Moving {}", file.display()))?;
        later.push(to);
    }
    let parts = made
        .prefetch_map
        .into_iter()
        .map(|(part, stems)| (part, stems.iter().map(|stem| named(stem)).collect()))
        .collect();
    Ok(Split { main, later, parts })
}

/// Groups of shared code smaller than this, before anything is optimised, go to one file.
const SMALL: u64 = 48 * 1024;

impl Split {
    /// Joins files that parts share. `within`: parts that are only fetched by pages of another part, which therefore
    /// carries what they share with it.
    ///
    /// First come together those that the same pages need, then what is small. What only parts within a page need does not
    /// come with the page.
    pub fn share(&mut self, paths: &Paths, name: &str, within: &[(&str, &str)]) -> Result {
        let mut groups: BTreeMap<(BTreeSet<String>, bool), Vec<PathBuf>> = BTreeMap::new();
        for file in &self.later {
            let chunk = file_name(file);
            if chunk.contains("_chunk_") {
                let at_once = self
                    .users_of(&chunk)
                    .any(|user| !within.iter().any(|(inner, _)| *inner == user));
                groups
                    .entry((self.pages_of(&chunk, within), at_once))
                    .or_default()
                    .push(file.clone());
            }
        }
        let (mut small, mut joined) = (Vec::new(), Vec::new());
        for files in groups.into_values() {
            let mut size = 0;
            for file in &files {
                size += fs::metadata(file)
                    .context(|| format!("Measuring {}", file.display()))?
                    .len();
            }
            if size < SMALL {
                small.extend(files);
            } else {
                joined.push(files);
            }
        }
        joined.push(small);
        for (at, files) in joined.into_iter().enumerate() {
            self.join(paths, &files, &format!("{name}_shared{at}.wasm"))?;
        }
        Ok(())
    }

    /// Which pages need this file.
    fn pages_of(&self, file: &str, within: &[(&str, &str)]) -> BTreeSet<String> {
        self.users_of(file)
            .map(|part| {
                within
                    .iter()
                    .find(|(inner, _)| *inner == part)
                    .map_or(part, |(_, outer)| outer)
            })
            .map(str::to_owned)
            .collect()
    }

    /// Which parts need this file.
    fn users_of(&self, file: &str) -> impl Iterator<Item = &str> {
        let users = self
            .parts
            .iter()
            .filter(move |(_, files)| files.iter().any(|needed| needed == file));
        users.map(|(part, _)| part.as_str())
    }

    fn join(&mut self, paths: &Paths, files: &[PathBuf], name: &str) -> Result {
        let Some(first) = files.first() else { return Ok(()) };
        let shared = first.with_file_name(name);
        merge::merge(paths, files, &shared)?;
        let gone: Vec<String> = files.iter().map(|file| file_name(file)).collect();
        for needed in self.parts.values_mut() {
            let before = needed.len();
            needed.retain(|file| !gone.contains(file));
            if needed.len() < before {
                needed.insert(0, name.to_owned());
            }
        }
        self.later.retain(|file| !files.contains(file));
        self.later.push(shared);
        Ok(())
    }
}

fn file_name(file: &Path) -> String {
    file.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The script that fetches the later parts; `name` is that of the app's glue.
///
/// A file is fetched once and linked to the memory and the table of the first part. What failed is forgotten, so that
/// the next wish tries again.
pub fn loaders(name: &str, parts: &BTreeMap<String, Vec<String>>) -> String {
    let mut script = format!(
        "import {{ initSync }} from './{name}.js';\n\
         const loading = {{}};\n\
         function load(file) {{\n\
         \u{20}   if (!loading[file]) {{\n\
         \u{20}       loading[file] = window.liaisonBoot.wasm(new URL(file, import.meta.url).href)\n\
         \u{20}           .then(module => WebAssembly.instantiate(module, {{ __wasm_split: initSync() }}));\n\
         \u{20}       loading[file].catch(() => {{ delete loading[file]; }});\n\
         \u{20}   }}\n\
         \u{20}   return loading[file];\n\
         }}\n\
         function part(files) {{\n\
         \u{20}   return (callback, data) => {{\n\
         \u{20}       const tell = done => initSync().__indirect_function_table.get(callback)(data, done);\n\
         \u{20}       Promise.all(files.map(load)).then(() => tell(1), () => tell(0));\n\
         \u{20}   }};\n\
         }}\n"
    );
    for (part, files) in parts {
        let list = files
            .iter()
            .map(|file| format!("'./{file}'"))
            .collect::<Vec<_>>()
            .join(", ");
        let _ = writeln!(script, "export const __wasm_split_load_{part} = part([{list}]);");
    }
    script
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_counted_for_the_page_around_the_parts_that_need_it() {
        let needs = |files: &[&str]| files.iter().map(|&file| file.to_owned()).collect::<Vec<_>>();
        let split = Split {
            main: PathBuf::new(),
            later: Vec::new(),
            parts: BTreeMap::from([
                ("write".to_owned(), needs(&["a", "b"])),
                ("map".to_owned(), needs(&["a"])),
                ("read".to_owned(), needs(&["b"])),
            ]),
        };
        let pages = |file| {
            split
                .pages_of(file, &[("map", "write")])
                .into_iter()
                .collect::<Vec<_>>()
        };
        assert_eq!(pages("a"), ["write"]);
        assert_eq!(pages("b"), ["read", "write"]);
    }

    #[test]
    fn each_split_point_gets_a_loader_of_its_files() {
        let parts = BTreeMap::from([(
            "write".to_owned(),
            vec!["station_chunk_1.wasm".to_owned(), "station_write.wasm".to_owned()],
        )]);
        let script = loaders("station", &parts);
        assert!(script.starts_with("import { initSync } from './station.js';"));
        assert!(script.ends_with(
            "export const __wasm_split_load_write = part(['./station_chunk_1.wasm', './station_write.wasm']);\n"
        ));
    }
}
