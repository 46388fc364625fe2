//! Everything that a database holds, as text: for "nothing was left behind" and "this is nowhere in it".

use std::collections::BTreeMap;

use anyhow::Context as _;
use liangxin_app::app::App;
use liangxin_app::work::Db;
use sea_orm::{ConnectionTrait as _, DbBackend, QueryResult, Statement, TryGetable};

/// The content of every table and the number of objects in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Census {
    tables: BTreeMap<String, String>,
    objects: usize,
}

impl Census {
    /// Reads everything. Panics if the database does not answer.
    pub async fn take(app: &App) -> Self {
        let tables = contents(&app.db)
            .await
            .unwrap_or_else(|error| panic!("the database cannot be read: {error:#}"));
        Self {
            tables,
            objects: app.objects.count(),
        }
    }

    /// The tables that differ from an earlier census, and `objects` if their number does.
    pub fn changed_since(&self, before: &Self) -> Vec<&str> {
        let tables = self
            .tables
            .iter()
            .filter(|(name, content)| before.tables.get(*name) != Some(content));
        let mut changed: Vec<_> = tables.map(|(name, _)| name.as_str()).collect();
        if self.objects != before.objects {
            changed.push("objects");
        }
        changed
    }

    /// The tables in which a text stands, as text or as bytes.
    pub fn tables_with(&self, needle: &str) -> Vec<&str> {
        let hexadecimal: String = needle.bytes().map(|byte| format!("{byte:02x}")).collect();
        let holds = |content: &str| {
            content.contains(needle) || content.to_lowercase().contains(&hexadecimal)
        };
        let tables = self.tables.iter().filter(|(_, content)| holds(content));
        tables.map(|(name, _)| name.as_str()).collect()
    }

    /// The names of the tables.
    pub fn tables(&self) -> impl Iterator<Item = &str> {
        self.tables.keys().map(String::as_str)
    }
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// The table.
    pub table: String,
    /// Each column that is not empty with its value as text; ids and bytes in hexadecimal.
    pub cells: Vec<(String, String)>,
}

/// Every row of every table. Panics if the database cannot be read.
pub async fn rows(db: &Db) -> Vec<Row> {
    all_rows(db)
        .await
        .unwrap_or_else(|error| panic!("the rows cannot be read: {error:#}"))
}

async fn all_rows(db: &Db) -> anyhow::Result<Vec<Row>> {
    let mut all = Vec::new();
    for (table, columns) in columns(db).await? {
        let text = |column: &String| match db.is_postgres() {
            true => format!("\"{column}\"::text"),
            false => format!(
                "CASE typeof(\"{column}\") WHEN 'blob' THEN hex(\"{column}\") ELSE CAST(\"{column}\" AS TEXT) END"
            ),
        };
        let selected: Vec<_> = (0..)
            .zip(&columns)
            .map(|(place, column): (usize, _)| format!("{} AS c{place}", text(column)))
            .collect();
        let sql = format!("SELECT {} FROM \"{table}\"", selected.join(", "));
        for row in query(db, sql).await? {
            let cells = (0..).zip(&columns).map(|(place, column): (usize, _)| {
                let value: Option<String> = row.try_get("", &format!("c{place}"))?;
                Ok(value.map(|value| (column.clone(), value)))
            });
            let cells = cells.collect::<Result<Vec<_>, sea_orm::DbErr>>()?;
            all.push(Row {
                table: table.clone(),
                cells: cells.into_iter().flatten().collect(),
            });
        }
    }
    Ok(all)
}

/// Counts the rows of a table that fulfil a condition. Panics if the database refuses the question.
pub async fn count(db: &Db, table: &str, condition: &str) -> i64 {
    let counted = async {
        let sql = format!("SELECT COUNT(*) AS found FROM \"{table}\" WHERE {condition}");
        let rows = query(db, sql).await?;
        let row = rows.first().context("no row")?;
        Ok::<i64, anyhow::Error>(row.try_get("", "found")?)
    };
    counted
        .await
        .unwrap_or_else(|error| panic!("{table} cannot be counted: {error:#}"))
}

/// One column of the rows that fulfil a condition, in the order of their ids. Panics if the database refuses the
/// question or a value is of another kind.
pub async fn column<T: TryGetable>(db: &Db, table: &str, column: &str, condition: &str) -> Vec<T> {
    let read = async {
        let sql = format!("SELECT {column} AS found FROM {table} WHERE {condition} ORDER BY id");
        let rows = query(db, sql).await?;
        let values = rows.iter().map(|row| row.try_get("", "found"));
        values.collect::<Result<_, sea_orm::DbErr>>()
    };
    read.await
        .unwrap_or_else(|error| panic!("{table}.{column} cannot be read: {error}"))
}

async fn contents(db: &Db) -> anyhow::Result<BTreeMap<String, String>> {
    let columns = columns(db).await?;
    let content = |(table, columns): (&String, &Vec<String>)| match db.is_postgres() {
        true => format!(
            "SELECT '{table}' AS name, COALESCE(string_agg(t::text, '|' ORDER BY t::text), '') AS content FROM \"{table}\" t"
        ),
        false => {
            let row: Vec<_> = columns
                .iter()
                .map(|column| format!("quote(\"{column}\")"))
                .collect();
            let row = row.join("||','||");
            format!(
                "SELECT '{table}' AS name, COALESCE(group_concat(line, '|'), '') AS content \
                 FROM (SELECT {row} AS line FROM \"{table}\" ORDER BY 1)"
            )
        }
    };
    let selects: Vec<_> = columns.iter().map(content).collect();
    let rows = query(db, selects.join(" UNION ALL ")).await?;
    rows.iter()
        .map(|row| Ok((row.try_get("", "name")?, row.try_get("", "content")?)))
        .collect()
}

async fn columns(db: &Db) -> anyhow::Result<BTreeMap<String, Vec<String>>> {
    let sql = match db.is_postgres() {
        true => {
            // The catalogue itself: `information_schema` asks for each column whether it may be seen.
            "SELECT c.relname::text AS t, a.attname::text AS c \
             FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid \
             WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped \
             ORDER BY a.attnum"
        }
        false => {
            "SELECT m.name AS t, p.name AS c FROM sqlite_master m JOIN pragma_table_info(m.name) p \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY p.cid"
        }
    };
    let mut columns: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in query(db, sql.to_owned()).await? {
        let (table, column): (String, String) = (row.try_get("", "t")?, row.try_get("", "c")?);
        columns.entry(table).or_default().push(column);
    }
    Ok(columns)
}

async fn query(db: &Db, sql: String) -> Result<Vec<QueryResult>, sea_orm::DbErr> {
    let backend = match db.is_postgres() {
        true => DbBackend::Postgres,
        false => DbBackend::Sqlite,
    };
    db.writer()
        .query_all_raw(Statement::from_string(backend, sql))
        .await
}
