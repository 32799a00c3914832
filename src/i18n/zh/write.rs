//! Words of writing a letter, its receipt, looking it up, and logging in by phone.

use liaison_domain::dto::Receipt;
use liaison_domain::lifecycle::CaseState;

pub const TITLE: &str = "写给代表";
pub const BACK: &str = "上一步";
pub const CONTINUE: &str = "继续";
pub const SAVED: &str = "草稿已保存在这台设备上";
pub const SCOPE_LINK: &str = "哪些事可以写";

pub const BODY: &str = "发生了什么事";
pub const BODY_HINT: &str = "用平常说话的方式写就行：什么事、从什么时候开始、希望怎么办。请不要写身份证号、银行卡号。";
pub const EMERGENCY: &str = "有人身危险、燃气泄漏、火情，请先打 110、119、120，不要等回复。";

/// Numbers for what cannot wait, each with what it is.
pub const NUMBERS: &[(&str, &str)] = &[("110", "报警"), ("119", "火警"), ("120", "急救"), ("12345", "政务热线")];

pub const PLACE_Q: &str = "事情在哪里";
pub const AREA: &str = "街道或社区";
pub const AREA_HINT: &str = "选到社区更好，只知道街道也行。";
pub const AREA_NONE: &str = "不确定，或全区都有";
pub const PLACE: &str = "具体位置";
pub const PLACE_HINT: &str = "例如：船坞里 3 幢地下车库入口";

pub const WHO: &str = "想写给谁";
pub const WHO_HINT: &str = "拿不准就选联络站，由联络站请最合适的代表或单位办。";
pub const WHO_STATION: &str = "由联络站安排";
pub const WHO_STATION_HINT: &str = "最常用";
pub const WHO_DEPUTY: &str = "写给一位代表";
pub const STATION: &str = "哪个联络站";
pub const STATION_HINT: &str = "一般选事情所在地的联络站。拿不准就不用改，联络站会转给合适的。";
pub const MORE_DEPUTIES: &str = "选其他代表";
pub const MORE_NONE: &str = "不选其他代表";

pub const PHOTOS: &str = "有照片吗";
pub const PHOTOS_WHY: &str = "照片能让办的人更快看懂。没有也没关系。";
pub const PHOTOS_ADD: &str = "选照片";
pub const PHOTOS_SEND: &str = "上传选好的照片";
pub const PHOTOS_LIST: &str = "已选的照片";
pub const PHOTO_REMOVE: &str = "移除";
pub const PHOTO_RETRY: &str = "重试";
pub const PHOTO_WAITING: &str = "排队中";
pub const PHOTO_DONE: &str = "已传好";
pub const PHOTO_FAILED: &str = "没传成功，请重试";

pub const MORE_Q: &str = "再确认几样";
pub const KIND: &str = "这是哪一种意见";
pub const KIND_HINT: &str = "我们先猜了一个，不对就改。";
pub const CATEGORY: &str = "类别";
pub const CATEGORY_NONE: &str = "说不好，请联络站来分";
pub const SUBJECT: &str = "标题";
pub const SUBJECT_HINT: &str = "一句话说清是什么事。不写的话，我们用您写的第一句。";
pub const CONSENT: &str = "答复以后，能让别人也看到吗";
pub const CONSENT_HINT: &str = "公开的是去掉个人信息的一份，公开前会先给您看。";
pub const CONSENT_YES: &str = "可以公开";
pub const CONSENT_YES_HINT: &str = "有同样困难的人能看到答复";
pub const CONSENT_NO: &str = "不公开";
pub const CONSENT_NO_HINT: &str = "只有办理的人看得到";
pub const NAME: &str = "怎么称呼您";
pub const NAME_HINT: &str = "例如：李女士。";
pub const NAME_SHOWN: &str = "称呼给谁看";
pub const NAME_HIDDEN: &str = "谁也不给看，只写“居民”";
pub const NAME_HANDLERS: &str = "只给办理的代表和单位看";
pub const NAME_PUBLIC: &str = "公开稿上也写";

pub const CHECK: &str = "检查一下再提交";
pub const CHECK_LEAD: &str = "下面就是办理的人会看到的内容。";
pub const CHECK_PHOTOS: &str = "照片";
pub const CONSENT_SHORT: &str = "答复后公开吗";
pub const CHECK_OTHERS: &str = "别人会看到什么";
pub const CHECK_PUBLIC: &str = "答复以后，联络站会拟一份去掉个人信息的公开稿，先给您看，您同意了才公开。";
pub const CHECK_PRIVATE: &str = "这件事不公开，只有联络站、办理的代表和单位看得到。手机号他们只看到前三位和后四位。";
pub const CHECK_AUTHOR: &str = "署名";
pub const CHECK_NOBODY: &str = "居民";
pub const CHECK_SEEN: &str = "看得到";
pub const CHECK_UNSEEN: &str = "看不到";
pub const CHECK_UNSEEN_LIST: &str = "手机号、具体位置，以及内容和照片里的个人信息";
pub const CHANGE: &str = "修改";
/// Whatever can be empty here may be.
pub const NOT_FILLED: &str = "没填，不填也行";
pub const PLACE_NOT_FILLED: &str = "没填。事情在某个地方的，请补上，免得再来问您";
pub const NO_PHOTOS: &str = "没有照片";
pub const CHECK_GO: &str = "内容没问题，继续";

