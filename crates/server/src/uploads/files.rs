//! Where pictures lie: a folder now, an S3-compatible store later, behind the same words.

use crate::problem::{ApiError, ApiResult};
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{ObjectStore, ObjectStoreExt as _, PutPayload};
use std::path::Path;
use std::sync::Arc;

/// Which copy of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    Full,
    /// Only pictures of stations and deputies have it.
    Middle,
    Thumb,
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

    /// Removes every copy; what is gone already is fine.
    pub async fn remove(&self, tenant: &str, id: &str) -> ApiResult<()> {
        for size in [Size::Full, Size::Middle, Size::Thumb] {
            match self.0.delete(&key(tenant, id, size)).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(ApiError::internal("removing a file", error)),
            }
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
    };
    Key::from_iter([tenant, folder, &format!("{id}-{name}.jpg")])
}

fn unwritable(error: &object_store::Error) -> ApiError {
    tracing::error!("storing a file: {error}");
    ApiError::Unavailable {
        code: "storage_full",
        detail: "照片暂时存不下,请稍后再试;文字可以先提交。",
    }
}
