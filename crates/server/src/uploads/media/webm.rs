//! `WebM`: what browsers record, elements one within another. The tracks stand before the first piece of sound or
//! picture. What is not needed to play it (tags, attachments, names, padding) is emptied in place, so that nothing that
//! points into the file moves. The ids are those of RFC 9559.

use super::{Blanks, Known, MediaError};
use liaison_domain::Millis;

const HEADER: u32 = 0x1A45_DFA3;
const DOC_TYPE: u32 = 0x4282;
const SEGMENT: u32 = 0x1853_8067;
const SEEK_HEAD: u32 = 0x114D_9B74;
const INFO: u32 = 0x1549_A966;
const SCALE: u32 = 0x2A_D7B1;
const DURATION: u32 = 0x4489;
const MUXING_APP: u32 = 0x4D80;
const WRITING_APP: u32 = 0x5741;
const TRACKS: u32 = 0x1654_AE6B;
const TRACK: u32 = 0xAE;
const TRACK_TYPE: u32 = 0x83;
const CODEC: u32 = 0x86;
const CODEC_NAME: u32 = 0x25_8688;
const NAME: u32 = 0x536E;
const CUES: u32 = 0x1C53_BB6B;
const CLUSTER: u32 = 0x1F43_B675;
const TIMESTAMP: u32 = 0xE7;
const POSITION: u32 = 0xA7;
const PREVIOUS_SIZE: u32 = 0xAB;
const BLOCK: u32 = 0xA3;
const BLOCK_GROUP: u32 = 0xA0;
const CHECKSUM: u32 = 0xBF;
const VOID: u32 = 0xEC;

/// Bytes that are looked at in one go. The file's header, what it tells of itself and its tracks are shorter.
pub const WINDOW: usize = 1024 * 1024;

/// Bytes of an id and a length, at most.
const HEAD: usize = 12;

/// What a `WebM` file holds, as far as it has been looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Web {
    /// Type and codec of each track.
    tracks: Vec<(u64, String)>,
    duration: Option<Millis>,
    has_blocks: bool,
    blanks: Blanks,
    at: u64,
}

/// What an element is, how long its head, and its body; a body without a length ends where something else begins.
#[derive(Clone, Copy)]
struct Head {
    id: u32,
    length: usize,
    size: Option<u64>,
}

impl Head {
    fn read(bytes: &[u8]) -> Option<Self> {
        let id_length = bytes.first()?.leading_zeros() as usize + 1;
        if id_length > 4 {
            return None;
        }
        let id = number(bytes.get(..id_length)?) as u32;
        let bytes = &bytes[id_length..];
        let first = *bytes.first()?;
        let length = first.leading_zeros() as usize + 1;
        if length > 8 {
            return None;
        }
        let marked = number(bytes.get(..length)?);
        let mask = (1_u64 << (7 * length)) - 1;
        let size = marked & mask;
        Some(Self {
            id,
            length: id_length + length,
            size: (size != mask).then_some(size),
        })
    }
}

/// An element within a body: where it begins there, and what it holds.
struct Element<'a> {
    head: Head,
    at: usize,
    body: &'a [u8],
}

/// The elements of a body, up to the first that is none.
fn elements(bytes: &[u8]) -> impl Iterator<Item = Element<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let head = Head::read(bytes.get(at..)?)?;
        let begins = at + head.length;
        let ends = begins.checked_add(usize::try_from(head.size?).ok()?)?;
        let body = bytes.get(begins..ends)?;
        let found = Element { head, at, body };
        at = ends;
        Some(found)
    })
}

fn number(bytes: &[u8]) -> u64 {
    bytes.iter().take(8).fold(0, |n, byte| n << 8 | u64::from(*byte))
}

/// Reads a whole file.
pub fn read_webm(bytes: &[u8]) -> Result<Web, MediaError> {
    let mut web = Web::begin(bytes)?;
    let size = bytes.len() as u64;
    while web.at < size {
        web.walk(&bytes[web.at as usize..], size)?;
    }
    Ok(web)
}

impl Web {
    /// Reads the file's header; `bytes` are the first [`WINDOW`] of the file, or all there are.
    pub fn begin(bytes: &[u8]) -> Result<Self, MediaError> {
        let header = elements(bytes).next().filter(|found| found.head.id == HEADER);
        let header = header.ok_or(MediaError::Broken)?;
        if !elements(header.body).any(|found| found.head.id == DOC_TYPE && found.body == b"webm") {
            return Err(MediaError::UnsupportedType);
        }
        let begins = header.head.length + header.body.len();
        let segment = Head::read(&bytes[begins..]).filter(|head| head.id == SEGMENT);
        let segment = segment.ok_or(MediaError::Broken)?;
        Ok(Self {
            at: (begins + segment.length) as u64,
            ..Self::default()
        })
    }

