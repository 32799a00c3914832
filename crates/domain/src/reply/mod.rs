//! A unit's reply: put together from its parts, and looked over before anybody else reads it.

mod lint;
mod shipped;
mod similarity;

pub use lint::{Finding, LintCode, Material, lint};
pub use shipped::{SHIPPED_TEMPLATES, ShippedTemplate};
pub use similarity::{Fingerprint, likeness};

use crate::lifecycle::{Outcome, ReplyParts, ReplyText};

/// Headings of the parts, as the resident reads them.
const HEADINGS: [&str; 3] = ["调查核实", "办理情况", "下一步"];

/// The text of a reply from its parts, empty ones left out; a lone part needs no heading.
pub fn compose(parts: &ReplyParts) -> String {
    let all = [&parts.found, &parts.done, &parts.plan];
    let filled: Vec<(&str, &str)> = HEADINGS
        .into_iter()
        .zip(all)
        .map(|(heading, text)| (heading, text.trim()))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    if let [(_, only)] = filled.as_slice() {
        return (*only).to_owned();
    }
    let lines: Vec<String> = filled
        .iter()
        .map(|(heading, text)| [heading, "：", text].concat())
        .collect();
    lines.join("\n\n")
}

/// The answers of a letter's parts as one: each under its title. Solved only when all of them are, so that nothing is
/// called solved that is not.
pub fn compose_parts(parts: &[(String, ReplyText)]) -> ReplyText {
    let bodies: Vec<String> = parts
        .iter()
        .map(|(title, reply)| ["【", title.trim(), "】\n", reply.body.trim()].concat())
        .collect();
    let has = |outcome| parts.iter().any(|(_, reply)| reply.outcome == outcome);
    let outcome = [Outcome::C, Outcome::B, Outcome::D]
        .into_iter()
        .find(|outcome| has(*outcome))
        .unwrap_or(Outcome::A);
    let reasons: Vec<&str> = parts.iter().filter_map(|(_, reply)| reply.reason.as_deref()).collect();
    let contacts: Vec<&str> = parts.iter().filter_map(|(_, reply)| reply.contact.as_deref()).collect();
    let some = |texts: Vec<&str>| (!texts.is_empty()).then(|| texts.join("；"));
    ReplyText {
        body: bodies.join("\n\n"),
        outcome,
        // Days sort as text.
        promise_date: parts.iter().filter_map(|(_, reply)| reply.promise_date.clone()).max(),
        reason: some(reasons),
        contact: some(contacts),
        attachments: Vec::new(),
        parts: None,
    }
}

impl ReplyParts {
    /// Nothing was filled in.
    pub fn is_empty(&self) -> bool {
        [&self.found, &self.done, &self.plan]
            .iter()
            .all(|text| text.trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_put_together_in_order_and_empty_ones_left_out() {
        let parts = ReplyParts {
            found: " 现场查看,水泵老化。 ".to_owned(),
            done: String::new(),
            plan: "9月底前更换。".to_owned(),
        };
        assert_eq!(
            compose(&parts),
            "调查核实：现场查看,水泵老化。\n\n下一步：9月底前更换。"
        );
    }

    #[test]
    fn answers_of_parts_stand_under_their_titles_and_the_least_outcome_counts() {
        let one = |body: &str, outcome, promise: Option<&str>| ReplyText {
            body: body.to_owned(),
            outcome,
            promise_date: promise.map(str::to_owned),
            reason: None,
            contact: None,
            attachments: Vec::new(),
            parts: None,
        };
        let whole = compose_parts(&[
            ("电梯".to_owned(), one("已修好。", Outcome::A, None)),
            ("停车".to_owned(), one("国庆前划线。", Outcome::B, Some("2026-09-30"))),
            ("噪声".to_owned(), one("已记下。", Outcome::D, None)),
        ]);
        assert_eq!(
            whole.body,
            "【电梯】\n已修好。\n\n【停车】\n国庆前划线。\n\n【噪声】\n已记下。"
        );
        assert_eq!(
            (whole.outcome, whole.promise_date.as_deref()),
            (Outcome::B, Some("2026-09-30"))
        );
    }

    #[test]
    fn a_lone_part_stands_by_itself() {
        let parts = ReplyParts {
            done: "已修好。".to_owned(),
            ..ReplyParts::default()
        };
        assert_eq!(compose(&parts), "已修好。");
        assert!(ReplyParts::default().is_empty());
    }
}
