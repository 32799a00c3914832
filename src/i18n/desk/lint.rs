//! What the look over a reply found, in words, each with what to do about it.

#![allow(missing_docs, reason = "a constant here is its own text")]

use liaison_domain::reply::{Finding, LintCode};

pub const TITLE: &str = "答复检查";
pub const CLEAN: &str = "检查过了，没有发现要改的地方。";
pub const WEIGHTY: &str = "发出前要确认";

/// What is wrong.
pub fn what(finding: &Finding) -> String {
    let quote = |words: &str| [words, "“", &finding.quote, "”"].concat();
    match finding.code {
        LintCode::Boilerplate => {
            let percent = finding.percent.map(|percent| percent.to_string()).unwrap_or_default();
            let other = finding.other.as_deref().unwrap_or("另一件");
            ["和 ", other, " 的答复有 ", &percent, "% 相同"].concat()
        }
        LintCode::DateMissing => "选了 B，还没有写哪天办好".to_owned(),
        LintCode::ReasonMissing => "选了 C，还没有写为什么办不了".to_owned(),
        LintCode::ContactMissing => "没有写可以找谁问".to_owned(),
        LintCode::PersonalData => quote("写了个人信息"),
        LintCode::PassedOn => quote("只说了"),
        LintCode::Vague => quote("说法太虚："),
        LintCode::Short => "太短，看不出查了什么、做了什么".to_owned(),
        LintCode::NotContacted => "还没有和来信人联系过".to_owned(),
    }
}

/// What to do about it.
pub const fn advice(code: LintCode) -> &'static str {
    match code {
        LintCode::Boilerplate => "写这一件自己的情况：去了哪里、看到什么、做了什么。",
        LintCode::DateMissing => "填一个今天之后、做得到的日子。",
        LintCode::ReasonMissing => "写依据，也写将来什么条件下能办。",
        LintCode::ContactMissing => "写科室和办公电话。",
        LintCode::PersonalData => "删掉，或者换成科室和办公电话。",
        LintCode::PassedOn => "转出去不算答复。写清楚接手的人做了什么、结果怎样。",
        LintCode::Vague => "换成具体的日子和做法。",
        LintCode::Short => "补上查到的情况和已经做的事。",
        LintCode::NotContacted => "先打个电话，再记一次“联系来信人”。",
    }
}

/// Several in one line.
pub fn in_short<'a>(findings: impl Iterator<Item = &'a Finding>) -> String {
    findings.map(what).collect::<Vec<_>>().join("；")
}
