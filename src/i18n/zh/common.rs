//! Words of the frame around every page, and words that stand in many places.

use liaison_domain::lifecycle::{LetterKind, Role};
use std::fmt::Display;

pub const SKIP: &str = "跳到正文";
pub const NAV: &str = "主要页面";
pub const NAV_HOME: &str = "首页";
// Short enough for one line of the narrowest phone, also in large type.
pub const NAV_DEPUTIES: &str = "代表";
pub const NAV_RECEPTIONS: &str = "接待";
pub const NAV_STATIONS: &str = "联络站";
pub const NAV_CASES: &str = "答复";
pub const NAV_MINE: &str = "我的";
pub const NAV_EVENTS: &str = "活动";
pub const NAV_HELP: &str = "帮助";

pub const MODE_ELDER: &str = "大字版";
pub const MODE_NORMAL: &str = "标准版";
pub const ELDER_BAR: &str = "大字版工具";
pub const ELDER_CALL: &str = "打电话";
pub const ELDER_LARGER: &str = "字大些";
pub const ELDER_LARGEST: &str = "已最大";
pub const ELDER_SMALLER: &str = "字小些";
pub const ELDER_SMALLEST: &str = "已最小";
pub const ELDER_READ: &str = "朗读";
pub const ELDER_STOP: &str = "停下来";

pub const DEMO_LABEL: &str = "演示说明";
pub const DEMO: &str = "演示站点：人和事都是虚构的，请勿填真实信息";

pub const FOOTER_LAW: &str =
    "依据《地方各级人民代表大会和地方各级人民政府组织法》和《全国人民代表大会和地方各级人民代表大会代表法》设立。";
pub const FOOTER_EMERGENCY: &str = "紧急情况请拨 110（公安）、119（火警）、120（急救）。";
pub const FOOTER_PRIVACY: &str = "隐私说明";
pub const FOOTER_A11Y: &str = "无障碍说明";
pub const FOOTER_STAFF: &str = "代表和工作人员入口";
pub const FOOTER_LINKS: &str = "说明和入口";

pub const BACK: &str = "返回";
pub const MORE: &str = "更多";
pub const SEARCH: &str = "查找";
pub const CLEAR: &str = "清除条件";
pub const ALL: &str = "全部";
pub const OPTIONAL: &str = "（可不填）";
pub const ERROR_PREFIX: &str = "错误：";
pub const CLOSE: &str = "关闭";
pub const RELOAD: &str = "重新加载";
pub const GO_HOME: &str = "回首页";
pub const LOADING: &str = "正在打开…";
pub const OFFLINE: &str = "网络断了。您填的内容都在，连上网后会接着来。";
pub const CHOOSE: &str = "请选择";
pub const PICTURES: &str = "图片";

pub const NOT_FOUND: &str = "没有找到这个页面";
pub const NOT_FOUND_TEXT: &str = "可能是网址少了几个字，也可能是内容已经撤下。可以从这里继续：";
pub const FAILED: &str = "页面没能打开";
pub const FAILED_TEXT: &str = "不是您操作的问题。请过一会儿再试，着急的话打联络站电话。";
pub const GONE_RECEPTION: &str = "接待时间请打电话问联络站。";

pub const CALL: &str = "打电话";

/// 「打电话 0000-1234567」, the accessible name of a phone link.
pub fn call(phone: &str) -> String {
    format!("{CALL} {phone}")
}

/// The number to give when asking about an error.
pub fn request_id(id: &str) -> String {
    format!("打电话时请报这个编号：{id}")
}

/// 「共 46 位」 and the like.
pub fn total(n: impl Display, counter: &str) -> String {
    format!("共 {n} {counter}")
}

/// 「看过 20 条，共 46 条」.
pub fn shown_of(shown: usize, total: impl Display) -> String {
    format!("已显示 {shown} 条，共 {total} 条")
}

/// 「第 2 张图片」 where no better words exist.
pub fn picture(n: usize) -> String {
    format!("第 {n} 张图片")
}

/// What kind of letter it is.
pub fn kind(kind: LetterKind) -> &'static str {
    match kind {
        LetterKind::Help => "求助",
        LetterKind::Suggestion => "建议",
        LetterKind::Complaint => "投诉",
        LetterKind::Question => "咨询",
        LetterKind::Praise => "表扬",
    }
}

/// What each kind of letter is for.
pub fn kind_hint(kind: LetterKind) -> &'static str {
    match kind {
        LetterKind::Help => "遇到了困难，想请人帮着解决",
        LetterKind::Suggestion => "有个主意，能让大家更方便",
        LetterKind::Complaint => "有事没办好，想要个说法",
        LetterKind::Question => "想弄清楚一件事怎么办",
        LetterKind::Praise => "有人有事做得好，想说一声",
    }
}

/// Who acts, when no name is to be told.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Resident => "您",
        Role::Deputy => "代表",
        Role::UnitOfficer | Role::UnitLeader => "承办单位",
        Role::StationOfficer | Role::StationLeader | Role::Moderator => "联络站",
        Role::Auditor => "审计员",
        Role::Admin => "管理员",
        Role::System => "系统",
    }
}

pub const DESK: &str = "代表和工作人员入口";
pub const DESK_WAIT: &str = "工作台正在打开，通常只要几秒。";
pub const DESK_SCRIPT: &str = "工作台要用到脚本。请在浏览器设置里打开 JavaScript，再重新加载这一页。";
