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

/// Propose a penalty.
#[derive(InputObject)]
pub(super) struct ProposePenaltyInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The case.
    pub(super) case_id: Uuid,
    /// Violation code, such as `M-QTY-01`.
    pub(super) violation: String,
    /// Fine in whole yuan, within the range of the code.
    pub(super) fine_yuan: i64,
    /// What the merchant must put right.
    pub(super) correction: String,
    /// Until when.
    pub(super) correct_by: NaiveDate,
}

/// Pass the audit of a case.
#[derive(InputObject)]
pub(super) struct AuditCaseInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The case.
    pub(super) case_id: Uuid,
    /// The auditor's opinion.
    pub(super) opinion: String,
}

/// Serve the notice of the intended penalty.
#[derive(InputObject)]
pub(super) struct ServeNoticeInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The case.
    pub(super) case_id: Uuid,
}

/// Answer the notice.
#[derive(InputObject)]
pub(super) struct AnswerNoticeInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The case.
    pub(super) case_id: Uuid,
    /// The defence; leave it out to say that there is no objection.
    pub(super) defence: Option<String>,
}

/// Decide a case.
#[derive(InputObject)]
pub(super) struct DecideCaseInput {
    /// Made by the client; names this write.
    pub(super) id: Uuid,
    /// The case.
    pub(super) case_id: Uuid,
    /// Fine in whole yuan: within the range of the code and not above the notice.
    pub(super) fine_yuan: i64,
    /// What the merchant must put right; a penalty without it is refused.
    pub(super) correction: Option<String>,
    /// Until when.
    pub(super) correct_by: NaiveDate,
    /// The answer to the merchant's defence, if there was one.
    pub(super) defence_review: Option<String>,
}

/// Reads a fine in whole yuan.
pub(super) fn fine(yuan: i64) -> Result<Fen, Refusal> {
    Fen::from_yuan(yuan).map_err(|_| Refusal::on(Code::OutOfRange, "fineYuan"))
}

step_inputs! {
    case_id:
    ProposePenaltyInput AuditCaseInput ServeNoticeInput AnswerNoticeInput DecideCaseInput
}
