//! What the steps of a case take.

use async_graphql::InputObject;
use chrono::NaiveDate;
use liangxin_app::usecase::cases::Filing;
use liangxin_domain::{
    id::{CaseId, UserId, VisitId},
    money::Fen,
    refusal::{Code, Refusal},
};
use uuid::Uuid;

/// File a case on a failed visit.
#[derive(InputObject)]
pub(super) struct FileCaseInput {
    /// Made by the client; names the case and this write.
    id: Uuid,
    /// The visit that failed.
    visit_id: Uuid,
    /// Two or more certified officers.
    investigator_ids: Vec<Uuid>,
}

impl FileCaseInput {
    pub(super) fn parse(self) -> Result<Filing, Refusal> {
        if self.investigator_ids.len() > 20 {
            return Err(Refusal::on(Code::FieldTooLong, "investigatorIds").with("20"));
        }
        Ok(Filing {
            case: CaseId::parse(self.id, "id")?,
            visit: VisitId::new(self.visit_id),
            investigators: self.investigator_ids.into_iter().map(UserId::new).collect(),
        })
    }
}

step_inputs! {
    case_id "The case.", id "Made by the client; names this write.";

    /// Propose a penalty.
    ProposePenaltyInput {
        /// Violation code, such as `M-QTY-01`.
        violation: String,
        /// Fine in whole yuan, within the range of the code.
        fine_yuan: i64,
        /// What the merchant must put right.
        correction: String,
        /// Until when.
        correct_by: NaiveDate,
    }

    /// Pass the audit of a case.
    AuditCaseInput {
        /// The auditor's opinion.
        opinion: String,
    }

    /// Serve the notice of the intended penalty.
    ServeNoticeInput {}

    /// Answer the notice.
    AnswerNoticeInput {
        /// The defence; leave it out to say that there is no objection.
        defence: Option<String>,
    }

    /// Decide a case.
    DecideCaseInput {
        /// Fine in whole yuan: within the range of the code and not above the notice.
        fine_yuan: i64,
        /// What the merchant must put right; a penalty without it is refused.
        correction: Option<String>,
        /// Until when.
        correct_by: NaiveDate,
        /// The answer to the merchant's defence, if there was one.
        defence_review: Option<String>,
    }
}

/// Reads a fine in whole yuan.
pub(super) fn fine(yuan: i64) -> Result<Fen, Refusal> {
    Fen::from_yuan(yuan).map_err(|_| Refusal::on(Code::OutOfRange, "fineYuan"))
}
