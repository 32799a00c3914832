//! The form of a booking: as typed, and what it asks for.

#![allow(missing_docs, reason = "fields of forms whose names say it all need no sentence")]

use crate::i18n::zh::bookings as words;
use liaison_domain::dto::{BookOptions, NewAppointment, SlotChoice, SlotView};
use liaison_domain::reception::Mode;
use liaison_domain::{Id, Millis};

/// What stands for the waiting list where a time is chosen.
pub(super) const WAIT: &str = "wait";

/// The form as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BookForm {
    /// A time and who is met, as [`slot_value`] writes them; or `wait`.
    pub slot: String,
    /// For the waiting list: the deputy's id, or empty.
    pub wish: String,
    /// A code of [`Mode`].
    pub mode: String,
    /// What it is about.
    pub topic: String,
    /// Of [`words::NEEDS_ALL`].
    pub needs: Vec<String>,
    /// What else somebody needs.
    pub needs_other: String,
    /// How many come.
    pub people: String,
    /// How whoever books is called.
    pub called: String,
    /// One's own booking that this one stands in for, or empty.
    pub instead: String,
}

/// A time in a form: `1773295200000.deputy-id`.
pub(super) fn slot_value(slot: &SlotView) -> String {
    let deputy = slot.deputy_id.as_deref().unwrap_or_default();
    [&slot.starts_at.to_string(), ".", deputy].concat()
}

impl BookForm {
    /// Chooses the time that begins at `at`, with this deputy or whoever is there. Tells whether it is free.
    pub fn choose(&mut self, data: &BookOptions, at: Millis, deputy: Option<&Id>) -> bool {
        let mut slots = data.slots.iter().filter(|slot| slot.free);
        let wanted = slots.find(|slot| slot.starts_at == at && slot.deputy_id.as_ref() == deputy);
        self.slot = wanted.map(slot_value).unwrap_or_default();
        wanted.is_some()
    }

    /// What a form posted.
    pub fn read(pairs: &[(String, String)]) -> Self {
        let mut form = Self::default();
        for (name, value) in pairs {
            let text = || value.trim().replace("\r\n", "\n");
            match name.as_str() {
                "slot" => form.slot = text(),
                "wish" => form.wish = text(),
                "mode" => form.mode = text(),
                "topic" => form.topic = text(),
                "needs" => form.needs.push(text()),
                "needs_other" => form.needs_other = text(),
                "people" => form.people = text(),
                "called" => form.called = text(),
                "instead" => form.instead = text(),
                _ => {}
            }
        }
        form
    }

    /// Needs as they are kept, read back into the form.
    pub fn take_needs(&mut self, kept: &str) {
        let (known, other): (Vec<&str>, Vec<&str>) = kept
            .split('、')
            .filter(|need| !need.is_empty())
            .partition(|need| words::NEEDS_ALL.contains(need));
        self.needs = known.into_iter().map(str::to_owned).collect();
        self.needs_other = other.join("、");
    }

    /// The booking it asks for; none while no time is chosen.
    pub fn booking(&self) -> Option<NewAppointment> {
        let slot = match self.slot.as_str() {
            WAIT => None,
            chosen => Some(read_slot(chosen)?),
        };
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let mut needs: Vec<&str> = words::NEEDS_ALL
            .iter()
            .copied()
            .filter(|need| self.needs.iter().any(|chosen| chosen == need))
            .collect();
        needs.extend(Some(self.needs_other.as_str()).filter(|other| !other.is_empty()));
        Some(NewAppointment {
            wish_deputy: if slot.is_none() { some(&self.wish) } else { None },
            slot,
            mode: Mode::from_code(&self.mode).unwrap_or(Mode::OnSite),
            name: self.called.clone(),
            topic: self.topic.clone(),
            access_needs: needs.join("、"),
            people: self.people.parse().unwrap_or(0),
            instead_of: some(&self.instead),
        })
    }
}

fn read_slot(text: &str) -> Option<SlotChoice> {
    let (at, deputy) = text.split_once('.')?;
    Some(SlotChoice {
        starts_at: at.parse().ok()?,
        deputy_id: Some(deputy.to_owned()).filter(|id| !id.is_empty()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_reads_back_what_it_wrote() {
        let slot = SlotView {
            starts_at: 1_773_295_200_000,
            deputy_id: Some("d-1".into()),
            deputy_name: Some("陆知遥".into()),
            free: true,
        };
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let form = BookForm::read(&[
            pair("slot", &slot_value(&slot)),
            pair("mode", "phone"),
            pair("topic", " 电梯\r\n停了 "),
            pair("needs", "听力不便"),
            pair("needs", "坐轮椅"),
            pair("needs_other", "带护工"),
            pair("people", "2"),
            pair("called", "李女士"),
        ]);
        let booking = form.booking().expect("a time is chosen");
        assert_eq!(
            booking.slot,
            Some(SlotChoice {
                starts_at: slot.starts_at,
                deputy_id: Some("d-1".into())
            })
        );
        assert_eq!(
            (booking.mode, booking.topic.as_str(), booking.people),
            (Mode::Phone, "电梯\n停了", 2)
        );
        assert_eq!(booking.access_needs, "坐轮椅、听力不便、带护工");
        let mut again = BookForm::default();
        again.take_needs(&booking.access_needs);
        assert_eq!((again.needs.len(), again.needs_other.as_str()), (2, "带护工"));
    }

    #[test]
    fn without_a_time_nothing_is_asked_for_and_the_line_has_none() {
        assert_eq!(BookForm::default().booking(), None);
        let broken = BookForm {
            slot: "soon".into(),
            ..BookForm::default()
        };
        assert_eq!(broken.booking(), None);
        let waits = BookForm {
            slot: WAIT.into(),
            wish: "d-1".into(),
            ..BookForm::default()
        };
        let booking = waits.booking().expect("the line");
        assert_eq!((booking.slot, booking.wish_deputy.as_deref()), (None, Some("d-1")));
    }
}
