//! Photos: declared, then durably held.

mod row;

pub(super) use row::{read, written};

use crate::{
    error::AppError,
    naming,
    store::{parkings, row::insert_unless_there, withdrawals::Withdrawn},
    work::{Source, Touched, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    evidence::photo::{DeclaredPhoto, Parking, PhotoFacts, PhotoKind, PhotoLikeness, PhotoOwner},
    id::{PhotoId, ReportId},
    refusal::{Code, Refusal},
    reports::state::ReportStateKind,
};
use liangxin_entity::{photo, report, upload};
use liangxin_picture::likeness::Likeness;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _,
    sea_query::{Expr, ExprTrait as _},
};

/// A photo as the server knows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Photo {
    /// What the phone declared.
    pub declared: DeclaredPhoto,
    /// When it was declared.
    pub declared_at: DateTime<Utc>,
    /// The record that owes it.
    pub owner: PhotoOwner,
    /// When its bytes were durably held.
    pub stored_at: Option<DateTime<Utc>>,
    /// What the server read out of the bytes.
    pub facts: Option<PhotoFacts>,
    /// Set if it will not come.
    pub withdrawn: Option<Withdrawn>,
    /// Set if it came undeclared.
    pub parked: Option<Parking>,
}

impl Photo {
    /// Whether it is held and of one colour all over.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        let likeness = self.facts.as_ref().and_then(|facts| facts.likeness);
        likeness.is_some_and(|likeness| likeness.is_blank)
    }
}

/// Holds a photo until the work ends, so that what decides what is shown of it comes one after the other.
pub async fn lock(work: &Work, id: PhotoId) -> Result<(), AppError> {
    photo::Entity::find_by_id(id.uuid())
        .lock_exclusive()
        .one(work.connection())
        .await?;
    Ok(())
}

/// How many bytes of photos there are of reports that nobody has taken in, dispatched or refused: held, or on their way
/// and kept as far as they came. It reads all of them: not for every request.
pub async fn unaccepted_bytes(source: &impl Source) -> Result<u64, AppError> {
    let waiting = report::Entity::find()
        .select_only()
        .column(report::Column::Id)
        .filter(report::Column::State.eq(ReportStateKind::Registered.to_string()))
        .into_query();
    let theirs = photo::Entity::find()
        .select_only()
        .filter(photo::Column::ReportId.in_subquery(waiting));
    let held: Option<Option<i64>> = theirs
        .clone()
        .column_as(photo::Column::SizeBytes.sum().cast_as("bigint"), "bytes")
        .filter(photo::Column::StoredAt.is_not_null())
        .into_tuple()
        .one(source.connection())
        .await?;
    let missing = theirs
        .column(photo::Column::Id)
        .filter(photo::Column::StoredAt.is_null())
        .into_query();
    let came: Option<Option<i64>> = upload::Entity::find()
        .select_only()
        .column_as(upload::Column::OffsetBytes.sum().cast_as("bigint"), "bytes")
        .filter(upload::Column::PhotoId.in_subquery(missing))
        .into_tuple()
        .one(source.connection())
        .await?;
    let bytes = held.flatten().unwrap_or_default() + came.flatten().unwrap_or_default();
    Ok(u64::try_from(bytes).unwrap_or_default())
}

/// Declares photos of a record; an id that exists already is refused.
pub async fn declare(
    work: &Work,
    owner: PhotoOwner,
    photos: &[DeclaredPhoto],
) -> Result<(), AppError> {
    for declared in photos {
        let id = match owner {
            PhotoOwner::Report(report) => naming::of_photo(report, declared.id),
            PhotoOwner::Visit(_) => declared.id,
        };
        let declared = DeclaredPhoto {
            id,
            ..declared.clone()
        };
        let is_new = insert_if_free(work, owner, &declared, None).await?;
        // It may have come before its record named it.
        if !is_new && !parkings::adopt(work, owner, &declared).await? {
            return Err(Refusal::on(Code::IdReused, "photos").into());
        }
    }
    Ok(())
}

