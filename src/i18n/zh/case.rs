//! Words about a letter on its way: states, who has it, what comes next, what can be done.

use liaison_domain::lifecycle::{CaseState, HolderKind, Outcome, Urgency};

/// What a chip says: short.
pub fn state(state: CaseState) -> &'static str {
    match state {
        CaseState::Submitted => "已提交",
        CaseState::ScreeningHold => "核验中",
        CaseState::NeedInfo => "请您补充",
        CaseState::Accepted => "已受理",
        CaseState::WithDeputy => "代表办理中",
        CaseState::Assigned => "已交办",
        CaseState::InProgress => "办理中",
        CaseState::Arbitration => "正在明确承办单位",
        CaseState::ReplyReview => "答复审核中",
        CaseState::Answered => "已答复，请评价",
        CaseState::Disputed => "不满意，待决定",
        CaseState::SecondHandling => "二次办理中",
        CaseState::Tracking => "承诺跟踪中",
        CaseState::Closed => "已办结",
        CaseState::Declined => "未受理",
        CaseState::Referred => "已转别的渠道",
        CaseState::Merged => "已并案",
        CaseState::Withdrawn => "已撤回",
        CaseState::Archived => "已归档",
    }
}

/// What others read on a published copy: nobody asks them to rate.
pub fn public_state(state: CaseState) -> &'static str {
    match state {
        CaseState::Answered => "已答复",
        CaseState::NeedInfo => "等待补充",
        CaseState::Disputed => "居民不满意，待决定",
        other => self::state(other),
    }
}

/// The status line of the resident's page: one sentence. `who` holds it; `promise` is a spoken day.
pub fn status(state: CaseState, who: Option<&str>, promise: Option<&str>) -> String {
    let unit = who.unwrap_or("承办单位");
    match state {
        CaseState::Submitted => "您的意见已经收到，等联络站受理。".into(),
        CaseState::ScreeningHold => "您的意见已经收到，工作人员正在核验。".into(),
        CaseState::NeedInfo => "还需要您补充一点情况。您补充之前，办理期限先停着不算。".into(),
        CaseState::Accepted => "已经受理，联络站正在安排由谁来办。".into(),
        CaseState::WithDeputy => format!("{}正在办理。", who.unwrap_or("代表")),
        CaseState::Assigned => format!("已交给{unit}，等他们签收。"),
        CaseState::InProgress => format!("{unit}正在办理。"),
        CaseState::Arbitration => "几家单位意见不一，正在协商明确由谁来办。".into(),
        CaseState::ReplyReview => "承办单位的答复已经写好，联络站正在审核。".into(),
        CaseState::Answered => "已经答复。请看答复，给办理情况打个分。".into(),
        CaseState::Disputed => "已收到您的不同意见，联络站会决定是否重办，并告诉您理由。".into(),
        CaseState::SecondHandling => format!("正在二次办理，这次由{unit}重新办。"),
        CaseState::Tracking => match promise {
            Some(day) => format!("答复里承诺{day}前完成，到时会核对是否做到。"),
            None => "答复里有承诺，到期会核对是否做到。".into(),
        },
        CaseState::Closed => "这件事已经办结。".into(),
        CaseState::Declined => "这件事没有受理。理由和可以去的地方写在下面。".into(),
        CaseState::Referred => "这件事已转到别的渠道办理。".into(),
        CaseState::Merged => "有人提过同样的事，已经并在一起办，答复时您也会收到。".into(),
        CaseState::Withdrawn => "您已撤回这件意见。".into(),
        CaseState::Archived => "这件意见已归档，个人信息已删除。".into(),
    }
}

/// The chip's icon: a name of the sprite.
pub fn state_icon(state: CaseState) -> &'static str {
    match state {
        CaseState::Submitted | CaseState::ScreeningHold | CaseState::Accepted => "#i-inbox",
        CaseState::NeedInfo => "#i-ask",
        CaseState::WithDeputy
        | CaseState::Assigned
        | CaseState::InProgress
        | CaseState::Arbitration
        | CaseState::ReplyReview
        | CaseState::SecondHandling => "#i-work",
        CaseState::Answered => "#i-answer",
        CaseState::Disputed | CaseState::Declined => "#i-warn",
        CaseState::Tracking => "#i-calendar",
        CaseState::Closed => "#i-good",
        CaseState::Referred | CaseState::Merged => "#i-send",
        CaseState::Withdrawn | CaseState::Archived => "#i-cross",
    }
}

