//! What of a reward's state others read: its word, its parts, its open window, its sum.

use chrono::NaiveDate;

use super::{
    Claim, Consent, Decision, Graded, Objection, PayeeCheck, Payment, Reward, RewardState,
    RewardStateKind, TakenBack, Told,
};
use crate::id::PaymentFileId;
use crate::law::calendar::{Calendar, shanghai_date};
use crate::money::Fen;
use crate::rewards::eligibility::{Checked, Ruled};
use crate::rewards::scheme::{RewardTerms, WindowKind};

impl RewardState {
    /// The word for this state.
    #[must_use]
    pub const fn kind(&self) -> RewardStateKind {
        match self {
            Self::Screening | Self::InScope(_) => RewardStateKind::Screening,
            Self::NotInScope(_) => RewardStateKind::NotInScope,
            Self::Ineligible(_) => RewardStateKind::Ineligible,
            Self::NotifiedEligible(_) => RewardStateKind::NotifiedEligible,
            Self::Lapsed(..) => RewardStateKind::Lapsed,
            Self::Applied(_) => RewardStateKind::Applied,
            Self::Graded(_) => RewardStateKind::Graded,
            Self::FinancePending(..) => RewardStateKind::FinancePending,
            Self::Decided(_) => RewardStateKind::Decided,
            Self::NotifiedDecision(_) => RewardStateKind::NotifiedDecision,
            Self::UnderReview(..) => RewardStateKind::UnderReview,
            Self::ClaimRecorded(..) => RewardStateKind::ClaimRecorded,
            Self::Claimed(..) => RewardStateKind::Claimed,
            Self::ClaimContested(..) => RewardStateKind::ClaimContested,
            Self::Forfeited(..) => RewardStateKind::Forfeited,
            Self::Paid(..) => RewardStateKind::Paid,
            Self::Recovering(..) => RewardStateKind::Recovering,
            Self::Recovered(..) => RewardStateKind::Recovered,
            Self::Revoked(..) | Self::Withdrawn(..) => RewardStateKind::Revoked,
        }
    }

    /// Whether the reward is decided and its money neither with finance nor paid.
    #[must_use]
    pub const fn is_decided_and_here(&self) -> bool {
        match self {
            Self::Claimed(_, claim) => claim.handed.is_none(),
            Self::Decided(_)
            | Self::NotifiedDecision(_)
            | Self::UnderReview(..)
            | Self::ClaimRecorded(..)
            | Self::ClaimContested(..) => true,
            _ => false,
        }
    }

    /// What the reporter was told of the decision, once told.
    #[must_use]
    pub fn told(&self) -> Option<&Told> {
        match self {
            Self::NotifiedDecision(told)
            | Self::UnderReview(told, _)
            | Self::ClaimRecorded(told, _)
            | Self::Claimed(told, _)
            | Self::ClaimContested(told, ..)
            | Self::Forfeited(told, _)
            | Self::Paid(told, ..)
            | Self::Recovering(told, ..)
            | Self::Recovered(told, ..) => Some(told),
            _ => None,
        }
    }

    /// The decision, once made.
    #[must_use]
    pub fn decision(&self) -> Option<&Decision> {
        match self {
            Self::Decided(decision) | Self::Revoked(decision, _) => Some(decision),
            _ => self.told().map(|told| &told.decision),
        }
    }

    /// The grade, once given.
    #[must_use]
    pub fn graded(&self) -> Option<&Graded> {
        match self {
            Self::Graded(graded) | Self::FinancePending(graded, _) => Some(graded),
            _ => self.decision().map(|decision| &decision.graded),
        }
    }

    /// The head's word on the scope, where one was given.
    #[must_use]
    pub fn ruled(&self) -> Option<&Ruled> {
        match self {
            Self::InScope(ruled) => Some(ruled),
            Self::NotInScope(ruled) => ruled.as_ref(),
            _ => self.checked()?.ruled.as_ref(),
        }
    }

    /// The check, once made.
    #[must_use]
    pub fn checked(&self) -> Option<&Checked> {
        match self {
            Self::Ineligible(checked) => Some(checked),
            Self::Withdrawn(checked, _) => checked.as_ref(),
            Self::NotifiedEligible(eligible) | Self::Lapsed(eligible, _) => Some(&eligible.checked),
            Self::Applied(application) => Some(&application.eligible.checked),
            _ => self
                .graded()
                .map(|graded| &graded.application.eligible.checked),
        }
    }

    /// The finance department's consent, once it came.
    #[must_use]
    pub fn consent(&self) -> Option<&Consent> {
        match self {
            Self::FinancePending(_, consent) => consent.as_ref(),
            _ => self
                .decision()
                .and_then(|decision| decision.consent.as_ref()),
        }
    }

    /// The payment, once made.
    #[must_use]
    pub const fn payment(&self) -> Option<&Payment> {
        match self {
            Self::Paid(_, _, payment) | Self::Recovering(_, payment, _) => Some(payment),
            _ => None,
        }
    }

