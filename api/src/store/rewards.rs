//! What became of rewards.

use crate::{
    error::AppError,
    store::{reports, row::word},
    work::{Source, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    actor::Actor,
    id::{CaseId, ReportId, RewardId, UserId},
    refusal::{Code, Refusal},
    rewards::screening::{Screening, ScreeningOutcome},
};
use liangxin_entity::reward;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, TryInsertResult,
    sea_query::OnConflict,
};

/// A screened reward.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reward {
    /// Its id.
    pub id: RewardId,
    /// The report.
    pub report: ReportId,
    /// The case that was decided on it.
    pub case: CaseId,
    /// The scheme that was applied.
    pub scheme_id: String,
    /// Its edition.
    pub edition: String,
    /// What came out.
    pub outcome: ScreeningOutcome,
    /// Why, as a code.
    pub reason_code: String,
    /// Why, in Chinese.
    pub reason_zh: String,
    /// Why, in English.
    pub reason_en: String,
    /// When.
    pub screened_at: DateTime<Utc>,
}

/// Writes a screening; a second one for the same report is `STALE`.
pub async fn insert(
    work: &Work,
    id: RewardId,
    report: ReportId,
    case: CaseId,
    (screening, by): (&Screening, UserId),
) -> Result<(), AppError> {
    let steps = serde_json::to_string(&screening.steps)
        .map_err(|e| AppError::internal("write a screening", e))?;
    let row = reward::ActiveModel {
        id: Set(id.uuid()),
        report_id: Set(report.uuid()),
        case_id: Set(case.uuid()),
        scheme_id: Set(screening.scheme_id.clone()),
        edition: Set(screening.edition.clone()),
        outcome: Set(screening.outcome.to_string()),
        reason_code: Set(screening.reason_code.to_string()),
        reason_zh: Set(screening.reason_zh.clone()),
        reason_en: Set(screening.reason_en.clone()),
        steps: Set(steps),
        screened_by: Set(by.uuid()),
        screened_at: Set(work.now()),
    };
    let inserted = reward::Entity::insert(row)
        .on_conflict(
            OnConflict::column(reward::Column::ReportId)
                .do_nothing()
                .to_owned(),
        )
        .try_insert()
        .exec_without_returning(work.connection())
        .await?;
    if matches!(inserted, TryInsertResult::Inserted(1)) {
        Ok(())
    } else {
        Err(Refusal::of(Code::Stale).into())
    }
}

/// The reward of a report that the actor may see.
pub async fn find(
    source: &impl Source,
    actor: &Actor,
    report: ReportId,
) -> Result<Option<Reward>, AppError> {
    reports::get(source, actor, report).await?;
    reward::Entity::find()
        .filter(reward::Column::ReportId.eq(report.uuid()))
        .one(source.connection())
        .await?
        .map(|row| {
            Ok(Reward {
                id: RewardId::new(row.id),
                report: ReportId::new(row.report_id),
                case: CaseId::new(row.case_id),
                scheme_id: row.scheme_id,
                edition: row.edition,
                outcome: word(&row.outcome, "reward", "outcome")?,
                reason_code: row.reason_code,
                reason_zh: row.reason_zh,
                reason_en: row.reason_en,
                screened_at: row.screened_at,
            })
        })
        .transpose()
}
