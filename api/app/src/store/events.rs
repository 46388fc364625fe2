//! Events and the timeline that a reporter sees of them.

use crate::{
    error::AppError,
    store::{
        jobs, phone_documents,
        queue::seats,
        row::{list_each, read_each, word},
        seals,
    },
    work::{Noted, Source, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    event::{Event, EventKind},
    id::{ComplaintId, ReportId, UserId},
    law::calendar::{shanghai_date, shanghai_start_of},
};
use liangxin_entity::event;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _, sea_query::Expr,
};
use std::collections::HashSet;
use uuid::Uuid;

impl Work {
    /// Writes the events and their jobs, then what phones are told, and commits everything together.
    pub async fn commit(self) -> Result<(), AppError> {
        for (noted, event) in &self.take_recorded() {
            insert(&self, *noted, event).await?;
        }
        phone_documents::keep(&self).await?;
        self.end().await
    }
}

/// Writes an event with the jobs that it asks for; it waits for its seal.
pub async fn insert(work: &Work, noted: Noted, event: &Event) -> Result<(), AppError> {
    // What a citizen does is no office's, whoever it is besides.
    let office = work
        .actor()
        .division()
        .filter(|_| !event.kind().is_by_citizen());
    let (city, province) = office.map_or((None, None), |office| seats(*office));
    let row = event::ActiveModel {
        id: Set(noted.id),
        at: Set(noted.at),
        actor_kind: Set(work.actor().kind().to_owned()),
        actor_user: Set(work.actor().user().map(|user| user.uuid())),
        kind: Set(event.kind().to_string()),
        subject: Set(event.subject()),
        report_id: Set(event.report().map(|report| report.uuid())),
        office: Set(office.map(|office| office.to_string())),
        city: Set(city),
        province: Set(province),
        beside: Set(noted.beside.map(|digest| digest.to_string())),
    };
    event::Entity::insert(row)
        .exec_without_returning(work.connection())
        .await?;
    seals::insert_waiting(work, noted.id).await?;
    for (n, job) in event.jobs().iter().enumerate() {
        jobs::insert(work, noted, n, job).await?;
    }
    Ok(())
}

/// What happened to a report, oldest first; at most 500 entries.
pub async fn timeline(
    source: &impl Source,
    report: ReportId,
) -> Result<Vec<(DateTime<Utc>, EventKind)>, AppError> {
    told(source, event::Column::ReportId.eq(report.uuid())).await
}

/// What happened to a complaint, oldest first; at most 500 entries. What its complainant does says its day alone: it stands
/// before the first thing of that day that only comes after it. What may be shown of it is the caller's business.
pub async fn complaint_timeline(
    source: &impl Source,
    complaint: ComplaintId,
) -> Result<Vec<(DateTime<Utc>, EventKind)>, AppError> {
    let found = told(source, event::Column::Subject.eq(complaint.uuid())).await?;
    let is_of_day =
        |(at, _): &(DateTime<Utc>, EventKind)| *at == shanghai_start_of(shanghai_date(*at));
    let when = |(at, kind): &(DateTime<Utc>, EventKind)| (shanghai_date(*at), stage(*kind));
    let (mut of_days, mut told): (Vec<_>, Vec<_>) = found.into_iter().partition(is_of_day);
    of_days.sort_by_key(when);
    for entry in of_days {
        let after = told.iter().position(|other| when(other) > when(&entry));
        told.insert(after.unwrap_or(told.len()), entry);
    }
    Ok(told)
}

/// How far a complaint is when something happens to it.
const fn stage(kind: EventKind) -> u8 {
    match kind {
        EventKind::ComplaintFiled => 0,
        EventKind::ComplaintConsented
        | EventKind::ComplaintConsentWithdrawn
        | EventKind::ComplaintMediationBegan => 2,
        EventKind::ComplaintEntrusted
        | EventKind::ComplaintTakenBack
        | EventKind::ComplaintSessionAnnounced
        | EventKind::ComplaintSessionHeld
        | EventKind::ComplaintTestOrdered
        | EventKind::ComplaintTestDone => 3,
        EventKind::ComplaintRecusalAsked => 4,
        EventKind::ComplaintRecusalDecided => 5,
        EventKind::ComplaintWithdrawn
        | EventKind::ComplaintAgreed
        | EventKind::ComplaintTerminationProposed
        | EventKind::ComplaintTerminated
        | EventKind::ComplaintSideTold => 6,
        EventKind::ComplaintClosed | EventKind::ComplaintArchived => 7,
        _ => 1,
    }
}

async fn told(
    source: &impl Source,
    about: Expr,
) -> Result<Vec<(DateTime<Utc>, EventKind)>, AppError> {
    let events = event::Entity::find()
        .filter(about)
        .order_by_asc(event::Column::At)
        .order_by_asc(event::Column::Id)
        .limit(500);
    read_each(list_each(source, events).await?, |row| {
        Ok((row.at, read(&row)?))
    })
}

/// What happened.
pub(super) fn read(row: &event::Model) -> Result<EventKind, AppError> {
    word(&row.kind, "event", "kind")
}

/// Whether the same thing of the same person was noted since a moment.
pub async fn is_noted(
    source: &impl Source,
    noted: &Event,
    by: UserId,
    since: DateTime<Utc>,
) -> Result<bool, AppError> {
    let found = list_noted(source, std::slice::from_ref(noted), (by, since)).await?;
    Ok(!found.is_empty())
}

/// Of which of these things the same was noted of a person since a moment, as subject and kind.
pub async fn list_noted(
    source: &impl Source,
    noted: &[Event],
    (by, since): (UserId, DateTime<Utc>),
) -> Result<HashSet<(Uuid, String)>, AppError> {
    let kinds = noted.iter().map(|event| event.kind().to_string());
    let found: Vec<(Uuid, String)> = event::Entity::find()
        .select_only()
        .columns([event::Column::Subject, event::Column::Kind])
        .filter(event::Column::Subject.is_in(noted.iter().map(Event::subject)))
        .filter(event::Column::Kind.is_in(kinds))
        .filter(event::Column::ActorUser.eq(by.uuid()))
        .filter(event::Column::At.gte(since))
        .into_tuple()
        .all(source.connection())
        .await?;
    Ok(found.into_iter().collect())
}

/// When the newest event happened, if any did.
pub async fn newest(source: &impl Source) -> Result<Option<DateTime<Utc>>, AppError> {
    Ok(event::Entity::find()
        .order_by_desc(event::Column::At)
        .one(source.connection())
        .await?
        .map(|row| row.at))
}
