//! Receptions as everybody may see them: lists, pages, free times.

use super::directory::tidy;
use crate::assemble::{deputy_card, station_card};
use crate::directory::Directory;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use liaison_domain::Millis;
use liaison_domain::calendar::{Date, date_of, minute_of_day};
use liaison_domain::dto::{
    ReceptionCard, ReceptionDeputy, ReceptionDetail, ReceptionFilter, ReceptionList, ReceptionSlot,
};
use liaison_domain::reception::{Booking, SessionKind, SessionState};
use liaison_domain::schedule::Time;
use liaison_store::receptions::{KeptRule, Session, SessionFilter};
use std::collections::HashMap;

/// Receptions on one page of a list.
pub const PAGE: u64 = 20;

/// What is still to come or going on.
const OPEN: [SessionState; 2] = [SessionState::Planned, SessionState::Announced];

/// 「14:30–17:00」.
pub fn time_words(session: &Session) -> String {
    let time = |at| Time(minute_of_day(at)).text();
    [&*time(session.starts_at), "–", &time(session.ends_at)].concat()
}

/// The next receptions of the district that residents come to.
pub async fn next(state: &AppState, limit: usize) -> ApiResult<Vec<Session>> {
    let filter = SessionFilter {
        from: Some(state.now()),
        states: OPEN.to_vec(),
        residents_only: true,
        limit: Some(limit as u64),
        ..SessionFilter::default()
    };
    Ok(state.store.sessions(&filter).await?)
}

/// A filter without what is empty: plain forms send every field.
pub fn tidy_filter(filter: ReceptionFilter) -> ReceptionFilter {
    ReceptionFilter {
        from: tidy(filter.from),
        to: tidy(filter.to),
        area: tidy(filter.area),
        station: tidy(filter.station),
        deputy: tidy(filter.deputy),
        kind: tidy(filter.kind),
        q: tidy(filter.q),
        cursor: tidy(filter.cursor),
    }
}

fn day(field: &'static str, text: Option<&String>) -> ApiResult<Option<Date>> {
    text.map(|text| Date::parse(text).ok_or_else(|| ApiError::field(field, "invalid")))
        .transpose()
}

/// What the store is asked for; none when nothing can fit, because a place or a person does not exist.
async fn wanted(state: &AppState, directory: &Directory, filter: &ReceptionFilter) -> ApiResult<Option<SessionFilter>> {
    let kind = match &filter.kind {
        None => None,
        Some(code) => Some(SessionKind::from_code(code).ok_or_else(|| ApiError::field("kind", "invalid"))?),
    };
    let mut stations: Option<Vec<_>> = match &filter.area {
        None => None,
        Some(code) => {
            let there = state.store.stations(Some(code), None).await?;
            Some(there.into_iter().map(|station| station.card.id).collect())
        }
    };
    if let Some(slug) = &filter.station {
        let one = directory.station_by_slug(slug).map(|station| station.card.id.clone());
        let mut ids = stations.unwrap_or_else(|| one.iter().cloned().collect());
        ids.retain(|id| Some(id) == one.as_ref());
        stations = Some(ids);
    }
    let deputy = match &filter.deputy {
        None => None,
        Some(slug) => match directory.deputy_by_slug(slug) {
            Some(deputy) => Some(deputy.card.id.clone()),
            None => return Ok(None),
        },
    };
    if stations.as_ref().is_some_and(Vec::is_empty) {
        return Ok(None);
    }
    Ok(Some(SessionFilter {
        from: Some(day("from", filter.from.as_ref())?.map_or(state.now(), Date::start)),
        to: day("to", filter.to.as_ref())?.map(|last| last.plus_days(1).start()),
        stations,
        deputy,
        kind,
        words: filter.q.clone(),
        ..SessionFilter::default()
    }))
}

/// `GET /reception-sessions`.
pub async fn list(state: &AppState, filter: ReceptionFilter, limit: u64) -> ApiResult<ReceptionList> {
    let directory = state.directory().await?;
    let Some(wanted) = wanted(state, &directory, &filter).await? else {
        return Ok(ReceptionList {
            items: Vec::new(),
            total: 0,
            next_cursor: None,
            filter,
        });
    };
    let page = state
        .store
        .session_page(&wanted, filter.cursor.as_deref(), limit)
        .await?;
    Ok(ReceptionList {
        items: cards(state, &directory, &page.items).await?,
        total: page.total,
        next_cursor: page.next_cursor,
        filter,
    })
}

/// Every reception that fits, without pages: a month, a year of one station, the coming ones of one deputy.
pub async fn all(state: &AppState, filter: &ReceptionFilter) -> ApiResult<Vec<ReceptionCard>> {
    let directory = state.directory().await?;
    match wanted(state, &directory, filter).await? {
        None => Ok(Vec::new()),
        Some(wanted) => cards(state, &directory, &state.store.sessions(&wanted).await?).await,
    }
}

/// The same with what is kept about each: for calendar files.
pub async fn kept(state: &AppState, filter: &ReceptionFilter) -> ApiResult<Vec<(Session, ReceptionCard)>> {
    let directory = state.directory().await?;
    let Some(wanted) = wanted(state, &directory, filter).await? else {
        return Ok(Vec::new());
    };
    let sessions = state.store.sessions(&wanted).await?;
    let cards = cards(state, &directory, &sessions).await?;
    Ok(sessions.into_iter().zip(cards).collect())
}

