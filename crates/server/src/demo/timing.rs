//! When each line of a history happens: days ago become moments, in hours people keep, each after the one before.

use super::ids::chance;
use super::script::{Hand, Letter, Step};
use liaison_domain::Millis;
use liaison_domain::calendar::{DAY_MS, Date, MINUTE_MS, WorkCalendar, date_of};
use std::collections::HashMap;

/// Something that happens to a letter, at a moment.
#[derive(Clone, Debug)]
pub struct Beat {
    pub at: Millis,
    /// Index among the letters.
    pub letter: usize,
    /// None: it is written.
    pub step: Option<Step>,
}

/// Every letter's beats, oldest first, none later than `now`.
pub fn beats(letters: &[Letter], now: Millis, calendar: &WorkCalendar) -> Vec<Beat> {
    let mut splits: HashMap<&str, Millis> = HashMap::new();
    let mut all = Vec::new();
    for (index, letter) in letters.iter().enumerate() {
        let of_letter = match letter.part_of.as_deref().and_then(|parent| splits.get(parent)) {
            Some(split) => part(letter, *split, now, calendar),
            None => whole(letter, now, calendar),
        };
        if let Some((at, _)) = of_letter
            .iter()
            .find(|(_, step)| matches!(step, Some(Step::Split { .. })))
        {
            splits.insert(&letter.key, *at);
        }
        all.extend(of_letter.into_iter().map(|(at, step)| Beat {
            at,
            letter: index,
            step,
        }));
    }
    // Stable: beats of one letter never change places.
    all.sort_by_key(|beat| beat.at);
    all
}

type Timed = Vec<(Millis, Option<Step>)>;

fn whole(letter: &Letter, now: Millis, calendar: &WorkCalendar) -> Timed {
    let first = letter.steps.iter().find_map(|line| line.d).unwrap_or_default();
    let written = letter.submit.unwrap_or(first + 1);
    let mut clock = Clock {
        key: &letter.key,
        now,
        calendar,
        last: 0,
        count: 0,
    };
    let mut timed = vec![(clock.moment(written, Hand::Resident), None)];
    clock.run(letter, written, &mut timed);
    before_now(&mut timed, now);
    timed
}

/// A part is written and taken on by the office just before the split itself.
fn part(letter: &Letter, split: Millis, now: Millis, calendar: &WorkCalendar) -> Timed {
    let accept = Step::Accept {
        class: None,
        urgency: None,
    };
    let mut timed = vec![(split - 3 * MINUTE_MS, None), (split - 2 * MINUTE_MS, Some(accept))];
    let mut clock = Clock {
        key: &letter.key,
        now,
        calendar,
        last: split,
        count: 0,
    };
    clock.run(letter, 0, &mut timed);
    let fixed = timed.split_off(2);
    let mut later = fixed;
    before_now(&mut later, now);
    timed.extend(later);
    timed
}

struct Clock<'a> {
    key: &'a str,
    now: Millis,
    calendar: &'a WorkCalendar,
    last: Millis,
    count: u32,
}

