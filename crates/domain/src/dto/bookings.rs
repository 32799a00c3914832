//! Booking a reception: what can be booked, a booking as whoever booked reads it, and what they do with it.

use super::{FieldError, NumberLook, dto};
use crate::form::char_count;
use crate::reception::{BookingState, Mode, SessionKind, SessionState};
use crate::{Id, Millis};

/// Longest name, in characters.
pub const BOOKING_NAME_MAX: u32 = 20;
/// What it is about: a few words at least.
pub const BOOKING_TOPIC_MIN: u32 = 2;
/// Longest text of what it is about.
pub const BOOKING_TOPIC_MAX: u32 = 200;
/// Longest text of what somebody needs.
pub const BOOKING_NEEDS_MAX: u32 = 100;
/// Most people who come together.
pub const BOOKING_PEOPLE_MAX: u32 = 10;

dto! {
    /// A time of a reception.
    pub struct SlotView {
        pub starts_at: Millis,
        /// Who is met; none: whoever is there.
        pub deputy_id: Option<Id>,
        pub deputy_name: Option<String>,
        pub free: bool,
    }

    /// What can be booked at a reception. `GET /reception-sessions/{id}/slots`.
    pub struct BookOptions {
        pub session_id: Id,
        /// 「代表夜聊」; empty: what its kind is called.
        pub title: String,
        pub kind: SessionKind,
        pub state: SessionState,
        pub topic: String,
        /// What to know beforehand.
        pub notice: String,
        pub starts_at: Millis,
        pub ends_at: Millis,
        /// Until when times can be booked.
        pub closes_at: Millis,
        pub station_name: String,
        pub station_slug: String,
        pub station_phone: String,
        pub place: String,
        pub modes: Vec<Mode>,
        /// Every time in order, taken ones too.
        pub slots: Vec<SlotView>,
        /// How many wait for a time.
        pub waiting: u32,
        /// Why nobody can book now: a code of [`crate::reception::Refused`].
        pub refused: Option<String>,
    }

    /// A time that is wanted.
    #[serde(deny_unknown_fields)]
    pub struct SlotChoice {
        pub starts_at: Millis,
        /// None: whoever is free then.
        #[serde(default)]
        pub deputy_id: Option<Id>,
    }

    /// `POST /reception-sessions/{id}/appointments`.
    #[serde(deny_unknown_fields)]
    pub struct NewAppointment {
        /// None: the waiting list, once every time is taken.
        #[serde(default)]
        pub slot: Option<SlotChoice>,
        /// For the waiting list: this deputy only.
        #[serde(default)]
        pub wish_deputy: Option<Id>,
        pub mode: Mode,
        pub name: String,
        /// What it is about.
        pub topic: String,
        /// A wheelchair, weak hearing, a dialect.
        #[serde(default)]
        pub access_needs: String,
        /// How many come.
        pub people: u32,
        /// One's own booking of a reception that was cancelled, which this one settles.
        #[serde(default)]
        pub instead_of: Option<Id>,
    }

    /// A booking, as whoever booked reads it. `GET /me/appointments`.
    pub struct AppointmentView {
        pub id: Id,
        /// Travels back as `If-Match`.
        pub version: i64,
        pub state: BookingState,
        /// What the station has to be answered to: `substitute`, `moved`, `alternatives`.
        pub choice: Option<String>,
        pub session_id: Id,
        pub session_state: SessionState,
        pub session_starts_at: Millis,
        pub session_ends_at: Millis,
        pub title: String,
        pub kind: SessionKind,
        /// When the talk begins; none on the waiting list.
        pub starts_at: Option<Millis>,
        pub station_name: String,
        pub station_slug: String,
        pub station_phone: String,
        pub place: String,
        pub deputy_name: Option<String>,
        pub deputy_slug: Option<String>,
        pub mode: Mode,
        /// Only for whoever booked online and has a time.
        pub online_link: Option<String>,
        pub name: String,
        pub topic: String,
        pub access_needs: String,
        pub people: u32,
        /// Shown at the counter.
        pub code: String,
        /// 1 for the next in line; none for whoever does not wait.
        pub place_in_line: Option<u32>,
        /// Until when the free time is kept.
        pub offer_until: Option<Millis>,
        pub queue_no: Option<u32>,
        pub cancel_reason: Option<String>,
        /// Number of the letter that was written instead.
        pub letter_no: Option<String>,
        pub created_at: Millis,
    }

    /// A reception that can be booked instead of one that was cancelled.
    pub struct Alternative {
        pub session_id: Id,
        pub station_name: String,
        pub starts_at: Millis,
        pub ends_at: Millis,
        pub deputies: Vec<String>,
        /// How many times are free.
        pub free: u32,
    }

    /// One's own booking with what is offered instead of it. `GET /me/appointments/{id}`.
    pub struct AppointmentDetail {
        pub booking: AppointmentView,
        /// Only while something else is offered.
        pub alternatives: Vec<Alternative>,
        /// Who looked at the number that was left, the first look first.
        pub looks: Vec<NumberLook>,
    }
}

