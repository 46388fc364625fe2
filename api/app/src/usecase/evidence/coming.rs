//! What a request for a photo on its way says before its bytes come.

use super::checksum::Checksum;
use liangxin_domain::id::UploadId;
use std::time::Duration;

/// What one request brings.
#[derive(Debug)]
pub struct Coming {
    /// The upload.
    pub upload: UploadId,
    /// From where its bytes count.
    pub from: From,
    /// What they have to hash to all together; then they are kept all or none, unless the request breaks off.
    pub checksum: Option<Checksum>,
    /// How often what came is kept.
    pub keep_every: Duration,
    /// For how long room is kept for what is coming, each time that enough came.
    pub room_for: Duration,
}

/// Where the bytes of a request begin in the photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// At its first byte, whatever is kept already.
    Start,
    /// Here, which has to be where the upload stands.
    Offset(u64),
}

impl From {
    /// At which byte.
    pub(super) const fn byte(self) -> u64 {
        match self {
            Self::Start => 0,
            Self::Offset(offset) => offset,
        }
    }
}
