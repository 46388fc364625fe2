//! The decision, telling it, and the review after an objection. Whoever graded does neither decide
//! nor review.

use chrono::{DateTime, Utc};

use super::grade::{check_uplift, graded};
use super::{
    CLAIM, Consent, Decision, Extension, Graded, OBJECT, Objection, Review, Reward, RewardState,
    Setting, Told, within,
};
use crate::event::Event;
use crate::law::calendar::shanghai_date;
use crate::law::effect::ClockEffect;
use crate::notices::paper::Paper;
use crate::policy::{Action, Permit};
use crate::refusal::{Code, Refusal};
use crate::rewards::award::{Finance, work_out};
use crate::rewards::command::Proposal;
use crate::rewards::scheme::WindowKind;
use crate::step::Step;
use crate::text::Narrative;

impl Reward {
    /// The head decides. If others were awarded something for the case in between, the sum is no
    /// longer what the scheme says, and it has to be graded again.
    pub(super) fn decide(
        self,
        permit: &Permit,
        opinion: Narrative,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        let by = permit.person(Action::DecideReward)?;
        if let Some(graded) = self.state.graded() {
            let terms = &setting.terms()?.terms;
            graded.still_rests(setting)?;
            if work_out(terms, &graded.grading, setting.others)? != graded.award {
                return Err(Refusal::of(Code::Stale));
            }
        }
        let (graded, consent) = self.ready_to_decide()?;
        if graded.by == by {
            return Err(Refusal::of(Code::RewardGraderCannotApprove));
        }
        let state = RewardState::Decided(Box::new(Decision {
            graded,
            consent,
            opinion,
            by,
            at: setting.now,
        }));
        Ok(
            self.moved(state, Vec::new(), |reward, report| Event::RewardDecided {
                reward,
                report,
            }),
        )
    }

    fn ready_to_decide(&self) -> Result<(Graded, Option<Consent>), Refusal> {
        match &self.state {
            RewardState::Graded(graded) if graded.award.finance == Finance::NotNeeded => {
                Ok((Graded::clone(graded), None))
            }
            RewardState::FinancePending(graded, Some(consent)) => {
                Ok((Graded::clone(graded), Some(consent.clone())))
            }
            RewardState::Graded(_) | RewardState::FinancePending(_, None) => {
                Err(Refusal::of(Code::RewardFinanceRequired))
            }
            _ => Err(self.wrong_state()),
        }
    }

    /// The reporter is told; the time to claim and the time to object begin (articles 18 and 19).
    pub(super) fn tell(self, permit: &Permit, setting: &Setting) -> Result<Step<Self>, Refusal> {
        permit.person(Action::GradeReward)?;
        setting.terms()?;
        let RewardState::Decided(decision) = &self.state else {
            return Err(self.wrong_state());
        };
        let opened_on = setting.today();
        let state = RewardState::NotifiedDecision(Box::new(Told {
            decision: Decision::clone(decision),
            at: setting.now,
            claim_by: setting.due(WindowKind::Claim, opened_on),
            object_by: setting.due(WindowKind::Objection, opened_on),
            extension: None,
            review: None,
            voided: None,
        }));
        let effects = [CLAIM, OBJECT].map(|rule| ClockEffect::Start { rule, opened_on });
        let told = |reward, report| Event::RewardTold { reward, report };
        Ok(Step {
            paper: Some(Paper::RewardDecisionNotice),
            ..self.moved(state, effects.to_vec(), told)
        })
    }

    /// The reporter objects to the sum; the time to claim begins anew when the review is told.
    pub(super) fn object(
        self,
        permit: &Permit,
        words: Narrative,
        now: DateTime<Utc>,
    ) -> Result<Step<Self>, Refusal> {
        permit.allows(Action::PursueReward)?;
        let RewardState::NotifiedDecision(told) = &self.state else {
            return Err(self.wrong_state());
        };
        if told.review.is_some() {
            return Err(Refusal::of(Code::RewardReviewedBefore));
        }
        let on = shanghai_date(now);
        within(on, told.object_by)?;
        let state = RewardState::UnderReview(told.clone(), Objection { words, at: now });
        let effects = vec![
            ClockEffect::Satisfy { rule: OBJECT, on },
            ClockEffect::Lapse { rule: CLAIM, on },
        ];
        Ok(
            self.moved(state, effects, |reward, report| Event::RewardObjected {
                reward,
                report,
            }),
        )
    }

    /// Somebody else than who graded reviews the sum, and the reporter is told again. A new grade
    /// that needs the finance department stands only on a consent that is there.
    pub(super) fn review(
        self,
        permit: &Permit,
        (opinion, grading): (Narrative, Option<Proposal>),
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        let by = permit.person(Action::ReviewReward)?;
        setting.terms()?;
        let regraded = match (self.state.graded(), grading) {
            (Some(before), Some(proposal)) => {
                let application = before.application.clone();
                Some(graded(application, proposal, by, setting)?)
            }
            _ => None,
        };
        let RewardState::UnderReview(told, objection) = &self.state else {
            return Err(self.wrong_state());
        };
        let mut told = Told::clone(told);
        if told.decision.graded.by == by {
            return Err(Refusal::of(Code::RewardGraderCannotApprove));
        }
        let before = told.decision.graded.award.clone();
        if let Some(graded) = regraded {
            check_uplift(&graded)?;
            let is_covered = told.decision.consent.is_some();
            if graded.award.finance == Finance::Needed && !is_covered {
                return Err(Refusal::of(Code::RewardFinanceRequired));
            }
            told.decision.graded = graded;
        }
        told.review = Some(Review {
            objection: objection.clone(),
            before,
            opinion,
            by,
            at: setting.now,
        });
        let opened_on = setting.today();
        told.at = setting.now;
        told.claim_by = setting.due(WindowKind::Claim, opened_on);
        told.extension = None;
        let start = ClockEffect::Start {
            rule: CLAIM,
            opened_on,
        };
        let state = RewardState::NotifiedDecision(Box::new(told));
        let reviewed = |reward, report| Event::RewardReviewed { reward, report };
        Ok(Step {
            paper: Some(Paper::RewardReviewNotice),
            ..self.moved(state, vec![start], reviewed)
        })
    }

    /// The time to claim is extended once, for a good reason, before it is over.
    pub(super) fn extend(
        self,
        permit: &Permit,
        reason: Narrative,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        let by = permit.person(Action::GradeReward)?;
        let windows = &setting.terms()?.terms.windows;
        if !windows
            .iter()
            .any(|window| window.kind == WindowKind::ClaimExtension)
        {
            return Err(Refusal::of(Code::RewardTermsUnknown));
        }
        let RewardState::NotifiedDecision(told) = &self.state else {
            return Err(self.wrong_state());
        };
        let mut told = Told::clone(told);
        if told.extension.is_some() {
            return Err(Refusal::of(Code::RewardExtended));
        }
        let on = setting.today();
        within(on, told.claim_by)?;
        let due = |last| setting.due(WindowKind::ClaimExtension, last);
        told.claim_by = told.claim_by.and_then(due);
        told.extension = Some(Extension {
            reason,
            by,
            at: setting.now,
        });
        let extend = ClockEffect::Extend {
            rule: CLAIM,
            by,
            on,
        };
        let state = RewardState::NotifiedDecision(Box::new(told));
        Ok(self.moved(state, vec![extend], |reward, report| {
            Event::RewardClaimExtended { reward, report }
        }))
    }
}
