//! Words of the desk's pages about restrictions. Drawn by the server alone; the page's name stands in the app's head.

pub const TITLE: &str = "提醒和限制";
pub const LEAD: &str = "一位提出，负责人审批，申诉由第三位来定。到时间自动解除。";
pub const PROPOSE: &str = "提出一项";
pub const PROPOSE_FROM: &str = "提醒或限制这位来信人";
pub const PROPOSE_LEAD: &str =
    "先提醒，再限次，最后才限制；走到哪一步由以前的记录决定，不能自己选。负责人批准后才生效。";
pub const LETTERS: &str = "能证明的来信编号";
pub const LETTERS_HINT: &str = "一行一个，都要是同一位来信人的。辱骂、纠缠工作人员一封就够，其他至少两封。";
pub const GROUND: &str = "哪一种情况";
pub const REASON: &str = "告诉来信人的原因";
pub const REASON_HINT: &str = "会原样给来信人看。写清楚哪几件事、已经怎样答复过，不用评价人。500 字以内。";
pub const PROPOSE_DO: &str = "提交给负责人审批";
pub const PERSON: &str = "来信人";
pub const STATION: &str = "联络站";
pub const PROPOSED: &str = "提出";
pub const DECIDED: &str = "审批";
pub const STANDS: &str = "状态";
pub const TERM: &str = "期限";
pub const BEFORE: &str = "以前的记录";
pub const EVIDENCE: &str = "依据的来信";
pub const DECIDE: &str = "审批";
pub const DECIDE_LEAD: &str = "批准后马上生效，并告诉来信人。";
pub const DECIDE_WORDS: &str = "审批意见";
pub const DECIDE_HINT: &str = "只给站内看。不批准要写明理由。";
pub const APPROVE: &str = "批准";
pub const REFUSE: &str = "不批准";
pub const HEAR: &str = "处理申诉";
pub const HEAR_WORDS: &str = "给来信人的答复";
pub const HEAR_HINT: &str = "会原样给来信人看。";
pub const OVERTURN: &str = "申诉成立，撤销";
pub const UPHOLD: &str = "维持原决定";
pub const LIFT: &str = "提前解除";
pub const LIFT_WORDS: &str = "解除的原因";
pub const LIFT_HINT: &str = "会原样给来信人看。";
pub const LIFT_DO: &str = "提前解除";
pub const LOG: &str = "经过";
pub const BY_ITSELF: &str = "自动";
pub const THE_PERSON: &str = "来信人";
pub const NO_PART: &str = "这一步要由没有经手过的同事或负责人来做。";
pub const APPEAL: &str = "申诉";
pub const REPORT: &str = "半年报告";
pub const REPORT_LEAD: &str = "只有数字，没有人名。";
pub const REPORT_NONE: &str = "还没有批准过任何一项，有了以后这里按半年列出数字。";
pub const COL_HALF: &str = "半年";
pub const COL_MEASURES: &str = "批准";
pub const COL_AGAIN: &str = "其中一年内再次";
pub const COL_APPEALS: &str = "申诉（成立）";
pub const COL_URGENT: &str = "限制期间紧急来信（按急件办）";
pub const FORMULA: &str = "“一年内再次”：批准时，此前一年里已有一项成立的。撤销的不算。";

/// A lane.
pub fn lane(code: &str) -> &'static str {
    match code {
        "proposed" => "等审批",
        "in_force" => "执行中",
        "appeals" => "申诉",
        _ => "已结束",
    }
}

/// What will be in an empty lane.
pub fn lane_empty(code: &str) -> &'static str {
    match code {
        "proposed" => "没有等审批的。同事提出后会到这里，等负责人来定。",
        "in_force" => "现在没有执行中的提醒或限制。",
        "appeals" => "没有等决定的申诉。来信人申诉后会到这里，由没有经手过的同事来定。",
        _ => "还没有结束的。到期、解除、撤销和没有批准的会到这里。",
    }
}

/// A row of the log.
pub fn act(code: &str) -> &'static str {
    match code {
        "proposed" => "提出",
        "approved" => "批准",
        "refused" => "没有批准",
        "objected" => "申诉",
        "upheld" => "申诉不成立",
        "overturned" => "申诉成立，撤销",
        "lifted" => "提前解除",
        _ => "到期解除",
    }
}

/// What was just done.
pub fn done(code: &str) -> Option<&'static str> {
    Some(match code {
        "proposed" => "已提交，等负责人审批。批准以前来信人不会知道。",
        "approved" => "已批准，马上生效，已告诉来信人。",
        "refused" => "已记下：没有批准。",
        "upheld" => "已维持，结果已告诉来信人。",
        "overturned" => "已撤销，结果已告诉来信人。",
        "lifted" => "已提前解除，已告诉来信人。",
        _ => return None,
    })
}

/// 「2026 年上半年」.
pub fn half(year: i32, half: u32) -> String {
    format!("{year} 年{}半年", if half == 1 { "上" } else { "下" })
}

/// 「3（1）」.
pub fn of(all: u32, part: u32) -> String {
    format!("{all}（{part}）")
}

/// 「2 次」, or none.
pub fn before(count: u32) -> String {
    if count == 0 {
        "没有".to_owned()
    } else {
        format!("{count} 次")
    }
}
