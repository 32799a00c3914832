//! Every limit, threshold and switch a station may want to change, with its default and where that comes from.
//!
//! The server reads [`Limits`] from its configuration; rules take it by reference. Origins are in the
//! words that the desk shows: the rule or practice a number comes from, 本站规定 where no source gave one.

use crate::calendar::WorkCalendar;
use crate::lifecycle::{CaseClass, Urgency};
use crate::{Id, Millis};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a length of time is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// 工作日: until the end of the n-th work day after.
    WorkDays,
    /// 自然日: until the end of the n-th day after.
    CalendarDays,
    /// 工作小时: office time, see [`WorkCalendar::add_work_hours`].
    WorkHours,
    /// 小时: by the clock, nights and holidays too.
    Hours,
    /// 月: the same day of the month, or its last.
    Months,
}

impl Unit {
    const ALL: [(Self, &'static str); 5] = [
        (Self::WorkDays, "wd"),
        (Self::CalendarDays, "d"),
        (Self::WorkHours, "wh"),
        (Self::Hours, "h"),
        (Self::Months, "mo"),
    ];

    /// The suffix in configuration: `wd`, `d`, `wh`, `h`, `mo`.
    pub fn code(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(unit, _)| *unit == self)
            .map_or("", |(_, code)| code)
    }
}

/// A length of time in the unit it is meant in. Travels as text: `2wd`, `14d`, `4wh`, `4h`, `3mo`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub amount: u32,
    pub unit: Unit,
}

impl Span {
    /// Work days.
    pub const fn work_days(amount: u32) -> Self {
        Self {
            amount,
            unit: Unit::WorkDays,
        }
    }

    /// Calendar days.
    pub const fn days(amount: u32) -> Self {
        Self {
            amount,
            unit: Unit::CalendarDays,
        }
    }

    /// Hours of office time.
    pub const fn work_hours(amount: u32) -> Self {
        Self {
            amount,
            unit: Unit::WorkHours,
        }
    }

    /// Hours by the clock.
    pub const fn hours(amount: u32) -> Self {
        Self {
            amount,
            unit: Unit::Hours,
        }
    }

    /// Calendar months.
    pub const fn months(amount: u32) -> Self {
        Self {
            amount,
            unit: Unit::Months,
        }
    }

    /// The moment it is over when it begins at `from`.
    pub fn after(self, from: Millis, calendar: &WorkCalendar) -> Millis {
        match self.unit {
            Unit::WorkDays => calendar.add_work_days(from, self.amount),
            Unit::CalendarDays => WorkCalendar::add_calendar_days(from, self.amount),
            Unit::WorkHours => calendar.add_work_hours(from, self.amount),
            Unit::Hours => from + Millis::from(self.amount) * crate::calendar::HOUR_MS,
            Unit::Months => WorkCalendar::add_months(from, self.amount),
        }
    }

    /// The latest moment from which it is over at `now`; the beginning of 1970 when there is none since.
    pub fn over_since(self, now: Millis, calendar: &WorkCalendar) -> Millis {
        let (mut over, mut open) = (0, now.max(0) + 1);
        // Each unit has its own arithmetic, and none goes backwards: looked for by halves.
        while open - over > 1 {
            let middle = over + (open - over) / 2;
            if self.after(middle, calendar) <= now {
                over = middle;
            } else {
                open = middle;
            }
        }
        over
    }

    /// A due date of this unit after the clock stood still from `paused` to `resumed`: moved by the pause, counted in
    /// the same unit, and never before the clock goes on. A date that had passed before the pause stays.
    pub fn shift(self, due: Millis, paused: Millis, resumed: Millis, calendar: &WorkCalendar) -> Millis {
        if due < paused || resumed <= paused {
            return due;
        }
        match self.unit {
            Unit::WorkDays => match calendar.work_days_between(paused, resumed) {
                0 if resumed <= due => due,
                0 => calendar.add_work_days(resumed, 0),
                days => calendar
                    .add_work_days(due, days)
                    .max(calendar.add_work_days(resumed, 0)),
            },
            Unit::CalendarDays | Unit::Months => {
                Millis::from(WorkCalendar::calendar_days_between(paused, resumed)) * crate::calendar::DAY_MS + due
            }
            Unit::WorkHours => {
                let stood = calendar.work_millis_between(paused, resumed);
                let moved = if stood == 0 {
                    due
                } else {
                    calendar.add_work_millis(due, stood)
                };
                moved.max(resumed)
            }
            Unit::Hours => due + (resumed - paused),
        }
    }

