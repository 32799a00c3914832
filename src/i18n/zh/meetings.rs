//! Words of the pages of themed receptions, councils, meetings with enterprises, lectures and study days.

use liaison_domain::Millis;
use liaison_domain::dto::{FieldError, Seats};
use liaison_domain::events::{EventState, EventType, FollowState, QuestionState, ResolutionState};

use crate::i18n::dates;

pub const TITLE: &str = "活动";
pub const LEAD: &str = "主题网上接待、社区议事会、楼宇议企会和讲座。可以到现场，也可以在这里提问、支持别人的问题。";
pub const NONE: &str = "这里会列出活动。现在没有符合条件的，可以看全部活动，也可以直接写给代表。";
pub const ALL_EVENTS: &str = "看全部活动";
pub const FIND: &str = "按时间、种类、联络站找";
pub const FILTER_WHEN: &str = "什么时候的";
pub const FILTER_KIND: &str = "哪一类";
pub const FILTER_STATION: &str = "哪个联络站的";
pub const FILTER_GO: &str = "按条件看";
pub const LIVE_NOW: &str = "正在进行";
pub const UPCOMING: &str = "就要举行";
pub const PAST: &str = "已经举行";
pub const ONLINE: &str = "可以在线参加";

pub const AGENDA: &str = "议程";
pub const PANEL: &str = "谁来回答";
pub const DEPUTIES: &str = "代表";
pub const UNITS: &str = "到场单位";
pub const MODERATORS: &str = "主持人";
pub const ORGANISER: &str = "主办";
pub const WHEN: &str = "时间";
pub const PLACE: &str = "地点";
pub const ONLINE_AT: &str = "在线参加";
pub const ONLINE_OPEN: &str = "打开在线会场";
pub const STATION: &str = "联络站";
pub const RULES: &str = "提问和发言的约定";
pub const CANCELLED_WHY: &str = "取消的原因";
pub const REFRESH: &str = "刷新";
pub const SCREEN: &str = "大屏页面";

pub const REGISTRATION: &str = "报名";
pub const REGISTER: &str = "报名参加";
pub const REGISTER_WAIT: &str = "排队候补";
pub const WITHDRAW: &str = "不去了，取消报名";
pub const REGISTERED: &str = "您已报名，到时直接来就行。";
pub const MOVED_UP: &str = "有人让出了名额，您已从候补转为报名成功，到时直接来就行。";
pub const FULL: &str = "名额已满，不再接受报名。可以在线看、在线提问。";
pub const NO_REGISTRATION: &str = "不用报名，直接来就行。";

pub const ROOM: &str = "现场";
pub const FROM_HOST: &str = "主持人说";
pub const ANSWERING: &str = "正在回答";
pub const POLL: &str = "表决";
pub const POLL_OPEN: &str = "正在表决，点一下您的选择，可以改";
pub const POLL_CLOSED: &str = "表决已结束";
pub const MY_CHOICE: &str = "您的选择";

pub const QUESTIONS: &str = "大家的问题";
pub const BY_VOTES: &str = "按支持人数";
pub const NEWEST: &str = "按时间，新的在前";
pub const SORT: &str = "排列顺序";
pub const NO_QUESTIONS: &str = "大家的问题会列在这里。您可以第一个提问。";
pub const NO_QUESTIONS_CLOSED: &str = "没有公开的问题。";
pub const UPVOTE: &str = "我也想问";
pub const UPVOTED: &str = "已支持，点一下撤回";
pub const GONE: &str = "这条问题已不公开";
pub const GONE_ELSEWHERE: &str = "这条问题移到了别的页，或者已不公开";
pub const PAGES: &str = "问题的前后页";
pub const FIRST_PAGE: &str = "回到最前面";
pub const NEXT_PAGE: &str = "看后面的问题";
pub const NEW_ONES: &str = "看新问题";
pub const NEW_WORDS: &str = "%d 条新问题，点这里看";
pub const PINNED: &str = "置顶";
pub const ANSWER: &str = "答复";
pub const ANSWERED_IN_ROOM: &str = "已在现场口头回答。";

