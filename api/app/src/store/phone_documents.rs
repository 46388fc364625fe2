//! What the phone of each person takes along: a row a document, with the place of its last change. A row says that something
//! changed or is gone, and not what: that is read from the thing itself. Rows are written where a work ends (`notes`).

mod notes;
mod standing;

pub(super) use notes::keep;
pub use standing::{Standing, stand};

use super::{
    page::behind,
    row::{list_each, read_each},
};
use crate::{
    error::AppError,
    work::{Db, Source},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    id::{UserId, VisitId},
    pull::{Collection, Place, Tide},
};
use liangxin_entity::phone_document;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait as _, DbBackend, EntityTrait as _, ExprTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _, Statement,
    sea_query::Expr,
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// A document that a phone takes along, or took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Which, and where its last change stands.
    pub place: Place,
    /// Whether the phone has to forget it.
    pub is_gone: bool,
}

/// Which changes are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Those behind a place.
    pub after: Place,
    /// Those before a position.
    pub below: i64,
    /// Of what is gone those from a position on.
    pub gone_from: i64,
}

/// How far changes can be read.
///
/// On PostgreSQL a change stands at the number of its transaction: what is still open lies at the lowest open one or behind
/// it, so that whoever reads up to there passes nothing that comes later. SQLite has one writer, who counts; a text in the
/// place of a number would be the greatest there, and is passed over.
pub async fn tide(db: &Db) -> Result<Tide, AppError> {
    let (backend, sql) = match db.is_postgres() {
        true => (
            DbBackend::Postgres,
            "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS settled, \
             pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS newest",
        ),
        false => (
            DbBackend::Sqlite,
            "SELECT COALESCE(MAX(position), 0) + 1 AS settled, COALESCE(MAX(position), 0) + 1 AS newest \
             FROM phone_document WHERE position < 9223372036854775807",
        ),
    };
    let statement = Statement::from_string(backend, sql);
    let row = db.connection().query_one_raw(statement).await?;
    let row = row.ok_or_else(|| AppError::unavailable("ask how far changes are", "no row"))?;
    Ok(Tide {
        settled: row.try_get("", "settled")?,
        newest: row.try_get("", "newest")?,
    })
}

/// What changed for a person in a collection, in the order of changes; at most `most`.
pub async fn list(
    source: &impl Source,
    (user, collection): (UserId, Collection),
    Span {
        after,
        below,
        gone_from,
    }: Span,
    most: u64,
) -> Result<Vec<Entry>, AppError> {
    let columns = [
        phone_document::Column::Position.into_expr(),
        phone_document::Column::DocumentId.into_expr(),
    ];
    let place = [Expr::value(after.position), Expr::value(after.document)];
    let told = Condition::any()
        .add(phone_document::Column::IsGone.eq(false))
        .add(phone_document::Column::Position.gte(gone_from));
    let changed = phone_document::Entity::find()
        .filter(phone_document::Column::UserId.eq(user.uuid()))
        .filter(phone_document::Column::Collection.eq(collection.to_string()))
        .filter(behind(columns, place))
        .filter(phone_document::Column::Position.lt(below))
        .filter(told)
        .order_by_asc(phone_document::Column::Position)
        .order_by_asc(phone_document::Column::DocumentId)
        .limit(most);
    read_each(list_each(source, changed).await?, |row| {
        Ok(Entry {
            place: Place {
                position: row.position,
                document: row.document_id,
            },
            is_gone: row.is_gone,
        })
    })
}

/// When the last change of a person's collection was noted that does not lie behind a place; nothing where nobody knows it.
pub async fn find_noted(
    source: &impl Source,
    (user, collection): (UserId, Collection),
    place: Place,
) -> Result<Option<DateTime<Utc>>, AppError> {
    let last = phone_document::Entity::find()
        .filter(phone_document::Column::UserId.eq(user.uuid()))
        .filter(phone_document::Column::Collection.eq(collection.to_string()))
        .filter(phone_document::Column::Position.lte(place.position))
        .order_by_desc(phone_document::Column::Position)
        .order_by_desc(phone_document::Column::DocumentId)
        .limit(1);
    let last = list_each(source, last).await?.pop();
    Ok(last.and_then(|row| row.noted_at))
}

