//! Originals in a bucket of an S3 service.

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
use futures_util::future::{BoxFuture, FutureExt as _};
use liangxin_app::ports::objects::{Bucket, ObjectError, Service};
use std::{path::PathBuf, time::Duration};

/// How long one operation may take, all its tries together.
const OPERATION_TIMEOUT: Duration = Duration::from_secs(60);

/// A bucket that is open.
#[derive(Debug)]
pub struct S3 {
    client: Client,
    bucket: String,
}

impl S3 {
    /// Opens a bucket. Nothing is asked of the service yet.
    #[must_use]
    pub fn open(bucket: &Bucket) -> Self {
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
        Self {
            client: Client::from_conf(settings.build()),
            bucket: bucket.name.clone(),
        }
    }
}

impl Service for S3 {
    fn put(&self, key: String, file: PathBuf) -> BoxFuture<'_, Result<(), ObjectError>> {
        let put = self.client.put_object().bucket(&self.bucket).key(key);
        async move {
            // Read as it is sent, and again for another try.
            let body = ByteStream::from_path(file).await.map_err(failed)?;
            put.body(body).send().await.map(drop).map_err(failed)
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

    fn ping(&self) -> BoxFuture<'_, Result<(), ObjectError>> {
        let asked = self.client.head_bucket().bucket(&self.bucket).send();
        async move { asked.await.map(drop).map_err(failed) }.boxed()
    }
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> ObjectError {
    ObjectError::Store(Box::new(error))
}