pub const ASK: &str = "我要提问";
pub const ASK_TEXT: &str = "您的问题";
pub const ASK_HINT: &str = "一次问一件事。不要写电话、门牌号和别人的姓名。";
pub const ASK_SEND: &str = "提交问题";
pub const NAME_SHOWN: &str = "别人看到的称呼";
pub const NAME_OWN: &str = "显示我写的称呼";
pub const NAME: &str = "怎么称呼您";
pub const NAME_HINT: &str = "例如“学府路刘女士”，不要写全名";
pub const COUNT_LEFT: &str = "还可以写 %d 个字";
pub const COUNT_OVER: &str = "多了 %d 个字，请删一些";
pub const ASKED: &str = "您的问题已提交。";
pub const ASKED_PENDING: &str = "您的问题已提交，主持人看过后公开。可以在“我的提问”里看进展。";
pub const NO_MORE: &str = "您有几条问题还在等回答，等有了结果可以再问。着急的事可以直接写给代表。";
pub const NOT_YET: &str = "提问还没有开始。开始以后，可以在这里提问。";
pub const OVER: &str = "提问已经结束。还有想问的，可以直接写给代表。";
pub const WRITE_INSTEAD: &str = "写给代表";

pub const GATE: &str = "请先用手机号验证一下";
pub const GATE_LEAD: &str = "只用来防止重复和冒名，不会公开。您写的都在，验证完就会自动提交。";
pub const GATE_GO: &str = "验证并继续";

pub const MINE: &str = "我的活动";
pub const MINE_LEAD: &str = "您报名的活动，和您在活动里提的问题。";
pub const MINE_NONE: &str = "您报名或者提问过的活动会列在这里。";
pub const WITHDRAW_LINE: &str = "不去了，退出候补";
pub const HAD_SEAT: &str = "您报名参加了这次活动。";
pub const NO_SEAT: &str = "您排过候补，没有等到名额。";
pub const GAVE_UP: &str = "您已取消报名。";
pub const SEAT_CANCELLED: &str = "活动取消，您的报名也随之取消。";
pub const MY_QUESTIONS: &str = "我的提问";
pub const SHOWN_AS: &str = "别人看到的是";
pub const WHY_HIDDEN: &str = "没有公开的原因";
pub const MY_LETTER: &str = "已转为正式来信，编号";

pub const AFTER: &str = "会后";
pub const MINUTES: &str = "会议纪要";
pub const RESOLUTIONS: &str = "会上定下的事";
pub const FROM_QUESTION: &str = "回应的问题";
pub const TO_RESOLUTION: &str = "会上为它定下的事";
pub const OWNER: &str = "负责";
pub const DUE: &str = "期限";
pub const FIGURES: &str = "问题办得怎么样";
pub const FIGURES_HOW: &str = "怎么算的";
pub const FIGURES_TEXT: &str = "“问了”是公开的问题；“当场答了”是活动进行中就回答的；“跟进”是会后交给单位或列入会上定下的事；“办结”是跟进的问题里已经办完的。没有公开的问题不计。";

pub const LIVE_OK: &str = "内容会自动更新";
pub const LIVE_POLL: &str = "每 5 秒看一次有没有新内容";
pub const LIVE_LOST: &str = "网络断了，连上后自动更新";
pub const DONE_UP: &str = "已支持这个问题。";
pub const DONE_DOWN: &str = "已撤回支持。";
pub const DONE_VOTE: &str = "已记下您的选择，结束前可以改。";
pub const DONE_REGISTER: &str = "报名已收到。";
pub const DONE_WITHDRAW: &str = "已取消报名。";
pub const CHANGED: &str = "活动刚刚有了变化，这一步现在做不了。下面是最新情况。";
pub const OWN_QUESTION: &str = "这是您自己的问题，不用再支持。";
pub const NAME_MISSING: &str = "要显示称呼，请先写怎么称呼您";

pub const NET: &str = "没有发出去，网络断了一下。您写的都在，请再点一次。";

pub const SCREEN_ASK: &str = "手机上打开，提问、支持";
pub const SCREEN_NEXT: &str = "接下来";
pub const SCREEN_NONE: &str = "等待下一个问题";
pub const SCREEN_EMPTY: &str = "还没有公开的问题";

