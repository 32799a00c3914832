//! Names for ids, looked up together.

use crate::StoreError;
use crate::sql::{Query, marks};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use std::collections::{BTreeSet, HashMap};

/// Names of units (short), deputies, stations, areas and categories by id. Ids are unique across all of them.
#[derive(Clone, Debug, Default)]
pub struct Names(HashMap<String, String>);

#[derive(FromQueryResult)]
struct Named {
    id: String,
    name: String,
}

const SOURCES: [&str; 5] = [
    "SELECT id, short_name AS name FROM org_unit WHERE tenant_id = ? AND id IN",
    "SELECT id, name FROM deputy WHERE tenant_id = ? AND id IN",
    "SELECT id, name FROM station WHERE tenant_id = ? AND id IN",
    "SELECT id, name FROM area WHERE tenant_id = ? AND id IN",
    "SELECT id, name FROM category WHERE tenant_id = ? AND id IN",
];

impl Names {
    /// Looks all of `ids` up, whatever each is the id of.
    pub(crate) async fn of<C: ConnectionTrait>(
        db: &C,
        tenant: &str,
        ids: BTreeSet<String>,
    ) -> Result<Self, StoreError> {
        let mut names = HashMap::new();
        if ids.is_empty() {
            return Ok(Self(names));
        }
        for source in SOURCES {
            let mut query = Query::new(source, [tenant.into()]);
            query.push_all(&marks(ids.len()), ids.iter().map(|id| Value::from(id.as_str())));
            names.extend(query.rows::<_, Named>(db).await?.into_iter().map(|n| (n.id, n.name)));
        }
        Ok(Self(names))
    }

    /// The name of an id, if it has one.
    pub fn get(&self, id: Option<&str>) -> Option<String> {
        self.0.get(id?).cloned()
    }
}
