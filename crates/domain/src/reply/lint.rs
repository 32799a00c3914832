//! The reply linter (答复检查): what a resident would miss in a reply, said while it is being written. It warns; a person
//! decides, and the office has to have read each warning before the reply goes out.

use super::similarity::Fingerprint;
use crate::calendar::{Date, date_of};
use crate::guard::{self, PersonalData};
use crate::lifecycle::{Outcome, ReplyText, coded_enum};
use crate::limits::Limits;
use crate::{Id, Millis};
use serde::{Deserialize, Serialize};

coded_enum! {
    /// What is wrong.
    LintCode {
        /// 雷同: nearly the same words as another reply of the unit.
        Boilerplate = "boilerplate",
        /// B without a day.
        DateMissing = "date_missing",
        /// C without a reason.
        ReasonMissing = "reason_missing",
        /// Whom to call is missing.
        ContactMissing = "contact_missing",
        /// A person's data stands in it.
        PersonalData = "personal_data",
        /// 「已转」 alone: passed on is a status, not an answer.
        PassedOn = "passed_on",
        /// 「尽快」「适时」 where a day belongs.
        Vague = "vague",
        /// Too short to say what was found and done.
        Short = "short",
        /// Nobody spoke with the resident before.
        NotContacted = "not_contacted",
    }
}

/// One warning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Finding {
    pub code: LintCode,
    /// The words it is about, as they stand; empty for the whole.
    pub quote: String,
    /// For [`LintCode::Boilerplate`]: how alike, in percent.
    pub percent: Option<u32>,
    /// For [`LintCode::Boilerplate`]: the other letter's number.
    pub other: Option<String>,
}

crate::wire!(Finding {
    code,
    quote,
    percent,
    other
});

/// What a reply is looked over with.
#[derive(Clone, Copy, Debug, Default)]
pub struct Material<'a> {
    /// The unit's last replies to other letters, newest first, as (number, text).
    pub recent: &'a [(String, String)],
    /// Conversations logged with the resident.
    pub contacts: usize,
    pub now: Millis,
}

/// Fewer characters than this can hardly say what was found and what was done.
const SHORT: usize = 20;

/// Words that put a matter off.
const VAGUE: &[&str] = &[
    "尽快",
    "适时",
    "择机",
    "近期内",
    "逐步",
    "高度重视",
    "认真研究",
    "加大力度",
    "进一步加强",
];

/// Words of handing a matter on.
const PASSED_ON: &[&str] = &["已转", "已移交", "已反馈给", "已通知", "转至", "转交", "请向", "请联系"];

/// Words of having done or found something.
const DONE: &[&str] = &[
    "已完成",
    "已修",
    "已更换",
    "已安装",
    "已加装",
    "已清理",
    "已整改",
    "已恢复",
    "现场",
    "核实",
    "经查",
    "查看",
    "检查",
    "将于",
    "计划",
    "开工",
    "完工",
    "增设",
    "调整",
    "解释",
    "规定",
    "因为",
    "由于",
    "原因",
];

/// Every warning about a reply, the weightiest first.
pub fn lint(reply: &ReplyText, material: Material<'_>, limits: &Limits) -> Vec<Finding> {
    let body = reply.body.trim();
    let mut found = Vec::new();
    let mut warn = |code, quote: &str| {
        found.push(Finding {
            code,
            quote: quote.to_owned(),
            percent: None,
            other: None,
        });
    };
    if reply.outcome == Outcome::B && !has_day_ahead(reply, material.now) {
        warn(LintCode::DateMissing, "");
    }
    if reply.outcome == Outcome::C && reply.reason.as_deref().is_none_or(|reason| reason.trim().is_empty()) {
        warn(LintCode::ReasonMissing, "");
    }
    for span in guard::find(body) {
        // An office's own number is what a reply should give.
        if span.kind != PersonalData::Phone || is_mobile(&body[span.start..span.end]) {
            warn(LintCode::PersonalData, &body[span.start..span.end]);
        }
    }
    let passed = PASSED_ON.iter().find(|words| body.contains(**words));
    if let Some(words) = passed.filter(|_| !DONE.iter().any(|done| body.contains(done))) {
        warn(LintCode::PassedOn, words);
    }
    if body.chars().count() < SHORT {
        warn(LintCode::Short, "");
    }
    for words in VAGUE.iter().filter(|words| body.contains(**words)) {
        warn(LintCode::Vague, words);
    }
    if reply.contact.as_deref().is_none_or(|contact| contact.trim().is_empty()) {
        warn(LintCode::ContactMissing, "");
    }
    if material.contacts == 0 {
        warn(LintCode::NotContacted, "");
    }
    if let Some(finding) = boilerplate(body, material.recent, limits) {
        found.insert(0, finding);
    }
    found
}

impl LintCode {
    /// Weighty enough to be read before the reply goes out. The others are advice: who has to tick a box each time soon
    /// ticks it unread.
    pub const fn must_be_read(self) -> bool {
        matches!(
            self,
            Self::Boilerplate | Self::DateMissing | Self::ReasonMissing | Self::PersonalData | Self::PassedOn
        )
    }
}