    /// The text of configuration: `2wd`.
    pub fn text(self) -> String {
        let mut text = self.amount.to_string();
        text.push_str(self.unit.code());
        text
    }

    /// Reads `2wd`, `14d`, `4wh`, `4h`, `3mo`; spaces are accepted.
    pub fn parse(text: &str) -> Option<Self> {
        let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let digits = compact.len() - compact.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let amount = compact[..digits].parse().ok()?;
        let (unit, _) = Unit::ALL.iter().find(|(_, code)| *code == &compact[digits..])?;
        Some(Self { amount, unit: *unit })
    }
}

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("a length of time such as 2wd, 14d, 4wh, 4h or 3mo"))
    }
}

/// How a setting shows itself in the documentation.
trait Shown {
    fn shown(&self) -> String;
}

impl Shown for Span {
    fn shown(&self) -> String {
        self.text()
    }
}

impl Shown for u32 {
    fn shown(&self) -> String {
        self.to_string()
    }
}

impl Shown for bool {
    fn shown(&self) -> String {
        (if *self { "true" } else { "false" }).to_owned()
    }
}

impl Shown for Vec<String> {
    fn shown(&self) -> String {
        self.join(", ")
    }
}

impl Shown for [u32; 3] {
    fn shown(&self) -> String {
        self.map(|n| n.to_string()).join("/")
    }
}

impl Shown for Vec<u32> {
    fn shown(&self) -> String {
        self.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
    }
}

/// One line of the documentation: a setting, its value, what it is for, where the default comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitRow {
    pub key: &'static str,
    pub value: String,
    pub meaning: &'static str,
    pub origin: &'static str,
}

/// Declares the settings once: field, type, default, meaning, origin.
macro_rules! limits {
    ($($field:ident: $type:ty = $default:expr, $meaning:literal, $origin:literal;)+) => {
        /// The limits a tenant runs by. Missing fields take their defaults.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct Limits { $(#[doc = $meaning] #[doc = ""] #[doc = concat!("Origin of the default: ", $origin, ".")] pub $field: $type,)+ }

        impl Default for Limits {
            fn default() -> Self {
                Self { $($field: $default,)+ }
            }
        }

        impl Limits {
            /// Every setting as a line of documentation, in order.
            pub fn rows(&self) -> Vec<LimitRow> {
                vec![$(LimitRow { key: stringify!($field), value: self.$field.shown(), meaning: $meaning, origin: $origin },)+]
            }
        }
    };
}

fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(|word| (*word).to_owned()).collect()
}

