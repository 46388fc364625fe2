//! Nothing tells any more whether two reporters are one: the keyed hashes of their numbers and addresses go, and so do
//! the signals that were made of them. The address for news gets a last day, as the name has one.
//!
//! Made before the first release, when no replica of another version can run beside it.

use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in ["reporter_key", "contact_key"] {
            let mut index = Index::drop();
            index
                .name(format!("ix_report_{column}_received_at"))
                .table("report");
            manager.drop_index(index).await?;
            let alter = Table::alter().table("report").drop_column(column).take();
            manager.alter_table(alter).await?;
        }
        let until = timestamp_with_time_zone_null("contact_until");
        let alter = Table::alter().table("report").add_column(until).take();
        manager.alter_table(alter).await?;
        let db = manager.get_connection();
        db.execute_unprepared("DELETE FROM signal WHERE factor = 'shared_contact'")
            .await?;
        let due = "CREATE INDEX ix_report_contact_until ON report (contact_until) \
            WHERE contact_sealed IS NOT NULL AND contact_until IS NOT NULL";
        db.execute_unprepared(due).await?;
        Ok(())
    }
}
