//! What the pages of stations and deputies say, kept at the desk.

use liaison_domain::dto::FieldError;

pub const STATIONS: &str = "站点资料";
pub const STATIONS_LEAD: &str = "居民在联络站那一页看到的，都在这里改。改完马上就能看到。";
pub const STATIONS_NONE: &str = "没有归您管的联络站。";
pub const DEPUTIES: &str = "代表资料";
pub const DEPUTIES_LEAD: &str = "代表那一页上的照片、自我介绍和熟悉的事。代表本人也可以自己改。";
pub const DEPUTIES_NONE: &str = "这个站还没有代表。";
pub const MY_PROFILE: &str = "我的公开资料";
pub const MY_LEAD: &str = "居民在您那一页看到的。保存以后马上就能看到，联络站也看得到谁改过。";

pub const SAVED: &str = "已保存，居民现在就能看到。";
pub const SAME: &str = "内容和原来一样，没有改动。";
pub const SAVE: &str = "保存";
pub const PUBLIC_PAGE: &str = "看居民看到的样子";
const CLASH_AGAIN: &str = "您填的还在下面，没有丢。核对以后再保存一次，会换成您的。";

pub const BASICS: &str = "地址和时间";
pub const ADDRESS: &str = "地址";
pub const PHONE: &str = "电话";
pub const OPENING: &str = "开放时间";
pub const OPENING_HINT: &str = "例如：周一至周五 8:30–11:30，14:00–17:30";
pub const CONTACTS: &str = "联系人";
pub const CONTACTS_HINT: &str = "最多四位，没有的空着。这里写的电话居民都能看到。";
pub const CONTACT_NAME: &str = "找谁，管什么";
pub const CONTACT_PHONE: &str = "电话";

pub const WAY: &str = "怎么来";
pub const WAY_HINT: &str = "照给人指路的话写，没有的空着。";
pub const BUS: &str = "公交";
pub const BUS_HINT: &str = "例如：12 路、36 路到银杏路口站，下车往南走 3 分钟";
pub const METRO: &str = "地铁";
pub const PARKING: &str = "停车";
pub const STEP_FREE: &str = "轮椅、推车";
pub const STEP_FREE_HINT: &str = "哪个门没有台阶，电梯在哪里";

pub const POSITION: &str = "地图上的位置";
pub const POSITION_HINT: &str =
    "地图和“离我多近”都靠这两个数。搬了家才要改；不改就保持原样。改好以后请在手机地图里核对一次。";
pub const LNG: &str = "经度";
pub const LNG_HINT: &str = "东经多少度，例如 123.412";
pub const LAT: &str = "纬度";
pub const LAT_HINT: &str = "北纬多少度，例如 27.561";
pub const OPEN_MAP: &str = "在手机地图里核对现在的位置";

pub const TEXTS: &str = "受理范围和制度";
pub const SCOPE: &str = "可以来说的事";
pub const PER_LINE: &str = "一行写一条。";
pub const CHARTER: &str = "工作制度";
pub const CHARTER_HINT: &str = "一行写一条。空着就用各站通用的那五条。";
pub const PRINCIPLES: &str = "怎么办";

pub const PHOTOS: &str = "照片";
pub const PHOTOS_NONE: &str = "还没有照片。放一张站门口的，居民来的时候好认。";
pub const PHOTOS_FULL: &str = "已经有 6 张，想换新的，先删一张。";
pub const PHOTO_ALT: &str = "照片上是什么";
pub const PHOTO_ALT_HINT: &str = "给看不见的人听的一句话，例如：站门口，台阶左边有坡道";
pub const PHOTO_NEW: &str = "加一张照片";
pub const PHOTO_NEW_HINT: &str = "JPG、PNG 或 WebP。拍摄地点等信息会自动去掉。照片里有认得出的人，请先问过本人。";
pub const PHOTO_NEW_ALT: &str = "新照片上是什么";
pub const PHOTO_UNSAVED: &str = "这一张还没有保存";
pub const PHOTOS_SAVE: &str = "保存照片";
pub const UP: &str = "往前移";
pub const DOWN: &str = "往后移";
pub const REMOVE: &str = "删除";
pub const REMOVE_SURE: &str = "确定删除";
pub const REMOVE_ASK: &str = "删掉就找不回来了。";
pub const REMOVE_NOT: &str = "不删了";

