//! What became of an event's questions, in numbers: counted from the questions, never kept.

use super::question::QuestionState;
use crate::dto::EventFigures;

/// A question as far as it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    pub state: QuestionState,
    /// Answered in words while the event was live.
    pub answered_live: bool,
    /// Its letter is closed, or its resolution done.
    pub done: bool,
}

/// The figures of an event. What others may not know of is not in any of them.
pub fn figures(all: impl IntoIterator<Item = Asked>) -> EventFigures {
    let mut counted = EventFigures::default();
    for one in all.into_iter().filter(|one| one.state.is_public()) {
        counted.asked += 1;
        counted.answered_live += u32::from(one.answered_live);
        counted.answered += u32::from(one.state == QuestionState::Answered);
        if one.state == QuestionState::FollowUp {
            counted.followed_up += 1;
            counted.done += u32::from(one.done);
        }
    }
    counted
}
