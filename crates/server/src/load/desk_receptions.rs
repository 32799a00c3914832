//! Receptions for the desk and for deputies: lanes, one reception, one's own.

use super::desk::family_name;
use super::desk_schedule::{deputy_ref, fitting, is_in_scope, station_ref};
use super::published;
use crate::access;
use crate::directory::Directory;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::calendar::{DAY_MS, Date, date_of};
use liaison_domain::dto::{
    DeskReception, NamedRef, OwnReception, RECEPTION_LANES, ReceivingDeputy, ReceptionBoard, ReceptionBooking,
    ReceptionLane, ReceptionRow, ReceptionRule,
};
use liaison_domain::reception::{BookingState, DeputyState, SessionAct, SessionKind};
use liaison_domain::{Id, Millis};
use liaison_store::people::Account;
use liaison_store::receptions::{
    Appointment, Change, KeptRule, Known, Lane, LaneFilter, LaneRow, Session, SessionFilter, times,
};
use serde::Deserialize;
use std::collections::BTreeMap;
use utoipa::IntoParams;

/// Receptions on one page of a lane.
const ROWS: u64 = 30;
/// Days a deputy looks ahead.
const AHEAD: i64 = 400;

/// Which part of a lane.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct BoardQuery {
    /// The lane's name; the first one when left out.
    pub lane: Option<String>,
    /// Id of a station.
    pub station: Option<String>,
    /// `ordinary`, `leader`, `mobile`, `themed`, `study_day`.
    pub kind: Option<String>,
    /// Id of a deputy.
    pub deputy: Option<String>,
    /// `next_cursor` of the page before.
    pub cursor: Option<String>,
}

fn given(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}

/// `GET /desk/reception-sessions`: a lane of the account's stations, and how many are in each.
pub async fn board(state: &AppState, account: &Account, query: &BoardQuery) -> ApiResult<ReceptionBoard> {
    let scope = access::stations_of(state, account).await?;
    let stations = match given(query.station.as_ref()) {
        None => scope,
        Some(wanted) if scope.as_ref().is_none_or(|own| own.iter().any(|id| id == wanted)) => {
            Some(vec![wanted.to_owned()])
        }
        Some(_) => return Err(ApiError::NotFound),
    };
    let kind = match given(query.kind.as_ref()) {
        None => None,
        Some(code) => Some(SessionKind::from_code(code).ok_or(ApiError::field("kind", "unknown"))?),
    };
    let wanted = given(query.lane.as_ref()).unwrap_or(RECEPTION_LANES[0]);
    if !RECEPTION_LANES.contains(&wanted) {
        return Err(ApiError::field("lane", "unknown"));
    }
    let now = state.now();
    let left = left_over(state, stations.as_deref()).await?;
    let filter = LaneFilter {
        stations,
        kind,
        deputy: given(query.deputy.as_ref()).map(str::to_owned),
    };
    let mut lanes = Vec::with_capacity(RECEPTION_LANES.len());
    for name in RECEPTION_LANES {
        lanes.push(ReceptionLane {
            lane: name.to_owned(),
            count: state.store.lane_count(&lane(name, &left), &filter, now).await?,
        });
    }
    let page = state
        .store
        .lane(&lane(wanted, &left), &filter, given(query.cursor.as_ref()), ROWS, now)
        .await?;
    let directory = state.directory().await?;
    Ok(ReceptionBoard {
        lanes,
        items: page.items.iter().map(|found| row(state, &directory, found)).collect(),
        total: page.total,
        next_cursor: page.next_cursor,
    })
}

fn lane(name: &str, left: &[Id]) -> Lane {
    match name {
        "leave" => Lane::Leave,
        "coming" => Lane::Coming,
        "left" => Lane::Left(left.to_vec()),
        "past" => Lane::Past,
        "cancelled" => Lane::Cancelled,
        _ => Lane::ToAnnounce,
    }
}

/// Receptions to come that their rules do not give any more as they are.
async fn left_over(state: &AppState, stations: Option<&[Id]>) -> ApiResult<Vec<Id>> {
    let fixed = state.store.fixed_receptions(stations, state.now()).await?;
    let mut by_rule: BTreeMap<&str, Vec<&Known>> = BTreeMap::new();
    for known in &fixed {
        by_rule.entry(&known.rule_id).or_default().push(known);
    }
    let mut left = Vec::new();
    for (rule_id, all) in by_rule {
        let rule = state.store.reception_rule(rule_id).await?;
        let differing = all
            .into_iter()
            .filter(|known| rule.as_ref().is_none_or(|rule| against(state, rule, known).1));
        left.extend(differing.map(|known| known.id.clone()));
    }
    Ok(left)
}

