//! Looks that are made again and again: claimed by one process at a time, leased, never given up.

use crate::{
    error::AppError,
    work::{Db, Source as _},
};
use chrono::{DateTime, TimeDelta, Utc};
use liangxin_domain::event::Sweep;
use liangxin_entity::sweep;
use sea_orm::{
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
    sea_query::{Expr, ExprTrait as _},
};

/// How long a claimed look may take before another process may take it over.
const LEASE_SECONDS: i64 = 30;

fn due(now: DateTime<Utc>) -> Condition {
    Condition::all().add(sweep::Column::RunAt.lte(now)).add(
        Condition::any()
            .add(sweep::Column::LeaseUntil.is_null())
            .add(sweep::Column::LeaseUntil.lt(now)),
    )
}

/// Claims a look that is due, and answers which try it is; `None` if it is not due or another process has it.
pub async fn claim(db: &Db, kind: Sweep, now: DateTime<Utc>) -> Result<Option<i32>, AppError> {
    // A look takes no lock; most find nothing.
    let found = sweep::Entity::find_by_id(kind.to_string())
        .filter(due(now))
        .one(db.connection())
        .await?;
    let Some(found) = found else {
        return Ok(None);
    };
    let claimed = sweep::Entity::update_many()
        .col_expr(
            sweep::Column::LeaseUntil,
            Expr::value(now + TimeDelta::seconds(LEASE_SECONDS)),
        )
        .col_expr(
            sweep::Column::Attempt,
            Expr::col(sweep::Column::Attempt).add(1),
        )
        .filter(sweep::Column::Kind.eq(kind.to_string()))
        .filter(due(now))
        .exec(db.writer())
        .await?;
    Ok((claimed.rows_affected == 1).then_some(found.attempt + 1))
}

/// The look was made; the next one is due at `next`.
pub async fn finish(db: &Db, kind: Sweep, next: DateTime<Utc>) -> Result<(), AppError> {
    put_off(db, kind, next, None).await
}

/// The look failed, and is made again at `next`.
pub async fn postpone(
    db: &Db,
    kind: Sweep,
    next: DateTime<Utc>,
    error: &str,
) -> Result<(), AppError> {
    put_off(db, kind, next, Some(error)).await
}

async fn put_off(
    db: &Db,
    kind: Sweep,
    next: DateTime<Utc>,
    error: Option<&str>,
) -> Result<(), AppError> {
    let mut update = sweep::Entity::update_many()
        .col_expr(sweep::Column::RunAt, Expr::value(next))
        .col_expr(
            sweep::Column::LeaseUntil,
            Expr::value(None::<DateTime<Utc>>),
        )
        .col_expr(sweep::Column::LastError, Expr::value(error))
        .filter(sweep::Column::Kind.eq(kind.to_string()));
    if error.is_none() {
        update = update.col_expr(sweep::Column::Attempt, Expr::value(0));
    }
    update.exec(db.writer()).await?;
    Ok(())
}

/// Lets go of every claimed look. Only for whoever knows that no other process lives.
pub async fn release_all(db: &Db) -> Result<(), AppError> {
    sweep::Entity::update_many()
        .col_expr(
            sweep::Column::LeaseUntil,
            Expr::value(None::<DateTime<Utc>>),
        )
        .exec(db.writer())
        .await?;
    Ok(())
}

/// How many looks failed the last time that they were made.
pub async fn count_failing(db: &Db) -> Result<u64, AppError> {
    let failing = sweep::Entity::find().filter(sweep::Column::LastError.is_not_null());
    Ok(failing.count(db.connection()).await?)
}

/// Since when the look that is due longest waits.
pub async fn oldest(db: &Db, now: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, AppError> {
    let row = sweep::Entity::find()
        .filter(due(now))
        .order_by_asc(sweep::Column::RunAt)
        .limit(1)
        .one(db.connection())
        .await?;
    Ok(row.map(|row| row.run_at))
}
