//! Files that follow their letter: it was filed without waiting for them, and they are added to it.

use std::rc::Rc;

use liaison_domain::Id;

use super::super::mycase::AuthorEvent;
use super::film::{self, Watch};
use super::shelf::picture_name;
use super::stored::{Out, Stored, StoredPhoto};
use crate::api::{self, ApiError, uploads};
use crate::i18n::zh;
use crate::state::{drafts, live};

/// So often the letter may have moved on in between.
const CONFLICTS: u32 = 4;

/// What became of a file.
enum Sent {
    There,
    /// This device does not have it any more, or the server will never take it.
    Lost,
}

/// Sends what is left and adds it to the letter: photos and recording together, then the video, which takes longest.
/// `progress` is called after each.
///
/// # Errors
/// What may be better later. What will never work is said in `out.problem` instead.
pub async fn rest(stored: &mut Stored, out: &mut Out, progress: impl Fn()) -> Result<(), ApiError> {
    if stored.is_all_there() || !out.problem.is_empty() && out.problem != zh::drafts::FILES_LOGIN {
        return Ok(());
    }
    out.problem.clear();
    let mut lost = false;
    for photo in &mut stored.photos {
        lost |= matches!(one(photo, Kind::Photo).await?, Sent::Lost);
        progress();
    }
    if let Some(voice) = &mut stored.voice {
        lost |= matches!(one(voice, Kind::Voice).await?, Sent::Lost);
        progress();
    }
    let what = zh::drafts::followed(!stored.photos.is_empty(), stored.voice.is_some(), false);
    let photos = stored.photos.iter().collect();
    let Some(kept) = added(photos, stored.voice.as_ref(), what, out).await? else {
        return Ok(());
    };
    lost |= !kept;
    for file in stored.photos.drain(..).chain(stored.voice.take()) {
        drafts::remove(&picture_name(&file.key)).await;
    }
    progress();
    if let Some(video) = &mut stored.video {
        lost |= matches!(one(video, Kind::Video).await?, Sent::Lost);
        let what = zh::drafts::followed(false, false, true);
        let Some(kept) = added(Vec::new(), Some(video), what, out).await? else {
            return Ok(());
        };
        lost |= !kept;
        drafts::remove(&picture_name(&video.key)).await;
        stored.video = None;
    }
    if lost {
        zh::drafts::FILES_REFUSED.clone_into(&mut out.problem);
    } else {
        live::say(zh::drafts::FILES_ADDED);
    }
    Ok(())
}

/// Sends the recording of a letter that waits for it. False: it is not here any more, or will never be taken.
///
/// # Errors
/// What may be better later.
pub async fn voice(voice: &mut StoredPhoto) -> Result<bool, ApiError> {
    Ok(matches!(one(voice, Kind::Voice).await?, Sent::There))
}

#[derive(Clone, Copy)]
enum Kind {
    Photo,
    Voice,
    Video,
}

async fn one(file: &mut StoredPhoto, kind: Kind) -> Result<Sent, ApiError> {
    if !file.id.is_empty() {
        return Ok(Sent::There);
    }
    let Some(blob) = drafts::load_picture(&picture_name(&file.key)).await else {
        return Ok(Sent::Lost);
    };
    let sent = match kind {
        Kind::Photo => uploads::picture(&blob, &file.key)
            .await
            .map(|upload| (upload.id, upload.token)),
        Kind::Voice => uploads::voice(&blob, &file.key)
            .await
            .map(|upload| (upload.id, upload.token)),
        Kind::Video => film::carry(&file.key, &blob, unwatched())
            .await
            .map(|upload| (upload.id, upload.token)),
    };
    match sent {
        Ok((id, token)) => {
            (file.id, file.token) = (id, token);
            Ok(Sent::There)
        }
        Err(error) if is_final(&error) => Ok(Sent::Lost),
        Err(error) => Err(error),
    }
}

fn unwatched() -> Watch {
    Watch {
        wanted: Rc::new(|| true),
        moved: Rc::new(|_| {}),
        started: Rc::new(|_| {}),
    }
}

/// Trying again will not help.
fn is_final(error: &ApiError) -> bool {
    !error.may_have_arrived() && matches!(error.status(), Some(400..=428 | 430..)) && !error.is_conflict()
}

/// Adds what has arrived to the letter, if anything has. False: it takes nothing any more; none: one has to log in
/// first, which `out` says.
async fn added(
    photos: Vec<&StoredPhoto>,
    media: Option<&StoredPhoto>,
    words: String,
    out: &mut Out,
) -> Result<Option<bool>, ApiError> {
    let there = |file: &&StoredPhoto| !file.id.is_empty();
    let ids = |files: &mut dyn Iterator<Item = &StoredPhoto>| files.map(|file| file.id.clone()).collect::<Vec<Id>>();
    let attachments = ids(&mut photos.iter().copied().filter(there));
    let recorded = ids(&mut media.into_iter().filter(there));
    let first = photos.into_iter().chain(media).find(there);
    let (Some(first), Some(receipt)) = (first, &out.receipt) else {
        return Ok(Some(true));
    };
    let event = AuthorEvent::Supplement {
        text: words,
        attachments,
        media: recorded,
    };
    let key = ["follow-", &first.key].concat();
    match add(&receipt.no, event, &key).await {
        Ok(()) => Ok(Some(true)),
        Err(error) if error.is_unauthenticated() => {
            zh::drafts::FILES_LOGIN.clone_into(&mut out.problem);
            Ok(None)
        }
        // A letter that is over takes nothing any more, and says so as a conflict.
        Err(error) if is_final(&error) || (error.is_conflict() && out.tries >= CONFLICTS) => Ok(Some(false)),
        Err(error) => Err(error),
    }
}

/// As the author's own supplement, which everybody who handles the letter is told of.
async fn add(no: &str, event: AuthorEvent, key: &str) -> Result<(), ApiError> {
    let case = api::letters::one(no).await?;
    api::letters::act(no, case.version, event, key).await.map(|_| ())
}
