//! Words about stations and deputies.

pub const STATIONS: &str = "联络站";
pub const STATIONS_LEAD: &str = "每个街道、镇都有联络站。可以当面说，也可以写给它。";
pub const STATIONS_FILTER: &str = "按街道找";
pub const STATIONS_SEARCH: &str = "站名、社区或地址";
pub const STATIONS_NONE: &str = "没有找到合适的联络站。换个词试试，或者看全部联络站。";
pub const STATIONS_ALL: &str = "看全部联络站";
pub const ADDRESS: &str = "地址";
pub const PHONE: &str = "电话";
pub const OPENING: &str = "开放时间";
pub const RECEPTION: &str = "接待时间";
pub const NEXT_RECEPTION: &str = "下次接待";
pub const WRITE_TO_STATION: &str = "写给这个联络站";
pub const SCOPE: &str = "可以来说的事";
pub const PRINCIPLES: &str = "怎么办";
pub const COMMUNITIES: &str = "服务的社区";
pub const POINTS: &str = "下设的点";
pub const STATION_DEPUTIES: &str = "本站代表";
pub const RECENT: &str = "最近公开的答复";
pub const RECENT_NONE: &str = "本站公开的答复会写在这里。";

pub const DEPUTIES: &str = "找代表";
pub const DEPUTIES_LEAD: &str = "按住处、联络站或代表熟悉的事来找。";
pub const DEPUTIES_SEARCH: &str = "姓名、职业或熟悉的事";
pub const FILTER_STATION: &str = "联络站";
pub const FILTER_AREA: &str = "街道、社区";
pub const FILTER_TAG: &str = "熟悉的事";
pub const FILTER_KIND: &str = "身份";
pub const DEPUTIES_NONE: &str = "没有找到合适的代表。可以换个条件，或者直接写给联络站，由联络站请合适的代表办。";
pub const DEPUTIES_NONE_WRITE: &str = "写给联络站";
pub const OCCUPATION: &str = "职业";
pub const CONSTITUENCY: &str = "选区";
pub const EXPERTISE: &str = "熟悉";
pub const ANSWERED: &str = "公开的答复";
pub const ANSWERED_NONE: &str = "这位代表的公开答复会写在这里。居民同意公开的才会出现。";
pub const WHERE_TO_MEET: &str = "在哪里能见到";
pub const LEFT: &str = "已不再担任代表";
pub const ON_LEAVE: &str = "暂时请假，来信由联络站安排其他代表办";
pub const WRITE_INSTEAD: &str = "写给联络站";

pub const PROCESS_TITLE: &str = "一件事怎么办";
/// Level by level, with what may happen beside each other; name and who does it.
pub const PROCESS: [&[(&str, &str)]; 6] = [
    &[
        ("来站里说", "接待日当面谈，当场登记"),
        ("网上写", "手机、电脑随时写，也能打电话"),
    ],
    &[("编号登记", "给您编号和查询码，随时能查")],
    &[("联络站受理", "看清是什么事，定下谁来办")],
    &[
        ("代表答复", "代表能说清楚的，直接回答您"),
        ("单位办理", "要部门办的，交给主办单位，写明期限"),
    ],
    &[("审核答复", "转出去不算答复，有结果才发给您")],
    &[("您来打分", "满意不满意，都由您说")],
];
pub const PROCESS_BACK: &str = "不满意可以再办一次；答应了、还没到日子的事，到期再问一次。";
pub const CHARTER_TITLE: &str = "工作制度";
pub const CHARTER: [&str; 5] = [
    "接待日提前公告：哪天、哪里、谁来接待。临时有变动，通知每一位预约的人。",
    "代表按全年安排轮流接待。来不了要先请假，由联络站请别的代表来，或者另约时间。",
    "来的人说的事都登记；能当场说清楚的当场答复，不能的编号交办。",
    "每件事谁在办、办到几时，本人随时能查；办完请本人打分。",
    "姓名、电话不公开。公开的只是隐去个人信息的副本，公开前请本人看过。",
];
pub const WAY: &str = "怎么来";
pub const BUS: &str = "公交";
pub const METRO: &str = "地铁";
pub const PARKING: &str = "停车";
pub const STEP_FREE: &str = "轮椅、推车";
pub const CONTACTS: &str = "联系人";
pub const PHOTOS: &str = "照片";
pub const OPEN_MAP: &str = "在手机地图里打开";
pub const CODE: &str = "二维码";
pub const CODE_STATION: &str = "联络站的二维码，扫一扫打开这一页";
pub const CODE_DEPUTY: &str = "代表的二维码，扫一扫打开这一页";

/// 「北纬 27.5610°，东经 123.4120°」.
pub fn coordinates(lat: f64, lng: f64) -> String {
    format!("北纬 {lat:.4}°，东经 {lng:.4}°")
}

/// 「写给陆知遥代表」.
pub fn write_to(name: &str) -> String {
    format!("写给{name}")
}

/// 「人大代表」「政协委员」.
pub fn deputy_kind(kind: &str) -> &'static str {
    if kind == "cppcc" {
        "政协委员"
    } else {
        "人大代表"
    }
}

fn level(level: &str) -> &'static str {
    match level {
        "town" => "镇",
        "city" => "市",
        "province" => "省",
        "nation" => "全国",
        _ => "区",
    }
}

/// 「区、市人大代表」.
pub fn levels(levels: &[String], kind: &str) -> String {
    let names: Vec<&str> = levels.iter().map(|code| level(code)).collect();
    format!("{}{}", names.join("、"), deputy_kind(kind))
}

/// 「答复过 12 件」.
pub fn answered_count(n: u32) -> String {
    if n == 0 {
        "还没有答复过来信".to_owned()
    } else {
        format!("答复过 {n} 件")
    }
}

/// 「收到 15 件，答复 12 件」.
pub fn received(received: u32, answered: u32) -> String {
    format!("收到来信 {received} 件，已答复 {answered} 件")
}

/// 「8 位代表」.
pub fn deputies_count(n: u32) -> String {
    format!("{n} 位代表")
}

/// 「9月10日 星期四（还有3天）」.
pub fn next_day(day: &str, far: &str) -> String {
    if far.is_empty() {
        day.to_owned()
    } else {
        format!("{day}（{far}）")
    }
}
