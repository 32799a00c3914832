//! Words of letters that are not finished, and of letters that wait for the network.

use crate::i18n::dates;
use liaison_domain::Millis;

pub const OPEN: &str = "接着写";
pub const DROP: &str = "删掉";
pub const DROP_SURE: &str = "确定删掉这份没写完的意见吗？删掉以后找不回来。";
pub const DROPPED: &str = "已经删掉";
pub const NO_WORDS: &str = "还没写字";
pub const FOUND_TITLE: &str = "上次没写完的";
pub const ANEW: &str = "另写一封";
pub const ANEW_DONE: &str = "可以写新的了，上一封还留着";
pub const OTHER_TAB: &str = "这封意见在另一个页面里也改过。两份都留着，在“没写完的意见”里。";
pub const PHOTO_UNKEPT: &str = "这台设备的空间不够，照片只存在这个页面里。请等照片传好再离开，或者先提交。";
pub const PHOTO_GONE: &str = "有照片没能存在这台设备上，请重新选一次";

pub const OUT_TITLE: &str = "正在提交的意见";
pub const WAITING: &str = "等网络恢复后自动提交";
pub const TURN: &str = "过一会儿自动提交";
pub const WAITING_TITLE: &str = "还没交出去，先替您存着";
pub const WAITING_LEAVE: &str = "您不用守着。下次打开本站，只要有网络就会自动提交，不会变成两份。";
pub const WAITING_MEMORY: &str = "这台设备不让保存。请不要关掉这个页面，等它提交出去。";
pub const RETRY: &str = "现在重试";
pub const RETRYING: &str = "正在重试…";
pub const STILL_WAITING: &str = "还没有通，先存着，会接着自动重试";
pub const TAKE_BACK: &str = "撤回继续改";
pub const TAKEN_BACK: &str = "已撤回，可以接着改";
pub const TOO_LATE: &str = "这份意见刚刚已经提交，撤不回来了。";
pub const CODE: &str = "请再验证一次手机号";
pub const CODE_TEXT: &str = "验证码或登录已经过期。您写的都在，验证以后马上提交。";
pub const CODE_GO: &str = "验证手机号并提交";
pub const REFUSED: &str = "没有收下，请改一下";
pub const CHANGE: &str = "打开来改";
pub const SENT: &str = "已经提交";
pub const RECEIPT: &str = "看编号和查询码";
pub const FILES_LOGIN: &str = "登录过期了，照片、录音或视频还没传完。请用手机号登录，会接着传。";
pub const FILES_REFUSED: &str = "有照片、录音或视频没能补上。需要的话，请打开这件意见，用“补充”再传一次或写几句。";
pub const FILES_ADDED: &str = "没传完的也补上了";
pub const FILES_MOVING: &str = "现在就可以提交：文字先交，没传完的照片、录音和视频随后自动补上。";
/// Of a letter without words that waits.
pub const VOICE_FIRST: &str = "录音一传完，这件意见就自动交上去。";
pub const VOICE_MOVING: &str = "现在就可以提交：录音一传完，意见就自动交上去，您不用等。";

pub const LEFT_TITLE: &str = "已经退出";
pub const LEFT_DROP: &str = "都删掉";
pub const LEFT_KEEP: &str = "留着，下次接着写";
pub const LEFT_GONE: &str = "没写完的意见都删掉了";
#[cfg(feature = "ssr")]
pub const LEFT_DEVICE: &str =
    "这里删的是本站替这个浏览器存的。设备上存的那一份，开着脚本时在“我的”里删；没提交、还开着的页面，请关掉。";
#[cfg(feature = "ssr")]
pub const LEFT_HOME: &str = "回首页";

/// 「已经退出。这台设备上还有2份没写完的意见，别人用它也看得到。」
pub fn left(count: usize) -> String {
    format!("已经退出。这台设备上还有{count}份没写完的意见，别人用它也看得到。不是您自己的设备，请删掉。")
}

/// 「没写完的意见（2份）」.
pub fn drafts_title(count: usize) -> String {
    format!("没写完的意见（{count}份）")
}

/// 「9月12日 上午9:05 写的还在。」
pub fn found(saved_at: Millis, now: Millis) -> String {
    format!("{} 写的还在。", dates::moment(saved_at, now))
}

/// 「9月12日 上午9:05 · 2张照片」.
pub fn draft_meta(saved_at: Millis, photos: usize, now: Millis) -> String {
    let when = dates::moment(saved_at, now);
    if photos == 0 {
        when
    } else {
        format!("{when} · {photos}张照片")
    }
}

/// 「30天没动过的会自动删除。」
pub fn kept_for(days: u32) -> String {
    format!("{days}天没动过的会自动删除。")
}

/// 「您在 9月12日 上午9:05 按了提交，网络一通就交上去。」
pub fn waiting(at: Millis, now: Millis) -> String {
    format!("您在 {} 按了提交，网络一通就交上去。", dates::moment(at, now))
}

/// 「这会儿提交得太密，先替您排着，9月12日 上午9:05 左右自动再交。」
pub fn turn(at: Millis, now: Millis) -> String {
    format!(
        "这会儿提交得太密，先替您排着，{} 左右自动再交。",
        dates::moment(at, now)
    )
}

/// 「这台设备上有1份正在提交、2份没写完的意见」.
pub fn pointer(waiting: usize, unfinished: usize) -> String {
    match (waiting, unfinished) {
        (0, unfinished) => format!("这台设备上还有{unfinished}份没写完的意见"),
        (waiting, 0) => format!("这台设备上有{waiting}份正在提交的意见"),
        (waiting, unfinished) => format!("这台设备上有{waiting}份正在提交、{unfinished}份没写完的意见"),
    }
}

/// 「编号 TH-2026-004213」.
pub fn sent(no: &str) -> String {
    format!("编号 {no}")
}

/// Told when it went by itself.
pub fn went(no: &str) -> String {
    format!("意见已经提交，编号 {no}")
}

/// 「还有2张照片，会自动补上。」; nothing when nothing is left.
pub fn files_follow(photos: usize, media: bool) -> Option<String> {
    let what = match (photos, media) {
        (0, false) => return None,
        (0, true) => "还有录音或视频没传完".to_owned(),
        (photos, false) => format!("还有{photos}张照片"),
        (photos, true) => format!("还有{photos}张照片和录音或视频"),
    };
    Some(format!("{what}，会自动补上。"))
}

/// Stands in the letter's history with the files that followed it: 「补上提交时没来得及传的照片和录音。」
pub fn followed(photos: bool, voice: bool, video: bool) -> String {
    let what = [(photos, "照片"), (voice, "录音"), (video, "视频")];
    let what: Vec<_> = what.into_iter().filter_map(|(is, what)| is.then_some(what)).collect();
    format!("补上提交时没来得及传的{}。", what.join("和"))
}
