//! Pictures: sniffed, decoded under limits, turned upright, made anew without the camera's data, stored under
//! random names outside any web root. Recordings and videos: looked into, emptied of what the recorder wrote beside them,
//! kept as they are otherwise.

mod decode;
mod files;
pub mod media;

pub use decode::{Picture, PictureError, decode, middle};
pub use files::{FileStore, Size};

use crate::problem::ApiResult;
use crate::state::AppState;
use liaison_store::DEFAULT_TENANT;

/// Removes what waited too long for its letter, and files of which no more came.
pub async fn sweep(state: &AppState) -> ApiResult<()> {
    let now = state.now();
    let gone = state.store.sweep_uploads(now - state.config.uploads.keep, now).await?;
    for id in gone {
        state.files.remove(DEFAULT_TENANT, &id).await?;
    }
    for id in state
        .store
        .stuck_incoming(state.now() - state.config.uploads.keep)
        .await?
    {
        crate::actions::video::drop_incoming(state, &id).await?;
    }
    Ok(())
}
