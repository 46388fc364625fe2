//! From the application to the sum, and to the finance department where it decides too.

use super::{Application, Consent, Graded, Moved, Reward, RewardChange, RewardState};
use crate::policy::{Action, Permit};
use crate::refusal::{Code, Refusal};
use crate::rewards::award::Finance;
use crate::rewards::eligibility::Standing;

impl Reward {
    /// The application that a grade rests on. A grade that came back may be replaced until it is
    /// decided.
    pub fn application(&self) -> Result<&Application, Refusal> {
        match &self.state {
            RewardState::Applied(application) => Ok(application),
            RewardState::Graded(graded) | RewardState::FinancePending(graded, _) => {
                Ok(&graded.application)
            }
            _ => Err(self.wrong_state()),
        }
    }

    /// A reward officer grades the report (articles 11 and 12).
    pub fn grade(self, permit: &Permit, graded: Graded) -> Result<Moved, Refusal> {
        permit.person(Action::GradeReward)?;
        self.application()?;
        check_uplift(&graded)?;
        let state = RewardState::Graded(Box::new(graded));
        Ok(self.moved(state, Vec::new(), RewardChange::Graded))
    }

    /// The sum or an insider's uplift needs the finance department (articles 12 and 13).
    pub fn refer_to_finance(self, permit: &Permit) -> Result<Moved, Refusal> {
        permit.person(Action::GradeReward)?;
        match &self.state {
            RewardState::Graded(graded) if graded.award.finance == Finance::Needed => {
                let state = RewardState::FinancePending(graded.clone(), None);
                Ok(self.moved(state, Vec::new(), RewardChange::ReferredToFinance))
            }
            _ => Err(self.wrong_state()),
        }
    }

    /// The finance department's paper came.
    pub fn consent(self, permit: &Permit, consent: Consent) -> Result<Moved, Refusal> {
        permit.person(Action::GradeReward)?;
        match &self.state {
            RewardState::FinancePending(graded, None) => {
                let state = RewardState::FinancePending(graded.clone(), Some(consent));
                Ok(self.moved(state, Vec::new(), RewardChange::FinanceConsented))
            }
            _ => Err(self.wrong_state()),
        }
    }
}

/// Only an insider's reward is raised.
pub(super) fn check_uplift(graded: &Graded) -> Result<(), Refusal> {
    let standing = graded.application.eligible.checked.check.standing;
    if graded.grading.uplift.is_some() && standing != Standing::Insider {
        return Err(Refusal::on(Code::RewardSum, "insiderUpliftBasisPoints").with("0"));
    }
    Ok(())
}
