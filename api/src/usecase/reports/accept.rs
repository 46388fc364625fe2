//! Taking a report in.

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
    id::{CommandId, ReportId},
    policy::{Action, Facts, Stake, permit},
};

/// An officer takes a report in and begins to verify it.
pub async fn accept(
    app: &App,
    actor: &Actor,
    id: CommandId,
    report: ReportId,
) -> Result<(), AppError> {
    let content = Canonical::of("AcceptReport").field("report", report);
    let command = app::command(id, "AcceptReport", report.uuid(), &content);
    let Begun::Fresh(work) = app.begin(actor, &command).await? else {
        return Ok(());
    };
    let found = store::reports::get(&work, actor, report).await?;
    let permit = permit(
        actor,
        Action::AcceptReport,
        Facts::at(actor, &found.division, Stake::None),
    )?;
    let changed = found.accept(&permit, work.now())?;
    store::reports::save(&work, &changed).await?;
    app.record(&work, Event::ReportAccepted { report });
    work.commit().await
}
