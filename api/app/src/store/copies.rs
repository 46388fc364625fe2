//! The copies of photos: what everybody sees who works on a record, once for each making of both sizes.

use crate::{
    error::AppError,
    store::{
        redactions,
        row::{digest, list_each, read_each},
    },
    work::{Db, Source, Work},
};
use chrono::{DateTime, TimeDelta, Utc};
use liangxin_domain::{
    evidence::digest::Sha256,
    id::{CopyId, PhotoId},
};
use liangxin_entity::photo_copy;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, sea_query::Expr,
};

/// After this time nobody still puts a copy among the objects: no store takes so long.
const COMING_SECONDS: i64 = 3600;

/// How many are looked at in one go.
const AT_ONCE: u64 = 500;

/// The words for what became of a making.
const COMING: &str = "coming";
pub(super) const HELD: &str = "held";
const DROPPED: &str = "dropped";

/// One making of the copies of a photo, by its name and the digests of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copies {
    /// Its name.
    pub id: CopyId,
    /// Of the one to look at.
    pub large: Sha256,
    /// Of the one for lists.
    pub small: Sha256,
}

/// The copies of a photo, once they were made and as long as nothing was covered or uncovered since: what shows more than it may is
/// as if it were not.
pub async fn find(source: &impl Source, photo: PhotoId) -> Result<Option<Copies>, AppError> {
    let covered = redactions::covered(source, photo).await?;
    let row = photo_copy::Entity::find()
        .filter(photo_copy::Column::PhotoId.eq(photo.uuid()))
        .filter(photo_copy::Column::State.eq(HELD))
        .filter(photo_copy::Column::Acts.eq(covered.acts))
        .one(source.connection())
        .await?;
    row.map(read).transpose()
}

/// Remembers copies that are about to be put among the objects, made after so many acts about what is covered of the photo.
pub async fn begin(
    work: &Work,
    (photo, acts): (PhotoId, i32),
    copies: &Copies,
) -> Result<(), AppError> {
    let Copies { id, large, small } = copies;
    let row = photo_copy::ActiveModel {
        id: Set(id.uuid()),
        photo_id: Set(photo.uuid()),
        acts: Set(acts),
        large_sha256: Set(large.to_string()),
        small_sha256: Set(small.to_string()),
        state: Set(COMING.to_owned()),
        made_at: Set(work.now()),
    };
    photo_copy::Entity::insert(row)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// Notes that copies are among the objects and are those that are shown; false if they are given up, because somebody covered
/// or uncovered something meanwhile or was sooner. Whoever asks holds the photo.
pub async fn hold(
    work: &Work,
    (photo, acts): (PhotoId, i32),
    id: CopyId,
) -> Result<bool, AppError> {
    let is_late = redactions::covered(work, photo).await?.acts != acts;
    let state = if is_late || find(work, photo).await?.is_some() {
        DROPPED
    } else {
        HELD
    };
    let coming = Condition::all()
        .add(photo_copy::Column::Id.eq(id.uuid()))
        .add(photo_copy::Column::State.eq(COMING));
    Ok(mark(work, coming, state).await? == 1 && state == HELD)
}

/// Shows the copies of a photo to nobody from here on; false if there are none. Whoever asks holds the photo.
pub async fn drop_all(work: &Work, photo: PhotoId) -> Result<bool, AppError> {
    let held = Condition::all()
        .add(photo_copy::Column::PhotoId.eq(photo.uuid()))
        .add(photo_copy::Column::State.eq(HELD));
    Ok(mark(work, held, DROPPED).await? > 0)
}

/// Whether there are copies that a process began to put and never said that it did.
pub async fn is_any_lost(source: &impl Source, now: DateTime<Utc>) -> Result<bool, AppError> {
    let one = photo_copy::Entity::find().filter(lost(now)).limit(1);
    Ok(one.one(source.connection()).await?.is_some())
}

/// Gives those copies up.
pub async fn drop_lost(work: &Work) -> Result<(), AppError> {
    mark(work, lost(work.now()), DROPPED).await.map(drop)
}

fn lost(now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(photo_copy::Column::State.eq(COMING))
        .add(photo_copy::Column::MadeAt.lt(now - TimeDelta::seconds(COMING_SECONDS)))
}

async fn mark(work: &Work, which: Condition, state: &str) -> Result<u64, AppError> {
    let done = photo_copy::Entity::update_many()
        .col_expr(photo_copy::Column::State, Expr::value(state))
        .filter(which)
        .exec(work.connection())
        .await?;
    Ok(done.rows_affected)
}

/// Copies that nobody is shown any more, of one photo or of all; the oldest first.
pub async fn list_dropped(
    source: &impl Source,
    photo: Option<PhotoId>,
) -> Result<Vec<Copies>, AppError> {
    let mut dropped = photo_copy::Entity::find().filter(photo_copy::Column::State.eq(DROPPED));
    if let Some(photo) = photo {
        dropped = dropped.filter(photo_copy::Column::PhotoId.eq(photo.uuid()));
    }
    let rows = dropped
        .order_by_asc(photo_copy::Column::MadeAt)
        .limit(AT_ONCE);
    read_each(list_each(source, rows).await?, read)
}

/// Forgets copies that are gone from the objects.
pub async fn forget(db: &Db, id: CopyId) -> Result<(), AppError> {
    photo_copy::Entity::delete_many()
        .filter(photo_copy::Column::Id.eq(id.uuid()))
        .filter(photo_copy::Column::State.eq(DROPPED))
        .exec(db.writer())
        .await?;
    Ok(())
}

pub(super) fn read(row: photo_copy::Model) -> Result<Copies, AppError> {
    Ok(Copies {
        id: CopyId::new(row.id),
        large: digest(&row.large_sha256, "photo_copy", "large_sha256")?,
        small: digest(&row.small_sha256, "photo_copy", "small_sha256")?,
    })
}
