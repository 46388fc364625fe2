//! Settled findings and the grades computed from them. Public once computed.

use crate::{
    error::AppError,
    store::row::word,
    work::{Source, Work},
};
use chrono::{DateTime, NaiveDate, Utc};
use liangxin_domain::{
    id::{EventId, FindingId, MerchantId, RatingId, VisitId},
    ratings::{
        evidence::Finding,
        grade::Grade,
        indicator::IndicatorId,
        score::{Reason, Score},
    },
};
use liangxin_entity::{finding, rating};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _, TryInsertResult,
    sea_query::{Expr, OnConflict},
};

/// A computed grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    /// Its id.
    pub id: RatingId,
    /// The merchant.
    pub merchant: MerchantId,
    /// When it was computed.
    pub computed_at: DateTime<Utc>,
    /// The grade.
    pub grade: Grade,
    /// Tenths of a point of 100.
    pub points_tenths: Option<i32>,
    /// The formula's version.
    pub formula_version: String,
    /// Settled official findings that it rests on.
    pub findings: u32,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// A finding to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFinding {
    /// Its id.
    pub id: FindingId,
    /// The merchant.
    pub merchant: MerchantId,
    /// What was found.
    pub finding: Finding,
    /// When it was settled; a finding against a merchant is settled by a decision only.
    pub settled_on: Option<NaiveDate>,
    /// The visit that found it.
    pub visit: Option<VisitId>,
    /// In words, Chinese and English.
    pub note: (String, String),
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
        note_zh: Set(new.note.0),
        note_en: Set(new.note.1),
    };
    finding::Entity::insert(row)
        .exec_without_returning(source.connection())
        .await?;
    Ok(())
}

/// Settles what a visit found against a merchant.
pub async fn settle_findings(work: &Work, visit: VisitId, on: NaiveDate) -> Result<(), AppError> {
    finding::Entity::update_many()
        .col_expr(finding::Column::SettledOn, Expr::value(on))
        .filter(finding::Column::VisitId.eq(visit.uuid()))
        .filter(finding::Column::SettledOn.is_null())
        .exec(work.connection())
        .await?;
    Ok(())
}

/// The settled findings about a merchant since a day.
pub async fn settled_findings(
    source: &impl Source,
    merchant: MerchantId,
    since: NaiveDate,
) -> Result<Vec<Finding>, AppError> {
    finding::Entity::find()
        .filter(finding::Column::MerchantId.eq(merchant.uuid()))
        .filter(finding::Column::SettledOn.is_not_null())
        .filter(finding::Column::FoundOn.gte(since))
        .order_by_asc(finding::Column::FoundOn)
        .order_by_asc(finding::Column::Id)
        .all(source.connection())
        .await?
        .into_iter()
        .map(|row| {
            Ok(Finding {
                indicator: word(&row.indicator, "finding", "indicator")?,
                passed: row.passed,
                found_on: row.found_on,
            })
        })
        .collect()
}

/// Writes a grade that an event caused; the same event causes one grade, however often it is tried.
pub async fn insert(
    work: &Work,
    id: RatingId,
    merchant: MerchantId,
    (score, findings): (&Score, u32),
    cause: EventId,
) -> Result<bool, AppError> {
    let reasons = serde_json::to_string(&score.reasons)
        .map_err(|e| AppError::internal("write a rating", e))?;
    let row = rating::ActiveModel {
        id: Set(id.uuid()),
        merchant_id: Set(merchant.uuid()),
        computed_at: Set(work.now()),
        grade: Set(score.grade.to_string()),
        points_tenths: Set(score
            .points_tenths
            .and_then(|tenths| i32::try_from(tenths).ok())),
        formula_version: Set(score.formula_version.clone()),
        findings: Set(i32::try_from(findings).unwrap_or(i32::MAX)),
        reasons: Set(reasons),
        cause: Set(cause.uuid()),
    };
    let inserted = rating::Entity::insert(row)
        .on_conflict(
            OnConflict::columns([rating::Column::MerchantId, rating::Column::Cause])
                .do_nothing()
                .to_owned(),
        )
        .try_insert()
        .exec_without_returning(work.connection())
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(1)))
}

/// The newest grade of a merchant.
pub async fn find_newest(
    source: &impl Source,
    merchant: MerchantId,
) -> Result<Option<Rating>, AppError> {
    rating::Entity::find()
        .filter(rating::Column::MerchantId.eq(merchant.uuid()))
        .order_by_desc(rating::Column::ComputedAt)
        .order_by_desc(rating::Column::Id)
        .one(source.connection())
        .await?
        .map(|row| {
            Ok(Rating {
                id: RatingId::new(row.id),
                merchant: MerchantId::new(row.merchant_id),
                computed_at: row.computed_at,
                grade: word(&row.grade, "rating", "grade")?,
                points_tenths: row.points_tenths,
                formula_version: row.formula_version,
                findings: u32::try_from(row.findings).unwrap_or_default(),
                reasons: serde_json::from_str(&row.reasons)
                    .map_err(|_| AppError::damaged("rating", "reasons"))?,
            })
        })
        .transpose()
}

/// The id of an indicator that the program itself names.
pub fn indicator(id: &'static str) -> Result<IndicatorId, AppError> {
    word(id, "finding", "indicator")
}
