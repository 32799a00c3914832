//! Small files that several parts of an app share, in one.
//!
//! Where an app is cut in four, what two or three of the parts share lies in up to eleven files, some of a few hundred
//! bytes. Each is a request, on a phone with a slow network a noticeable one. `wasm-merge` joins modules that import from
//! one another, but leaves each its own import of the memory, and engines of 2017 know only one. So a module is made that
//! has these imports and hands them on, and it is that one which the others import from.

use std::fs;
use std::path::{Path, PathBuf};

use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{EntityType, ExportKind, ExportSection, ImportSection, Module, TypeSection};
use wasmparser::{Parser, Payload, TypeRef};

use crate::bundle::{read, write};
use crate::paths::Paths;
use crate::process::{self, command};
use crate::stack::unreadable;
use crate::ui::{Context, Fail, Result, fail};
use crate::wasm::{EXPORT_SECTION, HEADER, put_bytes, sections};

/// What the parts import from the first one.
const FIRST: &str = "__wasm_split";
/// What hands these imports on.
const HUB: &str = "hub";

/// Joins the modules `files` to `into` and removes them.
pub fn merge(paths: &Paths, files: &[PathBuf], into: &Path) -> Result {
    let Some(first) = files.first() else { return Ok(()) };
    if files.len() == 1 {
        return fs::rename(first, into).context(|| format!("Moving {}", first.display()));
    }
    let hub = into.with_extension("hub.wasm");
    write(&hub, &hub_for(&asking_most(files)?)?)?;
    let joined = into.with_extension("joined.wasm");
    let mut merge = command(paths.npm_bin("wasm-merge"));
    merge.arg(&hub).arg(HUB);
    for (at, file) in files.iter().enumerate() {
        write(file, &renamed(&read(file)?)?)?;
        merge.arg(file).arg(format!("part{at}"));
    }
    merge
        .args([
            "--mvp-features",
            "--enable-sign-ext",
            "--enable-mutable-globals",
            "--skip-export-conflicts",
        ])
        .arg("-o")
        .arg(&joined);
    process::run_quiet(&mut merge, "wasm-merge")?;
    let module = read(&joined)?;
    if asked_of_hub(&module)? > 0 {
        return fail(format!("wasm-merge left {} asking for what is in it.", into.display()));
    }
    write(
        into,
        &without_exports(&module).ok_or_else(|| Fail("wasm-merge made no module.".to_owned()))?,
    )?;
    for file in files.iter().chain([&hub, &joined]) {
        fs::remove_file(file).context(|| format!("Removing {}", file.display()))?;
    }
    Ok(())
}

/// A module with the imports of `part`, each exported again.
fn hub_for(part: &[u8]) -> Result<Vec<u8>> {
    let mut types = TypeSection::new();
    let (mut imports, mut exports) = (ImportSection::new(), ExportSection::new());
    let (mut functions, mut tables, mut memories) = (0, 0, 0);
    for payload in Parser::new(0).parse_all(part) {
        match payload.map_err(unreadable)? {
            Payload::TypeSection(section) => {
                RoundtripReencoder
                    .parse_type_section(&mut types, section)
                    .map_err(unreadable)?;
            }
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import.map_err(unreadable)?;
                    let (kind, count) = match import.ty {
                        TypeRef::Func(_) => (ExportKind::Func, &mut functions),
                        TypeRef::Table(_) => (ExportKind::Table, &mut tables),
                        TypeRef::Memory(_) => (ExportKind::Memory, &mut memories),
                        _ => return fail(format!("A part imports {}, which cannot be handed on.", import.name)),
                    };
                    let entity: EntityType = RoundtripReencoder.entity_type(import.ty).map_err(unreadable)?;
                    imports.import(FIRST, import.name, entity);
                    exports.export(import.name, kind, *count);
                    *count += 1;
                }
            }
            _ => {}
        }
    }
    let mut module = Module::new();
    module.section(&types).section(&imports).section(&exports);
    Ok(module.finish())
}

