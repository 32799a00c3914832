//! Reading stations.

use crate::sql::{Query, contains, from_json};
use crate::{Store, StoreError};
use liaison_domain::Id;
use liaison_domain::dto::{Contact, Directions, StationCard};
use sea_orm::FromQueryResult;

/// A station with everything that is kept about it.
#[derive(Clone, Debug, PartialEq)]
pub struct Station {
    /// `next_reception` is not kept with it: the receptions tell.
    pub card: StationCard,
    /// The station whose point it is (一站多点).
    pub parent_id: Option<Id>,
    /// What it takes on.
    pub scope: Vec<String>,
    /// How it works.
    pub principles: Vec<String>,
    /// Its charter; empty: as every station's.
    pub charter: Vec<String>,
    pub contacts: Vec<Contact>,
    pub directions: Directions,
    /// Raised by every change at the desk.
    pub version: i64,
}

impl Store {
    /// Stations, main ones and points, narrowed by the code of an area they serve (or lie in) and by words in name or
    /// address.
    pub async fn stations(&self, area_code: Option<&str>, q: Option<&str>) -> Result<Vec<Station>, StoreError> {
        let mut query = self.station_query();
        if let Some(code) = area_code {
            query.push(
                "AND EXISTS (SELECT 1 FROM area f WHERE f.tenant_id = s.tenant_id AND f.code = ?
                 AND (f.id = s.area_id OR f.parent_id = s.area_id OR a.parent_id = f.id))",
                [code.into()],
            );
        }
        if let Some(words) = q.map(str::trim).filter(|words| !words.is_empty()) {
            let pattern = contains(&words.to_lowercase());
            query.push(
                "AND (LOWER(s.name) LIKE ? ESCAPE '\\' OR LOWER(s.address) LIKE ? ESCAPE '\\')",
                [pattern.clone().into(), pattern.into()],
            );
        }
        self.station_rows(query).await
    }

    /// The station with this slug.
    pub async fn station_by_slug(&self, slug: &str) -> Result<Option<Station>, StoreError> {
        let mut query = self.station_query();
        query.push("AND s.slug = ?", [slug.into()]);
        Ok(self.station_rows(query).await?.pop())
    }

    /// The station with this id.
    pub async fn station(&self, id: &str) -> Result<Option<Station>, StoreError> {
        let mut query = self.station_query();
        query.push("AND s.id = ?", [id.into()]);
        Ok(self.station_rows(query).await?.pop())
    }

    /// The points of a station (一站多点).
    pub async fn station_points(&self, station_id: &str) -> Result<Vec<Station>, StoreError> {
        let mut query = self.station_query();
        query.push("AND s.parent_id = ?", [station_id.into()]);
        self.station_rows(query).await
    }

    /// The stations a deputy works at, the first one first.
    pub async fn deputy_stations(&self, deputy_id: &str) -> Result<Vec<Station>, StoreError> {
        let mut query = self.station_query();
        query.push(
            "AND s.id IN (SELECT ds.station_id FROM deputy_station ds WHERE ds.tenant_id = s.tenant_id AND ds.deputy_id = ?)",
            [deputy_id.into()],
        );
        let mut stations = self.station_rows(query).await?;
        if let Some(deputy) = self.deputy(deputy_id).await? {
            stations.sort_by_key(|s| s.card.slug != deputy.card.station_slug);
        }
        Ok(stations)
    }

    fn station_query(&self) -> Query {
        Query::new(
            "SELECT s.id, s.slug, s.name, s.kind, s.area_id, a.name AS area_name, s.parent_id, s.address, s.phone, s.opening,
             s.reception_text, s.lng, s.lat, s.scope, s.principles, s.charter, s.contacts, s.directions, s.version,
             (SELECT COUNT(*) FROM deputy_station ds JOIN deputy d ON d.tenant_id = ds.tenant_id AND d.id = ds.deputy_id
              WHERE ds.tenant_id = s.tenant_id AND ds.station_id = s.id AND d.status <> 'left') AS deputies
             FROM station s JOIN area a ON a.tenant_id = s.tenant_id AND a.id = s.area_id WHERE s.tenant_id = ?",
            [self.tenant().into()],
        )
    }

    async fn station_rows(&self, mut query: Query) -> Result<Vec<Station>, StoreError> {
        query.push("ORDER BY s.sort, s.id", []);
        query
            .rows::<_, Row>(&self.read)
            .await?
            .into_iter()
            .map(Row::station)
            .collect()
    }
}

#[derive(FromQueryResult)]
struct Row {
    id: String,
    slug: String,
    name: String,
    kind: String,
    area_id: String,
    area_name: String,
    parent_id: Option<String>,
    address: String,
    phone: String,
    opening: String,
    reception_text: String,
    lng: f64,
    lat: f64,
    scope: String,
    principles: String,
    charter: String,
    contacts: String,
    directions: String,
    version: i64,
    deputies: i64,
}

impl Row {
    fn station(self) -> Result<Station, StoreError> {
        Ok(Station {
            card: StationCard {
                id: self.id,
                slug: self.slug,
                name: self.name,
                kind: self.kind,
                area_id: self.area_id,
                area_name: self.area_name,
                address: self.address,
                phone: self.phone,
                opening: self.opening,
                reception_text: self.reception_text,
                next_reception: None,
                deputies: self.deputies as u32,
                lng: self.lng,
                lat: self.lat,
            },
            parent_id: self.parent_id,
            scope: from_json(&self.scope)?,
            principles: from_json(&self.principles)?,
            charter: from_json(&self.charter)?,
            contacts: from_json(&self.contacts)?,
            directions: from_json(&self.directions)?,
            version: self.version,
        })
    }
}
