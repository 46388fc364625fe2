//! What every step on a report has in common: begin the command, load what the actor may see, and
//! at the end save, move the periods, record and commit together.

use crate::{
    app::{self, App},
    error::AppError,
    store::{self, law::RunsOn},
    usecase::{identity, law},
    work::{Begun, Work},
};
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    event::Event,
    id::{CommandId, ReportId, UserId},
    policy::{Action, Facts, Permit, Stake, permit},
    reports::{
        machine::{Command, Step},
        record::Record,
        report::Report,
    },
};

/// Which report, and the name of this write.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// The write.
    pub id: CommandId,
    /// The report.
    pub report: ReportId,
}

/// Begins a step; nothing if it was done before with the same content.
pub(super) async fn begin(
    app: &App,
    actor: &Actor,
    asked: Asked,
    operation: &'static str,
    content: impl FnOnce(Canonical) -> Canonical,
) -> Result<Option<(Work, Report)>, AppError> {
    let content = content(Canonical::of(operation).field("report", asked.report));
    let command = app::command(asked.id, operation, asked.report.uuid(), &content);
    let Begun::Fresh(work) = app.begin(actor, &command).await? else {
        return Ok(None);
    };
    let found = store::reports::get(&work, actor, asked.report).await?;
    Ok(Some((work, found)))
}

/// Asks the policy about a report, in whose hands it is and what the actor has to do with it.
pub(super) async fn allow(
    work: &Work,
    actor: &Actor,
    report: &Report,
    action: Action,
) -> Result<Permit, AppError> {
    let facts = Facts::at(
        actor,
        &report.custody.unit,
        stake(work, actor, report).await?,
    );
    Ok(permit(actor, action, facts)?)
}

/// Whoever took the lead in, proposed what becomes of it or visited the place has worked on it.
async fn stake(work: &Work, actor: &Actor, report: &Report) -> Result<Stake, AppError> {
    let Some(user) = actor.user() else {
        return Ok(Stake::None);
    };
    let lead = report.state.verification();
    let began = lead.is_some_and(|lead| {
        lead.begun.by == user
            || lead
                .proposal
                .as_ref()
                .is_some_and(|proposal| proposal.proposed.by == user)
    });
    if began {
        return Ok(Stake::Investigator);
    }
    let visits = store::inspections::list_of_report(work, &Actor::System, report.id).await?;
    if visits.iter().any(|visit| visit.team.has(user)) {
        return Ok(Stake::Investigator);
    }
    Ok(Stake::None)
}

/// Takes a step of the machine, saves it and moves the periods.
pub(super) async fn take(
    app: &App,
    work: &Work,
    (report, command): (Report, Command),
    permit: &Permit,
) -> Result<(Report, Step), AppError> {
    let (changed, step) = report.take(command, permit, work.now())?;
    store::reports::save(work, &changed).await?;
    identity::forget_reporter_of(work, &changed).await?;
    law::apply(app, work, RunsOn::Report(changed.id), &step.clocks).await?;
    Ok((changed, step))
}

/// Notes something about a report.
pub(super) async fn note(
    app: &App,
    work: &Work,
    report: ReportId,
    record: &Record,
) -> Result<(), AppError> {
    store::reports::insert_record(work, app.ids.uuid(work.now()), report, record).await
}

/// Records and commits.
pub(super) async fn end(app: &App, work: Work, event: Event) -> Result<(), AppError> {
    app.record(&work, event);
    work.commit().await
}

/// The name of a person with an account, for a paper.
pub(super) async fn name_of(work: &Work, user: UserId) -> Result<String, AppError> {
    let account = store::accounts::find(work, user).await?;
    account
        .map(|account| account.name_zh)
        .ok_or_else(|| AppError::damaged("user", "id"))
}
