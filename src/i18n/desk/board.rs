//! The words of a unit's board.

#![allow(missing_docs, reason = "a constant here is its own text")]

pub const TITLE: &str = "任务看板";
pub const LEAD: &str = "本单位没办完的任务，按阶段和期限排。点标题打开。";
pub const TO_BOARD: &str = "任务看板";
pub const TO_LANES: &str = "回到任务列表";
pub const EMPTY: &str = "现在没有没办完的任务。";
pub const STAGE: &str = "阶段";
pub const NONE: &str = "无";

/// A stage of the work.
pub fn stage(code: &str) -> &'static str {
    match code {
        "to_sign" => "待签收",
        "working" => "办理中",
        "signing" => "内部审签",
        "in_review" => "待联络站审核",
        "promise" => "承诺跟踪",
        _ => "其他",
    }
}

/// When it is due.
pub fn due(code: &str) -> &'static str {
    match code {
        "overdue" => "已超期",
        "today" => "今天",
        "soon" => "3 天内",
        "week" => "本周",
        _ => "以后",
    }
}

/// 「还有 5 件」, below those that are shown.
pub fn more(count: usize) -> String {
    ["还有 ", &count.to_string(), " 件"].concat()
}
