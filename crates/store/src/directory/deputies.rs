//! Reading deputies.

use crate::page::{Cursor, cut};
use crate::sql::{Query, contains, from_json};
use crate::{Store, StoreError};
use liaison_domain::dto::{DeputyCard, DeputyFilter, Page};
use sea_orm::FromQueryResult;

/// A deputy with everything that is kept about them.
#[derive(Clone, Debug, PartialEq)]
pub struct Deputy {
    /// `next_reception` is not kept with it: the receptions tell.
    pub card: DeputyCard,
    pub bio: String,
    /// When residents can meet them, as people say it.
    pub reception_text: String,
    /// Letters that were addressed to or handed to this deputy.
    pub received: u32,
    /// Raised by every change at the desk.
    pub version: i64,
}

impl Store {
    /// Deputies of a list, with the filter's words and its cursor.
    pub async fn deputies(&self, filter: &DeputyFilter, limit: u64) -> Result<Page<Deputy>, StoreError> {
        let mut conditions = Query::new("d.tenant_id = ?", [self.tenant().into()]);
        if let Some(slug) = &filter.station {
            conditions.push(
                "AND EXISTS (SELECT 1 FROM deputy_station x JOIN station y ON y.tenant_id = x.tenant_id AND y.id = x.station_id
                 WHERE x.tenant_id = d.tenant_id AND x.deputy_id = d.id AND y.slug = ?)",
                [slug.as_str().into()],
            );
        }
        if let Some(code) = &filter.area {
            conditions.push(
                "AND EXISTS (SELECT 1 FROM deputy_station x
                 JOIN station y ON y.tenant_id = x.tenant_id AND y.id = x.station_id
                 JOIN area a ON a.tenant_id = y.tenant_id AND a.id = y.area_id
                 JOIN area f ON f.tenant_id = a.tenant_id AND f.code = ?
                 WHERE x.tenant_id = d.tenant_id AND x.deputy_id = d.id
                 AND (f.id = a.id OR f.parent_id = a.id OR a.parent_id = f.id))",
                [code.as_str().into()],
            );
        }
        if let Some(tag) = &filter.tag {
            conditions.push(
                "AND EXISTS (SELECT 1 FROM deputy_tag t WHERE t.tenant_id = d.tenant_id AND t.deputy_id = d.id AND t.tag = ?)",
                [tag.as_str().into()],
            );
        }
        if let Some(kind) = &filter.kind {
            conditions.push("AND d.kind = ?", [kind.as_str().into()]);
        }
        for word in filter.q.as_deref().unwrap_or_default().split_whitespace() {
            conditions.push(
                "AND d.haystack LIKE ? ESCAPE '\\'",
                [contains(&word.to_lowercase()).into()],
            );
        }
        let total = conditions
            .after("SELECT COUNT(*) FROM deputy d WHERE")
            .number(&self.read)
            .await?;
        let mut query = conditions.after(SELECT);
        if let Some(after) = Cursor::parse(filter.cursor.as_deref()) {
            query.push(
                "AND (d.sort > ? OR (d.sort = ? AND d.id > ?))",
                [after.key.into(), after.key.into(), after.id.into()],
            );
        }
        query.push("ORDER BY d.sort, d.id LIMIT ?", [(limit as i64 + 1).into()]);
        let mut rows: Vec<Row> = query.rows(&self.read).await?;
        let next_cursor = cut(&mut rows, limit, |row| Cursor {
            key: row.sort,
            id: row.id.clone(),
        });
        let items = rows.into_iter().map(Row::deputy).collect::<Result<_, _>>()?;
        Ok(Page {
            items,
            next_cursor,
            total: total as u64,
        })
    }

    /// Every deputy, in the list's order.
    pub async fn all_deputies(&self) -> Result<Vec<Deputy>, StoreError> {
        Ok(self
            .deputies(&DeputyFilter::default(), i64::MAX as u64 - 1)
            .await?
            .items)
    }

    /// The deputies of a station, those who left not counted.
    pub async fn station_deputies(&self, station_id: &str) -> Result<Vec<Deputy>, StoreError> {
        self.deputy_rows(
            "d.status <> 'left' AND EXISTS (SELECT 1 FROM deputy_station x
             WHERE x.tenant_id = d.tenant_id AND x.deputy_id = d.id AND x.station_id = ?)",
            station_id,
        )
        .await
    }

    /// The deputy with this slug.
    pub async fn deputy_by_slug(&self, slug: &str) -> Result<Option<Deputy>, StoreError> {
        Ok(self.deputy_rows("d.slug = ?", slug).await?.pop())
    }

    /// The deputy with this id.
    pub async fn deputy(&self, id: &str) -> Result<Option<Deputy>, StoreError> {
        Ok(self.deputy_rows("d.id = ?", id).await?.pop())
    }

    /// Every area of knowledge there is, most common first.
    pub async fn deputy_tags(&self) -> Result<Vec<String>, StoreError> {
        let mut tags: Vec<Tag> = Query::new(
            "SELECT t.tag, COUNT(*) AS held FROM deputy_tag t WHERE t.tenant_id = ? GROUP BY t.tag",
            [self.tenant().into()],
        )
        .rows(&self.read)
        .await?;
        // Sorted here, because the engines order Chinese text differently.
        tags.sort_by(|a, b| b.held.cmp(&a.held).then_with(|| a.tag.cmp(&b.tag)));
        Ok(tags.into_iter().map(|t| t.tag).collect())
    }

    async fn deputy_rows(&self, condition: &str, value: &str) -> Result<Vec<Deputy>, StoreError> {
        let mut query = Query::new(SELECT, []);
        query
            .push("d.tenant_id = ? AND", [self.tenant().into()])
            .push(condition, [value.into()]);
        query.push("ORDER BY d.sort, d.id", []);
        query
            .rows::<_, Row>(&self.read)
            .await?
            .into_iter()
            .map(Row::deputy)
            .collect()
    }
}

