//! `liaison-server demo`.

use super::{StartError, data};
use crate::config::Config;

/// Fills the database with the made-up district.
pub fn demo(config: Config, _reset: bool) -> Result<(), StartError> {
    data::prepare(&config.data)
}
