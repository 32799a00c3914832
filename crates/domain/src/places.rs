//! What may stand on the pages of stations and deputies: how much, and which coordinates there are.

use crate::dto::{DeputyInput, FieldError, PhotoInput, StationInput};

/// Pictures of a station.
pub const PHOTOS: usize = 6;
/// Longest description of a picture, in characters.
pub const ALT: usize = 60;
/// Longest address.
pub const ADDRESS: usize = 80;
/// Longest telephone number.
pub const PHONE: usize = 30;
/// Longest opening hours.
pub const OPENING: usize = 120;
/// People and duties to call.
pub const CONTACTS: usize = 4;
/// Longest name of one.
pub const CONTACT: usize = 30;
/// Lines of scope, charter, principles.
pub const LINES: usize = 12;
/// Longest line of them.
pub const LINE: usize = 160;
/// Longest way of coming.
pub const WAY: usize = 200;
/// Longest words of a deputy about themselves.
pub const BIO: usize = 500;
/// Things a deputy knows.
pub const TAGS: usize = 8;
/// Longest of them.
pub const TAG: usize = 12;

/// Where everybody finds a picture of a station or deputy; `size` is `full`, `middle` or `thumb`.
pub fn photo_address(id: &str, size: &str) -> String {
    ["/api/v1/photos/", id, "/", size].concat()
}

fn wrong(field: impl Into<String>, code: &str, limit: Option<usize>) -> FieldError {
    FieldError {
        field: field.into(),
        code: code.to_owned(),
        limit: limit.map(|limit| limit as u64),
    }
}

/// A text that must be there and not too long.
fn needed(field: &str, text: &str, max: usize) -> Option<FieldError> {
    if text.trim().is_empty() {
        return Some(wrong(field, "required", None));
    }
    short(field, text, max)
}

/// A text that may be empty but not too long.
fn short(field: &str, text: &str, max: usize) -> Option<FieldError> {
    (text.trim().chars().count() > max).then(|| wrong(field, "too_long", Some(max)))
}

fn lines(field: &str, lines: &[String], max: usize, longest: usize) -> Option<FieldError> {
    if lines.len() > max {
        return Some(wrong(field, "too_many", Some(max)));
    }
    if lines.iter().any(|line| line.trim().is_empty()) {
        return Some(wrong(field, "required", None));
    }
    lines.iter().find_map(|line| short(field, line, longest))
}

/// Digits, and what people write between them.
fn is_phone(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_digit() || matches!(c, '-' | ' ' | '+' | '(' | ')' | '转');
    text.chars().filter(char::is_ascii_digit).count() >= 3 && text.chars().all(fits)
}

fn phone(field: &str, text: &str) -> Option<FieldError> {
    needed(field, text, PHONE).or_else(|| (!is_phone(text.trim())).then(|| wrong(field, "invalid", None)))
}

fn photos(found: &[PhotoInput], max: usize, is_described: bool) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if found.len() > max {
        errors.push(wrong("photos", "too_many", Some(max)));
    }
    for (at, photo) in found.iter().enumerate() {
        if found[..at].iter().any(|other| other.id == photo.id) {
            errors.push(wrong(format!("photos.{at}"), "twice", None));
        }
        if is_described {
            errors.extend(needed(&format!("photos.{at}.alt"), &photo.alt, ALT));
        }
    }
    errors
}

/// What is wrong with a station's page, in the order of the form.
pub fn check_station(input: &StationInput) -> Vec<FieldError> {
    let mut errors: Vec<FieldError> = [
        needed("address", &input.address, ADDRESS),
        phone("phone", &input.phone),
        needed("opening", &input.opening, OPENING),
    ]
    .into_iter()
    .flatten()
    .collect();
    if input.contacts.len() > CONTACTS {
        errors.push(wrong("contacts", "too_many", Some(CONTACTS)));
    }
    for (at, contact) in input.contacts.iter().enumerate() {
        errors.extend(needed(&format!("contacts.{at}.name"), &contact.name, CONTACT));
        errors.extend(phone(&format!("contacts.{at}.phone"), &contact.phone));
    }
    let ways = &input.directions;
    errors.extend(
        [
            short("directions.bus", &ways.bus, WAY),
            short("directions.metro", &ways.metro, WAY),
            short("directions.parking", &ways.parking, WAY),
            short("directions.step_free", &ways.step_free, WAY),
            (!(-180.0..=180.0).contains(&input.lng)).then(|| wrong("lng", "invalid", None)),
            (!(-90.0..=90.0).contains(&input.lat)).then(|| wrong("lat", "invalid", None)),
            lines("scope", &input.scope, LINES, LINE),
            lines("charter", &input.charter, LINES, LINE),
            lines("principles", &input.principles, LINES, LINE),
        ]
        .into_iter()
        .flatten(),
    );
    errors.extend(photos(&input.photos, PHOTOS, true));
    errors
}