    /// Where what has not been looked at begins.
    pub const fn at(&self) -> u64 {
        self.at
    }

    /// Looks at what begins in `bytes`, the next [`WINDOW`] of a file of `size` bytes, or all there are. It gets on with each
    /// call.
    pub fn walk(&mut self, bytes: &[u8], size: u64) -> Result<(), MediaError> {
        let (begun, is_last) = (self.at, self.at + bytes.len() as u64 >= size);
        loop {
            let left = bytes.get((self.at - begun) as usize..).unwrap_or_default();
            // The next window begins with what does not fit into this one.
            if left.is_empty() || (left.len() < HEAD && !is_last) {
                break;
            }
            let head = Head::read(left).ok_or(MediaError::Broken)?;
            // A cluster's blocks are looked at like what stands beside it: its length may be unknown.
            if head.id == CLUSTER {
                self.at += head.length as u64;
                continue;
            }
            let body = head.size.ok_or(MediaError::Broken)?;
            let end = (self.at + head.length as u64).saturating_add(body);
            match head.id {
                INFO | TRACKS => match elements(left).next() {
                    Some(found) if head.id == INFO => self.read_info(&found)?,
                    Some(found) => self.read_tracks(&found)?,
                    None if is_last || self.at == begun => return Err(MediaError::Broken),
                    None => break,
                },
                BLOCK | BLOCK_GROUP if self.tracks.is_empty() => return Err(MediaError::Broken),
                BLOCK | BLOCK_GROUP => self.has_blocks |= body > 0,
                SEEK_HEAD | CUES | TIMESTAMP | POSITION | PREVIOUS_SIZE => {}
                _ if end > size => return Err(MediaError::Broken),
                _ => self.blank_out(head, self.at)?,
            }
            // A recording that was cut off plays as far as it goes.
            self.at = end.min(size);
        }
        if self.at == begun {
            Err(MediaError::Broken)
        } else {
            Ok(())
        }
    }

    fn read_info(&mut self, info: &Element<'_>) -> Result<(), MediaError> {
        let begins = self.at + info.head.length as u64;
        let (mut scale, mut length) = (1_000_000.0, None);
        for found in elements(info.body) {
            let at = begins + found.at as u64;
            match (found.head.id, found.body.len()) {
                (SCALE, _) => scale = number(found.body) as f64,
                (DURATION, 4) => length = Some(f64::from(f32::from_bits(number(found.body) as u32))),
                (DURATION, 8) => length = Some(f64::from_bits(number(found.body))),
                (DURATION, _) => {}
                // They have to be there; nobody says that they have to say something.
                (MUXING_APP | WRITING_APP, size) => {
                    let body = at + found.head.length as u64;
                    self.blanks.add(body, &[], body + size as u64)?;
                }
                _ => self.blank_out(found.head, at)?,
            }
        }
        let millis = length.map_or(0.0, |length| length * scale / 1_000_000.0);
        self.duration = (millis.is_finite() && millis > 0.0).then_some(millis as Millis);
        Ok(())
    }

    fn read_tracks(&mut self, tracks: &Element<'_>) -> Result<(), MediaError> {
        let begins = self.at + tracks.head.length as u64;
        for found in elements(tracks.body) {
            let at = begins + found.at as u64;
            if found.head.id != TRACK {
                self.blank_out(found.head, at)?;
                continue;
            }
            let (mut kind, mut codec) = (0, String::new());
            for part in elements(found.body) {
                match part.head.id {
                    TRACK_TYPE => kind = number(part.body),
                    CODEC => String::from_utf8_lossy(part.body)
                        .trim_end_matches('\0')
                        .clone_into(&mut codec),
                    NAME | CODEC_NAME | CHECKSUM | VOID => {
                        self.blank_out(part.head, at + (found.head.length + part.at) as u64)?;
                    }
                    _ => {}
                }
            }
            self.tracks.push((kind, codec));
        }
        Ok(())
    }

    /// Makes padding of the element that begins at `at`.
    fn blank_out(&mut self, head: Head, at: u64) -> Result<(), MediaError> {
        let length = head.length as u64 + head.size.unwrap_or_default();
        let mut mark = vec![VOID as u8];
        if length < 0x80 {
            mark.push(0x80 | (length - 2) as u8);
        } else {
            mark.extend((1 << 56 | (length - 9)).to_be_bytes());
        }
        self.blanks.add(at, &mark, at + length)
    }

