//! Approving that somebody sees who reported.

use crate::{
    app::{self, App},
    error::AppError,
    store,
    work::Begun,
};
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    event::Event,
    id::{CommandId, OpeningId, ReportId},
    policy::{Action, Facts, Stake, permit},
    privacy::identity::IdentitySubject,
    refusal::{Code, Refusal},
};

/// What a head approves.
#[derive(Debug, Clone, Copy)]
pub struct Approval {
    /// The opening.
    pub opening: OpeningId,
    /// For how many hours.
    pub hours: i64,
}

/// A head, never the one who asked, approves the fields that were asked for.
pub async fn approve(
    app: &App,
    actor: &Actor,
    id: CommandId,
    approval: Approval,
) -> Result<(), AppError> {
    let Approval { opening, hours } = approval;
    let content = Canonical::of("ApproveIdentityOpening")
        .field("opening", opening)
        .field("hours", hours);
    let command = app::command(id, "ApproveIdentityOpening", opening.uuid(), &content);
    let Begun::Fresh(work) = app.begin(actor, &command).await? else {
        return Ok(());
    };
    let found = store::openings::get(&work, actor, opening).await?;
    let report = store::reports::get(&work, actor, report_of(found.subject)?).await?;
    let facts = Facts::at(actor, &report.custody.unit, Stake::None);
    let permit = permit(actor, Action::ApproveIdentityOpening, facts)?;
    let approved = found.approve(&permit, hours, work.now())?;
    store::openings::save(&work, &approved).await?;
    app.record(&work, Event::IdentityOpeningApproved { opening });
    work.commit().await
}

/// Openings are asked for at a report; what else has an identity is shown by its own noun.
pub(super) fn report_of(subject: IdentitySubject) -> Result<ReportId, Refusal> {
    match subject {
        IdentitySubject::Report(report) => Ok(report),
        IdentitySubject::Complaint(_) | IdentitySubject::Reward(_) => {
            Err(Refusal::on(Code::NotFound, "openingId"))
        }
    }
}