impl Finding {
    /// The codes that have to be acknowledged before such a reply goes out, each once.
    pub fn codes(findings: &[Self]) -> Vec<Id> {
        let weighty = findings.iter().filter(|finding| finding.code.must_be_read());
        let mut codes: Vec<Id> = weighty.map(|finding| finding.code.code().to_owned()).collect();
        codes.sort();
        codes.dedup();
        codes
    }
}

fn has_day_ahead(reply: &ReplyText, now: Millis) -> bool {
    reply
        .promise_date
        .as_deref()
        .and_then(Date::parse)
        .is_some_and(|day| day > date_of(now))
}

/// A mobile number belongs to a person, a landline to an office.
fn is_mobile(text: &str) -> bool {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.len() == 11 && digits.starts_with('1')
}

fn boilerplate(body: &str, recent: &[(String, String)], limits: &Limits) -> Option<Finding> {
    let own = Fingerprint::of(body);
    recent
        .iter()
        .take(limits.lint_window as usize)
        .map(|(no, text)| (own.likeness(&Fingerprint::of(text)), no))
        .max_by_key(|(percent, _)| *percent)
        .filter(|(percent, _)| *percent >= limits.lint_similar_percent)
        .map(|(percent, no)| Finding {
            code: LintCode::Boilerplate,
            quote: String::new(),
            percent: Some(percent),
            other: Some(no.clone()),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(body: &str, outcome: Outcome) -> ReplyText {
        ReplyText {
            body: body.to_owned(),
            outcome,
            promise_date: None,
            reason: None,
            contact: Some("区住建局物业科 0570-000000".to_owned()),
            attachments: Vec::new(),
            parts: None,
        }
    }

    fn codes(reply: &ReplyText, recent: &[(String, String)]) -> Vec<LintCode> {
        let material = Material {
            recent,
            contacts: 1,
            now: Date::new(2026, 9, 14).map_or(0, Date::start),
        };
        lint(reply, material, &Limits::default())
            .into_iter()
            .map(|finding| finding.code)
            .collect()
    }

    const GOOD: &str = "9月2日上午到3栋现场查看,水泵老化导致积水。已更换排水泵两台,并连夜抽干车库,现在64个车位都能停。";

    #[test]
    fn a_plain_answer_has_no_warning() {
        assert_eq!(codes(&reply(GOOD, Outcome::A), &[]), []);
    }

    #[test]
    fn nearly_the_same_words_as_before_are_named_with_the_other_letter() {
        let recent = [("TH-2026-000007".to_owned(), GOOD.replace("9月2日", "8月30日"))];
        assert_eq!(codes(&reply(GOOD, Outcome::A), &recent), [LintCode::Boilerplate]);
        let old = vec![("x".to_owned(), "别的事".to_owned()); Limits::default().lint_window as usize];
        let beyond = [old, recent.to_vec()].concat();
        assert_eq!(
            codes(&reply(GOOD, Outcome::A), &beyond),
            [],
            "only the last fifty count"
        );
    }

    #[test]
    fn a_promise_needs_a_day_ahead_and_a_no_its_reason() {
        let mut promise = reply(GOOD, Outcome::B);
        assert_eq!(codes(&promise, &[]), [LintCode::DateMissing]);
        promise.promise_date = Some("2026-09-14".to_owned());
        assert_eq!(codes(&promise, &[]), [LintCode::DateMissing], "today is no promise");
        promise.promise_date = Some("2026-09-30".to_owned());
        assert_eq!(codes(&promise, &[]), []);
        let mut no = reply(GOOD, Outcome::C);
        no.reason = Some("  ".to_owned());
        assert_eq!(codes(&no, &[]), [LintCode::ReasonMissing]);
    }

    #[test]
    fn passing_on_is_no_answer_unless_something_was_done_too() {
        let passed = reply(
            "您反映的问题已转街道处理,请您耐心等待后续的通知,谢谢您的理解。",
            Outcome::D,
        );
        assert_eq!(codes(&passed, &[]), [LintCode::PassedOn]);
        let done = reply(
            "您反映的问题已转街道,街道昨天到现场核实并清理了堆放的杂物,楼道已通。",
            Outcome::A,
        );
        assert_eq!(codes(&done, &[]), []);
    }

    #[test]
    fn vague_words_and_short_ones_are_named() {
        assert_eq!(
            codes(&reply("我们将尽快处理。", Outcome::D), &[]),
            [LintCode::Short, LintCode::Vague]
        );
    }

    #[test]
    fn a_person_s_number_is_personal_and_an_office_s_is_not() {
        let person = reply(&format!("{GOOD}有事打张师傅13912345678。"), Outcome::A);
        assert_eq!(codes(&person, &[]), [LintCode::PersonalData]);
        let office = reply(&format!("{GOOD}有事打0570-8201234。"), Outcome::A);
        assert_eq!(codes(&office, &[]), []);
    }

    #[test]
    fn nobody_to_call_and_nobody_called_are_named() {
        let mut silent = reply(GOOD, Outcome::A);
        silent.contact = None;
        let findings = lint(&silent, Material::default(), &Limits::default());
        let codes: Vec<LintCode> = findings.iter().map(|finding| finding.code).collect();
        assert_eq!(codes, [LintCode::ContactMissing, LintCode::NotContacted]);
        assert_eq!(
            Finding::codes(&findings),
            Vec::<String>::new(),
            "advice need not be ticked"
        );
    }
}