pub const BIO: &str = "自我介绍";
pub const BIO_HINT: &str = "两三句话：做什么工作，关心什么事。";
pub const EXPERTISE: &str = "熟悉的事";
pub const EXPERTISE_HINT: &str = "居民按这些来找代表。用顿号隔开，例如：教育、托管、校门口";
pub const PORTRAIT: &str = "照片";
pub const PORTRAIT_NONE: &str = "还没有照片，居民看到的是姓氏。";
pub const PORTRAIT_NEW: &str = "选一张照片";
pub const PORTRAIT_CHANGE: &str = "换一张照片";
pub const PORTRAIT_HINT: &str = "正面的半身照最好认。JPG、PNG 或 WebP，拍摄地点等信息会自动去掉。";
pub const PORTRAIT_REMOVE: &str = "删除照片";

pub const LEAVE_ASK: &str = "改的内容还没有保存，要离开吗？";

pub const CHANGES: &str = "最近的改动";
pub const CHANGES_NONE: &str = "还没有人改过。";

/// 「3 张照片」.
pub fn photos(count: u32) -> String {
    format!("{count} 张照片")
}

/// 「还缺：照片、怎么来」.
pub fn missing(fields: &[String]) -> String {
    format!("还缺：{}", names(fields))
}

/// 「地址、电话」.
pub fn names(fields: &[String]) -> String {
    let names: Vec<&str> = fields.iter().map(|name| field_name(name)).collect();
    names.join("、")
}

fn field_name(name: &str) -> &'static str {
    match name {
        "address" => ADDRESS,
        "phone" => PHONE,
        "opening" => OPENING,
        "contacts" => CONTACTS,
        "directions" => WAY,
        "position" => POSITION,
        "scope" => SCOPE,
        "charter" => CHARTER,
        "principles" => PRINCIPLES,
        "photos" => PHOTOS,
        "bio" => BIO,
        "expertise" => EXPERTISE,
        _ => "其他",
    }
}

/// 「小棠改了地址、电话」.
pub fn change(by: &str, fields: &[String]) -> String {
    format!("{by}改了{}", names(fields))
}

/// 「您打开以后，小棠改了地址、电话。」; without a name what is known at least.
pub fn clash(by: Option<&str>, fields: &[String]) -> String {
    since_opened(by.map(|by| change(by, fields)), "这一页")
}

/// What was changed while somebody was changing it too, and what now. `which` of all is told where the change is not known.
pub fn since_opened(change: Option<String>, which: &str) -> String {
    let change = change.unwrap_or_else(|| format!("有人改过{which}"));
    format!("您打开以后，{change}。{CLASH_AGAIN}")
}

/// 「第 2 张」.
pub fn nth_photo(place: usize) -> String {
    format!("第 {place} 张")
}

/// What is wrong with a field of these forms.
pub fn error(error: &FieldError) -> String {
    let limit = error.limit.unwrap_or(0);
    let field = error.field.as_str();
    let words = match (field, error.code.as_str()) {
        ("address", "required") => "请写地址",
        ("opening", "required") => "请写开放时间",
        ("phone", "required") => "请填电话",
        ("phone", "invalid") => "电话只写数字，例如 0199-1001",
        ("lng", _) => "经度要是 -180 到 180 之间的数，例如 123.412",
        ("lat", _) => "纬度要是 -90 到 90 之间的数，例如 27.561。是不是和经度写反了？",
        ("bio", "required") => "请写几句自我介绍",
        ("expertise", "twice") => "熟悉的事有重复的，请去掉一个",
        ("expertise", "too_many") => return format!("熟悉的事最多 {limit} 个"),
        ("expertise", "too_long") => return format!("熟悉的事每个不超过 {limit} 个字"),
        ("expertise", _) => "熟悉的事不要空着",
        ("file", "required") => "写了说明，还没有选照片",
        ("file", code) => return crate::i18n::zh::errors::photo(code, limit),
        ("photos", "too_many") => return format!("最多放 {limit} 张照片"),
        (_, "unknown") => "这张照片已经不在了，请重新选一次",
        (_, "too_many") => return format!("最多 {limit} 条"),
        (_, "required") if field.starts_with("alt") => "请用一句话写照片上是什么",
        (_, "required") if field.starts_with("contact-name") => "请写这个电话找谁",
        (_, "required" | "invalid") if field.starts_with("contact-phone") => "请填这位联系人的电话，只写数字",
        ("scope" | "charter" | "principles", "too_long") => return format!("每条不超过 {limit} 个字"),
        (_, "too_long") => return format!("太长了，请删到 {limit} 个字以内"),
        _ => "这里填得不对，请检查",
    };
    words.to_owned()
}
