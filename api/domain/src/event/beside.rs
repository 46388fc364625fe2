//! What is recorded beside an event, in rows of its own: the digests of bytes that came, what something was opened for, why
//! something was covered. The event names it by a digest, and so the seals over the log cover it as well.

use crate::{
    evidence::digest::{Sha256, Sm3},
    id::{PhotoId, RedactionId, UserId},
};
use serde::Serialize;
use uuid::Uuid;

/// What an event names by its digest. Its bytes are those of RFC 8785 (JCS), so the fields stand in the order of the alphabet.
/// The rows behind it are kept as they were written, whoever is forgotten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(
    tag = "about",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Beside {
    /// The bytes of a photo that are held.
    Photo {
        /// The photo.
        id: PhotoId,
        /// Their SHA-256.
        sha256: Sha256,
        /// How many they are.
        size_bytes: u64,
        /// Their SM3.
        sm3: Sm3,
    },
    /// What an original was opened for, or the file of a case taken out.
    Purpose {
        /// By whom.
        by: UserId,
        /// The row.
        id: Uuid,
        /// The photo, or the case.
        of: Uuid,
        /// For what.
        purpose: String,
    },
    /// Why a part of a photo is covered.
    Covered {
        /// From the left, from above, how wide and how high.
        area: [i32; 4],
        /// By whom.
        by: UserId,
        /// The redaction.
        id: RedactionId,
        /// The photo.
        of: PhotoId,
        /// Why.
        reason: String,
    },
    /// Why it is covered no more.
    Uncovered {
        /// By whom.
        by: UserId,
        /// The redaction.
        id: RedactionId,
        /// The photo.
        of: PhotoId,
        /// Why.
        reason: String,
    },
    /// Why an officer said that a photo will not come.
    Withdrawn {
        /// By whom.
        by: UserId,
        /// The photo.
        id: PhotoId,
        /// Why.
        reason: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What lies under a seal has to give the same bytes in every version.
    #[test]
    fn the_bytes_of_each_are_as_they_were_when_they_were_sealed() {
        let (by, id) = (UserId::new(Uuid::nil()), Uuid::max());
        let (photo, redaction) = (PhotoId::new(id), RedactionId::new(id));
        let (reason, purpose) = ("路人".to_owned(), "复\n议".to_owned());
        let uncovered = Beside::Uncovered {
            by,
            id: redaction,
            of: photo,
            reason: reason.clone(),
        };
        let covered = Beside::Covered {
            area: [1, 2, 3, 4],
            by,
            id: redaction,
            of: photo,
            reason: reason.clone(),
        };
        let nil = Uuid::nil();
        let rest = format!(r#""by":"{nil}","id":"{id}","of":"{id}""#);
        for (beside, bytes) in [
            (
                Beside::Photo {
                    id: photo,
                    sha256: Sha256::new([1; 32]),
                    size_bytes: 25_000_000,
                    sm3: Sm3::new([2; 32]),
                },
                format!(
                    r#"{{"about":"photo","id":"{id}","sha256":"{}","sizeBytes":25000000,"sm3":"{}"}}"#,
                    "01".repeat(32),
                    "02".repeat(32)
                ),
            ),
            (
                Beside::Purpose {
                    by,
                    id,
                    of: id,
                    purpose,
                },
                format!(r#"{{"about":"purpose",{rest},"purpose":"复\n议"}}"#),
            ),
            (
                covered,
                format!(r#"{{"about":"covered","area":[1,2,3,4],{rest},"reason":"路人"}}"#),
            ),
            (
                uncovered,
                format!(r#"{{"about":"uncovered",{rest},"reason":"路人"}}"#),
            ),
            (
                Beside::Withdrawn {
                    by,
                    id: photo,
                    reason,
                },
                format!(r#"{{"about":"withdrawn","by":"{nil}","id":"{id}","reason":"路人"}}"#),
            ),
        ] {
            assert_eq!(serde_json::to_string(&beside).unwrap(), bytes);
        }
    }
}
