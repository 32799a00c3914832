//! Letters from a small vocabulary: enough of it that lists and searches have something to tell apart.

use crate::randoms::Randoms;

/// What a letter is about: the category it belongs to, its noun, what is wrong, what was done.
#[derive(Debug)]
pub struct Subject {
    pub category: &'static str,
    noun: &'static str,
    wrong: &'static [&'static str],
    done: &'static str,
}

/// The first is the one that searches look for.
pub const SUBJECTS: &[Subject] = &[
    Subject {
        category: "housing",
        noun: "电梯",
        wrong: &["停了三天", "运行时一直抖动", "经常夹人", "门关不严"],
        done: "更换了门机和钢丝绳，通过了检验",
    },
    Subject {
        category: "housing",
        noun: "楼顶",
        wrong: &["一下雨就漏水", "防水层起鼓", "积水排不出去"],
        done: "重新铺了防水层",
    },
    Subject {
        category: "transport",
        noun: "路灯",
        wrong: &["连着五盏不亮", "白天亮着晚上不亮", "灯杆歪了"],
        done: "换好了灯头，电缆做了防水",
    },
    Subject {
        category: "transport",
        noun: "公交车站",
        wrong: &["改线以后没有站牌", "早高峰等半个小时", "候车亭玻璃碎了"],
        done: "补上了站牌并调整了班次",
    },
    Subject {
        category: "environment",
        noun: "烧烤摊",
        wrong: &["油烟呛得不能开窗", "半夜还在吵", "污水倒在路边"],
        done: "清退了占道摊位并安排夜间巡查",
    },
    Subject {
        category: "environment",
        noun: "垃圾房",
        wrong: &["气味很大", "清运不及时", "撤桶以后没有地方投放"],
        done: "加密了清运并装了除臭设备",
    },
    Subject {
        category: "education",
        noun: "假期托管班",
        wrong: &["名额太少", "离家太远", "没有午餐"],
        done: "增加了两个班并联系了配餐",
    },
    Subject {
        category: "safety",
        noun: "消防通道",
        wrong: &["被车堵死", "堆满了杂物", "门上了锁"],
        done: "清空了通道并画了禁停线",
    },
];

const PLACES: &[&str] = &[
    "船坞里",
    "学府路",
    "海棠苑",
    "望潮小区",
    "盐仓巷",
    "松径路",
    "渔港新村",
    "灯塔街",
    "青石桥",
    "云帆花园",
    "听涛里",
    "梅园",
];

const ASIDES: &[&str] = &[
    "老人上下楼很不方便。",
    "孩子放学每天都要经过。",
    "邻居们也反映过，一直没有结果。",
    "打过两次电话，都说会转达。",
    "希望能给一个明确的时间。",
    "请有关部门到现场看一看。",
];

/// A letter's words, and those of what becomes of it.
#[derive(Clone, Debug)]
pub struct Words {
    pub title: String,
    pub body: String,
    pub place: String,
    pub answer: String,
}

/// The words of letter number `nth` about a subject.
pub fn of(subject: &Subject, nth: usize, randoms: &mut Randoms) -> Words {
    let pick = |list: &[&'static str], randoms: &mut Randoms| randoms.pick(list).copied().unwrap_or_default();
    let (place, wrong) = (pick(PLACES, randoms), pick(subject.wrong, randoms));
    let (house, days) = (1 + randoms.below(60), 2 + randoms.below(40));
    let (aside, other) = (pick(ASIDES, randoms), pick(ASIDES, randoms));
    let noun = subject.noun;
    Words {
        title: format!("{place}{house}号的{noun}{wrong}"),
        body: format!("{place}{house}号的{noun}{wrong}，已经{days}天了。{aside}{other}"),
        place: format!("{place}{house}号"),
        answer: format!(
            "您反映的{place}{house}号{noun}问题（第{nth}件），我们到现场查看后，{}，并留了维护电话，今后两周每天有人去看一次。",
            subject.done
        ),
    }
}
