//! Words beside a letter while it is written: dangers, other doors, matters like it, personal data, the map, a helper.

use liaison_domain::dto::HelperConsent;
use liaison_domain::geo::{Coordinates, decimal};
use liaison_domain::guard::PersonalData;
use liaison_domain::guess::Emergency;

pub const SIMILAR: &str = "有人提过差不多的事";
pub const SIMILAR_HINT: &str = "是同一件事就点“我也是”：一起办，答复和打分您各有一份。不是就接着写。";
pub const SIMILAR_ANSWERED: &str = "这几件已经有结果，可以先看看怎样答复的。不一样就接着写。";
pub const JOIN: &str = "我也是，附议这件";
pub const JOINING: &str = "您在附议这件事";
pub const JOINING_HINT: &str = "写一句您那里的情况就行，也可以加照片。您会有自己的编号，答复时也会单独告诉您。";
pub const JOIN_NOT: &str = "不附议，另写一件";
pub const JOIN_WORDS: &str = "我也遇到了同样的事。";
pub const JOINED_BY_AUTHOR: &str = "作者附议同一件事，一起办理。";
pub const JOIN_HERE: &str = "我也是，附议";
pub const JOIN_ANEW: &str = "我也遇到了，另写一件";
pub const CHECK_JOIN: &str = "附议哪一件";

pub const FOUND: &str = "文字里好像有个人信息";
pub const FOUND_HINT: &str = "公开时会遮住，办理的人看得到原文。办事用不着的，现在就可以遮住。";
pub const COVER: &str = "遮住";
pub const COVER_ALL: &str = "全部遮住";
pub const UNCOVER: &str = "恢复原来的文字";
pub const COVERED: &str = "已经遮住了。";

pub const DANGER: &str = "听起来有危险";
pub const DANGER_HINT: &str = "请先打电话，不要等这里的答复。";
pub const DOORS: &str = "这样的事，另有专门的地方管";
pub const DOORS_HINT: &str = "代表不能代替他们作决定。仍然想请代表知道的，接着往下写就行。";
pub const QUICK: &str = "其他不填，直接检查";

/// A letter that is only spoken has no words yet that could be shown.
pub const OTHERS_SPOKEN: &str = "录音不公开。联络站听了以后写成文字，公开前先给您过目。";
pub const OTHERS_DRAFT: &str = "公开稿大致是这样。联络站还会再看一遍，公开前先给您过目。";

pub const MAP: &str = "在地图上点出来";
pub const MAP_HINT: &str = "点一下地图就行，不点也可以。";
/// For those who have one.
pub const MAP_KEYS: &str = "键盘用方向键移动。";
pub const MAP_TITLE: &str = "本区地图";
pub const MAP_DESC: &str = "各社区的位置示意，圆点是联络站。旁边的列表有同样的社区可以选。";
pub const LOCATE: &str = "用我现在的位置";
pub const LOCATING: &str = "正在取位置…";
pub const LOCATE_FAILED: &str = "没有取到位置。可以在地图上点，或者从列表里选社区。";
pub const LOCATE_FAR: &str = "您现在不在本区。可以在地图上点，或者从列表里选社区。";
pub const SPOT_CLEAR: &str = "去掉地图上的点";
pub const SPOT: &str = "地图上的位置";
pub const SPOT_HANDLERS: &str = "只有联络站和办理的单位看得到这个点，公开时最多写到社区。";

pub const MAY_CALL: &str = "办理的人能打电话问您吗";
pub const MAY_CALL_HINT: &str = "只为这一件事。看您的号码要写明理由，您随时能查到谁看过。";
pub const MAY_CALL_YES: &str = "可以打电话";
pub const MAY_CALL_YES_HINT: &str = "承办单位和代表写明理由后能看到号码";
pub const MAY_CALL_NO: &str = "不要打，只在这里问";
pub const MAY_CALL_NO_HINT: &str = "承办单位和代表看不到号码，只有联络站知道";
pub const MAY_CALL_SHORT: &str = "能打电话问您吗";
pub const PROCESSING: &str = "提交后，联络站为办理这件事使用您写的内容和手机号，不作别的用处。";
pub const PROCESSING_LINK: &str = "怎样使用、保存多久、怎样查看和删除";

