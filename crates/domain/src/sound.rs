//! A voice as numbers: brought to one rate, one channel and sixteen bits, and framed as WAV, which every engine plays.

/// Samples a second that speech needs and that recordings are kept in.
pub const SPEECH_RATE: u32 = 16_000;
/// Bytes of the header that [`wav`] writes.
pub const WAV_HEADER: usize = 44;

/// Brings samples of any rate to [`SPEECH_RATE`], piece by piece as they come from the microphone.
///
/// Each sample that comes out is the mean of those around it, the nearer the weightier (a triangle as wide as two of
/// them): what is too high for the new rate is quieted before it could turn into a whistle, and nothing has to be known
/// but the two rates.
#[derive(Clone, Debug)]
pub struct Resampler {
    /// Samples in for one sample out.
    step: f64,
    /// Half the width of the triangle, in samples in.
    reach: f64,
    /// What came in and is still needed.
    window: Vec<f32>,
    /// Which sample of all that came in the window begins with.
    begins: f64,
    /// How many have gone out.
    out: f64,
}

impl Resampler {
    /// From so many samples a second. A rate that no microphone has counts as [`SPEECH_RATE`].
    pub fn from_rate(rate: f64) -> Self {
        let known = rate.is_finite() && (3_000.0..=400_000.0).contains(&rate);
        let step = if known { rate / f64::from(SPEECH_RATE) } else { 1.0 };
        Self {
            step,
            reach: step.max(1.0),
            window: Vec::new(),
            begins: 0.0,
            out: 0.0,
        }
    }

    /// Takes what came in and adds what can be told by now to `to`.
    pub fn push(&mut self, samples: &[f32], to: &mut Vec<i16>) {
        self.window.extend_from_slice(samples);
        let end = self.begins + self.window.len() as f64;
        loop {
            let at = self.out * self.step;
            if at + self.reach > end {
                break;
            }
            to.push(self.around(at));
            self.out += 1.0;
        }
        let needed = (self.out * self.step - self.reach).floor().max(self.begins);
        let over = (needed - self.begins) as usize;
        self.window.drain(..over.min(self.window.len()));
        self.begins = needed;
    }

    fn around(&self, at: f64) -> i16 {
        let first = (at - self.reach).ceil().max(self.begins);
        let last = (at + self.reach).floor();
        let (mut sum, mut weights) = (0.0_f64, 0.0_f64);
        let mut here = first;
        while here <= last {
            let weight = 1.0 - (here - at).abs() / self.reach;
            if let Some(sample) = self.window.get((here - self.begins) as usize)
                && weight > 0.0
            {
                sum += f64::from(*sample) * weight;
                weights += weight;
            }
            here += 1.0;
        }
        if weights > 0.0 { to_sixteen(sum / weights) } else { 0 }
    }
}

/// −1…1 as sixteen bits; louder is cut, and what is no number is silence.
fn to_sixteen(sample: f64) -> i16 {
    if sample.is_nan() {
        return 0;
    }
    (sample.clamp(-1.0, 1.0) * f64::from(i16::MAX)).round() as i16
}

/// Samples of one channel as a WAV file.
pub fn wav(samples: &[i16], rate: u32) -> Vec<u8> {
    let bytes = samples.len() * 2;
    let mut file = Vec::with_capacity(WAV_HEADER + bytes);
    file.extend_from_slice(&wav_header(bytes as u32, 1, rate, 16));
    for sample in samples {
        file.extend_from_slice(&sample.to_le_bytes());
    }
    file
}

