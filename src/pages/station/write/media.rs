//! What records, and sends recordings and videos: code of a part of its own, fetched when somebody wants to speak or has
//! chosen a file.

use std::cell::Cell;
use std::thread::LocalKey;

use liaison_domain::dto::FormLimits;
use web_sys::File;

use super::super::parts::{Fetching, Parts};
use super::super::work::Work;
use super::recorder::Recorder;
use super::video::Video;
use super::voice::Voice;

thread_local! {
    static AT_HAND: Cell<Option<MediaWork>> = const { Cell::new(None) };
}

/// The functions of the part.
#[derive(Clone, Copy, Debug)]
pub struct MediaWork {
    /// Begins to record.
    pub record: fn(Voice, &FormLimits),
    /// Ends what this recorder records, and keeps it.
    pub stop: fn(Voice, Recorder),
    /// Takes a file as the voice.
    pub choose_voice: fn(Voice, &File, &FormLimits),
    /// Sends the voice again.
    pub retry_voice: fn(Voice),
    /// Removes the voice.
    pub remove_voice: fn(Voice),
    /// Takes a file as the video.
    pub choose_video: fn(Video, &File, &FormLimits),
    /// Goes on with the video.
    pub retry_video: fn(Video),
    /// Removes the video.
    pub remove_video: fn(Video),
}

impl MediaWork {
    /// The functions themselves.
    pub const HERE: Self = Self {
        record: Voice::record_now,
        stop: Voice::stop_now,
        choose_voice: Voice::choose_now,
        retry_voice: Voice::retry_now,
        remove_voice: Voice::remove_now,
        choose_video: Video::choose_now,
        retry_video: Video::retry_now,
        remove_video: Video::remove_now,
    };
}

impl Work for MediaWork {
    fn kept() -> &'static LocalKey<Cell<Option<Self>>> {
        &AT_HAND
    }

    fn fetch(parts: &Parts) -> Fetching<Self> {
        (parts.media)()
    }
}
