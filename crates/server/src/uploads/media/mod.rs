//! What recordings and videos are, by their content: the container is walked, never decoded. Names and declared types
//! mean nothing.

mod blanks;
mod mp4;
mod mpeg;
mod wav;
mod webm;

pub use blanks::Blanks;
pub use mp4::{Box4, Movie, read_movie};
use webm::read_webm;
pub use webm::{WINDOW, Web};

use crate::problem::ApiError;
use liaison_domain::Millis;

/// Why bytes are not a recording or a video for us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaError {
    Empty,
    /// None of the containers that are taken.
    UnsupportedType,
    /// A container that is taken, with something in it that browsers do not play, or without what it should hold.
    UnsupportedCodec,
    /// A container that is taken, cut off or put together wrongly.
    Broken,
    /// Longer than the station takes, in seconds.
    TooLong,
}

impl MediaError {
    /// As an answer about a recording.
    pub fn of_voice(self) -> ApiError {
        let (code, detail) = match self {
            Self::Empty => ("upload_empty", "这个文件是空的，请重新选择。"),
            Self::UnsupportedType => (
                "voice_type",
                "这个文件不是录音。可以传 MP3、M4A、AAC、AMR、WAV 格式的录音。",
            ),
            Self::UnsupportedCodec => (
                "voice_codec",
                "这段录音的编码放不出来，请换一种格式，或直接在页面上录。",
            ),
            Self::Broken => ("upload_broken", "这个文件打不开，可能没有传完整，请重新选一次。"),
            Self::TooLong => ("voice_too_long", "录音太长了，请录短一点，或分两次写。"),
        };
        ApiError::Unprocessable { code, detail }
    }

    /// As an answer about a video.
    pub fn of_video(self) -> ApiError {
        let (code, detail) = match self {
            Self::UnsupportedType => ("video_type", "这个文件不是视频。可以传手机拍的 MP4、MOV 视频。"),
            Self::UnsupportedCodec => (
                "video_codec",
                "这段视频的编码放不出来，请在相机设置里选“兼容性最佳”再拍，或发几张照片。",
            ),
            other => return other.of_voice(),
        };
        ApiError::Unprocessable { code, detail }
    }
}

/// What a file turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub mime: &'static str,
    /// Where the file says it.
    pub duration: Option<Millis>,
}

/// A recording, as it will be kept: without what the recorder wrote beside the sound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    pub known: Known,
    pub bytes: Vec<u8>,
}

impl Voice {
    fn without(known: Known, mut bytes: Vec<u8>, blanks: &Blanks) -> Self {
        blanks.apply(&mut bytes, 0);
        Self { known, bytes }
    }
}

/// A little more than was asked for is no reason to send somebody away.
const GRACE: Millis = 3_000;

/// Looks at a recording. One whose length nothing tells is bounded by its bytes alone.
pub fn look_at_voice(bytes: Vec<u8>, seconds_max: u32) -> Result<Voice, MediaError> {
    let voice = match bytes.as_slice() {
        [] => return Err(MediaError::Empty),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..] => wav::read(&bytes)?,
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => {
            let movie = read_movie(&bytes)?;
            let known = movie.as_voice()?;
            Voice::without(known, bytes, &movie.into_blanks())
        }
        [0x1A, 0x45, 0xDF, 0xA3, ..] => {
            let web = read_webm(&bytes)?;
            let known = web.as_voice()?;
            Voice::without(known, bytes, &web.into_blanks())
        }
        _ => mpeg::read(bytes)?,
    };
    let longest = Millis::from(seconds_max) * 1000 + GRACE;
    match voice.known.duration {
        Some(duration) if duration > longest => Err(MediaError::TooLong),
        Some(0) => Err(MediaError::Empty),
        _ => Ok(voice),
    }
}
