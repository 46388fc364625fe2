//! What is done about a reward and about the files for finance, as it was sent. The screening that makes one is not among it: before
//! it there is nothing to take a step on.

use chrono::NaiveDate;
use serde::Serialize;

use super::eligibility::{Check, ScopeRuling};
use super::payout::Payee;
use super::reward::{FactMatch, PayeeFinding};
use super::taken::Rests;
use crate::commands;
use crate::evidence::digest::Sha256;
use crate::id::PaymentFileId;
use crate::money::{BasisPoints, Fen};
use crate::text::{Line, Narrative};

commands! {
    /// A step on a screened reward.
    RewardCommand:
    /// Say whether the violation is of a kind that is rewarded, where the law data could not tell.
    RuleOnScope {
        /// The word.
        ruling: ScopeRuling,
    } => DecideReward;
    /// Check who may have the reward; whoever is eligible is told by it.
    RecordEligibility {
        /// What was found.
        check: Check,
    } => GradeReward;
    /// The reporter applies.
    ApplyForReward => PursueReward;
    /// Grade an application. A grade may be replaced until it is decided.
    GradeReward {
        /// The grade.
        proposal: Proposal,
    } => GradeReward;
    /// Ask the finance department. Nobody sends it: it follows from the grade.
    ReferToFinance => GradeReward;
    /// Record the finance department's paper.
    RecordFinanceConsent {
        /// Its number.
        number: Line,
        /// Who gave it.
        authority: Line,
        /// Its date.
        dated: NaiveDate,
        /// The digest of the scanned paper.
        sha256: Sha256,
    } => GradeReward;
    /// Decide a graded reward.
    DecideReward {
        /// In what words.
        opinion: Narrative,
    } => DecideReward;
    /// Tell the reporter the decision.
    TellDecision => GradeReward;
    /// The reporter objects to the sum.
    ObjectToReward {
        /// Why.
        words: Narrative,
    } => PursueReward;
    /// Review the sum after an objection, and tell the reporter.
    ReviewReward {
        /// The answer to the objection.
        opinion: Narrative,
        /// The new grade, if the sum changes.
        grading: Option<Proposal>,
    } => ReviewReward;
    /// Give a reporter with a good reason more time to claim.
    ExtendClaim {
        /// The reason.
        reason: Narrative,
    } => GradeReward;
    /// The reporter claims. The password is compared before; it stands in no command.
    ClaimReward {
        /// One for each who shares the reward, in the order of the signatures.
        payees: Vec<Payee>,
    } => PursueReward;
    /// Note a claim in person, after a look at the identity document. A second person has to approve it.
    RecordClaim {
        /// What was looked at; no name, no number.
        note: Narrative,
        /// One for each who shares the reward, in the order of the signatures.
        payees: Vec<Payee>,
    } => GradeReward;
    /// Approve a claim in person, as a second person.
    ApproveClaim => ApproveClaim;
    /// The reporter says that the payee is somebody else.
    ObjectToPayee {
        /// In the reporter's words.
        words: Narrative,
    } => PursueReward;
    /// Make a claim void that was recorded or objected to.
    VoidClaim {
        /// Why.
        reason: Narrative,
    } => ApproveClaim;
    /// Turn down what the reporter said against the payee.
    UpholdClaim {
        /// Why; the reporter reads it.
        opinion: Narrative,
    } => ApproveClaim;
    /// Check the payee for exclusions, as a person with an opening. With one the reward is taken back.
    CheckPayee {
        /// What was found.
        finding: PayeeFinding,
    } => ApproveClaim;
    /// Mark a claim as handed to finance. Nobody sends it: the file does it.
    HandToFinance {
        /// The file.
        file: PaymentFileId,
        /// Its number.
        number: String,
    } => PayReward;
    /// Record what finance paid.
    RecordPayment {
        /// What finance reports back.
        voucher: Voucher,
    } => PayReward;
    /// Take a decided reward back before payment.
    RevokeReward {
        /// Why.
        reasons: Reasons,
    } => DecideReward;
    /// Ask a paid reward back, for fraud only.
    RecoverReward {
        /// Why.
        reasons: Reasons,
    } => DecideReward;
    /// Record that the money came back.
    RecordRecovery {
        /// What finance reports back.
        voucher: Voucher,
    } => GradeReward;
    /// End a reward whose window is over. The program alone does it.
    CloseReward => CloseReward;
}

commands! {
    /// The file that finance pays by.
    PaymentFileWrite:
    /// Hand to finance what is due and is not with it yet.
    ExportPayments => PayReward;
    /// Hand a file to finance once more.
    ExportPaymentsAgain {
        /// The number of the file.
        number: Line,
    } => PayReward;
}

/// A grade as an officer proposes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Proposal {
    /// The grade.
    pub grade: u8,
    /// What of the decision rests on the reported facts.
    pub rests: Rests,
    /// A sum that weighs the value of the goods and the effect on society. Without money in the case there must be
    /// one.
    pub adjusted_to: Option<Fen>,
    /// The uplift of an insider.
    pub uplift: Option<BasisPoints>,
    /// What was reported against what was found.
    pub facts: Vec<FactMatch>,
    /// Why.
    pub reason: Narrative,
}

/// What finance reports back of money that went or came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Voucher {
    /// The number of the voucher.
    pub number: Line,
    /// When the money went.
    pub paid_on: NaiveDate,
    /// How much.
    pub sum: Fen,
}

/// Why a reward is taken back, and where one may appeal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reasons {
    /// Why.
    pub reason: Narrative,
    /// Where and until when one may appeal.
    pub appeal: Narrative,
}
