//! What the steps on a report take.

use crate::{
    graphql::privacy::input::ProofInput,
    usecase::reports::{Asked, Handing, Sample},
};
use async_graphql::{Enum, InputObject};
use liangxin_domain::{
    id::{CommandId, DisputeId, ReportId},
    law::clock,
    places::division::DivisionCode,
    refusal::{Code, Refusal},
    reports::state,
    text::{Line, Narrative},
};
use uuid::Uuid;

fn asked(id: Uuid, report: Uuid) -> Result<Asked, Refusal> {
    Ok(Asked {
        id: CommandId::parse(id, "id")?,
        report: ReportId::new(report),
    })
}

fn division(code: &str, field: &'static str) -> Result<DivisionCode, Refusal> {
    code.parse()
        .map_err(|_not_a_code| Refusal::on(Code::DivisionUnknown, field))
}

/// Why time does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "TestingCause", remote = "clock::PauseCause")]
pub(in crate::graphql) enum TestingCauseView {
    /// A sample is being tested, inspected, quarantined or appraised.
    Testing,
    /// A right holder identifies goods.
    Identification,
}

/// Why no case is filed (Order 2, articles 19 and 20).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "NotFiledGround", remote = "state::NotFiledGround")]
pub(in crate::graphql) enum NotFiledGroundView {
    /// Article 20: minor, corrected in time, no harm.
    #[graphql(name = "NF_1_MINOR")]
    Minor,
    /// Article 20: first offence, slight harm, corrected in time.
    #[graphql(name = "NF_2_FIRST")]
    FirstOffence,
    /// Article 20: the party proves that it was not at fault.
    #[graphql(name = "NF_3_NO_FAULT")]
    NoFault,
    /// Article 20: another case in which filing may be declined.
    #[graphql(name = "NF_4_OTHER")]
    Other,
    /// Article 19 is not met: no prima facie evidence.
    NoEvidence,
    /// Article 19 is not met: no penalty is due.
    NoPenaltyDue,
    /// Article 19 is not met: not within this bureau's competence.
    NoCompetence,
    /// Article 19 is not met: the limitation period is over.
    TimeBarred,
}

/// To whom a case goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(name = "TransferReceiver", remote = "state::Receiver")]
pub(in crate::graphql) enum ReceiverView {
    /// Another administrative agency.
    OtherAgency,
    /// The police.
    Police,
}

/// Tell a reporter where to go.
#[derive(InputObject)]
pub(super) struct ReplyNotCompetentInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The report.
    report_id: Uuid,
    /// The competent bureau or agency. At most 120 characters.
    competent: String,
    /// Why this one is not. At most 4,000 characters.
    reason: String,
}

impl ReplyNotCompetentInput {
    pub(super) fn parse(self) -> Result<(Asked, (Line, Narrative)), Refusal> {
        let competent = Line::parse(&self.competent, "competent")?;
        let reason = Narrative::parse(&self.reason, "reason")?;
        Ok((asked(self.id, self.report_id)?, (competent, reason)))
    }
}

/// Mark a report as said before.
#[derive(InputObject)]
pub(super) struct MarkDuplicateInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The later report.
    report_id: Uuid,
    /// The earlier report of the same reporter.
    earlier_id: Uuid,
    /// What makes the facts the same. At most 4,000 characters.
    sameness: String,
}

impl MarkDuplicateInput {
    pub(super) fn parse(self) -> Result<(Asked, (ReportId, Narrative)), Refusal> {
        let sameness = Narrative::parse(&self.sameness, "sameness")?;
        let earlier = ReportId::new(self.earlier_id);
        Ok((asked(self.id, self.report_id)?, (earlier, sameness)))
    }
}

/// Join new facts to an earlier report.
#[derive(InputObject)]
pub(super) struct MergeReportInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The later report.
    report_id: Uuid,
    /// The earlier report of the same reporter; its period begins anew.
    into_id: Uuid,
    /// What is new. At most 4,000 characters.
    new_facts: String,
}

impl MergeReportInput {
    pub(super) fn parse(self) -> Result<(Asked, (ReportId, Narrative)), Refusal> {
        let new_facts = Narrative::parse(&self.new_facts, "newFacts")?;
        let into = ReportId::new(self.into_id);
        Ok((asked(self.id, self.report_id)?, (into, new_facts)))
    }
}

/// Link reports of different reporters.
#[derive(InputObject)]
pub(super) struct LinkReportsInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// One report.
    report_id: Uuid,
    /// The other.
    other_id: Uuid,
}

impl LinkReportsInput {
    pub(super) fn parse(self) -> Result<(Asked, ReportId), Refusal> {
        let other = ReportId::new(self.other_id);
        Ok((asked(self.id, self.report_id)?, other))
    }
}

/// A step that needs a reason.
#[derive(InputObject)]
pub(super) struct ReasonedStepInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The report.
    report_id: Uuid,
    /// Why. At most 4,000 characters.
    reason: String,
}

impl ReasonedStepInput {
    pub(super) fn parse(self) -> Result<(Asked, Narrative), Refusal> {
        let reason = Narrative::parse(&self.reason, "reason")?;
        Ok((asked(self.id, self.report_id)?, reason))
    }
}

/// Wait for a test.
#[derive(InputObject)]
pub(super) struct PauseForTestingInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The report.
    report_id: Uuid,
    /// Testing, or identification by a right holder.
    cause: TestingCauseView,
    /// Who has the sample. At most 120 characters.
    body: String,
    /// The sample. At most 120 characters.
    sample: String,
}

