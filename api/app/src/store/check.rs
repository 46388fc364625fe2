//! Whether every row can be read. Lists leave out a row that cannot, and go on; here each is named.

mod tables;

use super::row::{raw_rows, take_apart};
use crate::{error::AppError, work::Db};
use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ColumnTrait as _, EntityTrait, IdenStatic as _, Iterable as _, PrimaryKeyToColumn as _,
    QueryFilter as _, QueryOrder as _, QueryResult, QuerySelect as _, TryGetable, Value,
    sea_query::{ColumnType, Expr, ExprTrait as _},
};
use std::error::Error as _;
use uuid::Uuid;

/// How many rows are read together.
const ROWS: u64 = 500;

/// How a row is named whose key cannot be read either.
const UNNAMED: &str = "?";

/// A row that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damaged {
    /// Its table.
    pub table: String,
    /// Its key: an id, or a digest of what nobody may read; of several columns, each.
    pub key: String,
    /// What is wrong with it, without what it says.
    pub why: String,
}

/// Reads every row of every table; answers how many there are, and those that cannot be read. `opens` tells whether the
/// secret that is sealed for a person can be opened.
pub async fn check_all(
    db: &Db,
    opens: impl Fn(Uuid, &[u8]) -> bool,
) -> Result<(usize, Vec<Damaged>), AppError> {
    let mut seen = Seen {
        db,
        rows: 0,
        damaged: Vec::new(),
    };
    tables::matters(&mut seen).await?;
    tables::around_them(&mut seen).await?;
    tables::people_and_places(&mut seen).await?;
    tables::doors(&mut seen, &opens).await?;
    tables::of_columns(&mut seen).await?;
    Ok((seen.rows, seen.damaged))
}

/// What was seen so far.
struct Seen<'a> {
    db: &'a Db,
    rows: usize,
    damaged: Vec<Damaged>,
}

impl Seen<'_> {
    /// Reads the rows of one table in the order of its key, whatever one of them holds.
    async fn check<E: EntityTrait, T>(
        &mut self,
        entity: E,
        read: impl Fn(E::Model) -> Result<T, AppError>,
    ) -> Result<(), AppError> {
        let key = E::PrimaryKey::iter().map(|part| part.into_column());
        let key: Vec<E::Column> = key.collect();
        let (mut place, mut passed) = (None::<Vec<Value>>, 0_u64);
        loop {
            let mut page = E::find().limit(ROWS).offset(passed);
            for part in &key {
                page = page.order_by_asc(*part);
            }
            if let Some(place) = place.clone() {
                let columns = key.iter().map(|part| part.into_expr());
                let behind = Expr::tuple(place.into_iter().map(Expr::value));
                page = page.filter(Expr::tuple(columns).gt(behind));
            }
            let rows = raw_rows(self.db, page).await?;
            let mut keys: Vec<_> = rows.iter().map(|row| key_of::<E>(row, &key)).collect();
            let is_end = rows.len() < usize::try_from(ROWS).unwrap_or(usize::MAX);
            // Where the next page begins. What lies behind it here is read again there.
            let last = keys.iter().rposition(Option::is_some);
            let some = last.filter(|_| !is_end).map_or(rows.len(), |last| last + 1);
            for (row, known) in rows.iter().zip(&keys).take(some) {
                let named = known.as_deref().map_or(UNNAMED.to_owned(), name_of);
                let whole = take_apart::<E>(row);
                self.note(entity.table_name(), named, whole.and_then(&read));
            }
            if is_end {
                return Ok(());
            }
            match last {
                Some(last) => (place, passed) = (keys.swap_remove(last), 0),
                // Nothing of the whole page tells where it ends.
                None => passed += ROWS,
            }
        }
    }

    /// Notes whether a row could be read.
    fn note<T>(&mut self, table: &str, key: String, read: Result<T, AppError>) {
        self.rows += 1;
        if let Err(error) = read {
            self.damaged.push(Damaged {
                table: table.to_owned(),
                key,
                why: error
                    .source()
                    .map_or_else(|| error.to_string(), ToString::to_string),
            });
        }
    }
}

/// The key of a row, if all of it can be read.
fn key_of<E: EntityTrait>(row: &QueryResult, key: &[E::Column]) -> Option<Vec<Value>> {
    fn told<T: TryGetable + Into<Value>>(row: &QueryResult, name: &str) -> Option<Value> {
        row.try_get::<T>("", name).ok().map(Into::into)
    }
    let part = |part: &E::Column| {
        let name = part.as_str();
        match part.def().get_column_type() {
            ColumnType::Uuid => told::<Uuid>(row, name),
            ColumnType::SmallInteger => told::<i16>(row, name),
            ColumnType::Integer => told::<i32>(row, name),
            ColumnType::Date => told::<NaiveDate>(row, name),
            ColumnType::TimestampWithTimeZone => told::<DateTime<Utc>>(row, name),
            _ => told::<String>(row, name),
        }
    };
    key.iter().map(part).collect()
}

fn name_of(key: &[Value]) -> String {
    let part = |part: &Value| match part {
        Value::Uuid(Some(id)) => id.to_string(),
        Value::String(Some(text)) => text.clone(),
        Value::SmallInt(Some(number)) => number.to_string(),
        Value::Int(Some(number)) => number.to_string(),
        Value::ChronoDate(Some(day)) => day.to_string(),
        Value::ChronoDateTimeUtc(Some(at)) => at.to_rfc3339(),
        _ => UNNAMED.to_owned(),
    };
    key.iter().map(part).collect::<Vec<_>>().join(" ")
}
