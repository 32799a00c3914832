//! Receptions and bookings as calendar files (RFC 5545), to keep or to subscribe to. Times are UTC, so that no phone needs to know
//! China's time zone.

use chrono::{DateTime, Duration, Utc};
use icalendar::{Calendar, Component as _, Event, EventLike as _, EventStatus, Property};
use liaison_domain::Millis;
use liaison_domain::calendar::MINUTE_MS;
use liaison_domain::dto::{AppointmentView, ReceptionCard};
use liaison_domain::reception::{BookingState, SessionState};
use liaison_store::receptions::{Appointment, Session};
use liaison_web::i18n::zh::{bookings, receptions as words};

/// How often a subscription asks again.
const REFRESH_HOURS: i64 = 6;

/// A calendar of receptions. `base`: the site's address, `https://HOST`.
pub fn file(name: &str, base: &str, receptions: &[(Session, ReceptionCard)]) -> String {
    let events = receptions.iter().map(|(session, card)| event(base, session, card));
    calendar("receptions", name, events)
}

/// One's own booking as a calendar of one entry. None for whoever has no time yet.
pub fn booking_file(
    base: &str,
    appointment: &Appointment,
    session: &Session,
    booking: &AppointmentView,
) -> Option<String> {
    let starts_at = appointment.starts_at?;
    let is_off = booking.is_off();
    let status = match booking.state {
        _ if is_off => EventStatus::Cancelled,
        BookingState::Offered => EventStatus::Tentative,
        _ => EventStatus::Confirmed,
    };
    let own = format!("{base}/mine/bookings/{}", appointment.id);
    let changed = utc(appointment.updated_at.max(session.changed_at));
    let mut event = Event::new();
    event
        .uid(&format!("booking-{}@liaison-station", appointment.id))
        .timestamp(changed)
        .last_modified(changed)
        // Both only ever grow: so does their sum.
        .sequence(u32::try_from(appointment.version + session.version).unwrap_or(u32::MAX))
        .starts(utc(starts_at))
        .ends(utc(starts_at + Millis::from(session.slot_minutes) * MINUTE_MS))
        .status(status)
        .summary(&bookings::entry_title(booking, is_off))
        .location(&bookings::entry_place(booking))
        .description(&bookings::entry_text(booking, is_off, &own))
        .url(&own);
    let name = format!("{} {}", bookings::MINE, booking.station_name);
    Some(calendar("bookings", &name, std::iter::once(event.done())))
}

fn calendar(of: &str, name: &str, events: impl Iterator<Item = Event>) -> String {
    let mut calendar = Calendar::empty();
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", &*format!("-//liaison-station//{of}//ZH")),
        ("CALSCALE", "GREGORIAN"),
    ] {
        calendar.append_property(Property::new(key, value));
    }
    calendar
        .name(name)
        .timezone("Asia/Shanghai")
        .ttl(&Duration::hours(REFRESH_HOURS));
    for event in events {
        calendar.push(event);
    }
    calendar.to_string()
}

fn event(base: &str, session: &Session, card: &ReceptionCard) -> Event {
    // The moment it was last made different, not this one: the same file as long as nothing changes.
    let changed = utc(session.changed_at);
    // As it was decided, not as the clock has it: an entry does not change by becoming past.
    let status = match session.state {
        SessionState::Cancelled => EventStatus::Cancelled,
        SessionState::Planned => EventStatus::Tentative,
        SessionState::Announced | SessionState::Held => EventStatus::Confirmed,
    };
    let mut event = Event::new();
    event
        .uid(&format!("reception-{}@liaison-station", session.id))
        .timestamp(changed)
        .last_modified(changed)
        .sequence(u32::try_from(session.version).unwrap_or(u32::MAX))
        .starts(utc(session.starts_at))
        .ends(utc(session.ends_at))
        .status(status)
        .summary(&words::entry_title(card))
        .location(&format!("{} {}", card.station_name, card.place))
        .url(&format!("{base}/receptions/{}", session.id));
    let text = words::entry_text(card, &session.notice);
    if !text.is_empty() {
        event.description(&text);
    }
    event.done()
}

/// A moment that no reception is at, for one that no calendar can hold.
fn utc(at: Millis) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(at).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_never_longer_than_a_reader_must_take_and_no_character_is_cut() {
        let text = "听海区云帆街道人大代表联络站，请带好材料；".repeat(20);
        let mut calendar = Calendar::empty();
        calendar.name(&text);
        let file = calendar.to_string();
        for line in file.split("\r\n") {
            assert!(line.len() <= 75, "{} octets: {line}", line.len());
        }
        assert!(file.replace("\r\n ", "").contains(&text));
    }
}
