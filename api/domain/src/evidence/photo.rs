//! Photos: what a record declares, what the server found in the bytes, and who owns them.

use crate::{
    evidence::{capture::Capture, digest::Sha256},
    id::{PhotoId, ReportId, VisitId},
    limits,
    place::Position,
    refusal::{Code, Refusal},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
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
    /// What its app says about the taking.
    pub capture: Capture,
}

words! {
    /// Why a photo is parked: it came, and its record did not declare it. It is kept and shown beside what the record
    /// declared, and nothing counts it among that.
    pub enum ParkingReason as "PhotoParkingReason" {
        /// Its record never named it.
        Undeclared,
        /// It came as a photo whose declared digest is another one.
        OtherBytes,
    }
}

/// That a photo is parked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parking {
    /// Why.
    pub reason: ParkingReason,
    /// The declared photo as which it came, if it came as one.
    pub instead_of: Option<PhotoId>,
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
    /// A file format of photos.
    pub enum PhotoFormat {
        /// JPEG.
        Jpeg,
        /// PNG.
        Png,
        /// WebP.
        Webp,
        /// HEIF, as phones write it.
        Heic,
        /// HEIF with AV1.
        Avif,
        /// DNG: raw values.
        Dng,
    }

    /// Whether a smaller picture can be made of a photo. The original is held in any case.
    pub enum PhotoCopy as "PhotoCopy" {
        /// It can.
        Possible,
        /// No decoder knows the format, and no smaller picture stands in the file.
        Undecodable,
        /// It would take too much memory.
        TooLarge,
    }

    /// What a fact of a photo is about.
    pub enum PhotoFactKind as "PhotoFactKind" {
        /// When it was taken. As RFC 3339, without zone where none is told.
        TakenAt,
        /// Where: degrees north and east, and the accuracy in metres.
        Position,
        /// How the phone found where it was, as a photo's app declares it.
        PositionSource,
        /// Whether the phone says that another app made its position up: `true` or `false`.
        PositionMock,
        /// How old the position was when the photo was taken, in seconds.
        PositionAge,
        /// Who made the camera.
        Make,
        /// Which model it is.
        Model,
        /// Which program wrote the file.
        Software,
        /// How the picture is turned to stand upright: the values 1 to 8 of EXIF.
        Orientation,
        /// A C2PA manifest is there; the program that says it made it. Its signatures are not checked.
        Manifest,
        /// What stands behind the end of the picture: its kind and its length in bytes.
        Behind,
    }

    /// Why a fact cannot be what it says.
    pub enum PhotoDoubt as "PhotoDoubt" {
        /// Zeros: a clock that was never set.
        NeverSet,
        /// Before there were such cameras.
        BeforeCameras,
        /// After the photo came.
        AfterArrival,
        /// A position's time of another day than the camera's.
        OldFix,
        /// The phone says that another app made its position up.
        MockPosition,
    }
}

/// A fact that stands in a photo. What is missing says nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoFact {
    /// What it is about.
    pub kind: PhotoFactKind,
    /// What it says.
    pub value: String,
    /// The fields that say so, as `exif:DateTimeOriginal+OffsetTime`.
    pub source: String,
    /// Why it cannot be; `None` if it can.
    pub doubt: Option<PhotoDoubt>,
}

/// What a photo looks like: words in which alike pictures differ in few bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PhotoLikeness {
    /// The lowest frequencies of its brightness.
    pub frequencies: u64,
    /// Which of its fields are brighter.
    pub fields: u64,
    /// Whether it is of one colour all over.
    pub is_blank: bool,
}

/// What the server read out of the original bytes. Missing EXIF is neutral: honest phones drop it.
#[derive(Debug, Clone, PartialEq)]
pub struct PhotoFacts {
    /// The format that the bytes really have.
    pub format: PhotoFormat,
    /// Width in pixels, as the picture is stored.
    pub width: u32,
    /// Height in pixels, as the picture is stored.
    pub height: u32,
    /// Time of capture: the first that is told with its zone and is not doubtful.
    pub taken_at: Option<DateTime<Utc>>,
    /// Position, if the file has one.
    pub position: Option<Position>,
    /// Whether a smaller picture can be made.
    pub copy: PhotoCopy,
    /// What it looks like, if a smaller picture can be made.
    pub likeness: Option<PhotoLikeness>,
    /// Every fact with its source.
    pub found: Vec<PhotoFact>,
}

