//! Rows 35 to 41 and the resident's additions: what happens to the letter as a whole.

use super::{ANY, BASE, OPEN};
use crate::lifecycle::event::EventKind as E;
use crate::lifecycle::guards as g;
use crate::lifecycle::row::{Ask, By, Party, Row, To};
use crate::lifecycle::state::CaseState::{
    Accepted, Answered, Arbitration, Archived, Assigned, Closed, Declined, Disputed, InProgress, Merged, NeedInfo,
    Referred, ReplyReview, ScreeningHold, SecondHandling, Submitted, Tracking, WithDeputy, Withdrawn,
};
use crate::lifecycle::state::Visibility as V;

pub(super) static ROWS: &[Row] = &[
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
        // By itself for whoever joins a published matter (附议).
        by: &[By::Office, By::System],
        guard: g::merge,
        guard_words: "another case, text ✎; no parts; the caller vouches for the same visibility class; by itself where its author joins a published one",
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
        by: &[By::Author, By::Office, By::System],
        guard: g::unmerge,
        guard_words: "the resident in time, the office at any time; by itself when the lead ends unanswered; a fresh due date",
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
        from: OPEN,
        to: To::State(Withdrawn),
        by: &[By::Author],
        when: Some(is_alone),
        guard: g::none,
        guard_words: "nobody else's letter is joined to it",
        notify: &[Party::Office, Party::Deputy, Party::Lead],
        told: "已撤回",
        ..BASE
    },
    // The specification: the matter goes on under the office when others have joined it. Only the author leaves.
    Row {
        no: "38a",
        event: E::Withdraw,
        from: OPEN,
        to: To::Same,
        by: &[By::Author],
        when: Some(has_joined),
        guard: g::none,
        guard_words: "others' letters are joined to it",
        notify: &[Party::Office],
        told: "您已撤回;还有其他居民反映同一件事,由联络站继续办理",
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
        guard_words: "text, attachment, recording or video",
        notify: &[Party::Office, Party::Deputy, Party::Lead],
        told: "已收到您的补充",
        ..BASE
    },
    // The other side of 35 and 36: the letter that leads counts who joined it.
    Row {
        no: "35b",
        event: E::MergedIn,
        from: ANY,
        to: To::Same,
        by: &[By::System],
        guard: g::merged_in,
        guard_words: "follows 35 at once",
        seen: V::Staff,
        ..BASE
    },
    Row {
        no: "36a",
        event: E::MergedOut,
        from: ANY,
        to: To::Same,
        by: &[By::System],
        guard: g::merged_out,
        guard_words: "follows 36 at once",
        seen: V::Staff,
        ..BASE
    },
    Row {
        no: "+11",
        event: E::Recalculated,
        from: OPEN,
        to: To::Same,
        by: &[By::System],
        guard: g::recalculated,
        guard_words: "the calendar or a limit changed and a date with it",
        notify: &[Party::Units],
        told: "办理期限已按新的工作日历或时限重新计算,新的日期见页面",
        ..BASE
    },
    // Looking at a number is an act of its own: with a reason, in the log, and told.
    Row {
        no: "+12",
        event: E::ContactRevealed,
        from: ANY,
        to: To::Same,
        by: &[By::Office, By::LeadUnit, By::CaseDeputy],
        guard: g::contact_revealed,
        guard_words: "reason ✎",
        told: "工作人员查看了您的联系电话,原因见页面",
        ..BASE
    },
    Row {
        no: "+13",
        event: E::Undo,
        from: ANY,
        to: To::Undone,
        by: &[By::Office],
        guard: g::undo,
        guard_words: "one's own last step, of those that can be taken back; in time",
        limit: Some("undo_minutes"),
        notify: &[Party::Units],
        told: "工作人员撤销了刚才的操作",
        ..BASE
    },
];

fn is_alone(ask: Ask<'_>) -> bool {
    ask.case.joined.is_empty()
}

fn has_joined(ask: Ask<'_>) -> bool {
    !is_alone(ask)
}