impl Clock<'_> {
    fn run(&mut self, letter: &Letter, written: i32, timed: &mut Timed) {
        let mut days = written;
        for line in &letter.steps {
            days = line.d.unwrap_or(days);
            match &line.step {
                Step::Publish => {
                    timed.push((self.moment(days, Hand::Staff), Some(Step::Propose)));
                    timed.push((self.moment(days, Hand::Resident), Some(Step::Approve)));
                    // Residents read in the evening; the office publishes the morning after.
                    timed.push((self.moment(days - 1, Hand::Staff), Some(Step::PublishNow)));
                }
                step => timed.push((self.moment(days, step.hand()), Some(step.clone()))),
            }
        }
    }

    /// A moment so many days ago in the hours this hand keeps, after everything before.
    fn moment(&mut self, days_ago: i32, hand: Hand) -> Millis {
        self.count += 1;
        let pause = Millis::from(6 + self.chance("pause", 34)) * MINUTE_MS;
        if hand == Hand::System {
            self.last += MINUTE_MS / 2;
            return self.last;
        }
        let today = date_of(self.now);
        let wanted = today.plus_days(-days_ago);
        let day = if hand == Hand::Staff {
            self.worked(wanted, today)
        } else {
            wanted
        };
        let (open, length) = match hand {
            Hand::Resident => (7 * 60 + 30, 14 * 60),
            Hand::Deputy => (11 * 60 + 30, 9 * 60),
            Hand::Staff | Hand::System => (8 * 60 + 40, 8 * 60),
        };
        let at = if day >= today {
            self.now - Millis::from(8 + self.chance("ago", 200)) * MINUTE_MS
        } else {
            day.at_minute(open + self.chance("minute", length)) + Millis::from(self.chance("second", 60)) * 1_000
        };
        self.last = at.max(self.last + pause);
        self.last
    }

    /// The office works on work days: a step that falls on another goes to the next one, if that is not still to come.
    /// Limits in work days do not notice the difference.
    fn worked(&self, wanted: Date, today: Date) -> Date {
        let next = self.calendar.work_day_from(wanted);
        if next <= today { next } else { wanted }
    }

    fn chance(&self, what: &str, below: u32) -> u32 {
        chance(what, &format!("{} {}", self.key, self.count), below)
    }
}

/// Pulls the last beats back before now, keeping their order.
fn before_now(timed: &mut Timed, now: Millis) {
    let mut latest = now - MINUTE_MS;
    for (at, _) in timed.iter_mut().rev() {
        *at = (*at).min(latest);
        latest = *at - MINUTE_MS / 4;
    }
}

/// The nights between two moments, when the jobs look for what is due: five past midnight in Shanghai.
pub fn nights(after: Millis, until: Millis) -> impl Iterator<Item = Millis> {
    let first = date_of(after).start() + 5 * MINUTE_MS;
    let from = if first > after { first } else { first + DAY_MS };
    (0..)
        .map(move |night| from + night * DAY_MS)
        .take_while(move |at| *at <= until)
}

#[cfg(test)]
mod tests {
    use super::super::content::Content;
    use super::*;
    use liaison_domain::calendar::demo_calendar;

    /// When a letter was written, and when its answer went out.
    fn written_and_answered(beats: &[Beat], letter: usize) -> (Millis, Millis) {
        let of = || beats.iter().filter(|beat| beat.letter == letter);
        let written = of().find(|beat| beat.step.is_none()).map(|beat| beat.at);
        let answered = of()
            .find(|beat| matches!(beat.step, Some(Step::Release { .. } | Step::Answer { .. })))
            .map(|beat| beat.at);
        (written.unwrap_or(Millis::MAX), answered.unwrap_or(Millis::MAX))
    }

    #[test]
    fn whatever_the_day_letters_join_one_that_is_there_and_rate_its_answer_after_it() {
        let letters = Content::read().map(|content| content.letters).unwrap_or_default();
        let index: HashMap<&str, usize> = letters.iter().enumerate().map(|(at, l)| (l.key.as_str(), at)).collect();
        let calendar = demo_calendar();
        let first = Date::parse("2026-01-01").map_or(0, Date::start);
        for day in 0..400 {
            let now = first + day * DAY_MS + 10 * 60 * MINUTE_MS;
            let beats = beats(&letters, now, &calendar);
            for (at, letter) in letters.iter().enumerate() {
                let mut joined = None;
                for beat in beats.iter().filter(|beat| beat.letter == at) {
                    match &beat.step {
                        Some(Step::Merge { into, .. }) => {
                            let lead = written_and_answered(&beats, index[into.as_str()]);
                            let in_time = lead.0 < beat.at && beat.at < lead.1;
                            assert!(in_time, "{} joins {into} on day {day}", letter.key);
                            joined = Some(lead.1);
                        }
                        Some(Step::Unmerge) => joined = None,
                        Some(Step::Rate { .. }) => {
                            let after = joined.is_none_or(|answered| answered < beat.at);
                            assert!(after, "{} rates on day {day} before the answer", letter.key);
                        }
                        _ => {}
                    }
                }
            }
        }
    }
}
