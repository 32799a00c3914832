//! Fresh ids, secrets and their hashes.

use crate::StoreError;
use liaison_domain::numbers::{CODE_LENGTH, normalise_query_code, query_code, show_query_code};
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// A fresh id: UUIDv7 as lower-case text, sortable by the time it was made.
pub fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// A secret of 32 random bytes as 64 hexadecimal digits, for session cookies and tokens.
///
/// # Errors
/// [`StoreError::Randomness`] when the system gives none.
pub fn new_token() -> Result<String, StoreError> {
    Ok(hex(&random::<32>()?))
}

/// SHA-256 as 64 hexadecimal digits. Tokens are stored like this: they are random, so no salt is needed.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// A fresh query code, in groups with dashes.
pub(crate) fn new_query_code() -> Result<String, StoreError> {
    Ok(show_query_code(&query_code(&random::<CODE_LENGTH>()?)))
}

/// So many random decimal digits: to be read out and typed, not to keep a secret.
pub(crate) fn digits(count: usize) -> Result<String, StoreError> {
    let bytes = random::<16>()?;
    // 250 is the largest multiple of ten in a byte: what lies above would make small digits likelier.
    let fair = bytes.iter().map(|byte| if *byte < 250 { byte % 10 } else { 7 });
    Ok(fair.take(count).map(|digit| char::from(b'0' + digit)).collect())
}

/// What is kept of a query code: it opens one letter only, in any spelling. None for what cannot be a code.
pub(crate) fn query_code_hash(no: &str, code: &str) -> Option<String> {
    let code = normalise_query_code(code)?;
    Some(sha256_hex([no, "\n", &code].concat().as_bytes()))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| StoreError::Randomness)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_accepted_however_it_is_copied_and_opens_one_letter_only() {
        let code = new_query_code().expect("randomness");
        let kept = query_code_hash("TH-2026-000001", &code);
        assert!(kept.is_some());
        assert_eq!(
            query_code_hash("TH-2026-000001", &code.to_lowercase().replace('-', " ")),
            kept
        );
        assert_ne!(query_code_hash("TH-2026-000002", &code), kept);
        assert_eq!(query_code_hash("TH-2026-000001", "?"), None);
    }

    #[test]
    fn tokens_are_long_and_new_each_time() {
        let (one, other) = (new_token().expect("randomness"), new_token().expect("randomness"));
        assert_eq!(one.len(), 64);
        assert_ne!(one, other);
    }
}
