//! Photos that came and that their record did not declare: kept beside it, with the reason.

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
            text_null("parked_because").take(),
            uuid_null("parked_for").take(),
        ] {
            let alter = Table::alter().table("photo").add_column(column).take();
            manager.alter_table(alter).await?;
        }
        Ok(())
    }
}
