//! Names, doors, plates, accounts: what is known by the words around it.

use super::{Chars, PersonalData};
use crate::text::is_cjk;

pub(super) fn find(chars: &Chars) -> Vec<(usize, usize, PersonalData)> {
    let mut found = Vec::new();
    for at in 0..chars.chars.len() {
        let readings = [
            (name(chars, at), PersonalData::Name),
            (door(chars, at), PersonalData::Door),
            (plate(chars, at), PersonalData::Plate),
            (account(chars, at), PersonalData::Account),
            (mail(chars, at), PersonalData::Account),
        ];
        found.extend(
            readings
                .into_iter()
                .filter_map(|(span, kind)| span.map(|(start, end)| (start, end, kind))),
        );
    }
    found
}

type Stretch = Option<(usize, usize)>;

/// Phrases after which a name follows at once, where it has to begin with a family name.
const INTRODUCED: &[&str] = &["我叫", "名叫", "名字叫", "名字是", "我姓名是"];
/// The same, but much else follows it as well: only a whole name with an end after it is one.
const LOOSELY: &str = "本人";
/// Words that begin like a name and are none: 「本人方便的时间」, 「我叫施工队停下」, 「联系人:物业」.
const NOT_NAMES: &[&str] = &[
    "方便", "方才", "方面", "曾经", "曾在", "曾多", "曾向", "曾于", "路过", "路上", "路边", "时常", "时间", "时刻",
    "全家", "全部", "全力", "全程", "单身", "单独", "单位", "万分", "万一", "查询", "查看", "查过", "成为", "成了",
    "成立", "安装", "安排", "安保", "安全", "施工", "包括", "包容", "常年", "常常", "常住", "常去", "向来", "康复",
    "康养", "关心", "关注", "关闭", "古稀", "高度", "高龄", "高兴", "高考", "高中", "平时", "平常", "黄昏", "金秋",
    "车位", "车辆", "车主", "车停", "田间", "连续", "连夜", "连年", "任何", "任职", "任教", "马上", "于是", "白天",
    "白等", "钱款", "花钱", "江边", "水电", "严重", "严格", "齐全", "季度", "房东", "房产", "房屋", "党员", "费用",
    "费力", "支持", "党支", "武装", "温馨", "左右", "左手", "左腿", "左眼", "管理", "管过", "牛奶", "石头", "戴着",
    "应聘", "毛病", "宁愿", "宁可", "解释", "解决", "符合", "华侨", "项目", "童年", "伍拾", "申请", "申报", "申诉",
    "舒服", "顾虑", "顾客", "顾及", "鲁莽", "陆续", "凌晨", "冷得", "冷静", "邀请", "游客", "路灯", "商家", "商户",
    "景区", "麻烦", "池塘", "查收", "迟迟", "师傅", "岳父", "岳母", "司机", "耿耿", "物业", "社区", "居委", "办公",
    "管家", "前台", "客服", "值班", "经理", "主任", "门卫", "本人", "业主", "全体",
];
/// Labels after which, with a colon, anything short is a name.
const LABELLED: &[&str] = &["姓名", "联系人", "户主", "投诉人", "反映人", "当事人"];
/// The commonest family names, and those of the demo district.
const FAMILY: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施牛樊葛邢安齐伍庞颜倪庄聂章鲁岳翟殷詹申耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝";
/// Family names of two characters.
const FAMILY_TWO: &[&str] = &[
    "欧阳", "司马", "上官", "诸葛", "皇甫", "令狐", "尉迟", "慕容", "司徒", "东方", "夏侯", "端木",
];
/// Characters that begin what follows a name, not its second half.
const NOT_GIVEN: &str = "住在是今家的来电手男女我你他她和与现想要有从于去说把被向对因了过着都也就还已不";
/// And those that begin what a person named loosely goes on to say.
const GOES_ON: &str = "反申投求请系为身联曾每自";

/// 「我叫李听澜」: the name only, not the phrase.
fn name(chars: &Chars, at: usize) -> Stretch {
    if let Some(label) = LABELLED.iter().find(|label| chars.stands(at, label)) {
        return labelled(chars, at + label.chars().count());
    }
    if chars.stands(at, LOOSELY) {
        return loose_name(chars, at + LOOSELY.chars().count());
    }
    let phrase = INTRODUCED.iter().find(|phrase| chars.stands(at, phrase))?;
    let start = at + phrase.chars().count();
    let family = family(chars, start)?;
    let given = given(chars, start + family);
    (given > 0).then_some((start, start + family + given))
}

/// What stands after 「联系人:」.
fn labelled(chars: &Chars, mut start: usize) -> Stretch {
    if !matches!(chars.at(start), Some(':' | '是' | '为')) {
        return None;
    }
    start += 1;
    while chars.at(start).is_some_and(char::is_whitespace) {
        start += 1;
    }
    let length = (0..4).take_while(|n| chars.at(start + n).is_some_and(is_cjk)).count();
    (length >= 2 && !is_no_name(chars, start)).then_some((start, start + length))
}

/// A name after 「本人」: two to four characters, and then it ends or goes on as a sentence about somebody does.
fn loose_name(chars: &Chars, start: usize) -> Stretch {
    let family = family(chars, start)?;
    let most = given(chars, start + family);
    let ends = |at: usize| {
        chars
            .at(at)
            .is_none_or(|c| !is_cjk(c) || NOT_GIVEN.contains(c) || GOES_ON.contains(c))
    };
    let length = (1..=most)
        .rev()
        .map(|given| family + given)
        .find(|length| ends(start + length))?;
    Some((start, start + length))
}

