//! Of reporters' photos the database forgets what lay in it in the clear and was told to nobody: which phone took them, which
//! program wrote them, and where they were taken unless the reporter tells it. The originals have it still.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{QueryResult, prelude::Uuid},
};
use serde_json::Value;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// As many rows are in memory at once.
const AT_ONCE: u64 = 500;

/// What of a reporter's photo may be kept, and with its place told.
const KEPT: [&str; 2] = ["taken_at", "orientation"];
const PLACE: [&str; 4] = [
    "position",
    "position_source",
    "position_mock",
    "position_age",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(
            "UPDATE photo SET latitude = NULL, longitude = NULL, accuracy_m = NULL \
             WHERE report_id IS NOT NULL AND NOT place_told",
        )
        .await?;
        let mut after = None;
        loop {
            let page = page(manager, after).await?;
            let Some((last, ..)) = page.last() else {
                return Ok(());
            };
            after = Some(*last);
            for (id, found, place_told) in page {
                let update = Query::update()
                    .table("photo")
                    .value("found", kept(&found, place_told))
                    .and_where(Expr::col("id").eq(id))
                    .take();
                manager.exec_stmt(update).await?;
            }
        }
    }
}

/// The next rows: the id, the facts, and whether the place is told.
async fn page(
    manager: &SchemaManager<'_>,
    after: Option<Uuid>,
) -> Result<Vec<(Uuid, String, bool)>, DbErr> {
    let mut select = Query::select();
    select
        .columns(["id", "found", "place_told"])
        .from("photo")
        .and_where(Expr::col("report_id").is_not_null())
        .and_where(Expr::col("found").is_not_null())
        .order_by("id", Order::Asc)
        .limit(AT_ONCE);
    if let Some(after) = after {
        select.and_where(Expr::col("id").gt(after));
    }
    let db = manager.get_connection();
    let rows = db.query_all(&select).await?;
    let row = |row: &QueryResult| {
        Ok((
            row.try_get("", "id")?,
            row.try_get("", "found")?,
            row.try_get("", "place_told")?,
        ))
    };
    rows.iter().map(row).collect()
}

/// What may be kept of a photo's facts, written as before; of what is no list nothing.
fn kept(found: &str, place_told: bool) -> String {
    let facts: Vec<Value> = serde_json::from_str(found).unwrap_or_default();
    let is_kept = |fact: &&Value| {
        let kind = fact.get("kind").and_then(Value::as_str).unwrap_or_default();
        KEPT.contains(&kind) || (place_told && PLACE.contains(&kind))
    };
    let facts: Vec<String> = facts.iter().filter(is_kept).map(written).collect();
    format!("[{}]", facts.join(","))
}

/// A fact with its fields in their order.
fn written(fact: &Value) -> String {
    let fields = ["kind", "value", "source", "doubt"].map(|name| {
        let value = fact.get(name).unwrap_or(&Value::Null);
        format!("\"{name}\":{value}")
    });
    format!("{{{}}}", fields.join(","))
}