    /// Why it was taken back, if it was.
    #[must_use]
    pub const fn taken_back(&self) -> Option<&TakenBack> {
        match self {
            Self::Recovering(_, _, taken)
            | Self::Recovered(_, taken, _)
            | Self::Withdrawn(_, taken)
            | Self::Revoked(_, taken) => Some(taken),
            _ => None,
        }
    }

    /// The claim, once made and until the money is asked back.
    #[must_use]
    pub const fn claim(&self) -> Option<&Claim> {
        match self {
            Self::ClaimRecorded(_, claim)
            | Self::Claimed(_, claim)
            | Self::ClaimContested(_, claim, _)
            | Self::Paid(_, claim, _) => Some(claim),
            _ => None,
        }
    }

    /// The check of the payee, once made.
    #[must_use]
    pub fn payee_check(&self) -> Option<&PayeeCheck> {
        let taken = || self.taken_back()?.payee_check.as_ref();
        let claim = self.claim();
        claim
            .and_then(|claim| claim.payee_check.as_ref())
            .or_else(taken)
    }

    /// Whether a word of the reporter still stops the money.
    #[must_use]
    pub const fn can_object_to_payee(&self) -> bool {
        match self {
            Self::ClaimRecorded(_, claim) | Self::Claimed(_, claim) => {
                claim.upheld.is_none() && claim.handed.is_none()
            }
            _ => false,
        }
    }

    /// What the reporter says against the payee, answered or not.
    #[must_use]
    pub fn payee_objection(&self) -> Option<&Objection> {
        match self {
            Self::ClaimContested(_, _, objection) => Some(objection),
            _ => self
                .claim()?
                .upheld
                .as_ref()
                .map(|upheld| &upheld.objection),
        }
    }

    /// The file by which the payee is with finance, while nobody has paid.
    #[must_use]
    pub fn handed_in(&self) -> Option<PaymentFileId> {
        match self {
            Self::Claimed(_, claim) => claim.handed.as_ref().map(|handed| handed.file),
            _ => None,
        }
    }

    /// The day after whose end the system ends this state.
    #[must_use]
    pub fn closes_after(&self) -> Option<NaiveDate> {
        match self {
            Self::NotifiedEligible(eligible) => eligible.apply_by,
            Self::NotifiedDecision(told) => told.claim_by,
            _ => None,
        }
    }

    /// The windows that are open for the reporter, with their last day where it is known.
    #[must_use]
    pub fn windows(&self) -> Vec<(WindowKind, Option<NaiveDate>)> {
        match self {
            Self::NotifiedEligible(eligible) => vec![(WindowKind::Apply, eligible.apply_by)],
            Self::NotifiedDecision(told) if told.review.is_none() => vec![
                (WindowKind::Claim, told.claim_by),
                (WindowKind::Objection, told.object_by),
            ],
            Self::NotifiedDecision(told) => vec![(WindowKind::Claim, told.claim_by)],
            Self::Claimed(_, claim) if claim.upheld.is_none() && claim.handed.is_none() => {
                vec![(WindowKind::PayeeObjection, claim.object_by)]
            }
            _ => Vec::new(),
        }
    }

    /// What counts against the cap of the case: a decided sum that was not given up or taken back.
    #[must_use]
    pub fn awarded(&self) -> Option<Fen> {
        match self {
            Self::Forfeited(..) | Self::Revoked(..) | Self::Recovered(..) => None,
            _ => self.decision().map(|decision| decision.graded.award.amount),
        }
    }
}

impl Reward {
    /// The same reward with the last days that could not be computed before the calendar of their
    /// year was loaded. Days that are known stay: whoever was told one may rely on it.
    #[must_use]
    pub fn dated(mut self, terms: &RewardTerms, calendar: &Calendar) -> Self {
        let due = |kind, opened_on| terms.due(kind, opened_on, calendar);
        match &mut self.state {
            RewardState::NotifiedEligible(eligible) => {
                let told_on = shanghai_date(eligible.checked.at);
                eligible.apply_by = eligible
                    .apply_by
                    .or_else(|| due(WindowKind::Apply, told_on));
            }
            RewardState::NotifiedDecision(told) => {
                let told_on = shanghai_date(told.at);
                let is_extended = told.extension.is_some();
                let claim_by = || {
                    let last = due(WindowKind::Claim, told_on)?;
                    if is_extended {
                        due(WindowKind::ClaimExtension, last)
                    } else {
                        Some(last)
                    }
                };
                told.claim_by = told.claim_by.or_else(claim_by);
                let object_by = || due(WindowKind::Objection, told_on);
                told.object_by = told.object_by.or_else(object_by);
            }
            RewardState::Claimed(_, claim) => {
                let opened_on = shanghai_date(claim.settled_at());
                let object_by = || due(WindowKind::PayeeObjection, opened_on);
                claim.object_by = claim.object_by.or_else(object_by);
            }
            _ => {}
        }
        self
    }

    /// The sum, once decided.
    #[must_use]
    pub fn amount(&self) -> Option<Fen> {
        self.state
            .decision()
            .map(|decision| decision.graded.award.amount)
    }
}
