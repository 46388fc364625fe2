//! Reports that nobody sent: leads that a visit brought up which no report was behind, and those that came to light without one,
//! with their day. One visit has one lead.

use crate::table::unique;
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in [uuid_null("found_on_visit"), date_null("found_on")] {
            let alter = Table::alter().table("report").add_column(column).take();
            manager.alter_table(alter).await?;
        }
        manager
            .create_index(unique("report", &["found_on_visit"]))
            .await
    }
}
