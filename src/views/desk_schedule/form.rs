//! The form of a rule as typed, and what it means.

use liaison_domain::calendar::Date;
use liaison_domain::dto::{FieldError, RuleInput};
use liaison_domain::reception::{Mode as Way, SessionKind};
use liaison_domain::schedule::{Exception, HolidayPolicy, Mode, Rule, Time};
use std::str::FromStr;

/// Empty lines offered beyond what is filled in: for deputies, for exceptions.
const SPARE: [usize; 2] = [4, 2];

/// One line of the exceptions, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExceptionLine {
    /// The day that the rule names.
    pub date: String,
    /// Where it goes; empty: it falls away.
    pub to: String,
    /// Why.
    pub reason: String,
}

impl ExceptionLine {
    fn is_empty(&self) -> bool {
        self.date.trim().is_empty() && self.to.trim().is_empty() && self.reason.trim().is_empty()
    }
}

/// The form as typed; it comes back unchanged when something is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleForm {
    /// Id of the station.
    pub station_id: String,
    /// A code of [`SessionKind`].
    pub kind: String,
    /// What it is called; empty: as its kind.
    pub title: String,
    /// A code of [`Mode`].
    pub mode: String,
    /// Which of the month, −1 for the last.
    pub nth: Vec<String>,
    /// 1 for Monday to 7 for Sunday.
    pub weekday: String,
    /// 「9、19」.
    pub days: String,
    /// Months it holds in; none: all.
    pub months: Vec<String>,
    /// The one day of `once`.
    pub date: String,
    /// When it begins: `14:30`.
    pub start: String,
    /// When it ends.
    pub end: String,
    /// A code of [`HolidayPolicy`].
    pub holiday: String,
    /// The first day; empty: from now on.
    pub valid_from: String,
    /// The last day; empty: without end.
    pub valid_to: String,
    /// Where, if not at the station.
    pub place: String,
    /// Minutes a talk.
    pub slot_minutes: String,
    /// Talks at the same time while no deputy is named.
    pub seats: String,
    /// Codes of the ways to meet.
    pub modes: Vec<String>,
    /// By turn; empty lines in between are passed over.
    pub deputies: Vec<String>,
    /// Deputies a time.
    pub each: String,
    /// Days that are otherwise.
    pub exceptions: Vec<ExceptionLine>,
    /// What was read before; empty for a new rule.
    pub version: String,
}

fn texts<T: ToString>(items: &[T]) -> Vec<String> {
    items.iter().map(T::to_string).collect()
}

fn day_text(day: Option<Date>) -> String {
    day.map(Date::iso).unwrap_or_default()
}

impl RuleForm {
    /// An empty form for a station, with what most rules have.
    pub fn new(station_id: &str) -> Self {
        Self {
            station_id: station_id.to_owned(),
            kind: SessionKind::Ordinary.code().to_owned(),
            mode: Mode::NthWeekday.code().to_owned(),
            nth: texts(&[2, 4]),
            weekday: "4".to_owned(),
            start: "14:30".to_owned(),
            end: "17:00".to_owned(),
            holiday: HolidayPolicy::Skip.code().to_owned(),
            slot_minutes: "15".to_owned(),
            seats: "2".to_owned(),
            modes: vec![Way::OnSite.code().to_owned()],
            each: "2".to_owned(),
            ..Self::default()
        }
    }

    /// A rule as it is kept.
    pub fn of(settings: &RuleInput, version: i64) -> Self {
        let rule = &settings.rule;
        Self {
            station_id: settings.station_id.clone(),
            kind: settings.kind.code().to_owned(),
            title: settings.title.clone(),
            mode: rule.mode.code().to_owned(),
            nth: texts(&rule.nth),
            weekday: rule.weekday.map(|day| day.to_string()).unwrap_or_default(),
            days: texts(&rule.days).join("、"),
            months: texts(&rule.months),
            date: day_text(rule.date),
            start: rule.start.text(),
            end: rule.end.text(),
            holiday: rule.holiday.code().to_owned(),
            valid_from: day_text(rule.valid_from),
            valid_to: day_text(rule.valid_to),
            place: settings.place.clone(),
            slot_minutes: settings.slot_minutes.to_string(),
            seats: settings.seats.to_string(),
            modes: settings.modes.iter().map(|way| way.code().to_owned()).collect(),
            deputies: settings.deputies.clone(),
            each: settings.each.to_string(),
            exceptions: rule
                .exceptions
                .iter()
                .map(|exception| ExceptionLine {
                    date: exception.date.iso(),
                    to: day_text(exception.to),
                    reason: exception.reason.clone(),
                })
                .collect(),
            version: version.to_string(),
        }
    }

