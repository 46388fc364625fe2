//! When an account last got its access from an administrator: for a while after that it is nobody's second person.

use sea_orm_migration::{prelude::*, schema::timestamp_with_time_zone_null};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let given = timestamp_with_time_zone_null("given_at").take();
        let alter = Table::alter().table("user").add_column(given).take();
        manager.alter_table(alter).await
    }
}
