//! Photos that came and that their record did not declare.

use super::evidence::{Photo, find, insert_if_free, of, touch, written};
use crate::{
    error::AppError,
    work::{Source as _, Work},
};
use liangxin_domain::{
    evidence::photo::{DeclaredPhoto, Parking, ParkingReason, PhotoOwner},
    id::PhotoId,
};
use liangxin_entity::photo;
use sea_orm::{
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, sea_query::Expr,
};

/// Parks a photo with a record; false if that has as many as it `may` have, or if the id of the photo is taken.
pub async fn insert(
    work: &Work,
    owner: PhotoOwner,
    (photo, parking): (&DeclaredPhoto, Parking),
    may: usize,
) -> Result<bool, AppError> {
    let parked = photo::Entity::find()
        .filter(of(owner))
        .filter(photo::Column::ParkedBecause.is_not_null())
        .count(work.connection())
        .await?;
    if usize::try_from(parked).unwrap_or(usize::MAX) >= may {
        return Ok(false);
    }
    insert_if_free(work, owner, photo, Some(parking)).await
}

/// Lets go of photos that nobody declared and that did not come: this one, and those of its record with the same bytes, which
/// would have come with it.
pub async fn remove_empty(work: &Work, id: PhotoId) -> Result<(), AppError> {
    let Some(Photo {
        owner, declared, ..
    }) = find(work, id).await?
    else {
        return Ok(());
    };
    photo::Entity::delete_many()
        .filter(of(owner))
        .filter(photo::Column::Sha256.eq(declared.sha256.to_string()))
        .filter(photo::Column::ParkedBecause.is_not_null())
        .filter(photo::Column::StoredAt.is_null())
        .exec(work.connection())
        .await?;
    Ok(())
}

/// Takes a photo that came undeclared for what its record declares now; false if it is not the same one.
pub(super) async fn adopt(
    work: &Work,
    owner: PhotoOwner,
    declared: &DeclaredPhoto,
) -> Result<bool, AppError> {
    touch(work, owner);
    let size = i64::try_from(declared.size_bytes).unwrap_or(i64::MAX);
    let capture = written(&declared.capture)?;
    let adopted = photo::Entity::update_many()
        .col_expr(photo::Column::ParkedBecause, Expr::value(None::<String>))
        .col_expr(photo::Column::Kind, Expr::value(declared.kind.to_string()))
        .col_expr(photo::Column::PlaceTold, Expr::value(declared.tells_place))
        .col_expr(photo::Column::Capture, Expr::value(capture))
        .filter(of(owner))
        .filter(photo::Column::Id.eq(declared.id.uuid()))
        .filter(photo::Column::Sha256.eq(declared.sha256.to_string()))
        .filter(photo::Column::SizeBytes.eq(size))
        .filter(photo::Column::ParkedBecause.eq(ParkingReason::Undeclared.to_string()))
        .exec(work.connection())
        .await?;
    Ok(adopted.rows_affected == 1)
}