/// The header of a WAV file with so many bytes of sound.
pub fn wav_header(bytes: u32, channels: u16, rate: u32, bits: u16) -> [u8; WAV_HEADER] {
    let frame = channels * bits / 8;
    let mut header = [0; WAV_HEADER];
    let mut put = |at: usize, part: &[u8]| header[at..at + part.len()].copy_from_slice(part);
    put(0, b"RIFF");
    put(4, &(WAV_HEADER as u32 - 8 + bytes).to_le_bytes());
    put(8, b"WAVEfmt ");
    put(16, &16_u32.to_le_bytes());
    put(20, &1_u16.to_le_bytes());
    put(22, &channels.to_le_bytes());
    put(24, &rate.to_le_bytes());
    put(28, &(rate * u32::from(frame)).to_le_bytes());
    put(32, &frame.to_le_bytes());
    put(34, &bits.to_le_bytes());
    put(36, b"data");
    put(40, &bytes.to_le_bytes());
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tone(rate: f64, pitch: f64, seconds: f64) -> Vec<f32> {
        (0..(rate * seconds) as usize)
            .map(|n| (0.5 * (std::f64::consts::TAU * pitch * n as f64 / rate).sin()) as f32)
            .collect()
    }

    fn resampled(samples: &[f32], rate: f64, pieces: usize) -> Vec<i16> {
        let mut resampler = Resampler::from_rate(rate);
        let mut out = Vec::new();
        for piece in samples.chunks(pieces) {
            resampler.push(piece, &mut out);
        }
        out
    }

    fn loudness(samples: &[i16]) -> f64 {
        let sum: f64 = samples.iter().map(|s| f64::from(*s) * f64::from(*s)).sum();
        (sum / samples.len() as f64).sqrt()
    }

    #[test]
    fn a_second_stays_a_second_whatever_the_microphones_rate() {
        for rate in [8_000.0, 16_000.0, 22_050.0, 44_100.0, 48_000.0, 96_000.0] {
            let out = resampled(&tone(rate, 440.0, 1.0), rate, 4096);
            assert!((15_990..=16_000).contains(&out.len()), "{rate}: {} samples", out.len());
        }
    }

    #[test]
    fn it_does_not_matter_in_which_pieces_sound_comes() {
        let samples = tone(44_100.0, 440.0, 0.5);
        let whole = resampled(&samples, 44_100.0, samples.len());
        for pieces in [1, 7, 128, 4096] {
            assert_eq!(resampled(&samples, 44_100.0, pieces), whole, "in pieces of {pieces}");
        }
    }

    #[test]
    fn a_voice_stays_and_what_would_whistle_is_quieted() {
        let voice = loudness(&resampled(&tone(48_000.0, 400.0, 0.5), 48_000.0, 4096));
        assert!((voice / (0.5 * 32_767.0 / 2_f64.sqrt()) - 1.0).abs() < 0.03, "{voice}");
        let whistle = loudness(&resampled(&tone(48_000.0, 15_000.0, 0.5), 48_000.0, 4096));
        assert!(whistle < voice / 50.0, "{whistle} beside {voice}");
    }

    #[test]
    fn too_loud_is_cut_and_no_number_is_silence() {
        assert_eq!(resampled(&[4.0; 8], 16_000.0, 8)[3], i16::MAX);
        assert_eq!(resampled(&[-4.0; 8], 16_000.0, 8)[3], -i16::MAX);
        assert_eq!(resampled(&[f32::NAN; 8], 16_000.0, 8)[3], 0);
        assert_eq!(resampled(&[0.25; 8], f64::NAN, 8)[3], 8192, "a rate that cannot be");
    }

    #[test]
    fn a_file_says_what_is_in_it() {
        let file = wav(&[1, -1, 300], SPEECH_RATE);
        assert_eq!(file.len(), WAV_HEADER + 6);
        assert_eq!(&file[..4], b"RIFF");
        assert_eq!(&file[4..8], &42_u32.to_le_bytes());
        assert_eq!(&file[24..28], &16_000_u32.to_le_bytes());
        assert_eq!(&file[28..32], &32_000_u32.to_le_bytes());
        assert_eq!(&file[40..], [6, 0, 0, 0, 1, 0, 255, 255, 44, 1]);
    }
}
