//! Short names between a WebAssembly module and its glue.
//!
//! wasm-bindgen names every import after its function and a hash of sixteen digits, once in the
//! module and once in the script. Hashes do not compress: some hundred of them weigh 7 KB.

use std::collections::HashMap;

use crate::split;
use crate::ui::{Result, fail};
use crate::wasm::{FUNCTION, HEADER, IMPORT_SECTION, Reader, put_bytes, put_number, sections};

/// Gives every imported function a short name, in the module and in the glue alike; all but the loaders of the app's
/// later parts, which are another script's.
pub fn shorten(wasm: &[u8], glue: &str) -> Result<(Vec<u8>, String)> {
    let Some((module, names)) = rename_in_module(wasm) else {
        return fail("wasm-bindgen made a module whose imports cannot be read.");
    };
    let (glue, found) = rename_in_glue(glue, &names);
    if found == names.len() {
        Ok((module, glue))
    } else {
        fail(format!(
            "Of {} imports only {found} are in the glue that wasm-bindgen made.",
            names.len()
        ))
    }
}

/// The module with new names, and what each old name became. `None` for what is no valid module
/// or imports anything but functions.
fn rename_in_module(wasm: &[u8]) -> Option<(Vec<u8>, HashMap<String, String>)> {
    let mut out = wasm.get(..HEADER)?.to_vec();
    let mut names = HashMap::new();
    for (id, section) in sections(wasm)? {
        out.push(id);
        if id == IMPORT_SECTION {
            put_bytes(&mut out, &rename_in_section(section, &mut names)?);
        } else {
            put_bytes(&mut out, section);
        }
    }
    Some((out, names))
}

fn rename_in_section(section: &[u8], names: &mut HashMap<String, String>) -> Option<Vec<u8>> {
    let mut section = Reader(section);
    let count = section.number()?;
    let mut out = Vec::new();
    put_number(&mut out, count);
    for _ in 0..count {
        let from = section.bytes()?;
        put_bytes(&mut out, from);
        if from == split::LOADERS.as_bytes() {
            put_bytes(&mut out, section.bytes()?);
            out.push(section.byte()?);
            put_number(&mut out, section.number()?);
            continue;
        }
        let old = std::str::from_utf8(section.bytes()?).ok()?.to_owned();
        let next = names.len();
        let new = names.entry(old).or_insert_with(|| short_name(next));
        put_bytes(&mut out, new.as_bytes());
        if section.byte()? != FUNCTION {
            return None;
        }
        out.push(FUNCTION);
        put_number(&mut out, section.number()?);
    }
    Some(out)
}

/// Replaces whole identifiers; tells how many different ones it met.
fn rename_in_glue(glue: &str, names: &HashMap<String, String>) -> (String, usize) {
    let mut out = String::with_capacity(glue.len());
    let mut met = std::collections::HashSet::new();
    let mut rest = glue;
    while !rest.is_empty() {
        let length = rest.find(|letter| !is_identifier(letter)).unwrap_or(rest.len());
        let word = &rest[..length];
        if let Some((old, new)) = names.get_key_value(word) {
            met.insert(old);
            out.push_str(new);
        } else {
            out.push_str(word);
        }
        let after = rest[length..]
            .find(is_identifier)
            .map_or(rest.len(), |offset| length + offset);
        out.push_str(&rest[length..after]);
        rest = &rest[after..];
    }
    (out, met.len())
}

const fn is_identifier(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '_' || letter == '$'
}

/// `$a`, `$b` … `$ba`: names that the glue itself does not use.
fn short_name(mut number: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
        if number == 0 {
            break;
        }
    }
    letters.push('$');
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A module that imports two functions from `w` and has one more section.
    fn module(first: &str, second: &str) -> Vec<u8> {
        let mut imports = vec![2];
        for name in [first, second] {
            put_bytes(&mut imports, b"w");
            put_bytes(&mut imports, name.as_bytes());
            imports.extend([FUNCTION, 0]);
        }
        let mut out = b"\0asm\x01\0\0\0".to_vec();
        out.push(IMPORT_SECTION);
        put_bytes(&mut out, &imports);
        out.push(10);
        put_bytes(&mut out, &[7; 200]);
        out
    }

    #[test]
    fn imports_get_short_names_on_both_sides() {
        let glue = "const i = { __wbg_get_0123: function() {}, __wbg_get_01234: () => __wbg_get_0123 };";
        let (short, script) =
            shorten(&module("__wbg_get_0123", "__wbg_get_01234"), glue).expect("a module that can be read");
        assert_eq!(short, module("$a", "$b"));
        assert_eq!(script, "const i = { $a: function() {}, $b: () => $a };");
    }

    #[test]
    fn an_import_that_the_glue_does_not_know_stops_the_build() {
        assert!(shorten(&module("one", "two"), "const i = { one: 1 };").is_err());
    }

    #[test]
    fn a_broken_module_stops_the_build() {
        let mut broken = module("one", "two");
        broken.truncate(20);
        assert!(shorten(&broken, "one two").is_err());
    }

    #[test]
    fn short_names_do_not_repeat() {
        let names: std::collections::HashSet<String> = (0..2000).map(short_name).collect();
        assert_eq!(names.len(), 2000);
        assert_eq!(short_name(27), "$bb");
    }
}
