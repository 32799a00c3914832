//! The rules of a station's receptions, and what one would do before it is saved.

use liaison_domain::dto::FieldError;
use liaison_domain::reception::{Mode as Way, SessionKind};
use liaison_domain::schedule::{HolidayPolicy, Mode, Season};

pub const TITLE: &str = "接待日规则";
pub const LEAD: &str =
    "一条规则排出全年的接待日。改了规则，没公告也没人预约的场次跟着改；已公告、已有人预约的不动，留给您决定。";
pub const NONE: &str = "还没有规则。加一条，全年的接待日就排出来了。";
pub const ADD: &str = "加一条规则";
pub const EDIT: &str = "修改";
pub const NEW: &str = "新的规则";
pub const NEXT: &str = "接下来";
pub const NO_NEXT: &str = "一年里没有这样的日子";
pub const TURNS: &str = "轮流接待";
pub const TURNS_NONE: &str = "每场单独定人";
pub const SAVED: &str = "已保存，全年的场次照新规则排好了。";
pub const ENDED_NOTE: &str = "规则已停用。没公告也没人预约的场次撤下了；其余的在“接待安排”里，请逐场决定。";
pub const ENDED_RULE: &str = "这条规则已经停用，不能再改。";
pub const TO_BOARD: &str = "看接待安排";

pub const STATION: &str = "联络站";
pub const KIND: &str = "哪一种";
pub const NAME: &str = "叫什么";
pub const NAME_HINT: &str = "例如“代表夜聊”。不填就用上面选的种类。";
pub const WHICH: &str = "哪些日子";
pub const WHICH_HINT: &str = "“第二个星期四”和“第二周的星期四”常常不是同一天，看清下面的日期再选。";
pub const NTH: &str = "第几个，或第几周";
pub const WEEKDAY: &str = "星期几";
pub const DAYS: &str = "每月几日";
pub const DAYS_HINT: &str = "几天之间用顿号或空格隔开，例如 9、19。";
pub const DATE: &str = "哪一天";
pub const MONTHS: &str = "只在这些月份";
pub const MONTHS_HINT: &str = "一个都不选，就是每个月。";
pub const START: &str = "几点开始";
pub const END: &str = "几点结束";
pub const TIME_HINT: &str = "例如 14:30";
pub const HOLIDAY: &str = "遇到节假日";
pub const VALID_FROM: &str = "从哪一天起";
pub const VALID_TO: &str = "到哪一天为止";
pub const PLACE: &str = "地点";
pub const PLACE_HINT: &str = "不在站里才填，例如村文化礼堂。";
pub const TALK: &str = "每位谈几分钟";
pub const SEATS: &str = "没定代表时，同时能谈几位";
pub const WAYS: &str = "居民怎么来";
pub const DEPUTIES: &str = "轮流接待的代表";
pub const DEPUTIES_HINT: &str = "从上到下轮流。都不选，就每场单独定人。";
pub const EACH: &str = "每场来几位代表";
pub const NOBODY: &str = "不选";
pub const OWN: &str = "本站代表";
pub const OTHERS: &str = "其他代表";
pub const MORE_LINES: &str = "不够写？按一次“先看看”，会多出几行。";
pub const EXCEPTIONS: &str = "个别日子另作安排";
pub const EXCEPTIONS_HINT: &str = "先填规则排到的那一天；改到哪天空着，就是那天不接待。要写原因，居民看得到。";
pub const X_DATE: &str = "规则排到的那天";
pub const X_TO: &str = "改到哪天";
pub const X_REASON: &str = "原因";
pub const LOOK: &str = "先看看未来12个月";
pub const SAVE: &str = "保存并排好";
pub const STOP: &str = "停用这条规则";
pub const STOP_HINT: &str = "停用以后不再排新的场次。已经过去的场次都留着。";
pub const STOP_SURE: &str = "确认停用";

pub const PREVIEW: &str = "未来12个月";
pub const PREVIEW_NOTE: &str = "这只是预览，还没有保存。";
pub const PREVIEW_NONE: &str = "这12个月里一场也排不出来，请看看日期填得对不对。";
pub const WHO: &str = "接待：";
pub const WHO_NONE: &str = "接待人待定";
pub const LEFT_NOTE: &str = "已公告或有人预约，不自动改动，请到这一场里决定。";
pub const OPEN_SESSION: &str = "打开这一场";
pub const CLASH: &str = "刚刚有人改过这条规则。您填的都还在。现在保存着的是：";
pub const CLASH_AGAIN: &str = "看过以后再按保存，就以您填的为准。";
pub const SUGGEST: &str = "按专长和时令的建议";

