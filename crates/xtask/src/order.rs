//! The order of the functions in a module.
//!
//! The compiler writes functions in the order it met them. To the computer any order is the same, but not to brotli:
//! a function next to its likes costs little more than what it does differently. Thousands of functions
//! of a Rust program are such likes (one for every type that a generic is used with), so this
//! is worth 2.5 % of the download.

use crate::ui::{Result, fail};
use crate::wasm::{
    CODE_SECTION, ELEMENT_SECTION, EXPORT_SECTION, FUNCTION, FUNCTION_SECTION, GLOBAL, HEADER, IMPORT_SECTION, MEMORY,
    Reader, START_SECTION, TABLE, put_bytes, put_number, sections,
};

/// The name of the custom section that would name functions by their old numbers.
const NAMES: &[u8] = b"name";

/// Sorts the functions of a module by signature, then by what they do, whomever they call.
///
/// # Errors
/// A module that is not MVP WebAssembly, or that still has names for its functions.
pub fn by_likeness(wasm: &[u8]) -> Result<Vec<u8>> {
    reorder(wasm).map_or_else(
        || fail("wasm-opt made a module whose functions cannot be read, so they cannot be put in order."),
        Ok,
    )
}

/// One function of the module itself.
struct Function {
    signature: u32,
    /// The code between the calls' targets: before the first, after it …
    pieces: Vec<Vec<u8>>,
    /// The functions called, by their old numbers.
    calls: Vec<u32>,
}

fn reorder(wasm: &[u8]) -> Option<Vec<u8>> {
    let sections = sections(wasm)?;
    let find = |wanted| {
        let found = sections.iter().find(|(id, _)| *id == wanted)?;
        Some(found.1)
    };
    let imported = find(IMPORT_SECTION).map_or(Some(0), count_imports)?;
    let functions = read_functions(find(FUNCTION_SECTION)?, find(CODE_SECTION)?)?;

    let mut order: Vec<usize> = (0..functions.len()).collect();
    order.sort_by_key(|&at| (functions[at].signature, &functions[at].pieces));
    let mut numbers: Vec<u32> = (0..imported + functions.len() as u32).collect();
    for (new, &old) in order.iter().enumerate() {
        numbers[imported as usize + old] = imported + new as u32;
    }
    let renumber = |old: u32| numbers.get(old as usize).copied();

    let mut out = wasm.get(..HEADER)?.to_vec();
    for (id, section) in &sections {
        let mut new = Vec::with_capacity(section.len());
        match *id {
            FUNCTION_SECTION => {
                put_number(&mut new, order.len() as u32);
                for &at in &order {
                    put_number(&mut new, functions[at].signature);
                }
            }
            CODE_SECTION => {
                put_number(&mut new, order.len() as u32);
                for &at in &order {
                    put_bytes(&mut new, &functions[at].code(renumber)?);
                }
            }
            EXPORT_SECTION => renumber_exports(section, &mut new, renumber)?,
            START_SECTION => put_number(&mut new, renumber(Reader(section).number()?)?),
            ELEMENT_SECTION => renumber_elements(section, &mut new, renumber)?,
            0 if Reader(section).bytes()? == NAMES => return None,
            _ => new.extend_from_slice(section),
        }
        out.push(*id);
        put_bytes(&mut out, &new);
    }
    Some(out)
}

/// How many functions come from outside; they are numbered first.
fn count_imports(section: &[u8]) -> Option<u32> {
    let mut section = Reader(section);
    let mut functions = 0;
    for _ in 0..section.number()? {
        section.bytes()?;
        section.bytes()?;
        match section.byte()? {
            FUNCTION => {
                section.skip_number()?;
                functions += 1;
            }
            // A later part shares the first one's memory, table and globals.
            TABLE => {
                section.byte()?;
                skip_limits(&mut section)?;
            }
            MEMORY => skip_limits(&mut section)?,
            GLOBAL => {
                section.take(2)?;
            }
            _ => return None,
        }
    }
    Some(functions)
}

fn skip_limits(section: &mut Reader<'_>) -> Option<()> {
    let has_maximum = section.byte()? & 1 == 1;
    section.skip_number()?;
    if has_maximum { section.skip_number() } else { Some(()) }
}

fn read_functions(signatures: &[u8], code: &[u8]) -> Option<Vec<Function>> {
    let (mut signatures, mut code) = (Reader(signatures), Reader(code));
    let count = signatures.number()?;
    if code.number()? != count {
        return None;
    }
    (0..count)
        .map(|_| Function::read(signatures.number()?, code.bytes()?))
        .collect()
}

impl Function {
    fn read(signature: u32, body: &[u8]) -> Option<Self> {
        let mut function = Self {
            signature,
            pieces: Vec::new(),
            calls: Vec::new(),
        };
        let mut rest = Reader(body);
        for _ in 0..rest.number()? {
            rest.skip_number()?;
            rest.byte()?;
        }
        let mut piece = body;
        while !rest.0.is_empty() {
            if let Step::Call { left: before } = step(&mut rest)? {
                let called = rest.number()?;
                function.pieces.push(piece[..piece.len() - before].to_vec());
                function.calls.push(called);
                piece = rest.0;
            }
        }
        function.pieces.push(piece.to_vec());
        Some(function)
    }

    fn code(&self, renumber: impl Fn(u32) -> Option<u32>) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        for (at, piece) in self.pieces.iter().enumerate() {
            out.extend_from_slice(piece);
            if let Some(&called) = self.calls.get(at) {
                put_number(&mut out, renumber(called)?);
            }
        }
        Some(out)
    }
}

