//! What can be booked at a reception, and one's own bookings.

use crate::access;
use crate::actions::looks;
use crate::auth::session::Viewer;
use crate::directory::Directory;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::Millis;
use liaison_domain::calendar::DAY_MS;
use liaison_domain::dto::{Alternative, AppointmentDetail, AppointmentView, BookOptions, SlotView};
use liaison_domain::reception::{Booking, BookingState, Mode, SessionState};
use liaison_store::people::Account;
use liaison_store::receptions::{Appointment, Session, SessionFilter};

/// Bookings of one person that are shown.
pub const MOST: u64 = 100;
/// How far ahead something else is looked for.
const AHEAD: Millis = 60 * DAY_MS;
/// Receptions looked at for it, and shown.
const LOOKED_AT: u64 = 40;
const SHOWN: usize = 5;

/// A reception that residents may see.
pub async fn session(state: &AppState, id: &str) -> ApiResult<Session> {
    state.store.session(id).await?.ok_or(ApiError::NotFound)
}

/// `GET /reception-sessions/{id}/slots`.
pub async fn options(state: &AppState, id: &str) -> ApiResult<BookOptions> {
    let session = session(state, id).await?;
    let directory = state.directory().await?;
    let booking = Booking {
        kind: session.kind,
        state: session.state,
        starts_at: session.starts_at,
        closes_hours: state.config.reception.terms().closes_hours,
    };
    let slots = state.store.slots(&session).await?;
    let station = directory.station(&session.station_id).map(|found| &found.card);
    Ok(BookOptions {
        session_id: session.id.clone(),
        title: session.title.clone(),
        kind: session.kind,
        state: session.state,
        topic: session.topic.clone(),
        notice: session.notice.clone(),
        starts_at: session.starts_at,
        ends_at: session.ends_at,
        closes_at: booking.closes_at(),
        station_name: station.map(|card| card.name.clone()).unwrap_or_default(),
        station_slug: station.map(|card| card.slug.clone()).unwrap_or_default(),
        station_phone: station.map(|card| card.phone.clone()).unwrap_or_default(),
        place: place(&directory, &session),
        modes: session.modes.clone(),
        slots: slots
            .into_iter()
            .map(|slot| SlotView {
                starts_at: slot.starts_at,
                deputy_name: deputy_name(&directory, slot.deputy_id.as_deref()),
                deputy_id: slot.deputy_id,
                free: slot.is_free,
            })
            .collect(),
        waiting: state.store.line_length(&session.id).await?,
        refused: booking.check(state.now()).err().map(|why| why.code().to_owned()),
    })
}

fn deputy_name(directory: &Directory, id: Option<&str>) -> Option<String> {
    Some(directory.deputy(id?)?.card.name.clone())
}

/// Where it is: the reception's own place, or the station's address.
fn place(directory: &Directory, session: &Session) -> String {
    if session.place.is_empty() {
        let station = directory.station(&session.station_id);
        station.map(|found| found.card.address.clone()).unwrap_or_default()
    } else {
        session.place.clone()
    }
}

/// A booking of the viewer's own; another person's does not exist.
pub async fn own(state: &AppState, viewer: &Viewer, id: &str) -> ApiResult<Appointment> {
    let account = access::resident(viewer)?;
    let found = state.store.appointment(id).await?.ok_or(ApiError::NotFound)?;
    if found.account_id.as_ref() == Some(&account.id) {
        Ok(found)
    } else {
        Err(ApiError::NotFound)
    }
}

/// `GET /me/appointments`, the latest first.
pub async fn list(state: &AppState, account: &Account) -> ApiResult<Vec<AppointmentView>> {
    let mut views = Vec::new();
    for appointment in state.store.appointments_of(&account.id, MOST).await? {
        views.push(view(state, appointment).await?);
    }
    Ok(views)
}

