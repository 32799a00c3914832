//! Settings of what goes out to telephones and mailboxes.

use super::ConfigError;
use super::layers::Layers;
use super::typed::choice;
use super::wechat::is_this_machine;
use axum::http::Uri;
use lettre::message::Mailbox;
use liaison_domain::Millis;
use liaison_domain::calendar::DAY_MS;
use liaison_domain::notify::{Quiet, Timing};
use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// When messages go out, how stubbornly, and by which ways.
#[derive(Clone, Debug)]
pub struct NotifyConfig {
    pub timing: Timing,
    /// Tries before a message is given up.
    pub tries: u32,
    /// Wait after the first failed try, in milliseconds.
    pub backoff: Millis,
    /// How long a message that was sent is kept, in milliseconds.
    pub keep_sent: Millis,
    /// Whether the program that sends codes sends messages too.
    pub sms: bool,
    /// Certificates of authorities that mail server and gateway may be vouched for by, besides the machine's.
    pub ca_file: Option<PathBuf>,
    pub smtp: Option<SmtpConfig>,
    pub webhook: Option<WebhookConfig>,
}

/// How the line to the mail server is guarded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpTls {
    Starttls,
    Tls,
    /// To this very machine only.
    None,
}

/// The mail server.
#[derive(Clone)]
pub struct SmtpConfig {
    pub host: String,
    pub port: u16,
    pub tls: SmtpTls,
    /// Name and password.
    pub login: Option<(String, String)>,
    pub from: Mailbox,
}

/// Who a post is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebhookAddress {
    Account,
    Phone,
}

/// The gateway.
#[derive(Clone)]
pub struct WebhookConfig {
    pub url: Uri,
    pub secret: String,
    pub channel: String,
    pub address: WebhookAddress,
    pub timeout: Duration,
}

// Passwords, and addresses that may hold some, stay out of debug lines.
impl fmt::Debug for SmtpConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SmtpConfig({}:{}, {:?})", self.host, self.port, self.tls)
    }
}

impl fmt::Debug for WebhookConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "WebhookConfig({})", self.url.host().unwrap_or_default())
    }
}

impl NotifyConfig {
    pub(super) fn from_layers(layers: &Layers) -> Result<Self, ConfigError> {
        Ok(Self {
            timing: Timing {
                quiet: Quiet {
                    from: minute(layers, "notify.quiet_from")?,
                    to: minute(layers, "notify.quiet_to")?,
                },
                digests: minutes(layers, "notify.digest_at")?,
                grace: layers.number("notify.grace_seconds", 0..=3600)? * 1000,
            },
            tries: layers.number("notify.tries", 1..=50)? as u32,
            backoff: layers.number("notify.backoff_seconds", 1..=3600)? * 1000,
            keep_sent: layers.number("notify.keep_sent_days", 1..=3650)? * DAY_MS,
            sms: layers.switch("notify.sms"),
            ca_file: layers.optional("notify.ca_file").map(PathBuf::from),
            smtp: smtp(layers)?,
            webhook: webhook(layers)?,
        })
    }
}

fn smtp(layers: &Layers) -> Result<Option<SmtpConfig>, ConfigError> {
    let Some(host) = layers.optional("notify.smtp.host") else {
        return Ok(None);
    };
    let tls = choice(
        layers,
        "notify.smtp.tls",
        &[
            ("starttls", SmtpTls::Starttls),
            ("tls", SmtpTls::Tls),
            ("none", SmtpTls::None),
        ],
    )?;
    if tls == SmtpTls::None && !is_this_machine(&host) {
        return Err(layers.invalid("notify.smtp.tls", "`none` is for this very machine alone".to_owned()));
    }
    let from = layers.text("notify.smtp.from");
    let from = from
        .parse()
        .map_err(|_| layers.invalid("notify.smtp.from", format!("`{from}` is not a mail address")))?;
    Ok(Some(SmtpConfig {
        host,
        port: layers.number("notify.smtp.port", 1..=65_535)? as u16,
        tls,
        login: layers
            .optional("notify.smtp.user")
            .map(|user| (user, layers.text("notify.smtp.password"))),
        from,
    }))
}

fn webhook(layers: &Layers) -> Result<Option<WebhookConfig>, ConfigError> {
    let Some(url) = layers.optional("notify.webhook.url") else {
        return Ok(None);
    };
    let url: Uri = url
        .parse()
        .ok()
        .filter(|url: &Uri| matches!(url.scheme_str(), Some("http" | "https")) && url.host().is_some())
        .ok_or_else(|| layers.invalid("notify.webhook.url", "not http(s)://HOST/PATH".to_owned()))?;
    let secret = layers.text("notify.webhook.secret");
    if secret.len() < 16 {
        return Err(layers.invalid("notify.webhook.secret", "shorter than 16 characters".to_owned()));
    }
    Ok(Some(WebhookConfig {
        url,
        secret,
        channel: layers.text("notify.webhook.channel"),
        address: choice(
            layers,
            "notify.webhook.address",
            &[("account", WebhookAddress::Account), ("phone", WebhookAddress::Phone)],
        )?,
        timeout: Duration::from_secs(layers.number("notify.webhook.timeout_seconds", 1..=60)? as u64),
    }))
}

/// `21:00` as minutes since midnight.
fn minute(layers: &Layers, key: &str) -> Result<u32, ConfigError> {
    let text = layers.text(key);
    read_minute(&text).ok_or_else(|| layers.invalid(key, format!("`{text}` is not a time of day such as 21:00")))
}

fn minutes(layers: &Layers, key: &str) -> Result<Vec<u32>, ConfigError> {
    let text = layers.text(key);
    let all: Option<Vec<u32>> = text.split(',').map(|part| read_minute(part.trim())).collect();
    all.ok_or_else(|| layers.invalid(key, format!("`{text}` is not a list of times such as 9:00, 16:30")))
}

fn read_minute(text: &str) -> Option<u32> {
    let (hour, minute) = text.split_once(':')?;
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}
