//! Photos that follow their letter: it was filed without waiting for them, and they are added to it.

use super::super::mycase::AuthorEvent;
use super::photos::send_blob;
use super::shelf::picture_name;
use super::stored::{Out, Stored};
use crate::api::{self, ApiError};
use crate::i18n::zh;
use crate::state::{drafts, live};

/// So often the letter may have moved on in between.
const CONFLICTS: u32 = 4;

/// Sends what is left and adds it to the letter. `progress` is called after each photo.
///
/// # Errors
/// What may be better later. What will never work is said in `out.problem` instead.
pub async fn photos(stored: &mut Stored, out: &mut Out, progress: impl Fn()) -> Result<(), ApiError> {
    let Some(no) = out.receipt.as_ref().map(|receipt| receipt.no.clone()) else {
        return Ok(());
    };
    if stored.photos.is_empty() || !out.problem.is_empty() && out.problem != zh::drafts::PHOTOS_LOGIN {
        return Ok(());
    }
    out.problem.clear();
    let mut lost = false;
    for photo in stored.photos.iter_mut().filter(|photo| photo.id.is_empty()) {
        let Some(blob) = drafts::load_picture(&picture_name(&photo.key)).await else {
            lost = true;
            continue;
        };
        match send_blob(&blob, &photo.key).await {
            Ok(upload) => {
                photo.id = upload.id;
                photo.token = upload.token;
                progress();
            }
            Err(error) if is_final(&error) => lost = true,
            Err(error) => return Err(error),
        }
    }
    let attachments: Vec<_> = stored
        .photos
        .iter()
        .filter(|photo| !photo.id.is_empty())
        .map(|photo| photo.id.clone())
        .collect();
    if !attachments.is_empty() {
        match add(&no, attachments, &stored.photos[0].key).await {
            Ok(()) => live::say(zh::drafts::PHOTOS_ADDED),
            Err(error) if error.is_unauthenticated() => {
                zh::drafts::PHOTOS_LOGIN.clone_into(&mut out.problem);
                return Ok(());
            }
            // A letter that is over takes nothing any more, and says so as a conflict.
            Err(error) if is_final(&error) || (error.is_conflict() && out.tries >= CONFLICTS) => lost = true,
            Err(error) => return Err(error),
        }
    }
    for photo in stored.photos.drain(..) {
        drafts::remove(&picture_name(&photo.key)).await;
    }
    if lost {
        zh::drafts::PHOTOS_REFUSED.clone_into(&mut out.problem);
    }
    Ok(())
}

/// Trying again will not help.
fn is_final(error: &ApiError) -> bool {
    !error.may_have_arrived() && matches!(error.status(), Some(400..=428 | 430..)) && !error.is_conflict()
}

/// Adds them as the author's own supplement, which everybody who handles the letter is told of.
async fn add(no: &str, attachments: Vec<String>, key: &str) -> Result<(), ApiError> {
    let case = api::letters::one(no).await?;
    let event = AuthorEvent::Supplement {
        text: zh::drafts::PHOTOS_TEXT.to_owned(),
        attachments,
    };
    let key = ["follow-", key].concat();
    api::letters::act(no, case.version, event, &key).await.map(|_| ())
}
