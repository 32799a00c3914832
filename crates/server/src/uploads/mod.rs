//! Pictures: sniffed, decoded under limits, turned upright, made anew without the camera's data, stored under
//! random names outside any web root.

mod decode;
mod files;

pub use decode::{Picture, PictureError, decode, middle};
pub use files::{FileStore, Size};

use crate::problem::ApiResult;
use crate::state::AppState;
use liaison_store::DEFAULT_TENANT;

/// Removes pictures that waited too long for their letter.
pub async fn sweep(state: &AppState) -> ApiResult<()> {
    let now = state.now();
    let gone = state.store.sweep_uploads(now - state.config.uploads.keep, now).await?;
    for id in gone {
        state.files.remove(DEFAULT_TENANT, &id).await?;
    }
    Ok(())
}
