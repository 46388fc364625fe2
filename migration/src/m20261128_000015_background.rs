//! Lanes for jobs, rows for the looks that are made again and again, and the row that is written to tell
//! whether anything can be.

use crate::table::{create, index, table};
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [
            string_len("lane", 16).default("work").take(),
            small_integer("priority").default(1).take(),
        ] {
            let alter = Table::alter().table("job").add_column(column).take();
            manager.alter_table(alter).await?;
        }
        create(
            manager,
            vec![sweep(), health()],
            vec![
                index("job", &["lane", "state", "priority", "run_at", "id"]),
                index("throttle", &["last_failed_at"]),
            ],
        )
        .await?;
        let connection = manager.get_connection();
        for statement in [
            "UPDATE job SET lane = 'mail' WHERE kind IN \
             ('mail_reporter', 'mail_complainant', 'warn_of_deadline', 'ask_for_calendar')",
            "UPDATE job SET priority = 0 WHERE kind = 'warn_of_deadline'",
            "INSERT INTO sweep (kind, run_at, attempt) VALUES \
             ('warnings', '2026-01-01T00:00:00+00:00', 0), ('windows', '2026-01-01T00:00:00+00:00', 0), \
             ('purge', '2026-01-01T00:00:00+00:00', 0), ('leftovers', '2026-01-01T00:00:00+00:00', 0)",
            "INSERT INTO health (id, at) VALUES (1, '2026-01-01T00:00:00+00:00')",
        ] {
            connection.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

fn sweep() -> TableCreateStatement {
    table("sweep")
        .col(string_len("kind", 16).primary_key())
        .col(timestamp_with_time_zone("run_at"))
        .col(integer("attempt"))
        .col(timestamp_with_time_zone_null("lease_until"))
        .col(text_null("last_error"))
        .take()
}

fn health() -> TableCreateStatement {
    table("health")
        .col(small_integer("id").primary_key())
        .col(timestamp_with_time_zone("at"))
        .take()
}
