//! The configuration as the program uses it.

use super::ConfigError;
use super::layers::Layers;
use super::notify::NotifyConfig;
use super::speech::SpeechConfig;
use super::wechat::WechatConfig;
use liaison_domain::Millis;
use liaison_domain::limits::Limits;
use liaison_store::receptions::BookTerms;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::path::PathBuf;

const MINUTE: Millis = 60_000;
const HOUR: Millis = 60 * MINUTE;
const DAY: Millis = 24 * HOUR;

/// Everything the server runs by.
#[derive(Clone, Debug)]
pub struct Config {
    pub addr: SocketAddr,
    pub data: PathBuf,
    pub web: PathBuf,
    /// Proofs for platforms whose host this is.
    pub proofs: PathBuf,
    /// Scheme and host people type, without a slash at the end.
    pub public_url: Option<String>,
    pub insecure_cookie: InsecureCookie,
    pub trusted_proxies: Vec<Network>,
    pub log: String,
    pub log_format: LogFormat,
    /// `None`: `SQLite` in `data`.
    pub database_url: Option<String>,
    pub station: StationNames,
    /// Reasons and channels; `None`: what ships.
    pub library: Option<PathBuf>,
    /// Under which phones are hashed; `None`: kept in `data`.
    pub phone_key: Option<[u8; 32]>,
    /// A made-up district: codes are shown on the page and logging in takes one tap.
    pub demo: bool,
    /// The program that sends codes.
    pub sms_command: Option<PathBuf>,
    pub session: SessionLimits,
    pub link: LinkLimits,
    pub otp: OtpLimits,
    /// Writing requests from one address in a minute; 0 switches the limit off.
    pub writes_per_minute: u32,
    /// Letters one account may hand in within a day; 0 switches the limit off.
    pub letters_per_day: u64,
    pub uploads: UploadLimits,
    /// How long a letter that is not finished is kept.
    pub drafts_keep: Millis,
    pub tick_seconds: u64,
    pub reception: ReceptionConfig,
    pub notify: NotifyConfig,
    /// `None`: nothing of `WeChat` is there.
    pub wechat: Option<WechatConfig>,
    /// Absent when not configured.
    pub speech: Option<SpeechConfig>,
    pub limits: Limits,
}

/// Names that stand on pages.
#[derive(Clone, Debug)]
pub struct StationNames {
    pub name: String,
    pub district: String,
    pub phone: String,
    pub phone_hours: String,
    /// Letters that begin a letter's number.
    pub number_prefix: String,
}

/// Whether a session cookie may travel over plain http.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InsecureCookie {
    /// Only between this machine and itself.
    Auto,
    /// Never.
    Never,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

/// How long logins last, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct SessionLimits {
    pub resident_idle: Millis,
    pub resident_absolute: Millis,
    pub staff_idle: Millis,
    pub staff_absolute: Millis,
}

/// Links that log in once, in milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct LinkLimits {
    /// Of the link.
    pub lifetime: Millis,
    /// Of the login.
    pub session: Millis,
}

/// Codes by text message.
#[derive(Clone, Copy, Debug)]
pub struct OtpLimits {
    /// Milliseconds.
    pub lifetime: Millis,
    pub attempts: u32,
    /// Milliseconds.
    pub resend: Millis,
    /// Codes asked for from one network address in an hour.
    pub per_address_per_hour: u32,
    pub per_hour: u64,
    pub per_day: u64,
}

/// Pictures, recordings and videos.
#[derive(Clone, Copy, Debug)]
pub struct UploadLimits {
    /// Of a picture.
    pub max_bytes: u64,
    pub max_pixels: u64,
    /// Milliseconds.
    pub keep: Millis,
    /// Longest recording.
    pub voice_seconds: u32,
    pub voice_bytes: u64,
    /// 0: no videos are taken.
    pub video_bytes: u64,
}

/// Schedules and bookings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceptionConfig {
    /// How far ahead receptions are planned.
    pub plan_months: u32,
    /// Days before a reception by which it is to be announced.
    pub announce_days: u32,
    terms: BookTerms,
}

impl ReceptionConfig {
    /// What holds for bookings.
    pub const fn terms(&self) -> &BookTerms {
        &self.terms
    }

