//! Signatures under the record of a visit, and the columns that hold them.

use crate::{error::AppError, store::row::read_list};
use liangxin_domain::{
    id::PhotoId,
    inspections::{
        signing::{Signature, Signing},
        visit::Visit,
    },
    text::Line,
};
use liangxin_entity::visit;
use uuid::Uuid;

/// The last one, as a replica of the version before finds it: the name with its photo, or why nobody signed.
pub(super) fn last(visit: &Visit) -> (Option<String>, Option<Uuid>, Option<String>) {
    match visit.signing().map(|last| &last.signature) {
        None => (None, None, None),
        Some(Signature::Signed { name, photo }) => {
            (Some(name.to_string()), Some(photo.uuid()), None)
        }
        Some(Signature::Refused { reason }) => (None, None, Some(reason.to_string())),
    }
}

/// Those of a row; of before all were kept the last one is known.
pub(super) fn read(row: &visit::Model) -> Result<Vec<Signing>, AppError> {
    if row.signings.is_some() {
        return read_list(row.signings.as_deref(), "visit", "signings");
    }
    let signature = match (
        &row.signed_name,
        row.signature_photo_id,
        &row.unsigned_reason,
    ) {
        (Some(name), Some(photo), _) => Signature::Signed {
            name: Line::stored(name.clone()),
            photo: PhotoId::new(photo),
        },
        (_, _, Some(reason)) => Signature::Refused {
            reason: Line::stored(reason.clone()),
        },
        _ => return Ok(Vec::new()),
    };
    Ok(vec![Signing {
        signature,
        under: None,
        taken: None,
    }])
}
