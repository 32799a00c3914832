//! The transition table: the specification's 41 rows and our own, as data. [`super::apply`] reads nothing else.
//!
//! Where the specification leaves something open, the row's comment says what was decided.

use super::event::EventKind as E;
use super::guards as g;
use super::row::{Ask, By, Party, Row, To};
use super::state::CaseState::{self as S, *};
use super::state::{TaskRole, Visibility as V};

const BASE: Row = Row {
    no: "",
    event: E::Submit,
    from: &[],
    to: To::Same,
    by: &[],
    when: None,
    guard: g::none,
    guard_words: "",
    limit: None,
    notify: &[],
    seen: V::Resident,
    told: "",
};

/// Every state in which somebody still has to do something.
pub const OPEN: &[S] = &[
    Submitted,
    ScreeningHold,
    NeedInfo,
    Accepted,
    WithDeputy,
    Assigned,
    InProgress,
    Arbitration,
    ReplyReview,
    Answered,
    Disputed,
    SecondHandling,
    Tracking,
];

/// Before the first answer.
const UNANSWERED: &[S] = &[
    Submitted,
    ScreeningHold,
    NeedInfo,
    Accepted,
    WithDeputy,
    Assigned,
    InProgress,
    Arbitration,
    ReplyReview,
];

/// Taken on, and with something to show.
const SHOWABLE: &[S] = &[
    NeedInfo,
    Accepted,
    WithDeputy,
    Assigned,
    InProgress,
    Arbitration,
    ReplyReview,
    Answered,
    Disputed,
    SecondHandling,
    Tracking,
    Closed,
];

fn is_lead(ask: Ask<'_>) -> bool {
    ask.task().is_some_and(|task| task.role == TaskRole::Lead)
}

fn is_co(ask: Ask<'_>) -> bool {
    ask.task().is_some_and(|task| task.role == TaskRole::Co)
}

fn first_round(ask: Ask<'_>) -> bool {
    ask.case.round == 1
}

fn second_round(ask: Ask<'_>) -> bool {
    ask.case.round == 2
}

fn before_the_final_round(ask: Ask<'_>) -> bool {
    ask.case.round < 3
}

fn final_round(ask: Ask<'_>) -> bool {
    ask.case.round >= 3
}

/// The office reads a deputy's answer first, where the station wants it so.
fn deputy_answer_to(ask: Ask<'_>) -> S {
    if ask.ctx.limits.deputy_answer_reviewed {
        ReplyReview
    } else {
        Answered
    }
}

/// Back to whoever wrote it.
fn send_back_to(ask: Ask<'_>) -> S {
    if ask.case.lead_task().is_none() {
        WithDeputy
    } else if ask.case.round > 1 {
        SecondHandling
    } else {
        InProgress
    }
}

/// The first row: it makes a case where there is none, see [`super::open`].
pub static SUBMIT: Row = Row {
    no: "1",
    event: E::Submit,
    to: To::State(Submitted),
    by: &[],
    guard_words: "resident; office, deputy or system on behalf; not restricted, or urgent; the API's idempotency key",
    limit: Some("accept"),
    notify: &[Party::Office, Party::Deputy],
    seen: V::Public,
    told: "已收到:编号、查询码,2 个工作日内受理",
    ..BASE
};

