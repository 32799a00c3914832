//! The words of the staff app: frame, lanes, letter, messages. Form words stand in [`forms`].

#![allow(missing_docs, reason = "a constant here is its own text")]

pub mod actions;
pub mod admin;
pub mod board;
pub mod client_errors;
pub mod doors;
pub mod forms;
pub mod ledger;
pub mod lint;
#[cfg(feature = "ssr")]
pub mod meetings;
pub mod numbers;
pub mod office;
pub mod outbox;
#[cfg(feature = "ssr")]
pub mod outlines;
pub mod places;
pub mod receptions;
pub mod restrictions;
pub mod schedule;
pub mod spoken;
mod terms;
pub mod units;

pub use terms::{class, failure, publication, refusal, role, state, task_role, task_state, urgency};

use crate::i18n::dates;
use liaison_domain::Millis;
use liaison_domain::dto::counted;

pub const APP: &str = "工作台";
pub const SKIP_TO_MAIN: &str = "跳到正文";
pub const LOADING: &str = "正在打开…";
pub const RETRY: &str = "再试一次";
pub const CANCEL: &str = "取消";
pub const CLOSE: &str = "关闭";
pub const MORE: &str = "显示更多";
pub const OPTIONAL: &str = "（选填）";
pub const CHOOSE: &str = "请选择";
pub const PUBLIC_SITE: &str = "公众端";
pub const INBOX_EMPTY: &str = "还没有消息。有新来信、有交办、有期限临近，会在这里告诉您。";

/// 「有 2 条新消息」, said when they come.
pub fn news(count: u32) -> String {
    ["有 ", &count.to_string(), " 条新消息"].concat()
}

// Logging in.
pub const LOGIN_TITLE: &str = "工作人员登录";
pub const LOGIN_LEAD: &str = "代表、承办单位和联络站的工作人员从这里进入。群众查进度不用登录，请走公众端。";
pub const LOGIN_USERNAME: &str = "用户名";
pub const LOGIN_PASSWORD: &str = "密码";
pub const LOGIN_SUBMIT: &str = "登录";
pub const LOGIN_BUSY: &str = "正在登录…";
pub const LOGIN_AGAIN_TITLE: &str = "请重新登录";
pub const LOGIN_AGAIN_LEAD: &str = "登录已过期。您写的内容都还在，登录后接着做就行。";
pub const LOGIN_WRONG: &str = "用户名或密码不对，请核对后再试。";
pub const LOGIN_FORGOT: &str = "忘了密码，请联系总站管理员重置。";
pub const DEMO_TITLE: &str = "演示账号，点一下就进";
pub const DEMO_LEAD: &str = "这里的人和事都是编的，可以放心试。";
pub const LOGOUT: &str = "退出";
pub const LOGGED_OUT: &str = "已退出登录";
pub const RESIDENT_ACCOUNT: &str = "现在登录的是群众账号，工作台要用工作人员账号。";
pub const NOT_FOUND_TITLE: &str = "没有这个页面";
pub const NOT_FOUND_LEAD: &str = "地址可能输错了，或者页面已经搬走。";
pub const TO_MY_DESK: &str = "回到我的工作台";

pub fn username_missing() -> String {
    forms::missing(LOGIN_USERNAME, false)
}
pub fn password_missing() -> String {
    forms::missing(LOGIN_PASSWORD, false)
}

// Lanes.
pub const LANES: &str = "分类";
pub const LETTERS: &str = "件";
pub const LANE_PICK: &str = "换一栏";
pub const SEARCH: &str = "搜索";
pub const SEARCH_LABEL: &str = "按编号或文字查找";
pub const SEARCH_CLEAR: &str = "清除";
pub const FOUND_NONE: &str = "没有找到。换个词，或者换一栏再找。";
pub const SUPERVISED: &str = "督办";
pub const SECOND_ROUND: &str = "二次办理";
pub const PICK_ONE: &str = "从左边选一件，在这里办理。";
pub const PICK_KEYS: &str = "也可以用键盘：j 下一件，k 上一件，回车打开。";
pub const BACK_TO_LIST: &str = "返回列表";

