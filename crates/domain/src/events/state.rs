//! The event's own states.

use crate::Millis;
use crate::lifecycle::coded_enum;

coded_enum! {
    /// What kind of event it is.
    EventType {
        /// 主题网上接待.
        ThemeReception = "theme_reception",
        /// 社区议事会.
        Council = "council",
        /// 楼宇议企会.
        EnterpriseMeeting = "enterprise_meeting",
        /// 讲座.
        Lecture = "lecture",
        /// 代表学习日.
        StudyDay = "study_day",
    }
}

coded_enum! {
    /// Where an event stands.
    EventState {
        /// Being prepared: for the desk alone.
        Draft = "draft",
        /// 已公告: to be read, not yet to be joined.
        Announced = "announced",
        /// 报名、提问中.
        Open = "open",
        /// 进行中.
        Live = "live",
        /// 已结束, the minutes are still being written.
        Closed = "closed",
        /// 已结束, with minutes.
        Finished = "finished",
        /// 已取消, with a reason.
        Cancelled = "cancelled",
    }
}

/// One line of the table: from where, to where, and what has to be there.
#[derive(Clone, Copy, Debug)]
pub struct EventMove {
    pub from: &'static [EventState],
    pub to: EventState,
    pub needs: &'static [Need],
}

/// What a step asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It begins later than now.
    Ahead,
    /// Somewhere to go to, or an address online.
    Somewhere,
    /// A word why, which everybody will read.
    Reason,
    /// The minutes.
    Minutes,
}

/// Every step there is. A meeting that was begun by mistake goes back to open; one ended too early goes on; what has
/// taken place is not cancelled any more.
pub static EVENT_MOVES: &[EventMove] = &[
    EventMove {
        from: &[EventState::Draft],
        to: EventState::Announced,
        needs: &[Need::Ahead, Need::Somewhere],
    },
    EventMove {
        from: &[EventState::Announced, EventState::Live],
        to: EventState::Open,
        needs: &[],
    },
    EventMove {
        from: &[EventState::Announced, EventState::Open, EventState::Closed],
        to: EventState::Live,
        needs: &[],
    },
    EventMove {
        from: &[EventState::Live],
        to: EventState::Closed,
        needs: &[],
    },
    EventMove {
        from: &[EventState::Closed],
        to: EventState::Finished,
        needs: &[Need::Minutes],
    },
    EventMove {
        from: &[EventState::Announced, EventState::Open],
        to: EventState::Cancelled,
        needs: &[Need::Reason],
    },
];

/// Longest reason of a cancellation, in characters.
pub const REASON_MAX: usize = 200;

/// What a step is decided on.
#[derive(Clone, Copy, Debug)]
pub struct EventFacts<'a> {
    pub state: EventState,
    pub starts_at: Millis,
    pub place: &'a str,
    pub online_url: Option<&'a str>,
    pub minutes: Option<&'a str>,
}

/// Why a step is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventRefusal {
    /// No way leads from here to there.
    WrongState,
    /// Something is missing: the field, and what is wrong with it.
    Field(&'static str, &'static str),
}

/// Whether an event may go there now.
///
/// # Errors
/// [`EventRefusal`].
pub fn step(facts: &EventFacts<'_>, to: EventState, reason: Option<&str>, now: Millis) -> Result<(), EventRefusal> {
    let found = EVENT_MOVES
        .iter()
        .find(|line| line.to == to && line.from.contains(&facts.state))
        .ok_or(EventRefusal::WrongState)?;
    found
        .needs
        .iter()
        .try_for_each(|need| missing(*need, facts, reason, now))
}

fn missing(need: Need, facts: &EventFacts<'_>, reason: Option<&str>, now: Millis) -> Result<(), EventRefusal> {
    let is_empty = |text: Option<&str>| text.is_none_or(|text| text.trim().is_empty());
    let wrong = match need {
        Need::Ahead => (facts.starts_at <= now).then_some(("starts_at", "invalid")),
        Need::Somewhere => (is_empty(Some(facts.place)) && is_empty(facts.online_url)).then_some(("place", "required")),
        Need::Reason if is_empty(reason) => Some(("reason", "required")),
        Need::Reason => reason
            .is_some_and(|reason| reason.trim().chars().count() > REASON_MAX)
            .then_some(("reason", "too_long")),
        Need::Minutes => is_empty(facts.minutes).then_some(("minutes", "required")),
    };
    match wrong {
        Some((field, code)) => Err(EventRefusal::Field(field, code)),
        None => Ok(()),
    }
}

impl EventState {
    /// Where it may go from here, whatever has to be there for it.
    pub fn next(self) -> Vec<Self> {
        EVENT_MOVES
            .iter()
            .filter(|line| line.from.contains(&self))
            .map(|line| line.to)
            .collect()
    }

    /// Whether anybody but the desk may know of it.
    pub const fn is_public(self) -> bool {
        !matches!(self, Self::Draft)
    }

    /// Whether people may join or ask now.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Live)
    }

    /// Whether it lies ahead.
    pub const fn is_ahead(self) -> bool {
        matches!(self, Self::Announced | Self::Open)
    }

    /// Whether time, place and what else was announced may still be changed.
    pub const fn may_be_edited(self) -> bool {
        matches!(self, Self::Draft | Self::Announced | Self::Open | Self::Live)
    }

    /// Whether minutes and attendance may be written.
    pub const fn takes_minutes(self) -> bool {
        matches!(self, Self::Live | Self::Closed | Self::Finished)
    }

    /// Whether what was resolved may be entered and followed up, and is shown.
    pub const fn takes_resolutions(self) -> bool {
        self.takes_minutes()
    }

    /// Whether the host may speak to everybody.
    pub const fn takes_broadcasts(self) -> bool {
        matches!(self, Self::Announced | Self::Open | Self::Live | Self::Closed)
    }
}

coded_enum! {
    /// A resident's place at an event.
    RegistrationState {
        Confirmed = "confirmed",
        /// On the waiting list.
        Waiting = "waiting",
        /// Given up by the resident.
        Withdrawn = "withdrawn",
        /// The event was cancelled.
        Cancelled = "cancelled",
    }
}

impl RegistrationState {
    /// Whether it holds a seat or a place in line.
    pub const fn is_active(self) -> bool {
        matches!(self, Self::Confirmed | Self::Waiting)
    }
}

/// What happens to somebody who registers when so many are confirmed: a seat, a place in line, or neither.
pub const fn seat(capacity: Option<u32>, confirmed: u32, waiting_list: bool) -> Option<RegistrationState> {
    match capacity {
        Some(capacity) if confirmed >= capacity => {
            if waiting_list {
                Some(RegistrationState::Waiting)
            } else {
                None
            }
        }
        _ => Some(RegistrationState::Confirmed),
    }
}

/// How many of those waiting move up.
pub const fn moving_up(capacity: Option<u32>, confirmed: u32, waiting: u32) -> u32 {
    let free = match capacity {
        None => waiting,
        Some(capacity) => capacity.saturating_sub(confirmed),
    };
    if free < waiting { free } else { waiting }
}

coded_enum! {
    /// What became of something resolved.
    ResolutionState { Open = "open", Done = "done", Dropped = "dropped" }
}

coded_enum! {
    /// Who answers for a resolution, or spoke an answer.
    PartyKind { Deputy = "deputy", Unit = "unit", Station = "station" }
}
