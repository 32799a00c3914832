//! Finding letters.

use super::Letter;
use crate::entity::message;
use crate::ids::query_code_hash;
use crate::page::{Cursor, cut};
use crate::sql::{Query, number};
use crate::{Store, StoreError};
use liaison_domain::Millis;
use liaison_domain::dto::Page;
use liaison_domain::numbers::normalise_case_no;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

impl Store {
    /// The letter with this id.
    pub async fn load(&self, id: &str) -> Result<Option<Letter>, StoreError> {
        let found = message::Entity::find_by_id((self.tenant(), id.to_owned()))
            .one(&self.read)
            .await?;
        found.as_ref().map(Letter::of).transpose()
    }

    /// The letter with this number, in any spelling.
    pub async fn by_no(&self, no: &str) -> Result<Option<Letter>, StoreError> {
        let Some(no) = self.number_typed(no).await? else {
            return Ok(None);
        };
        let found = message::Entity::find()
            .filter(message::Column::TenantId.eq(self.tenant()))
            .filter(message::Column::No.eq(no))
            .one(&self.read)
            .await?;
        found.as_ref().map(Letter::of).transpose()
    }

    /// The letter with this number or, failing that, this id.
    pub async fn by_no_or_id(&self, text: &str) -> Result<Option<Letter>, StoreError> {
        match self.by_no(text).await? {
            None => self.load(text).await,
            found => Ok(found),
        }
    }

    /// The letter with this number and query code, both in any spelling; none when either is wrong.
    pub async fn find_by_no_and_code(&self, no: &str, code: &str) -> Result<Option<Letter>, StoreError> {
        let Some(no) = self.number_typed(no).await? else {
            return Ok(None);
        };
        let Some(code_hash) = query_code_hash(&no, code) else {
            return Ok(None);
        };
        // Found by the hash: how long the answer takes tells nothing about the code.
        let found = message::Entity::find()
            .filter(message::Column::TenantId.eq(self.tenant()))
            .filter(message::Column::No.eq(&no))
            .filter(message::Column::QueryCodeHash.eq(code_hash))
            .one(&self.read)
            .await?;
        found.as_ref().map(Letter::of).transpose()
    }

    /// How many letters an account handed in after a moment.
    pub async fn written_since(&self, account_id: &str, since: Millis) -> Result<u64, StoreError> {
        let count = number(
            &self.read,
            "SELECT COUNT(*) FROM message WHERE tenant_id = $1 AND submitter_account_id = $2 AND submitted_at > $3
             AND part_of IS NULL",
            vec![self.tenant().into(), account_id.into(), since.into()],
        )
        .await?;
        Ok(count as u64)
    }

    /// How many letters an account has, as [`Self::for_account`] lists them, and how many of them are not at an end.
    pub async fn letters_of_account(&self, account_id: &str) -> Result<(u64, u64), StoreError> {
        let query = Query::new(
            "SELECT COUNT(*), COUNT(*) FILTER (WHERE state NOT IN
             ('closed', 'declined', 'referred', 'merged', 'withdrawn', 'archived'))
             FROM message WHERE tenant_id = ? AND submitter_account_id = ? AND part_of IS NULL",
            [self.tenant().into(), account_id.into()],
        );
        let counts = query.numbers(&self.read, 2).await?;
        Ok((counts[0] as u64, counts[1] as u64))
    }

    /// An account's letters, newest first.
    pub async fn for_account(
        &self,
        account_id: &str,
        cursor: Option<&str>,
        limit: u64,
    ) -> Result<Page<Letter>, StoreError> {
        use message::Column as C;
        let own = message::Entity::find()
            .filter(C::TenantId.eq(self.tenant()))
            .filter(C::SubmitterAccountId.eq(account_id))
            // The whole speaks for its parts.
            .filter(C::PartOf.is_null());
        let total = own.clone().count(&self.read).await?;
        let mut query = own;
        if let Some(Cursor { key, id }) = Cursor::parse(cursor) {
            query = query.filter(
                Condition::any()
                    .add(C::SubmittedAt.lt(key))
                    .add(Condition::all().add(C::SubmittedAt.eq(key)).add(C::Id.lt(id))),
            );
        }
        let mut rows = query
            .order_by_desc(C::SubmittedAt)
            .order_by_desc(C::Id)
            .limit(limit + 1)
            .all(&self.read)
            .await?;
        let next_cursor = cut(&mut rows, limit, |row| Cursor {
            key: row.submitted_at,
            id: row.id.clone(),
        });
        Ok(Page {
            items: rows.iter().map(Letter::of).collect::<Result<_, _>>()?,
            next_cursor,
            total,
        })
    }

    /// The number somebody typed, as it is stored; none when it cannot be one.
    pub(crate) async fn number_typed(&self, typed: &str) -> Result<Option<String>, StoreError> {
        let Some(no) = normalise_case_no(typed, "") else {
            return Ok(None);
        };
        // Without letters in front it is one of this district.
        Ok(Some(if no.starts_with('-') {
            self.number_prefix(&self.read).await? + &no
        } else {
            no
        }))
    }
}
