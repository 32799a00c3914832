//! Files by which platforms see whose host this is, such as `/MP_verify_ab12.txt`: exact names from one folder, looked for
//! where no page has the address.

use super::problem::PageResult;
use crate::problem::ApiError;
use crate::state::AppState;
use axum::extract::State;
use axum::http::{HeaderValue, Method, Uri, header};
use axum::response::IntoResponse;

/// Longest name before its `.txt`.
const LONGEST: usize = 80;
/// Largest file: these hold a line.
const LARGEST: usize = 4096;

/// The name of a proof, if an address is one: letters, digits, `_`, `-` and `.txt`, and no folder.
fn name(path: &str) -> Option<&str> {
    let name = path.strip_prefix('/')?;
    let stem = name.strip_suffix(".txt")?;
    let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    (!stem.is_empty() && stem.len() <= LONGEST && stem.bytes().all(fits)).then_some(name)
}

/// The proof that was asked for; everything else is not there.
pub async fn or_not_found(State(state): State<AppState>, method: Method, uri: Uri) -> PageResult {
    let name = name(uri.path()).filter(|_| matches!(method, Method::GET | Method::HEAD));
    let Some(name) = name else {
        return Err(ApiError::NotFound.into());
    };
    let read = tokio::fs::read(state.config.proofs.join(name)).await;
    let text = read
        .ok()
        .filter(|bytes| bytes.len() <= LARGEST)
        .ok_or(ApiError::NotFound)?;
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn only_plain_names_of_text_files_are_proofs() {
        assert_eq!(name("/MP_verify_aB3x.txt"), Some("MP_verify_aB3x.txt"));
        assert_eq!(name("/WW_verify_x.txt"), Some("WW_verify_x.txt"));
        for other in [
            "/",
            "/.txt",
            "/a.html",
            "/a/b.txt",
            "/../phone.key",
            "/..%2fphone.txt",
            "/%2e%2e/a.txt",
            "/a b.txt",
            "a.txt",
            "/中.txt",
            "/a..txt",
        ] {
            assert_eq!(name(other), None, "{other}");
        }
    }
}
