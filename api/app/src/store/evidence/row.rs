//! A photo as its row holds it.

use super::Photo;
use crate::{
    error::AppError,
    store::{
        row::{optional_word, position, word},
        withdrawals::Withdrawn,
    },
};
use liangxin_domain::{
    evidence::{
        capture::Capture,
        digest::Sha256,
        photo::{DeclaredPhoto, Parking, PhotoCopy, PhotoFacts, PhotoLikeness, PhotoOwner},
    },
    id::{PhotoId, ReportId, VisitId},
};
use liangxin_entity::photo;

/// What an app declares about the taking, as text; none if it declares nothing.
pub(in crate::store) fn written(capture: &Capture) -> Result<Option<String>, AppError> {
    if *capture == Capture::default() {
        return Ok(None);
    }
    let written = serde_json::to_string(capture);
    let written = written.map_err(|error| AppError::internal("write a capture", error))?;
    Ok(Some(written))
}

pub(in crate::store) fn read(row: photo::Model) -> Result<Photo, AppError> {
    let owner = match (row.report_id, row.visit_id) {
        (Some(report), None) => PhotoOwner::Report(ReportId::new(report)),
        (None, Some(visit)) => PhotoOwner::Visit(VisitId::new(visit)),
        _ => return Err(AppError::damaged("photo", "report_id")),
    };
    let facts = facts(&row)?;
    let capture = row.capture.as_deref().map(serde_json::from_str).transpose();
    let capture = capture.map_err(|_| AppError::damaged("photo", "capture"))?;
    let capture = capture.unwrap_or_default();
    let parked = optional_word(row.parked_because.as_deref(), "photo", "parked_because")?;
    Ok(Photo {
        declared: DeclaredPhoto {
            id: PhotoId::new(row.id),
            kind: word(&row.kind, "photo", "kind")?,
            sha256: Sha256::parse(&row.sha256, "sha256")
                .map_err(|_| AppError::damaged("photo", "sha256"))?,
            size_bytes: u64::try_from(row.size_bytes).unwrap_or_default(),
            tells_place: row.place_told,
            capture,
        },
        declared_at: row.declared_at,
        owner,
        stored_at: row.stored_at,
        facts,
        withdrawn: row.withdrawn_at.map(|at| Withdrawn {
            at,
            reason: row.withdrawn_reason.unwrap_or_default(),
        }),
        parked: parked.map(|reason| Parking {
            reason,
            instead_of: row.parked_for.map(PhotoId::new),
        }),
    })
}

/// What was read out of the bytes, once they are held.
fn facts(row: &photo::Model) -> Result<Option<PhotoFacts>, AppError> {
    let format = optional_word(row.format.as_deref(), "photo", "format")?;
    let (Some(format), Some(width), Some(height)) = (format, row.width, row.height) else {
        return Ok(None);
    };
    let copy = optional_word(row.copy.as_deref(), "photo", "copy")?;
    let found = row.found.as_deref().map(serde_json::from_str).transpose();
    let likeness = row.frequencies.zip(row.fields).zip(row.is_blank);
    Ok(Some(PhotoFacts {
        format,
        width: u32::try_from(width).unwrap_or_default(),
        height: u32::try_from(height).unwrap_or_default(),
        taken_at: row.taken_at,
        position: position(row.latitude, row.longitude, row.accuracy_m),
        // Of what was taken in before this was noted every picture had been made.
        copy: copy.unwrap_or(PhotoCopy::Possible),
        likeness: likeness.map(|((frequencies, fields), is_blank)| PhotoLikeness {
            frequencies: frequencies.cast_unsigned(),
            fields: fields.cast_unsigned(),
            is_blank,
        }),
        found: found
            .map_err(|_| AppError::damaged("photo", "found"))?
            .unwrap_or_default(),
    }))
}
