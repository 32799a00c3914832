//! Restrictions of people who misuse the station, and the urgent channel.

use super::{FieldError, NamedRef, check_text, dto};
use crate::restriction::{Ground, LETTERS_MAX, MeasureState, Step, UrgentKind, Use, WHY_MAX, WORDS_MAX};
use crate::{Id, Millis};

dto! {
    /// Beside a problem with the code `restricted`: what holds, until when, and what is possible all the same.
    pub struct RestrictionNotice {
        pub step: Step,
        /// Why, in the station's words.
        pub reason: String,
        /// From when on it is possible again.
        pub until: Millis,
        pub possible: Vec<Use>,
        /// Until when one may object; none where that is over or was done.
        pub appeal_until: Option<Millis>,
        /// The page with everything about it.
        pub own_url: String,
        /// The urgent channel.
        pub urgent_url: String,
    }

    /// An appeal, as far as everybody concerned may read it.
    pub struct RestrictionAppeal {
        pub text: String,
        pub at: Millis,
        /// Until when it is decided.
        pub due: Millis,
        pub decided_at: Option<Millis>,
        /// The measure was overturned.
        pub won: Option<bool>,
        pub words: Option<String>,
    }

    /// A measure as the person reads it.
    pub struct OwnRestriction {
        pub id: Id,
        pub ground: Ground,
        pub step: Step,
        pub days: Option<u32>,
        pub state: MeasureState,
        /// Something is refused now, or may be.
        pub holds: bool,
        pub reason: String,
        pub starts_at: Millis,
        pub ends_at: Millis,
        pub ended_at: Option<Millis>,
        /// Why it ended before its time.
        pub ended_reason: Option<String>,
        /// Under a limit: when the next letter may be written, if not now.
        pub next_letter_at: Option<Millis>,
        pub refused: Vec<Use>,
        pub possible: Vec<Use>,
        pub may_appeal: bool,
        pub appeal_until: Millis,
        pub appeal: Option<RestrictionAppeal>,
    }

    /// `POST /me/restriction/appeal`.
    #[serde(deny_unknown_fields, default)]
    #[derive(Default)]
    pub struct NewRestrictionAppeal {
        pub id: Id,
        pub text: String,
    }

    /// `POST /restrictions`: one officer proposes. The step follows from what was before.
    #[serde(deny_unknown_fields, default)]
    #[derive(Default)]
    pub struct NewRestriction {
        /// A code of [`Ground`].
        pub ground: String,
        /// Numbers or ids of letters of one person.
        pub letters: Vec<String>,
        /// Told to the person, word for word.
        pub reason: String,
    }

    /// `POST /restrictions/{id}/decision`: a leader who did not propose it decides.
    #[serde(deny_unknown_fields, default)]
    #[derive(Default)]
    pub struct RestrictionDecision {
        pub approve: bool,
        /// For the desk; must be there when it is not approved.
        pub words: String,
    }

    /// `POST /restrictions/{id}/appeal-decision`: somebody who had no part in it decides.
    #[serde(deny_unknown_fields, default)]
    #[derive(Default)]
    pub struct AppealDecision {
        /// The measure is overturned.
        pub won: bool,
        /// Told to the person.
        pub words: String,
    }

    /// `POST /restrictions/{id}/lift`: a leader ends it before its time.
    #[serde(deny_unknown_fields, default)]
    #[derive(Default)]
    pub struct RestrictionLift {
        /// Told to the person.
        pub reason: String,
    }

    /// A measure at the desk. The person stands there by a masked number alone.
    pub struct DeskRestriction {
        pub id: Id,
        pub version: i64,
        pub person: String,
        pub station: NamedRef,
        pub ground: Ground,
        /// Of a proposal: where the history leads now.
        pub step: Step,
        pub days: Option<u32>,
        pub state: MeasureState,
        pub reason: String,
        /// Numbers of the letters that show it.
        pub letters: Vec<String>,
        /// Measures before this one that stood.
        pub before: u32,
        pub proposed_by: String,
        pub proposed_at: Millis,
        pub decided_by: Option<String>,
        pub decided_at: Option<Millis>,
        pub decision: Option<String>,
        pub starts_at: Option<Millis>,
        pub ends_at: Option<Millis>,
        pub ended_at: Option<Millis>,
        pub ended_reason: Option<String>,
        pub appeal_until: Option<Millis>,
        pub appeal: Option<RestrictionAppeal>,
        pub appeal_by: Option<String>,
        /// What the reader may do now: `decide`, `hear`, `lift`.
        pub allowed: Vec<String>,
        /// What happened, oldest first; empty in lists.
        pub log: Vec<RestrictionLogRow>,
    }

    /// A row of a measure's log.
    pub struct RestrictionLogRow {
        pub at: Millis,
        /// `proposed`, `approved`, `refused`, `objected`, `upheld`, `overturned`, `lifted`, `ended`.
        pub act: String,
        /// None: by itself, or the person.
        pub by: Option<String>,
        pub words: String,
    }

    /// A lane with its count.
    pub struct RestrictionLane {
        pub lane: String,
        pub count: u64,
    }

    /// `GET /restrictions`.
    pub struct RestrictionBoard {
        pub lanes: Vec<RestrictionLane>,
        pub items: Vec<DeskRestriction>,
    }

    /// One number of a report, by code.
    pub struct RestrictionCount {
        pub code: String,
        pub count: u32,
    }

    /// Half a year of restrictions.
    pub struct RestrictionHalf {
        pub year: i32,
        /// 1 or 2.
        pub half: u32,
        /// Measures that were approved.
        pub measures: u32,
        pub steps: Vec<RestrictionCount>,
        pub grounds: Vec<RestrictionCount>,
        /// Of them: somebody who had one in the year before.
        pub again: u32,
        pub appeals: u32,
        pub appeals_won: u32,
        /// Urgent letters of restricted people.
        pub urgent: u32,
        pub urgent_granted: u32,
    }

    /// `POST /messages/urgent`.
    #[serde(deny_unknown_fields, default)]
    #[derive(Default)]
    pub struct UrgentLetter {
        /// A code of [`UrgentKind`].
        pub kind: String,
        /// Why there is no other way.
        pub why: String,
        pub body: String,
        /// Slug.
        pub station: String,
        pub place: String,
    }
}

