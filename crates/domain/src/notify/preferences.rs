//! What a person wants to be told outside the app, and when not.

use crate::Millis;
use crate::calendar::{DAY_MS, MINUTE_MS, date_of, minute_of_day};
use crate::lifecycle::coded_enum;
use serde::{Deserialize, Serialize};

coded_enum! {
    /// A way out of the app.
    ChannelKind {
        /// 短信.
        Sms = "sms",
        /// 电子邮件.
        Email = "email",
        /// What the station connected by webhook: `WeChat`, `DingTalk`, a gateway of its own.
        Webhook = "webhook",
    }
}

coded_enum! {
    /// How a person wants to be told.
    Pace {
        /// As the matrix says.
        ByMatter = "by_matter",
        /// Everything with the digest; emergencies stay emergencies.
        Digest = "digest",
        /// Everything at once, outside quiet hours.
        AtOnce = "at_once",
    }
}

/// Hours in which only emergencies go out, as minutes since midnight; `from` may lie after `to`. Equal: no quiet hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Quiet {
    pub from: u32,
    pub to: u32,
}

impl Quiet {
    /// Whether a moment is quiet.
    pub const fn holds(self, at: Millis) -> bool {
        let minute = minute_of_day(at);
        if self.from <= self.to {
            self.from <= minute && minute < self.to
        } else {
            self.from <= minute || minute < self.to
        }
    }

    /// The moment itself, or when the quiet around it ends.
    pub fn over(self, at: Millis) -> Millis {
        if !self.holds(at) {
            return at;
        }
        let today = date_of(at).start() + Millis::from(self.to) * MINUTE_MS;
        if today > at { today } else { today + DAY_MS }
    }
}

/// What a person chose; kept as JSON. What is missing holds as by default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Preferences {
    pub sms: bool,
    pub email: bool,
    pub webhook: bool,
    pub pace: Pace,
    /// Quiet hours of one's own; none: the station's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quiet: Option<Quiet>,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            sms: true,
            email: true,
            webhook: true,
            pace: Pace::ByMatter,
            quiet: None,
        }
    }
}

impl Preferences {
    /// As kept with an account; what cannot be read counts as nothing chosen.
    pub fn read(kept: Option<&str>) -> Self {
        kept.and_then(|text| serde_json::from_str(text).ok())
            .unwrap_or_default()
    }

    /// Whether a way out is open.
    pub const fn wants(&self, channel: ChannelKind) -> bool {
        match channel {
            ChannelKind::Sms => self.sms,
            ChannelKind::Email => self.email,
            ChannelKind::Webhook => self.webhook,
        }
    }
}

// A minute of the day travels as a number.
crate::wire!(Preferences { sms, email, webhook, pace, quiet } Quiet { from, to });
