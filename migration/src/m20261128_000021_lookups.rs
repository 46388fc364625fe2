//! What waits for a person is found without reading what is done, and PostgreSQL knows that a report lies mostly
//! where its matter is.

use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(
            "CREATE INDEX ix_job_failed ON job (run_at, id) WHERE state = 'failed'",
        )
        .await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            // Taken for independent, both together seem to hold of next to no report.
            let together = "CREATE STATISTICS st_report_place (dependencies, mcv) \
                ON division, unit, city, province FROM report";
            db.execute_unprepared(together).await?;
        }
        Ok(())
    }
}
