//! Beside what an app such as `WeChat` cannot do.

pub const DOWNLOAD: &str = "在微信、钉钉里存不了文件。点右上角的“···”↗，选“在浏览器打开”，打开以后再点一次。";
pub const PRINT: &str =
    "在微信、钉钉里打印不了。点右上角的“···”↗，选“在浏览器打开”，就能打印；或者截图发给能打印的人。";
