//! What a reward rests on has to stand until it is paid: nothing is paid for a decision that was taken away, nor a
//! share of a sum that was lowered since.

use super::{Graded, Reward, Setting};
use crate::id::UserId;
use crate::refusal::{Code, Refusal};
use crate::rewards::command::RewardCommand;

/// How a step stands to the decision of the case.
#[derive(PartialEq, Eq)]
enum Needs {
    /// It goes on whatever became of the decision: it ends the reward, or stops the money.
    Nothing,
    /// The decision must stand.
    Decision,
    /// The share must be one of what stands now, too.
    Sum,
}

impl RewardCommand {
    fn needs(&self, setting: &Setting) -> Needs {
        match self {
            Self::RevokeReward { .. }
            | Self::RecoverReward { .. }
            | Self::RecordRecovery { .. }
            | Self::VoidClaim { .. }
            | Self::ObjectToPayee { .. }
            | Self::ObjectToReward { .. }
            | Self::CloseReward => Needs::Nothing,
            // Money that went before is a fact, and stays one.
            Self::RecordPayment { voucher }
                if setting
                    .taken
                    .changed_on
                    .is_some_and(|changed| voucher.paid_on < changed) =>
            {
                Needs::Nothing
            }
            Self::TellDecision
            | Self::ClaimReward { .. }
            | Self::RecordClaim { .. }
            | Self::ApproveClaim
            | Self::UpholdClaim { .. }
            | Self::CheckPayee { .. }
            | Self::HandToFinance { .. }
            | Self::RecordPayment { .. } => Needs::Sum,
            Self::RuleOnScope { .. }
            | Self::RecordEligibility { .. }
            | Self::ApplyForReward
            | Self::GradeReward { .. }
            | Self::ReferToFinance
            | Self::RecordFinanceConsent { .. }
            | Self::DecideReward { .. }
            | Self::ReviewReward { .. }
            | Self::ExtendClaim { .. } => Needs::Decision,
        }
    }
}

impl Reward {
    /// Refuses a step that would pay for what stands no more.
    pub(super) fn rests_on_what_stands(
        &self,
        command: &RewardCommand,
        setting: &Setting,
    ) -> Result<(), Refusal> {
        let needs = command.needs(setting);
        if needs == Needs::Nothing {
            return Ok(());
        }
        setting.taken.stands()?;
        match self.state.graded() {
            Some(graded) if needs == Needs::Sum => graded.still_rests(setting),
            _ => Ok(()),
        }
    }

    /// Whether that person may hand it to finance once more, after it went there: not who recorded its claim, and not of
    /// a decision that fell.
    pub fn may_go_again(&self, by: UserId, setting: &Setting) -> Result<(), Refusal> {
        let (claim, graded) = (self.state.claim(), self.state.graded());
        let (Some(claim), Some(graded)) = (claim, graded) else {
            return Err(self.wrong_state());
        };
        claim.not_by_recorder(by)?;
        setting.taken.stands()?;
        graded.still_rests(setting)
    }

    /// Whether the sums of the decision are others than it was graded by.
    pub(super) fn is_outdated(&self, setting: &Setting) -> bool {
        let graded = self.state.graded();
        graded.is_some_and(|graded| graded.still_rests(setting).is_err())
    }
}

impl Graded {
    /// Refuses a grade whose sums are no more those of the decision.
    pub(super) fn still_rests(&self, setting: &Setting) -> Result<(), Refusal> {
        let rule = &setting.terms()?.terms.base;
        match setting.taken.matched(&self.rests, rule) {
            Ok(matched) if matched == self.grading.matched => Ok(()),
            _ => Err(Refusal::of(Code::RewardBaseChanged)),
        }
    }
}