/// What is wrong with a deputy's page.
pub fn check_deputy(input: &DeputyInput) -> Vec<FieldError> {
    let mut errors: Vec<FieldError> = [
        needed("bio", &input.bio, BIO),
        lines("expertise", &input.expertise, TAGS, TAG),
    ]
    .into_iter()
    .flatten()
    .collect();
    let twice = |(at, tag): (usize, &String)| input.expertise[..at].contains(tag);
    if input.expertise.iter().enumerate().any(twice) {
        errors.push(wrong("expertise", "twice", None));
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dto::{Contact, Directions};

    fn station() -> StationInput {
        StationInput {
            address: "银杏路 18 号".into(),
            phone: "0199-1001".into(),
            opening: "周一至周五".into(),
            contacts: vec![Contact {
                name: "站长".into(),
                phone: "(0199) 1001 转 2".into(),
            }],
            scope: vec!["身边事".into()],
            charter: Vec::new(),
            principles: vec!["转出去不算答复".into()],
            directions: Directions::default(),
            lng: 123.412,
            lat: 27.561,
            photos: vec![PhotoInput {
                id: "p".into(),
                token: None,
                alt: "站门口".into(),
            }],
        }
    }

    /// The only thing that is wrong.
    fn only(change: impl FnOnce(&mut StationInput)) -> (String, String) {
        let mut input = station();
        change(&mut input);
        let mut errors = check_station(&input);
        assert_eq!(errors.len(), 1, "{errors:?}");
        let error = errors.remove(0);
        (error.field, error.code)
    }

    fn said(field: &str, code: &str) -> (String, String) {
        (field.to_owned(), code.to_owned())
    }

    #[test]
    fn a_station_as_it_should_be_is_taken() {
        assert_eq!(check_station(&station()), []);
    }

    #[test]
    fn coordinates_out_of_the_world_are_refused_and_its_edges_are_not() {
        // Longitude and latitude written the other way round.
        let turned = only(|s| (s.lng, s.lat) = (27.561, 123.412));
        assert_eq!(turned, said("lat", "invalid"));
        assert_eq!(only(|s| s.lng = 180.000_001), said("lng", "invalid"));
        assert_eq!(only(|s| s.lng = f64::NAN), said("lng", "invalid"));
        assert_eq!(only(|s| s.lat = f64::INFINITY), said("lat", "invalid"));
        let edge = StationInput {
            lng: -180.0,
            lat: 90.0,
            ..station()
        };
        assert_eq!(check_station(&edge), []);
    }

    #[test]
    fn every_picture_says_what_it_shows() {
        assert_eq!(only(|s| s.photos[0].alt = " ".into()), said("photos.0.alt", "required"));
        assert_eq!(only(|s| s.photos.push(s.photos[0].clone())), said("photos.1", "twice"));
        let many = |s: &mut StationInput| {
            s.photos = (0..=PHOTOS)
                .map(|n| PhotoInput {
                    id: n.to_string(),
                    ..s.photos[0].clone()
                })
                .collect();
        };
        assert_eq!(only(many), said("photos", "too_many"));
    }

    #[test]
    fn a_number_to_call_is_a_number() {
        assert_eq!(
            only(|s| s.phone = "javascript:alert(1)".into()),
            said("phone", "invalid")
        );
        assert_eq!(
            only(|s| s.contacts[0].phone = "问门卫".into()),
            said("contacts.0.phone", "invalid")
        );
        assert_eq!(
            only(|s| s.contacts[0].name = String::new()),
            said("contacts.0.name", "required")
        );
    }

    #[test]
    fn what_a_deputy_knows_is_said_once_and_shortly() {
        let deputy = |tags: &[&str]| DeputyInput {
            bio: "教了十九年语文。".into(),
            expertise: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            photo: None,
        };
        assert_eq!(check_deputy(&deputy(&["教育", "托管"])), []);
        assert_eq!(check_deputy(&deputy(&["教育", "教育"]))[0].code, "twice");
        assert_eq!(
            check_deputy(&deputy(&["一二三四五六七八九十一二三"]))[0].code,
            "too_long"
        );
        assert_eq!(check_deputy(&deputy(&["甲"; TAGS + 1]))[0].code, "too_many");
    }
}