/// The chip's tone: `busy`, `you`, `good`, `bad`, `quiet`.
pub fn state_tone(state: CaseState) -> &'static str {
    match state {
        CaseState::NeedInfo | CaseState::Answered => "you",
        CaseState::Closed => "good",
        CaseState::Disputed | CaseState::Declined => "bad",
        CaseState::Referred | CaseState::Merged | CaseState::Withdrawn | CaseState::Archived => "quiet",
        _ => "busy",
    }
}

/// Who has the ball, when no name is known.
pub fn holder(kind: HolderKind) -> &'static str {
    match kind {
        HolderKind::Resident => "您",
        HolderKind::Office => "联络站",
        HolderKind::Deputy => "代表",
        HolderKind::Unit => "承办单位",
        HolderKind::Nobody => "没有人需要再做什么",
    }
}

/// 「（9月14日 星期一前）」.
pub fn before(day: &str) -> String {
    format!("（{day}前）")
}

/// 「（还有3天）」.
pub fn far(far: &str) -> String {
    format!("（{far}）")
}

/// What comes next, by [`liaison_domain::dto::NextStepView`]'s code.
pub fn next(code: &str) -> &'static str {
    match code {
        "accept" => "联络站决定是否受理",
        "deputy_act" => "代表答复，或请联络站交办",
        "assign" => "联络站交给代表或承办单位",
        "sign" => "承办单位签收",
        "reply" => "承办单位写出答复",
        "review" => "联络站审核后把答复发给您",
        "rate" => "您看答复、打分",
        "decide" => "联络站决定是否重办",
        "decide_return" => "联络站重新明确由谁来办",
        "keep_promise" => "承办单位兑现承诺，联络站核对",
        "resident_answers" => "您补充情况",
        "arbitrate" => "有关单位协商由谁来办",
        "follow_up" => "回答您的追问",
        "parts" => "各部分都答复以后，联络站合起来答复您",
        "lead" => "那一件答复时，您也会收到",
        "appeal" => "您不同意的话，可以在下面提出",
        "reopen" => "还是没解决的话，可以在下面说",
        "way_out" => "请到办理经过里写明的地方去办",
        "left" => "联络站继续办这件事",
        _ => "没有下一步了，有别的事可以再写",
    }
}

/// How it ended.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::A => "已解决或已采纳",
        Outcome::B => "已列入计划，承诺日期",
        Outcome::C => "目前办不了，说明原因",
        Outcome::D => "留作参考",
    }
}

/// How urgent it is; none for ordinary matters.
pub fn urgency(urgency: Urgency) -> Option<&'static str> {
    match urgency {
        Urgency::Normal => None,
        Urgency::Urgent => Some("加急"),
        Urgency::Emergency => Some("特急"),
    }
}

pub const MINE: &str = "我的意见";
pub const MINE_NONE: &str = "您提的意见会列在这里，每一件都能看到谁在办、办到哪天。";
pub const MINE_EVENTS: &str = "我的活动";
pub const MINE_BOOKINGS: &str = "我的预约";
pub const MINE_PRIVACY: &str = "我的信息";
pub const MINE_LOGOUT: &str = "退出";
pub const MINE_NEEDS_YOU: &str = "等您";
pub const NO: &str = "编号";
pub const SUBMITTED: &str = "提交";
pub const UPDATED: &str = "最近变化";

