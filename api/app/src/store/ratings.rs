//! Settled findings and the grades computed from them. Public once computed.

mod finding;
mod night;

pub(super) use finding::read as read_finding;
pub use finding::{
    NewFinding, Settled, indicator, insert_finding, list_settled, settle_findings,
    unsettle_findings, void_finding, void_findings_of,
};
pub use night::{Night, begin_night, find_night, freeze, save_night};

use crate::{
    error::AppError,
    store::row::{insert_new, last_id, list_each, raw_rows, read_each, take_apart, word},
    work::{Source, Work},
};
use chrono::{DateTime, NaiveDate, Utc};
use liangxin_domain::{
    id::{CaseId, EventId, MerchantId, RatingId},
    law::calendar::shanghai_date,
    ratings::{
        badge::VoidedBy,
        capped::Basis,
        grade::Grade,
        score::{Reason, Score},
    },
};
use liangxin_entity::{present_rating, rating};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, Condition, EntityTrait as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _, QueryTrait as _, sea_query::OnConflict,
};
use std::collections::HashMap;

/// A computed grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    /// Its id.
    pub id: RatingId,
    /// The merchant.
    pub merchant: MerchantId,
    /// When it was computed.
    pub computed_at: DateTime<Utc>,
    /// The day for which it was computed.
    pub as_of: NaiveDate,
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
    /// What it rests on, and what is said with it.
    pub basis: Basis,
}

/// A grade as it was computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Computed {
    /// Points, grade and reasons.
    pub score: Score,
    /// Settled official findings that it rests on.
    pub findings: u32,
    /// What it rests on.
    pub basis: Basis,
}

impl Computed {
    /// Whether a kept grade says all of the same.
    #[must_use]
    pub fn is_said_by(&self, kept: &Rating) -> bool {
        let Score {
            points_tenths,
            grade,
            formula_version,
            reasons,
        } = &self.score;
        kept.grade == *grade
            && kept.points_tenths.map(i64::from) == *points_tenths
            && kept.formula_version == *formula_version
            && kept.reasons == *reasons
            && kept.findings == self.findings
            && kept.basis == self.basis
    }
}

impl Computed {
    /// Why the badges that show a kept grade are void from this one on: a penalty was decided, or it is worse. Whoever is
    /// not assessed any more has no better grade than before.
    #[must_use]
    pub fn voids(&self, kept: &Rating) -> Option<VoidedBy> {
        let is_new = |case: &CaseId| !kept.basis.cases.contains(case);
        if self.basis.cases.iter().any(is_new) {
            return Some(VoidedBy::Decision);
        }
        // The words of a grade stand from the best to the worst one, and N behind all of them.
        let is_worse = kept.grade != Grade::N && self.score.grade > kept.grade;
        is_worse.then_some(VoidedBy::WorseGrade)
    }
}

