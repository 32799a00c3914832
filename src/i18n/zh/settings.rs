//! How one is told outside the app: what goes where, when, and what it says.

use liaison_domain::notify::Quiet;

pub const TITLE: &str = "通知设置";
pub const LEAD: &str = "您的意见有了进展，站内消息里都有。这里选要不要再发到手机或邮箱，什么时候发。";
pub const LEAD_STAFF: &str = "来信有了新情况，站内消息里都有。这里选要不要再发到手机或邮箱，什么时候发。";
pub const NO_CHANNEL: &str = "本站现在只有站内消息，还没有接通短信和邮件。接通以后，可以在这里选。";
pub const SAVED: &str = "已保存。从下一条消息起，照您选的发。";
pub const SAVED_NONE: &str = "已保存。以后只有站内消息，不往外发。";

pub const WHERE: &str = "发到哪里";
pub const WEBHOOK: &str = "发到联络站接通的其他方式，例如微信";
pub const EMAIL: &str = "邮箱";
pub const EMAIL_HINT: &str = "填了，消息就发到这个邮箱。不想收邮件，就空着。";

pub const PACE: &str = "多久发一次";
pub const BY_MATTER: &str = "按轻重来";
pub const DIGEST: &str = "都攒着一起发";
pub const AT_ONCE: &str = "有事就发";
pub const AT_ONCE_HINT: &str = "下面选的不发的时间除外。";

pub const QUIET: &str = "什么时间不发";
pub const QUIET_OWN: &str = "自己定";
pub const QUIET_OWN_HINT: &str = "在下面填从几点到几点不发。";
pub const QUIET_NONE: &str = "不分昼夜都可以发";
pub const QUIET_FROM: &str = "自己定的：从几点起不发";
pub const QUIET_TO: &str = "自己定的：到几点为止";

pub const SAVE: &str = "保存";

pub const RULES: &str = "会收到什么";
pub const RULE_ONCE: &str = "一件意见一天最多发一条。当天后来又有的情况，第二天并在一条里发。";
pub const RULE_ONCE_STAFF: &str = "一件来信一天最多发一条。当天后来又有的情况，第二天并在一条里发。";
pub const RULE_WORDS: &str = "消息里只有编号、一句进展和网址，没有您写的内容，也没有姓名和电话。";
pub const RULE_WORDS_STAFF: &str = "消息里只有编号、一句话和网址，没有来信的内容，也没有姓名和电话。";
pub const RULE_URGENT: &str = "紧急事项和督办不等，夜里也马上发。";
pub const RULE_INBOX: &str = "站内消息一直都有。这里怎么选，都不影响办理。";

/// 「发短信到 199****0001」.
pub fn sms(phone: Option<&str>) -> String {
    match phone {
        Some(phone) => format!("发短信到 {phone}"),
        None => "发短信到登录的手机".into(),
    }
}

/// 「21:00」 as people say it: 「晚上 9 点」.
pub fn clock(minute: u32) -> String {
    let (hour, rest) = (minute / 60, minute % 60);
    let part = match hour {
        0..6 => "凌晨",
        6..9 => "早上",
        9..12 => "上午",
        12 => "中午",
        13..18 => "下午",
        _ => "晚上",
    };
    let hour = if hour > 12 { hour - 12 } else { hour };
    match rest {
        0 => format!("{part} {hour} 点"),
        30 => format!("{part} {hour} 点半"),
        rest => format!("{part} {hour} 点 {rest} 分"),
    }
}

fn clocks(minutes: &[u32]) -> String {
    minutes
        .iter()
        .map(|minute| clock(*minute))
        .collect::<Vec<_>>()
        .join("、")
}

/// What 「按轻重来」 means.
pub fn by_matter(staff: bool, digests: &[u32]) -> String {
    let now = if staff {
        "新交办、退回修改、快到期的马上发"
    } else {
        "要您补充的、有了答复的马上发"
    };
    format!("{now}，其余每天{}一起发。", clocks(digests))
}

/// When everything goes together.
pub fn digest(digests: &[u32]) -> String {
    format!("每天{}。", clocks(digests))
}

/// 「跟联络站一样：晚上 9 点到早上 8 点不发」.
pub fn quiet_station(quiet: Quiet) -> String {
    if quiet.from == quiet.to {
        return "跟联络站一样：不分昼夜都发".into();
    }
    format!("跟联络站一样：{}到{}不发", clock(quiet.from), clock(quiet.to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_is_said_as_people_say_it() {
        for (minute, said) in [
            (0, "凌晨 0 点"),
            (8 * 60, "早上 8 点"),
            (9 * 60 + 5, "上午 9 点 5 分"),
            (12 * 60 + 30, "中午 12 点半"),
            (16 * 60 + 30, "下午 4 点半"),
            (21 * 60, "晚上 9 点"),
        ] {
            assert_eq!(clock(minute), said);
        }
    }
}
