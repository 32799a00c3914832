//! Mobile numbers: one spelling inside, masked everywhere people see them, hashed where they are looked up, sealed where
//! they are kept for the day somebody must be called or told.

use super::seal::{self, Sealed};
use super::secret;
use crate::problem::ApiResult;
use crate::state::AppState;
use liaison_domain::numbers;
use liaison_store::people;

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
            encrypted: Some(seal::seal(key, Sealed::Telephone, &self.0)?),
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

/// The number behind what an account keeps; none when it was sealed under another key, or changed since. Whoever shows
/// it to a person leaves a record of that first.
pub fn decrypt(state: &AppState, sealed: &str) -> Option<String> {
    seal::open(&state.phone_key, Sealed::Telephone, sealed)
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
}
