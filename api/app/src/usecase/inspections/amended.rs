//! What follows where an entry of a record is void: for the merchant's grade, and for the case that was filed on the visit.

use super::kept::grade;
use crate::{app::App, error::AppError, store, work::Work};
use liangxin_domain::{
    cases::case::Case,
    event::Event,
    id::VisitId,
    inspections::{amend::Amendment, visit::Visit},
    law::calendar::shanghai_date,
    reports::report::ReportState,
};

/// Whether a case on a visit is decided or over, or a head decided that none is filed: what that rests on stays as it is.
/// Nothing rests on a decision that was annulled, once another case came in its place.
pub(super) async fn is_relied_on(work: &Work, visit: VisitId) -> Result<bool, AppError> {
    let cases = store::cases::list_on_visit(work, visit).await?;
    let replaced: Vec<_> = cases
        .iter()
        .filter_map(|case| case.basis.told.in_place_of)
        .collect();
    let mut present = cases.iter().filter(|case| !replaced.contains(&case.id));
    let lead = store::reports::find_found_on(work, visit).await?;
    let is_declined = lead.is_some_and(|lead| matches!(lead.state, ReportState::NotFiled(..)));
    Ok(is_declined || present.any(is_settled))
}

fn is_settled(case: &Case) -> bool {
    case.file.decision.is_some() || case.state_kind().is_over()
}

/// Once the visit is closed the entry counts for no grade any more, and what stands in its place does. A case that waits for
/// its decision notes it; whoever is about to take a step in it reads it anew first.
pub(super) async fn follow(
    app: &App,
    work: &Work,
    visit: &Visit,
    amendment: &Amendment,
) -> Result<(), AppError> {
    if let Some(at) = amendment.closed_at {
        store::ratings::void_finding(work, amendment.entry).await?;
        grade(app, work, visit, (&amendment.findings, shanghai_date(at))).await?;
    }
    let cases = store::cases::list_on_visit(work, visit.id).await?;
    for case in cases.into_iter().filter(|case| !case.file.is_annulled()) {
        store::cases::touch(work, &case).await?;
        app.record(work, Event::CaseFindingVoided { case: case.id });
    }
    Ok(())
}
