//! Areas, stations, deputies, units, categories: what a district is made of.

mod deputies;
mod duties;
mod names;
mod outlines;
mod photos;
mod places;
mod put;
mod stations;

pub use deputies::Deputy;
pub use duties::{MoveError, Moved};
pub use names::Names;
pub use outlines::{NewOutlines, OutlinesChanged};
pub use photos::{Photo, Place};
pub use places::{LoggedChange, PlaceChanged, PlaceError};
pub use put::{NewDeputy, NewStation};
pub use stations::Station;

use crate::entity::{area, category, org_unit, work_calendar};
use crate::sql::{Query, code};
use crate::{Store, StoreError};
use liaison_domain::Id;
use liaison_domain::calendar::{Date, WorkCalendar};
use liaison_domain::dto::{Area, AreaShape, Category, Unit};
use liaison_domain::lifecycle::TaskRole;
use sea_orm::{ColumnTrait as _, EntityTrait as _, FromQueryResult, QueryFilter as _, QueryOrder as _};

/// A day that differs from its weekday: a holiday, or a weekend day that is worked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpecialDay {
    /// `YYYY-MM-DD`.
    pub date: String,
    /// Worked although it is a weekend day; otherwise free although it is not.
    pub is_workday: bool,
    /// 「国庆节」.
    pub name: String,
}

/// A line of the catalogue of duties (权责清单): who answers for a category, as what, and by what.
#[derive(Clone, Debug, PartialEq)]
pub struct Responsibility {
    pub unit: Unit,
    pub role: TaskRole,
    /// 「区住建局三定规定第四条」; empty when nobody wrote it down.
    pub basis: String,
}

impl Store {
    /// Every area, in the order of the district.
    pub async fn areas(&self) -> Result<Vec<Area>, StoreError> {
        let rows = area::Entity::find()
            .filter(area::Column::TenantId.eq(self.tenant()))
            .order_by_asc(area::Column::Sort)
            .order_by_asc(area::Column::Id)
            .all(&self.read)
            .await?;
        Ok(rows.into_iter().map(of_area).collect())
    }

    /// Outlines of areas, where they are known, in the order of the district.
    pub async fn area_shapes(&self) -> Result<Vec<AreaShape>, StoreError> {
        #[derive(FromQueryResult)]
        struct Row {
            code: String,
            name: String,
            outline: String,
        }
        let query = crate::sql::Query::new(
            "SELECT code, name, outline FROM area WHERE tenant_id = ? AND outline IS NOT NULL ORDER BY sort, id",
            [self.tenant().into()],
        );
        let rows: Vec<Row> = query.rows(&self.read).await?;
        let shape = |row: Row| AreaShape {
            code: row.code,
            name: row.name,
            outline: row.outline,
        };
        Ok(rows.into_iter().map(shape).collect())
    }

    /// Every category, parents before their children.
    pub async fn categories(&self) -> Result<Vec<Category>, StoreError> {
        let rows = category::Entity::find()
            .filter(category::Column::TenantId.eq(self.tenant()))
            .order_by_asc(category::Column::Sort)
            .order_by_asc(category::Column::Id)
            .all(&self.read)
            .await?;
        Ok(rows.into_iter().map(of_category).collect())
    }

    /// The category with this id.
    pub async fn category(&self, id: &str) -> Result<Option<Category>, StoreError> {
        Ok(category::Entity::find_by_id((self.tenant(), id.to_owned()))
            .one(&self.read)
            .await?
            .map(of_category))
    }

    /// Every unit, also those whose duties moved elsewhere (`active` false).
    pub async fn units(&self) -> Result<Vec<Unit>, StoreError> {
        let rows = org_unit::Entity::find()
            .filter(org_unit::Column::TenantId.eq(self.tenant()))
            .order_by_asc(org_unit::Column::Sort)
            .order_by_asc(org_unit::Column::Id)
            .all(&self.read)
            .await?;
        Ok(rows.into_iter().map(of_unit).collect())
    }

    /// The unit with this id.
    pub async fn unit(&self, id: &str) -> Result<Option<Unit>, StoreError> {
        Ok(org_unit::Entity::find_by_id((self.tenant(), id.to_owned()))
            .one(&self.read)
            .await?
            .map(of_unit))
    }

