//! Screening the reward for a report whose case is closed, or was prosecuted.

use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    store,
    usecase::{cases, matter::Matter, office, step, step::Written},
    work::{Begun, Work},
};
use chrono::NaiveDate;
use liangxin_domain::{
    actor::Actor,
    cases::case::Case,
    id::{CaseId, CommandId, ReportId, RewardId},
    law::calendar::shanghai_date,
    places::division::DivisionCode,
    policy::{Action, permit},
    refusal::{Code, Refusal},
    reports::{
        report::Report,
        state::{Receiver, ReportState},
    },
    rewards::{
        reward::{Reward, RewardState},
        scheme::{ConfiscatedGoods, RewardScheme},
        screening::{
            self, CaseFacts, MajorFinding, ReporterKind, Screening, crime_on_record, facts_of,
            no_crime_by_word,
        },
        taken::Taken,
        words,
    },
};

/// What an officer says about a report to be screened.
#[derive(Debug, serde::Serialize)]
pub struct Request {
    /// The report.
    pub report: ReportId,
    /// For a report without a case of its own: the case that was decided on the same merchant.
    pub case: Option<CaseId>,
    /// What makes the violation major besides money and a crime.
    pub found: Vec<MajorFinding>,
}

/// How a case ended, as far as a reward rests on it.
struct Ended {
    /// The day whose edition of the scheme counts.
    on: NaiveDate,
    /// The day that opens the time to tell the reporter.
    opens_on: NaiveDate,
    taken: Taken,
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
) -> Result<Written, AppError> {
    let write = CommandId::new(id.uuid());
    let command = app.write(write, "ScreenReward", id.uuid(), &request)?;
    let Begun::Fresh(work) = app.begin(&caller.actor, &command).await? else {
        return Ok(Written::Before);
    };
    let report = store::reports::get(&work, &caller.actor, request.report).await?;
    let case = case_of(&work, &report, request.case).await?;
    // The office that has the case pays: its reward officers do not work on those of others.
    let stake = cases::stake(&caller.actor, &case);
    let facts = office::facts(&work, &caller.actor, &case.division, stake).await?;
    let by = permit(&caller.actor, Action::ScreenReward, facts)?.person(Action::ScreenReward)?;
    let matter = Matter::of_case(&case);
    matter.check_own(&work, &caller.actor).await?;
    if report.found_in.is_some() {
        return Err(Refusal::of(Code::NobodyReported).into());
    }
    words::check_found(&request.found)?;
    let ended = ended(&report, &case, request)?;
    once_per_matter(&work, &case).await?;
    store::rewards::replace_annulled(&work, report.id, case.id).await?;
    let opens_on = ended.opens_on;
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
    let screened = first.screened(opens_on);
    store::rewards::insert(&work, &screened.after).await?;
    step::tell(app, &work, screened).await?;
    work.commit().await?;
    Ok(Written::Now)
}

/// What the case came to: it is closed, or somebody was held criminally liable, as its referral says. The first of both
/// days opens the time to tell the reporter. A prosecution needs no decision of this bureau.
fn ended(report: &Report, case: &Case, request: Request) -> Result<Ended, Refusal> {
    let mut found = request.found;
    no_crime_by_word(&found)?;
    let taken = Taken::by(case);
    let crime = crime_on_record(&case.file)?;
    let prosecuted_on = crime.as_ref().and(taken.liable_on);
    found.extend(crime);
    let decided_on = case.file.decision.as_ref();
    let decided_on = decided_on.map(|decision| shanghai_date(decision.made.at));
    let closed_on = case.file.closed.map(|closed| shanghai_date(closed.at));
    let (on, opens_on) = match (decided_on, closed_on, prosecuted_on) {
        (decided, closed, Some(prosecuted)) => (
            decided.filter(|_| closed.is_some()).unwrap_or(prosecuted),
            closed.map_or(prosecuted, |closed| closed.min(prosecuted)),
        ),
        (None, ..) => return Err(Refusal::of(undecided(report))),
        (Some(_), None, None) => {
            taken.stands()?;
            return Err(Refusal::of(Code::CaseNotClosed));
        }
        (Some(decided), Some(closed), None) => (decided, closed),
    };
    taken.stands()?;
    Ok(Ended {
        on,
        opens_on,
        taken,
        found,
    })
}

/// Why there is nothing to reward yet: what the police got waits for somebody to be held liable.
fn undecided(report: &Report) -> Code {
    match &report.state {
        ReportState::Transferred(transfer) if transfer.to == Receiver::Police => {
            Code::CrimeNotOnRecord
        }
        _ => Code::CaseNotDecided,
    }
}

/// What the schemes in force on that day say.
fn judge(app: &App, division: DivisionCode, ended: &Ended) -> Result<Screening, AppError> {
    let place = Some(division);
    let schemes = &app.law.schemes;
    let general = schemes.scheme_on(place, ended.on);
    let general = general.map_err(|e| AppError::internal("find the reward scheme", e))?;
    let found = facts_of(&ended.found)?;
    let facts = |scheme: &RewardScheme| {
        let terms = schemes.terms_on(&scheme.id, ended.on);
        let goods = terms.map_or(ConfiscatedGoods::Counted, |(_, terms)| {
            terms.base.confiscated_goods
        });
        // The form is for people; an organisation would have to say so, and has no field to do it.
        CaseFacts {
            sanction: ended.taken.sum(goods),
            major_facts: found.clone(),
            reporter: ReporterKind::NaturalPerson,
        }
    };
    let supplement = schemes.supplement_on(place, ended.on);
    Ok(screening::screen_with_supplement(
        (general, &facts(general)),
        supplement.map(|scheme| (scheme, facts(scheme))),
    ))
}

/// A matter is rewarded once (article 9): not again for another case of the same report or visit, nor for the case that came in
/// the place of one whose decision was annulled, though another visit or nobody was behind it.
async fn once_per_matter(work: &Work, case: &Case) -> Result<(), AppError> {
    let rewarded = || Refusal::of(Code::RewardMatterRewarded);
    if store::rewards::is_matter_rewarded(work, case).await? {
        return Err(rewarded().into());
    }
    let mut before = case.basis.told.in_place_of;
    while let Some(former) = before {
        if store::rewards::is_rewarded(work, former).await? {
            return Err(rewarded().into());
        }
        let former = store::cases::get(work, &Actor::System, former).await?;
        before = former.basis.told.in_place_of;
    }
    Ok(())
}

/// The case that was decided on the report's facts.
async fn case_of(work: &Work, report: &Report, named: Option<CaseId>) -> Result<Case, AppError> {
    let own = match &report.state {
        ReportState::ClosedPenalty { case } => Some(*case),
        ReportState::Transferred(transfer) => Some(transfer.case),
        ReportState::Filed(filing) | ReportState::Case(filing) => Some(filing.case),
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
    if is_same_party && case.division.contains(&report.division) && is_before(report, &case) {
        Ok(case)
    } else {
        Err(Refusal::on(Code::NotFound, "caseId").into())
    }
}

/// Whether a report came before the case was decided, or went to the police.
fn is_before(report: &Report, case: &Case) -> bool {
    let decided = case.file.decision.iter().map(|decision| decision.made.at);
    let referrals = case.file.referrals.iter();
    let handed_over = referrals.filter_map(|referral| referral.handed_over.as_ref());
    let first = decided.chain(handed_over.map(|given| given.made.at)).min();
    first.is_some_and(|first| report.received_at < first)
}