pub const PHONE_Q: &str = "留一个手机号";
pub const PHONE_WHY: &str = "用来告诉您办到哪一步、核实是本人。不公开。办理的人只看到前三位和后四位；写明理由才能看全号，会留下记录，也会告诉您。";
pub const PHONE: &str = "手机号";
pub const GET_CODE: &str = "获取验证码";
pub const CODE: &str = "短信验证码";
pub const CODE_AGAIN: &str = "重新获取验证码";
pub const CODE_OTHER: &str = "换一个手机号";
pub const SUBMIT: &str = "提交意见";
pub const DEMO_CODE: &str = "演示站点不发短信，验证码是";

pub const DONE: &str = "意见已经提交";
pub const DONE_KEEP: &str = "请记下编号和查询码，凭这两样随时可以查进度。";
pub const DONE_NO: &str = "编号";
pub const DONE_CODE: &str = "查询码";
pub const DONE_CODE_NOTE: &str = "查询码只显示这一次。忘了也不要紧，用手机号一样能查。";
pub const DONE_NEXT: &str = "接下来会怎样";
pub const DONE_SEE: &str = "看这件事的进度";
pub const DONE_PRINT: &str = "打印或存一份";
pub const DONE_SAVE: &str = "存成图片";
pub const DONE_PICTURE: &str = "回执图片";
pub const DONE_GONE: &str = "回执已经不在这里了";
pub const DONE_GONE_TEXT: &str = "回执只显示一次。您的意见没有丢，用编号和查询码，或者用手机号，都能查到。";
pub const DONE_HOME: &str = "回首页";

pub const TRACK: &str = "查进度";
pub const TRACK_LEAD: &str = "填回执上的编号和查询码。";
pub const TRACK_NO: &str = "编号";
pub const TRACK_NO_HINT: &str = "例如 TH-2026-004213，横线可以不写。";
pub const TRACK_CODE: &str = "查询码";
pub const TRACK_CODE_HINT: &str = "大小写、横线、空格都不影响。";
pub const TRACK_GO: &str = "查进度";
pub const TRACK_LOST: &str = "查询码找不到了";
pub const TRACK_BY_PHONE: &str = "用手机号查我的全部意见";

pub const LOGIN: &str = "用手机号登录";
pub const LOGIN_LEAD: &str = "登录后能看到您用这个手机号提过的全部意见。";
pub const LOGIN_GO: &str = "登录";

/// What the published copy shows besides title and text: 「标题、内容、答复，云帆街道，路灯」.
pub fn seen(category: &str, area: Option<&str>) -> String {
    match area {
        Some(area) => format!("标题、内容、答复，地点只写到{area}，类别（{category}）"),
        None => format!("标题、内容、答复，类别（{category}）"),
    }
}

/// 「第 2 步，共 7 步」.
pub fn step(n: usize, of: usize) -> String {
    format!("第 {n} 步，共 {of} 步")
}

/// 「再写 20 个字左右就够了」 and 「超出 12 个字」 stand in errors; this counts from three quarters on.
pub fn counter(used: usize, max: u32) -> String {
    let max = max as usize;
    if used > max {
        format!("超出 {} 个字", used - max)
    } else {
        format!("已写 {used} 字，最多 {max} 字")
    }
}

/// 「最多 9 张，每张不超过 20 MB」.
pub fn photos_limit(max: u32, bytes: u64) -> String {
    format!("最多 {max} 张，每张不超过 {} MB。", bytes / 1_000_000)
}

/// 「正在上传，40%」.
pub fn photo_sending(percent: u8) -> String {
    format!("正在上传 {percent}%")
}

/// 「写给陆知遥（区人大代表）」 line of a choice.
pub fn code_sent(phone: &str) -> String {
    format!("验证码已发到 {phone}，10分钟内有效。")
}

/// 「移除第 2 张照片」.
pub fn remove_photo(n: usize) -> String {
    format!("第 {n} 张照片")
}

/// Said to who does not see the list.
pub fn photo_arrived(n: usize) -> String {
    format!("第 {n} 张照片传好了")
}

/// The same of one that did not arrive.
pub fn photo_stayed(n: usize) -> String {
    format!("第 {n} 张照片没传上去，可以点“重试”")
}

/// The same of one that will never be taken.
pub fn photo_refused(n: usize, why: &str) -> String {
    format!("第 {n} 张照片传不了。{why}")
}

/// What happens next, by when: lines of the receipt.
pub fn next_steps(receipt: &Receipt, accept_by: &str) -> [String; 3] {
    let (station, to) = (&receipt.station_name, &receipt.to_name);
    if receipt.state == CaseState::Merged {
        return [
            "您附议的那件正在办，您这件跟它一起办。".to_owned(),
            "那件答复时，您也会单独收到答复。不是同一件事的话，7 天内在进度页上可以分开。".to_owned(),
            "答复以后请您打分，您的分单独算。".to_owned(),
        ];
    }
    [
        format!("{station}会在 {accept_by} 前决定是否受理，受理后会写明最晚答复的日子。"),
        format!("您写给：{to}。谁在办、办到哪天，查进度时都看得到。"),
        "答复以后请您打分。不满意可以要求重办。".to_owned(),
    ]
}
