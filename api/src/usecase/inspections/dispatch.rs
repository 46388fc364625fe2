//! Sending inspectors.

use super::certified_team;
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
    id::CommandId,
    id::{MerchantId, ReportId, UserId, VisitId},
    inspections::visit::{Visit, VisitState},
    policy::{Action, Facts, Stake, permit},
};

/// Whom to send where.
#[derive(Debug, Clone)]
pub struct Dispatch {
    /// The new visit; also names the command.
    pub visit: VisitId,
    /// The report behind it.
    pub report: ReportId,
    /// The merchant to visit.
    pub merchant: MerchantId,
    /// The inspectors.
    pub inspectors: Vec<UserId>,
}

/// Sends two or more certified inspectors to a merchant.
pub async fn dispatch(app: &App, actor: &Actor, order: Dispatch) -> Result<(), AppError> {
    let Dispatch {
        visit,
        report,
        merchant,
        inspectors,
    } = order;
    let content = Canonical::of("DispatchVisit")
        .field("visit", visit)
        .field("report", report)
        .field("merchant", merchant);
    let content = inspectors.iter().fold(content, |content, inspector| {
        content.field("inspector", inspector)
    });
    let command = app::command(
        CommandId::new(visit.uuid()),
        "DispatchVisit",
        visit.uuid(),
        &content,
    );
    let Begun::Fresh(work) = app.begin(actor, &command).await? else {
        return Ok(());
    };
    let found = store::reports::get(&work, actor, report).await?;
    let by = permit(
        actor,
        Action::DispatchVisit,
        Facts::at(actor, &found.custody.unit, Stake::None),
    )?;
    let merchant = store::merchants::get(&work, merchant).await?;
    permit(
        actor,
        Action::DispatchVisit,
        Facts::at(actor, &merchant.division, Stake::None),
    )?;
    let officer = by.person(Action::DispatchVisit)?;
    let team = certified_team(&work, actor, &inspectors, "inspectorIds").await?;
    let changed = found.dispatch(&by, merchant.id)?;
    let new = Visit {
        id: visit,
        report,
        merchant: merchant.id,
        division: merchant.division,
        team,
        dispatched_at: work.now(),
        state: VisitState::Dispatched,
        signature: None,
        version: 1,
    };
    store::inspections::insert(&work, &new, officer).await?;
    store::reports::save(&work, &changed).await?;
    app.record(&work, Event::VisitDispatched { visit, report });
    work.commit().await
}
