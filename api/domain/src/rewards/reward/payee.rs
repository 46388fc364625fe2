//! The check of the payee before money moves: the exclusions are asked once more, about whoever gets it. Somebody
//! does it who opened the sealed payee since the claim, and who did not record it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Reward, RewardState, Setting, TakenBack};
use crate::event::Event;
use crate::id::UserId;
use crate::notices::paper::Paper;
use crate::policy::{Action, Permit};
use crate::refusal::{Code, Refusal};
use crate::rewards::eligibility::{Check, Exclusion};
use crate::step::Step;
use crate::text::Narrative;

/// What was found about a payee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PayeeFinding {
    /// Grounds against it; without any the money may go.
    pub exclusions: Vec<Exclusion>,
    /// What the check rests on; no name, no number.
    pub note: Narrative,
    /// Where and until when the reporter may appeal; with exclusions only.
    pub appeal: Option<Narrative>,
}

/// A check of a payee with who made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayeeCheck {
    /// The grounds against it.
    pub exclusions: Vec<Exclusion>,
    /// What it rests on.
    pub note: Narrative,
    /// Who checked.
    pub by: UserId,
    /// When the payee was checked.
    pub at: DateTime<Utc>,
}

impl Reward {
    /// A person with an opening checks the payee. With a ground against it the reward is taken back, and the reporter
    /// is told by paper.
    pub(super) fn check_payee(
        self,
        permit: &Permit,
        finding: PayeeFinding,
        setting: &Setting,
    ) -> Result<Step<Self>, Refusal> {
        let by = permit.person(Action::ApproveClaim)?;
        let RewardState::Claimed(told, claim) = &self.state else {
            return Err(self.wrong_state());
        };
        if claim.handed.is_some() || claim.payee_check.is_some() {
            return Err(self.wrong_state());
        }
        claim.not_by_recorder(by)?;
        if setting.looked_at.is_none_or(|looked| looked < claim.at) {
            return Err(Refusal::of(Code::RewardOpeningRequired));
        }
        let PayeeFinding {
            exclusions,
            note,
            appeal,
        } = finding;
        self.are_payable_to(&exclusions, setting)?;
        let check = PayeeCheck {
            exclusions,
            note,
            by,
            at: setting.now,
        };
        if !check.exclusions.is_empty() {
            let appeal = appeal.ok_or(Refusal::on(Code::FieldRequired, "appeal"))?;
            let decision = Box::new(told.decision.clone());
            let state = RewardState::Revoked(decision, check.takes_back(appeal)?);
            let revoked = |reward, report| Event::RewardRevoked { reward, report };
            return Ok(Step {
                paper: Some(Paper::RewardRevocationNotice),
                ..self.moved(state, Vec::new(), revoked)
            });
        }
        if appeal.is_some() {
            return Err(Refusal::on(Code::FieldFormat, "appeal"));
        }
        let mut claim = claim.clone();
        claim.payee_check = Some(check);
        let state = RewardState::Claimed(told.clone(), claim);
        Ok(self.moved(state, Vec::new(), |reward, report| {
            Event::RewardPayeeChecked { reward, report }
        }))
    }

    /// Refuses grounds that contradict the file.
    fn are_payable_to(&self, exclusions: &[Exclusion], setting: &Setting) -> Result<(), Refusal> {
        for earlier in exclusions.iter().filter_map(|found| found.earlier) {
            self.came_after(earlier, setting)?;
        }
        let Some(checked) = self.state.checked() else {
            return Ok(());
        };
        let again = Check {
            exclusions: exclusions.to_vec(),
            ..checked.check.clone()
        };
        again.coherent()
    }
}

impl PayeeCheck {
    /// The reporter reads the grounds, and neither the reasons nor the note.
    fn takes_back(self, appeal: Narrative) -> Result<TakenBack, Refusal> {
        let grounds = self.exclusions.iter().map(|found| found.ground.texts().0);
        let grounds: Vec<_> = grounds.collect();
        let reason = format!("付款前核查收款人：{}。", grounds.join("；"));
        Ok(TakenBack {
            reason: Narrative::parse(&reason, "exclusions")?,
            appeal,
            by: self.by,
            at: self.at,
            payee_check: Some(self),
        })
    }
}
