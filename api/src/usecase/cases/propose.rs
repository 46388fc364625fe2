//! The final investigation report with the intended penalty.

use super::{stake, violation_on};
use crate::{
    app::{self, App},
    error::AppError,
    store,
    work::Begun,
};
use chrono::NaiveDate;
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    cases::case::Proposal,
    event::Event,
    id::{CaseId, CommandId},
    law::{calendar::shanghai_date, violation::ViolationCode},
    money::Fen,
    policy::{Action, Facts, permit},
    refusal::{Code, Refusal},
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
    let conduct = store::reports::get(&work, &Actor::System, found.report)
        .await?
        .occurred_at;
    let row = violation_on(app, &violation, shanghai_date(conduct))?;
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
    app.record(&work, Event::PenaltyProposed { case });
    work.commit().await
}
