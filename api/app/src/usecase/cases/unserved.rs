//! What the party still has to get before its case goes to the archive.

use crate::{error::AppError, store, work::Work};
use liangxin_domain::{
    cases::{case::Case, command::Command},
    notices::{notice::Subject, paper::Paper},
};

/// Papers to the party that take effect by their service and that no later step of the case asks for.
const TOLD: [Paper; 3] = [
    Paper::CorrectionOrder,
    Paper::NoPenaltyDecision,
    Paper::DecisionChange,
];

/// The number of such a paper whose service nobody noted; for the archive alone.
pub(super) async fn unserved(
    work: &Work,
    case: &Case,
    command: &Command,
) -> Result<Option<String>, AppError> {
    if !matches!(command, Command::ArchiveCase) {
        return Ok(None);
    }
    let subject = Subject::Case(case.id);
    for paper in TOLD {
        if let Some(notice) = store::notices::find_unserved(work, subject, paper).await? {
            return Ok(Some(notice.number));
        }
    }
    Ok(None)
}
