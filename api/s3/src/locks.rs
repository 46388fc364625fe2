//! How a bucket locks its objects, asked of the service once.

use aws_sdk_s3::{
    Client,
    error::{ProvideErrorMetadata as _, SdkError},
    types::ObjectLockEnabled,
};
use liangxin_app::ports::objects::ObjectError;

/// What a service answers of a bucket that locks nothing.
const NONE: &str = "ObjectLockConfigurationNotFoundError";

/// The statuses by which a service says that it does not know the question, or will never answer it. Any other failure is
/// one of the moment.
const UNANSWERED: [u16; 5] = [400, 403, 404, 405, 501];

/// How a bucket locks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Locks {
    /// It does not.
    Off,
    /// It locks what it is told to.
    OnRequest,
    /// It locks everything for a time of its own.
    ByItself,
    /// The service does not know the question, or does not answer it to us.
    Unknown(String),
}

impl Locks {
    /// Asks the service. What is no answer for good is an error: it is asked again before the next original is put there,
    /// so that none goes without its lock because the service was busy once.
    pub(super) async fn ask(client: &Client, bucket: &str) -> Result<Self, ObjectError> {
        let asked = client.get_object_lock_configuration().bucket(bucket);
        let found = match asked.send().await {
            Ok(found) => found.object_lock_configuration,
            Err(SdkError::ServiceError(e)) if e.err().code() == Some(NONE) => return Ok(Self::Off),
            Err(SdkError::ServiceError(e)) if UNANSWERED.contains(&e.raw().status().as_u16()) => {
                let code = e.err().code().unwrap_or("no code");
                return Ok(Self::Unknown(code.to_owned()));
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
                tracing::warn!(
                    bucket,
                    code,
                    "the object store does not say whether it locks objects"
                );
            }
        }
    }
}