    fn from_layers(layers: &Layers) -> Result<Self, ConfigError> {
        let text = layers.text("reception.remind_hours");
        let mut remind_hours = Vec::new();
        for part in text
            .split([',', '，', '、'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            let hours = part.parse().ok().filter(|hours| (1..=720).contains(hours));
            let wrong = || {
                layers.invalid(
                    "reception.remind_hours",
                    format!("`{part}` is not a number of hours (1–720)"),
                )
            };
            remind_hours.push(hours.ok_or_else(wrong)?);
        }
        remind_hours.sort_unstable_by(|one: &u32, other| other.cmp(one));
        remind_hours.dedup();
        Ok(Self {
            plan_months: layers.number("reception.plan_months", 1..=24)? as u32,
            announce_days: layers.number("reception.announce_days", 0..=60)? as u32,
            terms: BookTerms {
                closes_hours: layers.number("reception.closes_hours", 0..=240)? as u32,
                offer_hours: layers.number("reception.offer_hours", 1..=240)? as u32,
                remind_hours,
                misses: layers.number("reception.misses", 0..=100)? as u32,
                miss_days: layers.number("reception.miss_days", 1..=730)? as u32,
            },
        })
    }
}

/// An address or a network such as `10.0.0.0/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

impl Network {
    /// Reads `10.0.0.0/8`, `::1`, `192.168.1.4`.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, bits) = text.split_once('/').map_or((text, None), |(a, b)| (a, Some(b)));
        let address: IpAddr = address.trim().parse().ok()?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.map_or(Some(most), |b| b.trim().parse().ok())?;
        (bits <= most).then_some(Self { address, bits })
    }

    /// Whether the address lies in this network.
    pub fn contains(&self, other: IpAddr) -> bool {
        match (self.address, other.to_canonical()) {
            (IpAddr::V4(a), IpAddr::V4(b)) => {
                let shift = 32 - u32::from(self.bits);
                u32::from(a).checked_shr(shift).unwrap_or(0) == u32::from(b).checked_shr(shift).unwrap_or(0)
            }
            (IpAddr::V6(a), IpAddr::V6(b)) => {
                let shift = 128 - u32::from(self.bits);
                u128::from(a).checked_shr(shift).unwrap_or(0) == u128::from(b).checked_shr(shift).unwrap_or(0)
            }
            _ => false,
        }
    }
}

impl Config {
    /// Checks every value and gives it its type.
    pub fn from_layers(layers: &Layers) -> Result<Self, ConfigError> {
        let addr = layers.text("server.addr");
        let addr = addr
            .to_socket_addrs()
            .ok()
            .and_then(|mut found| found.next())
            .ok_or_else(|| layers.invalid("server.addr", format!("`{addr}` is not HOST:PORT")))?;
        let trusted_proxies = layers
            .list("server.trusted_proxies")
            .iter()
            .map(|text| {
                Network::parse(text)
                    .ok_or_else(|| layers.invalid("server.trusted_proxies", format!("`{text}` is not a network")))
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            addr,
            data: PathBuf::from(layers.text("server.data")),
            web: PathBuf::from(layers.text("server.web")),
            proofs: layers.optional("server.proofs").map_or_else(
                || PathBuf::from(layers.text("server.data")).join("wellknown"),
                PathBuf::from,
            ),
            public_url: public_url(layers)?,
            insecure_cookie: choice(
                layers,
                "server.insecure_cookie",
                &[("auto", InsecureCookie::Auto), ("never", InsecureCookie::Never)],
            )?,
            trusted_proxies,
            log: layers.text("server.log"),
            log_format: choice(
                layers,
                "server.log_format",
                &[("text", LogFormat::Text), ("json", LogFormat::Json)],
            )?,
            database_url: layers.optional("database.url"),
            station: StationNames {
                name: layers.text("station.name"),
                district: layers.text("station.district"),
                phone: layers.text("station.phone"),
                phone_hours: layers.text("station.phone_hours"),
                number_prefix: layers.text("station.number_prefix"),
            },
            library: layers.optional("station.library").map(PathBuf::from),
            phone_key: phone_key(layers)?,
            demo: layers.switch("demo.enabled"),
            sms_command: layers.optional("sms.command").map(PathBuf::from),
            session: SessionLimits {
                resident_idle: layers.number("session.resident_idle_days", 1..=365)? * DAY,
                resident_absolute: layers.number("session.resident_days", 1..=730)? * DAY,
                staff_idle: layers.number("session.staff_idle_minutes", 5..=1440)? * MINUTE,
                staff_absolute: layers.number("session.staff_hours", 1..=168)? * HOUR,
            },
            link: LinkLimits {
                lifetime: layers.number("link.days", 1..=60)? * DAY,
                session: layers.number("link.session_hours", 1..=168)? * HOUR,
            },
            otp: OtpLimits {
                lifetime: layers.number("otp.minutes", 1..=10)? * MINUTE,
                attempts: layers.number("otp.attempts", 1..=10)? as u32,
                resend: layers.number("otp.resend_seconds", 0..=3600)? * 1000,
                per_address_per_hour: layers.number("otp.per_address_per_hour", 1..=100_000)? as u32,
                per_hour: layers.number("otp.per_hour", 1..=1000)? as u64,
                per_day: layers.number("otp.per_day", 1..=1000)? as u64,
            },
            writes_per_minute: layers.number("rate.writes_per_minute", 0..=100_000)? as u32,
            letters_per_day: layers.number("rate.letters_per_day", 0..=100_000)? as u64,
            uploads: UploadLimits {
                max_bytes: layers.number("uploads.max_bytes", 10_000..=100_000_000)? as u64,
                max_pixels: layers.number("uploads.max_pixels", 1_000_000..=200_000_000)? as u64,
                keep: layers.number("uploads.keep_hours", 1..=720)? * HOUR,
                voice_seconds: layers.number("uploads.voice_seconds", 5..=600)? as u32,
                voice_bytes: layers.number("uploads.voice_max_bytes", 100_000..=100_000_000)? as u64,
                video_bytes: layers.number("uploads.video_max_bytes", 0..=2_000_000_000)? as u64,
            },
            drafts_keep: layers.number("drafts.keep_days", 1..=365)? * DAY,
            tick_seconds: layers.number("jobs.tick_seconds", 1..=3600)? as u64,
            reception: ReceptionConfig::from_layers(layers)?,
            notify: NotifyConfig::from_layers(layers)?,
            wechat: WechatConfig::from_layers(layers, public_url(layers)?.as_deref())?,
            speech: SpeechConfig::from_layers(layers)?,
            limits: limits(layers)?,
        })
    }

