//! Mobile numbers: one spelling inside, masked everywhere people see them, hashed where they are looked up.

use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Eleven digits, as numbers in mainland China are.
#[derive(Clone, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    /// Accepts full-width digits, spaces, dashes, brackets, and the country code.
    pub fn parse(text: &str) -> Option<Self> {
        let mut digits = String::with_capacity(14);
        for c in text.trim().chars() {
            match c {
                '0'..='9' => digits.push(c),
                '０'..='９' => digits.push(char::from(b'0' + (u32::from(c) - u32::from('０')) as u8)),
                ' ' | '\u{3000}' | '\u{a0}' | '-' | '－' | '–' | '—' | '(' | ')' | '（' | '）' | '+' | '＋' | '.' => {}
                _ => return None,
            }
        }
        let digits = digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86")).unwrap_or(&digits);
        (digits.len() == 11 && digits.starts_with('1')).then(|| Self(digits.to_owned()))
    }

    /// 「199****0001」.
    pub fn masked(&self) -> String {
        format!("{}****{}", &self.0[..3], &self.0[7..])
    }

    /// HMAC-SHA-256 under the installation's key: eleven digits alone could be tried out in seconds.
    pub fn hash(&self, key: &[u8; 32]) -> String {
        hmac(key, self.0.as_bytes()).iter().fold(String::with_capacity(64), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
    }

    /// The digits, for the adapter that sends the code; never for a log.
    pub fn digits(&self) -> &str {
        &self.0
    }
}

/// Not even a debug line shows a number.
impl std::fmt::Debug for Phone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.masked())
    }
}

fn hmac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    let mut block = [0_u8; 64];
    block[..32].copy_from_slice(key);
    let inner = Sha256::new().chain_update(block.map(|b| b ^ 0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(block.map(|b| b ^ 0x5c)).chain_update(inner).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_any_spelling_people_use() {
        for text in ["19900000001", "199-0000-0001", " 199 0000 0001 ", "+86 19900000001", "0086-19900000001", "１９９００００００01"] {
            assert_eq!(Phone::parse(text).map(|p| p.0).as_deref(), Some("19900000001"), "{text}");
        }
        for text in ["", "1990000000", "29900000001", "199000000012", "一九九", "19900000001x"] {
            assert!(Phone::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn nothing_shows_the_whole_number() {
        let phone = Phone::parse("19900000001").expect("a number");
        assert_eq!(phone.masked(), "199****0001");
        assert_eq!(format!("{phone:?}"), "199****0001");
    }

    #[test]
    fn the_hash_depends_on_the_key() {
        let phone = Phone::parse("19900000001").expect("a number");
        assert_ne!(phone.hash(&[0; 32]), phone.hash(&[1; 32]));
        assert_eq!(phone.hash(&[7; 32]), phone.hash(&[7; 32]));
    }

    #[test]
    fn hmac_is_the_standards() {
        // RFC 4231, test case 2, with its short key filled up as the standard says.
        let mut key = [0; 32];
        key[..4].copy_from_slice(b"Jefe");
        let expected = [0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e];
        assert_eq!(hmac(&key, b"what do ya want for nothing?")[..8], expected);
    }
}
