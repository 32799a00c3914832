//! A video on its way: piece by piece, from wherever the server has it.

use std::rc::Rc;

use liaison_domain::dto::{IncomingVideo, MediaUpload, VIDEO_PIECE};
use web_sys::Blob;

use super::shelf::picture_name;
use crate::api::ApiError;
use crate::api::uploads::{self, Film, Sending};
use crate::state::drafts;

/// Who looks on while a video is sent.
#[derive(Clone)]
pub struct Watch {
    /// Whether it is still to be sent.
    pub wanted: Rc<dyn Fn() -> bool>,
    /// Told the share that was sent (0–99).
    pub moved: Rc<dyn Fn(u8)>,
    /// Told what can be given up.
    pub started: Rc<dyn Fn(Sending)>,
}

/// Sends what the server does not have yet. What it has is written down beside the draft, so that another visit goes on
/// from there.
///
/// # Errors
/// Whatever stopped it; the next call goes on, from the beginning when the server has swept it away.
pub async fn carry(key: &str, film: &Blob, watch: Watch) -> Result<MediaUpload, ApiError> {
    let way = way_name(key);
    let carried = carry_on(&way, film, watch).await;
    // Through, or swept away meanwhile.
    if carried.is_ok() || carried.as_ref().is_err_and(|error| error.status() == Some(404)) {
        drafts::remove(&way).await;
    }
    carried
}

async fn carry_on(way: &str, film: &Blob, watch: Watch) -> Result<MediaUpload, ApiError> {
    let incoming = if let Some(known) = drafts::load::<IncomingVideo>(way).await {
        let standing = film_of(&known).standing().await?;
        IncomingVideo {
            token: known.token,
            ..standing
        }
    } else {
        let announced = uploads::announce(film.size() as u64).await?;
        drafts::save(way, &announced).await;
        announced
    };
    let to = film_of(&incoming);
    let size = film.size();
    let mut offset = incoming.offset as f64;
    while offset < size {
        if !(watch.wanted)() {
            return Err(ApiError::Aborted);
        }
        let moved = Rc::clone(&watch.moved);
        let percent = move |of_piece: u8| {
            let sent = offset + f64::from(VIDEO_PIECE).min(size - offset) * f64::from(of_piece) / 100.0;
            // The last step is the server's: it looks at the whole.
            moved((sent / size * 99.0) as u8);
        };
        percent(0);
        let end = (offset + f64::from(VIDEO_PIECE)).min(size);
        let piece = film
            .slice_with_f64_and_f64(offset, end)
            .map_err(|_| ApiError::Offline)?;
        let started = Rc::clone(&watch.started);
        offset = to
            .piece(offset, &piece, percent, move |sending| started(sending))
            .await?;
    }
    to.complete().await
}

/// Gives up what the server has of it.
pub async fn cancel(key: &str) {
    let way = way_name(key);
    if let Some(incoming) = drafts::load::<IncomingVideo>(&way).await {
        // Nobody misses it if this fails: what is not claimed goes by itself.
        let _ = film_of(&incoming).cancel().await;
    }
    drafts::remove(&way).await;
}

/// Where it is written down under what the server knows it.
pub fn way_name(key: &str) -> String {
    [&picture_name(key), "/way"].concat()
}

fn film_of(incoming: &IncomingVideo) -> Film<'_> {
    Film {
        id: &incoming.id,
        token: incoming.token.as_deref().unwrap_or_default(),
    }
}
