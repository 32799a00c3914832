//! The stack pointer of an app in parts, for engines that cannot share it.
//!
//! All parts use one stack, so its pointer, a global that changes, would go from part to part. WebAssembly of 2017 knows
//! no such thing: Chrome could do it with 74, and in-app web views of Chrome 69 are still about. Here the first part
//! exports two functions instead, one that reads the pointer and one that sets it, and the later parts call them.

use std::convert::Infallible;

use wasm_encoder::reencode::{self, Reencode, utils};
use wasm_encoder::{
    CodeSection, EntityType, ExportKind, ExportSection, Function, FunctionSection, ImportSection, Instruction, Module,
    TypeSection, ValType,
};
use wasmparser::{ExternalKind, Operator, Parser, Payload, TypeRef};

use crate::ui::{Fail, Result, fail};

type Encoding<T = ()> = std::result::Result<T, reencode::Error<Infallible>>;

/// Beside the name of the global: what reads it, and what sets it.
const READS: &str = "_get";
const SETS: &str = "_set";

/// The first part with two functions in place of the global that it exports. A module that exports none stays as it is.
pub fn lend(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut lender = Lender::default();
    let mut mutable = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        match payload.map_err(unreadable)? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    if matches!(import.map_err(unreadable)?.ty, TypeRef::Func(_)) {
                        lender.functions += 1;
                    }
                }
            }
            Payload::FunctionSection(functions) => lender.functions += functions.count(),
            Payload::GlobalSection(globals) => {
                for global in globals {
                    mutable.push(global.map_err(unreadable)?.ty.mutable);
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export.map_err(unreadable)?;
                    if export.kind == ExternalKind::Global
                        && mutable.get(export.index as usize).copied().unwrap_or_default()
                        && lender.global.replace(export.index).is_some()
                    {
                        return fail("An app's parts share more than the stack pointer; xtask knows no way for it.");
                    }
                }
            }
            _ => {}
        }
    }
    if lender.global.is_none() {
        return Ok(wasm.to_vec());
    }
    encode(&mut lender, wasm)
}

/// A later part that calls those two functions.
pub fn borrow(wasm: &[u8]) -> Result<Vec<u8>> {
    let mut borrower = Borrower::default();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::ImportSection(imports) = payload.map_err(unreadable)? {
            for import in imports.into_imports() {
                match import.map_err(unreadable)?.ty {
                    TypeRef::Func(_) => borrower.functions += 1,
                    TypeRef::Global(_) => borrower.globals += 1,
                    _ => {}
                }
            }
        }
    }
    match borrower.globals {
        0 => Ok(wasm.to_vec()),
        1 => encode(&mut borrower, wasm),
        _ => fail("A part of an app wants more than the stack pointer; xtask knows no way for it."),
    }
}

fn encode(reencoder: &mut impl Reencode<Error = Infallible>, wasm: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::new();
    reencoder
        .parse_core_module(&mut module, Parser::new(0), wasm)
        .map_err(unreadable)?;
    Ok(module.finish())
}

/// What is no module, in words.
pub fn unreadable(error: impl std::fmt::Display) -> Fail {
    Fail(format!("A part of the app cannot be read: {error}"))
}

/// The types of the two functions, behind those that are there.
fn add_types(types: &mut TypeSection) -> (u32, u32) {
    let reads = types.len();
    types.ty().function([], [ValType::I32]);
    types.ty().function([ValType::I32], []);
    (reads, reads + 1)
}

#[derive(Default)]
struct Lender {
    /// Functions that are there already, imported ones among them.
    functions: u32,
    global: Option<u32>,
    types: (u32, u32),
}

impl Reencode for Lender {
    type Error = Infallible;

    fn parse_type_section(&mut self, types: &mut TypeSection, section: wasmparser::TypeSectionReader<'_>) -> Encoding {
        utils::parse_type_section(self, types, section)?;
        self.types = add_types(types);
        Ok(())
    }

    fn parse_function_section(
        &mut self,
        functions: &mut FunctionSection,
        section: wasmparser::FunctionSectionReader<'_>,
    ) -> Encoding {
        utils::parse_function_section(self, functions, section)?;
        functions.function(self.types.0).function(self.types.1);
        Ok(())
    }

    fn parse_export(&mut self, exports: &mut ExportSection, export: wasmparser::Export<'_>) -> Encoding {
        if export.kind == ExternalKind::Global && Some(export.index) == self.global {
            exports
                .export(&format!("{}{READS}", export.name), ExportKind::Func, self.functions)
                .export(&format!("{}{SETS}", export.name), ExportKind::Func, self.functions + 1);
            return Ok(());
        }
        utils::parse_export(self, exports, export)
    }

    fn parse_code_section(&mut self, code: &mut CodeSection, section: wasmparser::CodeSectionReader<'_>) -> Encoding {
        utils::parse_code_section(self, code, section)?;
        let global = self.global.unwrap_or_default();
        let mut reads = Function::new([]);
        reads
            .instruction(&Instruction::GlobalGet(global))
            .instruction(&Instruction::End);
        let mut sets = Function::new([]);
        sets.instruction(&Instruction::LocalGet(0))
            .instruction(&Instruction::GlobalSet(global))
            .instruction(&Instruction::End);
        code.function(&reads).function(&sets);
        Ok(())
    }
}

#[derive(Default)]
struct Borrower {
    /// Functions and globals that are imported already.
    functions: u32,
    globals: u32,
    types: (u32, u32),
}

impl Reencode for Borrower {
    type Error = Infallible;

    fn parse_type_section(&mut self, types: &mut TypeSection, section: wasmparser::TypeSectionReader<'_>) -> Encoding {
        utils::parse_type_section(self, types, section)?;
        self.types = add_types(types);
        Ok(())
    }

