//! Planning receptions from their rules: which days there are under the calendar in force, who receives on each, and
//! keeping them.

use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::Id;
use liaison_domain::calendar::{Date, WorkCalendar, date_of};
use liaison_domain::reception::Refused;
use liaison_domain::schedule::{Day, Rule};
use liaison_store::receptions::{KeptRule, Planned, PlannedDay, ReceptionError};

impl From<ReceptionError> for ApiError {
    fn from(error: ReceptionError) -> Self {
        match error {
            ReceptionError::NotFound => Self::NotFound,
            ReceptionError::Changed => Self::Clash {
                code: "reception_changed",
                detail: "刚刚有人改过，请看过现在的样子再操作。",
            },
            ReceptionError::NotAllowed => Self::Clash {
                code: "reception_not_allowed",
                detail: "现在不能这样操作了，可能已经开始、结束或取消，请看过现在的样子。",
            },
            ReceptionError::Refused(why) => Self::Clash {
                code: why.code(),
                detail: refused(why),
            },
            ReceptionError::Store(error) => error.into(),
        }
    }
}

const fn refused(why: Refused) -> &'static str {
    match why {
        Refused::TooLate => "这场接待的预约时间已经过了，请选别的场次，或者写信给代表。",
        Refused::Cancelled => "这场接待取消了，请选别的场次，或者写信给代表。",
        Refused::NotBookable => "这一场不接受预约，请选别的场次。",
        Refused::NoSuchSlot => "没有这个时间，请在列出的时间里重新选。",
        Refused::Taken => "这个时间刚刚被别人约走了，请换一个时间，或者排队等候。",
        Refused::Already => "您已经约了这一场，在“我的预约”里可以看到。",
        Refused::Overlaps => "这个时间您已经约了另一场接待，请换一个时间，或者先取消那一场。",
        Refused::MissedTooOften => "前几次约好没有来，暂时不能在网上预约。请打联络站电话，工作人员帮您安排。",
        Refused::NotFull => "还有空着的时间，不用排队，请直接选一个。",
    }
}

/// A day of a rule with who receives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    pub day: Day,
    pub deputies: Vec<Id>,
}

/// The days of a rule from `from` to `until`, and whose turn it is on each. Turns are counted from `anchor`, also
/// backwards and also over days that the rule does not name yet or any more: neither another span nor another first day
/// moves anybody's turn.
pub fn turns(
    rule: &Rule,
    (deputies, each): (&[Id], u32),
    anchor: Date,
    (from, until): (Date, Date),
    calendar: &WorkCalendar,
) -> Vec<Turn> {
    let always = Rule {
        valid_from: None,
        ..rule.clone()
    };
    // A day that falls away takes nobody's turn.
    let held: Vec<Date> = always
        .days(anchor.min(from), until.max(anchor), calendar)
        .into_iter()
        .filter(|day| day.date.is_some())
        .map(|day| day.rule_date)
        .collect();
    let before = |day: Date| held.partition_point(|held| *held < day) as i64;
    let count = (each as usize).min(deputies.len());
    let receiving = |day: Date| -> Vec<Id> {
        let first = (before(day) - before(anchor)) * i64::from(each);
        (0..count as i64)
            .map(|place| deputies[(first + place).rem_euclid(deputies.len() as i64) as usize].clone())
            .collect()
    };
    let days = rule.days(from, until, calendar).into_iter();
    days.map(|day| Turn {
        deputies: receiving(day.rule_date),
        day,
    })
    .collect()
}

/// The last day that receptions are planned for now.
pub fn horizon(state: &AppState) -> Date {
    date_of(state.now()).plus_months(i32::try_from(state.config.reception.plan_months).unwrap_or(12))
}

/// The first day that a rule can still be planned for: today, unless its time of today has come.
pub fn first_day(state: &AppState, rule: &Rule) -> Date {
    let today = date_of(state.now());
    if today.at_minute(rule.start.0) > state.now() {
        today
    } else {
        today.plus_days(1)
    }
}

/// The days of a rule from one on, as far as receptions are planned, and whose turn it is on each.
///
/// # Errors
/// What the database refused.
pub async fn turns_of(state: &AppState, rule: &KeptRule, from: Date) -> ApiResult<Vec<Turn>> {
    let directory = state.directory().await?;
    // Nobody is put down who is away or has left.
    let receives = |id: &&Id| {
        directory
            .deputy(id)
            .is_some_and(|deputy| deputy.card.status == "active")
    };
    let deputies: Vec<Id> = rule.rule.deputies.iter().filter(receives).cloned().collect();
    let calendar = state.rules().calendar.clone();
    Ok(turns(
        &rule.rule.rule,
        (&deputies, rule.rule.each),
        rule.anchor,
        (from, horizon(state)),
        &calendar,
    ))
}