/// Of these the one that imports most: memory, table and, where it uses the stack, the two functions of its pointer.
fn asking_most(files: &[PathBuf]) -> Result<Vec<u8>> {
    let mut most = (0, Vec::new());
    for file in files {
        let module = read(file)?;
        let asked = imports_where(&module, |module| module == FIRST)?;
        if asked > most.0 {
            most = (asked, module);
        }
    }
    Ok(most.1)
}

/// How much is still imported from the hub.
fn asked_of_hub(module: &[u8]) -> Result<usize> {
    imports_where(module, |module| module == HUB)
}

fn imports_where(module: &[u8], from: impl Fn(&str) -> bool) -> Result<usize> {
    let mut found = 0;
    for payload in Parser::new(0).parse_all(module) {
        if let Payload::ImportSection(section) = payload.map_err(unreadable)? {
            for import in section.into_imports() {
                found += usize::from(from(import.map_err(unreadable)?.module));
            }
        }
    }
    Ok(found)
}

/// The module importing from the hub.
fn renamed(part: &[u8]) -> Result<Vec<u8>> {
    struct Renamer;
    impl Reencode for Renamer {
        type Error = std::convert::Infallible;

        fn parse_import_section(
            &mut self,
            imports: &mut ImportSection,
            section: wasmparser::ImportSectionReader<'_>,
        ) -> std::result::Result<(), wasm_encoder::reencode::Error<Self::Error>> {
            for import in section.into_imports() {
                let import = import?;
                imports.import(HUB, import.name, self.entity_type(import.ty)?);
            }
            Ok(())
        }
    }
    let mut module = Module::new();
    Renamer
        .parse_core_module(&mut module, Parser::new(0), part)
        .map_err(unreadable)?;
    Ok(module.finish())
}

/// Nobody asks for what the hub hands on once everything is in one file.
fn without_exports(module: &[u8]) -> Option<Vec<u8>> {
    let mut out = module.get(..HEADER)?.to_vec();
    for (id, section) in sections(module)? {
        if id != EXPORT_SECTION {
            out.push(id);
            put_bytes(&mut out, section);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{MemoryType, RefType, TableType, ValType};

    /// A part that imports the memory, the table and a function.
    fn part() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], [ValType::I32]);
        let mut imports = ImportSection::new();
        imports
            .import(
                FIRST,
                "memory",
                EntityType::Memory(MemoryType {
                    minimum: 1,
                    maximum: None,
                    memory64: false,
                    shared: false,
                    page_size_log2: None,
                }),
            )
            .import(
                FIRST,
                "table",
                EntityType::Table(TableType {
                    element_type: RefType::FUNCREF,
                    minimum: 1,
                    maximum: None,
                    table64: false,
                    shared: false,
                }),
            )
            .import(FIRST, "sp_get", EntityType::Function(0));
        let mut module = Module::new();
        module.section(&types).section(&imports);
        module.finish()
    }

    fn imports(wasm: &[u8]) -> Vec<(String, String)> {
        let mut found = Vec::new();
        for payload in Parser::new(0).parse_all(wasm) {
            if let Payload::ImportSection(section) = payload.expect("a module") {
                for import in section.into_imports() {
                    let import = import.expect("an import");
                    found.push((import.module.to_owned(), import.name.to_owned()));
                }
            }
        }
        found
    }

    #[test]
    fn the_hub_has_the_parts_imports_and_the_part_asks_the_hub() {
        let hub = hub_for(&part()).expect("a hub");
        wasmparser::validate(&hub).expect("a valid module");
        assert_eq!(imports(&hub), imports(&part()));
        let renamed = renamed(&part()).expect("a part");
        assert!(imports(&renamed).iter().all(|(module, _)| module == HUB));
        assert_eq!(asked_of_hub(&renamed).expect("a module"), 3);
        assert_eq!(asked_of_hub(&hub).expect("a module"), 0);
        let bare = without_exports(&hub).expect("a module");
        wasmparser::validate(&bare).expect("a valid module");
        assert!(bare.len() < hub.len());
    }
}
