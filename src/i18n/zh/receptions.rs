//! Words about receptions: lists, pages, posters, calendar files.

use super::directory::next_day;
use crate::i18n::dates;
use liaison_domain::Millis;
use liaison_domain::calendar::{Date, date_of, minute_of_day};
use liaison_domain::dto::ReceptionCard;
use liaison_domain::reception::{Mode, SessionKind, SessionState};
use liaison_domain::schedule::Time;

pub const TITLE: &str = "接待日";
pub const LEAD: &str = "代表在哪天、哪里接待，找一场方便的，预约好再去，不用排队。";
pub const AS_LIST: &str = "按列表看";
pub const AS_CALENDAR: &str = "按月历看";
pub const VIEWS: &str = "怎么看";
pub const FIND: &str = "按街道、代表、日期找";
pub const FILTERS: &str = "找接待日";
pub const STREET: &str = "街道、镇";
pub const DEPUTY: &str = "代表";
pub const KIND: &str = "类型";
pub const FROM: &str = "从哪天起";
pub const WORDS: &str = "主题或地点里的词";
pub const NONE_FILTERED: &str = "没有符合条件的接待。可以少选一个条件，或者看全部接待日。";
pub const SEE_ALL: &str = "看全部接待日";
pub const NONE: &str = "接待日定下来后会写在这里。现在想说的事，可以先写给代表。";
pub const NONE_IN_MONTH: &str = "这个月没有符合条件的接待。可以看看下个月，或者先写给代表。";
pub const WRITE: &str = "写给代表";
pub const PREVIOUS: &str = "上个月";
pub const NEXT: &str = "下个月";
pub const MONTHS: &str = "换一个月";
/// After 「3 场」, for whoever hears it.
pub const COUNTED: &str = "接待";
pub const WEEKDAYS: [(&str, &str); 7] = [
    ("一", "星期一"),
    ("二", "星期二"),
    ("三", "星期三"),
    ("四", "星期四"),
    ("五", "星期五"),
    ("六", "星期六"),
    ("日", "星期日"),
];

pub const WHEN: &str = "时间";
pub const WHERE: &str = "地点";
pub const STATION: &str = "联络站";
pub const TOPIC: &str = "主题";
pub const WHO: &str = "谁来接待";
pub const WHO_LATER: &str = "接待的代表定下来后会写在这里。";
pub const HOW: &str = "怎么谈";
pub const PHONE: &str = "电话";
pub const NOTICE: &str = "来之前请看";
pub const RULE: &str = "接待规律";
pub const BOOK: &str = "预约";
pub const WAIT: &str = "约满了，排队等空位";
pub const SLOTS: &str = "还空着的时间";
pub const SLOTS_HINT: &str = "点一个时间，直接约这个时间。";
pub const SLOT_TIME: &str = "时间";
pub const SLOT_ANYBODY: &str = "在场的代表";
pub const TAKEN: &str = "约满";
pub const WRITE_INSTEAD: &str = "来不了？写给代表也一样会答复。";
pub const KEEP: &str = "记下来、告诉别人";
pub const TO_CALENDAR: &str = "加到手机日历";
pub const POSTER: &str = "打印海报";
pub const NOTICE_TEXT: &str = "群通知文字";
pub const QR: &str = "二维码，扫一扫打开这一页";
pub const SUBSCRIBE: &str = "订阅到日历";
pub const SUBSCRIBE_HINT: &str = "订阅以后，新的接待日和改期、取消会自己出现在手机日历里。";

pub const COMING: &str = "接下来的接待";
pub const COMING_ALL: &str = "看全部接待日";
pub const ROTA: &str = "全年接待安排";
pub const ROTA_MONTH: &str = "月份";
pub const ROTA_DAYS: &str = "哪天，谁来";
pub const ROTA_NONE: &str = "全年安排定下来后会写在这里。";

pub const HELD: &str = "办了接待";
pub const CAME: &str = "接待居民";
pub const SOLVED: &str = "当场解决";
pub const BECAME: &str = "转成意见办理";
pub const FIGURES_HOW: &str = "按接待台账数：一起来的人都算在内；代表学习日不算接待。";

pub const POSTER_TITLE: &str = "代表接待日公告";
pub const POSTER_HOW: &str = "怎么预约";
/// Below the code, in two lines.
pub const POSTER_SCAN: (&str, &str) = ("微信扫一扫，", "选个时间就约好了");
pub const POSTER_PRINT: &str = "用浏览器的“打印”印出来，纸张选 A4。";
pub const POSTER_BACK: &str = "返回这场接待";
pub const NOTICE_LEAD: &str = "长按（或双击）下面的文字，全选、复制，再贴到群里。";
pub const COPY: &str = "复制";
pub const COPIED: &str = "已复制，去群里粘贴就行。";
pub const SHARE: &str = "分享这一页";
pub const POSTER_PRINT_NOW: &str = "打印";
pub const NOTICE_LABEL: &str = "通知文字";

