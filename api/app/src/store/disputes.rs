//! Disputes about competence.

use crate::{
    error::AppError,
    store::{
        page::{Page, Rows},
        row::{insert_new, list_each, meet, optional_word, read_each, word},
        visibility::{Sight, in_division_of},
    },
    work::{Source, Work},
};
use liangxin_domain::{
    accounts::role::Role,
    actor::Actor,
    id::{DisputeId, ReportId, UserId},
    places::{
        dispute::{Dispute, DisputeState},
        division::DivisionCode,
    },
    refusal::{Code, Refusal},
    text::Narrative,
};
use liangxin_entity::competence_dispute as row;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};

const OPEN: &str = "open";

/// The roles that speak for a unit.
const READERS: [Role; 2] = [Role::IntakeOfficer, Role::Head];

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
        proposed_unit: Set(None),
        proposed_side: Set(None),
        proposed_by: Set(None),
        proposed_at: Set(None),
        settled_unit: Set(None),
        settled_by: Set(None),
        settled_at: Set(None),
        version: Set(new.version),
    };
    insert_new(work, model).await
}

/// Saves what was said of a dispute; if somebody else said something in between it is `STALE`.
pub async fn save(work: &Work, changed: &Dispute) -> Result<(), AppError> {
    let ended = |state: &str, unit: DivisionCode, by: UserId, at| row::ActiveModel {
        state: Set(state.to_owned()),
        settled_unit: Set(Some(unit.to_string())),
        settled_by: Set(Some(by.uuid())),
        settled_at: Set(Some(at)),
        ..row::ActiveModel::default()
    };
    let said = match changed.state {
        DisputeState::Open => return Ok(()),
        DisputeState::Proposed { unit, side, by, at } => row::ActiveModel {
            proposed_unit: Set(Some(unit.to_string())),
            proposed_side: Set(Some(side.to_string())),
            proposed_by: Set(Some(by.uuid())),
            proposed_at: Set(Some(at)),
            ..row::ActiveModel::default()
        },
        DisputeState::Agreed { unit, by, at } => ended("agreed", unit, by, at),
        DisputeState::Designated { unit, by, at } => ended("designated", unit, by, at),
    };
    let said = row::ActiveModel {
        version: Set(changed.version + 1),
        ..said
    };
    let update = row::Entity::update_many()
        .set(said)
        .filter(row::Column::Id.eq(changed.id.uuid()))
        .filter(row::Column::Version.eq(changed.version));
    meet(work, update, Code::Stale).await
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

/// The disputes in which a unit of an officer's division, or below, is a side, the oldest first.
pub async fn list_for(
    source: &impl Source,
    actor: &Actor,
    page: Page,
) -> Result<Rows<Dispute>, AppError> {
    let side = |column| in_division_of(actor, &READERS, column);
    let sight = Sight::default()
        .and_by(side(row::Column::Holder))
        .and_by(side(row::Column::Other));
    let key = (row::Column::RaisedAt, row::Column::Id);
    let found = page
        .in_turn(source, (row::Entity::find(), sight), key)
        .await?;
    found.read(read)
}

/// The disputes about a report that the caller may see already, oldest first; at most 50.
pub async fn list(source: &impl Source, report: ReportId) -> Result<Vec<Dispute>, AppError> {
    let disputes = row::Entity::find()
        .filter(row::Column::ReportId.eq(report.uuid()))
        .order_by_asc(row::Column::RaisedAt)
        .limit(50);
    read_each(list_each(source, disputes).await?, read)
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
    let proposed = || -> Result<_, AppError> {
        let unit = optional_word(found.proposed_unit.as_deref(), TABLE, "proposed_unit")?;
        let side = optional_word(found.proposed_side.as_deref(), TABLE, "proposed_side")?;
        Ok(match (unit, side, found.proposed_by, found.proposed_at) {
            (Some(unit), Some(side), Some(by), Some(at)) => DisputeState::Proposed {
                unit,
                side,
                by: UserId::new(by),
                at,
            },
            _ => DisputeState::Open,
        })
    };
    let state = match found.state.as_str() {
        OPEN => proposed()?,
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
        version: found.version,
    })
}
