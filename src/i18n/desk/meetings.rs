//! Words of the desk's pages of events.

use liaison_domain::dto::FieldError;
use liaison_domain::events::{EventState, PartyKind, QuestionState};

use crate::i18n::zh::{errors, meetings};

pub const TITLE: &str = "活动";
pub const LEAD: &str = "主题网上接待、社区议事会、楼宇议企会和讲座：公告、报名、现场提问、会后跟进。";
pub const NEW: &str = "新建活动";
pub const NONE: &str = "这里会列出您负责或参加的活动。";
pub const EDIT: &str = "修改内容";
pub const SEE_PUBLIC: &str = "看公开页面";
pub const SEE_SCREEN: &str = "打开大屏页面";
pub const BACK: &str = "活动列表";

// The form.
pub const FORM_NEW: &str = "新建活动";
pub const FORM_EDIT: &str = "修改活动";
pub const KIND: &str = "类别";
pub const NAME: &str = "名称";
pub const INTRO: &str = "介绍";
pub const INTRO_HINT: &str = "说清楚谈什么事、谁能来、会后怎么跟进";
pub const STATION: &str = "哪个联络站办";
pub const ORGANISER: &str = "主办单位";
pub const DAY: &str = "日期";
pub const FROM: &str = "几点开始";
pub const TO: &str = "几点结束";
pub const TIME_HINT: &str = "24 小时制，例如 14:30";
pub const PLACE: &str = "地点";
pub const URL: &str = "在线会场地址";
pub const URL_HINT: &str = "以 https:// 开头";
pub const AGENDA: &str = "议程";
pub const AGENDA_HINT: &str = "一行一项。前面可以写几点，例如：14:30 主持人介绍";
pub const DEPUTIES: &str = "回答问题的代表";
pub const UNITS: &str = "到场的单位";
pub const MODERATORS: &str = "主持人";
pub const REGISTRATION: &str = "需要报名";
pub const CAPACITY: &str = "名额";
pub const CAPACITY_HINT: &str = "不填就是不限";
pub const WAITING: &str = "满了以后可以排队候补";
pub const PREMODERATED: &str = "问题先审核再公开";
pub const CATEGORY: &str = "转为来信时归到哪一类";
pub const RULES: &str = "提问和发言的约定";
pub const OTHER: &str = "还有";
pub const SAVE_DRAFT: &str = "存为草稿";
pub const SAVE: &str = "保存修改";
pub const SAVED: &str = "已保存。";
pub const CHOSEN: &str = "已选";

