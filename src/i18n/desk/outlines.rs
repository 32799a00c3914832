//! Outlines of communities: the map that residents tap on.

use liaison_domain::dto::{FieldError, OutlineChange};

pub const TITLE: &str = "社区轮廓";
pub const LEAD: &str = "居民写信时可以在地图上点出事情在哪里。地图就是这里的社区轮廓，改完马上换成新的。";
pub const TO_PLACES: &str = "回到站点资料";
pub const NOW: &str = "现在的地图";
pub const NONE: &str = "还没有轮廓，居民现在只能从列表里选社区。选一个文件，就有地图了。";
pub const MISSING: &str = "还没有轮廓的社区";
pub const ALL_THERE: &str = "每个社区都有轮廓。";

pub const UPLOAD: &str = "从文件读入";
pub const UPLOAD_LEAD: &str =
    "GeoJSON 文件，2 MB 以内，一个社区一块。向民政、自然资源部门或者做地图的人要，一般都能给。先看样子，确认了才换。";
pub const FILE: &str = "GeoJSON 文件";
pub const FILE_HINT: &str = "文件名一般是 .geojson 或 .json";
pub const COORDINATES: &str = "坐标是哪一种";
pub const COORDINATES_HINT: &str = "选错了，整张地图会偏几百米。百度地图的坐标要先换成其中一种。";
pub const WGS84: &str = "WGS-84、国家 2000：测绘部门、天地图、GPS";
pub const GCJ02: &str = "GCJ-02：高德、腾讯地图";
pub const LOOK: &str = "看看读到什么";

pub const PREVIEW: &str = "先看样子";
pub const NOT_YET: &str = "还没有保存，居民看到的仍是原来的地图。";
pub const HOW: &str = "怎样读这个文件";
pub const PROPERTY: &str = "社区名称写在哪一栏";
pub const PROPERTY_NONE: &str = "文件里没有名称";
pub const NORTH_FIRST: &str = "文件里纬度写在经度前面";
pub const READ_AGAIN: &str = "按这样重新读";
pub const UNMATCHED: &str = "没有对上名字的";
pub const UNMATCHED_HINT: &str = "知道是哪个社区的，选一下；不是本区的，不用管。";
pub const MATCHED: &str = "已经对上的";
pub const LEAVE_OUT: &str = "不用这一块";
pub const MAP_THEN: &str = "换上以后的地图";
pub const LOOK_AGAIN: &str = "看看改过的样子";
pub const KEEP: &str = "确认，换成这张地图";
pub const ANOTHER: &str = "不要了，换一个文件";
pub const NOTHING: &str = "没有一块对上本区的社区，现在还不能换。请换一栏名称，或者在下面选。";

pub const SAVED: &str = "地图已经换好，居民现在打开就是新的。";
pub const SAME: &str = "和原来的一样，没有改动。";
pub const REMOVED: &str = "已经去掉，居民现在看到的地图上没有它了。";

pub const KEPT: &str = "各社区的轮廓";
pub const REMOVE: &str = "去掉";
pub const REMOVE_ALL: &str = "全部去掉";
pub const SURE: &str = "确定去掉";
pub const STAY: &str = "不去掉";

pub const CHANGES: &str = "最近的改动";
pub const CHANGES_NONE: &str = "还没有人改过。";

/// What is asked before an outline goes.
pub fn remove_ask(name: Option<&str>) -> String {
    match name {
        Some(name) => {
            format!("去掉“{name}”的轮廓以后，居民在地图上看不到它，仍可以从列表里选。要恢复，得重新读入文件。")
        }
        None => "全部去掉以后，居民写信时没有地图，只能从列表里选社区。要恢复，得重新读入文件。".to_owned(),
    }
}

/// For those who hear the button.
pub fn remove_what(name: &str) -> String {
    format!("去掉{name}的轮廓")
}

/// 「读到 16 块：14 块对上了社区，2 块没有。」
pub fn found(file: &str, all: usize, given: usize) -> String {
    let rest = all - given;
    let rest = if rest == 0 {
        "全都对上了社区。".to_owned()
    } else {
        format!("{given} 块对上了社区，{rest} 块没有。")
    };
    format!("“{file}”里有 {all} 块：{rest}")
}

/// What simplifying did.
pub fn simplified(tolerance: u32, corners: u32) -> String {
    format!(
        "文件画得太细，手机打开会慢，已经自动简化到 {corners} 个点：边线最多挪动 {tolerance} 米，比这还小的岛不画。点地图选社区不受影响。"
    )
}

/// The map is somewhere else.
pub fn far(kilometres: u32) -> String {
    format!("这些轮廓离最近的联络站有 {kilometres} 公里，可能不是本区的文件，或者坐标选错了。请核对以后再换。")
}

/// More of them than fit on a page.
pub fn more(count: usize) -> String {
    format!("还有 {count} 块没有列出。先换一栏名称试试，或者请人在文件里把名字改好。")
}

/// 「6 个点」.
pub fn corners(count: u32) -> String {
    format!("{count} 个点")
}

/// An outline without a name.
pub fn nameless(number: usize) -> String {
    format!("第 {number} 块（没有名称）")
}

/// 「沈砚秋从“社区.geojson”换了 14 个社区：…」
pub fn change(change: &OutlineChange) -> String {
    let names = |names: &[String]| match names {
        [] => String::new(),
        [one] => one.clone(),
        [first, ..] => format!("{first}等 {} 个社区", names.len()),
    };
    if change.kept.is_empty() {
        return format!("{}去掉了{}的轮廓", change.by, names(&change.removed));
    }
    format!("{}从“{}”换了{}的轮廓", change.by, change.file_name, names(&change.kept))
}

/// What is wrong, and what to do.
pub fn error(error: &FieldError) -> String {
    let limit = error.limit.unwrap_or(0);
    let words = match (error.field.as_str(), error.code.as_str()) {
        ("file", "required") => "请选一个 GeoJSON 文件",
        ("file", "too_big") => {
            return format!(
                "文件太大了，要在 {} MB 以内。请只留本区的社区，或者请人把边线简化一下",
                limit >> 20
            );
        }
        ("file", "not_json") => "这不是 GeoJSON 文件。SHP、KML 要先转成 GeoJSON，再来选",
        ("file", "not_geojson") => "这个文件里没有 GeoJSON 的内容。导出时请选 GeoJSON（FeatureCollection）",
        ("file", "no_areas") => "文件里只有点和线，没有社区的范围。请换一个画了范围的文件",
        ("file", "too_many") => "文件里的范围太多了，像是全市或全省的。请只留本区的社区，最多 300 块",
        ("file", "metres") => "文件里的数是以米为单位的平面坐标，不是经纬度。导出时请选 WGS-84 或国家 2000 的经纬度",
        ("file", "abroad") => "文件里的位置不在中国。请核对是不是选错了文件",
        ("file", "swapped") => {
            "文件里的经度和纬度像是写反了。请勾上“纬度写在经度前面”，再重新读一次；已经勾上的，请去掉"
        }
        ("file", "too_detailed") => return format!("简化到边线挪动 200 米，仍超过 {limit} 个点。请只留本区的社区再试"),
        ("file", "nothing") => NOTHING,
        ("file", _) => "文件没有收完整，请重新选一次",
        (_, "unknown") => "没有找到这个社区，请重新选",
        _ => "这里填得不对，请检查",
    };
    words.to_owned()
}
