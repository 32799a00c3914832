//! Words of the home page.

pub const TITLE: &str = "首页";
pub const LEAD: &str = "把身边的事告诉人大代表。谁在办、办到哪天，都看得到。";
pub const ACTIONS: &str = "您想做什么";
pub const WRITE: &str = "写给代表";
pub const WRITE_HINT: &str = "不用注册，三五分钟写完";
pub const MEET: &str = "约见代表";
pub const MEET_HINT: &str = "看接待日，预约时间";
pub const TRACK: &str = "查进度";
pub const TRACK_HINT: &str = "用编号或手机号";

pub const RECEPTIONS: &str = "最近的接待日";
pub const RECEPTIONS_ALL: &str = "看全部接待日，预约";
pub const EVENTS_ALL: &str = "看网上接待和议事会，提问";
pub const RECEPTIONS_NONE: &str = "近期的接待日定下来后会写在这里。想当面说，可以先打联络站电话。";
pub const ANSWERED: &str = "刚刚答复的";
pub const ANSWERED_ALL: &str = "看全部公开答复";
pub const ANSWERED_NONE: &str = "居民同意公开的答复会写在这里。";
pub const FIGURES: &str = "办得怎么样";
pub const FIGURES_HOW: &str = "这些数是怎么算的";
pub const FIGURES_FORMULAS: &[(&str, &str)] = &[
    ("受理", "最近12个月正式受理的意见件数。"),
    (
        "按期有答复",
        "有实质答复的件数 ÷ 答复期限已到的受理件数。只说“已转交”不算答复。",
    ),
    (
        "居民满意",
        "评分60分以上且没有一项低于3分的评价数 ÷ 全部评价数。没有评价的不算满意。",
    ),
    (
        "问题解决",
        "（已解决的件数 + 部分解决的件数的一半）÷ 回答了“解决了吗”的件数，不含不需要解决的。",
    ),
    ("答复用时", "从提交到实质答复的天数排在正中间的那个数。不足5件不算。"),
];
pub const FIG_ACCEPTED: &str = "受理";
pub const FIG_ANSWERED: &str = "按期有答复";
pub const FIG_SATISFIED: &str = "居民满意";
pub const FIG_SOLVED: &str = "问题解决";
pub const FIG_DAYS: &str = "答复用时";
pub const TOO_FEW: &str = "样本不足";

/// 「358 件」.
pub fn cases(n: u32) -> String {
    format!("{n} 件")
}

/// 「近12个月」.
pub const BASE_ACCEPTED: &str = "近12个月";

/// 「到期 60 件，已答 55 件」.
pub fn base_answered(due: u32, answered: u32) -> String {
    format!("到期 {due} 件，答了 {answered} 件")
}

/// 「41 人评价」.
pub fn base_rated(rated: u32) -> String {
    format!("{rated} 件有评价")
}

/// 「38 人回答」.
pub fn base_solved(asked: u32) -> String {
    format!("{asked} 件有回答")
}

/// 「9 天」.
pub fn days(median: f64) -> String {
    format!("{} 天", whole(median))
}

pub const BASE_DAYS: &str = "一半以上不超过这么久";

/// 「91%」; 「样本不足」 below five.
pub fn percent(part: f64, base: u32) -> String {
    if base < 5 {
        TOO_FEW.to_owned()
    } else {
        format!("{}%", whole(part * 100.0 / f64::from(base)))
    }
}

/// Rounded. Writing fractions would bring their machinery into the bundle.
fn whole(value: f64) -> u32 {
    (value + 0.5) as u32
}
