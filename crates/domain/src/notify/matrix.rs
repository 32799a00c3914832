//! Who is told of what, and how soon: one table. Everything stands in the app's inbox in any case; the table decides what
//! goes out to telephones and mailboxes besides.

use super::MeetingKind as M;
use super::ReminderKind as R;
use crate::lifecycle::{EventKind as E, Role, coded_enum};

coded_enum! {
    /// In which part somebody is told.
    Recipient {
        Resident = "resident",
        Deputy = "deputy",
        Unit = "unit",
        Office = "office",
    }
}

coded_enum! {
    /// How soon something goes out.
    Priority {
        /// At once, at night too: emergencies alone.
        Urgent = "urgent",
        /// The same outside quiet hours, also to those who chose digests: by the next one it would be of no use.
        Timely = "timely",
        /// At once, but never in quiet hours.
        Now = "now",
        /// With the next digest.
        Digest = "digest",
        /// Not at all: it stands in the app.
        Inside = "inside",
    }
}

impl Recipient {
    /// The part an account plays.
    pub const fn of(role: Role) -> Self {
        match role {
            Role::Resident => Self::Resident,
            Role::Deputy => Self::Deputy,
            Role::UnitOfficer | Role::UnitLeader => Self::Unit,
            Role::StationOfficer
            | Role::StationLeader
            | Role::Moderator
            | Role::Auditor
            | Role::Admin
            | Role::System => Self::Office,
        }
    }
}

/// What is told: an event, a reminder, or something about a meeting or a restriction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Event(E),
    Reminder(R),
    Meeting(M),
}

impl Kind {
    /// The code that stands in the inbox.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Event(kind) => kind.code(),
            Self::Reminder(kind) => kind.code(),
            Self::Meeting(kind) => kind.code(),
        }
    }

    /// The kind of a code; the lists share none.
    pub fn from_code(code: &str) -> Option<Self> {
        E::from_code(code)
            .map(Self::Event)
            .or_else(|| R::from_code(code).map(Self::Reminder))
            .or_else(|| M::from_code(code).map(Self::Meeting))
    }

    /// Every one of them.
    pub fn all() -> impl Iterator<Item = Self> {
        let events = E::ALL.iter().map(|kind| Self::Event(*kind));
        let reminders = R::ALL.iter().map(|kind| Self::Reminder(*kind));
        events
            .chain(reminders)
            .chain(M::ALL.iter().map(|kind| Self::Meeting(*kind)))
    }
}

/// One line of the matrix.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    pub to: Recipient,
    pub kinds: &'static [Kind],
    pub priority: Priority,
    /// For a letter of the urgent channel, or a meeting on the very day, where that differs.
    pub urgent_letter: Option<Priority>,
    /// Where the decision comes from.
    pub origin: &'static str,
}

/// What no line names.
pub const OTHERWISE: (Priority, &str) = (
    Priority::Digest,
    "product decision: digest for everything not marked urgent",
);

const AT_TABLE: &str = "ours: those at the table are awaited as well, and come in vain as well";

const fn e(kind: E) -> Kind {
    Kind::Event(kind)
}

const fn r(kind: R) -> Kind {
    Kind::Reminder(kind)
}

const fn m(kind: M) -> Kind {
    Kind::Meeting(kind)
}

const fn line(to: Recipient, kinds: &'static [Kind], priority: Priority, origin: &'static str) -> Line {
    Line {
        to,
        kinds,
        priority,
        urgent_letter: None,
        origin,
    }
}