/// When a rule holds the day of a reception now, and whether the office has to decide.
fn against(state: &AppState, rule: &KeptRule, known: &Known) -> (Option<Date>, bool) {
    let rules = state.rules();
    let named = Date::parse(&known.rule_date).filter(|_| rule.active);
    let held = named
        .and_then(|day| rule.rule.rule.days(day, day, &rules.calendar).into_iter().next())
        .and_then(|day| day.date);
    let at = held.map(|day| {
        let (from, to) = times(&rule.rule.rule, day);
        (day, from, to)
    });
    (held, known.change(at) == Change::Left)
}

/// A reception as a row.
fn row(state: &AppState, directory: &Directory, found: &LaneRow) -> ReceptionRow {
    let session = &found.session;
    let deputies = session
        .deputies
        .iter()
        .map(|place| ReceivingDeputy {
            deputy: deputy_ref(directory, &place.deputy_id),
            state: place.state,
            instead_of: place.instead_of.as_deref().map(|id| deputy_ref(directory, id).name),
            reason: place.reason.clone().filter(|_| place.state == DeputyState::LeaveAsked),
            proposed: place.proposed.as_deref().map(|id| deputy_ref(directory, id)),
        })
        .collect();
    ReceptionRow {
        id: session.id.clone(),
        version: session.version,
        station: station_ref(directory, &session.station_id),
        kind: session.kind,
        title: session.title.clone(),
        topic: session.topic.clone(),
        state: session.state,
        starts_at: session.starts_at,
        ends_at: session.ends_at,
        place: session.place.clone(),
        deputies,
        announce_by: session.starts_at - Millis::from(state.config.reception.announce_days) * DAY_MS,
        booked: found.booked,
        waiting: found.waiting,
    }
}

/// The reception with this id, if it is of one of the account's stations.
pub async fn session(state: &AppState, account: &Account, id: &str) -> ApiResult<Session> {
    let found = state.store.session(id).await?.ok_or(ApiError::NotFound)?;
    if is_in_scope(state, account, &found.station_id).await? {
        Ok(found)
    } else {
        Err(ApiError::NotFound)
    }
}

async fn with_bookings(state: &AppState, session: Session) -> ApiResult<LaneRow> {
    let mut rows = state.store.with_bookings(vec![session]).await?;
    rows.pop().ok_or(ApiError::NotFound)
}

/// `GET /desk/reception-sessions/{id}`.
pub async fn detail(state: &AppState, account: &Account, id: &str) -> ApiResult<DeskReception> {
    let session = session(state, account, id).await?;
    let directory = state.directory().await?;
    let (now, rule) = (state.now(), of_rule(state, &session).await?);
    let receiving: Vec<Id> = session.receiving().map(|place| place.deputy_id.clone()).collect();
    let is_coming = session.state.is_open() && session.starts_at > now;
    let fitting = if is_coming && session.kind.is_bookable() {
        fitting(&directory, &session.station_id, date_of(session.starts_at), &receiving)
    } else {
        Vec::new()
    };
    let bookings = state.store.appointments_at(&session.id).await?;
    let mut may: Vec<String> = [
        ("announce", SessionAct::Announce),
        ("change", SessionAct::Change),
        ("cancel", SessionAct::Cancel),
        ("close", SessionAct::Close),
    ]
    .into_iter()
    .filter(|(_, act)| session.state.after(*act, session.starts_at, now).is_some())
    .map(|(name, _)| name.to_owned())
    .collect();
    if rule.as_ref().is_some_and(|rule| rule.differs) {
        may.push("keep".to_owned());
    }
    let station = directory.station(&session.station_id);
    Ok(DeskReception {
        address: station.map(|station| station.card.address.clone()).unwrap_or_default(),
        station_slug: station.map(|station| station.card.slug.clone()).unwrap_or_default(),
        notice: session.notice.clone(),
        online_link: session.online_link.clone(),
        slot_minutes: session.slot_minutes,
        seats: session.seats,
        modes: session.modes.clone(),
        announced_at: session.announced_at,
        cancelled_at: session.cancelled_at,
        cancel_reason: session.cancel_reason.clone(),
        closed_at: session.closed_at,
        rule,
        bookings: bookings.iter().map(|found| booking(state, &directory, found)).collect(),
        fitting,
        may,
        row: row(state, &directory, &with_bookings(state, session).await?),
    })
}

