//! The first day on which a period can end whose calendar is missing: that much is certain.

use crate::table::index;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let alter = Table::alter()
            .table("clock")
            .add_column(date_null("due_not_before"))
            .take();
        manager.alter_table(alter).await?;
        let db = manager.get_connection();
        // The next look at such a clock finds the day; without one nobody would ever look.
        db.execute_unprepared(
            "UPDATE clock SET check_on = started_on WHERE missing_year IS NOT NULL \
             AND satisfied_on IS NULL AND lapsed_on IS NULL AND check_on IS NULL",
        )
        .await?;
        // A year of the calendar moves what waits for it, and what ends in it.
        for column in ["missing_year", "due_moved"] {
            manager.create_index(index("clock", &[column])).await?;
        }
        Ok(())
    }
}
