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

/// A mail address as typed, without what a Chinese keyboard puts into it: full-width letters and signs, `。` for the
/// point, spaces.
pub fn tidy_address(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '。' | '．' => '.',
            '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            c => c,
        })
        .collect()
}

/// Longest mail address, in bytes (RFC 5321).
pub const ADDRESS_MAX: usize = 254;

/// Whether a text has the form of a mail address. Whether anybody reads what goes there only a message can tell.
pub fn is_address(text: &str) -> bool {
    let Some((local, host)) = text.rsplit_once('@') else {
        return false;
    };
    let is_atom = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~-".contains(c);
    let is_local = (1..=64).contains(&local.len())
        && local
            .split('.')
            .all(|part| !part.is_empty() && part.chars().all(is_atom));
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let ends_well = host
        .rsplit_once('.')
        .is_some_and(|(_, last)| last.len() >= 2 && last.starts_with(|c: char| c.is_ascii_alphabetic()));
    text.len() <= ADDRESS_MAX && is_local && ends_well && host.split('.').all(is_label)
}

// A minute of the day travels as a number.
crate::wire!(Preferences { sms, email, webhook, pace, quiet } Quiet { from, to });

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_chinese_keyboard_puts_into_an_address_is_taken_out() {
        assert_eq!(tidy_address(" ｚｈａｎｇ＠example。com　"), "zhang@example.com");
    }

    #[test]
    fn an_address_has_one_name_and_one_host() {
        for good in ["a@b.cn", "zhang.san+1@mail.example.com", "o'brien@x-y.museum", "1@2.co"] {
            assert!(is_address(good), "{good}");
        }
        let long = ["x".repeat(65), "@b.cn".to_owned()].concat();
        for wrong in [
            "",
            "zhang",
            "@b.cn",
            "a@",
            "a@b",
            "a@b.c",
            "a@b..cn",
            "a@-b.cn",
            "a@b-.cn",
            "a.@b.cn",
            ".a@b.cn",
            "a b@c.cn",
            "a@b@c.cn",
            "张@b.cn",
            "a@b.1",
            "a@例子.cn",
            &long,
        ] {
            assert!(!is_address(wrong), "{wrong}");
        }
    }
}
