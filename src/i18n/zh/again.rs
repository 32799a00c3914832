//! Words of logging in again within a page that was posted too late.

pub const TITLE: &str = "请重新登录";
pub const LEAD: &str = "登录已过期。您刚才写的都还在，登录以后接着提交，不用重写。";
pub const OTHER: &str = "这一页是用另一个账号打开的。请用原来的账号登录，写的内容才会提交。";
pub const NOT_YOU: &str = "这不是原来的账号。请用打开那一页时的账号登录。";
pub const FILES: &str = "照片和文件没法带过来，登录以后请再选一次。其他内容都在。";
pub const TOO_LONG: &str = "写的内容太长，没能带过来。请先按浏览器的“后退”，把写好的复制下来，另开一页登录以后再贴上。";
pub const SUBMIT: &str = "登录并接着提交";

/// 「以宋静的身份继续」: the demo's one tap.
pub fn as_demo(name: &str) -> String {
    format!("以{name}的身份登录并接着提交")
}
