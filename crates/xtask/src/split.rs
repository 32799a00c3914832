//! One compiled app into its first part and those that arrive later.
//!
//! `wasm_split_cli_support` follows the code from each split point of the source and moves what nobody else uses to a
//! file of its own, and what several of them use to a file that they share. This module runs it and writes the script
//! that fetches those files: the generated one needs `instantiateStreaming`, which Safari has had since 15 only, and does
//! not try twice.

use std::collections::BTreeMap;
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

/// What several parts share goes to one file when it is smaller than this, before anything is optimised.
const SMALL: u64 = 48 * 1024;

impl Split {
    /// Joins the small files that parts share.
    pub fn share(&mut self, paths: &Paths, name: &str) -> Result {
        let mut small = Vec::new();
        for file in &self.later {
            let size = fs::metadata(file)
                .context(|| format!("Measuring {}", file.display()))?
                .len();
            if size < SMALL && file_name(file).contains("_chunk_") {
                small.push(file.clone());
            }
        }
        if small.len() < 2 {
            return Ok(());
        }
        let shared = small[0].with_file_name(format!("{name}_shared.wasm"));
        merge::merge(paths, &small, &shared)?;
        let gone: Vec<String> = small.iter().map(|file| file_name(file)).collect();
        for files in self.parts.values_mut() {
            let before = files.len();
            files.retain(|file| !gone.contains(file));
            if files.len() < before {
                files.insert(0, file_name(&shared));
            }
        }
        self.later.retain(|file| !small.contains(file));
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
