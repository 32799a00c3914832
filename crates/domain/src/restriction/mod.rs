//! Restrictions (限制) of people who misuse the station: grounds, steps, who decides, what is refused meanwhile.
//!
//! Nobody is shut out in silence: whatever is refused is told with its reason, its end, what stays possible and how to
//! object. What stays possible is not a list of exceptions but everything that [`Use::is_new`] does not name.

mod effect;
mod ladder;
mod measure;

pub use effect::{Force, Held, Use, hold};
pub use ladder::{Past, Sanction, next_step};
pub use measure::{Appealed, Granted, Measure, Person, Refused, may_propose};

use crate::lifecycle::coded_enum;

coded_enum! {
    /// Why somebody may be restricted; there is no other reason.
    Ground {
        /// 重复无效诉求: the same, answered matter again and again.
        RepeatInvalid = "repeat_invalid",
        /// 法定途径已解决再诉.
        SettledByLaw = "settled_by_law",
        /// 虚假恶意投诉.
        FalseMalicious = "false_malicious",
        /// 无理缠访闹访, 辱骂工作人员.
        Harassment = "harassment",
    }
}

impl Ground {
    /// Letters that have to show it.
    pub const fn letters_needed(self) -> usize {
        match self {
            Self::Harassment => 1,
            Self::RepeatInvalid | Self::SettledByLaw | Self::FalseMalicious => 2,
        }
    }
}

coded_enum! {
    /// How far it goes.
    Step {
        /// 提醒: nothing is refused.
        Warning = "warning",
        /// 限次: one letter in some days.
        RateLimit = "rate_limit",
        /// 限制: no new letters, bookings or questions at events.
        Restriction = "restriction",
    }
}

coded_enum! {
    /// Where a measure stands.
    MeasureState {
        /// 待审批: one officer proposed it.
        Proposed = "proposed",
        /// 没有批准.
        Refused = "refused",
        /// 执行中.
        InForce = "in_force",
        /// 到期解除.
        Ended = "ended",
        /// 提前解除.
        Lifted = "lifted",
        /// 申诉后撤销: as if it had never been.
        Overturned = "overturned",
    }
}

impl MeasureState {
    /// Whether it was right, as far as is known: the next offence goes one step further.
    pub const fn stands(self) -> bool {
        matches!(self, Self::InForce | Self::Ended | Self::Lifted)
    }
}

coded_enum! {
    /// What an urgent letter is about.
    UrgentKind {
        /// 人身安全.
        Safety = "safety",
        /// 燃气、水、电.
        Utilities = "utilities",
        /// 儿童、老人.
        ChildrenElders = "children_elders",
        /// 疫情、灾害.
        Disaster = "disaster",
        /// 其他重大.
        Other = "other",
    }
}

/// What a measure is called where it lies open: nothing of why.
pub fn measure_title(step: Step, days: Option<u32>) -> String {
    let name = match step {
        Step::Warning => "提醒",
        Step::RateLimit => "限次提交",
        Step::Restriction => "限制提交",
    };
    match days {
        Some(days) => [name, " ", &days.to_string(), " 天"].concat(),
        None => name.to_owned(),
    }
}

/// Longest reason that is told to the person, appeal, or words of a decision, in characters.
pub const WORDS_MAX: usize = 500;
/// Longest answer to "why is there no other way".
pub const WHY_MAX: usize = 200;
/// Letters that a proposal may name.
pub const LETTERS_MAX: usize = 20;

#[cfg(test)]
mod tests;
