//! Counting and the codes of what can be wrong.

use crate::dto::{FieldError, FormLimits};

/// Characters as people count them: blanks at both ends left out, `\r\n` as one.
pub fn char_count(text: &str) -> usize {
    text.trim().chars().filter(|c| *c != '\r').count()
}

/// Limits of the letter form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LetterLimits {
    pub body_min: u32,
    pub body_max: u32,
    pub title_max: u32,
    pub photos_max: u32,
    /// Place in the resident's words.
    pub place_max: u32,
    /// What the resident wants to be called.
    pub name_max: u32,
    /// Bytes of one picture as it is taken; it is made smaller afterwards.
    pub photo_bytes_max: u64,
    /// Days for which an unfinished letter is kept.
    pub draft_days: u32,
    /// Longest recording, in seconds.
    pub voice_seconds_max: u32,
    /// Bytes of a recording that was chosen as a file.
    pub voice_bytes_max: u64,
    /// Bytes of a video; 0: no videos are taken.
    pub video_bytes_max: u64,
}

impl Default for LetterLimits {
    fn default() -> Self {
        Self {
            body_min: 10,
            body_max: 2000,
            title_max: 50,
            photos_max: 9,
            place_max: 100,
            name_max: 20,
            photo_bytes_max: 20 * 1024 * 1024,
            draft_days: 30,
            voice_seconds_max: 60,
            voice_bytes_max: 12 * 1024 * 1024,
            video_bytes_max: 50_000_000,
        }
    }
}

impl From<LetterLimits> for FormLimits {
    fn from(limits: LetterLimits) -> Self {
        Self {
            body_min: limits.body_min,
            body_max: limits.body_max,
            title_max: limits.title_max,
            photos_max: limits.photos_max,
            photo_bytes_max: limits.photo_bytes_max,
            draft_days: limits.draft_days,
            voice_seconds_max: limits.voice_seconds_max,
            voice_bytes_max: limits.voice_bytes_max,
            video_bytes_max: limits.video_bytes_max,
        }
    }
}

pub(super) fn error(field: &str, code: &str, limit: Option<u32>) -> FieldError {
    FieldError {
        field: field.to_owned(),
        code: code.to_owned(),
        limit: limit.map(u64::from),
    }
}

/// Text between two lengths; an empty optional text passes.
pub(super) fn length(field: &str, text: &str, min: u32, max: u32) -> Option<FieldError> {
    let count = char_count(text);
    if count == 0 && min > 0 {
        Some(error(field, "required", None))
    } else if count < min as usize {
        Some(error(field, "too_short", Some(min)))
    } else if count > max as usize {
        Some(error(field, "too_long", Some(max)))
    } else {
        None
    }
}
