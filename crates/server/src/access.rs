//! Who may see and do what, in one place. The lifecycle's rules decide which *event* a person may cause; what is here
//! decides which *letters* exist for them at all. A letter out of scope does not exist: 404, never 403.

mod events;

pub use events::{AtEvent, covers_station, desk_event, holds_events};

use crate::auth::session::Viewer;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::Id;
use liaison_domain::lifecycle::{Actor, Case, CaseState, Role, Task};
use liaison_store::letters::Letter;
use liaison_store::media::Media;
use liaison_store::people::Account;

/// A resident logged in.
pub fn resident(viewer: &Viewer) -> ApiResult<&Account> {
    with_role(viewer, |role| role == Role::Resident)
}

/// Anybody who works at the desk.
pub fn staff(viewer: &Viewer) -> ApiResult<&Account> {
    with_role(viewer, |role| !matches!(role, Role::Resident | Role::System))
}

/// Who runs the installation.
pub fn admin(viewer: &Viewer) -> ApiResult<&Account> {
    with_role(viewer, |role| role == Role::Admin)
}

/// The office: stations' staff, and those who look over all of them.
pub fn office(viewer: &Viewer) -> ApiResult<&Account> {
    with_role(viewer, is_office)
}

/// The office's own hands: whoever may take letters on.
pub fn clerk(viewer: &Viewer) -> ApiResult<&Account> {
    with_role(viewer, |role| {
        matches!(role, Role::StationOfficer | Role::StationLeader | Role::Admin)
    })
}

/// The head station's office: what is the whole district's, it sees.
pub fn head_office(viewer: &Viewer) -> ApiResult<&Account> {
    office(viewer).and_then(of_head_station)
}

/// The head station's own hands: what is the whole district's, they keep.
pub fn head_clerk(viewer: &Viewer) -> ApiResult<&Account> {
    clerk(viewer).and_then(of_head_station)
}

fn of_head_station(account: &Account) -> ApiResult<&Account> {
    if account.station_id.is_none() {
        Ok(account)
    } else {
        Err(ApiError::forbidden())
    }
}

/// Those who may read the rules a station works by.
pub fn rules_reader(viewer: &Viewer) -> ApiResult<&Account> {
    with_role(viewer, |role| {
        matches!(role, Role::Admin | Role::Auditor | Role::StationLeader)
    })
}

/// Whoever leads a station, or administers.
pub fn leader(viewer: &Viewer) -> ApiResult<&Account> {
    with_role(viewer, |role| matches!(role, Role::StationLeader | Role::Admin))
}

/// A unit's staff, with their unit.
pub fn unit(viewer: &Viewer) -> ApiResult<(&Account, &Id)> {
    let account = with_role(viewer, |role| matches!(role, Role::UnitOfficer | Role::UnitLeader))?;
    Ok((account, account.unit_id.as_ref().ok_or(ApiError::forbidden())?))
}

/// A deputy.
pub fn deputy(viewer: &Viewer) -> ApiResult<(&Account, &Id)> {
    let account = with_role(viewer, |role| role == Role::Deputy)?;
    Ok((account, account.deputy_id.as_ref().ok_or(ApiError::forbidden())?))
}

/// Who looks after the installation, or looks over it.
pub fn overseer(viewer: &Viewer) -> ApiResult<&Account> {
    with_role(viewer, |role| matches!(role, Role::Admin | Role::Auditor))
}

fn with_role(viewer: &Viewer, fits: impl Fn(Role) -> bool) -> ApiResult<&Account> {
    let account = viewer.logged_in()?;
    if fits(account.role) {
        Ok(account)
    } else {
        Err(ApiError::forbidden())
    }
}

const fn is_office(role: Role) -> bool {
    matches!(
        role,
        Role::StationOfficer | Role::StationLeader | Role::Moderator | Role::Auditor | Role::Admin
    )
}

/// A letter with the person who acts on it, as the server establishes it: in scope, or not there.
pub async fn letter(state: &AppState, viewer: &Viewer, no_or_id: &str) -> ApiResult<(Letter, Actor)> {
    if viewer.account.is_none() && viewer.granted.is_empty() {
        return Err(ApiError::Unauthenticated);
    }
    let letter = state.store.by_no_or_id(no_or_id).await?.ok_or(ApiError::NotFound)?;
    let actor = match actor(state, viewer, &letter).await? {
        Some(actor) => actor,
        // A clerk may have a letter of their own: number and code open it for them as for anybody.
        None if viewer.granted.contains(&letter.id) => author(),
        None => return Err(ApiError::NotFound),
    };
    Ok((letter, actor))
}

/// A letter for its author: by login, or by number and code.
pub async fn own_letter(state: &AppState, viewer: &Viewer, no_or_id: &str) -> ApiResult<(Letter, Actor)> {
    let (letter, actor) = letter(state, viewer, no_or_id).await?;
    if actor.is_author {
        Ok((letter, actor))
    } else if viewer.granted.contains(&letter.id) {
        Ok((letter, author()))
    } else {
        Err(ApiError::NotFound)
    }
}

/// A letter for the desk.
pub async fn desk_letter(state: &AppState, viewer: &Viewer, no_or_id: &str) -> ApiResult<(Letter, Actor)> {
    staff(viewer)?;
    let (letter, actor) = letter(state, viewer, no_or_id).await?;
    if actor.role == Role::Resident {
        Err(ApiError::NotFound)
    } else {
        Ok((letter, actor))
    }
}

/// The author of a letter, acting through a survey's link.
pub fn author() -> Actor {
    Actor {
        role: Role::Resident,
        is_author: true,
        ..Actor::system()
    }
}

