//! What is kept about somebody: to see, to take along, to put right, to end.

use crate::i18n::dates;
use crate::i18n::desk::numbers;
use liaison_domain::Millis;
use liaison_domain::dto::{AccountAct, AccountChange, ContactLook, IdentityCheck};
use liaison_domain::host::{Host, System};

pub const TITLE: &str = "我的信息";
pub const LEAD: &str = "这里有什么、谁看过、在哪里登录着，都能看；可以带走、改正、注销。";

pub const KEPT: &str = "这里有您的";
pub const NAME: &str = "称呼";
pub const NO_NAME: &str = "没有填";
pub const PHONE: &str = "手机号";
pub const PHONE_HINT: &str = "手机号加密保存。工作人员要看全，须写明原因，下面会列出来。";
pub const SINCE: &str = "第一次登录";
pub const LETTERS: &str = "意见";
pub const APPOINTMENTS: &str = "预约";
pub const EVENTS: &str = "活动";
pub const RULES: &str = "收集什么、留多久、给谁看";

pub const RENAME: &str = "改称呼";
pub const RENAME_LABEL: &str = "怎么称呼您";
pub const RENAME_HINT: &str = "例如：李女士。空着也可以。已经写好的意见里的称呼不会跟着变。";
pub const RENAME_DO: &str = "保存";
pub const RENAMED: &str = "称呼已改好。";

pub const LOOKS: &str = "谁看过我的手机号";
pub const LOOKS_NONE: &str = "没有人看过完整的号码。";

pub const CHANGES: &str = "改过什么";
pub const CHANGES_NONE: &str = "手机号和微信绑定没有改过。";

pub const SESSIONS: &str = "在哪里登录着";
pub const SESSIONS_HINT: &str = "不认得的、不用的，可以退出。退出以后，那里要重新用手机号登录。";
pub const KEPT_HERE: &str = "登录着的时候，有的浏览器会把看过的意见在这台设备上留一份，没有网也能看；退出登录就清掉。";
pub const THIS: &str = "就是现在这里";
pub const END: &str = "退出";
pub const END_OTHERS: &str = "除了这里，全部退出";
pub const ENDED: &str = "已经退出。";
pub const ENDED_NONE: &str = "那里早已退出。";

pub const EXPORT: &str = "带走一份";
pub const EXPORT_HINT: &str =
    "您的意见、办理过程、答复、预约、活动、同意过什么、谁看过手机号，都在里面。可以直接看，也可以存下来。";
pub const EXPORT_ZIP: &str = "下载全部（连照片、录音、视频）";
pub const EXPORT_ZIP_HINT: &str =
    "一个压缩文件（ZIP）。解开以后点“index.html”就能看，没有网也行。照片、视频多的，最好连着无线网下载。";
pub const EXPORT_SEE: &str = "直接看";
pub const EXPORT_HTML: &str = "下载网页文件";
pub const EXPORT_JSON: &str = "下载数据文件（JSON）";

pub const WITHDRAW: &str = "我同意过什么";
pub const WITHDRAW_HINT: &str = "每一件分开算，随时可以收回，也可以再同意。收回公开的，公开稿马上不再显示。";
pub const CONSENTS_NONE: &str = "还没有意见，这里先空着。";
pub const CONSENT_TAKE_BACK: &str = "收回";
pub const CONSENT_GIVE: &str = "同意";
pub const CONSENT_CHANGED: &str = "已经照您说的改好。";
pub const PUBLISH_YES: &str = "答复后可以公开";
pub const PUBLISH_NO: &str = "不公开";
pub const CALL_YES: &str = "办理的人可以打电话";
pub const CALL_NO: &str = "不要打电话";

pub const CLOSE: &str = "注销";
pub const CLOSE_WHAT: &str = "注销以后：";
pub const CLOSE_GOES: &str = "称呼、手机号、邮箱、消息都删掉，各处都退出登录。";
pub const CLOSE_PLACES: &str = "还没到的预约和报名都退掉，名额让给排队的人。";
pub const CLOSE_STAYS: &str = "意见继续办，编号和查询码还能查。没有查询码的，先记下来，或者先带走一份。";
pub const CLOSE_BACK: &str = "不能恢复。以后再用这个手机号登录，是新的开始，看不到从前的意见。";
pub const CLOSE_CHECK: &str = "我知道了，要注销";
pub const CLOSE_DO: &str = "注销";
pub const CLOSE_UNCHECKED: &str = "真的要注销，请先在这里打勾。";
pub const CLOSED: &str = "已经注销";
pub const CLOSED_LEAD: &str = "您的称呼和手机号已经删掉。还想查从前的意见，用编号和查询码。";
pub const CLOSED_LINK: &str = "用编号和查询码查";

