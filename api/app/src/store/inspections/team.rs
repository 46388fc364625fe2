//! Who goes on a visit, as rows, and who did before.

use crate::{
    error::AppError,
    store::{arrivals, reports},
    work::{Source as _, Touched, Work},
};
use liangxin_domain::{
    id::{ReportId, UserId},
    inspections::visit::Visit,
};
use liangxin_entity::{visit, visit_inspector};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QuerySelect as _,
};
use std::collections::BTreeSet;
use uuid::Uuid;

/// Sends officers on a visit, and so for the report behind it. It stands in their lists from the moment at which they are
/// sent, as every visit does.
pub(super) async fn insert(work: &Work, visit: &Visit, sent: Vec<UserId>) -> Result<(), AppError> {
    let rows = sent.iter().map(|user| visit_inspector::ActiveModel {
        visit_id: Set(visit.id.uuid()),
        user_id: Set(user.uuid()),
        queue_at: Set(work.now()),
    });
    visit_inspector::Entity::insert_many(rows)
        .exec_without_returning(work.connection())
        .await?;
    match visit.origin.report() {
        Some(report) => reports::insert_sent(work, report, sent).await,
        None => Ok(()),
    }
}

/// Others go, as a saved visit says: the visit stands in the lists of those who come, and no longer in the lists of those who
/// leave. Who was there already still sees it, and the report behind it.
pub async fn replace(work: &Work, visit: &Visit) -> Result<(), AppError> {
    work.touch(Touched::Visit(visit.id));
    let before = sent_on(work, &[visit.id.uuid()]).await?;
    let now: BTreeSet<_> = visit.team.iter().collect();
    let gone: Vec<_> = before.difference(&now).copied().collect();
    visit_inspector::Entity::delete_many()
        .filter(visit_inspector::Column::VisitId.eq(visit.id.uuid()))
        .filter(visit_inspector::Column::UserId.is_in(gone.iter().map(|user| user.uuid())))
        .exec(work.connection())
        .await?;
    let come: Vec<_> = now.difference(&before).copied().collect();
    if !come.is_empty() {
        insert(work, visit, come).await?;
    }
    let Some(report) = visit.origin.report() else {
        return Ok(());
    };
    let of_report = visits_of(work, report).await?;
    let mut part = sent_on(work, &of_report).await?;
    let there = arrivals::of(work, &of_report).await?;
    for (_, arrival) in there {
        part.insert(arrival?.by);
    }
    let out = gone.into_iter().filter(|user| !part.contains(user));
    reports::delete_sent(work, report, out.collect()).await
}

async fn sent_on(work: &Work, visits: &[Uuid]) -> Result<BTreeSet<UserId>, AppError> {
    let sent: Vec<Uuid> = visit_inspector::Entity::find()
        .select_only()
        .column(visit_inspector::Column::UserId)
        .filter(visit_inspector::Column::VisitId.is_in(visits.iter().copied()))
        .into_tuple()
        .all(work.connection())
        .await?;
    Ok(sent.into_iter().map(UserId::new).collect())
}

async fn visits_of(work: &Work, report: ReportId) -> Result<Vec<Uuid>, AppError> {
    Ok(visit::Entity::find()
        .select_only()
        .column(visit::Column::Id)
        .filter(visit::Column::ReportId.eq(report.uuid()))
        .into_tuple()
        .all(work.connection())
        .await?)
}
