//! Keys that live for one day: what they hashed can be compared on that day, and afterwards nobody can try numbers or
//! addresses against it.

use super::leftovers;
use crate::{
    error::AppError,
    store::row::insert_unless_there,
    work::{Db, Source, Work},
};
use chrono::NaiveDate;
use liangxin_domain::evidence::digest::Sha256;
use liangxin_entity::{day_key, mail_question};
use ring::hmac;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, sea_query::IntoCondition as _,
};

/// The key of today: `fresh`, if nobody made one.
pub async fn get(work: &Work, fresh: [u8; 32]) -> Result<[u8; 32], AppError> {
    let row = day_key::ActiveModel {
        day: Set(work.today()),
        key: Set(fresh.to_vec()),
    };
    insert_unless_there(work, row, [day_key::Column::Day]).await?;
    let key = find(work, work.today()).await?;
    key.ok_or_else(|| AppError::damaged("day_key", "key"))
}

/// A digest as it is kept on a day.
#[must_use]
pub fn keyed(day: [u8; 32], digest: Sha256) -> Sha256 {
    let day = hmac::Key::new(hmac::HMAC_SHA256, &day);
    let mut keyed = [0; 32];
    keyed.copy_from_slice(hmac::sign(&day, digest.bytes()).as_ref());
    Sha256::new(keyed)
}

/// The key of a day, if anybody needed one.
pub async fn find(source: &impl Source, day: NaiveDate) -> Result<Option<[u8; 32]>, AppError> {
    let row = day_key::Entity::find_by_id(day)
        .one(source.connection())
        .await?;
    let read = |row: day_key::Model| row.key.try_into().ok();
    row.map(|row| read(row).ok_or_else(|| AppError::damaged("day_key", "key")))
        .transpose()
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
