//! Rows 2 to 12: from the letter's arrival to the office's or the deputy's decision.

use super::BASE;
use crate::lifecycle::event::EventKind as E;
use crate::lifecycle::guards as g;
use crate::lifecycle::row::{Ask, By, Party, Row, To};
use crate::lifecycle::state::CaseState::{
    self as S, Accepted, Answered, Assigned, Declined, InProgress, NeedInfo, Referred, ReplyReview, ScreeningHold,
    SecondHandling, Submitted, WithDeputy,
};
use crate::lifecycle::state::Visibility as V;

pub(super) static ROWS: &[Row] = &[
    Row {
        no: "2",
        event: E::AutoAccept,
        from: &[Submitted],
        to: To::State(Accepted),
        by: &[By::System],
        guard: g::auto_accept,
        guard_words: "a category; the caller vouches for its confidence and that no risk flag is set",
        limit: Some("answer_normal"),
        notify: &[Party::Office],
        seen: V::Public,
        told: "已受理,答复期限见页面",
        ..BASE
    },
    Row {
        no: "3",
        event: E::AutoHold,
        from: &[Submitted],
        to: To::State(ScreeningHold),
        by: &[By::System],
        guard: g::words,
        guard_words: "a reason ✎",
        limit: Some("screening_hold"),
        notify: &[Party::Office],
        told: "正在核验,1 个工作日内由工作人员查看",
        ..BASE
    },
    Row {
        no: "4",
        event: E::Accept,
        from: &[Submitted, ScreeningHold],
        to: To::State(Accepted),
        by: &[By::Office],
        guard: g::accept,
        guard_words: "category; a day set by hand lies ahead and within the longest; after an appeal another officer than the one who declined",
        limit: Some("accept"),
        seen: V::Public,
        told: "已受理,答复期限见页面",
        ..BASE
    },
    Row {
        no: "5a",
        event: E::AskInfo,
        from: &[
            Submitted,
            ScreeningHold,
            Accepted,
            WithDeputy,
            Assigned,
            InProgress,
            SecondHandling,
        ],
        to: To::State(NeedInfo),
        by: &[By::Office],
        guard: g::ask_info,
        guard_words: "question ✎; at most 2 in one stage; no return undecided; the clock is paused",
        limit: Some("need_info"),
        told: "请您补充情况,补充期间不计入办理时限",
        ..BASE
    },
    Row {
        no: "5b",
        event: E::AskInfo,
        from: &[WithDeputy],
        to: To::State(NeedInfo),
        by: &[By::CaseDeputy],
        guard: g::ask_info,
        guard_words: "as 5a",
        limit: Some("need_info"),
        told: "请您补充情况,补充期间不计入办理时限",
        ..BASE
    },
    Row {
        no: "5c",
        event: E::AskInfo,
        from: &[InProgress, SecondHandling],
        to: To::State(NeedInfo),
        by: &[By::LeadUnit],
        guard: g::ask_info,
        guard_words: "as 5a",
        limit: Some("need_info"),
        told: "请您补充情况,补充期间不计入办理时限",
        ..BASE
    },
    // The office may enter what the resident said on the phone.
    Row {
        no: "6",
        event: E::InfoGiven,
        from: &[NeedInfo],
        to: To::BeforeInfo,
        by: &[By::Author, By::Office],
        guard: g::info_given,
        guard_words: "text or attachment; due dates move by the pause",
        notify: &[Party::Office, Party::Deputy, Party::Lead],
        told: "已收到您的补充,继续办理",
        ..BASE
    },
    Row {
        no: "6a",
        event: E::InfoTimeout,
        from: &[NeedInfo],
        to: To::BeforeInfo,
        by: &[By::System],
        guard: g::holder_overdue,
        guard_words: "the resident's time is over; due dates move by the pause",
        limit: Some("need_info"),
        notify: &[Party::Office, Party::Deputy, Party::Lead],
        told: "未收到补充,已按现有情况继续办理",
        ..BASE
    },
    // An urgent letter found not urgent is first accepted as normal; declining it then takes a second person.
    Row {
        no: "7",
        event: E::Decline,
        from: &[Submitted, ScreeningHold, Accepted],
        to: To::State(Declined),
        by: &[By::Office],
        guard: g::decline,
        guard_words: "reason of the library and way out ✎; not while urgent; after an appeal or a lowered urgency another person",
        limit: Some("appeal"),
        told: "未受理:原因、可以去哪里、15 日内可申诉",
        ..BASE
    },
    Row {
        no: "8",
        event: E::Appeal,
        from: &[Declined],
        to: To::State(ScreeningHold),
        by: &[By::Author],
        guard: g::appeal,
        guard_words: "text ✎; once; in time",
        limit: Some("appeal"),
        notify: &[Party::Office],
        told: "申诉已收到,由另一位工作人员 3 个工作日内决定",
        ..BASE
    },
    Row {
        no: "9",
        event: E::Refer,
        from: &[Submitted, ScreeningHold, Accepted],
        to: To::State(Referred),
        by: &[By::Office],
        guard: g::refer,
        guard_words: "channel and text ✎",
        told: "此事由其他渠道办理:渠道与电话",
        ..BASE
    },
    // After an officer's own acceptance the officer chooses: to the deputy, or to a unit at once.
    Row {
        no: "10",
        event: E::ToDeputy,
        from: &[Accepted],
        to: To::State(WithDeputy),
        by: &[By::Office, By::System],
        guard: g::to_deputy,
        guard_words: "a deputy; by the system after 2 when the letter is addressed to one",
        limit: Some("deputy_action"),
        notify: &[Party::Deputy],
        seen: V::Public,
        told: "已转交代表",
        ..BASE
    },
    Row {
        no: "11",
        event: E::DeputyAnswer,
        from: &[WithDeputy],
        to: To::OneOf(&[Answered, ReplyReview], deputy_answer_to),
        by: &[By::CaseDeputy],
        guard: g::deputy_answer,
        guard_words: "a substantive answer ✎; outcome A, C (with reason) or D: a promise (B) is the unit's to give",
        limit: Some("deputy_answer_reviewed"),
        notify: &[Party::Office],
        seen: V::Public,
        told: "代表已答复,请评价",
        ..BASE
    },
    Row {
        no: "12",
        event: E::DeputyPass,
        from: &[WithDeputy],
        to: To::State(Accepted),
        by: &[By::CaseDeputy],
        guard: g::words,
        guard_words: "text ✎",
        limit: Some("assign"),
        notify: &[Party::Office],
        told: "代表已转联络站交办",
        ..BASE
    },
    Row {
        no: "12a",
        event: E::DeputyTimeout,
        from: &[WithDeputy],
        to: To::State(Accepted),
        by: &[By::System],
        guard: g::holder_overdue,
        guard_words: "the deputy's time is over",
        limit: Some("deputy_action"),
        notify: &[Party::Office, Party::Deputy],
        told: "代表已转联络站交办",
        ..BASE
    },
];

/// The office reads a deputy's answer first, where the station wants it so.
fn deputy_answer_to(ask: Ask<'_>) -> S {
    if ask.ctx.limits.deputy_answer_reviewed {
        ReplyReview
    } else {
        Answered
    }
}
