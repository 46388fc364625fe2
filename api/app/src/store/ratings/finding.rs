//! Findings, settled or not.

use crate::{
    error::AppError,
    store::row::{insert_new, word},
    work::{Source, Work},
};
use chrono::NaiveDate;
use liangxin_domain::{
    id::{EntryId, FindingId, MerchantId, VisitId},
    metrology::verdict::Words,
    ratings::{capped::Test, evidence::Finding, indicator::IndicatorId},
};
use liangxin_entity::finding;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    sea_query::Expr,
};
use std::collections::HashMap;

/// A finding to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFinding {
    /// Its id.
    pub id: FindingId,
    /// The merchant.
    pub merchant: MerchantId,
    /// What was found.
    pub finding: Finding,
    /// How many times the tolerance was missing, rounded down.
    pub times: Option<u32>,
    /// When it was settled; a finding against a merchant is settled by a decision only.
    pub settled_on: Option<NaiveDate>,
    /// The visit that found it.
    pub visit: Option<VisitId>,
    /// The entry of its record that says it.
    pub entry: Option<EntryId>,
    /// In words, Chinese and English.
    pub note: (String, String),
}

/// A settled finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// What was tested.
    pub test: Test,
    /// The visit that found it.
    pub visit: Option<VisitId>,
    /// In words.
    pub note: Words,
}

/// Writes a finding.
pub async fn insert_finding(source: &impl Source, new: NewFinding) -> Result<(), AppError> {
    let row = finding::ActiveModel {
        id: Set(new.id.uuid()),
        merchant_id: Set(new.merchant.uuid()),
        indicator: Set(new.finding.indicator.to_string()),
        passed: Set(new.finding.passed),
        found_on: Set(new.finding.found_on),
        settled_on: Set(new.settled_on),
        visit_id: Set(new.visit.map(|visit| visit.uuid())),
        entry_id: Set(new.entry.map(EntryId::uuid)),
        voided_at: Set(None),
        note_zh: Set(new.note.0),
        note_en: Set(new.note.1),
        times: Set(new
            .times
            .map(|times| i32::try_from(times).unwrap_or(i32::MAX))),
    };
    insert_new(source, row).await
}

/// Settles what a visit found against a merchant.
pub async fn settle_findings(work: &Work, visit: VisitId, on: NaiveDate) -> Result<(), AppError> {
    finding::Entity::update_many()
        .col_expr(finding::Column::SettledOn, Expr::value(on))
        .filter(finding::Column::VisitId.eq(visit.uuid()))
        .filter(finding::Column::SettledOn.is_null())
        .filter(finding::Column::VoidedAt.is_null())
        .exec(work.connection())
        .await?;
    Ok(())
}

/// Takes back what a decision on a visit settled against a merchant. What the visit passed was settled by its closing and
/// counts as before.
pub async fn unsettle_findings(work: &Work, visit: VisitId) -> Result<(), AppError> {
    finding::Entity::update_many()
        .col_expr(finding::Column::SettledOn, Expr::value(None::<NaiveDate>))
        .filter(finding::Column::VisitId.eq(visit.uuid()))
        .filter(finding::Column::Passed.eq(false))
        .exec(work.connection())
        .await?;
    Ok(())
}

/// What an entry said counts for no grade any more.
pub async fn void_finding(work: &Work, entry: EntryId) -> Result<(), AppError> {
    finding::Entity::update_many()
        .col_expr(finding::Column::VoidedAt, Expr::value(work.now()))
        .filter(finding::Column::EntryId.eq(entry.uuid()))
        .exec(work.connection())
        .await?;
    Ok(())
}

/// What a visit said counts for no grade until it is closed again.
pub async fn void_findings_of(work: &Work, visit: VisitId) -> Result<(), AppError> {
    finding::Entity::update_many()
        .col_expr(finding::Column::VoidedAt, Expr::value(work.now()))
        .filter(finding::Column::VisitId.eq(visit.uuid()))
        .filter(finding::Column::VoidedAt.is_null())
        .exec(work.connection())
        .await?;
    Ok(())
}

/// The settled findings about merchants since a day, by merchant, the oldest first.
pub async fn list_settled(
    source: &impl Source,
    merchants: &[MerchantId],
    since: NaiveDate,
) -> Result<HashMap<MerchantId, Vec<Settled>>, AppError> {
    let rows = finding::Entity::find()
        .filter(finding::Column::MerchantId.is_in(merchants.iter().map(|merchant| merchant.uuid())))
        .filter(finding::Column::SettledOn.is_not_null())
        .filter(finding::Column::VoidedAt.is_null())
        .filter(finding::Column::FoundOn.gte(since))
        .order_by_asc(finding::Column::FoundOn)
        .order_by_asc(finding::Column::Id)
        .all(source.connection())
        .await?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        let merchant = MerchantId::new(row.merchant_id);
        found.entry(merchant).or_default().push(read(row)?);
    }
    Ok(found)
}

pub(in crate::store) fn read(row: finding::Model) -> Result<Settled, AppError> {
    Ok(Settled {
        test: Test {
            id: FindingId::new(row.id),
            indicator: word(&row.indicator, "finding", "indicator")?,
            passed: row.passed,
            times: row.times.and_then(|times| u32::try_from(times).ok()),
            found_on: row.found_on,
        },
        visit: row.visit_id.map(VisitId::new),
        note: Words::new(row.note_zh, row.note_en),
    })
}

/// The id of an indicator that the program itself names.
pub fn indicator(id: &'static str) -> Result<IndicatorId, AppError> {
    word(id, "finding", "indicator")
}
