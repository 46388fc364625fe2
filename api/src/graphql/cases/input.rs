//! What the steps of a case take.

use crate::usecase::cases::{Draft, Filing, Reply};
use async_graphql::InputObject;
use chrono::NaiveDate;
use liangxin_domain::{
    cases::case::Ruling,
    id::{CaseId, CommandId, UserId, VisitId},
    money::Fen,
    refusal::{Code, Refusal},
    text::Narrative,
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
    id: Uuid,
    /// The case.
    case_id: Uuid,
    /// Violation code, such as `M-QTY-01`.
    violation: String,
    /// Fine in whole yuan, within the range of the code.
    fine_yuan: i64,
    /// What the merchant must put right.
    correction: String,
    /// Until when.
    correct_by: NaiveDate,
}

impl ProposePenaltyInput {
    pub(super) fn parse(self) -> Result<(CommandId, Draft), Refusal> {
        let draft = Draft {
            case: CaseId::new(self.case_id),
            violation: self
                .violation
                .parse()
                .map_err(|_| Refusal::on(Code::ViolationUnknown, "violation"))?,
            fine: fine(self.fine_yuan)?,
            correction: Narrative::parse(&self.correction, "correction")?,
            correct_by: self.correct_by,
        };
        Ok((CommandId::parse(self.id, "id")?, draft))
    }
}

/// Pass the audit of a case.
#[derive(InputObject)]
pub(super) struct AuditCaseInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The case.
    case_id: Uuid,
    /// The auditor's opinion.
    opinion: String,
}

impl AuditCaseInput {
    pub(super) fn parse(&self) -> Result<(CommandId, (CaseId, Narrative)), Refusal> {
        let opinion = Narrative::parse(&self.opinion, "opinion")?;
        Ok((
            CommandId::parse(self.id, "id")?,
            (CaseId::new(self.case_id), opinion),
        ))
    }
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
    id: Uuid,
    /// The case.
    case_id: Uuid,
    /// The defence; leave it out to say that there is no objection.
    defence: Option<String>,
}

impl AnswerNoticeInput {
    pub(super) fn parse(&self) -> Result<(CommandId, (CaseId, Reply)), Refusal> {
        let reply = Narrative::parse_optional(self.defence.as_deref(), "defence")?;
        let reply = reply.map_or(Reply::NoObjection, Reply::Defence);
        Ok((
            CommandId::parse(self.id, "id")?,
            (CaseId::new(self.case_id), reply),
        ))
    }
}

/// Decide a case.
#[derive(InputObject)]
pub(super) struct DecideCaseInput {
    /// Made by the client; names this write.
    id: Uuid,
    /// The case.
    case_id: Uuid,
    /// Fine in whole yuan: within the range of the code and not above the notice.
    fine_yuan: i64,
    /// What the merchant must put right; a penalty without it is refused.
    correction: Option<String>,
    /// Until when.
    correct_by: NaiveDate,
    /// The answer to the merchant's defence, if there was one.
    defence_review: Option<String>,
}

impl DecideCaseInput {
    pub(super) fn parse(self) -> Result<(CommandId, (CaseId, Ruling)), Refusal> {
        let ruling = Ruling {
            fine: fine(self.fine_yuan)?,
            correction: Narrative::parse_optional(self.correction.as_deref(), "correction")?,
            correct_by: self.correct_by,
            defence_review: Narrative::parse_optional(
                self.defence_review.as_deref(),
                "defenceReview",
            )?,
        };
        Ok((
            CommandId::parse(self.id, "id")?,
            (CaseId::new(self.case_id), ruling),
        ))
    }
}

fn fine(yuan: i64) -> Result<Fen, Refusal> {
    Fen::from_yuan(yuan).map_err(|_| Refusal::on(Code::OutOfRange, "fineYuan"))
}
