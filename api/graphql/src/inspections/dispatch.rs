//! What sending inspectors takes.

use async_graphql::{InputObject, OneofObject};
use liangxin_domain::{
    id::{CaseId, DrawId, MerchantId, PlanId, ReportId, UserId, VisitId},
    inspections::{
        command::NewVisit,
        origin::{self, Origin},
    },
    limits::OFFICERS,
    refusal::{Code, Refusal},
};
use uuid::Uuid;

/// Send inspectors to a merchant.
#[derive(InputObject)]
pub(super) struct DispatchVisitInput {
    /// Made by the client; names the visit and this write.
    id: Uuid,
    /// The report behind it.
    report_id: Uuid,
    /// The merchant to visit.
    merchant_id: Uuid,
    /// Two or more inspectors with certificates.
    inspector_ids: Vec<Uuid>,
}

impl DispatchVisitInput {
    pub(super) fn parse(self) -> Result<(VisitId, NewVisit), Refusal> {
        let new = NewVisit::DispatchVisit {
            report: ReportId::new(self.report_id),
            merchant: MerchantId::new(self.merchant_id),
            inspectors: inspectors(self.inspector_ids)?,
        };
        Ok((VisitId::parse(self.id, "id")?, new))
    }
}

/// Send inspectors to a merchant without a report.
#[derive(InputObject)]
pub(super) struct DispatchInspectionInput {
    /// Made by the client; names the visit and this write.
    id: Uuid,
    /// Why.
    origin: VisitOriginInput,
    /// The merchant to visit.
    merchant_id: Uuid,
    /// Two or more inspectors with certificates.
    inspector_ids: Vec<Uuid>,
}

/// Why inspectors are sent without a report: exactly one of these.
#[derive(OneofObject)]
pub(super) enum VisitOriginInput {
    /// A plan of inspections, by its id.
    PlanId(Uuid),
    /// A draw of objects and inspectors, by its id.
    DrawId(Uuid),
    /// What this closed visit to the same merchant found is looked at again.
    VisitId(Uuid),
    /// What this case against the same merchant ordered is looked at again.
    CaseId(Uuid),
    /// A lead that is no report: where it came from and what it says. 4 to 120 characters.
    Lead(String),
    /// The bureau's own round: where, and what is looked at. 4 to 120 characters.
    Patrol(String),
}

impl VisitOriginInput {
    fn parse(self) -> Result<Origin, Refusal> {
        Ok(match self {
            Self::PlanId(plan) => Origin::Plan(PlanId::parse(plan, "origin.planId")?),
            Self::DrawId(draw) => Origin::Draw(DrawId::parse(draw, "origin.drawId")?),
            Self::VisitId(visit) => Origin::VisitAgain(VisitId::new(visit)),
            Self::CaseId(case) => Origin::CaseAgain(CaseId::new(case)),
            Self::Lead(lead) => Origin::Lead(origin::about(&lead, "origin.lead")?),
            Self::Patrol(patrol) => Origin::Patrol(origin::about(&patrol, "origin.patrol")?),
        })
    }
}

impl DispatchInspectionInput {
    pub(super) fn parse(self) -> Result<(VisitId, NewVisit), Refusal> {
        let new = NewVisit::DispatchInspection {
            origin: self.origin.parse()?,
            merchant: MerchantId::new(self.merchant_id),
            inspectors: inspectors(self.inspector_ids)?,
        };
        Ok((VisitId::parse(self.id, "id")?, new))
    }
}

pub(super) fn inspectors(ids: Vec<Uuid>) -> Result<Vec<UserId>, Refusal> {
    if ids.len() > OFFICERS {
        return Err(Refusal::on(Code::FieldTooLong, "inspectorIds").with(OFFICERS.to_string()));
    }
    Ok(ids.into_iter().map(UserId::new).collect())
}
