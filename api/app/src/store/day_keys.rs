//! Keys that live for one day: what they hashed can be compared on that day, and afterwards nobody can try numbers or
//! addresses against it.

use super::leftovers;
use crate::{
    error::AppError,
    work::{Db, Source as _, Work},
};
use chrono::NaiveDate;
use liangxin_entity::{day_key, mail_question};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _,
    sea_query::{IntoCondition as _, OnConflict},
};

/// The key of today: `fresh`, if nobody made one.
pub async fn get(work: &Work, fresh: [u8; 32]) -> Result<[u8; 32], AppError> {
    let row = day_key::ActiveModel {
        day: Set(work.today()),
        key: Set(fresh.to_vec()),
    };
    day_key::Entity::insert(row)
        .on_conflict(
            OnConflict::column(day_key::Column::Day)
                .do_nothing()
                .to_owned(),
        )
        .try_insert()
        .exec_without_returning(work.connection())
        .await?;
    let row = day_key::Entity::find_by_id(work.today())
        .one(work.connection())
        .await?;
    row.and_then(|row| row.key.try_into().ok())
        .ok_or_else(|| AppError::damaged("day_key", "key"))
}

/// Forgets the keys of the days before, and what they hashed.
pub async fn forget_before(db: &Db, today: NaiveDate) -> Result<(), AppError> {
    let (key, gone) = (day_key::Column::Day, day_key::Column::Day.lt(today));
    leftovers::clear::<day_key::Entity, NaiveDate>(db, key, gone.into_condition()).await?;
    let (key, gone) = (
        mail_question::Column::Key,
        mail_question::Column::Day.lt(today),
    );
    leftovers::clear::<mail_question::Entity, String>(db, key, gone.into_condition()).await
}