/// What kind of event it is.
pub const fn kind(kind: EventType) -> &'static str {
    match kind {
        EventType::ThemeReception => "主题网上接待",
        EventType::Council => "社区议事会",
        EventType::EnterpriseMeeting => "楼宇议企会",
        EventType::Lecture => "讲座",
        EventType::StudyDay => "代表学习日",
    }
}

/// Where an event stands, on its chip.
pub const fn state(state: EventState) -> &'static str {
    match state {
        EventState::Draft => "草稿",
        EventState::Announced => "已公告",
        EventState::Open => "可以报名、提问",
        EventState::Live => "进行中",
        EventState::Closed => "已结束，正在整理",
        EventState::Finished => "已结束",
        EventState::Cancelled => "已取消",
    }
}

/// Tone and icon of an event's chip.
pub const fn state_look(state: EventState) -> (&'static str, &'static str) {
    match state {
        EventState::Draft => ("quiet", "#i-pen"),
        EventState::Announced => ("busy", "#i-calendar"),
        EventState::Open => ("you", "#i-ask"),
        EventState::Live => ("good", "#i-dot"),
        EventState::Closed | EventState::Finished => ("quiet", "#i-good"),
        EventState::Cancelled => ("bad", "#i-cross"),
    }
}

/// What that means for somebody who reads the page.
pub const fn state_means(state: EventState) -> &'static str {
    match state {
        EventState::Draft => "只有工作人员看得到。",
        EventState::Announced => "先看看议程，报名和提问开始后会显示在这里。",
        EventState::Open => "现在可以先提问、支持别人的问题，到时按支持人数和主题来回答。",
        EventState::Live => "正在进行，可以随时提问，回答会出现在这里。",
        EventState::Closed => "活动结束了，纪要和没有答完的问题正在整理。",
        EventState::Finished => "纪要、答复和会上定下的事都在下面，跟进的进展会继续更新。",
        EventState::Cancelled => "这次活动取消了。",
    }
}

/// Where a question stands.
pub const fn question(state: QuestionState) -> &'static str {
    match state {
        QuestionState::Pending => "等主持人看",
        QuestionState::Visible => "已公开",
        QuestionState::Shortlisted => "准备回答",
        QuestionState::Live => "正在回答",
        QuestionState::Answered => "已回答",
        QuestionState::FollowUp => "跟进",
        QuestionState::Hidden => "没有公开",
    }
}

/// Tone and icon of a question's chip.
pub const fn question_look(state: QuestionState) -> (&'static str, &'static str) {
    match state {
        QuestionState::Pending => ("quiet", "#i-clock"),
        QuestionState::Visible => ("busy", "#i-eye"),
        QuestionState::Shortlisted => ("you", "#i-clock"),
        QuestionState::Live => ("good", "#i-dot"),
        QuestionState::Answered => ("good", "#i-answer"),
        QuestionState::FollowUp => ("busy", "#i-work"),
        QuestionState::Hidden => ("quiet", "#i-cross"),
    }
}

/// How far a followed-up question has come.
pub const fn follow(state: FollowState) -> &'static str {
    match state {
        FollowState::Accepted => "已受理",
        FollowState::Handling => "办理中",
        FollowState::Answered => "已答复",
        FollowState::Done => "已办结",
        FollowState::Ended => "不再办理",
    }
}

/// What became of something resolved.
pub const fn resolution(state: ResolutionState) -> &'static str {
    match state {
        ResolutionState::Open => "正在办",
        ResolutionState::Done => "办完了",
        ResolutionState::Dropped => "不办了",
    }
}

/// 「12 人想问」.
pub fn votes(count: u32) -> String {
    format!("{count} 人支持")
}

/// 「听海区居民」: whoever did not give a name.
pub fn nobody(district: &str) -> String {
    format!("{district}居民")
}

/// 「9月12日 星期五 14:30–16:30」.
pub fn span(from: Millis, to: Millis, now: Millis) -> String {
    let end = if dates::day_number(from) == dates::day_number(to) {
        dates::time(to)
    } else {
        dates::date_time(to, now)
    };
    format!("{} {}–{end}", dates::long_date(from, now), dates::time(from))
}

/// How far it is, as long as it lies ahead.
pub fn far(from: Millis, now: Millis) -> Option<String> {
    let days = dates::days_until(from, now);
    (0..=14).contains(&days).then(|| dates::how_far(days))
}