pub const NO_CALLS: &str = "本人不想接到承办单位和代表的电话，有事请在这里提问。";

pub const HELPER: &str = "我是替别人填的";
pub const HELPER_HINT: &str = "邻居、子女、网格员、志愿者都可以替人填。事情和编号都算本人的。";
pub const HELPER_NAME: &str = "您的称呼";
pub const HELPER_RELATION: &str = "您和本人是什么关系";
pub const HELPER_RELATION_HINT: &str = "例如：邻居、女儿、网格员。";
pub const HELPER_PHONE: &str = "您的电话";
pub const HELPER_CONSENT: &str = "本人是怎样同意的";
pub const HELPER_OFF: &str = "不是替别人填";
pub const HELPER_CHECK: &str = "替谁填的";
pub const HELPER_PHONE_WHY: &str =
    "请填本人的手机号，请本人把验证码念给您；以后本人用这个号码就能查到。本人没有手机，填您自己的也行。";

/// 「手机号」: what a span is.
pub const fn kind(kind: PersonalData) -> &'static str {
    match kind {
        PersonalData::IdCard => "身份证号",
        PersonalData::Phone => "电话号码",
        PersonalData::Plate => "车牌",
        PersonalData::BankCard => "银行卡号",
        PersonalData::Name => "姓名",
        PersonalData::Door => "门牌号",
        PersonalData::Account => "账号",
    }
}

/// What to do at once.
pub const fn emergency(emergency: Emergency) -> &'static str {
    match emergency {
        Emergency::Police => "有人身危险，请马上打 110。",
        Emergency::Fire => "着火、冒烟、有人被困，请马上打 119。",
        Emergency::Medical => "有人受伤或发病，请马上打 120。",
        Emergency::Gas => "闻到燃气味：开窗，不开关电器，到楼外去，再打 119。",
    }
}

/// 「什么时候打得通：工作日 9 点到 17 点」.
pub fn hours(hours: &str) -> String {
    format!("什么时候打得通：{hours}")
}

/// How a helper says the author agreed.
pub const fn consented(consent: HelperConsent) -> &'static str {
    match consent {
        HelperConsent::Present => "本人当面同意",
        HelperConsent::Phone => "本人在电话里同意",
        HelperConsent::Asked => "本人托付过",
    }
}

/// 「小陈（网格员）代填，本人当面同意」.
pub fn helped_by(name: &str, relation: &str, consent: HelperConsent) -> String {
    format!("{name}（{relation}）代填，{}", consented(consent))
}

/// 「遮住 电话号码 199…」 for those who hear it.
pub fn cover_what(kind: &str, text: &str) -> String {
    format!("{COVER}{kind} {text}")
}

/// 「拨打 119」.
pub fn call(number: &str) -> String {
    format!("拨打 {number}")
}

/// 「已有 3 人附议」; nothing for nobody.
pub fn joined(count: u32) -> Option<String> {
    (count > 0).then(|| format!("已有 {count} 人附议"))
}

/// 「附议 TH-2026-000001」.
pub fn join_name(no: &str, title: &str) -> String {
    format!("{title}（{no}）")
}

/// Coordinates as they were given.
pub fn measured(lng: f64, lat: f64, system: Coordinates) -> String {
    let system = match system {
        Coordinates::Wgs84 => "WGS-84",
        Coordinates::Gcj02 => "GCJ-02",
    };
    format!("东经 {}，北纬 {}（{system}）", decimal(lng), decimal(lat))
}

/// Told when the pin moves.
pub fn near(name: &str) -> String {
    format!("位置在{name}")
}
