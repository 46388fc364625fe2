//! What the program asks its database, and how PostgreSQL would go about it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::Context as _;
use liangxin_app::work::Db;
use sea_orm::{ConnectionTrait as _, DbBackend, QueryResult};
use serde_json::Value;

/// As many rows a table may have and be read from end to end.
const SMALL_TABLE: f64 = 1000.0;

/// As many rows a list shows at most, and one that tells whether more follow.
const PAGE: f64 = 101.0;

/// As many rows may be looked at in vain: PostgreSQL guesses how many of a range fulfil a condition, and is some milliseconds
/// off where nearly all do. Beyond it a range is a table under another name.
const IN_VAIN: f64 = 10_000.0;

/// A statement that was run.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Its text, with its values in it.
    pub text: String,
    /// How long the answer took.
    pub took: Duration,
}

/// Everything that was asked since it was last taken.
#[derive(Debug, Clone, Default)]
pub struct Asked(Arc<Mutex<Vec<Statement>>>);

impl Asked {
    /// The same database, which notes here what it is asked.
    pub fn of(&self, db: Db) -> Db {
        let asked = Arc::clone(&self.0);
        db.telling(move |statement, took| {
            let text = statement.to_string();
            let mut asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
            asked.push(Statement { text, took });
        })
    }

    /// What was asked, oldest first; from now on it is noted anew.
    pub fn take(&self) -> Vec<Statement> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// How many rows each table has, as far as PostgreSQL knows.
pub async fn sizes(db: &Db) -> BTreeMap<String, f64> {
    let sql =
        "SELECT relname::text AS name, reltuples::float8 AS size FROM pg_class WHERE relkind = 'r'";
    let rows = query(db, sql).await;
    let pair = |row: &QueryResult| Ok((row.try_get("", "name")?, row.try_get("", "size")?));
    let read: Result<_, sea_orm::DbErr> = rows.iter().map(pair).collect();
    read.unwrap_or_else(|error| panic!("the sizes cannot be read: {error}"))
}

/// What is wrong with the way in which a question is answered: a table is read from end to end, more than a page is
/// sorted, or more is looked at in vain than a page. Panics if PostgreSQL does not explain it.
pub async fn faults(db: &Db, select: &str, sizes: &BTreeMap<String, f64>) -> Vec<String> {
    let explained = explain(db, select).await;
    let plan = explained.unwrap_or_else(|error| panic!("`{select}` is not explained: {error:#}"));
    let mut faults = Vec::new();
    walk(&plan, sizes, &mut faults);
    faults
}

/// The steps by which SQLite would answer a question. Panics if it does not explain it.
pub async fn plan_on_sqlite(db: &Db, select: &str) -> Vec<String> {
    let sql = format!("EXPLAIN QUERY PLAN {select}");
    let statement = sea_orm::Statement::from_string(DbBackend::Sqlite, sql);
    let explained = async {
        let rows = db.writer().query_all_raw(statement).await?;
        let steps = rows.iter().map(|row| row.try_get("", "detail"));
        steps.collect::<Result<_, sea_orm::DbErr>>()
    };
    let explained = explained.await;
    explained.unwrap_or_else(|error| panic!("`{select}` is not explained: {error}"))
}

async fn explain(db: &Db, select: &str) -> anyhow::Result<Value> {
    let rows = query(db, &format!("EXPLAIN (ANALYZE, FORMAT JSON) {select}")).await;
    let plan: Value = rows.first().context("no plan")?.try_get_by_index(0)?;
    plan.pointer("/0/Plan").cloned().context("no plan")
}

fn walk(node: &Value, sizes: &BTreeMap<String, f64>, faults: &mut Vec<String>) {
    let text = |name: &str| node[name].as_str().unwrap_or_default();
    let number = |name: &str| node[name].as_f64().unwrap_or_default();
    let (kind, table) = (text("Node Type"), text("Relation Name"));
    let size = sizes.get(table).copied().unwrap_or_default();
    if kind == "Seq Scan" && size > SMALL_TABLE {
        faults.push(format!(
            "reads {table} with its {size} rows from end to end"
        ));
    }
    let children = node["Plans"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    if kind == "Sort" || kind == "Incremental Sort" {
        let rows = |child: &Value| child["Actual Rows"].as_f64().unwrap_or_default();
        let sorted: f64 = children.iter().map(rows).sum();
        // An incremental sort reads its input in order and stops; its groups are what it sorts.
        if kind == "Sort" && sorted > PAGE {
            faults.push(format!("sorts {sorted} rows"));
        }
    }
    let vain = number("Rows Removed by Filter") + number("Rows Removed by Join Filter");
    let vain = vain * number("Actual Loops").max(1.0);
    if vain > IN_VAIN && kind != "Seq Scan" {
        faults.push(format!("looks at {vain} rows of {table} in vain"));
    }
    for child in children {
        walk(child, sizes, faults);
    }
}

async fn query(db: &Db, sql: &str) -> Vec<QueryResult> {
    let statement = sea_orm::Statement::from_string(DbBackend::Postgres, sql);
    let rows = db.writer().query_all_raw(statement).await;
    rows.unwrap_or_else(|error| panic!("PostgreSQL refused `{sql}`: {error}"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_plan_is_at_fault_for_a_whole_table_a_long_sort_and_rows_in_vain() {
        let sizes = BTreeMap::from([("report".to_owned(), 300_000.0), ("bureau".to_owned(), 3.0)]);
        let found = |plan: Value| {
            let mut faults = Vec::new();
            walk(&plan, &sizes, &mut faults);
            faults.len()
        };
        let scan = |table: &str| json!({ "Node Type": "Seq Scan", "Relation Name": table });
        assert_eq!((found(scan("report")), found(scan("bureau"))), (1, 0));
        let sort = |rows: u32| {
            json!({ "Node Type": "Limit", "Plans": [{ "Node Type": "Sort", "Plans": [{
                "Node Type": "Index Scan", "Relation Name": "report", "Actual Rows": rows,
            }] }] })
        };
        assert_eq!((found(sort(102)), found(sort(101))), (1, 0));
        let vain = |rows: u32, loops: u32| json!({ "Node Type": "Index Scan", "Relation Name": "report", "Rows Removed by Filter": rows, "Actual Loops": loops });
        assert_eq!((found(vain(6_000, 2)), found(vain(9_000, 1))), (1, 0));
    }
}
