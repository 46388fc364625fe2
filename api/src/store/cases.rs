//! Penalty cases.

use crate::{
    error::AppError,
    store::{
        page::{Cursor, Page, Rows},
        row::word,
        visibility::{in_division_of, nothing},
    },
    work::{Source, Work},
};
use liangxin_domain::{
    accounts::role::Role,
    actor::{Actor, Seat},
    cases::case::{Answer, Audit, Case, CaseState, CaseStateKind, Decision, Notice, Proposal},
    id::{CaseId, MerchantId, ReportId, UserId, VisitId},
    inspections::visit::Team,
    money::Fen,
    refusal::{Code, Refusal},
    text::Narrative,
};
use liangxin_entity::{case_file, case_investigator};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _, Select, TryInsertResult,
    sea_query::{OnConflict, SelectStatement},
};
use std::collections::HashMap;
use uuid::Uuid;

const READERS: [Role; 4] = [
    Role::CaseOfficer,
    Role::LegalAuditor,
    Role::Head,
    Role::RewardOfficer,
];

/// Writes a new case; a second one on the same visit is `STALE`.
pub async fn insert(work: &Work, new: &Case) -> Result<(), AppError> {
    let row = case_file::ActiveModel {
        id: Set(new.id.uuid()),
        number: Set(new.number.clone()),
        visit_id: Set(new.visit.uuid()),
        report_id: Set(new.report.uuid()),
        merchant_id: Set(new.merchant.uuid()),
        division: Set(new.division.to_string()),
        state: Set(CaseStateKind::Filed.to_string()),
        filed_at: Set(new.filed_at),
        filed_by: Set(new.filed_by.uuid()),
        version: Set(1),
        ..case_file::ActiveModel::default()
    };
    let inserted = case_file::Entity::insert(row)
        .on_conflict(
            OnConflict::column(case_file::Column::VisitId)
                .do_nothing()
                .to_owned(),
        )
        .try_insert()
        .exec_without_returning(work.connection())
        .await?;
    if !matches!(inserted, TryInsertResult::Inserted(1)) {
        return Err(Refusal::of(Code::Stale).into());
    }
    let team = new
        .investigators
        .iter()
        .map(|user| case_investigator::ActiveModel {
            case_id: Set(new.id.uuid()),
            user_id: Set(user.uuid()),
        });
    case_investigator::Entity::insert_many(team)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// Saves a changed case; somebody else's change in between is `STALE`.
pub async fn save(work: &Work, changed: &Case) -> Result<(), AppError> {
    let mut row = case_file::ActiveModel {
        state: Set(changed.state_kind().to_string()),
        version: Set(changed.version + 1),
        ..case_file::ActiveModel::default()
    };
    if let Some(proposal) = changed.proposal() {
        write_proposal(&mut row, proposal);
    }
    if let Some(audit) = changed.audit_passed() {
        write_audit(&mut row, audit);
    }
    if let Some((notice, answer)) = changed.notice() {
        write_notice(&mut row, notice, answer);
    }
    if let Some(decision) = changed.decision() {
        write_decision(&mut row, decision);
    }
    let done = case_file::Entity::update_many()
        .set(row)
        .filter(case_file::Column::Id.eq(changed.id.uuid()))
        .filter(case_file::Column::Version.eq(changed.version))
        .exec(work.connection())
        .await?;
    if done.rows_affected == 1 {
        Ok(())
    } else {
        Err(Refusal::of(Code::Stale).into())
    }
}

fn write_proposal(row: &mut case_file::ActiveModel, proposal: &Proposal) {
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

fn write_audit(row: &mut case_file::ActiveModel, audit: &Audit) {
    let Audit { by, at, opinion } = audit;
    row.audited_by = Set(Some(by.uuid()));
    row.audited_at = Set(Some(*at));
    row.audit_opinion = Set(Some(opinion.to_string()));
}

fn write_notice(row: &mut case_file::ActiveModel, notice: &Notice, answer: Option<&Answer>) {
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

fn write_decision(row: &mut case_file::ActiveModel, decision: &Decision) {
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

/// What an actor may see: officers their division, investigators what they work on, merchants
/// their own cases from the notice on.
fn visible_to(actor: &Actor) -> Select<case_file::Entity> {
    let seen = match actor {
        Actor::System => Condition::all(),
        Actor::Anonymous | Actor::Reporter(_) => nothing(),
        Actor::User(user) => {
            let mut seen = Condition::any()
                .add(in_division_of(
                    actor,
                    &READERS,
                    (case_file::Entity, case_file::Column::Division),
                ))
                .add(
                    case_file::Column::Id.in_subquery(
                        case_investigator::Entity::find()
                            .select_only()
                            .column(case_investigator::Column::CaseId)
                            .filter(case_investigator::Column::UserId.eq(user.user.uuid()))
                            .into_query(),
                    ),
                );
            if let Seat::Merchant(merchant) = user.seat {
                seen = seen.add(
                    Condition::all()
                        .add(case_file::Column::MerchantId.eq(merchant.uuid()))
                        .add(case_file::Column::NoticedAt.is_not_null()),
                );
            }
            seen
        }
    };
    case_file::Entity::find().filter(seen)
}

/// The ids of what an actor may see, for what hangs on it.
pub(super) fn ids_visible_to(actor: &Actor) -> SelectStatement {
    visible_to(actor)
        .select_only()
        .column(case_file::Column::Id)
        .into_query()
}

/// A case that the actor may see, or `NOT_FOUND`.
pub async fn get(source: &impl Source, actor: &Actor, id: CaseId) -> Result<Case, AppError> {
    let row = visible_to(actor)
        .filter(case_file::Column::Id.eq(id.uuid()))
        .one(source.connection())
        .await?;
    let row = row.ok_or_else(|| AppError::from(Refusal::on(Code::NotFound, "caseId")))?;
    let team = teams(source, &[row.id])
        .await?
        .remove(&row.id)
        .unwrap_or_default();
    read(row, team)
}

/// The cases that the actor may see, newest first.
pub async fn list(source: &impl Source, actor: &Actor, page: Page) -> Result<Rows<Case>, AppError> {
    let mut select = visible_to(actor);
    if let Some(Cursor { at, id }) = page.after {
        let earlier = Condition::any().add(case_file::Column::FiledAt.lt(at)).add(
            Condition::all()
                .add(case_file::Column::FiledAt.eq(at))
                .add(case_file::Column::Id.lt(id)),
        );
        select = select.filter(earlier);
    }
    let rows = select
        .order_by_desc(case_file::Column::FiledAt)
        .order_by_desc(case_file::Column::Id)
        .limit(page.first + 1)
        .all(source.connection())
        .await?;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut teams = teams(source, &ids).await?;
    let rows = rows
        .into_iter()
        .map(|row| {
            let cursor = Cursor {
                at: row.filed_at,
                id: row.id,
            };
            let team = teams.remove(&row.id).unwrap_or_default();
            Ok((cursor, read(row, team)?))
        })
        .collect::<Result<_, AppError>>()?;
    Ok(Rows::cut(rows, page))
}

/// Decided cases against a merchant, newest first: public, as far as a penalty is.
pub async fn list_decided(
    source: &impl Source,
    merchant: MerchantId,
) -> Result<Vec<Case>, AppError> {
    case_file::Entity::find()
        .filter(case_file::Column::MerchantId.eq(merchant.uuid()))
        .filter(case_file::Column::State.eq(CaseStateKind::Decided.to_string()))
        .order_by_desc(case_file::Column::DecidedAt)
        .limit(20)
        .all(source.connection())
        .await?
        .into_iter()
        .map(|row| read(row, Vec::new()))
        .collect()
}

async fn teams(
    source: &impl Source,
    cases: &[Uuid],
) -> Result<HashMap<Uuid, Vec<UserId>>, AppError> {
    let rows = case_investigator::Entity::find()
        .filter(case_investigator::Column::CaseId.is_in(cases.iter().copied()))
        .all(source.connection())
        .await?;
    let mut teams: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        teams
            .entry(row.case_id)
            .or_default()
            .push(UserId::new(row.user_id));
    }
    Ok(teams)
}

fn read(row: case_file::Model, team: Vec<UserId>) -> Result<Case, AppError> {
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