impl AppointmentView {
    /// Whether nobody is expected any more: cancelled, passed on, or the reception does not take place.
    pub const fn is_off(&self) -> bool {
        matches!(
            self.state,
            BookingState::Cancelled | BookingState::Lapsed | BookingState::Dropped
        )
    }
}

impl NewAppointment {
    /// What is wrong with it, field by field, in the order of the form. Whether the time is free, only the server knows.
    pub fn check(&self, modes: &[Mode]) -> Vec<FieldError> {
        let mut wrong = Vec::new();
        let mut add = |field: &str, code: &str, limit: Option<u32>| {
            wrong.push(FieldError {
                field: field.to_owned(),
                code: code.to_owned(),
                limit: limit.map(u64::from),
            });
        };
        if !modes.contains(&self.mode) {
            add("mode", "unknown", None);
        }
        match char_count(self.topic.trim()) as u32 {
            0 => add("topic", "required", None),
            short if short < BOOKING_TOPIC_MIN => add("topic", "too_short", Some(BOOKING_TOPIC_MIN)),
            long if long > BOOKING_TOPIC_MAX => add("topic", "too_long", Some(BOOKING_TOPIC_MAX)),
            _ => {}
        }
        if char_count(self.access_needs.trim()) as u32 > BOOKING_NEEDS_MAX {
            add("needs_other", "too_long", Some(BOOKING_NEEDS_MAX));
        }
        if !(1..=BOOKING_PEOPLE_MAX).contains(&self.people) {
            add("people", "invalid", Some(BOOKING_PEOPLE_MAX));
        }
        match char_count(self.name.trim()) as u32 {
            0 => add("called", "required", None),
            long if long > BOOKING_NAME_MAX => add("called", "too_long", Some(BOOKING_NAME_MAX)),
            _ => {}
        }
        wrong
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn new() -> NewAppointment {
        NewAppointment {
            slot: None,
            wish_deputy: None,
            mode: Mode::OnSite,
            name: "李女士".into(),
            topic: "电梯停了".into(),
            access_needs: String::new(),
            people: 1,
            instead_of: None,
        }
    }

    fn codes(new: &NewAppointment) -> Vec<(String, String)> {
        let wrong = new.check(&[Mode::OnSite, Mode::Phone]);
        wrong.into_iter().map(|error| (error.field, error.code)).collect()
    }

    #[test]
    fn a_booking_is_checked_field_by_field_in_the_order_of_the_form() {
        assert!(codes(&new()).is_empty());
        let wrong = NewAppointment {
            mode: Mode::Online,
            topic: "长".repeat(201),
            access_needs: "长".repeat(101),
            people: 11,
            name: "  ".into(),
            ..new()
        };
        let fields: Vec<_> = codes(&wrong)
            .into_iter()
            .map(|(field, code)| [field, code].join(" "))
            .collect();
        assert_eq!(
            fields,
            [
                "mode unknown",
                "topic too_long",
                "needs_other too_long",
                "people invalid",
                "called required"
            ]
        );
        let short = NewAppointment {
            topic: "梯".into(),
            ..new()
        };
        assert_eq!(codes(&short), [("topic".to_owned(), "too_short".to_owned())]);
    }
}
