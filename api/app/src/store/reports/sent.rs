//! Who is sent for a report, or was.

use crate::{
    error::AppError,
    work::{Source as _, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    id::{ReportId, UserId},
    refusal::{Code, Refusal},
};
use liangxin_entity::{report, report_inspector};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _,
    TryInsertResult, sea_query::OnConflict,
};

/// Notes who is sent for a report, each once. The report's turn stands beside, so that what a person was sent for is
/// found in order.
pub(in crate::store) async fn insert_sent(
    work: &Work,
    report: ReportId,
    team: impl IntoIterator<Item = UserId>,
) -> Result<(), AppError> {
    let turn: Option<DateTime<Utc>> = report::Entity::find_by_id(report.uuid())
        .select_only()
        .column(report::Column::QueueAt)
        .into_tuple()
        .one(work.connection())
        .await?;
    let turn = turn.ok_or_else(|| Refusal::on(Code::NotFound, "reportId"))?;
    let sent = team.into_iter().map(|user| report_inspector::ActiveModel {
        report_id: Set(report.uuid()),
        user_id: Set(user.uuid()),
        queue_at: Set(turn),
    });
    let known = OnConflict::columns([
        report_inspector::Column::ReportId,
        report_inspector::Column::UserId,
    ])
    .do_nothing()
    .to_owned();
    let noted = report_inspector::Entity::insert_many(sent)
        .on_conflict(known)
        .try_insert()
        .exec_without_returning(work.connection());
    // Whoever was sent before is there already.
    Ok(noted.await.map(|_: TryInsertResult<_>| ())?)
}

/// Takes back that somebody is sent for a report.
pub(in crate::store) async fn delete_sent(
    work: &Work,
    report: ReportId,
    users: Vec<UserId>,
) -> Result<(), AppError> {
    report_inspector::Entity::delete_many()
        .filter(report_inspector::Column::ReportId.eq(report.uuid()))
        .filter(report_inspector::Column::UserId.is_in(users.iter().map(|user| user.uuid())))
        .exec(work.connection())
        .await?;
    Ok(())
}
