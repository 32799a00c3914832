//! Words about restrictions, for the person and for the desk, and of the urgent channel. Drawn by the server alone.

use crate::i18n::dates;
use liaison_domain::Millis;
use liaison_domain::dto::RestrictionNotice;
use liaison_domain::restriction::{Ground, MeasureState, Refused, Step, UrgentKind, Use, measure_title};

// The person's page.
pub const TITLE: &str = "提醒和限制";
pub const LEAD: &str = "为什么、到什么时候、还能做什么、不服怎么办，都写在这里。";
pub const NONE: &str = "您没有受到任何限制，写信、预约、提问都可以。";
pub const NOW: &str = "现在";
pub const BEFORE: &str = "以前的";
pub const WHY: &str = "原因";
pub const START: &str = "从";
pub const END: &str = "到";
pub const ENDED: &str = "已经结束";
pub const NEXT_LETTER: &str = "下一封信";
pub const NEXT_LETTER_NOW: &str = "现在就可以写";
pub const REFUSED: &str = "暂时不能";
pub const POSSIBLE: &str = "仍然可以";
pub const APPEAL: &str = "不服，提出申诉";
pub const APPEAL_LABEL: &str = "为什么不服";
pub const APPEAL_HINT: &str = "说说事情是怎样的。由没有经手过的另一位工作人员来看，只能申诉一次。";
pub const APPEAL_DO: &str = "提交申诉";
pub const APPEALED: &str = "您的申诉";
pub const APPEAL_RESULT: &str = "申诉结果";
pub const APPEAL_SENT: &str = "申诉已收到。";
pub const APPEAL_OVER: &str = "申诉时间已经过了。有疑问请打联络站电话。";
pub const LIFTED_WHY: &str = "提前解除的原因";
pub const ENDS_ITSELF: &str = "到时间自动解除，会告诉您，不用您来办。";
pub const WARNING_MEANS: &str = "这是一次提醒，什么都没有限制。再有同样的情况，会先限制写信的次数。";
pub const URGENT_LINK: &str = "有急事，走紧急通道";

/// What a measure is, in the words of the page.
pub fn title(step: Step, days: Option<u32>) -> String {
    measure_title(step, days)
}

/// Why, as a kind.
pub const fn ground(ground: Ground) -> &'static str {
    match ground {
        Ground::RepeatInvalid => "同一件已经答复的事，反复来信",
        Ground::SettledByLaw => "已经由法定途径解决，又来信",
        Ground::FalseMalicious => "编造事实，或者恶意投诉",
        Ground::Harassment => "辱骂、纠缠工作人员",
    }
}

/// Where it stands.
pub const fn state(state: MeasureState) -> &'static str {
    match state {
        MeasureState::Proposed => "等待审批",
        MeasureState::Refused => "没有批准",
        MeasureState::InForce => "执行中",
        MeasureState::Ended => "到期解除",
        MeasureState::Lifted => "提前解除",
        MeasureState::Overturned => "申诉后撤销",
    }
}

/// What somebody can do, or not.
pub const fn thing(wanted: Use) -> &'static str {
    match wanted {
        Use::Letter => "写新的意见",
        Use::Booking => "预约接待",
        Use::EventRegistration => "报名参加活动",
        Use::EventQuestion => "在活动里提问",
        Use::Read => "看公开的和自己的意见",
        Use::Follow => "查进度、收通知",
        Use::Supplement => "给在办的意见补充情况、追问、催办",
        Use::Rate => "给答复打分",
        Use::Withdraw => "撤回意见、取消预约",
        Use::Appeal => "申诉",
        Use::Urgent => "走紧急通道",
    }
}

/// When something ends: whole days are told as days.
pub fn until(at: Millis, now: Millis) -> String {
    // Ends lie at the last moment of a day.
    let minutes = liaison_domain::calendar::minute_of_day(at);
    if minutes >= 23 * 60 + 59 || minutes == 0 {
        dates::long_date(at - 1, now)
    } else {
        dates::date_time(at, now)
    }
}

/// One sentence: what is refused, why, until when, what to do. For the refusal itself.
pub fn refusal(wanted: Use, notice: &RestrictionNotice, now: Millis) -> String {
    let until = until(notice.until, now);
    let what = match (notice.step, wanted) {
        (Step::RateLimit, _) => format!("您写信的次数暂时受限，下一封可以在{until}以后写。"),
        (_, wanted) => format!("您暂时不能{}，到{until}自动解除。", thing(wanted)),
    };
    let appeal = if notice.appeal_until.is_some() {
        "不服可以在“我的”页面申诉。"
    } else {
        ""
    };
    format!(
        "{what}原因：{}。查进度、补充、打分和撤回都不受影响。{appeal}有急事请走紧急通道。您填的内容都还在。",
        notice.reason.trim_end_matches(['。', '.'])
    )
}

/// The same before anything was tried: on one's own page and above the first question.
pub fn standing(notice: &RestrictionNotice, now: Millis) -> String {
    let until = until(notice.until, now);
    match notice.step {
        Step::RateLimit => format!("您写信的次数暂时受限，下一封可以在{until}以后写。"),
        Step::Warning | Step::Restriction => format!("您暂时不能提交新的意见、预约和提问，到{until}自动解除。"),
    }
}

