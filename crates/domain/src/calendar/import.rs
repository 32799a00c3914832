//! Reading a year's holidays from a file: iCalendar (`.ics`) as calendars publish it, or CSV as a spreadsheet saves it.
//!
//! Of iCalendar (RFC 5545) only whole-day `VEVENT`s are read: that is what holiday calendars consist of. Nothing is
//! guessed: what cannot be read is named with its line, and everything else is still read.

use super::date::Date;
use crate::lifecycle::coded_enum;
use std::collections::BTreeMap;

/// Longest event, in days: no holiday comes near it.
const LONGEST: i32 = 62;
/// Years a calendar can be about.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2099;
/// Longest name, in characters; what is longer is cut.
const NAME: usize = 40;

coded_enum! {
    /// Why a line was not read; the words stand in the clients' `i18n`.
    ImportProblem {
        /// Not a day, or of no year a calendar is about.
        Day = "day",
        /// Neither `workday` nor `holiday`.
        Kind = "kind",
        /// An event by the hour.
        Timed = "timed",
        /// An event that repeats by a rule.
        Repeats = "repeats",
        /// An end before the beginning, or too far behind it.
        Length = "length",
        /// The same day is free on one line and worked on another.
        Twice = "twice",
        /// A make-up work day that is no weekend day.
        Weekday = "weekday",
        /// An event without an end.
        Unfinished = "unfinished",
        /// Nothing in it could be a day.
        Empty = "empty",
    }
}

/// A day that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRow {
    /// Where it stands, from 1.
    pub line: u32,
    pub date: Date,
    /// A make-up work day (调休上班); else a day off.
    pub is_workday: bool,
    pub name: String,
}

/// A line that was not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportError {
    /// From 1; 0 for the whole file.
    pub line: u32,
    pub problem: ImportProblem,
    /// What stands there.
    pub text: String,
}

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Import {
    /// By date.
    pub rows: Vec<ImportRow>,
    pub errors: Vec<ImportError>,
}

/// Reads either kind: iCalendar tells itself by its first line.
pub fn import(text: &str) -> Import {
    let text = text.trim_start_matches('\u{feff}');
    let is_ics = text
        .trim_start()
        .get(.."BEGIN:VCALENDAR".len())
        .is_some_and(|head| head.eq_ignore_ascii_case("BEGIN:VCALENDAR"));
    let mut found = Found::default();
    if is_ics {
        ics(text, &mut found);
    } else {
        csv(text, &mut found);
    }
    found.settled()
}

/// What was found, before days that stand there twice are looked at.
#[derive(Default)]
struct Found {
    rows: Vec<ImportRow>,
    errors: Vec<ImportError>,
}

impl Found {
    fn wrong(&mut self, line: u32, problem: ImportProblem, text: &str) {
        self.errors.push(ImportError {
            line,
            problem,
            text: text.trim().chars().take(80).collect(),
        });
    }

    fn day(&mut self, line: u32, date: Date, is_workday: bool, name: &str) {
        if is_workday && !date.weekday().is_weekend() {
            self.wrong(line, ImportProblem::Weekday, &date.iso());
            return;
        }
        self.rows.push(ImportRow {
            line,
            date,
            is_workday,
            name: name.trim().chars().take(NAME).collect(),
        });
    }

    fn settled(self) -> Import {
        let mut errors = self.errors;
        let mut rows: BTreeMap<Date, ImportRow> = BTreeMap::new();
        for row in self.rows {
            match rows.get(&row.date) {
                None => {
                    rows.insert(row.date, row);
                }
                Some(first) if first.is_workday == row.is_workday => {}
                Some(_) => errors.push(ImportError {
                    line: row.line,
                    problem: ImportProblem::Twice,
                    text: row.date.iso(),
                }),
            }
        }
        if rows.is_empty() && errors.is_empty() {
            errors.push(ImportError {
                line: 0,
                problem: ImportProblem::Empty,
                text: String::new(),
            });
        }
        errors.sort_by_key(|error| error.line);
        Import {
            rows: rows.into_values().collect(),
            errors,
        }
    }
}

/// `2026-10-01`, `2026/10/1`, `2026.10.1`, `20261001`, `2026年10月1日`.
fn day(text: &str) -> Option<Date> {
    let text = text.trim();
    let compact = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = if compact {
        vec![&text[..4], &text[4..6], &text[6..]]
    } else {
        text.split(['-', '/', '.', '年', '月', '日'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect()
    };
    let [year, month, day] = parts[..] else { return None };
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?;
    YEARS.contains(&date.year).then_some(date)
}

// CSV.

/// `date,workday|holiday,name` a line; a header is passed over.
fn csv(text: &str, found: &mut Found) {
    let mut first = true;
    for (line, raw) in (1..).zip(text.lines()) {
        if raw.trim().is_empty() {
            continue;
        }
        let cells = cells(raw);
        let cell = |at: usize| cells.get(at).map_or("", |cell| cell.trim());
        let is_header = std::mem::take(&mut first) && !cell(0).contains(|c: char| c.is_ascii_digit());
        if is_header {
            continue;
        }
        match (day(cell(0)), kind(cell(1))) {
            (None, _) => found.wrong(line, ImportProblem::Day, raw),
            (_, None) => found.wrong(line, ImportProblem::Kind, raw),
            (Some(date), Some(is_workday)) => found.day(line, date, is_workday, cell(2)),
        }
    }
}

fn kind(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "workday" | "work" | "上班" | "班" | "补班" | "调休上班" | "工作日" => Some(true),
        "holiday" | "off" | "休" | "放假" | "节假日" | "假日" | "休息" => Some(false),
        _ => None,
    }
}

/// Cells between commas (also full-width ones), semicolons or tabs; quotes keep them together.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let cell = cells.last_mut();
        match (c, cell) {
            ('"', Some(cell)) if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            ('"', _) => quoted = !quoted,
            (',' | '，' | ';' | '；' | '\t', _) if !quoted => cells.push(String::new()),
            (c, Some(cell)) => cell.push(c),
            (_, None) => {}
        }
    }
    cells
}

