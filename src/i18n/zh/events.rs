//! What happened, in words: timeline lines by event.

use liaison_domain::lifecycle::EventKind;

/// Marks an entry that only staff read.
pub const INTERNAL: &str = "仅内部可见";

/// One line of a timeline. `by` is who did it (「区住建局」「您」), `about` a name the event speaks of.
pub fn line(kind: EventKind, by: &str, about: Option<&str>) -> String {
    let unit = about.unwrap_or("承办单位");
    match kind {
        EventKind::Submit => format!("{by}提交了意见"),
        EventKind::AutoAccept => "已受理".into(),
        EventKind::AutoHold => "正在由工作人员核验".into(),
        EventKind::Accept => format!("{by}受理了这件事"),
        EventKind::AskInfo => format!("{by}请您补充情况"),
        EventKind::InfoGiven => format!("{by}补充了情况"),
        EventKind::InfoTimeout => "到期未补充，按现有情况继续办理".into(),
        EventKind::Decline => format!("{by}没有受理"),
        EventKind::Appeal => format!("{by}提出了异议"),
        EventKind::Refer => match about {
            Some(channel) => format!("{by}转到{channel}"),
            None => format!("{by}转到了别的渠道"),
        },
        EventKind::ToDeputy => format!("交给{}", about.unwrap_or("代表")),
        EventKind::DeputyAnswer => format!("{by}作了答复"),
        EventKind::DeputyPass => format!("{by}请联络站交办"),
        EventKind::DeputyTimeout => "代表没有按时处理，已回到联络站".into(),
        EventKind::Assign => format!("{by}交给{unit}办理"),
        EventKind::Sign => format!("{by}已签收"),
        EventKind::AutoSign => format!("{unit}到时未签收，按已签收计时"),
        EventKind::ReturnRequest => format!("{by}申请退回"),
        EventKind::ReturnApproved => "正在重新明确承办单位".into(),
        EventKind::ReturnRefused => format!("{by}没有同意退回，由原单位继续办"),
        EventKind::BounceLimit | EventKind::Dispute => "几家单位意见不一，正在协商由谁办".into(),
        EventKind::Award => format!("协商确定由{unit}办理"),
        EventKind::ProgressNote => format!("{by}说明进展"),
        EventKind::CoOpinion => format!("{by}给出协办意见"),
        EventKind::ExtensionRequest => format!("{by}申请延期"),
        EventKind::ExtensionApproved => format!("{by}同意延期"),
        EventKind::ExtensionRefused => format!("{by}没有同意延期"),
        EventKind::ReassignUnit => format!("职责调整，改由{unit}办理"),
        EventKind::DraftBegun => format!("{by}开始写答复"),
        EventKind::ToInternalReview => format!("{by}的答复稿已送单位内部审核"),
        EventKind::InternalRejected => format!("{by}的答复稿被单位内部退回修改"),
        EventKind::SubmitReply => format!("{by}交来答复，正在审核"),
        EventKind::SendBack => format!("{by}请承办单位改进答复"),
        EventKind::Release => "答复已送达".into(),
        EventKind::RatedOk => format!("{by}作了评价"),
        EventKind::SurveyExpired => "评价期已过，没有收到评价".into(),
        EventKind::HasPromise => "承诺了办结日期，到时会再来核对".into(),
        EventKind::RatedBad => format!("{by}表示不满意"),
        EventKind::Reopen => "开始二次办理".into(),
        EventKind::KeepClosed => format!("{by}维持原答复，并说明了理由"),
        EventKind::PromiseKept => format!("{by}说明承诺的事已做到"),
        EventKind::PromiseBroken => "承诺的日期已过，自动转入二次办理".into(),
        EventKind::Merge => format!("和{}并在一起办", about.unwrap_or("另一件相同的事")),
        EventKind::Unmerge => "又分开单独办理".into(),
        EventKind::LeadAnswered => "并在一起的那件已经答复".into(),
        EventKind::Split => "分成几件分别办理".into(),
        EventKind::PartsAnswered => "分办的几件都已答复".into(),
        EventKind::Withdraw => format!("{by}撤回了意见"),
        EventKind::Supplement => format!("{by}补充了内容"),
        EventKind::Supervise => match about {
            Some(leader) => format!("{by}开始督办，{leader}签发"),
            None => format!("{by}开始督办"),
        },
        EventKind::Urge => format!("{by}催了一次"),
        EventKind::Archive => "已归档，个人信息已删除".into(),
        EventKind::ConsentChanged => format!("{by}改了公开意愿"),
        EventKind::ProposeCopy => format!("{by}拟好了公开稿"),
        EventKind::CopyApproved => format!("{by}同意公开稿"),
        EventKind::Publish => "已公开".into(),
        EventKind::RefusePublish => format!("{by}决定不公开"),
        EventKind::Hide => format!("{by}把公开稿撤下"),
        EventKind::Unhide => format!("{by}恢复公开"),
        EventKind::Delegate => match about {
            Some(unit) => format!("{by}交由{unit}具体办理，责任不变"),
            None => format!("{by}收回自己办理"),
        },
        EventKind::Contacted => format!("{by}与来信人联系过"),
        EventKind::FollowUp => format!("{by}对答复有一个追问"),
        EventKind::FollowUpAnswered => format!("{by}回答了追问"),
        EventKind::DeputyRated => format!("{by}评价了办理情况"),
        EventKind::ContactRevealed => format!("{by}查看了来信人的联系电话"),
        EventKind::MergedIn => format!("{}并入，一起办", about.unwrap_or("另一件")),
        EventKind::MergedOut => format!("{}又分开单独办理", about.unwrap_or("另一件")),
        EventKind::Recalculated => format!("{}有调整，期限重新计算", about.unwrap_or("工作日历或时限")),
        EventKind::Undo => format!("{by}撤销了刚才的一步"),
    }
}

