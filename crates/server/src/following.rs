//! Open lines to those who follow an event: what changed, at most once a second, the same for all; and to its desk, which
//! hears of what nobody else may know as well.
//!
//! One task an event and audience asks the database, however many follow; it lives as long as somebody does. Other servers are heard
//! through the store's signals. What a change is, browsers read from the event's page and questions, which are made once
//! a revision ([`crate::http::kept`]).

use crate::auth::session::Viewer;
use crate::load::events;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use liaison_domain::Id;
use std::collections::HashMap;
use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::AbortHandle;

/// Lines a server holds: each costs a connection and a few kilobytes. Whoever gets none asks for the page now and then.
const PER_SERVER: usize = 4_000;
/// Lines of one address: a hall full of people may share one.
const PER_ADDRESS: usize = 1_000;
/// Proxies cut a silent connection.
const ALIVE: Duration = Duration::from_secs(15);
/// How often to look although nobody said anything: what got lost between servers, and letters that went on.
const LOOK: Duration = Duration::from_secs(30);
/// Changes that follow each other are said as one.
const GATHER: Duration = Duration::from_secs(1);
/// How long a browser should wait before it connects again.
const RETRY: Duration = Duration::from_secs(5);

/// Who hears of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Audience {
    /// Of what everybody may see.
    Public,
    /// Also of what only the desk may see; told to those who may open its page.
    Desk,
}

/// What was said last.
#[derive(Debug)]
struct Told {
    revision: i64,
    data: String,
}

type News = Option<Arc<Told>>;

/// An event with followers.
#[derive(Debug)]
struct Room {
    news: watch::Receiver<News>,
    task: AbortHandle,
}

impl Drop for Room {
    fn drop(&mut self) {
        self.task.abort();
    }
}

