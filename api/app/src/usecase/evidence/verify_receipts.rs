//! Comparing what was signed with what the database says now. Nobody who changes a row can sign: a receipt that names other
//! bytes than its photo shows that photo and object were swapped together, which no comparison of the two finds.

use super::check_receipt;
use crate::{
    app::App,
    error::AppError,
    ports::evidence_keys::Unproven,
    store::{self, evidence::Photo, holdings::Signed},
};
use liangxin_domain::{
    evidence::{
        holding::{HeldPhoto, Holding, RecordKind},
        photo::PhotoOwner,
    },
    id::{ReportId, VisitId},
};
use std::fmt;
use uuid::Uuid;

/// How many receipts are read together.
const ROWS: u64 = 200;

/// A receipt that does not fit what the database says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The record of the receipt.
    pub record: Uuid,
    /// Its version.
    pub version: i32,
    /// What does not fit.
    pub why: Unfit,
}

/// What does not fit about a receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unfit {
    /// The line proves nothing: it was changed, or a key signed it that is not ours.
    Unproven(Unproven),
    /// It was signed for another record or another version.
    Elsewhere,
    /// A photo that it names is not held with those bytes: it was swapped, or is gone.
    Swapped(Uuid),
}

impl fmt::Display for Contradiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "receipt {} of {}: ", self.version, self.record)?;
        match &self.why {
            Unfit::Unproven(why) => write!(f, "{why}"),
            Unfit::Elsewhere => write!(f, "it was signed for another record"),
            Unfit::Swapped(photo) => {
                write!(f, "swapped: the photo {photo} is not as it was signed")
            }
        }
    }
}

/// Reads all receipts, checks their signatures by the keys of this database, and compares what they name with the photos;
/// tells each difference, and answers how many receipts there are.
pub async fn verify_receipts(
    app: &App,
    told: &mut impl FnMut(Contradiction),
) -> Result<usize, AppError> {
    let (mut seen, mut after) = (0, None);
    loop {
        let page = store::holdings::list_all(&app.db, after, ROWS).await?;
        let Some(last) = page.last() else {
            return Ok(seen);
        };
        after = Some((last.record, last.version));
        for signed in &page {
            seen += 1;
            for why in compare(app, signed).await? {
                told(Contradiction {
                    record: signed.record,
                    version: signed.version,
                    why,
                });
            }
        }
    }
}

async fn compare(app: &App, signed: &Signed) -> Result<Vec<Unfit>, AppError> {
    let Holding { photos, record, .. } =
        match check_receipt(app.evidence_keys.published(), &signed.line) {
            Ok(stated) => stated,
            Err(why) => return Ok(vec![Unfit::Unproven(why)]),
        };
    if (record.id, record.version) != (signed.record, signed.version) {
        return Ok(vec![Unfit::Elsewhere]);
    }
    let owner = match record.kind {
        RecordKind::Report => PhotoOwner::Report(ReportId::new(record.id)),
        RecordKind::Visit => PhotoOwner::Visit(VisitId::new(record.id)),
    };
    let held = store::evidence::list(&app.db, owner).await?;
    let swapped = photos.iter().filter(|stated| !is_held(&held, stated));
    Ok(swapped.map(|stated| Unfit::Swapped(stated.id)).collect())
}

/// Whether a photo is held as it is stated.
fn is_held(held: &[Photo], stated: &HeldPhoto) -> bool {
    let held = held.iter().filter(|photo| photo.stored_at.is_some());
    let mut held = held.map(|Photo { declared, .. }| {
        HeldPhoto::new(declared.id, declared.sha256, declared.size_bytes)
    });
    held.any(|held| held == *stated)
}
