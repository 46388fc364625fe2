//! Many copies of a few rows, made by the database itself.

use liangxin_app::work::Db;
use sea_orm::{ConnectionTrait as _, DbBackend, FromQueryResult, Statement};
use serde_json::Value;

use crate::contract;

/// Rows of a table that are copied, and the columns in which the n-th copy differs.
pub(super) struct Copies {
    table: &'static str,
    which: String,
    numbers: std::ops::Range<u64>,
    changes: Vec<(&'static str, String)>,
}

impl Copies {
    /// As many copies as there are numbers, each with an id, a number and a receipt of its own.
    pub(super) fn of(table: &'static str, which: String, numbers: std::ops::Range<u64>) -> Self {
        let changes = vec![
            ("id", format!("md5('{table}' || n)::uuid")),
            ("number", format!("'{table} ' || n")),
            (
                "receipt_key",
                format!("md5('{table}' || n) || md5('receipt' || n)"),
            ),
        ];
        Self {
            table,
            which,
            numbers,
            changes,
        }
    }

    /// With another value in a column, if there is such a column.
    pub(super) fn with(mut self, column: &'static str, value: impl Into<String>) -> Self {
        self.changes.retain(|(other, _)| *other != column);
        self.changes.push((column, value.into()));
        self
    }

    /// Lies in the county of its number, and in that county's city and province.
    pub(super) fn lying(self, unit: &'static str) -> Self {
        self.with(unit, place())
            .with("city", format!("left({}, 4) || '00'", place()))
            .with("province", "'430000'")
    }

    /// Arrived in its turn, and stands in its list so many years later.
    pub(super) fn arriving(self, column: &'static str, years: u32) -> Self {
        self.with(column, at(0)).with("queue_at", turn(years))
    }

    /// Makes them. Panics if that is not possible.
    pub(super) async fn make(&self, db: &Db) {
        let made = async {
            let columns = columns(db, self.table).await?;
            let value = |column: &String| {
                let change = self.changes.iter().find(|(name, _)| name == column);
                change.map_or_else(
                    || format!("t.\"{column}\""),
                    |(_, value)| format!("({value})"),
                )
            };
            let values: Vec<_> = columns.iter().map(value).collect();
            let names: Vec<_> = columns.iter().map(|name| format!("\"{name}\"")).collect();
            let sql = format!(
                "INSERT INTO {} ({}) SELECT {} FROM {} t, generate_series({}, {}) n WHERE {}",
                self.table,
                names.join(", "),
                values.join(", "),
                self.table,
                self.numbers.start,
                self.numbers.end.saturating_sub(1),
                self.which
            );
            db.writer().execute_unprepared(&sql).await
        };
        let made = made.await;
        let made = made.unwrap_or_else(|error| panic!("no copies in {}: {error}", self.table));
        assert!(
            made.rows_affected() > 0,
            "nothing to copy in {}: {}",
            self.table,
            self.which
        );
    }
}

#[derive(FromQueryResult)]
struct Column {
    name: String,
}

async fn columns(db: &Db, table: &str) -> Result<Vec<String>, sea_orm::DbErr> {
    let sql = "SELECT column_name::text AS name FROM information_schema.columns \
               WHERE table_schema = 'public' AND table_name = $1 ORDER BY ordinal_position";
    let statement = Statement::from_sql_and_values(DbBackend::Postgres, sql, [table.into()]);
    let columns = Column::find_by_statement(statement)
        .all(db.writer())
        .await?;
    Ok(columns.into_iter().map(|column| column.name).collect())
}

/// The county in which the n-th thing lies: one in twenty in Tianxin, the others all over the province.
pub(super) fn place() -> String {
    let text = std::fs::read_to_string(contract::root().join("fixtures/hunan-divisions.json"));
    let divisions: Vec<Value> = serde_json::from_str(&text.unwrap_or_default()).unwrap_or_default();
    let counties = divisions.iter().filter(|place| place["level"] == "county");
    let codes: Vec<_> = counties
        .filter_map(|place| Some(format!("'{}'", place["code"].as_str()?)))
        .collect();
    assert!(!codes.is_empty(), "there are no counties");
    format!(
        "CASE WHEN n % 20 = 0 THEN '430103' ELSE (ARRAY[{}])[1 + n % {}] END",
        codes.join(","),
        codes.len()
    )
}

/// The moment of the n-th thing, one a minute, so many years later: how a list says that a thing is over.
pub(super) fn at(years: u32) -> String {
    format!(
        "'2026-11-20T00:00:00Z'::timestamptz - n * interval '1 minute' + interval '{years} years'"
    )
}

/// When it is the turn of the n-th thing: that of what is open is a day, which it shares with many.
pub(super) fn turn(years: u32) -> String {
    match years {
        0 => format!("date_trunc('day', {}, 'UTC')", at(0)),
        years => at(years),
    }
}
