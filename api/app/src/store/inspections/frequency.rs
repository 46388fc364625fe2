//! How often inspectors were sent to a merchant.

use crate::{
    error::AppError,
    work::{Source as _, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{id::MerchantId, inspections::origin::OriginKind};
use liangxin_entity::{merchant, visit};
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QuerySelect as _,
};

/// How many visits to a merchant were sent since a moment, but for those of some origins. Whoever sends inspectors to the
/// same merchant meanwhile waits until this work ends, so that two do not both find room for one.
pub async fn count_sent(
    work: &Work,
    merchant: MerchantId,
    since: DateTime<Utc>,
    besides: &[OriginKind],
) -> Result<u64, AppError> {
    merchant::Entity::find_by_id(merchant.uuid())
        .lock_exclusive()
        .one(work.connection())
        .await?;
    let besides = besides.iter().map(ToString::to_string);
    Ok(visit::Entity::find()
        .filter(visit::Column::MerchantId.eq(merchant.uuid()))
        .filter(visit::Column::DispatchedAt.gte(since))
        .filter(visit::Column::Origin.is_not_in(besides))
        .count(work.connection())
        .await?)
}