    fn parse_import_section(
        &mut self,
        imports: &mut ImportSection,
        section: wasmparser::ImportSectionReader<'_>,
    ) -> Encoding {
        let mut lent = None;
        for import in section.into_imports() {
            let import = import?;
            if matches!(import.ty, TypeRef::Global(_)) {
                lent = Some((import.module, import.name));
            } else {
                self.parse_import(imports, import)?;
            }
        }
        if let Some((module, name)) = lent {
            imports
                .import(module, &format!("{name}{READS}"), EntityType::Function(self.types.0))
                .import(module, &format!("{name}{SETS}"), EntityType::Function(self.types.1));
        }
        Ok(())
    }

    fn function_index(&mut self, function: u32) -> Encoding<u32> {
        Ok(if function < self.functions {
            function
        } else {
            function + 2
        })
    }

    fn global_index(&mut self, global: u32) -> Encoding<u32> {
        // Code is rewritten before it is asked here; the section of names is not.
        Ok(global.saturating_sub(self.globals))
    }

    fn instruction<'a>(&mut self, operator: Operator<'a>) -> Encoding<Instruction<'a>> {
        match operator {
            Operator::GlobalGet { global_index: 0 } => Ok(Instruction::Call(self.functions)),
            Operator::GlobalSet { global_index: 0 } => Ok(Instruction::Call(self.functions + 1)),
            other => utils::instruction(self, other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_encoder::{ConstExpr, GlobalSection, GlobalType};
    use wasmparser::{Validator, WasmFeatures};

    const POINTER: GlobalType = GlobalType {
        val_type: ValType::I32,
        mutable: true,
        shared: false,
    };

    /// A first part: its stack pointer exported, and one function that reads it.
    fn first(exported: bool) -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], [ValType::I32]);
        let mut functions = FunctionSection::new();
        functions.function(0);
        let mut globals = GlobalSection::new();
        globals.global(POINTER, &ConstExpr::i32_const(1024));
        let mut exports = ExportSection::new();
        exports.export("run", ExportKind::Func, 0);
        if exported {
            exports.export("sp", ExportKind::Global, 0);
        }
        let mut body = Function::new([]);
        body.instruction(&Instruction::GlobalGet(0))
            .instruction(&Instruction::End);
        let mut code = CodeSection::new();
        code.function(&body);
        let mut module = Module::new();
        module
            .section(&types)
            .section(&functions)
            .section(&globals)
            .section(&exports)
            .section(&code);
        module.finish()
    }

    /// A later part: takes room on the stack and calls a function of its own.
    fn later() -> Vec<u8> {
        let mut types = TypeSection::new();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        imports.import("first", "sp", EntityType::Global(POINTER));
        let mut functions = FunctionSection::new();
        functions.function(0).function(0);
        let mut exports = ExportSection::new();
        exports.export("run", ExportKind::Func, 1);
        let mut nothing = Function::new([]);
        nothing.instruction(&Instruction::End);
        let mut body = Function::new([]);
        body.instruction(&Instruction::GlobalGet(0))
            .instruction(&Instruction::I32Const(16))
            .instruction(&Instruction::I32Sub)
            .instruction(&Instruction::GlobalSet(0))
            .instruction(&Instruction::Call(0))
            .instruction(&Instruction::End);
        let mut code = CodeSection::new();
        code.function(&nothing).function(&body);
        let mut module = Module::new();
        module
            .section(&types)
            .section(&imports)
            .section(&functions)
            .section(&exports)
            .section(&code);
        module.finish()
    }

    fn is_mvp(wasm: &[u8]) -> bool {
        Validator::new_with_features(WasmFeatures::MVP)
            .validate_all(wasm)
            .is_ok()
    }

    /// Names that a module exports or imports.
    fn names(wasm: &[u8]) -> Vec<String> {
        let mut names = Vec::new();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload.expect("a module") {
                Payload::ExportSection(section) => {
                    names.extend(
                        section
                            .into_iter()
                            .map(|export| export.expect("an export").name.to_owned()),
                    );
                }
                Payload::ImportSection(section) => {
                    names.extend(
                        section
                            .into_imports()
                            .map(|import| import.expect("an import").name.to_owned()),
                    );
                }
                _ => {}
            }
        }
        names
    }

    #[test]
    fn the_first_part_lends_its_stack_pointer_by_functions() {
        assert!(!is_mvp(&first(true)), "a global that changes went from part to part");
        let lent = lend(&first(true)).expect("a module");
        assert!(is_mvp(&lent));
        assert_eq!(names(&lent), ["run", "sp_get", "sp_set"]);
    }

    #[test]
    fn a_module_that_shares_nothing_stays_as_it_is() {
        assert_eq!(lend(&first(false)).expect("a module"), first(false));
        assert_eq!(borrow(&first(false)).expect("a module"), first(false));
    }

    #[test]
    fn a_later_part_calls_them_and_its_own_functions_still() {
        assert!(!is_mvp(&later()));
        let borrowed = borrow(&later()).expect("a module");
        assert!(is_mvp(&borrowed));
        assert_eq!(names(&borrowed), ["sp_get", "sp_set", "run"]);
        let mut calls = Vec::new();
        for payload in Parser::new(0).parse_all(&borrowed) {
            if let Payload::CodeSectionEntry(body) = payload.expect("a module") {
                for operator in body.get_operators_reader().expect("operators") {
                    if let Operator::Call { function_index } = operator.expect("an operator") {
                        calls.push(function_index);
                    }
                }
            }
        }
        assert_eq!(calls, [0, 1, 2], "get, set, and what was function 0");
    }

    #[test]
    fn what_is_no_module_stops_the_build() {
        assert!(lend(b"no module").is_err() && borrow(b"no module").is_err());
    }
}