/// Keeps a photo that is still to come; false if its id is taken.
pub(super) async fn insert_if_free(
    work: &Work,
    owner: PhotoOwner,
    declared: &DeclaredPhoto,
    parked: Option<Parking>,
) -> Result<bool, AppError> {
    let DeclaredPhoto {
        id,
        kind,
        sha256,
        size_bytes,
        tells_place,
        capture,
    } = declared;
    let (report_id, visit_id) = match owner {
        PhotoOwner::Report(report) => (Some(report.uuid()), None),
        PhotoOwner::Visit(visit) => (None, Some(visit.uuid())),
    };
    let row = photo::ActiveModel {
        id: Set(id.uuid()),
        report_id: Set(report_id),
        visit_id: Set(visit_id),
        kind: Set(kind.to_string()),
        sha256: Set(sha256.to_string()),
        size_bytes: Set(i64::try_from(*size_bytes).unwrap_or(i64::MAX)),
        declared_at: Set(work.now()),
        place_told: Set(*tells_place),
        capture: Set(written(capture)?),
        parked_because: Set(parked.map(|parked| parked.reason.to_string())),
        parked_for: Set(parked.and_then(|parked| Some(parked.instead_of?.uuid()))),
        // What the bytes say comes with them.
        ..Default::default()
    };
    touch(work, owner);
    insert_unless_there(work, row, [photo::Column::Id]).await
}

/// Phones take along how the photos of a visit stand.
pub(super) fn touch(work: &Work, owner: PhotoOwner) {
    if let PhotoOwner::Visit(visit) = owner {
        work.touch(Touched::Visit(visit));
    }
}

/// A declared photo. Whoever asks has shown a right to its owner.
pub async fn find(source: &impl Source, id: PhotoId) -> Result<Option<Photo>, AppError> {
    photo::Entity::find_by_id(id.uuid())
        .one(source.connection())
        .await?
        .map(read)
        .transpose()
}

/// The photos that a record declared with the same bytes and that are not held yet, each with whether its place is told.
pub async fn list_missing(
    source: &impl Source,
    owner: PhotoOwner,
    declared: &DeclaredPhoto,
) -> Result<Vec<(PhotoId, bool)>, AppError> {
    let size = i64::try_from(declared.size_bytes).unwrap_or(i64::MAX);
    let missing: Vec<(uuid::Uuid, bool)> = photo::Entity::find()
        .select_only()
        .columns([photo::Column::Id, photo::Column::PlaceTold])
        .filter(of(owner))
        .filter(photo::Column::Sha256.eq(declared.sha256.to_string()))
        .filter(photo::Column::SizeBytes.eq(size))
        .filter(photo::Column::StoredAt.is_null())
        .order_by_asc(photo::Column::Id)
        .into_tuple()
        .all(source.connection())
        .await?;
    let missing = missing.into_iter();
    Ok(missing
        .map(|(id, is_told)| (PhotoId::new(id), is_told))
        .collect())
}

/// A photo of a report, by the id that its reporter gave it or by its own.
pub async fn find_sent(
    source: &impl Source,
    (report, sent): (ReportId, PhotoId),
) -> Result<Option<Photo>, AppError> {
    let ids = [naming::of_photo(report, sent), sent].map(PhotoId::uuid);
    photo::Entity::find()
        .filter(photo::Column::Id.is_in(ids))
        .filter(photo::Column::ReportId.eq(report.uuid()))
        .one(source.connection())
        .await?
        .map(read)
        .transpose()
}

/// Notes that the bytes of a photo of a record are durably held. Only the first time counts.
pub async fn mark_stored(
    work: &Work,
    (owner, id): (PhotoOwner, PhotoId),
    facts: &PhotoFacts,
) -> Result<bool, AppError> {
    touch(work, owner);
    let PhotoFacts {
        format,
        width,
        height,
        taken_at,
        position,
        copy,
        likeness,
        found,
    } = facts;
    let found = serde_json::to_string(found);
    let found = found.map_err(|e| AppError::internal("write the facts of a photo", e))?;
    let position = position.as_ref();
    let size = |pixels: u32| i32::try_from(pixels).unwrap_or(i32::MAX);
    let mut columns = vec![
        (photo::Column::StoredAt, Expr::value(work.now())),
        (photo::Column::Format, Expr::value(format.to_string())),
        (photo::Column::Width, Expr::value(size(*width))),
        (photo::Column::Height, Expr::value(size(*height))),
        (photo::Column::TakenAt, Expr::value(*taken_at)),
        (
            photo::Column::Latitude,
            Expr::value(position.map(|p| p.latitude)),
        ),
        (
            photo::Column::Longitude,
            Expr::value(position.map(|p| p.longitude)),
        ),
        (
            photo::Column::AccuracyM,
            Expr::value(position.and_then(|p| p.accuracy_m)),
        ),
        (photo::Column::Copy, Expr::value(copy.to_string())),
        (photo::Column::Found, Expr::value(found)),
    ];
    columns.extend(likeness.iter().flat_map(alike));
    let mut update = photo::Entity::update_many();
    for (column, value) in columns {
        update = update.col_expr(column, value);
    }
    let done = update
        .filter(photo::Column::Id.eq(id.uuid()))
        .filter(photo::Column::StoredAt.is_null())
        .exec(work.connection())
        .await?;
    Ok(done.rows_affected == 1)
}

