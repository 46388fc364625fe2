//! How far the grades of a day are computed, and the editions of the months.

use crate::{
    error::AppError,
    store::row::insert_unless_there,
    work::{Source, Work},
};
use chrono::{Datelike as _, NaiveDate};
use liangxin_domain::id::MerchantId;
use liangxin_domain::refusal::{Code, Refusal};
use liangxin_entity::{present_rating, rating_edition, rating_night};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    QueryTrait as _,
    sea_query::{Expr, Query},
};

/// How far the grades of a day are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Night {
    /// The day.
    pub day: NaiveDate,
    /// The last merchant that was computed, by its id; nothing before the first one.
    pub after: Option<MerchantId>,
    /// Whether all were.
    pub is_done: bool,
}

/// How far a day has come, if somebody began it.
pub async fn find_night(source: &impl Source, day: NaiveDate) -> Result<Option<Night>, AppError> {
    let found = rating_night::Entity::find_by_id(day)
        .one(source.connection())
        .await?;
    Ok(found.map(|row| Night {
        day: row.day,
        after: row.after.map(MerchantId::new),
        is_done: row.is_done,
    }))
}

/// How far a day has come; one that nobody began begins.
pub async fn begin_night(work: &Work, day: NaiveDate) -> Result<Night, AppError> {
    if let Some(begun) = find_night(work, day).await? {
        return Ok(begun);
    }
    let row = rating_night::ActiveModel {
        day: Set(day),
        after: Set(None),
        is_done: Set(false),
    };
    insert_unless_there(work, row, [rating_night::Column::Day]).await?;
    Ok(Night {
        day,
        after: None,
        is_done: false,
    })
}

/// Notes how far a day has come; `STALE` if somebody else went on from the same place meanwhile.
pub async fn save_night(work: &Work, before: Night, now: Night) -> Result<(), AppError> {
    let after = match before.after {
        Some(after) => rating_night::Column::After.eq(after.uuid()),
        None => rating_night::Column::After.is_null(),
    };
    let moved = rating_night::Entity::update_many()
        .col_expr(
            rating_night::Column::After,
            Expr::value(now.after.map(MerchantId::uuid)),
        )
        .col_expr(rating_night::Column::IsDone, Expr::value(now.is_done))
        .filter(rating_night::Column::Day.eq(now.day))
        .filter(rating_night::Column::IsDone.eq(false))
        .filter(after)
        .exec(work.connection())
        .await?;
    if moved.rows_affected == 1 {
        return Ok(());
    }
    Err(Refusal::of(Code::Stale).into())
}

/// Keeps the present grades as the edition of the month of a day, if the month has none yet. An edition
/// is never changed.
pub async fn freeze(work: &Work, day: NaiveDate) -> Result<(), AppError> {
    let month = day.with_day(1).unwrap_or(day);
    let is_frozen = rating_edition::Entity::find()
        .filter(rating_edition::Column::Month.eq(month))
        .limit(1)
        .one(work.connection())
        .await?
        .is_some();
    if is_frozen {
        return Ok(());
    }
    let present = present_rating::Entity::find()
        .select_only()
        .expr(Expr::value(month))
        .column(present_rating::Column::MerchantId)
        .column(present_rating::Column::RatingId)
        .into_query();
    let mut insert = Query::insert();
    insert.into_table(rating_edition::Entity).columns([
        rating_edition::Column::Month,
        rating_edition::Column::MerchantId,
        rating_edition::Column::RatingId,
    ]);
    insert
        .select_from(present)
        .map_err(|e| AppError::internal("keep an edition of the grades", e))?;
    work.connection().execute(&insert).await?;
    Ok(())
}
