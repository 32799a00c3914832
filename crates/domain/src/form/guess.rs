//! Kind and category guessed from the words of a letter, so that nobody has to know our categories. A guess is
//! shown as one and can be corrected; the office sees that it was one.

use crate::dto::Category;
use crate::lifecycle::LetterKind;

/// Words that speak for a kind of letter. Without any of them it is a call for help.
const KINDS: &[(LetterKind, &[&str])] = &[
    (LetterKind::Praise, &["表扬", "点赞", "感谢", "谢谢", "好评", "锦旗"]),
    (LetterKind::Complaint, &["投诉", "举报", "乱收费", "态度恶劣", "态度很差", "推诿", "不作为", "糊弄", "违规"]),
    (LetterKind::Question, &["请问", "咨询", "想问", "问一下", "怎么办理", "如何办理", "需要什么材料", "什么时候能", "符合条件吗"]),
    (LetterKind::Suggestion, &["建议", "能不能增加", "能否增加", "可以考虑", "最好能", "增设", "延伸", "加装一"]),
];

/// Words beside a category's own name that speak for it.
const WORDS: &[(&str, &[&str])] = &[
    ("电梯", &["轿厢", "困梯", "停梯"]),
    ("漏水", &["渗水", "积水", "进水", "水管", "返潮"]),
    ("物业费", &["物业收费", "物业服务费"]),
    ("老旧小区改造", &["旧改", "外墙脱落", "管线老化"]),
    ("停车", &["车位", "占位", "乱停"]),
    ("公交线路", &["公交", "班车", "站点", "末班"]),
    ("路灯", &["灯不亮", "灯坏", "太黑", "照明"]),
    ("道路破损", &["路面", "坑洼", "坑", "塌陷"]),
    ("斑马线", &["过街", "红绿灯", "信号灯"]),
    ("共享单车", &["单车", "共享电动车"]),
    ("招生", &["入学", "学区", "报名", "学位"]),
    ("假期托管", &["托管", "寒假", "暑假", "三点半"]),
    ("校门口拥堵", &["校门口", "接送", "放学"]),
    ("社区医院", &["卫生服务中心", "看病", "配药", "挂号"]),
    ("居家养老", &["养老", "护理", "独居", "老人照"]),
    ("助餐", &["食堂", "送餐", "老年餐"]),
    ("河道水质", &["河水", "发臭", "黑臭", "排污"]),
    ("噪声", &["噪音", "吵", "扰民", "广场舞", "施工声"]),
    ("油烟", &["烧烤", "饭店排烟", "排烟"]),
    ("垃圾分类", &["垃圾", "清运", "垃圾桶"]),
    ("海岸线", &["海滩", "沙滩", "海边", "礁石"]),
    ("飞线充电", &["飞线", "电瓶车充电", "电动车充电", "楼道充电"]),
    ("消防通道", &["消防", "占用通道", "堵塞通道", "堆物"]),
    ("燃气", &["煤气", "天然气", "燃气味"]),
    ("井盖", &["窨井", "下水道盖"]),
    ("就业", &["找工作", "招聘", "失业"]),
    ("社保", &["医保", "养老金", "公积金"]),
    ("楼宇企业", &["写字楼", "楼宇", "园区企业"]),
    ("审批", &["办证", "许可", "营业执照"]),
    ("缘石坡道", &["坡道", "台阶太高", "轮椅"]),
    ("电梯改造", &["加装电梯", "装电梯"]),
    ("盲道", &["视障", "导盲"]),
    ("邻里纠纷", &["邻居", "楼上", "楼下", "隔壁"]),
    ("议事", &["议事会", "业委会", "居民会议"]),
];

/// The kind of letter that the words speak for.
pub fn guess_kind(body: &str) -> LetterKind {
    let mut best = (LetterKind::Help, 0);
    for (kind, words) in KINDS {
        let count = hits(body, words);
        // The earlier kind wins a tie: thanks that also suggest something are thanks.
        if count > best.1 {
            best = (*kind, count);
        }
    }
    best.0
}

/// Slug of the category that the words speak for, if they speak for any. Only categories without children.
pub fn guess_category<'a>(body: &str, categories: &'a [Category]) -> Option<&'a str> {
    let mut best: Option<(&str, usize)> = None;
    for category in categories {
        if category.parent_id.is_none() && categories.iter().any(|c| c.parent_id.as_ref() == Some(&category.id)) {
            continue;
        }
        let beside = WORDS.iter().find(|(name, _)| *name == category.name).map_or(0, |(_, words)| hits(body, words));
        // The name itself says more than a word that often stands beside it.
        let count = 2 * body.matches(category.name.as_str()).count() + beside;
        if count > best.map_or(0, |(_, most)| most) {
            best = Some((&category.slug, count));
        }
    }
    best.map(|(slug, _)| slug)
}

fn hits(body: &str, words: &[&str]) -> usize {
    words.iter().filter(|word| body.contains(**word)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn categories() -> Vec<Category> {
        let one = |id: &str, name: &str, parent: Option<&str>| Category {
            id: id.to_owned(),
            slug: id.to_owned(),
            name: name.to_owned(),
            parent_id: parent.map(str::to_owned),
            stopper: None,
            emergency: None,
        };
        vec![
            one("traffic", "交通出行", None),
            one("light", "路灯", Some("traffic")),
            one("road", "道路破损", Some("traffic")),
            one("access", "无障碍", None),
            one("lift", "电梯改造", Some("access")),
        ]
    }

    #[test]
    fn plain_words_find_their_category() {
        let all = categories();
        assert_eq!(guess_category("学府路晚上太黑，灯不亮两周了", &all), Some("light"));
        assert_eq!(guess_category("六楼老人下不来，想加装电梯", &all), Some("lift"));
        assert_eq!(guess_category("你们辛苦了", &all), None);
    }

    #[test]
    fn a_letter_asks_for_help_unless_it_says_otherwise() {
        assert_eq!(guess_kind("路灯坏了"), LetterKind::Help);
        assert_eq!(guess_kind("建议在校门口增设护栏"), LetterKind::Suggestion);
        assert_eq!(guess_kind("我要投诉物业乱收费"), LetterKind::Complaint);
        assert_eq!(guess_kind("请问居住证怎么办理"), LetterKind::Question);
        assert_eq!(guess_kind("感谢社区的同志，给他们点赞"), LetterKind::Praise);
    }
}
