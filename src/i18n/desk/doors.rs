//! Doors outside, as they are kept at the desk.

use super::places::since_opened;
use liaison_domain::dto::{DoorChange, FieldError};

pub const TITLE: &str = "别处的门";
pub const LEAD: &str = "居民写到代表管不了的事，写信页会在旁边告诉他该找谁、打什么电话，照样可以接着写。说什么、什么时候说，都在这里改，改完马上生效。";
pub const ADD: &str = "加一处";
pub const CHANGE: &str = "修改";
pub const READ_ONLY: &str = "要修改，请找系统管理员。";
pub const OFF: &str = "已停用";
pub const SET: &str = "本区改过";
pub const OWN: &str = "本区加的";
pub const NUMBER_NONE: &str = "没有电话";
pub const KNOWN_BY: &str = "信里出现这些词就告诉居民";

pub const NEW: &str = "加一处别处的门";
pub const NAME: &str = "找谁";
pub const NAME_HINT: &str = "只在工作台里用，例如：供暖";
pub const TEXT: &str = "对居民怎么说";
pub const TEXT_HINT: &str = "一两句大白话：什么事，找哪里。电话不用写在话里，下面会有拨打的按钮。";
pub const NUMBER: &str = "电话";
pub const NUMBER_HINT: &str = "只写数字和短横，例如 12345。没有的空着。";
pub const HOURS: &str = "什么时候打得通";
pub const HOURS_HINT: &str = "例如：工作日 9 点到 17 点。全天都通的空着。";
pub const WORDS: &str = "信里出现哪些词";
pub const WORDS_HINT: &str = "一行一个，或者用顿号隔开，每个 2 到 20 个字。写得具体一点，平常的事才不会误报。";
pub const ACTIVE: &str = "告诉居民";
pub const SAVE: &str = "保存";
pub const BACK: &str = "回到别处的门";
pub const TAKE_BACK: &str = "恢复成原来的";
pub const REMOVE: &str = "删除这一处";
pub const TAKE_BACK_ASK: &str = "本区改过的内容会去掉，换回系统原来的。";
pub const REMOVE_ASK: &str = "删掉就找不回来了。只是暂时不用的，停用就行。";
pub const SURE: &str = "确定";
pub const STAY: &str = "不了";

pub const SAVED: &str = "已保存，居民现在写信就是新的。";
pub const TAKEN_BACK: &str = "已经换回原来的。";
pub const CHANGES: &str = "最近的改动";
pub const CHANGES_NONE: &str = "还没有人改过。";

/// 「系统管理员改了“法院”：电话、什么时候打得通」
pub fn change(change: &DoorChange) -> String {
    let fields: Vec<&str> = change.fields.iter().map(|field| field_name(field)).collect();
    let (by, name) = (&change.by, &change.name);
    match fields.as_slice() {
        [one] if change.fields[0] != "name" && one.starts_with('+') => format!("{by}{}“{name}”", &one[1..]),
        all => format!("{by}改了“{name}”：{}", all.join("、").replace('+', "")),
    }
}

/// 「您打开以后，小管改了“法院”：电话。」, the latest change, and what now.
pub fn clash(change_since: Option<&DoorChange>) -> String {
    since_opened(change_since.map(change), "这一处")
}

/// What a change is called; what stands alone as a deed begins with `+`.
fn field_name(field: &str) -> &'static str {
    match field {
        "name" => NAME,
        "text" => TEXT,
        "number" => NUMBER,
        "hours" => HOURS,
        "words" => WORDS,
        "on" => "+启用了",
        "off" => "+停用了",
        "new" => "+加了",
        "taken_back" => "+恢复或删除了",
        _ => "其他",
    }
}

/// What is wrong, and what to do.
pub fn error(error: &FieldError) -> String {
    let limit = error.limit.unwrap_or(0);
    let words = match (error.field.as_str(), error.code.as_str()) {
        ("name", "required") => "请写找谁",
        ("name", "too_many") => return format!("已经有 {limit} 处了。先删一处不用的，再加新的"),
        ("text", "required") => "请写对居民怎么说",
        ("number", _) => "电话只写数字和短横，3 到 20 位；没有的空着",
        ("words", "required") => "请至少写一个词，不然什么时候都不会告诉居民",
        ("words", "too_many") => return format!("词太多了，最多 {limit} 个"),
        ("words", _) => return format!("每个词要 2 到 {limit} 个字；一个字的哪封信里都有"),
        (_, "too_long") => return format!("太长了，请删到 {limit} 个字以内"),
        _ => "这里填得不对，请检查",
    };
    words.to_owned()
}
