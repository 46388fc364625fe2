//! Objects: original bytes under their own digest, written once, never changed; and beside them the copies of photos and the
//! parts of what is still on its way, under names of their own, which go again. What removes those can name nothing else.

mod folder;
mod listing;
mod pieces;

pub use listing::Listed;
pub use pieces::Pieces;

use crate::spool::Spooled;
use folder::keep_durably;
use futures_util::future::BoxFuture;
use liangxin_domain::{
    evidence::{
        digest::Sha256,
        object::{Area, Name},
    },
    id::{CopyId, PartId},
};
use std::{
    collections::HashMap,
    io::ErrorKind,
    path::PathBuf,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// Why bytes could not be kept or fetched; worth another try.
#[derive(Debug, thiserror::Error)]
pub enum ObjectError {
    /// The directory.
    #[error("the object directory failed")]
    Folder(#[from] std::io::Error),
    /// The object store.
    #[error("the object store failed")]
    Store(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A worker was lost.
    #[error("the writing task was lost")]
    Task(#[from] tokio::task::JoinError),
}

/// A bucket of an S3 service and the way in.
#[derive(Clone)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// The service, if it is not Amazon's.
    pub endpoint: Option<String>,
    /// Where browsers reach the service, if they may fetch originals there.
    pub public_endpoint: Option<String>,
    /// The region.
    pub region: String,
    /// The access key.
    pub access_key: String,
    /// The secret key.
    pub secret_key: String,
}

impl std::fmt::Debug for Bucket {
    /// Shows where it is, not how to get in.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Bucket({} at {:?})", self.name, self.endpoint)
    }
}

/// How long the service has to keep an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// For good: where the service can lock objects, it does.
    ForGood,
    /// Until it is removed.
    ForNow,
}

/// A service that keeps objects for us. It names them as it is told, and bounds how long each
/// operation may take.
pub trait Service: std::fmt::Debug + Send + Sync {
    /// Keeps the bytes of a file, which have this digest, unless something is under the key already; when it is done,
    /// the service has acknowledged them, or was found to have the same there.
    fn put(
        &self,
        key: String,
        file: PathBuf,
        sha256: Sha256,
        keeping: Keeping,
    ) -> BoxFuture<'_, Result<(), ObjectError>>;

    /// Fetches bytes; `None` if there are none under the key.
    fn get(&self, key: String) -> BoxFuture<'_, Result<Option<Vec<u8>>, ObjectError>>;

    /// The bytes under a key from one of them on, as they come; `None` if there are none.
    fn pieces(&self, key: String, from: u64) -> BoxFuture<'_, Result<Option<Pieces>, ObjectError>>;

    /// How many bytes are under the key; `None` if there are none.
    fn size_bytes(&self, key: String) -> BoxFuture<'_, Result<Option<u64>, ObjectError>>;

    /// An address at which whoever has it fetches what is under the key for so long; `None` if the service is not to be
    /// reached by others.
    fn link(
        &self,
        key: String,
        lasts: Duration,
    ) -> BoxFuture<'_, Result<Option<String>, ObjectError>>;

    /// Asks how the service locks objects, and tells it in the log.
    fn look_for_locks(&self) -> BoxFuture<'_, Result<(), ObjectError>>;

    /// Removes what is under the key, if anything is.
    fn remove(&self, key: String) -> BoxFuture<'_, Result<(), ObjectError>>;

    /// What lies under keys that begin so, behind a key and in the order of their bytes; at most `most`.
    fn list(
        &self,
        prefix: String,
        after: Option<String>,
        most: usize,
    ) -> BoxFuture<'_, Result<Vec<Listed>, ObjectError>>;

    /// Whether it answers at all.
    fn ping(&self) -> BoxFuture<'_, Result<(), ObjectError>>;
}

/// Where original bytes are kept.
#[derive(Debug)]
pub enum Objects {
    /// A directory.
    Folder(PathBuf),
    /// A service beside us, such as S3.
    Service(Box<dyn Service>),
    /// Kept in memory, for tests.
    Memory(Mutex<HashMap<String, Vec<u8>>>),
}

impl Objects {
    /// Keeps a body under its digest. When it returns, it survives a power cut (directory) or is
    /// acknowledged (service). Writing the same bytes again changes nothing.
    pub async fn put(&self, body: &Spooled) -> Result<(), ObjectError> {
        let key = Name::Original(body.sha256).key();
        self.put_at(key, body, Keeping::ForGood).await
    }

    /// Fetches bytes; `None` if nothing is kept under the digest.
    pub async fn get(&self, digest: Sha256) -> Result<Option<Vec<u8>>, ObjectError> {
        self.get_at(Name::Original(digest).key()).await
    }

    /// How many bytes lie under the name of an original; `None` if nothing does.
    pub async fn size_bytes(&self, digest: Sha256) -> Result<Option<u64>, ObjectError> {
        let key = Name::Original(digest).key();
        match self {
            Self::Folder(root) => match tokio::fs::metadata(root.join(key)).await {
                Ok(found) => Ok(Some(found.len())),
                Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
                Err(e) => Err(e.into()),
            },
            Self::Service(service) => service.size_bytes(key).await,
            Self::Memory(kept) => {
                let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                Ok(kept.get(&key).and_then(|it| u64::try_from(it.len()).ok()))
            }
        }
    }

    /// An address at which whoever has it fetches an original for so long, past this program; `None` where there is no such
    /// way. Whoever asks has shown a right to the original.
    pub async fn link(
        &self,
        digest: Sha256,
        lasts: Duration,
    ) -> Result<Option<String>, ObjectError> {
        match self {
            Self::Service(service) => service.link(Name::Original(digest).key(), lasts).await,
            Self::Folder(_) | Self::Memory(_) => Ok(None),
        }
    }

    /// Asks a service how it locks objects, and tells it in the log.
    pub async fn look_for_locks(&self) -> Result<(), ObjectError> {
        match self {
            Self::Service(service) => service.look_for_locks().await,
            Self::Folder(_) | Self::Memory(_) => Ok(()),
        }
    }

    /// Keeps a part of a photo on its way, as durably as [`Objects::put`].
    pub async fn put_part(&self, part: PartId, body: &Spooled) -> Result<(), ObjectError> {
        self.put_at(part_key(part), body, Keeping::ForNow).await
    }

    /// Keeps a copy of a photo, as durably as [`Objects::put`].
    pub async fn put_copy(&self, copy: CopyId, body: &Spooled) -> Result<(), ObjectError> {
        let key = Name::Copy(body.sha256, copy).key();
        self.put_at(key, body, Keeping::ForNow).await
    }

    /// Fetches a copy by its digest and the name of its making; `None` if it is not there.
    pub async fn get_copy(
        &self,
        copy: CopyId,
        digest: Sha256,
    ) -> Result<Option<Vec<u8>>, ObjectError> {
        self.get_at(Name::Copy(digest, copy).key()).await
    }

    /// Removes a copy, if it is there. Its name is made here, so that no original can be meant.
    pub async fn remove_copy(&self, copy: CopyId, digest: Sha256) -> Result<(), ObjectError> {
        self.remove_at(Name::Copy(digest, copy).key()).await
    }

    /// Removes a part, if it is there. Its name is made here, so that nothing but a part can be meant.
    pub async fn remove_part(&self, part: PartId) -> Result<(), ObjectError> {
        self.remove_at(part_key(part)).await
    }

    async fn remove_at(&self, key: String) -> Result<(), ObjectError> {
        match self {
            Self::Folder(root) => match tokio::fs::remove_file(root.join(key)).await {
                Err(e) if e.kind() != ErrorKind::NotFound => Err(e.into()),
                Ok(()) | Err(_) => Ok(()),
            },
            Self::Service(service) => service.remove(key).await,
            Self::Memory(kept) => {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                kept.remove(&key);
                Ok(())
            }
        }
    }

    async fn put_at(
        &self,
        key: String,
        body: &Spooled,
        keeping: Keeping,
    ) -> Result<(), ObjectError> {
        let file = body.path().to_owned();
        match self {
            Self::Folder(root) => {
                let (root, path) = (root.clone(), root.join(key));
                let keep = move || keep_durably(&root, &path, &file);
                Ok(tokio::task::spawn_blocking(keep).await??)
            }
            Self::Service(service) => service.put(key, file, body.sha256, keeping).await,
            Self::Memory(kept) => {
                let bytes = tokio::fs::read(file).await?;
                kept.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .insert(key, bytes);
                Ok(())
            }
        }
    }

    async fn get_at(&self, key: String) -> Result<Option<Vec<u8>>, ObjectError> {
        match self {
            Self::Folder(root) => match tokio::fs::read(root.join(key)).await {
                Ok(bytes) => Ok(Some(bytes)),
                Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
                Err(e) => Err(e.into()),
            },
            Self::Service(service) => service.get(key).await,
            Self::Memory(kept) => Ok(kept
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .get(&key)
                .cloned()),
        }
    }

    /// Whether the store answers at all.
    pub async fn ping(&self) -> Result<(), ObjectError> {
        match self {
            Self::Folder(root) => Ok(tokio::fs::metadata(root).await.map(|_| ())?),
            Self::Service(service) => service.ping().await,
            Self::Memory(_) => Ok(()),
        }
    }

    /// How many originals and copies a memory store holds.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count_in(Area::Originals.prefix()) + self.count_in(Area::Copies.prefix())
    }

    /// How many parts a memory store holds.
    #[must_use]
    pub fn count_parts(&self) -> usize {
        self.count_in(PARTS)
    }

    fn count_in(&self, prefix: &str) -> usize {
        match self {
            Self::Memory(kept) => {
                let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                kept.keys().filter(|key| key.starts_with(prefix)).count()
            }
            Self::Folder(_) | Self::Service(_) => 0,
        }
    }
}

/// What is said where a name of bytes stands over others: they were altered, or cut by a copy that was brought back.
pub const OTHER_BYTES: &str = "another object has the name of these bytes";

/// What is on its way.
const PARTS: &str = "parts";

/// By the end of the id: its beginning is a time, and would put what comes at the same time into one directory.
fn part_key(part: PartId) -> String {
    let hex = part.uuid().simple().to_string();
    format!("{PARTS}/{}/{hex}", &hex[30..])
}
