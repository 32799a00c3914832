//! Mobile numbers: one spelling inside, masked everywhere people see them, hashed where they are looked up.

use liaison_domain::numbers;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// Eleven digits, as numbers in mainland China are.
#[derive(Clone, PartialEq, Eq)]
pub struct Phone(String);

impl Phone {
    /// In any spelling people use.
    pub fn parse(text: &str) -> Option<Self> {
        numbers::normalise_phone(text).map(Self)
    }

    /// 「199****0001」.
    pub fn masked(&self) -> String {
        numbers::mask_phone(&self.0)
    }

    /// HMAC-SHA-256 under the installation's key: eleven digits alone could be tried out in seconds.
    pub fn hash(&self, key: &[u8; 32]) -> String {
        hmac(key, self.0.as_bytes())
            .iter()
            .fold(String::with_capacity(64), |mut out, byte| {
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
    let inner = Sha256::new()
        .chain_update(block.map(|b| b ^ 0x36))
        .chain_update(message)
        .finalize();
    Sha256::new()
        .chain_update(block.map(|b| b ^ 0x5c))
        .chain_update(inner)
        .finalize()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

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
