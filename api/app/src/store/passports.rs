//! The passports of visits, found by the keyed hash of their code alone.

use crate::{
    error::AppError,
    store::row::insert_unless_there,
    work::{Source, Work},
};
use chrono::{DateTime, NaiveDate, Utc};
use liangxin_domain::{
    evidence::digest::Sha256,
    id::{MerchantId, VisitId},
};
use liangxin_entity::{visit, visit_passport};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, PaginatorTrait as _,
    QueryFilter as _, QuerySelect as _, QueryTrait as _, sea_query::Expr,
};

/// A passport, as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passport {
    /// Of which visit.
    pub visit: VisitId,
    /// For which of its teams it was made.
    pub number: i32,
    /// On which day it was asked for last; nothing where that was not kept yet.
    pub made_on: Option<NaiveDate>,
}

/// Keeps a passport that is asked for today; made again it is the same, and good for longer.
pub async fn keep(
    work: &Work,
    key: Sha256,
    (visit, number): (VisitId, i32),
) -> Result<(), AppError> {
    let row = visit_passport::ActiveModel {
        code_key: Set(key.to_string()),
        visit_id: Set(visit.uuid()),
        number: Set(number),
        form_key: Set(None),
        is_contested: Set(false),
        made_on: Set(Some(work.today())),
    };
    insert_unless_there(work, row, [visit_passport::Column::CodeKey]).await?;
    visit_passport::Entity::update_many()
        .col_expr(visit_passport::Column::MadeOn, Expr::value(work.today()))
        .filter(visit_passport::Column::CodeKey.eq(key.to_string()))
        .exec(work.connection())
        .await?;
    Ok(())
}

/// The passport behind the hash.
pub async fn find(source: &impl Source, key: Sha256) -> Result<Option<Passport>, AppError> {
    let row = visit_passport::Entity::find_by_id(key.to_string())
        .one(source.connection())
        .await?;
    Ok(row.map(|row| Passport {
        visit: VisitId::new(row.visit_id),
        number: row.number,
        made_on: row.made_on,
    }))
}

/// What was said by a passport before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// Nothing.
    First,
    /// Something else, for the first time.
    Contested,
    /// The same, or something else more than once.
    Before,
}

/// Notes that somebody says something of a visit by its passport, by a form. What is said stands elsewhere, without it.
pub async fn note_said(work: &Work, key: Sha256, form: Sha256) -> Result<Said, AppError> {
    let first = visit_passport::Entity::update_many()
        .col_expr(
            visit_passport::Column::FormKey,
            Expr::value(form.to_string()),
        )
        .filter(visit_passport::Column::CodeKey.eq(key.to_string()))
        .filter(visit_passport::Column::FormKey.is_null())
        .exec(work.connection())
        .await?;
    if first.rows_affected == 1 {
        return Ok(Said::First);
    }
    let contested = visit_passport::Entity::update_many()
        .col_expr(visit_passport::Column::IsContested, Expr::value(true))
        .filter(visit_passport::Column::CodeKey.eq(key.to_string()))
        .filter(visit_passport::Column::FormKey.ne(form.to_string()))
        .filter(visit_passport::Column::IsContested.eq(false))
        .exec(work.connection())
        .await?;
    Ok(match contested.rows_affected {
        1 => Said::Contested,
        _ => Said::Before,
    })
}

/// Whether something was said of another visit to the merchant that was closed since a moment, or that is open again.
pub async fn has_spoken(
    work: &Work,
    (merchant, besides): (MerchantId, VisitId),
    since: DateTime<Utc>,
) -> Result<bool, AppError> {
    let is_late = Condition::any()
        .add(visit::Column::SubmittedAt.gte(since))
        .add(visit::Column::SubmittedAt.is_null());
    let others = visit::Entity::find()
        .select_only()
        .column(visit::Column::Id)
        .filter(visit::Column::MerchantId.eq(merchant.uuid()))
        .filter(visit::Column::Id.ne(besides.uuid()))
        .filter(is_late);
    let said = visit_passport::Entity::find()
        .filter(visit_passport::Column::FormKey.is_not_null())
        .filter(visit_passport::Column::VisitId.in_subquery(others.into_query()))
        .count(work.connection())
        .await?;
    Ok(said > 0)
}
