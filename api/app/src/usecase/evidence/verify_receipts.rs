//! Comparing what was signed with what the database says now. Nobody who changes a row can sign: a receipt that names other
//! bytes than its photo shows that photo and object were swapped together, which no comparison of the two finds.

use super::check_receipt;
use crate::{
    app::App,
    error::AppError,
    naming,
    ports::evidence_keys::Unproven,
    store::{self, evidence::Photo, holdings::Signed},
};
use chrono::{DateTime, SecondsFormat, Utc};
use liangxin_domain::{
    evidence::{
        holding::{HeldPhoto, Holding, RecordKind},
        photo::PhotoOwner,
    },
    id::{HoldingId, ReportId, VisitId},
};
use std::{collections::BTreeMap, fmt};
use uuid::Uuid;

/// How many receipts are read together.
const ROWS: u64 = 200;

/// What does not fit together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Contradiction {
    /// A receipt and what the database says.
    Receipt {
        /// The record of the receipt.
        record: Uuid,
        /// Its version.
        version: i32,
        /// What does not fit.
        why: Unfit,
    },
    /// The log of events, which is sealed, and the receipts: one is not there as it was signed.
    Gone {
        /// Its name, which follows from what was signed.
        receipt: HoldingId,
        /// When it was signed.
        at: DateTime<Utc>,
    },
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
        match self {
            Self::Receipt {
                record,
                version,
                why,
            } => write!(f, "receipt {version} of {record}: {why}"),
            Self::Gone { receipt, at } => {
                let at = at.to_rfc3339_opts(SecondsFormat::Secs, true);
                write!(
                    f,
                    "receipt {receipt}: gone or changed since it was signed at {at}"
                )
            }
        }
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unproven(why) => write!(f, "{why}"),
            Self::Elsewhere => write!(f, "it was signed for another record"),
            Self::Swapped(photo) => {
                write!(f, "swapped: the photo {photo} is not as it was signed")
            }
        }
    }
}

/// Reads all receipts, checks their signatures by the keys of this database, and compares what they name with the photos, and
/// the receipts with the log of events; tells each difference, and answers how many receipts there are.
pub async fn verify_receipts(
    app: &App,
    told: &mut impl FnMut(Contradiction),
) -> Result<usize, AppError> {
    // The log first: what is signed meanwhile has its receipt when these are read.
    let mut noted = noted(app).await?;
    let (mut seen, mut after) = (0, None);
    loop {
        let page = store::holdings::list_all(&app.db, after, ROWS).await?;
        let Some(last) = page.last() else {
            break;
        };
        after = Some((last.record, last.version));
        for signed in &page {
            seen += 1;
            noted.remove(&naming::of_receipt(&signed.line));
            for why in compare(app, signed).await? {
                told(Contradiction::Receipt {
                    record: signed.record,
                    version: signed.version,
                    why,
                });
            }
        }
    }
    for (receipt, at) in noted {
        told(Contradiction::Gone { receipt, at });
    }
    Ok(seen)
}

/// When each receipt was signed, as the log of events says. Of what a version before signed it says nothing.
async fn noted(app: &App) -> Result<BTreeMap<HoldingId, DateTime<Utc>>, AppError> {
    let (mut noted, mut after) = (BTreeMap::new(), None);
    loop {
        let page = store::holdings::list_noted(&app.db, after, ROWS).await?;
        let Some(last) = page.last() else {
            return Ok(noted);
        };
        after = Some(last.event);
        noted.extend(page.iter().map(|it| (it.receipt, it.at)));
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
