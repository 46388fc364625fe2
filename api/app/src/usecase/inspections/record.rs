//! The digest of the record of a visit: what a signature stands under.

use crate::{app::sha256, error::AppError, store, work::Source};
use liangxin_domain::{
    evidence::digest::Sha256,
    id::VisitId,
    inspections::visit::{InstrumentCheck, Measurement},
    metrology::wire,
};
use serde_json::{Value, json};

/// The SHA-256 of the record as it is: of every measurement with its verdict and of every mark and seal that was looked at, in
/// the order in which the server recorded them, with what is void of it. Photos have digests of their own.
pub async fn record_digest(source: &impl Source, visit: VisitId) -> Result<Sha256, AppError> {
    let measured = store::measurements::measurements_of(source, visit).await?;
    let checked = store::measurements::checks_of(source, visit).await?;
    Ok(digest_of(visit, &measured, &checked))
}

/// The same of entries that were read already, so that a paper has the digest of what stands on it.
#[must_use]
pub fn digest_of(visit: VisitId, measured: &[Measurement], checked: &[InstrumentCheck]) -> Sha256 {
    let record = json!({
        "visit": visit.uuid(),
        "measurements": Vec::from_iter(measured.iter().map(measurement)),
        "instrumentChecks": Vec::from_iter(checked.iter().map(check)),
    });
    sha256(record.to_string().as_bytes())
}

fn measurement(measured: &Measurement) -> Value {
    json!({
        "id": measured.id.uuid(),
        "instrument": measured.instrument.map(|instrument| instrument.uuid()),
        "by": measured.by.uuid(),
        "verdict": sha256(wire::write_verdict(&measured.judgement).as_bytes()),
        "replaces": measured.replaces.map(|former| former.uuid()),
        "isVoid": measured.void.is_some(),
    })
}

fn check(checked: &InstrumentCheck) -> Value {
    json!({
        "id": checked.id.uuid(),
        "instrument": checked.instrument.uuid(),
        "by": checked.by.uuid(),
        "markValidUntil": checked.mark_valid_until,
        "seal": checked.seal,
        "note": checked.note,
        "isVoid": checked.void.is_some(),
    })
}
