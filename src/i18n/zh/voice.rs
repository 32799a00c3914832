//! Words of recorded voices and videos.

pub const TITLE: &str = "也可以说给我们听";
pub const RECORD: &str = "按一下，开始录音";
pub const STOP: &str = "说完了，停止";
pub const AGAIN: &str = "重新录";
pub const REMOVE: &str = "不要这段录音";
pub const LISTEN: &str = "听一听刚才的录音";
pub const ASKING: &str = "正在打开话筒。如果手机问您，请选“允许”。";
pub const WAITING: &str = "录音已存在这台设备上，正在准备上传";
pub const DONE: &str = "录音已传好，可以继续往下填";
pub const ARRIVED: &str = "录音传好了";
pub const STAYED: &str = "录音没传上去，还在这台设备上，可以点“重试”";
pub const FAILED: &str = "录音没传成功，已存在这台设备上。";
pub const DENIED: &str = "没有打开话筒。请在手机设置里允许使用话筒，或者用下面的其他办法。";
pub const IMPOSSIBLE: &str = "这里不能直接录音，请用下面的其他办法。";
pub const SILENT: &str = "没有录到声音，请再录一次。";
/// Where no script can draw the button.
pub const NO_BUTTON: &str = "这个页面按不了录音按钮。请用手机自带的“录音机”录好，再点“录不了音怎么办”选那段录音。";
pub const OTHER_WAYS: &str = "录不了音怎么办";
pub const CHOOSE: &str = "选一段录好的录音";
pub const CHOOSE_HINT: &str = "先用手机自带的“录音机”录好，再到这里选。";
pub const ADD: &str = "选录音";
pub const SEND: &str = "上传选好的录音";
pub const KEYBOARD: &str = "也可以点手机键盘上的话筒，说话会变成文字。";
pub const CALL: &str = "或者打电话，我们替您写：";
pub const BEGUN: &str = "开始录音";
pub const STOPPED: &str = "录音停了，可以听一听";
pub const NEARLY: &str = "还能录 10 秒";
pub const RECORDING: &str = "录音";
pub const VIDEO: &str = "视频";
pub const HEAR: &str = "播放录音";
pub const SEE: &str = "播放视频";
pub const SAVE: &str = "放不出来就下载下来听";
pub const SAVE_VIDEO: &str = "放不出来就下载下来看";
pub const CANNOT_HEAR: &str =
    "这里放不出这段录音，可能是老式手机录的。可以下载下来，用手机自带的播放器听；记成文字以后，文字就写在下面。";
pub const CANNOT_SEE: &str = "这里放不出这段视频。可以下载下来，用手机自带的播放器看。";
pub const CANNOT_TRY: &str = "这里放不出这段录音，不要紧：照样可以交，联络站会听。";
pub const TRANSCRIPT: &str = "录音说的是";
pub const TRANSCRIPT_NOTE: &str = "联络站记下的文字，以录音为准。";
pub const BY_MACHINE: &str = "机器转写，还没有人核对";
pub const CHECK_VOICE: &str = "录音";

/// 「最长 60 秒，不写字也可以」.
pub fn lead(seconds: u32) -> String {
    format!("不想打字，就录一段话，最长 {seconds} 秒。录了音，上面可以不写。")
}

/// 「0:07 / 1:00」.
pub fn time(now: u32, of: u32) -> String {
    format!("{} / {}", clock(now), clock(of))
}

/// 「0:07」.
pub fn clock(seconds: u32) -> String {
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// A letter waited for its recording, which is not here any more.
pub const LOST: &str = "录音没能传上来。请打开再录一次，或者写几句。";

/// Why a recording will never be taken.
pub fn refused(code: &str) -> String {
    match code {
        "too_big" => "这段录音太大了，请录短一点",
        "too_long" => "这段录音太长了，请录短一点",
        "empty" => "没有录到声音，请再录一次",
        _ => "这个文件不是能播放的录音，请换一个，或直接在这里录",
    }
    .to_owned()
}

/// What is wrong with recording or video, beside the field.
pub fn wrong(code: &str) -> String {
    match code {
        "refused" => "录音或视频传不了，请先移除，再提交",
        "unknown" => "录音或视频已经失效，正在重新上传，请稍后再提交",
        "too_many" => "一段录音、一段视频，请移除多的",
        "too_big" => "这段录音太大了，请录短一点",
        "too_long" => "这段录音太长了，请录短一点",
        _ => "这个文件不是能播放的录音，请换一个",
    }
    .to_owned()
}

pub const VIDEO_Q: &str = "有视频吗";
pub const VIDEO_ADD: &str = "选视频";
pub const VIDEO_SEND: &str = "上传选好的视频";
pub const VIDEO_WAITING: &str = "正在准备";
pub const VIDEO_FAILED: &str = "网络断了，传到一半停下了";
pub const VIDEO_ARRIVED: &str = "视频传好了";
pub const VIDEO_STAYED: &str = "视频传到一半停下了，可以点“接着传”";
pub const VIDEO_GO_ON: &str = "接着传";
pub const VIDEO_CANCEL: &str = "不传了";

/// 「一段就够，不超过 50 MB」.
pub fn video_limit(bytes: u64) -> String {
    format!(
        "一段就够，不超过 {} MB，大约一分钟。传到一半断了可以接着传。",
        bytes / 1_000_000
    )
}

/// Why a video will never be taken.
pub fn video_refused(code: &str) -> &'static str {
    match code {
        "too_big" => "这段视频太大了，请剪短一点，或发几张照片",
        "empty" => "这个文件是空的，请重新选",
        "codec" => "这种视频放不出来，请在相机设置里选“兼容性最佳”再拍，或发几张照片",
        _ => "这个文件不是视频，请选手机拍的 MP4 或 MOV 视频",
    }
}
