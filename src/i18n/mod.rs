//! All words people read. One language so far: [`zh`]. No sentence stands anywhere else.

pub mod dates;
#[cfg(any(feature = "csr", feature = "ssr"))]
pub mod desk;
pub mod zh;
