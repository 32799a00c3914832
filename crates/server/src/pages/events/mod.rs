//! Pages of events: for everybody, for the hall's big screen, for the desk. The same pages hand out their parts to
//! `public/live.js`: `?part=live` what everybody gets alike, `?part=mine` what is the reader's own. A form that the
//! script sends carries the header [`LIVE`] and is answered with parts as well. docs/decisions/0023.

mod act;
mod desk;
mod desk_act;
mod desk_form;
mod mine;
mod public;

pub use act::act;
pub use desk::{list as desk_list, show as desk_show};
pub use desk_act::act as desk_act;
pub use desk_form::{create, edit, new, save};
pub use mine::{give_up, list as mine};
pub use public::{list, screen, show};

use super::visit::Visit;

/// Sent by the script with what it asks and posts.
const LIVE: &str = "x-live";

/// Whether the script asks, which needs the parts alone.
fn is_script(visit: &Visit) -> bool {
    visit.headers.contains_key(LIVE)
}
