//! The numbers people copy from a slip of paper: case numbers, query codes, telephones. Each is built in one form and
//! read in any that people use.

use crate::calendar::push_padded;
use crate::text::compact;

/// Digits of a case's serial number.
const SERIAL_DIGITS: usize = 6;
/// Characters of a query code.
pub const CODE_LENGTH: usize = 10;
/// Crockford's base 32: no I, L, O, U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// `TH-2026-004213`: the tenant's letters, the year, the year's serial number in six digits or more.
pub fn case_no(prefix: &str, year: i32, serial: u32) -> String {
    let mut text = String::with_capacity(prefix.len() + 12);
    text.push_str(prefix);
    text.push('-');
    push_padded(&mut text, year as u32, 4);
    text.push('-');
    push_padded(&mut text, serial, SERIAL_DIGITS);
    text
}

/// The case number meant by what somebody typed: any case, full width, blanks and dashes or none, O for 0, I or L for 1,
/// leading zeros left out, the prefix left out.
pub fn normalise_case_no(typed: &str, default_prefix: &str) -> Option<String> {
    let typed = compact(typed);
    let letters = typed.len() - typed.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
    let (prefix, rest) = typed.split_at(letters);
    let digits: Option<String> = rest
        .chars()
        .map(look_alike)
        .map(|c| c.is_ascii_digit().then_some(c))
        .collect();
    let digits = digits?;
    if prefix.len() > 4 || !(5..=13).contains(&digits.len()) {
        return None;
    }
    let (year, serial) = digits.split_at(4);
    let year: i32 = year.parse().ok().filter(|year| (2000..=2999).contains(year))?;
    let serial: u32 = serial.parse().ok().filter(|serial| *serial > 0)?;
    Some(case_no(
        if prefix.is_empty() { default_prefix } else { prefix },
        year,
        serial,
    ))
}

/// O is meant as 0, I and L as 1.
const fn look_alike(c: char) -> char {
    match c {
        'O' => '0',
        'I' | 'L' => '1',
        _ => c,
    }
}

/// A query code from ten random bytes: 50 bits, ten characters, as stored and compared.
pub fn query_code(random: &[u8; CODE_LENGTH]) -> String {
    random
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte & 31)]))
        .collect()
}

/// The code as people read it: `XXXX-XXX-XXX`. Anything that is no code comes back as it is.
pub fn show_query_code(code: &str) -> String {
    if code.len() != CODE_LENGTH || !code.is_ascii() {
        return code.to_owned();
    }
    [&code[..4], &code[4..7], &code[7..]].join("-")
}

/// The code meant by what somebody typed: any case, full width, blanks and dashes or none, O for 0, I or L for 1.
pub fn normalise_query_code(typed: &str) -> Option<String> {
    let code: String = compact(typed).chars().map(look_alike).collect();
    (code.len() == CODE_LENGTH && code.bytes().all(|byte| ALPHABET.contains(&byte))).then_some(code)
}

/// The eleven digits of a Chinese mobile number meant by what somebody typed: with +86, 0086 or 86, full width, blanks,
/// dashes, brackets. 199-0000-0001, the demo's pattern, is one.
pub fn normalise_phone(typed: &str) -> Option<String> {
    let digits: String = compact(typed).chars().filter(|c| !matches!(c, '(' | ')')).collect();
    let digits = digits
        .strip_prefix("+86")
        .or_else(|| digits.strip_prefix("0086"))
        .unwrap_or(&digits);
    let digits = if digits.len() == 13 {
        digits.strip_prefix("86").unwrap_or(digits)
    } else {
        digits
    };
    let bytes = digits.as_bytes();
    let fits = bytes.len() == 11 && bytes.iter().all(u8::is_ascii_digit) && bytes[0] == b'1' && bytes[1] >= b'3';
    fits.then(|| digits.to_owned())
}

/// `199****0001`. Anything that is no mobile number becomes stars.
pub fn mask_phone(phone: &str) -> String {
    match normalise_phone(phone) {
        Some(digits) => [&digits[..3], "****", &digits[7..]].concat(),
        None => "****".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_number_is_found_however_it_is_typed() {
        for typed in [
            "TH-2026-004213",
            "th2026004213",
            "ＴＨ－２０２６－００４２１３",
            " th 2026 4213 ",
            "TH2O26OO42I3",
            "2026-004213",
            "TH—2026—004213",
        ] {
            assert_eq!(
                normalise_case_no(typed, "TH").as_deref(),
                Some("TH-2026-004213"),
                "typed as {typed}"
            );
        }
        for typed in [
            "",
            "TH",
            "TH-2026",
            "TH-1026-1",
            "TH-2026-0",
            "HELLO-2026-1",
            "TH-2026-00421X",
            "编号2026",
        ] {
            assert_eq!(normalise_case_no(typed, "TH"), None, "{typed} is no case number");
        }
        assert_eq!(case_no("TH", 2026, 1_234_567), "TH-2026-1234567");
        assert_eq!(
            normalise_case_no("th20261234567", "TH").as_deref(),
            Some("TH-2026-1234567")
        );
    }

    #[test]
    fn a_query_code_is_found_however_it_is_typed() {
        let code = query_code(&[0, 1, 17, 18, 31, 32, 63, 255, 100, 200]);
        assert_eq!(code, "01HJZ0ZZ48");
        assert_eq!(show_query_code(&code), "01HJ-Z0Z-Z48");
        for typed in ["01HJ-Z0Z-Z48", "o1hj z0z z48", "ＯＩＨＪＺ０ＺＺ４８", "OLHJZOZZ48"] {
            assert_eq!(
                normalise_query_code(typed).as_deref(),
                Some(code.as_str()),
                "typed as {typed}"
            );
        }
        for typed in ["", "01HJZ0ZZ4", "01HJZ0ZZ48A", "01HJZ0ZZ4U", "查询码01HJZ0Z"] {
            assert_eq!(normalise_query_code(typed), None, "{typed} is no query code");
        }
    }

    #[test]
    fn a_mobile_number_is_found_however_it_is_typed() {
        for typed in [
            "199-0000-0001",
            "19900000001",
            "+86 199 0000 0001",
            "0086-19900000001",
            "8619900000001",
            "(+86)199 0000 0001",
            "１９９００００ ０００１",
        ] {
            assert_eq!(
                normalise_phone(typed).as_deref(),
                Some("19900000001"),
                "typed as {typed}"
            );
        }
        for typed in [
            "",
            "1990000000",
            "199000000011",
            "12900000001",
            "0571-8888888",
            "1990000000a",
            "手机19900000001",
        ] {
            assert_eq!(normalise_phone(typed), None, "{typed} is no mobile number");
        }
        assert_eq!(mask_phone("19900000001"), "199****0001");
        assert_eq!(mask_phone("nonsense"), "****");
    }
}