/// Until when one may object.
pub fn appeal_until(at: Millis, now: Millis) -> String {
    format!("可以在{}之前申诉，5 个工作日内有结果。", until(at, now))
}

/// When the appeal is decided.
pub fn appeal_due(at: Millis, now: Millis) -> String {
    format!("最晚{}有结果。在这之前仍照原决定。", until(at, now))
}

/// How it was decided.
pub const fn appeal_won(won: bool) -> &'static str {
    if won {
        "申诉成立，原来的决定已撤销，也不再累计。"
    } else {
        "申诉不成立，维持原来的决定。"
    }
}

/// Why a step cannot be taken.
pub const fn refused(why: Refused) -> &'static str {
    match why {
        Refused::SamePerson => "提出的人、审批的人、处理申诉的人不能是同一位，请换一位同事来定。",
        Refused::NotLeader => "这一步要由负责人来定，请转给负责人。",
        Refused::WrongState => "这件事刚刚有了变化，现在不能这样做，请看最新情况。",
        Refused::TooLate => "申诉时间已经过了。有疑问请打联络站电话。",
        Refused::AppealedBefore => "您已经申诉过一次，请等结果。",
        Refused::TooFewLetters => "能证明的来信不够：除辱骂、纠缠工作人员只要一封，其他要两封以上，请补上编号。",
        Refused::AlreadyProposed => "对这位来信人已经有一项在等审批，请先处理那一项。",
        Refused::NotOnePerson => "这些来信要是同一位来信人的，并且留有手机号，请核对编号。",
    }
}

// The urgent channel.
pub const URGENT: &str = "紧急通道";
pub const URGENT_LEAD: &str = "只收等不得的大事。4 小时内有人看，夜里和节假日也看。";
pub const URGENT_NUMBERS: &str = "有人正处在危险里，请先打电话";
pub const NUMBERS: &[(&str, &str)] = &[
    ("110", "报警"),
    ("119", "火警、救援"),
    ("120", "急救"),
    ("122", "交通事故"),
];
pub const URGENT_KIND: &str = "是哪一类急事";
pub const URGENT_WHY: &str = "为什么没有别的办法";
pub const URGENT_WHY_HINT: &str = "例如：物业电话没人接，燃气公司说不归他们管。200 字以内。";
pub const URGENT_BODY: &str = "发生了什么事";
pub const URGENT_BODY_HINT: &str = "什么时候、在哪里、有什么危险。";
pub const URGENT_STATION: &str = "在哪个联络站的片区";
pub const URGENT_PLACE: &str = "具体地点";
pub const URGENT_PLACE_HINT: &str = "小区、楼号、路口。";
pub const URGENT_SEND: &str = "提交紧急事项";
pub const URGENT_NEXT: &str = "提交以后";
pub const URGENT_STEPS: &[&str] = &[
    "4 小时内由工作人员核实，结果会告诉您。",
    "确实紧急的，按急件办，3 个工作日内答复。",
    "不属于紧急的，要两位工作人员都这样看才能不受理，会写明理由和可以去的地方。",
];
pub const URGENT_ORDINARY: &str = "不急的事请写普通意见";
pub const CHOOSE: &str = "请选择";

/// A kind of emergency.
pub const fn urgent_kind(kind: UrgentKind) -> (&'static str, &'static str) {
    match kind {
        UrgentKind::Safety => ("人身安全", "可能伤到人，例如坠物、电线垂落"),
        UrgentKind::Utilities => ("燃气、水、电", "漏气、大面积停水停电"),
        UrgentKind::ChildrenElders => ("儿童、老人", "没人照看、走失、断了生活来源"),
        UrgentKind::Disaster => ("疫情、灾害", "积水、山体、传染病"),
        UrgentKind::Other => ("其他重大", "等不得的其他大事"),
    }
}

/// The letter's text, with what the channel asked besides: whoever reads the letter reads all of it.
pub fn urgent_text(kind: UrgentKind, why: &str, body: &str) -> String {
    format!(
        "{}\n\n紧急类别：{}\n为什么没有别的办法：{}",
        body.trim(),
        urgent_kind(kind).0,
        why.trim()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use liaison_domain::calendar::DAY_MS;

    fn notice(step: Step) -> RestrictionNotice {
        RestrictionNotice {
            step,
            reason: "同一件事写了四封。".into(),
            until: 1_795_399_200_000 + 7 * DAY_MS,
            possible: vec![Use::Urgent],
            appeal_until: Some(1_795_399_200_000 + DAY_MS),
            own_url: "/mine/restriction".into(),
            urgent_url: "/write/urgent".into(),
        }
    }

    #[test]
    fn a_refusal_says_why_until_when_what_is_possible_and_how_to_object() {
        for step in [Step::RateLimit, Step::Restriction] {
            let words = refusal(Use::Letter, &notice(step), 1_795_399_200_000);
            for part in [
                "原因：同一件事写了四封。",
                "11月30日",
                "不受影响",
                "申诉",
                "紧急通道",
                "都还在",
            ] {
                assert!(words.contains(part), "{part}: {words}");
            }
        }
    }

    #[test]
    fn every_refused_step_says_what_to_do() {
        for why in Refused::ALL {
            assert!(refused(*why).contains('请'), "{}", why.code());
        }
    }
}
