//! Whether the database takes writes.

use crate::{error::AppError, work::Db};
use chrono::{DateTime, Utc};
use liangxin_entity::health;
use sea_orm::{EntityTrait as _, sea_query::Expr};

/// Writes the moment into the row that is there for it. A disk that is full and a server that only reads
/// answer a look well, and fail here.
pub async fn touch(db: &Db, now: DateTime<Utc>) -> Result<(), AppError> {
    health::Entity::update_many()
        .col_expr(health::Column::At, Expr::value(now))
        .exec(db.writer())
        .await?;
    Ok(())
}
