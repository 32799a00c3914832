//! What goes out to telephones and mailboxes: a letter's number, or a meeting's day and place; what happened in general
//! words; where to read it.
//!
//! Never a word of a letter, never a name, never a telephone number: a message lies open on a locked screen.

use liaison_domain::lifecycle::EventKind as E;
use liaison_domain::notify::{Kind, Recipient, ReminderKind as R};

/// Letters named one by one in a message; of more only the number is told.
const NAMED: usize = 10;

/// What a message says of one letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// A letter's number; day, time and station of a meeting.
    pub no: String,
    /// What happened, oldest first.
    pub kinds: Vec<Kind>,
    /// The address of its page.
    pub link: String,
}

/// The subject.
pub fn subject(to: Recipient, lines: &[Line], urgent: bool) -> String {
    let head = if urgent { "【紧急】" } else { "" };
    match lines {
        [one] => [head, &one.no, " ", &happened(to, &one.kinds)].concat(),
        many => {
            let count = many.len().to_string();
            let what = match to {
                Recipient::Resident if lines.iter().any(is_meeting) => "件事有新情况",
                Recipient::Resident => "件意见有新进展",
                _ => "件有新情况",
            };
            let whose = if to == Recipient::Resident { "您有" } else { "" };
            [head, whose, &count, what].concat()
        }
    }
}

fn is_meeting(line: &Line) -> bool {
    line.kinds.iter().any(|kind| matches!(kind, Kind::Meeting(_)))
}

/// The text: a line and an address for each letter, then who sent it.
pub fn body(to: Recipient, lines: &[Line], station: &str) -> String {
    let mut text = String::new();
    for line in lines.iter().take(NAMED) {
        text.push_str(&[&line.no, "：", &happened(to, &line.kinds), "。\n", &line.link, "\n\n"].concat());
    }
    if lines.len() > NAMED {
        text.push_str(&["还有", &(lines.len() - NAMED).to_string(), "件，请登录后查看。\n\n"].concat());
    }
    text.push_str(&[station, "自动发送，请不要直接回复。\n"].concat());
    text
}

/// The whole of a text message: short, one address. `list`: where all letters stand.
pub fn short(to: Recipient, lines: &[Line], urgent: bool, list: &str) -> String {
    let link = match lines {
        [one] => &one.link,
        _ => list,
    };
    [&subject(to, lines, urgent), "。", link].concat()
}

/// Everything that happened to one letter, each thing once, the newest three.
fn happened(to: Recipient, kinds: &[Kind]) -> String {
    let mut words: Vec<&str> = Vec::new();
    for kind in kinds.iter().rev() {
        let word = what(to, *kind);
        if !words.contains(&word) && words.len() < 3 {
            words.insert(0, word);
        }
    }
    words.join("；")
}

/// What happened, in general words.
pub const fn what(to: Recipient, kind: Kind) -> &'static str {
    match (to, kind) {
        (Recipient::Resident, Kind::Event(event)) => resident(event),
        (_, Kind::Event(event)) => staff(event),
        (Recipient::Resident, Kind::Reminder(R::SurveyWaits)) => "答复等您评价",
        (Recipient::Resident, Kind::Reminder(R::PromiseDue)) => "答复里承诺的日子到了",
        (_, Kind::Reminder(reminder)) => remind(reminder),
        (_, Kind::Meeting(kind)) => super::bookings::outside(kind),
    }
}

const fn resident(event: E) -> &'static str {
    match event {
        E::Submit => "已收到您的意见",
        E::AutoAccept | E::Accept => "已受理，期限见页面",
        E::AutoHold => "正在由工作人员核验",
        E::AskInfo => "请您补充情况",
        E::InfoTimeout => "没有收到补充，已按现有情况继续办理",
        E::Decline => "没有受理，理由和可以去的地方见页面",
        E::Refer => "已转到别的渠道，见页面",
        E::ToDeputy => "已转交代表",
        E::DeputyAnswer | E::Release => "有了答复，请查看并评价",
        E::LeadAnswered | E::PartsAnswered => "有了答复，请查看",
        E::DeputyPass | E::DeputyTimeout => "已转由联络站交办",
        E::Assign | E::Award | E::ReassignUnit => "承办单位已确定，见页面",
        E::ReturnApproved | E::BounceLimit | E::Dispute => "正在重新明确承办单位",
        E::Sign | E::AutoSign => "承办单位已签收",
        E::ProgressNote => "有新的办理进展",
        E::ExtensionApproved | E::Recalculated => "办理期限有变化，见页面",
        E::Reopen | E::PromiseBroken => "已进入二次办理",
        E::KeepClosed => "复核有了结果，见页面",
        E::HasPromise => "答复里有承诺的日期",
        E::PromiseKept => "承诺的事有了结果，请您评价",
        E::SurveyExpired => "评价期已过，已办结",
        E::Merge => "已与同样的事并在一起办",
        E::Unmerge => "已恢复单独办理",
        E::Split => "已分成几件分别办理",
        E::Supervise => "已列入督办",
        E::ProposeCopy => "公开稿请您过目",
        E::Publish | E::Unhide => "已公开",
        E::RefusePublish => "公开的事有了结果，见页面",
        E::Hide => "公开稿已撤下",
        E::FollowUpAnswered => "您的追问有了答复",
        E::ContactRevealed => "有工作人员查看过您的联系电话",
        E::Undo => "刚才的一步已撤销，以页面为准",
        E::Archive => "已归档",
        _ => "有新进展",
    }
}

