//! Reading words back that we wrote ourselves, and meeting rows as they were read.

use crate::{
    error::{AppError, is_key_taken},
    work::{Source, Work},
};
use liangxin_domain::{
    evidence::digest::Sha256,
    place::Position,
    refusal::{Code, Refusal},
};
use sea_orm::{
    ActiveModelTrait, ConnectionTrait as _, DbErr, EntityTrait, FromQueryResult as _, IdenStatic,
    QueryResult, QueryTrait as _, RuntimeErr, Select, TryInsertResult, UpdateMany,
    sea_query::OnConflict, sqlx,
};
use serde::{Serialize, de::DeserializeOwned};
use std::{
    str::FromStr,
    sync::atomic::{AtomicU64, Ordering},
};
use uuid::Uuid;

/// Reads a word that the domain wrote; anything else means a damaged row.
pub(super) fn word<T: FromStr>(
    text: &str,
    table: &'static str,
    column: &'static str,
) -> Result<T, AppError> {
    text.parse().map_err(|_| AppError::damaged(table, column))
}

/// Reads an optional word.
pub(super) fn optional_word<T: FromStr>(
    text: Option<&str>,
    table: &'static str,
    column: &'static str,
) -> Result<Option<T>, AppError> {
    text.map(|text| word(text, table, column)).transpose()
}

/// Reads a digest that we wrote.
pub(super) fn digest(
    text: &str,
    table: &'static str,
    column: &'static str,
) -> Result<Sha256, AppError> {
    Sha256::parse(text, column).map_err(|_| AppError::damaged(table, column))
}

/// A list as a column keeps it; nothing while it is empty. `writing` says of an error what was done.
pub(super) fn written_list<T: Serialize>(
    list: &[T],
    writing: &'static str,
) -> Result<Option<String>, AppError> {
    if list.is_empty() {
        return Ok(None);
    }
    let written = serde_json::to_string(list);
    written
        .map(Some)
        .map_err(|error| AppError::internal(writing, error))
}

/// Reads such a list.
pub(super) fn read_list<T: DeserializeOwned>(
    kept: Option<&str>,
    table: &'static str,
    column: &'static str,
) -> Result<Vec<T>, AppError> {
    let read = kept.map(serde_json::from_str).transpose();
    let read = read.map_err(|_| AppError::damaged(table, column))?;
    Ok(read.unwrap_or_default())
}

/// Reads a position; half of one is none.
pub(super) fn position(
    latitude: Option<f64>,
    longitude: Option<f64>,
    accuracy_m: Option<f64>,
) -> Option<Position> {
    Some(Position {
        latitude: latitude?,
        longitude: longitude?,
        accuracy_m,
    })
}

/// Inserts a row of a table whose key is an `id`. No id of ours comes twice: one that lies already, a client chose, and it is
/// refused.
pub(super) async fn insert_new<A: ActiveModelTrait>(
    source: &impl Source,
    row: A,
) -> Result<(), AppError> {
    <A::Entity as EntityTrait>::insert(row)
        .exec_without_returning(source.connection())
        .await
        .map_err(not_new)?;
    Ok(())
}

/// Inserts a row, unless one with the same `key` lies there already; whether it did.
pub(super) async fn insert_unless_there<A: ActiveModelTrait>(
    source: &impl Source,
    row: A,
    key: impl IntoIterator<Item = <A::Entity as EntityTrait>::Column>,
) -> Result<bool, AppError> {
    insert_unless(source, row, OnConflict::columns(key)).await
}

/// Inserts a row, unless it is `taken`; whether it did.
pub(super) async fn insert_unless<A: ActiveModelTrait>(
    source: &impl Source,
    row: A,
    mut taken: OnConflict,
) -> Result<bool, AppError> {
    let inserted = <A::Entity as EntityTrait>::insert(row)
        .on_conflict(taken.do_nothing().to_owned())
        .try_insert()
        .exec_without_returning(source.connection())
        .await
        .map_err(not_new)?;
    Ok(matches!(inserted, TryInsertResult::Inserted(1)))
}

/// Runs an update that must meet its one row as it was read; else somebody was faster, and the update
/// is refused with `code`.
pub(super) async fn meet<E: EntityTrait>(
    work: &Work,
    update: UpdateMany<E>,
    code: Code,
) -> Result<(), AppError> {
    let done = update.exec(work.connection()).await?;
    if done.rows_affected == 1 {
        Ok(())
    } else {
        Err(Refusal::of(code).into())
    }
}

/// Why a new row of a table whose key is an `id` was not written.
fn not_new(error: DbErr) -> AppError {
    if is_key_taken(&error) {
        Refusal::on(Code::IdReused, "id").into()
    } else {
        error.into()
    }
}

/// Rows of lists that could not be read since this process began.
static LEFT_OUT: AtomicU64 = AtomicU64::new(0);

/// How often a list left out a row that cannot be read, since this process began.
#[must_use]
pub fn left_out() -> u64 {
    LEFT_OUT.load(Ordering::Relaxed)
}

/// Tells of a row that a list leaves out.
pub(super) fn leave_out(error: &AppError) {
    LEFT_OUT.fetch_add(1, Ordering::Relaxed);
    error.log();
}

/// What rows of a list say. One that cannot be read is told to the log and left out: it must not empty the list. Not
/// for what is added up or paid out.
pub(super) fn read_each<R, T>(
    rows: impl IntoIterator<Item = R>,
    mut read: impl FnMut(R) -> Result<T, AppError>,
) -> Result<Vec<T>, AppError> {
    let mut told = Vec::new();
    for row in rows {
        match read(row) {
            Ok(row) => told.push(row),
            Err(error @ AppError::Internal { .. }) => leave_out(&error),
            Err(error) => return Err(error),
        }
    }
    Ok(told)
}

/// The rows of a select as the database sent them: what one of them holds spoils none of the others.
pub(super) async fn raw_rows<E: EntityTrait>(
    source: &impl Source,
    select: Select<E>,
) -> Result<Vec<QueryResult>, AppError> {
    let connection = source.connection();
    let statement = select.build(connection.get_database_backend());
    Ok(connection.query_all_raw(statement).await?)
}

/// Takes a row apart into its columns. One of them can hold what its type does not allow: SQLite keeps whatever it is
/// given.
pub(super) fn take_apart<E: EntityTrait>(row: &QueryResult) -> Result<E::Model, AppError> {
    E::Model::from_query_result(row, "").map_err(|error| match &error {
        DbErr::Query(RuntimeErr::SqlxError(cause)) => match cause.as_ref() {
            // Its value is nobody's business but the row's.
            sqlx::Error::ColumnDecode { index, .. } => AppError::internal(
                "read a row",
                format!(
                    "{}.{} holds a value of another type",
                    E::default().table_name(),
                    index.trim_matches('"')
                ),
            ),
            _ => error.into(),
        },
        _ => error.into(),
    })
}

/// The id of the last of some rows that has one that can be read: behind it the next ones stand.
pub(super) fn last_id(rows: &[QueryResult], id: impl IdenStatic) -> Option<Uuid> {
    let mut ids = rows.iter().rev().map(|row| row.try_get("", id.as_str()));
    ids.find_map(Result::ok)
}

/// The rows of a list, each taken apart by itself. One that cannot be is told to the log and left out, as [`read_each`]
/// does it.
pub(super) async fn list_each<E: EntityTrait>(
    source: &impl Source,
    select: Select<E>,
) -> Result<Vec<E::Model>, AppError> {
    let rows = raw_rows(source, select).await?;
    read_each(rows, |row| take_apart::<E>(&row))
}
