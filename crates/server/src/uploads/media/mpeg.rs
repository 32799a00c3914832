//! Streams of frames without a container: MP3, AAC (ADTS) and AMR. Every frame is walked; a file is what all of it is.

use super::{Known, MediaError, Voice};
use liaison_domain::Millis;

pub(super) fn read(mut bytes: Vec<u8>) -> Result<Voice, MediaError> {
    if let Some(frames) = bytes.strip_prefix(b"#!AMR\n") {
        let known = amr(frames, "audio/amr", &AMR_NARROW)?;
        return Ok(Voice { known, bytes });
    }
    if let Some(frames) = bytes.strip_prefix(b"#!AMR-WB\n") {
        let known = amr(frames, "audio/amr-wb", &AMR_WIDE)?;
        return Ok(Voice { known, bytes });
    }
    // What stands in tags nobody asked for: titles, pictures, places.
    if bytes.starts_with(b"ID3") {
        let head = bytes.get(..10).ok_or(MediaError::Broken)?;
        let length = head[6..10]
            .iter()
            .fold(0, |length, byte| length << 7 | usize::from(byte & 0x7F));
        if bytes.len() <= 10 + length {
            return Err(MediaError::Broken);
        }
        bytes.drain(..10 + length);
    }
    if bytes.len() > 128 && bytes[bytes.len() - 128..].starts_with(b"TAG") {
        bytes.truncate(bytes.len() - 128);
    }
    match bytes.as_slice() {
        [0xFF, second, ..] if second & 0xF6 == 0xF0 => {
            let known = walk(&bytes, "audio/aac", adts)?;
            Ok(Voice { known, bytes })
        }
        [0xFF, second, ..] if second & 0xE0 == 0xE0 => {
            let known = walk(&bytes, "audio/mpeg", mp3)?;
            Ok(Voice { known, bytes })
        }
        _ => Err(MediaError::UnsupportedType),
    }
}

/// A frame's bytes, and its time in microseconds.
type Frame = (usize, i64);

/// Frame after frame to the end. The last one may be cut off: recorders that are stopped leave it so.
fn walk(bytes: &[u8], mime: &'static str, frame: fn(&[u8]) -> Option<Frame>) -> Result<Known, MediaError> {
    let (mut at, mut time, mut count) = (0, 0, 0_u32);
    while at < bytes.len() {
        let Some((length, micros)) = frame(&bytes[at..]) else {
            break;
        };
        at += length;
        time += micros;
        count += 1;
    }
    if count < 2 {
        return Err(MediaError::UnsupportedType);
    }
    // Silence or a scrap at the end is no harm; another file behind the sound is.
    if bytes.len().saturating_sub(at) > 2048 {
        return Err(MediaError::Broken);
    }
    Ok(Known {
        mime,
        duration: Some(time / 1000),
    })
}

fn adts(bytes: &[u8]) -> Option<Frame> {
    const RATES: [i64; 13] = [
        96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000, 7_350,
    ];
    let head = bytes.get(..7)?;
    if head[0] != 0xFF || head[1] & 0xF6 != 0xF0 {
        return None;
    }
    let rate = *RATES.get(usize::from(head[2] >> 2 & 0x0F))?;
    let length = usize::from(head[3] & 3) << 11 | usize::from(head[4]) << 3 | usize::from(head[5] >> 5);
    (length >= 7).then_some((length, 1024 * 1_000_000 / rate))
}