#[derive(Debug, Default)]
struct Lines {
    all: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// Everybody who follows anything, on this server.
#[derive(Debug, Default)]
pub struct Following {
    rooms: Mutex<HashMap<(Id, Audience), Weak<Room>>>,
    lines: Arc<Mutex<Lines>>,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A line's place among those a server holds. It is free again when this goes.
#[derive(Debug)]
struct Place {
    lines: Arc<Mutex<Lines>>,
    address: IpAddr,
}

impl Place {
    fn take(lines: &Arc<Mutex<Lines>>, address: IpAddr) -> Option<Self> {
        let mut all = locked(lines);
        let own = all.by_address.get(&address).copied().unwrap_or(0);
        if all.all >= PER_SERVER || own >= PER_ADDRESS {
            return None;
        }
        all.all += 1;
        all.by_address.insert(address, own + 1);
        drop(all);
        Some(Self {
            lines: Arc::clone(lines),
            address,
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut all = locked(&self.lines);
        all.all -= 1;
        if let Some(own) = all.by_address.get_mut(&self.address) {
            *own -= 1;
            if *own == 0 {
                all.by_address.remove(&self.address);
            }
        }
    }
}

impl Following {
    /// How many lines are open, and how many events have followers.
    pub fn open(&self) -> (usize, usize) {
        let rooms = locked(&self.rooms);
        let followed = rooms.values().filter(|room| room.strong_count() > 0).count();
        drop(rooms);
        (locked(&self.lines).all, followed)
    }

    /// The event's room; opened when nobody was there.
    fn room(&self, state: &AppState, id: &str, audience: Audience) -> ApiResult<Arc<Room>> {
        let mut rooms = locked(&self.rooms);
        let key = (id.to_owned(), audience);
        if let Some(room) = rooms.get(&key).and_then(Weak::upgrade) {
            return Ok(room);
        }
        rooms.retain(|_, room| room.strong_count() > 0);
        // Listening begins before the first look, so that nothing falls in between.
        let listening = state
            .store
            .follow_event(id)
            .ok_or_else(|| ApiError::internal("following an event", "no line"))?;
        let (told, news) = watch::channel(None);
        let task = tokio::spawn(watch_over(state.clone(), key.clone(), listening, told));
        let room = Arc::new(Room {
            news,
            task: task.abort_handle(),
        });
        rooms.insert(key, Arc::downgrade(&room));
        Ok(room)
    }
}

/// What is to be said now; none of an event that this audience may not know of.
async fn look(state: &AppState, id: &str, audience: Audience) -> ApiResult<Option<Told>> {
    let (revision, data) = match audience {
        Audience::Public => match events::news(state, id).await? {
            Some(news) => (news.revision, serde_json::to_string(&news)),
            None => return Ok(None),
        },
        Audience::Desk => match events::desk_news(state, id).await? {
            Some(news) => (news.revision, serde_json::to_string(&news)),
            None => return Ok(None),
        },
    };
    let data = data.map_err(|error| ApiError::internal("serialising news", error))?;
    Ok(Some(Told { revision, data }))
}

/// Looks whenever there may be something new, until the server stops.
async fn watch_over(
    state: AppState,
    (id, audience): (Id, Audience),
    mut listening: liaison_store::live::Listening,
    told: watch::Sender<News>,
) {
    loop {
        // The database may be away for a moment: the next look may find it.
        if let Ok(Some(news)) = look(&state, &id, audience).await {
            let known = told.borrow().as_ref().map(|last| last.revision);
            if known != Some(news.revision) {
                told.send_replace(Some(Arc::new(news)));
            }
        }
        // What comes in the meantime waits and is seen by the next look.
        tokio::time::sleep(GATHER).await;
        tokio::select! {
            goes_on = listening.news() => {
                if !goes_on {
                    return;
                }
            }
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}

struct Line {
    news: watch::Receiver<News>,
    /// What the browser heard last.
    last: Option<i64>,
    begun: bool,
    /// The desk's line ends with the session of whoever reads it.
    reader: Option<(AppState, Viewer)>,
    _room: Arc<Room>,
    _place: Place,
}

/// The line of somebody who follows an event. `last`: the revision the browser heard last; one that is older, or none,
/// is told at once what is now.
pub async fn stream(
    state: &AppState,
    id: &str,
    address: IpAddr,
    last: Option<i64>,
) -> ApiResult<Sse<impl Stream<Item = Result<Event, Infallible>> + use<>>> {
    state.store.event_revision(id).await?.ok_or(ApiError::NotFound)?;
    open(state, (id, Audience::Public), address, last, None)
}

/// The line of somebody at the desk of an event, who was found to belong there. It ends with their session.
pub async fn desk_stream(
    state: &AppState,
    viewer: Viewer,
    id: &str,
    address: IpAddr,
    last: Option<i64>,
) -> ApiResult<Sse<impl Stream<Item = Result<Event, Infallible>> + use<>>> {
    crate::access::desk_event(state, &viewer, id).await?;
    let reader = Some((state.clone(), viewer));
    open(state, (id, Audience::Desk), address, last, reader)
}

fn open(
    state: &AppState,
    (id, audience): (&str, Audience),
    address: IpAddr,
    last: Option<i64>,
    reader: Option<(AppState, Viewer)>,
) -> ApiResult<Sse<impl Stream<Item = Result<Event, Infallible>> + use<>>> {
    let place = Place::take(&state.following.lines, address).ok_or(ApiError::TooMany {
        code: "too_many",
        retry_after: LOOK.as_secs(),
    })?;
    let room = state.following.room(state, id, audience)?;
    let line = Line {
        news: room.news.clone(),
        last,
        begun: false,
        reader,
        _room: room,
        _place: place,
    };
    let events = stream::unfold(line, |mut line| async move {
        let event = line.next().await?;
        Some((Ok(event), line))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(ALIVE)))
}

impl Line {
    /// The next thing to say; none at the end.
    async fn next(&mut self) -> Option<Event> {
        if !self.begun {
            self.begun = true;
            return Some(Event::default().retry(RETRY).comment("following"));
        }
        loop {
            let told = self.news.borrow_and_update().clone();
            // Another server's clock does not matter: a revision only grows. One from before the database was made anew
            // is not known here, and what is now is said.
            if let Some(told) = told.filter(|told| self.last != Some(told.revision)) {
                self.last = Some(told.revision);
                let event = Event::default().event("event").id(told.revision.to_string());
                return Some(event.data(&told.data));
            }
            tokio::select! {
                goes_on = self.news.changed() => goes_on.ok()?,
                () = tokio::time::sleep(LOOK), if self.reader.is_some() => {}
            }
            if self.is_over().await {
                return None;
            }
        }
    }

    /// Whether the desk's reader has been logged out. What cannot be found out now, the next look may.
    async fn is_over(&self) -> bool {
        match &self.reader {
            Some((state, viewer)) => matches!(viewer.is_still_here(state).await, Ok(false)),
            None => false,
        }
    }
}
