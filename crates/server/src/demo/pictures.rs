//! The letters' pictures: drawn here, kept the way residents' photos are.

use super::SeedError;
use super::ids::{code, id_at};
use super::scenes;
use super::script::Letter;
use crate::state::AppState;
use crate::uploads::{Picture, decode};
use liaison_domain::{Id, Millis};
use liaison_store::uploads::NewUpload;
use std::collections::HashMap;

/// Far above what is drawn here.
const MAX_PIXELS: u64 = 4_000_000;

/// Every scene the letters show, drawn.
pub struct Album {
    drawn: HashMap<String, Picture>,
    kept: usize,
}

impl Album {
    /// Draws what the letters show. Takes a core for a second: call it on a blocking thread.
    pub fn draw(letters: &[Letter]) -> Result<Self, SeedError> {
        let mut drawn = HashMap::new();
        for name in letters.iter().flat_map(|letter| &letter.pics) {
            if !drawn.contains_key(name) {
                drawn.insert(name.clone(), scene(name)?);
            }
        }
        Ok(Self { drawn, kept: 0 })
    }

    /// How many pictures were kept.
    pub const fn kept(&self) -> usize {
        self.kept
    }

    /// Draws and keeps a letter's pictures; their ids, in order.
    pub async fn keep_for(&mut self, state: &AppState, letter: &Letter, at: Millis) -> Result<Vec<Id>, SeedError> {
        let mut ids = Vec::new();
        for (number, name) in letter.pics.iter().enumerate() {
            let key = format!("{} {number}", letter.key);
            let id = id_at("picture", &key, at);
            let picture = self.drawn.get(name).ok_or_else(|| SeedError::Picture(name.clone()))?;
            let new = NewUpload {
                id: id.clone(),
                // Claimed by its letter at once; nobody needs the token again.
                token: code(&key),
                mime: "image/jpeg".to_owned(),
                bytes: picture.full.len() as u64,
                width: picture.width,
                height: picture.height,
                sha256: liaison_store::sha256_hex(&picture.full),
                alt: scenes::alt(name).to_owned(),
            };
            state
                .files
                .put(
                    liaison_store::DEFAULT_TENANT,
                    &id,
                    picture.full.clone(),
                    picture.thumb.clone(),
                )
                .await?;
            state.store.add_upload(&new, at).await?;
            self.kept += 1;
            ids.push(id);
        }
        Ok(ids)
    }
}

pub(super) fn scene(name: &str) -> Result<Picture, SeedError> {
    let canvas = scenes::draw(name).ok_or_else(|| SeedError::Picture(format!("no scene called {name}")))?;
    let png = canvas.png().map_err(|error| SeedError::Picture(error.to_string()))?;
    decode(&png, MAX_PIXELS).map_err(|error| SeedError::Picture(format!("{name}: {error:?}")))
}
