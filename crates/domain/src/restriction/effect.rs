//! What a measure refuses, and until when.

use super::Step;
use crate::calendar::DAY_MS;
use crate::lifecycle::coded_enum;
use crate::limits::Limits;
use crate::{Id, Millis};

coded_enum! {
    /// What somebody wants from the station.
    Use {
        /// A new ordinary letter.
        Letter = "letter",
        /// A new booking of a reception.
        Booking = "booking",
        /// A place at an event.
        EventRegistration = "event_registration",
        /// A question at an event.
        EventQuestion = "event_question",
        /// Reading what is public and what is one's own.
        Read = "read",
        /// Following one's matters and being told.
        Follow = "follow",
        /// Adding to a matter that was asked about, asking about an answer, urging.
        Supplement = "supplement",
        /// Rating an answer.
        Rate = "rate",
        /// Withdrawing a letter or a booking.
        Withdraw = "withdraw",
        /// Objecting to a decision, this one included.
        Appeal = "appeal",
        /// The urgent channel.
        Urgent = "urgent",
    }
}

impl Use {
    /// Begins something new. Nothing else is ever refused.
    pub const fn is_new(self) -> bool {
        matches!(
            self,
            Self::Letter | Self::Booking | Self::EventRegistration | Self::EventQuestion
        )
    }

    /// Whether a step refuses it; a rate limit only while the last letter is recent.
    pub const fn is_refused(self, step: Step) -> bool {
        match step {
            Step::Warning => false,
            Step::RateLimit => matches!(self, Self::Letter),
            Step::Restriction => self.is_new(),
        }
    }
}

/// A measure in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Force {
    pub id: Id,
    pub step: Step,
    pub ends_at: Millis,
}

impl Force {
    /// Whether it holds at this moment, whatever the job that ends it has done yet.
    pub const fn holds(&self, now: Millis) -> bool {
        now < self.ends_at
    }
}

/// Why something is refused now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The measure.
    pub id: Id,
    pub step: Step,
    /// From when on it is possible again.
    pub until: Millis,
}

/// Whether something is refused now. `last_letter`: when the last ordinary letter was written. Of several measures the one
/// that refuses longest is named.
pub fn hold(forces: &[Force], wanted: Use, last_letter: Option<Millis>, limits: &Limits, now: Millis) -> Option<Held> {
    let holding = forces.iter().filter(|force| force.holds(now));
    let refusing = holding.filter(|force| wanted.is_refused(force.step));
    refusing
        .filter_map(|force| {
            let until = match force.step {
                Step::RateLimit => {
                    let next = last_letter? + Millis::from(limits.rate_limit_days) * DAY_MS;
                    next.min(force.ends_at)
                }
                Step::Warning | Step::Restriction => force.ends_at,
            };
            (until > now).then(|| Held {
                id: force.id.clone(),
                step: force.step,
                until,
            })
        })
        .max_by_key(|held| held.until)
}
