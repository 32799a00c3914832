use super::*;
use crate::calendar::{Date, HOUR_MS};
use proptest::prelude::*;

fn booking(state: SessionState, kind: SessionKind) -> Booking {
    Booking {
        kind,
        state,
        starts_at: 100 * HOUR_MS,
        closes_hours: 2,
    }
}

#[test]
fn booking_ends_two_hours_before_and_says_why_not() {
    let planned = booking(SessionState::Planned, SessionKind::Ordinary);
    assert_eq!(planned.check(98 * HOUR_MS - 1), Ok(()));
    assert_eq!(planned.check(98 * HOUR_MS), Err(Refused::TooLate));
    let cancelled = booking(SessionState::Cancelled, SessionKind::Ordinary);
    assert_eq!(cancelled.check(0), Err(Refused::Cancelled));
    let study = booking(SessionState::Announced, SessionKind::StudyDay);
    assert_eq!(study.check(0), Err(Refused::NotBookable));
}

#[test]
fn an_offer_leaves_time_for_one_more() {
    let terms = OfferTerms {
        hours: 12,
        closes_at: 100 * HOUR_MS,
    };
    assert_eq!(offer_until(terms, 0), Some(12 * HOUR_MS));
    assert_eq!(offer_until(terms, 90 * HOUR_MS), Some(95 * HOUR_MS));
    assert_eq!(offer_until(terms, 100 * HOUR_MS), None);
}

#[test]
fn a_reception_that_began_is_neither_announced_nor_moved() {
    use {SessionAct as A, SessionState as S};
    assert_eq!(S::Planned.after(A::Announce, 10, 9), Some(S::Announced));
    assert_eq!(S::Planned.after(A::Announce, 10, 10), None);
    assert_eq!(S::Announced.after(A::Change, 10, 10), None);
    assert_eq!(S::Announced.after(A::Close, 10, 9), None);
    assert_eq!(S::Announced.after(A::Cancel, 10, 11), Some(S::Cancelled));
    for act in [A::Announce, A::Change, A::Cancel, A::Close] {
        assert_eq!(S::Cancelled.after(act, 10, 9), None);
        assert_eq!(S::Held.after(act, 10, 11), None);
    }
}

#[test]
fn a_code_is_shown_in_two_groups() {
    assert_eq!(checkin_code("482107"), "4821 07");
    assert_eq!(checkin_code("48"), "48");
}

#[test]
fn a_booking_is_called_by_day_time_and_station() {
    let at = Date::parse("2026-11-26").expect("a date").at_minute(14 * 60 + 5);
    assert_eq!(
        booking_title(at, true, "云帆街道联络站"),
        "11月26日（星期四）14:05 云帆街道联络站接待"
    );
    assert_eq!(
        booking_title(at, false, "云帆街道联络站"),
        "11月26日（星期四） 云帆街道联络站接待"
    );
}

#[test]
fn day_words_name_the_weekday() {
    let day = Date::parse("2026-11-26").expect("a date");
    assert_eq!(crate::schedule::day_words(day), "11月26日（星期四）");
}

proptest! {
    /// Whatever happens to a booking, it ends, and nothing brings it back from an end but arriving late.
    #[test]
    fn every_booking_comes_to_an_end(acts in proptest::collection::vec(0..BookingAct::ALL.len(), 0..20)) {
        let mut state = BookingState::Waiting;
        for at in acts {
            let act = BookingAct::ALL[at];
            if let Some(next) = state.after(act) {
                prop_assert!(state.is_open() || (state, act) == (BookingState::NoShow, BookingAct::CheckIn));
                prop_assert_ne!(next, state);
                state = next;
            }
        }
        let way_out = BookingAct::ALL.iter().any(|act| state.after(*act).is_some_and(|next| !next.is_open()));
        prop_assert!(way_out || !state.is_open());
    }

    #[test]
    fn an_offer_never_outlives_the_booking(now in 0..200 * HOUR_MS, closes_at in 0..200 * HOUR_MS, hours in 1..48_u32) {
        match offer_until(OfferTerms { hours, closes_at }, now) {
            Some(until) => prop_assert!(now < until && until <= closes_at),
            None => prop_assert!(now >= closes_at),
        }
    }
}
