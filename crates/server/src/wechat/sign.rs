//! Signatures by which the platform's script trusts one of our pages.

use super::Wechat;
use crate::auth::secret;
use crate::config::is_this_machine;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::http::Uri;
use liaison_domain::dto::JsSignature;
use sha1::{Digest as _, Sha1};

/// Longest address that is signed.
const LONGEST: usize = 2048;

/// Signs an address of our own.
///
/// # Errors
/// [`ApiError::NotFound`] where pages do not load the script; a wrong field for anybody else's address.
pub async fn signature(state: &AppState, url: &str) -> ApiResult<JsSignature> {
    let wechat = state.wechat.as_ref().filter(|wechat| wechat.config.share);
    let wechat = wechat.ok_or(ApiError::NotFound)?;
    // The part behind # never counts.
    let url = url.split('#').next().unwrap_or_default();
    if !is_own(wechat, url) {
        return Err(ApiError::field("url", "invalid"));
    }
    let ticket = wechat.ticket(state).await?;
    let nonce = secret::hex(&secret::random::<8>());
    let timestamp = state.now() / 1000;
    Ok(JsSignature {
        app_id: wechat.config.app_id.clone(),
        signature: sign(&ticket, &nonce, timestamp, url),
        timestamp,
        nonce,
        script: wechat.config.script.to_string(),
    })
}

/// Only configured hosts over https; over http this very machine, for trying things out.
fn is_own(wechat: &Wechat, url: &str) -> bool {
    if url.len() > LONGEST || url.bytes().any(|b| b.is_ascii_control() || b == b' ' || b == b'\\') {
        return false;
    }
    let Some((scheme, rest)) = url.split_once("://") else {
        return false;
    };
    let authority = rest.split(['/', '?']).next().unwrap_or_default().to_lowercase();
    let Ok(read) = authority.parse::<Uri>() else {
        return false;
    };
    let scheme_fits = scheme == "https" || (scheme == "http" && read.host().is_some_and(is_this_machine));
    scheme_fits && wechat.config.hosts.contains(&authority)
}

/// As the platform wants it: the four in this order, SHA-1.
fn sign(ticket: &str, nonce: &str, timestamp: i64, url: &str) -> String {
    let text = format!("jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={url}");
    secret::hex(&Sha1::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::sign;

    /// The example in the platform's own documentation.
    #[test]
    fn the_platforms_example_has_its_signature() {
        let ticket = "sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg";
        let signed = sign(
            ticket,
            "Wm3WZYTPz0wzccnW",
            1_414_587_457,
            "http://mp.weixin.qq.com?params=value",
        );
        assert_eq!(signed, "0f9de62fce790f9a083d5c99e95740ceb90c27ed");
    }
}
