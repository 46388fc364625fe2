//! The claim. By receipt code and password the reporter makes it alone. In person an officer records it,
//! and somebody else approves it before it is one: with a receipt and an identity document that one officer
//! alone looked at, one officer alone could take the reward of somebody whom nobody knows.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    CLAIM, Handed, OBJECT, PayeeCheck, Reward, RewardState, Setting, Told, Upheld, within,
};
use crate::event::Event;
use crate::id::UserId;
use crate::law::calendar::shanghai_date;
use crate::law::effect::ClockEffect;
use crate::policy::{Action, Permit};
use crate::refusal::{Code, Refusal};
use crate::rewards::payout::Payee;
use crate::rewards::scheme::WindowKind;
use crate::step::Step;
use crate::text::Narrative;

/// How the claimant was known to be the reporter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// The receipt code and the claim password.
    Password,
    /// An officer looked at the identity document, and at the authority of an agent.
    Identity {
        /// What was looked at; no name, no number.
        note: Narrative,
        /// Who looked.
        by: UserId,
    },
}

/// A claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// How the claimant was known.
    pub proof: Proof,
    /// When the reward was claimed.
    pub at: DateTime<Utc>,
    /// Who approved it, of a claim in person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<Approval>,
    /// The last day of the reporter's time to object to the payee; no money moves before it is over.
    /// Nothing while the claim waits for approval, or the calendar lacks the year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object_by: Option<NaiveDate>,
    /// What the reporter said against the payee, if it was turned down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upheld: Option<Upheld>,
    /// The check of the payee, without which no money moves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payee_check: Option<PayeeCheck>,
    /// How it went to finance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed: Option<Handed>,
}

/// A second person's word that the claimant is the reporter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// Who approved.
    pub by: UserId,
    /// When the second person said so.
    pub at: DateTime<Utc>,
}

impl Claim {
    pub(super) const fn new(proof: Proof, at: DateTime<Utc>) -> Self {
        Self {
            proof,
            at,
            approval: None,
            object_by: None,
            upheld: None,
            payee_check: None,
            handed: None,
        }
    }

    /// When the reporter's time to object to the payee began.
    #[must_use]
    pub fn settled_at(&self) -> DateTime<Utc> {
        let upheld = self.upheld.as_ref().map(|upheld| upheld.at);
        let approved = || self.approval.as_ref().map(|approval| approval.at);
        upheld.or_else(approved).unwrap_or(self.at)
    }

    /// Who recorded it, of a claim in person.
    #[must_use]
    pub const fn recorded_by(&self) -> Option<UserId> {
        match &self.proof {
            Proof::Password => None,
            Proof::Identity { by, .. } => Some(*by),
        }
    }

    /// Refuses whoever recorded the claim.
    pub(super) fn not_by_recorder(&self, by: UserId) -> Result<(), Refusal> {
        if self.recorded_by() == Some(by) {
            return Err(Refusal::of(Code::RewardRecorderExcluded));
        }
        Ok(())
    }
}

impl Reward {
    /// The reporter claims by password, or an officer records a claim in person.
    pub(super) fn claim(
        self,
        proof: Proof,
        payees: &[Payee],
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        self.check_payees(payees)?;
        let RewardState::NotifiedDecision(told) = &self.state else {
            return Err(self.wrong_state());
        };
        let (now, on) = (setting.now, setting.today());
        within(on, told.claim_by)?;
        let mut effects = vec![ClockEffect::Satisfy { rule: CLAIM, on }];
        effects.extend(objection_lapses(told, now));
        let mut claim = Claim::new(proof, now);
        let state = if claim.recorded_by().is_some() {
            RewardState::ClaimRecorded(told.clone(), claim)
        } else {
            claim.object_by = setting.due(WindowKind::PayeeObjection, on);
            RewardState::Claimed(told.clone(), claim)
        };
        Ok(
            self.moved(state, effects, |reward, report| Event::RewardClaimed {
                reward,
                report,
            }),
        )
    }

    /// One payee for each who shares the reward, in the order of the signatures.
    fn check_payees(&self, payees: &[Payee]) -> Result<(), Refusal> {
        let checked = self.state.checked();
        let due = checked.map_or(1, |checked| checked.check.sharing.reporters());
        if payees.len() == due {
            Ok(())
        } else {
            Err(Refusal::on(Code::RewardReporters, "payees").with(due.to_string()))
        }
    }

    /// A second person approves a claim in person; the days to object to the payee begin.
    pub(super) fn approve_claim(
        self,
        permit: &Permit,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        let by = permit.person(Action::ApproveClaim)?;
        let RewardState::ClaimRecorded(told, claim) = &self.state else {
            return Err(self.wrong_state());
        };
        claim.not_by_recorder(by)?;
        let approved = Claim {
            approval: Some(Approval {
                by,
                at: setting.now,
            }),
            object_by: setting.due(WindowKind::PayeeObjection, setting.today()),
            ..claim.clone()
        };
        let state = RewardState::Claimed(told.clone(), approved);
        Ok(self.moved(state, Vec::new(), |reward, report| {
            Event::RewardClaimApproved { reward, report }
        }))
    }
}

/// The time to object falls away with a claim or an end, unless there was a review.
pub(super) fn objection_lapses(told: &Told, now: DateTime<Utc>) -> Option<ClockEffect> {
    let lapse = ClockEffect::Lapse {
        rule: OBJECT,
        on: shanghai_date(now),
    };
    told.review.is_none().then_some(lapse)
}