    /// What is emptied before the file is kept.
    pub fn into_blanks(self) -> Blanks {
        self.blanks
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

    fn check(&self) -> Result<(), MediaError> {
        if self.has_blocks {
            Ok(())
        } else {
            Err(MediaError::Broken)
        }
    }

    /// As a recording: sound and no picture.
    pub fn as_voice(&self) -> Result<Known, MediaError> {
        self.check()?;
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
        self.check()?;
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

#[cfg(test)]
mod tests {
    use super::*;

    /// With one byte of length up to 126, and eight from there on.
    fn element(id: &[u8], body: &[u8]) -> Vec<u8> {
        let length = if body.len() < 127 {
            vec![0x80 | body.len() as u8]
        } else {
            (1 << 56 | body.len() as u64).to_be_bytes().to_vec()
        };
        [id, &length, body].concat()
    }

    fn id(id: u32) -> Vec<u8> {
        let bytes = id.to_be_bytes();
        bytes.into_iter().skip_while(|byte| *byte == 0).collect()
    }

    /// A film whose length nobody knew when it began, of two clusters, with what a camera writes beside it.
    fn film() -> Vec<u8> {
        let of = |kind: u32, body: &[u8]| element(&id(kind), body);
        let track = |kind: u8, codec: &[u8]| {
            let parts = [of(TRACK_TYPE, &[kind]), of(CODEC, codec), of(NAME, b"my kitchen")];
            of(TRACK, &parts.concat())
        };
        let info = [
            of(CHECKSUM, &[1; 4]),
            of(SCALE, &1_000_000_u32.to_be_bytes()),
            of(0x7BA9, b"my kitchen"),
            of(WRITING_APP, b"of this telephone"),
            of(DURATION, &2_500_f32.to_be_bytes()),
        ];
        let cluster = [
            &id(CLUSTER)[..],
            &[0xFF],
            &of(TIMESTAMP, &[0]),
            &of(BLOCK, &[7; 200]),
            &of(BLOCK_GROUP, &[7; 20]),
        ]
        .concat();
        [
            of(HEADER, &of(DOC_TYPE, b"webm")),
            [&id(SEGMENT)[..], &[0xFF]].concat(),
            of(INFO, &info.concat()),
            of(TRACKS, &[track(1, b"V_VP9"), track(2, b"A_OPUS")].concat()),
            cluster.clone(),
            of(0x1254_C367, &b"+30.1234+120.5678/".repeat(9)),
            cluster,
            of(0x1254_C367, b"+30.1234"),
        ]
        .concat()
    }

    #[test]
    fn what_stands_aside_is_emptied_and_nothing_moves() {
        let film = film();
        let web = read_webm(&film).expect("a film");
        assert_eq!(web.as_video().expect("seen").duration, Some(2_500));
        let mut whole = film.clone();
        web.clone().into_blanks().apply(&mut whole, 0);
        assert_eq!(whole.len(), film.len());
        for gone in [&b"+30.1234"[..], b"telephone", b"kitchen", &[1; 4]] {
            assert!(!whole.windows(gone.len()).any(|part| part == gone), "{gone:?}");
        }
        let again = read_webm(&whole).expect("still a film");
        assert_eq!(again.as_video(), web.as_video());
        let mut twice = whole.clone();
        again.into_blanks().apply(&mut twice, 0);
        assert_eq!(twice, whole, "padding stays what it is");
    }

    #[test]
    fn window_by_window_it_is_the_same_film() {
        let film = film();
        let size = film.len() as u64;
        let whole = read_webm(&film).expect("a film");
        for window in [260, 300, 477] {
            let mut web = Web::begin(&film[..window]).expect("it begins");
            while web.at() < size {
                let from = web.at() as usize;
                let bytes = &film[from..film.len().min(from + window)];
                web.walk(bytes, size).expect("it goes on");
            }
            assert_eq!(web, whole, "in windows of {window}");
        }
    }

    #[test]
    fn whatever_is_cut_or_changed_is_read_to_its_end_or_refused() {
        let film = film();
        for cut in 0..film.len() {
            let _ = read_webm(&film[..cut]);
        }
        for at in 0..film.len() {
            for byte in [0, 1, 0x80, 0xEC, 0xFF] {
                let mut changed = film.clone();
                changed[at] = byte;
                if let Ok(web) = read_webm(&changed) {
                    web.into_blanks().apply(&mut changed, 0);
                    assert_eq!(changed.len(), film.len());
                }
            }
        }
        let many = [film.clone(), element(&[VOID as u8], b"").repeat(5_000)].concat();
        assert_eq!(read_webm(&many), Err(MediaError::Broken), "too many to empty");
    }
}
