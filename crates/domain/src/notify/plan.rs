//! What goes out now to one person: a pure decision over what waits, what was told today, and what the person wants.

use super::matrix::{Kind, Priority, Recipient, priority};
use super::preferences::{Pace, Preferences, Quiet};
use crate::calendar::{MINUTE_MS, date_of};
use crate::{Id, Millis};
use std::collections::BTreeSet;

/// The station's part of the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timing {
    pub quiet: Quiet,
    /// When digests go out, as minutes since midnight.
    pub digests: Vec<u32>,
    /// How long a message waits for its event to be taken back.
    pub grace: Millis,
}

impl Timing {
    /// The quiet hours that hold for a person.
    pub fn quiet_of(&self, preferences: &Preferences) -> Quiet {
        preferences.quiet.unwrap_or(self.quiet)
    }

    /// Whether a digest went out, or should have, after one moment and up to another.
    fn digest_between(&self, after: Millis, now: Millis) -> bool {
        let first = date_of(after);
        // From the second day on every time of day has come once.
        [first, first.plus_days(1)].into_iter().any(|day| {
            self.digests
                .iter()
                .map(|minute| day.start() + Millis::from(*minute) * MINUTE_MS)
                .any(|at| after < at && at <= now)
        })
    }
}

/// An entry of somebody's inbox that nothing went out for yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenNotice {
    pub id: Id,
    /// The letter's id, or the key of a [`super::Subject`].
    pub about: Id,
    pub kind: Kind,
    pub at: Millis,
    /// The letter came through the urgent channel; or it is about a meeting on the very day.
    pub urgent: bool,
    /// What it told of was taken back; or it takes back what this person was never told outside the app.
    pub void: bool,
    /// From when on it is of no use.
    pub over_at: Option<Millis>,
}

/// What one message says of one letter, or one meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// As in [`OpenNotice`].
    pub about: Id,
    /// Oldest first.
    pub kinds: Vec<Kind>,
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    pub letters: Vec<Told>,
    /// The entries it stands for.
    pub notices: Vec<Id>,
    /// Goes out in quiet hours too.
    pub urgent: bool,
}

/// What to do now. Entries named nowhere here go on waiting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// At most two: the urgent, and the rest.
    pub messages: Vec<Planned>,
    /// Entries that nothing goes out for.
    pub silent: Vec<Id>,
}

/// Decides what goes out now. `told_today`: what this person had a message about today.
pub fn plan(
    now: Millis,
    to: Recipient,
    preferences: &Preferences,
    timing: &Timing,
    open: &[OpenNotice],
    told_today: &BTreeSet<Id>,
) -> Plan {
    let mut plan = Plan::default();
    let mut waiting: Vec<(&OpenNotice, Priority)> = Vec::new();
    for notice in open {
        let priority = pace(priority(to, notice.kind, notice.urgent), preferences.pace);
        let is_over = notice.over_at.is_some_and(|over| over <= now);
        if notice.void || is_over || priority == Priority::Inside {
            plan.silent.push(notice.id.clone());
        } else {
            waiting.push((notice, priority));
        }
    }
    waiting.sort_by(|(a, _), (b, _)| (a.at, &a.id).cmp(&(b.at, &b.id)));
    let quiet = timing.quiet_of(preferences).holds(now);
    let settled = |notice: &OpenNotice| notice.at + timing.grace <= now;
    let (mut urgent, mut others) = (Planned::empty(true), Planned::empty(false));
    for about in subjects(&waiting) {
        let own: Vec<_> = waiting.iter().filter(|(notice, _)| notice.about == *about).collect();
        let is_urgent = own.iter().any(|(_, priority)| *priority == Priority::Urgent);
        let is_ready = own.iter().any(|(notice, priority)| match priority {
            Priority::Urgent | Priority::Inside => false,
            Priority::Timely | Priority::Now => settled(notice),
            Priority::Digest => settled(notice) && timing.digest_between(notice.at, now),
        });
        let message = if is_urgent {
            &mut urgent
        } else if is_ready && !quiet && !told_today.contains(about) {
            &mut others
        } else {
            continue;
        };
        // Whatever else waits about the same letter goes along, so that it needs no message of its own.
        let along: Vec<_> = own
            .into_iter()
            .filter(|(notice, priority)| *priority == Priority::Urgent || settled(notice))
            .map(|(notice, _)| *notice)
            .collect();
        message.notices.extend(along.iter().map(|notice| notice.id.clone()));
        message.letters.push(Told {
            about: about.clone(),
            kinds: along.iter().map(|notice| notice.kind).collect(),
        });
    }
    plan.messages.extend(
        [urgent, others]
            .into_iter()
            .filter(|message| !message.letters.is_empty()),
    );
    plan
}

impl Planned {
    const fn empty(urgent: bool) -> Self {
        Self {
            letters: Vec::new(),
            notices: Vec::new(),
            urgent,
        }
    }
}

/// Emergencies, what would be too late with a digest, and what stays inside are nobody's choice.
const fn pace(priority: Priority, pace: Pace) -> Priority {
    match (priority, pace) {
        (Priority::Now, Pace::Digest) => Priority::Digest,
        (Priority::Digest, Pace::AtOnce) => Priority::Now,
        (priority, _) => priority,
    }
}

/// What is spoken of, in the order of the first entries.
fn subjects<'a>(waiting: &[(&'a OpenNotice, Priority)]) -> Vec<&'a Id> {
    let mut found: Vec<&Id> = Vec::new();
    for (notice, _) in waiting {
        if !found.contains(&&notice.about) {
            found.push(&notice.about);
        }
    }
    found
}

/// How long to wait before the next try: doubled each time up to six hours, and up to a quarter more by lot (0 to 255),
/// so that many that failed together do not come back together.
pub fn retry_after(first: Millis, tries: u32, lot: u8) -> Millis {
    const LONGEST: Millis = 6 * 60 * MINUTE_MS;
    let doubled = first.saturating_mul(1 << tries.saturating_sub(1).min(20)).min(LONGEST);
    doubled + doubled / 4 * Millis::from(lot) / 255
}