const SELECT: &str =
    "SELECT d.id, d.slug, d.name, d.kind, d.levels, d.constituency, d.occupation, d.expertise, d.photo, d.tile,
    d.bio, d.status, d.reception_text, d.sort, d.version, s.name AS station_name, s.slug AS station_slug,
    (SELECT COUNT(*) FROM message m WHERE m.tenant_id = d.tenant_id AND m.deputy_id = d.id) AS received,
    (SELECT COUNT(*) FROM message m WHERE m.tenant_id = d.tenant_id AND m.deputy_id = d.id
     AND m.first_answered_at IS NOT NULL) AS answered
    FROM deputy d
    LEFT JOIN deputy_station ds ON ds.tenant_id = d.tenant_id AND ds.deputy_id = d.id AND ds.is_primary = TRUE
    LEFT JOIN station s ON s.tenant_id = ds.tenant_id AND s.id = ds.station_id
    WHERE";

#[derive(FromQueryResult)]
struct Tag {
    tag: String,
    held: i64,
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    slug: String,
    name: String,
    kind: String,
    levels: String,
    constituency: String,
    occupation: String,
    expertise: String,
    photo: Option<String>,
    tile: i64,
    bio: String,
    status: String,
    reception_text: String,
    sort: i64,
    version: i64,
    station_name: Option<String>,
    station_slug: Option<String>,
    received: i64,
    answered: i64,
}

impl Row {
    fn deputy(self) -> Result<Deputy, StoreError> {
        Ok(Deputy {
            card: DeputyCard {
                id: self.id,
                slug: self.slug,
                name: self.name,
                kind: self.kind,
                levels: from_json(&self.levels)?,
                constituency: self.constituency,
                occupation: self.occupation,
                expertise: from_json(&self.expertise)?,
                photo: self.photo,
                tile: self.tile as u8,
                station_name: self.station_name.unwrap_or_default(),
                station_slug: self.station_slug.unwrap_or_default(),
                status: self.status,
                next_reception: None,
                answered: self.answered as u32,
            },
            bio: self.bio,
            reception_text: self.reception_text,
            received: self.received as u32,
            version: self.version,
        })
    }
}