/// Who the viewer is towards this letter; nobody when it is out of scope.
async fn actor(state: &AppState, viewer: &Viewer, letter: &Letter) -> ApiResult<Option<Actor>> {
    let granted = viewer.granted.contains(&letter.id);
    let Some(account) = &viewer.account else {
        return Ok(granted.then(author));
    };
    let actor = Actor {
        account_id: Some(account.id.clone()),
        role: account.role,
        unit_id: account.unit_id.clone(),
        station_id: account.station_id.clone(),
        deputy_id: account.deputy_id.clone(),
        is_author: false,
    };
    let case = &letter.case;
    Ok(match account.role {
        Role::Resident => {
            let own = granted || letter.account_id.as_ref() == Some(&account.id);
            own.then_some(Actor {
                is_author: true,
                ..actor
            })
        }
        Role::Deputy => {
            // What is held back for a clerk to look at first is not for deputies yet.
            let mine = account.deputy_id.is_some()
                && case.state != CaseState::ScreeningHold
                && (letter.addressed_deputy_id == account.deputy_id || case.deputy_id == account.deputy_id);
            mine.then_some(actor)
        }
        Role::UnitOfficer | Role::UnitLeader => {
            let Some(unit) = &account.unit_id else {
                return Ok(None);
            };
            // Its own task, or another unit's whose work it does.
            let involved = case
                .tasks
                .iter()
                .any(|task| task.unit_id == *unit || (task.state.is_current() && task.delegate.as_ref() == Some(unit)));
            if involved || took_over(state, unit, case).await? {
                Some(actor)
            } else {
                None
            }
        }
        Role::StationOfficer | Role::StationLeader | Role::Moderator | Role::Auditor | Role::Admin => {
            match &account.station_id {
                // The head station's staff see all.
                None => Some(actor),
                Some(own) if *own == case.station_id => Some(actor),
                // A station answers for its points (一站多点) and acts as them.
                Some(own) if is_point_of(state, &case.station_id, own).await? => Some(Actor {
                    station_id: Some(case.station_id.clone()),
                    ..actor
                }),
                Some(_) => None,
            }
        }
        Role::System => None,
    })
}

/// What was handled by a unit whose duties moved here is not lost to whoever answers for them now.
async fn took_over(state: &AppState, unit: &Id, case: &Case) -> ApiResult<bool> {
    if case.tasks.is_empty() {
        return Ok(false);
    }
    let before = state.store.predecessors(unit).await?;
    Ok(case.tasks.iter().any(|task| before.contains(&task.unit_id)))
}

/// The letter of a task, for the unit that answers for it or does its work; for others there is no such task.
pub async fn task_letter(state: &AppState, viewer: &Viewer, task_id: &str) -> ApiResult<(Letter, Task)> {
    let (_, unit) = unit(viewer)?;
    let owner = state.store.task_owner(task_id).await?.ok_or(ApiError::NotFound)?;
    let letter = state.store.load(&owner.0).await?.ok_or(ApiError::NotFound)?;
    let task = letter
        .case
        .tasks
        .iter()
        .find(|task| task.id == task_id && (task.unit_id == *unit || task.delegate.as_ref() == Some(unit)))
        .cloned();
    Ok((letter, task.ok_or(ApiError::NotFound)?))
}

async fn is_point_of(state: &AppState, point: &str, station: &str) -> ApiResult<bool> {
    let found = state.store.station(point).await?;
    Ok(found
        .and_then(|found| found.parent_id)
        .is_some_and(|parent| parent == station))
}

/// The stations whose letters an office account sees: none means all.
pub async fn stations_of(state: &AppState, account: &Account) -> ApiResult<Option<Vec<Id>>> {
    let Some(own) = &account.station_id else {
        return Ok(None);
    };
    let points = state.store.station_points(own).await?;
    Ok(Some(
        std::iter::once(own.clone())
            .chain(points.into_iter().map(|point| point.card.id))
            .collect(),
    ))
}

/// A recording or video, if it exists for this viewer: by the token of an unclaimed upload, or with its letter. None of
/// them is ever public.
pub async fn media(state: &AppState, viewer: &Viewer, id: &str, token: Option<&str>) -> ApiResult<Media> {
    let media = state.store.media_file(id).await?.ok_or(ApiError::NotFound)?;
    let may_see = match (&media.letter_id, token) {
        (Some(letter_id), _) => match state.store.load(letter_id).await? {
            Some(letter) => actor(state, viewer, &letter).await?.is_some(),
            None => false,
        },
        (None, Some(token)) => state.store.unclaimed_media(id, token).await?.is_some(),
        (None, None) => false,
    };
    if may_see { Ok(media) } else { Err(ApiError::NotFound) }
}

/// Whether a picture exists for this viewer: in a public copy, by the token of an unclaimed upload, or with its letter.
pub async fn may_see_picture(state: &AppState, viewer: &Viewer, id: &str, token: Option<&str>) -> ApiResult<bool> {
    let Some(picture) = state.store.upload(id).await? else {
        return Ok(false);
    };
    let Some(letter_id) = &picture.letter_id else {
        let Some(token) = token else { return Ok(false) };
        return Ok(state.store.unclaimed_upload(id, token).await?.is_some());
    };
    if state.store.is_public_picture(id).await? {
        return Ok(true);
    }
    let Some(letter) = state.store.load(letter_id).await? else {
        return Ok(false);
    };
    Ok(actor(state, viewer, &letter).await?.is_some())
}