/// What a kind is called.
pub fn kind(kind: SessionKind) -> &'static str {
    match kind {
        SessionKind::Ordinary => "代表接待日",
        SessionKind::Leader => "主任接待日",
        SessionKind::Mobile => "流动接待（出诊）",
        SessionKind::Themed => "主题接待",
        SessionKind::StudyDay => "代表学习日",
    }
}

/// That it is held elsewhere than at the station.
pub fn away(kind: SessionKind) -> &'static str {
    if kind == SessionKind::Mobile {
        "出诊，不在联络站里"
    } else {
        "不在联络站里"
    }
}

/// A reception's name: its own, else its topic's, else its kind's.
pub fn name(card: &ReceptionCard) -> String {
    if !card.title.is_empty() {
        card.title.clone()
    } else if !card.topic.is_empty() {
        format!("{}：{}", kind(card.kind), card.topic)
    } else {
        kind(card.kind).to_owned()
    }
}

/// Where it stands.
pub fn state(state: SessionState) -> &'static str {
    match state {
        SessionState::Planned => "已排期",
        SessionState::Announced => "已公告",
        SessionState::Held => "已结束",
        SessionState::Cancelled => "已取消",
    }
}

/// Tone and icon of a state's chip.
pub fn state_tone(state: SessionState) -> (&'static str, &'static str) {
    match state {
        SessionState::Planned => ("quiet", "#i-clock"),
        SessionState::Announced => ("good", "#i-good"),
        SessionState::Held => ("quiet", "#i-good"),
        SessionState::Cancelled => ("bad", "#i-cross"),
    }
}

/// What a state means for whoever wants to come.
pub fn state_hint(card: &ReceptionCard) -> Option<String> {
    match card.state {
        SessionState::Planned if card.kind.is_bookable() => {
            Some("已排进全年安排，接待前会再公告。时间、地点有变动，会通知预约的人。".to_owned())
        }
        SessionState::Cancelled => Some(format!(
            "这场接待取消了。{}可以约别的接待日，或者写给代表。",
            reason(card.cancel_reason.as_deref())
        )),
        SessionState::Held => Some("这场接待已经结束。可以约别的接待日，或者写给代表。".to_owned()),
        _ => None,
    }
}

/// 「原因：台风。」
pub fn reason(reason: Option<&str>) -> String {
    let reason = reason.unwrap_or_default().trim().trim_end_matches('。');
    if reason.is_empty() {
        String::new()
    } else {
        format!("原因：{reason}。")
    }
}

/// How one meets.
pub fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::OnSite => "当面谈",
        Mode::Phone => "打电话谈",
        Mode::Online => "网上视频谈",
    }
}

/// 「14:30」.
pub fn clock(at: Millis) -> String {
    Time(minute_of_day(at)).text()
}

/// 「14:30–17:00」.
pub fn hours(card: &ReceptionCard) -> String {
    format!("{}–{}", clock(card.starts_at), clock(card.ends_at))
}

/// 「12月10日 星期四（还有3天）」.
pub fn when_day(card: &ReceptionCard, now: Millis) -> String {
    let far = dates::days_until_day(&card.date, now)
        .filter(|days| (0..=14).contains(days))
        .map(dates::how_far);
    next_day(&dates::spoken_day(&card.date, now), far.as_deref().unwrap_or_default())
}

/// 「代表接待日 12月10日 星期四」: for a tab, a bookmark, a share card.
pub fn page_title(card: &ReceptionCard) -> String {
    format!("{} {}", name(card), dates::spoken_day(&card.date, card.starts_at))
}

/// 「2026年12月10日 星期四 14:30–17:00」: for paper, which is read on any day.
pub fn full_when(card: &ReceptionCard) -> String {
    let date = date_of(card.starts_at);
    format!(
        "{}年{} {}",
        date.year,
        dates::spoken_day(&card.date, card.starts_at),
        hours(card)
    )
}

/// 「2026年」, 「12月10日」, 「星期四」: set apart on a poster.
pub fn paper_day(card: &ReceptionCard) -> [String; 3] {
    let date = date_of(card.starts_at);
    let weekday = WEEKDAYS[usize::from(date.weekday().number()) - 1].1;
    [
        format!("{}年", date.year),
        format!("{}月{}日", date.month, date.day),
        weekday.to_owned(),
    ]
}