/// The name of a lane.
pub fn lane(code: &str) -> &'static str {
    match code {
        "new" => "新来信",
        "held" => "待核验",
        "returned" => "退件待定",
        "extension" => "延期待定",
        "follow_up" => "追问待答",
        "silent" => "久无进展",
        "review" => "答复待审",
        "disputed" => "不满意待核",
        "to_publish" => "待公开",
        "overdue" => "已超期",
        "lookback" => "承诺回访",
        "appeals" => "申诉",
        "urgent" => "紧急",
        "closed" => "已办结",
        "to_sign" => "待签收",
        "running" | "working" => "办理中",
        "sent_back" => "退回修改",
        "in_review" => "站内审核中",
        "done" => "已完成",
        "to_answer" => "待我处理",
        _ => "其他",
    }
}

/// What stands in an empty lane: what will be here, and that there is nothing to do now.
pub fn lane_empty(code: &str) -> &'static str {
    match code {
        "new" => "没有新来信。群众交来的意见会先到这里，等您受理。",
        "held" => "没有要人工核验的来信。系统拿不准的会放到这里。",
        "returned" => "没有退件申请。单位提出后会到这里等您决定。",
        "extension" => "没有延期申请。单位提出后会到这里等您决定。",
        "follow_up" => "没有待答的追问。来信人对答复有疑问，会到这里。",
        "silent" => "没有久无进展的来信。10 个工作日没有公开进展的会到这里，请催一催承办单位。",
        "review" => "没有待审的答复。单位交来的答复会到这里，审过才发给群众。",
        "disputed" => "没有不满意的评价。群众评了不满意，会到这里等您决定是否二次办理。",
        "to_publish" => "没有等着公开的。群众同意公开、已答复的来信会到这里。",
        "overdue" => "没有超期的来信。",
        "lookback" => "没有到期要回访的承诺。",
        "appeals" => "没有申诉。",
        "urgent" => "没有紧急来信。",
        "running" => "现在没有在办的来信。",
        "closed" => "还没有办结的来信。",
        "to_sign" => "没有要签收的任务。联络站交办后会到这里。",
        "working" => "没有在办的任务。签收后会到这里。",
        "sent_back" => "没有退回修改的答复。",
        "in_review" => "没有在站内审核的答复。交出答复后会到这里。",
        "to_answer" => "没有等您处理的来信。群众写给您的、联络站转给您的会到这里。",
        _ => "这一栏现在是空的。",
    }
}

/// 「2 件超期」.
pub fn late_count(late: u32) -> String {
    [&counted(late.into()), " 件超期"].concat()
}

/// 「超2」, beside a count.
pub fn late_short(late: u32) -> String {
    ["超", &counted(late.into())].concat()
}

/// 「共 12 件」.
pub fn total(count: u64) -> String {
    ["共 ", &counted(count), " 件"].concat()
}

/// 「“电梯”找到 3 件」.
pub fn found(words: &str, count: u64) -> String {
    ["“", words, "”找到 ", &counted(count), " 件"].concat()
}

/// 「3 张照片」.
pub fn pictures(count: u32) -> String {
    [&count.to_string(), " 张照片"].concat()
}

// Keyboard.
pub const KEYS_TITLE: &str = "键盘操作";
pub const KEYS_ON: &str = "单键操作：开";
pub const KEYS_OFF: &str = "单键操作：关";
pub const KEYS: &[(&str, &str)] = &[
    ("j", "下一件"),
    ("k", "上一件"),
    ("Enter", "打开"),
    ("Esc", "关闭表单，或回到列表"),
    ("/", "查找"),
    ("x", "选中，可以几件一起办"),
    ("?", "显示或收起这张表"),
];
pub const KEYS_ACTIONS: &str = "打开一件后，按钮上标的字母就是它的快捷键。";

