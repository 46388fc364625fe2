//! Photos: what a record declares, what the server found in the bytes, and who owns them.

use crate::{
    evidence::digest::Sha256,
    id::{PhotoId, ReportId, VisitId},
    limits,
    place::Position,
    refusal::{Code, Refusal},
};
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::collections::HashSet;

words! {
    /// What a photo shows.
    pub enum PhotoKind {
        /// What a citizen saw.
        Report,
        /// What an inspector saw.
        Scene,
        /// The instrument's mark or seal.
        Mark,
        /// The signature under the on-site record.
        Signature,
    }
}

/// The record that owes a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhotoOwner {
    /// A citizen's report.
    Report(ReportId),
    /// An inspector's visit.
    Visit(VisitId),
}

/// A photo that a phone holds and promises to send.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeclaredPhoto {
    /// Made by the phone.
    pub id: PhotoId,
    /// What it shows.
    pub kind: PhotoKind,
    /// Digest of the original bytes.
    pub sha256: Sha256,
    /// Length of the original bytes.
    pub size_bytes: u64,
    /// Whether it is told where the photo was taken. The original keeps the place in any case.
    pub tells_place: bool,
}

/// Checks a list of declarations as a whole.
pub fn check_declarations(photos: &[DeclaredPhoto]) -> Result<(), Refusal> {
    if photos.len() > limits::PHOTOS_PER_OWNER {
        return Err(
            Refusal::on(Code::PhotoLimit, "photos").with(limits::PHOTOS_PER_OWNER.to_string())
        );
    }
    let mut seen = HashSet::new();
    if !photos.iter().all(|photo| seen.insert(photo.id)) {
        return Err(Refusal::on(Code::PhotoTwice, "photos"));
    }
    if photos
        .iter()
        .any(|photo| photo.size_bytes > limits::PHOTO_BYTES)
    {
        return Err(
            Refusal::on(Code::PhotoTooLarge, "photos").with(limits::PHOTO_BYTES.to_string())
        );
    }
    if photos.iter().any(|photo| photo.size_bytes == 0) {
        return Err(Refusal::on(Code::PhotoTruncated, "photos"));
    }
    Ok(())
}

words! {
    /// A file format that the server decodes.
    pub enum PhotoFormat {
        /// JPEG.
        Jpeg,
        /// PNG.
        Png,
        /// WebP.
        Webp,
    }
}

/// What the server read out of the original bytes. Missing EXIF is neutral: honest phones drop it.
#[derive(Debug, Clone, PartialEq)]
pub struct PhotoFacts {
    /// The format that the bytes really have.
    pub format: PhotoFormat,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// EXIF time of capture: that of the camera if the file says in which zone, else that of the position.
    pub taken_at: Option<DateTime<Utc>>,
    /// EXIF position, if the file has one.
    pub position: Option<Position>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn photo(id: u128, size_bytes: u64) -> DeclaredPhoto {
        DeclaredPhoto {
            id: PhotoId::new(Uuid::from_u128(id)),
            kind: PhotoKind::Report,
            sha256: Sha256::new([0; 32]),
            size_bytes,
            tells_place: false,
        }
    }

    #[test]
    fn the_same_photo_id_twice_is_refused_but_the_same_bytes_twice_are_not() {
        assert!(check_declarations(&[photo(1, 10), photo(2, 10)]).is_ok());
        assert_eq!(
            check_declarations(&[photo(1, 10), photo(1, 10)])
                .unwrap_err()
                .code,
            Code::PhotoTwice
        );
    }

    #[test]
    fn empty_oversized_and_too_many_photos_are_refused() {
        assert_eq!(
            check_declarations(&[photo(1, 0)]).unwrap_err().code,
            Code::PhotoTruncated
        );
        assert_eq!(
            check_declarations(&[photo(1, 25_000_001)])
                .unwrap_err()
                .code,
            Code::PhotoTooLarge
        );
        assert!(check_declarations(&[photo(1, 25_000_000)]).is_ok());
        let many: Vec<_> = (0..25).map(|n| photo(n, 1)).collect();
        assert_eq!(
            check_declarations(&many).unwrap_err().code,
            Code::PhotoLimit
        );
    }
}
