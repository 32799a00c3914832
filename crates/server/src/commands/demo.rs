//! `liaison-server demo`.

use super::{StartError, block_on, data, made_up};
use crate::config::Config;

/// Fills the database with the made-up district.
pub fn demo(config: Config, reset: bool) -> Result<(), StartError> {
    block_on(async {
        let state = data::open(config).await?;
        made_up::ensure(&state, reset).await?;
        state
            .store
            .clone()
            .close()
            .await
            .map_err(|error| data::database_error(&state.config, &error))
    })?
}
