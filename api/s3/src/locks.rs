//! How a bucket locks its objects, asked of the service once.

use aws_sdk_s3::{
    Client,
    error::{ProvideErrorMetadata as _, SdkError},
    types::ObjectLockEnabled,
};
use liangxin_app::ports::objects::ObjectError;

/// What a service answers of a bucket that locks nothing.
const NONE: &str = "ObjectLockConfigurationNotFoundError";

/// How a bucket locks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Locks {
    /// It does not.
    Off,
    /// It locks what it is told to.
    OnRequest,
    /// It locks everything for a time of its own.
    ByItself,
    /// The service does not know the question.
    Unknown(String),
}

impl Locks {
    /// Asks the service. What is no answer of it is an error.
    pub(super) async fn ask(client: &Client, bucket: &str) -> Result<Self, ObjectError> {
        let asked = client.get_object_lock_configuration().bucket(bucket);
        let found = match asked.send().await {
            Ok(found) => found.object_lock_configuration,
            Err(SdkError::ServiceError(e)) => {
                return Ok(match e.err().code() {
                    Some(NONE) => Self::Off,
                    code => Self::Unknown(code.unwrap_or("no code").to_owned()),
                });
            }
            Err(error) => return Err(super::failed(error)),
        };
        let Some(found) = found else {
            return Ok(Self::Off);
        };
        let retains = found.rule.and_then(|rule| rule.default_retention).is_some();
        Ok(match found.object_lock_enabled {
            Some(ObjectLockEnabled::Enabled) if retains => Self::ByItself,
            Some(ObjectLockEnabled::Enabled) => Self::OnRequest,
            _ => Self::Off,
        })
    }

    /// Whether it locks anything.
    pub(super) const fn is_on(&self) -> bool {
        matches!(self, Self::OnRequest | Self::ByItself)
    }

    /// Says it in the log.
    pub(super) fn tell(&self, bucket: &str) {
        match self {
            Self::Off => tracing::info!(bucket, "the bucket locks no objects"),
            Self::OnRequest => tracing::info!(bucket, "originals are put under legal hold"),
            Self::ByItself => {
                tracing::info!(
                    bucket,
                    "the bucket retains every object for a time of its own"
                );
            }
            Self::Unknown(code) => {
                tracing::info!(
                    bucket,
                    code,
                    "the object store does not say whether it locks objects"
                );
            }
        }
    }
}