pub const DATA_TITLE: &str = "我的全部信息";
pub const DATA_NONE: &str = "没有。";
pub const WRITTEN: &str = "写的";
pub const NO: &str = "编号";
pub const STATE: &str = "办到哪里";

/// 「微信 · 安卓手机」.
pub fn device(host: &str, system: &str) -> String {
    let host = match Host::from_code(host) {
        Some(Host::WeChat) => "微信",
        Some(Host::WeCom) => "企业微信",
        Some(Host::DingTalk) => "钉钉",
        Some(Host::Alipay) => "支付宝",
        Some(Host::Browser) => "浏览器",
        None => return "没有记下是什么设备".to_owned(),
    };
    let system = match System::from_code(system) {
        Some(System::Android) => "安卓",
        Some(System::Ios) => "苹果手机或平板",
        Some(System::Harmony) => "鸿蒙",
        Some(System::Windows) => "Windows 电脑",
        Some(System::Mac) => "苹果电脑",
        Some(System::Linux) => "Linux 电脑",
        Some(System::Other) | None => return host.to_owned(),
    };
    [host, " · ", system].concat()
}

/// 「11月3日 14:20 用过」.
pub fn used(at: Millis, now: Millis) -> String {
    format!("{}用过", dates::date_time(at, now))
}

/// 「3 件，1 件还在办」.
pub fn letters(all: u64, open: u64) -> String {
    match (all, open) {
        (0, _) => "没有".to_owned(),
        (all, 0) => format!("{all} 件"),
        (all, open) => format!("{all} 件，{open} 件还在办"),
    }
}

/// 「2 次」.
pub fn times(count: u64) -> String {
    match count {
        0 => "没有".to_owned(),
        count => format!("{count} 次"),
    }
}

/// 「11月3日 14:20，云帆街道人大代表联络站看了 TH-2026-000123 的手机号」.
pub fn look(look: &ContactLook, now: Millis) -> String {
    let by = look.by.as_deref().unwrap_or("联络站");
    let what = look
        .no
        .as_ref()
        .map_or_else(|| "预约".to_owned(), |no| format!(" {no} "));
    format!("{}，{by}看了{what}的手机号", dates::date_time(look.at, now))
}

/// 「11月3日 14:20，手机号从 199****0001 换成 199****0002」.
pub fn change(change: &AccountChange, now: Millis) -> String {
    let platform = match &*change.what {
        "wechat" => "微信",
        _ => "别的平台",
    };
    let what = match (change.act, &change.was, &change.became) {
        (AccountAct::Number | AccountAct::NumberByOffice, Some(was), Some(became)) => {
            format!("手机号从 {was} 换成 {became}")
        }
        (AccountAct::Number | AccountAct::NumberByOffice, _, _) => "换了手机号".to_owned(),
        (AccountAct::Bound, _, _) => format!("绑定了{platform}"),
        (AccountAct::Unbound, _, _) => format!("解绑了{platform}"),
    };
    [&dates::date_time(change.at, now), "，", &what].concat()
}

/// Who changed it, and how they made sure.
pub fn changed_by(change: &AccountChange) -> String {
    match change.act {
        AccountAct::NumberByOffice => {
            let by = change.by.as_deref().unwrap_or("联络站");
            let how = IdentityCheck::from_code(&change.what)
                .map(numbers::check)
                .unwrap_or_default();
            format!("由{by}办，{how}。不是您本人要求的，请马上打电话")
        }
        AccountAct::Number | AccountAct::Bound => "您自己办的".to_owned(),
        AccountAct::Unbound => "解绑以后，那里不能再直接登录".to_owned(),
    }
}

/// 「原因：约时间上门看现场」.
pub fn reason(words: &str) -> String {
    format!("原因：{words}")
}

/// 「2026-11-26 14:20 的全部信息」.
pub fn made_at(at: Millis, now: Millis) -> String {
    format!("{}导出", dates::date_time(at, now))
}
