//! Words about what went wrong in browsers.

use liaison_domain::client_error::ClientErrorKind;

pub const TITLE: &str = "页面故障";
pub const LEAD: &str = "群众和工作人员的手机、电脑上，页面的互动部分打不开或者停住的次数。只记次数和地方，不记是谁。保留90天。发布新版以后，来这里看一眼：新版的次数明显多，就先退回上一版。";
pub const NONE: &str = "这90天里没有收到页面故障。";

/// What went wrong.
pub fn kind(code: &str) -> &'static str {
    match ClientErrorKind::from_code(code) {
        Some(ClientErrorKind::Slow) => "八秒还没打开",
        Some(ClientErrorKind::Network) => "没有下载下来",
        Some(ClientErrorKind::Old) => "浏览器太旧，用了简洁版",
        Some(ClientErrorKind::Broken) => "启动时出错",
        Some(ClientErrorKind::Crashed) => "用着停住了",
        Some(ClientErrorKind::Script) => "小差错，还能接着用",
        None => "其他",
    }
}

/// 「12 次」.
pub fn times(count: u64) -> String {
    [&count.to_string(), " 次"].concat()
}

/// 「现在的版本 3f9a…」.
pub fn build(name: &str, is_this: bool) -> String {
    match name {
        "other" => "更早的版本".to_owned(),
        name if is_this => ["现在的版本 ", name].concat(),
        name => ["版本 ", name].concat(),
    }
}
