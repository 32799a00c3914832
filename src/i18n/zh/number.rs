//! Another telephone number.

pub const TITLE: &str = "换手机号";
pub const LEAD: &str = "先用现在的号码收一次验证码，再用新号码收一次，就换好了。";
pub const LINK: &str = "换手机号";

pub const MOVES: &str = "换了以后";
pub const MOVES_ALL: &[&str] = &[
    "意见、预约、活动、消息都在，跟着到新号码。",
    "短信发到新号码，登录也用新号码。微信绑定还在。",
    "别的手机、电脑上的登录会退出，这里不退。",
    "旧号码会收到一条短信，只说号码换了，不说别的。",
];
pub const RESTRICTED: &str = "现在有限制的，换了号码还是一样。";

pub const OLD: &str = "第一步，共两步：现在的号码";
pub const OLD_SEND: &str = "给现在的号码发验证码";
pub const OLD_GO: &str = "验证";
pub const NEW: &str = "第二步，共两步：新的号码";
pub const NEW_GO: &str = "换成这个号码";

pub const LOST: &str = "现在的号码收不到短信了";
pub const LOST_LEAD: &str = "号码停了、丢了，这样办：";
pub const LOST_WAYS: &[&str] = &[
    "带上身份证件和新手机，到写信的那个联络站，或者离您最近的联络站。工作人员核对是您本人，当场换好。",
    "不方便出门，先打电话，商量怎么核对。",
    "想先看进度，用编号和查询码就能查，不用手机号。",
];
pub const LOST_TRACK: &str = "用编号和查询码查";
pub const LOST_STATIONS: &str = "联络站在哪里";
pub const UNREADABLE: &str = "现在的号码这里发不了短信，没有改。请打联络站电话，工作人员帮您换。";
pub const PROOF_GONE: &str = "停得久了，号码没有换。请从第一步再来一次，内容都在。";
pub const TAKEN: &str = "这个新号码在这里已经有自己的账户，没有换，也没有合并。两个都要用，就各用各的号码登录。\
想把意见都放到这个号码，先用它登录，在“我的信息”里注销，再回来换；那个账户里的意见，注销后只能用编号和查询码查。";

pub const CHANGED: &str = "手机号已更换";
pub const DONE: &str = "手机号换好了。以后用新号码登录，别处的登录都已退出。";

/// To the old number: that it was changed, and what to do. Nothing of what lies there.
pub fn farewell(station: &str, phone: &str) -> String {
    format!("{station}：这个号码已不再用于登录。不是您本人换的，请马上打 {phone}。")
}
