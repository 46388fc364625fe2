//! The decision, telling it, and the review after an objection. Whoever graded does neither decide
//! nor review.

use chrono::{DateTime, NaiveDate, Utc};

use super::grade::check_uplift;
use super::{
    CLAIM, Consent, Decision, Extension, Graded, Moved, OBJECT, Objection, Review, Reward,
    RewardChange, RewardState, Told, within,
};
use crate::law::calendar::shanghai_date;
use crate::law::effect::ClockEffect;
use crate::policy::{Action, Permit};
use crate::refusal::{Code, Refusal};
use crate::rewards::award::Finance;
use crate::text::Narrative;

impl Reward {
    /// The head decides.
    pub fn decide(
        self,
        permit: &Permit,
        opinion: Narrative,
        now: DateTime<Utc>,
    ) -> Result<Moved, Refusal> {
        let by = permit.person(Action::DecideReward)?;
        let (graded, consent) = self.ready_to_decide()?;
        if graded.by == by {
            return Err(Refusal::of(Code::RewardGraderCannotApprove));
        }
        let state = RewardState::Decided(Box::new(Decision {
            graded,
            consent,
            opinion,
            by,
            at: now,
        }));
        Ok(self.moved(state, Vec::new(), RewardChange::Decided))
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
    pub fn tell(
        self,
        permit: &Permit,
        now: DateTime<Utc>,
        (claim_by, object_by): (Option<NaiveDate>, Option<NaiveDate>),
    ) -> Result<Moved, Refusal> {
        permit.person(Action::GradeReward)?;
        let RewardState::Decided(decision) = &self.state else {
            return Err(self.wrong_state());
        };
        let state = RewardState::NotifiedDecision(Box::new(Told {
            decision: Decision::clone(decision),
            at: now,
            claim_by,
            object_by,
            extension: None,
            review: None,
        }));
        let opened_on = shanghai_date(now);
        let effects = [CLAIM, OBJECT].map(|rule| ClockEffect::Start { rule, opened_on });
        Ok(self.moved(state, effects.to_vec(), RewardChange::Told))
    }

    /// The reporter objects to the sum; the time to claim begins anew when the review is told.
    pub fn object(
        self,
        permit: &Permit,
        words: Narrative,
        now: DateTime<Utc>,
    ) -> Result<Moved, Refusal> {
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
        Ok(self.moved(state, effects, RewardChange::Objected))
    }

    /// Somebody else than who graded reviews the sum, and the reporter is told again. A new grade
    /// that needs the finance department stands only on a consent that is there.
    pub fn review(
        self,
        permit: &Permit,
        (opinion, regraded): (Narrative, Option<Graded>),
        (now, claim_by): (DateTime<Utc>, Option<NaiveDate>),
    ) -> Result<Moved, Refusal> {
        let by = permit.person(Action::ReviewReward)?;
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
            at: now,
        });
        told.at = now;
        told.claim_by = claim_by;
        told.extension = None;
        let start = ClockEffect::Start {
            rule: CLAIM,
            opened_on: shanghai_date(now),
        };
        let state = RewardState::NotifiedDecision(Box::new(told));
        Ok(self.moved(state, vec![start], RewardChange::Reviewed))
    }

    /// The time to claim is extended once, for a good reason, before it is over.
    pub fn extend(
        self,
        permit: &Permit,
        reason: Narrative,
        (now, claim_by): (DateTime<Utc>, Option<NaiveDate>),
    ) -> Result<Moved, Refusal> {
        let by = permit.person(Action::GradeReward)?;
        let RewardState::NotifiedDecision(told) = &self.state else {
            return Err(self.wrong_state());
        };
        let mut told = Told::clone(told);
        if told.extension.is_some() {
            return Err(Refusal::of(Code::RewardExtended));
        }
        let on = shanghai_date(now);
        within(on, told.claim_by)?;
        told.claim_by = claim_by;
        told.extension = Some(Extension {
            reason,
            by,
            at: now,
        });
        let extend = ClockEffect::Extend {
            rule: CLAIM,
            by,
            on,
        };
        let state = RewardState::NotifiedDecision(Box::new(told));
        Ok(self.moved(state, vec![extend], RewardChange::ClaimExtended))
    }
}
