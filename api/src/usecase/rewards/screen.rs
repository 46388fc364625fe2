//! Screening the reward for a report whose case is decided.

use crate::{
    app::{self, App},
    error::AppError,
    store::{self, law::RunsOn},
    usecase::{cases, law},
    work::{Begun, Work},
};
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    cases::case::Case,
    event::Event,
    id::{CaseId, CommandId, ReportId, RewardId},
    law::calendar::shanghai_date,
    policy::{Action, Facts, permit},
    refusal::{Code, Refusal},
    reports::{report::Report, state::ReportState},
    rewards::{
        reward::{Moved, Reward, RewardState},
        screening::{self, CaseFacts, ReporterKind},
    },
};
use std::collections::BTreeSet;

/// Screens a reward under the scheme that was in force on the day of the decision. Whoever worked
/// on the case may not. A report without a case of its own may name the one that was decided on the
/// same merchant: that is how several reporters of one case come in.
pub async fn screen(
    app: &App,
    actor: &Actor,
    id: RewardId,
    (report, case): (ReportId, Option<CaseId>),
) -> Result<(), AppError> {
    let content = Canonical::of("ScreenReward")
        .field("reward", id)
        .field("report", report)
        .optional("case", case);
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
    let case = case_of(&work, &found, case).await?;
    let facts = Facts::at(actor, &found.division, cases::stake(actor, &case));
    let by = permit(actor, Action::ScreenReward, facts)?.person(Action::ScreenReward)?;
    let decision = case
        .decision()
        .ok_or_else(|| Refusal::of(Code::CaseNotDecided))?;
    let decided_on = shanghai_date(decision.at);
    let place = Some(found.division);
    let schemes = &app.law.schemes;
    let general = schemes.scheme_on(place, decided_on);
    let general = general.map_err(|e| AppError::internal("find the reward scheme", e))?;
    // The form is for people; an organisation would have to say so, and has no field to do it.
    let facts = CaseFacts {
        sanction: decision.fine,
        major_facts: BTreeSet::new(),
        reporter: ReporterKind::NaturalPerson,
    };
    let supplement = schemes.supplement_on(place, decided_on);
    let first = Reward {
        id,
        report,
        case: case.id,
        division: found.division,
        case_decided_on: decided_on,
        screening: screening::screen_with_supplement(general, supplement, &facts),
        screened_by: by,
        screened_at: work.now(),
        state: RewardState::Screening,
        version: 1,
    };
    let Moved {
        reward, effects, ..
    } = first.screened();
    store::rewards::insert(&work, &reward).await?;
    law::apply(app, &work, RunsOn::Reward(id), &effects).await?;
    app.record(&work, Event::RewardScreened { reward: id, report });
    work.commit().await
}

/// The case that was decided on the report's facts.
async fn case_of(work: &Work, report: &Report, named: Option<CaseId>) -> Result<Case, AppError> {
    if let ReportState::ClosedPenalty { case } = report.state {
        if named.is_some_and(|named| named != case) {
            return Err(Refusal::on(Code::FieldFormat, "caseId").into());
        }
        return store::cases::get(work, &Actor::System, case).await;
    }
    let Some(named) = named else {
        return Err(Refusal::of(Code::CaseNotDecided).into());
    };
    let case = store::cases::get(work, &Actor::System, named).await?;
    let is_same_party = report.merchant == Some(case.merchant);
    let is_before_decision = case
        .decision()
        .is_some_and(|decision| report.received_at < decision.at);
    if is_same_party && case.division == report.division && is_before_decision {
        Ok(case)
    } else {
        Err(Refusal::on(Code::NotFound, "caseId").into())
    }
}
