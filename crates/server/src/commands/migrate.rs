//! `liaison-server migrate`.

use super::{StartError, block_on, data};
use crate::config::Config;

/// Brings the database up to this version.
pub fn migrate(config: Config) -> Result<(), StartError> {
    block_on(async {
        let state = data::open(config).await?;
        state
            .store
            .clone()
            .close()
            .await
            .map_err(|error| data::database_error(&state.config, &error))
    })?
}
