//! What officers said of themselves: which merchants are a relative's, or of interest to them.

use crate::{
    error::AppError,
    store::row::{read_each, word},
    work::{Source, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    accounts::interest::Interest,
    id::{MerchantId, UserId},
    text::Reason,
};
use liangxin_entity::declared_interest::{ActiveModel, Column, Entity, Model};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Keeps what an officer said.
pub async fn insert(work: &Work, id: Uuid, said: &Interest) -> Result<(), AppError> {
    let row = ActiveModel {
        id: Set(id),
        user_id: Set(said.officer.uuid()),
        merchant_id: Set(said.merchant.uuid()),
        kind: Set(said.kind.to_string()),
        words: Set(said.words.as_str().to_owned()),
        declared_at: Set(said.declared_at),
    };
    Entity::insert(row)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// Who is tied to a merchant.
pub async fn tied_to(
    source: &impl Source,
    merchant: MerchantId,
) -> Result<BTreeSet<UserId>, AppError> {
    let tied: Vec<Uuid> = Entity::find()
        .select_only()
        .column(Column::UserId)
        .filter(Column::MerchantId.eq(merchant.uuid()))
        .into_tuple()
        .all(source.connection())
        .await?;
    Ok(tied.into_iter().map(UserId::new).collect())
}

/// Whether somebody is tied to a merchant, and said so by a moment, where one counts.
pub async fn is_tied(
    source: &impl Source,
    (officer, merchant): (UserId, MerchantId),
    by: Option<DateTime<Utc>>,
) -> Result<bool, AppError> {
    let mut said = Entity::find()
        .filter(Column::UserId.eq(officer.uuid()))
        .filter(Column::MerchantId.eq(merchant.uuid()));
    if let Some(by) = by {
        said = said.filter(Column::DeclaredAt.lte(by));
    }
    Ok(said.count(source.connection()).await? > 0)
}

/// What an officer said, the first thing first.
pub async fn list(source: &impl Source, officer: UserId) -> Result<Vec<Interest>, AppError> {
    let rows = Entity::find()
        .filter(Column::UserId.eq(officer.uuid()))
        .order_by_asc(Column::DeclaredAt)
        .order_by_asc(Column::Id)
        .all(source.connection())
        .await?;
    read_each(rows, read)
}

pub(super) fn read(row: Model) -> Result<Interest, AppError> {
    Ok(Interest {
        officer: UserId::new(row.user_id),
        merchant: MerchantId::new(row.merchant_id),
        kind: word(&row.kind, "declared_interest", "kind")?,
        words: Reason::parse(&row.words, "words")
            .map_err(|_| AppError::damaged("declared_interest", "words"))?,
        declared_at: row.declared_at,
    })
}
