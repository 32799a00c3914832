//! The staff app's pages beside the boards: where they are, what they are called, whose they are. The app's head shows
//! them, and so do the pages that the server draws alone.

use crate::i18n::desk::{
    admin, board, client_errors, doors, ledger, numbers, office, outbox, places, receptions, restrictions, units,
};
use liaison_domain::lifecycle::Role;

/// A page beside one's own board: address, name, whose it is.
pub type Page = (&'static str, &'static str, fn(Role) -> bool);

/// The pages beside one's own board.
pub const PAGES: &[Page] = &[
    ("/desk/unit/board", board::TITLE, is_unit),
    ("/desk/file", office::FILE, is_clerk),
    (EVENTS, office::EVENTS, comes_to_events),
    ("/desk/calls", office::CALLS, is_office),
    ("/desk/receptions", receptions::TITLE, is_office),
    ("/desk/my-receptions", receptions::MINE, is_deputy),
    (LEDGER, ledger::TITLE, reads_ledger),
    (STATIONS, places::STATIONS, is_clerk),
    (DEPUTIES, places::DEPUTIES, is_clerk),
    (MY_PROFILE, places::MY_PROFILE, is_deputy),
    (RESTRICTIONS, restrictions::TITLE, is_office),
    (NUMBERS, numbers::TITLE, is_leader),
    ("/desk/library", office::LIBRARY, is_overseer),
    (DOORS, doors::TITLE, is_overseer),
    ("/desk/admin/calendar", admin::CALENDAR, may_look),
    ("/desk/admin/limits", admin::LIMITS, may_look),
    ("/desk/admin/jobs", admin::JOBS, may_look),
    ("/desk/admin/outbox", outbox::TITLE, may_look),
    (CLIENT_ERRORS, client_errors::TITLE, may_look),
    (UNITS, units::TITLE, is_admin),
];

/// Events, drawn by the server alone.
pub const EVENTS: &str = "/desk/events";

/// What went wrong in browsers.
pub const CLIENT_ERRORS: &str = "/desk/admin/errors";

/// Where matters are decided that no deputy can take up.
pub const DOORS: &str = "/desk/admin/doors";

/// Where duties move from unit to unit.
pub const UNITS: &str = "/desk/admin/units";

/// What was talked about at receptions.
pub const LEDGER: &str = "/desk/ledger";

/// What the stations' pages say.
pub const STATIONS: &str = "/desk/stations";

/// What the deputies' pages say.
pub const DEPUTIES: &str = "/desk/deputies";

/// What a deputy's own page says.
pub const MY_PROFILE: &str = "/desk/my-profile";

/// Restrictions of people who misuse the station.
pub const RESTRICTIONS: &str = "/desk/restrictions";

/// Another telephone number for somebody who has lost theirs.
pub const NUMBERS: &str = "/desk/numbers";

/// Whoever leads a station, or administers.
pub const fn is_leader(role: Role) -> bool {
    matches!(role, Role::StationLeader | Role::Admin)
}

/// Those who receive people, and the office.
pub const fn reads_ledger(role: Role) -> bool {
    is_office(role) || matches!(role, Role::Deputy)
}

/// Pages that the server alone draws: opened whole, past the app's router.
pub fn is_whole(address: &str) -> bool {
    matches!(
        address,
        UNITS
            | DOORS
            | CLIENT_ERRORS
            | EVENTS
            | LEDGER
            | STATIONS
            | DEPUTIES
            | MY_PROFILE
            | RESTRICTIONS
            | NUMBERS
            | "/desk/receptions"
            | "/desk/my-receptions"
    )
}

/// Those who take letters on.
pub const fn is_clerk(role: Role) -> bool {
    matches!(role, Role::StationOfficer | Role::StationLeader | Role::Admin)
}

/// Those who hold events, look after them or sit at their table.
pub const fn comes_to_events(role: Role) -> bool {
    is_office(role) || is_unit(role) || matches!(role, Role::Deputy)
}

/// Everybody at the office's end.
pub const fn is_office(role: Role) -> bool {
    matches!(
        role,
        Role::StationOfficer | Role::StationLeader | Role::Moderator | Role::Auditor | Role::Admin
    )
}

/// Everybody at a unit's end.
pub const fn is_unit(role: Role) -> bool {
    matches!(role, Role::UnitOfficer | Role::UnitLeader)
}

/// Deputies.
pub const fn is_deputy(role: Role) -> bool {
    matches!(role, Role::Deputy)
}

/// Those who may look at how the station is set up.
pub const fn is_overseer(role: Role) -> bool {
    matches!(role, Role::StationLeader | Role::Auditor | Role::Admin)
}

/// Those who may open the administration's pages.
pub const fn may_look(role: Role) -> bool {
    matches!(role, Role::Admin | Role::Auditor)
}

/// Who runs the installation.
pub const fn is_admin(role: Role) -> bool {
    matches!(role, Role::Admin)
}