/// What was stepped over.
enum Step {
    /// A call, up to the number of its function; so many bytes are left from there.
    Call {
        left: usize,
    },
    Other,
}

/// Steps over one instruction of MVP WebAssembly; `None` for one it does not know.
fn step(rest: &mut Reader<'_>) -> Option<Step> {
    match rest.byte()? {
        0x10 => return Some(Step::Call { left: rest.0.len() }),
        // Blocks, branches, locals, globals, integer constants, memory size.
        0x02..=0x04 | 0x0c | 0x0d | 0x20..=0x24 | 0x3f..=0x42 => rest.skip_number()?,
        // A table of branches and its default.
        0x0e => {
            for _ in 0..=rest.number()? {
                rest.skip_number()?;
            }
        }
        // An indirect call's signature and table; a load's or a store's alignment and offset.
        0x11 | 0x28..=0x3e => {
            rest.skip_number()?;
            rest.skip_number()?;
        }
        0x43 => drop(rest.take(4)?),
        0x44 => drop(rest.take(8)?),
        0x00 | 0x01 | 0x05 | 0x0b | 0x0f | 0x1a | 0x1b | 0x45..=0xbf => {}
        _ => return None,
    }
    Some(Step::Other)
}

fn renumber_exports(section: &[u8], out: &mut Vec<u8>, renumber: impl Fn(u32) -> Option<u32>) -> Option<()> {
    let mut section = Reader(section);
    let count = section.number()?;
    put_number(out, count);
    for _ in 0..count {
        put_bytes(out, section.bytes()?);
        let kind = section.byte()?;
        out.push(kind);
        let number = section.number()?;
        put_number(out, if kind == FUNCTION { renumber(number)? } else { number });
    }
    Some(())
}

/// Each segment: table 0, where it begins (a constant), its functions.
fn renumber_elements(section: &[u8], out: &mut Vec<u8>, renumber: impl Fn(u32) -> Option<u32>) -> Option<()> {
    const TABLE: u8 = 0;
    const CONSTANT: u8 = 0x41;
    const END: u8 = 0x0b;
    let mut rest = Reader(section);
    let segments = rest.number()?;
    put_number(out, segments);
    for _ in 0..segments {
        let head = rest.0;
        let known = rest.byte()? == TABLE && rest.byte()? == CONSTANT;
        rest.skip_number()?;
        if !known || rest.byte()? != END {
            return None;
        }
        out.extend_from_slice(&head[..head.len() - rest.0.len()]);
        let count = rest.number()?;
        put_number(out, count);
        for _ in 0..count {
            put_number(out, renumber(rest.number()?)?);
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPE_SECTION: u8 = 1;
    const NOTHING_TO_NOTHING: [u8; 4] = [1, 0x60, 0, 0];

    /// A module with one import and these functions, all of one signature; it exports `exported`, starts with
    /// `start` and has `table` in its table.
    fn module(functions: &[&[u8]], exported: u8, start: u8, table: &[u8]) -> Vec<u8> {
        let mut out = b"\0asm\x01\0\0\0".to_vec();
        let count = functions.len() as u8;
        let mut section = |id: u8, content: Vec<u8>| {
            out.push(id);
            put_bytes(&mut out, &content);
        };
        section(TYPE_SECTION, NOTHING_TO_NOTHING.to_vec());
        section(IMPORT_SECTION, [1, 1, b'w', 1, b'a', FUNCTION, 0].to_vec());
        section(
            FUNCTION_SECTION,
            std::iter::once(count).chain(functions.iter().map(|_| 0)).collect(),
        );
        section(EXPORT_SECTION, [1, 1, b'e', FUNCTION, exported].to_vec());
        section(START_SECTION, vec![start]);
        let mut elements = vec![1, 0, 0x41, 1, 0x0b];
        put_bytes(&mut elements, table);
        section(ELEMENT_SECTION, elements);
        let mut code = vec![count];
        for function in functions {
            put_bytes(&mut code, function);
        }
        section(CODE_SECTION, code);
        out
    }

    #[test]
    fn likes_come_together_and_every_reference_follows() {
        // Number 1 calls 3 and 0 (the import); 2 loads and drops; 3 differs from 1 in whom it calls.
        let before = module(
            &[
                &[0, 0x10, 3, 0x10, 0, 0x0b],
                &[0, 0x41, 0, 0x28, 2, 0x10, 0x1a, 0x0b],
                &[0, 0x10, 2, 0x10, 1, 0x0b],
            ],
            3,
            2,
            &[2, 3, 1, 0],
        );
        let after = module(
            &[
                &[0, 0x10, 2, 0x10, 0, 0x0b],
                &[0, 0x10, 3, 0x10, 1, 0x0b],
                &[0, 0x41, 0, 0x28, 2, 0x10, 0x1a, 0x0b],
            ],
            2,
            3,
            &[3, 2, 1, 0],
        );
        assert_eq!(by_likeness(&before).expect("a module that can be read"), after);
        assert_eq!(by_likeness(&after).expect("a module that can be read"), after);
    }

    #[test]
    fn an_instruction_beyond_the_mvp_stops_the_build() {
        let sign_extension = [0, 0x41, 0, 0xc0, 0x1a, 0x0b];
        assert!(by_likeness(&module(&[&sign_extension], 1, 1, &[1])).is_err());
    }

    #[test]
    fn names_that_would_no_longer_fit_stop_the_build() {
        let mut named = module(&[&[0, 0x0b]], 1, 1, &[1]);
        named.push(0);
        put_bytes(&mut named, &[4, b'n', b'a', b'm', b'e', 1, 2, 0, 0]);
        assert!(by_likeness(&named).is_err());
    }
}
