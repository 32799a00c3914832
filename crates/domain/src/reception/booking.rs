//! A booking: from the wish for a time to the talk, or to something else instead.

use super::session::{SessionKind, SessionState};
use crate::Millis;
use crate::calendar::{HOUR_MS, date_of, minute_of_day};
use crate::lifecycle::coded_enum;
use crate::schedule::day_words;

coded_enum! {
    /// Where a booking stands.
    BookingState {
        /// 已约好: a time is kept.
        Booked = "booked",
        /// 排队等候: the reception is full.
        Waiting = "waiting",
        /// 有了空位: a time is kept until the offer ends.
        Offered = "offered",
        /// 已签到: here, waiting to be called.
        CheckedIn = "checked_in",
        /// 已接待.
        Done = "done",
        /// 没有来.
        NoShow = "no_show",
        /// 已取消: by whoever booked.
        Cancelled = "cancelled",
        /// 没等到, or the offer was not taken.
        Lapsed = "lapsed",
        /// 接待取消了: the station offers something else.
        Dropped = "dropped",
    }
}

impl BookingState {
    /// Whether it keeps a time from others.
    pub const fn holds_seat(self) -> bool {
        matches!(
            self,
            Self::Booked | Self::Offered | Self::CheckedIn | Self::Done | Self::NoShow
        )
    }

    /// Whether something is still to come of it.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Booked | Self::Waiting | Self::Offered | Self::CheckedIn)
    }
}

coded_enum! {
    /// What is done to a booking.
    BookingAct {
        /// A time became free and is offered.
        Offer = "offer",
        /// The offer is taken.
        Accept = "accept",
        /// The offer is not wanted, or its time is over: the next in line gets it.
        Lapse = "lapse",
        /// Whoever booked does not come.
        Cancel = "cancel",
        /// 签到.
        CheckIn = "check_in",
        /// The talk took place.
        Finish = "finish",
        /// The reception is over and nobody came.
        Miss = "miss",
        /// The reception was cancelled.
        Drop = "drop",
    }
}

impl BookingState {
    /// Where an act leads from here; none: it cannot be done now.
    pub const fn after(self, act: BookingAct) -> Option<Self> {
        Some(match (self, act) {
            (Self::Waiting, BookingAct::Offer) => Self::Offered,
            (Self::Offered, BookingAct::Accept) => Self::Booked,
            (Self::Waiting | Self::Offered, BookingAct::Lapse) => Self::Lapsed,
            (Self::Booked | Self::Waiting | Self::Offered, BookingAct::Cancel) => Self::Cancelled,
            // Who comes late is welcome all the same.
            (Self::Booked | Self::NoShow | Self::Offered | Self::Waiting, BookingAct::CheckIn) => Self::CheckedIn,
            // Booked: nobody wrote down who came.
            (Self::CheckedIn | Self::Booked, BookingAct::Finish) => Self::Done,
            (Self::Booked, BookingAct::Miss) => Self::NoShow,
            (Self::Booked | Self::Waiting | Self::Offered | Self::CheckedIn, BookingAct::Drop) => Self::Dropped,
            _ => return None,
        })
    }
}

coded_enum! {
    /// How one meets.
    Mode {
        /// 到站.
        OnSite = "onsite",
        /// 打电话.
        Phone = "phone",
        /// 线上, by a link.
        Online = "online",
    }
}

coded_enum! {
    /// Why a time cannot be booked.
    Refused {
        /// It began, or booking has ended.
        TooLate = "booking_closed",
        /// The reception was cancelled.
        Cancelled = "session_cancelled",
        /// Nobody books for this kind.
        NotBookable = "not_bookable",
        /// There is no such time.
        NoSuchSlot = "no_such_slot",
        /// Somebody else has it; others or the waiting list may help.
        Taken = "slot_taken",
        /// The same person has a booking for this reception.
        Already = "already_booked",
        /// The same person has another reception at that time.
        Overlaps = "overlaps",
        /// It was missed too often: by telephone only, for a while.
        MissedTooOften = "missed_too_often",
        /// There are times left: no need to wait.
        NotFull = "not_full",
    }
}

/// What has to be known to say whether a reception can be booked now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Booking {
    pub kind: SessionKind,
    pub state: SessionState,
    pub starts_at: Millis,
    /// Hours before the beginning at which booking ends.
    pub closes_hours: u32,
}

impl Booking {
    /// Until when times of this reception can be booked.
    pub fn closes_at(&self) -> Millis {
        self.starts_at - Millis::from(self.closes_hours) * HOUR_MS
    }

    /// Whether it can be booked now.
    ///
    /// # Errors
    /// Why not.
    pub fn check(&self, now: Millis) -> Result<(), Refused> {
        if self.state == SessionState::Cancelled {
            Err(Refused::Cancelled)
        } else if !self.kind.is_bookable() {
            Err(Refused::NotBookable)
        } else if self.state == SessionState::Held || now >= self.closes_at() {
            Err(Refused::TooLate)
        } else {
            Ok(())
        }
    }
}

/// For how long a time that became free is kept for the next in line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OfferTerms {
    /// Hours an offer stands.
    pub hours: u32,
    /// As in [`Booking`].
    pub closes_at: Millis,
}

/// When an offer made now ends; none when nothing can be offered any more. Near the end of booking it is shorter, so that
/// somebody else still gets the chance.
pub fn offer_until(terms: OfferTerms, now: Millis) -> Option<Millis> {
    let left = terms.closes_at - now;
    (left > 0).then(|| now + (Millis::from(terms.hours) * HOUR_MS).min((left + 1) / 2))
}

/// What a booking is called where it lies open: day, time and station, nothing of what it is about. `timed`: the moment is a
/// talk's own and not the reception's day.
pub fn booking_title(at: Millis, timed: bool, station: &str) -> String {
    let time = if timed { clock_words(at) } else { String::new() };
    [&day_words(date_of(at)), &time, " ", station, "接待"].concat()
}

/// 「14:05」.
pub fn clock_words(at: Millis) -> String {
    let minute = minute_of_day(at);
    format!("{}:{:02}", minute / 60, minute % 60)
}

/// A check-in code for showing: `4821 07` from `482107`.
pub fn checkin_code(code: &str) -> String {
    let (head, tail) = code.split_at(code.len().min(4));
    if tail.is_empty() {
        head.to_owned()
    } else {
        [head, " ", tail].concat()
    }
}
