//! From the closed case to the application, or to an early end.

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    APPLY, Application, Eligible, Moved, Reward, RewardChange, RewardState, Ruled, TELL, within,
};
use crate::law::calendar::shanghai_date;
use crate::law::effect::ClockEffect;
use crate::policy::{Action, Permit};
use crate::refusal::{Code, Refusal};
use crate::rewards::eligibility::{Check, Checked, ScopeFinding, ScopeRuling};
use crate::rewards::screening::ScreeningOutcome;

impl Reward {
    /// The first step: what screening said opens the time for telling the reporter, counted from
    /// the decision on the case (article 15).
    #[must_use]
    pub fn screened(mut self) -> Moved {
        if self.screening.outcome == ScreeningOutcome::NotInScope {
            self.state = RewardState::NotInScope(None);
            let state = self.state.clone();
            return self.moved(state, Vec::new(), RewardChange::Screened);
        }
        let start = ClockEffect::Start {
            rule: TELL,
            opened_on: self.case_decided_on,
        };
        self.moved(RewardState::Screening, vec![start], RewardChange::Screened)
    }

    /// A reward officer checks the reporter. Whoever is eligible is told by the same step.
    pub fn check(
        self,
        permit: &Permit,
        check: Check,
        (now, apply_by): (DateTime<Utc>, Option<NaiveDate>),
    ) -> Result<Moved, Refusal> {
        let by = permit.person(Action::GradeReward)?;
        if self.state != RewardState::Screening {
            return Err(self.wrong_state());
        }
        check.coherent()?;
        self.fits_screening(check.scope.as_ref())?;
        let on = shanghai_date(now);
        let lapse = vec![ClockEffect::Lapse { rule: TELL, on }];
        if let Some(ruling) = &check.scope
            && ruling.finding == ScopeFinding::NotInScope
        {
            let ruled = Ruled {
                ruling: ruling.clone(),
                by,
                at: now,
            };
            let state = RewardState::NotInScope(Some(ruled));
            return Ok(self.moved(state, lapse, RewardChange::Checked));
        }
        let checked = Checked { check, by, at: now };
        if !checked.check.exclusions.is_empty() {
            let state = RewardState::Ineligible(checked);
            return Ok(self.moved(state, lapse, RewardChange::Checked));
        }
        let effects = vec![
            ClockEffect::Satisfy { rule: TELL, on },
            ClockEffect::Start {
                rule: APPLY,
                opened_on: on,
            },
        ];
        let state = RewardState::NotifiedEligible(Eligible { checked, apply_by });
        Ok(self.moved(state, effects, RewardChange::Checked))
    }

    /// An officer's word on the scope is needed exactly where the law data could not tell.
    fn fits_screening(&self, scope: Option<&ScopeRuling>) -> Result<(), Refusal> {
        match (self.screening.outcome, scope) {
            (ScreeningOutcome::NeedsOfficer, None) => {
                Err(Refusal::on(Code::RewardScopeUndecided, "scope"))
            }
            (ScreeningOutcome::NeedsOfficer, Some(_)) | (_, None) => Ok(()),
            (_, Some(_)) => Err(Refusal::on(Code::FieldFormat, "scope")),
        }
    }

    /// The reporter applies.
    pub fn apply(self, permit: &Permit, now: DateTime<Utc>) -> Result<Moved, Refusal> {
        permit.allows(Action::PursueReward)?;
        let RewardState::NotifiedEligible(eligible) = &self.state else {
            return Err(self.wrong_state());
        };
        let on = shanghai_date(now);
        within(on, eligible.apply_by)?;
        let state = RewardState::Applied(Application {
            eligible: eligible.clone(),
            at: now,
        });
        let done = vec![ClockEffect::Satisfy { rule: APPLY, on }];
        Ok(self.moved(state, done, RewardChange::Applied))
    }
}
