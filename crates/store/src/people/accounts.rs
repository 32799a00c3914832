//! Accounts of residents, deputies and staff.

use crate::entity::account;
use crate::ids::new_id;
use crate::sql::code;
use crate::{Store, StoreError};
use liaison_domain::lifecycle::Role;
use liaison_domain::{Id, Millis};
use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _};

/// A telephone number as it is kept: never in the clear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// Keyed hash by which the number is found again; the server holds the key.
    pub hash: String,
    /// 「199****0001」.
    pub masked: String,
    /// Encrypted by the server, for the day a person must be called; none where that is not wanted.
    pub encrypted: Option<String>,
}

/// Somebody who can act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub id: Id,
    pub role: Role,
    pub name: String,
    /// Staff and deputies only.
    pub username: Option<String>,
    pub phone_masked: Option<String>,
    pub phone_encrypted: Option<String>,
    pub unit_id: Option<Id>,
    pub station_id: Option<Id>,
    pub deputy_id: Option<Id>,
    /// 「区住建局 · 经办人」, for lists of demo accounts.
    pub note: Option<String>,
    /// May log in.
    pub active: bool,
    pub created_at: Millis,
}

/// A staff member's or deputy's account to keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStaff {
    pub id: Id,
    pub role: Role,
    pub name: String,
    pub username: String,
    /// As the server's password hasher wrote it; none: no login by password.
    pub password_hash: Option<String>,
    pub unit_id: Option<Id>,
    pub station_id: Option<Id>,
    pub deputy_id: Option<Id>,
    pub note: Option<String>,
}

impl Store {
    /// The account with this id, active or not.
    pub async fn account(&self, id: &str) -> Result<Option<Account>, StoreError> {
        account::Entity::find_by_id((self.tenant(), id.to_owned()))
            .one(&self.read)
            .await?
            .map(of_row)
            .transpose()
    }

    /// An active staff member or deputy by user name, with the password's hash.
    pub async fn staff_by_username(&self, username: &str) -> Result<Option<(Account, Option<String>)>, StoreError> {
        let found = account::Entity::find()
            .filter(account::Column::TenantId.eq(self.tenant()))
            .filter(account::Column::Username.eq(username))
            .filter(account::Column::Active.eq(true))
            .one(&self.read)
            .await?;
        found
            .map(|row| Ok((of_row(row.clone())?, row.password_hash)))
            .transpose()
    }

    /// Every account with a user name, for the demo's list of one-tap logins.
    pub async fn named_accounts(&self) -> Result<Vec<Account>, StoreError> {
        let rows = account::Entity::find()
            .filter(account::Column::TenantId.eq(self.tenant()))
            .filter(account::Column::Username.is_not_null())
            .order_by_asc(account::Column::CreatedAt)
            .order_by_asc(account::Column::Username)
            .all(&self.read)
            .await?;
        rows.into_iter().map(of_row).collect()
    }

    /// Active accounts of stations and the head station, by name.
    pub async fn office_accounts(&self) -> Result<Vec<Account>, StoreError> {
        let roles = [Role::StationOfficer, Role::StationLeader, Role::Moderator, Role::Admin];
        let rows = account::Entity::find()
            .filter(account::Column::TenantId.eq(self.tenant()))
            .filter(account::Column::Role.is_in(roles.map(Role::code)))
            .filter(account::Column::Active.eq(true))
            .order_by_asc(account::Column::DisplayName)
            .order_by_asc(account::Column::Id)
            .all(&self.read)
            .await?;
        rows.into_iter().map(of_row).collect()
    }

    /// Keeps a staff member's or deputy's account; replaces one with the same id.
    pub async fn put_staff(&self, new: &NewStaff, now: Millis) -> Result<(), StoreError> {
        use account::Column as A;
        let row = account::Model {
            tenant_id: self.tenant(),
            id: new.id.clone(),
            role: new.role.code().to_owned(),
            display_name: new.name.clone(),
            username: Some(new.username.clone()),
            password_hash: new.password_hash.clone(),
            phone_hash: None,
            phone_masked: None,
            phone_enc: None,
            unit_id: new.unit_id.clone(),
            station_id: new.station_id.clone(),
            deputy_id: new.deputy_id.clone(),
            note: new.note.clone(),
            active: true,
            created_at: now,
        };
        let conflict = OnConflict::columns([A::TenantId, A::Id])
            .update_columns([
                A::Role,
                A::DisplayName,
                A::Username,
                A::PasswordHash,
                A::UnitId,
                A::StationId,
                A::DeputyId,
                A::Note,
            ])
            .to_owned();
        account::Entity::insert(row.into_active_model())
            .on_conflict(conflict)
            .exec_without_returning(self.writer())
            .await?;
        Ok(())
    }

    /// The resident with this telephone, made when there is none. Two at once get the same account.
    pub async fn resident(&self, phone: &Phone, name: &str, now: Millis) -> Result<Account, StoreError> {
        self.resident_as(&new_id(), phone, name, None, now).await
    }

    /// As [`Store::resident`], with the id a new account gets and its user name for one-tap demo logins.
    pub async fn resident_as(
        &self,
        id: &str,
        phone: &Phone,
        name: &str,
        demo: Option<(&str, &str)>,
        now: Millis,
    ) -> Result<Account, StoreError> {
        let row = account::Model {
            tenant_id: self.tenant(),
            id: id.to_owned(),
            role: Role::Resident.code().to_owned(),
            display_name: name.to_owned(),
            username: demo.map(|(username, _)| username.to_owned()),
            password_hash: None,
            phone_hash: Some(phone.hash.clone()),
            phone_masked: Some(phone.masked.clone()),
            phone_enc: phone.encrypted.clone(),
            unit_id: None,
            station_id: None,
            deputy_id: None,
            note: demo.map(|(_, note)| note.to_owned()),
            active: true,
            created_at: now,
        };
        // Numbers were not always kept sealed: the next login makes up for it.
        let conflict = OnConflict::columns([account::Column::TenantId, account::Column::PhoneHash])
            .value(
                account::Column::PhoneEnc,
                Expr::cust("COALESCE(excluded.phone_enc, account.phone_enc)"),
            )
            .to_owned();
        account::Entity::insert(row.into_active_model())
            .on_conflict(conflict)
            .exec_without_returning(self.writer())
            .await?;
        let found = account::Entity::find()
            .filter(account::Column::TenantId.eq(self.tenant()))
            .filter(account::Column::PhoneHash.eq(&phone.hash))
            .one(self.writer())
            .await?;
        of_row(found.ok_or_else(|| StoreError::Constraint("account".into()))?)
    }
}

pub(super) fn of_row(row: account::Model) -> Result<Account, StoreError> {
    Ok(Account {
        id: row.id,
        role: code(Role::from_code, &row.role)?,
        name: row.display_name,
        username: row.username,
        phone_masked: row.phone_masked,
        phone_encrypted: row.phone_enc,
        unit_id: row.unit_id,
        station_id: row.station_id,
        deputy_id: row.deputy_id,
        note: row.note,
        active: row.active,
        created_at: row.created_at,
    })
}
