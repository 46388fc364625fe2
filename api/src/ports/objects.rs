//! Objects: original bytes under their own digest, written once, never changed.

use aws_sdk_s3::{
    Client, error::SdkError, operation::get_object::GetObjectError, primitives::ByteStream,
};
use liangxin_domain::evidence::digest::Sha256;
use std::{
    collections::HashMap,
    io::{ErrorKind, Write as _},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};
use uuid::Uuid;

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

/// Where original bytes are kept.
#[derive(Debug)]
pub enum Objects {
    /// A directory.
    Folder(PathBuf),
    /// A bucket of an S3 service.
    S3 {
        /// The client.
        client: Box<Client>,
        /// The bucket.
        bucket: String,
    },
    /// Kept in memory, for tests.
    Memory(Mutex<HashMap<Sha256, Vec<u8>>>),
}

impl Objects {
    /// Keeps bytes under their digest. When it returns, they survive a power cut (directory) or
    /// are acknowledged (S3). Writing the same bytes again changes nothing.
    pub async fn put(&self, digest: Sha256, bytes: Vec<u8>) -> Result<(), ObjectError> {
        match self {
            Self::Folder(root) => {
                let path = root.join(key(digest));
                Ok(tokio::task::spawn_blocking(move || write_durably(&path, &bytes)).await??)
            }
            Self::S3 { client, bucket } => client
                .put_object()
                .bucket(bucket)
                .key(key(digest))
                .body(ByteStream::from(bytes))
                .send()
                .await
                .map(|_| ())
                .map_err(|e| ObjectError::Store(Box::new(e))),
            Self::Memory(kept) => {
                kept.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .insert(digest, bytes);
                Ok(())
            }
        }
    }

    /// Fetches bytes; `None` if nothing is kept under the digest.
    pub async fn get(&self, digest: Sha256) -> Result<Option<Vec<u8>>, ObjectError> {
        match self {
            Self::Folder(root) => match tokio::fs::read(root.join(key(digest))).await {
                Ok(bytes) => Ok(Some(bytes)),
                Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
                Err(e) => Err(e.into()),
            },
            Self::S3 { client, bucket } => {
                match client
                    .get_object()
                    .bucket(bucket)
                    .key(key(digest))
                    .send()
                    .await
                {
                    Ok(found) => {
                        let body = found.body.collect().await;
                        Ok(Some(
                            body.map_err(|e| ObjectError::Store(Box::new(e)))?.to_vec(),
                        ))
                    }
                    Err(SdkError::ServiceError(e))
                        if matches!(e.err(), GetObjectError::NoSuchKey(_)) =>
                    {
                        Ok(None)
                    }
                    Err(e) => Err(ObjectError::Store(Box::new(e))),
                }
            }
            Self::Memory(kept) => Ok(kept
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .get(&digest)
                .cloned()),
        }
    }

    /// Whether the store answers at all.
    pub async fn ping(&self) -> Result<(), ObjectError> {
        match self {
            Self::Folder(root) => Ok(tokio::fs::metadata(root).await.map(|_| ())?),
            Self::S3 { client, bucket } => client
                .head_bucket()
                .bucket(bucket)
                .send()
                .await
                .map(|_| ())
                .map_err(|e| ObjectError::Store(Box::new(e))),
            Self::Memory(_) => Ok(()),
        }
    }

    /// How many objects a memory store holds.
    #[must_use]
    pub fn count(&self) -> usize {
        match self {
            Self::Memory(kept) => kept.lock().unwrap_or_else(PoisonError::into_inner).len(),
            Self::Folder(_) | Self::S3 { .. } => 0,
        }
    }
}

/// Two levels of directories, so that none grows without bound.
fn key(digest: Sha256) -> String {
    let hex = digest.to_string();
    format!("originals/{}/{}/{hex}", &hex[..2], &hex[2..4])
}

/// Writes aside, flushes, renames, flushes the directory: a crash leaves the whole file or none.
fn write_durably(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if path.exists() {
        return Ok(());
    }
    let dir = path.parent().ok_or(ErrorKind::InvalidInput)?;
    std::fs::create_dir_all(dir)?;
    #[expect(
        clippy::disallowed_methods,
        reason = "the name of a temporary file, in a port"
    )]
    let partial = dir.join(format!("{}.new", Uuid::now_v7()));
    let written = std::fs::File::create_new(&partial)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| std::fs::rename(&partial, path))
        .and_then(|()| std::fs::File::open(dir)?.sync_all());
    if written.is_err() {
        // The reason for the failure is worth more than a second one about the rest.
        let _ = std::fs::remove_file(&partial);
    }
    written
}
