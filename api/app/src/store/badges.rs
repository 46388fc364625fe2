//! Since when the badges of merchants are void. Public.

use crate::{
    error::AppError,
    store::{self, row::word},
    work::{Source, Work},
};
use liangxin_domain::{
    id::MerchantId,
    ratings::badge::{Revocation, VoidedBy},
};
use liangxin_entity::badge_revocation;
use sea_orm::{ActiveValue::Set, EntityTrait as _, QueryOrder as _, sea_query::OnConflict};

/// How many merchants are looked up together: databases take so many values in one statement.
const CHUNK: usize = 1_000;

/// Makes every badge of a merchant void that was made until now.
pub async fn revoke(work: &Work, merchant: MerchantId, why: VoidedBy) -> Result<(), AppError> {
    let row = badge_revocation::ActiveModel {
        merchant_id: Set(merchant.uuid()),
        before: Set(work.now()),
        why: Set(why.to_string()),
    };
    let again = OnConflict::column(badge_revocation::Column::MerchantId)
        .update_columns([
            badge_revocation::Column::Before,
            badge_revocation::Column::Why,
        ])
        .to_owned();
    badge_revocation::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// All of them, by merchant.
pub async fn list_revoked(source: &impl Source) -> Result<Vec<Revocation>, AppError> {
    let rows = badge_revocation::Entity::find()
        .order_by_asc(badge_revocation::Column::MerchantId)
        .all(source.connection())
        .await?;
    let mut listed = Vec::with_capacity(rows.len());
    for some in rows.chunks(CHUNK) {
        let ids: Vec<_> = some
            .iter()
            .map(|row| MerchantId::new(row.merchant_id))
            .collect();
        let merchants = store::merchants::list_by_ids(source, &ids).await?;
        for row in some {
            if let Some(merchant) = merchants.get(&MerchantId::new(row.merchant_id)) {
                listed.push(Revocation {
                    merchant: merchant.code.clone(),
                    before: row.before,
                    why: word(&row.why, "badge_revocation", "why")?,
                });
            }
        }
    }
    Ok(listed)
}
