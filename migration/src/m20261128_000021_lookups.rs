//! What is looked up without reading what is done, old, or elsewhere: jobs that wait for a person, reports in the same
//! words. And PostgreSQL is told that a report lies mostly where its matter is.

use crate::table::index;
use sea_orm_migration::{prelude::*, schema::*, sea_orm::DbBackend};

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
        let words = string_len_null("words_key", 64);
        let alter = Table::alter().table("report").add_column(words).take();
        manager.alter_table(alter).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            // SQLite has no digest: there the words of reports that are there already are compared with nobody's.
            let fill = "UPDATE report SET words_key = encode(sha256(convert_to(narrative, 'UTF8')), 'hex')";
            db.execute_unprepared(fill).await?;
            // Taken for independent, both together seem to hold of next to no report.
            let together = "CREATE STATISTICS st_report_place (dependencies, mcv) \
                ON division, unit, city, province FROM report";
            db.execute_unprepared(together).await?;
        }
        manager
            .create_index(index("report", &["words_key", "received_at"]))
            .await?;
        for column in ["reporter_key", "contact_key", "follows"] {
            manager
                .create_index(index("report", &[column, "received_at"]))
                .await?;
            let mut old = Index::drop();
            old.name(format!("ix_report_{column}")).table("report");
            manager.drop_index(old).await?;
        }
        Ok(())
    }
}
