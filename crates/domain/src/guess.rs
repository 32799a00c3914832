//! What a letter is about, guessed from its words: kind, category, and whether it belongs elsewhere. A guess to be
//! corrected with one tap, never a decision.

mod categories;
mod doors;

use crate::dto::Category;
use crate::lifecycle::{LetterKind, coded_enum};
use crate::text::half_width;
use categories::CATEGORIES;
pub use doors::{DOORS, built_in_doors, check_door, doors, tidy_door};

coded_enum! {
    /// Matters a station does not take on; the codes are those of the library of reasons to decline.
    Stopper {
        /// 诉讼中.
        Litigation = "litigation",
        /// 信访程序中.
        Petition = "petition",
        /// 商业广告.
        CommercialAd = "commercial_ad",
        /// 求职广告.
        JobAd = "job_ad",
        /// 人身攻击.
        PersonalAttack = "personal_attack",
    }
}

coded_enum! {
    /// A danger that cannot wait for a letter.
    Emergency {
        /// 警情.
        Police = "police",
        /// 火灾与被困.
        Fire = "fire",
        /// 急救.
        Medical = "medical",
        /// 燃气泄漏.
        Gas = "gas",
    }
}

impl Emergency {
    /// The number to call at once. For gas: open the windows, go outside, and call the fire brigade; the gas company's
    /// own number stands in the category.
    pub const fn number(self) -> &'static str {
        match self {
            Self::Police => "110",
            Self::Fire | Self::Gas => "119",
            Self::Medical => "120",
        }
    }
}

/// A category with how sure the guess is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CategoryGuess {
    /// `housing.lift`.
    pub slug: &'static str,
    /// 0 to 100. Above 60 it may be filled in, below it is offered among others.
    pub confidence: u8,
}

/// Everything guessed from a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guess {
    pub kind: Option<LetterKind>,
    /// Up to three, likeliest first.
    pub categories: Vec<CategoryGuess>,
    /// The text reads like a matter for another door. Say so kindly; the letter may still be sent.
    pub stopper: Option<Stopper>,
    /// Show the number at once.
    pub emergency: Option<Emergency>,
}

/// Guesses kind, category and scope from a letter's title and body.
pub fn guess(text: &str) -> Guess {
    let text: String = text.chars().map(half_width).map(|c| c.to_ascii_lowercase()).collect();
    Guess {
        kind: kind_of(&text),
        categories: categories_of(&text),
        stopper: first_of(STOPPERS, &text),
        emergency: first_of(EMERGENCIES, &text),
    }
}

/// The kind that the words speak for; without any it is a call for help, the most common one.
pub fn guess_kind(text: &str) -> LetterKind {
    guess(text).kind.unwrap_or(LetterKind::Help)
}

/// Slug of the category that the words speak for, among those a station has: by our words, else by a category's own name.
pub fn guess_category<'a>(text: &str, categories: &'a [Category]) -> Option<&'a str> {
    let known = |slug: &str| categories.iter().find(|category| category.slug == slug);
    let is_leaf = |category: &Category| {
        !categories
            .iter()
            .any(|child| child.parent_id.as_ref() == Some(&category.id))
    };
    let by_name = || {
        categories
            .iter()
            .find(|category| is_leaf(category) && text.contains(&category.name))
    };
    let guessed = guess(text).categories;
    guessed
        .iter()
        .find_map(|guess| known(guess.slug))
        .or_else(by_name)
        .map(|category| category.slug.as_str())
}

/// The kind with most of its words in the text; the earlier one where two are even: thanks that also suggest something
/// are thanks.
fn kind_of(text: &str) -> Option<LetterKind> {
    let mut best = (None, 0);
    for (kind, words) in KINDS {
        let count = words.iter().filter(|word| text.contains(**word)).count();
        if count > best.1 {
            best = (Some(*kind), count);
        }
    }
    best.0
}

/// Rules in order; the first whose words stand in the text decides.
fn first_of<T: Copy>(rules: &[(T, &[&str])], text: &str) -> Option<T> {
    rules
        .iter()
        .find(|(_, words)| words.iter().any(|word| text.contains(word)))
        .map(|(value, _)| *value)
}

