//! The decision.

use super::{DECIDE, papers, stake, violation_on};
use crate::{
    app::{self, App},
    error::AppError,
    store::{self, law::RunsOn},
    usecase::{identity, law},
    work::Begun,
};
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    cases::case::Ruling,
    event::Event,
    id::{CaseId, CommandId},
    law::{calendar::shanghai_date, effect::ClockEffect},
    policy::{Action, Facts, permit},
    refusal::{Code, Refusal},
    reports::machine::Command,
};

/// A head decides a case; what the visit found against the merchant is settled with it.
pub async fn decide(
    app: &App,
    actor: &Actor,
    id: CommandId,
    (case, ruling): (CaseId, Ruling),
) -> Result<(), AppError> {
    let content = Canonical::of("DecideCase")
        .field("case", case)
        .field("fine", ruling.fine)
        .optional("correction", ruling.correction.as_ref())
        .field("correct_by", ruling.correct_by)
        .optional("defence_review", ruling.defence_review.as_ref());
    let command = app::command(id, "DecideCase", case.uuid(), &content);
    let Begun::Fresh(work) = app.begin(actor, &command).await? else {
        return Ok(());
    };
    let found = store::cases::get(&work, actor, case).await?;
    let permit = permit(
        actor,
        Action::DecideCase,
        Facts::at(actor, &found.division, stake(actor, &found)),
    )?;
    if ruling.correct_by < work.today() {
        return Err(Refusal::on(Code::TimeTooOld, "correctBy").into());
    }
    let Some(proposal) = found.proposal() else {
        return Err(Refusal::of(Code::ProposalRequired).into());
    };
    let report = store::reports::get(&work, &Actor::System, found.report).await?;
    let violation = violation_on(app, &proposal.violation, shanghai_date(report.occurred_at))?;
    let changed = found.decide(&permit, ruling, violation, (work.now(), work.today()))?;
    let (report, step) = report.take(Command::ClosePenalty, &permit, work.now())?;
    store::cases::save(&work, &changed).await?;
    store::reports::save(&work, &report).await?;
    identity::forget_reporter_of(&work, &report).await?;
    store::ratings::settle_findings(&work, changed.visit, work.today()).await?;
    law::apply(app, &work, RunsOn::Report(report.id), &step.clocks).await?;
    let decided = ClockEffect::Satisfy {
        rule: DECIDE,
        on: work.today(),
    };
    law::apply(app, &work, RunsOn::Case(case), &[decided]).await?;
    papers::decided(app, &work, &changed, violation).await?;
    app.record(
        &work,
        Event::CaseDecided {
            case,
            report: changed.report,
            merchant: changed.merchant,
        },
    );
    work.commit().await
}
