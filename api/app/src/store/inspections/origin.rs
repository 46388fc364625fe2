//! Why a visit is made, and the columns that say so.

use crate::{error::AppError, store::row::word};
use liangxin_domain::{
    id::{CaseId, DrawId, PlanId, ReportId, VisitId},
    inspections::origin::{Origin, OriginKind},
    text::Line,
};
use liangxin_entity::visit;
use uuid::Uuid;

/// What a plan, a draw or an earlier matter is named by.
pub(super) fn origin_id(origin: &Origin) -> Option<Uuid> {
    match origin {
        Origin::Plan(plan) => Some(plan.uuid()),
        Origin::Draw(draw) => Some(draw.uuid()),
        Origin::VisitAgain(visit) => Some(visit.uuid()),
        Origin::CaseAgain(case) => Some(case.uuid()),
        Origin::Report(_) | Origin::Lead(_) | Origin::Patrol(_) => None,
    }
}

/// Why a visit is made, as its row has it.
pub(super) fn origin(row: &visit::Model) -> Result<Origin, AppError> {
    let id = || {
        row.origin_id
            .ok_or_else(|| AppError::damaged("visit", "origin_id"))
    };
    let about = || {
        let about = row.about.clone().map(Line::stored);
        about.ok_or_else(|| AppError::damaged("visit", "about"))
    };
    Ok(match word(&row.origin, "visit", "origin")? {
        OriginKind::Report => Origin::Report(ReportId::new(
            row.report_id
                .ok_or_else(|| AppError::damaged("visit", "report_id"))?,
        )),
        OriginKind::Plan => Origin::Plan(PlanId::new(id()?)),
        OriginKind::Draw => Origin::Draw(DrawId::new(id()?)),
        OriginKind::VisitAgain => Origin::VisitAgain(VisitId::new(id()?)),
        OriginKind::CaseAgain => Origin::CaseAgain(CaseId::new(id()?)),
        OriginKind::Lead => Origin::Lead(about()?),
        OriginKind::Patrol => Origin::Patrol(about()?),
    })
}
