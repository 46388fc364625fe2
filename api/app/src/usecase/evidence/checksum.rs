//! What the bytes of one request have to hash to.

use ring::digest::{Algorithm, SHA1_FOR_LEGACY_USE_ONLY, SHA256};

/// A checksum of the bytes of one request (tus 1.0, extension `checksum`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Checksum {
    /// SHA-1, as clients send it by default. It finds errors of transport; the photo itself is told by its SHA-256.
    Sha1(Vec<u8>),
    /// SHA-256.
    Sha256(Vec<u8>),
}

impl Checksum {
    pub(super) const fn algorithm(&self) -> &'static Algorithm {
        match self {
            Self::Sha1(_) => &SHA1_FOR_LEGACY_USE_ONLY,
            Self::Sha256(_) => &SHA256,
        }
    }

    pub(super) fn wanted(&self) -> &[u8] {
        match self {
            Self::Sha1(digest) | Self::Sha256(digest) => digest,
        }
    }
}
