//! The station's own work calendar. Every change raises [`Store::rules_revision`] in its own transaction.

use crate::directory::SpecialDay;
use crate::settings::Changed;
use crate::sql::{execute, number};
use crate::{Store, StoreError};
use liaison_domain::calendar::WorkCalendar;

/// What a day off is called whose notice gave no name.
pub const HOLIDAY: &str = "法定节假日";
/// The same for a weekend day that is worked.
pub const MAKE_UP_DAY: &str = "调休上班";

impl Store {
    /// Keeps days and lets days go, all or nothing. A station without days of its own first takes those of `before`
    /// over, which held until then: whoever adds one day does not lose all others.
    pub async fn change_calendar(
        &self,
        keep: &[SpecialDay],
        let_go: &[String],
        before: &WorkCalendar,
    ) -> Result<(), StoreError> {
        let tx = self.begin().await?;
        let own = number(
            &tx,
            "SELECT COUNT(*) FROM work_calendar WHERE tenant_id = $1",
            vec![self.tenant().into()],
        )
        .await?;
        let taken_over = if own == 0 { named_days(before) } else { Vec::new() };
        for day in taken_over.iter().chain(keep) {
            execute(
                &tx,
                "INSERT INTO work_calendar (tenant_id, date, is_workday, name) VALUES ($1, $2, $3, $4)
                 ON CONFLICT (tenant_id, date) DO UPDATE SET is_workday = excluded.is_workday, name = excluded.name",
                vec![
                    self.tenant().into(),
                    day.date.as_str().into(),
                    day.is_workday.into(),
                    day.name.as_str().into(),
                ],
            )
            .await?;
        }
        for date in let_go {
            execute(
                &tx,
                "DELETE FROM work_calendar WHERE tenant_id = $1 AND date = $2",
                vec![self.tenant().into(), date.as_str().into()],
            )
            .await?;
        }
        self.raise_revision(&tx, Changed::Calendar).await?;
        Ok(tx.commit().await?)
    }
}

/// A calendar's days by date, for showing and for keeping.
pub fn named_days(calendar: &WorkCalendar) -> Vec<SpecialDay> {
    let day = |is_workday: bool, name: &'static str| {
        move |date: &liaison_domain::calendar::Date| SpecialDay {
            date: date.iso(),
            is_workday,
            name: name.to_owned(),
        }
    };
    let mut days: Vec<SpecialDay> = calendar.holidays.iter().map(day(false, HOLIDAY)).collect();
    let worked = calendar
        .make_up_days
        .iter()
        .filter(|date| !calendar.holidays.contains(date));
    days.extend(worked.map(day(true, MAKE_UP_DAY)));
    days.sort_by(|one, other| one.date.cmp(&other.date));
    days
}