pub const CLOCK: &str = "现在在谁手里";
pub const CLOCK_SINCE: &str = "从哪天起";
pub const CLOCK_DUE: &str = "到哪天止";
pub const CLOCK_NEXT: &str = "接下来";
pub const CLOCK_PAUSED: &str = "期限暂停计算";
pub const CLOCK_NO_DUE: &str = "没有期限";
pub const DUE_ANSWER: &str = "最晚答复";
pub const ELAPSED: &str = "时间都花在哪里";
pub const ELAPSED_IN_ALL: &str = "一共";
pub const TIMELINE: &str = "办理经过";
pub const LETTER: &str = "您写的内容";
pub const LETTER_PUBLIC: &str = "来信";
pub const ANSWER: &str = "答复";
pub const ANSWER_REASON: &str = "原因";
pub const ANSWER_CONTACT: &str = "对答复有疑问，可联系";
pub const ANSWER_RATED: &str = "您的评价";
pub const ABOUT: &str = "这件事";
pub const TO: &str = "写给";
/// The event that a letter came from.
pub const ORIGIN: &str = "来自活动";
pub const PLACE: &str = "地点";
pub const CATEGORY: &str = "类别";
pub const ACTIONS: &str = "您可以";
pub const CALL_STATION: &str = "有疑问，打联络站电话";

pub const QUESTION: &str = "联络站想请您补充";
pub const INFO_LABEL: &str = "您的补充";
pub const INFO_HINT: &str = "想到什么写什么，写完点“发送补充”。";
pub const INFO_SEND: &str = "发送补充";
pub const PHOTOS_LABEL: &str = "附上图片";
pub const SUPPLEMENT: &str = "补充内容";
pub const SUPPLEMENT_HINT: &str = "有了新情况，随时可以补充，办的人都看得到。";
pub const SUPPLEMENT_SEND: &str = "提交补充";
pub const URGE: &str = "催一催";
pub const URGE_HINT: &str = "办的单位会收到提醒。";
pub const URGE_SEND: &str = "催办";
pub const WITHDRAW: &str = "撤回这件意见";
pub const WITHDRAW_HINT: &str = "撤回后就不再办理，也不能恢复。需要时可以重新写一件。";
pub const WITHDRAW_JOINED: &str =
    "还有其他居民反映同一件事。您撤回后，这件事由联络站继续办，但不再给您答复，您也不能再补充或打分。";
pub const WITHDRAW_REASON: &str = "撤回的原因";
pub const WITHDRAW_SEND: &str = "确定撤回";
pub const AUTHOR_LEFT: &str = "您已撤回。还有其他居民反映同一件事，由联络站继续办理。";
pub const APPEAL: &str = "对不受理有异议";
pub const APPEAL_WHY: &str = "说说为什么应该受理。会由另一位工作人员重新看";
pub const APPEAL_CLOSED: &str = "对维持办结有异议";
pub const APPEAL_CLOSED_WHY: &str = "说说为什么应该重办。会由另一位负责人重新看";
pub const APPEAL_SEND: &str = "提出异议";
pub const UNMERGE: &str = "不是同一件事";
pub const UNMERGE_HINT: &str = "如果您的事和另一件不一样，可以分开单独办。";
pub const UNMERGE_SEND: &str = "分开单独办";
pub const FOLLOW_UP: &str = "追问一次";
pub const FOLLOW_UP_LABEL: &str = "您的追问";
pub const FOLLOW_UP_HINT: &str = "对答复还有不清楚的，可以追问一次。一次答复只能追问一次，请一起问清楚。";
pub const FOLLOW_UP_SEND: &str = "发送追问";
pub const FOLLOW_UP_REPLY: &str = "对追问的答复";
pub const YOUR_WORDS: &str = "您刚才写的还在这里，可以复制下来：";
pub const RATE: &str = "给办理情况打分";
pub const RATE_HINT: &str = "大约一分钟。不满意会有人重新看。";
pub const CHANGE: &str = "改评价";
pub const CHANGE_HINT: &str = "您已经评过，还可以改。";
pub const REOPEN: &str = "还是没解决";
pub const REOPEN_HINT: &str = "办结以后可以再提一次，联络站会决定是否重办。";

/// 「最晚 12月1日 星期二 回答。」: until when something that is asked now gets its answer.
pub fn answered_by(day: &str) -> String {
    ["最晚 ", day, " 回答您。"].concat()
}

/// 「，最晚 12月1日 星期二 告诉您结果。」
pub fn told_by(day: &str) -> String {
    ["，最晚 ", day, " 告诉您结果。"].concat()
}

