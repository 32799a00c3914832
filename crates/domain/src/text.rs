//! Small helpers for what people type: full-width letters, the many dashes and blanks.

/// The half-width twin of a full-width character (`Ａ` → `A`, `０` → `0`, ideographic space → space); else itself.
pub const fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => match char::from_u32(c as u32 - 0xFEE0) {
            Some(half) => half,
            None => c,
        },
        _ => c,
    }
}

/// Blanks and dashes of any kind, which people put between groups of digits.
pub fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '_' | '.' | '·' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FF0D}' | '\u{30FC}' | '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{2060}')
}

/// Half-width, upper case, without separators: the form in which numbers and codes are compared.
pub(crate) fn compact(text: &str) -> String {
    text.chars()
        .map(half_width)
        .filter(|c| !is_separator(*c))
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// Chinese, Japanese or Korean characters, which are written without blanks between words.
pub const fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{3040}'..='\u{30FF}'
        | '\u{AC00}'..='\u{D7AF}' | '\u{20000}'..='\u{323AF}' | '\u{3007}')
}
