//! Links between reports of different reporters about one matter.

use super::{read, visible_to};
use crate::{
    error::AppError,
    store::row::{insert_unless_there, list_each, read_each},
    work::{Source, Work},
};
use liangxin_domain::{
    actor::Actor,
    id::{ReportId, UserId},
    reports::report::Report,
};
use liangxin_entity::{report, report_link};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use uuid::Uuid;

/// Links two reports; linked already, they stay so.
pub async fn insert_link(
    work: &Work,
    id: Uuid,
    (a, b): (ReportId, ReportId),
    by: UserId,
) -> Result<(), AppError> {
    let row = report_link::ActiveModel {
        id: Set(id),
        first_id: Set(a.min(b).uuid()),
        second_id: Set(a.max(b).uuid()),
        by_user: Set(by.uuid()),
        at: Set(work.now()),
    };
    let key = [report_link::Column::FirstId, report_link::Column::SecondId];
    insert_unless_there(work, row, key).await?;
    Ok(())
}

/// The reports that are linked with one, as far as the actor may see them; at most 100.
pub async fn list_links(
    source: &impl Source,
    actor: &Actor,
    of: ReportId,
) -> Result<Vec<Report>, AppError> {
    let pairs = report_link::Entity::find()
        .filter(
            Condition::any()
                .add(report_link::Column::FirstId.eq(of.uuid()))
                .add(report_link::Column::SecondId.eq(of.uuid())),
        )
        .order_by_asc(report_link::Column::Id)
        .limit(100)
        .all(source.connection())
        .await?;
    let others = pairs.into_iter().map(|pair| {
        if pair.first_id == of.uuid() {
            pair.second_id
        } else {
            pair.first_id
        }
    });
    let linked = visible_to(actor)
        .filter(report::Column::Id.is_in(others))
        .order_by_asc(report::Column::Id);
    read_each(list_each(source, linked).await?, read)
}
