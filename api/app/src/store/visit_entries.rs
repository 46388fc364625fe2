//! What was written on visits: each write with what its phone said of when it was, and between which moments it can have been.

use crate::{
    error::AppError,
    store::row::{list_each, raw_rows, read_each, take_apart, word},
    work::{Source, Work},
};
use liangxin_domain::{
    id::{EntryId, UserId, VisitId},
    inspections::{
        occurred::{BootId, Occurred, Reading},
        written::{FieldAct, FieldWrite},
    },
};
use liangxin_entity::visit_entry;
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, IdenStatic as _, QueryFilter as _,
    QueryOrder as _, QuerySelect as _,
};
use std::collections::HashMap;
use uuid::Uuid;

/// So many of the last writes of one person tell what the counter of a phone showed; more would hardly tell more.
const READINGS: u64 = 100;

/// As many entries are asked about at once.
const TOGETHER: usize = 500;

/// What makes an entry of the record that has a day of its own.
const MAKE: [FieldAct; 3] = [
    FieldAct::CheckInstrument,
    FieldAct::Measure,
    FieldAct::CorrectFinding,
];

/// Writes down what was written on a visit, under ids of the program.
pub async fn insert(
    work: &Work,
    visit: VisitId,
    writes: Vec<(Uuid, FieldWrite)>,
) -> Result<(), AppError> {
    let rows = writes.into_iter().map(|(id, write)| row(visit, id, &write));
    let rows = rows.collect::<Result<Vec<_>, _>>()?;
    if rows.is_empty() {
        return Ok(());
    }
    visit_entry::Entity::insert_many(rows)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

fn row(visit: VisitId, id: Uuid, write: &FieldWrite) -> Result<visit_entry::ActiveModel, AppError> {
    let FieldWrite {
        act,
        entry,
        by,
        occurred,
    } = write;
    let written = serde_json::to_string(occurred);
    let written = written.map_err(|e| AppError::internal("write when something occurred", e))?;
    let boot = occurred.claim.as_ref().map(|claim| &claim.boot);
    Ok(visit_entry::ActiveModel {
        id: Set(id),
        visit_id: Set(visit.uuid()),
        act: Set(act.to_string()),
        entry_id: Set(entry.map(EntryId::uuid)),
        user_id: Set(by.uuid()),
        boot_id: Set(boot.map(|boot| boot.as_str().to_owned())),
        received_at: Set(occurred.received_at),
        occurred: Set(written),
    })
}

/// What was written on a visit that the caller may see already, in the order in which the server heard of it.
pub async fn list(source: &impl Source, visit: VisitId) -> Result<Vec<FieldWrite>, AppError> {
    let written = visit_entry::Entity::find()
        .filter(visit_entry::Column::VisitId.eq(visit.uuid()))
        .order_by_asc(visit_entry::Column::ReceivedAt)
        .order_by_asc(visit_entry::Column::Id);
    read_each(list_each(source, written).await?, read)
}

/// When entries of a record were made that the caller may see already. One whose time cannot be read is refused: it would be
/// of another day.
pub(super) async fn made(
    source: &impl Source,
    entries: Vec<Uuid>,
) -> Result<HashMap<Uuid, Occurred>, AppError> {
    let made = made_each(source, &entries).await?.into_iter();
    made.map(|(entry, occurred)| Ok((entry, occurred?)))
        .collect()
}

/// The same of entries of many records, each by itself.
pub(super) async fn made_each(
    source: &impl Source,
    entries: &[Uuid],
) -> Result<HashMap<Uuid, Result<Occurred, AppError>>, AppError> {
    let mut made = HashMap::new();
    for some in entries.chunks(TOGETHER) {
        let written = visit_entry::Entity::find()
            .filter(visit_entry::Column::EntryId.is_in(some.iter().copied()))
            .filter(visit_entry::Column::Act.is_in(MAKE.map(|act| act.to_string())));
        for row in raw_rows(source, written).await? {
            let entry: Uuid = row.try_get("", visit_entry::Column::EntryId.as_str())?;
            let write = take_apart::<visit_entry::Entity>(&row).and_then(read);
            made.insert(entry, write.map(|write| write.occurred));
        }
    }
    Ok(made)
}

/// What the last writes of a person tell of runs of a counter.
pub async fn readings(
    work: &Work,
    by: UserId,
    boots: &[&BootId],
) -> Result<Vec<Reading>, AppError> {
    if boots.is_empty() {
        return Ok(Vec::new());
    }
    let written = visit_entry::Entity::find()
        .filter(visit_entry::Column::UserId.eq(by.uuid()))
        .filter(visit_entry::Column::BootId.is_in(boots.iter().map(|boot| boot.as_str())))
        .order_by_desc(visit_entry::Column::ReceivedAt)
        .limit(READINGS);
    // One that cannot be read tells nothing, and the time is the wider for it.
    let writes = read_each(list_each(work, written).await?, read)?;
    let tells = |write: FieldWrite| write.occurred.reading();
    Ok(writes.into_iter().filter_map(tells).collect())
}

pub(super) fn read(row: visit_entry::Model) -> Result<FieldWrite, AppError> {
    let occurred = serde_json::from_str(&row.occurred);
    Ok(FieldWrite {
        act: word(&row.act, "visit_entry", "act")?,
        entry: row.entry_id.map(EntryId::new),
        by: UserId::new(row.user_id),
        occurred: occurred.map_err(|_| AppError::damaged("visit_entry", "occurred"))?,
    })
}
