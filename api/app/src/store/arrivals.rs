//! The arrivals of officers on site.

use crate::{
    error::AppError,
    store::row::{position, raw_rows, take_apart, word},
    work::{Source, Touched, Work},
};
use liangxin_domain::{
    id::{UserId, VisitId},
    inspections::arrival::{Arrival, Whereabouts},
};
use liangxin_entity::visit_arrival;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, IdenStatic as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _,
    sea_query::{OnConflict, SelectStatement},
};
use uuid::Uuid;

/// Writes an arrival, or what was said of one later.
pub async fn save(work: &Work, visit: VisitId, arrival: &Arrival) -> Result<(), AppError> {
    let (place, missing) = (arrival.place.position(), arrival.place.missing());
    let row = visit_arrival::ActiveModel {
        visit_id: Set(visit.uuid()),
        user_id: Set(arrival.by.uuid()),
        at: Set(arrival.at),
        received_at: Set(arrival.received_at),
        latitude: Set(place.map(|it| it.latitude)),
        longitude: Set(place.map(|it| it.longitude)),
        accuracy_m: Set(place.and_then(|it| it.accuracy_m)),
        position_missing: Set(missing.map(|it| it.to_string())),
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
    work.touch(Touched::Visit(visit));
    Ok(())
}

/// The arrivals of visits that the caller may see already, in the order in which the server heard of them. One that cannot
/// be read spoils its own visit, and no other.
pub(super) async fn of(
    source: &impl Source,
    visits: &[Uuid],
) -> Result<Vec<(Uuid, Result<Arrival, AppError>)>, AppError> {
    let arrivals = visit_arrival::Entity::find()
        .filter(visit_arrival::Column::VisitId.is_in(visits.iter().copied()))
        .order_by_asc(visit_arrival::Column::ReceivedAt)
        .order_by_asc(visit_arrival::Column::UserId);
    let rows = raw_rows(source, arrivals).await?;
    rows.iter()
        .map(|row| {
            let visit = row.try_get("", visit_arrival::Column::VisitId.as_str())?;
            let arrival = take_apart::<visit_arrival::Entity>(row).and_then(read);
            Ok((visit, arrival))
        })
        .collect()
}

/// The visits at which somebody arrived.
pub(super) fn at_which(user: UserId) -> SelectStatement {
    visit_arrival::Entity::find()
        .select_only()
        .column(visit_arrival::Column::VisitId)
        .filter(visit_arrival::Column::UserId.eq(user.uuid()))
        .into_query()
}

pub(super) fn read(row: visit_arrival::Model) -> Result<Arrival, AppError> {
    let there = position(row.latitude, row.longitude, row.accuracy_m);
    let missing = row.position_missing.as_deref();
    let place = match (there, missing) {
        (Some(there), _) => Whereabouts::At(there),
        (None, Some(why)) => Whereabouts::Unknown(word(why, "visit_arrival", "position_missing")?),
        (None, None) => return Err(AppError::damaged("visit_arrival", "latitude")),
    };
    Ok(Arrival {
        at: row.at,
        received_at: row.received_at,
        place,
        by: UserId::new(row.user_id),
        certificate_no: row.certificate_no,
        party: match &row.party {
            Some(party) => Some(word(party, "visit_arrival", "party")?),
            None => None,
        },
    })
}