// The event at the desk.
pub const STATE: &str = "活动进程";
pub const CANCEL_REASON: &str = "取消的原因";
pub const CANCEL_HINT: &str = "所有人都能看到，报名的人会收到通知";
pub const QUEUE: &str = "问题";
pub const LANES: &str = "按进展看";
pub const LANE_ALL: &str = "全部";
pub const LANE_EMPTY: &str = "这一栏现在没有问题。";
pub const KEYS: &str = "选中一条问题后：j/k 上下，v 公开，s 准备回答，l 正在回答，a 已回答，f 会后跟进，h 不公开，p 置顶，w 写答复，t 转为来信。";
pub const COVERED: &str = "公开时会显示为";
pub const HIDE_REASON: &str = "不公开的原因";
pub const HIDE_HINT: &str = "提问的人会看到";
pub const HIDE_OTHER: &str = "其他原因";
pub const HIDE: &str = "不公开";
pub const PIN: &str = "置顶";
pub const UNPIN: &str = "取消置顶";
pub const ANSWER: &str = "写答复";
pub const ANSWER_TEXT: &str = "答复";
pub const ANSWER_BY: &str = "谁的答复";
pub const ANSWER_NOT_SHOWN: &str = "还没有公开：标为“已回答”后大家才看得到。";
pub const ANSWER_SAVE: &str = "保存答复";
pub const ANSWER_DONE: &str = "保存并标为已回答";
pub const LETTER: &str = "转为来信";
pub const LETTER_UNIT: &str = "交给哪个单位";
pub const LETTER_CATEGORY: &str = "类别";
pub const LETTER_NOTE: &str = "给单位的话";
pub const LETTER_GO: &str = "转为来信并交办";
pub const LETTER_NO: &str = "已转为来信";
pub const DUE: &str = "期限";
pub const HOST: &str = "对大家说一句";
pub const HOST_TEXT: &str = "内容";
pub const HOST_SEND: &str = "发给大家";
pub const POLLS: &str = "表决";
pub const POLL_QUESTION: &str = "请大家表决什么";
pub const POLL_OPTIONS: &str = "选项";
pub const POLL_OPTIONS_HINT: &str = "一行一个，2 到 6 个";
pub const POLL_OPEN: &str = "开始表决";
pub const POLL_CLOSE: &str = "结束表决";
pub const POLL_REOPEN: &str = "再次开放";
pub const MINUTES: &str = "会议纪要";
pub const MINUTES_HINT: &str = "标为“已结束”后公开";
pub const ATTENDANCE: &str = "参加人数";
pub const MINUTES_SAVE: &str = "保存纪要";
pub const DELETE: &str = "删除这份草稿";
pub const DELETE_SURE: &str = "草稿还没有公告，别人看不到。删掉以后找不回来。";
pub const DELETE_GO: &str = "确定删除";
pub const DELETED: &str = "草稿已删除。";
pub const TEXT_GONE: &str = "（保存期已过，内容已删去）";
pub const RESOLUTIONS: &str = "会上定下的事";
pub const RESOLUTION_TEXT: &str = "定下什么事";
pub const RESOLUTION_OWNER: &str = "谁负责";
pub const RESOLUTION_DUE: &str = "期限";
pub const RESOLUTION_LETTER: &str = "对应的来信编号";
pub const RESOLUTION_QUESTION: &str = "回应哪个问题";
pub const RESOLUTION_QUESTION_HINT: &str = "公开页面上，问题和这件事会互相连起来";
pub const RESOLUTION_ADD: &str = "加上这件事";
pub const RESOLUTION_NOTE: &str = "办得怎么样";
pub const RESOLUTION_DONE: &str = "办完了";
pub const RESOLUTION_DROP: &str = "不办了";
pub const RESOLUTION_AGAIN: &str = "还在办";
pub const ATTENDEES: &str = "报名的人";
pub const ATTENDEES_NONE: &str = "报名的人会列在这里。";
pub const WAITING_LIST: &str = "候补";
pub const CONFIRMED: &str = "已报名";
pub const AT_TABLE: &str = "您是这场活动的答复人：可以看问题、写答复，由主持人公开。";
pub const PENDING: &str = "条等审核";
pub const LIVE_OK: &str = "每 5 秒自动更新";

/// What the button that takes an event there says.
pub const fn step(to: EventState) -> &'static str {
    match to {
        EventState::Draft => "退回草稿",
        EventState::Announced => "发布公告",
        EventState::Open => "开放报名和提问",
        EventState::Live => "开始",
        EventState::Closed => "结束现场",
        EventState::Finished => "公开纪要，正式结束",
        EventState::Cancelled => "取消活动",
    }
}

/// What the button that puts a question there says.
pub const fn put(to: QuestionState) -> &'static str {
    match to {
        QuestionState::Pending => "退回审核",
        QuestionState::Visible => "公开",
        QuestionState::Shortlisted => "准备回答",
        QuestionState::Live => "正在回答",
        QuestionState::Answered => "已回答",
        QuestionState::FollowUp => "会后跟进",
        QuestionState::Hidden => HIDE,
    }
}

/// The key that does it while the question has the focus.
pub const fn hotkey(to: QuestionState) -> &'static str {
    match to {
        QuestionState::Pending => "",
        QuestionState::Visible => "v",
        QuestionState::Shortlisted => "s",
        QuestionState::Live => "l",
        QuestionState::Answered => "a",
        QuestionState::FollowUp => "f",
        QuestionState::Hidden => "h",
    }
}

/// A lane with its count.
pub fn lane(state: QuestionState, count: u32) -> String {
    let name = match state {
        QuestionState::Pending => "待审核",
        state => meetings::question(state),
    };
    format!("{name} {count}")
}

