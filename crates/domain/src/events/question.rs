//! The questions asked at an event.

use super::state::EventState;
use crate::lifecycle::{CaseState, coded_enum};

coded_enum! {
    /// Where a question stands.
    QuestionState {
        /// 待审核: for its author and the desk alone.
        Pending = "pending",
        /// 已公开.
        Visible = "visible",
        /// 待回答: to be asked soon.
        Shortlisted = "shortlisted",
        /// 正在回答.
        Live = "live",
        /// 已回答.
        Answered = "answered",
        /// 会后跟进: a unit has it, as a letter or a resolution.
        FollowUp = "follow_up",
        /// 未公开: for its author, with the reason, and the desk alone.
        Hidden = "hidden",
    }
}

coded_enum! {
    /// In which order questions stand; what is being answered and what is pinned come first in both.
    QuestionSort { Votes = "votes", Newest = "newest" }
}

coded_enum! {
    /// How far the letter of a followed-up question has come, for everybody to read.
    FollowState {
        /// 已受理.
        Accepted = "accepted",
        /// 办理中.
        Handling = "handling",
        /// 已答复.
        Answered = "answered",
        /// 已办结.
        Done = "done",
        /// 不再办理: withdrawn, referred or not taken on.
        Ended = "ended",
    }
}

impl From<CaseState> for FollowState {
    fn from(state: CaseState) -> Self {
        match state {
            CaseState::Submitted | CaseState::ScreeningHold | CaseState::Accepted => Self::Accepted,
            CaseState::NeedInfo
            | CaseState::WithDeputy
            | CaseState::Assigned
            | CaseState::InProgress
            | CaseState::Arbitration
            | CaseState::ReplyReview
            | CaseState::Disputed
            | CaseState::SecondHandling => Self::Handling,
            CaseState::Answered | CaseState::Tracking => Self::Answered,
            CaseState::Closed | CaseState::Archived => Self::Done,
            CaseState::Declined | CaseState::Referred | CaseState::Merged | CaseState::Withdrawn => Self::Ended,
        }
    }
}

use QuestionState as Q;

/// Every step of a question, by the moderator: from where to where.
pub static QUESTION_MOVES: &[(&[QuestionState], QuestionState)] = &[
    (
        &[Q::Pending, Q::Shortlisted, Q::Answered, Q::FollowUp, Q::Hidden],
        Q::Visible,
    ),
    (&[Q::Pending, Q::Visible, Q::Live, Q::Answered], Q::Shortlisted),
    (&[Q::Visible, Q::Shortlisted], Q::Live),
    (&[Q::Visible, Q::Shortlisted, Q::Live, Q::FollowUp], Q::Answered),
    (
        &[Q::Visible, Q::Shortlisted, Q::Live, Q::Answered, Q::Hidden],
        Q::FollowUp,
    ),
    (
        &[
            Q::Pending,
            Q::Visible,
            Q::Shortlisted,
            Q::Live,
            Q::Answered,
            Q::FollowUp,
        ],
        Q::Hidden,
    ),
];

/// Why a question does not go there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionRefusal {
    /// No way leads from here to there.
    WrongState,
    /// Only while the event is live.
    NotLive,
    /// A unit has it as a letter: it stays followed up.
    HasLetter,
    /// Hiding needs a reason, which its author will read.
    Reason,
}

/// What a step of a question is decided on.
#[derive(Clone, Copy, Debug)]
pub struct QuestionFacts {
    pub state: QuestionState,
    pub event: EventState,
    /// A letter was made of it.
    pub has_letter: bool,
}

/// Whether a question may go there now. Staying where it is is no step.
///
/// # Errors
/// [`QuestionRefusal`].
pub fn question_step(facts: QuestionFacts, to: QuestionState, reason: Option<&str>) -> Result<(), QuestionRefusal> {
    if !QUESTION_MOVES
        .iter()
        .any(|(from, end)| *end == to && from.contains(&facts.state))
    {
        return Err(QuestionRefusal::WrongState);
    }
    if to == Q::Live && facts.event != EventState::Live {
        return Err(QuestionRefusal::NotLive);
    }
    // What is handled as a letter is neither undone nor called answered here; hiding takes its words away all the same,
    // and showing them again brings it back to where its letter is.
    if facts.has_letter && !matches!(to, Q::Hidden | Q::FollowUp) {
        return Err(QuestionRefusal::HasLetter);
    }
    if facts.state == Q::Hidden && to == Q::FollowUp && !facts.has_letter {
        return Err(QuestionRefusal::WrongState);
    }
    if to == Q::Hidden && reason.is_none_or(|reason| reason.trim().is_empty()) {
        return Err(QuestionRefusal::Reason);
    }
    Ok(())
}

/// Whether a letter may be made of a question, and where the question stands then. What was hidden stays hidden: a
/// matter that is nobody else's business is handled all the same.
///
/// # Errors
/// [`QuestionRefusal`].
pub fn to_letter(facts: QuestionFacts) -> Result<QuestionState, QuestionRefusal> {
    match facts.state {
        _ if facts.has_letter => Err(QuestionRefusal::HasLetter),
        // Looked at first: whether others may read it is a decision of its own.
        Q::Pending => Err(QuestionRefusal::WrongState),
        Q::Hidden => Ok(Q::Hidden),
        _ => Ok(Q::FollowUp),
    }
}

/// Where a moderator may put a question.
pub fn question_next(facts: QuestionFacts) -> Vec<QuestionState> {
    QuestionState::ALL
        .iter()
        .copied()
        .filter(|to| question_step(facts, *to, Some("-")).is_ok())
        .collect()
}

impl QuestionState {
    /// Whether others than its author and the desk may know that it exists.
    pub const fn is_public(self) -> bool {
        !matches!(self, Self::Pending | Self::Hidden)
    }

    /// Whether it still waits for an answer: these are counted for [`super::OPEN_QUESTIONS`].
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Pending | Self::Visible | Self::Shortlisted | Self::Live)
    }

    /// Whether others may say that they ask the same.
    pub const fn takes_votes(self) -> bool {
        matches!(self, Self::Visible | Self::Shortlisted | Self::Live)
    }
}
