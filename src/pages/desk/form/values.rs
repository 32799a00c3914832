//! What has been typed into a form: names and texts.

use liaison_domain::Millis;
use liaison_domain::calendar::Date;
use serde::{Deserialize, Serialize};

/// Names and texts, in no order that matters. Several choices of one field are joined by commas.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Values(Vec<(String, String)>);

impl Values {
    /// These names and texts.
    pub const fn of(all: Vec<(String, String)>) -> Self {
        Self(all)
    }

    /// The text of a field; empty when there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value)
    }

    /// Sets a field's text.
    pub fn set(&mut self, name: &str, value: &str) {
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => value.clone_into(old),
            None => self.0.push((name.to_owned(), value.to_owned())),
        }
    }

    /// Every name with its text.
    pub fn all(&self) -> &[(String, String)] {
        &self.0
    }

    /// The text without space around it.
    pub fn trimmed(&self, name: &str) -> String {
        self.get(name).trim().to_owned()
    }

    /// The text, if there is any.
    pub fn some(&self, name: &str) -> Option<String> {
        let text = self.get(name).trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// The choices of a field.
    pub fn many(&self, name: &str) -> Vec<String> {
        self.get(name)
            .split(',')
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// The uploads of a field, without their secrets.
    pub fn uploads(&self, name: &str) -> Vec<String> {
        let id = |carried: String| carried.split('.').next().unwrap_or_default().to_owned();
        self.many(name).into_iter().map(id).collect()
    }

    /// Adds a choice to a field or takes it away.
    pub fn toggle(&mut self, name: &str, choice: &str, on: bool) {
        let mut chosen = self.many(name);
        chosen.retain(|known| known != choice);
        if on {
            chosen.push(choice.to_owned());
        }
        self.set(name, &chosen.join(","));
    }

    /// The end of the day a field names.
    pub fn until(&self, name: &str) -> Option<Millis> {
        Date::parse(self.get(name).trim()).map(Date::end)
    }

    /// What differs from other values, as far as those have it: used to keep only what was really typed.
    pub fn differs_from(&self, other: &Self) -> bool {
        self.0.iter().any(|(name, value)| other.get(name) != value)
    }

    /// Takes over what `kept` has for fields that exist here.
    pub fn take_over(&mut self, kept: &Self) {
        for (name, value) in &mut self.0 {
            if let Some((_, text)) = kept.0.iter().find(|(known, _)| known == name) {
                text.clone_into(value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_are_added_and_taken_away() {
        let mut values = Values::default();
        values.toggle("co", "a", true);
        values.toggle("co", "b", true);
        values.toggle("co", "a", true);
        assert_eq!(values.many("co"), ["b", "a"]);
        values.toggle("co", "b", false);
        assert_eq!(values.get("co"), "a");
    }

    #[test]
    fn kept_text_comes_back_only_for_fields_that_exist() {
        let mut values = Values::default();
        values.set("text", "");
        let mut kept = Values::default();
        kept.set("text", "写了一半");
        kept.set("gone", "x");
        values.take_over(&kept);
        assert_eq!(values.get("text"), "写了一半");
        assert_eq!(values.get("gone"), "");
    }

    #[test]
    fn a_day_ends_at_its_last_millisecond() {
        let mut values = Values::default();
        values.set("due_at", "2026-12-05");
        assert_eq!(
            values.until("due_at").map(liaison_domain::calendar::date_of),
            Date::new(2026, 12, 5)
        );
        assert_eq!(values.until("other"), None);
    }
}
