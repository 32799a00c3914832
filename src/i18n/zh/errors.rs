//! What is wrong and what to do next: field errors by code, refusals, problems of the connection.

use liaison_domain::dto::FieldError;
use liaison_domain::lifecycle::RefusalKind;

/// Where a restricted person reads everything about it.
pub const RESTRICTION: &str = "看原因和期限，提出申诉";
/// What stays open to them.
pub const URGENT: &str = "有急事，走紧急通道";

/// The heading of the error summary.
pub fn summary(count: usize) -> String {
    if count == 1 {
        "有一处需要修改".to_owned()
    } else {
        format!("有 {count} 处需要修改")
    }
}

/// The words of one field's error, the same beside the field and in the summary.
pub fn field(error: &FieldError) -> String {
    // Forms that the server alone draws: the apps need not carry their words.
    #[cfg(feature = "ssr")]
    if let Some(words) = crate::i18n::desk::schedule::error(error) {
        return words;
    }
    let limit = error.limit.unwrap_or(0);
    // `attachments.2` is about the picture, whichever it is.
    let name = error.field.split('.').next().unwrap_or_default();
    match (name, error.code.as_str()) {
        #[cfg(feature = "ssr")]
        ("urgent_kind", _) => "请选是哪一类急事".into(),
        #[cfg(feature = "ssr")]
        ("why", "required") => "请写为什么没有别的办法".into(),
        #[cfg(feature = "ssr")]
        ("ground", _) => "请选哪一种情况".into(),
        #[cfg(feature = "ssr")]
        ("letters", "too_few") => format!("请填来信编号，至少 {limit} 封"),
        #[cfg(feature = "ssr")]
        ("letters", "unknown") => "有编号没有找到，请核对。只能写您能看到的来信".into(),
        ("body", "required") => "请写下发生了什么事".into(),
        ("body", "too_short") => format!("请再写具体一点，至少 {limit} 个字"),
        ("body" | "text", "too_long") => format!("内容太长了，请删到 {limit} 个字以内"),
        ("join", "own") => "这件就是您自己提的，不用附议。在“我的”里可以看进度、补充情况".into(),
        ("join", "already") => "这件您已经附议过了。在“我的”里可以看进度".into(),
        ("join", _) => "这件已经答复或不再公开，不能附议了。您可以另写一件".into(),
        ("spot", _) => "地图上的位置不对，请重新点，或者去掉".into(),
        ("helper_name", "required") => "请写您怎么称呼".into(),
        ("helper_name", _) => format!("称呼太长了，请删到 {limit} 个字以内"),
        ("helper_relation", "required") => "请写您和本人是什么关系".into(),
        ("helper_relation", _) => format!("关系请删到 {limit} 个字以内"),
        ("helper_phone", _) => "您的电话不对，请填 11 位手机号，或者空着".into(),
        ("title", "too_long") => format!("标题太长了，请删到 {limit} 个字以内"),
        ("place", "too_long") => format!("位置太长了，请删到 {limit} 个字以内"),
        ("name", "too_long") => format!("称呼太长了，请删到 {limit} 个字以内"),
        ("name", "required") => "要公开称呼，请先写怎么称呼您".into(),
        ("station" | "deputy", "required") => "请选写给哪个联络站，或写给哪位代表".into(),
        ("station", _) => "没有找到这个联络站，请重新选".into(),
        ("deputy", _) => "这位代表现在不收来信，请换一位，或选由联络站安排".into(),
        ("area", _) => "没有找到这个社区，请重新选".into(),
        ("category", _) => "没有找到这个类别，请重新选".into(),
        ("kind", _) => "请选这是哪一种意见".into(),
        ("phone", "required") => "请填手机号".into(),
        #[cfg(feature = "ssr")]
        ("phone", "same") => "这就是现在的号码，请填新的".into(),
        ("phone", _) => "手机号不对，请填 11 位手机号".into(),
        ("code", "required") => "请填验证码".into(),
        ("code", "expired") => "验证码过期了，请重新获取".into(),
        ("code", _) => "验证码不对，请再看一眼短信".into(),
        #[cfg(feature = "ssr")]
        ("slot", "taken") => "这个时间刚刚被约走了，请另选一个".into(),
        ("slot", _) => "请选一个时间".into(),
        ("mode", _) => "请选怎么谈".into(),
        ("topic", "required") => "请写一句想谈什么事".into(),
        ("called", "required") => "请填怎么称呼您".into(),
        ("people", _) => "请选几个人来".into(),
        ("email", "too_long") => "邮箱太长了，请核对".into(),
        ("email", _) => "邮箱不对，请照这样写：zhang@example.com".into(),
        ("quiet_to", "same") => "开始和结束不能是同一个时间。想不分昼夜都收，请选“不分昼夜都可以发”".into(),
        ("quiet_from" | "quiet_to", _) => "请填几点，例如 21:00".into(),
        ("from", _) => "请选要并出去的单位".into(),
        ("to", "required") => "请选接手的单位".into(),
        ("to", _) => "请换一个接手的单位：不能是它自己，也不能是已经停用的".into(),
        #[cfg(feature = "ssr")]
        ("no", "nobody") => crate::i18n::desk::numbers::NOBODY.into(),
        #[cfg(feature = "ssr")]
        ("check", _) => "请选怎么核对的".into(),
        ("no", "required") => "请填编号".into(),
        ("no", _) => "没有找到。请核对编号和查询码，一个字母一个数字地看".into(),
        ("query_code", "required") => "请填查询码".into(),
        ("query_code", _) => "查询码和编号对不上，请核对".into(),
        ("text", "required" | "too_short") => "请写几个字再发送".into(),
        ("attitude", _) => "请选办理态度怎么样".into(),
        ("process", _) => "请选办理过程怎么样".into(),
        ("result", _) => "请选办理成效怎么样".into(),
        ("solved", _) => "请选问题解决了没有".into(),
        ("reasons", _) => "请选一下哪里不满意".into(),
        ("attachments" | "photos", code) => photo(code, limit),
        ("media" | "voice" | "video", code) => super::voice::wrong(code),
        (_, "required") => "这里还没有填".into(),
        (_, "too_short") => format!("请至少写 {limit} 个字"),
        (_, "too_long") => format!("请删到 {limit} 个字以内"),
        (_, "too_many") => format!("最多 {limit} 个"),
        _ => "这里填得不对，请检查".into(),
    }
}

