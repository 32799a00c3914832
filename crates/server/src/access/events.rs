//! Events: who prepares and leads them, and who sits at the table.

use super::{is_point_of, staff};
use crate::auth::session::Viewer;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::Id;
use liaison_domain::dto::PartyRef;
use liaison_domain::events::PartyKind;
use liaison_domain::lifecycle::{Actor, Role};
use liaison_store::events::Event;
use liaison_store::people::Account;

/// Somebody of the desk towards an event.
#[derive(Clone, Debug)]
pub struct AtEvent<'a> {
    pub account: &'a Account,
    /// May change the event, its questions and everything else about it.
    pub may_moderate: bool,
    /// May make letters of questions: the office's own hands.
    pub may_file: bool,
    /// May write answers.
    pub may_answer: bool,
    /// Whose words an answer is, for those at the table.
    pub party: Option<PartyRef>,
}

impl AtEvent<'_> {
    /// Passes on who may moderate.
    pub fn moderator(self) -> ApiResult<Self> {
        if self.may_moderate {
            Ok(self)
        } else {
            Err(ApiError::forbidden())
        }
    }

    /// The account as one that acts on letters of the event's station.
    pub fn actor(&self, event: &Event) -> Actor {
        Actor {
            account_id: Some(self.account.id.clone()),
            role: self.account.role,
            unit_id: None,
            // A station answers for its points and acts as them.
            station_id: self.account.station_id.as_ref().map(|_| event.draft.station_id.clone()),
            deputy_id: None,
            is_author: false,
        }
    }
}

/// Whether events of a station are this office account's: the head station's staff see all, a station's its own and its
/// points'.
pub async fn covers_station(state: &AppState, account: &Account, station: &str) -> ApiResult<bool> {
    Ok(match &account.station_id {
        None => true,
        Some(own) => own == station || is_point_of(state, station, own).await?,
    })
}

/// Who may hold events of a station.
pub const fn holds_events(role: Role) -> bool {
    matches!(
        role,
        Role::StationOfficer | Role::StationLeader | Role::Moderator | Role::Admin
    )
}

/// An event for the desk, with what this person is there: in scope, or not there.
pub async fn desk_event<'a>(state: &AppState, viewer: &'a Viewer, id: &str) -> ApiResult<(Event, AtEvent<'a>)> {
    let account = staff(viewer)?;
    let event = state.store.event(id).await?.ok_or(ApiError::NotFound)?;
    let at = at_event(state, account, &event).await?.ok_or(ApiError::NotFound)?;
    Ok((event, at))
}

async fn at_event<'a>(state: &AppState, account: &'a Account, event: &Event) -> ApiResult<Option<AtEvent<'a>>> {
    let at_table = |kind: PartyKind, id: &Option<Id>, seats: &[Id]| {
        let id = id.as_ref().filter(|id| seats.contains(id) && event.state.is_public())?;
        Some(AtEvent {
            account,
            may_moderate: false,
            may_file: false,
            may_answer: true,
            party: Some(PartyRef { kind, id: id.clone() }),
        })
    };
    Ok(match account.role {
        Role::Deputy => at_table(PartyKind::Deputy, &account.deputy_id, &event.draft.deputies),
        Role::UnitOfficer | Role::UnitLeader => at_table(PartyKind::Unit, &account.unit_id, &event.draft.units),
        Role::StationOfficer | Role::StationLeader | Role::Moderator | Role::Auditor | Role::Admin => {
            let moderates = holds_events(account.role);
            covers_station(state, account, &event.draft.station_id)
                .await?
                .then_some(AtEvent {
                    account,
                    may_moderate: moderates,
                    may_file: moderates && account.role != Role::Moderator,
                    may_answer: moderates,
                    party: None,
                })
        }
        Role::Resident | Role::System => None,
    })
}