limits! {
    accept: Span = Span::work_days(2), "受理: from receipt to the office's first decision", "代表建议办理工作讲话的要求：要按时交办，没有写天数；2 个工作日为本站规定";
    screening_hold: Span = Span::work_days(1), "人工核验: a person looks at a held letter", "本站规定";
    screening_urgent: Span = Span::hours(4), "紧急通道核验: a person looks at an urgent letter, nights included", "本站规定";
    assign: Span = Span::work_days(2), "交办: from acceptance, a deputy's pass or a return to the assignment", "代表建议办理工作讲话的要求：要按时交办，没有写天数；2 个工作日为本站规定";
    sign: Span = Span::work_days(2), "签收: then signed automatically", "媒体对基层“退单拉锯战”的报道：不签收就不计时；2 个工作日为本站规定";
    sign_urgent: Span = Span::work_hours(4), "即接即办: signature of an urgent matter", "代表建议办理工作讲话的要求：急事即接即办；4 个工作小时为本站规定";
    return_request: Span = Span::work_days(3), "退件申请: after dispatch", "本站规定";
    return_request_formal: Span = Span::work_days(7), "退件申请 of a formal suggestion", "玉林市政府办公室玉政办电〔2019〕11号：7 个工作日内退回；也有地方规定 10 天";
    returns_per_unit: u32 = 1, "returns one unit may ask for", "本站规定";
    returns_per_case: u32 = 2, "returns of one case; the last one leads to arbitration", "本站规定";
    decide_return: Span = Span::work_days(1), "退件审核 by the office", "本站规定";
    arbitration: Span = Span::work_days(3), "协商分拨: the joint meeting names the final owner", "本站规定";
    deputy_action: Span = Span::work_days(5), "代表首次处理: then back to the office", "本站规定";
    answer_simple: Span = Span::work_days(5), "答复 of a simple matter or question, from acceptance", "12345 热线的通行做法：咨询 7 个工作日；本站规定 5 个";
    answer_normal: Span = Span::work_days(15), "答复 of a normal matter, from acceptance", "12345 热线的通行做法：15 个工作日";
    answer_urgent: Span = Span::work_days(3), "答复 of an urgent matter, from acceptance", "代表建议办理工作讲话的要求：急事即接即办；3 个工作日为本站规定";
    answer_longest: Span = Span::months(3), "the latest day an officer may set by hand, from the decision", "地方人大的代表建议办理规定：3 个月内答复";
    internal_review: Span = Span::work_days(2), "内部审核: the unit's reply is in the office's hands so long before the due date", "代表建议办理工作讲话的要求：要有内部审核，没有写天数；2 个工作日为本站规定";
    review: Span = Span::work_days(1), "答复审核: the office releases or sends back", "本站规定";
    co_share_percent: u32 = 50, "协办意见: share of the lead's period, in percent", "本站规定";
    co_opinion_formal: Span = Span::months(1), "协办意见 on a formal suggestion", "《宁波市人民代表大会代表建议、批评和意见办理条例》第十九条：1 个月";
    suggestion_answer: Span = Span::months(3), "建议答复: formal suggestion, from 交办", "地方人大的代表建议办理规定：3 个月内答复";
    suggestion_longest: Span = Span::months(6), "建议答复: formal suggestion at the longest", "地方人大的代表建议办理规定：复杂的经同意可到 6 个月";
    extension_percent: u32 = 50, "延期: at most this share of the period, once, asked before it ends", "本站规定；地方规定一般只延期一次";
    extension_formal: Span = Span::months(1), "延期 of a formal suggestion", "地方的代表建议办理规定：经同意可延长 1 个月";
    note_silence: Span = Span::work_days(10), "no public progress note for so long: supervision list", "本站规定";
    need_info: Span = Span::days(5), "待补充: the resident's time; the clock is paused", "荷兰阿姆斯特丹的市民报事系统 Signalen：5 天";
    questions_per_stage: u32 = 2, "questions to the resident in one stage", "本站规定";
    survey: Span = Span::days(14), "评价: window after an answer", "荷兰阿姆斯特丹的市民报事系统 Signalen：14 天";
    survey_reminder_days: Vec<u32> = vec![3, 10], "评价提醒: days after the answer", "本站规定，参照荷兰阿姆斯特丹的市民报事系统 Signalen";
    rating_change: Span = Span::days(7), "a rating can be changed for so long", "本站规定";
    rating_weights: [u32; 3] = [20, 30, 50], "weights of 态度, 过程, 成效 in percent", "代表建议办理工作讲话的要求：从态度、过程、成效三方面评价；权重为本站规定";
    rating_bad_score: u32 = 60, "a score below it is dissatisfied", "本站规定";
    rating_bad_level: u32 = 2, "a dimension at or below it is dissatisfied", "本站规定";
    decide_dispute: Span = Span::work_days(3), "不满意核实: the office decides", "本站规定";
    reopen: Span = Span::days(30), "after closing, once: dissatisfied again", "本站规定";
    second_handling: Span = Span::work_days(10), "二次办理", "本站规定；各省重新办理正式建议的期限为 1 到 2 个月";
    promise_longest: Span = Span::months(24), "承诺: the farthest day that may be promised", "本站规定";
    promise_grace: Span = Span::work_days(1), "承诺: evidence may follow so long after the day", "本站规定";
    look_back_days: u32 = 90, "回头看: promises are looked at so often, in days", "代表建议办理工作讲话的要求：每季度回头看";
    appeal: Span = Span::days(15), "申诉: time to object", "本站规定";
    decide_appeal: Span = Span::work_days(3), "申诉 against 不予受理: decided by another officer", "本站规定";
    decide_restriction_appeal: Span = Span::work_days(5), "申诉 against a restriction", "本站规定";
    restriction_days: Vec<u32> = vec![30, 60, 90], "限制: lengths in days", "人大代表对 12345 热线的建议：限制 1 到 3 个月";
    rate_limit_days: u32 = 7, "限次: one letter in so many days", "本站规定";
    rate_limit_term_days: u32 = 30, "限次: lasts so many days", "本站规定，取限制期的最短一档";
    restriction_memory_days: u32 = 365, "限制: what is older does not lead to the next step", "本站规定";
    follow_up: Span = Span::work_days(5), "追问: the question about an answer gets its words", "本站规定";
    follow_ups: u32 = 1, "questions about one answer", "德国问政网站 abgeordnetenwatch 的守则：一般只追问一次";
    undo_minutes: u32 = 10, "撤销: a clerk may take back their own last step so long, in minutes", "本站规定";
    warn_percents: Vec<u32> = vec![50, 80, 100], "期限提醒: the unit is told at these shares of its time", "本站规定";
    lint_window: u32 = 50, "雷同检查: compared with so many of the unit's last replies", "本站规定";
    lint_similar_percent: u32 = 80, "雷同检查: from this likeness on it is named", "本站规定";
    auto_accept: bool = false, "自动受理: letters whose category is certain and that carry no risk are taken on at once", "由本站选择";
    mass_letters: u32 = 5, "群发: from so many letters with the same words in a day on, a person looks first", "本站规定";
    urge_every: Span = Span::work_days(5), "催办: again after so long", "本站规定";
    urges: u32 = 3, "催办 of one case at most", "本站规定";
    unmerge: Span = Span::days(7), "并案: the resident may say it is another matter", "本站规定";
    split_parts: u32 = 10, "拆分: parts at most", "本站规定";
    publish_objection: Span = Span::days(3), "公开副本: without the resident's word it may be published after so long", "本站规定";
    pending_publication: Span = Span::work_days(2), "待公开: then on the office's list", "本站规定";
    deputy_answer_reviewed: bool = false, "the office reads a deputy's answer before it goes out", "由本站选择";
    deputy_forwards: bool = false, "the deputy, too, may hand a unit's answer on", "由本站选择";
    announcement_days: u32 = 3, "接待公告: days before a reception", "河南乡镇代表联络站的接待制度：提前三天公告";
    booking_closes: Span = Span::hours(2), "预约 closes before the slot", "本站规定";
    waiting_offer: Span = Span::hours(12), "候补: an offered slot is kept so long", "本站规定";
    retention: Span = Span::months(12), "归档: personal data is removed so long after the end of a letter or the day of a reception", "本站规定；荷兰阿姆斯特丹的市民报事系统 Signalen 为 1 到 5 年";
    duplicate_metres: u32 = 300, "疑似重复: distance", "本站规定；英国报修网站 FixMyStreet 为 50 米，代表受理的事范围更大";
    duplicate_days: u32 = 90, "疑似重复: age in days", "荷兰阿姆斯特丹的市民报事系统 Signalen：12 周";
    duplicate_percent: u32 = 45, "疑似重复: similarity in percent", "本站规定";
    decline_reasons: Vec<String> = words(&["litigation", "petition", "commercial_ad", "job_ad", "personal_attack", "out_of_scope", "unclear", "already_answered"]), "不予受理: the library's codes", "人大代表对 12345 热线的建议；由本站增减";
    keep_closed_reasons: Vec<String> = words(&["outside_law", "at_the_limit", "verified_solved", "other_channel"]), "维持办结: the list's codes", "本站规定";
}