impl PauseForTestingInput {
    pub(super) fn parse(self) -> Result<(Asked, Sample), Refusal> {
        let sample = Sample {
            cause: self.cause.into(),
            body: Line::parse(&self.body, "body")?,
            sample: Line::parse(&self.sample, "sample")?,
        };
        Ok((asked(self.id, self.report_id)?, sample))
    }
}

/// The answer to a test came back.
#[derive(InputObject)]
pub(super) struct ResumeVerificationInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The report.
    report_id: Uuid,
    /// What it says. At most 4,000 characters.
    result: String,
}

impl ResumeVerificationInput {
    pub(super) fn parse(self) -> Result<(Asked, Narrative), Refusal> {
        let result = Narrative::parse(&self.result, "result")?;
        Ok((asked(self.id, self.report_id)?, result))
    }
}

/// Propose not to file a case.
#[derive(InputObject)]
pub(super) struct ProposeNotFilingInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The report.
    report_id: Uuid,
    /// Why.
    ground: NotFiledGroundView,
    /// Why, in words. At most 4,000 characters.
    reason: String,
}

impl ProposeNotFilingInput {
    pub(super) fn parse(self) -> Result<(Asked, (state::NotFiledGround, Narrative)), Refusal> {
        let reason = Narrative::parse(&self.reason, "reason")?;
        Ok((
            asked(self.id, self.report_id)?,
            (self.ground.into(), reason),
        ))
    }
}

/// A step that needs nothing but the report.
#[derive(InputObject)]
pub(super) struct DeclineFilingInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The report.
    report_id: Uuid,
}

impl DeclineFilingInput {
    pub(super) fn parse(self) -> Result<Asked, Refusal> {
        asked(self.id, self.report_id)
    }
}

/// Hand the case on a report to somebody else.
#[derive(InputObject)]
pub(super) struct TransferReportInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The report.
    report_id: Uuid,
    /// What kind of receiver.
    to: ReceiverView,
    /// Which one. At most 120 characters.
    receiver: String,
    /// Why. At most 4,000 characters.
    reason: String,
}

impl TransferReportInput {
    pub(super) fn parse(self) -> Result<(Asked, Handing), Refusal> {
        let handing = Handing {
            to: self.to.into(),
            receiver: Line::parse(&self.receiver, "receiver")?,
            reason: Narrative::parse(&self.reason, "reason")?,
        };
        Ok((asked(self.id, self.report_id)?, handing))
    }
}

/// Tell a reporter the outcome (form 10).
#[derive(InputObject)]
pub(super) struct TellOutcomeInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The report.
    report_id: Uuid,
    /// The outcome. At most 4,000 characters.
    result: String,
    /// The article of the law that demands to tell it. At most 120 characters.
    demanding_article: String,
}

impl TellOutcomeInput {
    pub(super) fn parse(self) -> Result<(Asked, (Narrative, Line)), Refusal> {
        let result = Narrative::parse(&self.result, "result")?;
        let article = Line::parse(&self.demanding_article, "demandingArticle")?;
        Ok((asked(self.id, self.report_id)?, (result, article)))
    }
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
    words: Option<String>,
}

impl WithdrawReportInput {
    pub(super) fn words(&self) -> Result<Option<Narrative>, Refusal> {
        Narrative::parse_optional(self.words.as_deref(), "words")
    }

    pub(super) fn asked(&self, report: ReportId) -> Result<Asked, Refusal> {
        asked(self.id, report.uuid())
    }
}

/// Send a report to a lower unit.
#[derive(InputObject)]
pub(super) struct DispatchReportInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The report.
    report_id: Uuid,
    /// The division of the competent unit (GB/T 2260).
    to: String,
    /// Why it is competent. At most 4,000 characters.
    basis: String,
}

impl DispatchReportInput {
    pub(super) fn parse(self) -> Result<(Asked, (DivisionCode, Narrative)), Refusal> {
        let to = division(&self.to, "to")?;
        let basis = Narrative::parse(&self.basis, "basis")?;
        Ok((asked(self.id, self.report_id)?, (to, basis)))
    }
}

/// Say that another unit is competent.
#[derive(InputObject)]
pub(super) struct RaiseCompetenceDisputeInput {
    /// Made by the client; names this write and the dispute.
    id: Uuid,
    /// The report.
    report_id: Uuid,
    /// The division of the other unit (GB/T 2260).
    other: String,
    /// Why. At most 4,000 characters.
    reason: String,
}

impl RaiseCompetenceDisputeInput {
    pub(super) fn parse(self) -> Result<(Asked, (DivisionCode, Narrative)), Refusal> {
        let other = division(&self.other, "other")?;
        let reason = Narrative::parse(&self.reason, "reason")?;
        Ok((asked(self.id, self.report_id)?, (other, reason)))
    }
}

/// End a dispute about competence.
#[derive(InputObject)]
pub(super) struct EndCompetenceDisputeInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The dispute.
    dispute_id: Uuid,
    /// The division of the unit whose the report is (GB/T 2260): one of the two.
    unit: String,
}

impl EndCompetenceDisputeInput {
    pub(super) fn parse(self) -> Result<(CommandId, (DisputeId, DivisionCode)), Refusal> {
        let unit = division(&self.unit, "unit")?;
        let id = CommandId::parse(self.id, "id")?;
        Ok((id, (DisputeId::new(self.dispute_id), unit)))
    }
}
