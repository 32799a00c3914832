//! Where pictures, recordings and videos lie: a folder now, an S3-compatible store later, behind the same words.

use super::media::Blanks;
use crate::problem::{ApiError, ApiResult};
use axum::body::{Body, Bytes};
use liaison_store::incoming::Part;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{GetOptions, GetRange, ObjectStore, ObjectStoreExt as _, PutPayload, WriteMultipart};
use sha2::{Digest as _, Sha256};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

/// Pieces of a file that are written while others are read.
const AT_ONCE: usize = 4;

/// Which copy of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    Full,
    /// Only pictures of stations and deputies have it.
    Middle,
    Thumb,
    /// A recording or video, as it came or as it was cleaned.
    Media,
}

/// The pictures' store.
#[derive(Clone, Debug)]
pub struct FileStore(Arc<dyn ObjectStore>);

impl FileStore {
    /// In `folder`, which must exist.
    pub fn local(folder: &Path) -> Result<Self, object_store::Error> {
        Ok(Self(Arc::new(LocalFileSystem::new_with_prefix(folder)?)))
    }

    /// Keeps both copies. The small one first: a picture is there once its full copy is.
    pub async fn put(&self, tenant: &str, id: &str, full: Vec<u8>, thumb: Vec<u8>) -> ApiResult<()> {
        for (size, bytes) in [(Size::Thumb, thumb), (Size::Full, full)] {
            self.put_one(tenant, id, size, bytes).await?;
        }
        Ok(())
    }

    /// Keeps one copy.
    pub async fn put_one(&self, tenant: &str, id: &str, size: Size, bytes: Vec<u8>) -> ApiResult<()> {
        self.0
            .put(&key(tenant, id, size), PutPayload::from(bytes))
            .await
            .map_err(|e| unwritable(&e))?;
        Ok(())
    }

    /// A picture's bytes.
    pub async fn get(&self, tenant: &str, id: &str, size: Size) -> ApiResult<Vec<u8>> {
        let found = self.0.get(&key(tenant, id, size)).await;
        let found = match found {
            Err(object_store::Error::NotFound { .. }) => return Err(ApiError::NotFound),
            other => other.map_err(|e| ApiError::internal("reading a file", e))?,
        };
        Ok(found
            .bytes()
            .await
            .map_err(|e| ApiError::internal("reading a file", e))?
            .to_vec())
    }

    /// Bytes of a recording or video as they are read from the store, none of them held longer than it takes to send.
    pub async fn stream(&self, tenant: &str, id: &str, range: Range<u64>) -> ApiResult<Body> {
        let options = GetOptions {
            range: Some(GetRange::Bounded(range)),
            ..GetOptions::default()
        };
        match self.0.get_opts(&key(tenant, id, Size::Media), options).await {
            Ok(found) => Ok(Body::from_stream(found.into_stream())),
            Err(object_store::Error::NotFound { .. }) => Err(ApiError::NotFound),
            Err(error) => Err(ApiError::internal("reading a file", error)),
        }
    }

    /// A recording's bytes, all of them.
    pub async fn media(&self, tenant: &str, id: &str) -> ApiResult<Vec<u8>> {
        self.get(tenant, id, Size::Media).await
    }

    /// Keeps a piece of a file that is still coming.
    pub async fn put_part(&self, tenant: &str, id: &str, at: u64, bytes: Bytes) -> ApiResult<()> {
        self.0
            .put(&part_key(tenant, id, at), PutPayload::from(bytes))
            .await
            .map_err(|e| unwritable(&e))?;
        Ok(())
    }

    /// A piece, which has to be as long as was noted.
    pub async fn part(&self, tenant: &str, id: &str, part: Part) -> ApiResult<Bytes> {
        let found = self.0.get(&part_key(tenant, id, part.at as u64)).await;
        let found = found.map_err(|e| ApiError::internal("reading a piece", e))?;
        let bytes = found
            .bytes()
            .await
            .map_err(|e| ApiError::internal("reading a piece", e))?;
        if bytes.len() as i64 == part.bytes {
            Ok(bytes)
        } else {
            Err(ApiError::internal("reading a piece", "it is not as long as it was"))
        }
    }

    /// Some bytes of a piece.
    pub async fn part_range(&self, tenant: &str, id: &str, part: Part, range: Range<u64>) -> ApiResult<Bytes> {
        let found = self.0.get_range(&part_key(tenant, id, part.at as u64), range).await;
        found.map_err(|e| ApiError::internal("reading a piece", e))
    }

    /// Makes one file of its pieces, without what is to be emptied; its digest. One piece at a time is in memory.
    pub async fn join(&self, tenant: &str, id: &str, parts: &[Part], blanks: &Blanks) -> ApiResult<String> {
        let upload = self.0.put_multipart(&key(tenant, id, Size::Media)).await;
        let mut file = WriteMultipart::new(upload.map_err(|e| unwritable(&e))?);
        let mut digest = Sha256::new();
        for part in parts {
            let mut bytes = self.part(tenant, id, *part).await?.to_vec();
            blanks.apply(&mut bytes, part.at as u64);
            digest.update(&bytes);
            file.wait_for_capacity(AT_ONCE).await.map_err(|e| unwritable(&e))?;
            file.put(bytes.into());
        }
        file.finish().await.map_err(|e| unwritable(&e))?;
        Ok(crate::auth::secret::hex(&digest.finalize()))
    }

    /// Removes the pieces of a file; what is gone already is fine.
    pub async fn remove_parts(&self, tenant: &str, id: &str, parts: &[Part]) -> ApiResult<()> {
        for part in parts {
            self.delete(&part_key(tenant, id, part.at as u64)).await?;
        }
        Ok(())
    }

    async fn delete(&self, key: &Key) -> ApiResult<()> {
        match self.0.delete(key).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(ApiError::internal("removing a file", error)),
        }
    }

    /// Removes every copy; what is gone already is fine.
    pub async fn remove(&self, tenant: &str, id: &str) -> ApiResult<()> {
        for size in [Size::Full, Size::Middle, Size::Thumb, Size::Media] {
            self.delete(&key(tenant, id, size)).await?;
        }
        Ok(())
    }
}

/// Spread over folders by the id's last two digits, which are random. Ids are our own, never a client's text.
fn key(tenant: &str, id: &str, size: Size) -> Key {
    let folder = id.get(id.len().saturating_sub(2)..).unwrap_or("00");
    let name = match size {
        Size::Full => "full",
        Size::Middle => "middle",
        Size::Thumb => "thumb",
        Size::Media => return Key::from_iter([tenant, folder, &format!("{id}-media")]),
    };
    Key::from_iter([tenant, folder, &format!("{id}-{name}.jpg")])
}

fn part_key(tenant: &str, id: &str, at: u64) -> Key {
    let folder = id.get(id.len().saturating_sub(2)..).unwrap_or("00");
    Key::from_iter([tenant, folder, &format!("{id}-part-{at}")])
}

fn unwritable(error: &object_store::Error) -> ApiError {
    tracing::error!("storing a file: {error}");
    ApiError::Unavailable {
        code: "storage_full",
        detail: "照片暂时存不下,请稍后再试;文字可以先提交。",
    }
}