impl Limits {
    /// The time to answer, by class.
    pub const fn answer(&self, class: CaseClass) -> Span {
        match class {
            CaseClass::Simple => self.answer_simple,
            CaseClass::Normal => self.answer_normal,
            CaseClass::Urgent => self.answer_urgent,
        }
    }

    /// The time to sign, by class.
    pub const fn sign(&self, class: CaseClass) -> Span {
        match class {
            CaseClass::Urgent => self.sign_urgent,
            CaseClass::Simple | CaseClass::Normal => self.sign,
        }
    }

    /// The time until a person looks at a held letter.
    pub const fn hold(&self, urgency: Urgency) -> Span {
        match urgency {
            Urgency::Normal => self.screening_hold,
            Urgency::Urgent | Urgency::Emergency => self.screening_urgent,
        }
    }

    /// The same with one setting changed, the value as documentation shows it (`2wd`, `20/30/50`, `3, 10`, `true`).
    ///
    /// # Errors
    /// [`LimitError`]: no such setting, or a value of another kind or out of all proportion.
    pub fn with(&self, key: &str, value: &str) -> Result<Self, LimitError> {
        // Nothing here is counted in ten thousands; a slip of the finger must not send the calendar through a century.
        if value
            .split(|c: char| !c.is_ascii_digit())
            .any(|digits| digits.len() > 4)
        {
            return Err(LimitError::Value);
        }
        let mut all = serde_json::to_value(self).map_err(|_| LimitError::Value)?;
        let slot = all.get_mut(key).ok_or(LimitError::Key)?;
        let number = |text: &str| {
            text.trim()
                .parse::<u32>()
                .map(Into::into)
                .map_err(|_| LimitError::Value)
        };
        *slot = match slot {
            serde_json::Value::Bool(_) => value.trim().parse::<bool>().map_err(|_| LimitError::Value)?.into(),
            serde_json::Value::Number(_) => number(value)?,
            serde_json::Value::Array(old) => {
                let parts = value.split(['/', ',']).map(str::trim).filter(|part| !part.is_empty());
                if old.iter().any(serde_json::Value::is_number) {
                    parts.map(number).collect::<Result<Vec<_>, _>>()?.into()
                } else {
                    parts.map(str::to_owned).collect::<Vec<_>>().into()
                }
            }
            _ => value.trim().into(),
        };
        serde_json::from_value(all).map_err(|_| LimitError::Value)
    }

