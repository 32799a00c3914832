//! One letter in a lane.

use crate::StoreError;
use crate::directory::Names;
use crate::letters::NEVER;
use crate::sql::code;
use liaison_domain::dto::{HolderView, QueueRow};
use liaison_domain::lifecycle::{CaseState, HolderKind, LetterKind, Urgency};
use sea_orm::FromQueryResult;

pub(super) const COLUMNS: &str = "m.no, m.title, m.kind, m.state, m.urgency, c.name AS category_name, a.name AS area_name,
    s.name AS station_name, m.submitted_at, m.updated_at, m.holder_kind, m.holder_id, m.holder_since, m.holder_due, m.paused,
    m.pictures, m.supervised, m.round, m.version, m.unit_id";

pub(super) const JOINS: &str = "JOIN station s ON s.tenant_id = m.tenant_id AND s.id = m.station_id
    LEFT JOIN category c ON c.tenant_id = m.tenant_id AND c.id = m.category_id
    LEFT JOIN area a ON a.tenant_id = m.tenant_id AND a.id = m.area_id";

#[derive(FromQueryResult)]
pub(super) struct Row {
    pub(super) id: String,
    pub(super) at_id: String,
    pub(super) sort_key: i64,
    due: i64,
    late: bool,
    no: String,
    title: String,
    kind: String,
    state: String,
    urgency: String,
    category_name: Option<String>,
    area_name: Option<String>,
    station_name: String,
    submitted_at: i64,
    updated_at: i64,
    holder_kind: String,
    pub(super) holder_id: Option<String>,
    holder_since: i64,
    holder_due: Option<i64>,
    paused: bool,
    pictures: i64,
    supervised: bool,
    round: i64,
    version: i64,
    pub(super) unit_id: Option<String>,
}

impl Row {
    pub(super) fn view(self, names: &Names) -> Result<QueueRow, StoreError> {
        Ok(QueueRow {
            id: self.id,
            no: self.no,
            title: self.title,
            kind: code(LetterKind::from_code, &self.kind)?,
            state: code(CaseState::from_code, &self.state)?,
            urgency: code(Urgency::from_code, &self.urgency)?,
            category_name: self.category_name,
            area_name: self.area_name,
            station_name: self.station_name,
            submitted_at: self.submitted_at,
            updated_at: self.updated_at,
            holder: HolderView {
                kind: code(HolderKind::from_code, &self.holder_kind)?,
                name: names.get(self.holder_id.as_deref()),
                since: self.holder_since,
                due: self.holder_due,
                paused: self.paused,
            },
            due: Some(self.due).filter(|due| *due != NEVER),
            late: self.late,
            pictures: self.pictures as u32,
            supervised: self.supervised,
            round: self.round as u8,
            version: self.version,
            unit_name: names.get(self.unit_id.as_deref()),
        })
    }
}
