//! What a letter being written brings along besides its words: the matter it joins, a point on the map, whether one may
//! be called, who helps.

use liaison_domain::dto::{CaseCard, Helper, HelperConsent, LetterExtra, Spot};
use liaison_domain::geo::{Coordinates, decimal};
use serde::Serialize;

/// As far as it was answered. Empty text means "not answered".
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct FormExtra {
    /// Number of the published matter that the letter joins.
    pub join: String,
    /// Its title, to be read.
    pub join_title: String,
    /// Tapped, or where the device is.
    pub spot: Option<Spot>,
    /// None until answered: yes stands chosen.
    pub may_call: Option<bool>,
    /// Somebody fills in for the author.
    pub helping: Option<bool>,
    /// The helper's name.
    pub helper_name: String,
    /// How they know the author.
    pub helper_relation: String,
    /// Where the helper is reached.
    pub helper_phone: String,
    /// How the author agreed.
    pub helper_consent: Option<HelperConsent>,
}

liaison_domain::wire!(FormExtra {
    join,
    join_title,
    spot,
    may_call,
    helping,
    helper_name,
    helper_relation,
    helper_phone,
    helper_consent,
});

/// Names of the fields that the first question asks for about a helper.
pub const HELPER_FIELDS: &[&str] = &[
    "helping",
    "helper_name",
    "helper_relation",
    "helper_phone",
    "helper_consent",
];

impl FormExtra {
    /// The letter joins a published matter.
    pub fn joins(&self) -> bool {
        !self.join.is_empty()
    }

    /// Joins this matter, or none.
    pub fn join(&mut self, card: Option<&CaseCard>) {
        self.join = card.map(|card| card.no.clone()).unwrap_or_default();
        self.join_title = card.map(|card| card.title.clone()).unwrap_or_default();
    }

    /// Whether those who handle it may call: the answer, or what stands chosen before it.
    pub fn may_be_called(&self) -> bool {
        self.may_call.unwrap_or(true)
    }

    /// Somebody fills in for the author.
    pub fn is_helping(&self) -> bool {
        self.helping == Some(true)
    }

    /// How the author agreed: the answer, or what stands chosen before it.
    pub fn consent(&self) -> HelperConsent {
        self.helper_consent.unwrap_or(HelperConsent::Present)
    }

    /// Takes over one answer; false when it is none of these.
    pub fn take(&mut self, name: &str, value: &str) -> bool {
        let value = value.trim();
        match name {
            "join" => value.clone_into(&mut self.join),
            "join_title" => value.clone_into(&mut self.join_title),
            "spot" => self.spot = spot_of(value),
            "may_call" => self.may_call = Some(value == "yes"),
            "helping" => self.helping = Some(value == "yes"),
            "helper_name" => value.clone_into(&mut self.helper_name),
            "helper_relation" => value.clone_into(&mut self.helper_relation),
            "helper_phone" => value.clone_into(&mut self.helper_phone),
            "helper_consent" => self.helper_consent = HelperConsent::from_code(value),
            _ => return false,
        }
        true
    }

    /// Names and values for hidden fields, but those of the helper where `with_helper` is false.
    pub fn carried(&self, with_helper: bool, with_call: bool) -> Vec<(&'static str, String)> {
        let flag = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
        let mut all = vec![
            ("join", self.join.clone()),
            ("join_title", self.join_title.clone()),
            ("spot", self.spot.as_ref().map(written).unwrap_or_default()),
        ];
        if with_call {
            all.push(("may_call", self.may_call.map(flag).unwrap_or_default()));
        }
        if with_helper && self.is_helping() {
            all.extend([
                ("helping", flag(true)),
                ("helper_name", self.helper_name.clone()),
                ("helper_relation", self.helper_relation.clone()),
                ("helper_phone", self.helper_phone.clone()),
                ("helper_consent", self.consent().code().to_owned()),
            ]);
        }
        all.retain(|(_, value)| !value.is_empty());
        all
    }

    /// As the API takes it.
    pub fn letter(&self) -> LetterExtra {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        LetterExtra {
            join: some(&self.join),
            spot: self.spot.clone(),
            may_call: Some(self.may_be_called()),
            helper: self.is_helping().then(|| Helper {
                name: self.helper_name.trim().to_owned(),
                relation: self.helper_relation.trim().to_owned(),
                phone: some(&self.helper_phone),
                consent: self.consent(),
            }),
        }
    }
}

/// A point as a hidden field carries it; every digit comes back.
fn written(spot: &Spot) -> String {
    [&*decimal(spot.lng), &decimal(spot.lat), spot.coordinates.code()].join(",")
}

fn spot_of(text: &str) -> Option<Spot> {
    let mut parts = text.split(',');
    let spot = Spot {
        lng: parts.next()?.parse().ok()?,
        lat: parts.next()?.parse().ok()?,
        coordinates: Coordinates::from_code(parts.next()?)?,
    };
    spot.point().is_some().then_some(spot)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hidden_fields_carry_comes_back_bit_for_bit() {
        let form = FormExtra {
            join: "TH-2026-000001".into(),
            join_title: "路灯不亮".into(),
            spot: Some(Spot {
                lng: 123.412_345_679,
                lat: 27.561_000_001,
                coordinates: Coordinates::Wgs84,
            }),
            may_call: Some(false),
            helping: Some(true),
            helper_name: "小陈".into(),
            helper_relation: "网格员".into(),
            helper_phone: "19900000001".into(),
            helper_consent: Some(HelperConsent::Phone),
        };
        let mut back = FormExtra::default();
        for (name, value) in form.carried(true, true) {
            assert!(back.take(name, &value), "{name}");
        }
        assert_eq!(back, form);
        let (a, b) = (
            back.spot.unwrap_or_else(|| unreachable!()),
            form.spot.unwrap_or_else(|| unreachable!()),
        );
        assert_eq!((a.lng.to_bits(), a.lat.to_bits()), (b.lng.to_bits(), b.lat.to_bits()));
    }

    #[test]
    fn nothing_answered_carries_nothing_and_lets_call() {
        assert_eq!(FormExtra::default().carried(true, true), vec![]);
        let letter = FormExtra::default().letter();
        assert_eq!((letter.may_call, letter.helper, letter.join), (Some(true), None, None));
    }
}
