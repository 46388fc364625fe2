//! Objects: original bytes under their own digest, written once, never changed.

use aws_sdk_s3::{
    Client,
    config::{
        BehaviorVersion, Credentials, Region, RequestChecksumCalculation,
        ResponseChecksumValidation, retry::RetryConfig, timeout::TimeoutConfig,
    },
    error::SdkError,
    operation::get_object::GetObjectError,
    primitives::ByteStream,
};
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use liangxin_domain::evidence::digest::Sha256;
use std::{
    collections::HashMap,
    io::{ErrorKind, Write as _},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::Duration,
};
use uuid::Uuid;

/// How long one operation with the object store may take, all its tries together.
const OPERATION_TIMEOUT: Duration = Duration::from_secs(60);

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
    /// Originals in a bucket. Nothing is asked of the service yet.
    #[must_use]
    pub fn s3(bucket: &Bucket) -> Self {
        let http = aws_smithy_http_client::Builder::new()
            .tls_provider(Provider::Rustls(CryptoMode::Ring))
            .build_https();
        let (key, secret) = (&bucket.access_key, &bucket.secret_key);
        let timeouts = TimeoutConfig::builder()
            .operation_timeout(OPERATION_TIMEOUT)
            .build();
        let mut settings = aws_sdk_s3::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .http_client(http)
            .region(Region::new(bucket.region.clone()))
            .credentials_provider(Credentials::new(key, secret, None, None, "settings"))
            // Other services than Amazon's know neither the checksum trailers nor bucket host names.
            .force_path_style(true)
            .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
            .response_checksum_validation(ResponseChecksumValidation::WhenRequired)
            .timeout_config(timeouts)
            .retry_config(RetryConfig::standard().with_max_attempts(3));
        if let Some(endpoint) = &bucket.endpoint {
            settings = settings.endpoint_url(endpoint);
        }
        Self::S3 {
            client: Box::new(Client::from_conf(settings.build())),
            bucket: bucket.name.clone(),
        }
    }

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
