//! What officers said of themselves: which merchants are a relative's, or of interest to them.

use crate::{
    error::AppError,
    store::row::{insert_new, meet, read_each, word},
    work::{Source, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    accounts::interest::{Interest, InterestEnd, Party, tied},
    id::{InterestId, MerchantId, UserId},
    refusal::Code,
    text::Reason,
};
use liangxin_entity::declared_interest::{ActiveModel, Column, Entity, Model};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
};
use std::collections::{BTreeSet, HashMap};

/// Keeps what an officer said.
pub async fn insert(work: &Work, said: &Interest) -> Result<(), AppError> {
    let row = ActiveModel {
        id: Set(said.id.uuid()),
        user_id: Set(said.officer.uuid()),
        merchant_id: Set(said.merchant.uuid()),
        kind: Set(said.kind.to_string()),
        words: Set(said.words.as_str().to_owned()),
        declared_at: Set(said.declared_at),
        ended_on: Set(None),
        end_reason: Set(None),
        ended_at: Set(None),
    };
    insert_new(work, row).await
}

/// Keeps that it is over; where somebody said so in between it is `INTEREST_OVER`.
pub async fn save_end(work: &Work, said: &Interest) -> Result<(), AppError> {
    let end = said.end.as_ref();
    let row = ActiveModel {
        ended_on: Set(end.map(|end| end.on)),
        end_reason: Set(end.map(|end| end.reason.as_str().to_owned())),
        ended_at: Set(end.map(|end| end.said_at)),
        ..ActiveModel::default()
    };
    let update = Entity::update_many()
        .set(row)
        .filter(Column::Id.eq(said.id.uuid()))
        .filter(Column::EndedAt.is_null());
    meet(work, update, Code::InterestOver).await
}

/// Whom ties to the merchant keep from a matter; those that were declared by a moment, where one counts.
pub async fn tied_to(
    source: &impl Source,
    party: Party,
    by: Option<DateTime<Utc>>,
) -> Result<BTreeSet<UserId>, AppError> {
    let said = of_merchants(source, &[party.merchant]).await?;
    Ok(tied(said.values().flatten(), party.since, by))
}

/// What officers said of ties to merchants, by merchant. One that cannot be read is an error: without it somebody would be
/// free.
pub async fn of_merchants(
    source: &impl Source,
    merchants: &[MerchantId],
) -> Result<HashMap<MerchantId, Vec<Interest>>, AppError> {
    let rows = Entity::find()
        .filter(Column::MerchantId.is_in(merchants.iter().map(|merchant| merchant.uuid())))
        .order_by_asc(Column::DeclaredAt)
        .order_by_asc(Column::Id)
        .all(source.connection())
        .await?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        let said = read(row)?;
        found.entry(said.merchant).or_default().push(said);
    }
    Ok(found)
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

/// One thing that an officer said.
pub async fn find(source: &impl Source, id: InterestId) -> Result<Option<Interest>, AppError> {
    let row = Entity::find_by_id(id.uuid())
        .one(source.connection())
        .await?;
    row.map(read).transpose()
}

pub(super) fn read(row: Model) -> Result<Interest, AppError> {
    let end = match (row.ended_on, row.end_reason, row.ended_at) {
        (Some(on), Some(reason), Some(said_at)) => Some(InterestEnd {
            on,
            reason: text(&reason, "end_reason")?,
            said_at,
        }),
        _ => None,
    };
    Ok(Interest {
        id: InterestId::new(row.id),
        officer: UserId::new(row.user_id),
        merchant: MerchantId::new(row.merchant_id),
        kind: word(&row.kind, "declared_interest", "kind")?,
        words: text(&row.words, "words")?,
        declared_at: row.declared_at,
        end,
    })
}

fn text(text: &str, column: &'static str) -> Result<Reason, AppError> {
    Reason::parse(text, column).map_err(|_| AppError::damaged("declared_interest", column))
}
