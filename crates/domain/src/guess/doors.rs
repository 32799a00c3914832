//! Doors other than the station's: matters that a deputy must not or cannot take up, known by their words.
//!
//! They are told while somebody writes and never stand in the way: the letter may be sent all the same. Which doors there
//! are is the district's to say; what stands here is what holds where it says nothing.

use crate::dto::{Door, DoorInput, FieldError, check_text};
use crate::text::half_width;

/// Most doors of a district.
pub const DOORS: usize = 40;
/// Longest name, words and hours of a door, in characters.
const NAME: usize = 20;
const TEXT: usize = 200;
const HOURS: usize = 60;
/// Most words a door is known by, and how long each may be. A single character stands in every letter.
const WORDS: usize = 60;
const WORD: std::ops::RangeInclusive<usize> = 2..=20;
/// Doors told beside one text: never a wall of them.
const TOLD: usize = 2;

/// The doors that a text's words speak of, at most two, in the order of the list: weightiest first.
pub fn doors<'a>(text: &str, all: &'a [Door]) -> Vec<&'a Door> {
    let text = plain(text);
    let speaks = |door: &&Door| door.words.iter().any(|word| text.contains(word.as_str()));
    all.iter().filter(speaks).take(TOLD).collect()
}

/// As words are looked for: in half-width and lower case.
fn plain(text: &str) -> String {
    text.chars().map(half_width).map(|c| c.to_ascii_lowercase()).collect()
}

/// A door as it is kept: without blanks around, its words as they are looked for.
pub fn tidy_door(input: &DoorInput) -> DoorInput {
    let mut words: Vec<String> = Vec::new();
    for word in input.words.iter().map(|word| plain(word.trim())) {
        if !word.is_empty() && !words.contains(&word) {
            words.push(word);
        }
    }
    DoorInput {
        name: input.name.trim().to_owned(),
        text: input.text.trim().to_owned(),
        number: plain(input.number.trim()),
        hours: input.hours.trim().to_owned(),
        words,
        active: input.active,
    }
}

/// What is wrong with a door that was tidied.
pub fn check_door(input: &DoorInput) -> Vec<FieldError> {
    let wrong = |field: &str, code: &str, limit: Option<usize>| FieldError {
        field: field.to_owned(),
        code: code.to_owned(),
        limit: limit.map(|limit| limit as u64),
    };
    let mut all: Vec<FieldError> = [
        check_text("name", &input.name, NAME),
        check_text("text", &input.text, TEXT),
    ]
    .into_iter()
    .flatten()
    .collect();
    let number = &input.number;
    let is_number = number.chars().all(|c| c.is_ascii_digit() || c == '-') && (3..=20).contains(&number.len());
    if !number.is_empty() && !is_number {
        all.push(wrong("number", "invalid", None));
    }
    if input.hours.chars().count() > HOURS {
        all.push(wrong("hours", "too_long", Some(HOURS)));
    }
    if input.words.is_empty() {
        all.push(wrong("words", "required", None));
    } else if input.words.len() > WORDS {
        all.push(wrong("words", "too_many", Some(WORDS)));
    } else if input.words.iter().any(|word| !WORD.contains(&word.chars().count())) {
        all.push(wrong("words", "invalid", Some(*WORD.end())));
    }
    all
}

struct BuiltIn {
    code: &'static str,
    name: &'static str,
    text: &'static str,
    number: &'static str,
    words: &'static [&'static str],
}

/// The doors of the country, weightiest first.
pub fn built_in_doors() -> Vec<Door> {
    let door = |door: &BuiltIn| Door {
        code: door.code.to_owned(),
        name: door.name.to_owned(),
        text: door.text.to_owned(),
        number: door.number.to_owned(),
        hours: String::new(),
        words: door.words.iter().map(|word| (*word).to_owned()).collect(),
    };
    BUILT_IN.iter().map(door).collect()
}

