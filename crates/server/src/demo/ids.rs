//! Ids and chances that come out the same each time.

use super::SEED;
use liaison_domain::numbers::{CODE_LENGTH, query_code, show_query_code};
use liaison_domain::{Id, Millis};
use sha2::{Digest as _, Sha256};
use uuid::Builder;

/// 2025-01-01 in Asia/Shanghai: the directory's age.
pub const FOUNDED: Millis = 1_735_660_800_000;

fn digest(kind: &str, key: &str) -> [u8; 32] {
    Sha256::new()
        .chain_update(SEED.to_be_bytes())
        .chain_update(kind)
        .chain_update([0])
        .chain_update(key)
        .finalize()
        .into()
}

/// The id of something that exists since the district was founded.
pub fn id(kind: &str, key: &str) -> Id {
    id_at(kind, key, FOUNDED)
}

/// The id of something made at a moment, so that ids sort by time as all others do.
pub fn id_at(kind: &str, key: &str, at: Millis) -> Id {
    let digest = digest(kind, key);
    let mut random = [0; 10];
    random.copy_from_slice(&digest[..10]);
    Builder::from_unix_timestamp_millis(u64::try_from(at).unwrap_or_default(), &random)
        .into_uuid()
        .to_string()
}

/// A number from 0 to `below` − 1, always the same for this kind and key.
pub fn chance(kind: &str, key: &str, below: u32) -> u32 {
    let digest = digest(kind, key);
    u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]) % below.max(1)
}

/// A letter's query code, as it is shown.
pub fn code(letter: &str) -> String {
    let digest = digest("query code", letter);
    let mut random = [0; CODE_LENGTH];
    random.copy_from_slice(&digest[..CODE_LENGTH]);
    show_query_code(&query_code(&random))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_key_gives_the_same_id_and_another_gives_another() {
        assert_eq!(id("station", "yunfan"), id("station", "yunfan"));
        assert_ne!(id("station", "yunfan"), id("area", "yunfan"));
        assert!(
            id_at("letter", "a", FOUNDED) < id_at("letter", "b", FOUNDED + 1),
            "ids sort by time"
        );
        assert_eq!(code("garage-water").len(), 12);
    }
}
