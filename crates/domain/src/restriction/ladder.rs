//! Which step is next. It follows from what was before; nobody chooses it.

use super::{MeasureState, Step};
use crate::Millis;
use crate::calendar::DAY_MS;
use crate::limits::Limits;

/// A measure of before, as far as the next one depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Past {
    pub step: Step,
    pub state: MeasureState,
    /// When it was decided.
    pub at: Millis,
}

/// A step with its length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sanction {
    pub step: Step,
    /// None for a warning, which refuses nothing.
    pub days: Option<u32>,
}

/// The step that the next offence leads to: a warning, then fewer letters, then none for some time, and longer each time.
/// What was refused or overturned does not count, nor what is older than `restriction_memory_days`.
pub fn next_step(history: &[Past], limits: &Limits, now: Millis) -> Sanction {
    let since = now - Millis::from(limits.restriction_memory_days) * DAY_MS;
    let counted = || history.iter().filter(|past| past.state.stands() && past.at >= since);
    let restrictions = counted().filter(|past| past.step == Step::Restriction).count();
    match counted().map(|past| past.step).max() {
        None => Sanction {
            step: Step::Warning,
            days: None,
        },
        Some(Step::Warning) => Sanction {
            step: Step::RateLimit,
            days: Some(limits.rate_limit_term_days),
        },
        Some(Step::RateLimit | Step::Restriction) => {
            let lengths = &limits.restriction_days;
            let days = lengths.get(restrictions).or(lengths.last()).copied();
            Sanction {
                step: Step::Restriction,
                // A station that set no length restricts for the shortest time the rule knows.
                days: Some(days.unwrap_or(30)),
            }
        }
    }
}
