//! Words that only the running app needs: drafts, waiting, what was lost on the way.

pub const DRAFT_MEMORY: &str = "这台设备不让保存草稿（可能是无痕模式或空间满了）。请不要关掉这个页面，写完直接提交。";

pub const SENDING: &str = "正在提交…";
pub const ALREADY_SENT: &str = "已提交";
pub const ALREADY_SENT_TEXT: &str = "这份意见刚才已经提交，不用再提交一次。";
pub const SESSION_OVER: &str = "登录过期了，请再验证一次手机号。您写的内容都在。";
pub const STAFF_LOGGED_IN: &str = "现在登录的是工作人员账号。写意见请用您本人的手机号验证。";
pub const VERIFIED: &str = "手机号已经验证过";

pub const COPY: &str = "复制编号和查询码";
pub const COPIED: &str = "已复制";
pub const COPY_FAILED: &str = "没能复制，请用笔记下，或长按选取";
pub const RECEIPT: &str = "意见回执";
pub const RECEIPT_KEEP: &str = "凭编号和查询码随时查进度，请不要发给别人。";
pub const PICTURE_HOLD: &str = "长按图片可以保存到手机。";

pub const DONE_EVENT: &str = "好了，已经更新";
pub const RATED: &str = "谢谢您的评价";
pub const LOGGED_IN: &str = "已登录";
pub const LOGGED_OUT: &str = "已退出";
pub const LOGOUT: &str = "退出登录";
pub const ELDER_ON: &str = "已换成大字版";
pub const ELDER_OFF: &str = "已换回标准版";
pub const LOADED_MORE: &str = "已加载更多";
pub const RETRY: &str = "再试一次";
pub const FAILED_TITLE: &str = "没有打开";
pub const OPENING: &str = "正在打开…";
pub const PART_MISSING: &str = "这一页没有下载下来，可能是网络断了一下。请重新加载；您写的内容都在。";

/// 「还有 40 秒可以重新获取」.
pub fn resend_in(seconds: u32) -> String {
    format!("{seconds} 秒后可以重新获取")
}

/// 「多选了 2 张，最多放 9 张」.
pub fn too_many_photos(extra: u32, max: u32) -> String {
    format!("最多放 {max} 张照片，有 {extra} 张没有放进来。")
}

pub const WITHDRAW_SURE: &str = "确定要撤回吗";
pub const WITHDRAW_YES: &str = "撤回";
pub const WITHDRAW_NO: &str = "不撤回";
pub const CASE_CHANGED: &str = "这件事刚刚有了变化，页面已换成最新情况。请看过后再决定，您写的内容还在。";
pub const UPLOADING: &str = "正在上传照片…";

// Without a network.
pub const OFFLINE_TITLE: &str = "现在没有网络";
pub const OFFLINE_LEAD: &str = "这一页还没有在这台设备上看过，连上网就能打开。现在可以：";
pub const OFFLINE_MINE: &str = "看以前打开过的“我的意见”";
pub const OFFLINE_DRAFT: &str = "写到一半的意见存在这台设备上，没有丢，连上网接着写、接着交。";
pub const OFFLINE_CALL: &str = "急事打电话：";