/// Every category's score is the length of its words found; longer words say more.
fn categories_of(text: &str) -> Vec<CategoryGuess> {
    let mut scores: Vec<(&'static str, usize)> = CATEGORIES
        .iter()
        .map(|(slug, words)| {
            let found = words.iter().filter(|word| text.contains(**word));
            (*slug, found.map(|word| word.chars().count().pow(2)).sum())
        })
        .filter(|(_, score)| *score > 0)
        .collect();
    scores.sort_by_key(|(_, score)| std::cmp::Reverse(*score));
    let total: usize = scores.iter().map(|(_, score)| score).sum();
    scores
        .iter()
        .take(3)
        .map(|(slug, score)| {
            // The share of all that was found, weakened where little was found at all.
            let share = score * 100 / total.max(1);
            let evidence = (40 + score * 5).min(95);
            CategoryGuess {
                slug,
                confidence: u8::try_from(share * evidence / 100).unwrap_or(95),
            }
        })
        .collect()
}

const KINDS: &[(LetterKind, &[&str])] = &[
    (LetterKind::Praise, &["表扬", "感谢", "点赞", "锦旗", "谢谢", "好评"]),
    (
        LetterKind::Complaint,
        &[
            "投诉",
            "举报",
            "太差",
            "不作为",
            "推诿",
            "乱收费",
            "态度恶劣",
            "态度很差",
            "没人管",
            "糊弄",
            "违规",
        ],
    ),
    (
        LetterKind::Question,
        &[
            "请问",
            "咨询",
            "想问",
            "问一下",
            "怎么办理",
            "如何办理",
            "需要什么材料",
            "什么时候能",
            "符合条件吗",
        ],
    ),
    (
        LetterKind::Suggestion,
        &[
            "建议",
            "希望能",
            "能不能增",
            "能否增",
            "呼吁",
            "可以考虑",
            "应该增加",
            "最好能",
            "增设",
            "延伸",
            "想加装",
        ],
    ),
    (
        LetterKind::Help,
        &["求助", "帮帮", "请帮", "坏了", "漏水", "不亮", "停水", "停电", "积水"],
    ),
];

const STOPPERS: &[(Stopper, &[&str])] = &[
    (
        Stopper::Litigation,
        &[
            "已起诉",
            "已经起诉",
            "法院已立案",
            "正在诉讼",
            "诉讼中",
            "开庭",
            "一审判决",
            "二审",
            "强制执行",
            "劳动仲裁中",
        ],
    ),
    (
        Stopper::Petition,
        &[
            "信访局已受理",
            "信访程序",
            "信访复查",
            "信访复核",
            "信访事项",
            "正在信访",
        ],
    ),
    (
        Stopper::CommercialAd,
        &[
            "加微信",
            "优惠价",
            "限时优惠",
            "代办贷款",
            "低息贷款",
            "招商加盟",
            "诚招代理",
            "刷单",
            "返利",
            "扫码领",
            "代开发票",
        ],
    ),
    (
        Stopper::JobAd,
        &[
            "求职",
            "应聘",
            "本人简历",
            "找份工作",
            "招聘启事",
            "诚聘",
            "高薪急招",
            "包吃住招",
        ],
    ),
    (
        Stopper::PersonalAttack,
        &[
            "王八蛋",
            "混蛋",
            "狗东西",
            "去死",
            "不得好死",
            "人渣",
            "畜生",
            "滚蛋",
            "他妈的",
        ],
    ),
];

const EMERGENCIES: &[(Emergency, &[&str])] = &[
    (
        Emergency::Gas,
        &[
            "燃气泄漏",
            "煤气泄漏",
            "天然气泄漏",
            "闻到煤气",
            "闻到燃气",
            "煤气味",
            "燃气味",
            "漏气",
        ],
    ),
    (
        Emergency::Fire,
        &[
            "着火",
            "起火",
            "冒烟",
            "火灾",
            "困在电梯",
            "被困电梯",
            "电梯困人",
            "爆炸",
        ],
    ),
    (
        Emergency::Medical,
        &["晕倒", "昏迷", "休克", "大出血", "中毒", "没有呼吸", "心脏骤停", "急救"],
    ),
    (
        Emergency::Police,
        &[
            "正在打",
            "持刀",
            "抢劫",
            "入室",
            "家暴",
            "跳楼",
            "轻生",
            "自杀",
            "失踪",
            "走失",
            "被绑",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn best(text: &str) -> Option<&'static str> {
        guess(text).categories.first().map(|guess| guess.slug)
    }

    #[test]
    fn everyday_letters_find_their_category() {
        let letters = [
            ("望楼小区3栋电梯坏了三天,老人上不了楼", "housing.lift"),
            ("学府路路灯不亮,晚上很黑", "transport.street-light"),
            ("菜场门口的路灯坏了,晚上接孩子的老人摔过两次", "transport.street-light"),
            ("希望27路公交车延伸到橘林村", "transport.bus"),
            ("楼下飞线充电,电动车把电线拉到一楼", "safety.ebike-charging"),
            ("楼下餐饮店油烟太大", "environment.fumes"),
            ("暑假孩子没人带,假期托管班报不上", "education.holiday-care"),
            ("路口没有缘石坡道,轮椅上不去", "access.kerb-ramp"),
            ("地下车库积水停不了车", "housing.parking"),
            ("共享单车乱停堵住人行道", "transport.shared-bike"),
            ("河道发黑发臭", "environment.river"),
            ("井盖松动,车一过就响", "safety.manhole"),
            ("想给老旧小区加装电梯", "access.lift-retrofit"),
        ];
        for (text, slug) in letters {
            assert_eq!(best(text), Some(slug), "{text}");
        }
        assert_eq!(best("今天天气很好"), None, "nothing to go by, no guess");
    }

    #[test]
    fn a_clear_letter_is_a_surer_guess_than_a_vague_one() {
        let clear = guess("路灯不亮,路灯杆也歪了").categories[0].confidence;
        let vague = guess("路灯旁边垃圾堆着,噪声也大,停车也难").categories[0].confidence;
        assert!(clear > 60 && vague < 60, "clear {clear}, vague {vague}");
    }

    #[test]
    fn kinds_follow_the_words() {
        assert_eq!(guess("请问居住证怎么办理").kind, Some(LetterKind::Question));
        assert_eq!(guess("感谢社区修好了路灯").kind, Some(LetterKind::Praise));
        assert_eq!(guess("建议增设斑马线").kind, Some(LetterKind::Suggestion));
        assert_eq!(guess("我要投诉物业乱收费").kind, Some(LetterKind::Complaint));
        assert_eq!(guess("楼上漏水").kind, Some(LetterKind::Help));
        assert_eq!(guess("嗯").kind, None);
    }

    #[test]
    fn a_category_is_guessed_among_those_a_station_has() {
        let one = |slug: &str, name: &str, parent: Option<&str>| Category {
            id: slug.to_owned(),
            slug: slug.to_owned(),
            name: name.to_owned(),
            parent_id: parent.map(str::to_owned),
            stopper: None,
            emergency: None,
        };
        let all = [
            one("transport", "交通出行", None),
            one("transport.street-light", "路灯", Some("transport")),
            one("transport.road-damage", "道路破损", Some("transport")),
            one("access.lift-retrofit", "电梯改造", None),
            one("own.ferry", "渡船", None),
        ];
        assert_eq!(
            guess_category("学府路晚上太黑,灯不亮两周了", &all),
            Some("transport.street-light")
        );
        assert_eq!(
            guess_category("六楼老人下不来,想加装电梯", &all),
            Some("access.lift-retrofit")
        );
        assert_eq!(
            guess_category("渡船停了", &all),
            Some("own.ferry"),
            "a category of the station's own"
        );
        assert_eq!(guess_category("你们辛苦了", &all), None);
        assert_eq!(guess_kind("你们辛苦了"), LetterKind::Help);
        assert_eq!(guess_kind("感谢社区的同志,建议给他们点赞"), LetterKind::Praise);
    }

    #[test]
    fn what_belongs_elsewhere_and_what_cannot_wait() {
        assert_eq!(guess("此案法院已立案,下月开庭").stopper, Some(Stopper::Litigation));
        assert_eq!(guess("低息贷款 加微信").stopper, Some(Stopper::CommercialAd));
        assert_eq!(guess("路灯坏了").stopper, None);
        assert_eq!(guess("楼道里有很浓的煤气味").emergency, Some(Emergency::Gas));
        assert_eq!(guess("飞线充电,昨晚起火").emergency.map(Emergency::number), Some("119"));
        for stopper in Stopper::ALL {
            let reasons = crate::limits::Limits::default().decline_reasons;
            assert!(
                reasons.iter().any(|code| code == stopper.code()),
                "{} is no reason to decline",
                stopper.code()
            );
        }
    }
}
