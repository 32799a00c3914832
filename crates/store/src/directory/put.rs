//! Writing the directory: what the demo loader and the administration call. Each call creates or replaces one entry.

use super::SpecialDay;
use crate::entity::{
    area, category, deputy, deputy_station, deputy_tag, org_unit, station, unit_responsibility, work_calendar,
};
use crate::sql::to_json;
use crate::{Store, StoreError};
use liaison_domain::Id;
use liaison_domain::dto::{Area, Category, Contact, Directions, Unit};
use liaison_domain::lifecycle::TaskRole;
use sea_orm::sea_query::OnConflict;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, Iterable as _, QueryFilter as _};

/// A station to keep.
#[derive(Clone, Debug, PartialEq)]
pub struct NewStation {
    pub id: Id,
    pub slug: String,
    pub name: String,
    /// 代表联络站, 代表之家, 楼宇工作站, 委员工作站, 联络点.
    pub kind: String,
    pub area_id: Id,
    /// The station whose point it is.
    pub parent_id: Option<Id>,
    pub address: String,
    pub phone: String,
    pub opening: String,
    pub reception_text: String,
    pub lng: f64,
    pub lat: f64,
    pub scope: Vec<String>,
    pub principles: Vec<String>,
    /// Empty: as every station's.
    pub charter: Vec<String>,
    pub contacts: Vec<Contact>,
    pub directions: Directions,
}

/// A deputy to keep.
#[derive(Clone, Debug, PartialEq)]
pub struct NewDeputy {
    pub id: Id,
    pub slug: String,
    pub name: String,
    /// `npc` or `cppcc`.
    pub kind: String,
    /// Lowest first.
    pub levels: Vec<String>,
    pub constituency: String,
    pub occupation: String,
    pub expertise: Vec<String>,
    pub photo: Option<String>,
    /// 0–7.
    pub tile: u8,
    pub bio: String,
    /// `active`, `on_leave`, `left`.
    pub status: String,
    pub reception_text: String,
    /// Where they work, their first station first.
    pub stations: Vec<Id>,
}

impl Store {
    /// Keeps an area; its parent must be there.
    pub async fn put_area(&self, area: &Area, sort: i64) -> Result<(), StoreError> {
        let row = area::Model {
            tenant_id: self.tenant(),
            id: area.id.clone(),
            level: area.level.clone(),
            code: area.code.clone(),
            name: area.name.clone(),
            parent_id: area.parent_id.clone(),
            sort,
        };
        self.put_public(row).await
    }

    /// Keeps an area's outline: corners in WGS-84, as [`liaison_domain::geo::outline`] reads them.
    ///
    /// # Errors
    /// [`StoreError::Constraint`] when it is none.
    pub async fn put_area_outline(&self, area_id: &str, outline: &str) -> Result<(), StoreError> {
        if liaison_domain::geo::outline(outline).is_none() {
            return Err(StoreError::Constraint("not an outline".into()));
        }
        let tx = self.begin().await?;
        crate::sql::execute(
            &tx,
            "UPDATE area SET outline = $1 WHERE tenant_id = $2 AND id = $3",
            vec![outline.into(), self.tenant().into(), area_id.into()],
        )
        .await?;
        self.raise_public_revision(&tx).await?;
        tx.commit().await?;
        self.public_changed();
        Ok(())
    }

    /// Keeps a category; its parent must be there.
    pub async fn put_category(&self, category: &Category, sort: i64) -> Result<(), StoreError> {
        let row = category::Model {
            tenant_id: self.tenant(),
            id: category.id.clone(),
            slug: category.slug.clone(),
            name: category.name.clone(),
            parent_id: category.parent_id.clone(),
            stopper: category.stopper.clone(),
            emergency: category.emergency.clone(),
            sort,
        };
        self.put_public(row).await
    }

    /// Keeps a unit. `successor`: the unit its duties moved to.
    pub async fn put_unit(
        &self,
        unit: &Unit,
        slug: &str,
        successor: Option<&str>,
        sort: i64,
    ) -> Result<(), StoreError> {
        let row = org_unit::Model {
            tenant_id: self.tenant(),
            id: unit.id.clone(),
            slug: slug.to_owned(),
            name: unit.name.clone(),
            short_name: unit.short_name.clone(),
            kind: unit.kind.clone(),
            active: unit.active,
            successor_id: successor.map(str::to_owned),
            sort,
            level: unit.level.clone(),
        };
        self.put_public(row).await
    }

    /// Notes that a unit is responsible for a category, and by what (「三定规定」).
    pub async fn put_responsibility(
        &self,
        category_id: &str,
        unit_id: &str,
        role: TaskRole,
        basis: &str,
        sort: i64,
    ) -> Result<(), StoreError> {
        let row = unit_responsibility::Model {
            tenant_id: self.tenant(),
            category_id: category_id.to_owned(),
            unit_id: unit_id.to_owned(),
            role: role.code().to_owned(),
            sort,
            basis: basis.to_owned(),
        };
        self.put_public(row).await
    }

