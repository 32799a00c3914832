//! Logging in by `WeChat`.

use crate::i18n::dates;
use liaison_domain::Millis;

pub const LOGIN: &str = "用微信登录";

pub const BIND_TITLE: &str = "第一次用微信登录";
pub const BIND_LEAD: &str = "请用短信验证一次手机号，把微信和它绑在一起。以后在微信里点“用微信登录”，不用再等短信。";
pub const BIND_GO: &str = "绑定并登录";
pub const BIND_KEPT: &str =
    "我们只记下这个微信对应哪个手机号，不读取您的昵称、头像和好友。在“我的信息”里随时可以解绑。";

pub const SNAPSHOT_TITLE: &str = "还差一步";
pub const SNAPSHOT_LEAD: &str = "微信现在只给了浏览模式。请点右下角“使用完整服务”，再点一次“用微信登录”。";
pub const LOST_TITLE: &str = "这次没有登录上";
pub const LOST_LEAD: &str = "可能是停得久了，或者在微信里点了拒绝。请再点一次，或者用手机号登录。写好的内容还在。";
pub const AGAIN: &str = "再用微信登录一次";
pub const BY_PHONE: &str = "用手机号登录";

pub const BOUND: &str = "用微信登录";
pub const BOUND_NONE: &str = "还没有绑定微信。绑定以后，在微信里登录不用等短信。";
pub const BIND: &str = "绑定微信";
pub const UNBIND: &str = "解绑微信";
pub const UNBOUND: &str = "已经解绑。以后在微信里用手机号登录。";

/// 「11月3日 14:20 绑定，11月20日 9:05 用过」.
pub fn bound(at: Millis, used_at: Millis, now: Millis) -> String {
    [
        &*dates::date_time(at, now),
        " 绑定，",
        &dates::date_time(used_at, now),
        " 用过",
    ]
    .concat()
}