/// Plans the receptions of one rule from a day on.
///
/// # Errors
/// [`ApiError::NotFound`] without such a rule.
pub async fn plan_from(state: &AppState, rule: &KeptRule, from: Date) -> ApiResult<Planned> {
    let days: Vec<PlannedDay> = turns_of(state, rule, from)
        .await?
        .into_iter()
        .map(|turn| PlannedDay {
            rule_date: turn.day.rule_date,
            date: turn.day.date,
            deputies: turn.deputies,
        })
        .collect();
    let planned = state
        .store
        .plan_receptions(&rule.rule.id, &days, from, horizon(state), state.now())
        .await?;
    Ok(planned)
}

/// Plans every rule in force, from today on. Tells how many receptions were added, moved or taken away.
///
/// # Errors
/// What the database refused.
pub async fn plan_all(state: &AppState) -> ApiResult<u64> {
    let mut touched = 0;
    for rule in state.store.reception_rules(None).await? {
        let planned = plan_from(state, &rule, first_day(state, &rule.rule.rule)).await?;
        touched += planned.added + planned.moved + planned.removed;
        if !planned.left.is_empty() {
            tracing::info!(
                rule = rule.rule.id,
                left = planned.left.len(),
                "receptions that are announced or booked stay as they are"
            );
        }
    }
    Ok(touched)
}

#[cfg(test)]
mod tests {
    use super::*;
    use liaison_domain::schedule::{Mode, Time};

    #[test]
    fn turns_go_round_and_a_day_that_falls_away_takes_none() {
        let day = |text: &str| Date::parse(text).expect("a date");
        let rule = Rule {
            weekday: Some(3),
            ..Rule::new(Mode::Weekly, Time(540), Time(600))
        };
        let deputies: Vec<Id> = ["a", "b", "c"].map(str::to_owned).to_vec();
        let mut calendar = WorkCalendar::default();
        calendar.holidays.insert(day("2026-11-11"));
        let from_start = turns(
            &rule,
            (&deputies, 2),
            day("2026-11-01"),
            (day("2026-11-01"), day("2026-11-30")),
            &calendar,
        );
        let names: Vec<String> = from_start.iter().map(|turn| turn.deputies.concat()).collect();
        assert_eq!(names, ["ab", "ca", "ca", "bc"], "the 11th is a holiday");
        let later = turns(
            &rule,
            (&deputies, 2),
            day("2026-11-01"),
            (day("2026-11-25"), day("2026-11-30")),
            &calendar,
        );
        assert_eq!(later, from_start[3..]);
        let nobody = turns(
            &rule,
            (&[], 2),
            day("2026-11-01"),
            (day("2026-11-25"), day("2026-11-30")),
            &calendar,
        );
        assert_eq!(nobody[0].deputies, Vec::<Id>::new());
    }

    #[test]
    fn another_first_day_moves_nobodys_turn() {
        let day = |text: &str| Date::parse(text).expect("a date");
        let deputies: Vec<Id> = ["a", "b", "c"].map(str::to_owned).to_vec();
        let turns_from = |valid_from: Option<&str>| {
            let rule = Rule {
                weekday: Some(3),
                valid_from: valid_from.map(day),
                ..Rule::new(Mode::Weekly, Time(540), Time(600))
            };
            let span = (day("2026-10-01"), day("2026-12-31"));
            let all = turns(&rule, (&deputies, 2), day("2026-11-04"), span, &WorkCalendar::default());
            all.into_iter()
                .map(|turn| (turn.day.rule_date.iso(), turn.deputies.concat()))
                .collect::<Vec<_>>()
        };
        let always = turns_from(None);
        let of = |date: &str| always.iter().find(|(day, _)| day == date).map(|(_, who)| who.as_str());
        assert_eq!(
            ["2026-10-28", "2026-11-04", "2026-11-11", "2026-11-18"].map(of),
            [Some("bc"), Some("ab"), Some("ca"), Some("bc")],
            "round before the anchor as after it"
        );
        for from in ["2026-10-15", "2026-11-04", "2026-11-12", "2026-12-01"] {
            let later = turns_from(Some(from));
            let same: Vec<_> = always.iter().filter(|(day, _)| day.as_str() >= from).cloned().collect();
            assert_eq!(later, same, "from {from}");
        }
    }
}
