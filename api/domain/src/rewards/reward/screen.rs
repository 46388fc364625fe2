//! From the closed case to the application, or to an early end.

use chrono::{DateTime, NaiveDate, Utc};

use super::{APPLY, Application, Eligible, Reward, RewardState, Setting, TELL, within};
use crate::event::Event;
use crate::id::ReportId;
use crate::law::calendar::shanghai_date;
use crate::law::effect::ClockEffect;
use crate::notices::paper::Paper;
use crate::policy::{Action, Permit};
use crate::refusal::{Code, Refusal};
use crate::rewards::eligibility::{Check, Checked, Ruled, ScopeFinding, ScopeRuling, is_earlier};
use crate::rewards::scheme::WindowKind;
use crate::rewards::screening::ScreeningOutcome;
use crate::step::Step;

impl Reward {
    /// The first step: what screening said opens the time for telling the reporter, counted from
    /// the closing of the case or the prosecution (article 15).
    #[must_use]
    pub fn screened(self, opened_on: NaiveDate) -> Step<Self> {
        let start = ClockEffect::Start {
            rule: TELL,
            opened_on,
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
        let ruled = self.ruling()?;
        check.coherent()?;
        let (now, on) = (setting.now, setting.today());
        let happened = |reward, report| Event::RewardChecked { reward, report };
        let checked = Checked {
            check,
            ruled,
            by,
            at: now,
        };
        if !checked.check.exclusions.is_empty() {
            let lapse = vec![ClockEffect::Lapse { rule: TELL, on }];
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
    pub(super) fn came_after(&self, earlier: ReportId, setting: &Setting) -> Result<(), Refusal> {
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

    /// A head, who did not screen it, says whether the violation is of a kind that is rewarded (article 3). That is asked
    /// exactly where the law data could not tell, and once.
    pub(super) fn rule_on_scope(
        self,
        permit: &Permit,
        ruling: ScopeRuling,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        let by = permit.person(Action::DecideReward)?;
        let is_asked = self.screening.outcome == ScreeningOutcome::NeedsOfficer;
        if self.state != RewardState::Screening || !is_asked {
            return Err(self.wrong_state());
        }
        if by == self.screened_by {
            return Err(Refusal::of(Code::RewardScreenerExcluded));
        }
        ruling.coherent()?;
        let on = setting.today();
        let finding = ruling.finding;
        let ruled = Ruled {
            ruling,
            by,
            at: setting.now,
        };
        let (state, clocks) = match finding {
            ScopeFinding::InScope => (RewardState::InScope(ruled), Vec::new()),
            ScopeFinding::NotInScope => (
                RewardState::NotInScope(Some(ruled)),
                vec![ClockEffect::Lapse { rule: TELL, on }],
            ),
        };
        Ok(
            self.moved(state, clocks, |reward, report| Event::RewardScopeRuled {
                reward,
                report,
            }),
        )
    }

    /// The head's word, where one is needed. Nobody checks the reporter of what may be out of scope.
    fn ruling(&self) -> Result<Option<Ruled>, Refusal> {
        match (&self.state, self.screening.outcome) {
            (RewardState::InScope(ruled), _) => Ok(Some(ruled.clone())),
            (RewardState::Screening, ScreeningOutcome::NeedsOfficer) => {
                Err(Refusal::of(Code::RewardScopeUndecided))
            }
            (RewardState::Screening, _) => Ok(None),
            _ => Err(self.wrong_state()),
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
