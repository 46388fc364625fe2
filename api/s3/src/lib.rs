//! Originals in a bucket of an S3 service.

mod locks;

use aws_sdk_s3::{
    Client,
    config::{
        BehaviorVersion, Credentials, Region, RequestChecksumCalculation,
        ResponseChecksumValidation, retry::RetryConfig, timeout::TimeoutConfig,
    },
    error::SdkError,
    operation::get_object::GetObjectError,
    presigning::PresigningConfig,
    primitives::ByteStream,
    types::{ChecksumAlgorithm, Object, ObjectLockLegalHoldStatus},
};
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::DateTime;
use futures_util::{
    future::{BoxFuture, FutureExt as _},
    stream::{self, StreamExt as _},
};
use liangxin_app::ports::objects::{
    Bucket, Keeping, Listed, OTHER_BYTES, ObjectError, Pieces, Service,
};
use liangxin_domain::evidence::digest::Sha256;
use locks::Locks;
use ring::digest::{Context, SHA256};
use std::{path::PathBuf, sync::OnceLock, time::Duration};

/// How long one operation may take, all its tries together.
const OPERATION_TIMEOUT: Duration = Duration::from_secs(60);

/// How long one try may take.
const TRY_TIMEOUT: Duration = Duration::from_secs(25);

/// How long the service may take to accept a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// How often an operation is tried. In between the library waits twice as long each time, less a random part of it.
const TRIES: u32 = 4;

/// The longest of these waits.
const MOST_BACKOFF: Duration = Duration::from_secs(5);

/// The status of a put that was not to replace anything where something is.
const IS_THERE: u16 = 412;

/// The status of a look at what is not there.
const NOT_THERE: u16 = 404;

/// What is said of a service that gives other bytes than the part that was asked for.
const OTHER_PART: &str = "the store gave another part than the one that was asked for";

/// What is said of a service that has something and does not say how much.
const NO_SIZE: &str = "the store does not say how large an object is";

/// A bucket that is open.
#[derive(Debug)]
pub struct S3 {
    client: Client,
    /// The same bucket as browsers reach it, if they may.
    public: Option<Client>,
    bucket: String,
    /// How it locks, once the service said so.
    locks: OnceLock<Locks>,
}

impl S3 {
    /// Opens a bucket. Nothing is asked of the service yet.
    #[must_use]
    pub fn open(bucket: &Bucket) -> Self {
        let public = bucket.public_endpoint.as_ref();
        Self {
            client: client(bucket, bucket.endpoint.as_ref()),
            public: public.map(|endpoint| client(bucket, Some(endpoint))),
            bucket: bucket.name.clone(),
            locks: OnceLock::new(),
        }
    }
}

/// A way to a service.
fn client(bucket: &Bucket, endpoint: Option<&String>) -> Client {
    let http = aws_smithy_http_client::Builder::new()
        .tls_provider(Provider::Rustls(CryptoMode::Ring))
        .build_https();
    let (key, secret) = (&bucket.access_key, &bucket.secret_key);
    let timeouts = TimeoutConfig::builder()
        .operation_timeout(OPERATION_TIMEOUT)
        .operation_attempt_timeout(TRY_TIMEOUT)
        .connect_timeout(CONNECT_TIMEOUT)
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
        .retry_config(
            RetryConfig::standard()
                .with_max_attempts(TRIES)
                .with_max_backoff(MOST_BACKOFF),
        );
    if let Some(endpoint) = endpoint {
        settings = settings.endpoint_url(endpoint);
    }
    Client::from_conf(settings.build())
}

impl S3 {
    /// How the bucket locks; asked until the service answers, and told once.
    async fn locks(&self) -> Result<&Locks, ObjectError> {
        if let Some(known) = self.locks.get() {
            return Ok(known);
        }
        let found = Locks::ask(&self.client, &self.bucket).await?;
        Ok(self.locks.get_or_init(|| {
            found.tell(&self.bucket);
            found
        }))
    }

    /// Reads what is under a key already, piece by piece, and refuses it if it is not the bytes with this digest. It has
    /// their name, but what the service says of it is no more than what was said when it was put there.
    async fn compare(&self, key: String, sha256: Sha256) -> Result<(), ObjectError> {
        let found = self.client.get_object().bucket(&self.bucket).key(key);
        let mut body = found.send().await.map_err(failed)?.body;
        let mut there = Context::new(&SHA256);
        while let Some(piece) = body.try_next().await.map_err(failed)? {
            there.update(&piece);
        }
        if there.finish().as_ref() == sha256.bytes().as_slice() {
            return Ok(());
        }
        Err(failed(std::io::Error::other(OTHER_BYTES)))
    }
}

