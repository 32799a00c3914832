//! Texts to begin a reply with: a unit's own, and those that everybody has.

use crate::sql::{execute, from_json, row, rows, to_json};
use crate::{Store, StoreError};
use liaison_domain::Millis;
use liaison_domain::dto::{NewTemplate, ReplyTemplate};
use liaison_domain::reply::SHIPPED_TEMPLATES;
use sea_orm::FromQueryResult;

#[derive(FromQueryResult)]
struct Row {
    id: String,
    unit_id: Option<String>,
    name: String,
    parts: String,
}

/// What became of a template somebody wanted to keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    Yes,
    /// The id is another unit's, or everybody's.
    NotOwn,
    /// The unit has as many as it may have.
    TooMany,
}

impl Store {
    /// A unit's own texts, then everybody's, by name.
    pub async fn templates(&self, unit_id: &str) -> Result<Vec<ReplyTemplate>, StoreError> {
        let found: Vec<Row> = rows(
            &self.read,
            "SELECT id, unit_id, name, parts FROM reply_template WHERE tenant_id = $1 AND (unit_id = $2 OR unit_id IS NULL)
             ORDER BY CASE WHEN unit_id IS NULL THEN 1 ELSE 0 END, name, id",
            vec![self.tenant().into(), unit_id.into()],
        )
        .await?;
        found
            .into_iter()
            .map(|row| {
                Ok(ReplyTemplate {
                    own: row.unit_id.is_some(),
                    parts: from_json(&row.parts)?,
                    id: row.id,
                    name: row.name,
                })
            })
            .collect()
    }

    /// Keeps one of a unit's own texts, `most` of them at most.
    pub async fn put_template(
        &self,
        unit_id: &str,
        id: &str,
        new: &NewTemplate,
        most: u64,
        now: Millis,
    ) -> Result<Kept, StoreError> {
        #[derive(FromQueryResult)]
        struct Standing {
            own: i64,
            others: i64,
            count: i64,
        }
        let tx = self.begin().await?;
        let found: Option<Standing> = row(
            &tx,
            "SELECT COUNT(*) FILTER (WHERE id = $2 AND unit_id = $3) AS own,
             COUNT(*) FILTER (WHERE id = $2 AND (unit_id IS NULL OR unit_id <> $3)) AS others,
             COUNT(*) FILTER (WHERE unit_id = $3) AS count FROM reply_template WHERE tenant_id = $1",
            vec![self.tenant().into(), id.into(), unit_id.into()],
        )
        .await?;
        let refused = match found {
            Some(standing) if standing.others > 0 => Some(Kept::NotOwn),
            Some(standing) if standing.own == 0 && standing.count >= most as i64 => Some(Kept::TooMany),
            _ => None,
        };
        if let Some(refused) = refused {
            tx.rollback().await?;
            return Ok(refused);
        }
        execute(
            &tx,
            "INSERT INTO reply_template (tenant_id, id, unit_id, name, parts, updated_at) VALUES ($1, $2, $3, $4, $5, $6)
             ON CONFLICT (tenant_id, id) DO UPDATE SET name = excluded.name, parts = excluded.parts,
             updated_at = excluded.updated_at",
            vec![
                self.tenant().into(),
                id.into(),
                unit_id.into(),
                new.name.as_str().into(),
                to_json(&new.parts)?.into(),
                now.into(),
            ],
        )
        .await?;
        tx.commit().await?;
        Ok(Kept::Yes)
    }

    /// Removes one of a unit's own texts; false when it has none of that id.
    pub async fn delete_template(&self, unit_id: &str, id: &str) -> Result<bool, StoreError> {
        let gone = execute(
            self.writer(),
            "DELETE FROM reply_template WHERE tenant_id = $1 AND unit_id = $2 AND id = $3",
            vec![self.tenant().into(), unit_id.into(), id.into()],
        )
        .await?;
        Ok(gone == 1)
    }

    /// Gives a district the texts that ship, as far as it has not got them.
    pub(crate) async fn share_shipped_templates(&self, now: Millis) -> Result<(), StoreError> {
        for shipped in SHIPPED_TEMPLATES {
            execute(
                self.writer(),
                "INSERT INTO reply_template (tenant_id, id, name, parts, updated_at) VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (tenant_id, id) DO NOTHING",
                vec![
                    self.tenant().into(),
                    shipped.id.into(),
                    shipped.name.into(),
                    to_json(&shipped.parts())?.into(),
                    now.into(),
                ],
            )
            .await?;
        }
        Ok(())
    }
}