const fn staff(event: E) -> &'static str {
    match event {
        E::Submit | E::AutoAccept => "有新来信",
        E::AutoHold => "来信等核验",
        E::Appeal => "来信人提出申诉",
        E::InfoGiven | E::Supplement => "来信人作了补充",
        E::InfoTimeout => "来信人没有补充，继续办理",
        E::ToDeputy => "有来信转给您",
        E::DeputyPass | E::DeputyTimeout => "代表已转回联络站，等交办",
        E::DeputyAnswer => "代表作了答复",
        E::Assign | E::Award | E::ReassignUnit | E::Delegate => "有新的任务，请签收",
        E::AutoSign => "到时未签收，已按签收计时",
        E::ReturnRequest => "有退件申请，等决定",
        E::ReturnApproved => "退件申请已同意",
        E::ReturnRefused => "退件申请没有同意，请继续办理",
        E::BounceLimit | E::Dispute => "承办单位有争议，等协商",
        E::CoOpinion => "收到协办意见",
        E::ExtensionRequest => "有延期申请，等决定",
        E::ExtensionApproved => "延期申请已同意",
        E::ExtensionRefused => "延期申请没有同意",
        E::SubmitReply => "有答复等审核",
        E::SendBack => "答复要修改",
        E::Release => "答复已发出",
        E::RatedOk | E::DeputyRated => "收到评价",
        E::RatedBad => "来信人不满意，等决定",
        E::Reopen => "二次办理，请尽快处理",
        E::PromiseKept => "承诺已说明做到，请核对",
        E::PromiseBroken => "承诺没有按期完成，已转二次办理",
        E::PartsAnswered => "各部分均已答复",
        E::Withdraw => "来信人已撤回",
        E::Supervise => "已列入督办，请立即处理",
        E::Urge => "来信人催办",
        E::ConsentChanged | E::CopyApproved => "来信人对公开表了态",
        E::Publish | E::Unhide => "已公开",
        E::Hide => "公开稿已撤下",
        E::FollowUp => "来信人对答复有追问",
        E::FollowUpAnswered => "追问已有答复",
        E::Recalculated => "办理期限有变化",
        E::Undo => "刚才的一步已撤销，以页面为准",
        _ => "有新情况",
    }
}

const fn remind(reminder: R) -> &'static str {
    match reminder {
        R::HalfTime => "办理时间已过半",
        R::MostTime => "办理时间已过八成",
        R::TimeUp => "已到期",
        R::SignDue => "今天是签收的最后一天",
        R::DeputySoon => "离代表处理期限还有三个工作日",
        R::SurveyWaits => "等来信人评价",
        R::PromiseDue => "承诺的日子到了，请说明结果",
        R::LookBack => "该回头看承诺的进展了",
        R::Silent => "很久没有公开进展，请说明办到哪里",
        R::CopyWaits => "公开稿等处理",
        R::FollowUpLate => "追问超过期限没有答复",
        R::SuperviseDue => "督办的日子到了",
    }
}

/// The way in for a deputy without a password at hand.
pub fn once(link: &str, days: u32) -> String {
    format!("免密码进入（{days} 天内有效，只能用一次）：\n{link}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(no: &str, kinds: &[E]) -> Line {
        Line {
            no: no.to_owned(),
            kinds: kinds.iter().map(|kind| Kind::Event(*kind)).collect(),
            link: ["https://letters.example.org/mine/", no].concat(),
        }
    }

    #[test]
    fn one_letter_is_named_in_the_subject_and_several_are_counted() {
        let one = [line("TH-2026-000001", &[E::Accept, E::Assign])];
        assert_eq!(
            subject(Recipient::Resident, &one, false),
            "TH-2026-000001 已受理，期限见页面；承办单位已确定，见页面"
        );
        let many = [
            line("TH-2026-000001", &[E::Accept]),
            line("TH-2026-000002", &[E::Release]),
        ];
        assert_eq!(subject(Recipient::Resident, &many, false), "您有2件意见有新进展");
        assert_eq!(subject(Recipient::Unit, &many, true), "【紧急】2件有新情况");
    }

    #[test]
    fn a_long_digest_tells_how_many_more_there_are() {
        let many: Vec<_> = (0..12).map(|n| line(&format!("TH-{n}"), &[E::Accept])).collect();
        let text = body(Recipient::Resident, &many, "听海区网上代表联络站");
        assert!(text.contains("TH-9：已受理") && !text.contains("TH-10："), "{text}");
        assert!(text.contains("还有2件，请登录后查看。"), "{text}");
    }

    #[test]
    fn a_text_message_has_one_address() {
        let one = [line("TH-2026-000001", &[E::Release])];
        let list = "https://letters.example.org/mine";
        assert_eq!(
            short(Recipient::Resident, &one, false, list),
            "TH-2026-000001 有了答复，请查看并评价。https://letters.example.org/mine/TH-2026-000001"
        );
        let many = [
            line("TH-2026-000001", &[E::Accept]),
            line("TH-2026-000002", &[E::Release]),
        ];
        assert_eq!(
            short(Recipient::Resident, &many, false, list),
            "您有2件意见有新进展。https://letters.example.org/mine"
        );
    }

    #[test]
    fn everything_has_words_and_none_ends_like_a_sentence() {
        for to in Recipient::ALL {
            for kind in Kind::all() {
                let words = what(*to, kind);
                assert!(!words.is_empty() && !words.ends_with('。'), "{}", kind.code());
            }
        }
    }
}
