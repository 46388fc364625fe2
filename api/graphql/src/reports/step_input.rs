//! What the steps on a report take.

use crate::privacy::input::ProofInput;
use async_graphql::{Enum, InputObject};
use liangxin_domain::reports::state::NotFiledGround;
use liangxin_domain::{
    places::division::DivisionCode,
    refusal::{Code, Refusal},
    reports::state,
};
use uuid::Uuid;

/// Why time does not count.
// The contract has two names for one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, async_graphql::Enum)]
#[graphql(
    name = "TestingCause",
    remote = "liangxin_domain::law::clock::PauseCause"
)]
pub(crate) enum TestingCauseView {
    /// A sample is being tested, inspected, quarantined or appraised.
    Testing,
    /// A right holder identifies goods.
    Identification,
}

/// Reads the division of a unit.
pub(super) fn division(code: &str, field: &'static str) -> Result<DivisionCode, Refusal> {
    code.parse()
        .map_err(|_not_a_code| Refusal::on(Code::DivisionUnknown, field))
}

/// To whom a case goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "TransferReceiver", remote = "state::Receiver")]
pub(crate) enum ReceiverView {
    /// Another administrative agency.
    OtherAgency,
    /// The police.
    Police,
}

/// Take a report in.
#[derive(InputObject)]
pub(super) struct AcceptReportInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The report.
    pub(super) report_id: Uuid,
}

/// Tell a reporter where to go.
#[derive(InputObject)]
pub(super) struct ReplyNotCompetentInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The report.
    pub(super) report_id: Uuid,
    /// The competent bureau or agency. At most 120 characters.
    pub(super) competent: String,
    /// Why this one is not. At most 4,000 characters.
    pub(super) reason: String,
}

/// Mark a report as said before.
#[derive(InputObject)]
pub(super) struct MarkDuplicateInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The later report.
    pub(super) report_id: Uuid,
    /// The earlier report of the same reporter.
    pub(super) earlier_id: Uuid,
    /// What makes the facts the same. At most 4,000 characters.
    pub(super) sameness: String,
}

/// Join new facts to an earlier report.
#[derive(InputObject)]
pub(super) struct MergeReportInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The later report.
    pub(super) report_id: Uuid,
    /// The earlier report of the same reporter; its period begins anew.
    pub(super) into_id: Uuid,
    /// What is new. At most 4,000 characters.
    pub(super) new_facts: String,
}

/// Link reports of different reporters.
#[derive(InputObject)]
pub(super) struct LinkReportsInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// One report.
    pub(super) report_id: Uuid,
    /// The other.
    pub(super) other_id: Uuid,
}

/// A step that needs a reason.
#[derive(InputObject)]
pub(super) struct ReasonedStepInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The report.
    pub(super) report_id: Uuid,
    /// Why. At most 4,000 characters.
    pub(super) reason: String,
}

/// Wait for a test.
#[derive(InputObject)]
pub(super) struct PauseForTestingInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The report.
    pub(super) report_id: Uuid,
    /// Testing, or identification by a right holder.
    pub(super) cause: TestingCauseView,
    /// Who has the sample. At most 120 characters.
    pub(super) body: String,
    /// The sample. At most 120 characters.
    pub(super) sample: String,
}

/// The answer to a test came back.
#[derive(InputObject)]
pub(super) struct ResumeVerificationInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The report.
    pub(super) report_id: Uuid,
    /// What it says. At most 4,000 characters.
    pub(super) result: String,
}

/// Propose not to file a case.
#[derive(InputObject)]
pub(super) struct ProposeNotFilingInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The report.
    pub(super) report_id: Uuid,
    /// Why.
    pub(super) ground: NotFiledGround,
    /// Why, in words. At most 4,000 characters.
    pub(super) reason: String,
}

/// A step that needs nothing but the report.
#[derive(InputObject)]
pub(super) struct DeclineFilingInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The report.
    pub(super) report_id: Uuid,
}

/// Hand the case on a report to somebody else.
#[derive(InputObject)]
pub(super) struct TransferReportInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The report.
    pub(super) report_id: Uuid,
    /// What kind of receiver.
    pub(super) to: ReceiverView,
    /// Which one. At most 120 characters.
    pub(super) receiver: String,
    /// Why. At most 4,000 characters.
    pub(super) reason: String,
}

/// Tell a reporter the outcome (form 10).
#[derive(InputObject)]
pub(super) struct TellOutcomeInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The report.
    pub(super) report_id: Uuid,
    /// The outcome. At most 4,000 characters.
    pub(super) result: String,
    /// The article of the law that demands to tell it. At most 120 characters.
    pub(super) demanding_article: String,
}

/// Withdraw one's own report.
#[derive(InputObject)]
pub(super) struct WithdrawReportInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The receipt code of the report.
    #[graphql(secret)]
    pub(super) receipt_code: String,
    /// Needed while too many wrong codes are tried.
    pub(super) proof: Option<ProofInput>,
    /// Why, if the reporter wants to say so. At most 4,000 characters.
    pub(super) words: Option<String>,
}

/// Send a report to a lower unit.
#[derive(InputObject)]
pub(super) struct DispatchReportInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The report.
    pub(super) report_id: Uuid,
    /// The division of the competent unit (GB/T 2260).
    pub(super) to: String,
    /// Why it is competent. At most 4,000 characters.
    pub(super) basis: String,
}

/// Say that another unit is competent.
#[derive(InputObject)]
pub(super) struct RaiseCompetenceDisputeInput {
    /// Made by the client; names this write and the dispute.
    pub(super) id: Uuid,
    /// The report.
    pub(super) report_id: Uuid,
    /// The division of the other unit (GB/T 2260).
    pub(super) other: String,
    /// Why. At most 4,000 characters.
    pub(super) reason: String,
}

/// End a dispute about competence.
#[derive(InputObject)]
pub(super) struct EndCompetenceDisputeInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The dispute.
    pub(super) dispute_id: Uuid,
    /// The division of the unit whose the report is (GB/T 2260): one of the two.
    pub(super) unit: String,
}

step_inputs! {
    report_id:
    AcceptReportInput ReplyNotCompetentInput MarkDuplicateInput MergeReportInput LinkReportsInput
    ReasonedStepInput PauseForTestingInput ResumeVerificationInput ProposeNotFilingInput
    DeclineFilingInput TransferReportInput TellOutcomeInput DispatchReportInput
    RaiseCompetenceDisputeInput
}

step_inputs! {
    dispute_id:
    EndCompetenceDisputeInput
}
