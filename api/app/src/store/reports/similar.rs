//! Open reports around a place, for the citizen who is about to send one. Of what leaves this file
//! nothing is told but that there are several.

use crate::{
    error::AppError,
    store::row::{list_each, position},
    work::Source,
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    id::ReportId,
    law::calendar::{shanghai_date, shanghai_start_of},
    limits::SIMILAR_RADIUS_METRES,
    place::Position,
    reports::{nearby::OpenReport, report::ReportStateKind},
};
use liangxin_entity::report;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

/// Metres of a degree of latitude, rounded down, so that the box is never too small.
const METRES_A_DEGREE: f64 = 110_000.0;

/// The open reports in a box around a position that came in before the day (in China) of `now`; at
/// most the newest 500.
pub async fn list_open_around(
    source: &impl Source,
    around: Position,
    now: DateTime<Utc>,
) -> Result<Vec<OpenReport>, AppError> {
    let high = f64::from(SIMILAR_RADIUS_METRES) / METRES_A_DEGREE;
    // A degree of longitude shrinks towards the poles; at the pole itself every one of them is near.
    let wide = high / around.latitude.to_radians().cos().max(0.01);
    let open = [
        ReportStateKind::Registered,
        ReportStateKind::Verifying,
        ReportStateKind::VerifyingExtended,
        ReportStateKind::PausedTest,
    ];
    let rows = report::Entity::find()
        .filter(report::Column::State.is_in(open.map(|state| state.to_string())))
        .filter(report::Column::Latitude.between(around.latitude - high, around.latitude + high))
        .filter(report::Column::Longitude.between(around.longitude - wide, around.longitude + wide))
        .filter(report::Column::ReceivedAt.lt(shanghai_start_of(shanghai_date(now))))
        .order_by_desc(report::Column::ReceivedAt)
        .limit(500);
    Ok(list_each(source, rows)
        .await?
        .into_iter()
        .filter_map(|row| {
            Some(OpenReport {
                id: ReportId::new(row.id),
                follows: row.follows.map(ReportId::new),
                position: position(row.latitude, row.longitude, row.accuracy_m)?,
                goods: row.goods,
                received_at: row.received_at,
            })
        })
        .collect())
}