// iCalendar.

/// What an event says about itself.
#[derive(Default)]
struct Event {
    line: u32,
    start: Option<String>,
    end: Option<String>,
    duration: Option<String>,
    summary: String,
    repeats: bool,
    cancelled: bool,
}

fn ics(text: &str, found: &mut Found) {
    let mut open: Option<Event> = None;
    // Alarms and other parts inside of an event are not about its days.
    let mut inside = 0_u32;
    for (line, content) in unfolded(text) {
        let Some((name, value)) = property(&content) else {
            continue;
        };
        match (name.as_str(), value.to_ascii_uppercase().as_str()) {
            ("BEGIN", "VEVENT") => {
                if let Some(before) = open.replace(Event {
                    line,
                    ..Event::default()
                }) {
                    found.wrong(before.line, ImportProblem::Unfinished, &before.summary);
                }
                inside = 0;
            }
            ("END", "VEVENT") => {
                if let Some(event) = open.take() {
                    event.read(found);
                }
            }
            ("BEGIN", _) if open.is_some() => inside += 1,
            ("END", _) if open.is_some() => inside = inside.saturating_sub(1),
            _ if inside == 0 => {
                if let Some(event) = &mut open {
                    event.take(&name, value);
                }
            }
            _ => {}
        }
    }
    if let Some(event) = open {
        found.wrong(event.line, ImportProblem::Unfinished, &event.summary);
    }
}

/// Long lines are folded: one that begins with a blank goes on where the last one ended.
fn unfolded(text: &str) -> Vec<(u32, String)> {
    let mut lines: Vec<(u32, String)> = Vec::new();
    for (number, raw) in (1..).zip(text.lines()) {
        let raw = raw.trim_end_matches('\r');
        match (raw.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, last))) => last.push_str(rest),
            _ => lines.push((number, raw.to_owned())),
        }
    }
    lines
}

/// `DTSTART;VALUE=DATE:20261001` → name in capitals, value. A colon between quotes is a parameter's.
fn property(line: &str) -> Option<(String, &str)> {
    let mut quoted = false;
    let colon = line.find(|c: char| {
        quoted ^= c == '"';
        c == ':' && !quoted
    })?;
    let name = line[..colon].split(';').next().unwrap_or_default();
    Some((name.trim().to_ascii_uppercase(), line[colon + 1..].trim()))
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => out.push(' '),
                Some(other) => out.push(other),
                None => {}
            },
            c => out.push(c),
        }
    }
    out
}

/// Holiday calendars name make-up days 「春节（班）」, 「国庆节补班」, 「调休」; a 「调休放假」 is free.
fn is_worked(summary: &str) -> bool {
    summary.contains('班') || summary.contains("调休") && !summary.contains("放假") && !summary.contains("休息")
}

/// `P3D` or `P1W`, in days.
fn days_of(duration: &str) -> Option<i32> {
    let rest = duration.trim_start_matches('+').strip_prefix('P')?;
    let (number, times) = match rest.strip_suffix('D') {
        Some(days) => (days, 1),
        None => (rest.strip_suffix('W')?, 7),
    };
    number.parse::<i32>().ok()?.checked_mul(times)
}

impl Event {
    fn take(&mut self, name: &str, value: &str) {
        match name {
            "DTSTART" => self.start = Some(value.to_owned()),
            "DTEND" => self.end = Some(value.to_owned()),
            "DURATION" => self.duration = Some(value.to_owned()),
            "SUMMARY" => self.summary = unescaped(value),
            "RRULE" | "RDATE" => self.repeats = true,
            "STATUS" => self.cancelled = value.eq_ignore_ascii_case("CANCELLED"),
            _ => {}
        }
    }

    fn read(self, found: &mut Found) {
        if self.cancelled {
            return;
        }
        if self.repeats {
            return found.wrong(self.line, ImportProblem::Repeats, &self.summary);
        }
        let is_timed = |text: &Option<String>| text.as_ref().is_some_and(|text| text.contains('T'));
        if is_timed(&self.start) || is_timed(&self.end) || is_timed(&self.duration) {
            return found.wrong(self.line, ImportProblem::Timed, &self.summary);
        }
        let Some(start) = self.start.as_deref().and_then(day) else {
            return found.wrong(self.line, ImportProblem::Day, &self.summary);
        };
        // The end is the day after the last.
        let length = match (&self.end, &self.duration) {
            (Some(end), _) => day(end).map(|end| (end.day_number() - start.day_number()).max(i32::from(end == start))),
            (None, Some(duration)) => days_of(duration),
            (None, None) => Some(1),
        };
        let Some(length) = length.filter(|length| (1..=LONGEST).contains(length)) else {
            return found.wrong(self.line, ImportProblem::Length, &self.summary);
        };
        let is_workday = is_worked(&self.summary);
        for offset in 0..length {
            found.day(self.line, start.plus_days(offset), is_workday, &self.summary);
        }
    }
}