/// 「陆知遥、顾承远」.
pub fn names(card: &ReceptionCard) -> String {
    let names: Vec<&str> = card.deputies.iter().map(|one| one.card.name.as_str()).collect();
    names.join("、")
}

/// 「代 顾承远」.
pub fn instead_of(name: &str) -> String {
    format!("代替{name}接待")
}

/// 「还有 3 个时间可约」.
pub fn free(card: &ReceptionCard) -> String {
    match (card.bookable, card.free) {
        (false, _) => String::new(),
        (true, 0) => "约满了，可以排队".to_owned(),
        (true, n) => format!("还有 {n} 个时间可约"),
    }
}

/// Until when it can be booked.
pub fn closes(at: Millis, now: Millis) -> String {
    format!("{}前可以预约", dates::date_time(at, now))
}

/// What to do about a reception that can be booked no more although it is still to come.
pub fn closed(phone: &str) -> String {
    format!("网上预约已经截止。还想来，请打电话 {phone} 问还有没有空。")
}

/// 「2026年12月」.
pub fn month(first: Date) -> String {
    format!("{}年{}月", first.year, first.month)
}

/// 「3 场」.
pub fn count(n: usize) -> String {
    format!("{n} 场")
}

/// What is folded away below the days to come.
pub fn past_of_month(n: usize) -> String {
    format!("本月已过去的 {n} 场")
}

/// 「2026年接待情况」.
pub fn figures_of(year: i32) -> String {
    format!("{year}年接待情况")
}

/// 「86 人」.
pub fn people(n: u64) -> String {
    format!("{n} 人")
}

/// 「12 件」.
pub fn matters(n: u64) -> String {
    format!("{n} 件")
}

/// 「10日 星期四」.
pub fn short_day(card: &ReceptionCard) -> String {
    let date = date_of(card.starts_at);
    let weekday = WEEKDAYS[usize::from(date.weekday().number()) - 1].1;
    format!("{}日 {weekday}", date.day)
}

/// 「剩 2 个」.
pub fn left(n: u32) -> String {
    format!("剩 {n} 个")
}

/// A reception in somebody's calendar.
pub fn entry_title(card: &ReceptionCard) -> String {
    let who = names(card);
    let off = if card.state == SessionState::Cancelled {
        "【已取消】"
    } else {
        ""
    };
    if who.is_empty() {
        format!("{off}{}", name(card))
    } else {
        format!("{off}{}（{who}）", name(card))
    }
}

/// What stands under it.
pub fn entry_text(card: &ReceptionCard, notice: &str) -> String {
    let topic = if card.topic.is_empty() {
        String::new()
    } else {
        format!("主题：{}", card.topic)
    };
    [reason(card.cancel_reason.as_deref()), topic, notice.to_owned()]
        .into_iter()
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The name of a calendar that people subscribe to.
pub fn calendar_of(name: &str) -> String {
    format!("{name}的接待日")
}

/// How to book, for a poster.
pub fn poster_ways(phone: &str) -> [String; 3] {
    [
        "微信扫右边的二维码，选时间、留手机号；".to_owned(),
        format!("或者打电话 {phone} ，请联络站帮您约；"),
        "没有预约也可以直接来，按先后次序接待。".to_owned(),
    ]
}

/// Text for the groups of a community.
pub fn group_notice(card: &ReceptionCard, phone: &str, address: &str, notice: &str) -> String {
    let mut lines = Vec::new();
    let station = &card.station_name;
    if card.state == SessionState::Cancelled {
        lines.push(format!("【接待取消】{station}"));
        lines.push(format!("原定{}的{}取消。", full_when(card), name(card)));
        let why = reason(card.cancel_reason.as_deref());
        if !why.is_empty() {
            lines.push(why);
        }
    } else {
        lines.push(format!("【{}】{station}", kind(card.kind)));
        lines.push(format!("时间：{}", full_when(card)));
        lines.push(format!("地点：{}", card.place));
        let who = names(card);
        if !who.is_empty() {
            lines.push(format!("接待代表：{who}"));
        }
        if !card.topic.is_empty() {
            lines.push(format!("主题：{}", card.topic));
        }
        if !notice.is_empty() {
            lines.push(format!("提示：{notice}"));
        }
    }
    lines.push(format!("预约、查看：{address}"));
    lines.push(format!("也可以打电话：{phone}"));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_ends_in_one_full_stop_and_is_left_out_when_there_is_none() {
        assert_eq!(reason(Some("台风。")), "原因：台风。");
        assert_eq!(reason(Some("台风")), "原因：台风。");
        assert_eq!(reason(None), "");
    }
}