fn mp3(bytes: &[u8]) -> Option<Frame> {
    /// Kilobits a second of MPEG 1 and of MPEG 2, layer III.
    const KILOBITS: [[usize; 15]; 2] = [
        [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
        [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    ];
    let head = bytes.get(..4)?;
    if head[0] != 0xFF || head[1] & 0xE0 != 0xE0 {
        return None;
    }
    let (version, layer) = (head[1] >> 3 & 3, head[1] >> 1 & 3);
    // Layer III only, and no reserved version.
    if layer != 1 || version == 1 {
        return None;
    }
    let first = version == 3;
    let kilobits = *KILOBITS[usize::from(!first)].get(usize::from(head[2] >> 4))?;
    let base = *[44_100, 48_000, 32_000].get(usize::from(head[2] >> 2 & 3))?;
    let rate = match version {
        3 => base,
        2 => base / 2,
        _ => base / 4,
    };
    let samples: usize = if first { 1152 } else { 576 };
    let length = samples / 8 * kilobits * 1000 / rate + usize::from(head[2] >> 1 & 1);
    (kilobits > 0 && length > 4).then_some((length, samples as i64 * 1_000_000 / rate as i64))
}

/// Bytes of a frame by its mode; 0: no such mode.
const AMR_NARROW: [usize; 16] = [13, 14, 16, 18, 20, 21, 27, 32, 6, 0, 0, 0, 0, 0, 0, 1];
const AMR_WIDE: [usize; 16] = [18, 24, 33, 37, 41, 47, 51, 59, 61, 6, 0, 0, 0, 0, 1, 1];

fn amr(frames: &[u8], mime: &'static str, lengths: &[usize; 16]) -> Result<Known, MediaError> {
    let (mut at, mut count): (usize, Millis) = (0, 0);
    while let Some(head) = frames.get(at) {
        let length = lengths[usize::from(head >> 3 & 0x0F)];
        if length == 0 || head & 0x83 != 0 {
            return Err(MediaError::Broken);
        }
        at += length;
        count += 1;
    }
    if count == 0 {
        return Err(MediaError::Empty);
    }
    // What begins like a frame and is none ends in the middle of one.
    if at != frames.len() {
        return Err(MediaError::Broken);
    }
    Ok(Known {
        mime,
        duration: Some(count * 20),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_are_counted_to_the_end() {
        // MPEG 1 layer III, 64 kbit/s, 44.1 kHz: 208 bytes, 26.1 ms.
        let mut frame = vec![0xFF, 0xFB, 0x50, 0xC0];
        frame.resize(208, 0);
        let mut tagged = b"ID3\x04\0\0\0\0\0\x05secret"[..15].to_vec();
        tagged.extend(frame.repeat(40));
        let voice = read(tagged).expect("a recording");
        assert_eq!(voice.known.mime, "audio/mpeg");
        assert_eq!(voice.known.duration, Some(1044));
        assert_eq!(voice.bytes.len(), 208 * 40, "without its tag");

        let mut file = b"#!AMR\n".to_vec();
        let mut frame = vec![0x3C];
        frame.resize(32, 7);
        file.extend(frame.repeat(50));
        assert_eq!(read(file.clone()).expect("a recording").known.duration, Some(1000));
        file.extend(b"<html>");
        assert_eq!(read(file), Err(MediaError::Broken));

        // AAC-LC, 16 kHz, frames of 100 bytes, 64 ms.
        let mut frame = vec![0xFF, 0xF1, 0x60, 0x40, 0x64 >> 3, (0x64 & 7) << 5, 0];
        frame.resize(100, 0);
        let voice = read(frame.repeat(10)).expect("a recording");
        assert_eq!((voice.known.mime, voice.known.duration), ("audio/aac", Some(640)));
    }

    #[test]
    fn sound_with_another_file_behind_it_is_refused() {
        let mut frame = vec![0xFF, 0xFB, 0x50, 0xC0];
        frame.resize(208, 0);
        let mut file = frame.repeat(10);
        file.extend(b"PK\x03\x04".repeat(2000));
        assert_eq!(read(file), Err(MediaError::Broken));
        assert_eq!(read(vec![0xFF; 400]), Err(MediaError::UnsupportedType));
        assert_eq!(
            read(b"\xFF\xD8\xFF\xE0 a picture".to_vec()),
            Err(MediaError::UnsupportedType)
        );
    }
}
