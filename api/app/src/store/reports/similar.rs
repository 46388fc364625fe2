//! Reports around a place that were taken in, for the citizen who is about to send one. Of what leaves this file
//! nothing is told but that there are several.

use crate::{
    error::AppError,
    store::row::{list_each, position},
    work::Source,
};
use liangxin_domain::{
    id::ReportId,
    limits::SIMILAR_RADIUS_METRES,
    place::Position,
    reports::nearby::{TakenIn, Week},
};
use liangxin_entity::report;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

/// Metres of a degree of latitude, rounded down, so that the box is never too small.
const METRES_A_DEGREE: f64 = 110_000.0;

/// The reports in a box around a position that count in a week; at most the newest 500.
pub async fn list_taken_in_around(
    source: &impl Source,
    around: Position,
    week: Week,
) -> Result<Vec<TakenIn>, AppError> {
    let high = f64::from(SIMILAR_RADIUS_METRES) / METRES_A_DEGREE;
    // A degree of longitude shrinks towards the poles; at the pole itself every one of them is near.
    let wide = high / around.latitude.to_radians().cos().max(0.01);
    let counts = week.counts();
    let rows = report::Entity::find()
        .filter(report::Column::Latitude.between(around.latitude - high, around.latitude + high))
        .filter(report::Column::Longitude.between(around.longitude - wide, around.longitude + wide))
        .filter(report::Column::AcceptedAt.gte(counts.start))
        .filter(report::Column::AcceptedAt.lt(counts.end))
        .order_by_desc(report::Column::ReceivedAt)
        .limit(500);
    Ok(list_each(source, rows)
        .await?
        .into_iter()
        .filter_map(|row| {
            Some(TakenIn {
                id: ReportId::new(row.id),
                follows: row.follows.map(ReportId::new),
                position: position(row.latitude, row.longitude, row.accuracy_m)?,
                goods: row.goods,
                received_at: row.received_at,
            })
        })
        .collect())
}
