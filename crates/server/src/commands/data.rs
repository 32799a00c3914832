//! The data folder and the database: made on the first start, probed on every one.

use super::StartError;
use crate::clock::Clock;
use crate::config::Config;
use crate::state::AppState;
use liaison_store::{DEFAULT_TENANT, Store, StoreError};
use std::io::ErrorKind;
use std::path::Path;

/// Opens folder and database, brings the schema up to date, and puts the state together.
pub(super) async fn open(config: Config) -> Result<AppState, StartError> {
    prepare(&config.data)?;
    let store = connect(&config).await?;
    let state = AppState::new(config, Clock::System, store).map_err(|e| StartError::State(e.to_string()))?;
    let fail = |error: StoreError| database_error(&state.config, &error);
    state.store.migrate().await.map_err(fail)?;
    name_district(&state).await.map_err(fail)?;
    state.read_rules().await.map_err(fail)?;
    Ok(state)
}

/// The district goes by the name and the letters' prefix that the configuration gives it.
pub(super) async fn name_district(state: &AppState) -> Result<(), StoreError> {
    let station = &state.config.station;
    let (name, prefix) = (&station.name, &station.number_prefix);
    state
        .store
        .ensure_tenant(DEFAULT_TENANT, "default", name, prefix, state.now())
        .await
}

/// Makes the folder and proves that it can be written, before anything relies on it.
fn prepare(path: &Path) -> Result<(), StartError> {
    std::fs::create_dir_all(path.join("files")).map_err(|why| folder_error(path, why))?;
    let probe = path.join(".probe");
    // A page of bytes, so that a full disk shows now and not at the first letter.
    std::fs::write(&probe, [0; 4096]).map_err(|why| folder_error(path, why))?;
    std::fs::remove_file(&probe).map_err(|why| folder_error(path, why))
}

async fn connect(config: &Config) -> Result<Store, StartError> {
    Store::connect(&config.database())
        .await
        .map_err(|error| database_error(config, &error))
}

/// One line for what the database said.
pub(super) fn database_error(config: &Config, error: &StoreError) -> StartError {
    if matches!(error, StoreError::Full) {
        return StartError::DiskFull {
            path: config.data.display().to_string(),
        };
    }
    StartError::Database {
        place: place(config),
        why: error.to_string().replace('\n', " "),
    }
}

/// Where the database is, without its password.
fn place(config: &Config) -> String {
    match &config.database_url {
        None => config.data.join("liaison.db").display().to_string(),
        Some(url) => {
            let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
            let host = url
                .rsplit_once('@')
                .map_or_else(|| url.trim_start_matches(scheme), |(_, host)| host);
            let host = host.trim_start_matches("://").split('?').next().unwrap_or_default();
            format!("{scheme}://{host}")
        }
    }
}

pub(super) fn folder_error(path: &Path, why: std::io::Error) -> StartError {
    let path = path.display().to_string();
    match why.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => StartError::DiskFull { path },
        _ => StartError::Data { path, why },
    }
}
