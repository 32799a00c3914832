//! Telling people: what is said by itself when time passes ([`ReminderKind`]) and about meetings ([`MeetingKind`]), how soon what goes out ([`MATRIX`]), what a
//! person wants ([`Preferences`]), and what goes out now ([`plan`]). Who is told of which event stands in the transition
//! table; words are made where they are shown or sent.

mod matrix;
mod meeting;
mod plan;
mod preferences;

pub use matrix::{Kind, Line, MATRIX, OTHERWISE, Priority, Recipient, priority};
pub use meeting::{MeetingKind, Subject};
pub use plan::{OpenNotice, Plan, Planned, Timing, Told, plan, retry_after};
pub use preferences::{ADDRESS_MAX, ChannelKind, Pace, Preferences, Quiet, is_address, tidy_address};

mod reminders;

pub use reminders::{Reminder, due, first_at, next_at, reminders, silent_at};

use crate::lifecycle::coded_enum;

coded_enum! {
    /// Something to tell that no event tells by itself.
    ReminderKind {
        /// Half of the unit's time is over.
        HalfTime = "half_time",
        /// Four fifths of it.
        MostTime = "most_time",
        /// All of it.
        TimeUp = "time_up",
        /// The signature is due today.
        SignDue = "sign_due",
        /// A deputy has three work days left.
        DeputySoon = "deputy_soon",
        /// The answer waits to be rated.
        SurveyWaits = "survey_waits",
        /// The promised day has come.
        PromiseDue = "promise_due",
        /// A promise far ahead is looked at (回头看).
        LookBack = "look_back",
        /// The resident has read of no progress for too long.
        Silent = "silent",
        /// A public copy waits too long.
        CopyWaits = "copy_waits",
        /// A question about an answer is overdue.
        FollowUpLate = "follow_up_late",
        /// A supervision's day has come.
        SuperviseDue = "supervise_due",
    }
}

coded_enum! {
    /// Where an outgoing message stands.
    OutboxState {
        /// To be sent, now or at the next try.
        Waiting = "waiting",
        Sent = "sent",
        /// Given up: tried too often, or it can never arrive.
        Dead = "dead",
    }
}
