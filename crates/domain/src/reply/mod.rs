//! A unit's reply: put together from its parts, and looked over before anybody else reads it.

mod lint;
mod shipped;
mod similarity;

pub use lint::{Finding, LintCode, Material, lint};
pub use shipped::{SHIPPED_TEMPLATES, ShippedTemplate};
pub use similarity::{Fingerprint, likeness};

use crate::lifecycle::ReplyParts;

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
    fn a_lone_part_stands_by_itself() {
        let parts = ReplyParts {
            done: "已修好。".to_owned(),
            ..ReplyParts::default()
        };
        assert_eq!(compose(&parts), "已修好。");
        assert!(ReplyParts::default().is_empty());
    }
}
