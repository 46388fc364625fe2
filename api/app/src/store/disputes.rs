//! Disputes about competence.

use crate::{
    error::AppError,
    store::row::{meet, optional_word, word},
    work::{Source, Work},
};
use liangxin_domain::{
    id::{DisputeId, ReportId, UserId},
    places::dispute::{Dispute, DisputeState},
    refusal::{Code, Refusal},
    text::Narrative,
};
use liangxin_entity::competence_dispute as row;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

const OPEN: &str = "open";

/// Writes a dispute that was just raised; a second open one about the same report is refused.
pub async fn insert(work: &Work, new: &Dispute) -> Result<(), AppError> {
    let open = row::Entity::find()
        .filter(row::Column::ReportId.eq(new.report.uuid()))
        .filter(row::Column::State.eq(OPEN))
        .count(work.connection())
        .await?;
    if open > 0 {
        return Err(Refusal::of(Code::DisputeOpen).into());
    }
    let model = row::ActiveModel {
        id: Set(new.id.uuid()),
        report_id: Set(new.report.uuid()),
        holder: Set(new.holder.to_string()),
        other: Set(new.other.to_string()),
        reason: Set(new.reason.to_string()),
        raised_by: Set(new.raised_by.uuid()),
        raised_at: Set(new.raised_at),
        state: Set(OPEN.to_owned()),
        settled_unit: Set(None),
        settled_by: Set(None),
        settled_at: Set(None),
    };
    row::Entity::insert(model)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// Saves how a dispute ended; ended by somebody else in between it is `DISPUTE_CLOSED`.
pub async fn save(work: &Work, changed: &Dispute) -> Result<(), AppError> {
    let (state, unit, by, at) = match changed.state {
        DisputeState::Open => return Ok(()),
        DisputeState::Agreed { unit, by, at } => ("agreed", unit, by, at),
        DisputeState::Designated { unit, by, at } => ("designated", unit, by, at),
    };
    let update = row::Entity::update_many()
        .set(row::ActiveModel {
            state: Set(state.to_owned()),
            settled_unit: Set(Some(unit.to_string())),
            settled_by: Set(Some(by.uuid())),
            settled_at: Set(Some(at)),
            ..row::ActiveModel::default()
        })
        .filter(row::Column::Id.eq(changed.id.uuid()))
        .filter(row::Column::State.eq(OPEN));
    meet(work, update, Code::DisputeClosed).await
}

/// A dispute, or `NOT_FOUND`. Whether the actor may see it, the policy decides by its units.
pub async fn get(source: &impl Source, id: DisputeId) -> Result<Dispute, AppError> {
    row::Entity::find_by_id(id.uuid())
        .one(source.connection())
        .await?
        .map(read)
        .transpose()?
        .ok_or_else(|| Refusal::on(Code::NotFound, "disputeId").into())
}

/// The disputes about a report that the caller may see already, oldest first; at most 50.
pub async fn list(source: &impl Source, report: ReportId) -> Result<Vec<Dispute>, AppError> {
    row::Entity::find()
        .filter(row::Column::ReportId.eq(report.uuid()))
        .order_by_asc(row::Column::RaisedAt)
        .limit(50)
        .all(source.connection())
        .await?
        .into_iter()
        .map(read)
        .collect()
}

pub(super) fn read(found: row::Model) -> Result<Dispute, AppError> {
    const TABLE: &str = "competence_dispute";
    let settled = || -> Result<_, AppError> {
        let unit = optional_word(found.settled_unit.as_deref(), TABLE, "settled_unit")?;
        match (unit, found.settled_by, found.settled_at) {
            (Some(unit), Some(by), Some(at)) => Ok((unit, UserId::new(by), at)),
            _ => Err(AppError::damaged(TABLE, "settled_unit")),
        }
    };
    let state = match found.state.as_str() {
        OPEN => DisputeState::Open,
        "agreed" => {
            let (unit, by, at) = settled()?;
            DisputeState::Agreed { unit, by, at }
        }
        "designated" => {
            let (unit, by, at) = settled()?;
            DisputeState::Designated { unit, by, at }
        }
        _ => return Err(AppError::damaged(TABLE, "state")),
    };
    Ok(Dispute {
        id: DisputeId::new(found.id),
        report: ReportId::new(found.report_id),
        holder: word(&found.holder, TABLE, "holder")?,
        other: word(&found.other, TABLE, "other")?,
        reason: Narrative::stored(found.reason),
        raised_by: UserId::new(found.raised_by),
        raised_at: found.raised_at,
        state,
    })
}