    /// The value of a setting by its name, as documentation shows it.
    pub fn shown(&self, key: &str) -> Option<String> {
        self.rows().into_iter().find(|row| row.key == key).map(|row| row.value)
    }
}

/// Why a setting was not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitError {
    /// No such setting.
    Key,
    /// Not a value of this setting's kind.
    Value,
}

/// Reasons travel as codes; whether a code is in a list.
pub(crate) fn listed(list: &[String], code: &Id) -> bool {
    list.iter().any(|entry| entry == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_over_since_a_moment_was_not_over_a_moment_before() {
        let calendar = WorkCalendar::default();
        let now = crate::calendar::Date::parse("2026-11-30")
            .expect("a date")
            .at_minute(9 * 60);
        for span in ["12mo", "3mo", "180d", "10wd", "4wh", "48h"].map(|text| Span::parse(text).expect("a span")) {
            let since = span.over_since(now, &calendar);
            assert!(since > 0 && span.after(since, &calendar) <= now, "{span:?}");
            assert!(span.after(since + 1, &calendar) > now, "{span:?}");
        }
        assert_eq!(Span::months(1200).over_since(now, &calendar), 0, "nothing is that old");
    }

    #[test]
    fn every_setting_takes_its_own_value_back() {
        let limits = Limits::default();
        for row in limits.rows() {
            assert_eq!(limits.with(row.key, &row.value), Ok(limits.clone()), "{}", row.key);
        }
    }

    #[test]
    fn every_origin_is_said_in_words() {
        let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
        for row in Limits::default().rows() {
            let words = row.origin.chars().filter(|c| is_chinese(*c)).count();
            assert!(words >= 4, "{}: {}", row.key, row.origin);
        }
    }

    #[test]
    fn a_wrong_name_or_value_is_refused() {
        let limits = Limits::default();
        assert_eq!(limits.with("no_such", "1"), Err(LimitError::Key));
        for (key, value) in [
            ("accept", "bald"),
            ("accept", "20000wd"),
            ("urges", "viele"),
            ("auto_accept", "ja"),
            ("rating_weights", "1/2"),
        ] {
            assert_eq!(limits.with(key, value), Err(LimitError::Value), "{key}");
        }
        assert_eq!(
            limits.with("accept", "3wd").map(|limits| limits.accept),
            Ok(Span::work_days(3))
        );
    }
}