/// What kind of reception it is.
pub const fn kind(kind: SessionKind) -> &'static str {
    match kind {
        SessionKind::Ordinary => "代表接待日",
        SessionKind::Leader => "主任接待日",
        SessionKind::Mobile => "上门出诊",
        SessionKind::Themed => "主题接待",
        SessionKind::StudyDay => "代表学习日",
    }
}

/// What each kind is for.
pub const fn kind_hint(kind: SessionKind) -> &'static str {
    match kind {
        SessionKind::Ordinary => "代表在站里接待居民",
        SessionKind::Leader => "人大常委会主任、副主任轮流",
        SessionKind::Mobile => "到村里、小区里去接待",
        SessionKind::Themed => "专门谈一件事，例如入学",
        SessionKind::StudyDay => "代表自己学习，不接待，不能预约",
    }
}

/// How one meets.
pub const fn way(way: Way) -> &'static str {
    match way {
        Way::OnSite => "到站",
        Way::Phone => "打电话",
        Way::Online => "线上",
    }
}

const WEEKDAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日"];

/// 「星期四」 of 1 to 7.
pub fn weekday(number: u8) -> String {
    let word = WEEKDAYS.get(usize::from(number).wrapping_sub(1)).copied().unwrap_or("");
    ["星期", word].concat()
}

/// 「第二」, 「最后一」.
pub const fn nth(number: i8) -> &'static str {
    match number {
        1 => "第一",
        2 => "第二",
        3 => "第三",
        4 => "第四",
        5 => "第五",
        _ => "最后一",
    }
}

/// A way to name days, said with the days chosen: 「每月第二、第四个星期四」.
pub fn mode(mode: Mode, nths: &[i8], day: u8) -> String {
    let which = nths.iter().map(|n| nth(*n)).collect::<Vec<_>>().join("、");
    match mode {
        Mode::NthWeekday => format!("每月{which}个{}", weekday(day)),
        Mode::WeekOfMonth => format!("每月{which}周的{}", weekday(day)),
        Mode::Weekly => "每个星期都有".to_owned(),
        Mode::MonthlyDay => "每月固定几日".to_owned(),
        Mode::Once => "只此一次".to_owned(),
    }
}

/// What the two readings of 「第二…星期四」 count.
pub const fn reading(mode: Mode) -> &'static str {
    match mode {
        Mode::NthWeekday => "从1日数起，数到第几个这样的日子",
        Mode::WeekOfMonth => "从本月第一个星期一数起，数第几周",
        _ => "",
    }
}

/// 「12月10日、12月24日、1月14日」 with what comes before.
pub fn next(days: &str) -> String {
    if days.is_empty() {
        NO_NEXT.to_owned()
    } else {
        format!("{NEXT}：{days}")
    }
}

/// What happens on a public holiday.
pub const fn holiday(policy: HolidayPolicy) -> (&'static str, &'static str) {
    match policy {
        HolidayPolicy::Skip => ("当天不接待", "这一次就不办了"),
        HolidayPolicy::NextWorkday => ("顺延到下一个工作日", "每月几日碰上双休日的，也顺延"),
        HolidayPolicy::NextWeek => ("顺延一周", "到下一周的同一个星期几"),
    }
}

/// 「第3位」.
pub fn turn(place: usize) -> String {
    format!("第{place}位")
}

/// What would change, in one line.
pub fn counts(added: u32, moved: u32, removed: u32, left: u32) -> String {
    if added + moved + removed + left == 0 {
        return "和现在排的一样，没有变动。".to_owned();
    }
    let mut parts = Vec::new();
    for (number, word) in [
        (added, "新排"),
        (moved, "改期"),
        (removed, "撤下"),
        (left, "留给您决定"),
    ] {
        if number > 0 {
            parts.push(format!("{word} {number} 场"));
        }
    }
    [&*parts.join("，"), "。"].concat()
}

/// What becomes of a day: tone of its chip, words.
pub fn change(code: &str) -> (&'static str, &'static str) {
    match code {
        "added" => ("good", "新排"),
        "moved" => ("busy", "改期"),
        "removed" => ("bad", "撤下"),
        "left" => ("warn", "由您决定"),
        "same" => ("quiet", "不变"),
        "by_hand" => ("quiet", "手工安排，不变"),
        "cancelled" => ("bad", "已取消，不变"),
        _ => ("quiet", "不办"),
    }
}

