//! Orders of correction of before a decision: when they were served, and which of them the party missed.

use crate::{error::AppError, store, work::Work};
use chrono::NaiveDate;
use liangxin_domain::{
    cases::{case::Case, charge::Penalty, command::Command, order::Missed},
    id::MerchantId,
    notices::{notice::Subject, paper::Paper},
};

/// The orders that the party of a case missed, where what is charged names one.
pub(super) async fn missed_orders(
    work: &Work,
    case: &Case,
    command: &Command,
) -> Result<Vec<Missed>, AppError> {
    match command {
        Command::ProposePenalty { penalty, .. } => {
            missed_for(work, case.merchant, Some(penalty)).await
        }
        Command::IssueNotice | Command::DecideCase { .. } => {
            missed_for(work, case.merchant, case.file.proposed()).await
        }
        _ => Ok(Vec::new()),
    }
}

/// The same for a penalty against a merchant.
pub(super) async fn missed_for(
    work: &Work,
    merchant: MerchantId,
    penalty: Option<&Penalty>,
) -> Result<Vec<Missed>, AppError> {
    let mut charges = penalty.into_iter().flat_map(|penalty| &penalty.charges);
    if !charges.any(|charge| charge.order.is_some()) {
        return Ok(Vec::new());
    }
    let cases = store::cases::list_against(work, merchant).await?;
    Ok(cases.iter().flat_map(Case::missed_orders).collect())
}

/// The day on which the order that somebody looks after counts as served: that of the paper that was written with it.
pub(super) async fn order_served_on(
    work: &Work,
    (case, command): (&Case, &Command),
    public_notice_days: u64,
) -> Result<Option<NaiveDate>, AppError> {
    let Command::CheckCorrection {
        violation: Some(violation),
        ..
    } = command
    else {
        return Ok(None);
    };
    let Some(order) = case.file.order_on(violation) else {
        return Ok(None);
    };
    let paper = (Subject::Case(case.id), Paper::CorrectionOrder);
    let notice = store::notices::find_issued_at(work, paper, order.made.at).await?;
    Ok(notice.and_then(|notice| notice.counts_from(public_notice_days)))
}
