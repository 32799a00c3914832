//! MP4, MOV and 3GP: a tree of boxes. What is played is named in `moov`; where and with what it was filmed stands in
//! boxes of its own, which are blanked in place, so that nothing that points into the file moves.

use super::{Blanks, Known, MediaError};
use liaison_domain::Millis;

/// A box as its header tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Box4 {
    pub kind: [u8; 4],
    /// Where it begins in the file.
    pub at: u64,
    /// Bytes of its header.
    pub head: u64,
    /// Bytes of all of it.
    pub size: u64,
}

impl Box4 {
    /// Reads the header that begins at `at`; `bytes` hold sixteen bytes from there, or all up to `end`.
    pub fn read(bytes: &[u8], at: u64, end: u64) -> Result<Self, MediaError> {
        let small = number(bytes, 0, 4).ok_or(MediaError::Broken)?;
        let kind = bytes.get(4..8).and_then(|kind| kind.try_into().ok());
        let (head, size) = match small {
            // To the end of the file.
            0 => (8, end - at),
            1 => (16, number(bytes, 8, 8).ok_or(MediaError::Broken)?),
            size => (8, size),
        };
        if size < head || size > end - at {
            return Err(MediaError::Broken);
        }
        Ok(Self {
            kind: kind.ok_or(MediaError::Broken)?,
            at,
            head,
            size,
        })
    }

    /// Where the next one begins.
    pub const fn end(&self) -> u64 {
        self.at + self.size
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Track {
    handler: [u8; 4],
    codec: [u8; 4],
}

/// What a film or recording holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Movie {
    tracks: Vec<Track>,
    duration: Option<Millis>,
    blanks: Blanks,
    has_sound_data: bool,
    has_table: bool,
}

/// Boxes within one; no recorder writes more.
const MOST: usize = 1000;

/// What may be left out of the tree: places, devices, names, padding.
const ASIDE: [&[u8; 4]; 5] = [b"udta", b"meta", b"uuid", b"free", b"skip"];

/// Reads a whole file.
pub fn read_movie(bytes: &[u8]) -> Result<Movie, MediaError> {
    let end = bytes.len() as u64;
    let mut movie = Movie::default();
    let mut at = 0;
    while at < end {
        let found = Box4::read(&bytes[at as usize..], at, end)?;
        movie.top(found)?;
        if found.kind == *b"moov" {
            movie.read_moov(&bytes[at as usize..found.end() as usize], found)?;
        }
        at = found.end();
    }
    Ok(movie)
}

impl Movie {
    /// Takes note of a box of the file itself.
    pub fn top(&mut self, found: Box4) -> Result<(), MediaError> {
        match &found.kind {
            b"mdat" | b"moof" => self.has_sound_data |= found.size > found.head,
            kind if ASIDE.contains(&kind) => self.blank_out(found)?,
            _ => {}
        }
        Ok(())
    }

