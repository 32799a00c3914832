//! WAV: uncompressed sound. Kept as header and samples alone; everything else that a file may carry is left out.

use super::{Known, MediaError, Voice};
use liaison_domain::Millis;
use liaison_domain::sound::wav_header;

/// Plain samples, and the long form that says so in its sub-format.
const PCM: u16 = 1;
const EXTENSIBLE: u16 = 0xFFFE;

struct Format {
    channels: u16,
    rate: u32,
    bits: u16,
}

pub(super) fn read(bytes: &[u8]) -> Result<Voice, MediaError> {
    let mut at = 12;
    let mut format = None;
    while let Some(head) = bytes.get(at..at + 8) {
        let length = u32_at(head, 4) as usize;
        let body = at + 8;
        match &head[..4] {
            b"fmt " => format = Some(read_format(bytes.get(body..body + length).ok_or(MediaError::Broken)?)?),
            b"data" => {
                let format = format.ok_or(MediaError::Broken)?;
                return sound(bytes.get(body..body + length).ok_or(MediaError::Broken)?, &format);
            }
            _ => {}
        }
        // Chunks begin at even places.
        at = body + length + length % 2;
    }
    Err(MediaError::Broken)
}

fn read_format(body: &[u8]) -> Result<Format, MediaError> {
    if body.len() < 16 {
        return Err(MediaError::Broken);
    }
    let kind = match u16_at(body, 0) {
        EXTENSIBLE if body.len() >= 26 => u16_at(body, 24),
        kind => kind,
    };
    let format = Format {
        channels: u16_at(body, 2),
        rate: u32_at(body, 4),
        bits: u16_at(body, 14),
    };
    if kind != PCM {
        return Err(MediaError::UnsupportedCodec);
    }
    let possible = matches!(format.channels, 1 | 2)
        && (4_000..=192_000).contains(&format.rate)
        && matches!(format.bits, 8 | 16 | 24 | 32);
    if !possible {
        return Err(MediaError::UnsupportedCodec);
    }
    let frame = format.channels * (format.bits / 8);
    if u16_at(body, 12) != frame || u32_at(body, 8) != format.rate * u32::from(frame) {
        return Err(MediaError::Broken);
    }
    Ok(format)
}

fn sound(samples: &[u8], format: &Format) -> Result<Voice, MediaError> {
    let frame = usize::from(format.channels * (format.bits / 8));
    let samples = &samples[..samples.len() - samples.len() % frame];
    if samples.is_empty() {
        return Err(MediaError::Empty);
    }
    let length = u32::try_from(samples.len()).map_err(|_| MediaError::TooLong)?;
    let mut bytes = wav_header(length, format.channels, format.rate, format.bits).to_vec();
    bytes.extend_from_slice(samples);
    Ok(Voice {
        known: Known {
            mime: "audio/wav",
            duration: Some((samples.len() / frame) as Millis * 1000 / Millis::from(format.rate)),
        },
        bytes,
    })
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

#[cfg(test)]
mod tests {
    use super::*;
    use liaison_domain::sound::wav;

    #[test]
    fn the_samples_stay_and_everything_beside_them_goes() {
        let plain = wav(&vec![5; 16_000], 16_000);
        let mut noisy = plain[..36].to_vec();
        noisy.extend_from_slice(b"LIST\x12\0\0\0<script>alert(1)</script>"[..8 + 18].as_ref());
        noisy.extend_from_slice(&plain[36..]);
        noisy.extend_from_slice(b"PK\x03\x04 and a whole archive behind");
        let voice = read(&noisy).expect("the sound is fine");
        assert_eq!(voice.bytes, plain);
        assert_eq!(voice.known.duration, Some(1000));
    }

    #[test]
    fn a_header_that_lies_is_refused() {
        let good = wav(&[5; 100], 16_000);
        let with = |at: usize, value: &[u8]| {
            let mut file = good.clone();
            file[at..at + value.len()].copy_from_slice(value);
            read(&file).map(|_| ())
        };
        assert_eq!(
            with(40, &500_u32.to_le_bytes()),
            Err(MediaError::Broken),
            "more data than there is"
        );
        assert_eq!(
            with(28, &1_u32.to_le_bytes()),
            Err(MediaError::Broken),
            "another rate of bytes"
        );
        assert_eq!(
            with(20, &3_u16.to_le_bytes()),
            Err(MediaError::UnsupportedCodec),
            "floats"
        );
        assert_eq!(
            with(22, &9_u16.to_le_bytes()),
            Err(MediaError::UnsupportedCodec),
            "nine channels"
        );
        assert_eq!(
            with(40, &0_u32.to_le_bytes()),
            Err(MediaError::Empty),
            "nothing to hear"
        );
        assert_eq!(
            with(16, &u32::MAX.to_le_bytes()),
            Err(MediaError::Broken),
            "an endless chunk"
        );
    }
}