    /// The unit that took over the duties of this one (机构改革), if they moved.
    pub async fn unit_successor(&self, id: &str) -> Result<Option<Id>, StoreError> {
        let found = org_unit::Entity::find_by_id((self.tenant(), id.to_owned()))
            .one(&self.read)
            .await?;
        Ok(found.and_then(|unit| unit.successor_id))
    }

    /// The units usually responsible for a category (权责清单), lead first. A category without its own takes its
    /// parent's.
    pub async fn category_units(&self, category_id: &str) -> Result<Vec<Responsibility>, StoreError> {
        let own = self.responsible(category_id).await?;
        if !own.is_empty() {
            return Ok(own);
        }
        match self.category(category_id).await?.and_then(|c| c.parent_id) {
            Some(parent) => self.responsible(&parent).await,
            None => Ok(own),
        }
    }

    async fn responsible(&self, category_id: &str) -> Result<Vec<Responsibility>, StoreError> {
        let rows: Vec<Responsible> = Query::new(
            "SELECT u.id, u.name, u.short_name, u.kind, u.active, u.level, r.role, r.basis FROM unit_responsibility r
             JOIN org_unit u ON u.tenant_id = r.tenant_id AND u.id = r.unit_id
             WHERE r.tenant_id = ? AND r.category_id = ? ORDER BY r.sort, u.id",
            [self.tenant().into(), category_id.into()],
        )
        .rows(&self.read)
        .await?;
        let mut units = rows
            .into_iter()
            .map(|r| {
                let unit = Unit {
                    id: r.id,
                    name: r.name,
                    short_name: r.short_name,
                    kind: r.kind,
                    active: r.active,
                    level: r.level,
                };
                Ok(Responsibility {
                    unit,
                    role: code(TaskRole::from_code, &r.role)?,
                    basis: r.basis,
                })
            })
            .collect::<Result<Vec<_>, StoreError>>()?;
        units.sort_by_key(|entry| entry.role);
        Ok(units)
    }

    /// The work calendar of the holidays and make-up workdays kept here.
    pub async fn work_calendar(&self) -> Result<WorkCalendar, StoreError> {
        let mut calendar = WorkCalendar::default();
        for day in self.special_days().await? {
            let date =
                Date::parse(&day.date).ok_or_else(|| StoreError::Corrupt(["not a day: ", &day.date].concat()))?;
            if day.is_workday {
                calendar.make_up_days.insert(date)
            } else {
                calendar.holidays.insert(date)
            };
        }
        Ok(calendar)
    }

    /// Names for ids of units (short names), deputies, stations, areas and categories, looked up together.
    pub async fn names(&self, ids: impl IntoIterator<Item = Id>) -> Result<Names, StoreError> {
        Names::of(&self.read, &self.tenant, ids.into_iter().collect()).await
    }

    /// Holidays and make-up workdays, by date.
    pub async fn special_days(&self) -> Result<Vec<SpecialDay>, StoreError> {
        let rows = work_calendar::Entity::find()
            .filter(work_calendar::Column::TenantId.eq(self.tenant()))
            .order_by_asc(work_calendar::Column::Date)
            .all(&self.read)
            .await?;
        Ok(rows
            .into_iter()
            .map(|d| SpecialDay {
                date: d.date,
                is_workday: d.is_workday,
                name: d.name,
            })
            .collect())
    }
}

#[derive(FromQueryResult)]
struct Responsible {
    id: String,
    name: String,
    short_name: String,
    kind: String,
    active: bool,
    level: String,
    role: String,
    basis: String,
}

fn of_area(a: area::Model) -> Area {
    Area {
        id: a.id,
        level: a.level,
        code: a.code,
        name: a.name,
        parent_id: a.parent_id,
    }
}

fn of_category(c: category::Model) -> Category {
    Category {
        id: c.id,
        slug: c.slug,
        name: c.name,
        parent_id: c.parent_id,
        stopper: c.stopper,
        emergency: c.emergency,
    }
}

fn of_unit(u: org_unit::Model) -> Unit {
    Unit {
        id: u.id,
        name: u.name,
        short_name: u.short_name,
        kind: u.kind,
        active: u.active,
        level: u.level,
    }
}
