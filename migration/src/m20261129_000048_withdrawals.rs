//! Photos that were declared and will not come: withdrawn with a reason, the line stays.

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
            timestamp_with_time_zone_null("withdrawn_at").take(),
            uuid_null("withdrawn_by").take(),
            text_null("withdrawn_reason").take(),
        ] {
            let alter = Table::alter().table("photo").add_column(column).take();
            manager.alter_table(alter).await?;
        }
        Ok(())
    }
}
