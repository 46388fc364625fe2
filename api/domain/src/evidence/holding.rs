//! The holding receipt (存证回执): the statement, which the server signs, that it durably holds every photo that a record
//! declared. A phone deletes its copies only against one. It names bytes and a record, never a person: of a report it proves
//! who sent it only together with the receipt code, which its reporter alone has.

use crate::{
    evidence::{digest::Sha256, photo::PhotoOwner},
    id::PhotoId,
};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The form of the statement. A verifier that knows another one alone refuses this.
pub const FORM: &str = "liangxin-holding-1";

words! {
    /// What kind of record a receipt is about.
    pub enum RecordKind as "PhotoRecordKind" {
        /// A citizen's report.
        Report,
        /// An inspector's visit.
        Visit,
    }
}

/// A photo that is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HeldPhoto {
    /// Its id, which the phone made.
    pub id: Uuid,
    /// Digest of the original bytes, 64 lower-case hexadecimal digits.
    pub sha256: String,
    /// Length of the original bytes.
    pub size_bytes: u64,
}

impl HeldPhoto {
    /// A photo whose bytes are durably held.
    #[must_use]
    pub fn new(id: PhotoId, sha256: Sha256, size_bytes: u64) -> Self {
        Self {
            id: id.uuid(),
            sha256: sha256.to_string(),
            size_bytes,
        }
    }
}

/// The record whose photos are held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HeldRecord {
    /// Its id.
    pub id: Uuid,
    /// What it is.
    pub kind: RecordKind,
    /// The version of what it declared: 1 for the first photos that it promised and were all held, one more for each list
    /// that was held after it. It does not count the steps of the office, which are nobody's business outside.
    pub version: i32,
}

/// What a receipt states.
///
/// Its bytes are those of RFC 8785 (JCS): the names of each object in the order of the alphabet, no blanks, whole numbers.
/// So the fields stand here in that order, and a text in them holds hexadecimal digits, dashes and letters alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Holding {
    /// When the server signed it, in UTC with milliseconds (RFC 3339).
    pub at: String,
    /// [`FORM`].
    pub form: String,
    /// The photos, in the order of their ids.
    pub photos: Vec<HeldPhoto>,
    /// The record.
    pub record: HeldRecord,
}

impl Holding {
    /// States at a moment that the photos of a record are held.
    #[must_use]
    pub fn new(record: HeldRecord, photos: Vec<HeldPhoto>, at: DateTime<Utc>) -> Self {
        Self {
            at: at.to_rfc3339_opts(SecondsFormat::Millis, true),
            form: FORM.to_owned(),
            photos: in_order(photos),
            record,
        }
    }
}

/// The photos as a receipt lists them.
#[must_use]
pub fn in_order(mut photos: Vec<HeldPhoto>) -> Vec<HeldPhoto> {
    photos.sort_by_key(|photo| photo.id);
    photos
}

impl From<PhotoOwner> for RecordKind {
    fn from(owner: PhotoOwner) -> Self {
        match owner {
            PhotoOwner::Report(_) => Self::Report,
            PhotoOwner::Visit(_) => Self::Visit,
        }
    }
}

impl PhotoOwner {
    /// The id of the record.
    #[must_use]
    pub const fn uuid(self) -> Uuid {
        match self {
            Self::Report(report) => report.uuid(),
            Self::Visit(visit) => visit.uuid(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::VisitId;

    #[test]
    fn a_statement_is_written_as_rfc_8785_wants_it_whatever_the_order_of_its_photos() {
        let owner = PhotoOwner::Visit(VisitId::new(Uuid::from_u128(7)));
        let photo = |n: u8| {
            let id = PhotoId::new(Uuid::from_u128(n.into()));
            HeldPhoto::new(id, Sha256::new([n; 32]), n.into())
        };
        let record = HeldRecord {
            id: owner.uuid(),
            kind: owner.into(),
            version: 1,
        };
        let at = DateTime::from_timestamp(1_795_000_000, 5_000_000).unwrap();
        let state = |photos| Holding::new(record.clone(), photos, at);
        let (ab, cd) = ("01".repeat(32), "02".repeat(32));
        let expected = format!(
            "{{\"at\":\"2026-11-18T11:06:40.005Z\",\"form\":\"liangxin-holding-1\",\"photos\":[\
             {{\"id\":\"00000000-0000-0000-0000-000000000001\",\"sha256\":\"{ab}\",\"sizeBytes\":1}},\
             {{\"id\":\"00000000-0000-0000-0000-000000000002\",\"sha256\":\"{cd}\",\"sizeBytes\":2}}],\
             \"record\":{{\"id\":\"00000000-0000-0000-0000-000000000007\",\"kind\":\"visit\",\"version\":1}}}}"
        );
        for photos in [vec![photo(1), photo(2)], vec![photo(2), photo(1)]] {
            assert_eq!(serde_json::to_string(&state(photos)).unwrap(), expected);
        }
    }
}