// A letter.
pub const LETTER: &str = "来信";
pub const ACTIONS: &str = "现在可以做";
pub const NO_ACTIONS: &str = "这件事现在不在您手上，没有要您做的。";
pub const MORE_ACTIONS: &str = "其他操作";
pub const TASKS: &str = "承办任务";
pub const MY_TASK: &str = "我单位";
pub const PUBLICATION: &str = "公开副本";
pub const RATED: &str = "来信人的评价";
pub const DEPUTY_RATED: &str = "代表的评价";
pub const CONTACTS: &str = "联系来信人";
pub const FOLLOW_UP: &str = "来信人追问";
pub const SUGGESTED_UNITS: &str = "推荐的承办单位";
pub const WARNINGS: &str = "答复检查";
pub const OBJECTION: &str = "来信人不满意";
pub const REPLY_IN_REVIEW: &str = "待审的答复";
pub const REPLY_AS_READ: &str = "群众将看到的就是下面这样。";
pub const PREVIEW: &str = "预览";
pub const PREVIEW_TITLE: &str = "群众将看到";
pub const PREVIEW_EMPTY: &str = "还没有写内容。";
pub const LETTER_PHOTOS: &str = "来信的照片";
pub const PHOTO_PREVIOUS: &str = "上一张";
pub const PHOTO_NEXT: &str = "下一张";
pub const AUTHOR: &str = "来信人";
pub const PHONE: &str = "电话";
pub const PLACE: &str = "地点";
pub const CATEGORY: &str = "分类";
pub const CATEGORY_GUESSED: &str = "系统猜的，受理时请核对";
pub const CATEGORY_NONE: &str = "还没有分类";
pub const CLASS: &str = "难易";
pub const TO: &str = "写给";
pub const STATION: &str = "联络站";
pub const CONSENT: &str = "公开";
pub const CONSENT_YES: &str = "同意公开去掉个人信息的副本";
pub const CONSENT_NO: &str = "不同意公开";
pub const SUBMITTED_AT: &str = "来信时间";
pub const DUE: &str = "答复期限";
pub const DUE_NONE: &str = "受理后确定";
pub const NEXT_LETTER: &str = "下一件";

pub const COPY_SEE: &str = "看公众端的页面";
pub const COPY_APPROVED: &str = "来信人已同意这份副本";
pub const COPY_WAITING: &str = "来信人还没有回应。过了异议期没有反对，就可以公开。";

// Tasks.
pub const TASK_SIGN_BY: &str = "签收期限";
pub const TASK_SIGNED: &str = "签收";
pub const TASK_AUTO_SIGNED: &str = "到期自动签收";
pub const TASK_DUE: &str = "办理期限";
pub const TASK_LEADER: &str = "牵头领导";
pub const TASK_SECTION: &str = "科室";
pub const TASK_OFFICER: &str = "经办人";
pub const TASK_FINAL: &str = "协商后指定，不能再退";
pub const TASK_EXTENSION: &str = "申请延到";
pub const TASK_PROPOSED: &str = "建议改派";
pub const TASK_DELEGATE: &str = "具体办理";
pub const TASK_DELEGATED_HERE: &str = "转到我单位办";
pub const TASK_DRAFT: &str = "草稿保存于";

// Saving.
pub const SAVED_HERE: &str = "已存在这台设备，退出登录时清除。";
pub const SAVING: &str = "正在保存…";
pub const SAVE_FAILED: &str = "没能存到服务器，先存在这台设备，联网后会再存。";

/// 「已保存 14:05」.
pub fn saved_at(at: Millis) -> String {
    [
        "已保存 ",
        dates::date_time(at, at).rsplit(' ').next().unwrap_or_default(),
    ]
    .concat()
}

// Refusals and conflicts.
pub const CONFLICT_TITLE: &str = "这件事刚刚有人动过";
pub const CONFLICT_LEAD: &str = "您写的都还在。先看看有什么变化：";
pub const CONFLICT_STILL: &str = "看过后仍要这样办，再按一次提交。";
pub const CONFLICT_NOT_NOW: &str = "按现在的状态，这一步已经不能做了。您写的文字还留着，可以复制到别处用。";
pub const CONFLICT_SEE: &str = "看最新内容";
pub const NO_CHANGE_SEEN: &str = "内容有更新，见下方时间线。";
pub const FORBIDDEN: &str = "您的岗位不能看这件事，或者它不归您的联络站、单位。";
pub const NOT_FOUND: &str = "没有找到这件事，编号可能不对，或者它已归到别处。";
pub const NOT_STAFF_TITLE: &str = "这里只给工作人员";

/// 「现在的状态：办理中」.
pub fn now_state(state: &str) -> String {
    ["现在的状态：", state].concat()
}

/// 「12月5日 星期五（还有3天）」.
pub fn day_and_how_far(at: Millis, now: Millis) -> String {
    [&dates::long_date(at, now), "（", &dates::due_in(at, now), "）"].concat()
}

/// 「李女士」, and that the name is for those who handle the letter only.
pub fn author(masked: &str, hidden: bool) -> String {
    if hidden {
        [masked, "（不留姓名）"].concat()
    } else {
        masked.to_owned()
    }
}

/// 「编号 01J…」 to give when asking about an error.
pub fn request_id(id: &str) -> String {
    ["编号 ", id].concat()
}

/// 「第 2 张，共 5 张」.
pub fn of_count(at: usize, count: usize) -> String {
    ["第 ", &at.to_string(), " 张，共 ", &count.to_string(), " 张"].concat()
}
