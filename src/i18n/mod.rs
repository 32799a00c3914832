//! All words people read. One language so far: [`zh`]. No sentence stands anywhere else.

pub mod dates;
#[cfg(feature = "csr")]
pub mod desk;
pub mod zh;