impl PhotoFact {
    /// Whether whoever sees its record may see it. Of a reporter's photo that is when, and where only if its
    /// reporter says so; which phone it was would tell who reported.
    #[must_use]
    pub const fn is_told(&self, owner: PhotoOwner, tells_place: bool) -> bool {
        match self.kind {
            PhotoFactKind::Position
            | PhotoFactKind::PositionSource
            | PhotoFactKind::PositionMock
            | PhotoFactKind::PositionAge => tells_place,
            PhotoFactKind::TakenAt | PhotoFactKind::Orientation => true,
            PhotoFactKind::Make
            | PhotoFactKind::Model
            | PhotoFactKind::Software
            | PhotoFactKind::Manifest
            | PhotoFactKind::Behind => matches!(owner, PhotoOwner::Visit(_)),
        }
    }
}

impl PhotoFacts {
    /// As much of them as is kept outside the original, which is what is told. Whatever else the phone wrote into a
    /// reporter's photo would lie in the clear beside a report that names nobody.
    #[must_use]
    pub fn kept(self, owner: PhotoOwner, tells_place: bool) -> Self {
        let found = self.found.into_iter();
        Self {
            position: self.position.filter(|_| tells_place),
            found: found
                .filter(|fact| fact.is_told(owner, tells_place))
                .collect(),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::IntoEnumIterator as _;
    use uuid::Uuid;

    fn photo(id: u128, size_bytes: u64) -> DeclaredPhoto {
        DeclaredPhoto {
            id: PhotoId::new(Uuid::from_u128(id)),
            kind: PhotoKind::Report,
            sha256: Sha256::new([0; 32]),
            size_bytes,
            tells_place: false,
            capture: Capture::default(),
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
    fn of_a_reporters_photo_nobody_learns_which_phone_it_was_nor_where_unless_told() {
        let fact = |kind| PhotoFact {
            kind,
            value: "x".to_owned(),
            source: "exif".to_owned(),
            doubt: None,
        };
        let told = |owner, tells_place| {
            let facts = PhotoFactKind::iter().map(fact);
            let told = facts.filter(|fact| fact.is_told(owner, tells_place));
            told.map(|fact| fact.kind).collect::<Vec<_>>()
        };
        let report = PhotoOwner::Report(ReportId::new(Uuid::from_u128(1)));
        let visit = PhotoOwner::Visit(VisitId::new(Uuid::from_u128(1)));
        let (when, turned) = (PhotoFactKind::TakenAt, PhotoFactKind::Orientation);
        assert_eq!(told(report, false), [when, turned]);
        let placed = [
            when,
            PhotoFactKind::Position,
            PhotoFactKind::PositionSource,
            PhotoFactKind::PositionMock,
            PhotoFactKind::PositionAge,
            turned,
        ];
        assert_eq!(told(report, true), placed);
        assert_eq!(told(visit, true).len(), PhotoFactKind::iter().count());
    }

    #[test]
    fn of_a_reporters_photo_no_more_is_kept_than_is_told() {
        let whole = PhotoFacts {
            format: PhotoFormat::Jpeg,
            width: 1,
            height: 1,
            taken_at: Some(DateTime::UNIX_EPOCH),
            position: Position::parse(28.18, 112.98, Some(6.0), "p").ok(),
            copy: PhotoCopy::Possible,
            likeness: None,
            found: PhotoFactKind::iter()
                .map(|kind| PhotoFact {
                    kind,
                    value: "x".to_owned(),
                    source: "exif".to_owned(),
                    doubt: None,
                })
                .collect(),
        };
        let report = PhotoOwner::Report(ReportId::new(Uuid::from_u128(1)));
        let visit = PhotoOwner::Visit(VisitId::new(Uuid::from_u128(1)));
        assert_eq!(whole.clone().kept(visit, true), whole);
        for tells_place in [false, true] {
            let kept = whole.clone().kept(report, tells_place);
            assert_eq!(kept.position, whole.position.filter(|_| tells_place));
            assert_eq!(kept.taken_at, whole.taken_at);
            let is_told = |fact: &PhotoFact| fact.is_told(report, tells_place);
            assert!(kept.found.iter().all(is_told));
            assert_eq!(
                kept.found.len(),
                whole.found.iter().filter(|it| is_told(it)).count()
            );
        }
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
