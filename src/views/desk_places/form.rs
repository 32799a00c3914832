//! The form of a station as typed, and what it means.

use liaison_domain::dto::{Contact, Directions, FieldError, PhotoInput, StationInput};
use liaison_domain::places::CONTACTS;

/// The form as typed; it comes back unchanged when something is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "each field is what its label says")]
pub struct StationForm {
    /// What was read before.
    pub version: String,
    pub address: String,
    pub phone: String,
    pub opening: String,
    /// Name and number, line by line; as many as there may be.
    pub contacts: Vec<(String, String)>,
    pub bus: String,
    pub metro: String,
    pub parking: String,
    pub step_free: String,
    pub lng: String,
    pub lat: String,
    /// A thing a line.
    pub scope: String,
    pub charter: String,
    pub principles: String,
}

fn lines(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect()
}

/// A coordinate as it was typed. Full-width digits and signs are read too.
fn degrees(text: &str) -> Option<f64> {
    let plain = text.trim().chars().map(|c| match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        '．' | '。' => '.',
        '－' | '−' => '-',
        _ => c,
    });
    plain
        .collect::<String>()
        .parse()
        .ok()
        .filter(|value: &f64| value.is_finite())
}

impl StationForm {
    /// A station as it is kept. Coordinates are written so that reading them gives the very same.
    pub fn of(settings: &StationInput, version: i64) -> Self {
        let ways = &settings.directions;
        let mut contacts: Vec<_> = settings
            .contacts
            .iter()
            .map(|contact| (contact.name.clone(), contact.phone.clone()))
            .collect();
        contacts.resize(CONTACTS.max(contacts.len()), <(String, String)>::default());
        Self {
            version: version.to_string(),
            address: settings.address.clone(),
            phone: settings.phone.clone(),
            opening: settings.opening.clone(),
            contacts,
            bus: ways.bus.clone(),
            metro: ways.metro.clone(),
            parking: ways.parking.clone(),
            step_free: ways.step_free.clone(),
            lng: settings.lng.to_string(),
            lat: settings.lat.to_string(),
            scope: settings.scope.join("\n"),
            charter: settings.charter.join("\n"),
            principles: settings.principles.join("\n"),
        }
    }

    /// As it was posted.
    pub fn read(pairs: &[(String, String)]) -> Self {
        let all = |name: &str| {
            let values = pairs.iter().filter(|(known, _)| known == name);
            values.map(|(_, value)| value.clone()).collect::<Vec<_>>()
        };
        let one = |name: &str| all(name).into_iter().next().unwrap_or_default();
        let phones = all("contact_phone");
        let contacts = all("contact_name")
            .into_iter()
            .enumerate()
            .map(|(at, name)| (name, phones.get(at).cloned().unwrap_or_default()))
            .take(CONTACTS)
            .collect();
        Self {
            version: one("version"),
            address: one("address"),
            phone: one("phone"),
            opening: one("opening"),
            contacts,
            bus: one("bus"),
            metro: one("metro"),
            parking: one("parking"),
            step_free: one("step_free"),
            lng: one("lng"),
            lat: one("lat"),
            scope: one("scope"),
            charter: one("charter"),
            principles: one("principles"),
        }
    }

    /// What it means, with the pictures, which have a form of their own.
    ///
    /// # Errors
    /// What cannot be read.
    pub fn input(&self, photos: Vec<PhotoInput>) -> Result<StationInput, Vec<FieldError>> {
        let unreadable = |field: &str| FieldError {
            field: field.to_owned(),
            code: "invalid".to_owned(),
            limit: None,
        };
        let (lng, lat) = (degrees(&self.lng), degrees(&self.lat));
        let wrong: Vec<FieldError> = [("lng", lng), ("lat", lat)]
            .into_iter()
            .filter(|(_, read)| read.is_none())
            .map(|(field, _)| unreadable(field))
            .collect();
        let (Some(lng), Some(lat)) = (lng, lat) else {
            return Err(wrong);
        };
        let contacts = self
            .contacts
            .iter()
            .filter(|(name, phone)| !(name.trim().is_empty() && phone.trim().is_empty()));
        Ok(StationInput {
            address: self.address.clone(),
            phone: self.phone.clone(),
            opening: self.opening.clone(),
            contacts: contacts
                .map(|(name, phone)| Contact {
                    name: name.clone(),
                    phone: phone.clone(),
                })
                .collect(),
            scope: lines(&self.scope),
            charter: lines(&self.charter),
            principles: lines(&self.principles),
            directions: Directions {
                bus: self.bus.clone(),
                metro: self.metro.clone(),
                parking: self.parking.clone(),
                step_free: self.step_free.clone(),
            },
            lng,
            lat,
            photos,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::degrees;

    #[test]
    fn coordinates_are_read_as_people_type_them() {
        assert_eq!(degrees(" 123.412 "), Some(123.412));
        assert_eq!(degrees("１２３．４１２"), Some(123.412));
        assert_eq!(degrees("－0.5"), Some(-0.5));
        for unreadable in ["", "东经 123", "123,4", "NaN", "inf"] {
            assert_eq!(degrees(unreadable), None, "{unreadable}");
        }
    }
}
