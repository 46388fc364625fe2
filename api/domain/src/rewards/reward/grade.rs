//! From the application to the sum, and to the finance department where it decides too.

use super::end::claim_lapses;
use super::{Application, Consent, Graded, Reward, RewardState, Setting, TermsOf};
use crate::event::Event;
use crate::id::UserId;
use crate::law::calendar::shanghai_date;
use crate::policy::{Action, Permit};
use crate::refusal::{Code, Refusal};
use crate::rewards::award::{Finance, Grading, work_out};
use crate::rewards::command::Proposal;
use crate::rewards::eligibility::ReporterStanding;
use crate::step::Step;

impl Reward {
    /// The application that a grade rests on. A grade that came back may be replaced until it is
    /// decided; after that only if the decision of the case has other sums by now, until the money is with finance.
    fn application(&self, setting: &Setting) -> Result<&Application, Refusal> {
        match &self.state {
            RewardState::Applied(application) => Ok(application),
            RewardState::Graded(graded) | RewardState::FinancePending(graded, _) => {
                Ok(&graded.application)
            }
            state if state.is_decided_and_here() && self.is_outdated(setting) => {
                let graded = state.graded().map(|graded| &graded.application);
                graded.ok_or_else(|| self.wrong_state())
            }
            _ => Err(self.wrong_state()),
        }
    }

    /// A reward officer grades the report (articles 11 and 12).
    pub(super) fn grade(
        self,
        permit: &Permit,
        proposal: Proposal,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        let by = permit.person(Action::GradeReward)?;
        let application = self.application(setting)?.clone();
        let lapsed = match &self.state {
            RewardState::NotifiedDecision(told) => claim_lapses(told, setting.now),
            _ => Vec::new(),
        };
        let graded = graded(application, proposal, by, setting)?;
        check_uplift(&graded)?;
        let state = RewardState::Graded(Box::new(graded));
        Ok(
            self.moved(state, lapsed, |reward, report| Event::RewardGraded {
                reward,
                report,
            }),
        )
    }

    /// The sum or an insider's uplift needs the finance department (articles 12 and 13).
    pub(super) fn refer_to_finance(self, permit: &Permit) -> Result<Step<Self>, Refusal> {
        permit.person(Action::GradeReward)?;
        match &self.state {
            RewardState::Graded(graded) if graded.award.finance == Finance::Needed => {
                let state = RewardState::FinancePending(graded.clone(), None);
                Ok(self.moved(state, Vec::new(), |reward, report| {
                    Event::RewardReferredToFinance { reward, report }
                }))
            }
            _ => Err(self.wrong_state()),
        }
    }

    /// The finance department's paper came.
    pub(super) fn consent(self, consent: Consent) -> Result<Step<Self>, Refusal> {
        if consent.dated > shanghai_date(consent.at) {
            return Err(Refusal::on(Code::TimeInFuture, "dated"));
        }
        match &self.state {
            RewardState::FinancePending(graded, None) => {
                let state = RewardState::FinancePending(graded.clone(), Some(consent));
                Ok(self.moved(state, Vec::new(), |reward, report| {
                    Event::RewardFinanceConsented { reward, report }
                }))
            }
            _ => Err(self.wrong_state()),
        }
    }
}

/// Works out the sum by the terms in force, with what others were awarded for the case.
pub(super) fn graded(
    application: Application,
    proposal: Proposal,
    by: UserId,
    setting: &Setting,
) -> Result<Graded, Refusal> {
    let TermsOf { scheme, terms } = setting.terms()?;
    let Proposal {
        grade,
        rests,
        adjusted_to,
        uplift,
        facts,
        reason,
    } = proposal;
    let grading = Grading {
        grade,
        matched: setting.taken.matched(&rests, &terms.base)?,
        adjusted_to,
        uplift,
    };
    let others = setting.others;
    Ok(Graded {
        award: work_out(terms, &grading, others)?,
        application,
        grading,
        rests,
        facts,
        reason,
        others,
        terms_of: scheme.clone(),
        by,
        at: setting.now,
    })
}

/// Only an insider's reward is raised.
pub(super) fn check_uplift(graded: &Graded) -> Result<(), Refusal> {
    let standing = graded.application.eligible.checked.check.standing;
    if graded.grading.uplift.is_some() && standing != ReporterStanding::Insider {
        return Err(Refusal::on(Code::RewardSum, "insiderUpliftBasisPoints").with("0"));
    }
    Ok(())
}