/// What its rule says now about a reception.
async fn of_rule(state: &AppState, session: &Session) -> ApiResult<Option<ReceptionRule>> {
    let Some(rule_id) = &session.rule_id else {
        return Ok(None);
    };
    let Some(rule) = state.store.reception_rule(rule_id).await? else {
        return Ok(None);
    };
    let from = session.rule_date.as_deref().and_then(Date::parse);
    let known = match from {
        Some(from) => state.store.known_of_rule(rule_id, from, state.now()).await?,
        None => Vec::new(),
    };
    let known = known.iter().find(|known| known.id == session.id);
    let (date, differs) = known.map_or((None, false), |known| {
        let (date, differs) = against(state, &rule, known);
        (date, differs && known.fixed && known.open)
    });
    Ok(Some(ReceptionRule {
        id: rule.rule.id,
        words: rule.rule.rule.words(),
        active: rule.active,
        differs,
        date: date.map(Date::iso),
    }))
}

fn booking(state: &AppState, directory: &Directory, found: &Appointment) -> ReceptionBooking {
    ReceptionBooking {
        id: found.id.clone(),
        name: family_name(&found.name).unwrap_or_else(|| published::anonymous(state)),
        starts_at: found.starts_at,
        deputy: found.deputy_id.as_deref().map(|id| deputy_ref(directory, id)),
        mode: found.mode,
        topic: found.topic.clone(),
        access_needs: found.access_needs.clone(),
        people: found.people,
        state: found.state,
        choice: found.choice.clone(),
    }
}

/// `GET /deputy/receptions`: a deputy's own receptions to come.
pub async fn own(state: &AppState, deputy: &Id) -> ApiResult<Vec<OwnReception>> {
    let now = state.now();
    let filter = SessionFilter {
        from: Some(now),
        to: Some(now + AHEAD * DAY_MS),
        deputy: Some(deputy.clone()),
        states: vec![
            liaison_domain::reception::SessionState::Planned,
            liaison_domain::reception::SessionState::Announced,
        ],
        ..SessionFilter::default()
    };
    let sessions = state.store.sessions(&filter).await?;
    let directory = state.directory().await?;
    let mut all = Vec::with_capacity(sessions.len());
    for found in state.store.with_bookings(sessions).await? {
        all.push(own_reception(state, &directory, found, deputy).await?);
    }
    Ok(all)
}

/// One of a deputy's own receptions, where they are or were to receive.
pub async fn own_one(state: &AppState, deputy: &Id, id: &str) -> ApiResult<OwnReception> {
    let session = state.store.session(id).await?.ok_or(ApiError::NotFound)?;
    if !session.deputies.iter().any(|place| place.deputy_id == *deputy) {
        return Err(ApiError::NotFound);
    }
    let directory = state.directory().await?;
    let found = with_bookings(state, session).await?;
    own_reception(state, &directory, found, deputy).await
}

async fn own_reception(
    state: &AppState,
    directory: &Directory,
    found: LaneRow,
    deputy: &Id,
) -> ApiResult<OwnReception> {
    let session = &found.session;
    // Nobody has to be asked about a reception that nobody booked.
    let all = if found.booked == 0 {
        Vec::new()
    } else {
        state.store.appointments_at(&session.id).await?
    };
    let receives = session.receiving().any(|place| place.deputy_id == *deputy);
    let bookings = all
        .iter()
        .filter(|booking| booking.starts_at.is_some() && booking.state.holds_seat())
        .filter(|booking| booking.state != BookingState::Offered)
        .filter(|booking| receives && booking.deputy_id.as_ref().is_none_or(|id| id == deputy))
        .map(|found| booking(state, directory, found))
        .collect();
    let station = directory.station(&session.station_id);
    Ok(OwnReception {
        address: station.map(|station| station.card.address.clone()).unwrap_or_default(),
        notice: session.notice.clone(),
        bookings,
        may_leave: receives && session.state.is_open() && session.starts_at > state.now(),
        row: row(state, directory, &found),
    })
}

/// Deputies who could be named: the station's own first. Id, name, whether they are the station's own.
pub async fn candidates(state: &AppState, station_id: &str) -> ApiResult<Vec<(NamedRef, bool)>> {
    let directory = state.directory().await?;
    let own: Vec<Id> = state
        .store
        .station_deputies(station_id)
        .await?
        .into_iter()
        .map(|deputy| deputy.card.id)
        .collect();
    let mut all: Vec<(NamedRef, bool)> = directory
        .deputies
        .iter()
        .filter(|deputy| deputy.card.status == "active")
        .map(|deputy| {
            let name = NamedRef {
                id: deputy.card.id.clone(),
                name: deputy.card.name.clone(),
            };
            let is_own = own.contains(&name.id);
            (name, is_own)
        })
        .collect();
    all.sort_by_key(|(_, is_own)| !is_own);
    Ok(all)
}
