//! What an installation may want to set: one list of settings, four origins, one typed result.
//!
//! Precedence, weakest first: default, file, environment, flag.

mod definitions;
mod layers;
mod notify;
mod sample;
mod speech;
mod typed;
mod wechat;

pub use definitions::{Setting, settings};
pub use layers::{Layers, Origin, Overrides};
pub use notify::{NotifyConfig, SmtpConfig, SmtpTls, WebhookAddress, WebhookConfig};
pub use sample::{sample, show};
pub use speech::SpeechConfig;
pub(crate) use typed::parse_key;
pub use typed::{Config, InsecureCookie, LogFormat, Network, OtpLimits, SessionLimits, StationNames, UploadLimits};
pub use wechat::WechatConfig;
pub(crate) use wechat::is_this_machine;

/// A setting that cannot be used; one line a person can act on.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the configuration {path}: {why}")]
    Unreadable { path: String, why: String },
    /// The file is not TOML.
    #[error("the configuration {path} is not valid TOML: {why}")]
    NotToml { path: String, why: String },
    /// A key nobody knows, most often a slip of the pen.
    #[error("unknown setting `{key}` in {origin}; `liaison-server config sample` lists all of them")]
    Unknown { key: String, origin: String },
    /// A value of the wrong kind or out of its range.
    #[error("setting `{key}` from {origin}: {why}")]
    Invalid { key: String, origin: String, why: String },
}
