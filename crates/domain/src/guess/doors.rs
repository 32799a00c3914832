//! Doors other than the station's: matters that a deputy must not or cannot take up, known by their words.
//!
//! They are told while somebody writes and never stand in the way: the letter may be sent all the same.

use crate::lifecycle::coded_enum;
use crate::text::half_width;

coded_enum! {
    /// Where a matter of this kind is decided.
    Door {
        /// 纪检监察: accusations against persons in office.
        Discipline = "discipline",
        /// 法院: judgements, suits, enforcement.
        Court = "court",
        /// 劳动仲裁与劳动监察: wages, dismissals.
        Labour = "labour",
        /// 行政复议.
        Review = "review",
        /// 信访.
        Petition = "petition",
        /// 公安: fraud, theft, fights.
        Police = "police",
        /// 市场监管: a purchase gone wrong.
        Consumer = "consumer",
        /// 法律援助: inheritance, divorce, debts between people.
        LegalAid = "legal_aid",
        /// 抢修: water, power or gas just cut off.
        Repair = "repair",
    }
}

impl Door {
    /// The number to call.
    pub const fn number(self) -> &'static str {
        match self {
            Self::Discipline => "12388",
            Self::Court => "12368",
            Self::Labour => "12333",
            Self::Police => "110",
            Self::Consumer => "12315",
            Self::Review | Self::LegalAid => "12348",
            Self::Petition | Self::Repair => "12345",
        }
    }
}

/// The doors that a text's words speak of, at most two, weightiest first.
pub fn doors(text: &str) -> Vec<Door> {
    let text: String = text.chars().map(half_width).map(|c| c.to_ascii_lowercase()).collect();
    let speaks = |words: &&[&str]| words.iter().any(|word| text.contains(word));
    WORDS
        .iter()
        .filter(|(_, words)| speaks(words))
        .map(|(door, _)| *door)
        .take(2)
        .collect()
}

const WORDS: &[(Door, &[&str])] = &[
    (
        Door::Discipline,
        &[
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
    ),
    (
        Door::Court,
        &[
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
    ),
    (
        Door::Labour,
        &[
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
    ),
    (Door::Review, &["行政复议", "行政处罚不服", "不服处罚", "复议决定"]),
    (
        Door::Petition,
        &[
            "信访局",
            "信访程序",
            "信访复查",
            "信访复核",
            "信访事项",
            "正在信访",
            "上访",
        ],
    ),
    (
        Door::Police,
        &[
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
    ),
    (
        Door::Consumer,
        &[
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
    ),
    (
        Door::LegalAid,
        &[
            "离婚",
            "遗产",
            "继承纠纷",
            "抚养权",
            "欠我钱",
            "借钱不还",
            "借条",
            "民间借贷",
        ],
    ),
    (
        Door::Repair,
        &[
            "刚停电",
            "突然停电",
            "刚停水",
            "突然停水",
            "水管爆",
            "爆水管",
            "正在漏水",
            "断电了",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_decided_elsewhere_is_known_by_its_words() {
        let cases = [
            ("对法院判决不服，想请代表过问", Door::Court),
            ("公司拖欠工资三个月，劳动仲裁还没结果", Door::Labour),
            ("我要实名举报，村干部贪污低保款", Door::Discipline),
            ("不服处罚，想申请行政复议", Door::Review),
            ("信访事项答复后还是不满意", Door::Petition),
            ("我妈在楼下被骗走两万块", Door::Police),
            ("健身房跑路，预付卡退不了", Door::Consumer),
            ("弟兄几个遗产分不清", Door::LegalAid),
            ("我们楼刚停电", Door::Repair),
        ];
        for (text, door) in cases {
            assert_eq!(doors(text).first(), Some(&door), "{text}");
        }
        assert!(
            doors("贪污受贿、法院判决、拖欠工资").len() == 2,
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
            assert_eq!(doors(text), [], "{text}");
        }
    }
}
