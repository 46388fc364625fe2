//! Parts of photos that are covered on every copy. Who asks has shown a right to the photo.

use crate::{
    error::AppError,
    store::row::insert_unless_there,
    work::{Source, Work},
};
use liangxin_domain::{
    evidence::redaction::{Area, Redaction, Removed},
    id::{PhotoId, RedactionId, UserId},
    refusal::{Code, Refusal},
    text::Reason,
};
use liangxin_entity::redaction;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    sea_query::Expr,
};

/// What is covered of a photo, and after how many acts. The number grows with each act and never falls, so that it tells
/// whether a copy is older than what is to be covered.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Covered {
    /// How often something was covered or uncovered.
    pub acts: i32,
    /// What is covered now.
    pub areas: Vec<Area>,
}

/// What is covered of a photo.
pub async fn covered(source: &impl Source, photo: PhotoId) -> Result<Covered, AppError> {
    let all = list(source, photo).await?;
    let removed = all.iter().filter(|one| one.removed.is_some()).count();
    Ok(Covered {
        acts: i32::try_from(all.len() + removed).unwrap_or(i32::MAX),
        areas: all
            .iter()
            .filter(|one| one.removed.is_none())
            .map(|one| one.area)
            .collect(),
    })
}

/// Every redaction of a photo, the first one first; those that were taken away too.
pub async fn list(source: &impl Source, photo: PhotoId) -> Result<Vec<Redaction>, AppError> {
    let rows = redaction::Entity::find()
        .filter(redaction::Column::PhotoId.eq(photo.uuid()))
        .order_by_asc(redaction::Column::MadeAt)
        .order_by_asc(redaction::Column::Id)
        .all(source.connection())
        .await?;
    rows.into_iter().map(read).collect()
}

/// Lays a redaction down. An id that lies already is refused.
pub async fn insert(work: &Work, photo: PhotoId, new: &Redaction) -> Result<(), AppError> {
    let Redaction {
        id,
        area,
        reason,
        by,
        at,
        removed: _,
    } = new;
    let Area {
        left,
        top,
        width,
        height,
    } = *area;
    let row = redaction::ActiveModel {
        id: Set(id.uuid()),
        photo_id: Set(photo.uuid()),
        left: Set(left.into()),
        top: Set(top.into()),
        width: Set(width.into()),
        height: Set(height.into()),
        reason: Set(reason.to_string()),
        made_by: Set(by.uuid()),
        made_at: Set(*at),
        removal_reason: Set(None),
        removed_by: Set(None),
        removed_at: Set(None),
    };
    if insert_unless_there(work, row, [redaction::Column::Id]).await? {
        Ok(())
    } else {
        Err(Refusal::of(Code::IdReused).into())
    }
}

/// Notes that a redaction was taken away; only the first time counts.
pub async fn remove(work: &Work, id: RedactionId, removed: &Removed) -> Result<(), AppError> {
    let Removed { reason, by, at } = removed;
    let done = redaction::Entity::update_many()
        .col_expr(
            redaction::Column::RemovalReason,
            Expr::value(reason.to_string()),
        )
        .col_expr(redaction::Column::RemovedBy, Expr::value(by.uuid()))
        .col_expr(redaction::Column::RemovedAt, Expr::value(*at))
        .filter(redaction::Column::Id.eq(id.uuid()))
        .filter(redaction::Column::RemovedAt.is_null())
        .exec(work.connection())
        .await?;
    match done.rows_affected {
        1 => Ok(()),
        _ => Err(Refusal::on(Code::NotFound, "redactionId").into()),
    }
}

pub(super) fn read(row: redaction::Model) -> Result<Redaction, AppError> {
    let from = (row.left, row.top);
    let area = Area::parse(from, (row.width, row.height));
    let removed = match (row.removal_reason, row.removed_by, row.removed_at) {
        (Some(reason), Some(by), Some(at)) => Some(Removed {
            reason: Reason::stored(reason),
            by: UserId::new(by),
            at,
        }),
        _ => None,
    };
    Ok(Redaction {
        id: RedactionId::new(row.id),
        area: area.map_err(|_| AppError::damaged("redaction", "area"))?,
        reason: Reason::stored(row.reason),
        by: UserId::new(row.made_by),
        at: row.made_at,
        removed,
    })
}