/// The table, in the specification's order.
pub static TABLE: &[Row] = &[
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
    Row {
        no: "13",
        event: E::Assign,
        from: &[Accepted],
        to: To::State(Assigned),
        by: &[By::Office],
        guard: g::assign,
        guard_words: "a lead; co-units differ; a day set by hand lies ahead and not after the rule's",
        limit: Some("assign"),
        notify: &[Party::Units],
        seen: V::Public,
        told: "已交办,承办单位与期限见页面",
        ..BASE
    },
    Row {
        no: "14",
        event: E::Sign,
        from: &[Assigned],
        to: To::State(InProgress),
        by: &[By::TaskUnit],
        when: Some(is_lead),
        guard: g::sign,
        guard_words: "the lead's task, not signed yet; section and officer ✎",
        limit: Some("sign"),
        seen: V::Public,
        told: "承办单位已签收",
        ..BASE
    },
    Row {
        no: "14a",
        event: E::AutoSign,
        from: &[Assigned],
        to: To::State(InProgress),
        by: &[By::System],
        when: Some(is_lead),
        guard: g::auto_sign,
        guard_words: "the lead's task, not signed yet; the time to sign is over",
        limit: Some("sign"),
        notify: &[Party::Task],
        seen: V::Public,
        told: "承办单位已签收",
        ..BASE
    },
    Row {
        no: "14b",
        event: E::Sign,
        from: &[Assigned, InProgress],
        to: To::Same,
        by: &[By::TaskUnit],
        when: Some(is_co),
        guard: g::sign,
        guard_words: "a co-unit's task, not signed yet; section and officer ✎",
        limit: Some("sign"),
        seen: V::Staff,
        ..BASE
    },
    Row {
        no: "14c",
        event: E::AutoSign,
        from: &[Assigned, InProgress],
        to: To::Same,
        by: &[By::System],
        when: Some(is_co),
        guard: g::auto_sign,
        guard_words: "a co-unit's task, not signed yet; the time to sign is over",
        limit: Some("sign"),
        notify: &[Party::Task],
        seen: V::Staff,
        ..BASE
    },
    Row {
        no: "14d",
        event: E::Sign,
        from: &[SecondHandling],
        to: To::Same,
        by: &[By::TaskUnit],
        guard: g::sign,
        guard_words: "as 14",
        limit: Some("sign"),
        told: "承办单位已签收",
        ..BASE
    },
    Row {
        no: "14e",
        event: E::AutoSign,
        from: &[SecondHandling],
        to: To::Same,
        by: &[By::System],
        guard: g::auto_sign,
        guard_words: "as 14a",
        limit: Some("sign"),
        notify: &[Party::Task],
        told: "承办单位已签收",
        ..BASE
    },
    // Asking counts, granted or not: a unit has one return, a case two. The second leads to 17 by itself. A co-unit
    // gives its opinion instead. A unit signed by the system may still ask until the time for it is over.
    Row {
        no: "15a",
        event: E::ReturnRequest,
        from: &[Assigned, InProgress],
        to: To::Same,
        by: &[By::TaskUnit],
        when: Some(is_lead),
        guard: g::return_request,
        guard_words: "legal basis and another unit ✎; in time; not the final owner; once a unit, twice a case",
        limit: Some("return_request"),
        notify: &[Party::Office],
        seen: V::Staff,
        ..BASE
    },
    Row {
        no: "15",
        event: E::ReturnApproved,
        from: &[Assigned, InProgress],
        to: To::State(Accepted),
        by: &[By::Office],
        guard: g::return_decision,
        guard_words: "a return waits; co-units are relieved too",
        limit: Some("decide_return"),
        notify: &[Party::Task],
        told: "正在重新明确承办单位",
        ..BASE
    },
    // The specification writes assigned → assigned and "counts as signed". A signed lead is what in_progress means, so the
    // case goes there; staying would leave it without a next step.
    Row {
        no: "16",
        event: E::ReturnRefused,
        from: &[Assigned, InProgress],
        to: To::State(InProgress),
        by: &[By::Office],
        guard: g::return_decision,
        guard_words: "a return waits; text ✎; counts as signed",
        limit: Some("decide_return"),
        notify: &[Party::Task],
        seen: V::Staff,
        ..BASE
    },
    Row {
        no: "17",
        event: E::BounceLimit,
        from: &[Assigned, InProgress],
        to: To::State(Arbitration),
        by: &[By::System],
        guard: g::bounce_limit,
        guard_words: "the second return was asked for",
        limit: Some("arbitration"),
        notify: &[Party::Office],
        told: "正在协商明确承办单位",
        ..BASE
    },
    Row {
        no: "17a",
        event: E::Dispute,
        from: &[Assigned, InProgress],
        to: To::State(Arbitration),
        by: &[By::Office],
        guard: g::dispute,
        guard_words: "text ✎; no final owner yet",
        limit: Some("arbitration"),
        notify: &[Party::Office],
        told: "正在协商明确承办单位",
        ..BASE
    },
    Row {
        no: "18",
        event: E::Award,
        from: &[Arbitration],
        to: To::State(Assigned),
        by: &[By::OfficeLeader],
        guard: g::award,
        guard_words: "a unit and text ✎; this unit cannot return it",
        limit: Some("arbitration"),
        notify: &[Party::Units],
        seen: V::Public,
        told: "承办单位已确定",
        ..BASE
    },
    Row {
        no: "19",
        event: E::ProgressNote,
        from: &[InProgress, SecondHandling, Tracking],
        to: To::Same,
        by: &[By::TaskUnit],
        guard: g::progress_note,
        guard_words: "a signed task; text ✎; public or internal",
        limit: Some("note_silence"),
        told: "办理进展(仅公开的)",
        ..BASE
    },
    Row {
        no: "20",
        event: E::ExtensionRequest,
        from: &[InProgress],
        to: To::Same,
        by: &[By::TaskUnit],
        when: Some(is_lead),
        guard: g::extension_request,
        guard_words: "text ✎; granted once; before the day; at most half the period more",
        limit: Some("extension_percent"),
        notify: &[Party::Office],
        seen: V::Staff,
        ..BASE
    },
    Row {
        no: "20a",
        event: E::ExtensionApproved,
        from: &[InProgress],
        to: To::Same,
        by: &[By::Office],
        guard: g::extension_decision,
        guard_words: "an extension waits",
        limit: Some("extension_percent"),
        notify: &[Party::Task],
        told: "期限已延长,新的日期与原因见页面",
        ..BASE
    },
    Row {
        no: "20b",
        event: E::ExtensionRefused,
        from: &[InProgress],
        to: To::Same,
        by: &[By::Office],
        guard: g::extension_decision,
        guard_words: "an extension waits; text ✎",
        notify: &[Party::Task],
        seen: V::Staff,
        ..BASE
    },
    Row {
        no: "21",
        event: E::ReassignUnit,
        from: &[NeedInfo, Assigned, InProgress, ReplyReview, SecondHandling, Tracking],
        to: To::Same,
        by: &[By::Admin, By::System],
        guard: g::reassign_unit,
        guard_words: "an open task (the promise's own while tracking); another unit; dates stay",
        notify: &[Party::Task],
        told: "承办单位已变更(机构改革),期限不变",
        ..BASE
    },
    Row {
        no: "22",
        event: E::SubmitReply,
        from: &[InProgress],
        to: To::State(ReplyReview),
        by: &[By::TaskUnit],
        when: Some(is_lead),
        guard: g::submit_reply,
        guard_words: "reply ✎; B with a day ahead, C with a reason; signed off inside the unit",
        limit: Some("internal_review"),
        notify: &[Party::Office],
        seen: V::Staff,
        ..BASE
    },
    Row {
        no: "23",
        event: E::SendBack,
        from: &[ReplyReview],
        to: To::OneOf(&[InProgress, SecondHandling, WithDeputy], send_back_to),
        by: &[By::Office, By::CaseDeputy],
        guard: g::words,
        guard_words: "text ✎; back to whoever wrote it",
        limit: Some("review"),
        notify: &[Party::Lead, Party::Deputy],
        seen: V::Staff,
        ..BASE
    },
    Row {
        no: "24",
        event: E::Release,
        from: &[ReplyReview],
        to: To::State(Answered),
        by: &[By::Office, By::ForwardingDeputy],
        guard: g::release,
        guard_words: "a reply lies there; a forwarding deputy is the case's own",
        limit: Some("survey"),
        notify: &[Party::Lead, Party::Deputy],
        seen: V::Public,
        told: "已答复,请评价",
        ..BASE
    },
    Row {
        no: "25",
        event: E::RatedOk,
        from: &[Answered],
        to: To::State(Closed),
        by: &[By::Author],
        guard: g::rated_ok,
        guard_words: "score at or above the threshold, no dimension at or below 2, solved ≠ no; in time",
        limit: Some("survey"),
        notify: &[Party::Office, Party::Deputy, Party::Lead],
        told: "感谢评价,已办结",
        ..BASE
    },
    // Ours, after the survey's rule that a rating can be changed for 7 days; for the worse it is row 28.
    Row {
        no: "25a",
        event: E::RatedOk,
        from: &[Closed, Disputed],
        to: To::State(Closed),
        by: &[By::Author],
        guard: g::rating_changed,
        guard_words: "as 25, as a change of the last rating",
        limit: Some("rating_change"),
        notify: &[Party::Office],
        told: "评价已更改,已办结",
        ..BASE
    },
    Row {
        no: "26",
        event: E::SurveyExpired,
        from: &[Answered],
        to: To::State(Closed),
        by: &[By::System],
        guard: g::survey_expired,
        guard_words: "the window is over; recorded as not rated",
        limit: Some("survey"),
        seen: V::Public,
        told: "评价期已过,已办结;30 日内仍可提出不满意",
        ..BASE
    },
    Row {
        no: "27",
        event: E::HasPromise,
        from: &[Answered],
        to: To::State(Tracking),
        by: &[By::System],
        guard: g::has_promise,
        guard_words: "outcome B and a unit to keep it; follows the answer at once",
        limit: Some("look_back_days"),
        seen: V::Public,
        told: "已承诺完成日期,到期回访",
        ..BASE
    },
    Row {
        no: "28",
        event: E::RatedBad,
        from: &[Answered],
        to: To::State(Disputed),
        by: &[By::Author, By::CaseDeputy],
        when: Some(before_the_final_round),
        guard: g::rated_bad,
        guard_words: "reason ✎; below the threshold or not solved",
        limit: Some("decide_dispute"),
        notify: &[Party::Office],
        told: "已收到您的不满意评价,1–3 个工作日内决定",
        ..BASE
    },
    Row {
        no: "28a",
        event: E::RatedBad,
        from: &[Closed],
        to: To::State(Disputed),
        by: &[By::Author, By::CaseDeputy],
        when: Some(before_the_final_round),
        guard: g::rated_bad_late,
        guard_words: "as 28; once, in time, not closed for good",
        limit: Some("reopen"),
        notify: &[Party::Office],
        told: "已收到您的不满意评价,1–3 个工作日内决定",
        ..BASE
    },
    Row {
        no: "29",
        event: E::Reopen,
        from: &[Disputed],
        to: To::State(SecondHandling),
        by: &[By::Office],
        when: Some(first_round),
        guard: g::reopen,
        guard_words: "lead, named leader, text ✎; another signatory is asked for at 31",
        limit: Some("second_handling"),
        notify: &[Party::Units],
        told: "已进入二次办理,新的期限见页面",
        ..BASE
    },
    Row {
        no: "30",
        event: E::KeepClosed,
        from: &[Disputed],
        to: To::State(Closed),
        by: &[By::OfficeLeader],
        guard: g::keep_closed,
        guard_words: "reason of the list and text ✎; counts as dissatisfied; for good when it was the second time",
        told: "维持办结:原因与监督渠道",
        ..BASE
    },
    // Then 24 again: answered, with a new survey.
    Row {
        no: "31",
        event: E::SubmitReply,
        from: &[SecondHandling],
        to: To::State(ReplyReview),
        by: &[By::TaskUnit],
        when: Some(is_lead),
        guard: g::submit_reply,
        guard_words: "as 22; signed off by another person than the last answer",
        limit: Some("internal_review"),
        notify: &[Party::Office],
        seen: V::Staff,
        ..BASE
    },
    // The second dissatisfaction is row 28 again (round 2); the leader either supervises and has it handled once more or
    // closes it for good (30).
    Row {
        no: "32",
        event: E::Reopen,
        from: &[Disputed],
        to: To::State(SecondHandling),
        by: &[By::OfficeLeader],
        when: Some(second_round),
        guard: g::reopen_final,
        guard_words: "as 29; put under supervision (39) before: one final answer",
        limit: Some("second_handling"),
        notify: &[Party::Units],
        told: "已督办,将作最后一次答复",
        ..BASE
    },
    Row {
        no: "32a",
        event: E::RatedBad,
        from: &[Answered],
        to: To::State(Closed),
        by: &[By::Author, By::CaseDeputy],
        when: Some(final_round),
        guard: g::rated_bad,
        guard_words: "as 28, after the final answer: recorded, closed for good",
        told: "评价已记录,此事已最终办结;其他监督渠道见页面",
        ..BASE
    },
    Row {
        no: "33",
        event: E::PromiseKept,
        from: &[Tracking],
        to: To::State(Answered),
        by: &[By::TaskUnit],
        when: Some(is_lead),
        guard: g::promise_kept,
        guard_words: "evidence ✎",
        limit: Some("survey"),
        notify: &[Party::Office],
        seen: V::Public,
        told: "承诺的事做到了吗?请评价",
        ..BASE
    },
    Row {
        no: "34",
        event: E::PromiseBroken,
        from: &[Tracking],
        to: To::State(SecondHandling),
        by: &[By::System],
        guard: g::promise_broken,
        guard_words: "the day and one work day are over without evidence; the same unit again",
        limit: Some("promise_grace"),
        notify: &[Party::Office, Party::Units],
        seen: V::Public,
        told: "承诺未按期完成,已进入二次办理",
        ..BASE
    },
    // "Any open" but for answered, disputed and tracking: there an answer stands and its rating is the resident's.
    Row {
        no: "35",
        event: E::Merge,
        from: &[
            Submitted,
            ScreeningHold,
            NeedInfo,
            Accepted,
            WithDeputy,
            Assigned,
            InProgress,
            Arbitration,
            ReplyReview,
            SecondHandling,
        ],
        to: To::State(Merged),
        by: &[By::Office],
        guard: g::merge,
        guard_words: "another case, text ✎; no parts; the caller vouches for the same visibility class",
        limit: Some("unmerge"),
        notify: &[Party::Office],
        told: "已并入同一事项,7 日内可点「不是同一件事」",
        ..BASE
    },
    // Ours: "follows the lead; own answer copy and own rating". A promise stays with the lead's case.
    Row {
        no: "35a",
        event: E::LeadAnswered,
        from: &[Merged],
        to: To::State(Answered),
        by: &[By::System],
        guard: g::lead_answered,
        guard_words: "the lead's released answer; own survey",
        limit: Some("survey"),
        told: "并案事项已答复,请评价",
        ..BASE
    },
    Row {
        no: "36",
        event: E::Unmerge,
        from: &[Merged],
        to: To::State(Accepted),
        by: &[By::Author, By::Office],
        guard: g::unmerge,
        guard_words: "the resident in time, the office at any time; a fresh due date",
        limit: Some("unmerge"),
        notify: &[Party::Office],
        told: "已恢复为单独事项",
        ..BASE
    },
    // There is no state of its own for it: the parent is in progress, held by the office, until its parts are answered.
    Row {
        no: "37",
        event: E::Split,
        from: &[Accepted, Assigned, InProgress],
        to: To::State(InProgress),
        by: &[By::Office],
        guard: g::split,
        guard_words: "2 to 10 parts, each its own case; once; units are relieved",
        limit: Some("split_parts"),
        notify: &[Party::Office],
        told: "已拆分办理,各部分见页面",
        ..BASE
    },
    Row {
        no: "37a",
        event: E::PartsAnswered,
        from: &[InProgress],
        to: To::State(Answered),
        by: &[By::System],
        guard: g::parts_answered,
        guard_words: "every part is answered or ended, as the caller vouches",
        limit: Some("survey"),
        notify: &[Party::Office],
        told: "各部分均已答复,请评价",
        ..BASE
    },
    Row {
        no: "38",
        event: E::Withdraw,
        from: UNANSWERED,
        to: To::State(Withdrawn),
        by: &[By::Author],
        guard: g::withdraw,
        guard_words: "before the first answer",
        notify: &[Party::Office, Party::Deputy, Party::Lead],
        told: "已撤回",
        ..BASE
    },
    Row {
        no: "39",
        event: E::Supervise,
        from: OPEN,
        to: To::Same,
        by: &[By::Office],
        guard: g::supervise,
        guard_words: "leader, day ahead, text ✎",
        notify: &[Party::Lead, Party::Office],
        told: "已督办",
        ..BASE
    },
    // "Any open" but where the resident has the ball.
    Row {
        no: "40",
        event: E::Urge,
        from: &[
            Submitted,
            ScreeningHold,
            Accepted,
            WithDeputy,
            Assigned,
            InProgress,
            Arbitration,
            ReplyReview,
            Disputed,
            SecondHandling,
            Tracking,
        ],
        to: To::Same,
        by: &[By::Author],
        guard: g::urge,
        guard_words: "after the due date, and every 5 work days; at most 3",
        limit: Some("urge_every"),
        notify: &[Party::Office, Party::Deputy, Party::Lead],
        told: "已催办",
        ..BASE
    },
    // Merged too: its end is the day it was joined.
    Row {
        no: "41",
        event: E::Archive,
        from: &[Closed, Declined, Withdrawn, Referred, Merged],
        to: To::State(Archived),
        by: &[By::System],
        guard: g::archive,
        guard_words: "kept as long as it has to be; personal data goes",
        limit: Some("retention"),
        seen: V::Staff,
        ..BASE
    },
    Row {
        no: "+1",
        event: E::Supplement,
        from: OPEN,
        to: To::Same,
        by: &[By::Author],
        guard: g::supplement,
        guard_words: "text or attachment",
        notify: &[Party::Office, Party::Deputy, Party::Lead],
        told: "已收到您的补充",
        ..BASE
    },
    Row {
        no: "+2",
        event: E::DraftBegun,
        from: &[InProgress, SecondHandling],
        to: To::Same,
        by: &[By::TaskUnit],
        guard: g::draft_begun,
        guard_words: "a signed task",
        seen: V::Staff,
        ..BASE
    },
    Row {
        no: "+3",
        event: E::ToInternalReview,
        from: &[InProgress, SecondHandling],
        to: To::Same,
        by: &[By::TaskUnit],
        guard: g::to_internal_review,
        guard_words: "a draft",
        seen: V::Staff,
        ..BASE
    },
    Row {
        no: "+4",
        event: E::InternalRejected,
        from: &[InProgress, SecondHandling],
        to: To::Same,
        by: &[By::TaskUnitLeader],
        guard: g::internal_rejected,
        guard_words: "a draft under internal review; text ✎",
        seen: V::Staff,
        ..BASE
    },
    Row {
        no: "+5",
        event: E::CoOpinion,
        from: &[Assigned, InProgress, SecondHandling],
        to: To::Same,
        by: &[By::TaskUnit],
        when: Some(is_co),
        guard: g::co_opinion,
        guard_words: "a co-unit's open task; text ✎",
        limit: Some("co_share_percent"),
        notify: &[Party::Lead],
        seen: V::Staff,
        ..BASE
    },
    Row {
        no: "P1",
        event: E::ConsentChanged,
        from: &[
            Submitted,
            ScreeningHold,
            NeedInfo,
            Accepted,
            WithDeputy,
            Assigned,
            InProgress,
            Arbitration,
            ReplyReview,
            Answered,
            Disputed,
            SecondHandling,
            Tracking,
            Closed,
            Declined,
            Referred,
            Merged,
            Withdrawn,
        ],
        to: To::Same,
        by: &[By::Author],
        guard: g::consent_changed,
        guard_words: "a change; taken back: published → hidden, pending → private at once",
        notify: &[Party::Office],
        told: "公开意愿已更改",
        ..BASE
    },
    Row {
        no: "P2",
        event: E::ProposeCopy,
        from: SHOWABLE,
        to: To::Same,
        by: &[By::Office],
        guard: g::propose_copy,
        guard_words: "consent; private, pending, refused or hidden → pending; title and body ✎",
        limit: Some("publish_objection"),
        told: "公开副本请您过目",
        ..BASE
    },
    Row {
        no: "P3",
        event: E::CopyApproved,
        from: SHOWABLE,
        to: To::Same,
        by: &[By::Author],
        guard: g::copy_approved,
        guard_words: "pending",
        notify: &[Party::Office],
        told: "您已同意公开副本",
        ..BASE
    },
    Row {
        no: "P4",
        event: E::Publish,
        from: SHOWABLE,
        to: To::Same,
        by: &[By::Office],
        guard: g::publish,
        guard_words: "pending → published; consent, and the copy approved or 3 days shown",
        limit: Some("publish_objection"),
        notify: &[Party::Deputy, Party::Lead],
        seen: V::Public,
        told: "已公开",
        ..BASE
    },
    Row {
        no: "P5",
        event: E::RefusePublish,
        from: SHOWABLE,
        to: To::Same,
        by: &[By::Office],
        guard: g::refuse_publish,
        guard_words: "private, pending → refused; reason ✎",
        limit: Some("pending_publication"),
        told: "不予公开:原因",
        ..BASE
    },
    Row {
        no: "P6",
        event: E::Hide,
        from: &[
            NeedInfo,
            Accepted,
            WithDeputy,
            Assigned,
            InProgress,
            Arbitration,
            ReplyReview,
            Answered,
            Disputed,
            SecondHandling,
            Tracking,
            Closed,
            Declined,
            Referred,
            Merged,
            Withdrawn,
            Archived,
        ],
        to: To::Same,
        by: &[By::Office],
        guard: g::hide,
        guard_words: "published → hidden; reason ✎",
        notify: &[Party::Deputy],
        seen: V::Public,
        told: "已隐藏:原因,可申诉",
        ..BASE
    },
    Row {
        no: "P7",
        event: E::Unhide,
        from: SHOWABLE,
        to: To::Same,
        by: &[By::Office],
        guard: g::unhide,
        guard_words: "hidden → published; consent",
        notify: &[Party::Deputy],
        seen: V::Public,
        told: "已恢复公开",
        ..BASE
    },
];
