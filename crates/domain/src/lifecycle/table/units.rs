//! Rows 13 to 22 and our own of the task axis: what units are given and what they do.

use super::BASE;
use crate::lifecycle::event::EventKind as E;
use crate::lifecycle::guards as g;
use crate::lifecycle::row::{Ask, By, Party, Row, To};
use crate::lifecycle::state::CaseState::{
    Accepted, Answered, Arbitration, Assigned, Disputed, InProgress, NeedInfo, ReplyReview, SecondHandling, Tracking,
    WithDeputy,
};
use crate::lifecycle::state::{TaskRole, Visibility as V};

pub(super) static ROWS: &[Row] = &[
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
        by: &[By::TaskUnitOrDelegate],
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
        no: "+2",
        event: E::DraftBegun,
        from: &[InProgress, SecondHandling],
        to: To::Same,
        by: &[By::TaskUnitOrDelegate],
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
        by: &[By::TaskUnitOrDelegate],
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
    // The work goes one level down, the duty does not: dates, reply and holder stay the unit's own.
    Row {
        no: "+6",
        event: E::Delegate,
        from: &[Assigned, InProgress, SecondHandling],
        to: To::Same,
        by: &[By::TaskUnit],
        guard: g::delegate,
        guard_words: "a signed task; another unit, as the caller vouches one level down; or none to take it back",
        notify: &[Party::Delegate],
        seen: V::Staff,
        ..BASE
    },
    // When duties move (机构改革), work handed down to the unit that goes is handed to its successor, or back.
    Row {
        no: "+6a",
        event: E::Delegate,
        from: &[NeedInfo, Assigned, InProgress, ReplyReview, SecondHandling, Tracking],
        to: To::Same,
        by: &[By::Admin, By::System],
        guard: g::delegate_moved,
        guard_words: "an open task that was handed down; another unit, or none",
        notify: &[Party::Delegate],
        seen: V::Staff,
        ..BASE
    },
    Row {
        no: "+7",
        event: E::Contacted,
        from: &[
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
        ],
        to: To::Same,
        by: &[By::TaskUnitOrDelegate, By::CaseDeputy, By::Office],
        guard: g::contacted,
        guard_words: "text ✎; the unit names its open task",
        ..BASE
    },
];

fn is_lead(ask: Ask<'_>) -> bool {
    ask.task().is_some_and(|task| task.role == TaskRole::Lead)
}

fn is_co(ask: Ask<'_>) -> bool {
    ask.task().is_some_and(|task| task.role == TaskRole::Co)
}
