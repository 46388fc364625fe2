//! What the steps on a report take.

use async_graphql::InputObject;
use liangxin_domain::{
    law::clock::PauseCause,
    places::division::DivisionCode,
    refusal::{Code, Refusal},
    reports::state::{NotFiledGround, Receiver},
};
use uuid::Uuid;

/// Why time does not count.
// Two of the words for a pause, under a name of their own: a case waits for other things than a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, async_graphql::Enum)]
#[graphql(name = "TestingCause")]
pub(crate) enum TestingCauseView {
    /// A sample is being tested, inspected, quarantined or appraised.
    Testing,
    /// A right holder identifies goods.
    Identification,
}

impl From<TestingCauseView> for PauseCause {
    fn from(cause: TestingCauseView) -> Self {
        match cause {
            TestingCauseView::Testing => Self::Testing,
            TestingCauseView::Identification => Self::Identification,
        }
    }
}

/// Reads the division of a unit.
pub(super) fn division(code: &str, field: &'static str) -> Result<DivisionCode, Refusal> {
    code.parse()
        .map_err(|_not_a_code| Refusal::on(Code::DivisionUnknown, field))
}

step_inputs! {
    report_id "The report.", id "Made by the client; names this write.";

    /// Take a report in.
    AcceptReportInput {}

    /// Tell a reporter where to go.
    ReplyNotCompetentInput {
        /// The competent bureau or agency. At most 120 characters.
        competent: String,
        /// Why this one is not. At most 4,000 characters.
        reason: String,
    }

    /// Mark a report as said before.
    MarkDuplicateInput of "The later report." {
        /// The earlier report of the same reporter.
        earlier_id: Uuid,
        /// What makes the facts the same. At most 4,000 characters.
        sameness: String,
    }

    /// Join new facts to an earlier report.
    MergeReportInput of "The later report." {
        /// The earlier report of the same reporter; its period begins anew.
        into_id: Uuid,
        /// What is new. At most 4,000 characters.
        new_facts: String,
    }

    /// Link reports of different reporters.
    LinkReportsInput of "One report." {
        /// The other.
        other_id: Uuid,
    }

    /// A step that needs a reason.
    ReasonedStepInput {
        /// Why. At most 4,000 characters.
        reason: String,
    }

    /// Wait for a test.
    PauseForTestingInput {
        /// Testing, or identification by a right holder.
        cause: TestingCauseView,
        /// Who has the sample. At most 120 characters.
        body: String,
        /// The sample. At most 120 characters.
        sample: String,
    }

    /// The answer to a test came back.
    ResumeVerificationInput {
        /// What it says. At most 4,000 characters.
        result: String,
    }

    /// Propose not to file a case.
    ProposeNotFilingInput {
        /// Why.
        ground: NotFiledGround,
        /// Why, in words. At most 4,000 characters.
        reason: String,
    }

    /// A step that needs nothing but the report.
    DeclineFilingInput {}

    /// Hand the case on a report to somebody else.
    TransferReportInput {
        /// What kind of receiver.
        to: Receiver,
        /// Which one. At most 120 characters.
        receiver: String,
        /// Why. At most 4,000 characters.
        reason: String,
    }

    /// Tell a reporter the outcome (form 10).
    TellOutcomeInput {
        /// The outcome. At most 4,000 characters.
        result: String,
        /// The article of the law that demands to tell it. At most 120 characters.
        demanding_article: String,
    }

    /// Send a report to a lower unit.
    DispatchReportInput {
        /// The division of the competent unit (GB/T 2260).
        to: String,
        /// Why it is competent. At most 4,000 characters.
        basis: String,
    }

    /// Say that another unit is competent.
    RaiseCompetenceDisputeInput named "Made by the client; names this write and the dispute." {
        /// The division of the other unit (GB/T 2260).
        other: String,
        /// Why. At most 4,000 characters.
        reason: String,
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
    /// Why, if the reporter wants to say so. At most 4,000 characters.
    pub(super) words: Option<String>,
}

step_inputs! {
    dispute_id "The dispute.", id "Made by the client; names this write.";

    /// End a dispute about competence.
    EndCompetenceDisputeInput {
        /// The division of the unit whose the report is (GB/T 2260): one of the two.
        unit: String,
        /// The `version` of the dispute that was read. If anybody said something since, the answer is `STALE`. Without it the
        /// last word counts.
        seen: Option<i32>,
    }
}
