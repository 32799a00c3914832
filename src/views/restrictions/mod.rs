//! One's own restriction, and the urgent channel. Drawn by the server alone.

mod mine;
mod urgent;

pub use mine::OwnRestrictionsView;
pub use urgent::{UrgentForm, UrgentSender, UrgentView};
