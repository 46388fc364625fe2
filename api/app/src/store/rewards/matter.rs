//! Which cases are one matter: those of the same report or the same visit.

use crate::{
    error::AppError,
    work::{Source as _, Work},
};
use liangxin_domain::{
    cases::case::Case,
    id::{CaseId, ReportId},
    rewards::reward::RewardStateKind,
};
use liangxin_entity::{case_file, reward};
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, ExprTrait as _},
};

/// States of a reward that gave nobody anything and never will.
const NOTHING: [RewardStateKind; 5] = [
    RewardStateKind::NotInScope,
    RewardStateKind::Ineligible,
    RewardStateKind::Lapsed,
    RewardStateKind::Forfeited,
    RewardStateKind::Revoked,
];

/// Whether another case of the matter of a case has a reward. The rows of all its cases are held until the work ends, so
/// that two screenings at once do not both find none.
pub async fn is_matter_rewarded(work: &Work, case: &Case) -> Result<bool, AppError> {
    let report = case.basis.report.map(|report| report.uuid());
    let visit = case.basis.visit.map(|visit| visit.uuid());
    let mut matter = Condition::any();
    if let Some(report) = report {
        matter = matter.add(case_file::Column::ReportId.eq(report));
    }
    if let Some(visit) = visit {
        matter = matter.add(case_file::Column::VisitId.eq(visit));
    }
    if matter.is_empty() {
        return Ok(false);
    }
    case_file::Entity::update_many()
        .col_expr(
            case_file::Column::Version,
            Expr::col(case_file::Column::Version).add(0),
        )
        .filter(matter.clone())
        .exec(work.connection())
        .await?;
    let others = case_file::Entity::find()
        .select_only()
        .column(case_file::Column::Id)
        .filter(matter)
        .filter(case_file::Column::Id.ne(case.id.uuid()))
        .into_query();
    let rewarded = reward::Entity::find()
        .filter(reward::Column::CaseId.in_subquery(others))
        .filter(reward::Column::State.is_not_in(NOTHING.map(|state| state.to_string())))
        .count(work.connection())
        .await?;
    Ok(rewarded > 0)
}

/// Whether a case has a reward that gave somebody something, or still may.
pub async fn is_rewarded(work: &Work, case: CaseId) -> Result<bool, AppError> {
    let rewarded = reward::Entity::find()
        .filter(reward::Column::CaseId.eq(case.uuid()))
        .filter(reward::Column::State.is_not_in(NOTHING.map(|state| state.to_string())))
        .count(work.connection())
        .await?;
    Ok(rewarded > 0)
}

/// Takes its place from a reward of a report that came to nothing on another case, whose decision was annulled: the report may
/// have one for the case that it was decided by since.
pub async fn replace_annulled(work: &Work, report: ReportId, by: CaseId) -> Result<(), AppError> {
    let annulled = case_file::Entity::find()
        .select_only()
        .column(case_file::Column::Id)
        .filter(case_file::Column::IsAnnulled.eq(true))
        .filter(case_file::Column::Id.ne(by.uuid()))
        .into_query();
    reward::Entity::update_many()
        .col_expr(reward::Column::IsReplaced, Expr::value(true))
        .filter(reward::Column::ReportId.eq(report.uuid()))
        .filter(reward::Column::CaseId.in_subquery(annulled))
        .filter(reward::Column::State.is_in(NOTHING.map(|state| state.to_string())))
        .exec(work.connection())
        .await?;
    Ok(())
}
