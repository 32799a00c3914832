//! Rows P1 to P7, the publication axis: what the public may see.

use super::{BASE, SHOWABLE};
use crate::lifecycle::event::EventKind as E;
use crate::lifecycle::guards as g;
use crate::lifecycle::row::{By, Party, Row, To};
use crate::lifecycle::state::CaseState::{
    Accepted, Answered, Arbitration, Archived, Assigned, Closed, Declined, Disputed, InProgress, Merged, NeedInfo,
    Referred, ReplyReview, ScreeningHold, SecondHandling, Submitted, Tracking, WithDeputy, Withdrawn,
};
use crate::lifecycle::state::Visibility as V;

pub(super) static ROWS: &[Row] = &[
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