/// How many characters of a family name stand here.
fn family(chars: &Chars, start: usize) -> Option<usize> {
    if is_no_name(chars, start) {
        None
    } else if FAMILY_TWO.iter().any(|two| chars.stands(start, two)) {
        Some(2)
    } else {
        chars.at(start).filter(|c| FAMILY.contains(*c)).map(|_| 1)
    }
}

/// How many characters, up to two, can be a given name.
fn given(chars: &Chars, from: usize) -> usize {
    let is_given = |c: char| is_cjk(c) && !NOT_GIVEN.contains(c);
    (0..2).take_while(|n| chars.at(from + n).is_some_and(is_given)).count()
}

fn is_no_name(chars: &Chars, start: usize) -> bool {
    NOT_NAMES.iter().any(|word| chars.stands(start, word))
}

/// A digit of a house or door number, Arabic or Chinese.
fn is_count(c: char) -> bool {
    c.is_ascii_digit() || "零〇一二三四五六七八九十百".contains(c)
}

/// Numbers as in 「3栋」「12-3」「A座」; how many characters.
fn count(chars: &Chars, at: usize) -> usize {
    let digits = (0..5).take_while(|n| chars.at(at + n).is_some_and(is_count)).count();
    if digits == 0 {
        usize::from(chars.at(at).is_some_and(|c| c.is_ascii_uppercase()))
    } else {
        digits
    }
}

/// After a number, these say that it counts or dates something.
const COUNTED: &str = "天年月日号路点个分米元块次人平台辆岁层多余来几户名斤万千百亿度秒时周盏棵只条张件%";

/// 「3栋2单元501」「5幢1203室」「501室」: from the building on if it leads to one door; a building or a staircase alone is
/// nobody's door.
fn door(chars: &Chars, at: usize) -> Stretch {
    if at > 0
        && chars
            .at(at - 1)
            .is_some_and(|c| c.is_ascii_alphanumeric() || is_count(c))
    {
        return None;
    }
    let mut here = at;
    let mut steps = 0;
    for names in [
        &["号楼", "栋", "幢", "座", "楼"][..],
        &["单元", "门", "梯"][..],
        &["层", "楼"][..],
    ] {
        let length = count(chars, here);
        let named = names.iter().find(|name| chars.stands(here + length, name));
        if let (true, Some(name)) = (length > 0, named) {
            here += length + name.chars().count();
            steps += 1;
            if chars.at(here) == Some('-') {
                here += 1;
            }
        }
    }
    let digits = (0..5)
        .take_while(|n| chars.at(here + n).is_some_and(|c| c.is_ascii_digit()))
        .count();
    let after = here + digits;
    // 「5号楼120户」 counts households: 户 ends a door only where a staircase stands before it.
    let named = ["室", "房"].iter().any(|name| chars.stands(after, name)) || (steps > 1 && chars.stands(after, "户"));
    let bare = steps > 0
        && !chars
            .at(after)
            .is_some_and(|c| COUNTED.contains(c) || c.is_ascii_alphanumeric());
    match digits {
        3..=4 if named => Some((at, after + 1)),
        1 | 2 if named && steps > 0 => Some((at, after + 1)),
        2..=4 if bare => Some((at, after)),
        _ => None,
    }
}

/// 「浙A·D12345」: province, letter, five or six letters and digits with a digit among them.
fn plate(chars: &Chars, at: usize) -> Stretch {
    const PROVINCES: &str = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
    let is_part = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase();
    if !chars.at(at).is_some_and(|c| PROVINCES.contains(c)) || !chars.at(at + 1).is_some_and(|c| c.is_ascii_uppercase())
    {
        return None;
    }
    let start = at
        + 2
        + usize::from(
            chars
                .at(at + 2)
                .is_some_and(|c| matches!(c, '·' | '.' | '-' | ' ' | '•')),
        );
    let length = (0..7).take_while(|n| chars.at(start + n).is_some_and(is_part)).count();
    let digits = (0..length)
        .filter(|n| chars.at(start + n).is_some_and(|c| c.is_ascii_digit()))
        .count();
    ((5..=6).contains(&length) && digits > 0).then_some((at, start + length))
}

/// 「微信号:`abc_123`」「QQ 12345678」: the account only.
fn account(chars: &Chars, at: usize) -> Stretch {
    let label = ["微信号", "微信", "QQ号", "QQ"]
        .into_iter()
        .find(|label| chars.stands(at, label))?;
    let mut start = at + label.chars().count();
    while chars
        .at(start)
        .is_some_and(|c| c.is_whitespace() || matches!(c, ':' | '是'))
    {
        start += 1;
    }
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let length = (0..25).take_while(|n| chars.at(start + n).is_some_and(is_part)).count();
    (length >= 5).then_some((start, start + length))
}

/// An e-mail address, found at its `@`.
fn mail(chars: &Chars, at: usize) -> Stretch {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '+');
    if chars.at(at) != Some('@') {
        return None;
    }
    let before = (1..=at).take_while(|n| chars.at(at - n).is_some_and(is_part)).count();
    let after = (1..80).take_while(|n| chars.at(at + n).is_some_and(is_part)).count();
    let dotted = (1..=after).any(|n| chars.at(at + n) == Some('.'));
    (before > 0 && after >= 3 && dotted).then_some((at - before, at + 1 + after))
}
