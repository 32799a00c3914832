//! Settings of `WeChat`.

use super::ConfigError;
use super::layers::Layers;
use axum::http::Uri;
use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

/// The station's service account.
#[derive(Clone)]
pub struct WechatConfig {
    pub app_id: String,
    pub app_secret: String,
    /// Hosts (with their port, if it is another than usual) that may be signed for.
    pub hosts: Vec<String>,
    /// Pages load the platform's script.
    pub share: bool,
    /// Residents may log in by it.
    pub login: bool,
    /// The platform's script.
    pub script: Uri,
    pub api: Uri,
    pub authorize: String,
    pub timeout: Duration,
}

// The secret stays out of debug lines.
impl fmt::Debug for WechatConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WechatConfig({})", self.app_id)
    }
}

impl WechatConfig {
    pub(super) fn from_layers(layers: &Layers, public_url: Option<&str>) -> Result<Option<Self>, ConfigError> {
        let Some(app_id) = layers.optional("wechat.app_id") else {
            return Ok(None);
        };
        let Some(app_secret) = layers.optional("wechat.app_secret") else {
            return Err(layers.invalid("wechat.app_secret", "is empty".to_owned()));
        };
        let Some(own) = public_url.and_then(|url| url.split_once("://")).map(|(_, host)| host) else {
            let why = "is needed for WeChat: whole addresses stand in what is shared".to_owned();
            return Err(layers.invalid("server.public_url", why));
        };
        let mut hosts: Vec<String> = layers.list("wechat.hosts");
        hosts.retain(|host| !host.is_empty());
        if let Some(wrong) = hosts.iter().find(|host| host.contains('/')) {
            return Err(layers.invalid("wechat.hosts", format!("`{wrong}` is not a host")));
        }
        if hosts.is_empty() {
            hosts.push(own.to_owned());
        }
        Ok(Some(Self {
            app_id,
            app_secret,
            hosts: hosts.iter().map(|host| host.to_lowercase()).collect(),
            share: layers.switch("wechat.share"),
            login: layers.switch("wechat.login"),
            script: address(layers, "wechat.script")?,
            api: address(layers, "wechat.api")?,
            authorize: address(layers, "wechat.authorize")?.to_string(),
            timeout: Duration::from_secs(layers.number("wechat.timeout_seconds", 1..=60)? as u64),
        }))
    }
}

/// An https address; http only to this very machine, for trying things out.
fn address(layers: &Layers, key: &str) -> Result<Uri, ConfigError> {
    let fits = |url: &Uri| match (url.scheme_str(), url.host()) {
        (Some("https"), Some(_)) => true,
        (Some("http"), Some(host)) => is_this_machine(host),
        _ => false,
    };
    let url = layers.text(key).parse().ok().filter(fits);
    url.ok_or_else(|| layers.invalid(key, "is not https://HOST/PATH".to_owned()))
}

/// Whether a host's name means this very machine.
pub(crate) fn is_this_machine(host: &str) -> bool {
    host == "localhost"
        || host
            .trim_matches(['[', ']'])
            .parse::<IpAddr>()
            .is_ok_and(|ip| ip.is_loopback())
}