/// What is wrong with a picture.
pub fn photo(code: &str, limit: u64) -> String {
    match code {
        "too_many" if limit > 0 => format!("最多放 {limit} 张照片，请先移除几张"),
        "too_many" => "照片太多了，请先移除几张".into(),
        "too_big" if limit > 0 => format!("这张照片太大了，请选不超过 {} MB 的", limit / 1_000_000),
        "too_big" => "这张照片太大了，请换一张小的".into(),
        "empty" => "这个文件是空的，请重新选".into(),
        "invalid" => "这个文件不是照片，请选 JPG、PNG 或 WebP 图片".into(),
        "unknown" => "这张照片已经失效，请移除后重新上传".into(),
        "again" => "登录时照片没有带过来，请再选一次".into(),
        "gone" => "这张照片没能存在这台设备上，请移除后重新选".into(),
        "refused" => "有照片传不了，请先移除它".into(),
        _ => "这张照片没传成功，请重试".into(),
    }
}

/// Why an action was not possible, and what to do.
pub fn refusal(kind: RefusalKind) -> &'static str {
    match kind {
        RefusalKind::WrongState => "这件事刚刚有了变化，这一步现在做不了。页面已换成最新情况。",
        RefusalKind::NotAllowed => "这一步不归您做。有疑问请打联络站电话。",
        RefusalKind::TextMissing => "请写几个字再发送。",
        RefusalKind::DateInvalid => "日期不对，请选今天以后、期限以内的一天。",
        RefusalKind::Unread => "有几处提醒还没有看过。",
        RefusalKind::TooLate => "已经过了可以这样做的时间。有疑问请打联络站电话。",
        RefusalKind::TooEarly => "还没到时候。没到期时，每5个工作日可以催一次。",
        RefusalKind::LimitReached => "次数已经用完。着急的话请打联络站电话。",
        RefusalKind::SamePerson => "要由另一位工作人员来决定。",
        RefusalKind::TaskUnknown => "没有找到这项任务，请重新打开页面。",
        RefusalKind::ValueInvalid => "有一项填得不对，请检查后再试。",
        RefusalKind::NoConsent => "还没有得到居民同意，或公开稿给居民看的时间不够。",
        RefusalKind::Stale => "别人刚刚办了一步，页面已换成最新情况，请看过再决定。",
        RefusalKind::Restricted => "目前只能写紧急事项。原因、到期时间和申诉办法请打联络站电话。",
        RefusalKind::FinalOwner => "承办单位已最后确定，不能再退回。",
    }
}

/// Words for a problem's code, when it is not about a field.
pub fn problem(code: &str) -> &'static str {
    if let Some(kind) = RefusalKind::from_code(code) {
        return refusal(kind);
    }
    match code {
        "validation" => "有几处需要修改，请看标出来的地方。",
        "conflict" => "这件事刚刚有了变化，请看最新情况再决定。",
        "not_found" => "没有找到。可能是链接不全，也可能已经撤下。",
        "unauthenticated" => "请先用手机号登录。",
        "forbidden" => "这个页面不对您开放。",
        "too_many" => "试得太频繁了，请过一会儿再试。",
        "idempotency_mismatch" => "这份意见已经提交过了。请在“查进度”里查看。",
        "offline" => "网络断了。您填的内容都在，连上网后再试一次。",
        "timeout" => "网络太慢，没等到回应。您填的内容都在，请再试一次。",
        "csrf" => "页面放得太久了，请再点一次提交。",
        _ => "没有成功，不是您操作的问题。请过一会儿再试，着急的话打联络站电话。",
    }
}

/// 「请过 40 秒再试」.
pub fn retry_after(seconds: u64) -> String {
    if seconds < 90 {
        format!("试得太频繁了，请过 {seconds} 秒再试。")
    } else {
        format!("试得太频繁了，请过 {} 分钟再试。", seconds.div_ceil(60))
    }
}