/// Why a day is not as its rule says.
pub fn fate(code: &str, rule_date: &str, why: &str) -> String {
    let why_or = |else_: &str| {
        if why.is_empty() {
            else_.to_owned()
        } else {
            why.to_owned()
        }
    };
    match code {
        "moved" => format!("按规则是{rule_date}，遇{}顺延", why_or("休息日")),
        "holiday" => format!("{rule_date}是{}，不接待", why_or("节假日")),
        "exception" => format!("按规则是{rule_date}，单独安排：{}", why_or("没有写原因")),
        "joined" => format!("{rule_date}顺延过来和另一场同一天，并成一场"),
        "gone" => format!("{rule_date}不在新的规则里"),
        _ => String::new(),
    }
}

/// 「现在排在12月10日」.
pub fn before(day: &str) -> String {
    format!("现在排在{day}")
}

/// 「3 人预约」.
pub fn booked(count: u32) -> String {
    format!("已有 {count} 人预约")
}

/// A season as people say it.
pub fn season(code: &str) -> &'static str {
    match Season::ALL.into_iter().find(|season| season.code() == code) {
        Some(Season::Enrolment) => "招生入学前后",
        Some(Season::Storms) => "台风汛期",
        Some(Season::YearEnd) => "岁末年初",
        None => "",
    }
}

/// 「招生入学前后，可以请陆知遥（教育）」.
pub fn fitting(season_code: &str, names: &str) -> String {
    format!("{}，可以请{names}", season(season_code))
}

/// What is wrong with a field of these forms.
pub fn error(error: &FieldError) -> Option<String> {
    let limit = error.limit.unwrap_or(0);
    let field = error.field.split('.').next().unwrap_or_default();
    Some(
        match (field, error.code.as_str()) {
            ("station_id", _) => "请选联络站",
            ("nth", _) => "请选第几个，至少选一个",
            ("weekday", _) => "请选星期几",
            ("days", _) => "请填每月几日，1 到 31，例如 9、19",
            ("months", _) => "月份不对，请重新选",
            ("start" | "end", "time") => "时间请写成 14:30 这样",
            ("end" | "ends_at", "before_start") => "结束要晚于开始",
            ("end" | "ends_at", "too_short") => "一场至少 15 分钟",
            ("starts_at", "past") => "开始时间已经过了，请选以后的时间",
            ("ends_at", "booked_after") => "有人约在这以后，结束时间不能提前到这里",
            ("date" | "valid_from" | "valid_to" | "x_date" | "day", "date" | "required") => {
                "请选日期，写成 2026-12-10 这样"
            }
            ("valid_to", _) => "结束日期要晚于开始日期",
            ("slot_minutes", "longer_than_all") => "每位谈的时间比整场还长，请改短",
            ("slot_minutes", _) => "每位谈几分钟，请填 5 到 120",
            ("seats", _) => "同时能谈几位，请填 1 到 20",
            ("modes", _) => "居民怎么来，至少选一种",
            ("each", _) if limit > 1 => return Some(format!("每场来几位，请填 1 到 {limit}")),
            ("each", _) => "每场来几位，不能比轮流的代表还多",
            ("deputies", "twice") => "同一位代表选了两次，请去掉一次",
            ("deputies", "too_many") => return Some(format!("轮流的代表最多 {limit} 位")),
            ("deputies" | "deputy_id" | "substitute" | "proposed", "unknown") => "没有找到这位代表，请重新选",
            ("deputy_id" | "substitute" | "proposed", "required") => "请选一位代表",
            ("deputy_id" | "substitute" | "proposed", "twice") => "这位代表已经在这一场里了，请换一位",
            ("exceptions", "not_named") => "另作安排的那一天，规则没有排到，请核对日期",
            ("exceptions", "twice") => "同一天写了两次，请去掉一次",
            ("exceptions", "reason") => "另作安排要写原因",
            ("exceptions", "date") => "另作安排的日期请写成 2026-12-10 这样",
            ("exceptions", "too_many") => return Some(format!("另作安排最多 {limit} 天")),
            ("online_link", _) => "线上的网址要以 https:// 开头",
            ("reason", "required") => "请写原因",
            ("decision", _) => "请选怎么安排",
            _ => return None,
        }
        .to_owned(),
    )
}
