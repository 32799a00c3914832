//! Index terms for search: two-character words are what most Chinese queries are, so runs of Chinese become overlapping
//! pairs; Latin letters and digits stay words. Stored as one text of terms between blanks, searched by phrases.

use crate::text::{half_width, is_cjk};

/// The terms of a text, in order, separated by single blanks: 「27路公交」 → `27 路公 公交 交`. A run of Chinese ends with
/// its last character alone, so that every character begins some term and can be found by itself.
pub fn index_terms(text: &str) -> String {
    let mut terms = Vec::new();
    for run in runs(text) {
        let last = run.last_character();
        terms.extend(run.terms());
        terms.extend(last);
    }
    terms.join(" ")
}

/// Terms that must stand together in this order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    pub terms: Vec<String>,
    /// A single Chinese character: any term that begins with it will do (`天*`, `天:*`).
    pub prefix: bool,
}

/// What to look for: each word or run of Chinese typed is one phrase; all of them must be found. Empty when nothing
/// searchable was typed. The terms hold letters and digits only, nothing that a search syntax could take for its own.
pub fn query_terms(query: &str) -> Vec<Phrase> {
    let prefix = |run: &Run| matches!(run, Run::Chinese(chars) if chars.len() == 1);
    runs(query)
        .iter()
        .map(|run| Phrase {
            terms: run.terms(),
            prefix: prefix(run),
        })
        .collect()
}

/// The terms of a text that tell it from others: pairs and words that are not in everybody's letters, each once, in order.
/// For finding what is alike; a person's own query is read by [`query_terms`].
pub fn telling_terms(text: &str, most: usize) -> Vec<String> {
    let is_common = |term: &str| {
        let mut chars = term.chars();
        term.chars().count() < 2
            || term.bytes().all(|byte| byte.is_ascii_digit())
            || chars.any(|c| COMMON.contains(c))
            || COMMON_PAIRS.contains(&term)
    };
    let mut telling: Vec<String> = Vec::new();
    for term in runs(text).iter().flat_map(Run::terms) {
        if telling.len() < most && !is_common(&term) && !telling.contains(&term) {
            telling.push(term);
        }
    }
    telling
}

/// Characters that join words; a pair with one of them says little.
const COMMON: &str = "的了是我你您他她们在有不这那就也都很请希望和与及或但因为所以把被让给对到从去来又还再已经没什么怎能可以会要想说得着过个一二三四五六七八九十上下里外前后时候天月年日点多些每次吗呢吧啊";
/// Pairs that stand in letters about anything.
const COMMON_PAIRS: &[&str] = &[
    "小区", "社区", "街道", "居民", "业主", "物业", "问题", "部门", "解决", "情况", "联系", "反映", "建议", "附近",
    "门口", "尽快", "谢谢", "老人", "孩子", "影响", "安全", "生活", "非常", "现在", "工作", "人员", "代表", "您好",
    "大家", "方便", "处理",
];

/// Characters of one kind side by side.
enum Run {
    Chinese(Vec<char>),
    Word(String),
}

impl Run {
    fn terms(&self) -> Vec<String> {
        match self {
            Self::Word(word) => vec![word.clone()],
            Self::Chinese(chars) if chars.len() == 1 => vec![chars.iter().collect()],
            Self::Chinese(chars) => chars.windows(2).map(|pair| pair.iter().collect()).collect(),
        }
    }

    fn last_character(&self) -> Option<String> {
        match self {
            Self::Chinese(chars) if chars.len() > 1 => chars.last().map(char::to_string),
            _ => None,
        }
    }
}

/// Half-width and lower case, cut where Chinese, words and everything else meet.
fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    for c in text.chars().map(half_width).flat_map(char::to_lowercase) {
        match (runs.last_mut(), is_cjk(c), c.is_alphanumeric()) {
            (Some(Some(Run::Chinese(chars))), true, _) => chars.push(c),
            (_, true, _) => runs.push(Some(Run::Chinese(vec![c]))),
            (Some(Some(Run::Word(word))), false, true) => word.push(c),
            (_, false, true) => runs.push(Some(Run::Word(c.to_string()))),
            (_, false, false) => runs.push(None),
        }
    }
    runs.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_becomes_overlapping_pairs_and_words_stay() {
        assert_eq!(index_terms("27路公交"), "27 路公 公交 交");
        assert_eq!(index_terms("电梯,坏了!"), "电梯 梯 坏了 了");
        assert_eq!(index_terms("ＬＥＤ灯 LED"), "led 灯 led");
        assert_eq!(index_terms("　\n…"), "");
    }

    #[test]
    fn only_what_tells_a_letter_from_others_is_looked_for() {
        assert_eq!(telling_terms("学府路的路灯不亮了。", 9), ["学府", "府路", "路灯"]);
        assert_eq!(telling_terms("我们小区有问题，希望解决", 9), Vec::<String>::new());
        assert_eq!(
            telling_terms("电梯 电梯 LED 2026", 9),
            ["电梯", "led"],
            "each once, and no bare numbers"
        );
        assert_eq!(telling_terms("车库积水排水沟堵塞", 2).len(), 2);
    }

    #[test]
    fn what_is_typed_is_found_in_what_is_stored() {
        let stored = index_terms("船坞里地下车库积水,物业说3天内修好");
        let terms: Vec<&str> = stored.split(' ').collect();
        let found = |phrase: &Phrase| {
            terms.windows(phrase.terms.len()).any(|window| {
                let fits = |(have, want): (&&str, &String)| {
                    if phrase.prefix {
                        have.starts_with(want.as_str())
                    } else {
                        *have == want
                    }
                };
                window.iter().zip(&phrase.terms).all(fits)
            })
        };
        for query in ["车库", "积水", "地下车库", "物业", "3天", "好", "船坞里 积水"] {
            let phrases = query_terms(query);
            assert!(
                !phrases.is_empty() && phrases.iter().all(found),
                "{query} is not found in {stored}"
            );
        }
        assert!(
            !query_terms("车位").iter().all(found),
            "车位 does not stand in the text"
        );
        assert!(query_terms(" ,。").is_empty(), "punctuation alone searches nothing");
    }
}