impl Service for S3 {
    fn put(
        &self,
        key: String,
        file: PathBuf,
        sha256: Sha256,
        keeping: Keeping,
    ) -> BoxFuture<'_, Result<(), ObjectError>> {
        let put = self
            .client
            .put_object()
            .bucket(&self.bucket)
            .key(&key)
            // What is there stays as it is, whoever comes a second time with whatever.
            .if_none_match("*")
            .checksum_sha256(STANDARD.encode(sha256.bytes()));
        async move {
            let locks = self.locks().await?;
            let is_held = keeping == Keeping::ForGood && *locks == Locks::OnRequest;
            let hold = is_held.then_some(ObjectLockLegalHoldStatus::On);
            let put = put.set_object_lock_legal_hold_status(hold);
            // What locks wants the algorithm named beside the checksum.
            let algorithm = locks.is_on().then_some(ChecksumAlgorithm::Sha256);
            let put = put.set_checksum_algorithm(algorithm);
            // Read as it is sent, and again for another try.
            let body = ByteStream::from_path(&file).await.map_err(failed)?;
            match put.body(body).send().await {
                Ok(_) => Ok(()),
                Err(SdkError::ServiceError(e)) if e.raw().status().as_u16() == IS_THERE => {
                    self.compare(key, sha256).await
                }
                Err(e) => Err(failed(e)),
            }
        }
        .boxed()
    }

    fn get(&self, key: String) -> BoxFuture<'_, Result<Option<Vec<u8>>, ObjectError>> {
        let found = self
            .client
            .get_object()
            .bucket(&self.bucket)
            .key(key)
            .send();
        async move {
            match found.await {
                Ok(found) => Ok(Some(found.body.collect().await.map_err(failed)?.to_vec())),
                Err(SdkError::ServiceError(e))
                    if matches!(e.err(), GetObjectError::NoSuchKey(_)) =>
                {
                    Ok(None)
                }
                Err(e) => Err(failed(e)),
            }
        }
        .boxed()
    }

    fn pieces(&self, key: String, from: u64) -> BoxFuture<'_, Result<Option<Pieces>, ObjectError>> {
        let found = self
            .client
            .get_object()
            .bucket(&self.bucket)
            .key(key)
            // From the first byte on the whole is asked for: of nothing at all there is no first byte.
            .set_range((from > 0).then(|| format!("bytes={from}-")))
            .send();
        async move {
            match found.await {
                // A service that knows no ranges gives the whole, which would be taken for its part.
                Ok(found) if !begins_at(from, found.content_range.as_deref()) => {
                    Err(failed(std::io::Error::other(OTHER_PART)))
                }
                Ok(found) => {
                    let pieces = stream::try_unfold(found.body, async |mut body| {
                        let piece = body.try_next().await.map_err(failed)?;
                        Ok::<_, ObjectError>(piece.map(|piece| (piece.to_vec(), body)))
                    });
                    Ok(Some(pieces.boxed()))
                }
                Err(SdkError::ServiceError(e))
                    if matches!(e.err(), GetObjectError::NoSuchKey(_)) =>
                {
                    Ok(None)
                }
                Err(e) => Err(failed(e)),
            }
        }
        .boxed()
    }

    fn size_bytes(&self, key: String) -> BoxFuture<'_, Result<Option<u64>, ObjectError>> {
        let asked = self.client.head_object().bucket(&self.bucket).key(key);
        async move {
            match asked.send().await {
                Ok(found) => {
                    let size = found.content_length.map(u64::try_from);
                    let size = size.ok_or_else(|| failed(std::io::Error::other(NO_SIZE)))?;
                    Ok(Some(size.map_err(failed)?))
                }
                Err(SdkError::ServiceError(e)) if e.raw().status().as_u16() == NOT_THERE => {
                    Ok(None)
                }
                Err(e) => Err(failed(e)),
            }
        }
        .boxed()
    }

    fn link(
        &self,
        key: String,
        lasts: Duration,
    ) -> BoxFuture<'_, Result<Option<String>, ObjectError>> {
        async move {
            let Some(public) = &self.public else {
                return Ok(None);
            };
            let signing = PresigningConfig::expires_in(lasts).map_err(failed)?;
            let get = public.get_object().bucket(&self.bucket).key(key);
            // Shown by no browser as a page of the store, and kept by none.
            let get = get
                .response_content_type("application/octet-stream")
                .response_content_disposition("attachment")
                .response_cache_control("private, no-store");
            let signed = get.presigned(signing).await.map_err(failed)?;
            Ok(Some(signed.uri().to_owned()))
        }
        .boxed()
    }

    fn look_for_locks(&self) -> BoxFuture<'_, Result<(), ObjectError>> {
        async move { self.locks().await.map(drop) }.boxed()
    }

    fn remove(&self, key: String) -> BoxFuture<'_, Result<(), ObjectError>> {
        let delete = self.client.delete_object().bucket(&self.bucket).key(key);
        async move { delete.send().await.map(drop).map_err(failed) }.boxed()
    }

    fn list(
        &self,
        prefix: String,
        after: Option<String>,
        most: usize,
    ) -> BoxFuture<'_, Result<Vec<Listed>, ObjectError>> {
        let asked = self
            .client
            .list_objects_v2()
            .bucket(&self.bucket)
            .prefix(prefix)
            .set_start_after(after)
            .max_keys(i32::try_from(most).unwrap_or(i32::MAX))
            .send();
        async move {
            let listed = asked.await.map_err(failed)?;
            let objects = listed.contents.unwrap_or_default().into_iter();
            Ok(objects.filter_map(read).collect())
        }
        .boxed()
    }

    fn ping(&self) -> BoxFuture<'_, Result<(), ObjectError>> {
        let asked = self.client.head_bucket().bucket(&self.bucket).send();
        async move { asked.await.map(drop).map_err(failed) }.boxed()
    }
}

/// Whether an answer has the bytes from one of them on, by the range that it says.
fn begins_at(from: u64, range: Option<&str>) -> bool {
    let begins = |range: &str| range.starts_with(&format!("bytes {from}-"));
    from == 0 || range.is_some_and(begins)
}

/// What the service says of an object; one without a key is none.
fn read(object: Object) -> Option<Listed> {
    let came_at = object.last_modified;
    Some(Listed {
        key: object.key?,
        size_bytes: u64::try_from(object.size.unwrap_or_default()).unwrap_or_default(),
        came_at: came_at.and_then(|at| DateTime::from_timestamp(at.secs(), 0)),
    })
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> ObjectError {
    ObjectError::Store(Box::new(error))
}