/// One reception, the same way.
///
/// # Errors
/// [`ApiError::NotFound`] without one.
pub async fn one(state: &AppState, id: &str) -> ApiResult<(Session, ReceptionCard)> {
    let directory = state.directory().await?;
    let session = session(state, id).await?;
    let taken = state.store.times_taken(std::slice::from_ref(&session)).await?;
    let card = card(state, &directory, &session, &taken);
    Ok((session, card))
}

async fn cards(state: &AppState, directory: &Directory, sessions: &[Session]) -> ApiResult<Vec<ReceptionCard>> {
    let taken = state.store.times_taken(sessions).await?;
    Ok(sessions
        .iter()
        .map(|session| card(state, directory, session, &taken))
        .collect())
}

/// What decides whether a reception can be booked.
fn booking(state: &AppState, session: &Session) -> Booking {
    Booking {
        kind: session.kind,
        state: session.state,
        starts_at: session.starts_at,
        closes_hours: state.config.reception.terms().closes_hours,
    }
}

fn card(state: &AppState, directory: &Directory, session: &Session, taken: &HashMap<String, u32>) -> ReceptionCard {
    let station = directory.station(&session.station_id).map(|station| &station.card);
    let address = station.map(|card| card.address.clone()).unwrap_or_default();
    let name_of = |id: &String| directory.deputy(id).map(|deputy| deputy.card.name.clone());
    let bookable = booking(state, session).check(state.now()).is_ok();
    let all = session.hosts().len() * session.times().len();
    let taken = taken.get(&session.id).copied().unwrap_or_default();
    ReceptionCard {
        id: session.id.clone(),
        title: session.title.clone(),
        kind: session.kind,
        state: shown_state(session, state.now()),
        topic: session.topic.clone(),
        date: session.date.clone(),
        starts_at: session.starts_at,
        ends_at: session.ends_at,
        station_name: station.map(|card| card.name.clone()).unwrap_or_default(),
        station_slug: station.map(|card| card.slug.clone()).unwrap_or_default(),
        goes_out: !session.place.is_empty(),
        place: if session.place.is_empty() {
            address
        } else {
            session.place.clone()
        },
        deputies: session
            .receiving()
            .filter_map(|one| {
                Some(ReceptionDeputy {
                    card: deputy_card(directory, directory.deputy(&one.deputy_id)?.clone()),
                    instead_of: one.instead_of.as_ref().and_then(name_of),
                })
            })
            .collect(),
        cancel_reason: session.cancel_reason.clone(),
        bookable,
        free: if bookable {
            (all as u32).saturating_sub(taken)
        } else {
            0
        },
        version: session.version,
    }
}

/// A reception whose time is over is over, also while nobody has closed it.
fn shown_state(session: &Session, now: Millis) -> SessionState {
    if session.state.is_open() && session.ends_at <= now {
        SessionState::Held
    } else {
        session.state
    }
}

/// The reception with this id.
///
/// # Errors
/// [`ApiError::NotFound`] without one.
pub async fn session(state: &AppState, id: &str) -> ApiResult<Session> {
    state.store.session(id).await?.ok_or(ApiError::NotFound)
}

/// `GET /reception-sessions/{id}`.
pub async fn detail(state: &AppState, id: &str) -> ApiResult<ReceptionDetail> {
    let directory = state.directory().await?;
    let (session, card) = one(state, id).await?;
    let station = directory.station(&session.station_id).ok_or(ApiError::NotFound)?;
    let rule = match &session.rule_id {
        Some(id) => state.store.reception_rule(id).await?,
        None => None,
    };
    let rule = rule.filter(|kept: &KeptRule| kept.active).map(|kept| kept.rule.rule);
    let slots = if card.bookable {
        slots(state, &directory, &session).await?
    } else {
        Vec::new()
    };
    Ok(ReceptionDetail {
        station: station_card(&directory, station.clone()),
        notice: session.notice.clone(),
        modes: session.modes.clone(),
        rule: rule.as_ref().map(liaison_domain::schedule::Rule::words),
        reading: rule.as_ref().and_then(|rule| rule.reading(date_of(session.starts_at))),
        slots,
        closes_at: booking(state, &session).closes_at(),
        card,
    })
}

/// Every time, how many places are free, by deputy.
async fn slots(state: &AppState, directory: &Directory, session: &Session) -> ApiResult<Vec<ReceptionSlot>> {
    let mut slots: Vec<ReceptionSlot> = Vec::new();
    for slot in state.store.slots(session).await? {
        let slug = slot
            .deputy_id
            .as_ref()
            .and_then(|id| directory.deputy(id))
            .map(|deputy| deputy.card.slug.clone());
        let free = u32::from(slot.is_free);
        match slots
            .last_mut()
            .filter(|last| last.starts_at == slot.starts_at && last.deputy == slug)
        {
            Some(last) => last.free += free,
            None => slots.push(ReceptionSlot {
                starts_at: slot.starts_at,
                deputy: slug,
                free,
            }),
        }
    }
    Ok(slots)
}
