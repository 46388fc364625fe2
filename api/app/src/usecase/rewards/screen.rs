//! Screening the reward for a report whose case is decided, or was for the police.

use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    store,
    usecase::{cases, office, step},
    work::{Begun, Work},
};
use chrono::NaiveDate;
use liangxin_domain::{
    actor::Actor,
    cases::case::Case,
    id::{CaseId, CommandId, ReportId, RewardId},
    law::calendar::shanghai_date,
    money::Fen,
    places::division::DivisionCode,
    policy::{Action, permit},
    refusal::{Code, Refusal},
    reports::{report::Report, state::ReportState},
    rewards::{
        reward::{Reward, RewardState},
        screening::{self, CaseFacts, Liability, MajorFinding, ReporterKind, Screening, facts_of},
    },
};

/// What an officer says about a report to be screened.
#[derive(Debug, serde::Serialize)]
pub struct Request {
    /// The report.
    pub report: ReportId,
    /// For a report without a case of its own: the case that was decided on the same merchant.
    pub case: Option<CaseId>,
    /// What makes the violation major besides money.
    pub found: Vec<MajorFinding>,
    /// For a report whose case went to the police.
    pub liability: Option<Liability>,
}

/// How a case ended, as far as a reward rests on it.
struct Ended {
    on: NaiveDate,
    sanction: Fen,
    found: Vec<MajorFinding>,
}

/// Screens a reward under the scheme that was in force on the day of the decision. Whoever worked
/// on the case may not. A report without a case of its own may name the one that was decided on the
/// same merchant: that is how several reporters of one case come in.
pub async fn screen(
    app: &App,
    caller: &Caller,
    id: RewardId,
    request: Request,
) -> Result<(), AppError> {
    let write = CommandId::new(id.uuid());
    let command = app.write(write, "ScreenReward", id.uuid(), &request)?;
    let Begun::Fresh(work) = app.begin(&caller.actor, &command).await? else {
        return Ok(());
    };
    let report = store::reports::get(&work, &caller.actor, request.report).await?;
    let case = case_of(&work, &report, request.case).await?;
    // The office that has the case pays: its reward officers do not work on those of others.
    let stake = cases::stake(&caller.actor, &case);
    let facts = office::facts(&work, &caller.actor, &case.division, stake).await?;
    let by = permit(&caller.actor, Action::ScreenReward, facts)?.person(Action::ScreenReward)?;
    let ended = ended(&report, &case, request, work.today())?;
    let first = Reward {
        id,
        report: report.id,
        case: case.id,
        division: case.division,
        case_decided_on: ended.on,
        screening: judge(app, report.division, &ended)?,
        major_facts: ended.found,
        screened_by: by,
        screened_at: work.now(),
        state: RewardState::Screening,
        version: 1,
    };
    let screened = first.screened();
    store::rewards::insert(&work, &screened.after).await?;
    step::tell(app, &work, screened).await?;
    work.commit().await
}

/// What the case came to. One that the police got has no decision of this bureau: it ends with the
/// criminal liability, and without any money that a reward could be a share of.
fn ended(
    report: &Report,
    case: &Case,
    request: Request,
    today: NaiveDate,
) -> Result<Ended, Refusal> {
    let mut found = request.found;
    let (on, sanction) = match (&report.state, request.liability) {
        (ReportState::Transferred(transfer), Some(liability)) => {
            let on = liability.established_on;
            found.push(liability.found(transfer, today)?);
            (on, Fen::ZERO)
        }
        (_, Some(_)) => return Err(Refusal::on(Code::FieldFormat, "liability")),
        (_, None) => {
            let decision = case.file.decision.as_ref();
            let decision = decision.ok_or(Refusal::of(Code::CaseNotDecided))?;
            if case.standing().is_none() {
                return Err(Refusal::of(Code::DecisionAnnulled));
            }
            if case.file.closed.is_none() {
                return Err(Refusal::of(Code::CaseNotClosed));
            }
            (shanghai_date(decision.made.at), case.sum())
        }
    };
    Ok(Ended {
        on,
        sanction,
        found,
    })
}

/// What the schemes in force on that day say.
fn judge(app: &App, division: DivisionCode, ended: &Ended) -> Result<Screening, AppError> {
    let place = Some(division);
    let schemes = &app.law.schemes;
    let general = schemes.scheme_on(place, ended.on);
    let general = general.map_err(|e| AppError::internal("find the reward scheme", e))?;
    // The form is for people; an organisation would have to say so, and has no field to do it.
    let facts = CaseFacts {
        sanction: ended.sanction,
        major_facts: facts_of(&ended.found)?,
        reporter: ReporterKind::NaturalPerson,
    };
    let supplement = schemes.supplement_on(place, ended.on);
    Ok(screening::screen_with_supplement(
        general, supplement, &facts,
    ))
}

/// The case that was decided on the report's facts.
async fn case_of(work: &Work, report: &Report, named: Option<CaseId>) -> Result<Case, AppError> {
    let own = match &report.state {
        ReportState::ClosedPenalty { case } => Some(*case),
        ReportState::Transferred(transfer) => Some(transfer.case),
        _ => None,
    };
    if let Some(own) = own {
        if named.is_some_and(|named| named != own) {
            return Err(Refusal::on(Code::FieldFormat, "caseId").into());
        }
        return store::cases::get(work, &Actor::System, own).await;
    }
    let Some(named) = named else {
        return Err(Refusal::of(Code::CaseNotDecided).into());
    };
    let case = store::cases::get(work, &Actor::System, named).await?;
    let is_same_party = report.merchant == Some(case.merchant);
    let decision = case.file.decision.as_ref();
    let is_before_decision = decision.is_some_and(|decision| report.received_at < decision.made.at);
    if is_same_party && case.division.contains(&report.division) && is_before_decision {
        Ok(case)
    } else {
        Err(Refusal::on(Code::NotFound, "caseId").into())
    }
}