    /// What a form posted.
    pub fn read(pairs: &[(String, String)]) -> Self {
        let all = |name: &str| -> Vec<String> {
            let found = pairs.iter().filter(|(known, _)| known == name);
            found.map(|(_, value)| value.trim().to_owned()).collect()
        };
        let get = |name: &str| all(name).into_iter().next().unwrap_or_default();
        let (to, reason) = (all("x_to"), all("x_reason"));
        let at = |list: &[String], place: usize| list.get(place).cloned().unwrap_or_default();
        Self {
            station_id: get("station_id"),
            kind: get("kind"),
            title: get("title"),
            mode: get("mode"),
            nth: all("nth"),
            weekday: get("weekday"),
            days: get("days"),
            months: all("months"),
            date: get("date"),
            start: get("start"),
            end: get("end"),
            holiday: get("holiday"),
            valid_from: get("valid_from"),
            valid_to: get("valid_to"),
            place: get("place"),
            slot_minutes: get("slot_minutes"),
            seats: get("seats"),
            modes: all("modes"),
            deputies: all("deputies").into_iter().filter(|id| !id.is_empty()).collect(),
            each: get("each"),
            exceptions: all("x_date")
                .into_iter()
                .enumerate()
                .map(|(place, date)| ExceptionLine {
                    date,
                    to: at(&to, place),
                    reason: at(&reason, place),
                })
                .filter(|line| !line.is_empty())
                .collect(),
            version: get("version"),
        }
    }

    /// The chosen places of a month and weekday, or what a new form shows while none is chosen.
    pub fn shown_days(&self) -> (Vec<i8>, u8) {
        let nth: Vec<i8> = numbers(&self.nth);
        let weekday = self.weekday.parse().ok().filter(|day| (1..=7).contains(day));
        (if nth.is_empty() { vec![2, 4] } else { nth }, weekday.unwrap_or(4))
    }

    /// Lines for deputies: those chosen, and some to fill in.
    pub fn deputy_lines(&self) -> Vec<String> {
        let mut lines = self.deputies.clone();
        lines.resize(lines.len() + SPARE[0], String::new());
        lines
    }

    /// Lines for exceptions, as [`Self::deputy_lines`].
    pub fn exception_lines(&self) -> Vec<ExceptionLine> {
        let mut lines = self.exceptions.clone();
        lines.resize(lines.len() + SPARE[1], ExceptionLine::default());
        lines
    }

    /// The rule it asks for.
    ///
    /// # Errors
    /// What cannot be read, field by field, in the order of the form. Whether a rule makes sense is checked elsewhere.
    pub fn input(&self) -> Result<RuleInput, Vec<FieldError>> {
        let mut wrong = Wrong(Vec::new());
        let mode = Mode::from_code(&self.mode).unwrap_or(Mode::NthWeekday);
        let by_week = matches!(mode, Mode::NthWeekday | Mode::WeekOfMonth);
        let mut rule = Rule::new(mode, wrong.time("start", &self.start), wrong.time("end", &self.end));
        // What the chosen mode does not use is not kept: a rule says only what holds.
        if by_week {
            rule.nth = numbers(&self.nth);
        }
        if by_week || mode == Mode::Weekly {
            rule.weekday = self.weekday.parse().ok();
        }
        if mode == Mode::MonthlyDay {
            rule.days = wrong.days(&self.days);
        }
        if mode == Mode::Once {
            rule.date = wrong.day("date", &self.date);
        } else {
            rule.months = numbers(&self.months);
            rule.valid_from = wrong.day("valid_from", &self.valid_from);
            rule.valid_to = wrong.day("valid_to", &self.valid_to);
        }
        rule.holiday = HolidayPolicy::from_code(&self.holiday).unwrap_or_default();
        for (place, line) in self.exceptions.iter().enumerate() {
            let field = format!("exceptions.{place}");
            let to = wrong.day(&field, &line.to);
            match Date::parse(&line.date) {
                Some(date) => rule.exceptions.push(Exception {
                    date,
                    to,
                    reason: line.reason.clone(),
                }),
                None => wrong.add(&field, "date"),
            }
        }
        let input = RuleInput {
            station_id: self.station_id.clone(),
            kind: SessionKind::from_code(&self.kind).unwrap_or(SessionKind::Ordinary),
            title: self.title.clone(),
            place: self.place.clone(),
            rule,
            deputies: self.deputies.clone(),
            each: number(&self.each),
            slot_minutes: number(&self.slot_minutes),
            seats: number(&self.seats),
            modes: self.modes.iter().filter_map(|code| Way::from_code(code)).collect(),
        };
        if wrong.0.is_empty() { Ok(input) } else { Err(wrong.0) }
    }
}