/// As its owner reads it.
pub async fn view(state: &AppState, appointment: Appointment) -> ApiResult<AppointmentView> {
    let session = session(state, &appointment.session_id).await?;
    let directory = state.directory().await?;
    let station = directory.station(&session.station_id).map(|found| &found.card);
    let place_in_line = if appointment.state == BookingState::Waiting {
        Some(state.store.place_in_line(&appointment).await?)
    } else {
        None
    };
    let deputy = appointment.deputy_id.as_deref().and_then(|id| directory.deputy(id));
    let place = place(&directory, &session);
    let letter_no = match &appointment.letter_id {
        Some(id) => {
            let mut known = state.store.letters_of_records(std::slice::from_ref(id)).await?;
            known.remove(id).map(|(no, _)| no)
        }
        None => None,
    };
    let comes = matches!(appointment.state, BookingState::Booked | BookingState::CheckedIn);
    Ok(AppointmentView {
        version: appointment.version,
        state: appointment.state,
        choice: appointment.choice,
        session_state: session.state,
        session_starts_at: session.starts_at,
        session_ends_at: session.ends_at,
        title: session.title,
        kind: session.kind,
        starts_at: appointment.starts_at,
        station_name: station.map(|card| card.name.clone()).unwrap_or_default(),
        station_slug: station.map(|card| card.slug.clone()).unwrap_or_default(),
        station_phone: station.map(|card| card.phone.clone()).unwrap_or_default(),
        place,
        deputy_name: deputy.map(|deputy| deputy.card.name.clone()),
        deputy_slug: deputy.map(|deputy| deputy.card.slug.clone()),
        mode: appointment.mode,
        online_link: session
            .online_link
            .filter(|_| appointment.mode == Mode::Online && comes),
        name: appointment.name,
        topic: appointment.topic,
        access_needs: appointment.access_needs,
        people: appointment.people,
        code: appointment.code,
        place_in_line,
        offer_until: appointment.offer_until,
        queue_no: appointment.queue_no,
        cancel_reason: session
            .cancel_reason
            .filter(|_| session.state == SessionState::Cancelled),
        letter_no,
        created_at: appointment.created_at,
        session_id: session.id,
        id: appointment.id,
    })
}

/// `GET /me/appointments/{id}`: with what is offered instead, while something is.
pub async fn detail(state: &AppState, appointment: Appointment) -> ApiResult<AppointmentDetail> {
    let alternatives = if appointment.choice.as_deref() == Some("alternatives") {
        alternatives(state, &appointment).await?
    } else {
        Vec::new()
    };
    let session = session(state, &appointment.session_id).await?;
    Ok(AppointmentDetail {
        looks: looks::of_booking(state, &appointment.id, &session.station_id).await?,
        booking: view(state, appointment).await?,
        alternatives,
    })
}

/// The next receptions of the same station, or of the same deputy anywhere, that have a time left.
async fn alternatives(state: &AppState, appointment: &Appointment) -> ApiResult<Vec<Alternative>> {
    let (now, cancelled) = (state.now(), session(state, &appointment.session_id).await?);
    let next = SessionFilter {
        from: Some(now),
        to: Some(now + AHEAD),
        states: vec![SessionState::Planned, SessionState::Announced],
        limit: Some(LOOKED_AT),
        ..SessionFilter::default()
    };
    let mut found = state
        .store
        .sessions(&SessionFilter {
            stations: Some(vec![cancelled.station_id]),
            ..next.clone()
        })
        .await?;
    let wanted = appointment
        .deputy_id
        .clone()
        .or_else(|| appointment.wish_deputy.clone());
    if let Some(deputy) = wanted {
        let theirs = SessionFilter {
            deputy: Some(deputy),
            ..next
        };
        for session in state.store.sessions(&theirs).await? {
            if !found.iter().any(|known| known.id == session.id) {
                found.push(session);
            }
        }
    }
    found.sort_by(|one, other| (one.starts_at, &one.id).cmp(&(other.starts_at, &other.id)));
    let directory = state.directory().await?;
    let closes_hours = state.config.reception.terms().closes_hours;
    let mut offered = Vec::new();
    for session in found {
        let booking = Booking {
            kind: session.kind,
            state: session.state,
            starts_at: session.starts_at,
            closes_hours,
        };
        if offered.len() == SHOWN || booking.check(now).is_err() {
            continue;
        }
        let slots = state.store.slots(&session).await?;
        let free = slots.iter().filter(|slot| slot.is_free && slot.starts_at > now).count();
        if free > 0 {
            let station = directory.station(&session.station_id);
            offered.push(Alternative {
                station_name: station.map(|found| found.card.name.clone()).unwrap_or_default(),
                starts_at: session.starts_at,
                ends_at: session.ends_at,
                deputies: session
                    .receiving()
                    .filter_map(|deputy| deputy_name(&directory, Some(&deputy.deputy_id)))
                    .collect(),
                free: free as u32,
                session_id: session.id,
            });
        }
    }
    Ok(offered)
}
