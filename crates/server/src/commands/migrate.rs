//! `liaison-server migrate`.

use super::{StartError, data};
use crate::config::Config;

/// Brings the database up to this version.
pub fn migrate(config: Config) -> Result<(), StartError> {
    data::prepare(&config.data)
}