fn numbers<T: FromStr>(texts: &[String]) -> Vec<T> {
    texts.iter().filter_map(|text| text.parse().ok()).collect()
}

/// 0, which no field takes, for what is no number.
fn number(text: &str) -> u32 {
    text.trim().parse().unwrap_or(0)
}

/// What could not be read so far.
struct Wrong(Vec<FieldError>);

impl Wrong {
    fn add(&mut self, field: &str, code: &str) {
        if !self.0.iter().any(|known| known.field == field) {
            self.0.push(FieldError {
                field: field.to_owned(),
                code: code.to_owned(),
                limit: None,
            });
        }
    }

    fn time(&mut self, field: &str, text: &str) -> Time {
        Time::parse(text).unwrap_or_else(|| {
            self.add(field, "time");
            Time(0)
        })
    }

    /// None for an empty field.
    fn day(&mut self, field: &str, text: &str) -> Option<Date> {
        let text = text.trim();
        let day = Date::parse(text);
        if day.is_none() && !text.is_empty() {
            self.add(field, "date");
        }
        day
    }

    fn days(&mut self, text: &str) -> Vec<u8> {
        let parts = text
            .split(|c: char| !c.is_ascii_digit())
            .filter(|part| !part.is_empty());
        let read: Vec<Option<u8>> = parts.map(|part| part.parse().ok()).collect();
        if read.iter().any(Option::is_none) {
            self.add("days", "invalid");
        }
        read.into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        fields
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    #[test]
    fn a_form_gives_its_rule_and_the_rule_gives_the_form_again() {
        let form = RuleForm::read(&pairs(&[
            ("station_id", "s"),
            ("kind", "ordinary"),
            ("mode", "monthly_day"),
            ("nth", "2"),
            ("weekday", "4"),
            ("days", "9、19"),
            ("months", "3"),
            ("start", "9：00"),
            ("end", "11:30"),
            ("holiday", "next_workday"),
            ("deputies", "d-b"),
            ("deputies", ""),
            ("deputies", "d-a"),
            ("each", "1"),
            ("slot_minutes", "15"),
            ("seats", "2"),
            ("modes", "onsite"),
            ("modes", "phone"),
            ("x_date", "2026-12-09"),
            ("x_to", ""),
            ("x_reason", "换届"),
            ("x_date", ""),
            ("x_to", ""),
            ("x_reason", ""),
        ]));
        let input = form.input().expect("a rule");
        assert_eq!(
            input.rule.words(),
            "3月 9 日、19 日 09:00–11:30，遇节假日顺延至下一工作日"
        );
        assert!(input.rule.nth.is_empty(), "days by number have no weekday");
        assert_eq!(input.deputies, ["d-b", "d-a"]);
        assert_eq!(input.rule.exceptions.len(), 1);
        let again = RuleForm::of(&input, 3);
        assert_eq!(again.input().expect("the same"), input);
        assert_eq!(again.version, "3");
    }

    #[test]
    fn what_cannot_be_read_is_named_and_stays_typed() {
        let form = RuleForm::read(&pairs(&[
            ("mode", "weekly"),
            ("weekday", "3"),
            ("start", "半夜"),
            ("end", "20:00"),
            ("valid_from", "明年"),
            ("x_date", "某天"),
        ]));
        let wrong = form.input().expect_err("three things");
        let fields: Vec<&str> = wrong.iter().map(|wrong| wrong.field.as_str()).collect();
        assert_eq!(fields, ["start", "valid_from", "exceptions.0"]);
        assert_eq!(form.start, "半夜");
    }
}
