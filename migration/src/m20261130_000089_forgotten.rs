//! The claim password of a reporter and the mail address of a complainant have a last day as the reporter's name has one. When
//! what was over already ended is not noted where all that is left can be read from: its time counts from when it came.

use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

/// As many days after the end a name was kept when this was written.
const DAYS: u32 = 1095;

/// What of each is over.
const REPORTS: &str = "'not_competent', 'duplicate', 'merged', 'not_filed', 'closed_penalty', 'closed_no_penalty', 'transferred'";
const COMPLAINTS: &str = "'refused', 'withdrawn', 'closed', 'archived'";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let until = timestamp_with_time_zone_null("until").take();
        let alter = Table::alter()
            .table("claim_secret")
            .add_column(until)
            .take();
        manager.alter_table(alter).await?;
        let db = manager.get_connection();
        let last = match manager.get_database_backend() {
            DbBackend::Postgres => format!("received_at + INTERVAL '{DAYS} days'"),
            _ => format!("strftime('%Y-%m-%dT%H:%M:%S+00:00', received_at, '+{DAYS} days')"),
        };
        for (table, id, of, over, and) in [
            ("claim_secret", "report_id", "report", REPORTS, ""),
            (
                "contact",
                "subject_id",
                "complaint",
                COMPLAINTS,
                " AND kind = 'complaint' AND until IS NULL",
            ),
        ] {
            let begin = format!(
                "UPDATE {table} SET until = (SELECT {last} FROM {of} WHERE {of}.id = {table}.{id}) \
                 WHERE {id} IN (SELECT id FROM {of} WHERE state IN ({over})){and}"
            );
            db.execute_unprepared(&begin).await?;
        }
        let due =
            "CREATE INDEX ix_claim_secret_until ON claim_secret (until) WHERE until IS NOT NULL";
        db.execute_unprepared(due).await?;
        Ok(())
    }
}
