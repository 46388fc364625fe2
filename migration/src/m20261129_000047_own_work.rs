//! What a person was sent for and works on, in the order of its turn: a page of it is one range of an index, however much
//! there ever was.

use crate::table::{create, index, table, to};
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        reports(manager).await?;
        cases(manager).await
    }
}

async fn reports(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let sent = table("report_inspector")
        .col(uuid("report_id"))
        .col(uuid("user_id"))
        .col(timestamp_with_time_zone("queue_at"))
        .primary_key(Index::create().col("report_id").col("user_id"))
        .foreign_key(&mut to("report_id", "report"))
        .foreign_key(&mut to("user_id", "user"))
        .take();
    let in_turn = index("report_inspector", &["user_id", "queue_at", "report_id"]);
    create(manager, vec![sent], vec![in_turn]).await?;
    let fill = "INSERT INTO report_inspector (report_id, user_id, queue_at) \
        SELECT DISTINCT report.id, visit_inspector.user_id, report.queue_at FROM visit_inspector \
        JOIN visit ON visit.id = visit_inspector.visit_id JOIN report ON report.id = visit.report_id";
    manager.get_connection().execute_unprepared(fill).await?;
    Ok(())
}

async fn cases(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let column = timestamp_with_time_zone("queue_at")
        .default("2026-01-01T00:00:00+00:00")
        .take();
    let alter = Table::alter()
        .table("case_investigator")
        .add_column(column)
        .take();
    manager.alter_table(alter).await?;
    let fill = "UPDATE case_investigator SET queue_at = \
        (SELECT queue_at FROM case_file WHERE case_file.id = case_id)";
    manager.get_connection().execute_unprepared(fill).await?;
    let in_turn = index("case_investigator", &["user_id", "queue_at", "case_id"]);
    manager.create_index(in_turn).await
}
