//! Receptions as calendar files (RFC 5545), to keep or to subscribe to. Times are UTC, so that no phone needs to know
//! China's time zone.

use chrono::{DateTime, Duration, Utc};
use icalendar::{Calendar, Component as _, Event, EventLike as _, EventStatus, Property};
use liaison_domain::Millis;
use liaison_domain::dto::ReceptionCard;
use liaison_domain::reception::SessionState;
use liaison_store::receptions::Session;
use liaison_web::i18n::zh::receptions as words;

/// How often a subscription asks again.
const REFRESH_HOURS: i64 = 6;

/// A calendar of receptions. `base`: the site's address, `https://HOST`.
pub fn file(name: &str, base: &str, receptions: &[(Session, ReceptionCard)]) -> String {
    let mut calendar = Calendar::empty();
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//liaison-station//receptions//ZH"),
        ("CALSCALE", "GREGORIAN"),
    ] {
        calendar.append_property(Property::new(key, value));
    }
    calendar
        .name(name)
        .timezone("Asia/Shanghai")
        .ttl(&Duration::hours(REFRESH_HOURS));
    for (session, card) in receptions {
        calendar.push(event(base, session, card));
    }
    calendar.to_string()
}

fn event(base: &str, session: &Session, card: &ReceptionCard) -> Event {
    // When it was last made known differently: the same file as long as nothing changes.
    let changed = [session.announced_at, session.cancelled_at, session.closed_at]
        .into_iter()
        .flatten()
        .fold(session.created_at, Millis::max);
    let status = match card.state {
        SessionState::Cancelled => EventStatus::Cancelled,
        SessionState::Planned => EventStatus::Tentative,
        SessionState::Announced | SessionState::Held => EventStatus::Confirmed,
    };
    let mut event = Event::new();
    event
        .uid(&format!("reception-{}@liaison-station", session.id))
        .timestamp(utc(changed))
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
