//! Words of rating an answer.

pub const TITLE: &str = "给办理情况打分";
pub const LEAD: &str = "您的评价办理单位只看得到结果，看不到是谁评的。";
pub const CASE: &str = "您提的事";
pub const ATTITUDE: &str = "办理态度怎么样";
pub const PROCESS: &str = "办理过程怎么样";
pub const RESULT: &str = "办理成效怎么样";
pub const SOLVED: &str = "问题解决了吗";
pub const REASONS: &str = "哪里不满意";
pub const REASONS_HINT: &str = "满意就不用选。可以选几项。";
pub const TEXT: &str = "还想说的";
pub const TEXT_HINT: &str = "您写的话会有人看。";
pub const SEND: &str = "提交评价";
pub const AGAIN: &str = "您已经评过，现在可以改。";
pub const AGAIN_DISPUTED: &str = "您的不满意正在处理。事情解决了的话，可以改成满意。";
pub const REOPEN: &str = "还是没解决";
pub const REOPEN_LEAD: &str = "说说哪里没解决。办结以后可以提一次，联络站会决定是否重办。";
pub const CLOSED: &str = "评价时间已过";
pub const THANKS: &str = "谢谢您的评价";
pub const THANKS_CLOSED: &str = "这件事就此办结。以后有新情况，可以再写给代表。";
pub const NEXT: &str = "接下来";
pub const SEE_CASE: &str = "看办理经过";

/// The five levels, 5 first: value, face (icon), word.
pub const LEVELS: &[(u8, &str, &str)] = &[
    (5, "#i-face5", "非常满意"),
    (4, "#i-face4", "满意"),
    (3, "#i-face3", "基本满意"),
    (2, "#i-face2", "不满意"),
    (1, "#i-face1", "很不满意"),
];

/// "Solved?": code and words.
pub const SOLVED_CHOICES: &[(&str, &str)] = &[
    ("yes", "已解决"),
    ("partly", "部分解决"),
    ("no", "没有解决"),
    ("na", "不需要解决（咨询、建议）"),
];

/// The word of a level.
pub fn level(value: u8) -> &'static str {
    LEVELS
        .iter()
        .find(|(level, _, _)| *level == value)
        .map_or("没有选", |(_, _, word)| word)
}

/// 「9月20日 星期日 前可以提交」.
pub fn open_until(day: &str) -> String {
    [day, " 前可以提交"].concat()
}

/// 「您给了 84 分。」
pub fn score(score: u8) -> String {
    format!("您给了 {score} 分（满分100）。")
}

/// After a bad rating: who decides until when.
pub fn disputed(by: Option<&str>) -> String {
    match by {
        Some(day) => format!("您不满意的地方会由联络站重新看，最晚 {day} 决定是否重办，并告诉您理由。"),
        None => "您不满意的地方会由联络站重新看，决定是否重办，并告诉您理由。".to_owned(),
    }
}

pub const ATTITUDE_SHORT: &str = "态度";
pub const PROCESS_SHORT: &str = "过程";
pub const RESULT_SHORT: &str = "成效";
