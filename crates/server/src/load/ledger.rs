//! The ledger as it is read: filters of the address, records with their names.

use crate::actions::ledger_access as access;
use crate::auth::session::Viewer;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::calendar::Date;
use liaison_domain::dto::{Ledger, LedgerRecord, LedgerTotals, NamedRef, RecordLetter};
use liaison_domain::ledger::RecordOutcome;
use liaison_store::people::Account;
use liaison_store::receptions::{RecordFilter, Recorded};
use serde::Deserialize;
use utoipa::IntoParams;

/// Records of a page.
pub const ROWS: u64 = 30;
/// Records of a printed or exported ledger.
pub const MOST: u64 = 5000;

/// Which records are asked for, as it stands in the address.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct LedgerQuery {
    /// Words anywhere in the record, or its number.
    pub q: Option<String>,
    /// Slug of a station.
    pub station: Option<String>,
    /// Slug of a deputy who received.
    pub deputy: Option<String>,
    /// On this day or later, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// On this day or earlier, `YYYY-MM-DD`.
    pub to: Option<String>,
    /// `on_site`, `letter`, `noted`.
    pub outcome: Option<String>,
    /// `yes`: from paper only; `no`: the others only.
    pub historic: Option<String>,
    /// Id of a reception.
    pub session: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

fn given(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}

impl LedgerQuery {
    /// The conditions as they stand in an address, the cursor left out.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        [
            ("q", &self.q),
            ("station", &self.station),
            ("deputy", &self.deputy),
            ("from", &self.from),
            ("to", &self.to),
            ("outcome", &self.outcome),
            ("historic", &self.historic),
            ("session", &self.session),
        ]
        .into_iter()
        .filter_map(|(name, value)| given(value.as_ref()).map(|value| (name, value.to_owned())))
        .collect()
    }

    /// What the account may read of what is asked for. Names that mean nothing find nothing.
    pub async fn filter(&self, state: &AppState, account: &Account) -> ApiResult<RecordFilter> {
        let mut filter = access::scope(state, account).await?;
        let directory = state.directory().await?;
        if let Some(slug) = given(self.station.as_ref()) {
            let found = directory.station_by_slug(slug).map(|station| station.card.id.clone());
            let own = filter.stations.take();
            filter.stations = Some(
                found
                    .into_iter()
                    .filter(|id| own.as_ref().is_none_or(|own| own.contains(id)))
                    .collect(),
            );
        }
        if let Some(slug) = given(self.deputy.as_ref()) {
            let found = directory.deputies.iter().find(|deputy| deputy.card.slug == slug);
            filter
                .deputies
                .push(found.map_or_else(|| slug.to_owned(), |deputy| deputy.card.id.clone()));
        }
        filter.words = given(self.q.as_ref()).map(str::to_owned);
        filter.from = given(self.from.as_ref()).and_then(Date::parse).map(Date::start);
        filter.to = given(self.to.as_ref()).and_then(Date::parse).map(Date::end);
        filter.outcome = given(self.outcome.as_ref()).and_then(RecordOutcome::from_code);
        filter.historic = given(self.historic.as_ref()).map(|text| text == "yes");
        filter.session = given(self.session.as_ref()).map(str::to_owned);
        Ok(filter)
    }
}

/// `GET /records`.
pub async fn ledger(state: &AppState, viewer: &Viewer, query: &LedgerQuery) -> ApiResult<Ledger> {
    part(state, viewer, query, query.cursor.as_deref(), ROWS).await
}

/// Everything that a filter finds, up to [`MOST`].
pub async fn whole(state: &AppState, viewer: &Viewer, query: &LedgerQuery) -> ApiResult<Ledger> {
    part(state, viewer, query, None, MOST).await
}

async fn part(
    state: &AppState,
    viewer: &Viewer,
    query: &LedgerQuery,
    cursor: Option<&str>,
    limit: u64,
) -> ApiResult<Ledger> {
    let account = access::reader(viewer)?;
    let filter = query.filter(state, account).await?;
    let page = state.store.ledger_records(&filter, cursor, limit).await?;
    let totals = state.store.record_totals(&filter).await?;
    Ok(Ledger {
        items: shown(state, page.items).await?,
        next_cursor: page.next_cursor,
        totals: LedgerTotals {
            all: totals.all,
            people: totals.people,
            on_site: totals.on_site,
            letters: totals.letters,
            noted: totals.noted,
            open: totals.open,
        },
    })
}

/// `GET /records/{id}`.
pub async fn record(state: &AppState, viewer: &Viewer, id: &str) -> ApiResult<LedgerRecord> {
    one(state, found(state, viewer, id).await?).await
}

/// A record for whoever may read it, as it is kept.
pub async fn found(state: &AppState, viewer: &Viewer, id: &str) -> ApiResult<Recorded> {
    let account = access::reader(viewer)?;
    access::record(state, account, id).await
}

/// A record with its names.
pub async fn one(state: &AppState, record: Recorded) -> ApiResult<LedgerRecord> {
    shown(state, vec![record]).await?.pop().ok_or(ApiError::NotFound)
}

async fn shown(state: &AppState, records: Vec<Recorded>) -> ApiResult<Vec<LedgerRecord>> {
    let ids: Vec<_> = records.iter().filter_map(|record| record.letter_id.clone()).collect();
    let letters = state.store.letters_of_records(&ids).await?;
    let directory = state.directory().await?;
    let shown = |record: Recorded| LedgerRecord {
        station: NamedRef {
            name: directory
                .station(&record.station_id)
                .map(|station| station.card.name.clone())
                .unwrap_or_default(),
            id: record.station_id,
        },
        category_name: record
            .content
            .category_id
            .as_deref()
            .and_then(|id| directory.category(id))
            .map(|category| category.name.clone()),
        letter: record.letter_id.and_then(|id| {
            let (no, state) = letters.get(&id)?.clone();
            Some(RecordLetter { id, no, state })
        }),
        id: record.id,
        no: record.no,
        version: record.version,
        session_id: record.session_id,
        date: record.date,
        at: record.at,
        queue_no: record.queue_no,
        phone_masked: record.phone_masked,
        content: record.content,
        historic: record.historic,
        created_at: record.created_at,
    };
    Ok(records.into_iter().map(shown).collect())
}