    /// Where the database is.
    pub fn database(&self) -> String {
        self.database_url
            .clone()
            .unwrap_or_else(|| format!("sqlite://{}?mode=rwc", self.data.join("liaison.db").display()))
    }
}

fn public_url(layers: &Layers) -> Result<Option<String>, ConfigError> {
    let Some(url) = layers.optional("server.public_url") else {
        return Ok(None);
    };
    let url = url.trim_end_matches('/').to_owned();
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains('/') => Ok(Some(url)),
        _ => Err(layers.invalid("server.public_url", format!("`{url}` is not https://HOST"))),
    }
}

fn phone_key(layers: &Layers) -> Result<Option<[u8; 32]>, ConfigError> {
    let Some(text) = layers.optional("security.phone_key") else {
        return Ok(None);
    };
    parse_key(&text)
        .map(Some)
        .ok_or_else(|| layers.invalid("security.phone_key", "not 64 hexadecimal digits".to_owned()))
}

/// A key of 32 bytes from 64 hexadecimal digits.
pub(crate) fn parse_key(text: &str) -> Option<[u8; 32]> {
    let text = text.trim();
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut key = [0; 32];
    for (at, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[at * 2..at * 2 + 2], 16).ok()?;
    }
    Some(key)
}

pub(super) fn choice<T: Copy>(layers: &Layers, key: &str, options: &[(&str, T)]) -> Result<T, ConfigError> {
    let text = layers.text(key);
    options
        .iter()
        .find(|(name, _)| *name == text)
        .map(|(_, value)| *value)
        .ok_or_else(|| {
            let names: Vec<_> = options.iter().map(|(name, _)| *name).collect();
            layers.invalid(key, format!("`{text}` is none of: {}", names.join(", ")))
        })
}

fn limits(layers: &Layers) -> Result<Limits, ConfigError> {
    let mut table = toml::Table::new();
    for row in Limits::default().rows() {
        let key = format!("limits.{}", row.key);
        let Some((value, _)) = layers.get(&key) else { continue };
        // One by one, so that the error names the setting.
        let mut single = toml::Table::new();
        single.insert(row.key.to_owned(), value.clone());
        single
            .try_into::<Limits>()
            .map_err(|e| layers.invalid(&key, format!("expected {}", e.message())))?;
        table.insert(row.key.to_owned(), value.clone());
    }
    table
        .try_into()
        .map_err(|e: toml::de::Error| layers.invalid("limits", e.message().to_owned()))
}
