//! Staff passwords: Argon2id on a blocking thread, never more than two at once, and as much work for a name nobody
//! has as for one somebody has.

use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use std::sync::OnceLock;

/// Longest password accepted, in bytes; guards the hash function, far above what anybody types.
pub const MAX_BYTES: usize = 256;

fn hasher() -> Argon2<'static> {
    // OWASP's first choice: 19 MiB, two passes. The parameters are constants within the library's limits.
    let params = Params::new(19 * 1024, 2, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Hashes a password; slow on purpose, so call it on a blocking thread or at seeding.
pub fn hash(password: &str) -> ApiResult<String> {
    hasher()
        .hash_password(password.as_bytes())
        .map(|hash: PasswordHash| hash.to_string())
        .map_err(|e| ApiError::internal("hashing a password", e))
}

/// Whether the password fits. `stored` is none for unknown names: the same work is done and the answer is no.
pub async fn verify(state: &AppState, password: String, stored: Option<String>) -> ApiResult<bool> {
    let _turn = state
        .hashing
        .acquire()
        .await
        .map_err(|e| ApiError::internal("waiting for a turn", e))?;
    tokio::task::spawn_blocking(move || {
        let known = stored.is_some();
        let stored = stored.unwrap_or_else(|| nobody().to_owned());
        let fits = hasher().verify_password(password.as_bytes(), stored.as_str()).is_ok();
        known && fits
    })
    .await
    .map_err(|e| ApiError::internal("checking a password", e))
}

/// The hash of a password nobody knows.
fn nobody() -> &'static str {
    static NOBODY: OnceLock<String> = OnceLock::new();
    NOBODY.get_or_init(|| hash(&super::secret::token()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_argon2id_and_salted() {
        let (a, b) = (hash("同一个口令").expect("a hash"), hash("同一个口令").expect("a hash"));
        assert!(a.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{a}");
        assert_ne!(a, b);
    }
}
