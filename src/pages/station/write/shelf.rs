//! What lies on this device: letters that are not finished, and letters that were told to go and have not gone.

use leptos::prelude::window;
use liaison_domain::Millis;

use super::film::way_name;
use super::stored::Stored;
use crate::api::{self, ApiError};
use crate::state::drafts::{self, Kept};
use crate::state::react;
use crate::state::timers::now;
use crate::views::{DraftRow, OutRow, OutState};

/// Where drafts lie, each under its id.
const SHELF: &str = "draft/";
/// Where the only draft of earlier versions lay.
const OLD: &str = "letter";
/// Drafts that were thrown away here and may still be with the server.
const GONE: &str = "gone";
/// Which one this tab is at.
const HERE: &str = "liaison.draft";
const DAY: Millis = 24 * 3_600_000;

/// Where a draft lies.
pub fn name(id: &str) -> String {
    [SHELF, id].concat()
}

/// Where a picture of a draft lies.
pub fn picture_name(key: &str) -> String {
    ["letter/", key].concat()
}

/// The draft with this id, with what was typed in the last moment before the page went away.
pub async fn load(id: &str) -> Option<Stored> {
    let name = name(id);
    together(drafts::load(&name).await, drafts::load_last(&name))
}

fn together(kept: Option<Stored>, last: Option<Stored>) -> Option<Stored> {
    match (kept, last) {
        (Some(kept), Some(last)) => Some(kept.with_last(last)),
        (kept, last) => kept.or(last),
    }
}

/// Keeps one.
pub async fn save(id: &str, stored: &Stored) -> Kept {
    let name = name(id);
    let kept = drafts::save(&name, stored).await;
    if kept == Kept::Stored {
        drafts::forget_last(&name);
    }
    kept
}

/// Whether there is any draft at all: what is asked before the code that reads them is fetched.
pub async fn holds_anything() -> bool {
    !drafts::names(SHELF).await.is_empty() || drafts::names(OLD).await.iter().any(|name| name == OLD)
}

/// Everything that lies here, the latest first. What nobody touched for `days` goes.
pub async fn all(days: u32) -> Vec<(String, Stored)> {
    take_over().await;
    let mut all = Vec::new();
    for name in drafts::names(SHELF).await {
        let id = name.trim_start_matches(SHELF).to_owned();
        let Some(stored) = load(&id).await else { continue };
        if stored.out.is_none() && now() - stored.saved_at > Millis::from(days) * DAY {
            throw_away(&id, &stored).await;
        } else {
            all.push((id, stored));
        }
    }
    all.sort_by_key(|(_, stored)| -stored.saved_at);
    all
}

/// The only draft of an earlier version becomes one of many. Its hurried copy may hold a name: it goes.
async fn take_over() {
    let old = together(drafts::load(OLD).await, drafts::load_last(OLD));
    if let Some(old) = old {
        save(&api::idempotency_key(), &old).await;
    }
    drafts::forget_last(OLD);
    if !drafts::names(OLD).await.iter().any(|name| name == OLD) {
        return;
    }
    drafts::remove(OLD).await;
}

/// Removes one with its pictures, here and at the server.
pub async fn throw_away(id: &str, stored: &Stored) {
    for item in stored.photos.iter().chain(&stored.voice).chain(&stored.video) {
        drafts::remove(&picture_name(&item.key)).await;
    }
    if let Some(video) = &stored.video {
        drafts::remove(&way_name(&video.key)).await;
    }
    drafts::remove(&name(id)).await;
    let id = id.to_owned();
    // Nobody waits for it.
    react::spawn(async move { forget_at_server(&id).await });
}

/// Removes the server's copy; remembers to when it cannot be reached.
async fn forget_at_server(id: &str) {
    let mut gone: Vec<String> = drafts::load(GONE).await.unwrap_or_default();
    if !gone.iter().any(|known| known == id) {
        gone.push(id.to_owned());
    }
    drafts::save(GONE, &gone).await;
    let mut left = Vec::new();
    for id in gone {
        match api::drafts::remove(&id).await {
            Err(error) if error.may_have_arrived() => left.push(id),
            _ => {}
        }
    }
    if left.is_empty() {
        drafts::remove(GONE).await;
    } else {
        drafts::save(GONE, &left).await;
    }
}

/// What the server kept and this device has lost.
pub async fn lost() -> Result<Vec<(String, Stored)>, ApiError> {
    let gone: Vec<String> = drafts::load(GONE).await.unwrap_or_default();
    let kept = api::drafts::all().await?;
    let left = kept.items.into_iter().filter(|kept| !gone.contains(&kept.id));
    Ok(left.map(|kept| (kept.id.clone(), Stored::from_server(kept))).collect())
}

/// Which draft this tab is at: a reload goes on with it. No words, only an id.
pub fn here() -> Option<String> {
    window().session_storage().ok()??.get_item(HERE).ok()?
}

/// Remembers which draft this tab is at.
pub fn choose(id: &str) {
    if let Ok(Some(storage)) = window().session_storage() {
        let _ = storage.set_item(HERE, id);
    }
}

/// A letter that was told to go comes back to be changed. It stays the same letter: its key stays.
pub async fn take_back(id: &str, step: &str) -> bool {
    let Some(mut stored) = load(id).await else { return false };
    // Filed meanwhile: there is nothing to take back.
    if stored.out.as_ref().is_some_and(|out| out.receipt.is_some()) {
        return false;
    }
    stored.out = None;
    stored.challenge = None;
    step.clone_into(&mut stored.step);
    stored.saved_at = now();
    save(id, &stored).await;
    choose(id);
    true
}

/// As a list shows them: those on their way, and those that are not finished, without the one in hand.
pub fn rows(all: &[(String, Stored)], in_hand: &str) -> (Vec<OutRow>, Vec<DraftRow>) {
    let (mut waiting, mut unfinished) = (Vec::new(), Vec::new());
    for (id, stored) in all {
        let Some(out) = &stored.out else {
            if id != in_hand {
                unfinished.push(DraftRow {
                    id: id.clone(),
                    beginning: stored.beginning(),
                    saved_at: stored.saved_at,
                    photos: stored.photos.len(),
                });
            }
            continue;
        };
        waiting.push(OutRow {
            id: id.clone(),
            beginning: stored.beginning(),
            at: out.at,
            state: match out.state.as_str() {
                "code" => OutState::Code,
                "refused" => OutState::Refused(out.problem.clone()),
                "sent" => OutState::Sent {
                    no: out
                        .receipt
                        .as_ref()
                        .map(|receipt| receipt.no.clone())
                        .unwrap_or_default(),
                    seen: out.seen,
                    problem: out.problem.clone(),
                },
                _ if out.problem == super::outbox::TURN => OutState::Turn(out.next),
                _ => OutState::Waiting,
            },
            photos_left: stored.photos_left(),
            media_left: stored.media_left(),
            voice_first: out.state != "sent" && stored.waits_for_voice(),
        });
    }
    waiting.sort_by_key(|row| row.at);
    (waiting, unfinished)
}
