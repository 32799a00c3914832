//! Inboxes: what happened, in a line, for the resident whose letter it is and for those who work on it.

use liaison_domain::lifecycle::{EventKind, Role};
use liaison_domain::notify::{MeetingKind, ReminderKind};

use super::{bookings, common, events};

pub const TITLE: &str = "消息";
pub const LEAD: &str = "您的意见每走一步，都会在这里告诉您。";
pub const NONE: &str = "还没有消息。您的意见有进展，会在这里告诉您。";
pub const NONE_UNREAD: &str = "没有未读的消息。";
pub const UNREAD: &str = "未读";
pub const ALL: &str = "全部";
pub const READ_ALL: &str = "全部标为已读";
pub const SHOW: &str = "看哪些";
/// Follows the number beside a link, for readers that see no circle.
pub const COUNT_AFTER: &str = "条未读消息";

/// 「3 条未读」.
pub fn unread(count: u32) -> String {
    format!("{count} 条未读")
}

/// 「这件事还有 2 条未读」.
pub fn more_of_letter(count: u32) -> String {
    format!("这件事还有 {count} 条未读")
}

/// What stands beside a link: beyond two digits nobody counts.
pub fn badge(count: u32) -> String {
    if count > 99 { "99+".into() } else { count.to_string() }
}

/// What an entry says. `own`: to the resident whose letter it is; otherwise to staff.
pub fn line(kind: &str, own: bool) -> String {
    if let Some(kind) = ReminderKind::from_code(kind) {
        return reminder(kind, own).into();
    }
    if let Some(kind) = MeetingKind::from_code(kind) {
        return bookings::line_of(kind).into();
    }
    let Some(kind) = EventKind::from_code(kind) else {
        return "这件事有新的情况".into();
    };
    if !own && let Some(words) = to_staff(kind) {
        return words.into();
    }
    let who = doer(kind);
    let by = match who {
        Role::Resident if !own => "来信人",
        who => common::role(who),
    };
    events::line(kind, by, None)
}

/// Who takes such a step.
const fn doer(kind: EventKind) -> Role {
    match kind {
        EventKind::Submit
        | EventKind::InfoGiven
        | EventKind::Appeal
        | EventKind::RatedOk
        | EventKind::RatedBad
        | EventKind::Withdraw
        | EventKind::Supplement
        | EventKind::Urge
        | EventKind::ConsentChanged
        | EventKind::CopyApproved
        | EventKind::FollowUp => Role::Resident,
        EventKind::DeputyAnswer | EventKind::DeputyPass | EventKind::DeputyRated => Role::Deputy,
        EventKind::Sign
        | EventKind::ReturnRequest
        | EventKind::ProgressNote
        | EventKind::CoOpinion
        | EventKind::ExtensionRequest
        | EventKind::DraftBegun
        | EventKind::ToInternalReview
        | EventKind::InternalRejected
        | EventKind::SubmitReply
        | EventKind::PromiseKept
        | EventKind::Delegate
        | EventKind::Contacted
        | EventKind::FollowUpAnswered => Role::UnitOfficer,
        _ => Role::StationOfficer,
    }
}

/// Where staff are told something else than the resident reads in the timeline.
const fn to_staff(kind: EventKind) -> Option<&'static str> {
    Some(match kind {
        EventKind::Submit => "有新来信",
        EventKind::AutoHold => "有来信要人工核验",
        EventKind::ToDeputy => "联络站请您处理这件事",
        EventKind::Assign => "联络站交给您单位办理",
        EventKind::Award => "协商确定由您单位办理",
        EventKind::ReassignUnit => "职责调整，改由您单位办理",
        EventKind::Delegate => "上级单位交给您单位具体办理",
        EventKind::AutoSign => "您单位到时未签收，按已签收计时",
        EventKind::ReturnApproved => "联络站同意了退回",
        EventKind::SendBack => "答复要改进后再交",
        EventKind::Release => "答复已发给来信人",
        EventKind::Reopen => "来信人不满意，开始二次办理",
        EventKind::Supervise => "这件事被督办了",
        EventKind::InfoTimeout => "来信人到期未补充，按现有情况继续办理",
        EventKind::Recalculated => "工作日历或时限有调整，办理期限变了",
        _ => return None,
    })
}

const fn reminder(kind: ReminderKind, own: bool) -> &'static str {
    match kind {
        ReminderKind::HalfTime => "办理时间过了一半",
        ReminderKind::MostTime => "办理时间只剩五分之一",
        ReminderKind::TimeUp if own => "办理期限到了，联络站正在催办",
        ReminderKind::TimeUp => "办理期限到了",
        ReminderKind::SignDue => "今天要签收",
        ReminderKind::DeputySoon => "离您答复的期限还有三个工作日",
        ReminderKind::SurveyWaits => "答复还没有评价，请您打个分",
        ReminderKind::PromiseDue if own => "承诺的日期到了，做到了吗？请您看看",
        ReminderKind::PromiseDue => "承诺的日期到了",
        ReminderKind::LookBack => "有一项长期承诺要回头看",
        ReminderKind::Silent => "来信人很久没有看到进展",
        ReminderKind::CopyWaits => "公开稿等了很久还没有决定",
        ReminderKind::FollowUpLate => "来信人的追问还没有回答，已经超过期限",
        ReminderKind::SuperviseDue => "督办的日期到了",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_is_told_has_words_for_both_ends() {
        let events = EventKind::ALL.iter().map(|kind| kind.code());
        let reminders = ReminderKind::ALL.iter().map(|kind| kind.code());
        let meetings = MeetingKind::ALL.iter().map(|kind| kind.code());
        for code in meetings {
            let words = line(code, true);
            assert!(words.chars().count() > 4 && !words.contains(code), "{code}: {words}");
        }
        for code in events.chain(reminders) {
            for own in [true, false] {
                let words = line(code, own);
                assert!(words.chars().count() > 2 && !words.contains(code), "{code}: {words}");
                assert!(
                    own || !words.starts_with('您') || words.starts_with("您单位"),
                    "{code}: {words}"
                );
            }
        }
    }

    #[test]
    fn a_kind_that_this_version_does_not_know_is_still_told() {
        assert_eq!(line("from_the_future", true), "这件事有新的情况");
    }

    #[test]
    fn a_badge_stays_small() {
        assert_eq!((badge(99), badge(100)), ("99".into(), "99+".into()));
    }
}