/// The desk's lanes of restrictions, by their codes.
pub const RESTRICTION_LANES: [&str; 4] = ["proposed", "in_force", "appeals", "ended"];

fn wrong(field: &str, code: &str, limit: Option<u64>) -> FieldError {
    FieldError {
        field: field.to_owned(),
        code: code.to_owned(),
        limit,
    }
}

impl NewRestriction {
    /// What is wrong with the fields; whose the letters are, only the store knows.
    pub fn check(&self) -> Vec<FieldError> {
        let mut all = Vec::new();
        let ground = Ground::from_code(&self.ground);
        if ground.is_none() {
            all.push(wrong("ground", "required", None));
        }
        let needed = ground.map_or(1, Ground::letters_needed);
        if self.letters.len() < needed {
            all.push(wrong("letters", "too_few", Some(needed as u64)));
        } else if self.letters.len() > LETTERS_MAX {
            all.push(wrong("letters", "too_many", Some(LETTERS_MAX as u64)));
        }
        all.extend(check_text("reason", &self.reason, WORDS_MAX));
        all
    }
}

impl UrgentLetter {
    /// What is wrong with the fields that an ordinary letter does not have.
    pub fn check(&self) -> Vec<FieldError> {
        let mut all = Vec::new();
        if UrgentKind::from_code(&self.kind).is_none() {
            all.push(wrong("urgent_kind", "required", None));
        }
        all.extend(check_text("why", &self.why, WHY_MAX));
        all
    }
}
