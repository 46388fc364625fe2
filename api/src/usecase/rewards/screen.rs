//! Screening the reward for a report whose case is decided.

use crate::{
    app::{self, App},
    error::AppError,
    store,
    usecase::cases,
    work::Begun,
};
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    event::Event,
    id::{CommandId, ReportId, RewardId},
    law::calendar::shanghai_date,
    policy::{Action, Facts, permit},
    refusal::{Code, Refusal},
    reports::report::ReportState,
    rewards::screening::{self, CaseFacts, ReporterKind},
};
use std::collections::BTreeSet;

/// Screens a reward under the scheme that was in force on the day of the decision. Whoever worked
/// on the case may not.
pub async fn screen(
    app: &App,
    actor: &Actor,
    id: RewardId,
    report: ReportId,
) -> Result<(), AppError> {
    let content = Canonical::of("ScreenReward")
        .field("reward", id)
        .field("report", report);
    let command = app::command(
        CommandId::new(id.uuid()),
        "ScreenReward",
        id.uuid(),
        &content,
    );
    let Begun::Fresh(work) = app.begin(actor, &command).await? else {
        return Ok(());
    };
    let found = store::reports::get(&work, actor, report).await?;
    let ReportState::ClosedPenalty { case } = found.state else {
        return Err(Refusal::of(Code::CaseNotDecided).into());
    };
    let case = store::cases::get(&work, &Actor::System, case).await?;
    let facts = Facts::at(actor, &found.division, cases::stake(actor, &case));
    let by = permit(actor, Action::ScreenReward, facts)?.person(Action::ScreenReward)?;
    let decision = case
        .decision()
        .ok_or_else(|| Refusal::of(Code::CaseNotDecided))?;
    let scheme = app
        .law
        .schemes
        .scheme_on(Some(found.division), shanghai_date(decision.at));
    let scheme = scheme.map_err(|e| AppError::internal("find the reward scheme", e))?;
    // The form is for people; an organisation would have to say so, and has no field to do it.
    let facts = CaseFacts {
        sanction: decision.fine,
        major_facts: BTreeSet::new(),
        reporter: ReporterKind::NaturalPerson,
    };
    let screening = screening::screen(scheme, &facts);
    store::rewards::insert(&work, id, report, case.id, (&screening, by)).await?;
    app.record(&work, Event::RewardScreened { reward: id, report });
    work.commit().await
}
