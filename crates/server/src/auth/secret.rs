//! Random tokens and their hashes. Only hashes are stored.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// Length of a token as text.
pub const HEX_LEN: usize = 64;

/// 32 bytes from the operating system, as hexadecimal text.
pub fn token() -> String {
    hex(&random::<32>())
}

/// Bytes from the operating system. A machine without randomness can serve nobody safely, so this ends the request
/// thread rather than hand out something guessable.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    while getrandom::fill(&mut bytes).is_err() {
        // Early at boot the pool may not be ready; it always becomes so.
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    bytes
}

/// SHA-256 as hexadecimal text.
pub fn hash(text: &str) -> String {
    hash_bytes(text.as_bytes())
}

/// SHA-256 of bytes as hexadecimal text.
pub fn hash_bytes(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Whether two secrets are equal, without telling by the time taken where they differ.
pub fn same(a: &str, b: &str) -> bool {
    let (a, b) = (Sha256::digest(a.as_bytes()), Sha256::digest(b.as_bytes()));
    a.iter().zip(b.iter()).fold(0, |different, (x, y)| different | (x ^ y)) == 0
}

/// A code of six digits, each value equally likely.
pub fn six_digits() -> String {
    // The largest multiple of a million that fits, so that no code is likelier than another.
    const LIMIT: u32 = u32::MAX - u32::MAX % 1_000_000;
    loop {
        let number = u32::from_le_bytes(random());
        if number < LIMIT {
            return format!("{:06}", number % 1_000_000);
        }
    }
}

/// HMAC-SHA-256: what only the holder of the key can make.
pub fn hmac(key: &[u8], message: &[u8]) -> [u8; 32] {
    // The standard takes keys of any length, so the way out is never taken.
    Hmac::<Sha256>::new_from_slice(key).map_or([0; 32], |mac| mac.chain_update(message).finalize().into_bytes().into())
}

/// Hexadecimal text, small letters.
pub fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
}

/// The bytes behind hexadecimal text.
pub fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_have_256_bits_and_never_repeat() {
        let (a, b) = (token(), token());
        assert_eq!(a.len(), HEX_LEN);
        assert_ne!(a, b);
    }

    #[test]
    fn codes_are_six_digits() {
        for _ in 0..200 {
            let code = six_digits();
            assert!(code.len() == 6 && code.bytes().all(|b| b.is_ascii_digit()), "{code}");
        }
    }

    #[test]
    fn hmac_is_the_standards() {
        // RFC 4231, test case 2.
        assert_eq!(
            hex(&hmac(b"Jefe", b"what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }

    #[test]
    fn hexadecimal_text_goes_there_and_back() {
        assert_eq!(from_hex(&hex(&[0, 9, 255])), Some(vec![0, 9, 255]));
        assert_eq!(from_hex("0"), None);
        assert_eq!(from_hex("+1"), None);
    }

    #[test]
    fn equal_secrets_are_equal_and_others_are_not() {
        assert!(same("abc", "abc"));
        assert!(!same("abc", "abd"));
        assert!(!same("abc", "ab"));
    }
}
