//! Calendar years that administrators loaded and a second person confirmed. Nothing in force is overwritten: a correction is another load
//! of the same year, and the number of the last load names what a due day was computed with.

use crate::{
    error::AppError,
    store::row::{insert_new, insert_unless_there},
    work::{Source, Work},
};
use chrono::{DateTime, NaiveDate, Utc};
use liangxin_domain::{
    id::{DraftId, UserId},
    law::calendar::{CalendarYear, shanghai_date},
    refusal::{Code, Refusal},
};
use liangxin_entity::{calendar_alert, calendar_draft, calendar_year};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
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
    /// When it was loaded.
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

/// Puts a loaded year in force; its number is unique, so that of two at once one is refused by the database.
pub async fn insert(work: &Work, draft: Draft) -> Result<(), AppError> {
    let number = revision(work).await?.map_or(0, |last| last.number) + 1;
    calendar_draft::Entity::delete_by_id(draft.id.uuid())
        .exec(work.connection())
        .await?;
    let row = calendar_year::ActiveModel {
        id: Set(draft.id.uuid()),
        year: Set(draft.year),
        version: Set(draft.version),
        csv: Set(draft.csv),
        digest: Set(draft.digest),
        loaded_by: Set(draft.loaded_by.map(|user| user.uuid())),
        loaded_at: Set(draft.loaded_at),
        number: Set(number),
        confirmed_by: Set(work.actor().user().map(|user| user.uuid())),
        confirmed_at: Set(Some(work.now())),
    };
    insert_new(work, row).await
}

/// A loaded year that waits for a second person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its id, which is that of the write that loaded it.
    pub id: DraftId,
    /// The year.
    pub year: i32,
    /// What whoever loaded it calls this version.
    pub version: String,
    /// The file.
    pub csv: String,
    /// The digest of the file.
    pub digest: String,
    /// Who loaded it; nobody if it was the command line.
    pub loaded_by: Option<UserId>,
    /// When it was loaded.
    pub loaded_at: DateTime<Utc>,
    /// The number of the load of that year that was in force then; 0 if none was.
    pub base: i32,
}

impl Draft {
    /// The day in China on which it was loaded.
    #[must_use]
    pub fn loaded_on(&self) -> NaiveDate {
        shanghai_date(self.loaded_at)
    }

    /// The days; the file was checked before it was stored.
    pub fn days(&self) -> Result<CalendarYear, AppError> {
        CalendarYear::parse(&self.csv, self.year)
            .map_err(|_| AppError::damaged("calendar_draft", "csv"))
    }
}

/// Keeps a loaded year for a second person, in the place of another one that waited for the same year.
pub async fn put_draft(work: &Work, draft: &Draft) -> Result<(), AppError> {
    calendar_draft::Entity::delete_many()
        .filter(calendar_draft::Column::Year.eq(draft.year))
        .exec(work.connection())
        .await?;
    let row = calendar_draft::ActiveModel {
        id: Set(draft.id.uuid()),
        year: Set(draft.year),
        version: Set(draft.version.clone()),
        csv: Set(draft.csv.clone()),
        digest: Set(draft.digest.clone()),
        loaded_by: Set(draft.loaded_by.map(|user| user.uuid())),
        loaded_at: Set(draft.loaded_at),
        base: Set(draft.base),
    };
    insert_new(work, row).await
}

/// The loaded years that wait, by year.
pub async fn list_drafts(source: &impl Source) -> Result<Vec<Draft>, AppError> {
    let rows = calendar_draft::Entity::find()
        .order_by_asc(calendar_draft::Column::Year)
        .all(source.connection())
        .await?;
    Ok(rows.into_iter().map(draft).collect())
}

/// A loaded year that waits, or `NOT_FOUND`.
pub async fn get_draft(source: &impl Source, id: DraftId) -> Result<Draft, AppError> {
    calendar_draft::Entity::find_by_id(id.uuid())
        .one(source.connection())
        .await?
        .map(draft)
        .ok_or_else(|| Refusal::on(Code::NotFound, "draftId").into())
}

fn draft(row: calendar_draft::Model) -> Draft {
    Draft {
        id: DraftId::new(row.id),
        year: row.year,
        version: row.version,
        csv: row.csv,
        digest: row.digest,
        loaded_by: row.loaded_by.map(UserId::new),
        loaded_at: row.loaded_at,
        base: row.base,
    }
}

/// The number of the load of a year that is in force; 0 if only a built-in one is, or none.
pub async fn number_of(source: &impl Source, year: i32) -> Result<i32, AppError> {
    let last = calendar_year::Entity::find()
        .select_only()
        .column(calendar_year::Column::Number)
        .filter(calendar_year::Column::Year.eq(year))
        .order_by_desc(calendar_year::Column::Number)
        .limit(1)
        .into_tuple::<i32>()
        .one(source.connection())
        .await?;
    Ok(last.unwrap_or_default())
}

/// Notes that a year is missing; true only the first time, whoever notes it.
pub async fn note_missing(work: &Work, year: i32) -> Result<bool, AppError> {
    let row = calendar_alert::ActiveModel {
        year: Set(year),
        at: Set(work.now()),
    };
    insert_unless_there(work, row, [calendar_alert::Column::Year]).await
}
