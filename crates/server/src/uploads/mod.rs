//! Pictures: sniffed, decoded under limits, turned upright, made anew without the camera's data, stored under
//! random names outside any web root.

mod decode;
mod files;

pub use decode::{Picture, PictureError, decode};
pub use files::{FileStore, Size};
