//! Words about messages to telephones and mailboxes.

use liaison_domain::Millis;
use liaison_domain::notify::OutboxState;

use crate::i18n::dates;

pub const TITLE: &str = "短信和邮件";
pub const LEAD: &str = "发到手机和邮箱的提醒都在这里。提醒只有编号和大概的情况，没有来信内容，也没有姓名和电话。";
pub const STATES: &str = "按状态看";
pub const FORBIDDEN: &str = "这一页归系统管理员和监督员看。要查某条提醒发没发出去，请找他们。";
pub const RETRY: &str = "再发一次";
pub const RETRIED: &str = "已放回待发，马上会再发";
pub const URGENT: &str = "紧急";
pub const RESIDENT: &str = "群众";

/// The heading of a list, with how many there are.
pub fn counted(state: OutboxState, count: u64) -> String {
    [self::state(state), " ", &count.to_string()].concat()
}

pub const fn state(state: OutboxState) -> &'static str {
    match state {
        OutboxState::Dead => "没发出去",
        OutboxState::Waiting => "待发",
        OutboxState::Sent => "已发出",
    }
}

/// An empty list.
pub const fn none(state: OutboxState) -> &'static str {
    match state {
        OutboxState::Dead => "没有发不出去的提醒。",
        OutboxState::Waiting => "没有待发的提醒。",
        OutboxState::Sent => "还没有发出过提醒。",
    }
}

/// A channel by its code.
pub fn channel(code: &str) -> &'static str {
    match code {
        "sms" => "短信",
        "email" => "邮件",
        _ => "接口",
    }
}

/// 「试过3次，下次 9月12日 14:05」.
pub fn tried(attempts: u32, next_at: Option<Millis>, now: Millis) -> String {
    let tried = match attempts {
        0 => "还没有试".to_owned(),
        n => format!("试过{n}次"),
    };
    match next_at {
        Some(at) => [&tried, "，下次 ", &dates::date_time(at, now)].concat(),
        None => tried,
    }
}

/// 「9月12日 14:05 发出」.
pub fn sent(at: Millis, now: Millis) -> String {
    [&dates::date_time(at, now), " 发出"].concat()
}

/// Why it was not taken, and what to do.
pub fn error(code: &str) -> String {
    let words = match code {
        "no_address" => "这个人没有留下可用的号码或邮箱。",
        "address_wrong" => "邮箱地址写得不对，请联系本人更正。",
        "no_channel" => "这种方式已经不用了，请检查服务器的配置。",
        "unreachable" => "连不上对方的服务器。",
        "timeout" => "对方的服务器太久没有回应。",
        "tls" => "没能和对方的服务器建立安全连接，请检查证书和配置。",
        "tls_certificate" => "对方服务器的证书不可信；自己签发的，请在配置里写上签发者的证书。",
        "mail_settings" => "邮件服务器不支持配置里的加密或登录方式。",
        "sms_failed" => "发短信的程序没有成功。",
        "smtp_530" | "smtp_534" | "smtp_535" | "smtp_538" => "邮件服务器不认配置里的用户名或密码。",
        code if code.starts_with("smtp_4") => "邮件服务器暂时不收。",
        code if code.starts_with("smtp_") => "邮件服务器拒收，多半是地址不存在。",
        code if code.starts_with("http_3") => "接口要求转到别的地址，没有跟过去，请检查配置。",
        code if code.starts_with("http_5") => "接口那边出了问题。",
        code if code.starts_with("http_") => "接口拒收。",
        _ => "没有发出去。",
    };
    match code.split_once('_') {
        Some(("smtp" | "http", number)) => [words, "（", number, "）"].concat(),
        _ => words.to_owned(),
    }
}
