//! Texts that lie in the database and are read by their owner alone, or by somebody who gave a reason: sealed under a key
//! that the database does not hold.

use super::secret;
use crate::problem::{ApiError, ApiResult};
use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sha2::Sha256;

/// What is sealed. Each has a key of its own: what was sealed as one opens as no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sealed {
    /// A telephone number.
    Telephone,
    /// Notes of a talk that are not finished.
    Notes,
    /// A letter that is not finished.
    Letter,
    /// A token that a platform gave to the station.
    Platform,
}

impl Sealed {
    /// What its key is derived with; never changed, or nothing that is kept opens any more.
    const fn info(self) -> &'static [u8] {
        match self {
            Self::Telephone => b"liaison: telephone numbers, 1",
            Self::Notes => b"liaison: unfinished notes, 1",
            Self::Letter => b"liaison: unfinished letters, 1",
            Self::Platform => b"liaison: platform tokens, 1",
        }
    }
}

/// How the first (and so far only) way of sealing begins; another key or cipher gets another one.
const SEAL: &str = "1.";
/// Bytes of the cipher's nonce: long enough to be drawn by lot.
const NONCE: usize = 24;

/// Seals a text.
///
/// # Errors
/// The cipher refused.
pub fn seal(key: &[u8; 32], what: Sealed, text: &str) -> ApiResult<String> {
    let nonce: [u8; NONCE] = secret::random();
    let hidden = cipher(key, what)
        .and_then(|cipher| cipher.encrypt(&XNonce::from(nonce), text.as_bytes()).ok())
        .ok_or_else(|| ApiError::internal("sealing a text", "the cipher refused"))?;
    Ok([SEAL, &secret::hex(&nonce), &secret::hex(&hidden)].concat())
}

/// What was sealed; none under another key, or when it changed since.
pub fn open(key: &[u8; 32], what: Sealed, sealed: &str) -> Option<String> {
    let bytes = secret::from_hex(sealed.strip_prefix(SEAL)?)?;
    let (nonce, hidden) = bytes.split_at_checked(NONCE)?;
    let nonce: [u8; NONCE] = nonce.try_into().ok()?;
    let text = cipher(key, what)?.decrypt(&XNonce::from(nonce), hidden).ok()?;
    String::from_utf8(text).ok()
}

/// One secret, several uses: a key for sealing is derived from the one for hashing (RFC 5869) and tells nothing about it.
fn cipher(key: &[u8; 32], what: Sealed) -> Option<XChaCha20Poly1305> {
    let mut own = [0; 32];
    Hkdf::<Sha256>::new(None, key).expand(what.info(), &mut own).ok()?;
    Some(XChaCha20Poly1305::new(&Key::from(own)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_text_opens_under_its_key_alone() {
        let sealed = seal(&[7; 32], Sealed::Telephone, "19900000001").expect("sealed");
        let opened = |key, what| open(key, what, &sealed);
        assert_eq!(opened(&[7; 32], Sealed::Telephone).as_deref(), Some("19900000001"));
        assert_eq!(opened(&[8; 32], Sealed::Telephone), None, "another key");
        assert_eq!(opened(&[7; 32], Sealed::Notes), None, "another use");
        assert!(!sealed.contains("1990000"), "{sealed}");
        let again = seal(&[7; 32], Sealed::Telephone, "19900000001").expect("sealed");
        assert_ne!(sealed, again, "never twice the same");
    }

    #[test]
    fn a_number_sealed_by_the_first_release_still_opens() {
        let sealed = concat!(
            "1.000102030405060708090a0b0c0d0e0f1011121314151617",
            "0db67eae0b3c9f9813d74806f031cff86dcfec6ff3bbfccc28bc0f",
        );
        assert_eq!(
            open(&[7; 32], Sealed::Telephone, sealed).as_deref(),
            Some("19900000001")
        );
    }

    #[test]
    fn a_sealed_text_that_was_touched_stays_shut() {
        let sealed = seal(&[7; 32], Sealed::Telephone, "19900000001").expect("sealed");
        let last = if sealed.ends_with('0') { "1" } else { "0" };
        for broken in [
            [&sealed[..sealed.len() - 1], last].concat(),
            sealed[..sealed.len() - 2].to_owned(),
            sealed.replacen(SEAL, "2.", 1),
            "1.00".to_owned(),
            "1.zz".to_owned(),
            "1.é0".to_owned(),
            String::new(),
        ] {
            assert_eq!(open(&[7; 32], Sealed::Telephone, &broken), None, "{broken}");
        }
    }
}
