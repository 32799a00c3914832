//! Voice and video of a letter, and what was written down of them.

use super::dto;
use crate::{Id, Millis};

/// [`MediaRef::kind`] of a recorded voice.
pub const VOICE: &str = "voice";
/// [`MediaRef::kind`] of a video.
pub const VIDEO: &str = "video";
/// Largest piece of a video, in bytes: seconds on a slow line, and not too many of them.
pub const VIDEO_PIECE: u32 = 1024 * 1024;
/// Longest transcript, in characters: whoever speaks for a minute says some three hundred.
pub const TRANSCRIPT_MAX: u32 = 4000;

dto! {
    /// A voice or video of a letter.
    pub struct MediaRef {
        pub id: Id,
        /// `voice` or `video`.
        pub kind: String,
        /// Answers to `Range`.
        pub url: String,
        /// What it is by its content: `audio/wav`, `video/mp4` …
        pub mime: String,
        pub bytes: u64,
        /// Milliseconds; none where the file does not say.
        pub duration: Option<Millis>,
        /// What was written down of it, as it stands now.
        pub transcript: Option<Transcript>,
    }

    /// What was written down of a recording.
    pub struct Transcript {
        pub text: String,
        /// 1 for the first; each correction counts one up.
        pub version: u32,
        /// Made by a machine, and confirmed by nobody so far.
        pub by_machine: bool,
        pub at: Millis,
    }

    /// A finished recording or video. `POST /media/voices` answers with it.
    pub struct MediaUpload {
        pub id: Id,
        /// Secret that lets this browser use and remove it before it belongs to a letter.
        pub token: String,
        pub media: MediaRef,
    }

    /// `POST /media/videos`: a video that is going to come.
    #[serde(deny_unknown_fields)]
    pub struct NewVideo {
        pub bytes: u64,
    }

    /// A video on its way.
    pub struct IncomingVideo {
        pub id: Id,
        /// Secret that lets this browser go on, finish and give up. Only in the answer to `POST /media/videos`.
        pub token: Option<String>,
        /// Bytes it will have.
        pub bytes: u64,
        /// Bytes that are here: where the next piece begins.
        pub offset: u64,
    }

    /// `PUT /desk/media/{id}/transcript`. Saving a machine's text, changed or not, confirms it.
    #[serde(deny_unknown_fields)]
    pub struct NewTranscript {
        pub text: String,
        /// The version that was read; 0 when there was none.
        pub after: u32,
    }
}
