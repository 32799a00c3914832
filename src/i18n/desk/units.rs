//! Duties that move from one unit to another.

pub const TITLE: &str = "单位合并";
pub const LEAD: &str = "机构改革、职责调整时，把一个单位的事全部交给另一个单位：没办完的来信、负责的类别、账号和常用答复。办理期限不变，来信人会收到通知。";
pub const FROM: &str = "要并出去的单位";
pub const TO: &str = "接手的单位";
pub const LOOK: &str = "看看要移交多少";
pub const MATTERS: &str = "没办完的来信";
pub const HANDED_DOWN: &str = "替别的单位办的";
pub const CATEGORIES: &str = "负责的类别";
pub const ACCOUNTS: &str = "账号";
pub const TEMPLATES: &str = "自己的常用答复";
pub const MOVE: &str = "确认移交";
pub const AGAIN: &str = "再移交一次";
pub const ANEW: &str = "重新选单位";
pub const MOVED: &str = "已经移交";
pub const MOVED_MATTERS: &str = "移交了的来信";
pub const MOVED_CATEGORIES: &str = "移交了的类别";
pub const MOVED_ACCOUNTS: &str = "移交了的账号";

/// 「区城管局 → 区住建局」, said in words.
pub fn heading(from: &str, to: &str) -> String {
    format!("{from}的事交给{to}")
}

/// What confirming does, and that it cannot be taken back.
pub fn warning(from: &str, to: &str) -> String {
    format!("移交以后不能撤回：{from}会停用，不再接新的来信；它的工作人员登录后，看到的是{to}的来信。")
}

/// Nothing was left behind.
pub fn none_left(from: &str) -> String {
    format!("{from}名下没有留下没办完的事，已经停用。")
}

/// What the rules did not let move.
pub fn left(from: &str, count: u32) -> String {
    format!("{from}名下还有 {count} 件没有移交成。可以再移交一次；还不行，请到那几件来信里单独处理。")
}

/// 「12 件」.
pub fn count(number: u32, counter: &str) -> String {
    format!("{number} {counter}")
}
