//! Signed statements that all photos of a record are held. Each is written once and never changed.

use crate::{
    error::AppError,
    store::page::behind,
    work::{Source, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    event::EventKind,
    evidence::{digest::Sha256, photo::PhotoOwner},
    id::HoldingId,
};
use liangxin_entity::{event, holding_receipt};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
    sea_query::{Expr, OnConflict},
};
use uuid::Uuid;

/// What was signed about a record for exactly these photos, by the digest of their list.
pub async fn find(
    source: &impl Source,
    owner: PhotoOwner,
    content: Sha256,
) -> Result<Option<String>, AppError> {
    let row = holding_receipt::Entity::find()
        .filter(holding_receipt::Column::RecordId.eq(owner.uuid()))
        .filter(holding_receipt::Column::Content.eq(content.to_string()))
        .one(source.connection())
        .await?;
    Ok(row.map(|row| row.line))
}

/// Every receipt of a record with its version, the first one first.
pub async fn list(source: &impl Source, owner: PhotoOwner) -> Result<Vec<(i32, String)>, AppError> {
    let rows = holding_receipt::Entity::find()
        .filter(holding_receipt::Column::RecordId.eq(owner.uuid()))
        .order_by_asc(holding_receipt::Column::Version)
        .all(source.connection())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.version, row.line))
        .collect())
}

/// A receipt as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The record that it was signed for.
    pub record: Uuid,
    /// Its version.
    pub version: i32,
    /// The signed line.
    pub line: String,
}

/// All receipts behind one, in pages by record and version, for verification of all.
pub async fn list_all(
    source: &impl Source,
    after: Option<(Uuid, i32)>,
    most: u64,
) -> Result<Vec<Signed>, AppError> {
    let columns = [
        holding_receipt::Column::RecordId,
        holding_receipt::Column::Version,
    ];
    let mut signed = holding_receipt::Entity::find();
    if let Some((record, version)) = after {
        let last = [Expr::value(record), Expr::value(version)];
        let columns = columns.map(|column| column.into_expr());
        signed = signed.filter(behind(columns, last));
    }
    for column in columns {
        signed = signed.order_by_asc(column);
    }
    let rows = signed.limit(most).all(source.connection()).await?;
    let signed = rows.into_iter().map(|row| Signed {
        record: row.record_id,
        version: row.version,
        line: row.line,
    });
    Ok(signed.collect())
}

/// A receipt as the log of events has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noted {
    /// The event.
    pub event: Uuid,
    /// The name of the receipt.
    pub receipt: HoldingId,
    /// When it was signed.
    pub at: DateTime<Utc>,
}

/// What the log says was signed, in pages behind an event.
pub async fn list_noted(
    source: &impl Source,
    after: Option<Uuid>,
    most: u64,
) -> Result<Vec<Noted>, AppError> {
    let kind: &str = EventKind::HoldingSigned.into();
    let mut noted = event::Entity::find()
        .select_only()
        .columns([event::Column::Id, event::Column::Subject, event::Column::At])
        .filter(event::Column::Kind.eq(kind));
    if let Some(after) = after {
        noted = noted.filter(event::Column::Id.gt(after));
    }
    let noted: Vec<(Uuid, Uuid, DateTime<Utc>)> = noted
        .order_by_asc(event::Column::Id)
        .limit(most)
        .into_tuple()
        .all(source.connection())
        .await?;
    let noted = noted.into_iter().map(|(event, receipt, at)| Noted {
        event,
        receipt: HoldingId::new(receipt),
        at,
    });
    Ok(noted.collect())
}

/// The version that the next receipt of a record has.
pub async fn next_version(source: &impl Source, owner: PhotoOwner) -> Result<i32, AppError> {
    let signed = holding_receipt::Entity::find()
        .filter(holding_receipt::Column::RecordId.eq(owner.uuid()))
        .count(source.connection())
        .await?;
    Ok(i32::try_from(signed).unwrap_or(i32::MAX).saturating_add(1))
}

/// Keeps a receipt; false if another one has its version, or is about the same photos.
pub async fn insert_if_free(
    work: &Work,
    (owner, version): (PhotoOwner, i32),
    content: Sha256,
    line: &str,
) -> Result<bool, AppError> {
    let row = holding_receipt::ActiveModel {
        record_id: Set(owner.uuid()),
        version: Set(version),
        content: Set(content.to_string()),
        signed_at: Set(work.now()),
        line: Set(line.to_owned()),
    };
    let inserted = holding_receipt::Entity::insert(row)
        .on_conflict(OnConflict::new().do_nothing().to_owned())
        .try_insert()
        .exec_without_returning(work.connection())
        .await?;
    Ok(matches!(inserted, sea_orm::TryInsertResult::Inserted(1)))
}
