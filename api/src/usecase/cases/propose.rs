//! The final investigation report with the intended penalty.

use super::{papers, stake, violation_on};
use crate::{
    app::{self, App},
    error::AppError,
    store::{self, law::RunsOn},
    usecase::law,
    work::{Begun, Work},
};
use chrono::NaiveDate;
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    cases::case::{Case, Proposal},
    event::Event,
    id::{CaseId, CommandId},
    law::{calendar::shanghai_date, violation::ViolationCode},
    money::Fen,
    policy::{Action, Facts, Permit, permit},
    refusal::{Code, Refusal},
    reports::{
        machine::Command,
        report::{Report, ReportStateKind},
    },
    text::Narrative,
};

/// What is intended.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The case.
    pub case: CaseId,
    /// The violation.
    pub violation: ViolationCode,
    /// The fine.
    pub fine: Fen,
    /// What the merchant must put right.
    pub correction: Narrative,
    /// Until when.
    pub correct_by: NaiveDate,
}

/// Proposes a penalty within the range that the law of the day of the conduct gives.
pub async fn propose(
    app: &App,
    actor: &Actor,
    id: CommandId,
    draft: Draft,
) -> Result<(), AppError> {
    let Draft {
        case,
        violation,
        fine,
        correction,
        correct_by,
    } = draft;
    let content = Canonical::of("ProposePenalty")
        .field("case", case)
        .field("violation", violation.as_str())
        .field("fine", fine)
        .field("correction", &correction)
        .field("correct_by", correct_by);
    let command = app::command(id, "ProposePenalty", case.uuid(), &content);
    let Begun::Fresh(work) = app.begin(actor, &command).await? else {
        return Ok(());
    };
    let found = store::cases::get(&work, actor, case).await?;
    let permit = permit(
        actor,
        Action::ProposePenalty,
        Facts::at(actor, &found.division, stake(actor, &found)),
    )?;
    let by = permit.person(Action::ProposePenalty)?;
    if correct_by < work.today() {
        return Err(Refusal::on(Code::TimeTooOld, "correctBy").into());
    }
    let report = store::reports::get(&work, &Actor::System, found.report).await?;
    let row = violation_on(app, &violation, shanghai_date(report.occurred_at))?;
    let proposal = Proposal {
        violation,
        fine,
        correction,
        correct_by,
        by,
        at: work.now(),
    };
    let changed = found.propose(&permit, proposal, row)?;
    store::cases::save(&work, &changed).await?;
    // The first final report is where this system first sees the investigation at work; one that
    // replaces it finds the report there already.
    if report.state.kind() == ReportStateKind::Filed {
        open(app, &work, (&changed, report), &permit).await?;
    }
    app.record(&work, Event::PenaltyProposed { case });
    work.commit().await
}

/// The report follows its case, which has a file of its own from now on.
async fn open(
    app: &App,
    work: &Work,
    (case, report): (&Case, Report),
    permit: &Permit,
) -> Result<(), AppError> {
    let (report, step) = report.take(Command::OpenCase, permit, work.now())?;
    store::reports::save(work, &report).await?;
    law::apply(app, work, RunsOn::Report(report.id), &step.clocks).await?;
    papers::opened(app, work, case, &report).await
}