    /// Keeps a station; its area and its main station must be there.
    pub async fn put_station(&self, new: &NewStation, sort: i64) -> Result<(), StoreError> {
        let row = station::Model {
            tenant_id: self.tenant(),
            id: new.id.clone(),
            slug: new.slug.clone(),
            name: new.name.clone(),
            kind: new.kind.clone(),
            area_id: new.area_id.clone(),
            parent_id: new.parent_id.clone(),
            address: new.address.clone(),
            phone: new.phone.clone(),
            opening: new.opening.clone(),
            reception_text: new.reception_text.clone(),
            lng: new.lng,
            lat: new.lat,
            scope: to_json(&new.scope)?,
            principles: to_json(&new.principles)?,
            charter: to_json(&new.charter)?,
            contacts: to_json(&new.contacts)?,
            directions: to_json(&new.directions)?,
            sort,
        };
        self.put_public(row).await
    }

    /// Keeps a deputy with tags and stations; the stations must be there.
    pub async fn put_deputy(&self, new: &NewDeputy, sort: i64) -> Result<(), StoreError> {
        let haystack = haystack([&new.name, &new.occupation, &new.constituency], &new.expertise);
        let row = deputy::Model {
            tenant_id: self.tenant(),
            id: new.id.clone(),
            slug: new.slug.clone(),
            name: new.name.clone(),
            kind: new.kind.clone(),
            levels: to_json(&new.levels)?,
            constituency: new.constituency.clone(),
            occupation: new.occupation.clone(),
            expertise: to_json(&new.expertise)?,
            photo: new.photo.clone(),
            tile: i64::from(new.tile),
            bio: new.bio.clone(),
            status: new.status.clone(),
            reception_text: new.reception_text.clone(),
            haystack,
            sort,
        };
        let tx = self.begin().await?;
        put(&tx, row).await?;
        deputy_tag::Entity::delete_many()
            .filter(deputy_tag::Column::TenantId.eq(self.tenant()))
            .filter(deputy_tag::Column::DeputyId.eq(&new.id))
            .exec(&tx)
            .await?;
        for tag in &new.expertise {
            put(
                &tx,
                deputy_tag::Model {
                    tenant_id: self.tenant(),
                    deputy_id: new.id.clone(),
                    tag: tag.clone(),
                },
            )
            .await?;
        }
        deputy_station::Entity::delete_many()
            .filter(deputy_station::Column::TenantId.eq(self.tenant()))
            .filter(deputy_station::Column::DeputyId.eq(&new.id))
            .exec(&tx)
            .await?;
        for (at, station_id) in new.stations.iter().enumerate() {
            let row = deputy_station::Model {
                tenant_id: self.tenant(),
                deputy_id: new.id.clone(),
                station_id: station_id.clone(),
                is_primary: at == 0,
            };
            put(&tx, row).await?;
        }
        self.raise_public_revision(&tx).await?;
        tx.commit().await?;
        self.public_changed();
        Ok(())
    }

    /// Keeps a row of the directory, and tells that what everybody may read changed.
    async fn put_public<M, E, A>(&self, row: M) -> Result<(), StoreError>
    where
        E: EntityTrait<Model = M>,
        M: IntoActiveModel<A>,
        A: ActiveModelTrait<Entity = E> + Send,
    {
        let tx = self.begin().await?;
        put(&tx, row).await?;
        self.raise_public_revision(&tx).await?;
        tx.commit().await?;
        self.public_changed();
        Ok(())
    }

    /// Keeps a holiday or a make-up workday.
    pub async fn put_special_day(&self, day: &SpecialDay) -> Result<(), StoreError> {
        let row = work_calendar::Model {
            tenant_id: self.tenant(),
            date: day.date.clone(),
            is_workday: day.is_workday,
            name: day.name.clone(),
        };
        self.put_public(row).await
    }
}

/// Where words are looked for that name a deputy.
pub(super) fn haystack(about: [&str; 3], expertise: &[String]) -> String {
    let known = expertise.iter().map(String::as_str);
    let words: Vec<String> = about.into_iter().chain(known).map(str::to_lowercase).collect();
    words.join("\n")
}

/// Inserts a row, or replaces everything but its key.
async fn put<M, E, A, C>(db: &C, row: M) -> Result<(), StoreError>
where
    E: EntityTrait<Model = M>,
    M: IntoActiveModel<A>,
    A: ActiveModelTrait<Entity = E> + Send,
    C: sea_orm::ConnectionTrait,
{
    let keys: Vec<E::Column> = E::PrimaryKey::iter()
        .map(sea_orm::PrimaryKeyToColumn::into_column)
        .collect();
    let is_key = |column: &E::Column| {
        keys.iter()
            .any(|key| sea_orm::IdenStatic::as_str(key) == sea_orm::IdenStatic::as_str(column))
    };
    let others: Vec<E::Column> = E::Column::iter().filter(|column| !is_key(column)).collect();
    let mut conflict = OnConflict::columns(keys.iter().copied());
    if others.is_empty() {
        conflict.do_nothing();
    } else {
        conflict.update_columns(others);
    }
    E::insert(row.into_active_model())
        .on_conflict(conflict)
        .exec_without_returning(db)
        .await?;
    Ok(())
}
