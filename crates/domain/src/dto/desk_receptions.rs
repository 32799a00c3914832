//! Receptions as the desk sees them: lanes, one reception with who receives and who booked, and what is done to it.

use super::NamedRef;
use super::desk_schedule::FittingDeputy;
use crate::reception::{BookingState, DeputyState, Mode, SessionKind, SessionState};
use crate::{Id, Millis};
use serde::{Deserialize, Serialize};

/// The lanes of the office's board of receptions, in their order.
pub const RECEPTION_LANES: [&str; 6] = ["to_announce", "leave", "coming", "left", "past", "cancelled"];

/// How many are in a lane.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceptionLane {
    /// `to_announce`, `leave`, `coming`, `left`, `past`, `cancelled`.
    pub lane: String,
    pub count: u64,
}

/// A deputy at a reception.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceivingDeputy {
    pub deputy: NamedRef,
    pub state: DeputyState,
    /// Whose place this one takes.
    pub instead_of: Option<String>,
    /// Why this one asked to be excused.
    pub reason: Option<String>,
    /// Who they proposed to come instead.
    pub proposed: Option<NamedRef>,
}

/// A reception in a lane.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceptionRow {
    pub id: Id,
    pub version: i64,
    pub station: NamedRef,
    pub kind: SessionKind,
    pub title: String,
    pub topic: String,
    pub state: SessionState,
    pub starts_at: Millis,
    pub ends_at: Millis,
    /// Where, if not at the station itself.
    pub place: String,
    /// Everybody who was to receive, those excused included.
    pub deputies: Vec<ReceivingDeputy>,
    /// Until when it should be announced: three days before.
    pub announce_by: Millis,
    /// Bookings that hold a time.
    pub booked: u32,
    pub waiting: u32,
}

/// A page of a lane.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceptionBoard {
    pub lanes: Vec<ReceptionLane>,
    pub items: Vec<ReceptionRow>,
    pub total: u64,
    pub next_cursor: Option<String>,
}

/// Somebody who booked, as the desk sees them: the name's beginning only, never a number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceptionBooking {
    pub id: Id,
    /// 「李女士」, 「李**」.
    pub name: String,
    /// When the talk begins; none on the waiting list.
    pub starts_at: Option<Millis>,
    /// Who is met; none: whoever is there.
    pub deputy: Option<NamedRef>,
    pub mode: Mode,
    pub topic: String,
    pub access_needs: String,
    pub people: u32,
    pub state: BookingState,
    /// What they have to answer: `substitute`, `moved`, `alternatives`.
    pub choice: Option<String>,
}

/// What its rule says now about a reception that it gave.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceptionRule {
    pub id: Id,
    pub words: String,
    pub active: bool,
    /// It differs from the rule, and the office has to decide.
    pub differs: bool,
    /// When the rule holds that day now, `YYYY-MM-DD`; none: not at all.
    pub date: Option<String>,
}

/// One reception at the desk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeskReception {
    pub row: ReceptionRow,
    /// The station's own address, where no place is named.
    pub address: String,
    pub station_slug: String,
    pub notice: String,
    pub online_link: Option<String>,
    pub slot_minutes: u32,
    pub seats: u32,
    pub modes: Vec<Mode>,
    pub announced_at: Option<Millis>,
    pub cancelled_at: Option<Millis>,
    pub cancel_reason: Option<String>,
    pub closed_at: Option<Millis>,
    pub rule: Option<ReceptionRule>,
    /// By time, then those waiting in their order.
    pub bookings: Vec<ReceptionBooking>,
    /// Who would fit the season.
    pub fitting: Vec<FittingDeputy>,
    /// What can be done now: `announce`, `change`, `cancel`, `close`, `keep`.
    pub may: Vec<String>,
}

/// A reception made by hand: `POST /reception-sessions`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewReception {
    pub station_id: Id,
    pub kind: SessionKind,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub topic: String,
    pub starts_at: Millis,
    pub ends_at: Millis,
    #[serde(default)]
    pub place: String,
    #[serde(default)]
    pub online_link: Option<String>,
    pub slot_minutes: u32,
    pub seats: u32,
    pub modes: Vec<Mode>,
    /// What to know beforehand.
    #[serde(default)]
    pub notice: String,
    #[serde(default)]
    pub deputies: Vec<Id>,
}

/// What is changed: `PATCH /reception-sessions/{id}`. What is left out stays.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields, default)]
pub struct ReceptionChange {
    pub title: Option<String>,
    pub topic: Option<String>,
    pub starts_at: Option<Millis>,
    pub ends_at: Option<Millis>,
    pub place: Option<String>,
    /// Empty: none.
    pub online_link: Option<String>,
    pub notice: Option<String>,
}

/// Why a reception is cancelled.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CancelReception {
    pub reason: String,
}

/// Who is to receive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NameDeputy {
    pub deputy_id: Id,
}

/// A deputy asks to be excused.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LeaveRequest {
    pub reason: String,
    /// Who could come instead.
    #[serde(default)]
    pub proposed: Option<Id>,
}

/// What the office decides about a deputy's place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LeaveDecision {
    /// `substitute`, `excused`, `refused`.
    pub decision: String,
    /// Who comes instead, for `substitute`.
    #[serde(default)]
    pub substitute: Option<Id>,
}

/// What a change meant for those who booked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReceptionOutcome {
    /// The reception's version now.
    pub version: i64,
    /// Bookings that have to be confirmed: another time, place or deputy.
    pub to_confirm: u32,
    /// Bookings that are offered something else.
    pub dropped: u32,
    /// People waiting who were offered a time.
    pub offered: u32,
}

/// A reception of one's own, for a deputy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OwnReception {
    pub row: ReceptionRow,
    pub address: String,
    pub notice: String,
    /// Those who booked with this deputy, or with whoever is there.
    pub bookings: Vec<ReceptionBooking>,
    /// Whether being excused can still be asked for.
    pub may_leave: bool,
}
