//! A case as a row, and back.

use crate::{error::AppError, store::row::word};
use liangxin_domain::{
    cases::{
        case::{Answer, Audit, Case, CaseState, CaseStateKind, Decision, Notice, Proposal},
        ending::{Done, Ending, EndingKind},
    },
    id::{CaseId, MerchantId, ReportId, UserId, VisitId},
    inspections::visit::Team,
    money::Fen,
    text::Narrative,
};
use liangxin_entity::case_file;
use sea_orm::ActiveValue::Set;

pub(super) fn write_proposal(row: &mut case_file::ActiveModel, proposal: &Proposal) {
    let Proposal {
        violation,
        fine,
        correction,
        correct_by,
        by,
        at,
    } = proposal;
    row.violation = Set(Some(violation.as_str().to_owned()));
    row.proposed_fine_fen = Set(Some(fine.as_i64()));
    row.proposed_correction = Set(Some(correction.to_string()));
    row.proposed_correct_by = Set(Some(*correct_by));
    row.proposed_by = Set(Some(by.uuid()));
    row.proposed_at = Set(Some(*at));
}

pub(super) fn write_audit(row: &mut case_file::ActiveModel, audit: &Audit) {
    let Audit { by, at, opinion } = audit;
    row.audited_by = Set(Some(by.uuid()));
    row.audited_at = Set(Some(*at));
    row.audit_opinion = Set(Some(opinion.to_string()));
}

pub(super) fn write_notice(
    row: &mut case_file::ActiveModel,
    notice: &Notice,
    answer: Option<&Answer>,
) {
    let Notice {
        served_at,
        answer_until,
    } = notice;
    let (answered_at, defence) = match answer {
        None => (None, None),
        Some(Answer::NoObjection { at }) => (Some(*at), None),
        Some(Answer::Defence { words, at }) => (Some(*at), Some(words.to_string())),
    };
    row.noticed_at = Set(Some(*served_at));
    row.answer_until = Set(*answer_until);
    row.answered_at = Set(answered_at);
    row.defence = Set(defence);
}

pub(super) fn write_decision(row: &mut case_file::ActiveModel, decision: &Decision) {
    // The violation stands in the proposal; a decision cannot change it.
    let Decision {
        violation: _,
        fine,
        correction,
        correct_by,
        defence_review,
        by,
        at,
    } = decision;
    row.fine_fen = Set(Some(fine.as_i64()));
    row.correction = Set(Some(correction.to_string()));
    row.correct_by = Set(Some(*correct_by));
    row.defence_review = Set(defence_review.as_ref().map(ToString::to_string));
    row.decided_by = Set(Some(by.uuid()));
    row.decided_at = Set(Some(*at));
}

pub(in crate::store) fn read(row: case_file::Model, team: Vec<UserId>) -> Result<Case, AppError> {
    let state = match word(&row.state, "case_file", "state")? {
        CaseStateKind::Filed => CaseState::Filed,
        CaseStateKind::Proposed => CaseState::Proposed(read_proposal(&row)?),
        CaseStateKind::Audited => CaseState::Audited(read_proposal(&row)?, read_audit(&row)?),
        CaseStateKind::Noticed => CaseState::Noticed(
            read_proposal(&row)?,
            read_audit(&row)?,
            read_notice(&row)?,
            read_answer(&row),
        ),
        CaseStateKind::Decided => CaseState::Decided(
            read_proposal(&row)?,
            read_audit(&row)?,
            read_notice(&row)?,
            read_answer(&row),
            read_decision(&row)?,
        ),
        CaseStateKind::ClosedNoPenalty => read_ended(&row, EndingKind::NoPenalty)?,
        CaseStateKind::Transferred => read_ended(&row, EndingKind::Transferred)?,
    };
    Ok(Case {
        id: CaseId::new(row.id),
        number: row.number,
        visit: VisitId::new(row.visit_id),
        report: ReportId::new(row.report_id),
        merchant: MerchantId::new(row.merchant_id),
        division: word(&row.division, "case_file", "division")?,
        investigators: Team::stored(team),
        filed_at: row.filed_at,
        filed_by: UserId::new(row.filed_by),
        state,
        version: row.version,
    })
}

fn there<T: Clone>(value: &Option<T>, column: &'static str) -> Result<T, AppError> {
    value
        .clone()
        .ok_or_else(|| AppError::damaged("case_file", column))
}

fn fen(value: Option<i64>, column: &'static str) -> Result<Fen, AppError> {
    Fen::new(there(&value, column)?).map_err(|_| AppError::damaged("case_file", column))
}

fn read_proposal(row: &case_file::Model) -> Result<Proposal, AppError> {
    Ok(Proposal {
        violation: word(
            &there(&row.violation, "violation")?,
            "case_file",
            "violation",
        )?,
        fine: fen(row.proposed_fine_fen, "proposed_fine_fen")?,
        correction: Narrative::stored(there(&row.proposed_correction, "proposed_correction")?),
        correct_by: there(&row.proposed_correct_by, "proposed_correct_by")?,
        by: UserId::new(there(&row.proposed_by, "proposed_by")?),
        at: there(&row.proposed_at, "proposed_at")?,
    })
}

fn read_audit(row: &case_file::Model) -> Result<Audit, AppError> {
    Ok(Audit {
        by: UserId::new(there(&row.audited_by, "audited_by")?),
        at: there(&row.audited_at, "audited_at")?,
        opinion: Narrative::stored(there(&row.audit_opinion, "audit_opinion")?),
    })
}

fn read_notice(row: &case_file::Model) -> Result<Notice, AppError> {
    Ok(Notice {
        served_at: there(&row.noticed_at, "noticed_at")?,
        answer_until: row.answer_until,
    })
}

fn read_answer(row: &case_file::Model) -> Option<Answer> {
    let at = row.answered_at?;
    Some(match &row.defence {
        None => Answer::NoObjection { at },
        Some(words) => Answer::Defence {
            words: Narrative::stored(words.clone()),
            at,
        },
    })
}

fn read_ended(row: &case_file::Model, kind: EndingKind) -> Result<CaseState, AppError> {
    let done = Done {
        proposal: read_proposal(row)?,
        audit: row.audited_at.map(|_| read_audit(row)).transpose()?,
        notice: row.noticed_at.map(|_| read_notice(row)).transpose()?,
        answer: read_answer(row),
    };
    let ending = Ending {
        kind,
        by: UserId::new(there(&row.decided_by, "decided_by")?),
        at: there(&row.decided_at, "decided_at")?,
    };
    Ok(CaseState::Ended(done, ending))
}

fn read_decision(row: &case_file::Model) -> Result<Decision, AppError> {
    Ok(Decision {
        violation: word(
            &there(&row.violation, "violation")?,
            "case_file",
            "violation",
        )?,
        fine: fen(row.fine_fen, "fine_fen")?,
        correction: Narrative::stored(there(&row.correction, "correction")?),
        correct_by: there(&row.correct_by, "correct_by")?,
        defence_review: row.defence_review.clone().map(Narrative::stored),
        by: UserId::new(there(&row.decided_by, "decided_by")?),
        at: there(&row.decided_at, "decided_at")?,
    })
}