/// Writes a grade, which is the present one of the merchant from then on.
pub async fn insert(
    work: &Work,
    id: RatingId,
    merchant: MerchantId,
    computed: &Computed,
    cause: EventId,
) -> Result<(), AppError> {
    let written = |e| AppError::internal("write a rating", e);
    let Computed {
        score,
        findings,
        basis,
    } = computed;
    let row = rating::ActiveModel {
        id: Set(id.uuid()),
        merchant_id: Set(merchant.uuid()),
        computed_at: Set(work.now()),
        grade: Set(score.grade.to_string()),
        points_tenths: Set(score
            .points_tenths
            .and_then(|tenths| i32::try_from(tenths).ok())),
        formula_version: Set(score.formula_version.clone()),
        findings: Set(i32::try_from(*findings).unwrap_or(i32::MAX)),
        reasons: Set(serde_json::to_string(&score.reasons).map_err(written)?),
        cause: Set(cause.uuid()),
        as_of: Set(Some(work.today())),
        basis: Set(Some(serde_json::to_string(basis).map_err(written)?)),
    };
    insert_new(work, row).await?;
    let present = present_rating::ActiveModel {
        merchant_id: Set(merchant.uuid()),
        rating_id: Set(id.uuid()),
    };
    let again = OnConflict::column(present_rating::Column::MerchantId)
        .update_column(present_rating::Column::RatingId)
        .to_owned();
    present_rating::Entity::insert(present)
        .on_conflict(again)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// The present grade of a merchant.
pub async fn find_newest(
    source: &impl Source,
    merchant: MerchantId,
) -> Result<Option<Rating>, AppError> {
    let mut found = list_newest(source, &[merchant]).await?;
    Ok(found.remove(&merchant))
}

/// The present grades of merchants, by merchant; those without one are not among them, nor is one that cannot be read: a
/// grade is computed anew then.
pub async fn list_newest(
    source: &impl Source,
    merchants: &[MerchantId],
) -> Result<HashMap<MerchantId, Rating>, AppError> {
    let present = present_rating::Entity::find()
        .select_only()
        .column(present_rating::Column::RatingId)
        .filter(
            present_rating::Column::MerchantId
                .is_in(merchants.iter().map(|merchant| merchant.uuid())),
        )
        .into_query();
    let rows = rating::Entity::find().filter(rating::Column::Id.in_subquery(present));
    let found = read_each(list_each(source, rows).await?, read)?;
    Ok(found
        .into_iter()
        .map(|rating| (rating.merchant, rating))
        .collect())
}

/// Whether a merchant has a present grade, whatever it says.
pub async fn has_present(source: &impl Source, merchant: MerchantId) -> Result<bool, AppError> {
    let present = present_rating::Entity::find_by_id(merchant.uuid());
    let found = present
        .select_only()
        .column(present_rating::Column::MerchantId);
    let found = found
        .into_tuple::<uuid::Uuid>()
        .one(source.connection())
        .await?;
    Ok(found.is_some())
}

/// The grades that were computed after another one, the oldest first, and the id behind which the next ones stand; none
/// behind the last one. One that cannot be read is left out.
pub async fn list_after(
    source: &impl Source,
    after: Option<RatingId>,
    most: u64,
) -> Result<(Vec<Rating>, Option<RatingId>), AppError> {
    let after = after.map(|after| rating::Column::Id.gt(after.uuid()));
    let select = rating::Entity::find()
        .filter(Condition::all().add_option(after))
        .order_by_asc(rating::Column::Id)
        .limit(most);
    let rows = raw_rows(source, select).await?;
    let last = last_id(&rows, rating::Column::Id);
    let read = |row| take_apart::<rating::Entity>(&row).and_then(read);
    Ok((read_each(rows, read)?, last.map(RatingId::new)))
}

/// The grade that a merchant had on a day: the last one that was computed for that day or an earlier one.
pub async fn find_on(
    source: &impl Source,
    merchant: MerchantId,
    day: NaiveDate,
) -> Result<Option<Rating>, AppError> {
    // Grades of before days were kept have the day of their moment, by which the rows stand in order too.
    let end = day.succ_opt().and_then(|next| {
        let midnight = next.and_hms_opt(0, 0, 0)?;
        Some(midnight.and_utc() - chrono::TimeDelta::hours(8))
    });
    let undated = Condition::all()
        .add(rating::Column::AsOf.is_null())
        .add_option(end.map(|end| rating::Column::ComputedAt.lt(end)));
    let until = Condition::any()
        .add(rating::Column::AsOf.lte(day))
        .add(undated);
    rating::Entity::find()
        .filter(rating::Column::MerchantId.eq(merchant.uuid()))
        .filter(until)
        .order_by_desc(rating::Column::ComputedAt)
        .order_by_desc(rating::Column::Id)
        .limit(1)
        .one(source.connection())
        .await?
        .map(read)
        .transpose()
}

pub(super) fn read(row: rating::Model) -> Result<Rating, AppError> {
    let basis = match &row.basis {
        Some(basis) => {
            serde_json::from_str(basis).map_err(|_| AppError::damaged("rating", "basis"))?
        }
        None => Basis::default(),
    };
    Ok(Rating {
        id: RatingId::new(row.id),
        merchant: MerchantId::new(row.merchant_id),
        computed_at: row.computed_at,
        as_of: row.as_of.unwrap_or_else(|| shanghai_date(row.computed_at)),
        grade: word(&row.grade, "rating", "grade")?,
        points_tenths: row.points_tenths,
        formula_version: row.formula_version,
        findings: u32::try_from(row.findings).unwrap_or_default(),
        reasons: serde_json::from_str(&row.reasons)
            .map_err(|_| AppError::damaged("rating", "reasons"))?,
        basis,
    })
}
