//! Words of the links that log in once.

pub const TITLE: &str = "打开来信";
pub const LEAD: &str = "点一下就进入您的工作台，不用输密码。请只在自己的手机或电脑上打开。";
pub const OPEN: &str = "打开";
pub const ONCE: &str = "这个链接只能用一次，请不要转发给别人。";
pub const GONE_TITLE: &str = "这个链接不能用了";
pub const GONE_LEAD: &str = "链接只能用一次，过了期限也会失效。来信都还在，登录后就能看到。";
pub const LOGIN: &str = "去登录";
pub const GONE_HELP: &str = "不记得密码，请打联络站电话，请工作人员再给您一个链接。";
