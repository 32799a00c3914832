//! How alike two texts are: the share of three-character pieces they have in common.

use crate::text::half_width;
use std::collections::BTreeSet;

/// Length of a piece. Chinese words have two characters; three see the order of words too.
const PIECE: usize = 3;

/// A text's pieces, for comparing one text with many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fingerprint(BTreeSet<[char; PIECE]>);

impl Fingerprint {
    /// The pieces of a text; blanks, punctuation and digits play no part, so that another date or number makes no other
    /// text.
    pub fn of(text: &str) -> Self {
        let letters: Vec<char> = text
            .chars()
            .map(half_width)
            .filter(|c| c.is_alphabetic())
            .map(|c| c.to_ascii_lowercase())
            .collect();
        Self(
            letters
                .windows(PIECE)
                .filter_map(|piece| piece.try_into().ok())
                .collect(),
        )
    }

    /// 0 to 100: pieces in common against all pieces of both (Jaccard). A text without pieces is like no other.
    pub fn likeness(&self, other: &Self) -> u32 {
        let common = self.0.intersection(&other.0).count();
        let all = self.0.len() + other.0.len() - common;
        (common * 100).checked_div(all).unwrap_or(0) as u32
    }
}

/// How alike two texts are, 0 to 100.
pub fn likeness(one: &str, other: &str) -> u32 {
    Fingerprint::of(one).likeness(&Fingerprint::of(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_with_another_date_is_the_same_text() {
        let one = "您好,经现场核实,路灯已于9月3日修复,感谢您的关心与支持。";
        let other = "您好！经现场核实，路灯已于11月20日修复，感谢您的关心与支持！";
        assert_eq!(likeness(one, other), 100);
    }

    #[test]
    fn different_matters_are_not_alike() {
        let one = "公交27路自下月起延伸到橘林村,首班6点半。";
        let other = "餐饮店已加装油烟净化器,复测达标。";
        assert!(likeness(one, other) < 10);
    }

    #[test]
    fn likeness_is_mutual_and_nothing_is_like_nothing() {
        let one = "地下车库排水泵已更换";
        let other = "地下车库排水泵正在更换";
        assert_eq!(likeness(one, other), likeness(other, one));
        assert!(likeness(one, other) > 40 && likeness(one, other) < 100);
        assert_eq!(likeness("", ""), 0);
    }
}
