//! From the closed case to the application, or to an early end.

use chrono::{DateTime, Utc};

use super::{APPLY, Application, Eligible, Reward, RewardState, Ruled, Setting, TELL, within};
use crate::event::Event;
use crate::id::ReportId;
use crate::law::calendar::shanghai_date;
use crate::law::effect::ClockEffect;
use crate::notices::paper::Paper;
use crate::policy::{Action, Permit};
use crate::refusal::{Code, Refusal};
use crate::rewards::eligibility::{Check, Checked, ScopeFinding, ScopeRuling, is_earlier};
use crate::rewards::scheme::WindowKind;
use crate::rewards::screening::ScreeningOutcome;
use crate::step::Step;

impl Reward {
    /// The first step: what screening said opens the time for telling the reporter, counted from
    /// the decision on the case (article 15).
    #[must_use]
    pub fn screened(self) -> Step<Self> {
        let start = ClockEffect::Start {
            rule: TELL,
            opened_on: self.case_decided_on,
        };
        let (state, clocks) = match self.screening.outcome {
            ScreeningOutcome::NotInScope => (RewardState::NotInScope(None), Vec::new()),
            _ => (RewardState::Screening, vec![start]),
        };
        self.moved(state, clocks, |reward, report| Event::RewardScreened {
            reward,
            report,
        })
    }

    /// A reward officer checks the reporter. Whoever is eligible is told by the same step.
    pub(super) fn check(
        self,
        permit: &Permit,
        check: Check,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        let by = permit.person(Action::GradeReward)?;
        for earlier in check.exclusions.iter().filter_map(|found| found.earlier) {
            self.came_after(earlier, setting)?;
        }
        if self.state != RewardState::Screening {
            return Err(self.wrong_state());
        }
        check.coherent()?;
        self.fits_screening(check.scope.as_ref())?;
        let (now, on) = (setting.now, setting.today());
        let happened = |reward, report| Event::RewardChecked { reward, report };
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
            return Ok(self.moved(state, lapse, happened));
        }
        let checked = Checked { check, by, at: now };
        if !checked.check.exclusions.is_empty() {
            let state = RewardState::Ineligible(checked);
            return Ok(self.moved(state, lapse, happened));
        }
        let effects = vec![
            ClockEffect::Satisfy { rule: TELL, on },
            ClockEffect::Start {
                rule: APPLY,
                opened_on: on,
            },
        ];
        let apply_by = setting.due(WindowKind::Apply, on);
        let state = RewardState::NotifiedEligible(Eligible { checked, apply_by });
        Ok(Step {
            paper: Some(Paper::RewardEligibleNotice),
            ..self.moved(state, effects, happened)
        })
    }

    /// Refuses an earlier report that is not earlier, or not on the same case.
    fn came_after(&self, earlier: ReportId, setting: &Setting) -> Result<(), Refusal> {
        let lead = |report| setting.leads.get(&report).copied();
        match (lead(earlier), lead(self.report)) {
            (Some(other), Some(own))
                if other.case == Some(self.case)
                    && is_earlier((other.received_at, earlier), (own.received_at, self.report)) =>
            {
                Ok(())
            }
            _ => Err(Refusal::on(Code::RewardReportNotEarlier, "exclusions")),
        }
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
    pub(super) fn apply(self, permit: &Permit, now: DateTime<Utc>) -> Result<Step<Self>, Refusal> {
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
        Ok(
            self.moved(state, done, |reward, report| Event::RewardApplied {
                reward,
                report,
            }),
        )
    }
}
