//! `WebM`: what browsers record. The tracks stand before the first piece of sound or picture; only so far is read.

use super::{Known, MediaError};
use liaison_domain::Millis;

const HEADER: u32 = 0x1A45_DFA3;
const DOC_TYPE: u32 = 0x4282;
const SEGMENT: u32 = 0x1853_8067;
const INFO: u32 = 0x1549_A966;
const SCALE: u32 = 0x2A_D7B1;
const DURATION: u32 = 0x4489;
const TRACKS: u32 = 0x1654_AE6B;
const TRACK: u32 = 0xAE;
const TRACK_TYPE: u32 = 0x83;
const CODEC: u32 = 0x86;
const CLUSTER: u32 = 0x1F43_B675;

/// Bytes from the beginning within which the tracks have to stand.
pub const HEAD: usize = 1024 * 1024;

/// What a `WebM` file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Web {
    /// Type and codec of each track.
    tracks: Vec<(u64, String)>,
    duration: Option<Millis>,
}

/// An element: what it is, its body, and what comes after it. A body without an end reaches to the end.
struct Element<'a> {
    id: u32,
    body: &'a [u8],
    rest: &'a [u8],
    cut: bool,
}

fn element(bytes: &[u8]) -> Option<Element<'_>> {
    let first = *bytes.first()?;
    let id_length = first.leading_zeros() as usize + 1;
    if id_length > 4 {
        return None;
    }
    let id = bytes
        .get(..id_length)?
        .iter()
        .fold(0, |id, byte| id << 8 | u32::from(*byte));
    let bytes = &bytes[id_length..];
    let first = *bytes.first()?;
    let length = first.leading_zeros() as usize + 1;
    if length > 8 {
        return None;
    }
    let mask = (1_u64 << (8 - length)) - 1;
    let size = bytes
        .get(1..length)?
        .iter()
        .fold(u64::from(first) & mask, |size, byte| size << 8 | u64::from(*byte));
    let unknown = size == (1_u64 << (7 * length)) - 1;
    let bytes = &bytes[length..];
    let fits = usize::try_from(size)
        .ok()
        .filter(|size| !unknown && *size <= bytes.len());
    let (body, rest) = bytes.split_at(fits.unwrap_or(bytes.len()));
    Some(Element {
        id,
        body,
        rest,
        cut: fits.is_none(),
    })
}

fn number(bytes: &[u8]) -> u64 {
    bytes.iter().take(8).fold(0, |n, byte| n << 8 | u64::from(*byte))
}

/// Reads the beginning of a file: [`HEAD`] bytes of it, or all there are.
pub fn read_webm(bytes: &[u8]) -> Result<Web, MediaError> {
    let header = element(bytes).ok_or(MediaError::Broken)?;
    if header.id != HEADER || header.cut {
        return Err(MediaError::Broken);
    }
    let mut kind = header.body;
    let mut is_webm = false;
    while let Some(found) = element(kind) {
        is_webm |= found.id == DOC_TYPE && found.body == b"webm";
        kind = found.rest;
    }
    if !is_webm {
        return Err(MediaError::UnsupportedType);
    }
    let segment = element(header.rest).ok_or(MediaError::Broken)?;
    if segment.id != SEGMENT {
        return Err(MediaError::Broken);
    }
    let mut web = Web::default();
    let mut rest = segment.body;
    while let Some(found) = element(rest) {
        match found.id {
            INFO if !found.cut => web.duration = duration(found.body),
            TRACKS if !found.cut => web.read_tracks(found.body),
            CLUSTER if !found.body.is_empty() && !web.tracks.is_empty() => return Ok(web),
            CLUSTER => break,
            _ => {}
        }
        rest = found.rest;
    }
    Err(MediaError::Broken)
}

fn duration(info: &[u8]) -> Option<Millis> {
    let (mut scale, mut length, mut rest) = (1_000_000.0, None, info);
    while let Some(found) = element(rest) {
        match (found.id, found.body.len()) {
            (SCALE, _) => scale = number(found.body) as f64,
            (DURATION, 4) => length = Some(f64::from(f32::from_bits(number(found.body) as u32))),
            (DURATION, 8) => length = Some(f64::from_bits(number(found.body))),
            _ => {}
        }
        rest = found.rest;
    }
    let millis = length? * scale / 1_000_000.0;
    (millis.is_finite() && millis > 0.0).then_some(millis as Millis)
}

impl Web {
    fn read_tracks(&mut self, tracks: &[u8]) {
        let mut rest = tracks;
        while let Some(found) = element(rest) {
            if found.id == TRACK {
                let (mut kind, mut codec, mut parts) = (0, String::new(), found.body);
                while let Some(part) = element(parts) {
                    match part.id {
                        TRACK_TYPE => kind = number(part.body),
                        CODEC => String::from_utf8_lossy(part.body)
                            .trim_end_matches('\0')
                            .clone_into(&mut codec),
                        _ => {}
                    }
                    parts = part.rest;
                }
                self.tracks.push((kind, codec));
            }
            rest = found.rest;
        }
    }

    fn codecs(&self, kind: u64) -> impl Iterator<Item = &str> {
        self.tracks
            .iter()
            .filter(move |(known, _)| *known == kind)
            .map(|(_, codec)| codec.as_str())
    }

    fn sound_plays(&self) -> bool {
        self.codecs(2).all(|codec| matches!(codec, "A_OPUS" | "A_VORBIS"))
    }

    /// As a recording: sound and no picture.
    pub fn as_voice(&self) -> Result<Known, MediaError> {
        if self.codecs(2).next().is_none() || self.codecs(1).next().is_some() || !self.sound_plays() {
            return Err(MediaError::UnsupportedCodec);
        }
        Ok(Known {
            mime: "audio/webm",
            duration: self.duration,
        })
    }

    /// As a video: VP8 or VP9.
    pub fn as_video(&self) -> Result<Known, MediaError> {
        let seen = |codec: &str| matches!(codec, "V_VP8" | "V_VP9");
        if self.codecs(1).next().is_none() || !self.codecs(1).all(seen) || !self.sound_plays() {
            return Err(MediaError::UnsupportedCodec);
        }
        Ok(Known {
            mime: "video/webm",
            duration: self.duration,
        })
    }
}
