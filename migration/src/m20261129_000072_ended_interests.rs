//! That a tie to a merchant is over: the day, why, and when the officer said it.

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
            date_null("ended_on").take(),
            text_null("end_reason").take(),
            timestamp_with_time_zone_null("ended_at").take(),
        ] {
            let alter = Table::alter()
                .table("declared_interest")
                .add_column(column)
                .take();
            manager.alter_table(alter).await?;
        }
        Ok(())
    }
}