/// The letter's first line where `by` wrote it down for the resident.
pub fn filed(by: &str) -> String {
    [by, "代为提交了意见"].concat()
}

/// A line as its author reads it: 「来信人」 are they themselves.
pub fn to_author(line: &str) -> String {
    line.replace("来信人", "您")
}

/// The day an event speaks of, with what it means.
pub fn date(kind: EventKind, day: &str) -> String {
    match kind {
        EventKind::HasPromise | EventKind::SubmitReply | EventKind::DeputyAnswer | EventKind::Release => {
            format!("承诺 {day} 前完成")
        }
        EventKind::AskInfo => format!("请在 {day} 前补充"),
        EventKind::ExtensionRequest => format!("想延到 {day}"),
        EventKind::ExtensionApproved => format!("延到 {day}"),
        EventKind::Supervise => format!("督办到 {day}"),
        EventKind::FollowUp => format!("最晚 {day} 回答"),
        EventKind::Recalculated => format!("新的期限 {day}"),
        _ => format!("最晚 {day} 答复"),
    }
}

/// The icon beside a timeline entry: a name of the sprite.
pub fn icon(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Submit | EventKind::Supplement | EventKind::InfoGiven => "#i-pen",
        EventKind::AskInfo | EventKind::FollowUp => "#i-ask",
        EventKind::DeputyAnswer | EventKind::Release | EventKind::SubmitReply | EventKind::FollowUpAnswered => {
            "#i-answer"
        }
        EventKind::RatedOk => "#i-good",
        EventKind::RatedBad | EventKind::KeepClosed | EventKind::Decline => "#i-warn",
        EventKind::ContactRevealed => "#i-eye",
        EventKind::Withdraw | EventKind::Hide | EventKind::RefusePublish => "#i-cross",
        EventKind::Assign | EventKind::ToDeputy | EventKind::Refer | EventKind::Award => "#i-send",
        EventKind::Urge | EventKind::Supervise => "#i-bell",
        EventKind::HasPromise | EventKind::PromiseBroken | EventKind::ExtensionApproved => "#i-calendar",
        _ => "#i-dot",
    }
}
