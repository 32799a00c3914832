//! Another telephone number for somebody who has lost theirs, by the office that sees them.

#[cfg(feature = "ssr")]
use liaison_domain::dto::IdentityCheck;

pub const TITLE: &str = "代换手机号";
#[cfg(feature = "ssr")]
pub const LEAD: &str = "群众原来的号码收不到短信时用。本人和新手机须在场。换了以后，原来的登录全部退出，旧号码会收到短信，本人能看到是谁换的、怎么核对的。";
#[cfg(feature = "ssr")]
pub const NO: &str = "本人写过的一件意见";
#[cfg(feature = "ssr")]
pub const NO_HINT: &str = "填编号，例如 TH-2026-000123。没写过意见的，直接用新号码登录就行，不用换。";
#[cfg(feature = "ssr")]
pub const CHECK: &str = "怎么核对是本人";
#[cfg(feature = "ssr")]
pub const NEW: &str = "新的号码";
#[cfg(feature = "ssr")]
pub const GO: &str = "换成这个号码";
#[cfg(feature = "ssr")]
pub const DONE: &str = "换好了。请本人用新号码登录看一看。";
#[cfg(feature = "ssr")]
pub const NOBODY: &str = "这件意见没有对应的账户：可能已经注销，或者是工作人员代录的。请核对编号。";

/// How it was made sure who somebody is.
#[cfg(feature = "ssr")]
pub const fn check(check: IdentityCheck) -> &'static str {
    match check {
        IdentityCheck::IdCard => "看过身份证原件",
        IdentityCheck::OtherPaper => "看过社保卡、户口本等有姓名的原件",
        IdentityCheck::Visited => "两名工作人员上门当面核对",
    }
}
