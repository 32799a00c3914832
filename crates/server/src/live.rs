//! An open line to a browser: how many entries wait in the inbox, said anew whenever that changes.

use crate::auth::session::Viewer;
use crate::problem::{ApiError, ApiResult};
use crate::state::AppState;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{self, Stream};
use liaison_domain::Id;
use liaison_store::live::Listening;
use std::convert::Infallible;
use std::time::Duration;

/// Open lines one account may have: a few screens, each with one line while it is looked at.
const MOST: usize = 8;
/// Proxies cut a silent connection.
const ALIVE: Duration = Duration::from_secs(15);
/// How often to look although nobody said anything: what got lost between servers, and sessions that ran out.
const LOOK: Duration = Duration::from_mins(1);
/// News that follow each other closely are said as one.
const GATHER: Duration = Duration::from_millis(200);
/// How long a browser should wait before it connects again.
const RETRY: Duration = Duration::from_secs(5);

struct Line {
    state: AppState,
    viewer: Viewer,
    account_id: Id,
    listening: Listening,
    /// What was said last, as the event's id.
    told: Option<String>,
    begun: bool,
}

/// What a look brought.
enum Look {
    /// Nothing new.
    Same,
    /// To be said.
    News(Event),
    /// The session is over.
    Over,
}

/// The line of whoever is logged in. `told`: what the browser heard last.
pub fn stream(
    state: AppState,
    viewer: Viewer,
    told: Option<String>,
) -> ApiResult<Sse<impl Stream<Item = Result<Event, Infallible>>>> {
    let account_id = viewer.logged_in()?.id.clone();
    let listening = state.store.listen(&account_id, MOST).ok_or(ApiError::TooMany {
        code: "too_many",
        retry_after: LOOK.as_secs(),
    })?;
    let line = Line {
        state,
        viewer,
        account_id,
        listening,
        told,
        begun: false,
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
        loop {
            let mut event = None;
            if self.begun {
                tokio::select! {
                    goes_on = self.listening.news() => {
                        if !goes_on {
                            return None;
                        }
                        tokio::time::sleep(GATHER).await;
                    }
                    () = tokio::time::sleep(LOOK) => {}
                }
            } else {
                self.begun = true;
                // A line without a word yet is told how to come back.
                event = Some(Event::default().retry(RETRY));
            }
            match self.look(event.unwrap_or_default()).await {
                Ok(Look::Over) => return None,
                Ok(Look::News(event)) => return Some(event),
                // The database is away for a moment: the next look may find it.
                Ok(Look::Same) | Err(_) => {}
            }
        }
    }

    async fn look(&mut self, event: Event) -> ApiResult<Look> {
        if !self.viewer.is_still_here(&self.state).await? {
            return Ok(Look::Over);
        }
        let count = self.state.store.notice_count(&self.account_id).await?;
        let id = format!("{}.{}", count.last.as_deref().unwrap_or_default(), count.unread);
        if self.told.as_ref() == Some(&id) {
            return Ok(Look::Same);
        }
        let data = serde_json::to_string(&count).map_err(|e| ApiError::internal("serialising a count", e))?;
        let event = event.event("notices").id(&id).data(data);
        self.told = Some(id);
        Ok(Look::News(event))
    }
}
