//! Mobile numbers: one spelling inside, masked everywhere people see them, hashed where they are looked up, sealed where
//! they are kept for the day somebody must be called or told.

use super::secret;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use liaison_domain::numbers;
use liaison_store::people;
use sha2::Sha256;

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
        secret::hex(&secret::hmac(key, self.0.as_bytes()))
    }

    /// As an account keeps it: hashed to be found, masked to be shown, sealed to be called.
    pub fn kept(&self, key: &[u8; 32]) -> ApiResult<people::Phone> {
        Ok(people::Phone {
            hash: self.hash(key),
            masked: self.masked(),
            encrypted: Some(seal(key, &self.0)?),
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

/// How the first (and so far only) way of sealing begins; another key or cipher gets another one.
const SEAL: &str = "1.";
/// Bytes of the cipher's nonce: long enough to be drawn by lot.
const NONCE: usize = 24;

/// The number behind what an account keeps; none when it was sealed under another key, or changed since. Whoever shows
/// it to a person leaves a record of that first.
pub fn decrypt(state: &AppState, sealed: &str) -> Option<String> {
    open(&state.phone_key, sealed)
}

fn seal(key: &[u8; 32], digits: &str) -> ApiResult<String> {
    let nonce: [u8; NONCE] = secret::random();
    let hidden = cipher(key)
        .and_then(|cipher| cipher.encrypt(&XNonce::from(nonce), digits.as_bytes()).ok())
        .ok_or_else(|| ApiError::internal("sealing a number", "the cipher refused"))?;
    Ok([SEAL, &secret::hex(&nonce), &secret::hex(&hidden)].concat())
}

fn open(key: &[u8; 32], sealed: &str) -> Option<String> {
    let bytes = secret::from_hex(sealed.strip_prefix(SEAL)?)?;
    let (nonce, hidden) = bytes.split_at_checked(NONCE)?;
    let nonce: [u8; NONCE] = nonce.try_into().ok()?;
    let digits = cipher(key)?.decrypt(&XNonce::from(nonce), hidden).ok()?;
    String::from_utf8(digits).ok()
}

/// One secret, two uses: the key for sealing is derived from the one for hashing (RFC 5869) and tells nothing about it.
fn cipher(key: &[u8; 32]) -> Option<XChaCha20Poly1305> {
    let mut own = [0; 32];
    Hkdf::<Sha256>::new(None, key)
        .expand(b"liaison: telephone numbers, 1", &mut own)
        .ok()?;
    Some(XChaCha20Poly1305::new(&Key::from(own)))
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
    fn a_sealed_number_opens_under_its_key_alone() {
        let sealed = seal(&[7; 32], "19900000001").expect("sealed");
        assert_eq!(open(&[7; 32], &sealed).as_deref(), Some("19900000001"));
        assert_eq!(open(&[8; 32], &sealed), None, "another key");
        assert!(!sealed.contains("1990000"), "{sealed}");
        assert_ne!(
            sealed,
            seal(&[7; 32], "19900000001").expect("sealed"),
            "never twice the same"
        );
    }

    #[test]
    fn a_sealed_number_that_was_touched_stays_shut() {
        let sealed = seal(&[7; 32], "19900000001").expect("sealed");
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
            assert_eq!(open(&[7; 32], &broken), None, "{broken}");
        }
    }
}
