//! Routes: a page fetches, decides and holds state; what is drawn stands in `views`.

pub mod desk;
pub mod forms;
pub mod station;
