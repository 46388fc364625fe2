//! Taking a report in.

use super::{papers, step};
use crate::{
    app::{self, App},
    error::AppError,
    store::{self, law::RunsOn},
    usecase::law,
    work::Begun,
};
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    event::Event,
    id::{CommandId, ReportId},
    policy::{Action, Facts, Stake, permit},
    reports::machine::Command,
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
        Facts::at(actor, &found.custody.unit, Stake::None),
    )?;
    let (changed, taken) = found.take(Command::Accept, &permit, work.now())?;
    store::reports::save(&work, &changed).await?;
    law::apply(app, &work, RunsOn::Report(report), &taken.clocks).await?;
    let officer = step::name_of(&work, permit.person(Action::AcceptReport)?).await?;
    papers::accepted(app, &work, &changed, officer).await?;
    app.record(&work, Event::ReportAccepted { report });
    work.commit().await
}
