//! Calendar years that administrators loaded. Nothing is overwritten: a correction is another load
//! of the same year, and the number of the last load names what a due day was computed with.

use crate::{
    error::AppError,
    work::{Source, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{evidence::digest::Sha256, id::CommandId, law::calendar::CalendarYear};
use liangxin_entity::{calendar_alert, calendar_year};
use sea_orm::{
    ActiveValue::Set, EntityTrait as _, QueryOrder as _, QuerySelect as _, TryInsertResult,
    sea_query::OnConflict,
};

/// What tells one state of the loaded years from another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// The number of the last load.
    pub number: i32,
    /// The digest of what was loaded then: a number may be taken back by a rollback.
    pub digest: String,
}

/// One load of one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadedYear {
    /// The year.
    pub year: i32,
    /// What whoever loaded it calls this version.
    pub version: String,
    /// When.
    pub loaded_at: DateTime<Utc>,
    /// Counts all loads.
    pub number: i32,
    /// The digest of the file.
    pub digest: String,
    /// The file.
    pub csv: String,
}

impl LoadedYear {
    /// The days; the file was checked before it was stored.
    pub fn days(&self) -> Result<CalendarYear, AppError> {
        CalendarYear::parse(&self.csv, self.year)
            .map_err(|_| AppError::damaged("calendar_year", "csv"))
    }
}

/// The last load, if there was one.
pub async fn revision(source: &impl Source) -> Result<Option<Revision>, AppError> {
    let last = calendar_year::Entity::find()
        .select_only()
        .column(calendar_year::Column::Number)
        .column(calendar_year::Column::Digest)
        .order_by_desc(calendar_year::Column::Number)
        .limit(1)
        .into_tuple::<(i32, String)>()
        .one(source.connection())
        .await?;
    Ok(last.map(|(number, digest)| Revision { number, digest }))
}

/// Every load, in order.
pub async fn list(source: &impl Source) -> Result<Vec<LoadedYear>, AppError> {
    let rows = calendar_year::Entity::find()
        .order_by_asc(calendar_year::Column::Number)
        .all(source.connection())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| LoadedYear {
            year: row.year,
            version: row.version,
            loaded_at: row.loaded_at,
            number: row.number,
            digest: row.digest,
            csv: row.csv,
        })
        .collect())
}

/// The load of that version of that year.
pub async fn find(
    source: &impl Source,
    year: i32,
    version: &str,
) -> Result<Option<LoadedYear>, AppError> {
    let mut loads = list(source).await?;
    loads.retain(|load| load.year == year && load.version == version);
    Ok(loads.pop())
}

/// Writes a load; its number is unique, so that of two at once one is refused by the database.
pub async fn insert(
    work: &Work,
    id: CommandId,
    (year, version): (i32, &str),
    (csv, digest): (&str, Sha256),
) -> Result<(), AppError> {
    let number = revision(work).await?.map_or(0, |last| last.number) + 1;
    let row = calendar_year::ActiveModel {
        id: Set(id.uuid()),
        year: Set(year),
        version: Set(version.to_owned()),
        csv: Set(csv.to_owned()),
        digest: Set(digest.to_string()),
        loaded_by: Set(work.actor().user().map(|user| user.uuid())),
        loaded_at: Set(work.now()),
        number: Set(number),
        confirmed_by: Set(None),
        confirmed_at: Set(None),
    };
    calendar_year::Entity::insert(row)
        .exec_without_returning(work.connection())
        .await?;
    Ok(())
}

/// Notes that a year is missing; true only the first time, whoever notes it.
pub async fn note_missing(work: &Work, year: i32) -> Result<bool, AppError> {
    let row = calendar_alert::ActiveModel {
        year: Set(year),
        at: Set(work.now()),
    };
    let inserted = calendar_alert::Entity::insert(row)
        .on_conflict(
            OnConflict::column(calendar_alert::Column::Year)
                .do_nothing()
                .to_owned(),
        )
        .try_insert()
        .exec_without_returning(work.connection())
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(1)))
}