/// The documents of a collection that a person's phone should have, in the order of their ids.
pub async fn list_held(
    source: &impl Source,
    (user, collection): (UserId, Collection),
) -> Result<Vec<Place>, AppError> {
    let held: Vec<(Uuid, i64)> = phone_document::Entity::find()
        .select_only()
        .column(phone_document::Column::DocumentId)
        .column(phone_document::Column::Position)
        .filter(phone_document::Column::UserId.eq(user.uuid()))
        .filter(phone_document::Column::Collection.eq(collection.to_string()))
        .filter(phone_document::Column::IsGone.eq(false))
        .order_by_asc(phone_document::Column::DocumentId)
        .into_tuple()
        .all(source.connection())
        .await?;
    let held = held.into_iter();
    Ok(held
        .map(|(document, position)| Place { position, document })
        .collect())
}

/// The documents of a person's collection whose last change no phone is shown yet, those that are gone too.
pub async fn list_unsettled(
    source: &impl Source,
    (user, collection): (UserId, Collection),
    tide: Tide,
) -> Result<BTreeSet<Uuid>, AppError> {
    let unsettled: Vec<Uuid> = phone_document::Entity::find()
        .select_only()
        .column(phone_document::Column::DocumentId)
        .filter(phone_document::Column::UserId.eq(user.uuid()))
        .filter(phone_document::Column::Collection.eq(collection.to_string()))
        .filter(phone_document::Column::Position.gte(tide.settled))
        .into_tuple()
        .all(source.connection())
        .await?;
    Ok(unsettled.into_iter().collect())
}

/// Those of some people for whom something changed from a position on and before another.
pub async fn list_called(
    source: &impl Source,
    people: &BTreeSet<UserId>,
    (from, below): (i64, i64),
) -> Result<BTreeSet<UserId>, AppError> {
    let called: Vec<Uuid> = phone_document::Entity::find()
        .select_only()
        .distinct()
        .column(phone_document::Column::UserId)
        .filter(phone_document::Column::Position.gte(from))
        .filter(phone_document::Column::Position.lt(below))
        .filter(phone_document::Column::UserId.is_in(people.iter().map(|user| user.uuid())))
        .into_tuple()
        .all(source.connection())
        .await?;
    Ok(called.into_iter().map(UserId::new).collect())
}

/// Visits whose time on phones is over, and that phones still have, in the order of their ids behind one of them.
pub async fn list_over(
    source: &impl Source,
    now: DateTime<Utc>,
    (behind, most): (Option<VisitId>, u64),
) -> Result<Vec<VisitId>, AppError> {
    let behind = behind.map_or_else(Uuid::nil, VisitId::uuid);
    let over: Vec<Uuid> = phone_document::Entity::find()
        .select_only()
        .distinct()
        .column(phone_document::Column::DocumentId)
        .filter(phone_document::Column::Until.lte(now))
        .filter(phone_document::Column::Collection.eq(Collection::Visit.to_string()))
        .filter(phone_document::Column::IsGone.eq(false))
        .filter(phone_document::Column::DocumentId.gt(behind))
        .order_by_asc(phone_document::Column::DocumentId)
        .limit(most)
        .into_tuple()
        .all(source.connection())
        .await?;
    Ok(over.into_iter().map(VisitId::new).collect())
}

/// Forgets what went so long ago that every phone heard of it, or begins anew. The newest change stays: from it SQLite counts.
pub async fn forget(db: &Db, now: DateTime<Utc>) -> Result<(), AppError> {
    let newest = phone_document::Entity::find()
        .select_only()
        .column_as(phone_document::Column::Position.max(), "newest")
        .into_query();
    phone_document::Entity::delete_many()
        .filter(phone_document::Column::Until.lte(now))
        .filter(phone_document::Column::IsGone.eq(true))
        .filter(
            phone_document::Column::Position
                .into_expr()
                .lt(Expr::from(newest)),
        )
        .exec(db.writer())
        .await?;
    Ok(())
}

/// Puts changes of another cluster of PostgreSQL, from which a copy was loaded here, before those of this one: its transactions
/// were counted further. Phones that saw them there begin anew.
pub async fn come_here(db: &Db) -> Result<(), AppError> {
    if db.is_postgres() {
        let come = "UPDATE phone_document SET position = pg_current_xact_id()::text::bigint \
                    WHERE position >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint";
        db.writer().execute_unprepared(come).await?;
    }
    Ok(())
}