/// What is owed: declared, and neither held nor withdrawn.
pub(super) fn missing() -> Condition {
    Condition::all()
        .add(photo::Column::ParkedBecause.is_null())
        .add(photo::Column::StoredAt.is_null())
        .add(photo::Column::WithdrawnAt.is_null())
}

/// The columns by which alike photos are found: the words, and the four bands of the first with an index each.
fn alike(likeness: &PhotoLikeness) -> Vec<(photo::Column, Expr)> {
    let PhotoLikeness {
        frequencies,
        fields,
        is_blank,
    } = *likeness;
    let bands = Likeness {
        frequencies,
        fields,
    }
    .bands();
    let columns = [
        photo::Column::BandFirst,
        photo::Column::BandSecond,
        photo::Column::BandThird,
        photo::Column::BandFourth,
    ];
    let bands = columns.into_iter().zip(bands);
    let mut columns = vec![
        (photo::Column::IsBlank, Expr::value(is_blank)),
        (
            photo::Column::Frequencies,
            Expr::value(frequencies.cast_signed()),
        ),
        (photo::Column::Fields, Expr::value(fields.cast_signed())),
    ];
    columns.extend(bands.map(|(column, band)| (column, Expr::value(i32::from(band)))));
    columns
}

/// What was declared, and what came undeclared. Of what was only announced and that no record names, nothing is known that
/// could be shown or waited for.
pub(super) fn known() -> Condition {
    Condition::any()
        .add(photo::Column::ParkedBecause.is_null())
        .add(photo::Column::StoredAt.is_not_null())
}

/// The photos of a record that the caller may see already, as far as something is known of them.
pub async fn list(source: &impl Source, owner: PhotoOwner) -> Result<Vec<Photo>, AppError> {
    photo::Entity::find()
        .filter(of(owner))
        .filter(known())
        .order_by_asc(photo::Column::DeclaredAt)
        .order_by_asc(photo::Column::Id)
        .all(source.connection())
        .await?
        .into_iter()
        .map(read)
        .collect()
}

/// How many photos a record has: declared, and held or not withdrawn.
pub async fn count(source: &impl Source, owner: PhotoOwner) -> Result<u64, AppError> {
    Ok(photo::Entity::find()
        .filter(of(owner))
        .filter(photo::Column::ParkedBecause.is_null())
        .filter(
            Condition::any()
                .add(photo::Column::StoredAt.is_not_null())
                .add(photo::Column::WithdrawnAt.is_null()),
        )
        .count(source.connection())
        .await?)
}

/// How many photos of what was seen a record has, held, whether or not somebody gave them up before: a signature shows
/// nothing of it.
pub async fn count_held(source: &impl Source, owner: PhotoOwner) -> Result<u64, AppError> {
    Ok(photo::Entity::find()
        .filter(of(owner))
        .filter(photo::Column::ParkedBecause.is_null())
        .filter(photo::Column::StoredAt.is_not_null())
        .filter(photo::Column::Kind.ne(PhotoKind::Signature.to_string()))
        .count(source.connection())
        .await?)
}

/// How many declared photos of a record are not held yet.
pub async fn count_missing(source: &impl Source, owner: PhotoOwner) -> Result<u64, AppError> {
    Ok(photo::Entity::find()
        .filter(of(owner))
        .filter(missing())
        .count(source.connection())
        .await?)
}

/// How many photos of a record are held and of one colour all over.
pub async fn count_blank(source: &impl Source, owner: PhotoOwner) -> Result<u64, AppError> {
    Ok(photo::Entity::find()
        .filter(of(owner))
        .filter(photo::Column::ParkedBecause.is_null())
        .filter(photo::Column::StoredAt.is_not_null())
        .filter(photo::Column::IsBlank.eq(true))
        .count(source.connection())
        .await?)
}

pub(super) fn of(owner: PhotoOwner) -> Condition {
    match owner {
        PhotoOwner::Report(report) => {
            Condition::all().add(photo::Column::ReportId.eq(report.uuid()))
        }
        PhotoOwner::Visit(visit) => Condition::all().add(photo::Column::VisitId.eq(visit.uuid())),
    }
}
