//! Paper ledgers become records: the file is read, every row is judged, and the good ones are kept when that is wanted.

use super::{ledger_access as access, record};
use crate::access as roles;
use crate::auth::phone::Phone;
use crate::auth::secret;
use crate::auth::session::Viewer;
use crate::problem::{ApiError, ApiResult};
use crate::sheets::{self, Unreadable};
use crate::state::AppState;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use liaison_domain::calendar::date_of;
use liaison_domain::dto::{LedgerFault, LedgerImportRequest, LedgerImportResult, StationCard};
use liaison_domain::ledger::{Known, RowFault, Sheet, SheetRow, columns_of, read_row};
use liaison_store::receptions::{ImportRow, Imported, KeptImport, NewImport};

/// Largest file, in bytes.
pub const BYTES: usize = 1 << 20;
/// Most rows of a file.
pub const ROWS: usize = 2000;
/// Longest name of a file that is kept, in characters.
const NAME: usize = 100;

/// A paper ledger that was read; nothing of it is kept yet.
#[derive(Clone, Debug)]
pub struct Paper {
    pub station: StationCard,
    pub file_name: String,
    pub digest: String,
    pub good: Vec<(u32, SheetRow)>,
    pub bad: Vec<(u32, Vec<RowFault>)>,
    pub sheet: Sheet,
    /// The station took over the same file before.
    pub known: Option<KeptImport>,
}

impl Paper {
    /// The rows that cannot be kept, as they stand in the file.
    pub fn bad_rows(&self) -> impl Iterator<Item = (&(u32, Vec<String>), &[RowFault])> {
        let faults = |row: u32| self.bad.iter().find(|(bad, _)| *bad == row);
        self.sheet
            .rows
            .iter()
            .filter_map(move |row| faults(row.0).map(|(_, faults)| (row, faults.as_slice())))
    }
}

/// The file of a hidden field or of JSON.
pub fn decoded(data: &str) -> ApiResult<Vec<u8>> {
    URL_SAFE_NO_PAD
        .decode(data.trim())
        .map_err(|_| ApiError::field("file", "invalid"))
}

/// The same the other way.
pub fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads a file and judges every row.
///
/// # Errors
/// The file as a whole cannot be read (field `file`: `required`, `too_big`, `invalid`, `empty`, `too_many`, `columns`), or
/// the station is not the account's.
pub async fn read(
    state: &AppState,
    viewer: &Viewer,
    station: &str,
    file_name: &str,
    bytes: Vec<u8>,
) -> ApiResult<Paper> {
    let account = roles::clerk(viewer)?;
    let directory = state.directory().await?;
    let Some(station) = directory.station_by_slug(station).map(|station| station.card.clone()) else {
        return Err(ApiError::field("station", "required"));
    };
    if !access::has_station(state, account, &station.id).await? {
        return Err(ApiError::field("station", "unknown"));
    }
    if bytes.is_empty() {
        return Err(ApiError::field("file", "required"));
    }
    if bytes.len() > BYTES {
        return Err(ApiError::field_limit("file", "too_big", BYTES as u64));
    }
    let digest = secret::hash_bytes(&bytes);
    // Unpacking and reading take a core for a moment.
    let sheet = tokio::task::spawn_blocking(move || sheets::read(&bytes, ROWS))
        .await
        .map_err(|error| ApiError::internal("reading a table", error))?
        .map_err(|error| match error {
            Unreadable::NotATable => ApiError::field("file", "invalid"),
            Unreadable::Empty => ApiError::field("file", "empty"),
            Unreadable::TooMany => ApiError::field_limit("file", "too_many", ROWS as u64),
        })?;
    let columns = columns_of(&sheet.titles).map_err(|_| ApiError::field("file", "columns"))?;
    let known = Known {
        categories: directory
            .categories
            .iter()
            .map(|category| (category.name.clone(), category.id.clone()))
            .collect(),
        deputies: directory
            .deputies
            .iter()
            .map(|deputy| (deputy.card.name.clone(), deputy.card.id.clone()))
            .collect(),
        today: date_of(state.now()),
    };
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    for (row, cells) in &sheet.rows {
        match read_row(&columns, cells, &known) {
            Ok(read) => good.push((*row, read)),
            Err(faults) => bad.push((*row, faults)),
        }
    }
    Ok(Paper {
        known: state.store.ledger_import(&station.id, &digest).await?,
        file_name: file_name.chars().take(NAME).collect(),
        station,
        digest,
        good,
        bad,
        sheet,
    })
}

/// Keeps the good rows, all of them or none; the same file a second time adds nothing.
pub async fn keep(state: &AppState, viewer: &Viewer, paper: &Paper) -> ApiResult<Imported> {
    let account = roles::clerk(viewer)?;
    if paper.good.is_empty() {
        return Err(ApiError::field("file", "no_good_rows"));
    }
    let mut rows = Vec::with_capacity(paper.good.len());
    for (row, read) in &paper.good {
        let phone = read.phone.as_deref().and_then(Phone::parse);
        rows.push(ImportRow {
            row: *row,
            at: read.date.start(),
            phone: phone.map(|phone| record::seal(state, &phone)).transpose()?,
            content: read.content.clone(),
        });
    }
    let new = NewImport {
        station_id: paper.station.id.clone(),
        file_name: paper.file_name.clone(),
        digest: paper.digest.clone(),
        passed_over: paper.bad.len() as u32,
        account_id: account.id.clone(),
    };
    let imported = state.store.import_records(&new, &rows, state.now()).await?;
    if let Imported::Kept(kept) = &imported {
        tracing::info!(import = kept.id, rows = kept.kept, "a paper ledger was taken over");
    }
    Ok(imported)
}

/// `POST /imports/ledger`.
pub async fn import(state: &AppState, viewer: &Viewer, request: &LedgerImportRequest) -> ApiResult<LedgerImportResult> {
    roles::clerk(viewer)?;
    let bytes = decoded(&request.data)?;
    let paper = read(state, viewer, &request.station, &request.file_name, bytes).await?;
    let fault = |(row, faults): &(u32, Vec<RowFault>)| {
        let row = *row;
        let told = faults.iter().map(move |fault| LedgerFault {
            row,
            column: fault.column.title().to_owned(),
            code: fault.code.to_owned(),
        });
        told.collect::<Vec<_>>()
    };
    let mut result = LedgerImportResult {
        good: paper.good.len() as u32,
        bad: paper.bad.len() as u32,
        faults: paper.bad.iter().flat_map(fault).collect(),
        kept: None,
        known_since: paper.known.as_ref().map(|known| known.at),
    };
    if request.keep && paper.known.is_none() {
        match keep(state, viewer, &paper).await? {
            Imported::Kept(kept) => result.kept = Some(kept.kept as u32),
            Imported::Known(known) => result.known_since = Some(known.at),
        }
    }
    Ok(result)
}
