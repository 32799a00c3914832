//! Rows 23 to 34: answers, ratings, second handling and promises.

use super::BASE;
use crate::lifecycle::event::EventKind as E;
use crate::lifecycle::guards as g;
use crate::lifecycle::row::{Ask, By, Party, Row, To};
use crate::lifecycle::state::CaseState::{
    self as S, Answered, Closed, Disputed, InProgress, ReplyReview, SecondHandling, Tracking, WithDeputy,
};
use crate::lifecycle::state::{TaskRole, Visibility as V};

pub(super) static ROWS: &[Row] = &[
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
        guard_words: "a reply lies there; its warnings are acknowledged; a forwarding deputy is the case's own",
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
        guard_words: "reason ✎; below the threshold or not solved; a deputy not on their own answer",
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
        guard_words: "reason of the list and text ✎; counts as dissatisfied; for good when it was the second time; after an appeal another leader",
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
    // Ours, after the specification's appeal against a closing: another leader looks at what the first one kept closed.
    Row {
        no: "30a",
        event: E::Appeal,
        from: &[Closed],
        to: To::State(Disputed),
        by: &[By::Author],
        guard: g::appeal_closing,
        guard_words: "kept closed by a leader, not for good; text ✎; once; in time",
        limit: Some("appeal"),
        notify: &[Party::Office],
        told: "申诉已收到,由另一位负责人决定",
        ..BASE
    },
    // One question about an answer; the rating waits for it.
    Row {
        no: "+8",
        event: E::FollowUp,
        from: &[Answered, Tracking, Closed],
        to: To::Same,
        by: &[By::Author],
        guard: g::follow_up,
        guard_words: "text ✎; once an answer; while it may be rated or was closed less than the time to reopen ago",
        limit: Some("follow_up"),
        notify: &[Party::Office, Party::Deputy, Party::Lead],
        told: "追问已收到,5 个工作日内答复",
        ..BASE
    },
    Row {
        no: "+9",
        event: E::FollowUpAnswered,
        from: &[Answered, Tracking, Closed, Disputed, SecondHandling],
        to: To::Same,
        by: &[By::LeadUnit, By::CaseDeputy, By::Office],
        guard: g::follow_up_answered,
        guard_words: "a question waits; text ✎",
        notify: &[Party::Office],
        told: "您的追问有了答复",
        ..BASE
    },
    Row {
        no: "+10",
        event: E::DeputyRated,
        from: &[Answered, Tracking, Closed],
        to: To::Same,
        by: &[By::CaseDeputy],
        guard: g::deputy_rated,
        guard_words: "three dimensions; once an answer; not the deputy's own",
        notify: &[Party::Office, Party::Lead],
        seen: V::Staff,
        ..BASE
    },
];

fn is_lead(ask: Ask<'_>) -> bool {
    ask.task().is_some_and(|task| task.role == TaskRole::Lead)
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
