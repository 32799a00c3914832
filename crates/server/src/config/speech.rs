//! Settings of the service that turns recordings into text.

use super::ConfigError;
use super::layers::Layers;
use axum::http::Uri;
use std::fmt;
use std::time::Duration;

/// The service.
#[derive(Clone)]
pub struct SpeechConfig {
    pub url: Uri,
    /// Shown to it with each recording; none: it asks for nothing.
    pub token: Option<String>,
    pub timeout: Duration,
}

// The address may hold a secret, and the token is one.
impl fmt::Debug for SpeechConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SpeechConfig({})", self.url.host().unwrap_or_default())
    }
}

impl SpeechConfig {
    pub(super) fn from_layers(layers: &Layers) -> Result<Option<Self>, ConfigError> {
        let Some(url) = layers.optional("speech.url") else {
            return Ok(None);
        };
        let url: Uri = url
            .parse()
            .ok()
            .filter(|url: &Uri| matches!(url.scheme_str(), Some("http" | "https")) && url.host().is_some())
            .ok_or_else(|| layers.invalid("speech.url", "not http(s)://HOST/PATH".to_owned()))?;
        Ok(Some(Self {
            url,
            token: layers.optional("speech.token"),
            timeout: Duration::from_secs(layers.number("speech.timeout_seconds", 1..=600)? as u64),
        }))
    }
}
