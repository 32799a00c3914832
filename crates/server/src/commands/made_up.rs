//! Made-up data and the mark beside it. Only data so marked may be shown with one-tap logins, and only such data may
//! be thrown away by a command.

use super::StartError;
use super::data::{database_error, folder_error, name_district};
use crate::auth::secret;
use crate::config::Config;
use crate::state::AppState;
use liaison_store::StoreError;
use std::path::PathBuf;

/// How far a load has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Loading,
    Loaded,
}

impl Mark {
    fn path(config: &Config) -> PathBuf {
        config.data.join("demo.mark")
    }

    /// What stands in the file. It names the database: a folder's mark must not vouch for another database that an
    /// environment variable points to.
    fn text(self, config: &Config) -> String {
        let database = config
            .database_url
            .as_deref()
            .map_or_else(|| "embedded".to_owned(), secret::hash);
        let how_far = if self == Self::Loading { "loading" } else { "loaded" };
        format!("made-up data, {how_far}, database {database}\n")
    }

    fn read(config: &Config) -> Option<Self> {
        let text = std::fs::read_to_string(Self::path(config)).ok()?;
        [Self::Loading, Self::Loaded]
            .into_iter()
            .find(|mark| mark.text(config) == text)
    }

    fn write(self, config: &Config) -> Result<(), StartError> {
        std::fs::write(Self::path(config), self.text(config)).map_err(|why| folder_error(&config.data, why))
    }
}

/// Fills an empty database with the made-up district; leaves a demo's data as it is; refuses everybody else's.
/// With `reset`, and after a load that broke off half-way, a demo's data is thrown away first.
pub(super) async fn ensure(state: &AppState, reset: bool) -> Result<(), StartError> {
    let config = &state.config;
    let fail = |error: StoreError| database_error(config, &error);
    let is_empty = state.store.stations(None, None).await.map_err(fail)?.is_empty();
    match (is_empty, Mark::read(config)) {
        (false, None) => {
            return Err(StartError::Refused(
                "this database holds data that is not the demo's; choose another folder with --data, or start without \
                 --demo",
            ));
        }
        (false, Some(Mark::Loaded)) if !reset => return Ok(()),
        (false, Some(_)) => {
            state.store.reset().await.map_err(fail)?;
            name_district(state).await.map_err(fail)?;
        }
        (true, _) => {}
    }
    Mark::Loading.write(config)?;
    crate::demo::seed(state)
        .await
        .map_err(|error| StartError::Demo(error.to_string()))?;
    Mark::Loaded.write(config)?;
    state.read_rules().await.map_err(fail)
}
