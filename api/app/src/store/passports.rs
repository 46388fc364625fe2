//! The passports of visits, found by the keyed hash of their code alone.

use crate::{
    error::AppError,
    store::row::insert_unless_there,
    work::{Source, Work},
};
use liangxin_domain::{evidence::digest::Sha256, id::VisitId};
use liangxin_entity::visit_passport;
use sea_orm::{ActiveValue::Set, EntityTrait as _};

/// Keeps a passport; made again it is the same.
pub async fn keep(
    work: &Work,
    key: Sha256,
    (visit, number): (VisitId, i32),
) -> Result<(), AppError> {
    let row = visit_passport::ActiveModel {
        code_key: Set(key.to_string()),
        visit_id: Set(visit.uuid()),
        number: Set(number),
    };
    insert_unless_there(work, row, [visit_passport::Column::CodeKey]).await?;
    Ok(())
}

/// Of which visit the passport behind the hash is, and for which of its teams it was made.
pub async fn find(source: &impl Source, key: Sha256) -> Result<Option<(VisitId, i32)>, AppError> {
    let row = visit_passport::Entity::find_by_id(key.to_string())
        .one(source.connection())
        .await?;
    Ok(row.map(|row| (VisitId::new(row.visit_id), row.number)))
}