    /// Reads `moov`, header and all.
    pub fn read_moov(&mut self, bytes: &[u8], moov: Box4) -> Result<(), MediaError> {
        if self.has_table {
            return Err(MediaError::Broken);
        }
        self.has_table = true;
        for child in children(bytes, moov.at, moov)? {
            let body = body(bytes, moov.at, child);
            match &child.kind {
                b"mvhd" => self.duration = duration(body),
                b"trak" => self.read_track(bytes, moov.at, child)?,
                kind if ASIDE.contains(&kind) => self.blank_out(child)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn read_track(&mut self, bytes: &[u8], base: u64, track: Box4) -> Result<(), MediaError> {
        let (mut handler, mut codec) = (None, None);
        for child in children(bytes, base, track)? {
            if ASIDE.contains(&&child.kind) {
                self.blank_out(child)?;
            }
            if child.kind != *b"mdia" {
                continue;
            }
            for part in children(bytes, base, child)? {
                match &part.kind {
                    b"hdlr" => handler = four(body(bytes, base, part), 8),
                    b"minf" => codec = codec_of(bytes, base, part)?,
                    _ => {}
                }
            }
        }
        self.tracks.push(Track {
            handler: handler.ok_or(MediaError::Broken)?,
            codec: codec.ok_or(MediaError::Broken)?,
        });
        Ok(())
    }

    /// Makes free space of it.
    fn blank_out(&mut self, found: Box4) -> Result<(), MediaError> {
        // Its length, and how that is written, stay.
        self.blanks.add(found.at + 4, b"free", found.at + 8)?;
        self.blanks.add(found.at + found.head, &[], found.end())
    }

    /// What is emptied before the file is kept.
    pub fn into_blanks(self) -> Blanks {
        self.blanks
    }

    fn codecs(&self, handler: [u8; 4]) -> Vec<[u8; 4]> {
        self.tracks
            .iter()
            .filter(|track| track.handler == handler)
            .map(|track| track.codec)
            .collect()
    }

    fn check(&self) -> Result<(), MediaError> {
        if self.has_table && self.has_sound_data {
            Ok(())
        } else {
            Err(MediaError::Broken)
        }
    }

    /// As a recording: sound that can be played, and no picture.
    pub fn as_voice(&self) -> Result<Known, MediaError> {
        self.check()?;
        let sound = self.codecs(*b"soun");
        let played = |codec: &[u8; 4]| matches!(codec, b"mp4a" | b"samr" | b"sawb");
        if sound.is_empty() || !sound.iter().all(played) || !self.codecs(*b"vide").is_empty() {
            return Err(MediaError::UnsupportedCodec);
        }
        let amr = sound.iter().any(|codec| codec != b"mp4a");
        Ok(Known {
            mime: if amr { "audio/3gpp" } else { "audio/mp4" },
            duration: self.duration,
        })
    }

    /// As a video: H.264 or HEVC, with AAC or without sound.
    pub fn as_video(&self) -> Result<Known, MediaError> {
        self.check()?;
        let pictures = self.codecs(*b"vide");
        let seen = |codec: &[u8; 4]| matches!(codec, b"avc1" | b"avc3" | b"hvc1" | b"hev1");
        let heard = |codec: &[u8; 4]| codec == b"mp4a";
        if pictures.is_empty() || !pictures.iter().all(seen) || !self.codecs(*b"soun").iter().all(heard) {
            return Err(MediaError::UnsupportedCodec);
        }
        Ok(Known {
            // A MOV is read by the same part of a browser, and refused by some under its own name.
            mime: "video/mp4",
            duration: self.duration,
        })
    }
}

/// The boxes within a box of `bytes`, which begin at `base` of the file.
fn children(bytes: &[u8], base: u64, parent: Box4) -> Result<Vec<Box4>, MediaError> {
    let mut all = Vec::new();
    let mut at = parent.at + parent.head;
    // Four zeros may stand for the end of a list.
    while at + 8 <= parent.end() {
        let found = Box4::read(&bytes[(at - base) as usize..], at, parent.end())?;
        if all.len() == MOST {
            return Err(MediaError::Broken);
        }
        all.push(found);
        at = found.end();
    }
    Ok(all)
}

fn body(bytes: &[u8], base: u64, found: Box4) -> &[u8] {
    &bytes[(found.at + found.head - base) as usize..(found.end() - base) as usize]
}

fn codec_of(bytes: &[u8], base: u64, minf: Box4) -> Result<Option<[u8; 4]>, MediaError> {
    for table in children(bytes, base, minf)?.into_iter().filter(|b| b.kind == *b"stbl") {
        let listed = children(bytes, base, table)?.into_iter().find(|b| b.kind == *b"stsd");
        if let Some(listed) = listed {
            // Version, flags, how many there are; then the first, whose kind is the codec.
            return Ok(four(body(bytes, base, listed), 12));
        }
    }
    Ok(None)
}

fn duration(mvhd: &[u8]) -> Option<Millis> {
    let (scale, length) = match mvhd.first()? {
        0 => (number(mvhd, 12, 4)?, number(mvhd, 16, 4)?),
        _ => (number(mvhd, 20, 4)?, number(mvhd, 24, 8)?),
    };
    // A film that was written while it was filmed does not know.
    let unknown = scale == 0 || length == 0 || length >= u64::from(u32::MAX);
    (!unknown).then(|| (length.saturating_mul(1000) / scale) as Millis)
}

fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let part = bytes.get(at..at + length)?;
    Some(part.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

fn four(bytes: &[u8], at: usize) -> Option<[u8; 4]> {
    bytes.get(at..at + 4)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn boxed(kind: &[u8], body: &[u8]) -> Vec<u8> {
        let mut out = (body.len() as u32 + 8).to_be_bytes().to_vec();
        out.extend_from_slice(kind);
        out.extend_from_slice(body);
        out
    }

    fn track(handler: &[u8], codec: &[u8]) -> Vec<u8> {
        let hdlr = [&[0; 8], handler, &[0; 13]].concat();
        let stsd = [&[0, 0, 0, 0, 0, 0, 0, 1][..], &boxed(codec, &[0; 70])].concat();
        let minf = boxed(b"minf", &boxed(b"stbl", &boxed(b"stsd", &stsd)));
        let media = boxed(b"mdia", &[boxed(b"hdlr", &hdlr), minf].concat());
        boxed(b"trak", &[media, boxed(b"udta", b"HOME")].concat())
    }

    fn film() -> Vec<u8> {
        let place = boxed(b"meta", b"+30.1234+120.5678/");
        [
            boxed(b"ftyp", b"isom"),
            boxed(b"uuid", b"of this telephone"),
            boxed(b"mdat", &[7; 100]),
            boxed(b"moov", &[track(b"vide", b"avc1"), place].concat()),
        ]
        .concat()
    }

    #[test]
    fn what_stands_aside_is_emptied_and_nothing_moves() {
        let film = film();
        let movie = read_movie(&film).expect("a film");
        let mut whole = film.clone();
        movie.clone().into_blanks().apply(&mut whole, 0);
        assert_eq!(whole.len(), film.len());
        for gone in [&b"+30.1234"[..], b"telephone", b"HOME"] {
            assert!(!whole.windows(gone.len()).any(|part| part == gone), "{gone:?}");
        }
        assert_eq!(read_movie(&whole).expect("still a film").as_video(), movie.as_video());
    }

    #[test]
    fn no_box_reaches_out_of_another() {
        let mut film = film();
        let moov = film.windows(4).position(|part| part == b"trak").expect("a track");
        film[moov - 4..moov].copy_from_slice(&9_999_u32.to_be_bytes());
        assert_eq!(read_movie(&film), Err(MediaError::Broken));
        let many = boxed(b"moov", &boxed(b"free", b"").repeat(MOST + 1));
        assert_eq!(read_movie(&many), Err(MediaError::Broken), "too many to look at");
        for cut in 0..film.len() {
            let _ = read_movie(&film[..cut]);
        }
    }
}
