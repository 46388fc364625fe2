//! Photos on their way: how much of each came, who may go on with it, and the parts in which it lies among the objects.
//! Knows no bytes. Every part is remembered before it is put among the objects and until it is gone from there, so that
//! none is ever lost out of sight.

use crate::{
    error::AppError,
    store::row::{insert_unless_there, list_each},
    work::{Db, Source, Work},
};
use chrono::{DateTime, TimeDelta, Utc};
use liangxin_domain::{
    id::{PartId, PhotoId, UploadId},
    limits::UPLOAD_KEPT_SECONDS,
};
use liangxin_entity::{photo, upload, upload_part};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, ExprTrait as _},
};
use uuid::Uuid;

/// How long whoever puts a photo together has it alone. Twice at once would do no harm.
const FINISHING_SECONDS: i64 = 20;

/// After this time nobody still puts a part among the objects: no store takes so long.
const COMING_SECONDS: i64 = 3600;

/// How many are looked at in one go.
const AT_ONCE: u64 = 500;

/// A photo on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    /// Follows from the record and the bytes.
    pub id: UploadId,
    /// The declared photo.
    pub photo: PhotoId,
    /// How many bytes it has.
    pub size_bytes: u64,
    /// How many of them came.
    pub offset_bytes: u64,
    /// Until when what came is kept.
    pub expires_at: DateTime<Utc>,
}

impl Upload {
    /// Whether all its bytes came.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        self.offset_bytes == self.size_bytes
    }
}

/// A part as it lies among the objects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// Its name there.
    pub id: PartId,
    /// Where it begins in the photo, in bytes.
    pub offset_bytes: u64,
    /// How many bytes it has.
    pub size_bytes: u64,
}

impl Part {
    /// Where it ends in the photo, in bytes.
    #[must_use]
    pub const fn end(&self) -> u64 {
        self.offset_bytes.saturating_add(self.size_bytes)
    }
}

/// The words for what became of a part.
const COMING: &str = "coming";
pub(super) const HELD: &str = "held";
const DROPPED: &str = "dropped";

/// Begins an upload; an id that exists stays as it is.
pub async fn insert_if_free(work: &Work, new: &Upload) -> Result<(), AppError> {
    let row = upload::ActiveModel {
        id: Set(new.id.uuid()),
        photo_id: Set(new.photo.uuid()),
        size_bytes: Set(number(new.size_bytes)),
        offset_bytes: Set(number(new.offset_bytes)),
        holder: Set(None),
        finishing_until: Set(None),
        created_at: Set(work.now()),
        expires_at: Set(new.expires_at),
    };
    insert_unless_there(work, row, [upload::Column::Id]).await?;
    Ok(())
}

/// Until when is kept what came now.
#[must_use]
pub fn expiry(now: DateTime<Utc>) -> DateTime<Utc> {
    now + TimeDelta::seconds(UPLOAD_KEPT_SECONDS)
}

/// An upload. Whoever asks has shown a right to its photo.
pub async fn find(source: &impl Source, id: UploadId) -> Result<Option<Upload>, AppError> {
    let row = upload::Entity::find_by_id(id.uuid())
        .one(source.connection())
        .await?;
    Ok(row.map(read))
}

/// Gives an upload to `holder`. Whoever had it before can never move it again, on whichever replica that is.
pub async fn take_over(
    work: &Work,
    id: UploadId,
    holder: Uuid,
) -> Result<Option<Upload>, AppError> {
    upload::Entity::update_many()
        .col_expr(upload::Column::Holder, Expr::value(holder))
        .filter(upload::Column::Id.eq(id.uuid()))
        .exec(work.connection())
        .await?;
    find(work, id).await
}