/// 「还有 12 个名额（共 40 个）」.
pub fn seats(seats: &Seats) -> String {
    let Some(capacity) = seats.capacity else {
        return format!("名额不限，已有 {} 人报名", seats.confirmed);
    };
    let left = capacity.saturating_sub(seats.confirmed);
    match (left, seats.waiting_list) {
        (0, true) => format!("名额已满（共 {capacity} 个），{} 人在候补", seats.waiting),
        (0, false) => format!("名额已满（共 {capacity} 个）"),
        _ => format!("还有 {left} 个名额（共 {capacity} 个）"),
    }
}

/// One's place on the waiting list.
pub fn in_line(place: u32) -> String {
    format!("您在候补第 {place} 位。有人让出名额，会按顺序通知您。")
}

/// 「公开的问题 12 条」.
pub fn questions_count(total: u32) -> String {
    format!("共 {total} 条公开的问题")
}

/// Only so many are shown, the first of them or some behind.
pub fn questions_cut(is_later: bool, shown: usize, total: u32) -> String {
    let from = if is_later { "这里接着列出" } else { "先列出" };
    format!("{from} {shown} 条，共 {total} 条")
}

/// 「已投 32 人」: the base of every share.
pub fn poll_base(n: u32) -> String {
    format!("{n} 人参加表决")
}

/// 「18 人，56%」.
pub fn poll_share(votes: u32, n: u32) -> String {
    if n == 0 {
        return format!("{votes} 人");
    }
    let share = (f64::from(votes) * 100.0 / f64::from(n)).round();
    format!("{votes} 人，{share}%")
}

/// 「区住建局在跟进：办理中」.
pub fn followed(unit: Option<&str>, state: Option<FollowState>) -> String {
    match (unit, state) {
        (Some(unit), Some(state)) => format!("{unit}在跟进：{}", follow(state)),
        (Some(unit), None) => format!("{unit}在跟进"),
        (None, Some(state)) => format!("会后跟进：{}", follow(state)),
        (None, None) => "会后跟进".to_owned(),
    }
}

/// The link to a published copy.
pub fn case_link(no: &str) -> String {
    format!("看办理情况（{no}）")
}

/// 「参加 56 人」.
pub fn attendance(count: u32) -> String {
    format!("到场和在线参加共 {count} 人。")
}

/// What the page reads out.
pub fn say_state(state_now: EventState) -> String {
    format!("活动现在：{}", state(state_now))
}

pub fn say_answering(text: &str) -> String {
    format!("正在回答：{}", short(text))
}

pub fn say_host(text: &str) -> String {
    format!("主持人说：{}", short(text))
}

pub fn say_poll(text: &str) -> String {
    format!("新的表决：{}", short(text))
}

pub(crate) fn short(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if text.chars().count() > 40 {
        short.push('…');
    }
    short
}

/// What a share card says.
pub fn card(kind_of: EventType, from: Millis, to: Millis, place: &str, now: Millis) -> String {
    format!("{}，{}，{place}", kind(kind_of), span(from, to, now))
}

/// Whether what was done was asking.
pub fn is_asked(said: &str) -> bool {
    said == ASKED || said == ASKED_PENDING
}

/// The error beside a field of the ask form, where the general words do not fit.
pub fn field(error: &FieldError) -> String {
    let limit = error.limit.unwrap_or(0);
    match (error.field.as_str(), error.code.as_str()) {
        ("text", "required") => "请写下您想问的".to_owned(),
        ("name", "required") => NAME_MISSING.to_owned(),
        ("text", "too_short") => format!("请再写具体一点，至少 {limit} 个字"),
        _ => crate::i18n::zh::errors::field(error),
    }
}

pub const FIG_ASKED: &str = "问了";
pub const FIG_LIVE: &str = "当场答了";
pub const FIG_FOLLOWED: &str = "跟进";
pub const FIG_DONE: &str = "办结";
pub const BASE_ASKED: &str = "条公开的问题";

/// The base of what is counted among all questions.
pub fn of_asked(asked: u32) -> String {
    format!("条，共问了 {asked} 条")
}

/// The base of what is done.
pub fn of_followed(followed: u32) -> String {
    format!("条，共跟进 {followed} 条")
}