/// The notification matrix. A kind stands in at most one line of a recipient.
pub static MATRIX: &[Line] = &[
    line(
        Recipient::Resident,
        &[e(E::AskInfo)],
        Priority::Now,
        "product decision, need_info; the five days run, so ours: at once",
    ),
    line(
        Recipient::Resident,
        &[
            e(E::Release),
            e(E::DeputyAnswer),
            e(E::LeadAnswered),
            e(E::PartsAnswered),
            e(E::FollowUpAnswered),
            e(E::Decline),
            e(E::Refer),
            e(E::KeepClosed),
        ],
        Priority::Now,
        "product decision, answer; what was waited for, ours: at once",
    ),
    line(
        Recipient::Resident,
        &[e(E::Submit)],
        Priority::Inside,
        "ours: the receipt was on the screen, and a case has one message a day",
    ),
    line(
        Recipient::Resident,
        &[e(E::Sign), e(E::AutoSign), e(E::HasPromise)],
        Priority::Inside,
        "ours: nothing to know or do that another message does not say",
    ),
    line(
        Recipient::Resident,
        &[
            m(M::BookingOffered),
            m(M::BookingReminder),
            m(M::EventStarts),
            m(M::EventSeat),
        ],
        Priority::Timely,
        "product decision, appointment and event; of no use in the next digest (ours)",
    ),
    Line {
        to: Recipient::Resident,
        kinds: &[m(M::BookingDropped), m(M::BookingMoved), m(M::EventChanged)],
        priority: Priority::Timely,
        urgent_letter: Some(Priority::Urgent),
        origin: "product decision, appointment changed; on the very day nobody is to come in vain (ours)",
    },
    line(
        Recipient::Resident,
        &[m(M::BookingSubstitute)],
        Priority::Now,
        "product decision, appointment changed; there is something to decide (ours)",
    ),
    line(
        Recipient::Resident,
        &[
            m(M::RestrictionWarning),
            m(M::RestrictionLimit),
            m(M::RestrictionStarted),
            m(M::RestrictionLifted),
            m(M::RestrictionHeard),
        ],
        Priority::Now,
        "product decision, restriction start, end, appeal; the time to object runs (ours: at once)",
    ),
    line(
        Recipient::Resident,
        &[m(M::BookingBooked)],
        Priority::Inside,
        "ours: it was on the screen",
    ),
    line(
        Recipient::Deputy,
        &[e(E::ToDeputy), e(E::SendBack)],
        Priority::Now,
        "product decision, new message; ours: at once",
    ),
    line(
        Recipient::Deputy,
        &[m(M::LeaveGranted), m(M::LeaveRefused), m(M::SubstituteNamed)],
        Priority::Now,
        "ours: whether one is to come, and the days before run",
    ),
    line(
        Recipient::Deputy,
        &[e(E::Submit), e(E::RatedOk)],
        Priority::Inside,
        "ours: nothing to do yet, or no longer",
    ),
    line(Recipient::Deputy, &[m(M::EventStarts)], Priority::Timely, AT_TABLE),
    Line {
        to: Recipient::Deputy,
        kinds: &[m(M::EventChanged)],
        priority: Priority::Timely,
        urgent_letter: Some(Priority::Urgent),
        origin: AT_TABLE,
    },
    line(Recipient::Unit, &[m(M::EventStarts)], Priority::Timely, AT_TABLE),
    Line {
        to: Recipient::Unit,
        kinds: &[m(M::EventChanged)],
        priority: Priority::Timely,
        urgent_letter: Some(Priority::Urgent),
        origin: AT_TABLE,
    },
    line(
        Recipient::Unit,
        &[e(E::Supervise)],
        Priority::Urgent,
        "product decision, supervision: emergency",
    ),
    line(
        Recipient::Unit,
        &[
            e(E::Assign),
            e(E::Award),
            e(E::ReassignUnit),
            e(E::Delegate),
            e(E::Reopen),
            e(E::SendBack),
            e(E::PromiseBroken),
            e(E::Undo),
        ],
        Priority::Now,
        "product decision, dispatched, sent back; ours: at once",
    ),
    line(
        Recipient::Unit,
        &[r(R::SignDue), r(R::MostTime), r(R::TimeUp), r(R::PromiseDue)],
        Priority::Now,
        "product decision, sign due, 80 % and 100 % of the time; ours: at once",
    ),
    line(
        Recipient::Unit,
        &[e(E::RatedOk)],
        Priority::Inside,
        "ours: nothing to do",
    ),
    Line {
        to: Recipient::Office,
        kinds: &[e(E::Submit), e(E::AutoAccept)],
        priority: Priority::Inside,
        urgent_letter: Some(Priority::Urgent),
        origin: "product decision, urgent: emergency; ordinary letters wait in the lane (ours)",
    },
    Line {
        to: Recipient::Office,
        kinds: &[e(E::AutoHold)],
        priority: Priority::Digest,
        urgent_letter: Some(Priority::Urgent),
        origin: "product decision, holds, urgent",
    },
    line(
        Recipient::Office,
        &[e(E::Supervise)],
        Priority::Urgent,
        "product decision, supervision: emergency",
    ),
    line(
        Recipient::Office,
        &[m(M::LeaveAsked)],
        Priority::Now,
        "ours: people have booked, and somebody else is to be found in time",
    ),
    line(
        Recipient::Office,
        &[m(M::RestrictionProposed), m(M::RestrictionObjected)],
        Priority::Now,
        "product decision, appeals; a person waits for the decision (ours: at once)",
    ),
    line(
        Recipient::Office,
        &[
            e(E::Merge),
            e(E::Split),
            e(E::RatedOk),
            e(E::FollowUpAnswered),
            e(E::DeputyAnswer),
            e(E::DeputyRated),
        ],
        Priority::Inside,
        "ours: nothing to do",
    ),
];

/// How soon a kind goes out to a part. `urgent`: the letter came through the urgent channel, or the meeting was to be on
/// the day it is told.
pub fn priority(to: Recipient, kind: Kind, urgent: bool) -> Priority {
    let found = MATRIX.iter().find(|line| line.to == to && line.kinds.contains(&kind));
    found.map_or(OTHERWISE.0, |line| match line.urgent_letter {
        Some(priority) if urgent => priority,
        _ => line.priority,
    })
}