const BUILT_IN: &[BuiltIn] = &[
    BuiltIn {
        code: "discipline",
        name: "纪检监察",
        text: "举报党员干部违纪违法：找纪委监委。写在这里，被举报的人有可能看到。",
        number: "12388",
        words: &[
            "违纪",
            "贪污",
            "受贿",
            "行贿",
            "索贿",
            "收红包",
            "吃拿卡要",
            "公款吃喝",
            "以权谋私",
            "滥用职权",
            "失职渎职",
            "检举",
            "实名举报",
            "举报干部",
            "举报书记",
            "举报主任",
            "举报局长",
            "保护伞",
        ],
    },
    BuiltIn {
        code: "court",
        name: "法院",
        text: "已经判决或正在打官司的事：找承办的法院。",
        number: "12368",
        words: &[
            "法院判决",
            "判决书",
            "判决不公",
            "一审",
            "二审",
            "再审",
            "上诉",
            "强制执行",
            "执行局",
            "被执行人",
            "老赖",
            "开庭",
            "已起诉",
            "已经起诉",
            "法院立案",
            "法院已立案",
            "打官司",
            "诉讼中",
            "正在诉讼",
        ],
    },
    BuiltIn {
        code: "labour",
        name: "劳动监察和仲裁",
        text: "欠薪、辞退、社保、工伤：找劳动监察和劳动仲裁。",
        number: "12333",
        words: &[
            "劳动仲裁",
            "拖欠工资",
            "欠薪",
            "不发工资",
            "克扣工资",
            "被辞退",
            "违法辞退",
            "不签合同",
            "没签劳动合同",
            "加班费",
            "不缴社保",
            "不交社保",
            "工伤认定",
        ],
    },
    BuiltIn {
        code: "review",
        name: "行政复议",
        text: "不服处罚或行政决定：60 天内可以申请行政复议，先打电话问怎么办。",
        number: "12348",
        words: &["行政复议", "行政处罚不服", "不服处罚", "复议决定"],
    },
    BuiltIn {
        code: "petition",
        name: "信访",
        text: "已经在信访的事：继续找受理的信访部门，打电话可以查。",
        number: "12345",
        words: &[
            "信访局",
            "信访程序",
            "信访复查",
            "信访复核",
            "信访事项",
            "正在信访",
            "上访",
        ],
    },
    BuiltIn {
        code: "police",
        name: "公安",
        text: "被骗、被偷、打架、威胁：找派出所；怀疑遇到诈骗打 96110。",
        number: "110",
        words: &[
            "被骗",
            "诈骗",
            "被偷",
            "偷了我",
            "盗窃",
            "打架",
            "被打了",
            "殴打",
            "威胁我",
            "跟踪我",
            "赌博",
            "吸毒",
            "卖淫",
        ],
    },
    BuiltIn {
        code: "consumer",
        name: "市场监管",
        text: "买东西、退款、预付卡：找市场监管部门。",
        number: "12315",
        words: &[
            "不退款",
            "拒绝退款",
            "不给退",
            "假货",
            "充值卡退",
            "健身房跑路",
            "预付卡",
            "消费纠纷",
            "缺斤少两",
        ],
    },
    BuiltIn {
        code: "legal_aid",
        name: "法律援助",
        text: "离婚、遗产、借钱不还：可以问免费的法律援助。",
        number: "12348",
        words: &[
            "离婚",
            "遗产",
            "继承纠纷",
            "抚养权",
            "欠我钱",
            "借钱不还",
            "借条",
            "民间借贷",
        ],
    },
    BuiltIn {
        code: "repair",
        name: "抢修",
        text: "刚停水停电、水管爆了：抢修更快，打通以后说转抢修。",
        number: "12345",
        words: &[
            "刚停电",
            "突然停电",
            "刚停水",
            "突然停水",
            "水管爆",
            "爆水管",
            "正在漏水",
            "断电了",
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_decided_elsewhere_is_known_by_its_words() {
        let all = built_in_doors();
        let cases = [
            ("对法院判决不服，想请代表过问", "court"),
            ("公司拖欠工资三个月，劳动仲裁还没结果", "labour"),
            ("我要实名举报，村干部贪污低保款", "discipline"),
            ("不服处罚，想申请行政复议", "review"),
            ("信访事项答复后还是不满意", "petition"),
            ("我妈在楼下被骗走两万块", "police"),
            ("健身房跑路，预付卡退不了", "consumer"),
            ("弟兄几个遗产分不清", "legal_aid"),
            ("我们楼刚停电", "repair"),
        ];
        for (text, door) in cases {
            let found = doors(text, &all);
            assert_eq!(found.first().map(|found| found.code.as_str()), Some(door), "{text}");
        }
        assert_eq!(
            doors("贪污受贿、法院判决、拖欠工资", &all).len(),
            2,
            "never a wall of doors"
        );
    }

    #[test]
    fn everyday_matters_stay_with_the_station() {
        for text in [
            "学府路路灯不亮，晚上很黑",
            "举报占道经营没人管",
            "楼道经常停电，希望改造线路",
            "建议在法院门口增设公交站",
            "社区工作人员工资怎么样能提高",
            "老人被电动车撞倒，路口没有红绿灯",
        ] {
            assert!(doors(text, &built_in_doors()).is_empty(), "{text}");
        }
    }

    fn typed(door: &Door) -> DoorInput {
        DoorInput {
            name: door.name.clone(),
            text: door.text.clone(),
            number: door.number.clone(),
            hours: door.hours.clone(),
            words: door.words.clone(),
            active: true,
        }
    }

    #[test]
    fn what_ships_could_be_typed_in_as_it_is() {
        for door in built_in_doors() {
            let input = typed(&door);
            assert_eq!(tidy_door(&input), input, "{}", door.code);
            assert_eq!(check_door(&input), [], "{}", door.code);
        }
    }

    #[test]
    fn a_door_of_ones_own_says_what_is_wrong_with_it() {
        let fine = typed(&built_in_doors()[0]);
        let with = |change: fn(&mut DoorInput)| {
            let mut input = fine.clone();
            change(&mut input);
            let wrong = check_door(&tidy_door(&input)).into_iter();
            wrong
                .map(|error| [error.field, error.code].join(" "))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            with(|door| door.number.clear()),
            [""; 0],
            "a door need not have a telephone"
        );
        assert_eq!(
            with(|door| door.number = "０５７７-８８８８".into()),
            [""; 0],
            "as people type it"
        );
        assert_eq!(with(|door| door.number = "打12345".into()), ["number invalid"]);
        assert_eq!(with(|door| door.name = " ".into()), ["name required"]);
        assert_eq!(with(|door| door.text = "长".repeat(201)), ["text too_long"]);
        assert_eq!(with(|door| door.words = vec![" ".into()]), ["words required"]);
        assert_eq!(with(|door| door.words = vec!["水".into()]), ["words invalid"]);
        assert_eq!(
            with(|door| door.words = (100..161).map(|n| n.to_string()).collect()),
            ["words too_many"]
        );
        let mut input = fine.clone();
        input.words = vec![" ＥＴＣ ".into(), "etc".into()];
        assert_eq!(tidy_door(&input).words, ["etc"], "found however it is written");
    }
}
