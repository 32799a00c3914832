//! A station's rules of reception as the desk keeps them, and what a rule would do before it is saved.

use super::NamedRef;
use crate::Id;
use crate::reception::{Mode, SessionKind};
use crate::schedule::Rule;
use serde::{Deserialize, Serialize};

/// A rule as it is typed in: `POST /schedule-rules`, `PUT /schedule-rules/{id}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RuleInput {
    pub station_id: Id,
    pub kind: SessionKind,
    /// 「代表夜聊」; empty: what its kind is called.
    #[serde(default)]
    pub title: String,
    /// Where, if not at the station itself.
    #[serde(default)]
    pub place: String,
    pub rule: Rule,
    /// Who takes turns, in this order; empty: named for each reception by itself.
    #[serde(default)]
    pub deputies: Vec<Id>,
    /// How many of them receive each time.
    pub each: u32,
    /// Minutes a talk.
    pub slot_minutes: u32,
    /// Talks at the same time while no deputy is named.
    pub seats: u32,
    /// How residents may meet them.
    pub modes: Vec<Mode>,
}

/// A rule that is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ScheduleRule {
    pub id: Id,
    pub version: i64,
    /// False once it was ended.
    pub active: bool,
    pub station: NamedRef,
    /// 「每月第二、第四个星期四 14:30–17:00」.
    pub words: String,
    /// The next three days it is held on, `YYYY-MM-DD`.
    pub next: Vec<String>,
    /// Who takes turns, in this order.
    pub deputies: Vec<NamedRef>,
    pub settings: RuleInput,
}

/// What saving a rule would do: `POST /schedule-rules/preview`. Nothing is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PreviewRequest {
    /// The rule that would change; none: a new one.
    #[serde(default)]
    pub id: Option<Id>,
    pub rule: RuleInput,
}

/// The coming twelve months of a rule, against what is planned now.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RulePreview {
    pub words: String,
    pub added: u32,
    pub moved: u32,
    pub removed: u32,
    /// Announced or booked: the office decides.
    pub left: u32,
    pub days: Vec<PreviewDay>,
}

impl RulePreview {
    /// Adds a day and counts what changes.
    pub fn push(&mut self, day: PreviewDay) {
        match day.change.as_str() {
            "added" => self.added += 1,
            "moved" => self.moved += 1,
            "removed" => self.removed += 1,
            "left" => self.left += 1,
            _ => {}
        }
        self.days.push(day);
    }
}

/// One day of a preview.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PreviewDay {
    /// As the rule names it, `YYYY-MM-DD`.
    pub rule_date: String,
    /// When it is held; none: not at all.
    pub date: Option<String>,
    /// `kept`, `moved`, `holiday`, `exception`, `joined`; `gone` when the rule does not name it any more.
    pub fate: String,
    /// The holiday's name, or why there is an exception.
    pub why: String,
    /// Who receives.
    pub deputies: Vec<NamedRef>,
    /// `none`, `same`, `added`, `moved`, `removed`, `left`; `by_hand`, `cancelled`: the office decided, and saving leaves it.
    pub change: String,
    /// The day planned now, where that is another.
    pub before: Option<String>,
    /// Bookings of the reception planned now.
    pub booked: u32,
    /// The reception planned now.
    pub session_id: Option<Id>,
    /// Who else would fit the season.
    pub fitting: Vec<FittingDeputy>,
}

/// Somebody whose knowledge fits the time of the year: a hint, no more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FittingDeputy {
    pub deputy: NamedRef,
    /// `enrolment`, `storms`, `year_end`.
    pub season: String,
    /// What they know.
    pub area: String,
}