/// Remembers a part that is about to be put among the objects.
pub async fn begin_part(work: &Work, id: UploadId, part: &Part) -> Result<(), AppError> {
    let row = upload_part::ActiveModel {
        id: Set(part.id.uuid()),
        upload_id: Set(id.uuid()),
        offset_bytes: Set(number(part.offset_bytes)),
        size_bytes: Set(number(part.size_bytes)),
        state: Set(COMING.to_owned()),
        made_at: Set(work.now()),
    };
    upload_part::Entity::insert(row)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// Moves an upload on from `from` to the end of a part, which takes the place of the parts that it `absorbed`. False, and
/// nothing to be committed, if the upload is not `holder`'s any more or stands elsewhere.
pub async fn advance(
    work: &Work,
    id: UploadId,
    (holder, from): (Uuid, u64),
    part: &Part,
    absorbed: &[Part],
) -> Result<bool, AppError> {
    let moved = upload::Entity::update_many()
        .col_expr(upload::Column::OffsetBytes, Expr::value(number(part.end())))
        .col_expr(upload::Column::ExpiresAt, Expr::value(expiry(work.now())))
        .filter(upload::Column::Id.eq(id.uuid()))
        .filter(upload::Column::Holder.eq(holder))
        .filter(upload::Column::OffsetBytes.eq(number(from)))
        .exec(work.connection())
        .await?;
    if moved.rows_affected != 1 {
        return Ok(false);
    }
    // Somebody who was away for an hour may find the part given up, and perhaps gone.
    if !hold_part(work, part.id).await? {
        return Ok(false);
    }
    let ids = absorbed.iter().map(|part| part.id.uuid());
    let gone = upload_part::Column::Id.is_in(ids);
    mark(work, Condition::all().add(gone), DROPPED).await?;
    Ok(true)
}

/// Notes that a part is among the objects; false if it was given up meanwhile.
pub(super) async fn hold_part(work: &Work, part: PartId) -> Result<bool, AppError> {
    let coming = Condition::all()
        .add(upload_part::Column::Id.eq(part.uuid()))
        .add(upload_part::Column::State.eq(COMING));
    Ok(mark(work, coming, HELD).await? == 1)
}

/// Notes that nobody needs a part.
pub async fn drop_part(work: &Work, part: PartId) -> Result<(), AppError> {
    let one = upload_part::Column::Id.eq(part.uuid());
    mark(work, Condition::all().add(one), DROPPED)
        .await
        .map(drop)
}

async fn mark(work: &Work, which: Condition, state: &str) -> Result<u64, AppError> {
    let done = upload_part::Entity::update_many()
        .col_expr(upload_part::Column::State, Expr::value(state))
        .filter(which)
        .exec(work.connection())
        .await?;
    Ok(done.rows_affected)
}

/// The parts of an upload, in the order of their bytes.
pub async fn list_parts(source: &impl Source, id: UploadId) -> Result<Vec<Part>, AppError> {
    let rows = upload_part::Entity::find()
        .filter(upload_part::Column::UploadId.eq(id.uuid()))
        .filter(upload_part::Column::State.eq(HELD))
        .order_by_asc(upload_part::Column::OffsetBytes)
        .all(source.connection())
        .await?;
    Ok(rows.into_iter().map(read_part).collect())
}

/// Lets one put a whole photo together; false if another does.
pub async fn claim_finish(db: &Db, id: UploadId, now: DateTime<Utc>) -> Result<bool, AppError> {
    let until = now + TimeDelta::seconds(FINISHING_SECONDS);
    let claimed = upload::Entity::update_many()
        .col_expr(upload::Column::FinishingUntil, Expr::value(until))
        .filter(upload::Column::Id.eq(id.uuid()))
        .filter(unclaimed(now))
        .exec(db.writer())
        .await?;
    Ok(claimed.rows_affected == 1)
}

fn unclaimed(now: DateTime<Utc>) -> Condition {
    Condition::any()
        .add(upload::Column::FinishingUntil.is_null())
        .add(upload::Column::FinishingUntil.lt(now))
}

/// Lets go of a photo that could not be put together for now.
pub async fn release_finish(db: &Db, id: UploadId) -> Result<(), AppError> {
    let nobody = Expr::value(None::<DateTime<Utc>>);
    upload::Entity::update_many()
        .col_expr(upload::Column::FinishingUntil, nobody)
        .filter(upload::Column::Id.eq(id.uuid()))
        .exec(db.writer())
        .await?;
    Ok(())
}

/// Notes that the photo of an upload, if there is one, is held: nobody needs its parts.
pub async fn close(work: &Work, id: UploadId) -> Result<(), AppError> {
    let size = Expr::col((upload::Entity, upload::Column::SizeBytes));
    let closed = upload::Entity::update_many()
        .col_expr(upload::Column::OffsetBytes, size)
        .col_expr(upload::Column::Holder, Expr::value(None::<Uuid>))
        .filter(upload::Column::Id.eq(id.uuid()))
        .exec(work.connection())
        .await?;
    if closed.rows_affected == 1 {
        drop_parts(work, id).await?;
    }
    Ok(())
}

/// Removes the upload of a photo; nobody needs its parts. One that went to another photo meanwhile stays.
pub async fn delete(work: &Work, Upload { id, photo, .. }: &Upload) -> Result<(), AppError> {
    let deleted = upload::Entity::delete_many()
        .filter(upload::Column::Id.eq(id.uuid()))
        .filter(upload::Column::PhotoId.eq(photo.uuid()))
        .exec(work.connection())
        .await?;
    if deleted.rows_affected == 1 {
        drop_parts(work, *id).await?;
    }
    Ok(())
}

/// Those under way are left: whoever puts them finds the upload gone.
pub(super) async fn drop_parts(work: &Work, id: UploadId) -> Result<(), AppError> {
    let all = Condition::all()
        .add(upload_part::Column::UploadId.eq(id.uuid()))
        .add(upload_part::Column::State.eq(HELD));
    mark(work, all, DROPPED).await.map(drop)
}

/// Takes an upload back to `to`, because what came behind it cannot be found again.
pub async fn rewind(work: &Work, id: UploadId, to: u64) -> Result<(), AppError> {
    upload::Entity::update_many()
        .col_expr(upload::Column::OffsetBytes, Expr::value(number(to)))
        .col_expr(upload::Column::Holder, Expr::value(None::<Uuid>))
        .filter(upload::Column::Id.eq(id.uuid()))
        .filter(upload::Column::OffsetBytes.gt(number(to)))
        .exec(work.connection())
        .await?;
    let behind = Condition::all()
        .add(upload_part::Column::UploadId.eq(id.uuid()))
        .add(upload_part::Column::OffsetBytes.gte(number(to)))
        .add(upload_part::Column::State.eq(HELD));
    mark(work, behind, DROPPED).await.map(drop)
}

/// Uploads that came whole, whose photos are not held and are being put together by nobody.
pub async fn list_unfinished(db: &Db, now: DateTime<Utc>) -> Result<Vec<Upload>, AppError> {
    let missing = photo::Entity::find()
        .select_only()
        .column(photo::Column::Id)
        .filter(photo::Column::StoredAt.is_null())
        .into_query();
    let size = Expr::col((upload::Entity, upload::Column::SizeBytes));
    let rows = upload::Entity::find()
        .filter(Expr::col((upload::Entity, upload::Column::OffsetBytes)).eq(size))
        .filter(upload::Column::PhotoId.in_subquery(missing))
        .filter(unclaimed(now))
        .order_by_asc(upload::Column::CreatedAt)
        .limit(AT_ONCE);
    let rows = list_each(db, rows).await?;
    Ok(rows.into_iter().map(read).collect())
}

/// Uploads whose time is over.
pub async fn list_expired(db: &Db, now: DateTime<Utc>) -> Result<Vec<Upload>, AppError> {
    let rows = upload::Entity::find()
        .filter(upload::Column::ExpiresAt.lt(now))
        .limit(AT_ONCE);
    let rows = list_each(db, rows).await?;
    Ok(rows.into_iter().map(read).collect())
}

/// Removes an upload if its time is still over; whether it was.
pub async fn delete_expired(work: &Work, id: UploadId) -> Result<bool, AppError> {
    let gone = upload::Entity::delete_many()
        .filter(upload::Column::Id.eq(id.uuid()))
        .filter(upload::Column::ExpiresAt.lt(work.now()))
        .exec(work.connection())
        .await?;
    let is_gone = gone.rows_affected == 1;
    if is_gone {
        drop_parts(work, id).await?;
    }
    Ok(is_gone)
}

/// Whether there are parts that a process began to put and never said that it did.
pub async fn is_any_lost(source: &impl Source, now: DateTime<Utc>) -> Result<bool, AppError> {
    let one = upload_part::Entity::find().filter(lost(now)).limit(1);
    Ok(one.one(source.connection()).await?.is_some())
}

/// Gives those parts up.
pub async fn drop_lost(work: &Work) -> Result<(), AppError> {
    mark(work, lost(work.now()), DROPPED).await.map(drop)
}

fn lost(now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(upload_part::Column::State.eq(COMING))
        .add(upload_part::Column::MadeAt.lt(now - TimeDelta::seconds(COMING_SECONDS)))
}

/// Parts that nobody needs.
pub async fn list_dropped(source: &impl Source) -> Result<Vec<PartId>, AppError> {
    let ids: Vec<Uuid> = upload_part::Entity::find()
        .select_only()
        .column(upload_part::Column::Id)
        .filter(upload_part::Column::State.eq(DROPPED))
        .limit(AT_ONCE)
        .into_tuple()
        .all(source.connection())
        .await?;
    Ok(ids.into_iter().map(PartId::new).collect())
}

/// Forgets parts that are gone from the objects.
pub async fn forget_parts(db: &Db, parts: &[PartId]) -> Result<(), AppError> {
    let ids = parts.iter().map(|part| part.uuid());
    upload_part::Entity::delete_many()
        .filter(upload_part::Column::Id.is_in(ids))
        .filter(upload_part::Column::State.eq(DROPPED))
        .exec(db.writer())
        .await?;
    Ok(())
}

fn read(row: upload::Model) -> Upload {
    Upload {
        id: UploadId::new(row.id),
        photo: PhotoId::new(row.photo_id),
        size_bytes: u64::try_from(row.size_bytes).unwrap_or_default(),
        offset_bytes: u64::try_from(row.offset_bytes).unwrap_or_default(),
        expires_at: row.expires_at,
    }
}

fn read_part(row: upload_part::Model) -> Part {
    Part {
        id: PartId::new(row.id),
        offset_bytes: u64::try_from(row.offset_bytes).unwrap_or_default(),
        size_bytes: u64::try_from(row.size_bytes).unwrap_or_default(),
    }
}

fn number(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}
