//! Words about what a letter says aloud.

pub const TITLE: &str = "录音和视频";
pub const WRITE: &str = "记下录音里说的话";
pub const LABEL: &str = "录音里说的话";
pub const HINT: &str = "照着录音记，不改意思；听不清的写“（听不清）”。居民、代表和承办单位都看得到，来信搜索也能搜到。";
pub const SAVE: &str = "保存文字";
pub const SAVED: &str = "文字已保存";
pub const OVERTAKEN: &str = "别人刚刚改过这段文字，上面是最新的。您写的还在，核对后再保存一次。";
