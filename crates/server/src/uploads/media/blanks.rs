//! What of a file is emptied before it is kept: overwritten in place, so that nothing that points into the file moves.

use super::MediaError;
use std::ops::Range;

/// Pieces emptied in one file; no recorder writes more.
const MOST: usize = 4000;

/// Pieces of a file that are not kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blanks(Vec<Blank>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Blank {
    /// Where `mark` is written.
    at: u64,
    /// What makes padding of it.
    mark: Vec<u8>,
    zeros: Range<u64>,
}

impl Blanks {
    /// Writes `mark` at `at`, and zeros from there to `end`.
    ///
    /// # Errors
    /// Too many.
    pub fn add(&mut self, at: u64, mark: &[u8], end: u64) -> Result<(), MediaError> {
        if self.0.len() == MOST {
            return Err(MediaError::Broken);
        }
        self.0.push(Blank {
            at,
            mark: mark.to_vec(),
            zeros: at + mark.len() as u64..end,
        });
        Ok(())
    }

    /// Empties them in a piece of the file that begins at `at`.
    pub fn apply(&self, piece: &mut [u8], at: u64) {
        let end = at + piece.len() as u64;
        for blank in &self.0 {
            for (n, byte) in (blank.at..).zip(&blank.mark) {
                if (at..end).contains(&n) {
                    piece[(n - at) as usize] = *byte;
                }
            }
            let (from, to) = (blank.zeros.start.max(at), blank.zeros.end.min(end));
            if from < to {
                piece[(from - at) as usize..(to - at) as usize].fill(0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Blanks;

    #[test]
    fn whatever_pieces_a_file_comes_in_the_same_is_emptied() {
        let file: Vec<u8> = (0..200_u8).map(|n| n | 1).collect();
        let mut blanks = Blanks::default();
        blanks.add(3, b"mark", 40).expect("one");
        blanks.add(150, &[], 150).expect("nothing");
        blanks.add(199, b"x", 200).expect("the end");
        let mut whole = file.clone();
        blanks.apply(&mut whole, 0);
        assert_eq!(&whole[..8], b"\x01\x01\x03mark\0");
        assert_eq!((whole[39], whole[40], whole[150], whole[199]), (0, 41, 151, b'x'));
        for length in [1, 5, 13, 64] {
            let mut pieces = file.clone();
            for (n, piece) in pieces.chunks_mut(length).enumerate() {
                blanks.apply(piece, (n * length) as u64);
            }
            assert_eq!(pieces, whole, "in pieces of {length}");
        }
    }
}