/// 「3 条等审核」.
pub fn pending(count: u32) -> String {
    format!("{count} {PENDING}")
}

/// Resolutions that are open.
pub fn open_resolutions(open: u32, late: u32) -> String {
    if late == 0 {
        format!("{open} 件会上定下的事在办")
    } else {
        format!("{open} 件会上定下的事在办，其中 {late} 件过了期限")
    }
}

/// 「已选 3 个」.
pub fn chosen(count: usize) -> String {
    format!("{CHOSEN} {count} 个")
}

/// What of somebody who may answer for it stands before the name.
pub const fn party(kind: PartyKind) -> &'static str {
    match kind {
        PartyKind::Deputy => "代表",
        PartyKind::Unit => "单位",
        PartyKind::Station => "联络站",
    }
}

pub fn went(to: EventState) -> String {
    format!("活动已进入：{}", meetings::state(to))
}

pub fn moved_up(count: u32) -> String {
    format!("{count} 位候补转为报名成功。")
}

pub fn put_done(to: QuestionState) -> String {
    format!("已改为“{}”", meetings::question(to))
}

pub fn letter_made(no: &str) -> String {
    format!("已转为来信 {no}，并交给单位")
}

pub const DONE_ANSWER: &str = "答复已保存";
pub const DONE_PIN: &str = "置顶已改";
pub const DONE_HOST: &str = "已发给大家";
pub const DONE_POLL: &str = "表决已更新";
pub const DONE_MINUTES: &str = "纪要已保存";
pub const DONE_RESOLUTION: &str = "会上定下的事已更新";

/// Somebody changed it in between; what was typed stands in the form.
pub const CONFLICT: &str = "刚刚有人改过，页面已换成最新情况，您写的都在。看过以后再点一次。";
pub const WRONG_STATE: &str = "现在的情况下做不了这一步，页面已换成最新情况。";

/// The error beside a field of these forms.
pub fn field(error: &FieldError) -> String {
    let limit = error.limit.unwrap_or(0);
    let name = error.field.split('.').next().unwrap_or_default();
    match (name, error.code.as_str()) {
        ("title", "required") => "请写活动名称".to_owned(),
        ("title", "too_long") => format!("名称请写在 {limit} 个字以内"),
        ("station_id", _) => "请选由哪个联络站办".to_owned(),
        ("organiser", "required") => "请写主办单位".to_owned(),
        ("starts_at", _) => "请填日期和开始时间。发布公告时，开始时间要在现在以后".to_owned(),
        ("ends_at", _) => "请填结束时间，要比开始时间晚，当天结束".to_owned(),
        ("place", "required") => "请填地点，或者填在线会场地址".to_owned(),
        ("online_url", _) => "地址不对，请填以 https:// 开头的网址".to_owned(),
        ("agenda", "too_many") => format!("议程最多 {limit} 项"),
        ("agenda", "too_long") => format!("议程每项最多 {limit} 个字"),
        ("agenda", _) => "议程里的时间不对，要在活动开始和结束之间".to_owned(),
        ("capacity", _) => format!("名额请填 1 到 {limit} 之间的数，或者不填"),
        ("reason", "required") => "请写原因".to_owned(),
        ("minutes", _) => "请先写好会议纪要".to_owned(),
        ("answer", "required") => "请写答复".to_owned(),
        ("answered_by", _) => "请选谁的答复".to_owned(),
        ("unit_id", _) => "请选交给哪个单位".to_owned(),
        ("category_id", _) => "请选类别".to_owned(),
        ("question", "required") => "请写表决什么".to_owned(),
        ("options", "too_few") => format!("至少写 {limit} 个选项"),
        ("options", "too_many") => format!("最多 {limit} 个选项"),
        ("options", "invalid") => "有两个选项一样，请改一个".to_owned(),
        ("owner", _) => "请选谁负责".to_owned(),
        ("due", _) => "日期不对，请重新选".to_owned(),
        ("letter", _) => "没有找到这个编号的来信".to_owned(),
        ("attendance", _) => "参加人数请填数字".to_owned(),
        ("text", "required") => "请写内容".to_owned(),
        _ => errors::field(error),
    }
}
