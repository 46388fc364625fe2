//! The arrivals of officers on site.

use crate::{
    error::AppError,
    store::row::{position, word},
    work::{Source, Work},
};
use liangxin_domain::{
    id::{UserId, VisitId},
    inspections::arrival::Arrival,
};
use liangxin_entity::visit_arrival;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    sea_query::OnConflict,
};
use uuid::Uuid;

/// Writes an arrival, or what was said of one later.
pub async fn save(work: &Work, visit: VisitId, arrival: &Arrival) -> Result<(), AppError> {
    let row = visit_arrival::ActiveModel {
        visit_id: Set(visit.uuid()),
        user_id: Set(arrival.by.uuid()),
        at: Set(arrival.at),
        received_at: Set(arrival.received_at),
        latitude: Set(arrival.position.latitude),
        longitude: Set(arrival.position.longitude),
        accuracy_m: Set(arrival.position.accuracy_m),
        certificate_no: Set(arrival.certificate_no.clone()),
        party: Set(arrival.party.map(|party| party.to_string())),
    };
    let said_later = OnConflict::columns([
        visit_arrival::Column::VisitId,
        visit_arrival::Column::UserId,
    ])
    .update_columns([
        visit_arrival::Column::CertificateNo,
        visit_arrival::Column::Party,
    ])
    .to_owned();
    visit_arrival::Entity::insert(row)
        .on_conflict(said_later)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// The arrivals of visits that the caller may see already, in the order in which the server heard of them.
pub(super) async fn of(
    source: &impl Source,
    visits: &[Uuid],
) -> Result<Vec<(Uuid, Arrival)>, AppError> {
    visit_arrival::Entity::find()
        .filter(visit_arrival::Column::VisitId.is_in(visits.iter().copied()))
        .order_by_asc(visit_arrival::Column::ReceivedAt)
        .order_by_asc(visit_arrival::Column::UserId)
        .all(source.connection())
        .await?
        .into_iter()
        .map(|row| Ok((row.visit_id, read(row)?)))
        .collect()
}

fn read(row: visit_arrival::Model) -> Result<Arrival, AppError> {
    let at = position(Some(row.latitude), Some(row.longitude), row.accuracy_m);
    Ok(Arrival {
        at: row.at,
        received_at: row.received_at,
        position: at.ok_or_else(|| AppError::damaged("visit_arrival", "latitude"))?,
        by: UserId::new(row.user_id),
        certificate_no: row.certificate_no,
        party: match &row.party {
            Some(party) => Some(word(party, "visit_arrival", "party")?),
            None => None,
        },
    })
}
