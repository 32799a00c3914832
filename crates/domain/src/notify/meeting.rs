//! What is told about receptions, bookings, events and restrictions: they are no letters, have no number, and stand on pages
//! of their own.

use super::Recipient;
use crate::Id;
use crate::lifecycle::coded_enum;

coded_enum! {
    /// Something to tell about a meeting, or about a restriction.
    MeetingKind {
        /// A time is booked, or a place in the line.
        BookingBooked = "booking_booked",
        /// A time became free and is kept for a while.
        BookingOffered = "booking_offered",
        /// The talk comes nearer.
        BookingReminder = "booking_reminder",
        /// The offer was not taken in time, or nothing became free.
        BookingLapsed = "booking_lapsed",
        /// The reception does not take place, or nobody is there to be met.
        BookingDropped = "booking_dropped",
        /// Another deputy is met.
        BookingSubstitute = "booking_substitute",
        /// The reception has another time or place.
        BookingMoved = "booking_moved",
        /// Somebody at the station looked at the number that one left.
        BookingNumberSeen = "booking_number_seen",
        /// A deputy asks to be excused from a reception.
        LeaveAsked = "leave_asked",
        /// A deputy is excused from a reception.
        LeaveGranted = "leave_granted",
        /// A deputy who asked to be excused is to come all the same.
        LeaveRefused = "leave_refused",
        /// A deputy is to receive in another's place.
        SubstituteNamed = "substitute_named",
        /// An event that one wants to be told of begins.
        EventStarts = "event_starts",
        /// An event has another time, or does not take place.
        EventChanged = "event_changed",
        /// A seat became free, and whoever waited has it now.
        EventSeat = "event_seat",
        /// One's question was answered.
        EventAnswered = "event_answered",
        /// One's question became a letter.
        EventToLetter = "event_to_letter",
        /// One is warned of a restriction.
        RestrictionWarning = "restriction_warning",
        /// One may write fewer letters for a while.
        RestrictionLimit = "restriction_limit",
        /// One may begin nothing new for a while.
        RestrictionStarted = "restriction_started",
        /// It is over.
        RestrictionLifted = "restriction_lifted",
        /// One's appeal against it was decided.
        RestrictionHeard = "restriction_heard",
        /// A leader has to decide about a proposal.
        RestrictionProposed = "restriction_proposed",
        /// Somebody objected; a third person has to decide.
        RestrictionObjected = "restriction_objected",
    }
}

/// What a notice is about when it is no letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Somebody's booking.
    Booking(Id),
    /// An event.
    Event(Id),
    /// A reception.
    Reception(Id),
    /// A restriction.
    Restriction(Id),
}

impl Subject {
    const fn kind(&self) -> (&'static str, &Id) {
        match self {
            Self::Booking(id) => ("booking", id),
            Self::Event(id) => ("event", id),
            Self::Reception(id) => ("reception", id),
            Self::Restriction(id) => ("restriction", id),
        }
    }

    /// As it is kept: `booking:<id>`. No letter's id has a colon.
    pub fn key(&self) -> String {
        let (kind, id) = self.kind();
        [kind, ":", id].concat()
    }

    /// What [`Self::key`] wrote.
    pub fn parse(key: &str) -> Option<Self> {
        let (kind, id) = key.split_once(':')?;
        let id = id.to_owned();
        Some(match kind {
            "booking" => Self::Booking(id),
            "event" => Self::Event(id),
            "reception" => Self::Reception(id),
            "restriction" => Self::Restriction(id),
            _ => return None,
        })
    }

    /// The page where it is read.
    pub fn path(&self, to: Recipient) -> String {
        let (page, id) = match (to, self) {
            (Recipient::Resident, Self::Booking(id)) => ("/mine/bookings/", id.as_str()),
            (Recipient::Resident, Self::Event(id)) => ("/events/", id.as_str()),
            (Recipient::Resident, Self::Reception(id)) => ("/receptions/", id.as_str()),
            (Recipient::Deputy, Self::Reception(id)) => ("/desk/my-receptions/", id.as_str()),
            (Recipient::Resident, Self::Restriction(_)) => ("/mine/restriction", ""),
            // Whose booking it is stands on the reception's own page.
            (_, Self::Booking(_)) => ("/desk/receptions", ""),
            (_, Self::Event(id)) => ("/desk/events/", id.as_str()),
            (_, Self::Reception(id)) => ("/desk/receptions/", id.as_str()),
            (_, Self::Restriction(id)) => ("/desk/restrictions/", id.as_str()),
        };
        [page, id].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_read_as_it_was_written_and_a_letter_is_none() {
        for subject in [
            Subject::Booking("019a".into()),
            Subject::Event("e-1".into()),
            Subject::Reception("r-1".into()),
            Subject::Restriction("x-1".into()),
        ] {
            assert_eq!(Subject::parse(&subject.key()), Some(subject));
        }
        assert_eq!(Subject::parse("019a-letter"), None);
        assert_eq!(Subject::parse("cat:1"), None);
    }

    #[test]
    fn residents_and_staff_read_it_on_pages_of_their_own() {
        let booking = Subject::Booking("b".into());
        assert_eq!(booking.path(Recipient::Resident), "/mine/bookings/b");
        assert_eq!(booking.path(Recipient::Deputy), "/desk/receptions");
        assert_eq!(Subject::Event("e".into()).path(Recipient::Resident), "/events/e");
        let reception = Subject::Reception("r".into());
        assert_eq!(reception.path(Recipient::Office), "/desk/receptions/r");
        assert_eq!(reception.path(Recipient::Deputy), "/desk/my-receptions/r");
    }
}