/// 「12月1日 星期二 前都可以。」
pub fn until(day: &str) -> String {
    [day, " 前都可以。"].concat()
}

/// 「还可以催 2 次。」
pub fn urges_left(left: u32) -> String {
    if left == 0 {
        "能催的次数已经用完。着急的话请打联络站电话。".to_owned()
    } else {
        ["还可以催 ", &left.to_string(), " 次。"].concat()
    }
}

/// 「12月1日 星期二 以后可以再催。」
pub fn urge_from(day: &str) -> String {
    [day, " 以后可以催。"].concat()
}

/// 「已并入 TH-2026-000001，一起办。」
pub fn merged_into(no: &str) -> String {
    ["有人提过同样的事。您这件已并入 ", no, "，一起办，答复时您也会收到。"].concat()
}

/// 「这封信分成 3 部分办」.
pub fn parts(count: usize) -> String {
    ["这件事分成 ", &count.to_string(), " 部分办"].concat()
}

pub const PARTS_HINT: &str = "每部分谁在办、办得怎样都列在这里。都答复以后，联络站合起来给您一个答复，您打一次分就行。";

pub const COPY: &str = "请您看看公开稿";
pub const COPY_HINT: &str = "别人看到的就是下面这些，个人信息已经去掉。您同意了才会公开。";
pub const COPY_PUBLISHED: &str = "别人看到的公开稿";
pub const COPY_SEE: &str = "看公开的页面";
pub const COPY_OK: &str = "同意这样公开";
pub const COPY_REFUSE: &str = "不要公开";
pub const COPY_WAITING: &str = "您已同意公开稿，等联络站公开。";
pub const CONSENT_ON: &str = "同意答复后公开";
pub const CONSENT_OFF: &str = "不要公开";
pub const CONSENT: &str = "公开意愿";
pub const CONSENT_IS_ON: &str = "您同意在答复后公开，公开前会先给您看稿子。随时可以改主意。";
pub const CONSENT_IS_OFF: &str = "您选择了不公开，只有办理的人看得到。随时可以改主意。";

/// What was done, said on the page after an action.
pub fn done(act: &str) -> &'static str {
    match act {
        "info" | "supplement" => "您的补充已经收到，办理的人都能看到。",
        "urge" => "已经催过，办理的单位会收到提醒。",
        "withdraw" => "已经撤回。",
        "appeal" => "您的异议已经收到，会由另一位工作人员重新看。",
        "follow_up" => "您的追问已经收到，回答会写在答复下面。",
        "unmerge" => "已经分开单独办理。",
        "consent_on" => "已改为同意公开。公开前会先给您看稿子。",
        "consent_off" | "copy_refuse" => "好的，不会公开。",
        "copy_ok" => "谢谢，已收到您的同意。",
        "rated" => "谢谢，您的评价已经收到。",
        _ => "已经收到。",
    }
}

/// 「第二次答复」.
pub fn answer_round(round: u8) -> &'static str {
    match round {
        0 | 1 => ANSWER,
        2 => "第二次答复",
        _ => "又一次答复",
    }
}

/// What an answer promises.
pub fn promise(day: &str) -> String {
    format!("承诺 {day} 前完成")
}

/// 「84 分」.
pub fn score(score: u8) -> String {
    format!("{score} 分")
}

/// 「陆知遥代表转来的话」.
pub fn words_of(name: &str) -> String {
    format!("{name}的话")
}

pub const CASES: &str = "看答复";
pub const CASES_LEAD: &str = "这些是居民同意公开的意见和答复，个人信息已经去掉。";
pub const CASES_NONE: &str = "没有符合条件的公开答复。可以换个条件，或者直接写给代表。";
pub const CASES_SEARCH: &str = "想找的事，如“电梯”";
pub const CASES_HIDDEN: &str = "这件的公开内容已撤下";

/// 「原因：来信人要求隐藏」.
pub fn hidden_because(reason: &str) -> String {
    format!("原因：{reason}")
}
pub const FILTER_CATEGORY: &str = "类别";
pub const FILTER_AREA: &str = "街道、社区";
pub const WROTE: &str = "写道";
